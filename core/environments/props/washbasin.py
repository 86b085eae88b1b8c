"""A washbasin on a pedestal, on a cabinet or hung on the wall."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import board
from ...geometry.shape import Part, Shape
from ...geometry.sweeps import cylinder, fillet, tube
from ..materials import ceramic, chrome
from .joinery import FRONT, carcass, drawer_fronts, vessel
from .plumbing import mixer_tap, waste
from .prop import Box, Prop, PropBrief, build

TAP, DEEP, FOOT = 0.15, 0.15, 0.25  # the tap over the rim, the depth of the basin, the legs of the cabinet
SET_BACK = -0.02  # the hollow before the middle of the basin


@dataclass
class WashbasinBrief(PropBrief):
    """A washbasin; its back (+Y) goes to the wall."""

    width: float = number(0.6, 0.36, 1.4, unit="m", help="Left to right")
    depth: float = number(0.46, 0.34, 0.6, unit="m", help="Front to back")
    height: float = number(1.0, 0.85, 1.15, unit="m", help="Floor to the tap's top; the rim is 0.15 m lower")
    style: str = choice("pedestal", ("pedestal", "cabinet", "hung"), help="What carries it")
    front: str = choice("painted", ("painted", "wood", "accent"), help="Fronts of the cabinet")


def washbasin(brief: WashbasinBrief) -> Prop:
    """The basin of a brief."""
    w, d = brief.width, brief.depth
    rim = brief.height - TAP
    low = rim - (0.05 if brief.style == "cabinet" else DEEP + 0.02)
    shape, bottom = _bowl(brief, rim, low)
    parts = [Part("basin", shape, ceramic("#f5f5f2")), waste(0.0, SET_BACK, bottom + 0.001)]
    parts += mixer_tap(0.0, d / 2 - 0.05, rim, TAP, min(0.13, d / 2 - 0.06))
    solid = [Box((-w / 2, -d / 2, low), (w / 2, d / 2, rim))]
    if brief.style == "pedestal":
        back = min(0.06, d / 2 - 0.11)
        parts.append(_pedestal(low, back))
        solid.append(Box((-0.12, back - 0.1, 0.0), (0.12, back + 0.1, low)))
    elif brief.style == "cabinet":
        front = -d / 2 + 0.012 + 0.031 + FRONT
        parts += _cabinet(brief, front, low)
        solid.append(Box((-w / 2 + 0.01, front, FOOT), (w / 2 - 0.01, d / 2, low)))
    else:
        parts += _pipes(d, low)
    return build("washbasin", "Washbasin", parts, solid, clearance=0.6)


def _bowl(brief: WashbasinBrief, rim: float, low: float) -> tuple[Shape, float]:
    """The basin with its hollow, and how low that reaches; over drawers a shallow tray."""
    w, d, tray = brief.width, brief.depth, brief.style == "cabinet"
    bowl = (w - 0.1 if w < 0.75 else 0.55 * w + 0.1, d - 0.15)
    if tray:
        outside = [(w - 0.02, d - 0.02, low), (w, d, low + 0.008), (w, d, rim - 0.006), (w - 0.008, d - 0.008, rim)]
    else:
        outside = [(0.5 * w, 0.4 * d, low), (0.72 * w, 0.62 * d, low + 0.02), (w - 0.03, d - 0.03, rim - 0.08), (w, d, rim - 0.05),
                   (w, d, rim - 0.006), (w - 0.008, d - 0.008, rim)]  # fmt: skip
    inside = [(bowl[0], bowl[1], rim), (bowl[0] - 0.016, bowl[1] - 0.016, rim - 0.012), (0.8 * bowl[0], 0.78 * bowl[1], rim - 0.08),
              (0.5 * bowl[0], 0.5 * bowl[1], rim - DEEP + 0.035)]  # fmt: skip
    if tray:
        inside = [(a, b, max(z, low + 0.012)) for a, b, z in inside[:2]] + [(0.85 * bowl[0], 0.85 * bowl[1], low + 0.012)]
    bottom = inside[-1][2]

    def forward(v: np.ndarray) -> np.ndarray:
        inner = (abs(v[:, 0]) <= bowl[0] / 2 + 1e-6) & (abs(v[:, 1]) <= bowl[1] / 2 + 1e-6) & (v[:, 2] > bottom - 1e-6)
        v[inner, 1] += SET_BACK
        return v

    return vessel(outside + inside, 0.05, 4).shaped(forward), bottom


def _pedestal(low: float, back: float) -> Part:
    rings = [(0.24, 0.2, 0.0), (0.25, 0.21, 0.01), (0.18, 0.16, 0.12), (0.15, 0.14, 0.45), (0.22, 0.18, low + 0.03)]
    return Part("pedestal", vessel(rings, 0.07, 4).moved(0.0, back), ceramic("#f5f5f2"))


def _cabinet(brief: WashbasinBrief, front: float, low: float) -> list[Part]:
    """Drawers on four legs."""
    look, w, d = brief.look, brief.width, brief.depth
    finish = {"painted": look.board, "wood": look.wood, "accent": look.accent_board}[brief.front]
    parts = carcass((-w / 2 + 0.01, front, FOOT), (w / 2 - 0.01, d / 2, low), finish)
    columns = 2 if w > 0.9 else 1
    for k in range(columns):
        x0, x1 = -w / 2 + 0.01 + k * (w - 0.02) / columns, -w / 2 + 0.01 + (k + 1) * (w - 0.02) / columns
        parts += drawer_fronts((x0, FOOT), (x1, low), front, (1.0, 1.0), finish, look.metal)
    corners = [(x, y) for x in (-w / 2 + 0.02, w / 2 - 0.05) for y in (front + 0.03, d / 2 - 0.06)]
    return parts + [Part("leg", board((x, y, 0.0), (x + 0.03, y + 0.03, FOOT)), look.metal) for x, y in corners]


def _pipes(depth: float, low: float) -> list[Part]:
    """The trap under a hung basin, and a valve's pipe to the floor, so that the prop stands on z = 0 like every other."""
    y, back = SET_BACK, depth / 2
    path = [(0, y, low + 0.01), (0, y, low - 0.17), (0, y + 0.08, low - 0.17), (0, y + 0.08, low - 0.08), (0, back, low - 0.08)]
    return [
        Part("trap", tube(fillet(path, 0.03, 4), 0.016, 10), chrome()),
        Part("trap", cylinder(0.026, low - 0.15, low - 0.09, 0.003, 14).moved(0.0, y), chrome()),
        Part("pipe", tube([(0.08, back - 0.012, 0.0), (0.08, back - 0.012, low + 0.02)], 0.006, 8), chrome()),
    ]
