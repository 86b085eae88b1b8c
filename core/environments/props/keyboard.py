"""A keyboard with 78 keys."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import choice, number
from ...geometry.blocks import box
from ...geometry.shape import Part, Shape, join
from ..materials import plastic
from .prop import SURFACE, Prop, PropBrief, build

ROWS = (  # widths of the keys from the back row to the front, in key widths; each row is 15 wide
    (1.0,) * 15,
    (1.0,) * 13 + (2.0,),
    (1.5,) + (1.0,) * 12 + (1.5,),
    (1.75,) + (1.0,) * 11 + (2.25,),
    (2.25,) + (1.0,) * 10 + (2.75,),
    (1.25, 1.25, 1.25, 6.25, 1.25, 1.25, 1.25, 1.25),
)


@dataclass
class KeyboardBrief(PropBrief):
    """A keyboard; its user sits towards -Y."""

    width: float = number(0.36, 0.26, 0.48, unit="m", help="Left to right")
    depth: float = number(0.145, 0.1, 0.2, unit="m", help="Front to back")
    height: float = number(0.026, 0.015, 0.04, unit="m", help="Desk to the highest key")
    color: str = choice("dark", ("dark", "light"), help="Colour of case and keys")


def keyboard(brief: KeyboardBrief) -> Prop:
    """The keyboard of a brief."""
    w, d, h = brief.width, brief.depth, brief.height
    mark = brief.look.shades[0]
    case, cap = ("#2a2c2f", "#1d1f21") if brief.color == "dark" else ("#d9dad9", "#f3f3f1")

    def lean(v: np.ndarray) -> np.ndarray:  # lower towards the user
        v[:, 2] *= 1.0 - 0.35 * (0.5 - v[:, 1] / d)
        return v

    top = 0.73 * h
    parts = [Part("case", box((-w / 2, -d / 2, 0.0), (w / 2, d / 2, top), 0.003).shaped(lean), plastic(case))]
    edge = 0.008
    unit, pitch = (w - 2 * edge) / 15.0, (d - 2 * edge) / len(ROWS)
    keys: dict[str, list[Shape]] = {cap: [], mark: []}
    for row, widths in enumerate(ROWS):
        x, y = -w / 2 + edge, d / 2 - edge - (row + 1) * pitch
        for column, span in enumerate(widths):
            low = (x + 0.0012, y + 0.0012, top - 0.002)
            high = (x + span * unit - 0.0012, y + pitch - 0.0012, h)
            key = _key(low, high).shaped(lean)
            keys[mark if (row, column) in ((0, 0), (3, len(ROWS[3]) - 1)) else cap].append(key)
            x += span * unit
    parts += [Part("key", join(shapes), plastic(code)) for code, shapes in keys.items()]
    return build("electronics", "Keyboard", parts, mount=SURFACE)


def _key(low: tuple[float, float, float], high: tuple[float, float, float]) -> Shape:
    """A cap that narrows towards its top."""
    key = box(low, high, 0.0)
    centre = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)
    top = key.vertices[:, 2] > (low[2] + high[2]) / 2
    key.vertices[top, :2] -= np.sign(key.vertices[top, :2] - centre) * 0.0018
    return key
