"""A closed solid being built, and the assembly of many into one Mesh."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..scene import Material, Mesh
from .normals import corner_normals

AXES = {"x": 0, "y": 1, "z": 2}


@dataclass
class Shape:
    """A closed surface of triangles and quads.

    Attributes:
        vertices: (V, 3) float64, metres.
        corners: (C,) int64, the vertex at each face corner, counter-clockwise seen from outside.
        sizes: (F,) int64, 3 or 4.
        uvs: (C, 2) float64, metres; u runs along the grain.
    """

    vertices: np.ndarray
    corners: np.ndarray
    sizes: np.ndarray
    uvs: np.ndarray

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Shape:
        """Shifted; the faces are shared with the original."""
        return Shape(self.vertices + (x, y, z), self.corners, self.sizes, self.uvs)

    def turned(self, axis: str, angle: float) -> Shape:
        """Turned about an axis through the origin by ``angle`` radians (right-handed)."""
        first, second = ((AXES[axis] + 1) % 3, (AXES[axis] + 2) % 3)
        cos, sin = np.cos(angle), np.sin(angle)
        vertices = self.vertices.copy()
        vertices[:, first] = cos * self.vertices[:, first] - sin * self.vertices[:, second]
        vertices[:, second] = sin * self.vertices[:, first] + cos * self.vertices[:, second]
        return Shape(vertices, self.corners, self.sizes, self.uvs)

    def shaped(self, bend: Callable[[np.ndarray], np.ndarray]) -> Shape:
        """With every vertex where ``bend`` (V, 3) -> (V, 3) puts it; the UVs stay."""
        return Shape(bend(self.vertices.copy()), self.corners, self.sizes, self.uvs)

    def mirrored(self) -> Shape:
        """Its reflection in the plane x = 0, still facing outwards."""
        return Shape(self.vertices * (-1.0, 1.0, 1.0), self.corners, self.sizes, self.uvs).flipped()

    def flipped(self) -> Shape:
        """The same surface seen from the other side."""
        starts = np.cumsum(self.sizes) - self.sizes
        last = np.repeat(starts + self.sizes - 1, self.sizes)
        reverse = last - (np.arange(len(self.corners)) - np.repeat(starts, self.sizes))
        return Shape(self.vertices, self.corners[reverse], self.sizes, self.uvs[reverse])

    @property
    def volume(self) -> float:
        """Signed volume in cubic metres; positive when the faces look outwards (divergence theorem)."""
        starts = np.cumsum(self.sizes) - self.sizes
        fourth = np.where(self.sizes == 4, starts + 3, starts)
        a, b, c, d = (self.vertices[self.corners[k]] for k in (starts, starts + 1, starts + 2, fourth))
        first = np.einsum("ij,ij->i", a, np.cross(b, c))
        return float((first + np.einsum("ij,ij->i", a, np.cross(c, d))).sum() / 6.0)


@dataclass(frozen=True)
class Finish:
    """A material and how many metres one repeat of its textures covers."""

    material: Material
    tile: float = 1.0


@dataclass
class Part:
    """A solid with its name ("leg") and what it is made of. ``aligned``: its UVs place one picture and are left alone."""

    name: str
    shape: Shape
    finish: Finish
    aligned: bool = False


def join(shapes: list[Shape]) -> Shape:
    """Several solids as one; they do not share vertices."""
    offsets = np.cumsum([0] + [len(shape.vertices) for shape in shapes[:-1]])
    return Shape(
        np.concatenate([shape.vertices for shape in shapes]),
        np.concatenate([shape.corners + offset for shape, offset in zip(shapes, offsets, strict=True)]),
        np.concatenate([shape.sizes for shape in shapes]),
        np.concatenate([shape.uvs for shape in shapes]),
    )


def outward(shape: Shape) -> Shape:
    """The shape with its faces looking outwards."""
    return shape if shape.volume >= 0 else shape.flipped()


def assemble(name: str, parts: list[Part]) -> Mesh:
    """One mesh of all parts: shared material slots, part labels, UVs in texture units, face-weighted normals.

    Parts of equal name share a label. Each part's UVs start elsewhere in the texture, so that boards cut from the same
    wood do not look alike.
    """
    whole = join([part.shape for part in parts])
    names = list(dict.fromkeys(part.name for part in parts))
    finishes = list({id(part.finish.material): part.finish for part in parts}.values())
    slots = {id(finish.material): slot for slot, finish in enumerate(finishes)}
    faces = [len(part.shape.sizes) for part in parts]
    corners = [len(part.shape.corners) for part in parts]
    shift = np.arange(len(parts))[:, None] * (0.3819660, 0.2360680)  # golden-section steps never repeat
    shift = np.where([[part.aligned] for part in parts], 0.0, shift % 1.0)
    tiles = np.array([1.0 if part.aligned else part.finish.tile for part in parts])[:, None]
    return Mesh(
        name, whole.vertices, whole.corners, whole.sizes,
        uvs=(whole.uvs / np.repeat(tiles, corners, axis=0) + np.repeat(shift, corners, axis=0)).astype(np.float32),
        normals=corner_normals(whole.vertices, whole.corners, whole.sizes).astype(np.float32),
        materials=[finish.material for finish in finishes],
        material_index=np.repeat([slots[id(part.finish.material)] for part in parts], faces).astype(np.int32),
        part_names=names,
        part=np.repeat([names.index(part.name) for part in parts], faces).astype(np.int32),
        smooth=np.ones(len(whole.sizes), bool),
    )  # fmt: skip
