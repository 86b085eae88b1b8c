"""A blocked-out room to a Scene: every box replaced by a detailed prop, the room around them built, and a report of why."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ... import __version__
from ...errors import WorldwrightError
from ...progress import Progress, silent
from ...scene import Mesh, Node, Report, Scene
from ..arrange import Placement, world_box
from ..brief import RoomBrief
from ..checks import check_room
from ..contents import room_properties
from ..dress import dress
from ..finishes import choose_finishes
from ..light import light_room, place_camera
from ..rooms import Room, build_shell, pose
from ..shop import Shop
from ..space import overlaps
from .boxes import GreyBox, grey_box
from .brief import AUTO, GreyboxBrief
from .classes import KINDS, named
from .fit import Thing, fit
from .recognise import allowed_classes, recognise
from .resolve import Resolver
from .shell import recognise_shell

MOST = 400
SMALLEST = 0.03
MOVED = 0.02  # metres: what moved less is not told


@dataclass
class Asset:
    """One of the artist's own models that may take a box's place: ``size`` (width, depth, height) as it faces -Y."""

    name: str
    label: str
    size: tuple[float, float, float]
    mesh: Mesh | None = None
    properties: dict = field(default_factory=dict)


def read_assets(entries: Sequence[dict]) -> list[Asset]:
    """The artist's assets of dicts with ``name``, ``label`` (a class or "" to take it from the name), ``mesh`` and ``properties``.

    Those whose class nobody can tell are left out; a broken file never gets here, as it is named when it is read.
    """
    assets = []
    for entry in entries:
        label, mesh = entry.get("label") or named(entry["name"]), entry["mesh"]
        if label in KINDS and len(mesh.vertices):
            low, high = mesh.bounds
            width, depth, height = (float(value) for value in high - low)
            assets.append(Asset(entry["name"], label, (width, depth, height), mesh, dict(entry.get("properties", {}))))
    return assets


def generate(
    meshes: Sequence[Mesh],
    brief: GreyboxBrief,
    progress: Progress = silent,
    keep: Sequence[str] = (),
    assets: Sequence[Asset] = (),
    annotations: Mapping[str, Mapping[str, float]] | None = None,
) -> Scene:
    """The detailed room of blocked-out ``meshes`` (vertices in the world); those named in ``keep`` stay as they are.

    Nodes that stand for a box carry ``properties["replaces"]``, ``["confidence"]``, ``["why"]`` and ``["relations"]``. Boxes
    that stay are named in ``provenance["left"]``, those that became the room in ``provenance["shell"]``. Raises
    WorldwrightError where there is nothing to work with.
    """
    brief.validate()
    started = time.perf_counter()
    progress(0.0, "Reading the boxes")
    boxes, notes = _read(meshes, set(keep))
    shell = recognise_shell(boxes)
    boxes, nested = _without_nested(shell.things)
    shell.things = boxes
    notes += [*shell.notes, *nested]
    progress(0.15, "Recognising them")
    by_name = {mesh.name: mesh for mesh in meshes}
    told = "" if brief.kind == AUTO else brief.kind
    things, kind = recognise(shell, by_name, told, allowed_classes(brief.allowed), annotations)
    if not told and things:
        notes.append(f"What the room is for was read from its boxes: {kind.replace('_', ' ')}.")
    room_brief = _room_brief(brief, kind, shell.room)
    shop = Shop(room_brief)
    progress(0.3, "Fitting props")
    fit(things, shell.room, kind, shop)
    progress(0.5, "Finding places")
    left = Resolver(shell.room, things, [box for box in shell.things if box.keep], shop).run()
    placements = _placements(things, set(left), shell.room)
    notes += [f"“{things[k].box.name}” could not be given a place without overlaps and stays as it is." for k in left]
    progress(0.7, "Building the room")
    scene = _scene(brief, room_brief, shell.room, things, placements, shop, assets)
    progress(0.9, "Checking it")
    scene.report = _report(scene, things, left, shell.room, notes, started)
    x, y, z = (float(value) for value in shell.centre)
    scene.nodes[0].transform = pose(x, y, z, shell.yaw)  # checked in the room's own frame
    scene.provenance = {
        "kind": "greybox", "brief": brief.to_dict(), "seed": brief.seed, "version": __version__, "model": "greybox",
        "licence": "CC0-1.0", "room": kind, "left": [things[k].box.name for k in left], "shell": shell.parts if brief.shell else {},
        "kept": [box.name for box in shell.things if box.keep],
    }  # fmt: skip
    progress(1.0, "Done")
    return scene


def _read(meshes: Sequence[Mesh], keep: set[str]) -> tuple[list[GreyBox], list[str]]:
    """The boxes of meshes, without those that are too small or flat in every way."""
    if not meshes:
        raise WorldwrightError("No mesh is selected.", "Select the boxes that block out the room.")
    if len(meshes) > MOST:
        raise WorldwrightError(
            f"These are {len(meshes)} objects; up to {MOST} can be one room.", "Select one room's boxes at a time."
        )
    boxes, notes = [], []
    for mesh in meshes:
        if len(mesh.vertices) < 3 or not np.isfinite(mesh.vertices).all():
            notes.append(f"“{mesh.name}” has no usable surface and was left out.")
            continue
        box = grey_box(mesh, mesh.name in keep)
        if box.size.max() < SMALLEST:
            notes.append(f"“{mesh.name}” is smaller than {SMALLEST * 100:.0f} cm and was left out.")
            continue
        box.size = np.maximum(box.size, 0.005)
        boxes.append(box)
    if not boxes:
        raise WorldwrightError("None of the selected objects has a surface.", "Select meshes with faces.")
    largest = max(float(box.size.max()) for box in boxes)
    if largest > 200.0:
        raise WorldwrightError(
            f"The largest box is {largest:,.0f} m long; a room has up to 200 m.", "Check the scale: is the scene in centimetres?"
        )
    return boxes, notes


def _without_nested(boxes: list[GreyBox]) -> tuple[list[GreyBox], list[str]]:
    """Boxes that lie almost wholly within another belong to it; of boxes in the same place one stays."""
    kept: list[GreyBox] = []
    notes = []
    for box in sorted(boxes, key=lambda b: (not b.keep, -float(np.prod(b.size)))):
        outer = next((other for other in kept if not box.keep and _contained(box, other) > 0.97), None)
        if outer is None:
            kept.append(box)
        else:
            notes.append(f"“{box.name}” lies inside “{outer.name}” and was taken as part of it.")
    order = {box.name: number for number, box in enumerate(boxes)}
    return sorted(kept, key=lambda box: order[box.name]), notes


def _contained(inner: GreyBox, outer: GreyBox) -> float:
    """Share of a box's volume within another, on a lattice of points."""
    steps = (np.arange(5) + 0.5) / 5 - 0.5
    local = np.stack(np.meshgrid(steps, steps, steps), -1).reshape(-1, 3) * inner.size
    cos, sin = np.cos(inner.yaw), np.sin(inner.yaw)
    world = local @ np.array([[cos, sin, 0], [-sin, cos, 0], [0, 0, 1.0]]) + inner.centre - outer.centre
    cos, sin = np.cos(outer.yaw), np.sin(outer.yaw)
    seen = world @ np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1.0]])
    return float((np.abs(seen) <= outer.size / 2 + 1e-6).all(1).mean())


