"""A laboratory microscope."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, rounded_rectangle, sweep
from ..materials import glass, glow
from .prop import SURFACE, Prop, PropBrief, build, fitted


@dataclass
class MicroscopeBrief(PropBrief):
    """A microscope; one looks into it from the front (-Y)."""

    width: float = number(0.2, 0.14, 0.3, unit="m", help="Left to right")
    depth: float = number(0.32, 0.22, 0.42, unit="m", help="Front to back")
    height: float = number(0.4, 0.28, 0.55, unit="m", help="Bench to the eyepieces")


def microscope(brief: MicroscopeBrief) -> Prop:
    """The microscope of a brief."""
    look = brief.look
    white, dark, metal = look.shell, look.plastic, look.metal
    arm = [(0.0, 0.09, 0.03), (0.0, 0.1, 0.13), (0.0, 0.08, 0.24), (0.0, 0.02, 0.29)]
    parts = [
        Part("foot", box((-0.09, -0.1, 0.0), (0.09, 0.15, 0.035), 0.008), white),
        Part("arm", sweep(np.array(arm), rounded_rectangle(0.06, 0.05, 0.014), up=(0, 1, 0)), white),
        Part("stage", box((-0.085, -0.08, 0.135), (0.085, 0.075, 0.148), 0.003), dark),
        Part("slide", box((-0.035, -0.012, 0.148), (0.035, 0.012, 0.15), 0.0), glass()),
        Part("lamp", cylinder(0.02, 0.035, 0.05, 0.002, 16).moved(0.0, -0.01), glow("#fff6dc", 3.0)),
        Part("condenser", cylinder(0.022, 0.09, 0.136, 0.002, 16).moved(0.0, -0.01), metal),
        Part("turret", cylinder(0.038, 0.225, 0.25, 0.004, 20).moved(0.0, -0.01), metal),
        Part("head", box((-0.05, -0.05, 0.262), (0.05, 0.06, 0.315), 0.012), white),
    ]
    for k in range(3):
        angle = -np.pi / 2 + 2 * np.pi * k / 3
        lens = cylinder(0.01, -0.055, 0.0, 0.001, 12, 0.013).turned("x", 0.0 if k == 0 else 0.35)
        lens = lens if k == 0 else lens.turned("z", angle + np.pi / 2)
        parts.append(Part("objective", lens.moved(0.018 * np.cos(angle), -0.01 + 0.018 * np.sin(angle) + 0.018, 0.228), metal))
    for side in (-1, 1):
        tube = cylinder(0.015, 0.0, 0.085, 0.002, 14).turned("x", 0.85).moved(side * 0.031, -0.035, 0.3)
        cup = cylinder(0.018, 0.078, 0.104, 0.003, 14).turned("x", 0.85).moved(side * 0.031, -0.035, 0.3)
        knob = cylinder(0.026, 0.0, 0.02, 0.003, 18).turned("y", side * np.pi / 2).moved(side * 0.03, 0.095, 0.085)
        parts += [Part("eyepiece", tube, white), Part("eyepiece", cup, dark), Part("knob", knob, dark)]
    return build("microscope", "Microscope", fitted(parts, brief), mount=SURFACE)
