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
        sober = brief.palette in ("industrial", "graphite")
        chairs = ["shell", "wooden"] if brief.kind == "classroom" else ["shell", "cantilever"]
        self.habits: dict[str, dict[str, float | str | bool]] = {
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
                "time": float(rng.uniform(8.0, 17.0) % 12.0),
                "dial": "dark" if brief.walls != "dark" and sober else "light",
            },
            "ceiling_light": {
                "style": "line" if sober else "panel",
                "width": 1.4 if sober else 0.6,
                "depth": 0.1 if sober else 0.6,
                "strength": 1.5 + 6.0 * brief.brightness,
            },
            "waste_bin": {"paper": 3},
        }
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
