"""The features, one folder each, in the order of their panels."""

FEATURES: tuple = ()
