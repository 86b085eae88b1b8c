"""Keys to accept, correct and reject labels while going through a library. The artist may change them in the preferences."""

from __future__ import annotations

import bpy

KEYS = (("worldwright.accept_label", "Y"), ("worldwright.correct_label", "E"), ("worldwright.reject_label", "N"))
"""Operator → its key, with Ctrl and Alt, in Object Mode."""

_added: list[tuple[bpy.types.KeyMap, bpy.types.KeyMapItem]] = []


def register() -> None:
    """Adds the keys; without a window there are none."""
    configuration = bpy.context.window_manager.keyconfigs.addon if bpy.context.window_manager else None
    if configuration is None:
        return
    keymap = configuration.keymaps.new("Object Mode")
    for operator, key in KEYS:
        _added.append((keymap, keymap.keymap_items.new(operator, key, "PRESS", ctrl=True, alt=True)))


def unregister() -> None:
    """Takes them away."""
    for keymap, item in _added:
        keymap.keymap_items.remove(item)
    _added.clear()
