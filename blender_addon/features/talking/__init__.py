"""Talking Character: a persona answers a question or says a sentence, with voice, lips, eyes and hands."""

from . import operators, panel, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_talking": settings.WORLDWRIGHT_PG_talking}
