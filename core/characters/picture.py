"""A reference picture → what of a character can be read from it: a palette, colours of clothes, hair colour and length.

Made for one person, upright, most of the body in view, before a background that differs from them. Read by colour alone, on
this machine; what is not seen clearly is left as it is and said. Origin, skin tone, age and identity are never read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..errors import WorldwrightError

SIDE = 160  # pixels of the longer side that is looked at
APART = 22.0  # Lab distance from the background at which a pixel belongs to the person
SURE = 0.45  # share of a zone that one colour must have to be taken as that of a garment
PALETTE = 5
ZONES = {"upper_color": (0.24, 0.46), "lower_color": (0.56, 0.82), "shoes_color": (0.955, 1.0)}
WORDS = {"upper_color": "upper garment", "lower_color": "lower garment", "shoes_color": "shoes"}


@dataclass
class Reading:
    """``values`` for a CharacterBrief, the ``palette`` (linear RGB, most frequent first), and ``notes`` in full sentences."""

    values: dict[str, Any] = field(default_factory=dict)
    palette: list[tuple[float, float, float]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_picture(pixels: np.ndarray) -> Reading:
    """Reads (H, W, 3 or 4) uint8 sRGB, first row on top. Raises WorldwrightError for what is no picture of a person."""
    if pixels.ndim != 3 or pixels.shape[2] not in (3, 4) or min(pixels.shape[:2]) < 32:
        raise WorldwrightError("The picture is too small to read.", "Give one of at least 32 by 32 pixels.")
    small = _shrunk(pixels)
    lab = to_lab(small[..., :3])
    mask = small[..., 3] > 127 if small.shape[2] == 4 and (small[..., 3] < 128).mean() > 0.05 else _person(lab)
    rows, columns = np.flatnonzero(mask.sum(axis=1) > 1), np.flatnonzero(mask.sum(axis=0) > 1)
    if len(rows) == 0 or mask.mean() < 0.03:
        raise WorldwrightError("Nobody stands out from the background of this picture.", "Give one with a plain background.")
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    reading = Reading(palette=_palette(small[..., :3][mask], lab[mask]))
    if (bottom - top) < 1.4 * (right - left):
        reading.notes.append("The whole figure is not in view: clothes could not be told apart and were left.")
        return reading
    person = (slice(top, bottom), slice(left, right))
    _clothes(small[person][..., :3], lab[person], mask[person], reading)
    _hair(small[person][..., :3], lab[person], mask[person], reading)
    reading.notes.append("Face, build, age and skin were not read from the picture.")
    return reading


def to_lab(srgb: np.ndarray) -> np.ndarray:
    """(..., 3) CIE L*a*b* (D65) of uint8 sRGB."""
    xyz = to_linear(srgb) @ np.array([[0.4124, 0.2126, 0.0193], [0.3576, 0.7152, 0.1192], [0.1805, 0.0722, 0.9505]])
    f = xyz / (0.9505, 1.0, 1.089)
    f = np.where(f > 0.008856, np.cbrt(f), 7.787 * f + 16 / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def to_linear(srgb: np.ndarray) -> np.ndarray:
    """0..1 linear of uint8 sRGB."""
    value = srgb.astype(np.float64) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def _shrunk(pixels: np.ndarray) -> np.ndarray:
    """The picture with a longer side of about ``SIDE`` pixels, each the mean of a block."""
    step = max(1, round(max(pixels.shape[:2]) / SIDE))
    height, width = (size // step * step for size in pixels.shape[:2])
    blocks = pixels[:height, :width].reshape(height // step, step, width // step, step, -1)
    return blocks.mean(axis=(1, 3)).round().astype(np.uint8)


def _person(lab: np.ndarray) -> np.ndarray:
    """(H, W) bool: pixels unlike the border's colours, those that hang together with the middle."""
    border = np.concatenate([lab[:2].reshape(-1, 3), lab[:, :2].reshape(-1, 3), lab[:, -2:].reshape(-1, 3)])
    centres = _means(border, 4)
    apart = np.linalg.norm(lab[:, :, None] - centres, axis=3).min(axis=2) > APART
    seed = np.zeros_like(apart)
    height, width = apart.shape
    seed[height // 6 : -height // 6, int(0.35 * width) : int(0.65 * width)] = True
    grown = apart & seed
    while True:
        wide = grown.copy()
        wide[1:] |= grown[:-1]
        wide[:-1] |= grown[1:]
        wide[:, 1:] |= grown[:, :-1]
        wide[:, :-1] |= grown[:, 1:]
        wide &= apart
        if (wide == grown).all():
            return grown
        grown = wide


def _means(points: np.ndarray, count: int) -> np.ndarray:
    """(K, 3) cluster centres (k-means, started at evenly spread ranks of lightness, so that it needs no chance)."""
    order = points[np.argsort(points[:, 0], kind="stable")]
    centres = order[np.linspace(0, len(order) - 1, count).astype(int)].astype(float)
    for _ in range(12):
        near = np.linalg.norm(points[:, None] - centres, axis=2).argmin(axis=1)
        centres = np.array([points[near == k].mean(axis=0) if (near == k).any() else centres[k] for k in range(count)])
    return centres


def _palette(colors: np.ndarray, lab: np.ndarray) -> list[tuple[float, float, float]]:
    centres = _means(lab, PALETTE)
    near = np.linalg.norm(lab[:, None] - centres, axis=2).argmin(axis=1)
    frequent = np.argsort(-np.bincount(near, minlength=PALETTE), kind="stable")
    return [_linear(colors[near == k]) for k in frequent if (near == k).any()]


def _linear(colors: np.ndarray) -> tuple[float, float, float]:
    """The middle colour of (N, 3) uint8, linear."""
    red, green, blue = np.median(to_linear(colors), axis=0)
    return round(float(red), 4), round(float(green), 4), round(float(blue), 4)


def _is_skin(lab: np.ndarray) -> np.ndarray:
    """(...) bool: colours that skin of any tone can have: warm, neither grey nor strongly coloured."""
    hue = np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    return (hue > 25) & (hue < 80) & (chroma > 10) & (chroma < 48) & (lab[..., 0] > 18) & (lab[..., 0] < 92)


def _main(colors: np.ndarray, lab: np.ndarray) -> tuple[tuple[float, float, float], float]:
    """The commonest colour and its share of the pixels."""
    centres = _means(lab, 3)
    near = np.linalg.norm(lab[:, None] - centres, axis=2)
    close = (near < 14).sum(axis=0)
    best = int(close.argmax())
    return _linear(colors[near[:, best] < 14]) if close[best] else (0.0, 0.0, 0.0), float(close[best]) / max(len(lab), 1)


def _clothes(colors: np.ndarray, lab: np.ndarray, mask: np.ndarray, reading: Reading) -> None:
    height, width = mask.shape
    for name, (start, end) in ZONES.items():
        zone = np.zeros_like(mask)
        zone[int(start * height) : max(int(end * height), int(start * height) + 2), int(0.2 * width) : int(0.8 * width)] = True
        zone &= mask
        if zone.sum() < 8:
            reading.notes.append(f"The {WORDS[name]} could not be seen and was left.")
            continue
        color, share = _main(colors[zone], lab[zone])
        if share < SURE:
            reading.notes.append(f"The {WORDS[name]} has no one colour and was left.")
        elif name != "shoes_color" and _is_skin(to_lab(_bytes(color)[None])).all():
            reading.notes.append(f"The {WORDS[name]} looks like skin and was left.")
        else:
            reading.values[name] = color


def _bytes(color: tuple[float, float, float]) -> np.ndarray:
    linear = np.array(color)
    srgb = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * np.maximum(linear, 1e-9) ** (1 / 2.4) - 0.055)
    return np.round(srgb * 255).astype(np.uint8)


