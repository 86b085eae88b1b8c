"""Every clip by name: what a brief, the panel and the command line ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...errors import WorldwrightError
from ...scene import Clip, Mesh
from ..body import BodyShape
from ..brief import CLIPS, CharacterBrief
from . import dancing, gestures, locomotion, seating, standing
from .learned import learned_gait
from .mannequin import Mannequin
from .manner import NEUTRAL, Manner, manner

DEFAULT = ("idle", "walk")
LOCOMOTION = tuple(locomotion.GAITS)
IN_PLACE: dict[str, Callable[[Mannequin, Manner], Clip]] = {
    "idle": standing.idle,
    "sit": seating.sit,
    "seated": seating.seated,
    "stand up": seating.stand_up,
    "wave": gestures.wave,
    "point": gestures.point,
    "nod": gestures.nod,
    "talk": gestures.talk,
    "pick up": gestures.pick_up,
    "dance": dancing.dance,
}
TRAVELLING: dict[str, Callable[[Mannequin, Manner, bool], Clip]] = {"turn": standing.turn, "jump": standing.jump}
LEARNED = "learned"  # the style whose gaits are the network's


def read_names(text: str) -> list[str]:
    """The clips a comma-separated text names, each once, in its order; "all" is every one. Raises WorldwrightError."""
    names: list[str] = []
    for part in text.replace(";", ",").split(","):
        name = " ".join(part.lower().replace("_", " ").replace("-", " ").split())
        found = CLIPS if name == "all" else (name,) if name else ()
        for one in found:
            if one not in CLIPS:
                raise WorldwrightError(f"There is no clip called “{one}”.", f"Known are: {', '.join(CLIPS)}.")
            if one not in names:
                names.append(one)
    return names


def make_clips(
    shape: BodyShape,
    names: Sequence[str] = DEFAULT,
    manner: Manner = NEUTRAL,
    speed: float = 1.0,
    root_motion: bool = False,
    meshes: Sequence[Mesh] = (),
    learned: bool = False,
) -> list[Clip]:
    """The named clips for this body.

    Args:
        speed: factor on how fast gaits go.
        root_motion: gaits, turn and jump move the root bone; otherwise they stay in place.
        meshes: what is worn; shoes stand on the ground too.
        learned: gaits are the network's instead of our own.
    Raises WorldwrightError for an unknown name.
    """
    man = Mannequin(shape, meshes)
    return [make_clip(man, name, manner, speed, root_motion, learned) for name in names]


def manner_of(brief: CharacterBrief) -> Manner:
    """The brief's style and mood as one manner."""
    style = "neutral" if brief.motion_style == LEARNED else brief.motion_style
    return manner(style, brief.motion_style_amount, brief.mood, brief.mood_amount)


def from_brief(shape: BodyShape, brief: CharacterBrief, meshes: Sequence[Mesh] = ()) -> list[Clip]:
    """The clips that the brief names, in its manner. Raises WorldwrightError for an unknown name."""
    names, learned = read_names(brief.clips), brief.motion_style == LEARNED
    return make_clips(shape, names, manner_of(brief), brief.motion_speed, brief.root_motion, meshes, learned)


def make_clip(
    man: Mannequin, name: str, manner: Manner = NEUTRAL, speed: float = 1.0, root_motion: bool = False, learned: bool = False
) -> Clip:
    """One clip for a measured body, as ``make_clips``. Raises WorldwrightError for an unknown name."""
    (name,) = read_names(name) or ("",)
    if name in LOCOMOTION and learned:
        return learned_gait(man, name, manner, speed, root_motion)
    if name in LOCOMOTION:
        return locomotion.locomotion(man, name, manner, speed, root_motion)
    if name in TRAVELLING:
        return TRAVELLING[name](man, manner, root_motion)
    if name in IN_PLACE:
        return IN_PLACE[name](man, manner)
    raise WorldwrightError("No clip is named.", f"Known are: {', '.join(CLIPS)}.")
