"""A walk through rooms: a path along the free floor and through the doors, as places and turns of a camera."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

from ..errors import WorldwrightError
from ..progress import Progress, silent
from ..scene import Scene
from .furnish.found import Found, data, find_room
from .light import looking
from .rooms import WINDOW
from .space import AGENT_HEIGHT, STEP

CELL = 0.1
NARROW = 0.22  # metres: nobody's shoulders pass where there is less on both sides
SPEED = 0.85  # metres a second: somebody who looks around
EYE = 1.6
AHEAD = 1.4  # metres along the path that the camera looks ahead
CALM = 0.9  # seconds over which turns are spread
THICK = 0.35  # metres: through walls up to twice as thick rooms are joined by their doors
DOWN = -0.07  # radians the camera looks down


@dataclass
class Floor:
    """The free floor of all rooms: ``clear`` (H, W) metres to the nearest thing or wall, 0 outside; ``owner`` the room's number."""

    xs: np.ndarray
    ys: np.ndarray
    clear: np.ndarray
    owner: np.ndarray

    def point(self, cell: tuple[int, int]) -> np.ndarray:
        return np.array([self.xs[cell[1]], self.ys[cell[0]]])

    def at(self, points: np.ndarray) -> np.ndarray:
        """(N,) clearance at points (N, 2)."""
        column = np.clip(np.rint((points[:, 0] - self.xs[0]) / CELL).astype(int), 0, len(self.xs) - 1)
        row = np.clip(np.rint((points[:, 1] - self.ys[0]) / CELL).astype(int), 0, len(self.ys) - 1)
        return self.clear[row, column]


def walk_through(scene: Scene, seconds: float = 0.0, fps: float = 24.0, progress: Progress = silent) -> dict:
    """A walk from the entrance through every room that can be reached.

    ``seconds``: how long it takes; 0: as long as somebody walks who looks around. Returns ``positions`` (T, 3) metres,
    ``rotations`` (T, 4) quaternions w, x, y, z of a camera, ``length`` in metres, ``rooms`` walked through, ``notes``.
    Raises WorldwrightError where there is no room, or none whose floor one can walk on.
    """
    progress(0.0, "Looking for the floor")
    rooms = _rooms(scene)
    floor = _floor(rooms)
    start = _entrance(rooms, floor)
    progress(0.2, "Finding the way")
    cells, seen = _route(floor, rooms, start)
    progress(0.8, "Walking it")
    path = _smooth(np.array([floor.point(cell) for cell in cells]), floor)
    length = float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())
    if length < 0.5:
        raise WorldwrightError("There is no floor to walk on in this room.", "Move some furniture away from the door.")
    frames = max(int(round((seconds or length / SPEED) * fps)) + 1, 2)
    positions, headings = _paced(path, rooms, frames, fps)
    ground = rooms[0].frame[2, 3]
    places = np.column_stack([positions, np.full(frames, ground + EYE)])
    unseen = [found.root or "the room" for k, found in enumerate(rooms) if k not in seen]
    notes = [f"No way leads into: {', '.join(unseen)}."] if unseen else []
    progress(1.0, "Done")
    return {
        "positions": places,
        "rotations": _quaternions(headings),
        "length": round(length, 2),
        "rooms": len(seen),
        "notes": notes,
    }


def _rooms(scene: Scene) -> list[Found]:
    """All generated rooms of a scene, or the artist's own."""
    names = [node.name for node in scene.nodes if isinstance(data(node.properties.get("room")), dict)]
    return [find_room(scene, root=name) for name in names] if names else [find_room(scene)]


