"""Brief → Scene: the body with its face, eyes, clothes and hair, on a skeleton, with clips."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from .. import __version__
from ..game.detail import add_levels
from ..progress import Progress, silent
from ..scene import Clip, Material, Mesh, Node, Report, Scene
from . import motion
from .atlas import one_atlas
from .body import BodyShape, build
from .brief import CharacterBrief
from .eyes import bulge, eye_uvs, paint_eyes
from .face import add_units, add_visemes, express, nearest_skin
from .hair import grow
from .lashes import paint_lashes
from .rig import for_skeleton, skeleton
from .skin import paint
from .style import proportioned, stylised
from .teeth import paint_teeth
from .wardrobe import dress

RIG = "Rig"
FACE_MESHES = ("Brows", "Beard")  # of what grows on the head, these move with the face


def generate(
    brief: CharacterBrief, progress: Progress = silent, shape: BodyShape | None = None, skin: Material | None = None
) -> Scene:
    """The person the brief describes, facing -Y, standing on the ground at the origin; ``shape`` is its body, where it is known.

    The same brief gives the same Scene, byte for byte. Nodes: the rig, then skinned meshes that follow it; clips: those the
    brief names. ``skin``: one painted before, which a crowd shares. Raises WorldwrightError for a brief out of range or missing
    body data.
    """
    brief.validate()
    motion.read_names(brief.clips)
    body_rng, skin_rng, eye_rng, cloth_rng, hair_rng, lash_rng = np.random.default_rng(brief.seed).spawn(6)
    seconds: dict[str, float] = {}
    progress(0.0, "Shaping the body")
    with _timed(seconds, "body"):
        shape = _posed(brief, shape or build(brief, body_rng))
    progress(0.1, "Painting skin and eyes")
    with _timed(seconds, "skin"):
        skin = skin or paint(shape.pack, brief, skin_rng)
        iris = paint_eyes(shape.pack, brief, eye_rng)
    progress(0.4, "Dressing")
    with _timed(seconds, "clothes"):
        clothes, hidden = dress(shape, brief, cloth_rng)
        shape = _on_soles(shape, clothes)
    progress(0.6, "Growing hair")
    with _timed(seconds, "hair"):
        hair = grow(shape, brief, hair_rng)
    progress(0.8, "Building the face")
    with _timed(seconds, "face"):
        parts = _body_parts(shape, brief, skin, iris, hidden, lash_rng)
        for mesh in hair:
            if mesh.name in FACE_MESHES:
                _animate(shape, brief, mesh, nearest_skin(shape, mesh.vertices))
    progress(0.9, "Setting in motion")
    with _timed(seconds, "motion"):
        clips = _clips(shape, brief, clothes)
    meshes = [*parts, *clothes, *hair]
    meshes = stylised(meshes, brief.look)
    if brief.atlas:
        meshes = one_atlas(meshes, {"1k": 1024, "2k": 2048, "4k": 2048}[brief.texture_size])
    speeds = {f"{clip.name.lower().replace(' ', '_')}_speed": round(clip.speed, 4) for clip in clips if clip.speed}
    bones = skeleton(shape, brief.rig_names, brief.sockets)
    rig = Node(RIG, skeleton=bones, label="person", properties=speeds)
    clips = [for_skeleton(clip, bones) for clip in clips]
    nodes = [rig, *(Node(mesh.name, mesh=mesh, armature=RIG, parent=RIG) for mesh in meshes)]
    scene = Scene("Character", nodes, clips, _provenance(brief))
    scene.report = report(shape, meshes, clips, seconds)
    if brief.lods:
        caps = grow(shape, replace(brief, hair_build="cap"), hair_rng) if brief.hair_build == "cards" else []
        add_levels(scene, stand_ins={mesh.name: mesh for mesh in caps if mesh.name == "Hair"})
    progress(1.0, "Done")
    return scene


def body_of(brief: CharacterBrief) -> BodyShape:
    """The body on which ``generate`` builds the brief's person, barefoot on the ground."""
    body_rng = np.random.default_rng(brief.seed).spawn(1)[0]
    return _posed(brief, build(brief, body_rng))


def _posed(brief: CharacterBrief, shape: BodyShape) -> BodyShape:
    return proportioned(motion.t_pose(shape) if brief.pose == "t-pose" else shape, brief.style)


def _on_soles(shape: BodyShape, clothes: list[Mesh]) -> BodyShape:
    """Raises body and clothes (in place) by the thickness of the soles, so that shoes and not bare feet stand on the ground."""
    lift = max(0.0, -min((float(mesh.vertices[:, 2].min()) for mesh in clothes), default=0.0))
    up = np.array([0, 0, lift], np.float32)
    for mesh in clothes:
        mesh.vertices = mesh.vertices + up
        mesh.shape_keys = {name: positions + up for name, positions in mesh.shape_keys.items()}
    root = shape.pack.bone_parents[:, None] < 0
    heads, tails = (np.where(root, ends, ends + up) for ends in (shape.heads, shape.tails))
    return replace(shape, vertices=shape.vertices + up, heads=heads, tails=tails)


