"""The Annotate panel: what the selected objects are, read from their points."""

from . import keys, libraries, operators, panel, recording, reviewing, settings, teaching

PARTS = (settings, operators, teaching, recording, libraries, reviewing, panel)
CLASSES = tuple(class_ for part in PARTS for class_ in part.CLASSES)
register, unregister = keys.register, keys.unregister
SETTINGS = {"worldwright_annotation": settings.WORLDWRIGHT_PG_annotation}
