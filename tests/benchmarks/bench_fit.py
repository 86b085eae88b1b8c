"""How well people are found in clouds and how well strangers' meshes are rigged, on fixed seeds.

    python -m tests.benchmarks.bench_fit [points|front|clothed|rigs ...] [--count 64] [--data FOLDER]

Vertex errors are means over 1,500 of the skin's vertices in correspondence, in millimetres at a stature of 1.7 m. ``rigs`` needs
the folder of models; those people were never trained on.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import torch
from worldwright.core.characters.body import BodyPack, build
from worldwright.core.characters.brief import CharacterBrief
from worldwright.core.characters.fit.brief import RigBrief
from worldwright.core.characters.fit.character import posed_vertices
from worldwright.core.characters.fit.cloud import sample_evenly, thinned
from worldwright.core.characters.fit.examples import Examples, random_brief
from worldwright.core.characters.fit.fit import Fitted, load_fitter
from worldwright.core.characters.fit.model import Body, about_up, skin
from worldwright.core.characters.fit.poses import joint_rotations, limb_poses, spread_poses, world_rotations
from worldwright.core.characters.fit.rigging import rig
from worldwright.core.characters.generate import RIG, generate
from worldwright.core.characters.motion import make_clips, posed
from worldwright.core.characters.rig import rest_rotations
from worldwright.core.errors import WorldwrightError
from worldwright.core.scene import Mesh, Scene, Skin
from worldwright.core.spatial.normals import estimate_normals

from .rigged import Rigged, read_rigged

STATURE, NOISE = 1.7, 0.004
QUATERNIUS = (
    "modular_men/Suit", "modular_men/Swat", "modular_men/Casual", "modular_women/Casual", "modular_women/Witch",
    "modular_women/Suit", "single_knight_pack/KnightCharacter", "cyberpunk_pack/Character",
    "platformer_game_pack/Character_HumanoidRig",
)  # fmt: skip
KAYKIT = ("Barbarian", "Knight", "Mage", "Rogue", "Rogue_Hooded")


class Measure:
    """The fitter, its body, and vertices in correspondence."""

    def __init__(self) -> None:
        self.fitter = load_fitter()
        self.body: Body = self.fitter.body
        space = self.fitter.space
        chosen = np.random.default_rng(0).choice(space.skin, 1500, False)
        self.marks = self.body.at(np.stack([chosen] * 3, axis=1), np.tile(np.float32([1, 0, 0]), (1500, 1)))
        self.examples = Examples(space, self.body, None, 3)

    def places(self, shape, rotations, curls, yaw, stature: float, place) -> np.ndarray:
        """(1500, 3) where the vertices in correspondence are."""
        one = [torch.as_tensor(np.asarray(value), dtype=torch.float32)[None] for value in (shape, rotations, curls, yaw)]
        pose = self.body.pose(*one[:3])
        rest = self.marks.base + torch.einsum("ck,kmd->cmd", one[0], self.marks.basis)
        placed = skin(pose, rest, self.marks.weights) @ about_up(one[3]).transpose(1, 2)
        return placed[0].numpy() * stature + np.asarray(place)

    def error(self, fitted: Fitted, truth: np.ndarray) -> float:
        """Mean distance in millimetres."""
        found = self.places(fitted.coefficients, fitted.pose, fitted.curls, fitted.yaw, fitted.stature, fitted.place)
        return float(np.linalg.norm(found - truth, axis=1).mean() * 1000)

    def person(self, pose: np.ndarray, seed: int, points: int = 2048) -> tuple[np.ndarray, np.ndarray, float]:
        """A bare person in ``pose`` (1, 20, 3, 3): noisy points, any yaw, and the true vertices; metres. And the yaw."""
        self.examples.rng = np.random.default_rng(seed)
        self.examples.generator.manual_seed(seed)
        batch = self.examples.clean(pose, points, 1, None, NOISE / STATURE)
        truth = self.places(batch.shape[0], batch.rotations[0], batch.curls[0], batch.yaw[0], STATURE, np.zeros(3))
        return batch.cloud[0].double().numpy() * STATURE, truth, float(batch.yaw[0])


def line(name: str, errors: list[float], seconds: list[float], bar: str) -> None:
    """One row of the table."""
    values = np.array(errors)
    sys.stdout.write(
        f"{name:<30} median {np.median(values):5.1f}  mean {values.mean():5.1f}  worst {values.max():6.1f} mm   "
        f"{np.mean(seconds):4.2f} s CPU (most {np.max(seconds):4.2f})   n = {len(values)}   bar {bar}\n"
    )
    sys.stdout.flush()


def points(measure: Measure, count: int) -> None:
    """2,048 points with 4 mm noise and estimated normals, any yaw."""
    for name, scale, bar in (("near A-pose", 0.15, "10, worst 45"), ("moderate", 0.5, "12"), ("strong", 1.0, "18, worst 45")):
        errors, seconds = [], []
        for seed in range(count):
            pose = spread_poses(1, np.array([scale]), np.random.default_rng(5000 + seed))
            cloud, truth, _ = measure.person(pose, 1000 + seed)
            began = time.process_time()
            fitted = measure.fitter.fit(cloud, estimate_normals(cloud).astype(np.float64), False, seed)
            seconds.append(time.process_time() - began)
            errors.append(measure.error(fitted, truth))
        line(name, errors, seconds, bar)
    errors, seconds = [], []
    for seed in range(count):
        pose = limb_poses(measure.fitter.space.pack, 1, np.random.default_rng(7000 + seed))
        cloud, truth, _ = measure.person(pose, 2000 + seed)
        began = time.process_time()
        fitted = measure.fitter.fit(cloud, estimate_normals(cloud).astype(np.float64), False, seed)
        seconds.append(time.process_time() - began)
        errors.append(measure.error(fitted, truth))
    line("sitting, arms up, any limbs", errors, seconds, "-")


def front(measure: Measure, count: int) -> None:
    """Only what a camera in front sees, 2,048 points with their normals."""
    errors, seconds = [], []
    for seed in range(count):
        pose = spread_poses(1, np.array([0.3]), np.random.default_rng(6000 + seed))
        cloud, truth, yaw = measure.person(pose, 3000 + seed, 8000)
        normals = estimate_normals(cloud).astype(np.float64)
        view = np.array([np.sin(yaw), -np.cos(yaw), 0.0])
        kept = _seen(cloud, view)
        outward = np.where((normals[kept] @ view > 0)[:, None], normals[kept], -normals[kept])
        some, facing = thinned(cloud[kept], outward, 2048, seed)
        began = time.process_time()
        fitted = measure.fitter.fit(some, facing, True, seed)
        seconds.append(time.process_time() - began)
        errors.append(measure.error(fitted, truth))
    line("front only", errors, seconds, "25")


def _seen(cloud: np.ndarray, view: np.ndarray) -> np.ndarray:
    """The points that are in front of all others in cells of two centimetres, as seen along ``view``."""
    across = np.cross([0, 0, 1.0], view)
    cell = np.floor(np.stack([cloud @ across, cloud[:, 2]], axis=1) / 0.02).astype(np.int64)
    _, place = np.unique(cell, axis=0, return_inverse=True)
    depth = cloud @ view
    nearest = np.full(place.max() + 1, -np.inf)
    np.maximum.at(nearest, place.reshape(-1), depth)
    return np.flatnonzero(depth > nearest[place.reshape(-1)] - 0.04)


def clothed(measure: Measure, count: int) -> None:
    """Dressed characters of our own generator, hair and shoes on, relaxed or walking: the body underneath."""
    rng = np.random.default_rng(99)
    pack = measure.fitter.space.pack
    errors, seconds = [], []
    for seed in range(count):
        brief = random_brief(rng, 900_000 + seed)
        scene = generate(brief)
        bare = build(brief, np.random.default_rng(brief.seed).spawn(6)[0])
        lift = scene.node(RIG).skeleton.heads[pack.bone("pelvis")] - bare.heads[pack.bone("pelvis")]
        pose = spread_poses(1, np.array([0.4]), np.random.default_rng(8000 + seed))[0]
        world = world_rotations(pack, joint_rotations(pack, pose, np.full(2, 0.3)))
        heads = scene.node(RIG).skeleton.heads
        meshes = [
            Mesh(node.name, posed_vertices(node.mesh, heads, world, pack.bone_parents), node.mesh.corners, node.mesh.face_sizes)
            for node in scene.nodes
            if node.mesh is not None
        ]
        body = Mesh("Body", bare.vertices + lift, [], [], skin=Skin(pack.joints, pack.weights))
        chosen = np.random.default_rng(0).choice(measure.fitter.space.skin, 1500, False)
        truth = posed_vertices(body, heads, world, pack.bone_parents)[chosen]
        cloud, normals = sample_evenly(meshes, seed=seed)
        began = time.process_time()
        fitted = measure.fitter.fit(cloud, normals, True, seed)
        seconds.append(time.process_time() - began)
        errors.append(measure.error(fitted, truth) * STATURE / bare.height)
    line("clothed, our generator", errors, seconds, "25")


def rigs(measure: Measure, data: Path) -> None:
    """Joints against the makers' own, and vertices after three clips, in per cent of the height."""
    files = [data / f"models/quaternius/{name}.glb" for name in QUATERNIUS]
    files += [data / f"models/kaykit/Character-Pack-Adventures/{name}.glb" for name in KAYKIT]
    for path in files:
        person = read_rigged(path)
        meshes = [_piece(person, *piece) for piece in person.pieces]
        began = time.process_time()
        try:
            scene = rig(meshes, RigBrief(clips=False))
        except WorldwrightError as error:
            sys.stdout.write(f"{path.parent.name}/{path.stem}: refused. {error.sentence}\n")
            continue
        seconds = time.process_time() - began
        place, bones = scene.nodes[0].transform.astype(np.float64), scene.nodes[0].skeleton
        joints = bones.heads @ place[:3, :3].T + place[:3, 3]
        apart = {bone: joints[bones.names.index(bone)] - person.joints[number] for bone, number in person.known.items()}
        off = {bone: 100 * float(np.linalg.norm(way)) / person.height for bone, way in apart.items()}
        far = _after_clips(measure, person, scene, joints)
        worst = max(off, key=off.get)
        sys.stdout.write(
            f"{path.parent.name}/{path.stem:<20} joints mean {np.mean(list(off.values())):4.1f} % "
            f"worst {off[worst]:4.1f} % ({worst})  "
            f"after clips: 95 % of vertices within {np.quantile(far, 0.95):4.1f} %, {100 * (far < 2).mean():3.0f} % within 2 %  "
            f"{seconds:.1f} s CPU\n"
        )
        sys.stdout.flush()


