"""The Environment panel: a prompt or sliders become a furnished room at the 3D cursor."""

from . import operators, panel, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_environment": settings.WORLDWRIGHT_PG_environment}
