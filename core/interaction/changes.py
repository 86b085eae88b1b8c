"""What a command changes: moves, turns and scales of things, computed from the graph, free of Blender."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from . import commands as c
from .place import place
from .scene_graph import Graph, Thing, gap


@dataclass(frozen=True)
class Change:
    """A thing's new place: turned by ``turn`` radians about the vertical and scaled by ``scale`` (in its own frame) about its
    foot, then moved by ``move`` metres. ``copy``: a copy is made so, and the thing itself stays."""

    name: str
    move: tuple[float, float, float] = (0.0, 0.0, 0.0)
    turn: float = 0.0
    scale: tuple[float, float, float] = (1.0, 1.0, 1.0)
    copy: bool = False


@dataclass
class Changes:
    """All that a command changes, with ``notes`` in full sentences."""

    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def changes_of(command: c.Command, graph: Graph) -> Changes:
    """The changes of a move, rotate, scale, align or duplicate; none for other commands."""
    makers: dict[str, Callable[..., Changes]] = {
        "move": _move,
        "rotate": _rotate,
        "scale": _scale,
        "align": _align,
        "duplicate": _duplicate,
    }
    return makers[command.do](command, graph) if command.do in makers else Changes()


def _vector(values: np.ndarray) -> tuple[float, float, float]:
    return tuple(float(value) for value in values)  # type: ignore[return-value]


def _with_load(graph: Graph, thing: Thing, move: np.ndarray, taken: set[str], turn: float = 0.0) -> list[Change]:
    """A move, and the same of what stands on the thing."""
    found = []
    for load in graph.resting_on(thing):
        if load.name in taken:
            continue
        taken.add(load.name)
        offset = load.foot[:2] - thing.foot[:2]
        turned = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]]) @ offset
        extra = np.array([*(turned - offset), 0.0])
        found.append(Change(load.name, _vector(move + extra), turn))
    return found


def _move(command: c.Move, graph: Graph) -> Changes:
    made = Changes()
    things = graph.of(command.targets)
    taken = {thing.name for thing in things}
    if command.direction:
        sideways = {"left": -graph.right(), "right": graph.right(), "forward": -graph.away(), "back": graph.away()}.get(
            command.direction
        )
        step = np.array([0.0, 0.0, {"up": 1.0, "down": -1.0}.get(command.direction, 0.0)])
        if sideways is not None:
            step[:2] = sideways
        for thing in things:
            move = step * command.distance
            made.changes.append(Change(thing.name, _vector(move)))
            made.changes += _with_load(graph, thing, move, taken)
        return made
    to = graph.of(command.to)
    blocked: list[tuple[Thing, np.ndarray]] = []
    for thing in things:
        mount = _mount(thing, graph)
        pose = _nearest_pose(graph, command, thing, to, mount, blocked)
        made.notes += pose[1]
        if pose[0] is None:
            made.notes.append(f"No place was found for “{thing.name}”.")
            continue
        x, y, z, yaw = pose[0]
        move = np.array([x, y, z]) - thing.foot
        turn = yaw - thing.yaw if command.relation in ("along", "against", "around", "facing") else 0.0
        made.changes.append(Change(thing.name, _vector(move), turn))
        made.changes += _with_load(graph, thing, move, taken, turn)
        blocked.append((thing, move))
    return made


def _nearest_pose(
    graph: Graph, command: c.Move, thing: Thing, to: list[Thing], mount: str, blocked: list[tuple[Thing, np.ndarray]]
) -> tuple[tuple[float, float, float, float] | None, list[str]]:
    """A free place for a thing, what was moved before it kept in mind."""
    from .scene_graph import moved

    gone = {other.name for other, _ in blocked}
    things = [other for other in graph.things if other.name not in gone] + [moved(other, move) for other, move in blocked]
    now = Graph(things, graph.selected, graph.recent, graph.pointed, graph.pointed_at, graph.gesture, graph.viewer)
    size = thing.own_size
    load = frozenset({thing.name, *(other.name for other in graph.resting_on(thing))})
    spot = command.place
    if spot and mount == "floor" and abs(spot[2] - thing.low[2]) < 0.05:
        spot = (*spot[:2], thing.low[2])
    placed = place(now, command.relation, to, size, 1, mount, load, spot)
    if not placed.poses:
        return None, placed.notes
    pose = placed.poses[0]
    return (pose.x, pose.y, pose.z, pose.yaw), placed.notes


def _mount(thing: Thing, graph: Graph) -> str:
    """How a thing is fixed: on a wall, at the ceiling, or standing."""
    if {"whiteboard", "pinboard", "picture_frame", "wall_clock", "mirror", "curtain", "radiator", "wall_lamp"} & thing.concepts:
        return "wall"
    return "ceiling" if {"pendant_lamp", "ceiling_light", "projector"} & thing.concepts else "floor"


def _rotate(command: c.Rotate, graph: Graph) -> Changes:
    made = Changes()
    taken = set(command.targets)
    to = graph.of(command.to)
    for thing in graph.of(command.targets):
        turn = math.radians(command.angle)
        if to:
            toward = np.mean([other.middle[:2] for other in to], axis=0) - thing.middle[:2]
            if float(np.linalg.norm(toward)) < 1e-6:
                continue
            turn = _short(math.atan2(toward[0], -toward[1]) - thing.yaw)
        made.changes.append(Change(thing.name, turn=turn))
        made.changes += _with_load(graph, thing, np.zeros(3), taken, turn)
    return made


def _short(angle: float) -> float:
    """The angle within half a turn."""
    return (angle + math.pi) % (2 * math.pi) - math.pi


def _scale(command: c.Scale, graph: Graph) -> Changes:
    made = Changes()
    taken = set(command.targets)
    for thing in graph.of(command.targets):
        factor = np.ones(3)
        axes = {"all": [0, 1, 2], "width": [0], "depth": [1], "height": [2]}[command.dimension]
        now = float(thing.own_size[axes[0]] if command.dimension != "all" else thing.own_size.max())
        if now < 1e-6 and command.size is not None:
            made.notes.append(f"“{thing.name}” has no {command.dimension} to set.")
            continue
        factor[axes] = command.factor if command.size is None else command.size / now
        made.changes.append(Change(thing.name, scale=_vector(factor)))
        rise = thing.size[2] * (factor[2] - 1)
        for load in graph.resting_on(thing):
            if load.name not in taken and load.low[2] >= thing.high[2] - 0.1:
                taken.add(load.name)
                made.changes.append(Change(load.name, (0.0, 0.0, float(rise))))
    return made


def _align(command: c.Align, graph: Graph) -> Changes:
    """Along the axis they spread over most, at even distances, turned as the first one (or those it is aligned with)."""
    made = Changes()
    things, to = graph.of(command.targets), graph.of(command.to)
    spots = np.array([thing.foot for thing in things])
    everything = np.array([thing.foot for thing in things + to])
    axis = int(np.ptp(everything[:, 1]) > np.ptp(everything[:, 0]))
    line = float(np.mean([thing.foot[1 - axis] for thing in to])) if to else float(np.median(spots[:, 1 - axis]))
    order = np.argsort(spots[:, axis], kind="stable")
    widths = np.array([things[k].size[axis] for k in order])
    start, end = float(spots[order[0], axis]), float(spots[order[-1], axis])
    least = float(np.sum((widths[:-1] + widths[1:]) / 2 + 0.05)) if len(order) > 1 else 0.0
    if end - start < least:
        middle = (start + end) / 2
        start, end = middle - least / 2, middle + least / 2
    yaw = to[0].yaw if to else things[order[0]].yaw
    for number, k in enumerate(order):
        goal = spots[k].copy()
        goal[axis] = start + (end - start) * number / max(len(order) - 1, 1) if not to or len(things) > 1 else goal[axis]
        goal[1 - axis] = line
        made.changes.append(Change(things[k].name, _vector(goal - spots[k]), _short(yaw - things[k].yaw)))
    return made


def _duplicate(command: c.Duplicate, graph: Graph) -> Changes:
    made = Changes()
    to = graph.of(command.to)
    for thing in graph.of(command.targets):
        relation, goal = (command.relation, to) if command.relation or command.place else ("beside", [thing])
        if graph.support(thing) is not None and relation == "beside" and not to:
            held = graph.support(thing)
            relation, goal = ("on", [held]) if held is not None and held.role != "wall" else (relation, goal)
        placed = place(graph, relation, goal, thing.own_size, command.count, _mount(thing, graph), frozenset(), command.place)
        made.notes += placed.notes
        turning = command.relation in ("along", "against", "around", "facing")
        for pose in placed.poses:
            move = np.array([pose.x, pose.y, pose.z]) - thing.foot
            made.changes.append(Change(thing.name, _vector(move), pose.yaw - thing.yaw if turning else 0.0, copy=True))
    return made


def nearest(graph: Graph, thing: Thing) -> tuple[Thing, float] | None:
    """The thing nearest to another, and how far it is."""
    others = [other for other in graph.things if other.name != thing.name and not other.shell]
    if not others:
        return None
    found = min(others, key=lambda other: gap(thing, other))
    return found, gap(thing, found)
