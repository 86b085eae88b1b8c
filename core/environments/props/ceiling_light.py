"""A ceiling light: a flat panel, a line, or a pendant with a shade."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, lathe
from ..materials import glow, painted_metal
from .prop import CEILING, Prop, PropBrief, build


@dataclass
class CeilingLightBrief(PropBrief):
    """A light whose top is on the ceiling."""

    width: float = number(0.6, 0.1, 2.4, unit="m", help="Left to right")
    depth: float = number(0.6, 0.05, 1.2, unit="m", help="Front to back")
    height: float = number(0.05, 0.03, 1.5, unit="m", help="How far it hangs down")
    style: str = choice("panel", ("panel", "line", "pendant"), help="Flat panel, suspended line or shade on a cord")
    strength: float = number(4.0, 0.0, 40.0, help="Glow of the diffuser")


def ceiling_light(brief: CeilingLightBrief) -> Prop:
    """The light of a brief."""
    parts = {"panel": _panel, "line": _line, "pendant": _pendant}[brief.style](brief)
    return build("lamp", "Ceiling light", parts, mount=CEILING)


def _panel(brief: CeilingLightBrief) -> list[Part]:
    w, d, h, white = brief.width, brief.depth, brief.height, painted_metal("#efefec")
    rim = min(0.014, 0.2 * min(w, d))
    body = box((-w / 2 + 0.001, -d / 2 + 0.001, 0.4 * h), (w / 2 - 0.001, d / 2 - 0.001, h), 0.003)
    parts = [Part("case", body, white)]
    for x in (-w / 2, w / 2 - rim):
        parts.append(Part("case", box((x, -d / 2, 0.0), (x + rim, d / 2, 0.5 * h), 0.002), white))
    for y in (-d / 2, d / 2 - rim):
        parts.append(Part("case", box((-w / 2 + rim, y, 0.0), (w / 2 - rim, y + rim, 0.5 * h), 0.002), white))
    diffuser = box((-w / 2 + rim, -d / 2 + rim, 0.003), (w / 2 - rim, d / 2 - rim, 0.4 * h), 0.0)
    return [*parts, Part("diffuser", diffuser, glow("#fff6e8", brief.strength))]


def _line(brief: CeilingLightBrief) -> list[Part]:
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    deep = min(0.07, 0.5 * h)
    parts = [
        Part("case", box((-w / 2, -d / 2, 0.006), (w / 2, d / 2, deep), 0.004), look.frame),
        Part(
            "diffuser",
            box((-w / 2 + 0.006, -d / 2 + 0.006, 0.0), (w / 2 - 0.006, d / 2 - 0.006, 0.008), 0.002),
            glow("#fff6e8", brief.strength),
        ),
    ]
    for x in (-0.4 * w, 0.4 * w):
        parts.append(Part("cord", cylinder(0.0015, deep - 0.001, h - 0.01, 0.0005, 6).moved(x), look.metal))
        parts.append(Part("rose", cylinder(min(0.03, d / 2), h - 0.016, h, 0.003, 16).moved(x), look.frame))
    return parts


def _pendant(brief: CeilingLightBrief) -> list[Part]:
    look, r, h = brief.look, min(brief.width, brief.depth) / 2, brief.height
    deep, t = min(0.75 * r + 0.04, 0.7 * h), 0.003
    curve = [(0.12, 1.0), (0.16, 0.95), (0.34, 0.9), (0.62, 0.76), (0.84, 0.52), (0.95, 0.26), (1.0, 0.0)]
    outside = [(r * a, deep * b) for a, b in curve]
    inside = [(r * a - t, max(deep * b - t, 0.0)) for a, b in curve]
    shade = lathe([(0.0, deep), *outside, *inside[::-1], (0.0, deep - t)], 36)
    bulb_r = min(0.05, 0.35 * r)
    arc = [(0.0, -1.0), (0.55, -0.83), (0.9, -0.4), (1.0, 0.05), (0.86, 0.5), (0.45, 0.95), (0.4, 1.4), (0.0, 1.4)]
    bulb = lathe([(bulb_r * a, deep - t - 1.45 * bulb_r + bulb_r * b) for a, b in arc], 20)
    return [
        Part("shade", shade, painted_metal(look.shades[0])),
        Part("bulb", bulb, glow("#ffe9c8", brief.strength)),
        Part("cord", cylinder(0.0035, deep - 0.001, h - 0.01, 0.0005, 8), look.plastic),
        Part(
            "rose",
            lathe([(0.0, h - 0.025), (0.012, h - 0.025), (min(0.05, 0.9 * r), h - 0.004), (min(0.05, 0.9 * r), h), (0.0, h)], 24),
            look.frame,
        ),
    ]
