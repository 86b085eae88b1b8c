"""Builds props for a room, each distinct one once, so that four equal chairs share one mesh."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from .brief import RoomBrief
from .props import PROPS
from .props.prop import Prop


class Shop:
    """Props in the style of one room. ``get`` passes on only the parameters the prop's brief has.

    ``habits``: what all props of a kind have in common in this room, chosen once.
    """

    def __init__(self, brief: RoomBrief) -> None:
        rng = np.random.default_rng([brief.seed, 7])
        self.habits: dict[str, dict[str, float | str | bool]] = {
            "desk": {"legs": str(rng.choice(["frame", "panel", "splayed"]))},
            "office_chair": {"headrest": bool(rng.random() < 0.3), "cover": str(rng.choice(["fabric", "fabric", "accent"])),
                             "base": str(rng.choice(["dark", "bright"]))},
            "visitor_chair": {"style": str(rng.choice(["shell", "cantilever"] if brief.kind != "classroom" else ["shell", "wooden"]))},
            "cupboard": {"finish": str(rng.choice(["wood", "painted", "mixed"])), "base": str(rng.choice(["plinth", "legs"]))},
            "meeting_table": {"shape": "boat" if rng.random() < 0.6 else "rectangle"},
        }  # fmt: skip
        self.look = {"palette": brief.palette, "accent": brief.accent}
        self.seed = brief.seed
        self.made: dict[tuple, Prop] = {}

    def get(self, key: str, variant: int = 0, **values: float | str | bool) -> Prop:
        """The prop ``key`` with sizes clamped to its limits; ``variant`` changes its random choices."""
        brief_type, make = PROPS[key]
        known = {field.name: field.metadata for field in fields(brief_type)}
        chosen: dict = {"seed": (self.seed * 8 + variant) % 2**31}
        for name, value in {**self.look, **self.habits.get(key, {}), **values}.items():
            if name not in known:
                continue
            options = known[name].get("options")
            if options and value not in options:
                continue
            if "low" in known[name]:
                value = (int if known[name].get("whole") else float)(min(max(value, known[name]["low"]), known[name]["high"]))
            chosen[name] = value
        order = (key, *sorted(chosen.items()))
        if order not in self.made:
            self.made[order] = make(brief_type(**chosen).validate())
        return self.made[order]
