"""A fitted person as a character of our own: the same body kept exactly, the same pose as a clip, the residual painted on."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from ...errors import WorldwrightError
from ...progress import Progress, part, silent
from ...scene import Clip, Mesh, Scene
from ...spatial.neighbours import nearest
from ..body import BodyShape, _placed
from ..brief import ADULT_AGE, CharacterBrief
from ..generate import RIG, generate
from ..motion.kinematics import quaternions
from .brief import UNITS, FitBrief
from .cloud import check_size, sample_evenly
from .fit import Fitted, Fitter, load_fitter
from .poses import joint_rotations, world_rotations
from .refuse import check_person
from .space import SLIDERS, draw_people

CLIP = "Fitted pose"
DENSE = 24_000  # points of the selected surface against which the residual is measured
RAMP = (
    (0, (0.02, 0.10, 0.60)),
    (8, (0.02, 0.55, 0.45)),
    (20, (0.15, 0.65, 0.05)),
    (35, (0.90, 0.65, 0.02)),
    (60, (0.75, 0.02, 0.02)),
)
UNSEEN = 120.0  # millimetres: farther skin has no counterpart in a partial scan and is painted grey
HUMAN = (0.45, 2.6)  # metres
SURELY_GROWN = 25.0  # years read; a shape says little about age, so who reads as younger is dressed


def fit_meshes(meshes: list[Mesh], seed: int, progress: Progress = silent) -> tuple[Fitter, Fitted]:
    """The person in the meshes taken together. Raises WorldwrightError when they are not one person."""
    check_size(meshes)
    progress(0.0, "Sampling the selection")
    bare = not any(len(mesh.face_sizes) for mesh in meshes)
    positions, normals = sample_evenly(meshes, seed=seed)
    fitter = load_fitter()
    fitted = fitter.fit(positions, normals, not bare, seed, part(progress, 0.1, 1.0))
    check_person(fitted, meshes[0].name if len(meshes) == 1 else f"{meshes[0].name} and {len(meshes) - 1} more")
    return fitter, fitted


def metres_per_unit(height: float, asked: str) -> tuple[float, str]:
    """The scale of the selection and its name, of a figure ``height`` units tall; "automatic" makes it a person's height."""
    if asked != "automatic":
        return UNITS[asked], asked
    for name, scale in UNITS.items():
        if HUMAN[0] <= height * scale <= HUMAN[1]:
            return scale, name
    return 1.0, "metres"


def fitted_shape(fitter: Fitter, fitted: Fitted, scale: float) -> BodyShape:
    """The fitted body at rest, on the ground at the origin; ``scale`` metres a unit."""
    rows = fitter.space.rows(fitted.coefficients)
    height = float(np.ptp(rows[fitter.space.skin, 2])) * fitted.stature * scale
    return _placed(fitter.space.pack, rows, height, [])


def fit(meshes: list[Mesh], brief: FitBrief, progress: Progress = silent) -> Scene:
    """Our character with the build and pose of the person in ``meshes``, where that person is.

    Nodes and clips as of ``generate``, the fitted pose in front; the meshes' colours are the residual. Raises WorldwrightError.
    """
    brief.validate()
    began = time.perf_counter()
    fitter, fitted = fit_meshes(meshes, brief.seed, part(progress, 0.0, 0.5))
    seconds = {"fit": round(time.perf_counter() - began, 3)}
    own_height = float(np.ptp(fitter.space.rows(fitted.coefficients)[fitter.space.skin, 2])) * fitted.stature
    scale, unit = metres_per_unit(own_height, brief.unit)
    shape = fitted_shape(fitter, fitted, scale)
    person = character_brief(fitter, fitted, shape.height, brief)
    scene = generate(person, part(progress, 0.5, 0.95), shape)
    progress(0.95, "Measuring what is left")
    world = world_rotations(shape.pack, joint_rotations(shape.pack, fitted.pose, fitted.curls))
    _stand(scene, world, fitter, fitted, scale)
    dense, facing = sample_evenly(meshes, DENSE, brief.seed)
    residual = _paint(scene, world, shape.pack.bone_parents, dense * scale, facing)
    scene.name = f"{meshes[0].name} fitted"
    scene.provenance["kind"] = "fit"
    scene.provenance["fit"] = brief.to_dict() | {"residual_mm": residual["residual_mean_mm"], "source": meshes[0].name}
    low, high = dense.min(axis=0), dense.max(axis=0)
    scene.provenance["fit"]["beside"] = round(float(1.1 * (high - low)[:2].max() * max(scale, 1.0)), 3) if brief.beside else 0.0
    scene.report.checks |= residual | {"read_as": unit, "sure_it_is_a_person": round(fitted.person, 3)}
    scene.report.seconds |= seconds
    scene.report.warnings += _warnings(fitted, unit, shape.height, person)
    return scene


