"""A plan's walls, floors, ceilings, doors and windows as meshes.

Each piece of wall is a solid of its own in its own frame (x from start to end, y to its left), mitred where walls meet; the
face to each side carries that room's paint.
"""

from __future__ import annotations

import numpy as np

from ...geometry.shape import Finish, Part, Shape, assemble, outward
from ...scene import Mesh, Node
from ..finishes import Finishes
from ..rooms import ARCHITRAVE, DOOR, WINDOW, Opening, Room, door_nodes, pose, skirting_mesh, window_mesh
from ..solids import grid_solid
from .plan import OUTSIDE, FloorPlan, Gap, Wall

SLAB, ROOF = 0.12, 0.15  # thickness of floor and ceiling


def wall_frame(wall: Wall) -> np.ndarray:
    """(4, 4) the wall's frame in the home."""
    return pose(wall.start[0], wall.start[1], 0.0, float(np.arctan2(wall.along[1], wall.along[0])))


def wall_nodes(
    plan: FloorPlan, finishes: list[Finishes], outside: Finishes, paints: dict[tuple[int, int], Finish], root: str
) -> list[Node]:
    """Walls with their openings, door leaves and windows. ``finishes``: of each room; ``paints``: (wall, room) -> its face's
    finish where it is not the room's plain one."""
    nodes: list[Node] = []
    windows: dict[tuple, Mesh] = {}
    doors = count = 0
    for index, wall in enumerate(plan.walls):
        name = f"Wall {index + 1}"
        gaps = [gap for gap in plan.gaps if gap.wall == index]
        sides = [
            paints.get((index, room)) or (finishes[room] if room != OUTSIDE else outside).walls["north"]
            for room in (wall.left, wall.right)
        ]
        nodes.append(
            Node(name, wall_frame(wall), _wall_mesh(plan, wall, gaps, sides, name), parent=root, label="wall", role="wall")
        )
        for gap in gaps:
            along = float((np.array([gap.x, gap.y]) - wall.start) @ wall.along)
            into = swing_side(wall, gap)
            room = wall.left if into > 0 else wall.right
            inner = finishes[room if room != OUTSIDE else max(wall.left, wall.right)]
            place = pose(along, into * wall.thickness / 2, 0.0, np.pi if into > 0 else 0.0)
            if gap.kind == WINDOW:
                count += 1
                size = (round(gap.width, 3), round(gap.top - gap.bottom, 3), round(wall.thickness, 3), id(inner.frame))
                if size not in windows:
                    windows[size] = window_mesh(size[0], size[1], inner, wall.thickness)
                place = place @ pose(0.0, 0.0, gap.bottom)
                nodes.append(Node(f"Window {count}", place, windows[size], parent=name, label="window", role="window"))
            else:
                doors += 1
                hinge = hinge_end(wall, gap) * (-1.0 if into > 0 else 1.0)
                made = door_nodes(Opening(gap.kind, "", 0.0, gap.width, 0.0, gap.top, hinge), inner, name, wall.thickness)
                for node in made:
                    node.name, node.transform = f"{node.name} {doors}", (place @ node.transform).astype(np.float32)
                nodes += made
    return nodes


def swing_side(wall: Wall, gap: Gap) -> float:
    """1: the leaf (or a window's sill) is on the wall's left side, -1: on its right."""
    if gap.kind == WINDOW or OUTSIDE in (wall.left, wall.right):
        return 1.0 if wall.left != OUTSIDE else -1.0
    left = float(np.dot(gap.swing, (-wall.along[1], wall.along[0])))
    return 1.0 if left >= 0 else -1.0


def hinge_end(wall: Wall, gap: Gap) -> float:
    """-1: the leaf hangs at the end nearer to the wall's start, 1: at the other; by default nearer to a corner."""
    asked = float(np.dot(gap.hinge, wall.along))
    if abs(asked) > 1e-6:
        return float(np.sign(asked))
    along = float((np.array([gap.x, gap.y]) - wall.start) @ wall.along)
    return -1.0 if along < wall.length / 2 else 1.0


