"""Training shapes of furniture, appliances and plants in the simple style of game kits."""

from __future__ import annotations

import numpy as np

from .architecture import Generator, color
from .goods import bottle, tableware
from .solids import Solid, box, cylinder, ellipsoid, polygon, prism, rod, sheet


def _legs(width: float, depth: float, height: float, thick: float, paint) -> list[Solid]:
    corners = [(x, y) for x in (-1, 1) for y in (-1, 1)]
    legs = [box(thick, thick, height, paint).called("leg") for _ in corners]
    return [leg.moved(x * (width - thick) / 2, y * (depth - thick) / 2) for leg, (x, y) in zip(legs, corners, strict=True)]


def table(rng: Generator) -> list[Solid]:
    """Rectangular or round, on legs, a column or panels, with drawers, a cloth or things on it."""
    width, depth, height = rng.uniform(0.6, 2.4), rng.uniform(0.5, 1.2), rng.uniform(0.4, 1)
    chunk = rng.uniform(1, 3.2)  # game kits draw furniture thicker than it is
    thick, paint, legs = rng.uniform(0.03, 0.08) * chunk, color(rng), color(rng)
    around = rng.random() < 0.25
    if around:
        depth = width = width * 0.6
    top = cylinder(width / 2, thick, paint, segments=18) if around else box(width, depth, thick, paint)
    parts = [top.moved(0, 0, height - thick).called("top")]
    kind = rng.choice(["legs", "column", "panels", "drawers"], p=[0.55, 0.15, 0.15, 0.15])
    inset = rng.uniform(0.6, 0.95) if not around else 0.6
    if kind == "column":
        column = [cylinder(0.05 + 0.1 * rng.random(), height, legs), cylinder(width * 0.3, 0.05, legs)]
        parts += [solid.called("leg") for solid in column]
    elif kind == "panels":
        parts += [box(thick * 1.5, depth * 0.9, height, legs).moved(x * width * 0.42).called("leg") for x in (-1, 1)]
    else:
        parts += _legs(width * inset, depth * inset, height - thick, rng.uniform(0.04, 0.1) * chunk, legs)
    if kind != "column" and rng.random() < 0.35:
        bar = box(width * inset, 0.05 * chunk, 0.06 * chunk, legs)
        parts.append(bar.moved(0, 0, height * rng.uniform(0.15, 0.5)).called("leg"))
    if kind == "drawers":
        parts.append(box(width * 0.3, depth * 0.8, height * 0.6, legs).moved(width * 0.3, 0, height * 0.35).called("drawer"))
    if rng.random() < 0.2:
        cloth, drop = color(rng), height * rng.uniform(0.2, 0.7)
        parts += [box(width * 1.02, 0.02, drop, cloth).moved(0, y * depth * 0.51, height - drop) for y in (-1, 1)]
        parts += [box(0.02, depth * 1.02, drop, cloth).moved(x * width * 0.51, 0, height - drop) for x in (-1, 1)]
    for _ in range(rng.integers(1, 5) if rng.random() < 0.3 else 0):
        x, y = rng.uniform(-0.35, 0.35, 2) * [width, depth]
        parts += [solid.moved(x, y, height) for solid in (tableware if rng.random() < 0.6 else bottle)(rng)]
    return parts


