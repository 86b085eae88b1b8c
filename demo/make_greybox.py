"""Makes ``office_greybox.blend``, the scene of the demo: an office blocked out from nameless grey meshes, and one unrigged person.

Run from the project's folder: ``.venv/bin/python demo/make_greybox.py``. Everything here is made from scratch.
"""

from __future__ import annotations

from math import cos, pi, sin
from pathlib import Path

import bpy
import numpy as np
from worldwright.core.characters.body import build
from worldwright.core.characters.brief import CharacterBrief
from worldwright.ending import end

TARGET = Path(__file__).with_name("office_greybox.blend")
Part = tuple[list, list]  # vertices and faces


def box(x: float, y: float, z: float, width: float, depth: float, height: float) -> Part:
    """A box whose foot is centred on (x, y) at height z."""
    points = [
        (x + i * width / 2, y + j * depth / 2, z + k * height) for k in (0, 1) for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    return points, [(3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]


def cone(x: float, y: float, z: float, low: float, high: float, height: float, sides: int = 12) -> Part:
    """An upright cone frustum with radii ``low`` and ``high``."""
    turn = [2 * pi * side / sides for side in range(sides)]
    points = [(x + r * cos(a), y + r * sin(a), z + h) for r, h in ((low, 0), (high, height)) for a in turn]
    rim = [(side, (side + 1) % sides, sides + (side + 1) % sides, sides + side) for side in range(sides)]
    return points, [tuple(reversed(range(sides))), tuple(range(sides, 2 * sides)), *rim]


def ball(x: float, y: float, z: float, radius: float) -> Part:
    """A faceted ball centred on (x, y, z), of 5 rings."""
    points, faces = [], []
    rings, sides = 5, 8
    for ring in range(rings):
        up = pi * (ring + 0.5) / rings - pi / 2
        around = [2 * pi * side / sides for side in range(sides)]
        points += [(x + radius * cos(up) * cos(a), y + radius * cos(up) * sin(a), z + radius * sin(up)) for a in around]
    for ring in range(rings - 1):
        low = ring * sides
        faces += [(low + i, low + (i + 1) % sides, low + sides + (i + 1) % sides, low + sides + i) for i in range(sides)]
    return points, [*faces, tuple(reversed(range(sides))), tuple(range((rings - 1) * sides, rings * sides))]


def desk(width: float, depth: float) -> list[Part]:
    legs = [(i * (width / 2 - 0.04), j * (depth / 2 - 0.04)) for i in (-1, 1) for j in (-1, 1)]
    return [box(0, 0, 0.71, width, depth, 0.03), *(box(x, y, 0, 0.05, 0.05, 0.71) for x, y in legs)]


def desk_with_drawers() -> list[Part]:
    fronts = [box(0.52, -0.36, 0.08 + 0.2 * i, 0.36, 0.02, 0.18) for i in range(3)]
    return [*desk(1.6, 0.8), box(0.52, 0, 0.05, 0.4, 0.7, 0.64), *fronts]


def office_chair() -> list[Part]:
    spokes = [(0.14 * cos(2 * pi * i / 5), 0.14 * sin(2 * pi * i / 5)) for i in range(5)]
    foot = [box(2 * x, 2 * y, 0, 0.05, 0.05, 0.06) for x, y in spokes] + [box(x, y, 0.05, 0.16, 0.16, 0.03) for x, y in spokes]
    arms = [part for i in (-0.27, 0.27) for part in (box(i, 0, 0.45, 0.03, 0.05, 0.2), box(i, -0.02, 0.65, 0.06, 0.28, 0.03))]
    return [*foot, cone(0, 0, 0.08, 0.03, 0.03, 0.36), box(0, 0, 0.44, 0.5, 0.48, 0.07),
            box(0, 0.25, 0.5, 0.06, 0.03, 0.2), box(0, 0.25, 0.62, 0.46, 0.05, 0.48), *arms]  # fmt: skip


def plain_chair() -> list[Part]:
    legs = [box(i * 0.19, j * 0.19, 0, 0.035, 0.035, 0.44) for i in (-1, 1) for j in (-1, 1)]
    posts = [box(x, 0.19, 0.47, 0.035, 0.035, 0.42) for x in (-0.19, 0.19)]
    slats = [box(0, 0.19, 0.75, 0.38, 0.02, 0.12), box(0, 0.19, 0.6, 0.38, 0.02, 0.06)]
    return [*legs, *posts, *slats, box(0, 0, 0.44, 0.42, 0.42, 0.03)]


def sofa() -> list[Part]:
    cushions = [box(x, -0.05, 0.26, 0.8, 0.7, 0.16) for x in (-0.41, 0.41)]
    backs = [box(x, 0.3, 0.42, 0.8, 0.16, 0.4) for x in (-0.41, 0.41)]
    return [box(0, 0, 0.06, 2.0, 0.9, 0.2), *cushions, *backs, box(0, 0.4, 0.26, 2.0, 0.1, 0.5),
            box(-0.91, 0, 0.06, 0.18, 0.9, 0.56), box(0.91, 0, 0.06, 0.18, 0.9, 0.56)]  # fmt: skip


def bookcase() -> list[Part]:
    boards = [box(0, 0, 0.02 + 0.37 * i, 0.92, 0.3, 0.025) for i in range(6)]
    books = [
        box(-0.42 + 0.055 * i, 0, 0.045 + 0.37 * row, 0.045, 0.2, 0.22 + 0.03 * ((7 * i + row) % 4))
        for row in range(4) for i in range(15) if (i * 5 + row * 3) % 7
    ]  # fmt: skip
    return [*boards, box(-0.47, 0, 0, 0.025, 0.3, 1.9), box(0.47, 0, 0, 0.025, 0.3, 1.9), box(0, 0.145, 0, 0.92, 0.01, 1.9), *books]


def cupboard() -> list[Part]:
    doors = [box(x, -0.23, 0.1, 0.48, 0.02, 1.8) for x in (-0.245, 0.245)]
    knobs = [box(x, -0.255, 1.0, 0.02, 0.03, 0.14) for x in (-0.04, 0.04)]
    return [box(0, 0, 0.08, 1.0, 0.45, 1.87), *doors, *knobs, box(0, 0, 0, 0.94, 0.4, 0.08)]


def floor_lamp() -> list[Part]:
    return [cone(0, 0, 0, 0.15, 0.14, 0.03, 20), cone(0, 0, 0.03, 0.012, 0.012, 1.4, 8), cone(0, 0, 1.36, 0.22, 0.13, 0.28, 20)]


def plant() -> list[Part]:
    leaves = [ball(0.16 * cos(2.4 * i), 0.16 * sin(2.4 * i), 0.62 + 0.09 * i, 0.17 - 0.008 * i) for i in range(8)]
    return [cone(0, 0, 0, 0.14, 0.19, 0.34, 14), cone(0, 0, 0.3, 0.02, 0.015, 0.4, 6), *leaves]


def monitor() -> list[Part]:
    return [box(0, 0, 0, 0.24, 0.18, 0.015), box(0, 0.03, 0.015, 0.05, 0.03, 0.18), box(0, 0, 0.13, 0.58, 0.025, 0.35)]


def bin_() -> list[Part]:
    return [cone(0, 0, 0, 0.11, 0.15, 0.32, 16)]


def round_table() -> list[Part]:
    return [cone(0, 0, 0, 0.3, 0.28, 0.03, 20), cone(0, 0, 0.03, 0.04, 0.04, 0.68, 10), cone(0, 0, 0.71, 0.55, 0.55, 0.03, 24)]


def whiteboard() -> list[Part]:
    return [box(0, 0, 0, 1.8, 0.03, 1.1), box(0, -0.04, 0.02, 1.2, 0.06, 0.02)]


def shell() -> dict[str, list[Part]]:
    """Floor and walls of an 8 by 6 m room, each a mesh of its own, with a doorway and two window openings."""
    piers = [box(x, 3.05, 0, width, 0.1, 2.8) for x, width in ((-3.25, 1.5), (0, 1.4), (3.25, 1.5))]
    back = piers + [box(x, 3.05, z, 1.8, 0.1, height) for x in (-1.6, 1.6) for z, height in ((0, 0.9), (2.3, 0.5))]
    left = [box(-4.05, -1.95, 0, 0.1, 2.1, 2.8), box(-4.05, 1.55, 0, 0.1, 2.9, 2.8), box(-4.05, -0.4, 2.05, 0.1, 1.0, 0.75)]
    return {"Plane": [box(0, 0, -0.1, 8.2, 6.2, 0.1)], "Cube": back, "Cube.001": left, "Cube.002": [box(4.05, 0, 0, 0.1, 6, 2.8)]}


def person() -> Part:
    """A generated body, thinned to a blockout figure of about 3,000 triangles."""
    shape = build(CharacterBrief(seed=7), np.random.default_rng(7))
    body, _ = shape.cut("Body", shape.pack.face_mask("body"))
    mesh = bpy.data.meshes.new("Body")
    starts = zip(body.face_starts, body.face_sizes, strict=True)
    mesh.from_pydata(body.vertices, [], [body.corners[start : start + size].tolist() for start, size in starts])
    thing = bpy.data.objects.new("Body", mesh)
    bpy.context.scene.collection.objects.link(thing)
    thing.modifiers.new("Thin", "DECIMATE").ratio = 3000 / (2 * len(mesh.polygons))
    thin = thing.evaluated_get(bpy.context.evaluated_depsgraph_get()).to_mesh()
    part = [tuple(vertex.co) for vertex in thin.vertices], [tuple(face.vertices) for face in thin.polygons]
    bpy.data.objects.remove(thing)
    bpy.data.meshes.remove(mesh)
    return part


def place(name: str, parts: list[Part], x: float, y: float, z: float = 0.0, turn: float = 0.0) -> None:
    """One object of all the parts, as an artist would have joined them."""
    points, faces = [], []
    for vertices, polygons in parts:
        faces += [tuple(index + len(points) for index in face) for face in polygons]
        points += vertices
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(points, [], faces)
    mesh.polygons.foreach_set("use_smooth", [False] * len(mesh.polygons))
    thing = bpy.data.objects.new(name, mesh)
    thing.location, thing.rotation_euler.z = (x, y, z), turn
    bpy.context.scene.collection.objects.link(thing)


def main() -> None:
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    figure = person()
    for name, parts in shell().items():
        place(name, parts, 0, 0)
    place("Cube.003", desk_with_drawers(), -2.4, 1.5)
    place("Cube.004", desk_with_drawers(), 0.6, 1.5)
    place("Cube.005", desk(1.4, 0.7), 2.9, 1.7)
    place("Cube.006", office_chair(), -2.4, 0.75, turn=pi)
    place("Cube.007", office_chair(), 0.5, 0.7, turn=pi * 0.85)
    place("Cube.008", plain_chair(), 2.8, 1.0, turn=pi)
    place("Cube.009", monitor(), -2.4, 1.65, 0.74)
    place("Cube.010", monitor(), 0.6, 1.65, 0.74)
    place("Cube.011", sofa(), 2.2, -2.3, turn=pi)
    place("Cube.012", bookcase(), -3.0, -2.8, turn=pi)
    place("Cube.013", cupboard(), -1.8, -2.7, turn=pi)
    place("Cube.014", whiteboard(), 3.96, -0.2, 0.9, turn=-pi / 2)
    place("Cylinder", round_table(), 0.3, -1.2)
    place("Cube.015", plain_chair(), -0.5, -1.2, turn=pi / 2)
    place("Cube.016", plain_chair(), 1.1, -1.2, turn=-pi / 2)
    place("Cylinder.001", floor_lamp(), 3.6, -2.6)
    place("Sphere", plant(), -3.6, 2.6)
    place("Cylinder.002", bin_(), -1.3, 1.7)
    place("Mesh", [figure], -0.9, -0.1)
    bpy.ops.wm.save_as_mainfile(filepath=str(TARGET), compress=True)


if __name__ == "__main__":
    main()
    end(0)
