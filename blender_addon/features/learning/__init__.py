"""The Learn panel: models of the artist's own, from the artist's own library."""

from . import curve, operators, panel, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_learning": settings.WORLDWRIGHT_PG_learning}
unregister = curve.forget
