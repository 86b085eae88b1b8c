"""A plinth for an exhibit, with a glass cover where wished."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, flag, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import lathe
from ..materials import concrete, glass, lacquer
from .prop import Box, Prop, PropBrief, Surface, build


@dataclass
class PedestalBrief(PropBrief):
    """A plinth."""

    width: float = number(0.4, 0.25, 1.2, unit="m", help="Left to right")
    depth: float = number(0.4, 0.25, 1.2, unit="m", help="Front to back")
    height: float = number(1.05, 0.3, 1.8, unit="m", help="Floor to the top, or to the cover's top")
    shape: str = choice("square", ("square", "round"), help="Outline")
    finish: str = choice("white", ("white", "wood", "concrete", "black"), help="What it is made of")
    cover: bool = flag(False, help="A glass cover over the exhibit, where the height leaves room for one")


def pedestal(brief: PedestalBrief) -> Prop:
    """The plinth of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    finish = {"white": lacquer("#f0efec", 0.5), "wood": look.wood, "concrete": concrete(), "black": lacquer("#202122", 0.4)}[
        brief.finish
    ]
    covered = brief.cover and h > 0.75
    top = h - min(0.4, 0.35 * h) if covered else h
    if brief.shape == "round":
        body = lathe([(0, 0.03), (0.99, 0.03), (1.0, 0.036), (1.0, top - 0.004), (0.99, top), (0, top)], 40)
        foot = lathe([(0, 0), (0.93, 0), (0.93, 0.03), (0, 0.03)], 32)
        parts = [
            Part(n, s.shaped(lambda v: v * (w / 2, d / 2, 1.0)), f)
            for n, s, f in (("body", body, finish), ("plinth", foot, look.plastic))
        ]
    else:
        parts = [Part("body", box((-w / 2, -d / 2, 0.03), (w / 2, d / 2, top), 0.004, grain=2), finish)]
        parts.append(
            Part("plinth", box((-w / 2 + 0.02, -d / 2 + 0.02, 0.0), (w / 2 - 0.02, d / 2 - 0.02, 0.03), 0.0), look.plastic)
        )
    inset = 0.03 if brief.shape == "square" else 0.16 * min(w, d)
    surfaces = [Surface((-w / 2 + inset, -d / 2 + inset), (w / 2 - inset, d / 2 - inset), top, h - top - 0.02 if covered else 1.0)]
    if covered:
        t, x, y = 0.005, w / 2 - 0.8 * inset, d / 2 - 0.8 * inset
        panes = [box((-x, side - t / 2, top), (x, side + t / 2, h - t), 0.0) for side in (-y + t / 2, y - t / 2)]
        panes += [box((side - t / 2, -y + t, top), (side + t / 2, y - t, h - t), 0.0) for side in (-x + t / 2, x - t / 2)]
        panes.append(box((-x, -y, h - t), (x, y, h), 0.001))
        parts += [Part("glass", pane, glass()) for pane in panes]
    return build("pedestal", "Plinth", parts, [Box((-w / 2, -d / 2, 0.0), (w / 2, d / 2, h))], surfaces=surfaces, clearance=0.4)
