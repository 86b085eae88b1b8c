"""Training shapes of things one carries, stores, eats and fights with."""

from __future__ import annotations

import numpy as np

from .architecture import Generator, color
from .solids import Solid, box, cylinder, ellipsoid, lathe, polygon, prism, rod, sheet


def crate(rng: Generator) -> list[Solid]:
    """A wooden or cardboard box, closed, framed, open and filled, or a stack."""
    parts: list[Solid] = []
    level = 0.0
    for _ in range(rng.choice([1, 2, 3], p=[0.75, 0.15, 0.1])):
        width, depth, height = rng.uniform(0.35, 1, 3) * [1, 1, 0.9]
        paint, trim = color(rng), color(rng)
        edge = rng.uniform(0.03, 0.09)
        body: list[Solid] = []
        if rng.random() < 0.4:
            body.append(box(width, depth, edge, paint))
            body += [box(edge, depth, height, paint).moved(x) for x in (-width / 2, width / 2)]
            body += [box(width, edge, height, paint).moved(0, y) for y in (-depth / 2, depth / 2)]
            if rng.random() < 0.6:
                for _ in range(rng.integers(4, 12)):
                    x, y = rng.uniform(-0.36, 0.36, 2) * [width, depth]
                    body.append(ellipsoid((width * 0.3, width * 0.3, height * 0.4), trim).moved(x, y, height * 0.8))
        elif rng.random() < 0.3:
            count = int(rng.integers(2, 6))
            slat = height / count
            for row in range(count):
                body += [box(width, edge, slat * 0.75, paint).moved(0, y, row * slat) for y in (-depth / 2, depth / 2)]
                body += [box(edge, depth, slat * 0.75, paint).moved(x, 0, row * slat) for x in (-width / 2, width / 2)]
            body.append(box(width, depth, edge, paint))
        else:
            body.append(box(width, depth, height, paint, rng.uniform(0.85, 1) if rng.random() < 0.3 else 1.0))
            if rng.random() < 0.3:
                body.append(box(width * 1.06, depth * 1.06, height * rng.uniform(0.1, 0.3), trim).moved(0, 0, height * 0.85))
            if rng.random() < 0.25:
                body += [box(edge, depth * 1.04, height, trim).moved(x * width) for x in np.linspace(-0.4, 0.4, rng.integers(3, 8))]
        if rng.random() < 0.6:
            bars = [(x, y) for x in (-width / 2, width / 2) for y in (-depth / 2, depth / 2)]
            body += [box(edge * 1.5, edge * 1.5, height * 1.02, trim).moved(x, y) for x, y in bars]
            body += [box(width * 1.03, depth * 1.03, edge, trim).moved(0, 0, z) for z in (0.0, height - edge) if len(body) < 20]
        spin = rng.uniform(0, 6.3) if level else 0.0
        parts += [solid.turned(spin).moved(0, 0, level) for solid in body]
        level += height
    return parts


def barrel(rng: Generator) -> list[Solid]:
    """A bellied keg with hoops, upright or lying."""
    height, radius = rng.uniform(0.6, 1.2), rng.uniform(0.25, 0.45)
    belly = rng.uniform(1.05, 1.3)
    profile = (
        [(0, 0)] + [(radius * (1 + (belly - 1) * np.sin(np.pi * t)), height * t) for t in np.linspace(0, 1, 9)] + [(0, height)]
    )
    parts = [lathe(profile, color(rng))]
    trim = color(rng)
    for t in (0.12, 0.35, 0.65, 0.88):
        reach = radius * (1 + (belly - 1) * np.sin(np.pi * t)) * 1.04
        parts.append(cylinder(reach, height * 0.05, trim).moved(0, 0, height * t))
    if rng.random() < 0.25:
        parts = [solid.turned(np.pi / 2, 0).moved(0, 0, radius) for solid in parts]
    return parts


def chest(rng: Generator) -> list[Solid]:
    """A trunk with a rounded or flat lid and straps, closed or open."""
    width, depth, height = rng.uniform(0.6, 1.2), rng.uniform(0.4, 0.7), rng.uniform(0.25, 0.5)
    paint, trim = color(rng), color(rng)
    angle = np.linspace(0, np.pi, 9)
    rise = rng.choice([0.15, 0.5, 0.5]) * depth
    lid = prism(np.c_[depth / 2 * np.cos(angle), rise * np.sin(angle)], width, paint)
    lid = Solid(lid.vertices[:, [2, 0, 1]] - [width / 2, 0, 0], lid.triangles, paint)
    if rng.random() < 0.25:
        lid = lid.moved(0, -depth / 2).turned(-1.6, 0).moved(0, depth / 2)
    parts = [box(width, depth, height, paint), lid.moved(0, 0, height)]
    parts += [box(width * 0.08, depth * 1.04, height, trim).moved(x * width) for x in (-0.42, 0.42)]
    parts.append(box(width * 0.12, 0.06, height * 0.3, trim).moved(0, -depth / 2, height * 0.8))
    return parts


