"""A school desk for one or two: steel frame, rounded top with a pen groove, a book shelf and bag hooks."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import flag, number
from ...geometry.blocks import box
from ...geometry.shape import Part
from ...geometry.sweeps import cylinder, extrude, fillet, rounded_rectangle, tube
from .prop import Box, Prop, PropBrief, Surface, build


@dataclass
class StudentDeskBrief(PropBrief):
    """A school desk; the pupil sits at the front (-Y)."""

    width: float = number(0.7, 0.55, 1.5, unit="m", help="Left to right; over 1.1 m it seats two")
    depth: float = number(0.5, 0.45, 0.7, unit="m", help="Front to back")
    height: float = number(0.74, 0.5, 0.82, unit="m", help="Floor to the top")
    shelf: bool = flag(True, help="A shelf for books under the top")


def student_desk(brief: StudentDeskBrief) -> Prop:
    """The desk of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    t, r = 0.022, 0.0145
    parts = [Part("top", extrude(rounded_rectangle(w, d, 0.035, 4), h - t, h, 0.003), look.top)]
    parts.append(Part("groove", box((-0.35 * w, d / 2 - 0.05, h - 0.002), (0.35 * w, d / 2 - 0.035, h + 0.0), 0.0008), look.trim))
    x, y = w / 2 - 0.05, d / 2 - 0.05
    for side in (-1, 1):
        path = [
            (side * x, -y + 0.02, r + 0.012),
            (side * x, -y + 0.02, h - t - r),
            (side * x, y, h - t - r),
            (side * x, y, r + 0.012),
        ]
        parts.append(Part("leg", tube(fillet(path, 0.05, 4), r, 10), look.frame))
        parts.append(Part("leg", tube([(side * x, -y + 0.02, 0.12), (side * x, y, 0.12)], 0.011, 8), look.frame))
        for place in (-y + 0.02, y):
            parts.append(Part("foot", cylinder(0.019, 0.0, 0.03, 0.004, 12).moved(side * x, place), look.plastic))
        hook = fillet(
            [(side * (x + 0.0), -0.1, h - 0.07), (side * (x + 0.026), -0.1, h - 0.075), (side * (x + 0.03), -0.1, h - 0.05)],
            0.012,
            3,
        )
        parts.append(Part("hook", tube(hook, 0.004, 6), look.metal))
    for z in (h - t - r, 0.12):
        parts.append(Part("beam", tube([(-x, y, z), (x, y, z)], 0.0115, 8), look.frame))
    if brief.shelf:
        low = h - t - 0.12
        parts.append(Part("shelf", box((-x + 0.02, -y + 0.06, low), (x - 0.02, y - 0.015, low + 0.006), 0.002), look.frame))
        for side in (-1, 1):
            a, b = sorted((side * (x - 0.02), side * (x - 0.026)))
            parts.append(Part("shelf", box((a, -y + 0.06, low), (b, y - 0.015, h - t), 0.002), look.frame))
        parts.append(Part("shelf", box((-x + 0.026, y - 0.021, low), (x - 0.026, y - 0.015, h - t), 0.002), look.frame))
    solid = [Box((-w / 2, -d / 2, h - t), (w / 2, d / 2, h))]
    solid += [Box((min(s * x - 0.02, s * x + 0.02), -y, 0.0), (max(s * x - 0.02, s * x + 0.02), y + 0.02, h - t)) for s in (-1, 1)]
    surface = Surface((-w / 2 + 0.03, -d / 2 + 0.03), (w / 2 - 0.03, d / 2 - 0.055), h)
    return build("table", "Student desk", parts, solid, surfaces=[surface], clearance=0.6)
