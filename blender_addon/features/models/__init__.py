"""The models that the artist trained: use, roll back, evaluate, deploy, move and delete."""

from . import operators, panel

CLASSES = (*operators.CLASSES, *panel.CLASSES)
