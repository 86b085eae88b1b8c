"""Blender materials → Material: the colour of a surface and the image it comes from, as far as points need them."""

from __future__ import annotations

from collections.abc import Iterator

import bpy
import numpy as np

from ..core.scene import LINEAR, SRGB, Material, Texture
from ..core.spatial.colour import to_bytes

LARGEST = 1024  # pixels along an image's longer side: finer than points, and kind to memory
COLOR_INPUTS = ("Base Color", "Color")


class MaterialReader:
    """Reads every material and image once; ``warnings`` says in full sentences what could not be read."""

    def __init__(self) -> None:
        self.warnings: list[str] = []
        self._materials: dict[str, Material] = {}
        self._textures: dict[str, Texture | None] = {}

    def read(self, source: bpy.types.Material | None) -> Material:
        """The material; an empty slot is Blender's default grey."""
        if source is None:
            return self._materials.setdefault("", Material("No material"))
        source = source.original
        if source.name_full not in self._materials:
            self._materials[source.name_full] = self._read(source)
        return self._materials[source.name_full]

    def _read(self, source: bpy.types.Material) -> Material:
        shader = _shader(source)
        if shader is None:
            return Material(source.name, base_color=tuple(source.diffuse_color))
        color = next(shader.inputs[name] for name in COLOR_INPUTS if name in shader.inputs)
        material = Material(source.name, base_color=tuple(color.default_value), double_sided=not source.use_backface_culling)
        for field, name in (("metallic", "Metallic"), ("roughness", "Roughness")):
            if name in shader.inputs and not shader.inputs[name].is_linked:
                setattr(material, field, float(shader.inputs[name].default_value))
        for node in _upstream(color):
            if node.type == "RGB":
                material.base_color = tuple(node.outputs[0].default_value)
                break
            if node.type == "TEX_IMAGE" and node.image is not None:
                material.base_color_texture = self._texture(node.image, source.name)
                break
        return material

    def _texture(self, image: bpy.types.Image, material: str) -> Texture | None:
        if image.name_full not in self._textures:
            self._textures[image.name_full] = texture = read_image(image)
            if texture is None:
                self.warnings.append(f"The image “{image.name}” of the material “{material}” is missing; its plain colour is used.")
        return self._textures[image.name_full]


def read_image(image: bpy.types.Image) -> Texture | None:
    """The image as it is shown, at most 1024 pixels along its longer side; None when its file is missing."""
    width, height = image.size
    if width == 0 or height == 0 or len(image.pixels) == 0:
        return None
    pixels = np.empty(len(image.pixels), np.float32)
    image.pixels.foreach_get(pixels)
    pixels = _shrunk(pixels.reshape(height, width, -1))
    if pixels.shape[2] < 3:
        pixels = np.repeat(pixels[..., :1], 3, axis=2)
    if image.is_float and image.colorspace_settings.name != "Non-Color":
        bytes_ = np.concatenate([to_bytes(pixels[..., :3]), _rounded(pixels[..., 3:])], axis=2)
    else:
        bytes_ = _rounded(pixels)
    space = LINEAR if image.colorspace_settings.name == "Non-Color" else SRGB
    return Texture(image.name, np.ascontiguousarray(bytes_[::-1]), space)


def _shrunk(pixels: np.ndarray) -> np.ndarray:
    """(h, w, c): the mean of square blocks of pixels, as few as bring the longer side down to ``LARGEST``."""
    step = -(-max(pixels.shape[:2]) // LARGEST)
    if step == 1:
        return pixels
    height, width = (max(1, size // step) for size in pixels.shape[:2])
    rows, columns = min(step, pixels.shape[0]), min(step, pixels.shape[1])
    blocks = pixels[: height * rows, : width * columns].reshape(height, rows, width, columns, -1)
    return sum(blocks[:, row, :, column] for row in range(rows) for column in range(columns)) / np.float32(rows * columns)


def _rounded(pixels: np.ndarray) -> np.ndarray:
    return np.rint(np.clip(pixels, 0, 1) * 255).astype(np.uint8)


def _shader(source: bpy.types.Material) -> bpy.types.Node | None:
    """The shader that gives the surface its colour: the Principled one where there are several."""
    if source.node_tree is None or (bpy.app.version < (5, 0, 0) and not source.use_nodes):
        return None
    output = source.node_tree.get_output_node("ALL")
    if output is None:
        return None
    shaders = [node for node in _upstream(output.inputs["Surface"]) if any(name in node.inputs for name in COLOR_INPUTS)]
    shaders = [node for node in shaders if any(socket.type == "SHADER" for socket in node.outputs)]
    return next((node for node in shaders if node.type == "BSDF_PRINCIPLED"), shaders[0] if shaders else None)


def _upstream(socket: bpy.types.NodeSocket) -> Iterator[bpy.types.Node]:
    """The nodes that feed ``socket``, the nearest and those that give colours first, those inside groups too."""
    waiting = [socket]
    seen: set[int] = set()
    while waiting:
        for link in waiting.pop(0).links:
            node = link.from_node
            if node.as_pointer() in seen:
                continue
            seen.add(node.as_pointer())
            yield node
            if node.type == "GROUP" and node.node_tree is not None:
                outputs = [inner for inner in node.node_tree.nodes if inner.type == "GROUP_OUTPUT"]
                waiting += [inner.inputs[link.from_socket.name] for inner in outputs if link.from_socket.name in inner.inputs]
            waiting += sorted((entry for entry in node.inputs if entry.is_linked), key=lambda entry: entry.type != "RGBA")
