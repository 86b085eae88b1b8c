"""Builds props for rooms, each distinct one once, so that four equal chairs share one mesh."""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache

import numpy as np

from .brief import RoomBrief
from .props import PROPS
from .props.prop import Prop

Value = float | str | bool
FAMILIES = 8  # rooms take their props' random choices from so many sets, so that they can share built props


class MissingProp(LookupError):
    """There is no generator of that name."""


class Shop:
    """Props in the style of one room. ``get`` passes on only the parameters the prop's brief has.

    ``habits``: what all props of a kind have in common in this room, chosen once.
    """

    def __init__(self, brief: RoomBrief) -> None:
        self.habits = _habits(brief)
        self.look = {"palette": brief.palette, "accent": brief.accent}
        self.family = brief.seed % FAMILIES

    def get(self, key: str, variant: int = 0, **values: Value) -> Prop:
        """The prop ``key`` with sizes clamped to its limits; ``variant`` changes its random choices. Equal ones are one
        object. Raises MissingProp."""
        if key not in PROPS:
            raise MissingProp(key)
        known = {field.name: field.metadata for field in fields(PROPS[key][0])}
        chosen: dict[str, Value] = {"seed": variant * FAMILIES + self.family}
        for name, value in {**self.look, **self.habits.get(key, {}), **values}.items():
            if name not in known or value not in known[name].get("options", (value,)):
                continue
            if "low" in known[name]:
                value = (int if known[name].get("whole") else float)(min(max(value, known[name]["low"]), known[name]["high"]))
            chosen[name] = value
        return _built(key, tuple(sorted(chosen.items())))


@lru_cache(maxsize=512)
def _built(key: str, values: tuple[tuple[str, Value], ...]) -> Prop:
    brief_type, make = PROPS[key]
    prop = make(brief_type.from_dict(dict(values)))
    prop.key = key
    return prop


def _habits(brief: RoomBrief) -> dict[str, dict[str, Value]]:
    rng = np.random.default_rng([brief.seed, 7])
    sober = brief.palette in ("industrial", "graphite")
    chairs = ["shell", "wooden"] if brief.kind == "classroom" else ["shell", "cantilever"]
    return {
        "desk": {"legs": str(rng.choice(["frame", "panel", "splayed"]))},
        "office_chair": {
            "headrest": bool(rng.random() < 0.3),
            "cover": str(rng.choice(["fabric", "fabric", "accent"])),
            "base": str(rng.choice(["dark", "bright"])),
        },
        "visitor_chair": {"style": str(rng.choice(chairs))},
        "cupboard": {"finish": str(rng.choice(["wood", "painted", "mixed"])), "base": str(rng.choice(["plinth", "legs"]))},
        "meeting_table": {"shape": "boat" if rng.random() < 0.6 else "rectangle"},
        "sofa": {"cover": str(rng.choice(["fabric", "accent", "leather"]))},
        "keyboard": {"color": str(rng.choice(["dark", "light"]))},
        "picture_frame": {"frame": "dark" if sober else str(rng.choice(["wood", "dark", "metal"]))},
        "wall_clock": {
            "time": float(rng.integers(32, 68)) / 4.0 % 12.0,
            "dial": "dark" if brief.walls != "dark" and sober else "light",
        },
        "ceiling_light": {
            "style": "line" if sober else "panel",
            "width": 1.4 if sober else 0.6,
            "depth": 0.1 if sober else 0.6,
            "strength": round(1.5 + 6.0 * brief.brightness),
        },
        "waste_bin": {"paper": 3},
    }
