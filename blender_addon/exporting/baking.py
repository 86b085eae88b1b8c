"""Procedural textures, which no engine knows, become images: rendered onto the UVs by Cycles."""

from __future__ import annotations

import bpy

from .images import principled

PROCEDURAL = {
    "TEX_NOISE", "TEX_VORONOI", "TEX_WAVE", "TEX_MUSGRAVE", "TEX_GRADIENT", "TEX_BRICK", "TEX_CHECKER", "TEX_MAGIC",
    "TEX_WHITE_NOISE", "TEX_GABOR", "LAYER_WEIGHT", "FRESNEL", "OBJECT_INFO", "VALTORGB",
}  # fmt: skip
BAKED = {"Base Color": "sRGB", "Roughness": "Non-Color", "Metallic": "Non-Color"}


def is_procedural(socket: bpy.types.NodeSocket, seen: set[str] | None = None) -> bool:
    """Whether something behind a shader's input is computed, not an image."""
    seen = set() if seen is None else seen
    for link in socket.links:
        node = link.from_node
        if node.name in seen:
            continue
        seen.add(node.name)
        if node.type in PROCEDURAL or any(is_procedural(one, seen) for one in node.inputs if one.links):
            return True
    return False


def bake_procedural(size: int) -> list[str]:
    """Bakes every procedural input of the scene's materials to an image of ``size`` pixels; a sentence for each."""
    scene = bpy.context.scene
    said = []
    for material in list(bpy.data.materials):
        shader = principled(material)
        inputs = [name for name in BAKED if shader is not None and is_procedural(shader.inputs[name])]
        users = [t for t in scene.objects if t.type == "MESH" and material.name in [m.name for m in t.data.materials if m]]
        if not inputs or not users:
            continue
        target = users[0]
        if not target.data.uv_layers:
            said.append(f"“{material.name}” is procedural and “{target.name}” has no UVs: it keeps a plain colour.")
            for name in inputs:
                material.node_tree.links.remove(shader.inputs[name].links[0])
            continue
        for name in inputs:
            _bake(material, shader, name, target, size)
        said.append(f"The procedural texture of “{material.name}” was baked to {size} pixels.")
    return said


def _bake(material: bpy.types.Material, shader: bpy.types.Node, name: str, target: bpy.types.Object, size: int) -> None:
    """Renders one input as light the surface gives off (the cheapest of Cycles' bakes) and puts the image in its place."""
    scene, tree = bpy.context.scene, material.node_tree
    image = bpy.data.images.new(f"{material.name} {name}", size, size)
    image.colorspace_settings.name = BAKED[name]
    picture = tree.nodes.new("ShaderNodeTexImage")
    picture.image = image
    glow, output = tree.nodes.new("ShaderNodeEmission"), tree.get_output_node("CYCLES") or tree.get_output_node("ALL")
    before = output.inputs["Surface"].links[0].from_socket
    source = shader.inputs[name].links[0].from_socket
    tree.links.new(source, glow.inputs["Color"])
    tree.links.new(glow.outputs[0], output.inputs["Surface"])
    tree.nodes.active = picture
    scene.render.engine = "CYCLES"
    scene.cycles.samples, scene.render.bake.margin = 1, 8
    for other in bpy.context.selected_objects:
        other.select_set(False)
    target.hide_set(False)
    target.select_set(True)
    bpy.context.view_layer.objects.active = target
    bpy.ops.object.bake(type="EMIT")
    image.pack()
    tree.links.new(before, output.inputs["Surface"])
    tree.nodes.remove(glow)
    tree.links.new(picture.outputs["Color"], shader.inputs[name])