def _piece(person: Rigged, name: str, vertices: slice, faces: slice) -> Mesh:
    return Mesh.from_faces(name, person.vertices[vertices], person.faces[faces] - vertices.start)


def _after_clips(measure: Measure, person: Rigged, scene: Scene, joints: np.ndarray) -> np.ndarray:
    """(T, V) distances between our skinning and theirs, the bones of both turning alike, in per cent of the height."""
    pack = measure.fitter.space.pack
    bones, place = scene.nodes[0].skeleton, scene.nodes[0].transform[:3, :3].astype(np.float64)
    frames = rest_rotations((bones.tails - bones.heads).astype(np.float64), bones.z_axes.astype(np.float64))
    now = frames @ np.swapaxes(pack.bone_rest.astype(np.float64), -1, -2)
    ours = np.concatenate([_dense(node.mesh.skin, len(pack.bone_names)) for node in scene.nodes[1:]])
    adult = build(CharacterBrief(), np.random.default_rng(0))
    found = []
    for clip in make_clips(adult, ("idle", "walk", "wave")):
        world, _ = posed(adult, clip)
        for frame in range(0, len(world), max(1, len(world) // 6)):
            turn = place @ (world[frame] @ np.swapaxes(now, -1, -2)) @ place.T
            for bone, name in enumerate(pack.bone_names):  # bones that they lack go along with the one above, as theirs do
                if name not in person.known and pack.bone_parents[bone] >= 0:
                    turn[bone] = turn[pack.bone_parents[bone]]
            mine = _skinned(person.vertices, ours, joints, pack.bone_parents, turn)
            found.append(np.linalg.norm(mine - _theirs(person, turn, pack), axis=1))
    return 100 * np.array(found) / person.height


def _dense(weights: Skin, bones: int) -> np.ndarray:
    dense = np.zeros((len(weights.joints), bones))
    np.add.at(dense, (np.arange(len(dense))[:, None], weights.joints), weights.weights)
    return dense


def _skinned(vertices: np.ndarray, weights: np.ndarray, joints: np.ndarray, parents: np.ndarray, turn: np.ndarray) -> np.ndarray:
    """(V, 3) posed by linear blend skinning, ``turn`` (B, 3, 3) about ``joints`` (B, 3); a root's children stay where they are."""
    moved = joints.copy()
    for bone, parent in enumerate(parents):
        if parent >= 0 and parents[parent] >= 0:
            moved[bone] = moved[parent] + turn[parent] @ (joints[bone] - joints[parent])
    shift = moved - np.einsum("bij,bj->bi", turn, joints)
    mixed = np.einsum("vb,bij->vij", weights, np.concatenate([turn, shift[..., None]], axis=-1))
    return np.einsum("vij,vj->vi", mixed[..., :3], vertices) + mixed[..., 3]


def _theirs(person: Rigged, turn: np.ndarray, pack: BodyPack) -> np.ndarray:
    """(V, 3) with their own weights and joints: known bones turn as ours do and hang together as ours do, others go along."""
    count = len(person.names)
    ours = {theirs: bone for bone, theirs in person.known.items()}
    parents, turns = person.parents.copy(), np.tile(np.eye(3), (count, 1, 1))
    for theirs, bone in ours.items():
        above = int(pack.bone_parents[pack.bone(bone)])
        while above >= 0 and pack.bone_names[above] not in person.known:
            above = int(pack.bone_parents[above])
        parents[theirs] = person.known[pack.bone_names[above]] if above >= 0 else -1
        turns[theirs] = turn[pack.bone(bone)]
    order = sorted(range(count), key=lambda bone: _depth(parents, bone))
    shift = np.zeros((count, 3))
    for bone in order:
        above = parents[bone]
        if bone not in ours:
            turns[bone], shift[bone] = (turns[above], shift[above]) if above >= 0 else (np.eye(3), 0)
        elif above >= 0:  # its joint goes where the bone above takes it
            joint = turns[above] @ person.joints[bone] + shift[above]
            shift[bone] = joint - turns[bone] @ person.joints[bone]
        else:
            shift[bone] = person.joints[bone] - turns[bone] @ person.joints[bone]
    mixed = np.einsum("vb,bij->vij", person.weights, np.concatenate([turns, shift[..., None]], axis=-1))
    return np.einsum("vij,vj->vi", mixed[..., :3], person.vertices) + mixed[..., 3]


def _depth(parents: np.ndarray, bone: int) -> int:
    return 0 if parents[bone] < 0 else 1 + _depth(parents, parents[bone])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", default=["points", "front", "clothed", "rigs"])
    parser.add_argument("--count", type=int, default=64)
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[3] / "shared" / "data")
    options = parser.parse_args()
    torch.set_num_threads(1)
    measure = Measure()
    for part in options.parts:
        if part == "rigs":
            rigs(measure, options.data)
        else:
            {"points": points, "front": front, "clothed": clothed}[part](measure, options.count)


if __name__ == "__main__":
    main()
