"""Strokes in a 3D view → what they touched: rays from the view through the stroke's points."""

from __future__ import annotations

from collections import Counter

import bpy
import numpy as np
from bpy_extras import view3d_utils
from mathutils import Vector

from ...core.interaction.gestures import Stroke
from .acting import Touched

MOST_RAYS = 160
TOUCH = 22.0  # pixels that a touch is wide


def touch(
    context: bpy.types.Context, region: bpy.types.Region, view: bpy.types.RegionView3D, strokes: list[Stroke], scale: float
) -> Touched:
    """What lies under strokes given in the region's pixels divided by ``scale``."""
    points = np.concatenate([stroke.points for stroke in strokes]) * scale
    pressure = np.concatenate([stroke.pressure for stroke in strokes])
    chosen = np.unique(np.linspace(0, len(points) - 1, min(len(points), MOST_RAYS)).astype(int))
    depsgraph = context.evaluated_depsgraph_get()
    hits: Counter[str] = Counter()
    places, pressures = [], []
    for number in [*chosen, None]:  # the middle counts too: of a cross, where its lines meet
        spot = points.mean(axis=0) if number is None else points[number]
        found = _cast(context, depsgraph, region, view, spot)
        if found is not None:
            name, place = found
            hits[name] += len(chosen) if number is None and len(strokes) > 1 else 1
            places.append(place)
            pressures.append(1.0 if number is None else pressure[number])
    names = [name for name, _ in hits.most_common()]
    depth = Vector(places[0]) if places else Vector(view.view_location)
    spots = (points[0], points[-1], points[0] + (TOUCH * scale, 0))
    start, end, side = (Vector(view3d_utils.region_2d_to_location_3d(region, view, tuple(spot), depth)) for spot in spots)
    return Touched(
        names, _around(context, region, view, points, names), np.array(places).reshape(-1, 3), np.array(pressures),
        np.array(end - start), max((side - start).length, 1e-4),
    )  # fmt: skip


def _cast(
    context: bpy.types.Context,
    depsgraph: bpy.types.Depsgraph,
    region: bpy.types.Region,
    view: bpy.types.RegionView3D,
    spot: np.ndarray,
) -> tuple[str, Vector] | None:
    origin = view3d_utils.region_2d_to_origin_3d(region, view, tuple(spot))
    way = view3d_utils.region_2d_to_vector_3d(region, view, tuple(spot))
    hit, place, _, _, thing, _ = context.scene.ray_cast(depsgraph, origin, way)
    if not hit or thing is None or thing.name not in context.view_layer.objects:
        return None
    return thing.name, place


def _around(
    context: bpy.types.Context, region: bpy.types.Region, view: bpy.types.RegionView3D, points: np.ndarray, names: list[str]
) -> list[str]:
    """The meshes whose middle lies within the outline of the points, and those under it."""
    found = list(names)
    for thing in context.visible_objects:
        if thing.type != "MESH" or thing.name in found:
            continue
        middle = thing.matrix_world @ (sum((Vector(corner) for corner in thing.bound_box), Vector()) / 8)
        spot = view3d_utils.location_3d_to_region_2d(region, view, middle)
        if spot is not None and inside(np.array(spot), points):
            found.append(thing.name)
    return found


def inside(spot: np.ndarray, outline: np.ndarray) -> bool:
    """Whether a point (2,) lies within a closed outline (n, 2), by counting crossings."""
    after = np.roll(outline, -1, axis=0)
    above = (outline[:, 1] > spot[1]) != (after[:, 1] > spot[1])
    rise = np.where(after[:, 1] == outline[:, 1], 1e-12, after[:, 1] - outline[:, 1])
    crossing = (after[:, 0] - outline[:, 0]) * (spot[1] - outline[:, 1]) / rise + outline[:, 0]
    return bool(np.count_nonzero(above & (spot[0] < crossing)) % 2)
