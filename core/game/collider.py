"""Collision shapes: convex, closed, enclosing, with few corners, as meshes of their own."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass

import numpy as np

from ..scene import Mesh, Skeleton
from .collapse import Surface, collapse
from .hull import convex_hull, is_convex, volume
from .topology import find_edges, pieces, welded

ROUND = 12  # corners around a sphere or capsule
BULGE = 1.0 / np.cos(np.pi / ROUND)  # how far a polygon's corners stand out for its sides to lie outside the circle
MOST_VERTICES = 64  # whose triangles are fewer than the 255 that PhysX takes
ERROR = 0.1  # how far from convex a part may be, as coacd measures it, and how much emptier than what it encloses
COUNT = 32
SMALL = 1e-4  # of the bounding box: less emptiness than this is not worth a cut
HALVINGS = 3  # at most: so often a surface is cut in two where coacd does not do it
PATIENCE = 5.0  # seconds for coacd
LITRES, SHARE = 0.002, 0.005  # cubic metres, and of what the whole mesh encloses: emptiness not worth a cut either
CUT = 240  # triangles that coacd gets to see of a piece: it needs minutes for thousands
SHEET = 0.01  # metres: how thick an open surface is taken to be
ROUGHLY = 24  # corners of hulls whose volumes are only compared
NEAR = 6  # pairs of hulls looked at closely before one is joined
LIMB = 85  # percentile of the distances of a bone's vertices that its capsule reaches
MAIN_WEIGHT = 0.5  # of a vertex: what makes it one of a bone's own


COACD = """
import sys, coacd, numpy as np
coacd.set_log_level("off")
given = np.load(sys.argv[1])
mesh = coacd.Mesh(given["points"], given["triangles"])
parts = coacd.run_coacd(mesh, threshold=float(sys.argv[3]), max_convex_hull=int(sys.argv[4]), preprocess_mode="auto",
    preprocess_resolution=30, resolution=400, mcts_nodes=8, mcts_iterations=20, mcts_max_depth=1, seed=0)
np.savez(sys.argv[2], *[np.asarray(points, np.float64) for points, _ in parts])
"""


def box(mesh: Mesh) -> Mesh:
    """The mesh's bounding box along its own axes: 8 vertices, 6 faces. Raises WorldwrightError for a mesh without vertices."""
    low, high = mesh.bounds
    middle, half = (low + high) / 2, np.maximum((high - low) / 2, 5e-4)
    corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]) * half + middle
    faces = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])
    return Mesh.from_faces(f"{mesh.name} box", corners, faces)


def sphere(mesh: Mesh) -> Mesh:
    """A sphere around the mesh: the box's middle and the farthest vertex from it. Raises WorldwrightError like ``box``."""
    low, high = mesh.bounds
    middle = (low + high).astype(np.float64) / 2
    radius = float(np.linalg.norm(mesh.vertices - middle, axis=1).max())
    return _round(f"{mesh.name} sphere", middle, middle, radius)


def capsule(mesh: Mesh) -> Mesh:
    """A capsule around the mesh along the longest side of its bounding box. Raises WorldwrightError like ``box``."""
    low, high = mesh.bounds
    axis, middle = int(np.argmax(high - low)), (low + high).astype(np.float64) / 2
    along = np.eye(3)[axis]
    place = (mesh.vertices - middle) @ along
    radius = float(np.linalg.norm(mesh.vertices - middle - place[:, None] * along, axis=1).max())
    # A cap of this radius holds a vertex that lies r from the axis when it starts sqrt(radius² - r²) before it.
    inset = np.sqrt(np.maximum(radius**2 - np.square(mesh.vertices - middle - place[:, None] * along).sum(axis=1), 0))
    top, bottom = float((place - inset).max()), float((place + inset).min())
    top, bottom = max(top, bottom), min(top, bottom)
    return _round(f"{mesh.name} capsule", middle + bottom * along, middle + top * along, radius)


