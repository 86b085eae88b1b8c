"""Brief → Scene: a kit of parts on the characters' skeleton, with the characters' clips."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from .. import __version__
from ..characters import motion
from ..characters.body import build as build_body
from ..characters.brief import CharacterBrief
from ..characters.rig import for_skeleton, skeleton
from ..game.detail import add_levels
from ..progress import Progress, silent
from ..scene import Node, Report, Scene
from .brief import RobotBrief
from .kit import Bin
from .paint import finishes
from .styles import build

RIG = "Rig"
STANDARD = 1.8  # metres: the height the kits' sizes are made for


def generate(brief: RobotBrief, progress: Progress = silent) -> Scene:
    """The robot the brief describes, facing -Y, standing on the ground; the same brief gives the same Scene.

    Nodes: the rig, whose bones are those of every character, and one skinned mesh that follows it rigidly, part by part.
    Raises WorldwrightError.
    """
    brief.validate()
    began = time.perf_counter()
    progress(0.0, "Building the frame")
    person = CharacterBrief(gender=1.0, age=30, height=min(brief.height, 2.4), muscle=0.7, weight=0.5, variety=0.0, pose="standing",
                            clips=brief.clips, motion=brief.motion, motion_style="neutral")  # fmt: skip
    motion.read_names(brief.clips)
    shape = build_body(person, np.random.default_rng(0))
    scale = brief.height / shape.height
    shape = replace(
        shape,
        vertices=shape.vertices * np.float32(scale),
        heads=shape.heads * np.float32(scale),
        tails=shape.tails * np.float32(scale),
        height=brief.height,
    )
    bin = Bin(shape, finishes(brief, np.random.default_rng(brief.seed)), brief.height / STANDARD * (0.84 + 0.32 * brief.bulk))
    progress(0.3, "Fitting parts")
    build(bin, brief)
    mesh = bin.mesh("Robot")
    progress(0.7, "Setting in motion")
    clips = (
        motion.from_brief(shape, person, [mesh])
        if brief.motion
        else [motion.stand(motion.Mannequin(shape, [mesh]), motion.manner_of(person))]
    )
    rig = skeleton(shape)
    clips = [for_skeleton(clip, rig) for clip in clips]
    speeds = {f"{clip.name.lower().replace(' ', '_')}_speed": round(clip.speed, 4) for clip in clips if clip.speed}
    nodes = [Node(RIG, skeleton=rig, label="robot", properties=speeds), Node("Robot", mesh=mesh, armature=RIG, parent=RIG)]
    provenance = {"kind": "robot", "brief": brief.to_dict(), "seed": brief.seed, "version": __version__,
                  "model": "kit parts on the MakeHuman skeleton", "licence": "the result is yours"}  # fmt: skip
    scene = Scene(f"{brief.kit.capitalize()} robot", nodes, clips, provenance)
    scene.report = _report(mesh, len(rig.names), len(clips), time.perf_counter() - began)
    if brief.lods:
        add_levels(scene)
    progress(1.0, "Done")
    return scene


def _report(mesh, bones: int, clips: int, seconds: float) -> Report:
    counts = {
        "triangles": int(np.maximum(mesh.face_sizes - 2, 0).sum()), "parts": len(mesh.part_names), "meshes": 1, "bones": bones,
        "materials": len(mesh.materials), "clips": clips,
    }  # fmt: skip
    low, high = mesh.bounds
    checks = {"height_m": round(float(high[2]), 3), "lowest_point_m": round(float(low[2]), 4), "influences": 1}
    return Report(counts, checks, [], {"total": round(seconds, 3)})
