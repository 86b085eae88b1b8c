"""The Doctor panel: what is missing, in one sentence each, with the button that cures it."""

from . import operators, panel

CLASSES = (*operators.CLASSES, *panel.CLASSES)
