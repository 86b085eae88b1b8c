"""A table to meet at: rectangular, boat-shaped or round, on legs or columns, with a cable box in the middle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, flag, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, extrude, lathe, loft, rounded_rectangle
from .prop import Box, Prop, PropBrief, Surface, build


@dataclass
class MeetingTableBrief(PropBrief):
    """A meeting table."""

    width: float = number(2.4, 0.7, 6.0, unit="m", help="Left to right")
    depth: float = number(1.1, 0.6, 2.0, unit="m", help="Front to back")
    height: float = number(0.74, 0.6, 1.1, unit="m", help="Floor to the top's upper side")
    shape: str = choice("boat", ("rectangle", "boat", "round"), help="Outline of the top")
    legs: str = choice("columns", ("columns", "frame"), help="Columns on foot plates, or four legs")
    cable_box: bool = flag(True, help="A lid for sockets in the middle")


def meeting_table(brief: MeetingTableBrief) -> Prop:
    """The table of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    t = 0.03
    parts = [Part("top", extrude(_outline(brief), h - t, h, 0.004), look.top)]
    parts += _columns(brief, h - t) if brief.legs == "columns" else _frame(brief, h - t)
    if brief.cable_box and min(w, d) > 0.8:
        lid = box((-0.14, -0.06, h - 0.002), (0.14, 0.06, h), 0.0008)
        parts.append(Part("cable outlet", lid, look.plastic))
    inset = 0.18 * min(w, d) if brief.shape == "round" else 0.03
    surface = Surface((-w / 2 + inset, -d / 2 + inset), (w / 2 - inset, d / 2 - inset), h)
    solid = [Box((-w / 2, -d / 2, h - t), (w / 2, d / 2, h)), *_leg_boxes(brief, h - t)]
    return build("table", "Meeting table", parts, solid, surfaces=[surface], clearance=0.9)


def _outline(brief: MeetingTableBrief) -> np.ndarray:
    w, d = brief.width, brief.depth
    if brief.shape == "rectangle":
        return rounded_rectangle(w, d, 0.03, 3)
    if brief.shape == "round":
        angle = 2 * np.pi * np.arange(48) / 48
        return np.stack([w / 2 * np.cos(angle), d / 2 * np.sin(angle)], axis=1)
    outline = rounded_rectangle(1.0, 1.0, 0.04, 3)
    outline = np.concatenate([_split(a, b, 8) for a, b in zip(outline, np.roll(outline, -1, axis=0), strict=True)])
    x, y = outline.T
    return np.stack([w * x, d * y * (1.0 - 0.22 * (2 * x) ** 2)], axis=1)


def _split(a: np.ndarray, b: np.ndarray, pieces: int) -> np.ndarray:
    """Points from ``a`` up to but without ``b``; only long edges are divided."""
    if np.linalg.norm(b - a) < 0.2:
        return a[None]
    return a + (b - a) * (np.arange(pieces) / pieces)[:, None]


def _centres(brief: MeetingTableBrief) -> list[float]:
    """Where the columns stand along x."""
    w = brief.width
    if w < 1.5 or brief.shape == "round" and w < 1.8:
        return [0.0]
    reach = w / 2 - min(0.55, 0.27 * w)
    return [-reach, 0.0, reach] if w > 3.6 else [-reach, reach]


def _columns(brief: MeetingTableBrief, under: float) -> list[Part]:
    """Steel columns on flat foot plates, with a spreader under the top."""
    look, plate = brief.look, 0.3 * min(brief.depth, 1.2)
    parts = []
    for x in _centres(brief):
        foot = lathe([(0.0, 0.0), (plate - 0.003, 0.0), (plate, 0.003), (plate, 0.01), (plate - 0.012, 0.016), (0.0, 0.02)], 32)
        parts.append(Part("foot", foot.moved(x), look.frame))
        parts.append(Part("column", cylinder(0.042, 0.018, under - 0.012, 0.003, 20).moved(x), look.frame))
        spread = box((x - 0.22, -0.05, under - 0.014), (x + 0.22, 0.05, under), 0.003)
        parts.append(Part("beam", spread, look.frame))
    return parts


def _frame(brief: MeetingTableBrief, under: float) -> list[Part]:
    """Four tapered legs and an apron of beams."""
    look, (x, y) = brief.look, _leg_place(brief)
    parts = []
    for sx in (-1, 1):
        for sy in (-1, 1):
            square = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], float)
            rings = [
                np.column_stack([square * r + (sx * x, sy * y), np.full(4, z)])
                for r, z in ((0.016, 0.0), (0.02, 0.004), (0.03, under))
            ]
            parts.append(Part("leg", loft(np.array(rings)), look.trim))
    for sy in (-1, 1):
        parts.append(Part("beam", box((-x + 0.03, sy * y - 0.011, under - 0.075), (x - 0.03, sy * y + 0.011, under)), look.trim))
    for sx in (-1, 1):
        parts.append(Part("beam", box((sx * x - 0.011, -y + 0.03, under - 0.075), (sx * x + 0.011, y - 0.03, under)), look.trim))
    return parts


def _leg_place(brief: MeetingTableBrief) -> tuple[float, float]:
    """Where a leg's middle stands, from the table's middle: inside the outline."""
    share = {"rectangle": (0.5, 0.5), "boat": (0.42, 0.36), "round": (0.33, 0.33)}[brief.shape]
    edge = 0.05 if brief.shape == "rectangle" else 0.03
    return share[0] * brief.width - edge, share[1] * brief.depth - edge


def _leg_boxes(brief: MeetingTableBrief, under: float) -> list[Box]:
    if brief.legs == "columns":
        plate = 0.3 * min(brief.depth, 1.2)
        feet = [Box((x - plate, -plate, 0.0), (x + plate, plate, 0.02)) for x in _centres(brief)]
        return feet + [Box((x - 0.045, -0.045, 0.02), (x + 0.045, 0.045, under)) for x in _centres(brief)]
    x, y = _leg_place(brief)
    return [Box((sx * x - 0.03, sy * y - 0.03, 0.0), (sx * x + 0.03, sy * y + 0.03, under)) for sx in (-1, 1) for sy in (-1, 1)]
