"""The Annotate panel: what the selected objects are, read from their points."""

from . import keys, libraries, operators, panel, reviewing, settings, teaching

CLASSES = (*settings.CLASSES, *operators.CLASSES, *teaching.CLASSES, *libraries.CLASSES, *reviewing.CLASSES, *panel.CLASSES)
register, unregister = keys.register, keys.unregister
SETTINGS = {"worldwright_annotation": settings.WORLDWRIGHT_PG_annotation}
