"""Every fitted thing to the nearest place where it overlaps nothing, stands inside, blocks no door and can be reached."""

from __future__ import annotations

import numpy as np

from ..checks import piece_boxes
from ..props.prop import Prop
from ..rooms import Room, yaw_matrix
from ..shop import Shop
from ..space import Space, turn_boxes
from .boxes import GreyBox
from .classes import CEILING, FLOOR, KINDS, SEAT, SURFACE, WALL
from .fit import Thing, build

GAP = 0.02  # between furniture and wall, for the skirting board
STEP, NEAR, FAR = 0.04, 0.6, 2.6
SHRINK = (1.0, 0.9, 0.8, 0.7)
TRIES = 25  # poses whose ways are tested; testing ways is slow
EDGE = 0.01


class Resolver:
    """Places things one after another into a room."""

    def __init__(self, room: Room, things: list[Thing], keep: list[GreyBox], shop: Shop) -> None:
        self.room, self.things, self.shop = room, things, shop
        self.space = Space(room)
        self.pieces: dict[int, np.ndarray] = {}
        self.on_top: dict[int, list[np.ndarray]] = {}
        self.placed: set[int] = set()
        for box in keep:
            corners = box.corners()
            solid = np.array([[*corners.min(0), box.bottom, *corners.max(0), box.top]])
            self.space.solids = np.concatenate([self.space.solids, solid])
        if keep:
            self.space.walk = self.space.walk.with_solids(self.space.solids)

    def run(self) -> list[int]:
        """Places all it can; the numbers of the things that found no place."""
        order = sorted(range(len(self.things)), key=self._turn)
        left = []
        for number in order:
            thing = self.things[number]
            place = {FLOOR: self._stand, WALL: self._hang, CEILING: self._hang, SURFACE: self._lay}[KINDS[thing.label].mount]
            if place(number):
                self.placed.add(number)
            else:
                left.append(number)
        return [number for number in left if not self._again(number)]

    def _again(self, number: int) -> bool:
        """A second chance for what found no place: smaller on its wall or table, a little higher or lower, or at another wall."""
        thing = self.things[number]
        mount, first = KINDS[thing.label].mount, thing.prop
        own, yaw = thing.side, thing.yaw
        if first is None or mount == CEILING or (mount == FLOOR and not own):
            return False
        sides = sorted(self.room.sides, key=lambda side: (side != own, abs(self.room.yaw(side) - yaw))) if own else [""]
        for share in (0.85, 0.7, 0.55) if mount != FLOOR else (1.0,):
            low, high = first.mesh.bounds
            thing.prop = first if share == 1.0 else build(self.shop, thing.key, (high - low).astype(float) * share)
            if mount == SURFACE:
                if self._lay(number):
                    return True
                continue
            for side in sides[1:] if mount == FLOOR else sides:
                thing.side, thing.yaw = side, self.room.yaw(side)
                if mount == FLOOR and self._stand(number):
                    return True
                if mount == WALL and any(self._hang(number, lift) for lift in (0.0, 0.3, -0.3, 0.6)):
                    return True
        thing.prop, thing.side, thing.yaw = first, own, yaw
        return False

    def _turn(self, number: int) -> tuple[int, float, int]:
        """What stands comes before what stands on it; what belongs to a wall first, seats after tables; large before small."""
        thing = self.things[number]
        kind = KINDS[thing.label]
        stage = {FLOOR: 0, WALL: 3, CEILING: 4, SURFACE: 5}[kind.mount]
        if kind.mount == FLOOR:
            stage = 2 if kind.faces == SEAT else 0 if thing.side else 1
        return stage, -float(thing.box.size[0] * thing.box.size[1]), number

    def _boxes(self, prop: Prop) -> np.ndarray:
        """(K, 6) boxes of a prop's pieces, in its own frame; small neighbours joined to keep their number low."""
        if id(prop.mesh) not in self.pieces:
            low, high = piece_boxes(prop.mesh)
            boxes = np.column_stack([low, high])
            self.pieces[id(prop.mesh)] = boxes if len(boxes) <= 40 else _joined(boxes)
        return self.pieces[id(prop.mesh)]

    def _stand(self, number: int) -> bool:
        thing = self.things[number]
        if not KINDS[thing.label].solid:
            return self._spread(thing)
        for strict in (True, False):
            for share in SHRINK:
                prop = thing.prop if share == 1.0 else build(self.shop, thing.key, self._size(thing) * (share, share, 1.0))
                assert prop is not None
                for reach in (NEAR, FAR) if share in (1.0, SHRINK[-1]) else (NEAR,):
                    if self._try(thing, prop, reach, strict):
                        return True
        return False

    def _size(self, thing: Thing) -> np.ndarray:
        assert thing.prop is not None
        low, high = thing.prop.mesh.bounds
        return (high - low).astype(float)

    def _try(self, thing: Thing, prop: Prop, reach: float, strict: bool) -> bool:
        boxes = self._boxes(prop)
        low, high = prop.mesh.bounds
        poses = self._candidates(thing, low, high, reach)
        fits = np.flatnonzero(self._fits(boxes, poses, False))
        if not len(fits):
            return False
        target = self._target(thing, prop)
        for chosen in fits[_spaced(len(fits))]:
            pose = poses[chosen : chosen + 1]
            wanted = list(turn_boxes(target, pose)[0]) if strict and len(target) else []
            if self.space.take(turn_boxes(boxes, pose)[0], np.empty((0, 6)), wanted):
                thing.prop, (thing.x, thing.y, thing.yaw) = prop, (float(value) for value in poses[chosen])
                thing.z = -float(low[2])
                return True
        return False

    def _fits(self, boxes: np.ndarray, poses: np.ndarray, mounted: bool) -> np.ndarray:
        """(C,) bool, some poses at a time to keep memory small."""
        step = max(int(4e6 / max(len(boxes) * max(len(self.space.solids), 1), 1)), 1)
        empty = np.empty((0, 6))
        parts = [
            self.space.fits(turn_boxes(boxes, part), turn_boxes(empty, part), mounted)
            for part in np.split(poses, range(step, len(poses), step))
        ]
        return np.concatenate(parts) if parts else np.empty(0, bool)

    def _target(self, thing: Thing, prop: Prop) -> np.ndarray:
        """(0 or 1, 6) where a person must be able to come: to a seat itself, else before it."""
        low, high = (np.asarray(value, float) for value in prop.mesh.bounds)
        if KINDS[thing.label].faces == SEAT or (prop.seats and thing.label != "lecture bench"):
            return np.array([[*low, *high]])
        if prop.clearance > 0:
            return np.array([[low[0], low[1] - 0.5, 0.0, high[0], low[1], 1.0]])
        return np.empty((0, 6))

    def _candidates(self, thing: Thing, low: np.ndarray, high: np.ndarray, reach: float) -> np.ndarray:
        """(C, 3) poses, nearest to where it stood first; along its wall where it belongs to one, else all around."""
        steps = np.arange(-reach, reach + 1e-9, STEP if reach <= NEAR else 2 * STEP)
        if thing.side:
            frame = self.room.frame(thing.side)
            along = float((np.linalg.inv(frame) @ (thing.x, thing.y, 0.0, 1.0))[0])
            half = self.room.length(thing.side) / 2
            least, most = -half + GAP - float(low[0]), half - GAP - float(high[0])
            if most < least:
                return np.empty((0, 3))
            spots = np.unique(np.clip(along + steps, least, most))
            spots = spots[np.argsort(np.abs(spots - along), kind="stable")]
            points = frame[:2, 3] + spots[:, None] * frame[:2, 0] - (float(high[1]) + GAP) * frame[:2, 1]
            return np.column_stack([points, np.full(len(points), self.room.yaw(thing.side))])
        grid = np.stack(np.meshgrid(steps, steps), -1).reshape(-1, 2)
        grid = grid[np.hypot(*grid.T) <= reach]
        if thing.partner >= 0:  # a seat moves away from its table rather than along it
            ahead = np.array([np.sin(thing.yaw), -np.cos(thing.yaw)])
            away = np.abs(grid @ (ahead[1], -ahead[0])) * 1.6 + np.abs(grid @ ahead)
        else:
            away = np.hypot(*grid.T)
        grid = grid[np.argsort(away, kind="stable")]
        turned = turn_boxes(np.array([[*low, *high]], float), np.array([[0.0, 0.0, thing.yaw]]))[0, 0]
        inside = np.array([self.room.width, self.room.depth]) / 2 - GAP
        points = np.clip(np.array([thing.x, thing.y]) + grid, -inside - turned[:2], inside - turned[3:5])
        poses = np.column_stack([points, np.full(len(points), thing.yaw)])
        _, first = np.unique(np.round(poses, 4), axis=0, return_index=True)
        return poses[np.sort(first)]

    def _spread(self, thing: Thing) -> bool:
        """A rug lies where it lies, inside the room."""
        assert thing.prop is not None
        low, high = thing.prop.mesh.bounds
        turned = turn_boxes(np.array([[*low, *high]], float), np.array([[0.0, 0.0, thing.yaw]]))[0, 0]
        half = np.array([self.room.width, self.room.depth]) / 2 - GAP
        if (turned[3:5] - turned[:2] > 2 * half).any():
            return False
        thing.x, thing.y = (float(v) for v in np.clip((thing.x, thing.y), -half - turned[:2], half - turned[3:5]))
        thing.z = -float(low[2])
        return True

    def _hang(self, number: int, lift: float = 0.0) -> bool:
        """On its wall, or under the ceiling, as near as it fits to where it was; ``lift``: metres higher."""
        thing = self.things[number]
        prop = thing.prop
        assert prop is not None
        low, high = (np.asarray(value, float) for value in prop.mesh.bounds)
        if KINDS[thing.label].mount == CEILING:
            thing.z = self.room.height - float(high[2])
            poses = self._candidates(thing, low, high, 1.0)
        else:
            middle = float(
                np.clip(thing.box.centre[2] + lift, (high[2] - low[2]) / 2 + 0.02, self.room.height - (high[2] - low[2]) / 2 - 0.02)
            )
            thing.z = middle - float(low[2] + high[2]) / 2
            poses = self._candidates(thing, low, high, FAR)
            outward = self.room.frame(thing.side)[:2, 1]
            poses[:, :2] += outward * GAP  # flush
        boxes = self._boxes(prop) + (0.0, 0.0, thing.z, 0.0, 0.0, thing.z)
        for chosen in np.flatnonzero(self._fits(boxes, poses, True))[:TRIES]:
            if self.space.take(turn_boxes(boxes, poses[chosen : chosen + 1])[0], np.empty((0, 6)), []):
                thing.x, thing.y, thing.yaw = (float(value) for value in poses[chosen])
                return True
        return False

    def _lay(self, number: int) -> bool:
        """On the furniture under it, clear of what stands there already."""
        thing = self.things[number]
        prop = thing.prop
        holder = self._holder(thing)
        if holder < 0 or prop is None:
            return False
        thing.partner, under = holder, self.things[holder]
        assert under.prop is not None
        low, high = (np.asarray(value, float) for value in prop.mesh.bounds)
        turn = round((thing.yaw - under.yaw) / (np.pi / 2)) * np.pi / 2
        box = turn_boxes(np.array([[*low, *high]]), np.array([[0.0, 0.0, turn]]))[0, 0]
        wished = yaw_matrix(-under.yaw) @ (thing.box.centre[:2] - under.box.centre[:2])
        tops = sorted(under.prop.surfaces, key=lambda s: abs(s.z - (thing.box.bottom - under.z)))
        taken = np.array(self.on_top.setdefault(holder, [])).reshape(-1, 5)
        for top in tops:
            least, most = np.array(top.low) + EDGE - box[:2], np.array(top.high) - EDGE - box[3:5]
            if top.headroom < high[2] - low[2] or (most < least).any():
                continue
            steps = np.arange(-1.5, 1.51, 0.03)
            grid = np.stack(np.meshgrid(steps, steps), -1).reshape(-1, 2)
            grid = grid[np.argsort(np.hypot(*grid.T), kind="stable")]
            spots = np.clip(wished + grid, least, most)
            same = taken[taken[:, 4] == top.z]
            clash = ((spots[:, None] + box[:2] < same[:, 2:4]) & (same[:, :2] < spots[:, None] + box[3:5])).all(-1).any(-1)
            boxes = self._boxes(prop) + (0.0, 0.0, under.z + top.z - low[2]) * 2
            places = spots[~clash] @ yaw_matrix(under.yaw).T + (under.x, under.y)
            poses = np.column_stack([places, np.full(len(places), under.yaw + turn)])
            _, first = np.unique(np.round(poses, 4), axis=0, return_index=True)
            poses = poses[np.sort(first)]
            good = np.flatnonzero(self._fits(boxes, poses, True))
            if len(good):
                thing.x, thing.y, thing.yaw = (float(value) for value in poses[good[0]])
                thing.z = under.z + top.z - float(low[2])
                spot = yaw_matrix(-under.yaw) @ (thing.x - under.x, thing.y - under.y)
                self.on_top[holder].append(np.array([*(spot + box[:2]), *(spot + box[3:5]), top.z]))
                self.space.solids = np.concatenate([self.space.solids, turn_boxes(boxes, poses[good[:1]])[0]])
                return True
        return False

    def _holder(self, thing: Thing) -> int:
        """The placed thing whose box it stood on, or failing that the nearest with a top, or -1."""
        best, least = -1, 0.6
        for number in self.placed:
            other = self.things[number]
            if other.prop is None or not other.prop.surfaces or KINDS[other.label].mount != FLOOR:
                continue
            local = np.abs(yaw_matrix(-other.box.yaw) @ (thing.box.centre[:2] - other.box.centre[:2])) - other.box.size[:2] / 2
            gap = float(np.linalg.norm(np.maximum(local, 0.0))) + abs(other.box.top - thing.box.bottom)
            if gap < least:
                best, least = number, gap
        return best


def _spaced(count: int) -> np.ndarray:
    """Up to TRIES numbers below ``count``: the first ones all, later ones further apart."""
    return np.unique((np.linspace(0.0, 1.0, min(TRIES, count)) ** 2 * (count - 1)).astype(int))


def _joined(boxes: np.ndarray) -> np.ndarray:
    """Boxes grown together where their union wastes almost nothing, largest first, so that at most 40 stay."""
    boxes = boxes[np.argsort(-np.prod(np.maximum(boxes[:, 3:] - boxes[:, :3], 1e-3), axis=1))]
    kept: list[np.ndarray] = []
    for slack in (0.002, 0.02, 0.06, 0.2, 9.0):
        kept = []
        for box in boxes:
            for k, other in enumerate(kept):
                union = np.concatenate([np.minimum(box[:3], other[:3]), np.maximum(box[3:], other[3:])])
                if (np.abs(union - other) <= slack).all():
                    kept[k] = union
                    break
            else:
                kept.append(box)
        if len(kept) <= 40:
            break
    return np.array(kept)
