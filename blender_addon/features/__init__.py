"""The features, one folder each, in the order of their panels."""

from . import annotation, characters, doctor, environments, export, points

FEATURES = (points, annotation, characters, environments, export, doctor)
