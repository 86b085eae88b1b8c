"""Motions of other skeletons onto ours, and ours onto other skeletons."""

from .bvh import parse_bvh, read_bvh
from .gltf import read_glb
from .mapping import Mapping, map_rig
from .rig import Motion, Rig, clip_of, motion_of, rig_of, sorted_rig
from .transfer import retarget

__all__ = [
    "Mapping",
    "Motion",
    "Rig",
    "clip_of",
    "map_rig",
    "motion_of",
    "parse_bvh",
    "read_bvh",
    "read_glb",
    "retarget",
    "rig_of",
    "sorted_rig",
]
