"""A swivel chair: five-star base on castors, gas lift, moulded seat, curved back and arm rests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, flag, number
from ...geometry.blocks import box, cushion
from ...geometry.shape import Finish, Part, Shape, join
from ...geometry.sweeps import cylinder, fillet, lathe, loft, rounded_rectangle, sheet, sweep
from ..materials import Palette
from .prop import Box, Prop, PropBrief, Seat, build

WHEEL, WHEEL_WIDTH = 0.03, 0.018
SEAT_HEIGHT = 0.48


@dataclass
class OfficeChairBrief(PropBrief):
    """A swivel chair; the sitter looks along -Y."""

    width: float = number(0.66, 0.56, 0.8, unit="m", help="Across the arm rests and the base")
    depth: float = number(0.66, 0.56, 0.8, unit="m", help="Front to back")
    height: float = number(1.08, 0.86, 1.35, unit="m", help="Floor to the top of the back")
    seat_height: float = number(SEAT_HEIGHT, 0.42, 0.56, unit="m", help="Floor to the seat's top")
    arms: bool = flag(True, help="With arm rests")
    headrest: bool = flag(False, help="With a head rest above the back")
    cover: str = choice("fabric", ("fabric", "accent", "leather"), help="Upholstery")
    base: str = choice("dark", ("dark", "bright"), help="Plastic or polished metal base")


def office_chair(brief: OfficeChairBrief) -> Prop:
    """The chair of a brief."""
    look = brief.look
    cover = {"fabric": look.fabric, "accent": look.accent, "leather": look.leather}[brief.cover]
    base = look.plastic if brief.base == "dark" else look.metal
    w, d, h, seat = brief.width, brief.depth, brief.height, brief.seat_height
    reach = min(w, d) / 2
    parts = _base(reach, look.plastic, base)
    parts += _column(seat - 0.10, look)
    width = min(w - (0.14 if brief.arms else 0.06), 0.52)
    front, back = -d / 2 + 0.045, d / 2 - 0.12
    parts += _seat(width, front, back, seat, cover, look)
    top = h - (0.17 if brief.headrest else 0.0)
    parts += _back(width, d / 2, seat, top, cover, look)
    if brief.headrest:
        parts += _headrest(width, d / 2, top, h, cover, look)
    if brief.arms:
        parts += _arms(width, w / 2, seat, look)
    solid = [
        Box((-reach, -reach, 0.0), (reach, reach, 0.12)),
        Box((-0.05, -0.05, 0.12), (0.05, 0.05, seat - 0.1)),
        Box((-w / 2 if brief.arms else -width / 2, front, seat - 0.1), (w / 2 if brief.arms else width / 2, d / 2, seat)),
        Box((-width / 2, d / 2 - 0.14, seat), (width / 2, d / 2, h)),
    ]
    return build("office chair", "Office chair", parts, solid, seats=[Seat((0.0, -0.02, seat))], clearance=0.5)


def _base(reach: float, dark: Finish, metal: Finish) -> list[Part]:
    """Five tapered arms, each on a twin-wheel castor; the tips stay within ``reach`` of the axis."""
    tip = reach - WHEEL - 0.004
    stations = (
        (0.02, 0.058, 0.05, 0.068),
        (0.5 * tip, 0.046, 0.036, 0.073),
        (tip - 0.01, 0.036, 0.024, 0.072),
        (tip + 0.012, 0.026, 0.016, 0.074),
    )
    rings = []
    for x, wide, thick, low in stations:
        ring = rounded_rectangle(wide, thick, 0.3 * thick)
        rings.append(np.column_stack([np.full(len(ring), x), ring[:, 0], low + 0.5 * thick + ring[:, 1]]))
    arm = loft(np.array(rings))
    castor = _castor().moved(tip)
    parts = []
    for k in range(5):
        angle = -np.pi / 2 + 2 * np.pi * k / 5
        parts.append(Part("base", arm.turned("z", angle), metal))
        parts.append(Part("castor", castor.turned("z", angle), dark))
    hub = lathe([(0.0, 0.06), (0.036, 0.06), (0.042, 0.066), (0.042, 0.115), (0.034, 0.135), (0.0, 0.135)], 16)
    return [*parts, Part("base", hub, metal)]


def _castor() -> Shape:
    """Two wheels, a hood between them and the pin above."""
    wheel = lathe([(0.0, -WHEEL_WIDTH / 2), (WHEEL - 0.004, -WHEEL_WIDTH / 2), (WHEEL, -WHEEL_WIDTH / 2 + 0.004),
                   (WHEEL, WHEEL_WIDTH / 2 - 0.004), (WHEEL - 0.004, WHEEL_WIDTH / 2), (0.0, WHEEL_WIDTH / 2)], 14)  # fmt: skip
    wheel = wheel.turned("y", np.pi / 2).turned("z", np.pi / 2).moved(z=WHEEL)
    offset = WHEEL_WIDTH / 2 + 0.003
    hood = box((-0.016, -0.008, 0.02), (0.016, 0.008, 0.068), 0.004)
    return join([wheel.moved(y=-offset), wheel.moved(y=offset), hood, cylinder(0.007, 0.06, 0.084, 0.001, 8)])


def _column(top: float, look: Palette) -> list[Part]:
    """Gas lift: a sleeve, a bright piston, and the tilt mechanism under the seat."""
    return [
        Part("column", cylinder(0.027, 0.12, 0.12 + 0.45 * (top - 0.12), 0.003, 16), look.plastic),
        Part("column", cylinder(0.015, 0.12 + 0.4 * (top - 0.12), top, 0.001, 14), look.metal),
        Part("mechanism", box((-0.075, -0.11, top - 0.03), (0.075, 0.13, top + 0.028), 0.012), look.plastic),
        Part("lever", cylinder(0.006, 0.0, 0.15, 0.002, 8).turned("y", np.pi / 2).moved(0.07, -0.03, top - 0.005), look.plastic),
    ]


def _seat(width: float, front: float, back: float, top: float, cover: Finish, look: Palette) -> list[Part]:
    """A cushion with a falling front edge over a thin shell."""
    length = back - front

    def waterfall(v: np.ndarray) -> np.ndarray:
        ahead = np.clip((front + 0.35 * length - v[:, 1]) / (0.35 * length), 0.0, 1.0)
        side = np.clip((np.abs(v[:, 0]) / (width / 2) - 0.35) / 0.65, 0.0, 1.0)
        v[:, 2] += -0.035 * ahead**2 + 0.006 * side**2 * (1 - ahead) - 0.006
        return _rounded_plan(v, width / 2, front, back, 0.13)

    soft = cushion((-width / 2, front, top - 0.075), (width / 2, back, top), 0.03, 0.012, (10, 10, 3)).shaped(waterfall)
    shell = box((-width / 2 + 0.05, front + 0.09, top - 0.098), (width / 2 - 0.05, back - 0.05, top - 0.07), 0.01)
    return [Part("seat", soft, cover), Part("shell", shell, look.plastic)]


def _rounded_plan(v: np.ndarray, half: float, front: float, back: float, radius: float) -> np.ndarray:
    """The rectangle |x| <= half, front <= y <= back pressed into one with round corners (a superellipse towards them)."""
    middle, reach = (front + back) / 2, (back - front) / 2
    x, y = v[:, 0] / half, (v[:, 1] - middle) / reach
    sharp = (np.abs(x) * np.abs(y)) ** 3
    shrink = 1.0 - radius / half * 0.55 * sharp
    v[:, 0], v[:, 1] = x * shrink * half, middle + y * shrink * reach
    return v


def _back_line(t: np.ndarray, reach: float) -> np.ndarray:
    """y of the back's middle surface at heights ``t`` in 0..1: forward in the small of the back, leaning back above."""
    return reach - 0.052 - 0.055 * np.exp(-(((t - 0.22) / 0.28) ** 2)) - 0.028 * (1 - t) + 0.012 * t**2 - 0.012