def chair(rng: Generator) -> list[Solid]:
    """A seat on legs or a column, with a solid, slatted or barred back, sometimes arms."""
    width, seat, back = rng.uniform(0.38, 0.65), rng.uniform(0.38, 0.52), rng.uniform(0.35, 0.75)
    chunk = rng.uniform(1, 2.5)
    thick, paint, wood = rng.uniform(0.03, 0.1) * chunk, color(rng), color(rng)
    parts = [box(width, width, thick, paint).moved(0, 0, seat - thick).called("seat")]
    if rng.random() < 0.8:
        parts += _legs(width, width, seat, rng.uniform(0.03, 0.06) * chunk, wood)
    else:
        parts.append(cylinder(0.04, seat, wood).called("leg"))
        for a in np.arange(5) * 1.257:
            foot = rod((0, 0, 0.04), (width * 0.5 * np.cos(a), width * 0.5 * np.sin(a), 0.02), 0.025, wood)
            parts.append(foot.called("leg"))
    rear, behind = width / 2 - 0.02, len(parts)
    if rng.random() < 0.5:
        parts.append(box(width * rng.uniform(0.8, 1), rng.uniform(0.03, 0.07) * chunk, back, paint).moved(0, rear, seat))
    else:
        parts += [box(0.04, 0.04, back, wood).moved(x * (width / 2 - 0.02), rear, seat) for x in (-1, 1)]
        if rng.random() < 0.5:
            parts += [
                box(width, 0.03, 0.08, wood).moved(0, rear, seat + t * back) for t in np.linspace(0.3, 0.85, rng.integers(1, 4))
            ]
        else:
            parts.append(box(width, 0.03, 0.08, wood).moved(0, rear, seat + back * 0.9))
            parts += [
                box(0.03, 0.03, back * 0.9, wood).moved(x * width, rear, seat) for x in np.linspace(-0.3, 0.3, rng.integers(2, 5))
            ]
    parts[behind:] = [solid.called("back") for solid in parts[behind:]]
    if rng.random() < 0.3:
        for side in (-1, 1):
            parts += [
                box(0.05, width * 0.8, 0.04, wood).moved(side * width / 2, 0, seat + 0.22).called("arm"),
                box(0.04, 0.04, 0.22, wood).moved(side * width / 2, -width * 0.35, seat).called("arm"),
            ]
    return parts


def stool(rng: Generator) -> list[Solid]:
    """A backless seat, round or square."""
    radius, height, paint = rng.uniform(0.15, 0.28), rng.uniform(0.3, 0.85), color(rng)
    seat = cylinder(radius, 0.06, paint) if rng.random() < 0.6 else box(radius * 2, radius * 2, 0.06, paint)
    wood = color(rng)
    legs = int(rng.integers(3, 5))
    angles = np.arange(legs) * 2 * np.pi / legs + np.pi / 4
    spread, thick = rng.uniform(0.7, 1.2), rng.uniform(0.02, 0.06)
    feet = [
        rod(
            (radius * spread * np.cos(a), radius * spread * np.sin(a), 0),
            (radius * 0.6 * np.cos(a), radius * 0.6 * np.sin(a), height),
            thick,
            wood,
        )
        for a in angles
    ]
    return [seat.moved(0, 0, height - 0.06).called("seat"), *(foot.called("leg") for foot in feet)]


def bench(rng: Generator) -> list[Solid]:
    """A long seat, with or without a back."""
    width, depth, height = rng.uniform(1.1, 2.2), rng.uniform(0.3, 0.5), rng.uniform(0.38, 0.5)
    paint, legs = color(rng), color(rng)
    parts = [box(width, depth, 0.06, paint).moved(0, 0, height).called("seat")]
    parts += _legs(width * 0.9, depth, height, rng.uniform(0.05, 0.1), legs)
    if rng.random() < 0.45:
        parts += [box(width, 0.04, 0.12, paint).moved(0, depth / 2, height + z).called("back") for z in (0.15, 0.35)]
    return parts


def bed(rng: Generator) -> list[Solid]:
    """A frame with mattress, cover and pillow, head and foot boards; or a mattress on the floor."""
    width, length, height = rng.uniform(0.8, 1.9), rng.uniform(1.8, 2.2), rng.uniform(0.15, 0.5)
    wood, sheet_color, cover = color(rng), color(rng), color(rng)
    parts = [
        box(width * 0.96, length * 0.97, 0.2, sheet_color).moved(0, 0, height).called("mattress"),
        box(width, length * rng.uniform(0.5, 0.7), 0.23, cover).moved(0, -length * 0.15, height).called("mattress"),
    ]
    count = 2 if width > 1.3 else 1
    parts += [
        box(width / count * 0.75, 0.35, 0.12, sheet_color, 0.8).called("pillow").moved(
            (i + 0.5) / count * width - width / 2, length * 0.38, height + 0.2
        )
        for i in range(count)
    ]
    if rng.random() < 0.85:
        parts.append(box(width, length, height * 0.6, wood).moved(0, 0, height * 0.4).called("frame"))
        parts.append(box(width * 1.04, 0.08, height + rng.uniform(0.3, 0.9), wood).moved(0, length / 2).called("headboard"))
        parts += [leg.called("frame") for leg in _legs(width, length, height, 0.09, wood)]
        if rng.random() < 0.5:
            parts.append(box(width * 1.04, 0.08, height + rng.uniform(0.1, 0.4), wood).moved(0, -length / 2).called("frame"))
    return parts


