"""A chair for visitors and meetings: a moulded shell on legs, or padded on a cantilever of bent tube."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import cushion
from ...geometry.shape import Finish, Part
from ...geometry.sweeps import cylinder, fillet, loft, sheet, tube
from ..materials import chrome
from .prop import Box, Prop, PropBrief, Seat, build


@dataclass
class VisitorChairBrief(PropBrief):
    """A chair without wheels; the sitter looks along -Y."""

    width: float = number(0.52, 0.4, 0.65, unit="m", help="Left to right")
    depth: float = number(0.56, 0.45, 0.7, unit="m", help="Front to back")
    height: float = number(0.82, 0.74, 1.0, unit="m", help="Floor to the top of the back")
    seat_height: float = number(0.45, 0.36, 0.5, unit="m", help="Floor to the seat")
    style: str = choice("shell", ("shell", "cantilever", "wooden"), help="Moulded shell, bent tube or all wood")
    cover: str = choice("fabric", ("fabric", "accent", "leather"), help="Upholstery of the cantilever chair")


def visitor_chair(brief: VisitorChairBrief) -> Prop:
    """The chair of a brief."""
    w, d, h, seat = brief.width, brief.depth, brief.height, brief.seat_height
    parts = {"shell": _shell, "cantilever": _cantilever, "wooden": _wooden}[brief.style](brief)
    solid = [Box((-w / 2, -d / 2, 0.0), (w / 2, d / 2, seat)), Box((-w / 2, d / 2 - 0.13, seat), (w / 2, d / 2, h))]
    return build("chair", "Visitor chair", parts, solid, seats=[Seat((0.0, -0.02, seat))], clearance=0.5)


def _profile(brief: VisitorChairBrief, low: float, rows: int = 15) -> np.ndarray:
    """(rows, 2) side view (y, z) from the seat's front lip through the bend to the top of the back, evenly spaced."""
    d, top, seat = brief.depth, brief.height - low, brief.seat_height
    rear = d / 2 - low
    points = [(-d / 2 + 0.035 + low, seat - 0.03), (-d / 2 + 0.11, seat), (0.1, seat - 0.014), (rear - 0.10, seat - 0.008),
              (rear - 0.055, seat + 0.10), (rear - 0.02, top - 0.12), (rear, top)]  # fmt: skip
    path = fillet([(0.0, y, z) for y, z in points], 0.09, 5)[:, 1:]
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    even = np.linspace(0.0, 1.0, rows)
    at = length[-1] * (even - 0.13 * np.sin(2 * np.pi * even))  # denser towards both ends, which are rounded
    return np.stack([np.interp(at, length, path[:, k]) for k in range(2)], axis=1)


def _bucket(brief: VisitorChairBrief, thickness: float, curl: float) -> np.ndarray:
    """(15, 9, 3) the middle surface of a moulded seat and back; ``curl`` metres its sides turn up and forward."""
    rim = thickness
    line = _profile(brief, rim)
    t, s = np.linspace(0.0, 1.0, len(line))[:, None], np.linspace(-1.0, 1.0, 9)[None]
    end = 1.0 - 0.3 * np.maximum(np.abs(2 * t - 1) * 2.2 - 1.2, 0.0) ** 3  # rounds the corners in plan
    half = (brief.width / 2 - rim) * end * (1.0 - 0.06 * np.sin(np.pi * np.clip(t * 1.1, 0, 1)) ** 2 - 0.10 * t)
    tangent = np.gradient(line, axis=0)
    tangent = tangent / np.linalg.norm(tangent, axis=1, keepdims=True)
    up = np.stack([-tangent[:, 1], tangent[:, 0]], axis=1)  # towards the sitter
    rise = curl * np.abs(s) ** 3 * (0.25 + np.sin(np.pi * np.clip(t, 0.05, 1.0)))
    y = np.maximum(line[:, :1] + rise * up[:, :1], -brief.depth / 2 + rim)
    return np.stack([half * s, y, line[:, 1:] + rise * up[:, 1:]], axis=2)


def _shell(brief: VisitorChairBrief) -> list[Part]:
    """A plastic shell on four splayed wooden legs with a steel cross."""
    look, w, d = brief.look, brief.width, brief.depth
    finish = {"fabric": look.shell, "accent": look.shell, "leather": look.plastic}[brief.cover]
    parts = [Part("seat", sheet(_bucket(brief, 0.009, 0.05), 0.009), finish)]
    parts += _legs(w / 2 - 0.03, d / 2 - 0.03, 0.11, 0.10, brief.seat_height - 0.035, look.trim)
    for sx in (-1, 1):
        bar = tube([(sx * 0.12, -0.12, brief.seat_height - 0.034), (sx * 0.12, 0.12, brief.seat_height - 0.034)], 0.008, 8)
        parts.append(Part("frame", bar, look.frame))
    for sy in (-1, 1):
        bar = tube([(-0.13, sy * 0.11, brief.seat_height - 0.042), (0.13, sy * 0.11, brief.seat_height - 0.042)], 0.008, 8)
        parts.append(Part("frame", bar, look.frame))
    return parts


