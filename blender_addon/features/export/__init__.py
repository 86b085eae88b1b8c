"""The Export panel: results as a GLB file that a game engine opens."""

from . import operators, panel, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_export": settings.WORLDWRIGHT_PG_export}
