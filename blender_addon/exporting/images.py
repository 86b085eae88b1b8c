"""Images of materials: found behind the shader, brought to size, packed into files the way an engine reads them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import bpy
import numpy as np

from ..core.game import textures
from ..core.game.engines import Engine, safe_name
from ..writing.images import encode_png

PASSED = {
    "MIX": 6,
    "MIX_RGB": 1,
    "GAMMA": 0,
    "BRIGHTCONTRAST": 0,
    "HUE_SAT": 4,
    "INVERT": 1,
    "MATH": 0,
    "NORMAL_MAP": 1,
    "CLAMP": 0,
}
CHANNELS = {"Red": 0, "Green": 1, "Blue": 2, "Alpha": 3}


def principled(material: bpy.types.Material) -> bpy.types.Node | None:
    """The material's Principled shader."""
    nodes = material.node_tree.nodes if material is not None and material.node_tree else ()
    return next((node for node in nodes if node.type == "BSDF_PRINCIPLED"), None)


def image_behind(socket: bpy.types.NodeSocket) -> tuple[bpy.types.Node, int] | None:
    """The image node that feeds a shader's input, and the channel of it that counts; None where there is none."""
    channel = 0
    for _ in range(12):
        if not socket.links:
            return None
        node, output = socket.links[0].from_node, socket.links[0].from_socket.name
        if node.type == "TEX_IMAGE":
            return (node, 3 if output == "Alpha" else channel) if node.image is not None else None
        if node.type in ("SEPARATE_COLOR", "SEPRGB"):
            channel, socket = CHANNELS.get(output, channel), node.inputs[0]
        elif node.type in PASSED:
            inputs = node.inputs
            linked = [one for one in (inputs[min(PASSED[node.type], len(inputs) - 1)], *inputs) if one.links]
            if not linked:
                return None
            socket = linked[0]
        else:
            return None
    return None


def pixels_of(image: bpy.types.Image) -> np.ndarray:
    """(H, W, 4) uint8, first row on top, as stored."""
    width, height = image.size
    values = np.empty(width * height * 4, np.float32)
    image.pixels.foreach_get(values)
    return np.rint(values.reshape(height, width, 4)[::-1].clip(0, 1) * 255).astype(np.uint8)


def shrink(most: int) -> list[str]:
    """Scales images that are larger than ``most`` pixels; returns a sentence for each."""
    said = []
    for image in bpy.data.images:
        width, height = image.size
        if image.type == "IMAGE" and max(width, height) > most:
            factor = most / max(width, height)
            image.scale(max(1, round(width * factor)), max(1, round(height * factor)))
            image.pack()
            said.append(f"The texture “{image.name}” was scaled from {width} × {height} to {image.size[0]} × {image.size[1]}.")
    return said


def missing() -> list[str]:
    """Images that are used but cannot be found."""
    return [
        image.name for image in bpy.data.images
        if image.type == "IMAGE" and image.users and image.source == "FILE" and not image.packed_file and not image.has_data
        and not Path(bpy.path.abspath(image.filepath, library=image.library)).is_file()
    ]  # fmt: skip


def write_textures(engine: Engine, folder: Path) -> dict[str, list[str]]:
    """Packs every material's images into ``folder`` and has the materials use the files. Material -> file names."""
    written: dict[str, list[str]] = {}
    done: dict[tuple, Path] = {}
    for material in bpy.data.materials:
        shader = principled(material)
        if shader is None or not material.users:
            continue
        names = []
        for role, key, pixels, node in _images(engine, material, shader):
            if key not in done:
                done[key] = folder / f"T_{safe_name(material.name, 40)}_{role}.png"
                done[key].write_bytes(_png(pixels()))
            names.append(done[key].name)
            if node is not None:
                space = node.image.colorspace_settings.name
                node.image = bpy.data.images.load(str(done[key]), check_existing=True)
                node.image.colorspace_settings.name = space
        if names:
            written[material.name] = names
    return written


def _images(engine: Engine, material: bpy.types.Material, shader: bpy.types.Node) -> Iterator[tuple]:
    """Each image of a material as (role, what makes it unique, its pixels when asked, the node to give the file to)."""
    found = {name: image_behind(shader.inputs[name]) for name in ("Base Color", "Roughness", "Metallic", "Normal", "Alpha")}
    if found["Base Color"] is not None:
        node = found["Base Color"][0]
        clear = found["Alpha"] is not None or material.node_tree is None
        yield (
            ("BC" if engine.flip_green else "BaseColor"),
            ("color", node.image.name, clear),
            (lambda: pixels_of(node.image)[..., : 4 if clear else 3]),
            node,
        )
    if found["Normal"] is not None:
        bumps = found["Normal"][0]

        def turned() -> np.ndarray:
            pixels = pixels_of(bumps.image)[..., :3]
            return textures.flipped_green(pixels) if engine.flip_green else pixels

        yield ("N" if engine.flip_green else "Normal"), ("normal", bumps.image.name), turned, bumps
    rough, metal = found["Roughness"], found["Metallic"]
    if rough is None and metal is None:
        return
    values = {name: shader.inputs[name].default_value for name in ("Roughness", "Metallic")}
    key = ("packed", *(one and (one[0].image.name, one[1]) for one in (rough, metal)), *values.values())

    def packed() -> np.ndarray:
        channels = {
            name: values[name] if one is None else pixels_of(one[0].image)[..., one[1]]
            for name, one in (("Roughness", rough), ("Metallic", metal))
        }
        if engine.textures == "orm":
            return textures.orm(1.0, channels["Roughness"], channels["Metallic"])
        return textures.mask_map(channels["Metallic"], 1.0, channels["Roughness"])

    yield ("ORM" if engine.textures == "orm" else "MaskMap"), key, packed, None


def _png(pixels: np.ndarray) -> bytes:
    making = encode_png(np.ascontiguousarray(pixels))
    while True:
        try:
            next(making)
        except StopIteration as done:
            return done.value
