"""Jobs: what runs now, and what ran before."""

from . import operators, panel

CLASSES = (*operators.CLASSES, *panel.CLASSES)
