"""What a request changed, so that a follow-up can put it back before it does the other thing."""

from __future__ import annotations

from dataclasses import dataclass, field

import bpy
from mathutils import Matrix


@dataclass
class Record:
    """Names of what was ``made``; of what was changed the matrices, materials and names before."""

    made: list[str] = field(default_factory=list)
    places: dict[str, Matrix] = field(default_factory=dict)
    slots: dict[str, list[tuple[str, bpy.types.Material | None]]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def keep_place(self, thing: bpy.types.Object) -> None:
        """Before it moves."""
        self.places.setdefault(thing.name, thing.matrix_world.copy())

    def keep_slots(self, thing: bpy.types.Object) -> None:
        """Before its materials change."""
        self.slots.setdefault(thing.name, [(slot.link, slot.material) for slot in thing.material_slots])

    def restore(self) -> None:
        """Puts all back; what was removed since stays away."""
        remove([thing for name in self.made if (thing := bpy.data.objects.get(name)) is not None])
        for name, matrix in self.places.items():
            if (thing := bpy.data.objects.get(name)) is not None:
                thing.matrix_world = matrix
        for name, slots in self.slots.items():
            if (thing := bpy.data.objects.get(name)) is not None:
                for slot, (link, material) in zip(thing.material_slots, slots, strict=False):
                    slot.link, slot.material = link, material
        for now, before in self.names.items():
            if (thing := bpy.data.objects.get(now)) is not None:
                thing.name = before
        self.made, self.places, self.slots, self.names = [], {}, {}, {}


def remove(things: list[bpy.types.Object]) -> int:
    """Removes things with the parts that belong to them; what stands on them by parenting alone stays where it is."""
    gone: set[bpy.types.Object] = set(things)
    for thing in things:
        if thing.type == "ARMATURE":
            gone |= set(thing.children_recursive)
        else:
            gone |= {child for child in thing.children_recursive if child.get("role") in ("collider", "navmesh", "lod")}
    for thing in gone:
        for child in thing.children:
            if child not in gone:
                place = child.matrix_world.copy()
                child.parent = None
                child.matrix_world = place
    data = {thing.data for thing in gone if thing.data is not None}
    collections = {collection for thing in gone for collection in thing.users_collection}
    bpy.data.batch_remove(list(gone))
    bpy.data.batch_remove([block for block in data if block.users == 0])
    empty = [
        one
        for one in collections
        if one.name in bpy.data.collections and not one.all_objects and not one.children and "worldwright" in one
    ]
    bpy.data.batch_remove(empty)
    return len(gone)
