"""A create command becomes a scene that stands where it was said, made by the generators."""

from __future__ import annotations

import math
from dataclasses import replace
from importlib import import_module
from typing import Any

import numpy as np

from ..briefs import Brief
from ..errors import WorldwrightError
from ..progress import Progress, part, silent
from ..scene import Mesh, Node, Report, Scene
from . import commands as c
from .place import Pose, place
from .restyle import restyled
from .scene_graph import Graph
from .show import brief_values, prompt_from

GENERATORS = {  # kind → package within core, brief class, module of generate, module of read_prompt
    "character": ("characters.brief", "CharacterBrief", "characters.generate", "characters.prompt"),
    "crowd": ("characters.crowd", "CrowdBrief", "characters.crowd", "characters.crowd"),
    "creature": ("creatures.brief", "CreatureBrief", "creatures.generate", "creatures.prompt"),
    "robot": ("robots.brief", "RobotBrief", "robots.generate", "robots.prompt"),
    "room": ("environments.brief", "RoomBrief", "environments.generate", "environments.prompt"),
    "home": ("environments.home.brief", "HomeBrief", "environments.home.generate", "environments.home.prompt"),
    "city": ("environments.city.brief", "CityBrief", "environments.city.generate", "environments.city.prompt"),
    "landscape": ("environments.landscape.brief", "LandscapeBrief", "environments.landscape.generate",
    "environments.landscape.prompt"),
}  # fmt: skip
FIGURES = ("character", "creature", "robot")


def make(command: c.Create, graph: Graph, seed: int = 0, picture: dict | None = None, progress: Progress = silent) -> Scene:
    """The scene of a create command, its nodes where they belong; ``picture``: what ``show.look_at`` says of a picture.

    Raises WorldwrightError when a generator does, or when no place can be found.
    """
    if command.kind == "prop":
        return _props(command, graph, seed, progress)
    prompt = prompt_from(picture, command.kind, command.prompt) if picture else command.prompt
    brief, notes = read_brief(command.kind, prompt, seed, brief_values(picture, command.kind) if picture else {})
    scenes = []
    count = command.count if command.kind in FIGURES else 1
    generate = import_module(f"..{GENERATORS[command.kind][2]}", __package__).generate
    for number in range(count):
        scenes.append(generate(replace(brief, seed=brief.seed + number), part(progress, number / count, (number + 1) / count)))
    scene = _joined(scenes)
    if command.relation or command.place or (graph.things and command.kind in (*FIGURES, "crowd")):
        notes += _stand(scene, scenes, command, graph)
    elif graph.things:
        notes += _apart(scene, graph)
    scene.report.warnings = notes + scene.report.warnings
    return scene


def read_brief(kind: str, prompt: str, seed: int, picture: dict) -> tuple[Brief, list[str]]:
    """The brief that a kind's own reader makes of a prompt, the values a ``picture`` says filled in. Raises WorldwrightError."""
    where, name, _, words = GENERATORS[kind]
    brief_type: Any = getattr(import_module(f"..{where}", __package__), name)
    brief, notes = import_module(f"..{words}", __package__).read_prompt(prompt, seed)
    if picture:
        known = {field for field in brief_type.__dataclass_fields__}
        brief = brief_type.from_dict(brief.to_dict() | {key: value for key, value in picture.items() if key in known})
    return brief, notes


def _props(command: c.Create, graph: Graph, seed: int, progress: Progress) -> Scene:
    """Props at free places in the relation that was said."""
    from ..environments.props import PROPS

    progress(0.1, f"Building {command.thing.replace('_', ' ')}")
    kind, build = PROPS[command.thing]
    values: dict = {"seed": seed}
    fields = kind.__dataclass_fields__
    to = graph.of(command.to)
    if command.thing == "rug" and command.relation == "under" and to:
        for name, axis in (("width", 0), ("depth", 1)):
            low, high = fields[name].metadata["low"], fields[name].metadata["high"]
            values[name] = float(np.clip(to[0].size[axis] + 0.9, low, high))
    prop = build(kind.from_dict(values))
    low, high = prop.mesh.bounds
    size = np.asarray(high - low, float)
    relation = command.relation
    if prop.mount == "wall" and relation == "" and not command.place:
        relation = ""
    found = place(
        graph, relation, to, size, max(command.count, len(to) if _each(command, to) else 1), prop.mount, frozenset(), command.place
    )
    if not found.poses:
        raise WorldwrightError(
            f"There is no place for {'a' if command.count == 1 else command.count} {command.thing.replace('_', ' ')} there."
        )
    mesh = _dressed(prop.mesh, command)
    label = command.thing.replace("_", " ").capitalize()
    names = _free_names(label, len(found.poses), set(graph.by_name))
    said = (
        f"It was asked for: {command.relation} {', '.join(command.to)}.".replace(": .", ".")
        if command.relation
        else "It was asked for."
    )
    nodes = [
        Node(name, _matrix(pose), mesh, label=prop.label, properties={"prop": command.thing, "why": said})
        for name, pose in zip(names, found.poses, strict=True)
    ]
    progress(1.0, "")
    provenance = {"kind": "request", "brief": command.to_dict(), "seed": seed, "licence": "yours"}
    return Scene(label, nodes, provenance=provenance, report=Report({"made": len(nodes)}, {}, found.notes))


