"""The features, one folder each, in the order of their panels."""

from . import annotation, characters, doctor, environments, export, fitting, points

FEATURES = (points, annotation, characters, fitting, environments, export, doctor)
