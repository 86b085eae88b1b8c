"""The Character panel: a prompt or sliders become a person at the 3D cursor."""

from . import garments, operators, panel, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *panel.CLASSES, *garments.CLASSES)
SETTINGS = {"worldwright_character": settings.WORLDWRIGHT_PG_character}
