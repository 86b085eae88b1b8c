"""Registering and unregistering everything, in one place, so that nothing is left behind.

A feature's package offers ``CLASSES`` and, where it has settings, ``SETTINGS``: name on the scene -> property group; and
``register`` and ``unregister`` where it draws into the views.
"""

from __future__ import annotations

import atexit

import bpy

from . import job, languages, preferences
from .features import FEATURES

CLASSES = (*preferences.CLASSES, *job.CLASSES, *(class_ for feature in FEATURES for class_ in feature.CLASSES))
SETTINGS = {name: group for feature in FEATURES for name, group in getattr(feature, "SETTINGS", {}).items()}

_registered = False
_command: object = None  # Blender's handle of the command


def register() -> None:
    """Called by Blender when the extension is enabled."""
    global _registered, _command
    languages.register()
    for class_ in CLASSES:
        bpy.utils.register_class(class_)
    for name, group in SETTINGS.items():
        setattr(bpy.types.Scene, name, bpy.props.PointerProperty(type=group))
    for feature in FEATURES:
        getattr(feature, "register", _nothing)()
    bpy.app.timers.register(job.tend, first_interval=30.0, persistent=True)
    _command = bpy.utils.register_cli_command("worldwright", _run_command)
    # Blender as a Python module hangs or crashes at exit while registered classes are alive, so we go before it does.
    atexit.register(unregister)
    _registered = True


def unregister() -> None:
    """Called by Blender when the extension is disabled, and at exit. A second call does nothing."""
    global _registered
    if not _registered:
        return
    _registered = False
    atexit.unregister(unregister)
    job.end_worker()
    bpy.utils.unregister_cli_command(_command)
    if bpy.app.timers.is_registered(job.tend):
        bpy.app.timers.unregister(job.tend)
    for feature in FEATURES:
        getattr(feature, "unregister", _nothing)()
    for name in SETTINGS:
        delattr(bpy.types.Scene, name)
    for class_ in reversed(CLASSES):
        bpy.utils.unregister_class(class_)
    languages.unregister()


def _nothing() -> None:
    """Of a feature that has nothing but classes and settings."""


def _run_command(arguments: list[str]) -> int:
    """``blender --command worldwright ...``"""
    from .headless import command

    return command(arguments)
