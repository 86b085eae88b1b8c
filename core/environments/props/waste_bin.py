"""A waste-paper bin, open, or with a swing lid for sorted waste."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number, whole
from ...geometry.blocks import box
from ...geometry.shape import Part, Shape
from ...geometry.sweeps import lathe
from ..materials import paper, plastic
from .prop import Prop, PropBrief, build


@dataclass
class WasteBinBrief(PropBrief):
    """A bin."""

    width: float = number(0.28, 0.18, 0.6, unit="m", help="Left to right")
    depth: float = number(0.28, 0.18, 0.6, unit="m", help="Front to back")
    height: float = number(0.32, 0.22, 0.9, unit="m", help="Floor to rim")
    style: str = choice("round", ("round", "sorting"), help="Open bucket or square bin with a lid")
    paper: int = whole(3, 0, 8, help="Crumpled sheets in it")


def waste_bin(brief: WasteBinBrief) -> Prop:
    """The bin of a brief."""
    return build("bin", "Waste bin", _bucket(brief) if brief.style == "round" else _sorting(brief))


def _bucket(brief: WasteBinBrief) -> list[Part]:
    look, h, t = brief.look, brief.height, 0.004
    r = min(brief.width, brief.depth) / 2
    low = 0.78 * r
    rim = [(r - t, h - 0.012), (r, h - 0.01), (r, h - 0.002), (r - 0.002, h), (r - 2 * t, h), (r - 2 * t - 0.001, h - 0.002)]
    profile = [(0.0, 0.0), (low - 0.006, 0.0), (low, 0.006), *rim, (low - t, t + 0.004), (low - 2 * t, t), (0.0, t)]
    parts = [Part("bucket", lathe(profile, 36), look.plastic)]
    rng = np.random.default_rng(brief.seed)
    for k in range(brief.paper):
        size = rng.uniform(0.16, 0.22) * r + 0.018
        angle, out = k * 2.4, 0.4 * r * np.sqrt(k / max(1, brief.paper))
        z = min(0.62 * h + 0.05 * h * k, h - size - 0.005)
        parts.append(Part("paper", _crumpled(size, rng).moved(out * np.cos(angle), out * np.sin(angle), z), paper()))
    return parts


def _crumpled(radius: float, rng: np.random.Generator) -> Shape:
    """A ball of paper: a coarse sphere with creased radii."""
    angles = np.linspace(-np.pi / 2, np.pi / 2, 7)
    ball = lathe(np.stack([np.abs(np.cos(angles)) * radius * (np.abs(angles) < 1.57), np.sin(angles) * radius], axis=1), 10)
    return ball.shaped(lambda v: v * rng.uniform(0.72, 1.0, (len(v), 1)))


def _sorting(brief: WasteBinBrief) -> list[Part]:
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    head = min(0.16, 0.3 * h)

    def taper(v: np.ndarray) -> np.ndarray:
        v[:, :2] *= 0.88 + 0.12 * v[:, 2:] / (h - head)
        return v

    body = box((-w / 2 + 0.004, -d / 2 + 0.004, 0.0), (w / 2 - 0.004, d / 2 - 0.004, h - head + 0.012), 0.012).shaped(taper)
    lid = box((-w / 2, -d / 2, h - head), (w / 2, d / 2, h - 0.003), 0.01)
    flap = box((-w / 2 + 0.05, -d / 2 + 0.05, h - 0.02), (w / 2 - 0.05, d / 2 - 0.05, h), 0.001)
    mark = box((-0.06, -d / 2 + 0.0035, h - head - 0.13), (0.06, -d / 2 + 0.006, h - head - 0.03), 0.0)
    color = plastic(look.shades[brief.seed % len(look.shades)])
    parts = [Part("body", body, look.plastic), Part("lid", lid, color), Part("flap", flap, look.plastic)]
    return parts if h - head < 0.18 else [*parts, Part("label", mark, paper())]
