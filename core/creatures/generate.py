"""Brief → Scene: anatomy, surface, textures, parts, skeleton, gaits."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from .. import __version__
from ..characters.motion.kinematics import unit
from ..errors import WorldwrightError
from ..game.detail import add_levels
from ..progress import Progress, silent
from ..scene import Clip, Material, Mesh, Node, Report, Scene, Skeleton, Skin
from . import gait, locks, paint, parts
from .bake import Texels, texels
from .brief import CreatureBrief
from .field import distance, sample
from .grammar import Anatomy, Eye, with_points
from .kinds import anatomy as natural
from .palettes import dressed
from .proportions import adapt
from .skinning import skin
from .surface import neighbours, normals, smoothed, surface
from .unwrap import Layout, unwrap

RIG = "Rig"
SUNK = 0.42  # of an eye's radius: how deep its middle lies below the skin
HEAD_FINENESS = 0.6  # cells of the head, as a share of the body's


def generate(brief: CreatureBrief, progress: Progress = silent) -> Scene:
    """The creature the brief describes, facing -Y, its feet on the ground at the origin; the same brief gives the same Scene.

    Nodes: the rig, then skinned meshes that follow it. Clips: Idle, Walk, Trot or Run, with wings Fly. Raises WorldwrightError.
    """
    brief.validate()
    shape_rng, paint_rng, lock_rng, wing_rng = np.random.default_rng(brief.seed).spawn(4)
    wish, brief = brief, dressed(brief, paint_rng)
    seconds: dict[str, float] = {}
    began = time.perf_counter()

    def done(stage: str, fraction: float, doing: str) -> None:
        nonlocal began
        seconds[stage] = round(time.perf_counter() - began, 3)
        began = time.perf_counter()
        progress(fraction, doing)

    progress(0.0, "Growing the skeleton")
    anatomy = adapt(natural(brief), brief, shape_rng)
    vertices, quads = _surface(anatomy, brief.detail, progress)
    anatomy, vertices = _grounded(anatomy, vertices)
    done("surface", 0.35, "Binding skin to bones")
    anatomy.eyes = [_in_socket(eye, vertices, normals(vertices, quads)) for eye in anatomy.eyes]
    graph = neighbours(len(vertices), quads)
    weights = skin(anatomy, vertices, graph)
    layout = unwrap(vertices, quads, _limb_of(anatomy, weights, quads))
    done("skin", 0.5, "Painting")
    hide, site = _hide(anatomy, vertices, quads, weights, layout, graph)
    covered = texels(layout.uvs, brief.texture_size)
    texel = layout.scale / brief.texture_size
    material = paint.paint(brief, _at_texels(site, covered, quads), covered, texel, paint_rng)
    done("textures", 0.75, "Adding eyes, teeth and claws")
    body = Mesh.from_faces("Body", vertices, quads, uvs=layout.uvs.reshape(-1, 2), materials=[material],
                           smooth=np.ones(len(quads), bool), skin=weights, sharp_angle=1.4)  # fmt: skip
    meshes = [body, *_parts(brief, anatomy, hide, site, material, lock_rng, wing_rng)]
    done("parts", 0.9, "Setting in motion")
    skeleton = _skeleton(anatomy)
    clips = gait.clips(anatomy, skeleton)[: None if brief.motion else 1]
    done("motion", 1.0, "Done")
    return _scene(wish, anatomy, meshes, skeleton, clips, seconds)


def _surface(anatomy: Anatomy, detail: int, progress: Progress) -> tuple[np.ndarray, np.ndarray]:
    """The closed surface with about ``detail`` quads: measured coarsely first, then built."""
    extent = np.ptp(np.array([flesh.a for flesh in anatomy.flesh]), axis=0).max()
    cell = extent / 60
    for share in (0.1, 0.3):
        vertices, quads = surface(sample(anatomy, cell, cell * HEAD_FINENESS), 0)
        progress(share, "Growing the body")
        cell *= float(np.sqrt(len(quads) / detail))
    return surface(sample(anatomy, cell, cell * HEAD_FINENESS))


def _grounded(anatomy: Anatomy, vertices: np.ndarray) -> tuple[Anatomy, np.ndarray]:
    """Everything raised or lowered so that the lowest point lies on the ground; the root stays where it is."""
    lift = np.array((0, 0, -vertices[:, 2].min()))
    for name in ("bones", "flesh", "eyes", "spikes", "ears", "wings"):
        moved = [
            part if getattr(part, "name", "") == "root" else with_points(part, lambda p: p + lift, 1.0)
            for part in getattr(anatomy, name)
        ]
        setattr(anatomy, name, moved)
    return anatomy, vertices + lift


def _in_socket(eye: Eye, vertices: np.ndarray, normal: np.ndarray) -> Eye:
    """The eye moved along its gaze to where the skin is, so that not quite half of the ball stands out."""
    gaze = unit(eye.gaze)
    offset = vertices - eye.centre
    along = offset @ gaze
    beside = np.linalg.norm(offset - along[:, None] * gaze, axis=1)
    skin = (beside < eye.radius) & (normal @ gaze > 0.2) & (np.abs(along) < 4 * eye.radius)
    if not skin.any():
        return eye
    return replace(eye, centre=eye.centre + gaze * (float(np.median(along[skin])) - SUNK * eye.radius))


def _limb_of(anatomy: Anatomy, weights: Skin, quads: np.ndarray) -> np.ndarray:
    """(F,) number of the limb each face belongs to, so that no chart runs from a leg over the body."""
    limbs: dict[str, int] = {}
    number = []
    for bone in anatomy.bones:
        key = (
            bone.region
            if bone.region in ("trunk", "neck", "head", "tail")
            else bone.region + bone.name.split("_")[0] + bone.name[-2:]
        )
        number.append(limbs.setdefault("body" if key in ("trunk", "neck") else key, len(limbs)))
    main = np.array(number)[weights.joints[np.arange(len(weights.joints)), weights.weights.argmax(axis=1)]]
    return main[quads[:, 0]]


def _hide(anatomy: Anatomy, vertices, quads, weights: Skin, layout: Layout, graph) -> tuple[parts.Hide, paint.Site]:
    """The finished surface for parts to grow on, and what painting must know of each vertex."""
    normal = normals(vertices, quads)
    uv = np.zeros((len(vertices), 2))
    uv[quads.ravel()] = layout.uvs.reshape(-1, 2)
    hide = parts.Hide(vertices, quads, normal, weights, uv, [bone.name for bone in anatomy.bones])
    return hide, _site(anatomy, hide, graph)


def _site(anatomy: Anatomy, hide: parts.Hide, graph: np.ndarray) -> paint.Site:
    bones = anatomy.bones
    dense = np.zeros((len(hide.vertices), len(bones)))
    np.add.at(dense, (np.arange(len(dense))[:, None], hide.skin.joints), hide.skin.weights)
    heads, axes = np.array([bone.head for bone in bones]), np.array([bone.tail - bone.head for bone in bones])
    length = np.maximum(np.linalg.norm(axes, axis=1), 1e-9)
    # Fur lies from the nose to the tail and down the legs: along bones, but against those that grow towards the head.
    forward = np.array([-1.0 if bone.region in ("neck", "head") or bone.name in ("spine", "chest") else 1.0 for bone in bones])
    flow = dense @ (unit(axes) * forward[:, None])
    for _ in range(4):
        flow = smoothed(flow, graph)
    flow = unit(flow - (flow * hide.normals).sum(axis=1, keepdims=True) * hide.normals)
    offset = hide.vertices[:, None] - heads
    position = np.einsum("vbk,bk->vb", offset, axes / length[:, None])
    behind = {name: float(np.linalg.norm(heads[k] - heads[0])) for k, name in enumerate(hide.names)}
    along = (dense * (position * forward + np.array([behind[name] for name in hide.names]))).sum(axis=1)
    centre = np.einsum("vb,vbk->vk", dense, heads + np.clip(position / length, 0, 1)[..., None] * axes)
    away = hide.vertices - centre
    share = {
        region: dense[:, [bone.region == region for bone in bones]].sum(axis=1)
        for region in ("trunk", "neck", "head", "tail", "leg", "arm", "wing")
    }
    tall = max(float(bone.head[2]) for bone in bones if bone.region in ("leg", "trunk"))
    height = 1 - np.clip(hide.vertices[:, 2] / max(0.8 * tall, 1e-9), 0, 1)
    head = next((bone for bone in bones if bone.name == "head"), bones[-1])
    snout = (hide.vertices - head.head) @ unit(head.tail - head.head) / np.linalg.norm(head.tail - head.head)
    return paint.Site(
        hide.vertices, hide.normals, flow, along, np.linalg.norm(away, axis=1), unit(away)[:, 2] * 0.6 + hide.normals[:,
            2] * 0.4, share,
        height * (share["leg"] + share["arm"] > 0.3), _lips(anatomy, hide.vertices), snout, float(np.ptp(hide.vertices,
            axis=0).max()) * 0.75,
    )  # fmt: skip


def _lips(anatomy: Anatomy, vertices: np.ndarray) -> np.ndarray:
    """(V,) 1 where the jaw meets the head."""
    if not anatomy.crease:
        return np.zeros(len(vertices))
    gaps = []
    for wanted in (True, False):
        near = [
            distance(vertices, flesh)
            for flesh in anatomy.flesh
            if flesh.region == "head" and (flesh.bone in anatomy.crease) == wanted
        ]
        gaps.append(np.min(near, axis=0))
    jaw, skull = gaps
    size = np.mean([min(flesh.rb) for flesh in anatomy.flesh if flesh.bone in anatomy.crease])
    return np.exp(-(((jaw - skull) / (0.22 * size)) ** 2)) * np.exp(-((np.maximum(jaw, 0) / (0.6 * size)) ** 2))


def _at_texels(site: paint.Site, covered: Texels, quads: np.ndarray) -> paint.Site:
    """What is known of vertices, at every texel."""

    def spread(values: np.ndarray) -> np.ndarray:
        return covered.spread(quads, values)

    share = {name: spread(values) for name, values in site.share.items()}
    fields = (site.place, site.normal, site.flow, site.along, site.around, site.dorsal)
    place, normal, flow, along, around, dorsal = (spread(values) for values in fields)
    extremity, lips, snout = (spread(values) for values in (site.extremity, site.lips, site.snout))
    return paint.Site(place, normal, unit(flow), along, around, dorsal, share, extremity, lips, snout, site.size)


def _parts(brief: CreatureBrief, anatomy: Anatomy, hide, site, material: Material, lock_rng, wing_rng) -> list[Mesh]:
    meshes: list[Mesh | None] = []
    pupils = {eye.pupil for eye in anatomy.eyes}
    if pupils:
        meshes.append(parts.eyeballs(anatomy, hide, paint.eye_material(brief, pupils.pop())))
        meshes.append(parts.lids(anatomy, hide, material))
    meshes.append(parts.ears(anatomy, hide, material))
    meshes += parts.spikes(anatomy, hide, paint.hard_materials(brief))
    if anatomy.wings:
        meshes += parts.wings(anatomy, hide, paint.membrane_material(brief, wing_rng), paint.feather_material(brief))
    if anatomy.locks and brief.shagginess > 0:
        regions = np.array([bone.region for bone in anatomy.bones])[hide.skin.joints[:, 0]]
        mane = Material("Mane", (*brief.dark_color, 1.0), roughness=0.7, double_sided=True)
        meshes += locks.grow(anatomy, hide, site.flow, regions, material, mane, lock_rng)
    return [mesh for mesh in meshes if mesh is not None]


def _skeleton(anatomy: Anatomy) -> Skeleton:
    names = [bone.name for bone in anatomy.bones]
    parents = np.array([names.index(bone.parent) if bone.parent else -1 for bone in anatomy.bones], np.int32)
    heads = np.array([bone.head for bone in anatomy.bones], np.float32)
    tails = np.array([bone.tail for bone in anatomy.bones], np.float32)
    along = unit(tails - heads)
    up = np.where(np.abs(along[:, 2:]) < 0.8, np.array([(0.0, 0.0, 1.0)]), np.array([(0.0, -1.0, 0.0)]))
    return Skeleton("Skeleton", names, parents, heads, tails, up.astype(np.float32))


def _scene(
    brief: CreatureBrief, anatomy: Anatomy, meshes: list[Mesh], skeleton: Skeleton, clips: list[Clip], seconds: dict
) -> Scene:
    speeds = {f"{clip.name.lower()}_speed": round(clip.speed, 3) for clip in clips if clip.speed}
    nodes = [Node(RIG, skeleton=skeleton, label="animal", properties=speeds)]
    nodes += [Node(mesh.name, mesh=mesh, armature=RIG, parent=RIG) for mesh in meshes]
    provenance = {"kind": "creature", "brief": brief.to_dict(), "seed": brief.seed, "version": __version__,
                  "model": "skeleton grammar, distance field and surface nets", "licence": "the result is yours"}  # fmt: skip
    scene = Scene(brief.kind.capitalize(), nodes, clips, provenance)
    scene.report = _report(meshes, skeleton, clips, seconds)
    if brief.lods:
        add_levels(scene)
    return scene


def _report(meshes: list[Mesh], skeleton: Skeleton, clips: list[Clip], seconds: dict) -> Report:
    weights = np.concatenate([mesh.skin.weights for mesh in meshes if mesh.skin is not None])
    quads = meshes[0].corners.reshape(-1, 4)
    edges = np.sort(np.concatenate([quads[:, [k, (k + 1) % 4]] for k in range(4)]), axis=1)
    counts = {
        "triangles": int(sum(np.maximum(mesh.face_sizes - 2, 0).sum() for mesh in meshes)),
        "meshes": len(meshes), "bones": len(skeleton.names), "clips": len(clips),
        "materials": len({id(material) for mesh in meshes for material in mesh.materials}),
    }  # fmt: skip
    low, high = np.min([mesh.bounds[0] for mesh in meshes], axis=0), np.max([mesh.bounds[1] for mesh in meshes], axis=0)
    checks = {
        "body_closed": bool((np.unique(edges, axis=0, return_counts=True)[1] == 2).all()),
        "influences": int((weights > 0).sum(axis=1).max()),
        "largest_weight_error": float(np.abs(weights.sum(axis=1) - 1).max()),
        "lowest_point_m": round(float(meshes[0].bounds[0][2]), 4),
        "height_m": round(float(high[2]), 3),
        "length_m": round(float(high[1] - low[1]), 3),
    }
    if not checks["body_closed"]:
        raise WorldwrightError("The body came out with a hole.", "Choose another seed.")
    return Report(counts, checks, [], seconds)
