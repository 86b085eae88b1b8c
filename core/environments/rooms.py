"""The shell of a room: where its door and windows are, and the floor, walls, ceiling, frames and skirting around them.

A wall's own frame has its origin at the middle of the wall's inner face on the floor: x along the wall, y out of the room.
So a thing that faces -Y and has the wall's frame stands with its back to that wall and looks into the room.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..scene import Material, Mesh, Node
from .brief import SIDES, RoomBrief
from .finishes import Finishes
from .solids import box, grid_solid, merge, moved, prism

WALL = 0.2
DOOR_WIDTH, DOOR_HEIGHT, LINING = 1.0, 2.1, 0.04
SILL, LEAF = 0.9, 0.04
SKIRTING_DEPTH, SKIRTING_HEIGHT = 0.014, 0.08
YAW = {"north": 0.0, "east": -np.pi / 2, "south": np.pi, "west": np.pi / 2}
OPPOSITE = {"north": "south", "south": "north", "east": "west", "west": "east"}


@dataclass(frozen=True)
class Opening:
    """A door or window: ``centre`` metres along the wall from its middle (wall frame x), ``bottom``/``top`` above the floor."""

    kind: str
    side: str
    centre: float
    width: float
    bottom: float
    top: float


@dataclass
class Room:
    """The plan: inside sizes in metres, centred on the origin, and the openings. ``missing``: wishes that do not fit."""

    width: float
    depth: float
    height: float
    openings: list[Opening] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def length(self, side: str) -> float:
        """Inner length of a wall."""
        return self.width if side in ("north", "south") else self.depth

    def frame(self, side: str) -> np.ndarray:
        """(4, 4) the wall's frame in the room."""
        reach = (self.depth if side in ("north", "south") else self.width) / 2
        return pose(*(yaw_matrix(YAW[side]) @ (0.0, reach)), 0.0, YAW[side])

    @property
    def door(self) -> Opening:
        return next(opening for opening in self.openings if opening.kind == "door")

    @property
    def windows(self) -> list[Opening]:
        return [opening for opening in self.openings if opening.kind == "window"]


def yaw_matrix(yaw: float) -> np.ndarray:
    """(2, 2) rotation about Z."""
    cos, sin = np.cos(yaw), np.sin(yaw)
    return np.array([[cos, -sin], [sin, cos]])


def pose(x: float, y: float, z: float, yaw: float = 0.0) -> np.ndarray:
    """(4, 4) float32 transform: turned about Z by ``yaw``, then moved."""
    matrix = np.eye(4)
    matrix[:2, :2] = yaw_matrix(yaw)
    matrix[:3, 3] = x, y, z
    return matrix.astype(np.float32)


