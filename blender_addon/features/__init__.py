"""The features, one folder each, in the order of their panels."""

from . import characters, doctor, environments, export

FEATURES = (characters, environments, export, doctor)
