"""Reading a selection piece by piece, so that the window keeps moving."""

from __future__ import annotations

import time
from collections.abc import Generator

import bpy

from ..core.scene import Mesh
from .selection import read_objects

SLICE = 0.02  # seconds that a piece should take


def read_in_slices(
    context: bpy.types.Context, objects: list[bpy.types.Object]
) -> Generator[float, None, tuple[list[Mesh], list[str]]]:
    """``read_objects`` in pieces of as many objects as can be read in a moment; yields the fraction done."""
    meshes: list[Mesh] = []
    warnings: list[str] = []
    start, size = 0, 1
    while start < len(objects):
        began = time.perf_counter()
        read, said = read_objects(context, objects[start : start + size])
        meshes += read
        warnings += said
        start += size
        size = 2 * size if time.perf_counter() - began < SLICE else max(1, size // 2)
        yield min(1.0, start / len(objects))
    return meshes, list(dict.fromkeys(warnings))
