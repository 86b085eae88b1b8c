"""The Character feature's prompt and sliders."""

from ...brief_properties import property_group
from ...core.characters.brief import CharacterBrief
from ...core.characters.prompt import read_prompt
from ..generator import Kind, settings_group


class Character(Kind):
    kind = "character"
    brief = CharacterBrief
    read_prompt = staticmethod(read_prompt)


CharacterSliders = property_group(CharacterBrief)
WORLDWRIGHT_PG_character = settings_group(Character, CharacterSliders, "a tall woman of 60 in a red jacket")

CLASSES = (CharacterSliders, WORLDWRIGHT_PG_character)
