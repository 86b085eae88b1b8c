"""Façade styles: what the builders of one place and time would have done."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...geometry.shape import Finish
from ..materials import walls
from ..materials.finishes import lacquer


@dataclass(frozen=True)
class Style:
    """How a house looks. Lengths in metres, colours "#rrggbb".

    Attributes:
        wall: maker and colour of the wall; ``base``: the same for the ground floor of houses, "" as above.
        trim: stone or paint of sills, cornices and surrounds; ``frame``: window frames; ``door``: door paint.
        bay: width of one window's stretch of wall; ``storey``, ``ground``: heights.
        window: width, height and sill height of the openings.
        panes: "sash", "cross", "casement", "single", "grid", "ribbon" or "curtain".
        surround: "lintel", "architrave", "pediment", "arch" or "".
        reveal: how deep the windows lie in the wall.
        cornice: height of the eaves' moulding; ``strings``: bands between storeys; ``quoins``: corner stones.
        balconies: share of bays with one.
        roof: "flat", "gable", "mansard" or "hip"; ``cover``: maker and colour of the roof.
    """

    name: str
    wall: tuple[str, str]
    base: tuple[str, str] = ("", "")
    trim: str = "#d8d0bf"
    frame: str = "#ece9e2"
    door: str = "#24433a"
    bay: float = 2.7
    storey: float = 3.1
    ground: float = 3.9
    window: tuple[float, float, float] = (1.15, 1.75, 0.8)
    panes: str = "sash"
    surround: str = "lintel"
    reveal: float = 0.18
    cornice: float = 0.35
    strings: bool = False
    quoins: bool = False
    balconies: float = 0.0
    roof: str = "flat"
    cover: tuple[str, str] = ("roof_felt", "#66645f")
    timber: bool = False

    def finish(self, which: tuple[str, str]) -> Finish:
        """The finish of a maker in ``materials.walls`` and a colour."""
        return getattr(walls, which[0])(which[1])

    @property
    def wall_finish(self) -> Finish:
        return self.finish(self.wall)

    @property
    def base_finish(self) -> Finish:
        return self.finish(self.base if self.base[0] else self.wall)

    @property
    def trim_finish(self) -> Finish:
        return walls.render(self.trim)

    @property
    def frame_finish(self) -> Finish:
        return lacquer(self.frame, 0.4)

    @property
    def door_finish(self) -> Finish:
        return lacquer(self.door, 0.35)


_TERRACE = Style("brick terrace", ("brick", "#8d4a36"), trim="#ddd6c6", cornice=0.3, strings=True, roof="gable",
                 cover=("slates", "#4c5359"), reveal=0.12, window=(1.1, 1.7, 0.75), surround="arch")  # fmt: skip
_EUROPEAN = Style("plaster", ("render", "#d8c39a"), base=("ashlar", "#c9bfa8"), trim="#e9e2d2", panes="cross", bay=2.8,
                  storey=3.4, ground=4.3, window=(1.15, 2.05, 0.7), surround="architrave", cornice=0.6, strings=True,
                  balconies=0.2, roof="mansard", cover=("slates", "#50565b"))  # fmt: skip
_STONE = replace(_EUROPEAN, name="stone", wall=("ashlar", "#c9b894"), base=("ashlar", "#b8ab90"), surround="pediment", quoins=True,
                 balconies=0.3, trim="#d3c6aa")  # fmt: skip
_WAREHOUSE = Style("warehouse", ("brick", "#6f3f31"), trim="#8f887a", frame="#2d3134", panes="grid", bay=3.4, storey=3.7,
                   ground=4.4, window=(2.1, 2.3, 0.8), surround="arch", reveal=0.26, cornice=0.4, strings=True)  # fmt: skip
_CONCRETE = Style("concrete", ("concrete_panels", "#a9a8a3"), trim="#8b8a86", frame="#383b3e", panes="ribbon", bay=3.2, storey=3.2,
                  ground=4.0, window=(2.5, 1.7, 0.9), surround="", reveal=0.3, cornice=0.0, balconies=0.25)  # fmt: skip
_GLASS = Style("glass", ("standing_seam", "#4b5359"), trim="#9aa0a4", frame="#6b7176", panes="curtain", bay=1.6, storey=3.6,
               ground=4.8, window=(1.5, 3.0, 0.15), surround="", reveal=0.1, cornice=0.0)  # fmt: skip
_RENDER = Style("modern", ("render", "#e6e3dc"), base=("timber_boards", "#7b5a3c"), trim="#55585a", frame="#33363a",
                panes="casement", bay=3.1, storey=3.0, ground=3.6, window=(1.6, 1.7, 0.75), surround="", reveal=0.22, cornice=0.0,
                balconies=0.45)  # fmt: skip
_VILLAGE = Style("village", ("render", "#e4dcc8"), trim="#d7cdb8", frame="#f0eee8", door="#5b3a2a", bay=2.6, storey=2.7, ground=2.8,
                 window=(1.0, 1.25, 0.85), panes="casement", surround="lintel", cornice=0.18, roof="gable",
                 cover=("clay_tiles", "#a5583c"))  # fmt: skip
_TIMBER = replace(_VILLAGE, name="timber", wall=("render", "#e8dfc9"), timber=True, trim="#4a3626", frame="#4a3626", door="#3d2c20",
                  surround="")  # fmt: skip
_COTTAGE = replace(_VILLAGE, name="cottage", wall=("rubble", "#9c9484"), trim="#b3a894", roof="gable", cover=("slates", "#5a5854"))

STYLES: dict[str, tuple[Style, ...]] = {
    "brick": (
        _TERRACE, replace(_TERRACE, wall=("brick", "#a8704c"), door="#7a2626"),
        replace(_TERRACE, wall=("brick", "#74463a"), door="#1d2a44"),
        replace(_TERRACE, wall=("render", "#e9e4d8"), surround="architrave", door="#22252a"), _WAREHOUSE,
        replace(_TERRACE, wall=("brick", "#b9a184"), surround="lintel", roof="mansard", door="#4c6b52"),
    ),
    "european": (
        _EUROPEAN, replace(_EUROPEAN, wall=("render", "#c98f6b"), door="#4a3626"), _STONE,
        replace(_EUROPEAN, wall=("render", "#e6dcc6"), surround="pediment", balconies=0.35),
        replace(_EUROPEAN, wall=("render", "#b7b9a0")),
        replace(_EUROPEAN, wall=("render", "#d9a97f"), cover=("clay_tiles", "#9c5a42"), roof="gable"),
        replace(_STONE, wall=("brick", "#9a5b45"), trim="#d8ccb2"), replace(_EUROPEAN, wall=("render", "#a9b4b8"), door="#1d2a44"),
    ),
    "modern": (
        _GLASS, _CONCRETE, _RENDER, replace(_GLASS, wall=("standing_seam", "#7d7468"), frame="#3b3e40"),
        replace(_RENDER, wall=("brick", "#c9bda9"), base=("concrete_panels", "#a9a8a3")),
        replace(_CONCRETE, wall=("render", "#c9c6be"), panes="casement", window=(1.9, 1.9, 0.7)),
    ),
    "village": (
        _VILLAGE, _TIMBER, _COTTAGE, replace(_VILLAGE, wall=("render", "#d9b98c"), door="#2f4a3b"),
        replace(_VILLAGE, wall=("brick", "#a06a4a"), surround="arch", trim="#cfc3ab"), replace(_TIMBER, wall=("brick", "#b07f5c")),
    ),
}  # fmt: skip
STYLES["mixed"] = (STYLES["brick"][0], STYLES["european"][0], STYLES["modern"][2], STYLES["brick"][1], STYLES["european"][3],
                   STYLES["modern"][1], STYLES["brick"][4], STYLES["european"][1], STYLES["modern"][0])  # fmt: skip
