"""The buttons of Fit to My Mesh and Rig My Mesh."""

from __future__ import annotations

from collections.abc import Generator

import bpy

from ...brief_properties import to_brief
from ...core.characters.fit.brief import FitBrief
from ...core.errors import WorldwrightError
from ...core.scene import Mesh, Report, Scene
from ...job import JobOperator
from ...reading.points import holds_points, read_cloud
from ...reading.selection import read_in_turn
from ...writing.scene import write_scene


class WORLDWRIGHT_OT_fit(JobOperator, bpy.types.Operator):
    """Make a clean, rigged character of the same build and pose as the person in the selected mesh, scan or sculpt. The selection stays as it is"""  # fmt: skip

    bl_idname = "worldwright.fit"
    bl_label = "Fit Character"
    feature = "fit"
    needs_torch = True

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if context.selected_objects else "Select the mesh of a person first."

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        brief = to_brief(context.scene.worldwright_fit, FitBrief)
        chosen = list(context.selected_objects)
        points = [thing for thing in chosen if holds_points(thing)]
        meshes, self._warnings = yield from read_in_turn(context, [thing for thing in chosen if thing not in points])
        clouds = [Mesh(thing.name, read_cloud(thing).positions, [], []) for thing in points]
        meshes = [without_looks(mesh) for mesh in meshes] + clouds
        if not meshes:
            raise WorldwrightError(" ".join(self._warnings[:3]) or "There is nothing to fit to.", "Select the mesh of a person.")
        self._beside = brief.beside
        return "fit", {"meshes": meshes, "brief": brief.to_dict()}

    def write(self, context: bpy.types.Context, result: Scene) -> Generator[float, None, Report]:
        beside = result.provenance["fit"]["beside"]
        yield from write_scene(context, result, (beside, 0.0, 0.0))
        result.report.warnings += self._warnings
        return result.report


class WORLDWRIGHT_OT_show_residual(bpy.types.Operator):
    """Show colours by distance from the selected mesh in this 3D view: blue is on it, red is 60 mm or more off; again for materials"""

    bl_idname = "worldwright.show_residual"
    bl_label = "Show Residual"

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        if context.space_data is None or context.space_data.type != "VIEW_3D":
            cls.poll_message_set("Residuals are shown in a 3D view.")
            return False
        return True

    def execute(self, context: bpy.types.Context) -> set[str]:
        shading = context.space_data.shading
        shading.type = "SOLID"
        shading.color_type = "MATERIAL" if shading.color_type == "VERTEX" else "VERTEX"
        return {"FINISHED"}


def without_looks(mesh: Mesh) -> Mesh:
    """Its surface alone: colours and materials would only make the request larger."""
    return Mesh(mesh.name, mesh.vertices, mesh.corners, mesh.face_sizes, smooth=mesh.smooth)


CLASSES = (WORLDWRIGHT_OT_fit, WORLDWRIGHT_OT_show_residual)
