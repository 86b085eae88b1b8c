"""The sliders of both."""

from ...brief_properties import property_group
from ...core.characters.fit.brief import FitBrief, RigBrief

FitSettings = property_group(FitBrief)
RigSettings = property_group(RigBrief)

CLASSES = (FitSettings, RigSettings)
