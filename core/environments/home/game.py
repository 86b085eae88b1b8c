"""A home for a game engine: boxes for its walls, solids for floors and ceilings, and the floor figures may walk on."""

from __future__ import annotations

import numpy as np

from ...geometry.shape import Part, assemble
from ...scene import Mesh, Node, Scene
from ..checks import solid_boxes
from ..colliders import COLLIDER, box_mesh
from ..rooms import WINDOW
from ..space import AGENT_HEIGHT, AGENT_RADIUS, STEP
from .plan import FloorPlan, Wall
from .shell import ROOF, SLAB, prism

CELL = 0.1  # metres; of the walkable floor


def home_colliders(plan: FloorPlan) -> list[Node]:
    """Each wall as the boxes beside and above its doors (windows count as closed), each room's floor and ceiling."""
    nodes = []
    for index, wall in enumerate(plan.walls):
        name, half, start = f"Wall {index + 1}", wall.thickness / 2, 0.0
        pieces = []
        for middle, width, top in _doors(plan, index, wall):
            pieces += [(start, middle - width / 2, 0.0), (middle - width / 2, middle + width / 2, top)]
            start = middle + width / 2
        pieces = [piece for piece in [*pieces, (start, wall.length, 0.0)] if piece[1] - piece[0] > 0.01 < plan.height - piece[2]]
        for number, (left, right, bottom) in enumerate(pieces, 1):
            mesh = box_mesh(f"{name} collider", (left, -half, bottom), (right, half, plan.height))
            nodes.append(Node(f"{name} collider {number}", mesh=mesh, parent=name, role="collider"))
    for room in plan.rooms:
        for what, low, high in (("floor", -SLAB, 0.0), ("ceiling", plan.height, plan.height + ROOF)):
            name = f"{room.name} {what}"
            mesh = assemble(f"{name} collider", [Part("collider", prism(room.outline, low, high), COLLIDER)])
            nodes.append(Node(f"{name} collider", mesh=mesh, parent=name, role="collider"))
    return nodes


def walkable_floor(plan: FloorPlan, scene: Scene, parent: str) -> Node:
    """One flat mesh where the middle of a person of 0.3 m radius can be, around the furniture and through open doors."""
    corners = np.concatenate([room.outline for room in plan.rooms])
    x, y = (np.arange(corners[:, k].min(), corners[:, k].max() + CELL, CELL) for k in range(2))
    middles = np.stack(np.meshgrid(x + CELL / 2, y + CELL / 2), -1)
    floor = np.zeros(middles.shape[:2], bool)
    for room in plan.rooms:
        floor |= _inside(middles, room.corners)
    for index, wall in enumerate(plan.walls):
        for along, width, _ in _doors(plan, index, wall):
            offset = middles - wall.start
            beside = offset @ (-wall.along[1], wall.along[0])
            floor |= (np.abs(offset @ wall.along - along) <= width / 2) & (np.abs(beside) <= wall.thickness / 2 + CELL)
    boxes = solid_boxes(scene)
    for box in boxes[(boxes[:, 2] < AGENT_HEIGHT) & (boxes[:, 5] > STEP)]:
        floor &= ~((middles > box[:2]) & (middles < box[3:5])).all(-1)
    return Node("Walkable floor", mesh=_cells(_shrunk(floor), x, y), parent=parent, role="navmesh")


def _doors(plan: FloorPlan, index: int, wall: Wall) -> list[tuple[float, float, float]]:
    """Middle along the wall, width and top of its doors and passages, in order."""
    gaps = [gap for gap in plan.gaps if gap.wall == index and gap.kind != WINDOW]
    return sorted((float((np.array([gap.x, gap.y]) - wall.start) @ wall.along), gap.width, gap.top) for gap in gaps)


def _inside(points: np.ndarray, polygon: np.ndarray) -> np.ndarray:
    """Which of points (..., 2) lie in a polygon (N, 2): an odd number of its edges to the right."""
    inside = np.zeros(points.shape[:-1], bool)
    for a, b in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        if a[1] != b[1]:
            crosses = (a[1] > points[..., 1]) != (b[1] > points[..., 1])
            inside ^= crosses & (points[..., 0] < (b[0] - a[0]) * (points[..., 1] - a[1]) / (b[1] - a[1]) + a[0])
    return inside


def _shrunk(floor: np.ndarray) -> np.ndarray:
    """Cells whose surroundings, a disc of a person's radius, are all floor."""
    reach = round(AGENT_RADIUS / CELL)
    padded, kept = np.pad(floor, reach), floor.copy()
    rows, columns = floor.shape
    for dy, dx in np.ndindex(2 * reach + 1, 2 * reach + 1):
        if (dy - reach) ** 2 + (dx - reach) ** 2 <= reach**2:
            kept &= padded[dy : dy + rows, dx : dx + columns]
    return kept


def _cells(free: np.ndarray, x: np.ndarray, y: np.ndarray) -> Mesh:
    """The free cells (H, W) as squares with shared corners; ``x``, ``y``: their low edges."""
    row, column = np.nonzero(free)
    wide = len(x) + 1
    first = row * wide + column
    used, corners = np.unique(np.stack([first, first + 1, first + wide + 1, first + wide], axis=1).ravel(), return_inverse=True)
    points = np.column_stack([x[0] + used % wide * CELL, y[0] + used // wide * CELL, np.zeros(len(used))])
    return Mesh("Walkable floor", points.astype(np.float32), corners.ravel().astype(np.int32), np.full(len(row), 4, np.int32))
