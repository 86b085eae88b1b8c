"""Rig My Mesh: a skeleton and weights for the artist's own mesh, from the body that fits it. The mesh itself stays as it is."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ... import __version__
from ...progress import Progress, part, silent
from ...scene import Clip, Mesh, Node, Report, Scene
from .. import motion
from ..body import BodyShape
from ..motion.kinematics import local_of_world, quaternions
from ..motion.skinning import deform, posed
from ..rig import for_skeleton, skeleton
from .brief import RigBrief
from .character import about_up, fit_meshes, fitted_shape, metres_per_unit
from .fit import Fitted, Fitter
from .poses import arms_out, joint_rotations, world_rotations
from .refuse import off_by
from .transfer import PARTS, face_parts, posed_body, strongest, transfer

RIG = "Rig"
CLIPS = ("idle", "walk", "wave")


@dataclass
class Stance:
    """A posed skeleton in the rig's space, metres: ``turned`` (B, 3, 3) rotations from the A-pose, ``joints`` (B, 3)."""

    turned: np.ndarray
    joints: np.ndarray


@dataclass
class Standing:
    """The fitted body, and how the mesh stands. The rig's space faces -Y, its origin on the ground under the person.

    ``shape`` is in the A-pose; ``now`` as the mesh stands; ``place`` (4, 4) takes the rig's space to the world, in metres;
    ``scale`` metres are one unit of the artist's.
    """

    shape: BodyShape
    now: Stance
    place: np.ndarray
    scale: float
    unit: str


def rig(meshes: list[Mesh], brief: RigBrief, progress: Progress = silent, shown: list[Mesh] | None = None) -> Scene:
    """A rig for ``meshes`` (world space, vertices and faces as the artist has them), which together are one person.

    ``shown``: the same with modifiers applied, where there are any; the body is fitted to these.

    Nodes, in the artist's units: the rig, its transform taking it to where the mesh is; then each mesh by its name, the same but
    for skin weights and parts. With another rest pose than its own, vertices and shape keys are in that pose and the rig's space.
    Raises WorldwrightError.
    """
    brief.validate()
    began = time.perf_counter()
    fitter, fitted = fit_meshes(shown or meshes, brief.seed, part(progress, 0.0, 0.5))
    seconds = {"fit": round(time.perf_counter() - began, 3)}
    standing = stand(fitter, fitted, brief.unit)
    rest = rest_stance(standing, brief.rest_pose)
    moved = replace(standing.shape, **_rest_fields(standing.shape, rest))
    bones = skeleton(moved, brief.names)
    names = standing.shape.pack.bone_names
    body = posed_body(
        standing.shape.pack,
        fitter.space.skin,
        fitter.space.seen_faces,
        deform(standing.shape, standing.now.turned, standing.now.joints),
    )
    nodes = []
    for number, mesh in enumerate(meshes):
        progress(0.5 + 0.4 * number / len(meshes), f"Handing over the weights to {mesh.name}")
        there = _into(mesh.vertices, standing)
        own = replace(mesh, vertices=there / standing.shape.height)
        scaled = replace(body, vertices=body.vertices / standing.shape.height)
        weights = transfer(own, scaled, names)
        result = replace(mesh, skin=strongest(weights), part_names=list(PARTS), part=face_parts(mesh, weights, names), normals=None)
        if brief.rest_pose != "as it stands":
            dense = _dense(result, len(names))
            result.vertices = (_reposed(there, dense, standing.now, rest) / standing.scale).astype(np.float32)
            result.shape_keys = {
                name: (_reposed(_into(key, standing), dense, standing.now, rest) / standing.scale).astype(np.float32)
                for name, key in mesh.shape_keys.items()
            }
        nodes.append(Node(mesh.name, mesh=result, armature=RIG, parent=RIG))
    scale = standing.scale
    transform = standing.place.copy()
    transform[:3, 3] /= scale
    bones = replace(bones, heads=(bones.heads / scale).astype(np.float32), tails=(bones.tails / scale).astype(np.float32))
    scene = Scene(f"{meshes[0].name} rig", [Node(RIG, transform.astype(np.float32), skeleton=bones, label="person"), *nodes])
    if brief.clips:
        progress(0.9, "Setting in motion")
        scene.clips = [for_skeleton(_in_units(clip, scale), bones) for clip in clips_for(standing, rest, moved)]
    scene.provenance = {
        "kind": "rig", "brief": brief.to_dict(), "seed": brief.seed, "version": __version__,
        "model": "body_fit", "licence": "the mesh stays its author's; the rig is yours",
    }  # fmt: skip
    scene.report = Report(*_figures(nodes, bones.names, fitted, standing), _warnings(fitted, standing), seconds)
    scene.report.seconds["all"] = round(time.perf_counter() - began, 3)
    progress(1.0, "Done")
    return scene


def stand(fitter: Fitter, fitted: Fitted, unit: str) -> Standing:
    """The fitted body as it stands in the mesh, on the ground."""
    rows = fitter.space.rows(fitted.coefficients)
    scale, name = metres_per_unit(float(np.ptp(rows[fitter.space.skin, 2])) * fitted.stature, unit)
    shape = fitted_shape(fitter, fitted, scale)
    pack = shape.pack
    turned = world_rotations(pack, joint_rotations(pack, fitted.pose, fitted.curls))
    now = Stance(turned, _joints(shape, turned))
    lowest = float(deform(shape, now.turned, now.joints, fitter.space.skin)[:, 2].min())
    now.joints[1:, 2] -= lowest
    place = np.eye(4)
    place[:3, :3] = about_up(fitted.yaw)
    place[:3, 3] = fitted.place * scale - place[:3, :3] @ now.joints[pack.bone("pelvis")]
    return Standing(shape, now, place, scale, name)


