"""The Motion feature's buttons."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import bpy
from bpy_extras.io_utils import ImportHelper

from ... import job
from ...core.characters.brief import CharacterBrief
from ...core.errors import WorldwrightError
from ...core.scene import Clip, Report, Skeleton
from ...reading.armatures import action_frames, read_clip, read_skeleton
from ...writing import controls
from ...writing.actions import play, write_action
from ...writing.scene import PROPERTY
from .settings import brief_of


def chosen_rig(context: bpy.types.Context) -> bpy.types.Object | None:
    """The active armature, or the one that moves the active mesh."""
    thing = context.active_object
    if thing is None or thing.type == "ARMATURE":
        return thing
    return thing.find_armature() if thing.type == "MESH" else None


def own_brief(armature: bpy.types.Object) -> dict | None:
    """The brief of one of our characters, which its armature keeps; None for any other rig."""
    try:
        provenance = json.loads(armature.get(PROPERTY, ""))
        brief = provenance["brief"] if provenance["kind"] == "character" else None
        return CharacterBrief.from_dict(brief).to_dict()
    except (ValueError, KeyError, TypeError, WorldwrightError):
        return None


class OnRig(job.JobOperator):
    """What the operators on the selected rig share: the worker's clips become new actions, the old ones are kept."""

    feature = "motion"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        rig = chosen_rig(context)
        if rig is None:
            return "Select a rig first: an armature, or a mesh that follows one."
        return "" if context.mode in ("OBJECT", "POSE") else "Leave Edit Mode first."

    def _target(self, context: bpy.types.Context) -> Skeleton:
        """The selected rig's skeleton, remembered by name. Raises WorldwrightError when it is not a person's."""
        from ...core.characters.retarget import map_rig, rig_of  # enabling the extension must be quick

        rig = chosen_rig(context)
        self._rig = rig.name
        self._skeleton = read_skeleton(rig, controls.control_names(rig))
        self._mapping = map_rig(rig_of(self._skeleton))
        return self._skeleton

    def write(self, context: bpy.types.Context, result: list[Clip]) -> Generator[float, None, Report]:
        rig = context.scene.objects.get(self._rig)
        if rig is None or any(name not in rig.pose.bones for name in self._skeleton.names):
            raise WorldwrightError(f"“{self._rig}” was removed, renamed or edited meanwhile.")
        rate = context.scene.render.fps / context.scene.render.fps_base
        own = own_brief(rig) is not None
        mapped = {self._skeleton.names[bone] for bone in self._mapping.roles.values()}
        made: list[bpy.types.Action] = []
        try:
            for number, clip in enumerate(result):
                keyed = None if own else frozenset(mapped | _moving(self._skeleton, clip))
                made.append(write_action(rig, self._skeleton, clip, rate, keyed))
                if clip.speed:
                    made[-1]["speed"] = clip.speed
                yield number / len(result)
            if made:
                play(rig, made[0])
        except BaseException:
            _forget(rig, made)
            raise
        counts = {"clips": len(made), "frames": sum(len(clip.rotations) for clip in result), "bones": len(self._skeleton.names)}
        warnings = []
        if self._mapping.told_by == "structure":
            warnings.append("The bones' names say nothing; they were told by how the skeleton is built. Check left and right.")
        return Report(counts, {"bones_told": f"{len(self._mapping.roles)} by {self._mapping.told_by}"}, warnings)


def _moving(skeleton: Skeleton, clip: Clip) -> set[str]:
    """Names of the bones that a clip turns or moves."""
    turned = (abs(clip.rotations[..., 0]) < 1 - 1e-6).any(axis=0)
    names = {name for name, moves in zip(skeleton.names, turned, strict=True) if moves} | set(clip.offsets)
    if abs(clip.root_offset).max() > 1e-6:
        names.add(skeleton.names[0])
    return names


def _forget(rig: bpy.types.Object, actions: list[bpy.types.Action]) -> None:
    tracks = rig.animation_data.nla_tracks if rig.animation_data else []
    for track in list(tracks):
        if any(strip.action in actions for strip in track.strips):
            tracks.remove(track)
    bpy.data.batch_remove(actions)


class WORLDWRIGHT_OT_add_clips(OnRig, bpy.types.Operator):
    """Make the chosen clips and add them to the selected rig as actions, whatever its bones are called. Its old actions stay"""

    bl_idname = "worldwright.add_clips"
    bl_label = "Add Clips"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        if not context.scene.worldwright_motion.clips:
            return "Choose a clip first."
        return super().reason(context)

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        skeleton = self._target(context)
        yield 0.5
        own = own_brief(context.scene.objects[self._rig])
        brief = brief_of(context.scene.worldwright_motion, own or {"variety": 0.0})
        return "clips", {"rig": skeleton, "brief": brief.to_dict(), "own": own is not None}


