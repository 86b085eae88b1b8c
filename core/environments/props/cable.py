"""A cable lying about: a lead with a row of sockets, or one wound up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, tube
from ..materials import plastic
from .prop import SURFACE, Prop, PropBrief, build, fitted


@dataclass
class CableBrief(PropBrief):
    """A cable; a lead runs along x, its sockets at +X."""

    width: float = number(1.2, 0.18, 2.4, unit="m", help="Left to right")
    depth: float = number(0.2, 0.1, 0.6, unit="m", help="How far it winds to the side")
    height: float = number(0.045, 0.02, 0.08, unit="m", help="Of the sockets, or of the coil")
    style: str = choice("lead", ("lead", "coil"), help="A lead with sockets, or a cable wound up")
    color: str = choice("dark", ("dark", "light"), help="Of the sheath")


def cable(brief: CableBrief) -> Prop:
    """The cable of a brief; its seed decides how it winds."""
    sheath = plastic("#2b2c2e" if brief.color == "dark" else "#e4e3df")
    rng = np.random.default_rng(brief.seed)
    parts = _lead(brief, sheath, rng) if brief.style == "lead" else _coil(brief, sheath, rng)
    return build("cable", "Cable", fitted(parts, brief), mount=SURFACE)


def _lead(brief: CableBrief, sheath, rng: np.random.Generator) -> list[Part]:
    """A winding lead, a plug at one end, three sockets at the other."""
    radius, strip = 0.0035, min(0.26, 0.45 * brief.width)
    length = brief.width - strip
    along = np.linspace(0.0, 1.0, 28)
    swing = sum(rng.uniform(-1, 1) * np.sin(np.pi * k * along) for k in (1, 2, 3, 4)) * np.sin(np.pi * along) ** 0.5
    path = np.column_stack([along * length - brief.width / 2 + 0.02, swing * 0.3 * brief.depth, np.full(28, radius)])
    end = brief.width / 2 - strip
    parts = [
        Part("cable", tube(path, radius, 8), sheath),
        Part("plug", box((-brief.width / 2, -0.018, 0.0), (-brief.width / 2 + 0.045, 0.018, 0.034), 0.004), sheath),
        Part("sockets", box((end, -0.028, 0.0), (brief.width / 2, 0.028, brief.height), 0.005), plastic("#eceae5")),
    ]
    count = max(int((strip - 0.03) / 0.07), 1)
    for k in range(count):
        x = end + 0.02 + (k + 0.5) * (strip - 0.03) / count
        parts.append(Part("socket", cylinder(0.019, brief.height - 0.002, brief.height + 0.001, 0.0005, 16).moved(x, 0.0, 0.0),
                          plastic("#c9c7c1")))  # fmt: skip
    return parts


def _coil(brief: CableBrief, sheath, rng: np.random.Generator) -> list[Part]:
    """A few loose turns, each lying a little off the last, with both ends free."""
    radius, turns = 0.003, 3
    angle = np.linspace(0.0, 2 * np.pi * turns, 60)
    grow = 1.0 + 0.06 * np.sin(angle * 0.7 + rng.uniform(0, 6)) + 0.04 * angle / angle[-1]
    across = 0.36 * min(brief.width, brief.depth) * grow
    lift = radius + 2 * radius * angle / angle[-1] * turns
    path = np.column_stack([across * np.cos(angle), 0.8 * across * np.sin(angle), lift])
    tail = path[-1] + np.linspace(0.0, 1.0, 8)[1:, None] * np.array([0.14 * brief.width, 0.25 * brief.depth, 0.0])
    tail[:, 2] = np.linspace(lift[-1], radius, 7)
    plug = box((-0.011, -0.007, 0.0), (0.011, 0.007, 0.011), 0.002).moved(*(tail[-1] * (1, 1, 0)))
    return [Part("cable", tube(np.concatenate([path, tail]), radius, 7), sheath), Part("plug", plug, sheath)]
