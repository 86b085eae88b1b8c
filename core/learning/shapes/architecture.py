"""Training shapes of ground and architecture: tiles of terrain, floors, walls, fences, stairs, columns, doors, houses."""

from __future__ import annotations

import numpy as np

from .solids import Color, Solid, box, cylinder, ellipsoid, height_field, lathe, polygon, prism, rod

Generator = np.random.Generator


def color(rng: Generator) -> Color:
    """A random paint, greyish more often than bright."""
    grey = rng.uniform(0.05, 0.9)
    mix = rng.beta(1, 2)
    red, green, blue = np.clip(grey * (1 - mix) + mix * rng.uniform(0, 1, 3), 0, 1).tolist()
    return red, green, blue


def terrain(rng: Generator) -> list[Solid]:
    """A hexagonal or square tile of ground: flat, rolling, with a river bed, a road or a step to higher land."""
    hexagonal = rng.random() < 0.65
    count, thick = 25, rng.uniform(0.15, 1.2)
    u, v = np.meshgrid(np.linspace(-1, 1, count), np.linspace(-1, 1, count))
    height = np.full((count, count), thick)
    turn = rng.integers(6) * np.pi / 3
    along = u * np.cos(turn) + v * np.sin(turn)
    across = -u * np.sin(turn) + v * np.cos(turn) + rng.choice([0.0, 0.35]) * along**2
    kind = rng.choice(["flat", "rolling", "river", "slope", "coast", "hill"])
    if kind == "rolling":
        height += 0.15 * np.sin(rng.uniform(1, 4) * u + rng.uniform(0, 6)) * np.cos(rng.uniform(1, 4) * v)
    elif kind == "river":
        height -= thick * rng.uniform(0.15, 0.6) * np.exp(-((across / rng.uniform(0.15, 0.4)) ** 4))
    elif kind == "slope":
        height += rng.uniform(0.3, 1.0) * np.clip(along * rng.uniform(0.5, 1.5) + 0.5, 0, 1)
    elif kind == "coast":
        height -= thick * rng.uniform(0.3, 0.7) * (along > rng.uniform(-0.3, 0.5))
    elif kind == "hill":
        height += rng.uniform(0.4, 2.0) * np.exp(-(u**2 + v**2) / rng.uniform(0.1, 0.5)) * rng.uniform(0.7, 1, (count, count))
    parts = [height_field(1.0, np.maximum(height, 0.05), color(rng), hexagonal)]
    for _ in range(rng.integers(0, 4) if rng.random() < 0.3 else 0):
        x, y = rng.uniform(-0.6, 0.6, 2)
        parts.append(ellipsoid(tuple(rng.uniform(0.1, 0.3, 3)), color(rng), 0.2, rng).moved(x, y, thick))
    return parts


def floor(rng: Generator) -> list[Solid]:
    """A thin slab, alone or of tiles or planks, square or not, sometimes with a rim or a grate."""
    width, depth, thick = rng.uniform(0.8, 2), rng.uniform(0.6, 2), rng.uniform(0.02, 0.3)
    base = color(rng)
    kind = rng.choice(["slab", "tiles", "planks", "grate", "round"], p=[0.3, 0.3, 0.2, 0.1, 0.1])
    if kind == "round":
        return [cylinder(width / 2, thick, base, segments=20)]
    if kind == "slab":
        return [box(width, depth, thick, base, rng.uniform(0.95, 1))]
    across = int(rng.integers(2, 7))
    down = across if kind == "tiles" else 1
    gap = width / across * (0.4 if kind == "grate" else 0.06)
    parts = [] if kind == "grate" else [box(width, depth, thick * 0.6, base)]
    for i in range(across):
        for j in range(down):
            x, y = (i + 0.5) / across * width - width / 2, (j + 0.5) / down * depth - depth / 2
            lift = rng.uniform(0, 0.3) * thick
            if rng.random() < 0.93:
                parts.append(box(width / across - gap, depth / down - gap, thick + lift, base, rng.uniform(0.9, 1)).moved(x, y))
    for _ in range(rng.integers(1, 6) if rng.random() < 0.25 else 0):
        x, y = rng.uniform(-0.45, 0.45, 2) * [width, depth]
        parts.append(ellipsoid(tuple(rng.uniform(0.05, 0.2, 3) * width), color(rng), 0.2, rng).moved(x, y, thick))
    if kind == "grate":
        parts += [box(width, depth * 0.06, thick, base).moved(0, y) for y in (-depth / 2, 0.0, depth / 2)]
    return parts


def _wall_panel(width: float, height: float, thick: float, paint: Color, rng: Generator, opening: str) -> list[Solid]:
    if opening == "none":
        return [box(width, thick, height, paint)]
    hole = rng.uniform(0.3, 0.5) * width
    top = rng.uniform(0.6, 0.85) * height
    sill = rng.uniform(0.25, 0.4) * height if opening == "window" else 0.0
    side = (width - hole) / 2
    parts = [box(side, thick, height, paint).moved(x) for x in (-(hole + side) / 2, (hole + side) / 2)]
    parts.append(box(hole, thick, height - top, paint).moved(0, 0, top))
    if sill:
        parts.append(box(hole, thick, sill, paint))
    return parts


