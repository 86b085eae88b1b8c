"""The ground as chunks whose borders match, its water surface, its coarse versions for physics and far views."""

from __future__ import annotations

import numpy as np

from ...geometry.contour import blurred, filled
from ...geometry.quads import Quads
from ...progress import Progress
from ...scene import Material, Mesh, Node
from ..materials.ground import water_surface
from .brief import LandscapeBrief
from .ground import Cover, bake
from .water import Water

CHUNKS = 8  # along each side
NEAR_PIXELS, MIDDLE_PIXELS, FAR_PIXELS = 1024, 256, 128


def chunk_nodes(
    heights: np.ndarray, cover: Cover, brief: LandscapeBrief, water: Water, eye: np.ndarray, parent: str, progress: Progress
) -> list[Node]:
    """The ground in 8 x 8 chunks; chunks share the vertices on their borders, those near the camera have the finest colours."""
    cells = len(heights) - 1
    step = cells // CHUNKS
    spacing = brief.size / cells
    across = step * spacing
    nodes = []
    normals = _normals(heights, spacing)
    for i in range(CHUNKS):
        progress(i / CHUNKS, "Painting the ground")
        for j in range(CHUNKS):
            name = f"Ground {i + 1}-{j + 1}"
            origin = (j * across - brief.size / 2, i * across - brief.size / 2)
            away = max(abs(origin[0] + across / 2 - eye[0]), abs(origin[1] + across / 2 - eye[1])) - across / 2
            pixels = NEAR_PIXELS if away < 0.12 * across else (MIDDLE_PIXELS if away < 1.1 * across else FAR_PIXELS)
            texture = bake(cover, brief, origin, across, pixels, name, water.level, heights)
            material = Material(name, (0.3, 0.3, 0.2, 1.0), roughness=0.95, base_color_texture=texture)
            window = slice(i * step, (i + 1) * step + 1), slice(j * step, (j + 1) * step + 1)
            mesh = grid_mesh(name, heights[window], spacing, origin, material, normals[window])
            nodes.append(Node(name, mesh=mesh, parent=parent, label="terrain", role="floor",
                              properties={"chunk": [i, j], "metres": round(across, 3)}))  # fmt: skip
            if brief.lods:
                nodes += _coarse(name, heights[window], spacing, origin, material, normals[window])
    return nodes


def grid_mesh(
    name: str,
    heights: np.ndarray,
    spacing: float,
    origin: tuple[float, float],
    material: Material | None,
    normals: np.ndarray | None,
) -> Mesh:
    """A grid of quads over ``heights`` (R, C), UVs 0..1 over the whole."""
    rows, columns = heights.shape
    x = origin[0] + np.arange(columns, dtype=np.float32) * np.float32(spacing)
    y = origin[1] + np.arange(rows, dtype=np.float32) * np.float32(spacing)
    vertices = np.stack([np.broadcast_to(x, heights.shape), np.broadcast_to(y[:, None], heights.shape), heights], axis=2).reshape(
        -1, 3
    )
    number = np.arange(rows * columns, dtype=np.int32).reshape(rows, columns)
    corners = np.stack([number[:-1, :-1], number[:-1, 1:], number[1:, 1:], number[1:, :-1]], axis=2).reshape(-1)
    uv = np.stack(np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows)), axis=2).reshape(-1, 2).astype(np.float32)
    faces = (rows - 1) * (columns - 1)
    mesh = Mesh(name, vertices, corners, np.full(faces, 4, np.int32), uvs=uv[corners], smooth=np.ones(faces, bool), sharp_angle=3.1)
    if material is not None:
        mesh.materials, mesh.material_index = [material], np.zeros(faces, np.int32)
    if normals is not None:
        mesh.normals = normals.reshape(-1, 3)[corners]
    return mesh


def _normals(heights: np.ndarray, spacing: float) -> np.ndarray:
    """(R, C, 3) from the whole terrain, so that shading runs on over the borders of chunks."""
    north, east = np.gradient(heights.astype(np.float32), np.float32(spacing))
    normal = np.stack([-east, -north, np.ones_like(east)], axis=2)
    return normal / np.linalg.norm(normal, axis=2, keepdims=True)


def _coarse(name: str, heights: np.ndarray, spacing: float, origin: tuple[float, float], material: Material, normals) -> list[Node]:
    """A half and a quarter as fine, their borders hung with skirts that hide the gaps to finer neighbours."""
    made = []
    for level, every in ((1, 2), (2, 4)):
        if (len(heights) - 1) % every:
            continue
        coarse = heights[::every, ::every]
        mesh = grid_mesh(f"{name} LOD{level}", coarse, spacing * every, origin, material, None)
        _add_skirt(mesh, (len(coarse), coarse.shape[1]), spacing * every)
        made.append(Node(mesh.name, mesh=mesh, parent=name, role="lod", properties={"lod": level, "lod_of": name}))
    return made


