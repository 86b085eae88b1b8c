"""The shell of a room: where its doors and windows are, and the floor, walls, ceiling, frames and skirting around them.

A room is a polygon, mostly a rectangle. A wall's own frame has its origin at the middle of the wall's inner face on the
floor: x along the wall, y out of the room. So a thing that faces -Y and has the wall's frame stands with its back to that
wall and looks into the room.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..errors import WorldwrightError
from ..geometry.blocks import box
from ..geometry.shape import Finish, Part, Shape, assemble, outward
from ..geometry.sweeps import loft
from ..scene import Mesh, Node
from .brief import SIDES, RoomBrief
from .finishes import Finishes
from .solids import frame, grid_solid

WALL = 0.2
DOOR_WIDTH, DOOR_HEIGHT, LINING = 1.0, 2.1, 0.04
SILL, LEAF = 0.9, 0.04
SKIRTING_DEPTH, SKIRTING_HEIGHT = 0.014, 0.08
ARCHITRAVE = 0.06
OPPOSITE = {"north": "south", "south": "north", "east": "west", "west": "east"}
DOOR, WINDOW, PASSAGE = "door", "window", "passage"


@dataclass(frozen=True)
class Opening:
    """A door, window or passage without a leaf.

    Attributes:
        centre: metres along the wall from its middle (wall frame x); ``bottom``, ``top`` above the floor.
        hinge: -1 or 1 along the wall, the end the leaf hangs at; 0: the end nearer to a corner.
        inward: the leaf swings into this room.
    """

    kind: str
    side: str
    centre: float
    width: float
    bottom: float
    top: float
    hinge: float = 0.0
    inward: bool = True


@dataclass
class Room:
    """The plan of one room.

    Attributes:
        width, depth, height: inside, metres; of a polygon the box around it, whose middle is the origin.
        openings: doors, windows, passages.
        missing: wishes that do not fit, in sentences.
        corners: (N, 2) counter-clockwise, the inner faces; by default the rectangle.
        walls: side -> (4, 4) frame, longest first among those that look the same way: "north", "north 2".
    """

    width: float
    depth: float
    height: float
    openings: list[Opening] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    corners: np.ndarray | None = None
    walls: dict[str, np.ndarray] = field(init=False)

    def __post_init__(self) -> None:
        half = np.array([self.width, self.depth]) / 2
        self.rectangle = self.corners is None
        self.outline = half * [(-1, -1), (1, -1), (1, 1), (-1, 1)] if self.corners is None else np.asarray(self.corners, float)
        ends = np.roll(self.outline, -1, axis=0)
        lengths = np.linalg.norm(ends - self.outline, axis=1)
        self.walls, self._lengths = {}, {}
        for k in np.argsort(-lengths, kind="stable"):
            x_axis = (self.outline[k] - ends[k]) / lengths[k]
            yaw = float(np.arctan2(x_axis[1], x_axis[0]))
            looks = SIDES_BY_TURN[round(yaw / (np.pi / 2)) % 4]
            count = sum(side.split()[0] == looks for side in self.walls)
            side = f"{looks} {count + 1}" if count else looks
            x, y = (self.outline[k] + ends[k]) / 2
            self.walls[side] = pose(x, y, 0.0, yaw)
            self._lengths[side] = float(lengths[k])

    def to_dict(self) -> dict:
        """JSON values, as the room's own node carries them so that it can be furnished and checked again."""
        corners = None if self.rectangle else self.outline.round(4).tolist()
        openings = [vars(opening) for opening in self.openings]
        return {"width": self.width, "depth": self.depth, "height": self.height, "openings": openings, "corners": corners}

    @classmethod
    def from_dict(cls, values: dict) -> Room:
        """The room of JSON values. Raises WorldwrightError where they are not one."""
        try:
            corners = None if values.get("corners") is None else np.asarray(values["corners"], float).reshape(-1, 2)
            openings = [Opening(**opening) for opening in values["openings"]]
            return cls(float(values["width"]), float(values["depth"]), float(values["height"]), openings, corners=corners)
        except (KeyError, TypeError, ValueError) as error:
            raise WorldwrightError("The plan kept with this room is damaged.", "Generate the room anew.") from error

    def length(self, side: str) -> float:
        """Inner length of a wall."""
        return self._lengths[side]

    def frame(self, side: str) -> np.ndarray:
        """(4, 4) the wall's frame in the room."""
        return self.walls[side]

    def yaw(self, side: str) -> float:
        """Turn of the wall's frame about Z."""
        return float(np.arctan2(self.walls[side][1, 0], self.walls[side][0, 0]))

    @property
    def sides(self) -> tuple[str, ...]:
        """The walls furniture can stand against: those at right angles to the axes."""
        return tuple(side for side in self.walls if abs(np.sin(2 * self.yaw(side))) < 1e-3)

    def opposite(self, side: str) -> str:
        """The wall that looks at ``side``: of those at right angles to the axes the longest."""
        facing = self.walls[side][:2, 1]
        return max(
            self.sides or tuple(self.walls),
            key=lambda other: (round(-float(facing @ self.walls[other][:2, 1]), 2), self.length(other)),
        )

    @property
    def area(self) -> float:
        """Square metres of floor (shoelace formula)."""
        x, y = self.outline.T
        return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2

    @property
    def doors(self) -> list[Opening]:
        """Where people come in: doors and passages."""
        return [opening for opening in self.openings if opening.kind != WINDOW]

    @property
    def door(self) -> Opening:
        return self.doors[0]

    @property
    def windows(self) -> list[Opening]:
        return [opening for opening in self.openings if opening.kind == WINDOW]

    def covers(self, points: np.ndarray) -> np.ndarray:
        """(...) bool: which points (..., 2) lie within the outline (even-odd rule)."""
        if self.rectangle:
            return (np.abs(points) <= np.array([self.width, self.depth]) / 2).all(-1)
        a, b = self.outline, np.roll(self.outline, -1, axis=0)
        x, y = points[..., 0, None], points[..., 1, None]
        rise = np.where(b[:, 1] == a[:, 1], 1.0, b[:, 1] - a[:, 1])
        crossing = ((a[:, 1] > y) != (b[:, 1] > y)) & (x < a[:, 0] + (y - a[:, 1]) / rise * (b[:, 0] - a[:, 0]))
        return crossing.sum(-1) % 2 == 1

    def holds(self, low: np.ndarray, high: np.ndarray, spare: float = 1e-4) -> np.ndarray:
        """(...) bool: which upright rectangles with corners ``low``, ``high`` (..., 2) lie within the outline, up to ``spare``."""
        half = np.array([self.width, self.depth]) / 2 + spare
        inside = ((low >= -half) & (high <= half)).all(-1)
        if self.rectangle:
            return inside
        middle, reach = (low + high) / 2, np.maximum((high - low) / 2 - spare, 0.0)
        inside &= self.covers(middle)
        a, b = self.outline, np.roll(self.outline, -1, axis=0)
        along, centre = (b - a) / 2, (a + b) / 2
        offset = np.abs(middle[..., None, :] - centre)
        crossed = (offset < reach[..., None, :] + np.abs(along)).all(-1)  # separating axes of a segment and a rectangle
        normal = np.stack([-along[:, 1], along[:, 0]], axis=1)
        side = np.abs(((middle[..., None, :] - centre) * normal).sum(-1))
        crossed &= side < (reach[..., None, :] * np.abs(normal)).sum(-1)
        return inside & ~crossed.any(-1)

    def wall_distance(self, points: np.ndarray) -> np.ndarray:
        """(...) metres from points (..., 2) to the nearest wall."""
        nearest = np.full(points.shape[:-1], np.inf)
        for a, b in zip(self.outline, np.roll(self.outline, -1, axis=0), strict=True):
            along = b - a
            share = np.clip((points - a) @ along / (along @ along), 0.0, 1.0)
            nearest = np.minimum(nearest, np.linalg.norm(points - a - share[..., None] * along, axis=-1))
        return nearest