def _legs(x: float, y: float, x_top: float, y_top: float, top: float, finish: Finish) -> list[Part]:
    """Four round tapered legs from (x, y) on the floor to (x_top, y_top) at ``top``."""
    parts = []
    for sx in (-1, 1):
        for sy in (-1, 1):
            rings = []
            for share, radius in ((0.0, 0.009), (0.02, 0.0115), (0.6, 0.017), (1.0, 0.015)):
                angle = 2 * np.pi * np.arange(8) / 8
                centre = np.array([sx * (x + (x_top - x) * share), sy * (y + (y_top - y) * share)])
                ring = centre + radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)
                rings.append(np.column_stack([ring, np.full(8, top * share)]))
            parts.append(Part("leg", loft(np.array(rings)), finish))
    return parts


def _cantilever(brief: VisitorChairBrief) -> list[Part]:
    """Bent tube that runs from the floor up the front, under the seat and up the back; padded seat and back."""
    look, w, d, h, seat = brief.look, brief.width, brief.depth, brief.height, brief.seat_height
    cover = {"fabric": look.fabric, "accent": look.accent, "leather": look.leather}[brief.cover]
    r = 0.0125
    x, front, rear = w / 2 - r, -d / 2 + r, d / 2 - r
    rail = seat - 0.065
    path = [
        (0.0, rear - 0.03, r),
        (x, rear - 0.03, r),
        (x, front, r),
        (x, front + 0.02, rail),
        (x, rear - 0.09, rail - 0.008),
        (x, rear - 0.01, h - 0.05),
    ]
    half = fillet(path, 0.06, 4)
    whole = np.concatenate([half[:0:-1], half[:1], half[1:] * (-1.0, 1.0, 1.0)])
    parts = [Part("frame", tube(whole, r, 8), chrome())]
    parts.append(Part("frame", tube([(-x, 0.05, rail - 0.004), (x, 0.05, rail - 0.004)], 0.009, 8), chrome()))
    soft = cushion((-w / 2 + 0.03, front + 0.01, rail + 0.0), (w / 2 - 0.03, rear - 0.075, seat), 0.022, 0.008, (8, 8, 3))
    parts.append(Part("seat", soft, cover))
    low = seat + 0.10
    s, t = np.linspace(-1, 1, 9)[None], np.linspace(0, 1, 9)[:, None]
    lean = (rear - 0.105 - 0.012 * s**2) + 0.06 * t
    wide = (w / 2 - 0.024) * (1 - 0.10 * np.abs(2 * t - 1) ** 6)
    grid = np.stack([wide * s, lean - 0.0 * s, low + 0.02 + (h - low - 0.034) * t + 0 * s], axis=2)
    parts.append(Part("back", sheet(grid, 0.034), cover))
    return parts


def _wooden(brief: VisitorChairBrief) -> list[Part]:
    """Four legs, a dished wooden seat, two rear posts and a bent top rail."""
    look, w, d, h, seat = brief.look, brief.width, brief.depth, brief.height, brief.seat_height
    x, y = w / 2 - 0.024, d / 2 - 0.024
    s, t = np.linspace(-1, 1, 9)[None], np.linspace(0, 1, 9)[:, None]
    dish = -0.012 * (1 - s**2) * (1 - (2 * t - 1) ** 2)
    wide = (w / 2 - 0.01) * (1 - 0.08 * np.abs(2 * t - 1) ** 6 - 0.05 * t)
    grid = np.stack([wide * s, -d / 2 + 0.012 + (d - 0.07) * t + 0 * s, seat - 0.012 + dish], axis=2)
    parts = [Part("seat", sheet(grid, 0.022), look.accent if brief.cover == "accent" else look.wood)]
    parts += _legs(x, y, x - 0.05, y - 0.06, seat - 0.016, look.trim)
    rear = d / 2 - 0.07
    for sx in (-1, 1):
        post = tube(
            [
                (sx * (x - 0.055), rear - 0.01, seat - 0.02),
                (sx * (x - 0.045), rear + 0.01, seat + 0.2),
                (sx * (x - 0.04), rear + 0.048, h - 0.07),
            ],
            0.0125,
            8,
        )
        parts.append(Part("post", post, look.trim))
    for k in range(3):
        rung = 0.26 * (k - 1) * w
        bar = cylinder(0.007, seat - 0.02, h - 0.06, 0.001, 8).shaped(
            lambda v: v + (0, rear - 0.008, 0) + (v[:, 2:] - seat) * (0, 0.155, 0)
        )
        parts.append(Part("post", bar.moved(rung), look.trim))
    rail_s, rail_t = np.linspace(-1, 1, 13)[None], np.linspace(0, 1, 5)[:, None]
    bow = rear + 0.052 - 0.035 * rail_s**2
    rail = np.stack(
        [(w / 2 - 0.012) * rail_s + 0 * rail_t, bow + 0.006 * rail_t, h - 0.085 + 0.08 * rail_t * (1 - 0.12 * rail_s**4)], axis=2
    )
    parts.append(Part("back", sheet(rail.transpose(1, 0, 2), 0.016), look.wood))
    return parts
