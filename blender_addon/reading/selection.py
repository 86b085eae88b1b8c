"""The artist's objects → meshes in world space, as they look: modifiers, shape keys, poses and instances applied."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

import bpy
import numpy as np

from ..core.scene import Mesh
from ..core.spatial.placing import joined, placed
from ..core.spatial.surface import has_area
from .materials import MaterialReader
from .meshes import read_mesh

WITH_SURFACE = {"MESH", "CURVE", "SURFACE", "FONT", "META", "CURVES"}
KINDS = {
    "LIGHT_PROBE": "a light probe", "GPENCIL": "a drawing", "GREASEPENCIL": "a drawing", "EMPTY": "an empty",
    "POINTCLOUD": "a point cloud", "ARMATURE": "an armature",
}  # fmt: skip
MOST_CORNERS = 60_000_000  # of one object with its instances: about 3 GB
MANY_FACES = 2_000_000


def read_objects(
    context: bpy.types.Context, objects: list[bpy.types.Object], evaluated: bool = True
) -> tuple[list[Mesh], list[str]]:
    """One mesh for each of ``objects`` that has a surface, in world space (metres, Z up), its instances joined into it.

    Without ``evaluated`` the meshes are as they were modelled, before modifiers, shape keys, poses and instances. The
    warnings, in full sentences, name every object that was left out and why, and what of the others was.
    """
    steps = read_in_turn(context, objects, evaluated)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def read_in_turn(
    context: bpy.types.Context, objects: list[bpy.types.Object], evaluated: bool = True
) -> Generator[float, None, tuple[list[Mesh], list[str]]]:
    """``read_objects``, yielding the fraction read after every object."""
    reader = _Reader(context.evaluated_depsgraph_get() if evaluated else None)
    present = set(context.view_layer.objects)
    things = [thing for thing in dict.fromkeys(objects) if reader.may_be_read(thing, thing in present)]
    found: dict[str, Mesh | None] = {}
    scattered: dict[str, bpy.types.Object] = {}
    for number, thing in enumerate(things):
        if reader.stands_alone(thing):
            found[thing.name_full] = reader.whole(thing, reader.own_pieces(thing))
        else:
            scattered[thing.name_full] = thing
        yield number / len(things)
    for name, pieces in reader.scattered_pieces(scattered).items():
        found[name] = reader.whole(scattered[name], pieces)
        yield len(found) / len(things)
    meshes = [mesh for thing in things if (mesh := found[thing.name_full]) is not None]
    return meshes, reader.warnings + reader.materials.warnings


@dataclass
class _Pieces:
    """What an object consists of: (mesh, world matrix) of itself and of its instances."""

    meshes: list[tuple[Mesh, np.ndarray]] = field(default_factory=list)
    corners: int = 0
    left_out: int = 0

    def add(self, mesh: Mesh, matrix: bpy.types.Matrix) -> None:
        if self.corners + len(mesh.corners) > MOST_CORNERS and self.meshes:
            self.left_out += 1
            return
        self.corners += len(mesh.corners)
        self.meshes.append((mesh, np.array(matrix, np.float64)))


class _Reader:
    def __init__(self, depsgraph: bpy.types.Depsgraph | None) -> None:
        self.depsgraph = depsgraph
        self.materials = MaterialReader()
        self.warnings: list[str] = []

    def may_be_read(self, thing: bpy.types.Object, present: bool) -> bool:
        """Whether the object is there to be seen; says so where not."""
        if not present:
            self.warnings.append(f"“{thing.name}” is not in this view layer and was left out.")
        elif not thing.visible_get():
            self.warnings.append(f"“{thing.name}” is hidden and was left out; show it to have it read.")
        else:
            if thing.mode == "EDIT":
                thing.update_from_editmode()
            return True
        return False

    def stands_alone(self, thing: bpy.types.Object) -> bool:
        """Whether the object is one mesh and nothing else: most are, and need no walk through the scene's instances."""
        if self.depsgraph is None or thing.mode == "EDIT":
            return True
        if thing.type != "MESH" or thing.is_instancer or len(thing.particle_systems):
            return False
        return thing.evaluated_get(self.depsgraph).evaluated_geometry().instances_pointcloud() is None

    def own_pieces(self, thing: bpy.types.Object) -> _Pieces:
        """The pieces of an object that stands alone."""
        pieces = _Pieces()
        shown = thing if self.depsgraph is None else thing.evaluated_get(self.depsgraph)
        if thing.type in WITH_SURFACE:
            pieces.add(self._mesh_of(shown), shown.matrix_world)
        return pieces

    def scattered_pieces(self, things: dict[str, bpy.types.Object]) -> dict[str, _Pieces]:
        """The pieces of those that do not, by full name."""
        pieces = {name: _Pieces() for name in things}
        if things:
            for owner, mesh, matrix in self._instances(set(things)):
                pieces[owner].add(mesh, matrix)
        return pieces

    def _instances(self, owners: set[str]) -> Iterator[tuple[str, Mesh, bpy.types.Matrix]]:
        """Everything drawn for the objects named: their own mesh, geometry-nodes instances, collections, particles."""
        read: dict[int, Mesh] = {}
        for instance in self.depsgraph.object_instances:
            owner = (instance.parent or instance.object).original.name_full
            if owner not in owners or instance.object.type != "MESH" or instance.object.data is None:
                continue
            key = instance.object.data.as_pointer()  # the same mesh drawn a thousand times is read once
            if key not in read:
                read[key] = self._mesh_of(instance.object)
            yield owner, read[key], instance.matrix_world.copy()

    def _mesh_of(self, shown: bpy.types.Object) -> Mesh:
        """The object's mesh in its own space."""
        made = shown.type != "MESH" or shown.mode == "EDIT"
        source = shown.to_mesh() if made else shown.data
        if source is None:
            return Mesh(shown.name, np.empty((0, 3)), np.empty(0), np.empty(0))
        slots = shown.material_slots
        chosen = [
            slots[number].material if number < len(slots) and slots[number].link == "OBJECT" else material
            for number, material in enumerate(source.materials)
        ]
        mesh = read_mesh(source, [self.materials.read(material) for material in chosen], shown.name)
        if made:
            shown.to_mesh_clear()
        return mesh

    def whole(self, thing: bpy.types.Object, pieces: _Pieces) -> Mesh | None:
        """The object's pieces in world space as one mesh named after it; None, with a warning, when it has no surface."""
        meshes = [placed(mesh, matrix, thing.name) for mesh, matrix in pieces.meshes if len(mesh.face_sizes)]
        if not meshes:
            self.warnings.append(f"“{thing.name}” {_why_nothing(thing, pieces)}")
            return None
        mesh = joined(meshes, thing.name)
        if not np.isfinite(mesh.vertices).all():
            self.warnings.append(f"“{thing.name}” has coordinates that are not finite numbers and was left out.")
            return None
        if not has_area(mesh):
            self.warnings.append(f"“{thing.name}” has faces, but none with any area, and was left out.")
            return None
        self._drop_loose(mesh)
        if pieces.left_out:
            self.warnings.append(f"“{thing.name}” has too many instances: {pieces.left_out:,} of them were left out.")
        if len(mesh.face_sizes) > MANY_FACES:
            self.warnings.append(f"“{thing.name}” has {len(mesh.face_sizes):,} faces: working with it takes time and memory.")
        return mesh

    def _drop_loose(self, mesh: Mesh) -> None:
        """Removes the vertices that no face uses: they would count in the mesh's size, and carry no surface."""
        used = np.zeros(len(mesh.vertices), bool)
        used[mesh.corners] = True
        loose = len(used) - np.count_nonzero(used)
        if loose:
            mesh.vertices, mesh.corners = mesh.vertices[used], (np.cumsum(used, dtype=np.int32) - 1)[mesh.corners]
            vertices = "One vertex" if loose == 1 else f"{loose:,} vertices"
            self.warnings.append(f"{vertices} of “{mesh.name}” without a face {'was' if loose == 1 else 'were'} left out.")


def _why_nothing(thing: bpy.types.Object, pieces: _Pieces) -> str:
    if thing.type == "EMPTY" and thing.instance_type == "COLLECTION":
        return "is an instance of a collection without any surface and was left out."
    if thing.type not in WITH_SURFACE:
        kind = KINDS.get(thing.type) or f"a {thing.type.replace('_', ' ').lower()}"
        return f"is {kind}: it has no surface and was left out."
    if thing.type == "META" and not pieces.meshes:
        return "is part of another metaball, which holds the surface of both, and was left out."
    if any(len(mesh.vertices) for mesh, _ in pieces.meshes):
        return "has vertices but no faces and was left out."
    if thing.type in {"CURVE", "CURVES", "FONT"}:
        return "has no surface (a curve needs a bevel, an extrusion or a fill) and was left out."
    return "is empty and was left out."
