"""Looks at what is to be exported before anything is written: what would go wrong in the engine, and how to cure it."""

from __future__ import annotations

from collections.abc import Iterator

import bpy
import numpy as np

from ..core.game.budget import BUDGETS, over, texture_bytes
from ..core.game.checks import check_mesh
from ..core.game.engines import Engine, engine_of
from ..core.game.findings import ERROR, INFORMATION, WARNING, Finding
from ..reading.meshes import read_mesh
from .baking import BAKED, is_procedural
from .images import image_behind, principled

LARGEST = 16_384  # pixels: no engine takes more
SAID = {ERROR: 0, WARNING: 1, INFORMATION: 2}


def preflight(context: bpy.types.Context, objects: list[bpy.types.Object], engine: str, platform: str = "desktop") -> list[Finding]:
    """Everything worth knowing about ``objects`` for ``engine``, errors first. Changes nothing."""
    kind = engine_of(engine)
    found = list(_scene(context))
    seen: set[bpy.types.Mesh] = set()
    for target in objects:
        found += _object(target, objects)
        if target.type == "MESH" and target.data not in seen:
            seen.add(target.data)
            found += _mesh(target, kind)
        if target.type == "ARMATURE":
            found += _armature(target, objects)
    materials = {m for target in objects if target.type == "MESH" for m in target.data.materials if m is not None}
    for material in sorted(materials, key=lambda material: material.name):
        found += _material(material)
    found += _images(materials, platform)
    found += _budget(objects, materials, platform)
    return sorted(found, key=lambda one: SAID[one.level])


def _scene(context: bpy.types.Context) -> Iterator[Finding]:
    units = context.scene.unit_settings
    if units.system != "NONE" and abs(units.scale_length - 1) > 1e-6:
        yield Finding(
            WARNING,
            "unit scale",
            context.scene.name,
            f"The scene's unit scale is {units.scale_length:g}, not 1.",
            "What Blender shows as a metre is not one in the engine.",
            "Set it to 1.",
            "units",
        )


def _object(target: bpy.types.Object, objects: list[bpy.types.Object]) -> Iterator[Finding]:
    name, scale = target.name, np.array(target.scale)
    if target.type not in ("MESH", "ARMATURE"):
        return
    if (scale < 0).sum() % 2:
        yield Finding(
            INFORMATION,
            "negative scale",
            name,
            f"“{name}” is mirrored by a negative scale.",
            "The copy is mirrored for good instead.",
        )
    elif abs(scale - 1).max() > 1e-4:
        yield Finding(
            WARNING if target.type == "ARMATURE" else INFORMATION,
            "scale",
            name,
            f"“{name}” has a scale of {', '.join(f'{part:.3g}' for part in scale)}.",
            "Physics and bones in engines want 1.",
            "Apply the scale.",
            "scale",
        )
    armatures = {m.object for m in target.modifiers if m.type == "ARMATURE" and m.object is not None}
    if len(armatures) > 1:
        yield Finding(
            ERROR,
            "two armatures",
            name,
            f"“{name}” follows {len(armatures)} armatures.",
            "Engines know one skeleton a mesh: only the first moves it.",
            "Keep one Armature modifier.",
        )
    others = [m.name for m in target.modifiers if m.type != "ARMATURE" and m.show_viewport]
    if others and target.type == "MESH" and target.data.shape_keys:
        yield Finding(
            WARNING,
            "shape keys and modifiers",
            name,
            f"“{name}” has shape keys and the modifier “{others[0]}”.",
            "The modifier is not applied in the copy, so that the shape keys stay.",
            "Apply the modifier first.",
        )


def _mesh(target: bpy.types.Object, engine: Engine) -> Iterator[Finding]:
    data = target.data
    shaders = [shader for m in data.materials if (shader := principled(m)) is not None]
    textured = any(image_behind(shader.inputs["Base Color"]) for shader in shaders)
    baked = any(is_procedural(shader.inputs[name]) for shader in shaders for name in BAKED)
    if any(m.type == "NODES" for m in target.modifiers):  # what it becomes is known only later
        return
    yield from check_mesh(read_mesh(data, [], target.name), engine, textured, target.get("role") == "collider", baked)
    if len(data.color_attributes) > 1:
        yield Finding(
            INFORMATION,
            "vertex colours",
            target.name,
            f"“{target.name}” has {len(data.color_attributes)} colour attributes.",
            "Only the active one is exported.",
        )
    armature = next((m.object for m in target.modifiers if m.type == "ARMATURE" and m.object is not None), None)
    if armature is None:
        return
    bones = {bone.name for bone in armature.data.bones}
    groups = {group.index for group in target.vertex_groups if group.name in bones}
    counts = np.array([sum(g.group in groups and g.weight > 1e-5 for g in vertex.groups) for vertex in data.vertices])
    if len(counts) and counts.max() > 4:
        yield Finding(
            WARNING,
            "influences",
            target.name,
            f"{int((counts > 4).sum()):,} vertices of “{target.name}” follow more than 4 bones.",
            "Only the four strongest are exported.",
            "Limit the weights to 4.",
            "influences",
        )
    if (counts == 0).any():
        yield Finding(
            WARNING,
            "weightless",
            target.name,
            f"{int((counts == 0).sum()):,} vertices of “{target.name}” follow no bone.",
            "They stay behind when the character moves.",
            "Give them the weights of their neighbours.",
            "weights",
        )


