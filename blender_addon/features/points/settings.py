"""The Points feature's settings."""

from __future__ import annotations

import bpy

from ...core.briefs import SEED_LIMIT
from ...core.spatial.sampling import LIMITS


class WORLDWRIGHT_PG_points(bpy.types.PropertyGroup):
    method: bpy.props.EnumProperty(
        name="Method",
        description="How the points are spread over the surface",
        items=(
            ("area", "Even", "At random, equal areas getting equal numbers of points; the quickest"),
            ("farthest", "Farthest", "Each point as far as possible from all others; keeps thin parts, for small counts"),
            ("poisson", "Poisson Disk", "At random, but never closer together than a minimum distance; the best looking"),
        ),
        default="area",
    )
    amount: bpy.props.EnumProperty(
        name="Amount",
        description="How the number of points is given",
        items=(("count", "Count", "So many points in each cloud"), ("density", "Density", "So many points per square metre")),
        default="count",
    )
    count: bpy.props.IntProperty(
        name="Points", description="Points in each cloud", default=10_000, min=1, max=LIMITS["area"], soft_max=1_000_000
    )
    density: bpy.props.FloatProperty(
        name="Points per m²", description="Points per square metre of surface", default=1000.0, min=0.001, soft_max=1e6
    )
    together: bpy.props.BoolProperty(
        name="Together", description="One cloud of all selected objects, instead of one of each", default=False
    )
    native: bpy.props.BoolProperty(
        name="As Point Cloud",
        description="Make Blender's own point cloud objects, instead of meshes of vertices that every tool can edit",
        default=False,
    )
    seed: bpy.props.IntProperty(
        name="Seed", description="The same seed gives the same points", default=0, min=0, max=SEED_LIMIT
    )


CLASSES = (WORLDWRIGHT_PG_points,)
