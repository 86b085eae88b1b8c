"""The features, one folder each, in the order of their panels."""

from . import annotation, characters, creatures, doctor, environments, export, fitting, points

FEATURES = (points, annotation, characters, creatures, fitting, environments, export, doctor)
