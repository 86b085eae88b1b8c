"""Which gesture does what: shown in the panel, kept in the user's folder and not in the .blend."""

from __future__ import annotations

import logging

import bpy

from ...core.errors import WorldwrightError
from ...core.interaction.gesture_bindings import ACTIONS, DEFAULT, read_bindings, write_bindings
from ...core.interaction.gestures import GESTURES
from ...user_folder import user_folder

ITEMS = [(action, action.capitalize(), help, number) for number, (action, help) in enumerate(ACTIONS.items())]
MEANING = {
    "tap": "A short touch",
    "hold": "A touch of more than half a second",
    "stroke": "One calm line",
    "scrub": "To and fro, at least three times",
    "circle": "A closed loop",
    "flick": "A short quick line, let go in full swing",
    "cross": "Two lines that cross, in one go or two",
}
log = logging.getLogger(__name__)
_known: dict[str, str] | None = None


def bindings() -> dict[str, str]:
    """Gesture -> action. A damaged file counts as none."""
    global _known
    if _known is None:
        try:
            _known = read_bindings(user_folder("gestures"))
        except WorldwrightError as error:
            log.warning("%s", error)
            _known = dict(DEFAULT)
    return _known


def bind(gesture: str, action: str) -> None:
    """Binds a gesture and keeps it for good. Raises WorldwrightError."""
    global _known
    changed = {**bindings(), gesture: action}
    write_bindings(user_folder("gestures"), changed)
    _known = changed


def _choice(gesture: str) -> object:
    def get(self: bpy.types.PropertyGroup) -> int:
        return list(ACTIONS).index(bindings()[gesture])

    def put(self: bpy.types.PropertyGroup, value: int) -> None:
        bind(gesture, list(ACTIONS)[value])

    about = f"{MEANING[gesture]}. What it does"
    return bpy.props.EnumProperty(name=gesture.capitalize(), description=about, items=ITEMS, get=get, set=put)


_SAID = bpy.props.StringProperty(name="Last Gesture", description="What was recognised last, and what it did")
_PROPERTIES = {**{gesture: _choice(gesture) for gesture in GESTURES}, "said": _SAID}
WORLDWRIGHT_PG_gestures = type("WORLDWRIGHT_PG_gestures", (bpy.types.PropertyGroup,), {"__annotations__": _PROPERTIES})

CLASSES = (WORLDWRIGHT_PG_gestures,)