def _back(width: float, reach: float, seat: float, top: float, cover: Finish, look: Palette) -> list[Part]:
    """A padded, curved back before a plastic shell, carried by a bent bar."""
    low = seat + 0.045
    t = np.linspace(0.0, 1.0, 11)[:, None]
    s = np.linspace(-1.0, 1.0, 9)[None]
    half = 0.47 * width * (1 - 0.10 * t - 0.16 * np.abs(2 * t - 1) ** 6 + 0.04 * np.sin(np.pi * t))
    z = low + 0.015 + (top - low - 0.032) * t - 0.022 * s**4 * (2 * t - 1)
    y = _back_line(t, reach) - 0.045 * s**2
    grid = np.stack([half * s, y + 0 * t, z], axis=2)
    parts = [Part("back", sheet(grid, 0.042), cover)]
    rear = grid[1:-1, 1:-1] + (0.0, 0.026, 0.0)
    parts.append(Part("shell", sheet(rear, 0.012), look.plastic))
    foot_z, start = seat - 0.085, reach - 0.15
    meet = low + 0.35 * (top - low)
    y_meet = float(_back_line(np.array(0.35), reach)) + 0.038
    path = fillet([(0, 0.05, foot_z), (0, start, foot_z), (0, reach - 0.026, seat - 0.02), (0, y_meet, meet)], 0.08, 4)
    path[:, 1] = np.minimum(path[:, 1], reach - 0.014)
    parts.append(Part("bracket", sweep(path, rounded_rectangle(0.07, 0.022, 0.008), up=(0, 0, 1)), look.plastic))
    return parts


def _headrest(width: float, reach: float, low: float, high: float, cover: Finish, look: Palette) -> list[Part]:
    y = float(_back_line(np.array(1.0), reach))
    pad = cushion((-width * 0.29, y - 0.045, low + 0.04), (width * 0.29, y + 0.02, high), 0.026, 0.006, (8, 3, 5))
    pad = pad.shaped(lambda v: v - np.stack([0 * v[:, 0], 0.9 * v[:, 0] ** 2, 0 * v[:, 0]], axis=1))
    stem = box((-0.03, y + 0.005, low - 0.08), (0.03, y + 0.022, low + 0.09), 0.005)
    return [Part("headrest", pad, cover), Part("bracket", stem, look.plastic)]


def _arms(seat_width: float, reach: float, seat: float, look: Palette) -> list[Part]:
    """An L-shaped bracket from under the seat and a soft pad, on both sides."""
    x = reach - 0.04
    path = fillet([(seat_width * 0.25, 0.02, seat - 0.088), (x, 0.02, seat - 0.088), (x, 0.0, seat + 0.185)], 0.05, 4)
    post = sweep(path, rounded_rectangle(0.05, 0.02, 0.006), up=(0, 1, 0))
    pad = cushion((x - 0.04, -0.15, seat + 0.18), (x + 0.04, 0.11, seat + 0.215), 0.016, 0.003, (4, 6, 3))
    return [Part("arm", side, look.plastic) for shape in (post, pad) for side in (shape, shape.mirrored())]
