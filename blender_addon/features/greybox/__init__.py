"""From Grey Boxes: the selection that blocks a room out becomes a detailed room."""

from . import operators, panel, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_greybox": settings.GreyboxSettings}