def _wall_mesh(plan: FloorPlan, wall: Wall, gaps: list[Gap], sides: list[Finish], name: str) -> Mesh:
    """One piece of wall: its solid, and wedges to the middle of a joint of three walls or more."""
    exterior = OUTSIDE in (wall.left, wall.right)
    low, high = (-SLAB, plan.height + ROOF) if exterior else (0.0, plan.height)
    local = (wall.ends - wall.start) @ np.column_stack([wall.along, (-wall.along[1], wall.along[0])])
    left0, right0, left1, right1 = local[:, 0]
    half = wall.thickness / 2
    middles = [float((np.array([gap.x, gap.y]) - wall.start) @ wall.along) for gap in gaps]
    cuts = [(m - gap.width / 2, m + gap.width / 2) for m, gap in zip(middles, gaps, strict=True)]
    first, last = min(left0, right0) - 1e-3, max(left1, right1) + 1e-3
    xs = np.unique([first, last, *(edge for cut in cuts for edge in cut)])
    zs = np.unique([low, high, *(edge for gap in gaps for edge in (gap.bottom, gap.top))])
    middle_x, middle_z = (xs[1:] + xs[:-1]) / 2, (zs[1:] + zs[:-1]) / 2
    solid = np.ones((len(middle_x), 1, len(middle_z)), bool)
    for (start, end), gap in zip(cuts, gaps, strict=True):
        inside = (middle_x > start) & (middle_x < end)
        solid[:, 0, :] &= ~(inside[:, None] & ((middle_z > gap.bottom) & (middle_z < gap.top))[None, :])

    def slanted(v: np.ndarray) -> np.ndarray:
        v[:, 0] = np.where(v[:, 0] <= first, np.where(v[:, 1] > 0, left0, right0), v[:, 0])
        v[:, 0] = np.where(v[:, 0] >= last, np.where(v[:, 1] > 0, left1, right1), v[:, 0])
        return v

    body = grid_solid((xs, np.array([-half, half]), zs), solid).shaped(slanted)
    parts = [Part("wall", body, sides[1])]
    for node, a, b in ((0.0, local[0], local[1]), (wall.length, local[3], local[2])):
        triangle = np.array([a, (node, 0.0), b])
        area = _cross(triangle[1] - triangle[0], triangle[2] - triangle[0]) / 2
        if abs(area) > 2e-4 and (node - (a[0] + b[0]) / 2) * (1 if node > 0 else -1) > 0:
            parts.append(Part("wall", prism(triangle, low, high), sides[1]))
    return _two_sided(assemble(name, parts), sides[0], sides[1])


def _two_sided(mesh: Mesh, left: Finish, right: Finish) -> Mesh:
    """The faces that look to +Y in the left side's finish; all were made in the right side's."""
    if left.material is right.material:
        return mesh
    starts = mesh.face_starts
    points = mesh.vertices[mesh.corners]
    normal = np.cross(points[starts + 1] - points[starts], points[starts + 2] - points[starts])
    facing = normal[:, 1] > 0.9 * np.linalg.norm(normal, axis=1)
    mesh.materials.append(left.material)
    mesh.material_index = np.where(facing, 1, 0).astype(np.int32)
    assert mesh.uvs is not None
    mesh.uvs[np.repeat(facing, mesh.face_sizes)] *= right.tile / left.tile
    return mesh


def floor_nodes(plan: FloorPlan, finishes: list[Finishes], root: str) -> list[Node]:
    """A floor and a ceiling for each room, reaching to the middle of its walls."""
    nodes = []
    for room, own in zip(plan.rooms, finishes, strict=True):
        floor = assemble(f"{room.name} floor", [Part("floor", prism(room.outline, -SLAB, 0.0), own.floor)])
        top = assemble(f"{room.name} ceiling", [Part("ceiling", prism(room.outline, plan.height, plan.height + ROOF), own.ceiling)])
        nodes.append(Node(f"{room.name} floor", mesh=floor, parent=root, label="floor", role="floor"))
        nodes.append(Node(f"{room.name} ceiling", mesh=top, parent=root, label="ceiling", role="ceiling"))
    return nodes


def skirting_nodes(room: Room, name: str, finishes: Finishes, parent: str) -> list[Node]:
    """Skirting boards around a room in its own frame, mitred in the corners, left out at doors."""
    shapes = []
    outline = room.outline
    for side, frame in room.walls.items():
        half = room.length(side) / 2
        doors = [(o.centre - o.width / 2 - ARCHITRAVE, o.centre + o.width / 2 + ARCHITRAVE) for o in room.doors if o.side == side]
        end = (frame @ (-half, 0.0, 0.0, 1.0))[:2]
        k = int(np.linalg.norm(outline - end, axis=1).argmin())  # the wall's frame runs clockwise: from its end to its start
        mesh = skirting_mesh(side, (-half, half), (_slant(outline, k), _slant(outline, k - 1)), doors, finishes)
        if mesh is not None:
            shapes.append(Node(f"{name} skirting {side}", frame, mesh, parent=parent, label="skirting board", role="wall"))
    return shapes


def _slant(outline: np.ndarray, k: int) -> float:
    """The cotangent of half the inner angle at a corner."""
    before, after = outline[k - 1] - outline[k], outline[(k + 1) % len(outline)] - outline[k]
    angle = np.arctan2(_cross(after, before), float(after @ before)) % (2 * np.pi)
    return float(1.0 / np.tan(np.clip(angle / 2, 0.2, np.pi - 0.2)))


def _cross(a: np.ndarray, b: np.ndarray) -> float:
    return float(a[0] * b[1] - a[1] * b[0])