def rest_stance(standing: Standing, pose: str) -> Stance:
    """The rest pose asked for."""
    if pose == "as it stands":
        return standing.now
    shape = standing.shape
    if pose == "a-pose":
        return Stance(np.tile(np.eye(3), (len(shape.heads), 1, 1)), shape.heads.astype(np.float64))
    turned = world_rotations(shape.pack, joint_rotations(shape.pack, arms_out(shape.pack, 0.0)[0], np.zeros(2)))
    return Stance(turned, _joints(shape, turned))


def clips_for(standing: Standing, rest: Stance, moved: BodyShape) -> list[Clip]:
    """Idle, walk and wave for a skeleton whose rest pose is ``rest``: the world's rotations are the clips' own."""
    shape, pack = standing.shape, standing.shape.pack
    pelvis = pack.bone("pelvis")
    found = []
    for clip in motion.make_clips(shape, CLIPS):
        world, joints = posed(shape, clip)
        local = local_of_world(pack.bone_parents, moved.rest.astype(np.float64), world @ np.swapaxes(rest.turned, -1, -2))
        root = world[:, 0]
        step = np.einsum("tji,tj->ti", root, joints[:, pelvis] - joints[:, 0]) - (moved.heads[pelvis] - moved.heads[0])
        offsets = {"pelvis": step.astype(np.float32)}
        found.append(replace(clip, rotations=quaternions(local).astype(np.float32), offsets=offsets))
    return found


def _joints(shape: BodyShape, turned: np.ndarray) -> np.ndarray:
    """(B, 3) joints of a pose, the root at the origin."""
    joints = shape.heads.astype(np.float64)
    for bone, parent in enumerate(shape.pack.bone_parents):
        if parent >= 0:
            joints[bone] = joints[parent] + turned[parent] @ (shape.heads[bone] - shape.heads[parent])
    return joints


def _rest_fields(shape: BodyShape, rest: Stance) -> dict[str, Any]:
    """Heads, tails and rest frames of a skeleton that rests in another pose."""
    frames = rest.turned @ shape.rest
    lengths = np.linalg.norm(shape.tails - shape.heads, axis=1, keepdims=True)
    heads = rest.joints.astype(np.float32)
    return {"heads": heads, "tails": (heads + frames[:, :, 1] * lengths).astype(np.float32), "rest": frames.astype(np.float32)}


def _into(vertices: np.ndarray, standing: Standing) -> np.ndarray:
    """(V, 3) world vertices in the rig's space, metres."""
    return (vertices.astype(np.float64) * standing.scale - standing.place[:3, 3]) @ standing.place[:3, :3]


def _dense(mesh: Mesh, bones: int) -> np.ndarray:
    assert mesh.skin is not None
    weights = np.zeros((len(mesh.vertices), bones), np.float32)
    np.add.at(weights, (np.arange(len(weights))[:, None], mesh.skin.joints), mesh.skin.weights)
    return weights


def _reposed(vertices: np.ndarray, weights: np.ndarray, now: Stance, rest: Stance) -> np.ndarray:
    """(V, 3) vertices taken from one stance to another by linear blend skinning with dense weights (V, B)."""
    turn = rest.turned @ np.swapaxes(now.turned, -1, -2)
    shift = rest.joints - np.einsum("bij,bj->bi", turn, now.joints)
    mixed = (weights @ np.concatenate([turn, shift[..., None]], axis=-1).reshape(len(turn), 12)).reshape(-1, 3, 4)
    return np.einsum("vij,vj->vi", mixed[..., :3], vertices) + mixed[..., 3]


def _in_units(clip: Clip, scale: float) -> Clip:
    """The clip's distances in the artist's units."""
    offsets = {name: offset / scale for name, offset in clip.offsets.items()}
    return replace(clip, root_offset=clip.root_offset / np.float32(scale), offsets=offsets, speed=clip.speed / scale)


def _figures(nodes: list[Node], bones: list[str], fitted: Fitted, standing: Standing) -> tuple[dict, dict]:
    """Counts and checks of the report."""
    skins = [node.mesh.skin for node in nodes if node.mesh is not None]
    weights = np.concatenate([skin.weights for skin in skins if skin is not None])
    counts = {"vertices": len(weights), "meshes": len(nodes), "bones": len(bones)}
    checks = {
        "influences": int((weights > 0).sum(axis=1).max()),
        "largest_weight_error": float(np.abs(weights.sum(axis=1) - 1).max()),
        "body_off_by_mm_at_1.7_m": round(off_by(fitted), 1),
        "sure_it_is_a_person": round(fitted.person, 3),
        "height_m": round(standing.shape.height, 3),
        "read_as": standing.unit,
    }
    return counts, checks


def _warnings(fitted: Fitted, standing: Standing) -> list[str]:
    found = []
    if off_by(fitted) > 25:
        found.append("The figure differs much from a person; look at shoulders, hips and knees before you go on.")
    if standing.unit != "metres":
        found.append(f"The selection was read as {standing.unit}; the rig has its units.")
    return found


def to_rig_space(scene: Scene) -> Scene:
    """The scene of ``rig`` with its meshes moved from the world into the rig's space, to stand by itself in a file."""
    frame = scene.nodes[0].transform.astype(np.float64)
    if scene.provenance["brief"]["rest_pose"] == "as it stands":
        for node in scene.nodes[1:]:
            assert node.mesh is not None
            node.mesh.vertices = ((node.mesh.vertices - frame[:3, 3]) @ frame[:3, :3]).astype(np.float32)
    return scene
