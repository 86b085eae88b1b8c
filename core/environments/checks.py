"""What the finished room is measured by, from its nodes alone: nothing the solver believed is used, so its errors show.

A prop is taken apart into its connected pieces (a desk top, a leg, a chair's seat), each in its own upright box turned with
the prop; a chair pushed under a desk is then no overlap, a chair through the desk top is.
"""

from __future__ import annotations

import numpy as np

from ..scene import Mesh, Scene
from .measures import Thing, front_box, measures
from .rooms import LEAF, Room, hinge_side, pose
from .space import AGENT_RADIUS, WalkMap

TOLERANCE = 0.005
MOST_HIDDEN = 0.35


def check_room(scene: Scene, room: Room, radius: float = AGENT_RADIUS) -> dict[str, float | int | bool]:
    """Measures a furnished room.

    Returns:
        overlaps (pairs deeper than 5 mm), deepest_overlap (m), outside (props through walls, floor or ceiling),
        floating (props more than 5 mm above or below what carries them), worst_support_gap (m), seats, seats_reached,
        fronts, fronts_reached (cupboards one can walk up to), doors, doors_reached,
        door_opens_degrees, walkable_share (of the floor, for the
        centre of a person of 0.3 m radius), window_hidden_share (the most hidden window), valid (all of it in order);
        and those of ``measures``: least_clearance, turning_circle, wheelchair_reach, screen_seen_share, lux.
    """
    return measure(scene, room, radius)[0]


def measure(scene: Scene, room: Room, radius: float = AGENT_RADIUS) -> tuple[dict[str, float | int | bool], dict[str, list[str]]]:
    """The values of ``check_room``, and for each check that is not in order the names of the nodes that are why.

    ``radius``: of the person who must reach everything; with a wheelchair's, ways and turning circle are asked for too.
    """
    things = _things(scene)
    deepest, pairs = _overlaps(things)
    gaps = [_support_gap(thing, things, room) for thing in things]
    solids = np.concatenate([thing.boxes for thing in things]) if things else np.empty((0, 6))
    walk = WalkMap(room, solids, radius=radius)
    seats = [thing for thing in things if thing.node.properties.get("seat")]
    fronts = [thing for thing in things if thing.node.properties.get("front")]
    angle, stopped = _door_angle(room, things)
    hidden, hiding = _hidden_share(room, things)
    failing = {
        "overlaps": [things[k].node.name for k in dict.fromkeys(k for pair in pairs for k in pair)],
        "outside": [thing.node.name for thing in things if _is_outside(thing, room)],
        "floating": [thing.node.name for thing, gap in zip(things, gaps, strict=True) if abs(gap) > TOLERANCE],
        "seats_reached": [thing.node.name for thing in seats if not walk.reaches(thing.bounds)],
        "fronts_reached": [thing.node.name for thing in fronts if not walk.reaches(front_box(thing))],
        "door_opens_degrees": stopped if angle < 90 else [],
        "window_hidden_share": hiding if hidden > MOST_HIDDEN else [],
    }
    values: dict[str, float | int | bool] = {
        "overlaps": len(pairs),
        "deepest_overlap": round(deepest, 4),
        "outside": len(failing["outside"]),
        "floating": len(failing["floating"]),
        "worst_support_gap": round(float(max(map(abs, gaps), default=0.0)), 4),
        "seats": len(seats),
        "seats_reached": len(seats) - len(failing["seats_reached"]),
        "fronts": len(fronts),
        "fronts_reached": len(fronts) - len(failing["fronts_reached"]),
        "doors": len(room.doors),
        "doors_reached": sum(bool(walk.reached[cell]) for cell in walk.doors),
        "door_opens_degrees": angle,
        "walkable_share": round(walk.share, 3),
        "window_hidden_share": round(hidden, 3),
    }
    values["valid"] = not any(failing.values()) and values["doors_reached"] == values["doors"]
    more, why = measures(scene, room, things, solids, radius)
    return values | more, {name: names for name, names in (failing | why).items() if names}


def world_matrices(scene: Scene) -> dict[str, np.ndarray]:
    """Each node's (4, 4) transform in the world, parents included."""
    nodes = {node.name: node for node in scene.nodes}
    found: dict[str, np.ndarray] = {}

    def world(name: str) -> np.ndarray:
        if name not in found:
            node = nodes[name]
            own = node.transform.astype(float)
            found[name] = world(node.parent) @ own if node.parent else own
        return found[name]

    return {name: world(name) for name in nodes}


