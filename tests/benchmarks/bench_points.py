"""Blender mesh → points with normals and colours, ours beside trimesh's: ``python -m tests.benchmarks.bench_points``.

Both start from the same evaluated Blender mesh of 100,000 vertices (smooth, with a UV map and a colour attribute) and end
with 10,000 points, in turns; the quickest of each counts. Further lines time the other samplers and five million triangles.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable

import bpy
import numpy as np
import trimesh
from worldwright.core.scene import Mesh
from worldwright.core.spatial.sampling import sample
from worldwright.reading.selection import read_objects

SIDE, POINTS, TURNS = 317, 10_000, 9


def hills(side: int) -> tuple[np.ndarray, np.ndarray]:
    """A wavy square of ``side`` x ``side`` vertices: (V, 3) float32 and (F, 3) int32."""
    x, y = np.meshgrid(np.linspace(0, 1, side), np.linspace(0, 1, side), indexing="ij")
    vertices = np.stack([x, y, 0.1 * np.sin(9 * x) * np.cos(7 * y)], axis=-1).reshape(-1, 3).astype(np.float32)
    index = np.arange(side * side, dtype=np.int32).reshape(side, side)
    a, b, c, d = (part.ravel() for part in (index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]))
    return vertices, np.concatenate([np.stack([a, b, c], axis=1), np.stack([a, c, d], axis=1)])


def blender_object() -> bpy.types.Object:
    vertices, faces = hills(SIDE)
    mesh = bpy.data.meshes.new("Hills")
    mesh.from_pydata(vertices, [], faces)
    mesh.shade_smooth()
    mesh.uv_layers.new(name="UVMap")
    colors = mesh.color_attributes.new("Color", "FLOAT_COLOR", "POINT")
    colors.data.foreach_set("color", np.random.default_rng(0).random(4 * len(vertices), np.float32))
    thing = bpy.data.objects.new("Hills", mesh)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def ours(thing: bpy.types.Object) -> None:
    meshes, _ = read_objects(bpy.context, [thing])
    cloud = sample(meshes, POINTS)
    assert len(cloud) == POINTS and cloud.normals is not None and cloud.colors is not None


def theirs(thing: bpy.types.Object) -> None:
    """As trimesh's documentation has it; with face normals, for vertex normals take it twice as long again."""
    source = thing.evaluated_get(bpy.context.evaluated_depsgraph_get()).data
    vertices = np.empty((len(source.vertices), 3), np.float32)
    source.attributes["position"].data.foreach_get("vector", vertices.ravel())
    source.calc_loop_triangles()
    faces = np.empty((len(source.loop_triangles), 3), np.int32)
    source.loop_triangles.foreach_get("vertices", faces.ravel())
    colors = np.empty((len(vertices), 4), np.float32)
    source.color_attributes["Color"].data.foreach_get("color", colors.ravel())
    mesh = trimesh.Trimesh(vertices, faces, vertex_colors=(colors * 255).astype(np.uint8), process=False)
    points, face, weights = trimesh.sample.sample_surface(mesh, POINTS, return_barycentric=True, seed=0)
    normals = mesh.face_normals[face]
    blended = np.einsum("mck,mc->mk", mesh.visual.vertex_colors[mesh.faces[face]], weights)
    assert len(points) == len(normals) == len(blended) == POINTS


def milliseconds(work: Callable[[], object], turns: int = 1) -> float:
    best = float("inf")
    for _ in range(turns):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return 1000 * best


def main() -> None:
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    thing = blender_object()
    bpy.context.evaluated_depsgraph_get()
    own = trimeshs = float("inf")
    for _ in range(TURNS):
        own = min(own, milliseconds(lambda: ours(thing)))
        trimeshs = min(trimeshs, milliseconds(lambda: theirs(thing)))
    figures = {"points_ms": own, "trimesh_ms": trimeshs, "ratio": own / trimeshs}
    if "--all" in sys.argv:
        meshes, _ = read_objects(bpy.context, [thing])
        for method in ("area", "farthest", "poisson"):
            figures[f"{method}_10k_ms"] = milliseconds(lambda method=method: sample(meshes, POINTS, method), 3)
        large = Mesh.from_faces("Large", *hills(1582))
        figures["large_triangles"] = len(large.face_sizes)
        figures["large_ms"] = milliseconds(lambda: sample([large], 1_000_000))
        figures["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({name: round(value, 3) for name, value in figures.items()}) + "\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
