"""CityBrief to Scene: plan, buildings, ground, what stands on it, light, cameras, and what engines need."""

from __future__ import annotations

import time

import numpy as np

from ... import __version__
from ...geometry.quads import Quads, block
from ...geometry.shape import Finish
from ...progress import Progress, part, silent
from ...scene import Camera, Material, Mesh, Node, Report, Scene
from ..scatter import looking, placing, unique_triangles
from ..sky import daylight, paint_sky, sun_node
from .brief import CityBrief
from .building import BuildingSpec, building_mesh
from .far import far_nodes
from .furnish import furnish
from .ground import ground_nodes, walk_mesh
from .layout import plan_city
from .plan import KERB, Plan
from .sketch import plan_sketch

COLLIDER = Finish(Material("Collider", (0.1, 0.8, 0.3, 0.3)))
TITLES = {"street": "Street", "district": "District", "square": "Square", "village": "Village"}


def generate(brief: CityBrief, progress: Progress = silent, sketch: np.ndarray | None = None) -> Scene:
    """A street, district, square or village on the plane z = 0, with sky, sun and cameras.

    ``sketch`` (H, W, 3 or 4) uint8: a colour sketch to follow instead of a layout of our own (``sketch.py``). Buildings that are
    alike share a mesh. What could not be as asked is named in ``report.warnings``. Raises WorldwrightError
    for a brief out of range.
    """
    brief.validate()
    rng = np.random.default_rng(brief.seed)
    started, seconds = time.perf_counter(), {}
    title = TITLES[brief.kind]
    progress(0.0, "Laying out streets")
    plan = plan_city(brief, rng) if sketch is None else plan_sketch(sketch, brief, rng)
    seconds["plan"] = time.perf_counter() - started
    root = Node(title)
    meshes = _meshes(plan, part(progress, 0.05, 0.55))
    seconds["buildings"] = time.perf_counter() - started - seconds["plan"]
    progress(0.55, "Laying pavements")
    nodes = [root, *ground_nodes(plan, brief, title), *_buildings(plan, meshes, title)]
    progress(0.65, "Putting up lamps and trees")
    nodes += furnish(plan, brief, title, part(progress, 0.65, 0.85))
    if brief.colliders:
        nodes += _colliders(plan, title)
    if brief.navmesh:
        nodes.append(walk_mesh(plan, brief))
    if brief.lods:
        nodes += far_nodes(plan, meshes, title)
    progress(0.9, "Painting the sky")
    light = daylight(brief.time, brief.weather, None, brief.sun_height, brief.warmth)
    if light.sun > 0:
        nodes.append(sun_node(light, parent=title))
    nodes += _cameras(plan, title)
    scene = Scene(title, nodes, world=paint_sky(light, brief.seed))
    seconds["all"] = time.perf_counter() - started
    scene.report = _report(scene, plan, meshes)
    scene.report.seconds = {stage: round(value, 3) for stage, value in seconds.items()}
    scene.provenance = {"kind": "city", "brief": brief.to_dict(), "seed": brief.seed, "version": __version__, "model": "",
                        "licence": "CC0-1.0"}  # fmt: skip
    progress(1.0, "Done")
    return scene


def _meshes(plan: Plan, progress: Progress) -> dict[BuildingSpec, Mesh]:
    """A mesh for every different building."""
    wanted = list(dict.fromkeys(lot.spec for lot in plan.lots))
    made = {}
    for number, spec in enumerate(wanted):
        progress(number / len(wanted), "Building façades")
        made[spec] = building_mesh(spec, f"{spec.style.name.capitalize()} building {number + 1}")
    return made


def _buildings(plan: Plan, meshes: dict[BuildingSpec, Mesh], parent: str) -> list[Node]:
    nodes = []
    for number, lot in enumerate(plan.lots, 1):
        spec = lot.spec
        properties = {"style": spec.style.name, "storeys": spec.storeys, "ground floor": spec.ground, "block": lot.block}
        nodes.append(Node(f"Building {number}", placing(lot.x, lot.y, KERB - 0.02, lot.yaw), meshes[spec], parent=parent,
                          label="building", properties=properties))  # fmt: skip
    return nodes


def _colliders(plan: Plan, parent: str) -> list[Node]:
    """A box for each building, shared by equal ones, and one slab of ground."""
    made: dict[tuple, Mesh] = {}
    nodes = []
    for number, lot in enumerate(plan.lots, 1):
        spec = lot.spec
        size = (spec.width / 2, spec.depth / 2, spec.eaves + 0.5)
        if size not in made:
            made[size] = _collider("Building collider", (-size[0], -size[1], 0.0), size)
        nodes.append(Node(f"Building {number} collider", mesh=made[size], parent=f"Building {number}", role="collider"))
    points = np.concatenate(
        [np.asarray(area.outline) for area in plan.areas] + [p[..., :2].reshape(-1, 2) for _, p in plan.patches]
    )
    low, high = points.min(axis=0), points.max(axis=0)
    slab = _collider("Ground collider", (float(low[0]), float(low[1]), -0.5), (float(high[0]), float(high[1]), 0.0))
    return [*nodes, Node("Ground collider", mesh=slab, parent=parent, role="collider")]


def _collider(name: str, low: tuple[float, float, float], high: tuple[float, float, float]) -> Mesh:
    mesh = Quads().add(block(low, high), COLLIDER, "collider").mesh(name)
    mesh.uvs = None
    return mesh


def _cameras(plan: Plan, parent: str) -> list[Node]:
    views = {"Camera": (plan.eye, plan.target, plan.lens), **plan.views}
    return [Node(name, looking(eye, target), camera=Camera(lens), parent=parent) for name, (eye, target, lens) in views.items()]


def _report(scene: Scene, plan: Plan, meshes: dict[BuildingSpec, Mesh]) -> Report:
    seen = [node for node in scene.nodes if node.role not in ("collider", "navmesh", "lod")]
    stored, drawn = unique_triangles(seen)
    counts = {
        "objects": len(scene.nodes), "buildings": len(plan.lots), "different buildings": len(meshes),
        "things in the street": len(plan.spots), "triangles": drawn, "triangles stored": stored,
    }  # fmt: skip
    materials = {id(material) for node in seen if node.mesh is not None for material in node.mesh.materials}
    checks = {"materials": len(materials), "overlapping_buildings": _overlaps(plan)}
    return Report(counts, checks, list(plan.notes))


def _overlaps(plan: Plan) -> int:
    """Pairs of buildings whose footprints overlap by more than 5 cm each way, of those that stand square to the axes."""
    boxes = []
    for lot in plan.lots:
        quarter = round(lot.yaw / (np.pi / 2))
        if abs(lot.yaw - quarter * np.pi / 2) > 1e-6:
            continue
        w, d = (lot.spec.width, lot.spec.depth) if quarter % 2 == 0 else (lot.spec.depth, lot.spec.width)
        boxes.append((lot.x - w / 2, lot.y - d / 2, lot.x + w / 2, lot.y + d / 2))
    if not boxes:
        return 0
    b = np.array(boxes)
    found = 0
    for k in range(len(b) - 1):
        rest = b[k + 1 :]
        wide = np.minimum(b[k, 2], rest[:, 2]) - np.maximum(b[k, 0], rest[:, 0])
        deep = np.minimum(b[k, 3], rest[:, 3]) - np.maximum(b[k, 1], rest[:, 1])
        found += int(((wide > 0.05) & (deep > 0.05)).sum())
    return found