def _floor(rooms: list[Found]) -> Floor:
    corners = np.concatenate([_world(found, found.room.outline) for found in rooms])
    low, high = corners.min(0) - 0.5, corners.max(0) + 0.5
    xs, ys = (np.arange(low[k], high[k] + CELL, CELL) for k in range(2))
    points = np.stack(np.meshgrid(xs, ys), -1)
    clear, owner = np.zeros(points.shape[:2]), np.full(points.shape[:2], -1)
    for number, found in enumerate(rooms):
        inverse = np.linalg.inv(found.frame)
        local = points @ inverse[:2, :2].T + inverse[:2, 3]
        inside = found.room.covers(local)
        clear[inside] = np.minimum(found.room.wall_distance(local[inside]), 1.5)
        owner[inside] = number
        for opening in found.room.openings:
            if opening.kind != WINDOW:
                into = np.linalg.inv(found.room.frame(opening.side))
                door = local @ into[:2, :2].T + into[:2, 3]
                beside = opening.width / 2 - 0.04 - np.abs(door[..., 0] - opening.centre)
                way = (beside > 0) & (door[..., 1] > -0.6) & (door[..., 1] < THICK)
                clear[way] = np.maximum(clear[way], np.minimum(beside[way], 0.5))
                owner[way & (owner < 0)] = number
    for found in rooms:
        boxes = [_around(found, box) for thing in found.things for box in thing.boxes if box[2] < AGENT_HEIGHT and box[5] > STEP]
        for box in boxes:
            columns, rows = (slice(*np.searchsorted(line, (box[k] - 1.5, box[k + 2] + 1.5))) for k, line in ((0, xs), (1, ys)))
            dx = np.maximum(np.maximum(box[0] - xs[columns], xs[columns] - box[2]), 0.0)
            dy = np.maximum(np.maximum(box[1] - ys[rows], ys[rows] - box[3]), 0.0)
            clear[rows, columns] = np.minimum(clear[rows, columns], np.hypot(dx[None], dy[:, None]))
    return Floor(xs, ys, clear, owner)


def _world(found: Found, points: np.ndarray) -> np.ndarray:
    return points @ found.frame[:2, :2].T + found.frame[:2, 3]


def _around(found: Found, box: np.ndarray) -> np.ndarray:
    """(4,) the outline of a box of the room, in the scene."""
    corners = _world(found, np.array([(box[i], box[j]) for i in (0, 3) for j in (1, 4)]))
    return np.concatenate([corners.min(0), corners.max(0)])


def _entrance(rooms: list[Found], floor: Floor) -> tuple[int, int]:
    """The free cell nearest to the front door: that of a hall, else the first door there is."""
    order = sorted(rooms, key=lambda found: found.brief.kind != "hall")
    door = order[0].room.doors[0] if order[0].room.doors else None
    spot = np.zeros(2) if door is None else (order[0].room.frame(door.side) @ (door.centre, -0.5, 0.0, 1.0))[:2]
    goal = _world(order[0], spot[None])[0]
    free = np.argwhere(floor.clear >= NARROW)
    if not len(free):
        raise WorldwrightError("There is no floor to walk on in this room.", "Move some furniture away from the door.")
    away = np.hypot(floor.xs[free[:, 1]] - goal[0], floor.ys[free[:, 0]] - goal[1])
    return tuple(int(v) for v in free[away.argmin()])  # type: ignore[return-value]


def _route(floor: Floor, rooms: list[Found], start: tuple[int, int]) -> tuple[list[tuple[int, int]], set[int]]:
    """Cells from the entrance to a few places in every room, the nearest first, and the rooms that were reached."""
    cost, _ = _ways(floor, start)
    stops: list[tuple[int, int]] = []
    for number, found in enumerate(rooms):
        own = np.argwhere((floor.owner == number) & np.isfinite(cost) & (floor.clear >= 0.3))
        if not len(own):
            own = np.argwhere((floor.owner == number) & np.isfinite(cost))
        count = int(np.clip(found.room.area / 9.0, 1, 4)) + (2 if len(rooms) == 1 else 0)
        stops += _spread(own, floor, count) if len(own) else []
    cells, here = [start], start
    while stops:
        cost, before = _ways(floor, here)
        goal = min(stops, key=lambda stop: cost[stop])
        stops.remove(goal)
        leg = [goal]
        while leg[-1] != here:
            leg.append(before[leg[-1]])
        cells += leg[::-1][1:]
        here = goal
    return cells, {int(floor.owner[cell]) for cell in cells if floor.owner[cell] >= 0}


def _spread(cells: np.ndarray, floor: Floor, count: int) -> list[tuple[int, int]]:
    """The roomiest cell and others far from those chosen (farthest points: Gonzalez, 1985)."""
    clear = floor.clear[cells[:, 0], cells[:, 1]]
    chosen = [int(clear.argmax())]
    away = np.full(len(cells), np.inf)
    while len(chosen) < min(count, len(cells)):
        away = np.minimum(away, np.linalg.norm((cells - cells[chosen[-1]]) * CELL, axis=1))
        best = int((np.minimum(away, 4.0) + np.minimum(clear, 0.6)).argmax())
        if away[best] < 1.4:
            break
        chosen.append(best)
    return [(int(cells[k, 0]), int(cells[k, 1])) for k in chosen]


