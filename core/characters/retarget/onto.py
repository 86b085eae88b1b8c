"""Clips for any humanoid skeleton: our own, and those of other people's files and actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ...errors import WorldwrightError
from ...progress import Progress, silent
from ...scene import Clip, Skeleton
from .. import motion
from ..body import build
from ..brief import CharacterBrief
from ..rig import skeleton
from .bvh import read_bvh
from .gltf import read_glb
from .mapping import map_rig
from .rig import Motion, Rig, clip_of, motion_of, rig_of
from .transfer import retarget

SUFFIXES = (".bvh", ".glb")
SAME = 0.02  # of the leg, by which two skeletons' joints may differ to be the same body's


def read_motions(path: Path) -> list[Motion]:
    """The motions in a BVH or GLB file. Raises WorldwrightError."""
    if path.suffix.lower() not in SUFFIXES:
        raise WorldwrightError(f"“{path.name}” is neither a BVH nor a GLB file.", "Choose a motion ending in .bvh or .glb.")
    if not path.is_file():
        raise WorldwrightError(f"The file “{path}” does not exist.")
    motions = [read_bvh(path)] if path.suffix.lower() == ".bvh" else read_glb(path)
    if not motions:
        raise WorldwrightError(f"There is no motion in “{path.name}”.")
    return motions


def motions_onto(
    target: Skeleton, motions: Sequence[Motion], in_place: bool = False, lock: bool = True, progress: Progress = silent
) -> list[Clip]:
    """The motions on the target skeleton. Raises WorldwrightError when either is not a person's."""
    rig = rig_of(target)
    onto = map_rig(rig)
    clips = []
    for number, one in enumerate(motions):
        progress(number / len(motions), f"Retargeting {one.name}")
        clips.append(clip_of(retarget(one, map_rig(one.rig), rig, onto, in_place, lock)))
    return clips


def clips_onto(target: Skeleton, brief: CharacterBrief, own: bool = False, progress: Progress = silent) -> list[Clip]:
    """The clips that the brief names, on the target skeleton.

    Args:
        brief: whose body the clips are made for, and its clips, style, mood and speed.
        own: the skeleton is said to be this very brief's; where its joints agree, motions are taken over as they are.
    Raises WorldwrightError when the skeleton is not a person's, or for an unknown clip.
    """
    progress(0.0, "Making clips")
    rig = rig_of(target)
    onto = map_rig(rig)
    shape = build(brief, np.random.default_rng(brief.seed).spawn(1)[0])
    if brief.pose == "t-pose":
        shape = motion.t_pose(shape)
    clips = motion.from_brief(shape, brief)
    source = rig_of(skeleton(shape))
    mapping = map_rig(source)
    same = own and _same(source, rig, onto.leg)
    made = []
    for number, clip in enumerate(clips):
        progress((number + 1) / (len(clips) + 1), f"Fitting {clip.name}")
        moved = clip_of(retarget(motion_of(clip, source), mapping, rig, onto, lock=not same))
        made.append(replace(moved, speed=clip.speed * onto.leg / mapping.leg))
    return made


def _same(source: Rig, rig: Rig, leg: float) -> bool:
    """Whether two skeletons have the same joints, but for how high they stand."""
    if len(source.names) > len(rig.names):
        return False
    apart = rig.heads[1 : len(source.names)] - source.heads[1:]
    return float(np.abs(apart - apart.mean(axis=0)).max()) < SAME * leg
