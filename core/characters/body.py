"""The body: a linear shape space of the CC0 MakeHuman base mesh, evaluated with numpy.

A body is ``base + z · basis``; ``z`` comes from products of piecewise linear sliders, as MakeHuman's macro targets are
blended (macro.json of MPFB2). The basis is truncated to rank 96 when the pack is baked (``pack.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..errors import WorldwrightError
from ..scene import Mesh, Skin
from .brief import ADULT_AGE, CharacterBrief

PACK_PATH = Path(__file__).with_name("body.npz")
PACK_VERSION = 1
# The order of the columns in which a macro target says which slider ends it is a product of.
VARIATIONS = (
    "african", "asian", "caucasian", "female", "male", "baby", "child", "young", "old",
    "minmuscle", "averagemuscle", "maxmuscle", "minweight", "averageweight", "maxweight",
    "minheight", "maxheight", "uncommonproportions", "idealproportions", "mincup", "maxcup",
)
# MakeHuman's ages: the targets "baby", "child", "young" and "old" are 1, 10, 25 and 90 years.
AGE_YEARS = (1.0, 10.0, 25.0, 90.0)
# Median standing height in metres: CDC growth charts (2 to 20 years), WHO below, NHANES means above.
HEIGHT_YEARS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 40, 60, 75, 90)
HEIGHT_FEMALE = (0.74, 0.86, 0.95, 1.01, 1.08, 1.15, 1.275, 1.38, 1.51, 1.60, 1.62, 1.63, 1.63, 1.615, 1.59, 1.56)
HEIGHT_MALE = (0.76, 0.87, 0.96, 1.02, 1.09, 1.155, 1.28, 1.385, 1.49, 1.64, 1.735, 1.765, 1.765, 1.75, 1.73, 1.69)
HEIGHT_SPREAD = 0.035  # standard deviation over mean, about the same at every age


@dataclass
class BodyPack:
    """The baked data (``body.npz``), the same for every body. V vertices, F quads, B bones, T texture coordinates.

    Attributes:
        source: (V,) int32, each vertex's number in MakeHuman's base mesh ``hm08``.
        faces, face_uvs: (F, 4) int32 into the vertices and into ``uvs``.
        uvs: (T, 2) float32, origin bottom left.
        face_group: (F,) uint8 into ``group_names``: body, tights, skirt, hair, left_eye, right_eye, left_lashes, right_lashes,
            upper_teeth, lower_teeth, tongue. A vertex belongs to one group.
        bone_names, bone_parents: parents come first; Unreal mannequin names.
        bone_directions, bone_z_axes: (B, 3) float32, the rest orientation that every body shares.
        joints, weights: (V, 4) bone influences; weights sum to 1.
        base: (V + 2B, 3) float32; the last rows are bone heads, then tails.
        basis: (R, V + 2B, 3) float32.
        target_mask: (K, len(VARIATIONS)) bool; ``projection`` (K, R) takes target weights to basis coefficients, less ``offset`` (R,).
        details: sparse shapes by name (local changes of the face and body).
        units: sparse shapes by name, the 52 ARKit face units.
        masks: name -> (S, S) uint8 over UV space, first row on top: lips, ears, eyelids, fingernails, toenails, mouth, face, redness.
    """

    source: np.ndarray
    faces: np.ndarray
    face_uvs: np.ndarray
    uvs: np.ndarray
    face_group: np.ndarray
    group_names: list[str]
    bone_names: list[str]
    bone_parents: np.ndarray
    bone_directions: np.ndarray
    bone_z_axes: np.ndarray
    joints: np.ndarray
    weights: np.ndarray
    base: np.ndarray
    basis: np.ndarray
    target_mask: np.ndarray
    projection: np.ndarray
    offset: np.ndarray
    details: dict[str, SparseShape]
    units: dict[str, SparseShape]
    masks: dict[str, np.ndarray]

    @property
    def vertex_count(self) -> int:
        """V, helpers included."""
        return len(self.source)

    def bone(self, name: str) -> int:
        """Number of the bone of that name."""
        return self.bone_names.index(name)

    def face_mask(self, *groups: str) -> np.ndarray:
        """(F,) bool: the faces of the named groups."""
        return np.isin(self.face_group, [self.group_names.index(group) for group in groups])

    def vertex_mask(self, *groups: str) -> np.ndarray:
        """(V,) bool: the vertices of the named groups."""
        mask = np.zeros(self.vertex_count, bool)
        mask[self.faces[self.face_mask(*groups)]] = True
        return mask

    def bone_weight(self, *names: str) -> np.ndarray:
        """(V,) float32: how much the named bones together move each vertex."""
        chosen = np.isin(self.joints, [self.bone(name) for name in names])
        return (self.weights * chosen).sum(axis=1)


@dataclass
class SparseShape:
    """Offsets of a few vertices: ``index`` (N,) int32, ``delta`` (N, 3) float32 metres."""

    index: np.ndarray
    delta: np.ndarray


@dataclass
class BodyShape:
    """One body in its A-pose: metres, Z up, facing -Y, lowest point at z = 0, origin between the feet.

    Attributes:
        vertices: (V, 3) float32 of all groups, helpers included, numbered as in ``pack``.
        heads, tails: (B, 3) float32 joints; rest rotations are the same for every body.
        height: metres, from the soles to the top of the head.
        unit_scale: by how much face units and details are scaled for this head.
    """

    pack: BodyPack
    vertices: np.ndarray
    heads: np.ndarray
    tails: np.ndarray
    height: float
    unit_scale: float = 1.0
    warnings: list[str] = field(default_factory=list)

    def joint(self, bone: str) -> np.ndarray:
        """(3,) where the named bone begins."""
        return self.heads[self.pack.bone(bone)]

    def normals(self) -> np.ndarray:
        """(V, 3) float32 unit vertex normals, area-weighted over all groups."""
        return vertex_normals(self.vertices, self.pack.faces)

    def cut(self, name: str, face_mask: np.ndarray, vertices: np.ndarray | None = None, **fields) -> tuple[Mesh, np.ndarray]:
        """A smooth, skinned mesh of some faces.

        Args:
            face_mask: (F,) bool over ``pack.faces``.
            vertices: (V, 3) positions to use instead of the body's own (an offset cloth, say).
        Returns: the mesh and (n,) int32, the body vertex each of its vertices came from.
        """
        quads = self.pack.faces[face_mask]
        used, corners = np.unique(quads, return_inverse=True)
        source = self.vertices if vertices is None else vertices
        mesh = Mesh.from_faces(
            name, source[used], corners.reshape(quads.shape),
            uvs=self.pack.uvs[self.pack.face_uvs[face_mask]].reshape(-1, 2).astype(np.float32),
            smooth=np.ones(len(quads), bool),
            skin=Skin(self.pack.joints[used].astype(np.int32), self.pack.weights[used]), **fields,
        )
        return mesh, used.astype(np.int32)


def vertex_normals(vertices: np.ndarray, quads: np.ndarray) -> np.ndarray:
    """(V, 3) float32 unit normals of a quad mesh, area-weighted; vertices without faces point nowhere (0, 0, 0)."""
    a, b, c, d = (vertices[quads[:, k]] for k in range(4))
    face = np.cross(c - a, d - b)
    total = np.stack(
        [np.bincount(quads.ravel(), np.repeat(face[:, axis], 4), len(vertices)) for axis in range(3)], axis=1
    )
    length = np.linalg.norm(total, axis=1, keepdims=True)
    return (total / np.maximum(length, 1e-12)).astype(np.float32)
