"""The Annotate panel: what the selected objects are, read from their points."""

from . import operators, panel, settings, teaching

CLASSES = (*settings.CLASSES, *operators.CLASSES, *teaching.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_annotation": settings.WORLDWRIGHT_PG_annotation}
