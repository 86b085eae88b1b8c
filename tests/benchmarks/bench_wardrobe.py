"""Poke-through of every outfit on bodies from baby to heavy elder, in twelve poses: ``python -m tests.benchmarks.bench_wardrobe``.

A cloth vertex counts as poked through when it lies more than a millimetre under skin: under any skin ("inside"), and under skin
that the character keeps, which is what can be seen ("seen"; skin well under cloth is no part of a character). Poses bend bones by
linear blend skinning, as engines do. ``--bodies`` and ``--outfits`` take the first few of each for a quick look.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace

import numpy as np
from scipy.spatial import cKDTree

from core.characters.body import build, vertex_normals
from core.characters.brief import CharacterBrief
from core.characters.wardrobe import dress
from tests.core.test_wardrobe import WORN_OVER, bone_matrices, skinned

OUTFITS = {
    "t-shirt, trousers": {"upper": "t-shirt", "lower": "trousers", "shoes": "sneakers", "socks": "crew"},
    "dress": {"upper": "dress", "lower": "none", "shoes": "sandals"},
    "coat, trousers": {"upper": "coat", "lower": "trousers", "shoes": "boots"},
    "shirt, skirt": {"upper": "shirt", "lower": "skirt", "shoes": "shoes", "socks": "knee"},
    "sweater, shorts": {"upper": "sweater", "lower": "shorts", "shoes": "shoes", "collar": "roll"},
    "jacket, trousers": {"upper": "jacket", "lower": "trousers", "shoes": "boots", "lower_looseness": 0.1},
    "robe": {"upper": "robe", "lower": "none", "shoes": "sandals"},
    "shirt tucked, trousers": {"upper": "shirt", "lower": "trousers", "belt": True, "upper_looseness": 0.9},
}
# Axis 0 turns about x (bends forwards and back), 1 about y (sideways); degrees.
POSES = {
    "rest": {},
    "T": {"upperarm_l": (1, -45), "upperarm_r": (1, 45)},
    "arms up": {"upperarm_l": (1, -110), "upperarm_r": (1, 110), "clavicle_l": (1, -15), "clavicle_r": (1, 15)},
    "arms down": {"upperarm_l": (1, 30), "upperarm_r": (1, -30)},
    "arms forward": {"upperarm_l": (0, -70), "upperarm_r": (0, -70)},
    "elbows bent": {"lowerarm_l": (0, -95), "lowerarm_r": (0, -95)},
    "step": {"thigh_l": (0, -35), "calf_l": (0, 40), "thigh_r": (0, 18), "calf_r": (0, 20), "spine_01": (0, 6)},
    "run": {"thigh_l": (0, -60), "calf_l": (0, 80), "thigh_r": (0, 25), "calf_r": (0, 60), "lowerarm_l": (0, -80)},
    "sit": {"thigh_l": (0, -85), "thigh_r": (0, -85), "calf_l": (0, 85), "calf_r": (0, 85)},
    "crouch": {"thigh_l": (0, -95), "thigh_r": (0, -95), "calf_l": (0, 110), "calf_r": (0, 110), "spine_01": (0, 25)},
    "bow": {"spine_01": (0, 25), "spine_02": (0, 15), "spine_03": (0, 10)},
    "lean": {"spine_01": (1, 14), "spine_02": (1, 10), "neck_01": (1, -10)},
}


def bodies() -> list[CharacterBrief]:
    """Twenty people: all ages and builds at fixed sliders."""
    rng = np.random.default_rng(20)
    ages = (1.5, 4, 8, 12, 16, 19, 23, 27, 31, 35, 40, 45, 50, 55, 60, 65, 70, 76, 82, 88)
    order = (9, 17, 0, 13, 4, 7, 2, 19, 11, 5, 15, 1, 8, 18, 3, 12, 6, 16, 10, 14)  # the first few are already a fair spread
    people = []
    for number, age in enumerate(ages):
        weight = (0.5, 0.1, 0.95, 0.7)[number % 4] if age > 3 else 0.5
        muscle = float(rng.uniform(0.2, 0.9))
        people.append(CharacterBrief(seed=number, gender=float(number % 2), age=age, weight=weight, muscle=round(muscle, 2)))
    return [people[k] for k in order]


def poked(points: np.ndarray, skin: np.ndarray, faces: np.ndarray, kept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(n,) whether points lie more than a millimetre under a skin, judged by the nearest of its vertices and face centres; and
    whether that piece of skin is of a face that is ``kept`` (F,)."""
    normals = vertex_normals(skin, faces)
    used = np.unique(faces)
    a, b, c, d = (skin[faces[:, k]] for k in range(4))
    flat = np.cross(c - a, d - b)
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-12)
    where, facing = np.concatenate([skin[used], skin[faces].mean(axis=1)]), np.concatenate([normals[used], flat])
    there = np.concatenate([np.isin(used, faces[kept]), kept])
    nearest = cKDTree(where).query(points)[1]
    inside = ((points - where[nearest]) * facing[nearest]).sum(axis=1) < -0.001
    return inside, inside & there[nearest]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--bodies", type=int, default=20)
    parser.add_argument("--outfits", type=int, default=len(OUTFITS))
    options = parser.parse_args()
    people, totals, seconds = bodies()[: options.bodies], [], []
    say(f"share of cloth vertices, {len(people)} bodies x {len(POSES)} poses")
    say(f"{'outfit':26} {'inside':>8} {'seen':>8} {'worst pose':>14}")
    for name, wishes in list(OUTFITS.items())[: options.outfits]:
        counts = np.zeros((len(POSES), 3))
        for person in people:
            brief = replace(person, **wishes)
            shape = build(brief, np.random.default_rng(brief.seed))
            began = time.process_time()
            meshes, hidden = dress(shape, brief, np.random.default_rng(brief.seed))
            seconds.append(time.process_time() - began)
            counts += _poked(shape, [mesh for mesh in meshes if mesh.name not in WORN_OVER], hidden)
        shares = counts[:, :2].sum(axis=0) / counts[:, 2].sum()
        worst = list(POSES)[(counts[:, 1] / counts[:, 2]).argmax()]
        totals.append(counts.sum(axis=0))
        say(f"{name:26} {shares[0]:8.3%} {shares[1]:8.3%} {worst:>14}")
    total = np.sum(totals, axis=0)
    say(f"{'all':26} {total[0] / total[2]:8.3%} {total[1] / total[2]:8.3%}")
    say(f"dressing takes {np.median(seconds):.2f} s of processor time (median)")


def say(line: str) -> None:
    """Prints at once, as a run takes minutes."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _poked(shape, meshes: list, hidden: np.ndarray) -> np.ndarray:
    """(poses, 3): cloth vertices under any skin, under skin that is kept, and all."""
    pack = shape.pack
    faces = pack.faces[pack.face_mask("body")].astype(int)
    kept = ~hidden[faces].all(axis=1)
    result = np.zeros((len(POSES), 3))
    for row, pose in enumerate(POSES.values()):
        matrices = bone_matrices(shape, pose)
        skin = skinned(shape.vertices, pack.joints.astype(int), pack.weights, matrices)
        points = np.concatenate([skinned(mesh.vertices, mesh.skin.joints, mesh.skin.weights, matrices) for mesh in meshes])
        inside, seen = poked(points, skin, faces, kept)
        result[row] = inside.sum(), seen.sum(), len(points)
    return result


if __name__ == "__main__":
    main()
