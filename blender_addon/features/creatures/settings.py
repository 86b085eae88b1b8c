"""Prompts and sliders of creatures and robots."""

from ...brief_properties import property_group
from ...core.creatures.brief import CreatureBrief
from ...core.creatures.prompt import read_prompt as read_creature
from ...core.robots.brief import RobotBrief
from ...core.robots.prompt import read_prompt as read_robot
from ..generator import Kind, settings_group


class Creature(Kind):
    kind = "creature"
    brief = CreatureBrief
    read_prompt = staticmethod(read_creature)


class Robot(Kind):
    kind = "robot"
    brief = RobotBrief
    read_prompt = staticmethod(read_robot)


CreatureSliders = property_group(CreatureBrief)
RobotSliders = property_group(RobotBrief)
WORLDWRIGHT_PG_creature = settings_group(Creature, CreatureSliders, "a black horned wolf with yellow eyes")
WORLDWRIGHT_PG_robot = settings_group(Robot, RobotSliders, "a rusty yellow factory robot")

CLASSES = (CreatureSliders, RobotSliders, WORLDWRIGHT_PG_creature, WORLDWRIGHT_PG_robot)
