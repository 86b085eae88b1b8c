"""A wall whiteboard: enamel in an aluminium frame, with a tray, markers and an eraser."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box, picture
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder
from ..materials import lacquer, plastic
from ..materials.pictures import whiteboard_writing
from .prop import WALL, Prop, PropBrief, build


@dataclass
class WhiteboardBrief(PropBrief):
    """A whiteboard; its back (+Y) is on the wall."""

    width: float = number(1.8, 0.6, 4.0, unit="m", help="Left to right")
    depth: float = number(0.09, 0.06, 0.14, unit="m", help="From the wall to the tray's edge")
    height: float = number(1.2, 0.5, 1.5, unit="m", help="Lower edge of the tray to top")
    written: str = choice("notes", ("notes", "clean"), help="Whether something is written on it")


def whiteboard(brief: WhiteboardBrief) -> Prop:
    """The board of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    t, rim, tray = 0.022, 0.018, 0.03
    y, low = d / 2 - t, tray
    enamel = picture((-w / 2 + rim, y + 0.004, low + rim), (w / 2 - rim, d / 2, h - rim))
    parts = [Part("board", enamel, whiteboard_writing(brief.seed % 4, brief.written == "notes"), aligned=True)]
    for x in (-w / 2, w / 2 - rim):
        parts.append(Part("frame", box((x, y, low), (x + rim, d / 2, h), 0.003), look.metal))
    for z in (low, h - rim):
        parts.append(Part("frame", box((-w / 2 + rim, y, z), (w / 2 - rim, d / 2, z + rim), 0.003), look.metal))
    reach = min(0.45 * w, 0.6)
    parts.append(Part("tray", box((-reach, -d / 2, low - 0.008), (reach, d / 2 - 0.004, low), 0.002), look.metal))
    parts.append(Part("tray", box((-reach, -d / 2, low), (reach, -d / 2 + 0.004, low + 0.01), 0.0015), look.metal))
    parts.append(Part("tray", box((-0.08, d / 2 - 0.02, 0.0), (0.08, d / 2, low - 0.008), 0.002), look.metal))
    middle = (y - d / 2) / 2
    half = min(0.024, (y + d / 2) / 2 - 0.006)
    for k, code in enumerate(("#1f4fa0", "#c22f2f", "#26282b")[: int((1.25 * reach - 0.01) / 0.14)]):
        pen = cylinder(0.007, 0.0, 0.10, 0.002, 10).turned("y", np.pi / 2)
        cap = cylinder(0.0082, 0.0, 0.035, 0.002, 10).turned("y", np.pi / 2).moved(0.095, 0.0, 0.0012)
        x, place = -0.25 * reach + 0.14 * k, middle + 0.3 * half * (k - 1)
        parts.append(Part("marker", pen.moved(x, place, low + 0.007), lacquer("#f0f0ee")))
        parts.append(Part("marker", cap.moved(x, place, low + 0.007), plastic(code)))
    eraser = box((-0.85 * reach, middle - half, low), (-0.85 * reach + 0.13, middle + half, low + 0.03), 0.005)
    parts.append(Part("eraser", eraser, plastic(look.shades[0])))
    return build("board", "Whiteboard", parts, clearance=0.8, mount=WALL)
