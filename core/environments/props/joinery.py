"""What cabinet makers share: carcasses, drawer fronts, doors, handles, legs and feet."""

from __future__ import annotations

from ...geometry.blocks import board, box
from ...geometry.shape import Finish, Part
from ...geometry.sweeps import cylinder, fillet, tube

GAP = 0.003  # between fronts
FRONT = 0.018  # thickness of fronts and carcass boards


def carcass(low, high, finish: Finish, thickness: float = FRONT, back: float = 0.008, bottom: bool = True) -> list[Part]:
    """Sides, top, bottom and back of a cabinet open towards -Y."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    parts = [
        Part("side", board((x0, y0, z0), (x0 + thickness, y1, z1)), finish),
        Part("side", board((x1 - thickness, y0, z0), (x1, y1, z1)), finish),
        Part("top", board((x0 + thickness, y0, z1 - thickness), (x1 - thickness, y1, z1)), finish),
        Part("back", box((x0 + thickness, y1 - back, z0), (x1 - thickness, y1, z1 - thickness), 0.0), finish),
    ]
    if bottom:
        parts.append(Part("bottom", board((x0 + thickness, y0, z0), (x1 - thickness, y1 - back, z0 + thickness)), finish))
    return parts


def bar_handle(x: float, y: float, z: float, length: float, finish: Finish, upright: bool = False) -> Part:
    """A bent bar standing 26 mm proud of a front at ``y`` (towards -Y), centred on (x, z)."""
    half, reach = length / 2, 0.026
    path = [(-half, 0, 0), (-half, -reach, 0), (half, -reach, 0), (half, 0, 0)]
    shape = tube(fillet(path, 0.01, 2), 0.0045, 6)
    return Part("handle", (shape.turned("y", 1.5707963) if upright else shape).moved(x, y, z), finish)


def drawer_fronts(
    low: tuple[float, float], high: tuple[float, float], y: float, shares: tuple[float, ...], front: Finish, handle: Finish
) -> list[Part]:
    """Fronts with handles filling the rectangle (x, z) ``low``..``high``, from the top down in the given shares of its height.

    Their backs lie at ``y``.
    """
    (x0, z0), (x1, z1) = low, high
    parts, top, total = [], z1, sum(shares)
    for share in shares:
        bottom = top - (z1 - z0) * share / total
        parts.append(Part("drawer", board((x0 + GAP / 2, y - FRONT, bottom + GAP / 2), (x1 - GAP / 2, y, top - GAP / 2)), front))
        length = min(0.16, 0.5 * (x1 - x0))
        parts.append(bar_handle((x0 + x1) / 2, y - FRONT, top - min(0.05, (top - bottom) / 2), length, handle))
        top = bottom
    return parts


def foot(x: float, y: float, height: float, finish: Finish, radius: float = 0.02, name: str = "foot") -> Part:
    """A round foot on the floor."""
    return Part(name, cylinder(radius, 0.0, height, 0.002, 10).moved(x, y), finish)
