"""Furniture at a quarter of its triangles, seen from eight sides, and how much larger its colliders are than itself.

    python -m tests.benchmarks.bench_game [PROP …]
"""

from __future__ import annotations

import sys
import time

import cv2
import manifold3d
import numpy as np

from core.environments.props import PROPS
from core.game import collider, lod
from core.game.topology import pieces

SIZE, MARGIN = 500, 50  # pixels a height takes, and around it
FURNITURE = ("desk", "sofa", "office_chair", "meeting_table", "coffee_table", "armchair", "bookcase", "cupboard", "wardrobe",
             "dining_chair", "dining_table", "bed_double", "nightstand", "dresser")  # fmt: skip


def shadow(mesh, turn, scale, low):
    """The outline seen from ``turn`` radians around, as a picture."""
    side = np.array([np.cos(turn), np.sin(turn), 0])
    flat = np.stack([mesh.vertices @ side, -mesh.vertices[:, 2]], axis=1)
    pixels = ((flat - low) * scale + MARGIN)[mesh.corners[mesh.triangles()[0]]]
    picture = np.zeros((SIZE + 2 * MARGIN, int(4 * SIZE)), np.uint8)
    for triangle in (pixels * 16).round().astype(np.int32):
        cv2.fillConvexPoly(picture, triangle, 255, shift=4)
    return picture


def off(mesh, simpler):
    """Largest and mean distance of the outlines from eight sides, as shares of the height.

    Largest: how far anything that only one of the two shadows covers lies from the other one, so that a slit narrower than a
    pixel that closes counts as a pixel. Mean: between the rims.
    """
    height, wide = np.ptp(mesh.vertices[:, 2]), np.abs(mesh.vertices[:, :2]).max() * 1.5
    largest, mean = [], []
    for turn in np.arange(8) * np.pi / 8:
        low, scale = np.array([-wide, -mesh.vertices[:, 2].max()]), min(SIZE / height, 3.6 * SIZE / (2 * wide))
        a, b = (shadow(m, turn, scale, low) for m in (mesh, simpler))
        for one, other in ((a, b), (b, a)):
            only = (one > 0) & (other == 0)
            largest.append(cv2.distanceTransform(255 - other, cv2.DIST_L2, 5)[only].max(initial=0) / scale / height)
            rim = cv2.morphologyEx(one, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
            edge = cv2.morphologyEx(other, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
            mean.append(cv2.distanceTransform(255 - edge, cv2.DIST_L2, 5)[rim].mean() / scale / height)
    return max(largest), float(np.mean(mean))


def union(shapes):
    """Cubic metres within any of the closed shapes."""
    whole = manifold3d.Manifold()
    for vertices, triangles in shapes:
        whole += manifold3d.Manifold(manifold3d.Mesh(vertices.astype(np.float32), triangles.astype(np.uint32)))
    return whole.volume()


def main():
    write = sys.stdout.write
    write("prop            LOD1 triangles  outline off (% of height) largest, mean   colliders  volume ratio  seconds\n")
    for name in sys.argv[1:] or FURNITURE:
        brief, make = PROPS[name]
        mesh = make(brief()).mesh
        triangles = mesh.corners[mesh.triangles()[0]]
        simpler = lod.simplify(mesh, len(triangles) // 4)
        largest, mean = off(mesh, simpler)
        piece = pieces(triangles, len(mesh.vertices))[triangles[:, 0]]
        own = union([(mesh.vertices, triangles[piece == k]) for k in np.unique(piece)])
        started = time.perf_counter()
        parts = collider.decompose(mesh)
        seconds = time.perf_counter() - started
        ratio = union([(part.vertices, part.corners.reshape(-1, 3)) for part in parts]) / own
        outline = f"{100 * largest:6.2f} {100 * mean:6.2f}"
        counts = f"{len(simpler.face_sizes):6} / {len(triangles):6}"
        write(f"{name:15} {counts}  {outline}   {len(parts):3}  {ratio:6.3f}  {seconds:5.1f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
