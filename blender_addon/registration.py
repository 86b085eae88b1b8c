"""Registering and unregistering everything, in one place, so that nothing is left behind.

A feature's package offers ``CLASSES`` and, where it has settings, ``SETTINGS``: name on the scene -> property group.
"""

from __future__ import annotations

import atexit

import bpy

from . import job, preferences
from .features import FEATURES

CLASSES = (*preferences.CLASSES, *job.CLASSES, *(class_ for feature in FEATURES for class_ in feature.CLASSES))
SETTINGS = {name: group for feature in FEATURES for name, group in getattr(feature, "SETTINGS", {}).items()}

_registered = False


def register() -> None:
    """Called by Blender when the extension is enabled."""
    global _registered
    for class_ in CLASSES:
        bpy.utils.register_class(class_)
    for name, group in SETTINGS.items():
        setattr(bpy.types.Scene, name, bpy.props.PointerProperty(type=group))
    bpy.app.timers.register(job.tend, first_interval=30.0, persistent=True)
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
    if bpy.app.timers.is_registered(job.tend):
        bpy.app.timers.unregister(job.tend)
    for name in SETTINGS:
        delattr(bpy.types.Scene, name)
    for class_ in reversed(CLASSES):
        bpy.utils.unregister_class(class_)