class WORLDWRIGHT_OT_retarget_action(OnRig, bpy.types.Operator):
    """Put another armature's action onto the selected rig, as a new action. Both armatures and their actions stay as they are"""

    bl_idname = "worldwright.retarget_action"
    bl_label = "Retarget Action"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        settings = context.scene.worldwright_motion
        if settings.source is None:
            return "Choose the armature to take the motion from."
        if settings.source == chosen_rig(context):
            return "Choose another armature than the selected one."
        if settings.action is None and not (settings.source.animation_data and settings.source.animation_data.action):
            return f"“{settings.source.name}” has no action; choose one."
        return super().reason(context)

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        settings = context.scene.worldwright_motion
        target, source = self._target(context), settings.source
        if source.name not in context.view_layer.objects:
            raise WorldwrightError(f"“{source.name}” is not in this scene.", "Choose an armature of this scene.")
        skeleton = read_skeleton(source, controls.control_names(source))
        from ...core.characters.retarget import map_rig, rig_of

        map_rig(rig_of(skeleton))
        yield 0.0
        animation = source.animation_data_create() if source.animation_data is None else source.animation_data
        before, slot = animation.action, animation.action_slot
        action = settings.action or before
        frames = action_frames(action)
        try:
            animation.action = action
            if animation.action_slot is None and action.slots:
                animation.action_slot = action.slots[0]
            clip = yield from read_clip(context, source, skeleton, frames, action.name, action.use_cyclic)
        finally:
            animation.action = before
            if before is not None:
                animation.action_slot = slot
        return "retarget", {
            "source": skeleton, "clips": [clip], "rig": target, "in_place": settings.in_place, "lock": settings.lock_feet,
        }  # fmt: skip


class WORLDWRIGHT_OT_choose_motion(bpy.types.Operator, ImportHelper):
    """Choose a BVH or GLB file, whose motions are put onto the selected rig as new actions"""

    bl_idname = "worldwright.choose_motion"
    bl_label = "Retarget BVH or GLB…"

    filename_ext = ".bvh"
    filter_glob: bpy.props.StringProperty(default="*.bvh;*.glb", options={"HIDDEN"})

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        return WORLDWRIGHT_OT_retarget_file.poll(context)

    def execute(self, context: bpy.types.Context) -> set[str]:
        return bpy.ops.worldwright.retarget_file("INVOKE_DEFAULT", filepath=self.filepath)


class WORLDWRIGHT_OT_retarget_file(OnRig, bpy.types.Operator):
    """Put the motions of a BVH or GLB file onto the selected rig, as new actions"""

    bl_idname = "worldwright.retarget_file"
    bl_label = "Retarget File"

    filepath: bpy.props.StringProperty(name="File", description="The BVH or GLB file", subtype="FILE_PATH")

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        settings = context.scene.worldwright_motion
        target = self._target(context)
        yield 0.5
        path = Path(bpy.path.abspath(self.filepath))
        if not path.is_file():
            raise WorldwrightError(f"The file “{path}” does not exist.")
        return "retarget", {"path": str(path), "rig": target, "in_place": settings.in_place, "lock": settings.lock_feet}


class WORLDWRIGHT_OT_add_controls(OnRig, bpy.types.Operator):
    """Add IK hands and feet with poles and a point to look at to the selected rig. Its own bones stay as they are"""

    bl_idname = "worldwright.add_controls"
    bl_label = "Add Control Rig"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        rig = chosen_rig(context)
        if rig is not None and rig.type == "ARMATURE" and controls.has_controls(rig):
            return "This rig has controls already."
        return super().reason(context)

    def steps(self, context: bpy.types.Context) -> Generator[job.Step, None, Report]:
        rig = chosen_rig(context)
        if context.mode != "OBJECT":
            bpy.ops.object.mode_set(mode="OBJECT")
        animation = rig.animation_data
        old = animation.action if animation else None
        limbs = controls.add_controls(context, rig)
        try:
            if old is not None and context.scene.worldwright_motion.follow and round(old.frame_range[1] - old.frame_range[0]) > 0:
                for fraction in controls.follow_action(context, rig, limbs, action_frames(old)):
                    yield job.Step(fraction, "Keying the controls")
        except BaseException:
            controls.remove_controls(context, rig)
            animation.action = old
            raise
        return Report({"controls": len(controls.control_names(rig)), "limbs": len(limbs)})


class WORLDWRIGHT_OT_bake_controls(OnRig, bpy.types.Operator):
    """Write what the controls do into a new action of the rig's own bones, and take the control rig away: ready for export"""

    bl_idname = "worldwright.bake_controls"
    bl_label = "Bake to Own Bones"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        rig = chosen_rig(context)
        if rig is not None and (rig.type != "ARMATURE" or not controls.has_controls(rig)):
            return "This rig has no controls of ours."
        return super().reason(context)

    def steps(self, context: bpy.types.Context) -> Generator[job.Step, None, Report]:
        rig = chosen_rig(context)
        skeleton = self._target(context)
        action = rig.animation_data.action if rig.animation_data else None
        frames = action_frames(action) if action else (context.scene.frame_current, context.scene.frame_current)
        name = f"{action.name.removesuffix(' controlled')} baked" if action else "Pose baked"
        reading = read_clip(context, rig, skeleton, frames, name, bool(action and action.use_cyclic))
        while True:
            try:
                yield job.Step(0.9 * next(reading), "Reading the pose")
            except StopIteration as end:
                clip = end.value
                break
        if context.mode != "OBJECT":
            bpy.ops.object.mode_set(mode="OBJECT")
        controls.remove_controls(context, rig)
        baked = write_action(rig, skeleton, clip, clip.fps)
        play(rig, baked)
        return Report({"clips": 1, "frames": len(clip.rotations), "bones": len(skeleton.names)})


CLASSES = (
    WORLDWRIGHT_OT_add_clips,
    WORLDWRIGHT_OT_retarget_action,
    WORLDWRIGHT_OT_choose_motion,
    WORLDWRIGHT_OT_retarget_file,
    WORLDWRIGHT_OT_add_controls,
    WORLDWRIGHT_OT_bake_controls,
)
