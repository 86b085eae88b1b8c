"""A result rebuilt in place: new data on the old objects, so that all the artist hung on them stays.

What stays: names, parents, children, constraints, modifiers, collections, materials the artist put in place of ours, actions of
their own, and the places of what has no parent or was moved by hand. What is renewed: meshes, bones, shape keys, weights, our
materials and our actions, and the places of parts that stand where they were put.
"""

from __future__ import annotations

import bpy

from .scene import LEVEL, OURS, PART, PLACE, PROPERTY, REPORT, remember_place, was_moved


def replace_collection(old: bpy.types.Collection, new: bpy.types.Collection, stays: set[bpy.types.Object] = frozenset()) -> None:
    """Moves what was just written in ``new`` onto the objects of ``old`` and removes ``new``; parts that came or went come or
    go, but for those in ``stays``, which nothing happens to."""
    before = {part_of(thing): thing for thing in old.all_objects if PROPERTY in thing and thing not in stays}
    after = {part_of(thing): thing for thing in new.all_objects}
    kept = {name: before[name] for name in after if name in before and before[name].type == after[name].type}
    leftover: list[bpy.types.ID] = []
    levels = list(new.children)
    for name, thing in kept.items():
        parent = after[name].parent
        leftover += _renew(thing, after[name], kept.get(part_of(parent), parent))
    for name, thing in after.items():
        if name not in kept:
            _adopt(thing, old, {after[part]: mine for part, mine in kept.items()})
    gone = [thing for name, thing in before.items() if name not in kept]
    for thing in gone:
        for child in thing.children:  # the artist's own things lose no place
            if PROPERTY not in child or child in stays:
                place = child.matrix_world.copy()
                child.parent = thing.parent
                child.matrix_world = place
    for key in (PROPERTY, REPORT):
        old[key] = new[key]
    data = [thing.data for thing in gone if thing.data]
    for child in list(new.children):
        new.children.unlink(child)
    bpy.data.batch_remove([*gone, *(after[name] for name in kept), new])
    bpy.data.batch_remove([child for child in levels if child.users == 0])
    bpy.data.batch_remove([block for block in {*leftover, *data} if block.users == 0])


def part_of(thing: bpy.types.Object | None) -> str:
    """The node an object was written from, whatever the artist calls it now."""
    return "" if thing is None else thing.get(PART, thing.name)


def _renew(old: bpy.types.Object, new: bpy.types.Object, parent: bpy.types.Object | None) -> list[bpy.types.ID]:
    """Gives ``old`` the data of ``new``, and its place under ``parent`` where it stands where it was put; returns data that may
    be of no use any more."""
    moved = was_moved(old) or PLACE not in old or old.parent is None or PROPERTY not in old.parent
    for key in [key for key in new.keys() if key not in ("_RNA_UI", PLACE)]:
        old[key] = new[key]
    if not moved and PLACE in new:
        old.parent = parent
        old.matrix_parent_inverse.identity()
        old.matrix_basis = new.matrix_basis
        remember_place(old)
    if old.data is None:
        return []
    previous = old.data
    replaced = {}
    if old.type == "MESH":
        replaced = {
            k: slot.material for k, slot in enumerate(old.material_slots) if slot.link == "DATA" and not _ours(slot.material)
        }
    name = previous.name
    old.data = new.data
    previous.name, old.data.name = f"{name} before", name
    for k, material in replaced.items():
        if k < len(old.data.materials):
            old.data.materials[k] = material
    if old.type == "MESH":
        old.show_only_shape_key = new.show_only_shape_key
    used = [previous]
    if old.type == "ARMATURE":
        used += _renew_actions(old, new)
    return used


def _ours(block: bpy.types.ID | None) -> bool:
    return block is not None and OURS in block


def _renew_actions(old: bpy.types.Object, new: bpy.types.Object) -> list[bpy.types.ID]:
    """Our clips are renewed track by track; the artist's own stay. Returns the actions that were ours before."""
    for bone in old.pose.bones:
        bone.rotation_mode = "QUATERNION"
    if new.animation_data is None:
        return []
    motion = old.animation_data or old.animation_data_create()
    active, mine, dropped = motion.action, motion.action is None or _ours(motion.action), []
    playing = next((track.name for track in motion.nla_tracks if any(strip.action == active for strip in track.strips)), "")
    fresh = {track.name: track.strips[0].action for track in new.animation_data.nla_tracks if track.strips}
    for track in list(motion.nla_tracks):
        actions = [strip.action for strip in track.strips if strip.action]
        if actions and all(_ours(action) for action in actions):
            dropped += actions
            if track.name not in fresh:
                motion.nla_tracks.remove(track)
                continue
            for strip in track.strips:
                strip.action = fresh[track.name]
                strip.action_slot = strip.action.slots[0]
                strip.action_frame_start, strip.action_frame_end = strip.action.frame_range
    known = {track.name for track in motion.nla_tracks}
    for name, action in fresh.items():
        if name not in known:
            track = motion.nla_tracks.new()
            track.name, track.mute = name, True
            track.strips.new(name, 0, action).action_slot = action.slots[0]
    if mine and fresh:
        motion.action = fresh.get(playing) or next(iter(fresh.values()))
        motion.action_slot = motion.action.slots[0]
    return dropped


def _adopt(thing: bpy.types.Object, home: bpy.types.Collection, twins: dict[bpy.types.Object, bpy.types.Object]) -> None:
    """A part that was not there before joins the old ones, following them as it followed the new."""
    level = thing.get("role") == LEVEL
    hidden = next((child for child in home.children if child.hide_render), None) if level else None
    for collection in list(thing.users_collection):
        if level and hidden is None:
            home.children.link(collection)  # the levels' own hidden collection comes along
            hidden = collection
        if collection != hidden:
            collection.objects.unlink(thing)
    target = hidden or home
    if thing.name not in target.objects:
        target.objects.link(thing)
    if thing.parent in twins:
        place = thing.matrix_basis.copy()
        thing.parent = twins[thing.parent]
        thing.matrix_basis = place
    for modifier in thing.modifiers:
        if modifier.type == "ARMATURE" and modifier.object in twins:
            modifier.object = twins[modifier.object]
