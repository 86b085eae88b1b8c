"""What a level artist checks on a mesh before it goes into a game: holes, windings, UVs, symmetry, how it stands, its mass."""

from __future__ import annotations

import numpy as np

from ..scene import Mesh
from ..spatial.neighbours import nearest

SYMMETRIC = 0.012  # mean distance of mirrored points to the surface, as a share of the size, under which a thing is symmetric
SAMPLES = 1500
HEAVY = 25_000  # triangles above which a single prop is worth a warning
BASE = 0.02  # share of the height over the lowest point that counts as standing on the ground
FACING = {"seat", "sofa", "bed"}  # leaves whose higher side is their back
AXES = {"-Y": (0, -1), "+X": (1, 0), "+Y": (0, 1), "-X": (-1, 0)}


def inspect(mesh: Mesh, leaf: str = "", seed: int = 0) -> dict:
    """JSON facts: open_edges, flipped_faces (share), missing_uvs, volume_m3 (closed meshes), symmetry ("x", "y", "xy" or ""),
    stands (whether its centre is above what touches the ground), facing ("-Y" … or "", for seats and beds)."""
    open_edges, clashing = _edges(mesh)
    volume = _signed_volume(mesh)
    closed = open_edges == 0 and clashing == 0
    flipped = float(volume < 0) if closed else clashing / max(len(mesh.corners) / 2, 1)
    points = _points(mesh, seed)
    return {
        "open_edges": open_edges,
        "flipped_faces": round(min(flipped, 1.0), 4),
        "missing_uvs": mesh.uvs is None,
        "volume_m3": round(abs(volume), 9) if closed else None,
        "symmetry": _symmetry(points),
        "stands": _stands(mesh),
        "facing": _facing(points) if leaf in FACING else "",
    }


def warnings_of(found: dict, triangles: int) -> list[str]:
    """Full sentences on what should be repaired."""
    told = []
    if found["volume_m3"] is not None and found["flipped_faces"] == 1:
        told.append("Its faces point inwards: recalculate the normals outside.")
    elif found["flipped_faces"] > 0.002:
        told.append("Some neighbouring faces point opposite ways: recalculate the normals outside.")
    if found["missing_uvs"]:
        told.append("It has no UV map, so textures and lightmaps cannot be laid on it.")
    if triangles > HEAVY:
        told.append(f"{triangles:,} triangles are many for one object of a game: consider levels of detail.")
    return told


def mass_of(found: dict, shares: list[tuple[float, float]]) -> float | None:
    """Kilograms of a closed mesh if it were solid: ``shares`` are (share of the surface, density in kg/m³) of its materials."""
    total = sum(share for share, _ in shares)
    if found["volume_m3"] is None or total <= 0:
        return None
    return round(found["volume_m3"] * sum(share * density for share, density in shares) / total, 3)


def _edges(mesh: Mesh) -> tuple[int, int]:
    """How many edges have one face only, and along how many two faces run the same way."""
    starts, sizes = mesh.face_starts, mesh.face_sizes
    last = np.arange(len(mesh.corners)) == np.repeat(starts + sizes - 1, sizes)
    ahead = np.where(last, np.repeat(starts, sizes), np.arange(len(mesh.corners)) + 1)
    size = np.ptp(mesh.vertices, axis=0).max() or 1.0
    _, merged = np.unique(np.round(mesh.vertices / size, 6), axis=0, return_inverse=True)  # seams split vertices, not surfaces
    first = merged.reshape(-1)[mesh.corners].astype(np.int64)
    second = first[ahead]
    lower, upper = np.minimum(first, second), np.maximum(first, second)
    _, edge = np.unique(lower * len(mesh.vertices) + upper, return_inverse=True)
    along = np.bincount(edge.reshape(-1), np.where(first < second, 1, -1))  # 0 where every run has one the other way
    return int((np.abs(along) == 1).sum()), int((np.abs(along) > 1).sum())


def _signed_volume(mesh: Mesh) -> float:
    """m³ by the divergence theorem; positive when faces point outwards, meaningless for an open mesh."""
    corners = mesh.vertices.astype(np.float64)[mesh.corners[mesh.triangles()[0]]]
    corners = corners - mesh.vertices.mean(axis=0)
    return float(np.einsum("ij,ij->i", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])).sum() / 6)


def _points(mesh: Mesh, seed: int) -> np.ndarray:
    """(SAMPLES, 3) random points on the surface, centred on the box and scaled to its longest side."""
    corners = mesh.vertices.astype(np.float64)[mesh.corners[mesh.triangles()[0]]]
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    rng = np.random.default_rng(seed)
    hit = np.searchsorted(np.cumsum(area), rng.random(SAMPLES) * area.sum()).clip(max=len(area) - 1)
    a, b = np.sqrt(rng.random((SAMPLES, 1))), rng.random((SAMPLES, 1))
    points = (1 - a) * corners[hit, 0] + a * (1 - b) * corners[hit, 1] + a * b * corners[hit, 2]
    low, high = points.min(axis=0), points.max(axis=0)
    return (points - (low + high) / 2) / max((high - low).max(), 1e-12)


def _symmetry(points: np.ndarray) -> str:
    floor = nearest(points[1::2], points[::2], 1)[0].mean()  # the distance between two samples of one surface
    found = ""
    for axis, name in ((0, "x"), (1, "y")):
        mirrored = points[::2] * np.where(np.arange(3) == axis, -1, 1)
        if nearest(points[1::2], mirrored, 1)[0].mean() < floor + SYMMETRIC:
            found += name
    return found


def _stands(mesh: Mesh) -> bool:
    vertices = mesh.vertices[np.unique(mesh.corners)]
    low, high = vertices.min(axis=0), vertices.max(axis=0)
    base = vertices[vertices[:, 2] <= low[2] + BASE * max(high[2] - low[2], 1e-9)][:, :2]
    centre = _centre(mesh)[:2]
    slack = 0.02 * max(float((high - low).max()), 1e-9)
    return bool((base.min(axis=0) - slack <= centre).all() and (centre <= base.max(axis=0) + slack).all())


def _centre(mesh: Mesh) -> np.ndarray:
    corners = mesh.vertices.astype(np.float64)[mesh.corners[mesh.triangles()[0]]]
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    return (corners.mean(axis=1) * area[:, None]).sum(axis=0) / max(area.sum(), 1e-12)


def _facing(points: np.ndarray) -> str:
    """Where a seat looks: away from the side whose upper part holds most of the surface."""
    upper = points[points[:, 2] > np.quantile(points[:, 2], 0.75)][:, :2].mean(axis=0)
    if np.linalg.norm(upper) < 0.05:
        return ""
    return min(AXES, key=lambda name: float(np.dot(upper, AXES[name])))
