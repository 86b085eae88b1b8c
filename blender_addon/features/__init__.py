"""The features, one folder each, in the order of their panels."""

from . import annotation, batch, characters, creatures, doctor, environments, export, fitting, greybox, motion, outdoors, plans, points

FEATURES = (points, annotation, characters, creatures, fitting, motion, environments, greybox, plans, outdoors, export, batch, doctor)