def hull(mesh: Mesh, most_vertices: int = MOST_VERTICES) -> Mesh:
    """The mesh's convex hull with at most ``most_vertices`` (8 or more) vertices. Raises WorldwrightError like ``box``."""
    _ = mesh.bounds
    return _mesh(f"{mesh.name} hull", *convex_hull(mesh.vertices, most_vertices))


def decompose(
    mesh: Mesh, error: float = ERROR, count: int = COUNT, most_vertices: int = MOST_VERTICES, thorough: bool = True
) -> list[Mesh]:
    """At most ``count`` convex meshes that together enclose the mesh and follow it to within ``error``.

    Each loose piece of the mesh gets a hull; a piece whose hull is emptier than ``error`` allows is cut by coacd (Wei et al.,
    2022), or in halves where that package is missing or not ``thorough`` (milliseconds instead of seconds). Hulls are then
    joined, those whose joining adds the least volume first, while there are more than ``count`` or joining adds almost none.
    Raises WorldwrightError like ``box``.
    """
    _ = mesh.bounds
    triangles = mesh.corners[mesh.triangles()[0]]
    if len(triangles) == 0:
        return [hull(mesh, most_vertices)]
    triangles = welded(mesh.vertices, triangles)[triangles]
    piece = pieces(triangles, len(mesh.vertices))[triangles[:, 0]]
    clouds: list[np.ndarray] = []
    loose = [_loose(mesh.vertices, triangles[piece == name]) for name in np.unique(piece)]
    whole = sum(max(_inside(*one), 0.0) for one in loose)
    spare = max(SMALL * float(np.prod(np.ptp(mesh.vertices, axis=0) + 0.01)), min(LITRES, SHARE * whole))
    for cloud, corners in loose:
        clouds += _convex_parts(cloud, corners, error, spare, thorough)
    made = [convex_hull(cloud, most_vertices) for cloud in _joined(clouds, error, count, most_vertices)]
    return [_mesh(f"{mesh.name} hull {number}", *shape) for number, shape in enumerate(made, 1)]


@dataclass(frozen=True)
class BoneCapsule:
    """A capsule along a bone, in the character's space and rest pose: middles of its ends (3,), radius (metres), its mesh."""

    bottom: np.ndarray
    top: np.ndarray
    radius: float
    mesh: Mesh


def bone_capsules(skeleton: Skeleton, meshes: list[Mesh]) -> dict[str, BoneCapsule]:
    """Bone name -> a capsule along it, as wide as the flesh on it.

    ``meshes`` are skinned to the skeleton. Bones with too few vertices of their own (fingers' ends, eyes) get none.
    """
    own: dict[int, list[np.ndarray]] = {}
    for mesh in meshes:
        if mesh.skin is None:
            continue
        slot = mesh.skin.weights.argmax(axis=1)
        rows = np.arange(len(slot))
        bone, most = mesh.skin.joints[rows, slot], mesh.skin.weights[rows, slot]
        for joint in np.unique(bone):
            own.setdefault(int(joint), []).append(mesh.vertices[(bone == joint) & (most >= MAIN_WEIGHT)])
    found = {}
    for joint, parts in sorted(own.items()):
        points = np.concatenate(parts).astype(np.float64)
        head, tail = skeleton.heads[joint].astype(np.float64), skeleton.tails[joint].astype(np.float64)
        along = tail - head
        length = float(np.linalg.norm(along))
        if len(points) < 12 or length < 0.03:
            continue
        along /= length
        place = (points - head) @ along
        radius = max(float(np.percentile(np.linalg.norm(points - head - place[:, None] * along, axis=1), LIMB)), 0.005)
        low, high = np.percentile(place, (100 - LIMB, LIMB))
        bottom = head + min(low + radius, (low + high) / 2) * along
        top = head + max(high - radius, (low + high) / 2) * along
        name = skeleton.names[joint]
        found[name] = BoneCapsule(bottom, top, radius, _round(f"{name} capsule", bottom, top, radius))
    return found


