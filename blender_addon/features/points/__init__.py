"""The Points panel: what is selected becomes point clouds, in the scene and in files."""

from . import operators, panel, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_points": settings.WORLDWRIGHT_PG_points}