def _room_brief(brief: GreyboxBrief, kind: str, room: Room) -> RoomBrief:
    """The brief the room's shell, style and small things are made by."""
    sides = {name: getattr(brief, name) for name in ("palette", "accent", "walls", "floor", "brightness", "seed")}
    chosen = RoomBrief.from_dict({"kind": kind, **sides})
    chosen.width, chosen.depth, chosen.height = room.width, room.depth, room.height
    return chosen


def _placements(things: list[Thing], left: set[int], room: Room) -> dict[int, Placement]:
    """Named placements with their relations."""
    numbers: Counter[str] = Counter()
    names = {}
    for number, thing in enumerate(things):
        if number not in left:
            numbers[thing.label] += 1
            names[number] = f"{thing.label.capitalize()} {numbers[thing.label]}"
    made = {}
    for number, name in names.items():
        thing = things[number]
        assert thing.prop is not None
        relations, why, support = _relations(thing, names, room)
        transform = pose(thing.x, thing.y, thing.z, thing.yaw)
        seat = bool(thing.prop.seats) and thing.label != "toilet"
        front = not seat and thing.prop.clearance > 0
        made[number] = Placement(name, thing.prop, transform, support, relations, why, seat, front)
    return made


def _relations(thing: Thing, names: dict[int, str], room: Room) -> tuple[list[dict], str, str]:
    """Data, sentence and support of a thing that has its place."""
    mount = KINDS[thing.label].mount
    relations: list[dict] = []
    source = "its name says so" if thing.said else f"its size, shape and place say so ({thing.sure:.0%})"
    why, support = f"{thing.label} for “{thing.box.name}”, as {source}", "Floor"
    if mount == "surface" and thing.partner in names:
        support = names[thing.partner]
        relations.append({"relation": "on", "target": support})
        why += f"; on {support}"
    elif mount == "ceiling":
        support = "Ceiling"
        relations.append({"relation": "under", "target": "Ceiling"})
        why += "; under the ceiling"
    elif thing.side:
        word = "on" if mount == "wall" else "against"
        support = f"Wall {thing.side}" if mount == "wall" else "Floor"
        relations.append({"relation": word, "target": f"Wall {thing.side}"})
        why += f"; {word} the {thing.side} wall"
    elif thing.partner in names:
        relations += [{"relation": word, "target": names[thing.partner]} for word in ("at", "facing")]
        why += f"; at {names[thing.partner]}, turned to it"
    moved = float(np.hypot(*(np.array([thing.x, thing.y]) - thing.box.centre[:2])))
    if moved > MOVED:
        why += f"; moved {moved:.2f} m"
    return relations, f"{why}.", support