def _add_skirt(mesh: Mesh, shape: tuple[int, int], drop: float) -> None:
    rows, columns = shape
    number = np.arange(rows * columns).reshape(shape)
    rim = np.concatenate([number[0, :-1], number[:-1, -1], number[-1, :0:-1], number[:0:-1, 0]])
    below = mesh.vertices[rim] - np.array([0, 0, drop], np.float32)
    lower = np.arange(len(rim)) + len(mesh.vertices)
    quads = np.stack([np.roll(rim, -1), rim, lower, np.roll(lower, -1)], axis=1).astype(np.int32)
    uv_of = np.empty((len(mesh.vertices), 2), np.float32)
    uv_of[mesh.corners] = mesh.uvs
    uv = np.concatenate([uv_of, uv_of[rim]])
    mesh.vertices = np.concatenate([mesh.vertices, below]).astype(np.float32)
    mesh.corners = np.concatenate([mesh.corners, quads.ravel()]).astype(np.int32)
    mesh.face_sizes = np.concatenate([mesh.face_sizes, np.full(len(quads), 4, np.int32)])
    mesh.uvs = uv[mesh.corners]
    mesh.smooth = np.ones(len(mesh.face_sizes), bool)
    mesh.material_index = np.zeros(len(mesh.face_sizes), np.int32)


def water_nodes(heights: np.ndarray, brief: LandscapeBrief, water: Water, parent: str) -> list[Node]:
    """The surface of still water where the ground lies below it, and the river as a ribbon."""
    nodes = []
    if water.level is not None:
        every = max(1, len(heights) // 256)
        place = np.linspace(-brief.size / 2, brief.size / 2, len(heights))[::every]
        depth = blurred(water.level + 0.25 - heights, 1)[::every, ::every]
        quads, _ = filled(depth, place, place, 0.0, water.level)
        if len(quads):
            finish = water_surface("sea" if brief.kind == "coast" else "lake")
            if brief.kind == "coast":
                quads = np.concatenate([quads, _open_sea(brief.size, water.level)])
            mesh = Quads().add(quads, finish, "water").mesh("Water")
            nodes.append(Node("Water", mesh=mesh, parent=parent, label="water"))
    if water.river is not None:
        nodes.append(Node("River", mesh=_ribbon(water), parent=parent, label="water"))
    return nodes


def _open_sea(size: float, level: float) -> np.ndarray:
    """(3, 4, 3) water that goes on beyond the south, east and west edges to the horizon."""
    half, far = size / 2, 8 * size
    rectangles = ((-far, -far, far, -half), (-far, -half, -half, half * 0.2), (half, -half, far, half * 0.2))
    return np.array([[(a, b, level), (c, b, level), (c, d, level), (a, d, level)] for a, b, c, d in rectangles])


def _ribbon(water: Water) -> Mesh:
    line, finish = water.river, water_surface("river")
    assert line is not None
    ahead = np.gradient(line[:, :2], axis=0)
    side = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1) / np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), 1e-6)
    half = 0.85 * water.width
    left = np.column_stack([line[:, :2] + side * half, line[:, 2]])
    right = np.column_stack([line[:, :2] - side * half, line[:, 2]])
    quads = np.stack([left[:-1], left[1:], right[1:], right[:-1]], axis=1)[:, ::-1]
    return Quads().add(quads, finish, "water").mesh("River")


def coarse_ground(heights: np.ndarray, brief: LandscapeBrief, water: Water, role: str, parent: str) -> Node:
    """The whole ground with 64 cells across: for physics, or, without water and steep slopes, for walking."""
    every = max(1, (len(heights) - 1) // 64)
    spacing = brief.size / (len(heights) - 1)
    low = heights[::every, ::every]
    mesh = grid_mesh("Walkable ground" if role == "navmesh" else "Ground collider", low, spacing * every,
                     (-brief.size / 2, -brief.size / 2), None, None)  # fmt: skip
    mesh.uvs = None
    if role == "navmesh":
        north, east = np.gradient(low, spacing * every)
        flat = np.hypot(north, east) < 0.7
        dry = flat if water.level is None else flat & (low > water.level + 0.1)
        keep = (dry[:-1, :-1] & dry[1:, :-1] & dry[:-1, 1:] & dry[1:, 1:]).ravel()
        corners = mesh.corners.reshape(-1, 4)[keep]
        used, renumbered = np.unique(corners, return_inverse=True)
        mesh = Mesh(mesh.name, mesh.vertices[used], renumbered.reshape(-1), np.full(len(corners), 4))
    return Node(mesh.name, mesh=mesh, parent=parent, role=role)
