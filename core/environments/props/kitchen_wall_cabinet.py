"""Kitchen wall units, with an extractor hood or open shelves in their midst where wished."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import choice, flag, number
from ...geometry.blocks import board, box
from ...geometry.shape import Part
from ..materials import brushed_metal, glow
from .joinery import FRONT, carcass, hinged_doors
from .kitchen import fronts_of
from .prop import WALL, Prop, PropBrief, Surface, build


@dataclass
class KitchenWallCabinetBrief(PropBrief):
    """Wall units; their back (+Y) is on the wall."""

    width: float = number(1.2, 0.3, 4.0, unit="m", help="Left to right")
    depth: float = number(0.38, 0.25, 0.5, unit="m", help="From the wall to the handles")
    height: float = number(0.72, 0.35, 1.1, unit="m", help="Bottom to top")
    open: bool = flag(False, help="Open shelves in the right-hand unit")
    hood: bool = flag(False, help="A flat extractor hood under the middle")
    front: str = choice("painted", ("painted", "wood", "accent"), help="What the fronts are made of")


def kitchen_wall_cabinet(brief: KitchenWallCabinetBrief) -> Prop:
    """The units of a brief."""
    look, w, d, h = brief.look, brief.width, brief.depth, brief.height
    front = fronts_of(brief.front, look)
    y, low = -d / 2 + 0.031 + FRONT, 0.05 if brief.hood else 0.0
    count = max(round(w / 0.5), 1)
    step = w / count
    closed = w / 2 - step if brief.open and count > 1 else w / 2
    parts = carcass((-w / 2, y, low), (closed, d / 2, h), look.board)
    parts += hinged_doors((-w / 2, low), (closed, h), y, max(round((closed + w / 2) / step), 1), front, look.metal, 0.2)
    surfaces = []
    if closed < w / 2:
        parts += carcass((closed, y - FRONT, low), (w / 2, d / 2, h), look.wood)
        levels = max(int((h - low) / 0.28), 1)
        for k in range(levels):
            z = low + k * (h - low) / levels
            if k:
                shelf = board((closed + FRONT, y, z), (w / 2 - FRONT, d / 2 - 0.008, z + FRONT))
                parts.append(Part("shelf", shelf, look.wood))
            top = (h - low) / levels - 2 * FRONT
            surfaces.append(Surface((closed + 0.03, y + 0.01), (w / 2 - 0.03, d / 2 - 0.02), z + FRONT, top))
    if brief.hood:
        half = min(0.3, w / 2)
        parts.append(Part("hood", box((-half, -d / 2 + 0.004, 0.012), (half, d / 2 - 0.02, low), 0.004), brushed_metal()))
        parts.append(Part("lamp", box((-0.7 * half, -0.02, 0.0), (0.7 * half, 0.03, 0.012), 0.003), glow("#fff1d8", 3.0)))
    return build("kitchen cabinet", "Kitchen wall units", parts, surfaces=surfaces, mount=WALL)
