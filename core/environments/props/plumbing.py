"""What kitchens and bathrooms share: taps and outlets, in chrome."""

from __future__ import annotations

import numpy as np

from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, fillet, lathe, tube
from ..materials import chrome


def mixer_tap(x: float, y: float, z: float, height: float, reach: float) -> list[Part]:
    """A mixer tap standing at (x, y) on ``z``: a body, a spout bent forward (-Y) by ``reach``, and a lever."""
    body = cylinder(0.021, z, z + 0.45 * height, 0.003, 16).moved(x, y)
    path = [
        (x, y, z + 0.4 * height),
        (x, y, z + height - 0.011),
        (x, y - reach, z + height - 0.011),
        (x, y - reach, z + 0.6 * height),
    ]
    lever = tube([(x + 0.018, y, z + 0.32 * height), (x + 0.075, y - 0.01, z + 0.4 * height)], 0.006, 8)
    foot = lathe([(0.0, z), (0.027, z), (0.027, z + 0.004), (0.022, z + 0.009), (0.0, z + 0.009)], 18).moved(x, y)
    shapes = [foot, body, tube(fillet(path, 0.45 * reach, 6), 0.011, 10), lever]
    return [Part("tap", shape, chrome()) for shape in shapes]


def wall_mixer(y: float, z: float) -> list[Part]:
    """A thermostatic bar on the wall whose face is at ``y``, with two knobs."""
    bar = cylinder(0.021, -0.13, 0.13, 0.003, 14).turned("y", np.pi / 2).moved(0.0, y - 0.06, z)
    shapes = [bar]
    for side in (-1, 1):
        shapes.append(cylinder(0.024, 0.0, 0.04, 0.003, 14).turned("y", side * np.pi / 2).moved(side * 0.135, y - 0.06, z))
        shapes.append(cylinder(0.014, 0.0, 0.05, 0.001, 10).turned("x", np.pi / 2).moved(side * 0.075, y, z))
        shapes.append(cylinder(0.03, 0.0, 0.008, 0.002, 16).turned("x", np.pi / 2).moved(side * 0.075, y, z))
    return [Part("tap", shape, chrome()) for shape in shapes]


def waste(x: float, y: float, z: float, radius: float = 0.022) -> Part:
    """An outlet with its rim lying on ``z``."""
    rim = [
        (0.0, z - 0.004),
        (radius, z - 0.004),
        (radius, z + 0.001),
        (0.8 * radius, z + 0.0015),
        (0.7 * radius, z),
        (0.0, z - 0.001),
    ]
    return Part("outlet", lathe(rim, 18).moved(x, y), chrome())