def _armature(target: bpy.types.Object, objects: list[bpy.types.Object]) -> Iterator[Finding]:
    bones = target.data.bones
    roots = [bone.name for bone in bones if bone.parent is None]
    if len(roots) > 1:
        yield Finding(
            WARNING,
            "roots",
            target.name,
            f"“{target.name}” has {len(roots)} root bones: {', '.join(roots[:4])}.",
            "Unreal refuses such a skeleton.",
            "Give them one common parent.",
        )
    leaves = [bone.name for bone in bones if bone.name.lower().endswith(("_end", ".end", "_leaf")) and not bone.children]
    if leaves:
        yield Finding(
            INFORMATION,
            "leaf bones",
            target.name,
            f"“{target.name}” has {len(leaves)} end bones such as “{leaves[0]}”.",
            "They come along and cost a little.",
            "Remove them, if nothing hangs on them.",
        )
    if not any(thing.type == "MESH" and thing.find_armature() == target for thing in objects):
        yield Finding(
            WARNING,
            "no mesh",
            target.name,
            f"No chosen mesh follows “{target.name}”.",
            "A skeleton without a mesh is not imported by most engines.",
            "Select its mesh too.",
        )


def _material(material: bpy.types.Material) -> Iterator[Finding]:
    shader = principled(material)
    if shader is None:
        yield Finding(
            WARNING,
            "shader",
            material.name,
            f"“{material.name}” has no Principled shader.",
            "Engines show it in one plain colour.",
            "Use a Principled BSDF.",
        )
        return
    inputs = [name for name in BAKED if is_procedural(shader.inputs[name])]
    if inputs:
        yield Finding(
            INFORMATION,
            "procedural texture",
            material.name,
            f"The {inputs[0].lower()} of “{material.name}” is procedural.",
            "It is baked to an image in the copy.",
        )


def _used(materials: set[bpy.types.Material]) -> set[bpy.types.Image]:
    return {
        node.image
        for material in materials
        if material.node_tree
        for node in material.node_tree.nodes
        if node.type == "TEX_IMAGE" and node.image is not None
    }


def _images(materials: set[bpy.types.Material], platform: str) -> Iterator[Finding]:
    side = BUDGETS[platform].texture_side
    for image in sorted(_used(materials), key=lambda image: image.name):
        width, height = image.size
        if min(width, height) == 0:
            yield Finding(
                ERROR,
                "missing texture",
                image.name,
                f"The texture “{image.name}” cannot be found.",
                "What uses it will look wrong.",
                "Use File, External Data, Find Missing Files.",
            )
        elif max(width, height) > LARGEST:
            yield Finding(
                ERROR,
                "texture size",
                image.name,
                f"“{image.name}” is {width} × {height} pixels; engines take {LARGEST}.",
                "It is scaled down in the copy.",
                "Scale it down.",
            )
        elif max(width, height) > side:
            yield Finding(
                WARNING,
                "texture size",
                image.name,
                f"“{image.name}” is {width} × {height} pixels; {platform} wants {side}.",
                "It is scaled down in the copy to what the options say.",
            )
        elif width & (width - 1) or height & (height - 1):
            yield Finding(
                INFORMATION,
                "texture size",
                image.name,
                f"“{image.name}” is {width} × {height}: no powers of two.",
                "Some engines scale it.",
            )


def _budget(objects: list[bpy.types.Object], materials: set[bpy.types.Material], platform: str) -> Iterator[Finding]:
    triangles = draws = 0
    for target in objects:
        if target.type == "MESH" and target.get("role") not in ("collider", "navmesh", "lod"):
            triangles += max(len(target.data.loops) - 2 * len(target.data.polygons), 0)
            draws += max(len(target.data.materials), 1)
    used = {
        "triangles": triangles,
        "draw_calls": draws,
        "materials": len(materials),
        "texture_bytes": sum(texture_bytes(*image.size) for image in _used(materials)),
    }
    for sentence in over(platform, used):
        yield Finding(WARNING, "budget", platform, sentence, "It may run slowly there.")
    textures = f"{used['texture_bytes'] / 2**20:.0f} MB of textures"
    words = f"{triangles:,} triangles, {draws:,} draw calls, {len(materials)} materials, {textures}"
    yield Finding(INFORMATION, "budget", platform, f"Together: {words}.")
