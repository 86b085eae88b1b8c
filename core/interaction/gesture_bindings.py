"""Which gesture does what: the artist's choice, in one JSON file of the user's own folder."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ..errors import WorldwrightError
from .gestures import GESTURES

ACTIONS = {
    "nothing": "The gesture does nothing",
    "select": "Selects the object under the gesture, and nothing else",
    "add": "Adds every object under the gesture to the selection",
    "annotate": "Says what the object under the gesture is",
    "smooth": "Pats the surface smooth where it was touched, the harder the more",
    "delete": "Deletes the object under the gesture",
    "duplicate": "Makes a copy of the object and moves it the way of the gesture",
    "group": "Puts the objects within or under the gesture into a collection of their own",
    "hide": "Hides the object under the gesture",
    "isolate": "Shows the objects under the gesture alone; once more shows all",
}
DEFAULT = {
    "tap": "select",
    "hold": "annotate",
    "stroke": "add",
    "scrub": "smooth",
    "circle": "group",
    "flick": "duplicate",
    "cross": "delete",
}
FILE = "gestures.json"


def read_bindings(folder: Path) -> dict[str, str]:
    """Gesture -> action, of ``folder``'s file; the default where there is none. Raises WorldwrightError for a damaged file."""
    path = folder / FILE
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return dict(DEFAULT)
    except (OSError, ValueError) as error:
        raise WorldwrightError(f"“{FILE}” cannot be read.", "Set the gestures anew.") from error
    return DEFAULT | checked_bindings(values)


def checked_bindings(values: object) -> dict[str, str]:
    """The bindings, when all names in them are known. Raises WorldwrightError."""
    if not isinstance(values, dict):
        raise WorldwrightError("Gesture bindings are an object: gesture, action.")
    for gesture, action in values.items():
        if gesture not in GESTURES:
            raise WorldwrightError(f"There is no gesture “{gesture}”.", f"Known are: {', '.join(GESTURES)}.")
        if action not in ACTIONS:
            raise WorldwrightError(f"A gesture cannot do “{action}”.", f"Known are: {', '.join(ACTIONS)}.")
    return values


def write_bindings(folder: Path, bindings: dict[str, str]) -> None:
    """Keeps the bindings, whole or not at all. Raises WorldwrightError."""
    path = folder / FILE
    partial = path.with_name(path.name + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(checked_bindings(bindings), indent=1), encoding="utf-8")
        os.replace(partial, path)
    except OSError as error:
        raise WorldwrightError(f"“{path}” cannot be written: {error.strerror}.") from error
