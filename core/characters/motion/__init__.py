"""Motion: clips of one body, from kinematics up to whole gaits and gestures."""

from .kinematics import aligning, axis_rotation, quaternions
from .locomotion import Gait, deform, forward, idle, rest, stand, t_pose, to_clip, walk, world_deltas

__all__ = [
    "Gait",
    "aligning",
    "axis_rotation",
    "deform",
    "forward",
    "idle",
    "quaternions",
    "rest",
    "stand",
    "t_pose",
    "to_clip",
    "walk",
    "world_deltas",
]
