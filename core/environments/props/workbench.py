"""A workbench: a thick top, drawers, a lower shelf and a vice."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import flag, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder
from ..materials import brushed_metal, lacquer
from .joinery import drawer_fronts, square_legs
from .prop import Box, Prop, PropBrief, Surface, build


@dataclass
class WorkbenchBrief(PropBrief):
    """A workbench; one works at its front (-Y)."""

    width: float = number(1.6, 0.9, 2.6, unit="m", help="Left to right")
    depth: float = number(0.7, 0.5, 0.95, unit="m", help="Front to back")
    height: float = number(0.9, 0.75, 1.1, unit="m", help="Floor to the top, or to the vice's jaws")
    vice: bool = flag(True, help="A vice on the left")
    drawers: bool = flag(True, help="A chest of drawers on the right")


def workbench(brief: WorkbenchBrief) -> Prop:
    """The workbench of a brief."""
    look, w, d = brief.look, brief.width, brief.depth
    h = brief.height - (0.11 if brief.vice else 0.0)
    t, front = 0.05, -d / 2 + (0.05 if brief.vice else 0.0)
    parts = [Part("top", box((-w / 2, front, h - t), (w / 2, d / 2, h), 0.004, grain=0), look.wood)]
    middle = (front + d / 2) / 2
    legs = square_legs(w / 2 - 0.05, d / 2 - middle - 0.04, 0.07, h - t, look.frame)
    parts += [Part(leg.name, leg.shape.moved(0.0, middle), leg.finish) for leg in legs]
    for y in (front + 0.06, d / 2 - 0.1):
        parts.append(Part("beam", box((-w / 2 + 0.12, y, h - t - 0.08), (w / 2 - 0.12, y + 0.04, h - t), 0.002), look.frame))
    shelf_end = w / 2 - 0.12 - (min(0.5, 0.4 * w) if brief.drawers else 0.0)
    parts.append(
        Part("shelf", box((-w / 2 + 0.06, front + 0.06, 0.2), (shelf_end, d / 2 - 0.06, 0.225), 0.002, grain=0), look.trim)
    )
    solid = [
        Box((-w / 2, front, h - 0.12), (w / 2, d / 2, h)),
        Box((-w / 2 + 0.05, front + 0.04, 0.0), (w / 2 - 0.05, d / 2 - 0.04, 0.225)),
    ]
    if brief.drawers:
        x0, x1 = shelf_end, w / 2 - 0.125
        parts.append(Part("case", box((x0, front + 0.1, 0.12), (x1, d / 2 - 0.05, h - t - 0.001), 0.002), look.frame))
        parts += drawer_fronts((x0, 0.12), (x1, h - t - 0.005), front + 0.1, (0.7, 0.7, 1.0, 1.3), look.accent_board, look.metal)
        solid.append(Box((x0, front + 0.05, 0.12), (x1, d / 2 - 0.05, h - t)))
    if brief.vice:
        parts += [Part("vice", part.shape.moved(-w / 2 + 0.28, front, h), part.finish) for part in _vice()]
    surface = Surface((-w / 2 + (0.42 if brief.vice else 0.04), front + 0.04), (w / 2 - 0.04, d / 2 - 0.03), h)
    return build("workbench", "Workbench", parts, solid, surfaces=[surface], clearance=0.9)


def _vice() -> list[Part]:
    """A bench vice over the front edge: foot, two jaws, screw and bar."""
    blue, steel = lacquer("#2d4d6e", 0.4), brushed_metal()
    rings = [
        (box((-0.07, 0.0, 0.0), (0.07, 0.17, 0.02), 0.004), blue),
        (box((-0.045, 0.03, 0.02), (0.045, 0.15, 0.065), 0.01), blue),
        (box((-0.075, 0.05, 0.06), (0.075, 0.085, 0.108), 0.006), blue),
        (box((-0.075, 0.0, 0.06), (0.075, 0.033, 0.108), 0.006), blue),
        (box((-0.035, -0.02, 0.03), (0.035, 0.05, 0.062), 0.005), blue),
        (box((-0.07, 0.033, 0.085), (0.07, 0.038, 0.11), 0.001), steel),
        (box((-0.07, 0.045, 0.085), (0.07, 0.05, 0.11), 0.001), steel),
        (cylinder(0.014, 0.0, 0.03, 0.002, 14).turned("x", 1.5707963).moved(0.0, -0.02, 0.046), steel),
        (cylinder(0.005, -0.09, 0.09, 0.001, 8).turned("y", 1.2).moved(0.0, -0.042, 0.046), steel),
    ]
    return [Part("vice", shape, finish) for shape, finish in rings]