def _ways(floor: Floor, start: tuple[int, int]) -> tuple[np.ndarray, dict[tuple[int, int], tuple[int, int]]]:
    """(H, W) what it costs to come from ``start`` to each cell, near things dearer (Dijkstra, 1959), and each cell's way back."""
    rows, columns = floor.clear.shape
    passable = floor.clear >= NARROW
    toll = CELL * (1.0 + np.minimum(0.35 / np.maximum(floor.clear, 0.05), 6.0) ** 2)
    cost = np.full((rows, columns), np.inf)
    before: dict[tuple[int, int], tuple[int, int]] = {}
    cost[start] = 0.0
    queue = [(0.0, start)]
    steps = [(a, b, float(np.hypot(a, b))) for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b]
    while queue:
        spent, here = heapq.heappop(queue)
        if spent > cost[here]:
            continue
        for a, b, far in steps:
            y, x = here[0] + a, here[1] + b
            if 0 <= y < rows and 0 <= x < columns and passable[y, x]:
                total = spent + far * toll[y, x]
                if total < cost[y, x]:
                    cost[y, x], before[y, x] = total, here
                    heapq.heappush(queue, (total, (y, x)))
    return cost, before


def _smooth(path: np.ndarray, floor: Floor) -> np.ndarray:
    """The path without its corners, as far as that brings nobody too near to anything."""
    for _ in range(60):
        moved = path.copy()
        moved[1:-1] = path[1:-1] + 0.5 * ((path[:-2] + path[2:]) / 2 - path[1:-1])
        fine = floor.at(moved) >= np.minimum(floor.at(path), NARROW + 0.03) - 1e-9
        path = np.where(fine[:, None], moved, path)
    return path


def _paced(path: np.ndarray, rooms: list[Found], frames: int, fps: float) -> tuple[np.ndarray, np.ndarray]:
    """Places (T, 2) at an even pace that begins and ends softly, and headings (T,) that look ahead and into the room."""
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    t = np.linspace(0.0, 1.0, frames)
    ease = min(0.5, 1.0 * fps / frames)
    pace = np.minimum(np.minimum(t, 1 - t) / max(ease, 1e-6), 1.0) + 0.02
    share = np.concatenate([[0.0], np.cumsum((pace[1:] + pace[:-1]) / 2)])
    s = along[-1] * share / share[-1]

    def spot(distance: np.ndarray) -> np.ndarray:
        return np.column_stack([np.interp(distance, along, path[:, k]) for k in range(2)])

    here = spot(s)
    forward = spot(np.minimum(s + AHEAD, along[-1])) - here
    short = np.linalg.norm(forward, axis=1) < 0.4
    if short.any() and not short.all():
        forward[short] = forward[np.flatnonzero(~short)[-1]]
    middles = np.array([found.frame[:2, 3] for found in rooms])
    nearest = middles[np.linalg.norm(here[:, None] - middles[None], axis=-1).argmin(1)] - here
    away = np.linalg.norm(nearest, axis=1, keepdims=True)
    unit = forward / np.maximum(np.linalg.norm(forward, axis=1, keepdims=True), 1e-6)
    gaze = unit + 0.55 * np.clip((away - 0.8) / 2.0, 0.0, 1.0) * nearest / np.maximum(away, 1e-6)
    width = max(CALM * fps, 1.0)
    taps = np.exp(-0.5 * (np.arange(-int(3 * width), int(3 * width) + 1) / width) ** 2)
    padded = np.pad(gaze, ((len(taps) // 2, len(taps) // 2), (0, 0)), mode="edge")
    calm = np.column_stack([np.convolve(padded[:, k], taps / taps.sum(), mode="valid") for k in range(2)])
    return here, np.unwrap(np.arctan2(calm[:, 1], calm[:, 0]))


def _quaternions(headings: np.ndarray) -> np.ndarray:
    """(T, 4) turns of a camera that looks along headings, a little down, without jumps of sign."""
    first = looking(np.array([np.cos(headings[0]), np.sin(headings[0]), np.tan(DOWN)]))[:3, :3]
    w = 0.5 * np.sqrt(max(1.0 + np.trace(first), 1e-12))
    x, y, z = (first[2, 1] - first[1, 2]) / (4 * w), (first[0, 2] - first[2, 0]) / (4 * w), (first[1, 0] - first[0, 1]) / (4 * w)
    half = (headings - headings[0]) / 2
    c, s = np.cos(half), np.sin(half)  # further turns about Z come before the first
    return np.column_stack([c * w - s * z, c * x - s * y, c * y + s * x, c * z + s * w])
