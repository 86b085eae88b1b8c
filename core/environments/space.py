"""What is free in a room: boxes against boxes, and where a person can walk. Boxes are rows (x0, y0, z0, x1, y1, z1) in metres."""

from __future__ import annotations

import copy

import numpy as np

from .rooms import Opening, Room, pose

DOOR_DEPTH, WAY_IN = 0.95, 0.7  # kept free before a door that opens into the room, and before any other
AGENT_RADIUS, AGENT_HEIGHT, STEP = 0.3, 1.9, 0.05
WHEELCHAIR_RADIUS = 0.45  # half of the 0.9 m that accessible ways are wide
REACH = 0.15  # a person standing this close to a seat can sit down
SPARE = 0.05  # what the solver asks beyond that, because its boxes around turned chairs are larger than the chairs
TOLERANCE = 1e-4


def turn_boxes(boxes: np.ndarray, poses: np.ndarray) -> np.ndarray:
    """(C, K, 6): the boxes around local ``boxes`` (K, 6) at each of ``poses`` (C, 3) x, y, yaw."""
    yaws, which = np.unique(poses[:, 2], return_inverse=True)  # mostly a few: each is turned once, then moved
    cos, sin = np.cos(yaws), np.sin(yaws)
    cos, sin = (np.where(np.abs(value - np.round(value)) < 1e-6, np.round(value), value)[:, None] for value in (cos, sin))
    x, y = (boxes[None, :, 0] + boxes[None, :, 3]) / 2, (boxes[None, :, 1] + boxes[None, :, 4]) / 2
    half_x, half_y = (boxes[None, :, 3] - boxes[None, :, 0]) / 2, (boxes[None, :, 4] - boxes[None, :, 1]) / 2
    middle_x, middle_y = cos * x - sin * y, sin * x + cos * y
    reach_x, reach_y = np.abs(cos) * half_x + np.abs(sin) * half_y, np.abs(sin) * half_x + np.abs(cos) * half_y
    turned = np.empty((len(yaws), len(boxes), 6))
    turned[..., 0], turned[..., 3] = middle_x - reach_x, middle_x + reach_x
    turned[..., 1], turned[..., 4] = middle_y - reach_y, middle_y + reach_y
    turned[..., 2], turned[..., 5] = boxes[:, 2], boxes[:, 5]
    out = turned[which.ravel()]
    for axis in (0, 1):
        out[..., axis] += poses[:, axis, None]
        out[..., axis + 3] += poses[:, axis, None]
    return out