def parts_volume(meshes: list[Mesh]) -> float:
    """Cubic metres of all the colliders together."""
    return sum(volume(mesh.vertices, mesh.corners[mesh.triangles()[0]]) for mesh in meshes)


def convex(mesh: Mesh) -> bool:
    """Whether a collider is convex, as engines take for granted."""
    return is_convex(mesh.vertices, mesh.corners[mesh.triangles()[0]])


def _loose(vertices: np.ndarray, triangles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Only the vertices (N, 3) that the triangles use, and the triangles among these."""
    used, lookup = np.unique(triangles, return_inverse=True)
    return vertices[used].astype(np.float64), lookup.reshape(-1, 3)


def _convex_parts(cloud: np.ndarray, lookup: np.ndarray, error: float, spare: float, thorough: bool) -> list[np.ndarray]:
    """Clouds of points whose hulls follow one loose piece; up to ``spare`` m³ of emptiness are not worth cutting it."""
    around, inside = volume(*convex_hull(cloud, 256)), _inside(cloud, lookup)
    if len(cloud) <= 8 or around <= (1 + error) * inside or around - inside <= spare:
        return [cloud]
    if len(lookup) > CUT:
        wedges = np.arange(len(cloud))
        simpler = collapse(Surface(cloud, lookup, wedges, lookup), CUT)
        rest, lookup = np.unique(simpler.vertex[simpler.triangles], return_inverse=True)
        cloud, lookup = cloud[rest], lookup.reshape(-1, 3)
    parts = _coacd(cloud, lookup, error) if thorough and _closed(cloud, lookup) else None
    return parts or _halves(cloud, lookup, error, HALVINGS)


def _coacd(points: np.ndarray, triangles: np.ndarray, error: float) -> list[np.ndarray] | None:
    """The corners of coacd's parts; None where it is not installed or takes too long, as it can for ever on odd shapes."""
    if importlib.util.find_spec("coacd") is None:
        return None
    with tempfile.TemporaryDirectory(prefix="worldwright-coacd-") as folder:
        given, made = os.path.join(folder, "in.npz"), os.path.join(folder, "out.npz")
        np.savez(given, points=points, triangles=triangles)
        command = [sys.executable, "-c", COACD, given, made, str(max(error / 2, 0.01)), str(COUNT)]
        try:
            subprocess.run(command, timeout=PATIENCE, capture_output=True, check=True, stdin=subprocess.DEVNULL)
            with np.load(made, allow_pickle=False) as parts:
                return [parts[name] for name in parts.files]
        except (subprocess.SubprocessError, OSError):
            return None


def _halves(points: np.ndarray, triangles: np.ndarray, error: float, depth: int) -> list[np.ndarray]:
    """The corners of a surface cut in two, again and again, across the axis along which it leaves the least empty."""
    whole = points[np.unique(triangles)]
    if depth == 0 or len(triangles) < 8:
        return [whole]
    middle = points[triangles].mean(axis=1)
    found = []
    for axis in range(3):
        near = middle[:, axis] <= np.median(middle[:, axis])
        if near.any() and not near.all():
            sides = [points[np.unique(triangles[side])] for side in (near, ~near)]
            found.append((sum(volume(*convex_hull(side)) for side in sides), near))
    if not found:
        return [whole]
    least, near = min(found, key=lambda one: one[0])
    if least > (1 - error) * volume(*convex_hull(whole)):
        return [whole]
    return [part for side in (near, ~near) for part in _halves(points, triangles[side], error, depth - 1)]


def _closed(points: np.ndarray, triangles: np.ndarray) -> bool:
    return bool((find_edges(triangles, np.arange(len(points)), len(points)).faces == 2).all())


def _inside(points: np.ndarray, triangles: np.ndarray) -> float:
    """Cubic metres within a piece; of an open one, a sheet: its area times how thick a sheet is taken to be."""
    if _closed(points, triangles):
        return volume(points, triangles)
    a, b, c = (points[triangles[:, k]] for k in range(3))
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2 * SHEET)