def _each(command: c.Create, to: list) -> bool:
    """Whether one is wanted for each of several things."""
    return len(to) > 1 and command.relation in ("on", "in", "under", "beside", "near", "above", "front", "behind", "left", "right")


def _dressed(mesh: Mesh, command: c.Create) -> Mesh:
    """The mesh in the colour and material that were asked for."""
    if not command.color and not command.material:
        return mesh
    return replace(mesh, materials=restyled(mesh.materials, _areas(mesh), command.color, command.material))


def _areas(mesh: Mesh) -> np.ndarray:
    """(slots,) the area of each material's faces."""
    triangles, face = mesh.triangles()
    corners = mesh.vertices[mesh.corners[triangles]]
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1) / 2
    slot = np.zeros(len(face), int) if mesh.material_index is None else mesh.material_index[face]
    return np.bincount(slot, area, minlength=max(len(mesh.materials), 1))


def _matrix(pose: Pose) -> np.ndarray:
    """(4, 4) of a pose."""
    matrix = np.eye(4, dtype=np.float32)
    cos, sin = math.cos(pose.yaw), math.sin(pose.yaw)
    matrix[:2, :2] = [[cos, -sin], [sin, cos]]
    matrix[:3, 3] = pose.x, pose.y, pose.z
    return matrix


def _free_names(label: str, count: int, taken: set[str]) -> list[str]:
    """Names that nothing has yet: “Stool”, “Stool 2” …"""
    found: list[str] = []
    number = 1
    while len(found) < count:
        name = label if number == 1 else f"{label} {number}"
        if name not in taken:
            found.append(name)
        number += 1
    return found


def _joined(scenes: list[Scene]) -> Scene:
    """Several scenes as one; names of the later ones get a number."""
    first = scenes[0]
    for number, other in enumerate(scenes[1:], 2):
        renamed = {node.name: f"{node.name} {number}" for node in other.nodes}
        for node in other.nodes:
            node.name, node.parent = renamed[node.name], renamed.get(node.parent, "")
            node.armature = renamed.get(node.armature, "")
        first.nodes += other.nodes
    return first


def _stand(scene: Scene, scenes: list[Scene], command: c.Create, graph: Graph) -> list[str]:
    """Moves each figure's root to a free place."""
    roots = [node for node in scene.nodes if not node.parent]
    size = extent(scene, roots[0])
    to = graph.of(command.to)
    found = place(graph, command.relation, to, size[1] - size[0], len(scenes), "floor", frozenset(), command.place)
    if not found.poses:
        raise WorldwrightError("There is no place for it there.", "Name another place.")
    for root, pose in zip([root for root in roots if root.light is None and root.camera is None], found.poses, strict=False):
        root.transform = _matrix(pose) @ root.transform
    return found.notes


def _apart(scene: Scene, graph: Graph) -> list[str]:
    """Puts a whole place beside what is there, so that the two do not overlap."""
    low, high = graph.room()[0], np.max([thing.high for thing in graph.things], axis=0)
    roots = [node for node in scene.nodes if not node.parent]
    bounds = [
        extent(scene, root) for root in roots if root.mesh is not None or any(node.parent == root.name for node in scene.nodes)
    ]
    if not bounds:
        return []
    left = min(float(box[0][0]) for box in bounds)
    shift = float(high[0]) + 2.0 - left
    for root in roots:
        root.transform = root.transform.copy()
        root.transform[0, 3] += shift
        root.transform[2, 3] += float(low[2]) if abs(low[2]) < 1 else 0.0
    return [f"It stands {shift:.1f} m to the right, beside what was there."]


def extent(scene: Scene, root: Node) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest corner (3,) of a root and all under it, in metres."""
    places = {root.name: root.transform}
    points: list[np.ndarray] = []
    for node in [root, *scene.nodes]:
        if node is not root:
            if node.parent not in places:
                continue
            places[node.name] = places[node.parent] @ node.transform
        if node.mesh is not None and len(node.mesh.vertices) and node.role not in ("collider", "navmesh"):
            corners = np.array(node.mesh.bounds)
            grid = np.array([[corners[i, 0], corners[j, 1], corners[k, 2]] for i in (0, 1) for j in (0, 1) for k in (0, 1)])
            points.append(grid @ places[node.name][:3, :3].T + places[node.name][:3, 3])
    if not points:
        return np.full(3, -0.25), np.array([0.25, 0.25, 1.8])
    every = np.concatenate(points)
    return every.min(axis=0), every.max(axis=0)
