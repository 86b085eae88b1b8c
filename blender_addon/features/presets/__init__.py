"""Presets of every generator: use, save, share, delete."""

from . import menus, operators

CLASSES = (*operators.CLASSES, *menus.CLASSES)
