"""City and landscape: panels under Environment; a prompt, sliders, a height map, a sketch or a photograph becomes a scene."""

from . import operators, panel, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *panel.CLASSES)
SETTINGS = {"worldwright_city": settings.WORLDWRIGHT_PG_city, "worldwright_landscape": settings.WORLDWRIGHT_PG_landscape}
