"""What kitchens share: base units with a worktop, where cookers, sinks and washing machines line up."""

from __future__ import annotations

from ...geometry.blocks import board, box
from ...geometry.shape import Finish, Part
from ..materials import Palette, lacquer
from .joinery import FRONT, carcass, drawer_fronts, hinged_doors, holed_board

TOP = 0.038  # thickness of a worktop
PLINTH = 0.1
UPSTAND = 0.1  # how far the splash board rises over the worktop


def fronts_of(name: str, look: Palette) -> Finish:
    """Cabinet fronts: ``wood``, ``painted`` or ``accent``."""
    return {"wood": look.wood, "painted": look.board, "accent": look.accent_board}[name]


def worktop_of(name: str, look: Palette) -> Finish:
    """Worktops: ``wood``, ``stone`` (a dark speckled one) or ``white``."""
    return {"wood": look.top, "stone": lacquer("#4b4b4a", 0.25), "white": lacquer("#e9e8e4", 0.22)}[name]


def base_units(
    width: float, depth: float, height: float, unit: float, front: Finish, look: Palette, drawers: tuple[int, ...]
) -> list[Part]:
    """Cabinets about ``unit`` metres wide under a worktop whose upper side is at ``height``; those in ``drawers`` have them.

    Fronts stand back from the worktop's edge by what their handles need.
    """
    y = -depth / 2 + 0.012 + 0.031 + FRONT
    top = height - TOP
    count = max(round(width / unit), 1)
    parts = carcass((-width / 2, y, PLINTH), (width / 2, depth / 2, top), look.board)
    kick = board((-width / 2, y + 0.05, 0.0), (width / 2, y + 0.05 + FRONT, PLINTH))
    parts.append(Part("plinth", kick, look.plastic))
    for x in (-width / 2, width / 2 - FRONT):  # the sides run down to the floor
        parts.append(Part("side", box((x, y + 0.05 + FRONT, 0.0), (x + FRONT, depth / 2, PLINTH), 0.0), look.board))
    for k in range(count):
        x0, x1 = -width / 2 + k * width / count, -width / 2 + (k + 1) * width / count
        if k in drawers:
            parts += drawer_fronts((x0, PLINTH), (x1, top), y, (0.7, 1.0, 1.2), front, look.metal)
        else:
            parts += hinged_doors((x0, PLINTH), (x1, top), y, 2 if width / count > 0.65 else 1, front, look.metal, 0.84)
    return parts


def worktop(
    width: float, depth: float, height: float, finish: Finish, hole: tuple[float, float, float, float] | None = None
) -> list[Part]:
    """The worktop, with a rectangular hole for a sink or a hob where wished."""
    low, high = (-width / 2, -depth / 2, height - TOP), (width / 2, depth / 2, height)
    return [Part("top", box(low, high, 0.004, grain=0), finish)] if hole is None else holed_board(low, high, hole, "top", finish)


def splash(width: float, depth: float, height: float, finish: Finish) -> Part:
    """The splash board along the wall, up to ``height``."""
    return Part(
        "splash board", box((-width / 2, depth / 2 - 0.016, height - UPSTAND), (width / 2, depth / 2, height), 0.002), finish
    )
