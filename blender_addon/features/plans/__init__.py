"""Homes: from words, and from a picture of a floor plan that can be corrected before it is built."""

from . import operators, panel, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_home": settings.WORLDWRIGHT_PG_home, "worldwright_plan": settings.WORLDWRIGHT_PG_plan}
