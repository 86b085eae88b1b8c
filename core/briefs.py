"""The brief: the contract between reading and building.

A brief is a frozen-in-shape dataclass of typed parameters whose ranges, units and help live in the field's metadata, so the
panel's sliders, the command line's checks and the JSON file all come from this one declaration::

    @dataclass
    class ChairBrief(Brief):
        width: float = number(0.5, 0.35, 0.9, unit="m", help="Seat width")
        arms: bool = flag(False, help="With arm rests")
        style: str = choice("plain", ("plain", "slats"), help="Back")
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Any, TypeVar

from .errors import WorldwrightError

SEED_LIMIT = 2**31 - 1
BriefType = TypeVar("BriefType", bound="Brief")


def number(default: float, low: float, high: float, unit: str = "", help: str = "", group: str = "") -> Any:
    """A real parameter in [low, high]. ``unit``: "m", "rad", "" (a ratio), "px"."""
    return dataclasses.field(default=default, metadata={"low": low, "high": high, "unit": unit, "help": help, "group": group})


def whole(default: int, low: int, high: int, help: str = "", group: str = "") -> Any:
    """A whole-number parameter in [low, high]."""
    return dataclasses.field(default=default, metadata={"low": low, "high": high, "whole": True, "help": help, "group": group})


def flag(default: bool, help: str = "", group: str = "") -> Any:
    """A yes/no parameter."""
    return dataclasses.field(default=default, metadata={"help": help, "group": group})


def choice(default: str, options: tuple[str, ...], help: str = "", group: str = "") -> Any:
    """One of ``options``."""
    return dataclasses.field(default=default, metadata={"options": options, "help": help, "group": group})


def color(default: tuple[float, float, float], help: str = "", group: str = "") -> Any:
    """A linear RGB colour in 0..1."""
    return dataclasses.field(default=default, metadata={"color": True, "help": help, "group": group})


def text(default: str = "", help: str = "", group: str = "") -> Any:
    """A short free text (a name or a note), never interpreted as code."""
    return dataclasses.field(default=default, metadata={"text": True, "help": help, "group": group})


def amounts(help: str = "", group: str = "") -> Any:
    """Many like parameters by name, each in -1..1; those not named are 0."""
    return dataclasses.field(default_factory=dict, metadata={"amounts": True, "help": help, "group": group})


@dataclass
class Brief:
    """Base of all briefs. ``seed`` decides every random choice: the same brief gives the same Scene, byte for byte."""

    seed: int = whole(0, 0, SEED_LIMIT, help="Every random choice comes from this number")

    def validate(self: BriefType) -> BriefType:
        """Returns itself; raises WorldwrightError naming the first parameter that is out of range or of the wrong type."""
        for field in dataclasses.fields(self):
            problem = _problem(getattr(self, field.name), field.metadata)
            if problem:
                raise WorldwrightError(f"“{field.name.replace('_', ' ')}” {problem}.")
        return self

    def to_dict(self) -> dict:
        """JSON values of every parameter."""
        values = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}

    @classmethod
    def from_dict(cls: type[BriefType], values: dict) -> BriefType:
        """A validated brief from JSON values; unknown names are an error that lists the known ones."""
        known = {field.name for field in dataclasses.fields(cls)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise WorldwrightError(f"A {cls.__name__} has no parameter “{unknown[0]}”.", f"Known are: {', '.join(sorted(known))}.")
        rules = {field.name: field.metadata for field in dataclasses.fields(cls)}
        return cls(**{name: _from_json(value, rules[name]) for name, value in values.items()}).validate()


def _from_json(value: Any, metadata: Any) -> Any:
    """A list is a tuple here; a choice among numbers, which are texts, may be given as a number."""
    if isinstance(value, list):
        return tuple(value)
    number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if number and str(value) in metadata.get("options", ()) else value


def _problem(value: Any, metadata: Any) -> str:
    """Why the value does not fit its field, or ""."""
    if "options" in metadata:
        return "" if value in metadata["options"] else f"must be one of {', '.join(metadata['options'])}; it is “{value}”"
    if metadata.get("color"):
        fits = isinstance(value, tuple) and len(value) == 3 and all(_is_number(v) and 0 <= v <= 1 for v in value)
        return "" if fits else "must be three numbers between 0 and 1"
    if metadata.get("amounts"):
        pairs = value.items() if isinstance(value, dict) else [(0, 0)]
        fits = all(isinstance(name, str) and _is_number(amount) and -1 <= amount <= 1 for name, amount in pairs)
        return "" if fits else "must be names with numbers between -1 and 1"
    if metadata.get("text"):
        return "" if isinstance(value, str) and len(value) <= 2000 else "must be a text of at most 2,000 characters"
    if "low" in metadata:
        if not _is_number(value) or (metadata.get("whole") and value != int(value)):
            return f"must be a {'whole ' if metadata.get('whole') else ''}number; it is “{value}”"
        low, high = metadata["low"], metadata["high"]
        unit = f" {metadata['unit']}" if metadata.get("unit") else ""
        return "" if low <= value <= high else f"must be between {low:g} and {high:g}{unit}; it is {value:g}"
    return "" if isinstance(value, bool) else f"must be yes or no; it is “{value}”"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