def character_brief(fitter: Fitter, fitted: Fitted, height: float, brief: FitBrief) -> CharacterBrief:
    """Sliders of the people most like the fitted body, for its skin, face and clothes; its shape needs none."""
    people = draw_people(fitter.space, 1200, np.random.default_rng(0))
    spread = np.linalg.norm(fitter.space.basis[: fitter.space.builds, fitter.space.skin].reshape(fitter.space.builds, -1), axis=1)
    apart = np.square((people.coefficients - fitted.coefficients[: fitter.space.builds]) * spread / spread[0]).sum(axis=1)
    if HUMAN[0] <= height <= HUMAN[1]:
        apart = apart + np.square(np.log(people.statures / height) / 0.08)
    like = np.argsort(apart)[:12]
    values: dict[str, Any] = dict(zip(SLIDERS, np.median(people.sliders[:, like], axis=1).tolist(), strict=True))
    values["gender"] = float(people.sliders[0, like].mean())
    del values["height"]
    values = {name: round(float(np.clip(value, 0, 1 if name != "age" else 90)), 3) for name, value in values.items()}
    if values["age"] < ADULT_AGE:
        values["chest"] = 0.5
    dressed = brief.outfit != "base garments" or values["age"] < SURELY_GROWN
    clothes: dict[str, Any] = (
        {"upper": "t-shirt", "lower": "trousers", "shoes": "shoes"}
        if dressed
        else dict.fromkeys(("upper", "lower", "shoes"), "none")
    )
    return CharacterBrief(
        seed=brief.seed, height=round(min(height, 2.4), 4), hair=brief.hair, variety=0.0, pose="standing", **values, **clothes
    )


def pose_clip(fitter: Fitter, fitted: Fitted, drop: float) -> Clip:
    """One frame of the fitted pose for the pack's own bones, the root moved ``drop`` metres along Z."""
    pack = fitter.space.pack
    rest = pack.bone_rest.astype(np.float64)
    local = joint_rotations(pack, fitted.pose, fitted.curls)
    turned = quaternions(rest.transpose(0, 2, 1) @ local @ rest).astype(np.float32)
    return Clip(CLIP, 30.0, turned[None], np.array([[0, 0, drop]], np.float32), loop=False)


def _stand(scene: Scene, world: np.ndarray, fitter: Fitter, fitted: Fitted, scale: float) -> None:
    """Puts the rig where the person is, on the ground under it, in the fitted pose, ``world`` (B, 3, 3) rotations from rest."""
    rig, pack = scene.node(RIG), fitter.space.pack
    assert rig.skeleton is not None
    meshes = [node.mesh for node in scene.nodes if node.mesh is not None and node.mesh.skin is not None]
    lowest = min(float(posed_vertices(mesh, rig.skeleton.heads, world, pack.bone_parents)[:, 2].min()) for mesh in meshes)
    pelvis = rig.skeleton.heads[pack.bone("pelvis")].astype(np.float64)
    up = about_up(fitted.yaw)
    rig.transform = np.eye(4, dtype=np.float32)
    rig.transform[:3, :3] = up
    rig.transform[:3, 3] = fitted.place * scale - up @ pelvis + [0, 0, lowest]
    scene.clips.insert(0, pose_clip(fitter, fitted, -lowest))


def about_up(yaw: float) -> np.ndarray:
    """(3, 3) rotation about Z."""
    c, s = np.cos(yaw), np.sin(yaw)
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]])