def _body_parts(
    shape: BodyShape, brief: CharacterBrief, skin: Material, iris: Material, hidden: np.ndarray, rng: np.random.Generator
) -> list[Mesh]:
    """Skin (without what clothes cover), eyes, teeth, tongue and lashes, each with the face units that move it."""
    pack = shape.pack
    uncovered = pack.face_mask("body") & ~hidden[pack.faces].all(axis=1)
    eyes = pack.face_mask("left_eye", "right_eye")
    tongue = Material("Tongue", base_color=(0.4, 0.1, 0.09, 1), roughness=0.4, subsurface=0.1)
    wanted = (
        ("Body", uncovered, skin),
        ("Eyes", eyes, iris),
        ("Teeth", pack.face_mask("upper_teeth", "lower_teeth"), paint_teeth(rng)),
        ("Tongue", pack.face_mask("tongue"), tongue),
        ("Lashes", pack.face_mask("left_lashes", "right_lashes"), paint_lashes(brief, rng)),
    )
    meshes = []
    for name, faces, material in wanted:
        mesh, source = shape.cut(name, faces, materials=[material])
        if name == "Eyes":
            mesh.uvs = eye_uvs(shape, faces)
            mesh.vertices = bulge(shape, mesh.vertices, source)
        _animate(shape, brief, mesh, source)
        meshes.append(mesh)
    return meshes


def _animate(shape: BodyShape, brief: CharacterBrief, mesh: Mesh, source: np.ndarray) -> None:
    """Face units as shape keys with the expression turned on, or the expression alone, for good."""
    if brief.face_units:
        add_units(shape, mesh, source, brief.expression)
        if brief.visemes:
            add_visemes(mesh)
    else:
        express(shape, mesh, source, brief.expression)


def _clips(shape: BodyShape, brief: CharacterBrief, clothes: list[Mesh]) -> list[Clip]:
    """The clips, the one to be seen first in front."""
    clips = motion.from_brief(shape, brief, clothes) if brief.motion else []
    if brief.pose != "standing":
        clips.insert(0, motion.rest(shape))
    elif not clips:
        clips = [motion.stand(motion.Mannequin(shape, clothes), motion.manner_of(brief))]
    return clips


def _provenance(brief: CharacterBrief) -> dict:
    return {
        "kind": "character",
        "brief": brief.to_dict(),
        "seed": brief.seed,
        "version": __version__,
        "model": "MakeHuman base mesh hm08 and targets, rank-96 basis",
        "licence": "CC0-1.0 (body data); the result is yours",
    }


def report(shape: BodyShape, meshes: list[Mesh], clips: list[Clip], seconds: dict[str, float]) -> Report:
    """Counts and checks of a finished character; a check that fails becomes a warning."""
    weights = [mesh.skin.weights for mesh in meshes if mesh.skin is not None]
    materials = {id(material) for mesh in meshes for material in mesh.materials}
    lowest = min(float(mesh.vertices[:, 2].min()) for mesh in meshes)
    body = shape.vertices[shape.pack.vertex_mask("body")]
    checks = {
        "height_m": round(float(np.ptp(body[:, 2])), 4),
        "lowest_point_m": round(lowest, 4),
        "largest_weight_error": float(max(np.abs(w.sum(axis=1) - 1).max() for w in weights)),
        "influences": int(max((w > 0).sum(axis=1).max() for w in weights)),
        "skinned_meshes": sum(mesh.skin is not None for mesh in meshes),
        "body_closed_before_hiding": _is_closed(shape.pack.faces[shape.pack.face_mask("body")]),
    }
    counts = {
        "triangles": int(sum(np.maximum(mesh.face_sizes - 2, 0).sum() for mesh in meshes)),
        "meshes": len(meshes),
        "bones": len(shape.pack.bone_names),
        "materials": len(materials),
        "clips": len(clips),
        "face_units": max(len(mesh.shape_keys) for mesh in meshes),
    }
    warnings = list(shape.warnings)
    if checks["skinned_meshes"] < len(meshes):
        warnings.append("A part of the character does not follow the skeleton.")
    if abs(lowest) > 0.05:
        warnings.append(f"The lowest point is {lowest:.2f} m from the ground.")
    return Report(counts, checks, warnings, {name: round(value, 3) for name, value in seconds.items()})


def _is_closed(quads: np.ndarray) -> bool:
    """Whether every edge has exactly two faces, running opposite ways."""
    edges = np.concatenate([quads[:, [k, (k + 1) % 4]] for k in range(4)]).astype(np.int64)
    forward = np.sort(edges[:, 0] * 2**32 + edges[:, 1])
    backward = np.sort(edges[:, 1] * 2**32 + edges[:, 0])
    return bool((forward == backward).all() and (np.diff(forward) > 0).all())


class _timed:
    """Adds the seconds spent inside to a dict."""

    def __init__(self, seconds: dict[str, float], stage: str) -> None:
        self.seconds, self.stage = seconds, stage

    def __enter__(self) -> None:
        self.began = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self.seconds[self.stage] = time.perf_counter() - self.began
