"""The commands a request may become: a fixed vocabulary of typed values, checked before anything touches the scene.

A request is never turned into code. Whatever was said or written ends in these dataclasses or is refused.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ..errors import WorldwrightError

MADE = "@made"  # stands for what the command before has made
MOST = 200  # things made at once
RELATIONS = (
    "", "on", "in", "under", "above", "beside", "near", "around", "between", "along", "against", "facing", "corner", "front",
    "behind", "left", "right", "middle",
)  # fmt: skip
KINDS = ("prop", "character", "crowd", "creature", "robot", "room", "home", "city", "landscape")
DIRECTIONS = ("", "left", "right", "up", "down", "forward", "back")
DIMENSIONS = ("all", "width", "depth", "height")
MOODS = ("", "brighter", "darker", "warmer", "cooler", "morning", "noon", "afternoon", "evening", "night", "overcast", "picture")
VIEWS = ("", "front", "back", "left", "right", "top", "close")
TARGETS = ("glb", "unreal", "unity", "godot", "vrm", "web", "roblox", "usd")
ASPECTS = ("", "width", "depth", "height")


def _option(default: str, options: tuple[str, ...]) -> Any:
    return field(default=default, metadata={"options": options})


def _between(default: float | None, low: float, high: float) -> Any:
    return field(default=default, metadata={"range": (low, high)})


def _names() -> Any:
    return field(default=(), metadata={"names": True})


@dataclass(frozen=True)
class Command:
    """Base: ``targets`` are names of things in the scene, or ``MADE``. ``do`` is the command's word, ``changes`` whether it
    changes the scene, ``needs_targets`` whether it means nothing without any."""

    targets: tuple[str, ...] = _names()
    do: ClassVar[str] = ""
    changes: ClassVar[bool] = True
    needs_targets: ClassVar[bool] = True

    def to_dict(self) -> dict:
        """JSON values, with the word under ``do``."""
        values = {item.name: getattr(self, item.name) for item in dataclasses.fields(self)}
        return {"do": self.do} | {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}

    def names(self) -> tuple[str, ...]:
        """Every thing that the command names."""
        return self.targets + getattr(self, "to", ())


@dataclass(frozen=True)
class Create(Command):
    """Makes ``count`` of a ``kind``: a prop ``thing`` (a key of the props), or what ``prompt`` describes; stands it in
    ``relation`` to the things ``to``, or at ``place`` (metres)."""

    kind: str = _option("prop", KINDS)
    thing: str = ""
    prompt: str = ""
    count: int = _between(1, 1, MOST)
    relation: str = _option("", RELATIONS)
    to: tuple[str, ...] = _names()
    place: tuple[float, ...] = ()
    color: str = ""
    material: str = ""
    do: ClassVar[str] = "create"
    needs_targets: ClassVar[bool] = False


@dataclass(frozen=True)
class Remove(Command):
    """Takes the targets out of the scene."""

    do: ClassVar[str] = "remove"


@dataclass(frozen=True)
class Move(Command):
    """Moves the targets ``distance`` metres in a ``direction`` as the viewer sees it, or into a ``relation`` or to a ``place``."""

    direction: str = _option("", DIRECTIONS)
    distance: float = _between(0.5, 0.0, 1000.0)
    relation: str = _option("", RELATIONS)
    to: tuple[str, ...] = _names()
    place: tuple[float, ...] = ()
    do: ClassVar[str] = "move"


@dataclass(frozen=True)
class Rotate(Command):
    """Turns the targets by ``angle`` degrees, counter-clockwise seen from above, or to face the things ``to``."""

    angle: float = _between(90.0, -3600.0, 3600.0)
    relation: str = _option("", RELATIONS)
    to: tuple[str, ...] = _names()
    do: ClassVar[str] = "rotate"


@dataclass(frozen=True)
class Scale(Command):
    """Makes the targets ``factor`` times as large in a ``dimension``, or ``size`` metres where that is not None."""

    factor: float = _between(1.25, 0.01, 100.0)
    dimension: str = _option("all", DIMENSIONS)
    size: float | None = _between(None, 0.001, 1000.0)
    do: ClassVar[str] = "scale"


@dataclass(frozen=True)
class Align(Command):
    """Lines the targets up, in a row, turned alike; with ``to`` in line with it."""

    to: tuple[str, ...] = _names()
    do: ClassVar[str] = "align"


@dataclass(frozen=True)
class Duplicate(Command):
    """Makes ``count`` copies of the targets, in ``relation`` to the things ``to``, at a ``place``, or beside the originals."""

    count: int = _between(1, 1, MOST)
    relation: str = _option("", RELATIONS)
    to: tuple[str, ...] = _names()
    place: tuple[float, ...] = ()
    do: ClassVar[str] = "duplicate"


@dataclass(frozen=True)
class Restyle(Command):
    """Gives the targets a ``color`` and a ``material`` by name, or colours from a picture (``palette`` is “picture”)."""

    color: str = ""
    material: str = ""
    palette: str = _option("", ("", "picture"))
    do: ClassVar[str] = "restyle"


@dataclass(frozen=True)
class Rename(Command):
    """Renames the targets; without a ``name`` after what they are."""

    name: str = ""
    do: ClassVar[str] = "rename"


@dataclass(frozen=True)
class Annotate(Command):
    """Has the networks say what the targets are; without any, all meshes."""

    do: ClassVar[str] = "annotate"
    needs_targets: ClassVar[bool] = False


@dataclass(frozen=True)
class Fit(Command):
    """Makes a clean character of the target's build and pose."""

    do: ClassVar[str] = "fit"


@dataclass(frozen=True)
class Rig(Command):
    """Gives the target a skeleton and weights."""

    do: ClassVar[str] = "rig"