def cabinet(rng: Generator) -> list[Solid]:
    """A closed cupboard, chest of drawers or kitchen counter, straight or round a corner."""
    width, depth, height = rng.uniform(0.5, 2), rng.uniform(0.35, 0.8), rng.uniform(0.6, 2.2)
    paint, front, knob = color(rng), color(rng), color(rng)
    counter = rng.random() < 0.5
    if counter:
        height, width, depth = rng.uniform(0.7, 1.1), rng.uniform(0.5, 1.6), rng.uniform(0.5, 1.1)
    parts = [box(width, depth, height, paint).called("body")]
    across, down = int(rng.integers(1, 4)), int(rng.integers(1, 5))
    for i in range(across):
        for j in range(down):
            x, z = (i + 0.5) / across * width - width / 2, j / down * height
            parts.append(box(width / across * 0.9, 0.03, height / down * 0.9, front).moved(x, -depth / 2, z + 0.04).called("door"))
            parts.append(box(0.08, 0.04, 0.03, knob).moved(x, -depth / 2 - 0.03, z + height / down * 0.6).called("handle"))
    if counter:
        top = rng.uniform(0.04, 0.14)
        parts.append(box(width * rng.uniform(1, 1.06), depth * rng.uniform(1, 1.12), top, knob).moved(0, 0, height).called("body"))
        if rng.random() < 0.3:
            parts.append(box(width * 0.5, depth * 0.5, 0.02, (0.05, 0.05, 0.05)).moved(0, 0, height + top))
            parts.append(rod((0, depth * 0.3, height), (0, depth * 0.1, height + 0.35), 0.03, (0.5, 0.5, 0.5)))
        for _ in range(rng.integers(1, 4) if rng.random() < 0.3 else 0):
            x, y = rng.uniform(-0.35, 0.35, 2) * [width, depth]
            parts += [solid.moved(x, y, height + top) for solid in (tableware if rng.random() < 0.5 else bottle)(rng)]
        if rng.random() < 0.3:
            parts.append(box(width, 0.04, rng.uniform(0.3, 0.6), front).moved(0, depth / 2, height).called("body"))
        if rng.random() < 0.25:
            parts += [solid.turned(np.pi / 2).moved(width / 2 + depth / 2, width / 2 - depth / 2) for solid in parts]
    elif rng.random() < 0.4:
        parts = [solid.moved(0, 0, 0.12) for solid in parts] + [
            leg.called("body") for leg in _legs(width, depth, 0.12, 0.06, paint)
        ]
    return parts


def shelf(rng: Generator) -> list[Solid]:
    """Open shelves with uprights, or a board on brackets, empty or filled."""
    width, depth, height = rng.uniform(0.5, 1.6), rng.uniform(0.15, 0.45), rng.uniform(0.8, 2.2)
    paint, thick = color(rng), rng.uniform(0.02, 0.06)
    if rng.random() < 0.3:
        parts = [box(width, depth, thick, paint).moved(0, 0, 0.2).called("shelf")]
        arms = [rod((x * width * 0.35, depth / 2, 0), (x * width * 0.35, -depth / 3, 0.2), 0.02, paint) for x in (-1, 1)]
        parts += [arm.called("body") for arm in arms]
        levels = [0.2 + thick]
    else:
        levels = list(np.linspace(0.05, height - thick, rng.integers(3, 7)))
        parts = [box(width, depth, thick, paint).moved(0, 0, z).called("shelf") for z in levels]
        parts += [box(thick, depth, height, paint).moved(x * width / 2).called("body") for x in (-1, 1)]
        if rng.random() < 0.5:
            parts.append(box(width, 0.02, height, paint).moved(0, depth / 2).called("body"))
    if rng.random() < 0.6:
        for level in levels[:-1] or levels:
            for x in np.arange(-width * 0.42, width * rng.uniform(-0.1, 0.42), 0.06):
                parts.append(
                    box(rng.uniform(0.02, 0.05), depth * 0.7, rng.uniform(0.12, 0.24), color(rng)).moved(x, 0, level + thick)
                )
    return parts


