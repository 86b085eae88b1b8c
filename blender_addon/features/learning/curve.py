"""The loss curve while it grows: a small picture drawn from the run's log, shown in the panel as an icon."""

from __future__ import annotations

import time
from pathlib import Path

import bpy
import bpy.utils.previews
import numpy as np

from ...core.learning.run_log import read_log

SIZE = 256
LOOK = 1.0  # seconds between two looks at the log
COLORS = {"held_loss": (0.95, 0.5, 0.15, 1.0), "loss": (0.28, 0.55, 0.95, 1.0)}

_previews: bpy.utils.previews.ImagePreviewCollection | None = None
_shown: tuple[str, int] = ("", 0)
_looked = 0.0


def picture(entries: list[dict]) -> np.ndarray:
    """(SIZE, SIZE, 4) float32, bottom row first: the losses of ``entries`` (one an epoch) over the epochs, each in its colour."""
    pixels = np.zeros((SIZE, SIZE, 4), np.float32)
    pixels[..., 3] = 0.12
    pixels[:: SIZE // 4, :, :3], pixels[:: SIZE // 4, :, 3] = 1.0, 0.15
    values = {name: [(n, entry[name]) for n, entry in enumerate(entries) if entry.get(name) is not None] for name in COLORS}
    every = [loss for points in values.values() for _, loss in points if np.isfinite(loss)]
    if not every:
        return pixels
    low, high, last = min(every), max(every), max(len(entries) - 1, 1)
    for name, points in values.items():
        if not points:
            continue
        epochs, losses = np.array(points, float).T
        columns = np.arange(SIZE)
        level = np.interp(columns / (SIZE - 1) * last, epochs, losses)
        rows = np.clip((level - low) / max(high - low, 1e-9) * (SIZE - 9) + 4, 1, SIZE - 2).astype(int)
        for column, row, before in zip(columns, rows, np.concatenate([rows[:1], rows[:-1]]), strict=True):
            pixels[min(row, before) - 1 : max(row, before) + 2, column] = COLORS[name]
    return pixels


def icon(folder: Path) -> int:
    """The number of the icon that shows the run in ``folder``; 0 while there is nothing to show. Looks once a second."""
    global _previews, _shown, _looked
    now = time.monotonic()
    if _previews is None:
        _previews = bpy.utils.previews.new()
    if now - _looked >= LOOK or str(folder) != _shown[0]:
        _looked = now
        entries = read_log(folder)
        if (str(folder), len(entries)) != _shown and entries:
            _shown = str(folder), len(entries)
            _previews.clear()
            preview = _previews.new("curve")
            preview.image_size = (SIZE, SIZE)
            preview.image_pixels_float = picture(entries).ravel()
        elif str(folder) != _shown[0]:
            return 0
    return _previews["curve"].icon_id if "curve" in _previews else 0


def forget() -> None:
    """Gives the picture's memory back."""
    global _previews, _shown
    if _previews is not None:
        bpy.utils.previews.remove(_previews)
    _previews, _shown = None, ("", 0)
