"""Seamless fields of things laid in courses: bricks, ashlar, slabs, slates, boards; and how a finish is painted from fields."""

from __future__ import annotations

import numpy as np

from ...geometry.shape import Finish
from ...scene import Material
from .color import Color
from .noise import SIZE
from .textures import color_texture, normal_texture, occlusion, shaded_texture, surface_texture


def courses(rows: int, columns: int, tile: float, shift: float = 0.5) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """A bond of ``rows`` x ``columns`` stones on ``tile`` metres, every second course shifted by ``shift`` stones.

    Returns (SIZE, SIZE) fields: the stone's number, the distance to its nearest edge in metres, and the place in it along u
    and v in 0..1 (v from its lower edge).
    """
    place = (np.arange(SIZE) + 0.5) / SIZE
    down = place[:, None] * rows
    row = np.floor(down).astype(int)
    along = place[None] * columns + (row % 2) * shift
    column = np.floor(along).astype(int) % columns
    u, v = along - np.floor(along), 1.0 - (down - row)
    edge = np.minimum(np.minimum(u, 1 - u) * tile / columns, np.minimum(v, 1 - v) * tile / rows)
    return row * columns + column, edge.astype(np.float32), u.astype(np.float32), np.broadcast_to(v, u.shape).astype(np.float32)


def scaled(color: Color, factor: float) -> Color:
    """A colour made darker or lighter."""
    red, green, blue = (min(1.0, max(0.0, value * factor)) for value in color)
    return red, green, blue


def painted(
    name: str,
    tile: float,
    tone: np.ndarray,
    colors: list[Color] | None,
    roughness: np.ndarray | float = 0.85,
    height: np.ndarray | None = None,
    **values,
) -> Finish:
    """A finish from fields: ``tone`` (H, W) in 0..1 runs through ``colors``, or is itself linear colours (H, W, 3) without them.

    ``height`` in metres becomes the normal map; ``roughness`` a map where it is a field.
    """
    if colors is None:
        red, green, blue = (float(v) for v in tone.reshape(-1, 3).mean(axis=0))
        texture, middle = shaded_texture(name, tone), (red, green, blue)
    else:
        texture, middle = color_texture(name, tone, colors), colors[len(colors) // 2]
    fixed = roughness if isinstance(roughness, float) else float(np.mean(roughness))
    return Finish(
        Material(
            name, (*middle, 1.0), roughness=fixed, base_color_texture=texture,
            roughness_texture=None if isinstance(roughness, float) else surface_texture(name, roughness, occlusion(height, tile)),
            normal_texture=None if height is None else normal_texture(name, height, tile), **values,
        ),
        tile,
    )  # fmt: skip


def blend(base: np.ndarray, color: Color, mask: np.ndarray) -> np.ndarray:
    """Linear colours (H, W, 3) with another laid over where ``mask`` (H, W) in 0..1 says."""
    return base + np.clip(mask, 0.0, 1.0)[..., None] * (np.array(color, np.float32) - base)


def step(low: float, high: float, field: np.ndarray) -> np.ndarray:
    """A smooth step from 0 at ``low`` to 1 at ``high``."""
    t = np.clip((field - low) / (high - low), 0.0, 1.0)
    return t * t * (3 - 2 * t)