def posed_vertices(mesh: Mesh, heads: np.ndarray, world: np.ndarray, parents: np.ndarray) -> np.ndarray:
    """(V, 3) a skinned mesh's vertices in a pose: ``world`` (B, 3, 3) rotations from rest, the root where it is at rest."""
    assert mesh.skin is not None
    joints = heads[: len(world)].astype(np.float64)
    for bone, parent in enumerate(parents):
        if parent >= 0:
            joints[bone] = joints[parent] + world[parent] @ (heads[bone] - heads[parent]).astype(np.float64)
    offsets = joints - np.einsum("bij,bj->bi", world, heads[: len(world)])
    result = np.zeros((len(mesh.vertices), 3))
    for slot in range(mesh.skin.joints.shape[1]):
        bones = mesh.skin.joints[:, slot]
        moved = np.einsum("vij,vj->vi", world[bones], mesh.vertices) + offsets[bones]
        result += mesh.skin.weights[:, slot, None] * moved
    return result


def _paint(scene: Scene, world: np.ndarray, parents: np.ndarray, dense: np.ndarray, facing: np.ndarray) -> dict[str, float]:
    """Gives every mesh colours from its distance to the selected surface, in the fitted pose; returns figures in millimetres."""
    rig = scene.node(RIG)
    assert rig.skeleton is not None
    spacing = 1.5 * np.sqrt(2.0 / len(dense))
    skin: np.ndarray = np.empty(0)
    for node in scene.nodes:
        if node.mesh is None or node.mesh.skin is None:
            continue
        vertices = posed_vertices(node.mesh, rig.skeleton.heads, world, parents) + scene.clips[0].root_offset[0]
        vertices = vertices @ rig.transform[:3, :3].T + rig.transform[:3, 3]
        off = 1000 * surface_distance(vertices, dense, facing, spacing)
        node.mesh.colors = ramp(off)[node.mesh.corners]
        if node.mesh.name == "Body":
            skin = off
    seen = skin[skin < UNSEEN]
    if not len(seen):
        raise WorldwrightError(
            "The fitted body lies nowhere near the selected mesh.", "Apply its scale and rotation, and try again."
        )
    figures = {"mean": seen.mean(), "median": np.median(seen), "95_percent": np.quantile(seen, 0.95), "largest": seen.max()}
    shares = {"skin_with_a_counterpart": round(len(seen) / len(skin), 3)}
    return {f"residual_{name}_mm": round(float(value), 1) for name, value in figures.items()} | shares


def surface_distance(points: np.ndarray, dense: np.ndarray, facing: np.ndarray, spacing: float) -> np.ndarray:
    """(V,) distances from ``points`` to a surface known by ``dense`` points and normals about ``spacing`` apart."""
    apart, index = nearest(dense, points, 1)
    apart, index = apart[:, 0], index[:, 0]
    along = np.abs(((points - dense[index]) * facing[index]).sum(axis=1))
    beside = np.sqrt(np.maximum(apart**2 - along**2, 0))
    return np.where(beside < spacing, along, apart)


def ramp(millimetres: np.ndarray) -> np.ndarray:
    """(V, 4) colours from blue (on the surface) over green and yellow to red (60 mm and more); grey where nothing is near."""
    stops, colors = np.array([stop for stop, _ in RAMP], float), np.array([color for _, color in RAMP])
    painted = np.stack([np.interp(millimetres, stops, colors[:, channel]) for channel in range(3)], axis=1)
    painted[millimetres >= UNSEEN] = 0.25
    return np.concatenate([painted, np.ones((len(painted), 1))], axis=1).astype(np.float32)


def _warnings(fitted: Fitted, unit: str, height: float, person: CharacterBrief) -> list[str]:
    found = []
    if unit != "metres":
        found.append(f"The selection was read as {unit}: the character is {height:.2f} m tall.")
    if not HUMAN[0] <= height <= HUMAN[1]:
        found.append(f"The figure is {height:.2f} m tall; scale it, or say what one unit is.")
    if fitted.outward < 0.35:
        found.append("The normals of the selection point inwards; they were read the other way round.")
    elif fitted.outward < 0.75:
        found.append("The normals of the selection do not agree with each other; they were not trusted.")
    if person.age < SURELY_GROWN:
        found.append("The figure may be under age, and is dressed.")
    return found
