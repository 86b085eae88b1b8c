"""The features, one folder each, in the order of their panels."""

from . import (
    annotation,
    batch,
    characters,
    creatures,
    crowd,
    doctor,
    environments,
    export,
    fitting,
    greybox,
    motion,
    outdoors,
    plans,
    points,
)

FEATURES = (
    points,
    annotation,
    characters,
    crowd,
    creatures,
    fitting,
    motion,
    environments,
    greybox,
    plans,
    outdoors,
    export,
    batch,
    doctor,
)
