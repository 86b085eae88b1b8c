"""Other colours and materials for a thing: what covers most of it changes, glass, light and fittings stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ..environments.materials import finishes as f
from ..scene import Material
from .colors import color_value, material_of, to_code

SHARE = 0.12  # of the area that a slot must cover to be changed, beside the largest
Color = tuple[float, float, float]


def material_for(words: str, color: str = "") -> Material | None:
    """A material of ours by its name (“walnut”, “brushed steel”, “leather”), in a colour where given; None for unknown words."""
    text, value = words.lower().strip(), color_value(color) if color else None
    for tone in f.WOODS:
        if tone in text:
            return f.wood(tone).material
    code = to_code(value) if value else ""
    plain: dict[str, Callable[[], f.Finish]] = {
        "wood": lambda: f.wood("oak"), "leather": lambda: f.leather(code or "#6b4630"),
        "fabric": lambda: f.fabric(code or "#8a8f96"),
        "glass": lambda: f.glass(code or "#f1f7f6"), "ceramic": lambda: f.ceramic(code or "#eeece6"),
        "plastic": lambda: f.plastic(code or "#d9d9d6"),
        "concrete": lambda: f.concrete(code or "#a3a19c"), "stone": lambda: f.terrazzo(code or "#cfcac0"),
        "paper": lambda: f.paper(code or "#f2f0ea"),
        "metal": lambda: f.painted_metal(code) if code else f.brushed_metal(), "brick": lambda: f.concrete(code or "#8d5040"),
        "plant": lambda: f.leaf(code or "#487545"), "cork": f.cork, "wicker": lambda: f.wicker(code or "#b08a57"),
    }  # fmt: skip
    special: dict[str, Callable[[], f.Finish]] = {"marble": lambda: f.marble(code or "#e9e6e0"), "chrome": f.chrome,
    "mirror": f.mirror, "rubber": f.rubber,
               "gold": lambda: f.brushed_metal("#d3a94f"), "brass": lambda: f.brushed_metal("#c0a050"),
               "copper": lambda: f.brushed_metal("#b87349"),
               "lacquer": lambda: f.lacquer(code or "#f1f0ec"), "tiles": lambda: f.ceramic_tiles(code or "#e4e2dc"),
               "plaster": lambda: f.plaster(code or "#ecebe6")}  # fmt: skip
    for word, build in special.items():
        if word in text:
            return build().material
    substance = material_of(text)
    return plain[substance]().material if substance in plain else None


def tinted(material: Material, color: Color) -> Material:
    """The same surface in another colour: a texture keeps its pattern, its mean takes the colour."""
    texture = material.base_color_texture
    if texture is not None:
        from ..scene import Texture
        from ..spatial.colour import from_bytes, to_bytes

        linear = from_bytes(texture.pixels[..., :3])
        tone = linear.mean(axis=2, keepdims=True)
        pattern = tone / max(float(tone.mean()), 1e-4)
        pixels = to_bytes(np.clip(pattern * np.array(color, np.float32), 0, 1))
        if texture.pixels.shape[2] == 4:
            pixels = np.concatenate([pixels, texture.pixels[..., 3:]], axis=2)
        texture = Texture(f"{texture.name} {to_code(color)}", pixels, texture.space)
    name = f"{material.name} {to_code(color)}"
    return replace(material, name=name, base_color=(*color, material.base_color[3]), base_color_texture=texture)


def changed_slots(materials: list[Material], areas: np.ndarray) -> list[int]:
    """The slots that a new colour is meant for: the largest, and others of its kind; never glass, lights or mirrors."""
    able = [
        k
        for k, material in enumerate(materials)
        if not (material.transmission > 0.5 or material.base_color[3] < 0.5 or material.emission_strength > 0)
    ]
    if not able:
        return []
    largest = max(able, key=lambda k: float(areas[k]))
    total = max(float(areas.sum()), 1e-9)
    kind = material_of(materials[largest].name)
    alike = [k for k in able if areas[k] / total > SHARE and material_of(materials[k].name) == kind and materials[k].metallic < 0.5]
    return sorted({largest, *alike})


def restyled(materials: list[Material], areas: np.ndarray, color: str, material: str) -> list[Material]:
    """The slots with the new colour or material where it belongs."""
    value = color_value(color) if color else None
    fresh = material_for(material, color) if material else None
    chosen = changed_slots(materials, areas)
    return [
        (fresh if fresh is not None else tinted(slot, value) if value else slot) if number in chosen else slot
        for number, slot in enumerate(materials)
    ]
