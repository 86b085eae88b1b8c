"""A loose cushion, lying flat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import cushion as soft_box
from ...geometry.shape import Part
from ..materials import fabric
from .prop import SURFACE, Prop, PropBrief, build, fitted


@dataclass
class CushionBrief(PropBrief):
    """A cushion."""

    width: float = number(0.45, 0.3, 0.8, unit="m", help="Left to right")
    depth: float = number(0.45, 0.3, 0.8, unit="m", help="Front to back")
    height: float = number(0.14, 0.08, 0.25, unit="m", help="How thick it is")
    cover: str = choice("any", ("any", "accent", "fabric"), help="Its cloth; any: one of the palette's colours, as the seed has it")


def cushion(brief: CushionBrief) -> Prop:
    """The cushion of a brief."""
    look = brief.look
    shade = look.shades[brief.seed % len(look.shades)]
    cloth = {"any": fabric(shade), "accent": look.accent, "fabric": look.fabric}[brief.cover]
    w, d, h = brief.width, brief.depth, brief.height
    shape = soft_box((-w / 2, -d / 2, 0.0), (w / 2, d / 2, h), 0.25 * h, 0.3 * h, (10, 10, 4))

    def pinch(v: np.ndarray) -> np.ndarray:
        """Thin towards the seam, with corners drawn out to points and sides drawn in."""
        x, y = v[:, 0] / (w / 2), v[:, 1] / (d / 2)
        v[:, 0] *= 1.0 - 0.07 * (1 - y**2) * np.abs(x) ** 3
        v[:, 1] *= 1.0 - 0.07 * (1 - x**2) * np.abs(y) ** 3
        flat = np.clip(np.maximum(np.abs(x), np.abs(y)), 0, 1) ** 4
        v[:, 2] = h / 2 + (v[:, 2] - h / 2) * (1.0 - 0.6 * flat)
        return v

    return build("cushion", "Cushion", fitted([Part("cushion", shape.shaped(pinch), cloth)], brief), mount=SURFACE)
