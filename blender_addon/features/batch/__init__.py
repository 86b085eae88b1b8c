"""The Batch panel: a job file through many items, beside the artist's own work."""

from . import operators, panel, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_batch": settings.WORLDWRIGHT_PG_batch}