def bin_(rng: Generator) -> list[Solid]:
    """A bucket or dustbin: open, tapered, with a handle or a lid."""
    radius, height, paint = rng.uniform(0.12, 0.4), rng.uniform(0.25, 0.9), color(rng)
    foot = radius * rng.uniform(0.65, 0.95)
    parts = [lathe([(0, 0), (foot, 0), (radius, height), (radius * 0.9, height), (foot * 0.9, 0.03), (0, 0.03)], paint)]
    if rng.random() < 0.4:
        parts.append(cylinder(radius * 1.05, height * 0.08, paint, radius * 0.8).moved(0, 0, height))
    elif rng.random() < 0.5:
        arc = [(radius * np.cos(a), 0.0, height + radius * np.sin(a)) for a in np.linspace(0, np.pi, 8)]
        parts += [rod(p, q, 0.012, color(rng)) for p, q in zip(arc, arc[1:], strict=False)]
    return parts


def bottle(rng: Generator) -> list[Solid]:
    """A bottle, flask, jar or vase with neck, cap and label."""
    height, radius = rng.uniform(0.15, 0.4), rng.uniform(0.04, 0.14)
    neck, shoulder = radius * rng.uniform(0.2, 0.9), rng.uniform(0.4, 0.8)
    paint, trim = color(rng), color(rng)
    belly = rng.uniform(0.8, 1.3)
    points = [(0, 0), (radius, 0), (radius * belly, height * shoulder * 0.5), (radius, height * shoulder)]
    body = lathe([*points, (neck, height * (shoulder + 0.12)), (neck, height), (0, height)], paint)
    parts = [body]
    if rng.random() < 0.5:
        parts.append(cylinder(neck * 1.2, height * 0.1, trim).moved(0, 0, height))
    if rng.random() < 0.4:
        parts.append(cylinder(radius * belly * 1.02, height * 0.25, trim).moved(0, 0, height * shoulder * 0.35))
    return parts


def tableware(rng: Generator) -> list[Solid]:
    """A bowl, plate, stack of plates, mug, pan, pot or lid."""
    radius, paint = rng.uniform(0.08, 0.25), color(rng)
    kind = rng.choice(["bowl", "plate", "stack", "mug", "pan", "pot", "lid"])
    if kind in ("plate", "stack"):
        rim = [(0, 0), (radius * 0.6, 0), (radius, radius * 0.18), (radius * 0.97, radius * 0.22), (radius * 0.55, 0.02), (0, 0.02)]
        return [lathe(rim, paint).moved(0, 0, 0.03 * number) for number in range(1 if kind == "plate" else rng.integers(3, 7))]
    if kind == "lid":
        dome = [(0, 0), (radius, 0), (radius * 0.8, radius * 0.25), (0, radius * rng.uniform(0.3, 0.45))]
        return [lathe(dome, paint), ellipsoid((radius * 0.25,) * 3, color(rng)).moved(0, 0, radius * 0.45)]
    height = radius * {"bowl": 0.6, "mug": 2.0, "pan": 0.35, "pot": 1.2}[str(kind)] * rng.uniform(0.7, 1.3)
    foot = radius * (rng.uniform(0.4, 0.7) if kind == "bowl" else rng.uniform(0.85, 1))
    parts = [
        lathe(
            [(0, 0), (foot, 0), (radius, height), (radius * 0.9, height), (foot * 0.88, height * 0.12), (0, height * 0.12)], paint
        )
    ]
    if kind == "mug":
        arc = [(radius + radius * 0.6 * np.sin(a), 0.0, height * (0.5 + 0.3 * np.cos(a))) for a in np.linspace(0, np.pi, 7)]
        parts += [rod(p, q, radius * 0.1, paint) for p, q in zip(arc, arc[1:], strict=False)]
    if kind == "pan":
        parts.append(rod((radius, 0, height * 0.7), (radius * rng.uniform(2.2, 3.2), 0, height), radius * 0.12, color(rng)))
    if kind == "pot":
        parts += [box(radius * 0.3, radius * 0.6, radius * 0.1, paint).moved(x * radius * 1.1, 0, height * 0.75) for x in (-1, 1)]
    if kind in ("pot", "bowl") and rng.random() < 0.4:
        parts.append(cylinder(radius * 0.88, height * 0.02, color(rng)).moved(0, 0, height * 0.8))
    return parts


