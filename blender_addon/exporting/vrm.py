"""VRM 1.0 through the real VRM add-on (PyPI: bpy-vrm-format, or the one from extensions.blender.org where it is enabled)."""

from __future__ import annotations

from pathlib import Path

import addon_utils
import bpy
import numpy as np

from ..core.errors import WorldwrightError

MODULES = ("io_scene_vrm", "bl_ext.blender_org.vrm", "bl_ext.user_default.vrm")
LICENCE = "https://vrm.dev/licenses/1.0/"
LIMBS = ("UpperArm", "LowerArm", "Hand", "UpperLeg", "LowerLeg", "Foot")
REQUIRED = ("hips", "spine", "head", *(f"{side}{limb}" for side in ("left", "right") for limb in LIMBS))
EXPRESSIONS = {  # VRM preset -> shape keys of ours that make it, with weights
    "happy": {"mouthSmileLeft": 1.0, "mouthSmileRight": 1.0},
    "angry": {"browDownLeft": 1.0, "browDownRight": 1.0},
    "sad": {"mouthFrownLeft": 1.0, "mouthFrownRight": 1.0, "browInnerUp": 0.6},
    "surprised": {"eyeWideLeft": 1.0, "eyeWideRight": 1.0, "jawOpen": 0.4, "browInnerUp": 1.0},
    "aa": {"jawOpen": 0.7},
    "ih": {"jawOpen": 0.25, "mouthStretchLeft": 0.6, "mouthStretchRight": 0.6},
    "ou": {"mouthPucker": 0.8, "jawOpen": 0.2},
    "ee": {"mouthStretchLeft": 0.8, "mouthStretchRight": 0.8, "jawOpen": 0.15},
    "oh": {"mouthFunnel": 0.8, "jawOpen": 0.35},
    "blink": {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0},
    "blink_left": {"eyeBlinkLeft": 1.0},
    "blink_right": {"eyeBlinkRight": 1.0},
}


def write_vrm(path: Path) -> None:
    """Writes the scene's one humanoid with its meshes. Raises WorldwrightError when there is none or the add-on is missing."""
    rigs = [target for target in bpy.context.scene.objects if target.type == "ARMATURE"]
    if len(rigs) != 1:
        raise WorldwrightError(f"A VRM holds one character; there are {len(rigs)}.", "Select one character with its skeleton.")
    if not hasattr(bpy.ops.export_scene, "vrm") or "vrm" not in dir(bpy.ops.export_scene):
        if not any(addon_utils.enable(module, default_set=True) for module in MODULES):
            raise WorldwrightError("The VRM add-on is not installed.", "Install “VRM format” from extensions.blender.org.")
    extension = rigs[0].data.vrm_addon_extension
    extension.spec_version = "1.0"
    vrm1 = extension.vrm1
    vrm1.meta.vrm_name = rigs[0].name
    if not vrm1.meta.authors:
        vrm1.meta.authors.add()
    vrm1.meta.authors[0].value = "Made with Worldwright"
    _assign(rigs[0], vrm1.humanoid.human_bones)
    _expressions(vrm1.expressions.preset)
    outcome = bpy.ops.export_scene.vrm(filepath=str(path), armature_object_name=rigs[0].name, ignore_warning=True)
    if outcome != {"FINISHED"}:
        raise WorldwrightError("The VRM add-on refused the character: its skeleton lacks bones that VRM wants.")


def _assign(rig: bpy.types.Object, human: bpy.types.PropertyGroup) -> None:
    """Says which bone is which of a human: by VRM's own names, else as the add-on guesses. Raises WorldwrightError."""

    def missing() -> list[str]:
        return [name for name in REQUIRED if not getattr(human, _snake(name)).node.bone_name]

    for bone in rig.data.bones:
        assigned = getattr(human, _snake(bone.name), None)
        if assigned is not None and hasattr(assigned, "node"):
            assigned.node.bone_name = bone.name
    human.initial_automatic_bone_assignment = False
    if missing() and len(rig.data.bones) >= len(REQUIRED):
        bpy.ops.vrm.assign_vrm1_humanoid_human_bones_automatically(armature_object_name=rig.name)
    if lacking := missing():
        names = ", ".join(lacking[:4]) + (" …" if len(lacking) > 4 else "")
        raise WorldwrightError(
            f"“{rig.name}” is no humanoid as VRM wants it: no bone was found for {names}.", "Choose a character with arms and legs."
        )


def settle_faces() -> None:
    """Makes the face that shape keys give a character now its neutral one: VRM viewers start with every key at 0."""
    for mesh in {t.data for t in bpy.context.scene.objects if t.type == "MESH" and t.data.shape_keys is not None}:
        blocks = mesh.shape_keys.key_blocks
        if not any(key.value for key in blocks[1:] if not key.mute):
            continue
        places = {key.name: np.empty(3 * len(mesh.vertices), np.float32) for key in blocks}
        for key in blocks:
            key.data.foreach_get("co", places[key.name])
        moved = sum((places[key.name] - places[key.relative_key.name]) * key.value for key in blocks[1:] if not key.mute)
        for key in blocks:
            key.data.foreach_set("co", places[key.name] + moved)
            key.value = 0.0
        mesh.vertices.foreach_set("co", places[blocks[0].name] + moved)
        mesh.update()


def _expressions(preset: bpy.types.PropertyGroup) -> None:
    meshes = [target for target in bpy.context.scene.objects if target.type == "MESH" and target.data.shape_keys]
    for name, keys in EXPRESSIONS.items():
        expression = getattr(preset, name, None)
        for target in meshes if expression is not None else ():
            for key, weight in keys.items():
                if key in target.data.shape_keys.key_blocks:
                    bind = expression.morph_target_binds.add()
                    bind.node.mesh_object_name = target.name
                    bind.index, bind.weight = key, weight


def _snake(name: str) -> str:
    """“leftUpperArm” -> “left_upper_arm”."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