def appliance(rng: Generator) -> list[Solid]:
    """A fridge, stove, oven, washing machine or extractor hood."""
    width, depth = rng.uniform(0.5, 0.9), rng.uniform(0.5, 0.75)
    paint, trim, dark = color(rng), color(rng), (0.04, 0.04, 0.05)
    kind = rng.choice(["fridge", "stove", "washer", "hood"])
    if kind == "fridge":
        height, split = rng.uniform(1.3, 2.1), rng.uniform(0.3, 0.7)
        body = [box(width, depth, height, paint)]
        body += [
            box(width * 0.97, 0.05, s * height * 0.96, trim).moved(0, -depth / 2, z * height + 0.02)
            for s, z in ((split, 0), (1 - split, split))
        ]
        return body + [
            box(0.04, 0.06, height * 0.2, dark).moved(-width * 0.4, -depth / 2 - 0.05, z * height)
            for z in (split - 0.25, split + 0.05)
        ]
    if kind == "hood":
        return [
            box(width, depth, 0.15, paint),
            box(width * 0.95, depth * 0.95, rng.uniform(0.2, 0.5), paint, 0.4).moved(0, 0, 0.15),
            box(width * 0.35, depth * 0.35, 0.9, paint).moved(0, 0, 0.4),
        ]
    height = rng.uniform(0.8, 1)
    parts = [box(width, depth, height, paint)]
    if kind == "washer":
        parts.append(cylinder(width * 0.32, 0.05, dark).turned(np.pi / 2, 0).moved(0, -depth / 2, height * 0.5))
        return [*parts, box(width * 0.95, 0.04, height * 0.14, trim).moved(0, -depth / 2, height * 0.83)]
    parts.append(box(width * 0.8, 0.04, height * 0.5, dark).moved(0, -depth / 2, height * 0.15))
    parts.append(
        rod((-width * 0.35, -depth / 2 - 0.05, height * 0.7), (width * 0.35, -depth / 2 - 0.05, height * 0.7), 0.015, trim)
    )
    parts += [cylinder(width * 0.13, 0.02, dark).moved(x * width, y * depth, height) for x in (-0.25, 0.25) for y in (-0.25, 0.25)]
    parts += [ellipsoid((0.05,) * 3, trim).moved(x * width, -depth / 2, height * 0.85) for x in np.linspace(-0.35, 0.35, 5)]
    if rng.random() < 0.35:
        parts += [solid.moved(width * 0.25, depth * 0.2, height) for solid in tableware(rng)]
    return parts


