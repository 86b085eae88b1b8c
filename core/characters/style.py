"""Stylised people: heroic, chibi or cartoon proportions, flat-shaded low polygons, and toon colours, on the same skeleton.

Every bone is scaled about its head along with what hangs on it; rest rotations stay, so clips and clothes keep working.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..game.lod import simplify
from ..scene import Material, Mesh, Texture
from .body import BodyShape

LOW_POLY = {"Body": 1400, "Hair": 500, "Eyes": 80}  # triangles of flat-shaded parts; others an eighth of theirs


@dataclass(frozen=True)
class Proportions:
    """Factors on bones: length along the bone, thickness across it. Bones not named here are as they were."""

    length: dict[str, float]
    thick: dict[str, float]
    whole: float = 1.0


PROPORTIONS = {
    "heroic": Proportions(
        {"spine_01": 1.02, "spine_02": 1.05, "spine_03": 1.06, "upperarm": 1.04, "thigh": 1.08, "calf": 1.08, "clavicle": 1.16,
            "head": 0.94},
        {"spine_02": 1.06, "spine_03": 1.14, "upperarm": 1.16, "lowerarm": 1.14, "hand": 1.10, "thigh": 1.08, "calf": 1.06,
            "neck_01": 1.10, "head": 0.94},
    ),
    "chibi": Proportions(
        {"spine_01": 0.72, "spine_02": 0.70, "spine_03": 0.72, "neck_01": 0.42, "head": 1.72, "clavicle": 0.78,
            "upperarm": 0.66, "lowerarm": 0.64,
         "hand": 0.86, "thigh": 0.56, "calf": 0.54, "foot": 0.92},
        {"head": 1.72, "neck_01": 0.84, "spine_01": 0.86, "spine_02": 0.84, "spine_03": 0.82, "pelvis": 0.86, "upperarm": 0.94,
            "lowerarm": 0.98,
         "hand": 0.92, "thigh": 0.90, "calf": 0.98},
        0.62,
    ),
    "cartoon": Proportions(
        {"head": 1.30, "neck_01": 0.8, "spine_01": 0.90, "spine_02": 0.9, "spine_03": 0.9, "upperarm": 1.02, "lowerarm": 1.04,
            "hand": 1.16,
         "thigh": 0.88, "calf": 0.94, "foot": 1.14},
        {"head": 1.30, "hand": 1.18, "foot": 1.14, "neck_01": 0.82, "upperarm": 0.84, "lowerarm": 0.96, "thigh": 0.92,
            "calf": 0.98, "spine_01": 0.9},
    ),
}  # fmt: skip
FOLLOW_PARENT = ("eye", "thumb", "index", "middle", "ring", "pinky", "ball")  # these scale with the bone they hang on


def proportioned(shape: BodyShape, style: str) -> BodyShape:
    """The body with a style's proportions, its soles on the ground again; "natural" is the body itself."""
    if style == "natural":
        return shape
    table = PROPORTIONS[style]
    pack = shape.pack
    count = len(pack.bone_names)
    along, across = np.ones(count), np.ones(count)
    heads, tails = shape.heads.astype(float).copy(), shape.tails.astype(float).copy()
    moved_heads, matrices = np.zeros((count, 3)), np.zeros((count, 3, 3))
    for bone, (name, parent) in enumerate(zip(pack.bone_names, pack.bone_parents, strict=True)):
        stem = name[:-2] if name[-2:] in ("_l", "_r") else name
        follows = stem.split("_")[0] in FOLLOW_PARENT and parent >= 0
        along[bone] = along[parent] if follows else table.length.get(stem, 1.0)
        across[bone] = across[parent] if follows else table.thick.get(stem, 1.0)
        frame = matrices[parent] if follows else _scaling(shape.rest[bone][:, 1].astype(float), along[bone], across[bone])
        matrices[bone] = frame
        moved_heads[bone] = heads[bone] if parent < 0 else moved_heads[parent] + matrices[parent] @ (heads[bone] - heads[parent])
    moved_tails = moved_heads + np.einsum("bij,bj->bi", matrices, tails - heads)
    offsets = moved_heads - np.einsum("bij,bj->bi", matrices, heads)
    points = np.zeros((len(shape.vertices), 3))
    for slot in range(pack.joints.shape[1]):
        joints = pack.joints[:, slot]
        points += pack.weights[:, slot, None] * (np.einsum("vij,vj->vi", matrices[joints], shape.vertices) + offsets[joints])
    return _standing(shape, points, moved_heads, moved_tails, table.whole, float(across[pack.bone("head")]))