def overlaps(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """(..., N) bool: which of ``second`` (N, 6) each box of ``first`` (..., 6) overlaps by more than a tenth of a millimetre."""
    found = np.ones((*first.shape[:-1], len(second)), bool)
    for axis in range(3):  # one axis at a time: reducing over a last axis of three is several times slower
        found &= first[..., axis, None] < second[:, axis + 3] - TOLERANCE
        found &= first[..., axis + 3, None] > second[:, axis] + TOLERANCE
    return found


class Space:
    """The state of the solver: what is taken, what must stay free, and who must be reachable."""

    def __init__(self, room: Room, radius: float = AGENT_RADIUS) -> None:
        self.room = room
        self.solids = np.empty((0, 6))
        self.clears = np.empty((0, 6))
        self.keepouts = np.array([opening_box(room, k) for k in range(len(room.openings))])
        self.rings = np.empty(0, int)  # for one target after another, the cells a person can reach it from
        self.starts = np.empty(0, int)  # where in ``rings`` each target's cells begin
        self.walk = WalkMap(room, self.solids, cell=0.1, radius=radius + 0.01)

    def fits(self, boxes: np.ndarray, clears: np.ndarray, mounted: bool) -> np.ndarray:
        """(C,) bool for C candidates with solid ``boxes`` (C, K, 6) and zones to keep free ``clears`` (C, J, 6)."""
        good = self.room.holds(boxes[..., :2], boxes[..., 3:5]).all(1) & (boxes[..., 5] <= self.room.height + TOLERANCE).all(1)
        taken = [self.solids, self.keepouts] if mounted else [self.solids, self.keepouts, self.clears]
        tests = [(boxes, others) for others in taken]
        if clears.shape[1]:
            good &= self.room.holds(clears[..., :2], clears[..., 3:5]).all(1)
            tests.append((clears, self.solids))
        for own, others in tests:  # each test only for the candidates the ones before left
            rest = np.flatnonzero(good)
            good[rest] = ~overlaps(own[rest], others).any((1, 2))
        return good

    def occupy(self, boxes: np.ndarray, clears: np.ndarray, targets: list[np.ndarray]) -> None:
        """What stands here already: taken whatever it blocks. Of its targets those that can be reached must stay so."""
        self.walk = self.walk.with_solids(boxes)
        self.walk.settle()
        around = [self.walk.ring(target, REACH - SPARE) for target in targets]
        rings = [ring for ring in around if self.walk.reached.take(ring).any()]
        self.starts = np.cumsum([0, *(len(ring) for ring in rings)])[:-1].astype(int)
        self.rings = np.concatenate([self.rings, *rings]).astype(int)
        self.solids = np.concatenate([self.solids, boxes])
        self.clears = np.concatenate([self.clears, clears])

    def take(self, boxes: np.ndarray, clears: np.ndarray, targets: list[np.ndarray]) -> bool:
        """Takes the boxes (K, 6) and returns True, unless a person could then no longer come from the door to another door
        or to one of the ``targets`` so far and new (seats, fronts of cupboards)."""
        after = self.walk.with_solids(boxes)
        own = [self.walk.ring(target, REACH - SPARE) for target in targets]
        if not after.joined or not all(len(ring) for ring in own):
            return False
        starts = np.concatenate([self.starts, len(self.rings) + np.cumsum([0, *(len(ring) for ring in own)])[:-1]]).astype(int)
        rings = np.concatenate([self.rings, *own]).astype(int)
        if len(starts) and not np.logical_or.reduceat(after.reached.ravel()[rings], starts).all():
            return False
        self.walk, self.rings, self.starts = after, rings, starts
        self.solids = np.concatenate([self.solids, boxes])
        self.clears = np.concatenate([self.clears, clears])
        return True


def opening_box(room: Room, index: int) -> np.ndarray:
    """(6,) what stays free at an opening: the door's swing and way in, the air in front of a window above its sill."""
    opening = room.openings[index]
    depth, low = {"door": (DOOR_DEPTH if opening.inward else WAY_IN, 0.0), "passage": (WAY_IN, 0.0)}.get(
        opening.kind, (0.45, opening.bottom + 0.05)
    )
    local = np.array([[-opening.width / 2, -depth, low, opening.width / 2, 0.02, opening.top]])
    frame = room.frame(opening.side) @ pose(opening.centre, 0.0, 0.0)
    return turn_boxes(local, np.array([[frame[0, 3], frame[1, 3], room.yaw(opening.side)]]))[0, 0]


class WalkMap:
    """Where the centre of a person (a disc of ``radius``) can be, and which of it is joined to the first door.

    ``solids`` (N, 6) between step height and head height stand in the way. The lattice of the finer ``cell`` contains the
    coarser one, so that what is reached at 0.1 m is reached at 0.05 m.
    """

    def __init__(self, room: Room, solids: np.ndarray, cell: float = 0.05, radius: float = AGENT_RADIUS) -> None:
        self.xs = np.arange(-room.width / 2, room.width / 2 + 1e-9, cell)
        self.ys = np.arange(-room.depth / 2, room.depth / 2 + 1e-9, cell)
        self.radius = radius
        self.doors = [self._door_cell(room, door) for door in room.doors]
        points = np.stack(np.meshgrid(self.xs, self.ys), axis=-1)
        covered = room.covers(points)
        self.inside = int(covered.sum())
        self.free = covered & (room.wall_distance(points) >= radius - 1e-9)
        self.reached = flood(self.free, self.doors[0])
        self._block(solids)

    def with_solids(self, solids: np.ndarray) -> WalkMap:
        """The map with more in the way."""
        other = copy.copy(self)
        other.free = self.free.copy()
        other._block(solids)
        return other

    def _block(self, solids: np.ndarray) -> None:
        for box in solids[(solids[:, 2] < AGENT_HEIGHT) & (solids[:, 5] > STEP)]:
            rows, columns, squared = self._around(box, self.radius)
            self.free[rows, columns] &= squared >= self.radius**2
        if (self.reached & ~self.free).any():  # else what was walked on still is
            self.reached = flood(self.free, self.doors[0])

    def _around(self, box: np.ndarray, margin: float) -> tuple[slice, slice, np.ndarray]:
        """The part of the lattice within ``margin`` of a box, and the squared distances there."""
        columns = slice(*np.searchsorted(self.xs, (box[0] - margin, box[3] + margin)))
        rows = slice(*np.searchsorted(self.ys, (box[1] - margin, box[4] + margin)))
        dx = np.maximum(np.maximum(box[0] - self.xs[columns], self.xs[columns] - box[3]), 0.0)
        dy = np.maximum(np.maximum(box[1] - self.ys[rows], self.ys[rows] - box[4]), 0.0)
        return rows, columns, dy[:, None] ** 2 + dx[None, :] ** 2

    def _door_cell(self, room: Room, door: Opening) -> tuple[int, int]:
        x, y = (room.frame(door.side) @ (door.centre, -max(0.4, self.radius + 0.06), 0.0, 1.0))[:2]
        return int(np.abs(self.ys - y).argmin()), int(np.abs(self.xs - x).argmin())

    def settle(self) -> None:
        """In a room where something stands before a door one starts from the nearest free place within a metre; doors that
        cannot be reached even so are not asked for."""
        starts = []
        for row, column in self.doors:
            free = np.argwhere(self.free[max(row - 20, 0) : row + 21, max(column - 20, 0) : column + 21])
            if len(free):
                free = free + (max(row - 20, 0), max(column - 20, 0))
                y, x = free[np.abs(free - (row, column)).sum(1).argmin()]
                starts.append((int(y), int(x)))
        if not starts:
            return
        self.reached = max((flood(self.free, start) for start in starts), key=np.sum)
        self.doors = [start for start in starts if self.reached[start]]

    @property
    def joined(self) -> bool:
        """Whether one can walk from the first door to all others."""
        return all(self.reached[door] for door in self.doors)

    def ring(self, box: np.ndarray, reach: float = REACH) -> np.ndarray:
        """Flat indices of the cells whose centre a person within ``reach`` metres of the box stands on."""
        rows, columns, squared = self._around(box, self.radius + reach)
        near_rows, near_columns = np.nonzero(squared <= (self.radius + reach) ** 2)
        return (near_rows + rows.start) * len(self.xs) + near_columns + columns.start

    def reaches(self, box: np.ndarray, reach: float = REACH) -> bool:
        """Whether a person from the door can come within ``reach`` metres of the box."""
        return bool(self.reached.take(self.ring(box, reach)).any())

    @property
    def share(self) -> float:
        """Walked-on share of the floor: the reached centres' cells grown by the radius would be more; this is the strict one."""
        return float(self.reached.sum() / max(self.inside, 1))


def flood(free: np.ndarray, start: tuple[int, int]) -> np.ndarray:
    """The free cells (H, W) joined with ``start`` by steps along rows and columns; whole runs are filled at a time."""
    reached = np.zeros_like(free)
    if not free[start]:
        return reached
    reached[start] = True
    row_runs, column_runs = _runs(free), _runs(free.T)
    count = -1
    while count != (count := int(reached.sum())):
        reached = _fill_runs(reached, row_runs, free)
        reached = _fill_runs(reached.T, column_runs, free.T).T
    return reached


def _runs(free: np.ndarray) -> np.ndarray:
    """A number for each maximal run of free cells within a row."""
    starts = free.copy()
    starts[:, 1:] &= ~free[:, :-1]
    return np.cumsum(starts.ravel()).reshape(free.shape)


def _fill_runs(reached: np.ndarray, runs: np.ndarray, free: np.ndarray) -> np.ndarray:
    hit = np.zeros(runs[-1, -1] + 1, bool)
    hit[runs[reached]] = True
    return hit[runs] & free