def prism(outline: np.ndarray, low: float, high: float) -> Shape:
    """A solid of a simple polygon (N, 2) from ``low`` to ``high``."""
    outline = np.asarray(outline, float)
    if sum(_cross(a, b) for a, b in zip(outline, np.roll(outline, -1, axis=0), strict=True)) < 0:
        outline = outline[::-1]
    count = len(outline)
    triangles = np.array(triangulate(outline))
    vertices = np.concatenate([np.column_stack([outline, np.full(count, z)]) for z in (low, high)])
    step = np.arange(count)
    walls = np.stack([step, (step + 1) % count, (step + 1) % count + count, step + count], axis=1)
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.roll(outline, -1, axis=0) - outline, axis=1))])
    quads = ((along[:-1], low), (along[1:], low), (along[1:], high), (along[:-1], high))
    wall_uvs = np.stack([np.column_stack([u, np.full(count, z)]) for u, z in quads], axis=1)
    corners = np.concatenate([triangles[:, ::-1].ravel(), (triangles + count).ravel(), walls.ravel()])
    uvs = np.concatenate([outline[triangles[:, ::-1].ravel()], outline[triangles.ravel()], wall_uvs.reshape(-1, 2)])
    sizes = np.concatenate([np.full(2 * len(triangles), 3), np.full(count, 4)])
    return outward(Shape(vertices, corners, sizes, uvs))


def triangulate(outline: np.ndarray) -> list[tuple[int, int, int]]:
    """The triangles of a simple counter-clockwise polygon (ear clipping)."""
    left = list(range(len(outline)))
    triangles = []
    while len(left) > 3:
        for k in range(len(left)):
            a, b, c = left[k - 1], left[k], left[(k + 1) % len(left)]
            corner = outline[[a, b, c]]
            if _cross(corner[1] - corner[0], corner[2] - corner[1]) <= 1e-12:
                continue
            others = outline[[i for i in left if i not in (a, b, c)]]
            edges = np.roll(corner, -1, axis=0) - corner
            inside = np.ones(len(others), bool)
            for point, edge in zip(corner, edges, strict=True):
                inside &= edge[0] * (others[:, 1] - point[1]) - edge[1] * (others[:, 0] - point[0]) >= -1e-12
            if not inside.any():
                triangles.append((a, b, c))
                del left[k]
                break
        else:  # only slivers are left
            triangles += [(left[0], left[k], left[k + 1]) for k in range(1, len(left) - 1)]
            return triangles
    return [*triangles, (left[0], left[1], left[2])]


def openings_of(plan: FloorPlan, index: int) -> list[tuple[Gap, Wall]]:
    """The openings in the walls of a room."""
    return [(gap, plan.walls[gap.wall]) for gap in plan.gaps if index in (plan.walls[gap.wall].left, plan.walls[gap.wall].right)]


def local_room(plan: FloorPlan, index: int) -> tuple[Room, np.ndarray]:
    """A room of the plan in a frame of its own, along its longest wall, and that frame (4, 4) in the home."""
    corners = plan.rooms[index].corners
    edges = np.roll(corners, -1, axis=0) - corners
    longest = edges[np.linalg.norm(edges, axis=1).argmax()]
    angle = float(np.arctan2(longest[1], longest[0]))
    angle -= round(angle / (np.pi / 2)) * np.pi / 2
    cos, sin = np.cos(angle), np.sin(angle)
    turn = np.array([[cos, -sin], [sin, cos]])
    local = corners @ turn
    middle = (local.min(0) + local.max(0)) / 2
    size = local.max(0) - local.min(0)
    x, y = turn @ middle
    frame = pose(x, y, 0.0, angle)
    half = size / 2
    square = len(local) == 4 and np.abs(np.abs(local - middle) - half).max() < 0.004
    room = Room(float(size[0]), float(size[1]), plan.height, corners=None if square else local - middle)
    for gap, wall in openings_of(plan, index):
        opening = _opening(room, gap, wall, index, np.array([gap.x, gap.y]) @ turn - middle, turn)
        if opening is not None:
            room.openings.append(opening)
    room.openings.sort(key=lambda o: o.kind == WINDOW)
    return room, frame


def _opening(room: Room, gap: Gap, wall: Wall, index: int, point: np.ndarray, turn: np.ndarray) -> Opening | None:
    """The gap as an opening of the room's wall it lies in."""
    best, least = "", 0.5
    for side, frame in room.walls.items():
        offset = point - frame[:2, 3]
        away, along = abs(float(offset @ frame[:2, 1]) - wall.thickness / 2), abs(float(offset @ frame[:2, 0]))
        if away < least and along < room.length(side) / 2:
            best, least = side, away
    if not best:
        return None
    frame = room.walls[best]
    centre = float((point - frame[:2, 3]) @ frame[:2, 0])
    own = 1.0 if wall.left == index else -1.0
    other = wall.right if wall.left == index else wall.left
    inward = swing_side(wall, gap) == own or other == OUTSIDE
    hinge = hinge_end(wall, gap) * float(np.sign((wall.along @ turn) @ frame[:2, 0]) or 1.0)
    return Opening(gap.kind, best, centre, gap.width, gap.bottom, gap.top, hinge, inward and gap.kind == DOOR)
