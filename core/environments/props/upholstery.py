"""The body of sofas and armchairs: base, arms, seat and back cushions, legs."""

from __future__ import annotations

import numpy as np

from ...geometry.blocks import cushion
from ...geometry.shape import Finish, Part, Shape
from ...geometry.sweeps import cylinder
from .prop import Box, Seat

LEG = 0.13


def upholstered(
    width: float, depth: float, height: float, seats: int, arm: float, cover: Finish, wood: Finish, seat_height: float = 0.43
) -> tuple[list[Part], list[Box], list[Seat]]:
    """Parts, colliders and seats of a sofa for ``seats`` people whose arms are ``arm`` metres wide."""
    w, d, h = width / 2, depth / 2, height
    inner, gap = w - arm, 0.004
    deck = seat_height - 0.14
    arm_top = min(seat_height + 0.17, h - 0.08)
    parts = [Part("base", cushion((-inner, -d + 0.02, LEG), (inner, d - 0.02, deck), 0.02, 0.0, (6, 4, 2)), cover)]
    for side in (-1, 1):
        low, high = sorted((side * w, side * inner))
        parts.append(Part("arm", cushion((low, -d, LEG), (high, d - 0.015, arm_top), 0.035, 0.012, (4, 6, 5)), cover))
    rear = cushion((-inner - 0.01, d - 0.19, LEG), (inner + 0.01, d, h - 0.03), 0.04, 0.01, (6, 4, 5))
    parts.append(Part("back", rear, cover))
    step = 2 * inner / seats
    places = []
    for k in range(seats):
        x0, x1 = -inner + k * step + gap / 2, -inner + (k + 1) * step - gap / 2
        pad = cushion((x0, -d + 0.005, deck - 0.01), (x1, d - 0.20, seat_height), 0.045, 0.022, (8, 8, 4))
        parts.append(Part("seat", pad, cover))
        thick, low = 0.17, seat_height - 0.03
        pillow = cushion((x0 + 0.006, -thick / 2, 0.0), (x1 - 0.006, thick / 2, h - low - 0.02), 0.06, 0.035, (7, 4, 7))
        pillow = pillow.turned("x", -0.19)
        bottom, front = pillow.vertices[:, 2].min(), pillow.vertices[:, 1].max()
        parts.append(Part("back cushion", _fit_top(pillow.moved(0, d - 0.10 - front, low - bottom), h), cover))
        places.append(Seat(((x0 + x1) / 2, -d + 0.30, seat_height)))
    for sx in (-1, 1):
        for y in (-d + 0.07, d - 0.07):
            leg = cylinder(0.014, 0.0, LEG + 0.02, 0.002, 12, top=0.022)
            parts.append(Part("leg", leg.moved(sx * (w - 0.08), y), wood))
    solid = [Box((-w, -d, 0.0), (w, d, seat_height)), Box((-w, d - 0.3, seat_height), (w, d, h))]
    solid += [Box((low, -d, seat_height), (high, d - 0.3, arm_top)) for low, high in ((-w, -inner), (inner, w))]
    return parts, solid, places


def _fit_top(shape: Shape, top: float) -> Shape:
    """Stretched so that it ends at ``top``."""

    def press(v: np.ndarray) -> np.ndarray:
        low, high = v[:, 2].min(), v[:, 2].max()
        v[:, 2] = low + (v[:, 2] - low) * (top - low) / (high - low)
        return v

    return shape.shaped(press)
