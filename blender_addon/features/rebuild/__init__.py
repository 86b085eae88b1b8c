"""Rebuild: a rough, scanned or AI-made mesh becomes a clean parametric one, whose sliders can be moved; variants, in-betweens."""

from . import operators, panel, settings, sliders

CLASSES = (*settings.CLASSES, *operators.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_rebuild": settings.RebuildSettings}
unregister = sliders.unregister