def _joined(clouds: list[np.ndarray], error: float, count: int, most_vertices: int) -> list[np.ndarray]:
    """Joins clouds pair by pair, the pair that adds the least volume first.

    Only pairs whose common bounding box is least larger than their own two are looked at more closely.
    """

    def corners(cloud: np.ndarray) -> tuple[np.ndarray, float]:
        return cloud, volume(*convex_hull(cloud, min(most_vertices, ROUGHLY)))

    shapes = dict(enumerate(map(corners, clouds)))
    joined: dict[tuple[int, int], tuple[np.ndarray, float]] = {}
    while len(shapes) > 1:
        names = list(shapes)
        low, high = (np.array([get(shapes[name][0], axis=0) for name in names]) for get in (np.min, np.max))
        own = np.prod(high - low, axis=1)
        first, second = np.triu_indices(len(names), 1)
        both = np.maximum(high[first], high[second]) - np.minimum(low[first], low[second])
        near = np.argsort(np.prod(both, axis=1) - own[first] - own[second], kind="stable")[:NEAR]
        pairs = [(names[first[k]], names[second[k]]) for k in near]
        for pair in pairs:
            if pair not in joined:
                joined[pair] = corners(np.concatenate([shapes[name][0] for name in pair]))
        added = [joined[pair][1] - sum(shapes[name][1] for name in pair) for pair in pairs]
        best = int(np.argmin(added))
        pair = pairs[best]
        if len(shapes) <= count and added[best] > 0.2 * error * sum(shapes[name][1] for name in pair):
            break
        shapes[max(shapes) + 1] = joined[pair]
        for name in pair:
            del shapes[name]
    return [cloud for cloud, _ in shapes.values()]


def _mesh(name: str, vertices: np.ndarray, triangles: np.ndarray) -> Mesh:
    return Mesh.from_faces(name, vertices, np.ascontiguousarray(triangles))


def _round(name: str, bottom: np.ndarray, top: np.ndarray, radius: float) -> Mesh:
    """A capsule between two middles (a sphere where they are one), its sides outside the round shape it stands for."""
    axis = top - bottom
    length = float(np.linalg.norm(axis))
    axis = axis / length if length > 1e-9 else np.array([0, 0, 1.0])
    side = np.cross(axis, np.eye(3)[int(np.argmin(np.abs(axis)))])
    side /= np.linalg.norm(side)
    reach = radius * BULGE**2
    turn = np.arange(ROUND) * 2 * np.pi / ROUND
    ring = np.cos(turn)[:, None] * side + np.sin(turn)[:, None] * np.cross(axis, side)
    lean = np.arange(ROUND // 4) * 2 * np.pi / ROUND
    levels = [(bottom, -angle) for angle in lean[::-1]] + [(top, angle) for angle in lean]
    if length <= 1e-9:
        del levels[ROUND // 4]  # both halves of a sphere share the ring in the middle
    rings = [middle + reach * (np.cos(angle) * ring + np.sin(angle) * axis) for middle, angle in levels]
    points = np.concatenate([*rings, [bottom - axis * reach, top + axis * reach]])
    here, beside = np.arange(ROUND), np.roll(np.arange(ROUND), -1)
    faces = [np.stack([np.full(ROUND, len(points) - 2), beside, here], axis=1)]
    for level in range(len(rings) - 1):
        low, high = level * ROUND, (level + 1) * ROUND
        faces.append(np.stack([low + here, low + beside, high + beside], axis=1))
        faces.append(np.stack([low + here, high + beside, high + here], axis=1))
    last = (len(rings) - 1) * ROUND
    faces.append(np.stack([np.full(ROUND, len(points) - 1), last + here, last + beside], axis=1))
    return _mesh(name, points, np.concatenate(faces))
