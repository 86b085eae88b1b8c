"""Furnishing: work on a room that exists, whether it was generated or is the artist's own."""

from . import operators, panel, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_furnish": settings.FurnishSettings}
