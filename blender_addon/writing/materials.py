"""Material → Principled BSDF with the textures an exporter understands."""

from __future__ import annotations

from collections.abc import Generator

import bpy
import numpy as np

from ..core.scene import Material, Texture
from .images import write_image

# Random-walk subsurface scattering of skin: mean free path of red, green and blue light, in metres.
SUBSURFACE_RADIUS = (0.01, 0.0037, 0.0025)
OCCLUSION_GROUP = "glTF Material Output"  # the name its exporter looks for


class MaterialWriter:
    """Writes every Material and every Texture once; ``made`` lists the data-blocks in the order they were made."""

    def __init__(self, made: list[bpy.types.ID]) -> None:
        self._made = made
        self._materials: dict[int, bpy.types.Material] = {}
        self._images: dict[tuple[int, int], bpy.types.Image] = {}

    def write(self, source: Material) -> Generator[None, None, bpy.types.Material]:
        """The Blender material of ``source``; the second call with the same object returns the first one's material."""
        if id(source) in self._materials:
            return self._materials[id(source)]
        material = bpy.data.materials.new(source.name)
        self._made.append(material)
        self._materials[id(source)] = material
        if bpy.app.version < (5, 0, 0):  # always on, and deprecated, from 5.0
            material.use_nodes = True
        material.use_backface_culling = not source.double_sided
        material.diffuse_color = source.base_color
        material.metallic, material.roughness = source.metallic, source.roughness
        shader = next(node for node in material.node_tree.nodes if node.type == "BSDF_PRINCIPLED")
        _set_values(shader, source)
        yield from self._base_color(material, shader, source)
        yield from self._roughness(material, shader, source)
        yield from self._normal(material, shader, source.normal_texture)
        return material

    def _base_color(
        self, material: bpy.types.Material, shader: bpy.types.Node, source: Material
    ) -> Generator[None, None, None]:
        if source.base_color_texture is None:
            return
        links = material.node_tree.links
        picture = yield from self._image_node(material, source.base_color_texture, row=0)
        links.new(picture.outputs["Color"], shader.inputs["Base Color"])
        if source.base_color_texture.pixels.shape[2] < 4:
            return
        if not source.alpha_clip:
            links.new(picture.outputs["Alpha"], shader.inputs["Alpha"])
            return
        clip = material.node_tree.nodes.new("ShaderNodeMath")  # the form exporters read as alpha mode MASK
        clip.operation = "GREATER_THAN"
        clip.inputs[1].default_value = 0.5
        clip.location = (-200, 100)
        links.new(picture.outputs["Alpha"], clip.inputs[0])
        links.new(clip.outputs[0], shader.inputs["Alpha"])

    def _roughness(
        self, material: bpy.types.Material, shader: bpy.types.Node, source: Material
    ) -> Generator[None, None, None]:
        if source.roughness_texture is None:
            return
        links = material.node_tree.links
        picture = yield from self._image_node(material, source.roughness_texture, row=1, packing=1 + source.occlusion)
        parts = material.node_tree.nodes.new("ShaderNodeSeparateColor")
        parts.location = (-250, -250)
        links.new(picture.outputs["Color"], parts.inputs[0])
        links.new(parts.outputs["Green"], shader.inputs["Roughness"])
        if source.occlusion:
            group = material.node_tree.nodes.new("ShaderNodeGroup")
            group.node_tree = self._occlusion_group()
            group.location = (0, -400)
            links.new(parts.outputs["Red"], group.inputs["Occlusion"])

    def _occlusion_group(self) -> bpy.types.NodeTree:
        """The node group in which the glTF exporter looks for ambient occlusion, which no shader of Blender's has."""
        tree = bpy.data.node_groups.get(OCCLUSION_GROUP)
        if tree is None:
            tree = bpy.data.node_groups.new(OCCLUSION_GROUP, "ShaderNodeTree")
            self._made.append(tree)
        if "Occlusion" not in tree.interface.items_tree:
            tree.interface.new_socket("Occlusion", in_out="INPUT", socket_type="NodeSocketFloat").default_value = 1.0
        return tree

    def _normal(
        self, material: bpy.types.Material, shader: bpy.types.Node, texture: Texture | None
    ) -> Generator[None, None, None]:
        if texture is None:
            return
        picture = yield from self._image_node(material, texture, row=2)
        bump = material.node_tree.nodes.new("ShaderNodeNormalMap")
        bump.location = (-250, -550)
        material.node_tree.links.new(picture.outputs["Color"], bump.inputs["Color"])
        material.node_tree.links.new(bump.outputs["Normal"], shader.inputs["Normal"])

    def _image_node(
        self, material: bpy.types.Material, texture: Texture, row: int, packing: int = 0
    ) -> Generator[None, None, bpy.types.Node]:
        """``packing``: 0 as it is, 1 roughness alone, 2 roughness with occlusion."""
        key = (id(texture), packing)
        if key not in self._images:
            pixels = _packed_pixels(texture.pixels, occlusion=packing == 2) if packing else texture.pixels
            self._images[key] = yield from write_image(texture, pixels)
            self._made.append(self._images[key])
        node = material.node_tree.nodes.new("ShaderNodeTexImage")
        node.image = self._images[key]
        node.location = (-600, 200 - 350 * row)
        return node


def _set_values(shader: bpy.types.Node, source: Material) -> None:
    values = {
        "Base Color": source.base_color,
        "Alpha": source.base_color[3],
        "Metallic": source.metallic,
        "Roughness": source.roughness,
        "Emission Color": (*source.emission, 1.0),
        "Emission Strength": source.emission_strength,
        "Transmission Weight": source.transmission,
        "Subsurface Weight": source.subsurface,
        "Coat Weight": source.clearcoat,
    }
    if source.subsurface > 0:
        values |= {"Subsurface Radius": SUBSURFACE_RADIUS, "Subsurface Scale": 1.0}
    for name, value in values.items():
        shader.inputs[name].default_value = value


def _packed_pixels(pixels: np.ndarray, occlusion: bool) -> np.ndarray:
    """Roughness in green, occlusion in red where there is one, and white elsewhere: in glTF blue multiplies the metallic value."""
    packed = np.full((*pixels.shape[:2], 3), 255, np.uint8)
    packed[..., 1] = pixels[..., 1]
    if occlusion:
        packed[..., 0] = pixels[..., 0]
    return packed