def tree(rng: Generator) -> list[Solid]:
    """A conifer of cones, a round crown of lumps, a bare tree, or a group of them."""
    parts: list[Solid] = []
    bark, leaf = color(rng), color(rng)
    for number in range(rng.choice([1, 1, 1, 3, 5])):
        height = rng.uniform(1.5, 5)
        trunk = height * rng.uniform(0.02, 0.09)
        kind = rng.choice(["cone", "round", "bare", "stump"], p=[0.4, 0.35, 0.15, 0.1])
        one = [rod((0, 0, 0), (0, 0, height * (0.12 if kind == "stump" else 0.6)), trunk, bark, trunk * 0.7).called("trunk")]
        if kind == "cone":
            tiers, spread = int(rng.integers(1, 5)), rng.uniform(0.18, 0.4)
            for tier in range(tiers):
                low = height * (0.2 + 0.7 * tier / tiers)
                one.append(
                    cylinder(
                        height * spread * (1 - 0.6 * tier / tiers),
                        height - low if tiers == 1 else height * 0.4,
                        leaf,
                        0.01,
                        int(rng.integers(5, 12)),
                    ).moved(0, 0, low).called("crown")
                )
        elif kind == "round":
            for _ in range(rng.integers(1, 5)):
                x, y = rng.normal(0, 0.09 * height, 2)
                one.append(
                    ellipsoid(tuple(rng.uniform(0.3, 0.55, 3) * height), leaf, 0.1, rng).called("crown").moved(
                        x, y, height * rng.uniform(0.6, 0.85)
                    )
                )
        elif kind == "bare":
            for _ in range(rng.integers(3, 9)):
                start = (0.0, 0.0, height * rng.uniform(0.25, 0.6))
                end = tuple(np.array([*rng.normal(0, 0.25, 2), rng.uniform(0.5, 1)]) * height)
                one.append(rod(start, end, trunk * 0.5, bark, trunk * 0.15).called("trunk"))
        spot = rng.uniform(-0.5, 0.5, 2) * height if number else (0.0, 0.0)
        parts += [solid.moved(*spot) for solid in one]
    return parts


def plant(rng: Generator) -> list[Solid]:
    """Blades, leaves on stems, a pot plant, or pads on water."""
    leaf, size = color(rng), rng.uniform(0.2, 0.8)
    if rng.random() < 0.2:
        spots = rng.uniform(-0.5, 0.5, (rng.integers(2, 6), 2)) * size
        return [cylinder(size * rng.uniform(0.1, 0.3), 0.01, leaf, segments=9).moved(x, y) for x, y in spots]
    parts: list[Solid] = []
    if rng.random() < 0.25:
        parts.append(cylinder(size * 0.2, size * 0.3, color(rng), size * 0.26))
    for _ in range(rng.integers(4, 14)):
        angle, reach = rng.uniform(0, 6.3), size * rng.uniform(0.1, 0.6)
        tip = (reach * np.cos(angle), reach * np.sin(angle), size * rng.uniform(0.3, 1))
        parts.append(rod((0, 0, 0), tip, size * 0.025, leaf, 0.004))
        if rng.random() < 0.6:
            parts.append(ellipsoid((size * 0.25, size * 0.12, size * 0.05), leaf).turned(angle).moved(*tip))
    return parts


def rock(rng: Generator) -> list[Solid]:
    """One stone or a heap, rounded or angular."""
    paint = color(rng)
    spots = rng.normal(0, 0.4, (rng.choice([1, 1, 2, 4, 9]), 2))
    return [
        ellipsoid(tuple(rng.uniform(0.3, 1, 3)), paint, rng.uniform(0.1, 0.35), rng).moved(
            x * (len(spots) > 1), y * (len(spots) > 1), 0.15
        )
        for x, y in spots
    ]


def curtain(rng: Generator) -> list[Solid]:
    """A curtain or towel, for the leaf of hanging cloth."""
    bend = np.tile(np.sin(np.linspace(0, rng.uniform(6, 20), 24)), (4, 1)) * 0.05
    return [
        sheet(rng.uniform(0.5, 1.6), rng.uniform(0.6, 2.2), color(rng), bend),
        rod((-0.9, 0, 0.02), (0.9, 0, 0.02), 0.02, color(rng)),
    ]


def sign(rng: Generator) -> list[Solid]:
    """A board on a post."""
    height, paint = rng.uniform(0.8, 2.5), color(rng)
    sides = int(rng.choice([3, 4, 8, 16]))
    board = prism(polygon(sides, rng.uniform(0.25, 0.5), np.pi / sides), 0.04, paint).turned(np.pi / 2, 0)
    return [rod((0, 0.02, 0), (0, 0.02, height), 0.03, color(rng)), board.moved(0, 0, height)]
