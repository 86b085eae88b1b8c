"""The features, one folder each, in the order of their panels."""

from . import annotation, batch, characters, creatures, doctor, environments, export, fitting, motion, outdoors, points

FEATURES = (points, annotation, characters, creatures, fitting, motion, environments, outdoors, export, batch, doctor)