def wall(rng: Generator) -> list[Solid]:
    """A wall module: straight, a corner, a T or a crossing; with a door or window hole, battlements, a plinth or bricks."""
    width, height, thick = rng.uniform(0.8, 2.2), rng.uniform(0.6, 2.2), rng.uniform(0.06, 0.7)
    paint, trim = color(rng), color(rng)
    opening = rng.choice(["none", "door", "window"], p=[0.55, 0.2, 0.25])
    arms = rng.choice([1, 2, 3, 4], p=[0.6, 0.25, 0.08, 0.07])
    parts: list[Solid] = []
    if arms == 1:
        parts += _wall_panel(width, height, thick, paint, rng, opening)
    else:
        for number in range(arms):
            panel = _wall_panel(width / 2, height, thick, paint, rng, opening if number == 0 else "none")
            parts += [solid.moved(width / 4).turned(number * np.pi / 2) for solid in panel]
    if rng.random() < 0.35:
        parts += [
            box(width, thick * 1.3, height * rng.uniform(0.05, 0.15), trim).moved(0, 0, z) for z in (0.0, height) if arms == 1
        ]
    if rng.random() < 0.3 and arms == 1:
        post = thick * rng.uniform(1.1, 1.7)
        parts += [
            box(post, post, height * rng.uniform(0.95, 1.2), trim).moved(x) for x in (-width / 2, width / 2)[: rng.integers(1, 3)]
        ]
    if rng.random() < 0.25 and arms == 1:
        merlons = int(rng.integers(2, 6))
        size = width / merlons / 2
        parts += [
            box(size, thick, height * 0.15, paint).moved((i + 0.5) / merlons * width - width / 2, 0, height) for i in range(merlons)
        ]
    if rng.random() < 0.4:
        for _ in range(rng.integers(3, 14)):
            x, z = rng.uniform(-0.45, 0.45) * width, rng.uniform(0.05, 0.9) * height
            parts.append(box(0.2 * width, thick * 1.15, 0.08 * height, trim).moved(x, 0, z))
    return parts


def fence(rng: Generator) -> list[Solid]:
    """Posts and rails, pickets, bars or a low barrier."""
    width, height = rng.uniform(1, 3), rng.uniform(0.4, 1.3)
    paint = color(rng)
    posts = int(rng.integers(2, 5))
    thick = rng.uniform(0.03, 0.14)
    xs = np.linspace(-width / 2, width / 2, posts)
    parts = [box(thick, thick, height * rng.uniform(0.95, 1.2), paint, rng.uniform(0.6, 1)).moved(x) for x in xs]
    kind = rng.choice(["rails", "pickets", "barrier"])
    if kind == "barrier":
        post = thick * rng.uniform(1, 3.5)
        parts = [box(post, post, height * rng.uniform(0.9, 1.2), paint).moved(x) for x in xs[:: max(len(xs) - 1, 1)]]
        parts.append(box(width, post * rng.uniform(0.4, 0.8), height * rng.uniform(0.5, 0.9), paint).moved(0, 0, height * 0.05))
    else:
        parts += [box(width, thick * 0.5, thick, paint).moved(0, 0, z * height) for z in np.linspace(0.3, 0.85, rng.integers(2, 4))]
    if kind == "pickets":
        for x in np.linspace(-width / 2, width / 2, rng.integers(6, 16)):
            parts.append(box(thick * 0.7, thick * 0.4, height * rng.uniform(0.85, 1), paint).moved(x, thick * 0.3))
    if rng.random() < 0.2:
        parts += [solid.moved(width / 2).turned(np.pi / 2).moved(-width / 2) for solid in parts]
    return parts


def stairs(rng: Generator) -> list[Solid]:
    """A flight of steps, solid or of treads, with or without side walls."""
    steps, width = int(rng.integers(3, 12)), rng.uniform(0.6, 2.5)
    rise, tread = rng.uniform(0.12, 0.3), rng.uniform(0.2, 0.4)
    paint, trim = color(rng), color(rng)
    solid = rng.random() < 0.65
    parts = []
    for number in range(steps):
        height = rise * (number + 1)
        step = box(width, tread, height if solid else rise * 0.3, paint)
        parts.append(step.moved(0, number * tread, 0 if solid else height - rise * 0.3))
    run, total = steps * tread, steps * rise
    if not solid or rng.random() < 0.4:
        for side in (-1, 1):
            x = side * width / 2
            if rng.random() < 0.5:
                parts.append(rod((x, 0, rise), (x, run, total + rise), 0.06, trim))
            else:
                parts.append(box(0.1, run, total, trim).moved(x, run / 2 - tread / 2))
    return parts


