"""Fit to My Mesh: the selection's person as a clean character. Rig My Mesh: a skeleton for the artist's own mesh."""

from . import operators, panel, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_fit": settings.FitSettings, "worldwright_rig": settings.RigSettings}
