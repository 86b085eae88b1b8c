"""Vehicles: a car, a van, a bicycle. They look along -Y."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box
from ...geometry.shape import Finish, Part, Shape
from ...geometry.sweeps import circle, cylinder, lathe, loft, sweep, tube
from ...scene import Material
from ..materials import brushed_metal, glow, lacquer, painted_metal, plastic, rubber
from ..materials.color import hexadecimal
from ..props.prop import Box, Prop, PropBrief, Seat, build

PAINTS = {"red": "#8c1c1c", "blue": "#1f3a63", "silver": "#a9adb0", "white": "#e4e4e0", "black": "#15171a", "green": "#2c4a38"}


def _paint(name: str) -> Finish:
    """Metallic car paint under a clear coat."""
    color = hexadecimal(PAINTS[name])
    return Finish(Material(f"Car paint {name}", (*color, 1.0), metallic=0.35, roughness=0.32, clearcoat=1.0))


def _glazing() -> Finish:
    return Finish(Material("Car glass", (0.012, 0.015, 0.017, 1.0), roughness=0.04))


@dataclass
class CarBrief(PropBrief):
    """A passenger car."""

    width: float = number(1.78, 1.5, 2.0, unit="m", help="Without mirrors")
    depth: float = number(4.35, 3.4, 5.2, unit="m", help="Bumper to bumper")
    height: float = number(1.46, 1.3, 1.8, unit="m", help="Ground to roof")
    paint: str = choice("silver", tuple(PAINTS), help="Colour")
    body: str = choice("hatchback", ("hatchback", "saloon"), help="Shape of the rear")


# Along the car in shares of its length from the front: height of the bonnet line, of the sill, and half width in shares.
_STATIONS = np.array([
    (0.0, 0.30, 0.24, 0.74), (0.012, 0.40, 0.17, 0.86), (0.05, 0.475, 0.14, 0.95), (0.14, 0.535, 0.13, 0.985),
    (0.27, 0.60, 0.13, 1.0), (0.36, 0.63, 0.13, 1.0), (0.55, 0.645, 0.13, 1.0), (0.74, 0.655, 0.13, 1.0),
    (0.88, 0.655, 0.14, 0.975), (0.96, 0.63, 0.16, 0.93),
    (0.99, 0.56, 0.19, 0.87), (1.0, 0.42, 0.26, 0.78),
])  # fmt: skip


def car(brief: CarBrief) -> Prop:
    """The car of a brief."""
    w, d, h, paint, glass = brief.width / 2, brief.depth, brief.height, _paint(brief.paint), _glazing()
    saloon = brief.body == "saloon"
    parts = [Part("body", _body(w, d, h), paint)]
    front, back, low = -d / 2, d / 2, 0.63 * h
    rear = 0.86 if saloon else 0.965
    stations = [(0.285, 0.6, 0.86), (0.42, 0.955, 0.70), (0.5, 0.99, 0.685), (0.68 if saloon else 0.78, 0.985, 0.68),
                (rear - 0.06, 0.86 if saloon else 0.9, 0.71), (rear, 0.655, 0.84)]  # fmt: skip
    parts += _greenhouse(stations, w, d, h, low, paint, glass)
    axles = (front + 0.19 * d, back - 0.19 * d)
    for y in axles:
        for side in (-1, 1):
            parts += _wheel(side * (w - 0.1), y, 0.315, side)
            arch = _arch(side, w, y, 0.315)
            parts.append(Part("wheel arch", arch, plastic("#141516")))
    dark, plate = plastic("#17191b"), lacquer("#e8e6dc", 0.4)
    parts += [Part("grille", box((-0.42, front - 0.005, 0.36), (0.42, front + 0.06, 0.5), 0.01), dark),
              Part("bumper", box((-0.78 * w, front - 0.012, 0.2), (0.78 * w, front + 0.06, 0.3), 0.02), dark),
              Part("bumper", box((-0.78 * w, back - 0.06, 0.22), (0.78 * w, back + 0.012, 0.36), 0.02), dark),
              Part("plate", box((-0.26, front - 0.02, 0.3), (0.26, front - 0.008, 0.4), 0.003), plate),
              Part("plate", box((-0.26, back + 0.006, 0.5), (0.26, back + 0.018, 0.6), 0.003), plate)]  # fmt: skip
    lamp, tail = Finish(Material("Headlamp", (0.82, 0.85, 0.88, 1.0), metallic=0.4, roughness=0.08)), glow("#7d0d0a", 0.4)
    for side in (-1, 1):
        x = side * 0.72 * w
        parts.append(Part("headlamp", box((x - 0.17, front + 0.015, 0.5), (x + 0.17, front + 0.14, 0.62), 0.03), lamp))
        parts.append(Part("tail lamp", box((x - 0.12, back - 0.1, 0.66), (x + 0.12, back - 0.012, 0.84), 0.02), tail))
        mirror = box(
            (side * (w + 0.02) - 0.07, front + 0.335 * d, 0.93), (side * (w + 0.02) + 0.07, front + 0.335 * d + 0.1, 1.05), 0.03
        )
        parts.append(Part("mirror", mirror, paint))
        for y in (-0.02 * d, 0.2 * d):
            parts.append(Part("handle", box((side * w - 0.012, y, 0.83), (side * w + 0.014, y + 0.16, 0.855), 0.006), dark))
        sill = box((side * (w - 0.02) - 0.02, axles[0] + 0.36, 0.17), (side * (w - 0.02) + 0.02, axles[1] - 0.36, 0.26), 0.01)
        parts.append(Part("sill", sill, dark))
    seats = [Seat((x, y, 0.55)) for y in (-0.1 * d, 0.14 * d) for x in (-0.36, 0.36)]
    solid = [Box((-w, front, 0.15), (w, back, low)), Box((-0.85 * w, front + 0.3 * d, low), (0.85 * w, front + rear * d, h))]
    return build("car", f"Car {brief.paint} {brief.body}", parts, solid, seats=seats, clearance=0.5)


def _body(w: float, d: float, h: float) -> Shape:
    """The lower body as a loft through sections: flat below, bulging sides, a crowned top."""
    rings = []
    for share, top, bottom, wide in _STATIONS:
        z1, z0, x = top * h, bottom * h * 1.15, wide * w
        rise = z1 - z0
        half = np.array(
            [
                (0.0, z0), (0.82 * x, z0), (0.96 * x, z0 + 0.12 * rise), (1.0 * x, z0 + 0.42 * rise), (0.985 * x, z0 + 0.62 * rise),
                (0.94 * x, z0 + 0.9 * rise), (0.86 * x, z1 - 0.01), (0.5 * x, z1 + 0.018), (0.0, z1 + 0.026),
            ]
        )  # fmt: skip
        ring = np.concatenate([half, half[-2:0:-1] * (-1, 1)])
        rings.append(np.column_stack([ring[:, 0], np.full(len(ring), -d / 2 + share * d), ring[:, 1]]))
    return loft(np.array(rings))


def _greenhouse(stations: list, w: float, d: float, h: float, low: float, paint: Finish, glass: Finish) -> list[Part]:
    """Windows as one dark loft, and over it the roof and pillars in the body's colour."""
    rings, roof = [], []
    for share, top, wide in stations:
        y, z, x = -d / 2 + share * d, top * h, wide * w
        sill = 0.9 * w if top > 0.7 else 0.84 * w
        base = low - 0.05
        half = np.array(
            [
                (0.0, base), (sill, base), (sill, low), (x + 0.02, max(z - 0.05, low + 0.01)), (0.6 * x, max(z, low + 0.015)),
                (0.0, max(z + 0.012, low + 0.02)),
            ]
        )  # fmt: skip
        ring = np.concatenate([half, half[-2:0:-1] * (-1, 1)])
        rings.append(np.column_stack([ring[:, 0], np.full(len(ring), y), ring[:, 1]]))
        roof.append((y, z, x))
    parts = [Part("window", loft(np.array(rings)), glass)]
    top = [np.array([(-(x + 0.03), y, z - 0.055), (-(x - 0.03), y, z + 0.0), (-0.5 * x, y, z + 0.014), (0.5 * x, y, z + 0.014),
                     (x - 0.03, y, z), (x + 0.03, y, z - 0.055)]) for y, z, x in roof[1:-1]]  # fmt: skip
    under = [ring[::-1] - (0, 0, 0.03) for ring in top]
    parts.append(Part("roof", loft(np.array([np.concatenate([a, b]) for a, b in zip(top, under, strict=True)])), paint))
    for side in (-1, 1):
        for k, (a, b) in enumerate(((0, 1), (3, 3), (5, 4))):
            y0, (y1, z1, x1) = roof[a][0], roof[b]
            foot = (side * 0.895 * w, y0 if a != b else (roof[2][0] + roof[3][0]) / 2 - 0.1, low - 0.02)
            head = (side * (x1 + 0.015), y1 if a != b else (roof[2][0] + roof[3][0]) / 2 - 0.06, z1 - 0.045)
            finish = paint if k != 1 else plastic("#141516")
            parts.append(Part("pillar", sweep([foot, head], circle(0.035 if k != 1 else 0.03, 6) * (1.0, 1.5)), finish))
    return parts


