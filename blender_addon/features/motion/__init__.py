"""Motion: clips for the selected rig, motions of other rigs retargeted onto it, and a control rig."""

from . import operators, panel, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_motion": settings.WORLDWRIGHT_PG_motion}
