"""Motion: clips of one body, from kinematics up to gaits, gestures and dance."""

from ..brief import CLIPS
from .clips import DEFAULT, from_brief, make_clip, make_clips, manner_of, read_names
from .mannequin import Mannequin
from .manner import MOODS, NEUTRAL, STYLES, Manner, manner
from .skinning import deform, posed
from .standing import rest, stand, t_pose

__all__ = [
    "CLIPS",
    "DEFAULT",
    "MOODS",
    "NEUTRAL",
    "STYLES",
    "Mannequin",
    "Manner",
    "deform",
    "from_brief",
    "make_clip",
    "make_clips",
    "manner",
    "manner_of",
    "posed",
    "read_names",
    "rest",
    "stand",
    "t_pose",
]
