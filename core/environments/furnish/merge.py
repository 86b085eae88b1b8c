"""A scene with what a task added to it, moved or exchanged in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...scene import Node, Scene
from ..checks import world_matrices
from .brief import MOVED, ON, REPLACES


def merged(scene: Scene, result: Scene) -> Scene:
    """``scene`` as it is after the task; its report is the task's."""
    matrices = world_matrices(scene)
    nodes = {node.name: replace(node) for node in scene.nodes}
    root = str(result.provenance.get("room", ""))
    for made in result.nodes:
        if made.properties.get(MOVED):
            matrices[made.name] = made.transform.astype(float) @ matrices[made.name]
    moved = {made.name for made in result.nodes if made.properties.get(MOVED)}
    for name in moved:
        node = nodes[name]
        above = matrices[node.parent] if node.parent else np.eye(4)
        node.transform = (np.linalg.inv(above) @ matrices[name]).astype(np.float32)
    for made in result.nodes:
        if made.properties.get(MOVED):
            nodes[made.name].properties = nodes[made.name].properties | {k: v for k, v in made.properties.items() if k != MOVED}
            continue
        if made.properties.get(REPLACES) in nodes:
            old = nodes[made.properties[REPLACES]]
            above = matrices[old.parent] if old.parent else np.eye(4)
            old.mesh, old.transform = made.mesh, (np.linalg.inv(above) @ made.transform.astype(float)).astype(np.float32)
            old.properties = old.properties | {k: v for k, v in made.properties.items() if k != REPLACES}
            continue
        parent = str(made.properties.get(ON, "")) or root
        matrices[made.name] = made.transform.astype(float)
        above = matrices.get(parent, np.eye(4))
        properties = {key: value for key, value in made.properties.items() if key != ON}
        nodes[made.name] = Node(made.name, (np.linalg.inv(above) @ matrices[made.name]).astype(np.float32), made.mesh,
                                parent=parent if parent in nodes else "", label=made.label, properties=properties)  # fmt: skip
    return replace(scene, nodes=list(nodes.values()), report=result.report)