def column(rng: Generator) -> list[Solid]:
    """A round or square shaft with base and capital, or a bare pillar."""
    height, radius = rng.uniform(1.5, 4), rng.uniform(0.12, 0.4)
    paint = color(rng)
    sides = int(rng.choice([4, 6, 8, 16]))
    turn = np.pi / sides
    shaft = prism(polygon(sides, radius, turn), height, paint, rng.uniform(0.75, 1))
    parts = [shaft]
    if rng.random() < 0.75:
        foot = rng.uniform(0.06, 0.2) * height
        wide = rng.uniform(1.2, 1.8)
        parts.append(prism(polygon(4, radius * wide * 1.3, np.pi / 4), foot, paint, rng.uniform(0.7, 1)))
        parts.append(prism(polygon(4, radius * wide, np.pi / 4), foot, paint, rng.uniform(1, 1.3)).moved(0, 0, height))
    return parts


def door(rng: Generator) -> list[Solid]:
    """A leaf with or without a frame, a double door, or an arched gate."""
    width, height, thick = rng.uniform(0.7, 1.8), rng.uniform(1.8, 2.6), rng.uniform(0.03, 0.15)
    paint, trim = color(rng), color(rng)
    parts = [box(width, thick, height, paint)]
    if rng.random() < 0.6:
        parts += [box(0.1, thick * 2, height, trim).moved(x) for x in (-width / 2, width / 2)]
        parts.append(box(width + 0.2, thick * 2, 0.1, trim).moved(0, 0, height))
    parts.append(ellipsoid((0.08, thick * 3, 0.08), trim).moved(rng.choice([-0.38, 0.38]) * width, 0, height * 0.48))
    if rng.random() < 0.5:
        parts += [box(width * 0.7, thick * 1.4, height * 0.25, paint).moved(0, 0, z * height) for z in (0.1, 0.6)]
    return parts


def _roof(width: float, depth: float, rise: float, paint: Color) -> Solid:
    gable = prism(np.array([[-width / 2, 0], [width / 2, 0], [0, rise]]), depth, paint)
    return Solid(gable.vertices[:, [0, 2, 1]] - [0, depth / 2, 0], gable.triangles[:, ::-1], paint)


def building(rng: Generator) -> list[Solid]:
    """A house or a tower: one or two bodies with gable, hip, cone or flat roofs, windows, a door, sometimes on its own tile."""
    paint, roof, trim = color(rng), color(rng), color(rng)
    parts: list[Solid] = []
    ground = 0.0
    if rng.random() < 0.45:
        ground = rng.uniform(0.1, 0.6)
        parts.append(prism(polygon(6, 4.5, np.pi / 6), ground, color(rng)))
    for _ in range(rng.integers(1, 4)):
        x, y = rng.uniform(-1.2, 1.2, 2)
        width, depth, height = rng.uniform(1.5, 4), rng.uniform(1.5, 4), rng.uniform(1.5, 6)
        if rng.random() < 0.25:
            parts.append(cylinder(width / 2, height, paint).moved(x, y, ground).called("wall"))
            parts.append(cylinder(width * 0.6, rng.uniform(0.8, 2), roof, 0.02).moved(x, y, ground + height).called("roof"))
            continue
        parts.append(box(width, depth, height, paint).moved(x, y, ground).called("wall"))
        kind = rng.choice(["gable", "hip", "flat"])
        if kind == "gable":
            parts.append(_roof(width * 1.15, depth * 1.1, rng.uniform(0.6, 2), roof).moved(x, y, ground + height).called("roof"))
        elif kind == "hip":
            hip = box(width * 1.15, depth * 1.15, rng.uniform(0.6, 2), roof, 0.2).called("roof")
            parts.append(hip.moved(x, y, ground + height))
        else:
            parts.append(box(width * 1.05, depth * 1.05, 0.2, roof).moved(x, y, ground + height).called("roof"))
        for z in np.arange(0.8, height - 0.6, 1.4):
            panes = [box(0.5, depth * 1.03, 0.7, trim).called("window") for _ in range(2)]
            parts += [pane.moved(x + dx * width, y, ground + z) for pane, dx in zip(panes, (-0.25, 0.25), strict=True)]
    return parts


def lamp(rng: Generator) -> list[Solid]:
    """A lamp: a post, table or hanging one with a shade or a lantern head."""
    height, paint, glow = rng.uniform(0.3, 4), color(rng), color(rng)
    head = height * rng.uniform(0.12, 0.3)
    shade = lathe([(head * 0.5, 0), (head * rng.uniform(0.15, 0.5), head)], glow).called("shade")
    if rng.random() < 0.3:
        return [
            rod((0, 0, head), (0, 0, height), height * 0.015, paint).called("pole"),
            shade,
            ellipsoid((head * 0.5,) * 3, glow).moved(0, 0, head * 0.3).called("shade"),
        ]
    foot = cylinder(head * rng.uniform(0.35, 0.7), height * 0.04, paint).called("base")
    pole = rod((0, 0, 0), (0, 0, height), height * rng.uniform(0.012, 0.04), paint).called("pole")
    return [foot, pole, shade.moved(0, 0, height - head)]
