"""Camera and stage: a walk through rooms, and a turntable with three lights for what is selected."""

from . import operators, panel, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_stage": settings.StageSettings}