def _scene(
    brief: GreyboxBrief,
    room_brief: RoomBrief,
    room: Room,
    things: list[Thing],
    placements: dict[int, Placement],
    shop: Shop,
    assets: Sequence[Asset],
) -> Scene:
    root = "Detailed room"
    nodes = [Node(root, properties=room_properties(room, room_brief))]
    standing = list(placements.values())
    camera = place_camera(room, standing, root) if brief.lights else None
    if brief.shell:
        nodes += build_shell(room, choose_finishes(room_brief, next(iter(room.walls))), root)
    shared: dict[str, Mesh] = {}
    for number, placement in placements.items():
        nodes.append(_node(things[number], placement, root, assets, shared))
    if brief.dressed:
        nodes += _small_things(room_brief, things, placements, shop)
    if brief.lights:
        nodes += light_room(room_brief, room, shop, standing, root)
        if camera is not None:
            nodes.append(camera)
    return Scene(root, nodes)


def _small_things(brief: RoomBrief, things: list[Thing], placements: dict[int, Placement], shop: Shop) -> list[Node]:
    """Clutter for the furniture, clear of what was blocked out on it."""
    own = [k for k in placements if KINDS[things[k].label].mount == "surface"]
    busy = np.array([world_box(placements[k].prop, placements[k].transform) for k in own]).reshape(-1, 6)
    standing = {placement.name: placement for number, placement in placements.items() if number not in own}
    names = {placement.name for placement in placements.values()}
    nodes = []
    for small in dress(brief, list(standing.values()), shop, np.random.default_rng(brief.seed)):
        holder = standing[small.support]
        if overlaps(world_box(small.prop, holder.transform @ small.transform), busy).any():
            continue
        name, number = small.name, 1
        while name in names:
            name, number = f"{small.name.rsplit(' ', 1)[0]} {number + 1}", number + 1
        names.add(name)
        properties = {"why": small.why, "relations": small.relations, "mount": "surface", "prop": small.prop.key}
        transform = small.transform.astype(np.float32)
        nodes.append(Node(name, transform, small.prop.mesh, parent=small.support, label=small.prop.label, properties=properties))
    return nodes


def _node(thing: Thing, placement: Placement, root: str, assets: Sequence[Asset], shared: dict[str, Mesh]) -> Node:
    """The node of a thing: our prop, or the artist's own asset of its class that is nearest in size, scaled to fill the place."""
    mount = placement.support.split()[0].lower() if placement.support.split()[0] in ("Floor", "Ceiling", "Wall") else "surface"
    properties = {
        "why": placement.why, "relations": placement.relations, "mount": mount, "prop": thing.key,
        "replaces": thing.box.name, "confidence": round(thing.sure, 3),
    }  # fmt: skip
    if placement.seat:
        properties["seat"] = True
    if placement.front:
        properties["front"] = True
    mesh, transform = placement.prop.mesh, placement.transform.astype(np.float32)
    own = [asset for asset in assets if asset.label == thing.label and asset.mesh is not None]
    if own:
        low, high = mesh.bounds
        want = np.maximum(high - low, 1e-3)
        asset = min(own, key=lambda a: float(np.abs(np.log(np.maximum(a.size, 1e-3) / want)).sum()))
        assert asset.mesh is not None
        mesh = shared.setdefault(asset.name, _seated(asset.mesh))
        scale = np.diag([*np.minimum(want / np.maximum(asset.size, 1e-3), 1.5), 1.0])
        scale[2, 3] = float(low[2])
        transform = (transform @ scale).astype(np.float32)
        properties |= {"asset": asset.name, **asset.properties}
    return Node(placement.name, transform, mesh, parent=root, label=placement.prop.label, properties=properties)


def _seated(mesh: Mesh) -> Mesh:
    """A mesh moved so that the middle of its box is over the origin and its foot at z = 0."""
    low, high = mesh.bounds
    mesh.vertices = mesh.vertices - np.array([*(low[:2] + high[:2]) / 2, low[2]], np.float32)
    return mesh


def _report(scene: Scene, things: list[Thing], left: list[int], room: Room, notes: list[str], started: float) -> Report:
    placed = [thing for number, thing in enumerate(things) if number not in set(left)]
    shifts = [float(np.hypot(thing.x - thing.box.centre[0], thing.y - thing.box.centre[1])) for thing in placed]
    counts = {
        "boxes": len(things),
        "replaced": len(placed),
        "left as they are": len(left),
        **{f"{label}s": count for label, count in Counter(thing.label for thing in placed).most_common()},
    }
    checks = check_room(scene, room)
    checks["mean_shift"] = round(float(np.mean(shifts)), 3) if shifts else 0.0
    checks["largest_shift"] = round(max(shifts, default=0.0), 3)
    unsure = [thing for thing in placed if thing.sure < 0.5]
    if unsure:
        names = ", ".join(f"“{thing.box.name}” ({thing.label}, {thing.sure:.0%})" for thing in unsure[:6])
        notes.append(f"Least sure: {names}; name a box after what it is to decide it.")
    return Report(counts, checks, notes, {"all": round(time.perf_counter() - started, 3)})
