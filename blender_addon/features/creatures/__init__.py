"""The Creature and Robot panels: a prompt or sliders become an animal or a machine at the 3D cursor."""

from . import operators, panel, settings

CLASSES = (*settings.CLASSES, *operators.CLASSES, *panel.CLASSES)
SETTINGS = {
    "worldwright_creature": settings.WORLDWRIGHT_PG_creature,
    "worldwright_robot": settings.WORLDWRIGHT_PG_robot,
}