def _scaling(direction: np.ndarray, along: float, across: float) -> np.ndarray:
    """(3, 3) by ``along`` along the direction and by ``across`` square to it."""
    outer = np.outer(direction, direction)
    return across * np.eye(3) + (along - across) * outer


def _standing(shape: BodyShape, points, heads, tails, whole: float, head: float) -> BodyShape:
    """Scaled as a whole, with the lowest point of the skin on the ground."""
    body = shape.pack.vertex_mask("body")
    points, heads, tails = points * whole, heads * whole, tails * whole
    drop = np.array((0.0, 0.0, points[body, 2].min()))
    root = shape.pack.bone_parents[:, None] < 0
    points = (points - drop).astype(np.float32)
    heads = np.where(root, shape.heads * whole, heads - drop).astype(np.float32)
    tails = np.where(root, shape.tails * whole, tails - drop).astype(np.float32)
    height = float(np.ptp(points[body, 2]))
    return replace(shape, vertices=points, heads=heads, tails=tails, height=height, unit_scale=shape.unit_scale * head * whole)


def stylised(meshes: list[Mesh], look: str) -> list[Mesh]:
    """The meshes in a look: "low-poly" has few flat faces in flat colours, "toon" flat colours on smooth ones."""
    if look == "natural":
        return meshes
    materials: dict[int, Material] = {}
    return [_low_poly(mesh, materials) if look == "low-poly" else _toon(mesh, materials) for mesh in meshes]


def _low_poly(mesh: Mesh, materials: dict[int, Material]) -> Mesh:
    triangles = int(np.maximum(mesh.face_sizes - 2, 0).sum())
    wanted = LOW_POLY.get(mesh.name, max(triangles // 8, 40))
    keys = tuple(mesh.shape_keys)
    simple = simplify(mesh, wanted, keys) if triangles > wanted and mesh.name != "Lashes" else replace(mesh)
    simple.materials = [_flat(material, materials) for material in simple.materials]
    simple.smooth = np.zeros(len(simple.face_sizes), bool)
    simple.normals = None
    return simple


def _toon(mesh: Mesh, materials: dict[int, Material]) -> Mesh:
    return replace(mesh, materials=[_flat(material, materials) for material in mesh.materials])


def _flat(material: Material, known: dict[int, Material]) -> Material:
    """A matte material in few tones: pictures are reduced to three steps of brightness, bumps are left out."""
    if id(material) not in known:
        picture = material.base_color_texture
        stepped = None if picture is None else replace(picture, name=f"{picture.name} toon", pixels=_stepped(picture))
        known[id(material)] = replace(
            material,
            roughness=0.95,
            subsurface=0.0,
            clearcoat=0.0,
            normal_texture=None,
            roughness_texture=None,
            base_color_texture=stepped,
        )
    return known[id(material)]


def _stepped(picture: Texture) -> np.ndarray:
    """The picture blurred to areas and cut to a few levels; alpha stays as it was."""
    pixels = picture.pixels
    color = pixels[..., :3].astype(np.float32)
    for _ in range(2):
        color = (color + np.roll(color, 3, 0) + np.roll(color, -3, 0) + np.roll(color, 3, 1) + np.roll(color, -3, 1)) / 5
    steps = np.round(np.clip(np.round(color / 24) * 24, 0, 255)).astype(np.uint8)
    return np.concatenate([steps, pixels[..., 3:]], axis=2) if pixels.shape[2] > 3 else steps