@dataclass(frozen=True)
class Play(Command):
    """Has the targets play the ``clip`` of that name."""

    clip: str = ""
    do: ClassVar[str] = "play"


@dataclass(frozen=True)
class Camera(Command):
    """Sets the camera to look at the targets (or everything) from a ``view``."""

    view: str = _option("", VIEWS)
    do: ClassVar[str] = "camera"
    needs_targets: ClassVar[bool] = False


@dataclass(frozen=True)
class Light(Command):
    """Sets the light to a ``mood``."""

    mood: str = _option("", MOODS)
    do: ClassVar[str] = "light"
    needs_targets: ClassVar[bool] = False


@dataclass(frozen=True)
class Export(Command):
    """Writes the targets, or everything, for an ``engine``, or as “glb”."""

    engine: str = _option("glb", TARGETS)
    do: ClassVar[str] = "export"
    needs_targets: ClassVar[bool] = False


@dataclass(frozen=True)
class Select(Command):
    """Selects the targets."""

    do: ClassVar[str] = "select"


@dataclass(frozen=True)
class Undo(Command):
    """Takes the last request back."""

    do: ClassVar[str] = "undo"
    needs_targets: ClassVar[bool] = False


@dataclass(frozen=True)
class Count(Command):
    """How many targets there are. ``noun``: the words they were asked for by."""

    noun: str = ""
    do: ClassVar[str] = "count"
    changes: ClassVar[bool] = False
    needs_targets: ClassVar[bool] = False


@dataclass(frozen=True)
class Which(Command):
    """Which things the targets are. ``noun``: the words they were asked for by."""

    noun: str = ""
    do: ClassVar[str] = "which"
    changes: ClassVar[bool] = False
    needs_targets: ClassVar[bool] = False


@dataclass(frozen=True)
class Where(Command):
    """Where the targets are."""

    do: ClassVar[str] = "where"
    changes: ClassVar[bool] = False


@dataclass(frozen=True)
class Size(Command):
    """How big the targets are, in one ``aspect`` or whole."""

    aspect: str = _option("", ASPECTS)
    do: ClassVar[str] = "size"
    changes: ClassVar[bool] = False


@dataclass(frozen=True)
class What(Command):
    """What the targets are: kind, colour, material, size, place."""

    do: ClassVar[str] = "what"
    changes: ClassVar[bool] = False


@dataclass(frozen=True)
class Missing(Command):
    """What is missing before an ``engine`` can use the targets, or everything."""

    engine: str = _option("unreal", TARGETS)
    do: ClassVar[str] = "missing"
    changes: ClassVar[bool] = False
    needs_targets: ClassVar[bool] = False


@dataclass(frozen=True)
class Why(Command):
    """Why the targets stand where they stand, or are called what they are called."""

    do: ClassVar[str] = "why"
    changes: ClassVar[bool] = False


@dataclass(frozen=True)
class Help(Command):
    """What can be asked."""

    do: ClassVar[str] = "help"
    changes: ClassVar[bool] = False
    needs_targets: ClassVar[bool] = False


COMMANDS: dict[str, type[Command]] = {
    kind.do: kind
    for kind in (
        Create, Remove, Move, Rotate, Scale, Align, Duplicate, Restyle, Rename, Annotate, Fit, Rig, Play, Camera, Light, Export,
        Select, Undo, Count, Which, Where, Size, What, Missing, Why, Help,
    )
}  # fmt: skip
"""The whole vocabulary, by word."""


def from_dict(values: dict) -> Command:
    """The command that JSON values say. Raises WorldwrightError for an unknown word or parameter."""
    word = values.get("do", "")
    if word not in COMMANDS:
        raise WorldwrightError(f"There is no command “{word}”.", f"Known are: {', '.join(COMMANDS)}.")
    kind = COMMANDS[word]
    known = {item.name for item in dataclasses.fields(kind)}
    given = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if name != "do"}
    if unknown := sorted(set(given) - known):
        raise WorldwrightError(f"The command “{word}” has no parameter “{unknown[0]}”.", f"Known are: {', '.join(sorted(known))}.")
    return kind(**given)


def check(command: Command, present: Iterable[str]) -> Command:
    """The command itself when every value is of the vocabulary and every thing it names is ``present``.

    Raises WorldwrightError with the first problem.
    """
    there = set(present) | {MADE}
    for item in dataclasses.fields(command):
        value = getattr(command, item.name)
        if problem := _problem(value, item, there):
            raise WorldwrightError(f"The request cannot be carried out: {item.name} {problem}.")
    if command.needs_targets and not command.targets:
        raise WorldwrightError(f"It was not said what to {command.do}.", "Name it, select it or point at it.")
    return command


def _problem(value: Any, item: dataclasses.Field, there: set[str]) -> str:
    """What is wrong with a value, or ""."""
    if options := item.metadata.get("options"):
        return "" if value in options else f"must be one of {', '.join(word for word in options if word)}"
    if span := item.metadata.get("range"):
        if value is None:
            return "" if item.default is None else "is missing"
        fits = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
        return "" if fits and span[0] <= value <= span[1] else f"must lie between {span[0]:g} and {span[1]:g}"
    if item.metadata.get("names"):
        gone = [name for name in value if name not in there]
        return f"names “{gone[0]}”, which is not in the scene" if gone else ""
    if item.name == "place":
        fits = len(value) in (0, 3) and all(isinstance(number, (int, float)) and math.isfinite(number) for number in value)
        return "" if fits else "must be three numbers"
    return "" if isinstance(value, str) and len(value) <= 2000 else "is no text of at most 2,000 characters"
