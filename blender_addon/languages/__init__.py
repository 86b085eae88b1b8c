"""The interface in other languages: one JSON file each, named by Blender's locale, English text → translation.

Sentences with measured numbers in them, and errors, stay English.
"""

from __future__ import annotations

import json
from pathlib import Path

import bpy

FOLDER = Path(__file__).parent
CONTEXTS = ("*", "Operator")  # Blender keeps the labels of buttons apart from all other text


def tables() -> dict[str, dict[tuple[str, str], str]]:
    """locale -> (context, English) -> translation, as Blender wants it."""
    found = {}
    for path in sorted(FOLDER.glob("*.json")):
        words = json.loads(path.read_text(encoding="utf-8"))
        found[path.stem] = {(context, english): said for english, said in words.items() for context in CONTEXTS}
    return found


def register() -> None:
    """Gives Blender the translations."""
    bpy.app.translations.register(__package__, tables())


def unregister() -> None:
    """Takes them back."""
    bpy.app.translations.unregister(__package__)
