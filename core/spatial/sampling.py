"""Meshes → point cloud."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..cloud import PointCloud
from ..errors import WorldwrightError
from ..progress import Progress, silent
from ..scene import Mesh
from .farthest import farthest_points
from .poisson import poisson_disk
from .surface import GREY, Surface

LIMITS = {"area": 10_000_000, "farthest": 200_000, "poisson": 200_000}  # points in one cloud
DARTS = {"area": 1, "farthest": 4, "poisson": 8}  # points drawn for every point kept


def sample(
    meshes: list[Mesh],
    count: int = 10_000,
    method: str = "area",
    density: float | None = None,
    seed: int = 0,
    name: str = "",
    progress: Progress = silent,
) -> PointCloud:
    """Points on the surfaces of ``meshes``, each with position, normal, colour, face, object and material.

    ``method``: "area" spreads them evenly at random (in strata, so that equal areas get equal counts); "farthest" takes
    from four times as many always the one farthest from all before it; "poisson" keeps a minimum distance between all.
    ``density``, points per square metre, replaces ``count``. The same meshes and seed give the same points.
    Raises WorldwrightError when there is nothing to sample or too much is asked for.
    """
    if method not in LIMITS:
        raise WorldwrightError(f"There is no sampling method “{method}”.", f"Use one of: {', '.join(LIMITS)}.")
    if not meshes:
        raise WorldwrightError("There is nothing to sample.", "Select at least one mesh.")
    surfaces = [Surface(mesh) for mesh in meshes]
    area = sum(surface.area for surface in surfaces)
    if not area > 0:
        raise _no_surface(meshes)
    count = _asked(count, density, area, method)
    rng = np.random.default_rng(seed)
    owner, triangle, weights = _throw(surfaces, count * DARTS[method], rng)
    positions = _on_each(surfaces, owner, lambda surface, here: surface.positions(triangle[here], weights[here]))
    if method != "area":
        if method == "farthest":
            kept = farthest_points(positions, count, progress=progress)
        else:
            kept, _ = poisson_disk(positions, count, area, progress)
        owner, triangle, weights, positions = owner[kept], triangle[kept], weights[kept], positions[kept]
    return _cloud(name or meshes[0].name, surfaces, owner, triangle, weights, positions)


def _asked(count: int, density: float | None, area: float, method: str) -> int:
    if density is not None:
        if not (np.isfinite(density) and density > 0):
            raise WorldwrightError(f"A density of {density:g} points per square metre is not possible.", "Use a number above 0.")
        wanted = density * area
    else:
        wanted = count
    if wanted > LIMITS[method]:
        area_note = f" (a density of {density:g} on {area:,.1f} m²)" if density is not None else ""
        raise WorldwrightError(
            f"{wanted:,.0f} points{area_note} are too many: the method “{method}” makes at most {LIMITS[method]:,}.",
            "Ask for fewer" + ("." if method == "area" else ", or use the method “area”."),
        )
    if wanted < 1 and density is None:
        raise WorldwrightError(f"{count} points cannot be made.", "Ask for at least one.")
    return max(1, round(wanted))


def _no_surface(meshes: list[Mesh]) -> WorldwrightError:
    names = ", ".join(f"“{mesh.name}”" for mesh in meshes[:3]) + (" and others" if len(meshes) > 3 else "")
    if not any(len(mesh.face_sizes) for mesh in meshes):
        return WorldwrightError(f"There is nothing to sample: {names} without any face.", "Select meshes that have faces.")
    return WorldwrightError(f"There is nothing to sample: the faces of {names} have no area.", "Scale them up, or leave them out.")


def _throw(
    surfaces: list[Surface], count: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """``count`` darts in random order: the surface hit (M,), its triangle (M,), barycentric weights (M, 3) float32."""
    ends = np.cumsum([surface.area for surface in surfaces])
    aim = (np.arange(count) + rng.random(count)) * (ends[-1] / count)  # one dart in each of ``count`` equal shares of the area
    owner = np.minimum(np.searchsorted(ends, aim, side="right"), np.flatnonzero(np.diff(ends, prepend=0.0))[-1])
    triangle = np.empty(count, np.int64)
    for number in np.unique(owner):
        here, surface = owner == number, surfaces[number]
        last = np.searchsorted(surface.cumulative, surface.area, side="left")  # trailing triangles may be degenerate
        depth = np.maximum(aim[here] - (ends[number] - surface.area), 0)
        within = np.searchsorted(surface.cumulative, depth, side="right")
        triangle[here] = np.minimum(within, last)
    order = rng.permutation(count)
    across, along = np.sqrt(rng.random(count, np.float32)), rng.random(count, np.float32)
    weights = np.stack([1 - across, across * (1 - along), across * along], axis=1)
    return owner[order], triangle[order], weights


Index = np.ndarray | slice


def _on_each(surfaces: list[Surface], owner: np.ndarray, of: Callable[[Surface, Index], np.ndarray]) -> np.ndarray:
    """(M, 3) float32: ``of(surface, index)`` of each surface's darts, in the darts' order."""
    if len(surfaces) == 1:
        return of(surfaces[0], slice(None))
    result = np.empty((len(owner), 3), np.float32)
    for number in np.unique(owner):
        here = np.flatnonzero(owner == number)
        result[here] = of(surfaces[number], here)
    return result


def _cloud(
    name: str, surfaces: list[Surface], owner: np.ndarray, triangle: np.ndarray, weights: np.ndarray, positions: np.ndarray
) -> PointCloud:
    materials = {id(material): material for surface in surfaces for material in surface.mesh.materials}
    number_of = {key: number for number, key in enumerate(materials)}
    face, slot = np.empty(len(owner), np.int32), np.empty(len(owner), np.int32)
    for number in np.unique(owner):
        surface, here = surfaces[number], np.flatnonzero(owner == number)
        face[here] = surface.face[triangle[here]]
        names = np.array([*(number_of[id(material)] for material in surface.mesh.materials), -1], np.int32)
        slot[here] = names[surface.slots(triangle[here])]
    colored = any(surface.mesh.colors is not None or surface.mesh.materials for surface in surfaces)

    def colors(surface: Surface, here: Index) -> np.ndarray:
        found = surface.colors(triangle[here], weights[here])
        return np.broadcast_to(np.array(GREY, np.float32), (len(triangle[here]), 3)) if found is None else found

    return PointCloud(
        name,
        positions,
        normals=_on_each(surfaces, owner, lambda surface, here: surface.normals(triangle[here], weights[here])),
        colors=_on_each(surfaces, owner, colors) if colored else None,
        face=face,
        object=owner.astype(np.int32),
        material=slot,
        object_names=[surface.mesh.name for surface in surfaces],
        material_names=[material.name for material in materials.values()],
    )
