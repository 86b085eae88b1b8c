"""A thing as sliders: which generator makes it, from what values, and where it stands. Values ⇄ node."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..environments.props import PROPS
from ..environments.props.prop import Prop
from ..errors import WorldwrightError
from ..game.lod import simplify
from ..scene import Mesh, Node, Report, Scene
from ..spatial.placing import placed
from .colours import tinted
from .sliders import Value, make

SNAP = 0.015  # a stretch nearer to 1 than this is none
LEVELS = (0.5, 0.2)  # of the triangles, at LOD 1 and 2


@dataclass
class Made:
    """One parametric thing.

    Attributes:
        name: the object's; ``prop``: the generator's key; ``values``: its whole brief.
        stretch: (3,) what the generator's mesh is stretched by, where the thing is larger or smaller than its limits allow.
        place: (4, 4) turn and place of its foot.
        tints: material name -> linear RGB in place of the material's own, and how metallic it may be.
    """

    name: str
    prop: str
    values: dict[str, Value]
    stretch: np.ndarray = field(default_factory=lambda: np.ones(3))
    place: np.ndarray = field(default_factory=lambda: np.eye(4))
    tints: dict[str, list[float]] = field(default_factory=dict)

    def build(self) -> Prop:
        """The prop, stretched and tinted."""
        prop = make(self.prop, self.values)
        return replace(prop, mesh=tinted(stretched(prop.mesh, self.stretch), self.tints))

    def properties(self) -> dict:
        """What is kept with the object, so that its sliders can be moved later."""
        return {
            "prop": self.prop,
            "prop_brief": json.dumps(self.values),
            "prop_stretch": json.dumps([round(float(value), 5) for value in self.stretch]),
            "prop_tints": json.dumps(self.tints),
        }

    def nodes(self, levels: bool, **more: Any) -> list[Node]:
        """The node of the thing and, where wanted, those of its levels of detail; ``more`` joins its properties."""
        prop = self.build()
        mesh = replace(prop.mesh, name=self.name)
        place = np.asarray(self.place, np.float32)
        nodes = [Node(self.name, place, mesh=mesh, label=prop.label, properties={**self.properties(), **more})]
        if levels:
            total = int(np.maximum(mesh.face_sizes - 2, 0).sum())
            simpler = mesh
            for number, share in enumerate(LEVELS, 1):
                simpler = simplify(simpler, max(int(total * share), 12))
                simpler.name = f"{self.name}_LOD{number}"
                told = {"lod": number, "lod_of": self.name}
                nodes.append(Node(simpler.name, place, mesh=simpler, role="lod", properties=told))
        return nodes


def made_from(name: str, properties: Mapping[str, Any], place: np.ndarray) -> Made:
    """The thing that an object's properties tell of. Raises WorldwrightError where they were written by another version."""
    try:
        prop = str(properties["prop"])
        values = json.loads(properties["prop_brief"])
        stretch = np.array(json.loads(properties.get("prop_stretch", "[1, 1, 1]")), float)
        tints = json.loads(properties.get("prop_tints", "{}"))
        kind, _ = PROPS[prop]
    except (KeyError, ValueError, TypeError) as error:
        raise WorldwrightError(f"“{name}” was not rebuilt by Worldwright: it has no sliders.", "Rebuild it first.") from error
    return Made(name, prop, kind.from_dict(values).to_dict(), stretch, np.asarray(place, float), tints)


def made_of(things: Sequence[Mapping[str, Any]]) -> list[Made]:
    """The things of dicts with name, properties and place. Raises WorldwrightError."""
    return [made_from(thing["name"], thing["properties"], np.asarray(thing["place"], float)) for thing in things]


def stretched(mesh: Mesh, stretch: np.ndarray) -> Mesh:
    """The mesh stretched along its own axes, within ``SNAP`` of 1 not at all."""
    factors = np.where(np.abs(np.asarray(stretch) - 1) < SNAP, 1.0, stretch)
    return mesh if (factors == 1).all() else placed(mesh, np.diag([*factors, 1.0]), mesh.name)


def remake(things: list[Made], levels: bool) -> Scene:
    """The things built anew from their values, each at its place."""
    nodes = [node for thing in things for node in thing.nodes(levels)]
    return Scene("Remade", nodes, report=Report({"rebuilt": len(things)}))
