"""What can be asked of a fit."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import Brief, choice, flag
from ..brief import HAIR_STYLES, RIG_NAMES

UNITS = {"metres": 1.0, "centimetres": 0.01, "millimetres": 0.001}
OUTFITS = ("base garments", "everyday clothes")
REST_POSES = ("as it stands", "a-pose", "t-pose")


@dataclass
class FitBrief(Brief):
    """How the selected figure becomes a character of ours."""

    unit: str = choice("automatic", ("automatic", *UNITS), help="What one unit of the selected mesh is", group="Reading")
    outfit: str = choice("base garments", OUTFITS, help="What the new character wears; minors are always dressed", group="Result")
    hair: str = choice("short", HAIR_STYLES, help="Hair style; hair cannot be read from a shape", group="Result")
    beside: bool = flag(True, help="Put the result beside the selected mesh instead of over it", group="Result")


@dataclass
class RigBrief(Brief):
    """How the selected figure gets a skeleton."""

    unit: str = choice("automatic", ("automatic", *UNITS), help="What one unit of the selected mesh is", group="Reading")
    names: str = choice("unreal", RIG_NAMES, help="Names of the bones", group="Rig")
    rest_pose: str = choice(
        "as it stands", REST_POSES, help="Rest pose of the skeleton; in another than its own the mesh gets a copy", group="Rig"
    )
    clips: bool = flag(True, help="Idle, walk and wave, to see it move", group="Rig")
