"""How well a pose suits a wish: the features its preferences weigh."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .groups import Group
from .rooms import Room, yaw_matrix
from .wishes import Wish

NOUNS = {
    "storage": {"shelf", "cabinet", "tall cabinet", "filing cabinet", "drawers"},
    "hung": {"clock", "pinboard", "whiteboard", "screen", "mirror"},
    "desk": {"desk", "desk block", "school desk"},
    "kitchen": {"kitchen run", "kitchen"},
}


@dataclass
class Placed:
    """A group that has its place. ``boxes`` (K, 6): its pieces' boxes in the room."""

    wish: Wish
    group: Group
    x: float
    y: float
    yaw: float
    side: str
    boxes: np.ndarray

    @property
    def centre(self) -> np.ndarray:
        """(2,) the middle of all its boxes."""
        return (self.boxes[:, :2].min(0) + self.boxes[:, 3:5].max(0)) / 2


def score(
    room: Room, wish: Wish, poses: np.ndarray, solid: np.ndarray, sides: np.ndarray, placed: list[Placed], rng: np.random.Generator
) -> np.ndarray:
    """(C,) how well each pose suits the wish: the weighted features, plus a little chance so that seeds differ."""
    centre = (solid[..., :2].min(1) + solid[..., 3:5].max(1)) / 2
    total = rng.random(len(poses)) * 0.12
    for feature, weight in wish.prefer.items():
        total += weight * _feature(feature, room, wish, poses, centre, sides, placed)
    return total


def allowed(
    room: Room, wish: Wish, poses: np.ndarray, solid: np.ndarray, sides: np.ndarray, placed: list[Placed]
) -> np.ndarray:
    """(C,) bool: at which poses the wish has the least of each feature that it needs."""
    centre = (solid[..., :2].min(1) + solid[..., 3:5].max(1)) / 2
    good = np.ones(len(poses), bool)
    for feature, least in wish.needs.items():
        good &= _feature(feature, room, wish, poses, centre, sides, placed) >= least
    return good


def _feature(
    feature: str, room: Room, wish: Wish, poses: np.ndarray, centre: np.ndarray, sides: np.ndarray, placed: list[Placed]
) -> np.ndarray:
    """(C,) one feature; closeness features are 0 at the place itself and fall with distance over the room's diagonal."""
    count, scale = len(poses), float(np.hypot(room.width, room.depth))
    if feature == "order":
        return -np.arange(count) / count
    if feature == "window":
        lights = [(room.frame(w.side) @ (w.centre, 0, 0, 1))[:2] for w in room.windows]
        return _closeness(centre, np.array(lights), scale) if lights else np.zeros(count)
    if feature == "door":  # far from it
        return -_closeness(centre, (room.frame(room.door.side) @ (room.door.centre, 0, 0, 1))[None, :2], scale)
    if feature == "corner":
        return _closeness(centre, room.outline, scale)
    if feature == "centre":
        return _closeness(centre, np.zeros((1, 2)), scale)
    if feature == "middle":  # of its wall
        offset = centre - np.array([room.frame(side)[:2, 3] for side in sides])
        along = (offset * np.column_stack([np.cos(poses[:, 2]), np.sin(poses[:, 2])])).sum(1)
        return -np.abs(along) / (np.array([room.length(side) for side in sides]) / 2)
    if feature == "blank":
        lit = {window.side for window in room.windows}
        return np.array([side not in lit for side in sides], float)
    if feature in ("side_light", "square", "long"):
        return _orientation(feature, room, poses)
    if feature == "aligned":
        return _aligned(wish, poses, placed)
    if feature == "table_end":
        return _table_end(centre, placed)
    if feature == "sight":
        return _beside_sight(centre, placed)
    kind, _, noun = feature.partition(":")
    nouns = {wish.noun} if feature == "alike" else NOUNS.get(noun or feature, {noun})
    others = [item for item in placed if item.wish.noun in nouns]
    if not others:
        return np.zeros(count)
    points = np.array([item.centre for item in others])
    return _facing(poses, centre, others[0]) if kind == "facing" else _closeness(centre, points, scale)


def _closeness(centre: np.ndarray, points: np.ndarray, scale: float) -> np.ndarray:
    return -np.linalg.norm(centre[:, None] - points[None], axis=-1).min(1) / scale


def _facing(poses: np.ndarray, centre: np.ndarray, other: Placed) -> np.ndarray:
    """1 where both look straight at each other, falling as one looks past the other."""
    toward = other.centre - centre
    toward = toward / np.maximum(np.linalg.norm(toward, axis=1, keepdims=True), 1e-6)
    own = (toward * np.column_stack([np.sin(poses[:, 2]), -np.cos(poses[:, 2])])).sum(1)
    return (own - toward @ (np.sin(other.yaw), -np.cos(other.yaw))) / 2


def _beside_sight(centre: np.ndarray, placed: list[Placed]) -> np.ndarray:
    """0 on the line from the sofa to the television, 1 from 1.5 metres beside it on."""
    ends = [next((item.centre for item in placed if item.wish.noun == noun), None) for noun in ("sofa", "tv stand")]
    if ends[0] is None or ends[1] is None:
        return np.zeros(len(centre))
    along = ends[1] - ends[0]
    share = np.clip((centre - ends[0]) @ along / max(float(along @ along), 1e-6), 0.0, 1.0)
    return np.minimum(np.linalg.norm(centre - ends[0] - share[:, None] * along, axis=1) / 1.5, 1.0)


def _orientation(feature: str, room: Room, poses: np.ndarray) -> np.ndarray:
    """How a free group is turned: its people get light from the side; its length follows the room's."""
    turned = np.abs(np.sin(poses[:, 2])) > 0.5
    if feature == "side_light":
        along_y = sum(abs(np.cos(room.yaw(window.side))) > 0.7 for window in room.windows)
        return np.where(turned, 1.0, -1.0) * np.sign(2 * along_y - len(room.windows)) * 0.5
    if abs(room.width - room.depth) < 0.5 and feature == "square":
        return np.zeros(len(poses))
    return np.where(turned == (room.depth > room.width), 0.5, -0.5)


def _aligned(wish: Wish, poses: np.ndarray, placed: list[Placed]) -> np.ndarray:
    """1 for a pose turned like a group of its kind and in one line with it."""
    total = np.zeros(len(poses))
    for item in placed:
        if item.wish.noun == wish.noun:
            in_line = (np.abs(poses[:, :2] - (item.x, item.y)) < 0.05).any(1)
            total = np.maximum(total, 1.0 * (in_line & (np.abs(np.sin(poses[:, 2] - item.yaw)) < 0.01)))
    return total


def _table_end(centre: np.ndarray, placed: list[Placed]) -> np.ndarray:
    """1 on the line of the table's length, where everyone at it can see, falling to 0 a metre beside it."""
    table = next((item for item in placed if item.wish.noun == "table"), None)
    if table is None:
        return np.zeros(len(centre))
    along = yaw_matrix(table.yaw) @ (1.0, 0.0)
    offset = centre - (table.x, table.y)
    beside = np.abs(offset @ (-along[1], along[0]))
    head = any(abs(piece.y) < 0.2 and piece.seat for piece in table.group.pieces)
    wrong_end = head & (offset @ along < 0)
    return np.clip(1.0 - beside, 0.0, 1.0) - 0.5 * wrong_end
