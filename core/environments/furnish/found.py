"""A room that exists, read from a scene: its plan, and what stands in it already."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ...errors import WorldwrightError
from ...scene import Mesh, Node, Scene
from ..arrange import Present, class_of
from ..brief import RoomBrief, natural_area
from ..checks import piece_boxes, world_matrices
from ..features import Placed
from ..greybox.boxes import grey_box
from ..greybox.classes import CLASS_OF, KINDS, named
from ..greybox.fit import TABLES, fit
from ..greybox.recognise import recognise
from ..greybox.shell import Shell, recognise_shell
from ..groups import Group, Piece
from ..programmes import PLACES
from ..props.prop import Prop
from ..rooms import Room, pose
from ..shop import Shop
from ..space import turn_boxes
from ..wishes import Wish

KEEP = "worldwright_keep"  # property of things that stay as they are
MOST = 2000
SEATS = {"office": ("desk",), "open_plan_office": ("desk",), "lecture_hall": ("lecture bench",), "bedroom": ("bed",),
         "hotel_room": ("bed",), "living_room": ("sofa", "armchair")}  # what gives a place; elsewhere seats do  # fmt: skip
HOMELY = ("bedroom", "living_room", "kitchen", "bathroom", "hall", "hotel_room")  # for as many as usual, however large
FLAT = 0.02  # metres: what is thinner, such as a rug, stands in nobody's way
# What the programmes call a class, where it is not the class's own name.
NOUNS = {"bookcase": "shelf", "bathtub": "bath", "board": "whiteboard", "dresser": "drawers", "kitchen counter": "kitchen run",
         "kitchen sink": "kitchen run", "lecture bench": "row"}  # fmt: skip


@dataclass
class Standing:
    """One thing that is in the room already.

    Attributes:
        node: as it was read; ``name`` is its own.
        kind: its class, as ``greybox.classes.KINDS`` has them, or "".
        mesh: in its own space: it faces -Y and its foot is at z = 0.
        transform: (4, 4) from that space into the room.
        mount: what it rests on or hangs from: floor, wall, ceiling, surface.
        boxes: (P, 6) its pieces in the room.
        partner: name of what it belongs to (a chair's desk) or stands on, or "".
        locked: the artist wants it to stay.
    """

    node: Node
    kind: str
    mesh: Mesh
    transform: np.ndarray
    mount: str
    boxes: np.ndarray
    partner: str = ""
    side: str = ""
    locked: bool = False
    own: bool = False

    @property
    def name(self) -> str:
        return self.node.name

    @property
    def noun(self) -> str:
        """What programmes call it."""
        return NOUNS.get(self.kind, self.kind) or self.name

    @property
    def yaw(self) -> float:
        return float(np.arctan2(self.transform[1, 0], self.transform[0, 0]))

    @property
    def prop(self) -> Prop:
        """It as a prop: its mesh, with the key it was built by where it was built here."""
        seat = bool(self.node.properties.get("seat"))
        label = self.node.label or self.kind
        made = Prop(
            label, self.mesh, [], clearance=0.6 if self.node.properties.get("front") and not seat else 0.0, mount=self.mount
        )
        made.key = str(self.node.properties.get("prop", "")) or (KINDS[self.kind].props[0] if self.kind in KINDS else "")
        return made

    @property
    def bounds(self) -> np.ndarray:
        """(6,) around all of it, in the room."""
        return np.concatenate([self.boxes[:, :3].min(0), self.boxes[:, 3:].max(0)])


@dataclass
class Found:
    """A room that exists.

    Attributes:
        room: its plan in its own frame; ``frame`` (4, 4) from there into the scene.
        brief: kind, look and sizes, as it was made or as it was read.
        root: name of the node that carries the room, or "" for the artist's own.
        shell: names of meshes that are the artist's own walls, floor, doors …
        notes: sentences on what was assumed.
    """

    room: Room
    frame: np.ndarray
    brief: RoomBrief
    root: str
    things: list[Standing]
    shell: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def thing(self, name: str) -> Standing | None:
        """The thing of that name."""
        return next((thing for thing in self.things if thing.name == name), None)

    def present(self, without: frozenset[str] = frozenset()) -> Present:
        """What stands there as the solver needs it, but for the names of ``without``; their names stay taken."""
        things = [thing for thing in self.things if thing.name not in without]
        there = present(things, [as_placed(thing) for thing in things if thing.mount != "surface" and not thing.partner])
        there.names = {thing.name for thing in self.things}
        return there


def as_placed(thing: Standing) -> Placed:
    """A thing as one group that has its place."""
    x, y = (float(value) for value in thing.transform[:2, 3])
    seat, front = bool(thing.node.properties.get("seat")), bool(thing.node.properties.get("front"))
    group = Group(thing.noun, [Piece(thing.noun, thing.prop, 0.0, 0.0, seat=seat, front=front)])
    relation = "wall" if thing.side and thing.mount == "floor" else "mounted" if thing.mount == "wall" else "free"
    return Placed(Wish(thing.noun, [group], relation), group, x, y, thing.yaw, thing.side, thing.boxes)


def data(value: object) -> object:
    """A property as JSON values: Blender keeps lists and objects as JSON text."""
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def find_room(scene: Scene, kind: str = "auto", root: str = "") -> Found:
    """The room of a scene: the generated one (of several the one whose node is ``root``), or the artist's own walls and floor.

    Raises WorldwrightError where there is none, or where several are and none is named.
    """
    rooms = {node.name: node for node in scene.nodes if isinstance(data(node.properties.get("room")), dict)}
    if root and root not in rooms:
        raise WorldwrightError(f"There is no room “{root}” in this scene.", f"Known are: {', '.join(rooms)}." if rooms else "")
    if len(rooms) > 1 and not root:
        raise WorldwrightError(f"This scene has {len(rooms)} rooms: {', '.join(rooms)}.", "Say which one is meant.")
    found = _generated(scene, rooms[root or next(iter(rooms))]) if rooms else _artists(scene, kind)
    if kind != "auto":
        found.brief.kind = kind
    return found


def kept_in(scene: Scene) -> dict[str, list[Standing]]:
    """What stays in each generated room of a scene, by the room's name, in the room's frame: all its furnishings there are."""
    rooms = [node for node in scene.nodes if isinstance(data(node.properties.get("room")), dict)]
    return {node.name: _generated(scene, node).things for node in rooms}


def _generated(scene: Scene, node: Node) -> Found:
    """A room that was made here, by the plan its node carries, and everything that lies within its walls."""
    values = data(node.properties["room"])
    assert isinstance(values, dict)
    room, brief = Room.from_dict(values.get("plan", {})), RoomBrief.from_dict(values.get("brief", {}))
    matrices = world_matrices(scene)
    inverse = np.linalg.inv(matrices[node.name])
    below = _descendants(scene, node.name)
    things = []
    pieces = piece_memory()
    for other in scene.nodes:
        if other.mesh is None or not len(other.mesh.corners) or (other.role and "why" not in other.properties):
            continue
        transform = inverse @ matrices[other.name]
        own = other.name in below
        if own and "why" not in other.properties:
            continue
        thing = standing_in(other, transform, pieces, own)
        middle = (thing.bounds[:3] + thing.bounds[3:]) / 2
        if own or (room.covers(middle[None, :2])[0] and -0.1 < middle[2] < room.height):
            things.append(thing)
    found = Found(room, matrices[node.name], brief, node.name, things)
    relate(found)
    return found


def _descendants(scene: Scene, root: str) -> set[str]:
    names = {root}
    grown = True
    while grown:
        more = {node.name for node in scene.nodes if node.parent in names} - names
        names |= more
        grown = bool(more)
    return names


def piece_memory() -> Callable[[Mesh], tuple[np.ndarray, np.ndarray]]:
    """``piece_boxes`` with a memory, as repeats share their meshes."""
    known: dict[int, tuple[np.ndarray, np.ndarray]] = {}

    def boxes(mesh: Mesh) -> tuple[np.ndarray, np.ndarray]:
        if id(mesh) not in known:
            known[id(mesh)] = piece_boxes(mesh)
        return known[id(mesh)]

    return boxes


def standing_in(node: Node, transform: np.ndarray, pieces: Callable, own: bool) -> Standing:
    """A node as a thing in the room; one of the artist's own gets a space whose origin is under its middle."""
    assert node.mesh is not None
    prop = str(node.properties.get("prop", ""))
    kind = CLASS_OF.get(prop, "") or named(re.sub(r"[._\d]+$", "", node.name)) or (node.label if node.label in KINDS else "")
    low, high = pieces(node.mesh)
    corners = np.stack([np.where(pick, high, low) for pick in np.ndindex(2, 2, 2)], 1)
    world = corners @ transform[:3, :3].T + transform[:3, 3]
    boxes = np.concatenate([world.min(1), world.max(1)], axis=1)
    mount = str(node.properties.get("mount", "")) or (KINDS[kind].mount if kind in KINDS else "floor")
    return Standing(node, kind, node.mesh, transform, mount, boxes, locked=bool(node.properties.get(KEEP)), own=own)


def relate(found: Found) -> None:
    """The side each thing hangs at or stands against and the partner it belongs to, from its relations or from its place."""
    names = {thing.name for thing in found.things}
    order = {thing.name: number for number, thing in enumerate(found.things)}
    for thing in found.things:
        relations = data(thing.node.properties.get("relations", []))
        for relation in relations if isinstance(relations, list) else []:
            target = str(relation.get("target", ""))
            if relation.get("relation") in ("at", "on", "under", "around") and target in names:
                thing.partner = thing.partner or target
            if relation.get("relation") == "in a block with":  # the first of a block leads it
                block = [name for name in (thing.name, *target.split(", ")) if name in names]
                leader = min(block, key=order.__getitem__)
                thing.partner = thing.partner or (leader if leader != thing.name else "")
            if relation.get("relation") in ("against", "on") and target.removeprefix("Wall ") in found.room.walls:
                thing.side = thing.side or target.removeprefix("Wall ")
        if thing.node.parent in names:
            thing.partner, thing.mount = thing.node.parent, "surface"
        if not thing.side:
            thing.side = _nearest_wall(found.room, thing)


def _nearest_wall(room: Room, thing: Standing) -> str:
    """The wall a thing's back is within a hand's breadth of, or ""."""
    for side in room.sides:
        frame = room.frame(side)
        outward = frame[:2, 1].astype(float)
        reach = float(np.where(outward > 0, thing.bounds[3:5], thing.bounds[:2]) @ outward)
        if abs(float(frame[:2, 3] @ outward) - reach) < 0.12:
            return side
    return ""


def _artists(scene: Scene, kind: str) -> Found:
    """The artist's own meshes: those that are walls, floor and openings make the plan, the others stand in it."""
    matrices = world_matrices(scene)
    meshes: dict[str, tuple[Node, Mesh]] = {}
    ours: list[Node] = []
    for node in scene.nodes:
        if node.mesh is None or not len(node.mesh.corners) or node.role in ("collider", "navmesh"):
            continue
        if "prop" in node.properties and "why" in node.properties:  # added here before: what it is is known
            ours.append(node)
            continue
        matrix = matrices[node.name]
        moved = Mesh(node.name, node.mesh.vertices @ matrix[:3, :3].T + matrix[:3, 3], node.mesh.corners, node.mesh.face_sizes)
        if np.isfinite(moved.vertices).all():
            meshes[node.name] = (node, moved)
    if not meshes:
        raise WorldwrightError("There is no room here: no mesh was given.", "Select the floor and walls of a room.")
    if len(meshes) > MOST:
        raise WorldwrightError(f"These are {len(meshes):,} objects; a room has up to {MOST:,}.", "Select one room at a time.")
    shell = recognise_shell([grey_box(mesh) for _, mesh in meshes.values()])
    if not shell.parts.get("floor") and not shell.parts.get("wall"):
        raise WorldwrightError("Neither a floor nor walls were recognised among these objects.",
                               "Select the floor and the walls too, or name them Floor and Wall.")  # fmt: skip
    if max(shell.room.width, shell.room.depth) > 100.0:
        raise WorldwrightError(f"This room is {shell.room.width:,.0f} x {shell.room.depth:,.0f} m; up to 100 m are furnished.",
                               "Check the scale: is the scene in centimetres?")  # fmt: skip
    things, read = recognise(shell, {name: mesh for name, (_, mesh) in meshes.items()}, "" if kind == "auto" else kind)
    brief = RoomBrief.from_dict({"kind": read if kind == "auto" else kind})
    brief.width, brief.depth, brief.height = shell.room.width, shell.room.depth, shell.room.height
    fixed, each = (natural_area(brief.kind, people) for people in (0, 1))
    if brief.kind not in HOMELY and each > fixed:
        brief.people = int(np.clip((shell.room.area - fixed) / (each - fixed), 0, 60))
    fit(things, shell.room, brief.kind, Shop(brief))
    notes = list(shell.notes)
    if kind == "auto" and things:
        notes.append(f"What the room is for was read from its furniture: {read.replace('_', ' ')}.")
    found = Found(shell.room, shell_frame(shell).astype(float), brief, "", [], sum(shell.parts.values(), []), notes)
    pieces = piece_memory()
    for thing in things:
        node, mesh = meshes[thing.box.name]
        found.things.append(_artists_thing(node, mesh, thing, shell, pieces))
    for thing, standing in zip(things, found.things, strict=True):
        standing.partner = things[thing.partner].box.name if thing.partner >= 0 else ""
    into = np.linalg.inv(found.frame)
    found.things += [standing_in(node, into @ matrices[node.name], pieces, True) for node in ours]
    relate(found)
    _carry(found.things)
    return found


def _carry(things: list[Standing]) -> None:
    """What stands on something belongs to it: there is a top under its middle, at its foot."""
    for thing in things:
        foot, middle = thing.bounds[2], (thing.bounds[:2] + thing.bounds[3:5]) / 2
        if thing.partner or foot < 0.1 or thing.mount in ("wall", "ceiling"):
            continue
        for other in things:
            under = (other.boxes[:, :2] < middle).all(1) & (middle < other.boxes[:, 3:5]).all(1)
            if other is not thing and (under & (np.abs(other.boxes[:, 5] - foot) < 0.02)).any():
                thing.partner, thing.mount = other.name, "surface"
                break


def shell_frame(shell: Shell) -> np.ndarray:
    """(4, 4) float32 from a recognised room into the scene."""
    x, y, z = (float(value) for value in shell.centre)
    return pose(x, y, z, shell.yaw)


def _artists_thing(node: Node, mesh: Mesh, thing, shell: Shell, pieces: Callable) -> Standing:
    """One of the artist's things, in a space of its own that faces -Y and stands on z = 0 under its middle."""
    place = pose(float(thing.box.centre[0]), float(thing.box.centre[1]), thing.box.bottom, thing.yaw).astype(float)
    into = np.linalg.inv(place) @ np.linalg.inv(shell_frame(shell).astype(float))
    own = Mesh(node.name, mesh.vertices @ into[:3, :3].T + into[:3, 3], mesh.corners, mesh.face_sizes)
    standing = standing_in(Node(node.name, mesh=own, label=node.label, properties=dict(node.properties)), place, pieces, False)
    standing.kind, standing.mount, standing.side = thing.label, KINDS[thing.label].mount, thing.side
    standing.node.properties |= {"seat": thing.label in ("chair", "stool", "sofa", "armchair", "bench", "bar stool")}
    standing.node.properties |= {"front": thing.label in ("wardrobe", "cabinet", "bookcase", "dresser", "fridge", *TABLES[3:])}
    return standing


def present(things: list[Standing], placed: list[Placed]) -> Present:
    """What stands in a room, as the solver needs it."""
    solid = [thing for thing in things if thing.bounds[5] - thing.bounds[2] > FLAT]
    fronts = [front_zone(thing) for thing in solid if thing.node.properties.get("front")]
    seats = [thing.bounds for thing in solid if thing.node.properties.get("seat")]
    return Present(
        placed,
        np.concatenate([thing.boxes for thing in solid]) if solid else np.empty((0, 6)),
        np.array(fronts).reshape(-1, 6),
        seats + fronts,
        Counter(class_of(thing.prop) for thing in things if thing.kind),
        {thing.name for thing in things},
    )


def places(kind: str, things: list[Standing]) -> int:
    """For how many people the things that stand there give a place."""
    if kind not in PLACES:
        return 0
    giving = SEATS.get(kind, ("chair", "stool", "bar stool"))
    total = 0
    for thing in things:
        if thing.kind not in giving:
            continue
        low, high = thing.mesh.bounds
        wide = float(high[0] - low[0])
        each = {"bed": 2 if wide > 1.3 else 1, "sofa": 3 if wide > 1.7 else 2, "lecture bench": max(round((wide - 0.1) / 0.55), 1)}
        total += each.get(thing.kind, 1)
    return total


def occupied(found: Found, without: frozenset[str] = frozenset()) -> np.ndarray:
    """(N, 6) the boxes of everything that stands in the room, but for the names of ``without``."""
    boxes = [thing.boxes for thing in found.things if thing.name not in without]
    return np.concatenate(boxes) if boxes else np.empty((0, 6))


def front_zone(thing: Standing, depth: float = 0.5) -> np.ndarray:
    """(6,) so many metres before a thing, in the room."""
    low, high = thing.mesh.bounds
    local = np.array([[low[0], low[1] - depth, 0.0, high[0], low[1], 1.0]])
    x, y = thing.transform[:2, 3]
    return turn_boxes(local, np.array([[x, y, thing.yaw]]))[0, 0]
