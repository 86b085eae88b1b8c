"""HomeBrief or FloorPlan to Scene: walls, and every room arranged, dressed, lit and checked as a room of its kind."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from ... import __version__
from ...geometry.shape import Finish
from ...progress import Progress, part, silent
from ...scene import Node, Report, Scene
from ..brief import USUAL, RoomBrief, usual_values
from ..contents import count_meshes, furnish
from ..finishes import Finishes, choose_finishes, outside_wall
from ..furnish.found import Standing
from ..rooms import WINDOW, Room
from ..shop import Shop
from .brief import HomeBrief
from .game import home_colliders, walkable_floor
from .plan import OUTSIDE, FloorPlan
from .shell import floor_nodes, local_room, skirting_nodes, wall_nodes
from .subdivide import subdivide

LIVED_IN = ("living_room", "bedroom", "office", "hotel_room")
TILED = ("kitchen", "bathroom")
ROOM_FOR_STORAGE = {"kitchen": 11.0, "bedroom": 11.5, "bathroom": 5.0, "living_room": 14.0}  # square metres
SUMS = ("overlaps", "outside", "floating", "seats", "seats_reached", "fronts", "fronts_reached", "doors", "doors_reached")


def generate(brief: HomeBrief, progress: Progress = silent, kept: dict[str, list[Standing]] | None = None) -> Scene:
    """A furnished home around the origin, its floor at z = 0; ``kept``: what stays, by its room. Raises WorldwrightError for a
    brief out of range."""
    brief.validate()
    progress(0.0, "Planning the home")
    return build(subdivide(brief, np.random.default_rng(brief.seed)), brief, progress, kept=kept)


def build(
    plan: FloorPlan,
    brief: HomeBrief,
    progress: Progress = silent,
    root: str = "Home",
    kept: dict[str, list[Standing]] | None = None,
) -> Scene:
    """The scene of a plan; sizes come from the plan, everything else from the brief. ``kept``: what stays, by its room.

    Every room is an empty that carries its furniture; ``report.checks`` are the rooms' sums or worst values.
    """
    started = time.perf_counter()
    briefs = [room_brief(brief, plan, k) for k in range(len(plan.rooms))]
    rooms = [local_room(plan, k) for k in range(len(plan.rooms))]
    accents = [_accent(room) for room, _ in rooms]
    finishes = [choose_finishes(own, "") for own in briefs]
    paints = _paints(plan, briefs, rooms, accents)
    nodes = [Node(root), *floor_nodes(plan, finishes, root), *wall_nodes(plan, finishes, _outside(finishes), paints, root)]
    report = Report(warnings=list(plan.notes))
    cameras: list[tuple[float, Node]] = []
    arranging = 0.0
    for k, (room, frame) in enumerate(rooms):
        progress(0.1 + 0.75 * k / len(rooms), f"Furnishing the {plan.rooms[k].name.lower()}")
        name = plan.rooms[k].name
        own = part(progress, 0.1 + 0.75 * k / len(rooms), 0.1 + 0.75 * (k + 1) / len(rooms))
        made = furnish(
            briefs[k],
            room,
            Shop(replace(briefs[k], seed=brief.seed)),
            np.random.default_rng(briefs[k].seed),
            name,
            own,
            bare=not brief.furnished or not room.doors,
            kept=[_within(name, thing) for thing in (kept or {}).get(name, [])],
        )
        made.nodes[0].parent, made.nodes[0].transform = root, frame.astype(np.float32)
        sunny = any(node.name == "Sun" for node in nodes)
        nodes += _renamed([*made.nodes, *skirting_nodes(room, name, finishes[k], name)], name, sunny)
        cameras.append((plan.rooms[k].area * (2.0 if plan.rooms[k].kind == "living_room" else 1.0), made.camera))
        arranging += made.seconds["arrange"]
        _add(report, made.report, name)
    if cameras:
        camera = max(cameras, key=lambda pair: pair[0])[1]
        nodes = [node for node in nodes if node.camera is None or node is camera]
        camera.name = "Camera"
    progress(0.9, "Checking the home")
    scene = Scene(root, nodes)
    if brief.colliders:
        nodes += [*home_colliders(plan), walkable_floor(plan, scene, root)]
    _judge(report, plan)
    _count(report, scene, plan)
    report.seconds = {"arrange": round(arranging, 3), "all": round(time.perf_counter() - started, 3)}
    scene.report = report
    scene.provenance = {
        "kind": "home", "brief": brief.to_dict(), "seed": brief.seed, "version": __version__, "model": "", "licence": "CC0-1.0",
    }  # fmt: skip
    progress(1.0, "Done")
    return scene


def _within(room: str, thing: Standing) -> Standing:
    """Something that stays, under the name it has within its room."""
    short = thing.name.removeprefix(f"{room} ")
    return replace(thing, node=replace(thing.node, name=f"{short[:1].upper()}{short[1:]}"))


def room_brief(brief: HomeBrief, plan: FloorPlan, index: int) -> RoomBrief:
    """The brief of one room of a home: usual for its kind, its look the home's."""
    room = plan.rooms[index]
    kind = room.kind if room.kind in USUAL else "bedroom"
    people = USUAL[kind]["people"]
    if kind == "living_room":
        people = min(max(brief.people, 2), 6)
    elif kind == "kitchen":  # in a small one nobody eats
        people = 0 if room.area < 8.5 else min(max(brief.people, 2), 2 if room.area < 12 else 6)
    elif kind == "bedroom":
        first = next(k for k, other in enumerate(plan.rooms) if other.kind == "bedroom")
        people = (2 if brief.people > 1 else 1) if index == first else min(max(brief.people - 2, 1), 2 if room.area > 14 else 1)
    elif kind == "office":
        people = 1
    values = usual_values(kind, people)
    if kind == "office":
        values |= {"whiteboard": False, "pinboard": True, "storage": 1}
    if room.area < ROOM_FOR_STORAGE.get(kind, 0.0):
        values["storage"] = 0
    floor = "tiles" if kind in TILED else brief.floor
    values |= {"width": 6.0, "depth": 5.0, "height": plan.height, "plants": brief.plants if kind in LIVED_IN else 0}
    look = {
        name: getattr(brief, name) for name in ("palette", "accent", "walls", "brightness", "clutter", "wheelchair", "colliders")
    }
    return RoomBrief(**values | look | {"floor": floor, "seed": (brief.seed * 31 + index) % (2**31 - 1)})


