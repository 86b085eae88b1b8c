"""The Points feature's buttons."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import bpy
from bpy_extras.io_utils import ExportHelper, ImportHelper

from ...core.cloud import PointCloud
from ...core.errors import WorldwrightError
from ...core.scene import Report
from ...core.spatial.files import SUFFIXES, read_cloud, write_cloud
from ...core.spatial.normals import estimate_normals
from ...job import JobOperator
from ...reading import points as reading
from ...reading.selection import read_in_turn
from ...writing import points as writing


class WORLDWRIGHT_OT_points(JobOperator, bpy.types.Operator):
    """Sample the surfaces of the selected objects, as they look now, into point clouds with normals and colours"""

    bl_idname = "worldwright.points"
    bl_label = "Convert to Points"
    feature = "points"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if context.selected_objects else "Select the objects to convert first."

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        settings = context.scene.worldwright_points
        meshes, self._warnings = yield from read_in_turn(context, list(context.selected_objects))
        if not meshes:
            raise WorldwrightError("There is nothing to sample.", " ".join(self._warnings[:3]))
        density = settings.density if settings.amount == "density" else None
        self._native = settings.native
        return "points", {
            "meshes": meshes,
            "count": settings.count,
            "density": density,
            "method": settings.method,
            "seed": settings.seed,
            "together": settings.together,
        }

    def write(self, context: bpy.types.Context, result: list[PointCloud]) -> Generator[float, None, Report]:
        made: list[bpy.types.Object] = []
        try:
            for number, cloud in enumerate(result):
                made.append(writing.write_cloud(context, cloud, self._native))
                yield (number + 1) / len(result)
        except BaseException:
            bpy.data.batch_remove([block for thing in made for block in (thing, thing.data)])
            raise
        for thing in made:
            thing.select_set(True)
        return Report(counts={"clouds": len(result), "points": sum(map(len, result))}, warnings=self._warnings)


class WORLDWRIGHT_OT_save_points(bpy.types.Operator, ExportHelper):
    """Save the active point object, in world space, as a file that CloudCompare, Open3D, PCL or numpy read"""

    bl_idname = "worldwright.save_points"
    bl_label = "Save Points"
    bl_options = {"REGISTER"}

    format: bpy.props.EnumProperty(
        name="Format",
        items=(
            (".ply", "PLY", "Binary; with all attributes"),
            (".pcd", "PCD", "Binary, of the Point Cloud Library; with all attributes"),
            (".npz", "NPZ", "Arrays for numpy; with all attributes"),
            (".xyz", "XYZ", "Text; positions, colours and normals"),
        ),
    )
    ascii: bpy.props.BoolProperty(name="As Text", description="PLY and PCD as text instead of binary", default=False)
    filter_glob: bpy.props.StringProperty(default=";".join(f"*{suffix}" for suffix in SUFFIXES), options={"HIDDEN"})
    check_extension = True

    @property
    def filename_ext(self) -> str:
        return self.format

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        if reading.holds_points(context.active_object):
            return True
        cls.poll_message_set("Make a point object active first; “Convert to Points” makes them.")
        return False

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        if not self.filepath:
            name = bpy.path.clean_name(context.active_object.name)
            self.filepath = str(Path(bpy.data.filepath).parent / f"{name}{self.format}") if bpy.data.filepath else name
        return ExportHelper.invoke(self, context, event)

    def execute(self, context: bpy.types.Context) -> set[str]:
        path = Path(bpy.path.abspath(self.filepath))
        try:
            cloud = reading.read_cloud(context.active_object)
            write_cloud(path, cloud, self.ascii)
        except WorldwrightError as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        self.report({"INFO"}, f"{len(cloud):,} points saved to “{path.name}”.")
        return {"FINISHED"}


class WORLDWRIGHT_OT_load_points(bpy.types.Operator, ImportHelper):
    """Load a point cloud file into the scene"""

    bl_idname = "worldwright.load_points"
    bl_label = "Load Points"
    bl_options = {"REGISTER", "UNDO"}

    filter_glob: bpy.props.StringProperty(default=";".join(f"*{suffix}" for suffix in SUFFIXES), options={"HIDDEN"})
    estimate: bpy.props.BoolProperty(
        name="Estimate Normals", description="Where the file has no normals, take them from the points around", default=False
    )

    def execute(self, context: bpy.types.Context) -> set[str]:
        try:
            cloud = read_cloud(bpy.path.abspath(self.filepath))
        except WorldwrightError as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        if self.estimate and cloud.normals is None:
            cloud.normals = estimate_normals(cloud.positions)
        if context.mode != "OBJECT":
            bpy.ops.object.mode_set(mode="OBJECT")
        thing = writing.write_cloud(context, cloud, context.scene.worldwright_points.native)
        self.report({"INFO"}, f"{len(cloud):,} points loaded as “{thing.name}”.")
        return {"FINISHED"}


CLASSES = (WORLDWRIGHT_OT_points, WORLDWRIGHT_OT_save_points, WORLDWRIGHT_OT_load_points)