def solid_boxes(scene: Scene) -> np.ndarray:
    """(N, 6) the upright boxes around the pieces of all props, in the world."""
    things = _things(scene)
    return np.concatenate([thing.boxes for thing in things]) if things else np.empty((0, 6))


def _things(scene: Scene) -> list[Thing]:
    matrices = world_matrices(scene)
    pieces: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    things = []
    for node in scene.nodes:
        if node.mesh is None or "why" not in node.properties:
            continue
        if id(node.mesh) not in pieces:
            pieces[id(node.mesh)] = piece_boxes(node.mesh)
        low, high = pieces[id(node.mesh)]
        matrix = matrices[node.name]
        points = node.mesh.vertices @ matrix[:3, :3].T + matrix[:3, 3]
        corners = np.stack([np.where(pick, high, low) for pick in np.ndindex(2, 2, 2)], 1) @ matrix[:3, :3].T + matrix[:3, 3]
        boxes = np.concatenate([corners.min(1), corners.max(1)], axis=1)
        bounds = np.concatenate([points.min(0), points.max(0)])
        things.append(Thing(node, matrix, (low + high) / 2, (high - low) / 2, bounds, boxes))
    return things


def piece_boxes(mesh: Mesh) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest corners (P, 3) of the connected pieces of a mesh; a bent piece (a tube) is cut into several boxes."""
    starts = np.repeat(mesh.face_starts, mesh.face_sizes)
    a, b = mesh.corners, mesh.corners[starts]
    label = np.arange(len(mesh.vertices))
    while True:
        smallest = np.minimum(label[a], label[b])
        before = label.copy()
        np.minimum.at(label, a, smallest)
        np.minimum.at(label, b, smallest)
        label = label[label]
        if (label == before).all():
            break
    points = mesh.vertices[mesh.corners].astype(float)
    low, high = (function.reduceat(points, mesh.face_starts) for function in (np.minimum, np.maximum))
    piece = label[mesh.corners[mesh.face_starts]]
    order = np.argsort(piece, kind="stable")
    boxes: list[tuple[np.ndarray, np.ndarray]] = []
    for faces in np.split(order, np.flatnonzero(np.diff(piece[order])) + 1):
        boxes += _tight_boxes(low[faces], high[faces])
    return np.array([box[0] for box in boxes]), np.array([box[1] for box in boxes])


def _tight_boxes(low: np.ndarray, high: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """The box around faces with bounds (F, 3), or the boxes of its halves where together they fill a third less of space."""
    bottom, top = low.min(0), high.max(0)
    size = top - bottom
    axis = int(size.argmax())
    if len(low) > 12 and size[axis] > 0.12:
        first = (low[:, axis] + high[:, axis]) < bottom[axis] + top[axis]
        if first.any() and not first.all():
            halves = _tight_boxes(low[first], high[first]) + _tight_boxes(low[~first], high[~first])
            filled = sum(float(np.prod(np.maximum(b - a, 1e-4))) for a, b in halves)
            if filled < 0.67 * float(np.prod(np.maximum(size, 1e-4))):
                return halves
    return [(bottom, top)]


def _overlaps(things: list[Thing]) -> tuple[float, list[tuple[int, int]]]:
    """The deepest overlap between pieces of two props, and the pairs of props that overlap by more than 5 mm."""
    if len(things) < 2:
        return 0.0, []
    bounds = np.array([thing.bounds for thing in things])
    low, high = bounds[:, None, :3] < bounds[None, :, 3:] - TOLERANCE, bounds[None, :, :3] < bounds[:, None, 3:] - TOLERANCE
    pairs = [(int(i), int(j)) for i, j in np.argwhere(np.triu((low & high).all(-1), 1))]
    depths = [_depth(things[i], things[j]) for i, j in pairs]
    deep = [pair for pair, depth in zip(pairs, depths, strict=True) if depth > TOLERANCE + 1e-4]
    return max(depths, default=0.0), deep


def _depth(first: Thing, second: Thing) -> float:
    """Deepest penetration of their pieces: separating axes of upright boxes (the two horizontal axes of each, and Z)."""
    axes = np.stack([*first.matrix[:3, :3].T, *second.matrix[:3, :2].T])
    axes = axes / np.linalg.norm(axes, axis=1, keepdims=True)
    middles, reaches = [], []
    for thing in (first, second):
        middles.append((thing.centres @ thing.matrix[:3, :3].T + thing.matrix[:3, 3]) @ axes.T)
        reaches.append(thing.halves @ np.abs(axes @ thing.matrix[:3, :3]).T)
    depth = reaches[0][:, None] + reaches[1][None] - np.abs(middles[0][:, None] - middles[1][None])
    return float(max(depth.min(-1).max(), 0.0))


def _is_outside(thing: Thing, room: Room) -> bool:
    low, high = thing.bounds[:3], thing.bounds[3:]
    within = bool(room.holds(low[:2], high[:2], TOLERANCE))
    return not within or bool(low[2] < -TOLERANCE or high[2] > room.height + TOLERANCE)


def _support_gap(thing: Thing, things: list[Thing], room: Room) -> float:
    """Metres between a prop and what carries it: the wall behind, the ceiling above, or the highest surface under its middle."""
    mount = thing.node.properties.get("mount", "")
    if mount == "wall":
        gaps = []
        for frame in room.walls.values():
            outward = frame[:2, 1].astype(float)
            reach = float(np.where(outward > 0, thing.bounds[3:5], thing.bounds[:2]) @ outward)
            gaps.append(abs(float(frame[:2, 3] @ outward) - reach))
        return min(gaps)
    if mount == "ceiling":
        return float(room.height - thing.bounds[5])
    bottom = thing.bounds[2]
    middle = (thing.bounds[:2] + thing.bounds[3:5]) / 2
    below = [0.0]
    for other in things:
        if other is thing or not ((other.bounds[:2] < middle) & (middle < other.bounds[3:5])).all():
            continue
        inverse = np.linalg.inv(other.matrix)
        local = (inverse @ (*middle, 0.0, 1.0))[:2]
        under = (np.abs(local - other.centres[:, :2]) <= other.halves[:, :2]).all(1)
        tops = (other.centres + other.halves)[under, 2] + other.matrix[2, 3]
        below += [top for top in tops if top <= bottom + 2 * TOLERANCE]
    return float(bottom - max(below))


def _door_angle(room: Room, things: list[Thing]) -> tuple[int, list[str]]:
    """How far the worst door that opens into the room does, in degrees up to 90, before its leaf meets something, tried every
    five degrees; and the names of what it meets."""
    worst, names = 90, []
    boxes = np.concatenate([thing.boxes for thing in things]) if things else np.empty((0, 6))
    owner = np.repeat(np.arange(len(things)), [len(thing.boxes) for thing in things])
    for door in room.doors:
        if door.kind != "door" or not door.inward:
            continue
        width, hinge = door.width - 0.086, hinge_side(door)
        frame = room.frame(door.side) @ pose(door.centre + hinge * width / 2, 0.0, 0.0)
        in_way = boxes[:, 2] < door.top
        low = boxes[in_way]
        along = np.linspace(0.0, width, 30)
        for angle in range(0, 91, 5):
            turn = np.radians(angle)
            local = np.stack([along * -hinge * np.cos(turn), -along * np.sin(turn) - LEAF / 2, 0 * along, 0 * along + 1], 1)
            points = local @ frame.T
            inside = ((points[:, None, :2] > low[:, :2]) & (points[:, None, :2] < low[:, 3:5])).all(-1)
            if inside.any():
                worst = min(worst, max(angle - 5, 0))
                names += [things[k].node.name for k in owner[in_way][inside.any(0)]]
                break
    return worst, list(dict.fromkeys(names))


def _hidden_share(room: Room, things: list[Thing]) -> tuple[float, list[str]]:
    """Share of the most hidden window that has something within half a metre before it, and what hides any of it."""
    worst, names = 0.0, []
    solids = np.concatenate([thing.boxes for thing in things]) if things else np.empty((0, 6))
    owner = np.repeat(np.arange(len(things)), [len(thing.boxes) for thing in things])
    for window in room.windows:
        frame = room.frame(window.side)
        xs = np.linspace(window.centre - window.width / 2, window.centre + window.width / 2, 14)[1:-1]
        zs = np.linspace(window.bottom, window.top, 14)[1:-1]
        grid = np.stack(np.meshgrid(xs, zs), -1).reshape(-1, 2)
        hidden = np.zeros(len(grid), bool)
        for depth in (0.05, 0.2, 0.35, 0.5):
            local = np.column_stack([grid[:, 0], np.full(len(grid), -depth), grid[:, 1], np.ones(len(grid))])
            points = (local @ frame.T)[:, :3]
            within = ((points[:, None] > solids[:, :3]) & (points[:, None] < solids[:, 3:])).all(-1)
            hidden |= within.any(-1)
            names += [things[k].node.name for k in owner[within.any(0)]]
        worst = max(worst, float(hidden.mean()))
    return worst, list(dict.fromkeys(names))
