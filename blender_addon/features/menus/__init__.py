"""The features in Blender's own menus, and pictures that are dropped into the view."""

from . import dropping, menus

CLASSES = (*dropping.CLASSES, *menus.CLASSES)
register, unregister = menus.register, menus.unregister
