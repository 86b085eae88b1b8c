"""The features, one folder each, in the order of their panels."""

from . import doctor, environments, export

FEATURES = (environments, export, doctor)