def food(rng: Generator) -> list[Solid]:
    """A burger, loaf, carrot, cheese, slice, steak, leaf, fruit, pile of pieces or a dish on a plate."""
    size = rng.uniform(0.08, 0.2)
    kind = rng.choice(["burger", "loaf", "carrot", "wedge", "slice", "lump", "pieces", "dish", "fruit", "leaf", "ham"])
    if kind == "burger":
        parts, level = [], 0.0
        for _ in range(rng.integers(2, 7)):
            thick = size * rng.uniform(0.1, 0.35)
            parts.append(cylinder(size * rng.uniform(0.85, 1.05), thick, color(rng), size * rng.uniform(0.8, 1)).moved(0, 0, level))
            level += thick
        return [*parts, ellipsoid((2 * size, 2 * size, size), color(rng)).moved(0, 0, level)]
    if kind == "loaf":
        return [ellipsoid((size * rng.uniform(1.5, 4), size * 1.4, size), color(rng), 0.05, rng)]
    if kind == "carrot":
        parts = [rod((0, 0, 0), (0, size * 3, 0), size * 0.4, color(rng), size * 0.05)]
        return parts + [
            rod((0, 0, 0), (*rng.uniform(-0.4, 0.4, 1) * size, -size, rng.uniform(-0.3, 0.3) * size), size * 0.1, color(rng))
            for _ in range(3)
        ]
    if kind == "leaf":
        flat = ellipsoid((size * 2, size * 2, size * 0.3), color(rng), 0.25, rng)
        flat.vertices[:, 2] += 0.15 * size * np.sin(8 * flat.vertices[:, 0] / size) * np.cos(7 * flat.vertices[:, 1] / size)
        return [flat]
    if kind == "ham":
        bone = rod((size, 0, 0), (size * 2, 0, 0), size * 0.15, (0.8, 0.8, 0.7))
        return [ellipsoid((size * 2.4, size * 1.5, size * 1.5), color(rng), 0.05, rng), bone]
    if kind == "wedge":
        return [prism(np.array([[0, 0], [2 * size, -0.6 * size], [2 * size, 0.6 * size]]), size, color(rng))]
    if kind == "slice":
        return [prism(polygon(int(rng.choice([4, 10])), size, np.pi / 4), size * rng.uniform(0.06, 0.2), color(rng), 0.95)]
    if kind == "pieces":
        spots = rng.uniform(-1, 1, (rng.integers(3, 9), 2)) * size
        return [ellipsoid(tuple(rng.uniform(0.3, 0.8, 3) * size), color(rng), 0.1, rng).moved(x, y, size * 0.2) for x, y in spots]
    if kind == "dish":
        plate = lathe([(0, 0), (size, 0), (size * 1.7, size * 0.25), (size, size * 0.08), (0, size * 0.08)], color(rng))
        lumps = rng.uniform(-0.6, 0.6, (rng.integers(2, 5), 2)) * size
        return [
            plate,
            *[ellipsoid(tuple(rng.uniform(0.4, 0.9, 3) * size), color(rng), 0.15, rng).moved(x, y, size * 0.3) for x, y in lumps],
        ]
    shape = (size * rng.uniform(0.8, 1.6), size, size * rng.uniform(0.4, 1.2))
    return [
        ellipsoid(shape, color(rng), 0.15 if kind == "lump" else 0.03, rng),
        rod((0, 0, shape[2] / 2), (0.1 * size, 0, shape[2]), 0.05 * size, color(rng)),
    ]


