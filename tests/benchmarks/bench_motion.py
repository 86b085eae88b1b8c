"""Foot slip, penetration and loop seams of every clip on five bodies: ``python -m tests.benchmarks.bench_motion``."""

from __future__ import annotations

import sys

import numpy as np

from core.characters import body, motion
from core.characters.brief import CharacterBrief

BODIES = {
    "woman": CharacterBrief(seed=1, gender=0.0, age=25, height=1.63),
    "baby": CharacterBrief(seed=3, gender=0.5, age=1.5),
    "child": CharacterBrief(seed=5, age=8),
    "tall man": CharacterBrief(seed=6, gender=1.0, age=30, height=2.0),
    "heavy elder": CharacterBrief(seed=4, gender=1.0, age=78, height=1.82, weight=1.0, muscle=0.2),
}
CONTACT = 0.0045  # of the leg above the ground: within it a sole touches


def measure(man: motion.Mannequin, name: str) -> tuple[float, float, float]:
    """Slip in millimetres a frame, depth below the ground in millimetres, and the loop's seam in degrees (0: no loop)."""
    clip, pack = motion.make_clip(man, name), man.shape.pack
    world, positions = motion.posed(man.shape, clip)
    ground, slip, depth = np.array([0, clip.speed / clip.fps, 0]), 0.0, 0.0
    for side in "lr":
        foot = np.flatnonzero(pack.vertex_mask("body") & (pack.bone_weight(f"foot_{side}", f"ball_{side}") > 0.6))
        points = motion.deform(man.shape, world, positions, foot)
        depth = max(depth, -float(points[..., 2].min()))
        for before, after in zip(points[:-1], points[1:], strict=True):
            touching = (before[:, 2] < CONTACT * man.leg) & (after[:, 2] < CONTACT * man.leg)
            if touching.any():
                slip = max(slip, float(np.linalg.norm((after - before - ground)[touching][:, :2], axis=1).min()))
    cosine = np.abs((clip.rotations[0] * clip.rotations[-1]).sum(axis=-1)).clip(0, 1)
    seam = float(np.degrees(2 * np.arccos(cosine)).max()) if clip.loop else 0.0
    return 1e3 * slip, 1e3 * depth, seam


def main() -> None:
    """Prints the worst of every clip."""
    men = {who: motion.Mannequin(body.build(brief, np.random.default_rng(brief.seed))) for who, brief in BODIES.items()}
    sys.stdout.write(f"{'clip':10s} {'slip mm/frame':>14s} {'depth mm':>9s} {'seam deg':>9s}\n")
    for name in motion.CLIPS:
        worst = np.max([measure(man, name) for man in men.values()], axis=0)
        sys.stdout.write(f"{name:10s} {worst[0]:14.2f} {worst[1]:9.2f} {worst[2]:9.2f}\n")


if __name__ == "__main__":
    main()