def _wheel(x: float, y: float, radius: float, side: int) -> list[Part]:
    """Tyre, rim and five spokes, upright at (x, y)."""
    tyre = [(radius * 0.62, -0.1), (radius * 0.93, -0.1), (radius, -0.075), (radius, 0.075), (radius * 0.93, 0.1),
            (radius * 0.62, 0.1), (radius * 0.6, 0.0), (radius * 0.62, -0.1)]  # fmt: skip
    rings = np.array([[(r * np.cos(a), r * np.sin(a), z) for a in 2 * np.pi * np.arange(24) / 24] for r, z in tyre[:-1]])
    parts = [Part("tyre", loft(rings, closed=True), rubber())]
    metal = brushed_metal("#a9acae")
    face = side * 0.06
    parts.append(
        Part(
            "rim",
            cylinder(radius * 0.62, min(face, face - side * 0.05), max(face, face - side * 0.05), 0.01, 20),
            plastic("#202224"),
        )
    )
    for k in range(5):
        spoke = box((-0.028, 0.02, -0.012), (0.028, radius * 0.6, 0.012), 0.005).moved(0, 0, face + side * 0.012)
        parts.append(Part("spoke", spoke.turned("z", 2 * np.pi * k / 5), metal))
    parts.append(Part("hub", cylinder(0.05, min(face, face + side * 0.03), max(face, face + side * 0.03), 0.005, 12), metal))
    return [Part(part.name, part.shape.turned("y", np.pi / 2).moved(x, y, radius), part.finish) for part in parts]


