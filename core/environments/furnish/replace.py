"""One furnishing replaced by another of its kind and size: another design, never another use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from ...errors import WorldwrightError
from ...progress import Progress, silent
from ...scene import Node, Report, Scene
from ..greybox.classes import CLASS_OF, KINDS
from ..greybox.fit import strain
from ..props import PROPS
from ..props.prop import Prop


def replacements(things: Sequence[dict], seed: int, palette: str = "nordic", progress: Progress = silent) -> Scene:
    """A scene with one node for each of ``things``: dicts of ``name``, ``prop`` (a key of PROPS) and ``size`` (3,) in metres.

    Each node is named after the thing it replaces; equal things get equal replacements. Raises WorldwrightError for an unknown
    prop.
    """
    nodes = []
    made: dict[tuple, Prop] = {}
    for number, thing in enumerate(things):
        progress(number / len(things), "Building another design")
        if thing["prop"] not in PROPS:
            raise WorldwrightError(f"“{thing['name']}” is no furnishing that Worldwright made.", "Select generated furniture.")
        size = tuple(round(float(value), 2) for value in thing["size"])
        key = (thing["prop"], size)
        if key not in made:
            made[key] = another(thing["prop"], np.array(size), np.random.default_rng([seed, len(made)]), palette)
        prop = made[key]
        why = f"{prop.label} in place of another design of its kind and size"
        nodes.append(Node(thing["name"], mesh=prop.mesh, label=prop.label, properties={"prop": prop.key, "why": f"{why}."}))
    return Scene("Replacements", nodes, report=Report({"replaced": len(nodes), "designs": len(made)}))


def another(key: str, size: np.ndarray, rng: np.random.Generator, palette: str) -> Prop:
    """Another design for a prop of a size: one of its class that the size suits, its options drawn anew."""
    label = CLASS_OF.get(key, "")
    options = [other for other in (KINDS[label].props if label else (key,)) if strain(other, size) < strain(key, size) + 0.6]
    chosen = str(rng.choice(options or [key]))
    values: dict = {"palette": palette, "seed": int(rng.integers(2**20))}
    for entry in fields(PROPS[chosen][0]):
        data = entry.metadata
        if entry.name in ("width", "depth", "height"):
            values[entry.name] = float(np.clip(size[("width", "depth", "height").index(entry.name)], data["low"], data["high"]))
        elif "options" in data and entry.name not in ("palette", "accent"):
            values[entry.name] = str(rng.choice(data["options"]))
    prop = PROPS[chosen][1](PROPS[chosen][0].from_dict(values))
    prop.key = chosen
    return prop