def candle(rng: Generator) -> list[Solid]:
    """One to four candles, thick or thin, on a dish or not, lit or not; or a torch."""
    if rng.random() < 0.3:
        length, wide = rng.uniform(0.4, 0.8), rng.uniform(0.02, 0.05)
        torch = [
            rod((0, 0, 0), (0, 0, length), wide, color(rng), wide * 1.4),
            cylinder(wide * 2, length * 0.2, color(rng), wide * 2.4).moved(0, 0, length),
        ]
        return torch + (
            [lathe([(0, 0), (wide * 2, wide), (0, wide * 6)], color(rng), 7).moved(0, 0, length * 1.2)]
            if rng.random() < 0.5
            else []
        )
    parts: list[Solid] = []
    wax = color(rng)
    for _ in range(rng.choice([1, 1, 3])):
        radius, height = rng.uniform(0.02, 0.09), rng.uniform(0.05, 0.3)
        x, y = rng.uniform(-0.08, 0.08, 2)
        parts += [
            cylinder(radius, height, wax, radius * rng.uniform(0.8, 1)).moved(x, y),
            rod((x, y, height), (x, y, height + 0.02), 0.004, (0.05,) * 3),
        ]
        parts.append(cylinder(radius * rng.uniform(1, 1.6), height * 0.1, wax, radius, 9).moved(x, y))
        for angle in rng.uniform(0, 6.3, rng.integers(0, 5)):
            drip = ellipsoid((radius * 0.5, radius * 0.5, height * rng.uniform(0.3, 0.8)), wax)
            parts.append(drip.moved(x + radius * np.cos(angle), y + radius * np.sin(angle), height * 0.7))
        if rng.random() < 0.5:
            parts.append(lathe([(0, 0), (radius * 0.4, radius * 0.6), (0, radius * 2)], color(rng), 7).moved(x, y, height + 0.02))
    return parts


def banner(rng: Generator) -> list[Solid]:
    """A hanging cloth, straight, pointed or with tails, bare or on a bar or pole; thin and tall, or wide."""
    width, height = rng.uniform(0.4, 1.2), rng.uniform(0.8, 2.5)
    rows, columns = 12, 8
    phase = rng.uniform(0, 6, 2)
    bend = np.sin(np.linspace(0, rng.uniform(0, 5), rows) + phase[0])[:, None] + np.sin(
        np.linspace(0, rng.uniform(0, 6), columns) + phase[1]
    )
    cloth = sheet(width, height, color(rng), bend * rng.uniform(0, 0.06), rng.uniform(0.01, 0.12))
    x, z = cloth.vertices[:, 0] / (width / 2), -cloth.vertices[:, 2] / height
    cut = rng.choice(["straight", "point", "tails"])
    notch = {"straight": 0.0 * x, "point": 1 - abs(x), "tails": abs(x)}[str(cut)]
    cloth.vertices[:, 2] *= 1 - rng.uniform(0.15, 0.35) * (1 - notch) * z if cut != "straight" else 1
    parts = [cloth]
    if rng.random() < 0.75:
        parts.append(rod((-width * 0.6, 0, 0), (width * 0.6, 0, 0), rng.uniform(0.015, 0.05), color(rng)))
    if rng.random() < 0.4:
        parts.append(sheet(width * 0.5, height * 0.3, color(rng), np.zeros((3, 3)), 0.05).moved(0, 0, -height * 0.3))
    if rng.random() < 0.2:
        parts.append(rod((-width * 0.55, 0, -height * 1.3), (-width * 0.55, 0, 0.1), 0.03, color(rng)))
    return parts


def shield(rng: Generator) -> list[Solid]:
    """A flat or bulged board: round, heater, square or kite; with rim, boss or spikes, standing or lying."""
    size, thick = rng.uniform(0.5, 1.1), rng.uniform(0.03, 0.1)
    outline = {
        "round": polygon(16, size / 2),
        "square": polygon(4, size * 0.6, np.pi / 4) * [1, rng.uniform(1, 1.5)],
        "heater": size * np.array([[-0.45, 0.5], [-0.45, 0], [-0.3, -0.35], [0, -0.6], [0.3, -0.35], [0.45, 0], [0.45, 0.5]]),
        "kite": size * np.array([[-0.3, 0.45], [-0.35, 0.2], [0, -0.75], [0.35, 0.2], [0.3, 0.45], [0, 0.55]]),
    }[str(rng.choice(["round", "square", "heater", "kite"]))]
    trim = color(rng)
    parts = [prism(outline, thick, color(rng), rng.uniform(0.8, 1)), prism(outline * 1.06, thick * 0.6, trim)]
    if rng.random() < 0.7:
        parts.append(ellipsoid((size * 0.3, size * 0.3, thick * 3), trim).moved(0, 0, thick))
    for angle in np.arange(rng.integers(0, 7)) if rng.random() < 0.2 else []:
        parts.append(
            cylinder(size * 0.04, thick * 2, trim, 0.001).moved(0.35 * size * np.cos(angle), 0.35 * size * np.sin(angle), thick)
        )
    bend = rng.uniform(0, 0.4)
    for solid in parts:
        solid.vertices[:, 2] -= bend * solid.vertices[:, 0] ** 2 / size
    return [solid.turned(np.pi / 2, 0) for solid in parts] if rng.random() < 0.8 else parts


