"""Crowds; and for single characters people at random, a reference picture, local sliders, and the review of refusals."""

from . import operators, panel, review, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *review.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_crowd": settings.WORLDWRIGHT_PG_crowd, "worldwright_people": settings.WORLDWRIGHT_PG_people}
