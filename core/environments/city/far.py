"""Buildings far away: boxes with painted façades on one shared sheet, and whole blocks of them as one mesh."""

from __future__ import annotations

import numpy as np

from ...geometry.quads import Quads
from ...geometry.shape import Finish
from ...scene import SRGB, Material, Mesh, Node, Texture
from ..materials.color import encoded, linear
from ..scatter import placing
from .building import BuildingSpec
from .plan import KERB, Plan

SHEET, CELL = 1024, 128  # pixels of the sheet and of a façade on it; a further sheet is begun when one is full
PER_SHEET = (SHEET // CELL) ** 2
ROOF_PIXELS = 6  # the lowest rows of a cell carry the roof's colour


def far_nodes(plan: Plan, meshes: dict[BuildingSpec, Mesh], parent: str) -> list[Node]:
    """For every building a node of role "lod" (level 1, at most 20 triangles), and for every block one (level 2)."""
    boxes = _boxes(meshes)
    shared = {spec: quads.mesh(f"{spec.style.name.capitalize()} LOD1 {k}") for k, (spec, quads) in enumerate(boxes.items(), 1)}
    nodes: list[Node] = []
    blocks: dict[int, Quads] = {}
    for number, lot in enumerate(plan.lots, 1):
        name = f"Building {number}"
        properties = {"lod": 1, "lod_of": name}
        nodes.append(Node(f"{name} LOD1", mesh=shared[lot.spec], parent=name, role="lod", properties=properties))
        place = placing(lot.x, lot.y, KERB - 0.02, lot.yaw).astype(float)
        blocks.setdefault(lot.block, Quads()).join(boxes[lot.spec].moved(place))
    for block, quads in sorted(blocks.items()):
        name = f"Block {block + 1} LOD2"
        nodes.append(Node(name, mesh=quads.mesh(name), parent=parent, role="lod", properties={"lod": 2, "block": int(block)}))
    return nodes


def _boxes(meshes: dict[BuildingSpec, Mesh]) -> dict[BuildingSpec, Quads]:
    """The box of every building, its walls showing its own façade."""
    made: dict[BuildingSpec, Quads] = {}
    specs = list(meshes)
    for start in range(0, len(specs), PER_SHEET):
        some = specs[start : start + PER_SHEET]
        sheet = np.zeros((SHEET, SHEET, 3), np.uint8)
        for k, spec in enumerate(some):
            row, column = divmod(k, SHEET // CELL)
            sheet[row * CELL : (row + 1) * CELL, column * CELL : (column + 1) * CELL] = paint_front(meshes[spec], spec)
        name = f"Façades far away {start // PER_SHEET + 1}"
        finish = Finish(Material(name, (0.5, 0.45, 0.4, 1.0), roughness=0.85, base_color_texture=Texture(name, sheet, SRGB)))
        for k, spec in enumerate(some):
            row, column = divmod(k, SHEET // CELL)
            cell = (column * CELL / SHEET, 1 - (row + 1) * CELL / SHEET, CELL / SHEET)
            made[spec] = _box(spec, meshes[spec], finish, cell)
    return made


def _box(spec: BuildingSpec, mesh: Mesh, finish: Finish, cell: tuple[float, float, float]) -> Quads:
    """Four walls and a flat or pitched top: 10 to 12 triangles."""
    x, y, eaves = spec.width / 2, spec.depth / 2, spec.eaves
    top = float(np.quantile(mesh.vertices[:, 2], 0.98))
    u0, v0, size = cell
    low, high = v0 + size * (ROOF_PIXELS + 1) / CELL, v0 + size * 0.996
    wall = np.array([[(u0 + 0.002, low), (u0 + size - 0.002, low), (u0 + size - 0.002, high), (u0 + 0.002, high)]])
    left, right, near, far = u0 + 0.3 * size, u0 + 0.7 * size, v0 + size / CELL, v0 + size * (ROOF_PIXELS - 1) / CELL
    roof = np.array([[(left, near), (right, near), (right, far), (left, far)]])
    quads = Quads()
    ring = [(-x, -y), (x, -y), (x, y), (-x, y)]
    for k in range(4):
        a, b = ring[k], ring[(k + 1) % 4]
        quads.add([[(*a, 0.0), (*b, 0.0), (*b, eaves), (*a, eaves)]], finish, "wall", wall)
    if spec.style.roof == "flat":
        return quads.add([[(*p, eaves + 0.4) for p in ring]], finish, "roof", roof)
    west, east = (-x, 0.0, top), (x, 0.0, top)
    slopes = [[(-x, -y, eaves), (x, -y, eaves), east, west], [(x, y, eaves), (-x, y, eaves), west, east]]
    quads.add(slopes, finish, "roof", np.repeat(roof, 2, axis=0))
    ends = [[(-x, y, eaves), (-x, -y, eaves), west, west], [(x, -y, eaves), (x, y, eaves), east, east]]
    return quads.add(ends, finish, "gable", np.repeat(roof, 2, axis=0))


def paint_front(mesh: Mesh, spec: BuildingSpec) -> np.ndarray:
    """(CELL, CELL, 3) uint8: the building's front from the ground to the eaves, each face in its material's mean colour.

    Faces are painted from back to front, darker the deeper they lie in the wall; the lowest rows are the roof's colour.
    """
    colors = np.array([_mean(material) for material in mesh.materials])
    starts = mesh.face_starts
    quad = mesh.face_sizes == 4
    points = mesh.vertices[mesh.corners[starts[quad][:, None] + np.arange(4)]]
    index = np.asarray(mesh.material_index)[quad]
    normal = np.cross(points[:, 2] - points[:, 0], points[:, 3] - points[:, 1])
    front = normal[:, 1] < -0.7 * np.linalg.norm(normal, axis=1)
    depth = points[:, :, 1].mean(axis=1) + spec.depth / 2
    solid = np.array([not material.alpha_clip for material in mesh.materials])
    keep = front & (depth < 1.0) & solid[index]
    points, index, depth = points[keep], index[keep], depth[keep]
    rows = CELL - ROOF_PIXELS
    u = (points[..., 0] / spec.width + 0.5) * CELL
    v = points[..., 2] / spec.eaves * rows
    picture = np.empty((rows, CELL, 3))
    picture[:] = _mean(spec.style.wall_finish.material)
    for k in np.argsort(-depth, kind="stable"):
        left, right = int(np.clip(np.rint(u[k].min()), 0, CELL)), int(np.clip(np.rint(u[k].max()), 0, CELL))
        low, high = int(np.clip(np.rint(v[k].min()), 0, rows)), int(np.clip(np.rint(v[k].max()), 0, rows))
        picture[low:high, left:right] = colors[index[k]] * (1.0 - 0.45 * np.clip(depth[k] * 3, 0, 1))
    roof = np.broadcast_to(_mean(spec.style.finish(spec.style.cover).material), (ROOF_PIXELS, CELL, 3))
    whole = np.concatenate([roof, picture])[::-1]
    return np.rint(encoded(whole) * 255).astype(np.uint8)


def _mean(material: Material) -> np.ndarray:
    """A material's mean linear colour."""
    if material.base_color_texture is None:
        return np.array(material.base_color[:3])
    return linear(material.base_color_texture.pixels[::8, ::8, :3] / 255.0).reshape(-1, 3).mean(axis=0)
