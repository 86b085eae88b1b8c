"""The buttons of Fit to My Mesh and Rig My Mesh."""

from __future__ import annotations

import json
from collections.abc import Generator

import bpy
from mathutils import Matrix

from ...brief_properties import to_brief
from ...core.characters.fit.brief import FitBrief, RigBrief
from ...core.errors import WorldwrightError
from ...core.scene import Mesh, Report, Scene
from ...job import JobOperator
from ...reading.points import holds_points, read_cloud
from ...reading.selection import read_in_turn
from ...writing.actions import write_action
from ...writing.armatures import fill_armature
from ...writing.scene import PROPERTY, write_scene
from .own_mesh import Rigging, read_own, refuse_names


class WORLDWRIGHT_OT_fit(JobOperator, bpy.types.Operator):
    """Make a clean, rigged character of the build and pose of the person in the selection, which stays as it is"""

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
        return "fit", {"meshes": meshes, "brief": brief.to_dict()}

    def write(self, context: bpy.types.Context, result: Scene) -> Generator[float, None, Report]:
        beside = result.provenance["fit"]["beside"]
        yield from write_scene(context, result, (beside, 0.0, 0.0))
        result.report.warnings += self._warnings
        return result.report


class WORLDWRIGHT_OT_rig(JobOperator, bpy.types.Operator):
    """Give the selected figure a skeleton and weights; vertices, UVs, materials and shape keys stay as they are"""

    bl_idname = "worldwright.rig"
    bl_label = "Rig Mesh"
    feature = "rig"
    needs_torch = True
    finishes_writing = True

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        if not any(thing.type == "MESH" for thing in context.selected_objects):
            return "Select the mesh, or the meshes, of one figure first."
        return "" if context.mode == "OBJECT" else "Leave Edit Mode first."

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        self._brief = brief = to_brief(context.scene.worldwright_rig, RigBrief)
        chosen = [thing for thing in context.selected_objects if thing.type == "MESH" and len(thing.data.polygons)]
        if not chosen:
            raise WorldwrightError("The selected meshes have no faces.", "Select the mesh of a figure.")
        meshes = []
        for number, thing in enumerate(chosen):
            meshes.append(read_own(thing, brief.rest_pose != "as it stands"))
            yield 0.5 * number / len(chosen)
        changed = [thing for thing in chosen if thing.modifiers or thing.data.shape_keys]
        shown, self._warnings = (yield from read_in_turn(context, chosen)) if changed else ([], [])
        return "rig", {"meshes": meshes, "shown": [without_looks(mesh) for mesh in shown], "brief": brief.to_dict()}

    def write(self, context: bpy.types.Context, result: Scene) -> Generator[float, None, Report]:
        node = result.nodes[0]
        things = [context.scene.objects.get(part.name) for part in result.nodes[1:]]
        for thing, part in zip(things, result.nodes[1:], strict=True):
            if thing is None or len(thing.data.vertices) != len(part.mesh.vertices):
                raise WorldwrightError(f"“{part.name}” was removed, renamed or edited while it was read.")
        refuse_names(things, node.skeleton.names)
        armature = bpy.data.armatures.new(f"{things[0].name} skeleton")
        rig = bpy.data.objects.new(result.name, armature)
        rigging = Rigging(context, rig, node.skeleton.names)
        rigging.made += [rig, armature]
        try:
            context.scene.collection.objects.link(rig)
            fill_armature(context, rig, node.skeleton)
            rig.matrix_world = Matrix(node.transform.tolist())
            context.view_layer.update()
            rig[PROPERTY] = json.dumps(result.provenance, ensure_ascii=False)
            rig["label"] = node.label
            for number, (thing, part) in enumerate(zip(things, result.nodes[1:], strict=True)):
                if self._brief.rest_pose == "as it stands":
                    rigging.own(thing, part)
                else:
                    rigging.copy(thing, part, self._brief.rest_pose)
                yield number / len(things)
            rate = context.scene.render.fps / context.scene.render.fps_base
            for clip in result.clips:
                rigging.made.append(write_action(rig, node.skeleton, clip, rate))
                yield 0.95
        except BaseException:
            rigging.undo()
            raise
        for other in context.selected_objects:
            other.select_set(False)
        rig.select_set(True)
        context.view_layer.objects.active = rig
        if self._brief.rest_pose != "as it stands":
            result.report.warnings.append(
                f"The rest pose is the {self._brief.rest_pose}: copies were made, the originals are untouched."
            )
        result.report.warnings += self._warnings
        return result.report


class WORLDWRIGHT_OT_show_residual(bpy.types.Operator):
    """Show colours by distance from the selected mesh in this view: blue is on it, red 60 mm off; again for materials"""

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


CLASSES = (WORLDWRIGHT_OT_fit, WORLDWRIGHT_OT_rig, WORLDWRIGHT_OT_show_residual)
