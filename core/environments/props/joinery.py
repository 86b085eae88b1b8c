"""What cabinet makers share: carcasses, drawer fronts, doors, handles, legs, feet, hollow vessels and boards with a hole."""

from __future__ import annotations

import numpy as np

from ...geometry.blocks import board, box
from ...geometry.shape import Finish, Part, Shape
from ...geometry.sweeps import cylinder, fillet, loft, rounded_rectangle, tube

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


def hinged_doors(
    low: tuple[float, float], high: tuple[float, float], y: float, count: int, front: Finish, handle: Finish, grip: float = 0.72
) -> list[Part]:
    """Doors side by side filling the rectangle (x, z) ``low``..``high``, backs at ``y``; neighbours open away from each other.

    ``grip``: how far up the door its handle sits, as a share of the height.
    """
    (x0, z0), (x1, z1) = low, high
    step = (x1 - x0) / count
    parts = []
    for k in range(count):
        left, right = x0 + k * step + GAP / 2, x0 + (k + 1) * step - GAP / 2
        parts.append(Part("door", box((left, y - FRONT, z0 + GAP / 2), (right, y, z1 - GAP / 2), 0.0015, grain=2), front))
        at_right = k % 2 == 0 and not (count % 2 and count > 1 and k == count - 1)
        length = min(0.2, 0.3 * (z1 - z0))
        z = min(z0 + grip * (z1 - z0), z1 - 0.03 - length / 2)
        parts.append(bar_handle(right - 0.04 if at_right else left + 0.04, y - FRONT, z, length, handle, upright=True))
    return parts


def round_legs(
    x: float, y: float, top: float, finish: Finish, foot: float = 0.012, head: float = 0.018, lean: float = 0.0, sides: int = 8
) -> list[Part]:
    """Four tapered round legs whose feet stand at (+-x, +-y) and whose heads, at height ``top``, are ``lean`` metres inwards."""
    angle = 2 * np.pi * (np.arange(sides) + 0.5) / sides
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    parts = []
    for sx in (-1, 1):
        for sy in (-1, 1):
            rings = [
                np.column_stack([ring * r + (sx * (x - inward), sy * (y - inward)), np.full(sides, z)])
                for r, inward, z in ((0.8 * foot, 0.0, 0.0), (foot, 0.0, 0.003), (head, lean, top))
            ]
            parts.append(Part("leg", loft(np.array(rings)), finish))
    return parts


def square_legs(x: float, y: float, size: float, top: float, finish: Finish) -> list[Part]:
    """Four square legs whose outer corners stand at (+-x, +-y)."""
    corners = [(sx * (x - size / 2), sy * (y - size / 2)) for sx in (-1, 1) for sy in (-1, 1)]
    half = size / 2
    return [
        Part("leg", box((cx - half, cy - half, 0.0), (cx + half, cy + half, top), 0.002, grain=2), finish) for cx, cy in corners
    ]


def apron(x: float, y: float, low: float, high: float, finish: Finish, thickness: float = 0.02) -> list[Part]:
    """Four boards under a table top, their outer faces at +-x and +-y."""
    t = thickness
    parts = [Part("beam", board((-x, side - t / 2, low), (x, side + t / 2, high)), finish) for side in (-y + t / 2, y - t / 2)]
    for side in (-x + t / 2, x - t / 2):
        parts.append(Part("beam", box((side - t / 2, -y + t, low), (side + t / 2, y - t, high), 0.0015, grain=1), finish))
    return parts


def vessel(rings: list[tuple[float, float, float]], radius: float, steps: int = 3) -> Shape:
    """A skin through rounded rectangles (width, depth, z), closed at both ends: an outside followed by an inside makes a basin."""
    outlines = [
        np.column_stack([rounded_rectangle(w, d, max(min(radius, 0.48 * w, 0.48 * d), 1e-4), steps), np.full(4 * (steps + 1), z)])
        for w, d, z in rings
    ]
    return loft(np.array(outlines))


def hoop(profile: list[tuple[float, float]], segments: int = 28) -> Shape:
    """A closed profile of (radius, z) turned about the Z axis: a ring with a hole."""
    angle = 2 * np.pi * np.arange(segments) / segments
    return loft(np.array([np.column_stack([r * np.cos(angle), r * np.sin(angle), np.full(segments, z)]) for r, z in profile]), True)


def holed_board(low, high, hole: tuple[float, float, float, float], name: str, finish: Finish) -> list[Part]:
    """A board with a rectangular hole (x0, y0, x1, y1), made of four boards around it."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    left, front, right, rear = hole
    pieces = [((x0, y0), (left, y1)), ((right, y0), (x1, y1)), ((left, y0), (right, front)), ((left, rear), (right, y1))]
    return [Part(name, box((*a, z0), (*b, z1), 0.0015, grain=0), finish) for a, b in pieces]