def plan_room(brief: RoomBrief, rng: np.random.Generator) -> Room:
    """Places the door near one end of its wall and spreads the windows: opposite the door first, then the side walls."""
    room = Room(brief.width, brief.depth, brief.height)
    length = room.length(brief.door_side)
    offset = max(length / 2 - DOOR_WIDTH / 2 - rng.uniform(0.25, 0.45), 0.0)
    top = min(DOOR_HEIGHT, brief.height - 0.15)
    room.openings.append(Opening("door", brief.door_side, float(rng.choice([-1.0, 1.0]) * offset), DOOR_WIDTH, 0.0, top))
    sides = _window_sides(brief, room, rng)
    head = min(brief.height - 0.3, 2.3)
    left = brief.windows
    for side in sides:
        count = min(left, int((room.length(side) - 0.5) // 1.5))
        left -= count
        pitch = room.length(side) / max(count, 1)
        width = min(1.6, pitch - 0.5)
        for k in range(count):
            room.openings.append(Opening("window", side, (k + 0.5) * pitch - room.length(side) / 2, width, SILL, head))
    if left:
        room.missing.append(f"{left} of {brief.windows} windows do not fit into the walls and were left out.")
    return room


def _window_sides(brief: RoomBrief, room: Room, rng: np.random.Generator) -> list[str]:
    """The walls windows go into, best first; a class has its light from the side, the board in front stays free."""
    others = [side for side in SIDES if side not in (brief.door_side, OPPOSITE[brief.door_side])]
    others = [others[k] for k in rng.permutation(2)]
    if brief.kind == "classroom":
        return others
    return [OPPOSITE[brief.door_side], *others]


def build_shell(room: Room, finishes: Finishes, root: str) -> list[Node]:
    """The nodes of the shell, children of the node named ``root``: floor, ceiling, four walls with their parts."""
    outer_x, outer_y = room.width / 2 + WALL, room.depth / 2 + WALL
    floor = box("Floor", (-outer_x, -outer_y, -0.12), (outer_x, outer_y, 0.0), finishes.floor)
    ceiling = box("Ceiling", (-outer_x, -outer_y, room.height), (outer_x, outer_y, room.height + 0.15), finishes.ceiling)
    nodes = [Node("Floor", mesh=floor, parent=root, label="floor", role="floor"),
             Node("Ceiling", mesh=ceiling, parent=root, label="ceiling", role="ceiling")]  # fmt: skip
    number = 0
    for side in SIDES:
        openings = [opening for opening in room.openings if opening.side == side]
        wall = f"Wall {side}"
        nodes.append(Node(wall, room.frame(side), _wall(room, side, openings, finishes), parent=root, label="wall", role="wall"))
        skirting = _skirting(room, side, openings, finishes)
        nodes.append(Node(f"Skirting {side}", mesh=skirting, parent=wall, label="skirting board"))
        for opening in openings:
            if opening.kind == "door":
                nodes += _door(room, opening, finishes, wall)
            else:
                number += 1
                place = pose(opening.centre, 0.0, opening.bottom)
                mesh = _window(opening.width, opening.top - opening.bottom, finishes)
                nodes.append(Node(f"Window {number}", place, mesh, parent=wall, label="window", role="window"))
    shared: dict[tuple, Mesh] = {}
    for node in nodes:
        if node.role == "window" and node.mesh is not None:
            node.mesh = shared.setdefault(tuple(node.mesh.vertices.ravel().tolist()), node.mesh)
    return nodes


def _wall(room: Room, side: str, openings: list[Opening], finishes: Finishes) -> Mesh:
    """A solid wall with its openings cut; the north and south walls run over the corners."""
    half = room.length(side) / 2 + (WALL if side in ("north", "south") else 0.0)
    cuts = [(o.centre - o.width / 2, o.centre + o.width / 2) for o in openings]
    xs = np.unique([-half, half, *(edge for cut in cuts for edge in cut)])
    zs = np.unique([0.0, room.height, *(edge for o in openings for edge in (o.bottom, o.top))])
    middle_x, middle_z = (xs[1:] + xs[:-1]) / 2, (zs[1:] + zs[:-1]) / 2
    solid = np.ones((len(middle_x), 1, len(middle_z)), bool)
    for (left, right), o in zip(cuts, openings, strict=True):
        inside_x = (middle_x > left) & (middle_x < right)
        solid[:, 0, :] &= ~(inside_x[:, None] & ((middle_z > o.bottom) & (middle_z < o.top))[None, :])
    material = finishes.walls[side]
    return grid_solid(f"Wall {side}", (xs, np.array([0.0, WALL]), zs), solid, [material])


def _skirting(room: Room, side: str, openings: list[Opening], finishes: Finishes) -> Mesh:
    """Skirting boards along the inner face, left out at the door and its architrave."""
    half = room.length(side) / 2 - (0.0 if side in ("north", "south") else SKIRTING_DEPTH)
    d, h = SKIRTING_DEPTH, SKIRTING_HEIGHT
    profile = np.array([(0.0, 0.0), (0.0, h), (-0.4 * d, h), (-d, h - 0.012), (-d, 0.0)])
    doors = [(o.centre - o.width / 2 - 0.06, o.centre + o.width / 2 + 0.06) for o in openings if o.kind == "door"]
    edges = [-half, *(edge for door in doors for edge in door), half]
    runs = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 0.02]
    return merge(f"Skirting {side}", [prism("run", profile, a, b, finishes.trim) for a, b in runs])


def _ring(width: float, height: float, border: float, low: float, high: float, material: Material, foot: bool = True) -> Mesh:
    """An upright frame around an opening of ``width`` x ``height`` outer size, x centred, from z = 0; ``foot``: with a lower bar."""
    xs = np.array([-width / 2, -width / 2 + border, width / 2 - border, width / 2])
    zs = np.array([0.0, border, height - border, height]) if foot else np.array([0.0, height - border, height])
    solid = np.ones((3, 1, len(zs) - 1), bool)
    solid[1, 0, 1 if foot else 0] = False
    return grid_solid("ring", (xs, np.array([low, high]), zs), solid, [material])


def _window(width: float, height: float, finishes: Finishes) -> Mesh:
    """Frame, sashes, glass, handles and sill, in a frame whose origin is the opening's lower middle on the inner wall face."""
    inner, outer = WALL - 0.12, WALL - 0.05
    parts = [_ring(width, height, 0.045, inner, outer, finishes.frame)]
    count = 2 if width > 1.0 else 1
    pane = (width - 0.09) / count
    for k in range(count):
        centre = (k - (count - 1) / 2) * pane
        sash = moved(_ring(pane - 0.006, height - 0.096, 0.05, inner - 0.012, inner + 0.045, finishes.frame), (centre, 0, 0.048))
        half, top = pane / 2 - 0.053, height - 0.098
        glass = box("glass", (centre - half, inner + 0.012, 0.098), (centre + half, inner + 0.018, top), finishes.glass)
        edge = centre + (pane / 2 - 0.028) * (1 if k == 0 else -1)
        grip_z = height * 0.45
        grip = [box("plate", (edge - 0.013, inner - 0.02, grip_z - 0.035), (edge + 0.013, inner - 0.012, grip_z + 0.035), finishes.metal),
                box("neck", (edge - 0.008, inner - 0.045, grip_z - 0.008), (edge + 0.008, inner - 0.02, grip_z + 0.008), finishes.metal),
                box("lever", (edge - 0.009, inner - 0.055, grip_z - 0.11), (edge + 0.009, inner - 0.045, grip_z + 0.012), finishes.metal)]  # fmt: skip
        parts += [sash, glass, *(grip if k == 0 else [])]
    nose = width / 2 + 0.05
    lines = (np.array([-nose, -width / 2, width / 2, nose]), np.array([-0.05, 0.0, inner]), np.array([0.0, 0.028]))
    filled = np.array([[[True], [False]], [[True], [True]], [[True], [False]]])
    parts.append(grid_solid("sill", lines, filled, [finishes.sill]))
    parts.append(box("flashing", (-width / 2, outer, 0.0), (width / 2, WALL + 0.03, 0.012), finishes.metal))
    return merge("Window", parts)


def _door(room: Room, door: Opening, finishes: Finishes, wall: str) -> list[Node]:
    """The lining with its architraves, and the leaf: its own node, origin at the hinge, so that turning it about Z opens it."""
    height = door.top
    lining = _ring(door.width, height, LINING, 0.0, WALL, finishes.trim, foot=False)
    cover = [_ring(door.width + 0.12, height + 0.06, 0.075, a, b, finishes.trim, foot=False)
             for a, b in ((-0.016, 0.0), (WALL, WALL + 0.016))]  # fmt: skip
    frame = merge("Door frame", [lining, *cover])
    width = door.width - 2 * LINING - 0.006
    hinge = -1.0 if door.centre < 0 else 1.0  # on the side of the nearer corner, so that the open leaf lies along the wall
    leaf = _leaf(width, height - LINING - 0.011, hinge, finishes)
    place = pose(door.centre + hinge * width / 2, 0.0, 0.008)
    swing = {"hinge": "left" if hinge < 0 else "right", "opens": "into the room", "open_yaw": float(hinge * np.pi / 2)}
    return [Node("Door frame", pose(door.centre, 0.0, 0.0), frame, parent=wall, label="door frame"),
            Node("Door", place, leaf, parent=wall, label="door", role="door", properties=swing)]  # fmt: skip


def _leaf(width: float, height: float, hinge: float, finishes: Finishes) -> Mesh:
    """A door leaf with two sunk panels and a lever on both faces; it reaches from the hinge at x = 0 away from it."""
    xs = np.array([0.0, 0.13, width - 0.13, width])
    zs = np.array([0.0, 0.22, 0.95, 1.13, height - 0.14, height])
    ys = np.array([0.0, 0.009, LEAF - 0.009, LEAF])
    solid = np.ones((3, 3, 5), bool)
    solid[1, ::2, 1] = solid[1, ::2, 3] = False
    body = grid_solid("leaf", (xs, ys, zs), solid, [finishes.door])
    x, z = width - 0.065, 1.04
    parts = [body]
    for outside in (False, True):
        def at(a: float, b: float, outside: bool = outside) -> tuple[float, float]:
            return (LEAF + a, LEAF + b) if outside else (-b, -a)
        parts += [box("plate", (x - 0.02, at(0, 0.008)[0], z - 0.12), (x + 0.02, at(0, 0.008)[1], z + 0.05), finishes.metal),
                  box("neck", (x - 0.01, at(0.008, 0.045)[0], z - 0.01), (x + 0.01, at(0.008, 0.045)[1], z + 0.01), finishes.metal),
                  box("lever", (x - 0.125, at(0.04, 0.055)[0], z - 0.009), (x + 0.01, at(0.04, 0.055)[1], z + 0.009), finishes.metal)]  # fmt: skip
    leaf = merge("Door", parts)
    if hinge > 0:  # mirror: negate x and turn the faces around
        leaf.vertices = leaf.vertices * np.array([-1, 1, 1], np.float32)
        order = np.arange(len(leaf.corners)).reshape(-1, 4)[:, ::-1].ravel()
        leaf.corners, leaf.uvs = leaf.corners[order], leaf.uvs[order] * np.array([-1, 1], np.float32)
    return leaf