def _hair(colors: np.ndarray, lab: np.ndarray, mask: np.ndarray, reading: Reading) -> None:
    """Hair is what tops the head and is no skin; its length is how far down its colour goes beside the face."""
    height = len(mask)
    crown = np.zeros_like(mask)
    crown[: max(int(0.045 * height), 2)] = True
    crown &= mask
    face = np.zeros_like(mask)
    middle = int(np.mean(np.flatnonzero(mask[: max(int(0.12 * height), 2)].any(axis=0)))) if mask[: int(0.12 * height)].any() else 0
    reach = max(int(0.025 * height), 1)
    face[int(0.07 * height) : int(0.12 * height), max(middle - reach, 0) : middle + reach] = True
    face &= mask
    if crown.sum() < 4 or face.sum() < 4:
        reading.notes.append("The head is not in view: hair was left.")
        return
    skin = np.median(lab[face], axis=0)
    bare = crown & (np.linalg.norm(lab - skin, axis=2) > 14)
    if bare.sum() < 0.4 * crown.sum():
        reading.notes.append("Hair could not be told from skin: it was left.")
        return
    color, share = _main(colors[bare], lab[bare])
    if share < SURE:
        reading.notes.append("Hair has no one colour: it was left.")
        return
    reading.values["hair_color"] = color
    like = (np.linalg.norm(lab - to_lab(_bytes(color)[None])[0], axis=2) < 13) & mask
    wide = max(int(0.11 * height), 2)
    beside = slice(max(middle - wide, 0), middle + wide)
    share_of_row = like[:, beside].sum(axis=1) / np.maximum(mask[:, beside].sum(axis=1), 1)
    start = int(0.06 * height)  # the very top mixes with the background
    down = start + np.flatnonzero(share_of_row[start : int(0.45 * height)] < 0.12)
    fall = float(down[0] if len(down) else int(0.45 * height)) / height
    if (
        "upper_color" in reading.values
        and np.linalg.norm(to_lab(_bytes(reading.values["upper_color"])) - to_lab(_bytes(color))) < 18
    ):
        reading.notes.append("Hair and clothes have much the same colour: the length of the hair was left.")
        return
    style, length = ("short", 0.4) if fall < 0.105 else ("bob", 0.5) if fall < 0.175 else ("long", min(1.0, (fall - 0.1) * 4))
    reading.values |= {"hair": style, "hair_length": round(length, 2)}