SIDES_BY_TURN = ("north", "west", "south", "east")  # the wall whose frame is turned by so many quarters


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
    room.openings.append(Opening(DOOR, brief.door_side, float(rng.choice([-1.0, 1.0]) * offset), DOOR_WIDTH, 0.0, top))
    sides = _window_sides(brief, room, rng)
    head = min(brief.height - 0.3, 2.3)
    left = brief.windows
    for side in sides:
        count = min(left, int((room.length(side) - 0.5) // 1.5))
        left -= count
        pitch = room.length(side) / max(count, 1)
        width = min(1.6, pitch - 0.5)
        for k in range(count):
            room.openings.append(Opening(WINDOW, side, (k + 0.5) * pitch - room.length(side) / 2, width, SILL, head))
    if left:
        room.missing.append(f"{left} of {brief.windows} windows do not fit into the walls and were left out.")
    return room


def _window_sides(brief: RoomBrief, room: Room, rng: np.random.Generator) -> list[str]:
    """The walls windows go into, best first; a class has its light from the side, the board in front stays free."""
    others = [side for side in SIDES if side not in (brief.door_side, OPPOSITE[brief.door_side])]
    others = [others[k] for k in rng.permutation(2)]
    if brief.kind in ("classroom", "lecture_hall"):
        return others
    return [OPPOSITE[brief.door_side], *others]


def build_shell(room: Room, finishes: Finishes, root: str) -> list[Node]:
    """The nodes of the shell, children of the node named ``root``: floor, ceiling, four walls with their parts."""
    x, y = room.width / 2 + WALL, room.depth / 2 + WALL
    floor = assemble("Floor", [Part("floor", box((-x, -y, -0.12), (x, y, 0.0), 0.0), finishes.floor)])
    top = box((-x, -y, room.height), (x, y, room.height + 0.15), 0.0)
    ceiling = assemble("Ceiling", [Part("ceiling", top, finishes.ceiling)])
    nodes = [
        Node("Floor", mesh=floor, parent=root, label="floor", role="floor"),
        Node("Ceiling", mesh=ceiling, parent=root, label="ceiling", role="ceiling"),
    ]
    windows: dict[tuple[float, float], Mesh] = {}
    for side in SIDES:
        openings = [opening for opening in room.openings if opening.side == side]
        wall = f"Wall {side}"
        nodes.append(Node(wall, room.frame(side), _wall(room, side, openings, finishes), parent=root, label="wall", role="wall"))
        skirting = _skirting(room, side, openings, finishes)
        nodes.append(Node(f"Skirting {side}", mesh=skirting, parent=wall, label="skirting board", role="wall"))
        for opening in openings:
            if opening.kind != WINDOW:
                nodes += door_nodes(opening, finishes, wall)
            else:
                size = (round(opening.width, 4), round(opening.top - opening.bottom, 4))
                if size not in windows:
                    windows[size] = window_mesh(*size, finishes)
                place = pose(opening.centre, 0.0, opening.bottom)
                number = room.windows.index(opening) + 1
                nodes.append(Node(f"Window {number}", place, windows[size], parent=wall, label="window", role="window"))
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
        inside = (middle_x > left) & (middle_x < right)
        solid[:, 0, :] &= ~(inside[:, None] & ((middle_z > o.bottom) & (middle_z < o.top))[None, :])
    shape = grid_solid((xs, np.array([0.0, WALL]), zs), solid)
    return assemble(f"Wall {side}", [Part("wall", shape, finishes.walls[side])])


def _skirting(room: Room, side: str, openings: list[Opening], finishes: Finishes) -> Mesh | None:
    """Skirting boards along the inner face, left out at the door and its architrave."""
    half = room.length(side) / 2 - (0.0 if side in ("north", "south") else SKIRTING_DEPTH)
    doors = [(o.centre - o.width / 2 - ARCHITRAVE, o.centre + o.width / 2 + ARCHITRAVE) for o in openings if o.kind != WINDOW]
    return skirting_mesh(f"Skirting {side}", (-half, half), (0.0, 0.0), doors, finishes)


def skirting_mesh(
    name: str, span: tuple[float, float], slant: tuple[float, float], gaps: list[tuple[float, float]], finishes: Finishes
) -> Mesh | None:
    """Skirting boards along a wall from ``span[0]`` to ``span[1]`` in its frame, left out at ``gaps``; None where none is left.

    ``slant``: how far the ends move along the wall for each metre the board stands out from it (mitred corners).
    """
    d, h = SKIRTING_DEPTH, SKIRTING_HEIGHT
    profile = np.array([(0.0, 0.0), (0.0, h), (-0.4 * d, h), (-d, h - 0.012), (-d, 0.0)])
    edges = [(span[0], slant[0]), *((edge, 0.0) for gap in sorted(gaps) for edge in gap), (span[1], -slant[1])]
    shapes = []
    for (a, lean_a), (b, lean_b) in zip(edges[::2], edges[1::2], strict=True):
        if b - a > 0.02 + d * (abs(lean_a) + abs(lean_b)):
            rings = [[(x - lean * y, y, z) for y, z in profile] for x, lean in ((a, lean_a), (b, lean_b))]
            shapes.append(outward(loft(np.array(rings))))
    return assemble(name, [Part("skirting", shape, finishes.trim) for shape in shapes]) if shapes else None


def window_mesh(width: float, height: float, finishes: Finishes, wall: float = WALL) -> Mesh:
    """Frame, sashes, glass, handle and sill in a ``wall`` so thick; the origin is the opening's lower middle on its inner face."""
    inner, outer = max(wall - 0.12, 0.014), max(wall - 0.05, 0.084)
    parts = [Part("frame", frame(width, height, 0.045, inner, outer), finishes.frame)]
    count = 2 if width > 1.0 else 1
    pane = (width - 0.09) / count
    for k in range(count):
        x = (k - (count - 1) / 2) * pane
        sash = frame(pane - 0.006, height - 0.096, 0.05, inner - 0.012, inner + 0.045).moved(x, 0.0, 0.048)
        parts.append(Part("sash", sash, finishes.frame))
        half = pane / 2 - 0.053
        glass = box((x - half, inner + 0.012, 0.098), (x + half, inner + 0.018, height - 0.098), 0.0)
        parts.append(Part("glass", glass, finishes.glass))
    edge = (count - 1) / 2 * -pane + pane / 2 - 0.028
    parts += _handle(edge, inner - 0.012, height * 0.45, finishes.metal)
    nose = width / 2 + 0.05
    lines = (np.array([-nose, -width / 2, width / 2, nose]), np.array([-0.05, 0.0, inner]), np.array([0.0, 0.028]))
    filled = np.array([[[True], [False]], [[True], [True]], [[True], [False]]])
    parts.append(Part("sill", grid_solid(lines, filled), finishes.sill))
    parts.append(Part("flashing", box((-width / 2, outer, 0.0), (width / 2, max(wall, outer) + 0.03, 0.012), 0.0), finishes.metal))
    return assemble("Window", parts)


def _handle(x: float, y: float, z: float, finish: Finish) -> list[Part]:
    """A window handle on a sash face at ``y``, pointing down."""
    return [
        Part("handle", box((x - 0.013, y - 0.008, z - 0.035), (x + 0.013, y, z + 0.035)), finish),
        Part("handle", box((x - 0.008, y - 0.034, z - 0.008), (x + 0.008, y - 0.008, z + 0.008)), finish),
        Part("handle", box((x - 0.009, y - 0.044, z - 0.11), (x + 0.009, y - 0.034, z + 0.012)), finish),
    ]


def door_nodes(door: Opening, finishes: Finishes, wall: str, thickness: float = WALL) -> list[Node]:
    """The lining with its architraves, and the leaf: its own node, origin at the hinge, so that turning it about Z opens it."""
    width, height = door.width + 2 * ARCHITRAVE, door.top + ARCHITRAVE
    shapes = [frame(door.width, door.top, LINING, 0.0, thickness, foot=False)]
    shapes += [
        frame(width, height, ARCHITRAVE + 0.015, a, b, foot=False) for a, b in ((-0.016, 0.0), (thickness, thickness + 0.016))
    ]
    casing = assemble("Door frame", [Part("frame", shape, finishes.trim) for shape in shapes])
    if door.kind == PASSAGE:
        return [Node("Door frame", pose(door.centre, 0.0, 0.0), casing, parent=wall, label="door frame", role="wall")]
    leaf_width = door.width - 2 * LINING - 0.006
    hinge = hinge_side(door)
    leaf = _leaf(leaf_width, door.top - LINING - 0.011, hinge, finishes)
    place = pose(door.centre + hinge * leaf_width / 2, 0.0, 0.008)
    swing = {"hinge": "left" if hinge < 0 else "right", "opens": "into the room", "open_yaw": float(hinge * np.pi / 2)}
    return [
        Node("Door frame", pose(door.centre, 0.0, 0.0), casing, parent=wall, label="door frame", role="wall"),
        Node("Door", place, leaf, parent=wall, label="door", role="door", properties=swing),
    ]


def hinge_side(door: Opening) -> float:
    """-1 or 1 along the wall: by default towards the nearer corner, so that the open leaf lies along the side wall."""
    return door.hinge or (-1.0 if door.centre < 0 else 1.0)


def _leaf(width: float, height: float, hinge: float, finishes: Finishes) -> Mesh:
    """A door leaf with two sunk panels and a lever on both faces; it reaches from the hinge at x = 0 away from it."""
    xs = np.array([0.0, 0.13, width - 0.13, width])
    zs = np.array([0.0, 0.22, 0.95, 1.13, height - 0.14, height])
    solid = np.ones((3, 3, 5), bool)
    solid[1, ::2, 1] = solid[1, ::2, 3] = False
    body = grid_solid((xs, np.array([0.0, 0.009, LEAF - 0.009, LEAF]), zs), solid)
    upright = Shape(body.vertices, body.corners, body.sizes, body.uvs[:, ::-1] * (1.0, -1.0))  # the grain runs up
    x, z = width - 0.065, 1.04
    parts = [(upright, "leaf", finishes.door)]
    for face, out in ((0.0, -1.0), (LEAF, 1.0)):
        for (a, b), (left, right), (low, high) in (
            ((0.0, 0.008), (x - 0.02, x + 0.02), (z - 0.12, z + 0.05)),
            ((0.008, 0.05), (x - 0.01, x + 0.01), (z - 0.01, z + 0.01)),
            ((0.04, 0.056), (x - 0.125, x + 0.01), (z - 0.009, z + 0.009)),
        ):
            near, far = sorted((face + out * a, face + out * b))
            parts.append((box((left, near, low), (right, far, high)), "handle", finishes.metal))
    return assemble("Door", [Part(name, shape.mirrored() if hinge > 0 else shape, finish) for shape, name, finish in parts])