def _arch(side: int, w: float, y: float, radius: float) -> Shape:
    """A dark half ring around a wheel, standing out a little from the body."""
    angles = np.linspace(-0.05, np.pi + 0.05, 11)
    path = np.stack(
        [np.full(11, side * (w - 0.012)), y + (radius + 0.055) * np.cos(angles), radius + (radius + 0.055) * np.sin(angles)], axis=1
    )
    return sweep(path, np.array([(-0.03, -0.03), (0.03, -0.03), (0.03, 0.03), (-0.03, 0.03)]), up=(1, 0, 0))


@dataclass
class VanBrief(PropBrief):
    """A delivery van."""

    width: float = number(2.0, 1.7, 2.2, unit="m", help="Without mirrors")
    depth: float = number(5.6, 4.4, 7.0, unit="m", help="Bumper to bumper")
    height: float = number(2.45, 1.9, 2.9, unit="m", help="Ground to roof")
    paint: str = choice("white", tuple(PAINTS), help="Colour")


def van(brief: VanBrief) -> Prop:
    """The van of a brief."""
    w, d, h, paint, glass = brief.width / 2, brief.depth, brief.height, _paint(brief.paint), _glazing()
    front, back = -d / 2, d / 2
    stations = [(0.0, 0.3, 0.8), (0.01, 0.4, 0.92), (0.04, 0.46, 0.97), (0.12, 0.54, 1.0), (0.16, 0.6, 1.0), (0.28, 0.95, 0.985),
                (0.34, 0.99, 0.98), (0.7, 1.0, 0.98), (0.97, 0.995, 0.98), (0.995, 0.97, 0.95), (1.0, 0.9, 0.9)]  # fmt: skip
    rings = []
    for share, top, wide in stations:
        z1, z0, x = top * h, 0.32, wide * w
        half = np.array(
            [(0.0, z0), (0.86 * x, z0), (x, z0 + 0.12), (x, 0.62 * z1), (0.95 * x, z1 - 0.1), (0.86 * x, z1 - 0.015), (0, z1)]
        )
        ring = np.concatenate([half, half[-2:0:-1] * (-1, 1)])
        rings.append(np.column_stack([ring[:, 0], np.full(len(ring), front + share * d), ring[:, 1]]))
    parts = [Part("body", loft(np.array(rings)), paint)]
    y0, y1, z0, z1 = front + 0.165 * d, front + 0.272 * d, 0.62 * h, 0.925 * h
    screen = np.array([[(-0.82 * w, y0, z0), (0.82 * w, y0, z0)], [(-0.76 * w, y1, z1), (0.76 * w, y1, z1)]])
    thick = np.array((0, -0.012, 0.012))
    ring = np.array([screen[0, 0], screen[0, 1], screen[1, 1], screen[1, 0]]) + thick * 1.8
    parts.append(Part("window", loft(np.array([ring, ring - thick * 3])), glass))
    dark, lamp, tail = (
        plastic("#17191b"),
        Finish(Material("Headlamp", (0.82, 0.85, 0.88, 1.0), metallic=0.4, roughness=0.08)),
        glow("#7d0d0a", 0.4),
    )
    for side in (-1, 1):
        x = side * w
        pane = np.array([(y0 + 0.12, 0.6 * h), (front + 0.42 * d, 0.6 * h), (front + 0.42 * d, 0.86 * h), (y1 + 0.06, 0.86 * h)])
        ring = np.column_stack([np.full(4, x * 0.99 + side * 0.012), pane])
        parts.append(Part("window", loft(np.array([ring, ring - (side * 0.03, 0, 0)])), glass))
        parts.append(
            Part("headlamp", box((side * 0.7 * w - 0.2, front + 0.03, 0.82), (side * 0.7 * w + 0.2, front + 0.2, 1.0), 0.03), lamp)
        )
        parts.append(
            Part(
                "tail lamp", box((side * 0.9 * w - 0.06, back - 0.03, 0.9), (side * 0.9 * w + 0.06, back + 0.005, 1.4), 0.01), tail
            )
        )
        parts.append(
            Part("mirror", box((x + side * 0.06 - 0.06, y0 + 0.25, 1.35), (x + side * 0.06 + 0.06, y0 + 0.36, 1.65), 0.02), dark)
        )
        parts.append(Part("rail", box((x - 0.012, front + 0.42 * d, 0.62 * h), (x + 0.012, back - 0.2, 0.63 * h), 0.002), dark))
        for y in (front + 0.17 * d, back - 0.22 * d):
            parts += _wheel(side * (w - 0.11), y, 0.35, side)
            parts.append(Part("wheel arch", _arch(side, w, y, 0.35), dark))
    parts += [Part("bumper", box((-0.9 * w, front - 0.02, 0.3), (0.9 * w, front + 0.1, 0.55), 0.03), dark),
              Part("bumper", box((-0.9 * w, back - 0.08, 0.34), (0.9 * w, back + 0.03, 0.5), 0.03), dark),
              Part("grille", box((-0.5, front - 0.008, 0.62), (0.5, front + 0.06, 0.78), 0.01), dark),
              Part("plate", box((-0.26, front - 0.03, 0.4), (0.26, front - 0.015, 0.51), 0.003), lacquer("#e8e6dc", 0.4)),
              Part("door gap", box((-0.008, back - 0.01, 0.5), (0.008, back + 0.006, 0.9 * h), 0.0), dark)]  # fmt: skip
    solid = [Box((-w, front, 0.3), (w, front + 0.2 * d, 0.6 * h)), Box((-w, front + 0.2 * d, 0.3), (w, back, h))]
    return build("van", f"Van {brief.paint}", parts, solid, clearance=0.5)


