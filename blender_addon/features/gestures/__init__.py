"""Gestures: strokes of pen or mouse on objects in the view are recognised and do what they are bound to."""

from . import drawing, operators, panel, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *drawing.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_gestures": settings.WORLDWRIGHT_PG_gestures}
