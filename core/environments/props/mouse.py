"""A computer mouse, with a mat where wished."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import flag, number
from ...geometry.blocks import cushion
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, extrude, rounded_rectangle
from ..materials import rubber
from .prop import SURFACE, Prop, PropBrief, build


@dataclass
class MouseBrief(PropBrief):
    """A mouse; its user sits towards -Y. With a mat, width and depth are the mat's."""

    width: float = number(0.064, 0.05, 0.4, unit="m", help="Left to right")
    depth: float = number(0.112, 0.09, 0.3, unit="m", help="Front to back")
    height: float = number(0.038, 0.028, 0.05, unit="m", help="Desk to the highest point")
    mat: bool = flag(False, help="Lying on a mat")


def mouse(brief: MouseBrief) -> Prop:
    """The mouse of a brief."""
    look = brief.look
    w, d = (min(brief.width, 0.066), min(brief.depth, 0.115)) if brief.mat else (brief.width, brief.depth)
    base = 0.003 if brief.mat else 0.0

    def slope(v: np.ndarray) -> np.ndarray:
        t = v[:, 1] / d + 0.5  # 0 at the wrist, 1 at the buttons
        high = v[:, 2] > base + 0.012
        fall = 1.0 - 0.55 * np.clip(t - 0.35, 0, 1) ** 1.3 - 0.5 * np.clip(0.35 - t, 0, 1)
        v[:, 2] = np.where(high, base + 0.012 + (v[:, 2] - base - 0.012) * fall, v[:, 2])
        v[:, 0] *= 1.0 - 0.12 * np.sin(np.pi * np.clip(t, 0, 1)) * (v[:, 2] < base + 0.02) - 0.10 * np.clip(t - 0.6, 0, 1)
        return v

    body = cushion((-w / 2, -d / 2, base), (w / 2, d / 2, brief.height), 0.017, 0.006, (8, 10, 5)).shaped(slope)
    wheel = cylinder(0.008, -0.0035, 0.0035, 0.001, 14).turned("y", np.pi / 2)
    spine = body.vertices[(np.abs(body.vertices[:, 0]) < 0.02 * w) & (body.vertices[:, 2] > base + 0.012)]
    spine = spine[np.argsort(spine[:, 1])]
    top = float(np.interp(0.26 * d, spine[:, 1], spine[:, 2]))
    parts = [Part("case", body, look.plastic), Part("wheel", wheel.moved(0.0, 0.26 * d, top - 0.0055), rubber())]
    if brief.mat:
        mat = extrude(rounded_rectangle(brief.width, brief.depth, 0.012, 3), 0.0, base, 0.001)
        parts.append(Part("mat", mat, look.accent))
    return build("electronics", "Mouse", parts, mount=SURFACE)