@dataclass
class BicycleBrief(PropBrief):
    """A city bicycle."""

    depth: float = number(1.75, 1.4, 1.9, unit="m", help="Wheel to wheel")
    height: float = number(1.02, 0.9, 1.15, unit="m", help="Ground to handlebars")
    paint: str = choice("green", tuple(PAINTS), help="Colour")


def bicycle(brief: BicycleBrief) -> Prop:
    """The bicycle of a brief, upright on its stand."""
    d, h, paint = brief.depth, brief.height, painted_metal(PAINTS[brief.paint])
    r = 0.335
    front, back = -d / 2 + r, d / 2 - r
    parts: list[Part] = []
    for y in (front, back):
        a = 2 * np.pi * np.arange(28) / 28
        ring = np.stack([np.zeros(28), y + r * 0.955 * np.cos(a), r + r * 0.955 * np.sin(a)], axis=1)
        parts.append(Part("tyre", tube(ring, 0.017, 6, closed=True), rubber()))
        rim = np.stack([np.zeros(28), y + r * 0.9 * np.cos(a), r + r * 0.9 * np.sin(a)], axis=1)
        parts.append(Part("rim", tube(rim, 0.009, 5, closed=True), brushed_metal()))
        for k in range(12):
            t = 2 * np.pi * k / 12
            spoke = box((-0.002, 0.02, -0.002), (0.002, 0.9 * r, 0.002), 0.0).turned("x", t).moved(0, y, r)
            parts.append(Part("spoke", spoke, brushed_metal()))
        guard = np.stack(
            [np.zeros(9), y + (r + 0.03) * np.cos(np.linspace(0.3, 2.9, 9)), r + (r + 0.03) * np.sin(np.linspace(0.3, 2.9, 9))], 1
        )
        parts.append(
            Part("mudguard", sweep(guard, np.array([(-0.025, -0.004), (0.025, -0.004), (0.025, 0.004), (-0.025, 0.004)])), paint)
        )
    crank, saddle, head = (0, 0.08, 0.28), (0, 0.27, 0.86), (0, front + 0.2, 0.84)
    hub, fork, stem = (0, back, r), (0, 0.22, 0.66), (0, front + 0.25, h - 0.03)
    bars = [(head, crank, 0.018), (crank, saddle, 0.016), (head, fork, 0.015), (hub, crank, 0.01), (hub, fork, 0.009)]
    for lower, upper, thick in [*bars, ((0, front, r), head, 0.014), (head, stem, 0.013)]:
        parts.append(Part("frame", tube([lower, upper], thick, 8), paint))
    handle = [
        (-0.28, front + 0.42, h - 0.02),
        (-0.2, front + 0.3, h),
        (0, front + 0.24, h),
        (0.2, front + 0.3, h),
        (0.28, front + 0.42, h - 0.02),
    ]
    parts.append(Part("handlebar", tube(handle, 0.011, 6), brushed_metal()))
    parts.append(Part("saddle", box((-0.075, 0.18, 0.88), (0.075, 0.42, 0.94), 0.03), plastic("#2a1f18")))
    parts.append(
        Part(
            "chain wheel", cylinder(0.09, -0.006, 0.006, 0.002, 18).turned("y", np.pi / 2).moved(0.05, 0.08, 0.28), brushed_metal()
        )
    )
    for side in (-1, 1):
        end = (side * 0.09, 0.08 + side * 0.12, 0.28 - side * 0.1)
        parts.append(Part("crank", tube([(side * 0.05, 0.08, 0.28), end], 0.009, 5), brushed_metal()))
        parts.append(
            Part(
                "pedal",
                box(
                    (end[0] + side * 0.05 - 0.05, end[1] - 0.04, end[2] - 0.01),
                    (end[0] + side * 0.05 + 0.05, end[1] + 0.04, end[2] + 0.01),
                    0.004,
                ),
                rubber(),
            )
        )
    basket = lathe([(0.12, h - 0.22), (0.15, h - 0.02), (0.155, h - 0.01), (0.145, h - 0.02), (0.115, h - 0.21)], 12)
    parts.append(Part("basket", basket.moved(0, front - 0.02, 0), plastic("#3a2c20")))
    return build("bicycle", f"Bicycle {brief.paint}", parts, [Box((-0.3, -d / 2, 0.0), (0.3, d / 2, h))], clearance=0.4)


@dataclass
class BicycleRackBrief(PropBrief):
    """Hoops to lock bicycles to."""

    width: float = number(2.4, 0.6, 6.0, unit="m", help="Left to right")


def bicycle_rack(brief: BicycleRackBrief) -> Prop:
    """The rack of a brief."""
    count = max(1, int(brief.width / 0.8))
    parts = []
    for x in (np.arange(count) - (count - 1) / 2) * 0.8:
        t = np.linspace(0, np.pi, 9)
        hoop = np.concatenate(
            [[(x, -0.32, 0.0)], np.stack([np.full(9, x), -0.32 * np.cos(t), 0.5 + 0.3 * np.sin(t)], 1), [(x, 0.32, 0.0)]]
        )
        parts.append(Part("hoop", tube(hoop, 0.024, 8), brushed_metal("#8d9194")))
    return build("bicycle_rack", "Bicycle rack", parts)
