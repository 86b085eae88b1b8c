"""Builds props for a room, each distinct one once, so that four equal chairs share one mesh."""

from __future__ import annotations

from dataclasses import fields

from .brief import RoomBrief
from .props import PROPS
from .props.prop import Prop


class Shop:
    """Props in the style of one room. ``get`` passes on only the parameters the prop's brief has."""

    def __init__(self, brief: RoomBrief) -> None:
        self.look = {"palette": brief.palette, "accent": brief.accent}
        self.seed = brief.seed
        self.made: dict[tuple, Prop] = {}

    def get(self, key: str, variant: int = 0, **values: float | str | bool) -> Prop:
        """The prop ``key`` with sizes clamped to its limits; ``variant`` changes its random choices."""
        brief_type, make = PROPS[key]
        known = {field.name: field.metadata for field in fields(brief_type)}
        chosen: dict = {"seed": (self.seed * 8 + variant) % 2**31}
        for name, value in {**self.look, **values}.items():
            if name not in known:
                continue
            options = known[name].get("options")
            if options and value not in options:
                continue
            chosen[name] = float(min(max(value, known[name]["low"]), known[name]["high"])) if "low" in known[name] else value
        order = (key, *sorted(chosen.items()))
        if order not in self.made:
            self.made[order] = make(brief_type(**chosen).validate())
        return self.made[order]
