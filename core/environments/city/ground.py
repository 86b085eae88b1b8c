"""Roads, kerbs, pavements, lawns and road markings as meshes, from the areas of a plan."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...geometry.quads import Quads
from ...geometry.shape import Finish
from ...scene import Mesh, Node
from ..materials import ground
from .brief import CityBrief
from .plan import Plan

KERB_WIDTH = 0.16
NAMES = {"road": "Road", "pavement": "Pavement", "plaza": "Square ground", "grass": "Lawns", "path": "Paths", "lane": "Lane",
         "water": "Pond", "field": "Fields", "outskirts": "Outskirts"}  # fmt: skip


def surface(kind: str, brief: CityBrief) -> Finish:
    """What an area of a kind is covered with."""
    wet = brief.wet
    if brief.weather == "snow" and kind in ("grass", "field", "outskirts"):
        return ground.snow()
    surfaces: dict[str, Callable[[], Finish]] = {
        "road": lambda: ground.asphalt(wet), "lane": lambda: ground.asphalt(wet), "pavement": lambda: ground.paving(wet),
        "plaza": lambda: ground.cobbles(wet), "grass": ground.grass, "field": lambda: ground.grass("#66783c"),
        "outskirts": lambda: ground.grass("#5a6a3c"),
        "path": lambda: ground.gravel("#a99d8a"), "water": lambda: ground.water_surface("lake"),
    }  # fmt: skip
    return surfaces[kind]()


def ground_nodes(plan: Plan, brief: CityBrief, parent: str) -> list[Node]:
    """One node for each kind of area, one for the kerbs and one for the markings."""
    kinds: dict[str, Quads] = {}
    kerbs = Quads()
    for area in plan.areas:
        quads = kinds.setdefault(area.kind, Quads())
        outline = np.asarray(area.outline, float)
        if area.kerb:
            inner = _inset(outline, KERB_WIDTH)
            _kerb(kerbs, outline, inner, area.z, brief)
            outline = inner
        quads.add(_fan(outline, area.z), surface(area.kind, brief), area.kind)
    for kind, patch in plan.patches:
        kinds.setdefault(kind, Quads()).add(patch, surface(kind, brief), kind)
    for segments, z in plan.edges:
        _edge(kerbs, segments, z, brief)
    nodes = [Node(NAMES[kind], mesh=quads.mesh(NAMES[kind]), parent=parent, role="floor") for kind, quads in kinds.items()]
    if len(kerbs):
        nodes.append(Node("Kerbs", mesh=kerbs.mesh("Kerbs"), parent=parent))
    if plan.paint:
        nodes.append(Node("Road markings", mesh=_markings(plan, brief), parent=parent))
    return nodes


def _fan(outline: np.ndarray, z: float) -> np.ndarray:
    """(N, 4, 3) quads over a star-shaped outline: two by two about its middle; rectangles stay one quad."""
    ring = np.column_stack([outline, np.full(len(outline), z)])
    if len(ring) == 4:
        return ring[None]
    middle = np.append(outline.mean(axis=0), z)
    ahead = np.roll(ring, -1, axis=0)
    return np.stack([np.broadcast_to(middle, ring.shape), ring, ahead, ahead], axis=1)


def _inset(outline: np.ndarray, width: float) -> np.ndarray:
    ahead = np.roll(outline, -1, axis=0) - outline
    ahead /= np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), 1e-9)
    behind = np.roll(ahead, 1, axis=0)
    normal = np.stack([-(ahead[:, 1] + behind[:, 1]), ahead[:, 0] + behind[:, 0]], axis=1)
    return outline + width * 2 * normal / np.maximum((normal**2).sum(axis=1, keepdims=True), 0.5)


def _kerb(kerbs: Quads, outer: np.ndarray, inner: np.ndarray, z: float, brief: CityBrief) -> None:
    """A granite edge: upright outside with a small chamfer, level on top; u runs along it."""
    chamfer = 0.02
    lines = [np.column_stack([ring, np.full(len(ring), height)]) for ring, height in (
        (outer, 0.0), (outer, z - chamfer), (outer + (inner - outer) * chamfer / KERB_WIDTH, z), (inner, z))]  # fmt: skip
    length = np.linalg.norm(np.roll(outer, -1, axis=0) - outer, axis=1)
    u = np.concatenate([[0], np.cumsum(length)])
    v, finish = 0.0, ground.kerb_stone(brief.wet)
    for low, high in zip(lines[:-1], lines[1:], strict=True):
        step = float(np.linalg.norm(high[0] - low[0]))
        quads = np.stack([low, np.roll(low, -1, axis=0), np.roll(high, -1, axis=0), high], axis=1)
        vs = np.array([v, v, v + step, v + step]) / finish.tile
        us = np.stack([u[:-1], u[1:], u[1:], u[:-1]], axis=1) / finish.tile
        kerbs.add(quads, finish, "kerb", np.stack([us, np.broadcast_to(vs, us.shape)], axis=2))
        v += step


def _edge(kerbs: Quads, segments: np.ndarray, z: float, brief: CityBrief) -> None:
    """The upright side of ground that ends at ``segments`` (M, 2, 2), its inside on their left."""
    a, b = segments[:, 0], segments[:, 1]
    low, high = np.full((len(a), 1), -0.15), np.full((len(a), 1), z)
    quads = np.stack([np.hstack([a, low]), np.hstack([b, low]), np.hstack([b, high]), np.hstack([a, high])], axis=1)
    kerbs.add(quads, ground.kerb_stone(brief.wet), "kerb")


def _markings(plan: Plan, brief: CityBrief) -> Mesh:
    lines = np.array(plan.paint)
    x0, y0, x1, y1 = lines.T
    z = np.full(len(lines), 0.006)
    corners = [(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)]
    quads = np.stack([np.stack(corner, axis=1) for corner in corners], axis=1)
    return Quads().add(quads, ground.road_paint(wet=brief.wet), "marking").mesh("Road markings")


def walk_mesh(plan: Plan, brief: CityBrief) -> Node:
    """The floor figures may walk on: pavements, squares, paths, lawns and crossings, as one mesh without seams of height."""
    quads, finish = Quads(), Finish(ground.road_paint().material)
    floors = [area for area in plan.areas if area.kind in ("pavement", "plaza", "path", "grass", "lane", "field")]
    for area in floors:
        quads.add(_fan(np.asarray(area.outline, float), area.z), finish, "walkable")
    for kind, patch in plan.patches:
        if kind != "water":
            quads.add(patch, finish, "walkable")
    for x0, y0, x1, y1 in plan.paint:
        if max(x1 - x0, y1 - y0) < 3.5 and min(x1 - x0, y1 - y0) > 0.3:
            quads.add(_fan(np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]), 0.01), finish, "crossing")
    mesh = quads.mesh("Walkable floor")
    mesh.materials, mesh.material_index, mesh.uvs = [], None, None
    return Node("Walkable floor", mesh=mesh, role="navmesh")
