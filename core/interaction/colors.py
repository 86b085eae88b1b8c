"""Colours and materials by name: what is said becomes values, and what is seen becomes a word."""

from __future__ import annotations

import re

import numpy as np

from ..annotation.materials import MATERIALS, named
from ..characters.vocabulary import SHADED_COLORS
from ..environments.materials.color import hexadecimal
from ..environments.materials.finishes import WOODS
from ..spatial.colour import to_srgb

BASIC = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "beige", "black", "white", "grey")
_SEEN = {"red": "#b5352c", "orange": "#d9822b", "yellow": "#dcc23a", "green": "#4f8a45", "blue": "#3d66a5", "purple": "#74459b",
         "pink": "#dd86a4", "brown": "#7a5436", "beige": "#d8c7a6", "black": "#1e1e20", "white": "#ecebe7",
         "grey": "#8c8c8e"}  # fmt: skip
_FAMILY = {"navy": "blue", "teal": "green", "turquoise": "blue", "cyan": "blue", "maroon": "red", "crimson": "red",
    "scarlet": "red",
           "burgundy": "red", "gold": "yellow", "golden": "yellow", "silver": "grey", "gray": "grey", "violet": "purple",
           "magenta": "pink", "olive": "green", "lime": "green", "cream": "beige", "ivory": "white", "tan": "brown",
           "charcoal": "grey", "indigo": "blue", "lavender": "purple", "mustard": "yellow", "khaki": "green", "camel": "brown",
           "wooden": "brown"}  # fmt: skip
_EXTRA = {"racing green": (0.003, 0.045, 0.018), "forest green": (0.014, 0.07, 0.02), "mint": (0.4, 0.78, 0.55),
    "coral": (0.8, 0.2, 0.13),
          "peach": (0.9, 0.5, 0.33), "sage": (0.32, 0.42, 0.28), "royal blue": (0.02, 0.06, 0.5),
          "rust": (0.3, 0.06, 0.012)}  # fmt: skip
MATERIAL_WORDS = {
    **{tone: "wood" for tone in WOODS}, "steel": "metal", "brushed steel": "metal", "chrome": "metal", "iron": "metal",
    "aluminium": "metal", "aluminum": "metal", "brass": "metal", "copper": "metal", "velvet": "fabric", "linen": "fabric",
    "cotton": "fabric", "cloth": "fabric", "marble": "stone", "terrazzo": "stone", "granite": "stone", "porcelain": "ceramic",
    "tiles": "ceramic", "plaster": "concrete", "wicker": "wicker", "cork": "cork", "rubber": "plastic", "lacquer": "plastic",
}  # fmt: skip


def color_value(words: str) -> tuple[float, float, float] | None:
    """Linear RGB of a colour's name (“dark blue”, “navy”, “#3a5f8c”), or None."""
    text = " ".join(re.findall(r"[#a-z0-9]+", words.lower().replace("coloured", "").replace("colored", "")))
    if re.fullmatch(r"#[0-9a-f]{6}", text):
        return tuple(hexadecimal(text))  # type: ignore[return-value]
    known = SHADED_COLORS | _EXTRA
    parts = [word.removesuffix("ish") if word.removesuffix("ish") in known else word for word in text.split()]
    for start in range(len(parts)):
        if (value := known.get(" ".join(parts[start:]))) is not None:
            return value
    return None


def basic_of(words: str) -> str:
    """The basic colour that a colour's name belongs to (“navy” → “blue”), or ""."""
    for word in reversed(re.findall(r"[a-z]+", words.lower())):
        word = word.removesuffix("ish") if word.removesuffix("ish") in BASIC else word
        if word in BASIC:
            return word
        if word in _FAMILY:
            return _FAMILY[word]
    value = color_value(words)
    return color_name(value) if value else ""


def color_name(linear: tuple[float, float, float] | np.ndarray) -> str:
    """The basic colour nearest to a linear RGB value, in L*a*b* with lightness counting half."""
    names = list(_SEEN)
    wanted = _lab(np.asarray(linear, float)[None])[0]
    known = _lab(np.array([hexadecimal(code) for code in _SEEN.values()], float))
    return names[int((((known - wanted) * (0.6, 1.0, 1.0)) ** 2).sum(axis=1).argmin())]


def material_of(words: str) -> str:
    """The substance that words name (“oak” → “wood”), or ""."""
    text = " ".join(re.findall(r"[a-z]+", words.lower()))
    if text in MATERIALS:
        return text
    for word, substance in MATERIAL_WORDS.items():
        if re.search(rf"\b{word}\b", text):
            return substance
    return named(text)


def _lab(linear: np.ndarray) -> np.ndarray:
    """(n, 3) L*a*b* of linear RGB."""
    xyz = np.clip(linear, 0, 1) @ np.array([(0.4124, 0.2126, 0.0193), (0.3576, 0.7152, 0.1192), (0.1805, 0.0722, 0.9505)])
    f = np.cbrt(np.maximum(xyz / (0.9505, 1.0, 1.089), 1e-6))
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1)


def to_code(linear: tuple[float, float, float]) -> str:
    """“#rrggbb” of a linear colour."""
    return "#" + "".join(f"{round(float(value) * 255):02x}" for value in to_srgb(np.array(linear)))
