"""A coat stand: a pole on four bent feet with two tiers of hooks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number, whole
from ...geometry.shape import Part, join
from ...geometry.sweeps import circle, cylinder, fillet, lathe, sweep, tube
from .prop import Box, Prop, PropBrief, build


@dataclass
class CoatStandBrief(PropBrief):
    """A coat stand."""

    width: float = number(0.5, 0.35, 0.7, unit="m", help="Across the feet and hooks")
    depth: float = number(0.5, 0.35, 0.7, unit="m", help="Front to back")
    height: float = number(1.75, 1.4, 2.0, unit="m", help="Floor to top")
    hooks: int = whole(4, 3, 6, help="How many hooks in each of two tiers")
    finish: str = choice("wood", ("wood", "frame"), help="Wood or powder-coated steel")


def coat_stand(brief: CoatStandBrief) -> Prop:
    """The stand of a brief."""
    look, h, reach = brief.look, brief.height, min(brief.width, brief.depth) / 2
    finish = look.trim if brief.finish == "wood" else look.frame
    parts = [Part("pole", cylinder(0.021, 0.1, h - 0.02, 0.003, 16, top=0.016), finish)]
    parts.append(
        Part("pole", lathe([(0.0, h - 0.03), (0.014, h - 0.03), (0.022, h - 0.018), (0.019, h - 0.005), (0.0, h)], 16), finish)
    )
    path = fillet([(0.0, 0.0, 0.20), (0.06, 0.0, 0.19), (reach - 0.05, 0.0, 0.03), (reach - 0.005, 0.0, 0.013)], 0.12, 4)
    leg = sweep(path, circle(0.019, 8) * np.linspace(1.0, 0.68, len(path))[:, None, None], up=(0, 1, 0))
    leg = leg.moved(z=-leg.vertices[:, 2].min())
    parts += [Part("leg", leg.turned("z", k * np.pi / 2), finish) for k in range(4)]
    ball = lathe([(0.0, -0.012), (0.009, -0.01), (0.0135, 0.0), (0.009, 0.01), (0.0, 0.012)], 12)
    for tier, (out, z) in enumerate(((reach * 0.7, h - 0.11), (reach * 0.48, h - 0.36))):
        arm = tube(fillet([(0.0, 0.0, z - 0.03), (out * 0.75, 0.0, z), (out, 0.0, z + 0.075)], 0.05, 4), 0.0085, 8)
        hook = join([arm, ball.moved(out, 0.0, z + 0.075)])
        turns = 2 * np.pi * (np.arange(brief.hooks) + 0.5 * tier) / brief.hooks
        parts += [Part("hook", hook.turned("z", turn), finish) for turn in turns]
    top = Box((-reach * 0.7, -reach * 0.7, h - 0.42), (reach * 0.7, reach * 0.7, h))
    solid = [Box((-reach, -reach, 0.0), (reach, reach, 0.2)), Box((-0.025, -0.025, 0.2), (0.025, 0.025, h - 0.42)), top]
    return build("coat stand", "Coat stand", parts, solid, clearance=0.4)