def _accent(room: Room) -> str:
    """The wall in the accent colour: the longest without a window."""
    lit = {window.side for window in room.windows}
    return next((side for side in room.walls if side not in lit), "")


def _paints(
    plan: FloorPlan, briefs: list[RoomBrief], rooms: list[tuple[Room, np.ndarray]], accents: list[str]
) -> dict[tuple[int, int], Finish]:
    """The accent paint of the walls that lie in each lived-in room's accent side."""
    paints: dict[tuple[int, int], Finish] = {}
    for k, (room, frame) in enumerate(rooms):
        if briefs[k].kind not in ("living_room", "bedroom", "office") or not accents[k]:
            continue
        accent = choose_finishes(briefs[k], "north").walls["north"]
        face = frame @ room.frame(accents[k]).astype(float)
        for index, wall in enumerate(plan.walls):
            if k not in (wall.left, wall.right):
                continue
            middle = (wall.start + wall.end) / 2 - face[:2, 3]
            parallel = abs(float(wall.along @ face[:2, 0])) > 0.99
            if parallel and abs(float(middle @ face[:2, 1]) - wall.thickness / 2) < 0.06:
                paints[index, k] = accent
    return paints


def _outside(finishes: list[Finishes]) -> Finishes:
    render = outside_wall()
    return replace(finishes[0], walls=dict.fromkeys(finishes[0].walls, render))


def _renamed(nodes: list[Node], room: str, sunny: bool) -> list[Node]:
    """Names made unique in the home by the room's; one sun is enough."""
    names = {
        node.name: node.name if node.name.startswith(room) else f"{room} {node.name[0].lower()}{node.name[1:]}" for node in nodes
    }
    names[room] = room
    kept = []
    for node in nodes:
        if node.name == "Sun":
            if sunny:
                continue
            names["Sun"] = "Sun"
        kept.append(node)
    for node in kept:
        node.name = names[node.name]
        node.parent = names.get(node.parent, node.parent)
        for relation in node.properties.get("relations", []):
            relation["target"] = names.get(relation["target"], relation["target"])
    return kept


def _add(total: Report, own: Report, name: str) -> None:
    """Adds a room's counts and checks to the home's."""
    for key in ("asked", "placed"):
        total.counts[key] = total.counts.get(key, 0) + own.counts.get(key, 0)
    for key in SUMS:
        total.checks[key] = total.checks.get(key, 0) + own.checks.get(key, 0)
    for key in ("deepest_overlap", "worst_support_gap", "window_hidden_share"):
        total.checks[key] = max(total.checks.get(key, 0.0), own.checks.get(key, 0.0))
    total.checks["door_opens_degrees"] = min(total.checks.get("door_opens_degrees", 90), own.checks.get("door_opens_degrees", 90))
    total.checks["rooms"] = total.checks.get("rooms", 0) + 1
    total.checks["rooms_valid"] = total.checks.get("rooms_valid", 0) + bool(own.checks.get("valid", True))
    for check, names in own.failing.items():
        total.failing.setdefault(check, []).extend(names)
    total.warnings += [f"{name}: {warning[0].lower()}{warning[1:]}" for warning in own.warnings]


def _judge(report: Report, plan: FloorPlan) -> None:
    """Whether one can walk from the front door through doors to every room."""
    joined: dict[int, set[int]] = {}
    for gap in plan.gaps:
        if gap.kind != WINDOW:
            wall = plan.walls[gap.wall]
            joined.setdefault(wall.left, set()).add(wall.right)
            joined.setdefault(wall.right, set()).add(wall.left)
    seen, stack = set(), [OUTSIDE if OUTSIDE in joined else 0]
    while stack:
        here = stack.pop()
        if here not in seen:
            seen.add(here)
            stack += joined.get(here, set())
    report.checks["rooms_reached"] = sum(k in seen for k in range(len(plan.rooms)))
    unreached = [room.name for k, room in enumerate(plan.rooms) if k not in seen]
    if unreached:
        report.warnings.append(f"No door leads to: {', '.join(unreached)}.")
    report.checks["valid"] = bool(report.checks["rooms_valid"] == report.checks["rooms"] == report.checks["rooms_reached"])


def _count(report: Report, scene: Scene, plan: FloorPlan) -> None:
    own = {
        "rooms": len(plan.rooms), "area": round(sum(room.area for room in plan.rooms), 1),
        "doors": sum(gap.kind != WINDOW for gap in plan.gaps), "windows": sum(gap.kind == WINDOW for gap in plan.gaps),
    }  # fmt: skip
    report.counts = own | count_meshes(scene.nodes) | report.counts
