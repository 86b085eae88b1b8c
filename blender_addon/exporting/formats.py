"""Blender's own exporters with the settings that engines need."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import bpy

from ..core.errors import WorldwrightError
from ..core.game.engines import FBX, GLB, USDZ, VRM, Engine
from ..core.game.tangents import mend_directions

PARENT = "worldwright_parent"  # on what an object hung before it was hung higher; our Unity script hangs it back


def write_model(engine: Engine, path: Path, chosen: Iterable[bpy.types.Object] | None = None, animated: bool = True) -> None:
    """Writes the scene, or the ``chosen`` objects with their armatures, to ``path``. Raises WorldwrightError."""
    wanted = set(bpy.context.scene.objects) if chosen is None else set(chosen)
    wanted |= {rig for target in wanted if (rig := target.find_armature()) is not None}
    for target in bpy.context.scene.objects:
        target.hide_set(False)
        target.hide_viewport = False
        target.hide_select = False
        target.select_set(target in wanted)
    write = {FBX: _fbx, GLB: _glb, USDZ: _usd, VRM: _vrm}[engine.suffix]
    try:
        write(engine, path, animated)
    except (RuntimeError, TypeError, AttributeError) as error:
        reason = str(error).strip().splitlines()
        raise WorldwrightError(f"Blender's exporter failed: {reason[0] if reason else error}.") from error
    if not path.is_file():
        raise WorldwrightError(f"Blender's exporter wrote no “{path.name}”.", "See the export's log.")


def glb_settings(animated: bool = True, selected: bool = False) -> dict:
    """Settings of Blender's glTF exporter that keep a file small and safe, for the selected objects or the whole scene."""
    things = bpy.context.selected_objects if selected else bpy.context.scene.objects
    rigs = sum(thing.type == "ARMATURE" for thing in things)
    has_bumps = any(node.type == "NORMAL_MAP" for m in bpy.data.materials if m.node_tree for node in m.node_tree.nodes)
    faces = any(keys.animation_data is not None and keys.animation_data.nla_tracks for keys in bpy.data.shape_keys)
    return {
        "export_format": "GLB",
        "use_active_scene": True,
        "use_selection": selected,
        "export_apply": False,  # would drop shape keys; modifiers are applied already
        "export_yup": True,
        "export_extras": True,
        "export_lights": True,
        "export_cameras": False,
        "export_tangents": has_bumps,
        "export_vertex_color": "ACTIVE",  # the default writes an empty white COLOR_0 before the real one
        "export_all_vertex_colors": False,
        "export_influence_nb": 4,
        "export_all_influences": False,
        "export_armature_object_remove": rigs == 1,  # bones of several people are only told apart by what they hang on
        "export_rest_position_armature": True,
        "export_reset_pose_bones": True,
        "export_animations": animated,
        "export_animation_mode": "NLA_TRACKS",
        "export_merge_animation": "NLA_TRACK",
        "export_anim_slide_to_zero": True,
        # Meshes need no posing while bones are sampled; but then the exporter fails on tracks of shape keys.
        "export_optimize_disable_viewport": not faces,
        "export_morph": True,
        "export_morph_normal": False,  # engines make normals of a blended face anew; they would double the size
        "export_morph_tangent": False,
        "export_try_sparse_sk": True,
        "export_image_format": "JPEG",  # images that need alpha stay PNG
        "export_image_quality": 90,
        "export_jpeg_quality": 90,
    }


def _glb(engine: Engine, path: Path, animated: bool) -> None:
    bpy.ops.export_scene.gltf(filepath=str(path), **glb_settings(animated, selected=True))
    mend_directions(path)


def _fbx(engine: Engine, path: Path, animated: bool) -> None:
    """Scale 1 and no turn on any object: Unreal has Z up as Blender has; for Unity the axes are baked, where no bone forbids."""
    bakes = engine.key != "unreal" and not any(target.type == "ARMATURE" for target in bpy.context.scene.objects) and _hang_high()
    axes = {"axis_forward": "Y", "axis_up": "Z"} if engine.key == "unreal" else {"axis_forward": "-Z", "axis_up": "Y"}
    bpy.ops.export_scene.fbx(
        filepath=str(path),
        use_selection=True,
        object_types={"EMPTY", "MESH", "ARMATURE", "LIGHT"},
        apply_scale_options="FBX_SCALE_UNITS",
        bake_space_transform=bakes,
        use_custom_props=True,
        add_leaf_bones=False,
        primary_bone_axis="Y",
        secondary_bone_axis="X",
        mesh_smooth_type="FACE",
        use_tspace=False,
        use_mesh_modifiers=False,  # applied already; would drop shape keys
        bake_anim=animated,
        bake_anim_use_nla_strips=True,
        bake_anim_use_all_actions=False,
        bake_anim_force_startend_keying=True,
        bake_anim_simplify_factor=0.0,
        path_mode="RELATIVE",
        embed_textures=False,
        colors_type="LINEAR",
        **axes,
    )


def _hang_high() -> bool:
    """Hangs everything on its topmost ancestor, where it is: with baked axes Blender's exporter turns what hangs three deep.

    False when something that moves hangs too deep for that.
    """
    bpy.context.view_layer.update()
    deep = {target: chain for target in bpy.context.scene.objects if len(chain := _ancestors(target)) > 1}
    if any(one.animation_data is not None for target, chain in deep.items() for one in (target, *chain[:-1])):
        return False
    places = {target: target.matrix_world.copy() for target in deep}
    for target, chain in deep.items():
        target[PARENT] = chain[0].name
        target.parent, target.parent_type = chain[-1], "OBJECT"
        target.matrix_parent_inverse.identity()
        target.matrix_basis = chain[-1].matrix_world.inverted_safe() @ places[target]
    bpy.context.view_layer.update()
    return True


def _ancestors(target: bpy.types.Object) -> list[bpy.types.Object]:
    """From the parent upwards."""
    chain = []
    while target.parent is not None:
        target = target.parent
        chain.append(target)
    return chain


def _usd(engine: Engine, path: Path, animated: bool) -> None:
    bpy.ops.wm.usd_export(
        filepath=str(path),
        selected_objects_only=True,
        export_animation=animated and any(target.type == "ARMATURE" for target in bpy.context.scene.objects),
        export_shapekeys=True,
        export_armatures=True,
        export_materials=True,
        export_lights=False,
        export_cameras=False,
        convert_world_material=False,
        convert_orientation=True,
        export_global_forward_selection="NEGATIVE_Z",
        export_global_up_selection="Y",
        root_prim_path="/root",
    )


def _vrm(engine: Engine, path: Path, animated: bool) -> None:
    from .vrm import write_vrm

    write_vrm(path)