def pickup(rng: Generator) -> list[Solid]:
    """Coins, gems, rings and keys."""
    kind = rng.choice(["coin", "coins", "stacks", "gem", "key", "ring"])
    gold = color(rng)
    if kind in ("coin", "coins"):
        spots = rng.normal(0, 0.05, (1 if kind == "coin" else rng.integers(4, 25), 2))
        parts = [cylinder(0.05, 0.012, gold).moved(x, y, rng.uniform(0, 0.1) * (kind == "coins")) for x, y in spots]
        return [solid.turned(np.pi / 2, 0) for solid in parts] if kind == "coin" and rng.random() < 0.5 else parts
    if kind == "stacks":
        spots = rng.normal(0, 0.09, (rng.integers(1, 7), 2))
        return [cylinder(0.05, 0.012, gold).moved(x, y, 0.012 * level) for x, y in spots for level in range(rng.integers(2, 12))]
    if kind == "gem":
        return [lathe([(0, -0.08), (0.06, 0.02), (0.04, 0.05), (0, 0.05)], gold, int(rng.integers(5, 9)))]
    arc = [(0.05 * np.cos(a), 0.05 * np.sin(a), 0.0) for a in np.linspace(0, 2 * np.pi, 13)]
    parts = [rod(p, q, 0.01, gold) for p, q in zip(arc, arc[1:], strict=False)]
    if kind == "key":
        parts += [
            rod((0.05, 0, 0), (0.2, 0, 0), 0.01, gold),
            box(0.02, 0.05, 0.01, gold).moved(0.18, 0.03),
            box(0.02, 0.04, 0.01, gold).moved(0.14, 0.02),
        ]
    return parts


def melee_weapon(rng: Generator) -> list[Solid]:
    """A sword, axe, hammer, staff, spear or dagger; upright, lying or upside down."""
    length, metal, wood = rng.uniform(0.5, 1.8), color(rng), color(rng)
    kind = rng.choice(["sword", "axe", "hammer", "staff"])
    if kind == "sword":
        grip = length * rng.uniform(0.15, 0.3)
        wide = rng.uniform(0.04, 0.12)
        blade = prism(
            np.array([[-wide, -0.012], [wide, -0.012], [wide, 0.012], [-wide, 0.012]]), length - grip, metal, rng.uniform(0.1, 0.9)
        )
        parts = [
            rod((0, 0, 0), (0, 0, grip), 0.025, wood),
            box(wide * 4, 0.05, 0.05, metal).moved(0, 0, grip),
            blade.moved(0, 0, grip),
        ]
    else:
        parts = [rod((0, 0, 0), (0, 0, length), rng.uniform(0.015, 0.04), wood)]
        head = length * rng.uniform(0.12, 0.3)
        if kind == "axe":
            edge = np.array([[0, -0.3], [1, -0.8], [1.1, 0], [1, 0.8], [0, 0.3]]) * head
            solid = prism(edge, 0.04, metal).turned(np.pi / 2, 0).moved(0, 0.02, length - head * 0.5)
            parts += [solid, solid.turned(np.pi)] if rng.random() < 0.4 else [solid]
        elif kind == "hammer":
            parts.append(box(head * 1.6, head * 0.8, head * 0.8, metal).moved(0, 0, length - head * 0.5))
        else:
            parts.append(ellipsoid((head * 0.5,) * 3, metal, 0.1, rng).moved(0, 0, length))
    turn = rng.choice([0.0, np.pi / 2, np.pi])
    return [solid.turned(turn, 0) for solid in parts]


def book(rng: Generator) -> list[Solid]:
    """A closed or open book."""
    width, depth, thick = rng.uniform(0.15, 0.3), rng.uniform(0.2, 0.4), rng.uniform(0.02, 0.08)
    cover, paper = color(rng), (0.85, 0.82, 0.75)
    if rng.random() < 0.6:
        return [
            box(width, depth, thick * 0.15, cover),
            box(width * 0.94, depth * 0.94, thick, paper),
            box(width, depth, thick * 0.15, cover).moved(0, 0, thick),
        ]
    halves = [box(width, depth, thick, paper).moved(x * width / 2) for x in (-1, 1)]
    return [*halves, box(width * 2.1, depth * 1.05, thick * 0.3, cover)]
