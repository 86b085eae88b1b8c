"""The Ask panel: requests in plain words, typed, spoken, pointed or shown, become commands on the scene."""

from . import operators, panel, preview, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_ask": settings.WORLDWRIGHT_PG_ask}
register, unregister = preview.register, preview.unregister
