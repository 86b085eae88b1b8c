"""Prompt, sliders and pictures of the two outdoor kinds."""

from __future__ import annotations

import bpy

from ...brief_properties import property_group
from ...core.environments.city.brief import CityBrief
from ...core.environments.city.prompt import read_prompt as read_city_prompt
from ...core.environments.landscape.brief import LandscapeBrief
from ...core.environments.landscape.prompt import read_prompt as read_landscape_prompt
from ..generator import Kind, settings_group


class City(Kind):
    kind = "city"
    brief = CityBrief
    read_prompt = staticmethod(read_city_prompt)


class Landscape(Kind):
    kind = "landscape"
    brief = LandscapeBrief
    read_prompt = staticmethod(read_landscape_prompt)


def _picture(name: str, description: str) -> bpy.props.StringProperty:
    return bpy.props.StringProperty(name=name, description=description, subtype="FILE_PATH")


SKETCH = "A colour sketch to follow; empty for a layout of our own"
CitySliders = property_group(CityBrief)
LandscapeSliders = property_group(LandscapeBrief)
WORLDWRIGHT_PG_city = settings_group(City, CitySliders, "a rainy high street, four storeys, cafés")
WORLDWRIGHT_PG_city.__annotations__["sketch"] = _picture("Sketch", SKETCH)
WORLDWRIGHT_PG_landscape = settings_group(Landscape, LandscapeSliders, "a pine valley with a lake")
WORLDWRIGHT_PG_landscape.__annotations__["sketch"] = _picture("Sketch", SKETCH)
WORLDWRIGHT_PG_landscape.__annotations__["heights"] = _picture(
    "Height Map", "PNG of 8 or 16 bits, or EXR; empty for land of our own"
)

CLASSES = (CitySliders, LandscapeSliders, WORLDWRIGHT_PG_city, WORLDWRIGHT_PG_landscape)
