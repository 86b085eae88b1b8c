"""Land from pictures: a height map, or a colour sketch of what is where."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...errors import WorldwrightError
from ...geometry.contour import blurred
from ..sketches import classes
from .brief import LandscapeBrief
from .heights import fractal, resized, slackened

COLORS = {"water": "#3a78c8", "sand": "#e6d28a", "meadow": "#8cc85a", "forest": "#2f6b35", "rock": "#8a7f74", "snow": "#f4f6fa"}
LEVELS = {"water": -0.12, "sand": 0.015, "meadow": 0.06, "forest": 0.16, "rock": 0.6, "snow": 1.0}  # shares of the relief


def given_heights(picture: np.ndarray, brief: LandscapeBrief, size: int) -> tuple[np.ndarray, list[str]]:
    """(size, size) metres of a height map (H, W), its first row north, and notes. Raises WorldwrightError when it is flat."""
    notes: list[str] = []
    field = np.asarray(picture, np.float32)
    if field.ndim != 2 or min(field.shape) < 4:
        raise WorldwrightError("The height map is smaller than 4 x 4 pixels.", "Give a picture of at least 64 x 64.")
    if not np.isfinite(field).all():
        field = np.where(
            np.isfinite(field), field, np.nanmin(np.where(np.isfinite(field), field, np.nan)) if np.isfinite(field).any() else 0
        )
        notes.append("Places of the height map that hold no number were taken as its lowest.")
    low, high = float(field.min()), float(field.max())
    if high - low < 1e-6 * max(1.0, abs(high)):
        raise WorldwrightError("The height map has one colour only, so there is no land to make of it.",
                               "Use a picture with light and dark, where light is high.")  # fmt: skip
    rows, columns = field.shape
    if rows != columns:
        side = min(rows, columns)
        top, left = (rows - side) // 2, (columns - side) // 2
        field = field[top : top + side, left : left + side]
        notes.append(f"The height map is not square; its middle {side} x {side} pixels were used.")
    step = max(1, len(field) // (2 * size))
    if step > 1:
        field = blurred(field, step // 2)[::step, ::step].astype(np.float32)
    levels = len(np.unique(field[:: max(1, len(field) // 256), :: max(1, len(field) // 256)]))
    land = resized(field[::-1], size)
    if high <= 1.0001 and low >= 0:
        tall = brief.height_scale or 0.22 * brief.size
        if not brief.height_scale:
            notes.append(f"White was taken to be {tall:.0f} m high; set the height scale to change it.")
        land = land * tall
    else:
        land = land * (brief.height_scale / high if brief.height_scale else 1.0)
    if levels <= 256 and len(field) > 64:
        land = blurred(land, max(1, size // 256)).astype(np.float32)  # eight bits make steps
    return (land - land.min()).astype(np.float32), notes


def sketched_land(
    pixels: np.ndarray, brief: LandscapeBrief, size: int, rng: np.random.Generator
) -> tuple[np.ndarray, LandscapeBrief, list[str]]:
    """Heights (size, size) of a sketch, its first row north, the brief with what the sketch decides, and notes."""
    kinds = classes(pixels, COLORS)
    names = list(COLORS)
    shares = {name: float((kinds == k).mean()) for k, name in enumerate(names)}
    if max(shares.values()) > 0.995:
        raise WorldwrightError("The sketch has one colour only.",
                               "Paint " + ", ".join(f"{name} {code}" for name, code in COLORS.items()) + ".")  # fmt: skip
    tall = 0.3 * (0.3 + 0.7 * brief.relief) * brief.size
    level = np.array([LEVELS[name] for name in names])[kinds]
    field = resized(blurred(level, max(2, len(level) // 36))[::-1].astype(np.float32), size)
    noise = fractal(rng, size, 6, 4, 0.55)
    land = field * tall + noise / noise.std() * tall * 0.09 * np.clip(field, 0.04, 1.0)
    land = slackened(land, brief.size / size, 0.85, int(10 + 20 * brief.erosion))
    wet = shares["water"] > 0.005
    depth = float(np.clip(0.4 + shares["water"], 0.0, 1.0)) if wet else 0.0
    density = float(np.clip(0.2 + 1.2 * shares["forest"], 0.1, 1.0))
    changed = replace(brief, kind="lake" if wet else brief.kind, water=depth, density=density)
    notes = ["From the sketch: " + ", ".join(f"{name} {share:.0%}" for name, share in shares.items() if share > 0.01) + "."]
    return land.astype(np.float32), changed, notes
