"""A prompt becomes a robot's brief: kit, size, bulk, wear, colours; what is not understood is said."""

from __future__ import annotations

from typing import Any

from ..sayings import color_at, not_understood, words_of
from .brief import RobotBrief

KITS = {
    "service": "service android helper butler assistant friendly medical nurse white sleek modern home domestic",
    "industrial": "industrial worker loader factory construction mining builder mechanic heavy-duty utility",
    "combat": "combat war battle soldier military guard mech security enforcer hunter killer armed",
    "retro": "retro toy tin vintage classic fifties steampunk old-fashioned",
}
PAINTS = {
    "service": {},
    "industrial": {"shell_color": (0.75, 0.42, 0.03), "trim_color": (0.08, 0.08, 0.085), "light_color": (1.0, 0.55, 0.1)},
    "combat": {"shell_color": (0.10, 0.125, 0.09), "trim_color": (0.045, 0.045, 0.05), "light_color": (1.0, 0.06, 0.03)},
    "retro": {"shell_color": (0.13, 0.42, 0.45), "trim_color": (0.55, 0.06, 0.04), "light_color": (1.0, 0.8, 0.25)},
}  # fmt: skip
WORDS: dict[str, dict[str, Any]] = {
    **dict.fromkeys(("slim", "slender", "thin", "lean"), {"bulk": 0.1}),
    **dict.fromkeys(("massive", "bulky", "heavy", "big", "stocky"), {"bulk": 0.95}),
    **dict.fromkeys(("rusty", "worn", "old", "battered", "dirty", "scratched", "used"), {"wear": 0.95}),
    **dict.fromkeys(("new", "clean", "shiny", "pristine", "polished"), {"wear": 0.0}),
    "small": {"height": 1.2}, "tiny": {"height": 0.7}, "tall": {"height": 2.2}, "large": {"height": 2.5}, "huge": {"height": 3.2},
    "giant": {"height": 4.0},
    "visor": {"head": "visor"}, "dome": {"head": "dome"}, "antenna": {"antennas": True}, "antennas": {"antennas": True},
}  # fmt: skip
FILLERS = set(
    "a an the and with of in on to for is are robot robots droid droids bot machine humanoid that has have very one "
    "please make me metal painted".split()
)


def read_prompt(prompt: str, seed: int) -> tuple[RobotBrief, list[str]]:
    """The brief that the prompt describes, and notes in full sentences. Raises WorldwrightError for an empty prompt."""
    words = words_of(prompt, "Say which robot you want, in English.")
    kit = next((kit for word in words for kit, names in KITS.items() if word in names.split()), "service")
    values: dict[str, Any] = {"kit": kit, "seed": seed, **PAINTS[kit]}
    unknown, painted, skip = [], False, -1
    for k, word in enumerate(words):
        shade, taken = color_at(words, k)
        if k <= skip:
            continue
        if shade is not None:
            target = words[k + taken] if k + taken < len(words) else ""
            key = "light_color" if target in ("eyes", "lights", "lamps", "eyed") else "trim_color" if painted else "shell_color"
            values[key], painted = shade, painted or key == "shell_color"
            skip = k + taken - 1
        elif word in WORDS:
            values |= WORDS[word]
        elif (
            word not in FILLERS
            and not any(word in names.split() for names in KITS.values())
            and word not in ("eyes", "lights", "lamps")
        ):
            unknown.append(word)
    return RobotBrief.from_dict(values), not_understood(unknown)
