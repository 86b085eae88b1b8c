"""A bowl, with fruit where wished."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number, whole
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, lathe
from ..materials import ceramic, lacquer, wood
from .prop import SURFACE, Prop, PropBrief, build, fitted

FRUIT = ("#b8332c", "#d9952b", "#7d9a34", "#d8b43a")


@dataclass
class BowlBrief(PropBrief):
    """A bowl."""

    width: float = number(0.28, 0.1, 0.45, unit="m", help="Left to right")
    depth: float = number(0.28, 0.1, 0.45, unit="m", help="Front to back")
    height: float = number(0.13, 0.05, 0.22, unit="m", help="Table to the top of the fruit, or to the rim")
    fruit: int = whole(6, 0, 8, help="How many pieces of fruit")
    finish: str = choice("ceramic", ("ceramic", "wood"), help="What it is made of")


def bowl(brief: BowlBrief) -> Prop:
    """The bowl of a brief; its seed mixes the fruit."""
    look = brief.look
    finish = ceramic(look.shades[brief.seed % len(look.shades)]) if brief.finish == "ceramic" else wood("walnut")
    profile = [
        (0, 0.02),
        (0.4, 0.02),
        (0.42, 0.0),
        (0.5, 0.0),
        (0.52, 0.03),
        (0.82, 0.25),
        (0.97, 0.52),
        (1.0, 0.6),
        (0.975, 0.61),
        (0.94, 0.54),
        (0.78, 0.3),
        (0.5, 0.1),
        (0, 0.07),
    ]
    parts = [Part("bowl", lathe(np.array(profile), 36), finish)]
    rng = np.random.default_rng(brief.seed)
    angle = np.linspace(-np.pi / 2, np.pi / 2, 8)
    ball = np.column_stack([np.cos(angle), np.sin(angle)])
    ball[[0, -1], 0] = 0.0
    for k in range(brief.fruit):
        r = 0.28 * float(rng.uniform(0.9, 1.05))
        ring = 0.47 if k < 5 else 0.12
        place = (ring * np.cos(2 * np.pi * k / 5 + 0.3), ring * np.sin(2 * np.pi * k / 5 + 0.3), 0.42 if k < 5 else 0.72)
        color = FRUIT[int(rng.integers(len(FRUIT)))]
        parts.append(Part("fruit", lathe(ball * r, 14).moved(*place), lacquer(color, 0.35)))
        stalk = cylinder(0.015, 0.9 * r, 1.15 * r, 0.003, 6).turned("y", float(rng.uniform(-0.4, 0.4)))
        parts.append(Part("stalk", stalk.moved(*place), wood("walnut")))
    return build("bowl", "Bowl", fitted(parts, brief), mount=SURFACE)
