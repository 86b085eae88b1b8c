"""A stone fountain: a basin, a bowl on a stem, water."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import number
from ...geometry.shape import Part
from ...geometry.sweeps import lathe
from ..materials.ground import water_surface
from ..materials.walls import ashlar
from ..props.prop import Box, Prop, PropBrief, build


@dataclass
class FountainBrief(PropBrief):
    """A round fountain."""

    width: float = number(4.4, 1.5, 12.0, unit="m", help="Diameter of the basin")
    height: float = number(2.7, 1.2, 6.0, unit="m", help="Ground to top")


def fountain(brief: FountainBrief) -> Prop:
    """The fountain of a brief."""
    r, h = brief.width / 2, brief.height
    stone, water = ashlar("#b5ac9a"), water_surface("pool")
    basin = [(0, 0), (r, 0), (r, 0.1), (r - 0.06, 0.14), (r - 0.08, 0.42), (r + 0.02, 0.48), (r + 0.02, 0.56), (r - 0.26, 0.56),
             (r - 0.28, 0.25), (0, 0.25)]  # fmt: skip
    stem = [(0, 0.2), (0.34, 0.2), (0.34, 0.4), (0.2, 0.5), (0.15, 0.9), (0.24, 1.0), (0.14, 1.1), (0.13, 0.6 * h), (0, 0.6 * h)]
    bowl = [(0, 0.58 * h), (0.2, 0.58 * h), (0.34 * r, 0.64 * h), (0.4 * r, 0.7 * h), (0.42 * r, 0.71 * h), (0.38 * r, 0.72 * h),
            (0.3 * r, 0.68 * h), (0, 0.66 * h)]  # fmt: skip
    top = [
        (0, 0.64 * h),
        (0.1, 0.64 * h),
        (0.08, 0.8 * h),
        (0.16, 0.84 * h),
        (0.18, 0.88 * h),
        (0.06, 0.9 * h),
        (0.08, 0.95 * h),
        (0, h),
    ]
    parts = [Part("basin", lathe(basin, 40), stone), Part("stem", lathe(stem, 16), stone), Part("bowl", lathe(bowl, 28), stone),
             Part("top", lathe(top, 14), stone),
             Part("water", lathe([(0, 0.4), (r - 0.27, 0.4), (r - 0.27, 0.45), (0, 0.45)], 40), water),
             Part("water", lathe([(0, 0.69 * h), (0.37 * r, 0.69 * h), (0.37 * r, 0.705 * h), (0, 0.705 * h)], 28),
                  water)]  # fmt: skip
    return build("fountain", "Fountain", parts, [Box((-r, -r, 0.0), (r, r, 0.56)), Box((-0.4, -0.4, 0.0), (0.4, 0.4, h))])
