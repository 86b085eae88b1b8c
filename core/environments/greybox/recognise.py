"""Which class each box in a room is: the reading by remembered rooms, fused with names, the annotator and the allowed list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ...errors import WorldwrightError
from ...scene import Mesh
from .boxes import GreyBox, back_of, surface_points
from .classes import KINDS, NAMES, SURFACE, named
from .exemplars import probabilities
from .features import features
from .fit import Thing
from .shell import Shell

NAMED = 0.96  # how much a name that says what it is counts
# What the annotator's leaves can be here; it helps with rough meshes and knows nothing of plain boxes.
LEAVES: dict[str, tuple[str, ...]] = {
    "seat": ("chair", "stool", "bar stool", "bench", "armchair", "lecture bench"),
    "sofa": ("sofa", "armchair", "bench"),
    "bed": ("bed", "examination bed"),
    "table": ("desk", "table", "coffee table", "lab bench", "workbench", "counter", "nightstand"),
    "storage": ("cabinet", "bookcase", "wardrobe", "dresser", "nightstand", "shop shelf", "display case", "kitchen counter",
                "kitchen cabinet", "pedestal", "basket"),
    "appliance": ("fridge", "cooker", "washing machine", "printer", "kitchen sink"),
    "sanitary": ("toilet", "washbasin", "bathtub", "shower", "kitchen sink"),
    "radiator": ("radiator",),
    "lamp": ("floor lamp", "table lamp", "ceiling lamp"),
    "electronics": ("monitor", "screen", "printer", "server rack", "cash register", "projector"),
    "banner": ("curtain",),
    "plant": ("plant",),
    "column": ("column",),
    "stairs": ("stairs",),
}  # fmt: skip


def allowed_classes(text: str) -> tuple[str, ...]:
    """The classes a text with commas names; all of them for an empty one. Raises WorldwrightError for an unknown name."""
    wanted = [part.strip() for part in text.split(",") if part.strip()]
    found = []
    for word in wanted:
        label = word.lower() if word.lower() in KINDS else named(word)
        if not label:
            raise WorldwrightError(f"“{word}” is no kind of thing that can stand in a room.", f"Known are: {', '.join(NAMES)}.")
        found.append(label)
    return tuple(found) or NAMES


def recognise(
    shell: Shell,
    meshes: Mapping[str, Mesh],
    room_kind: str = "",
    allowed: Sequence[str] = NAMES,
    annotations: Mapping[str, Mapping[str, float]] | None = None,
) -> tuple[list[Thing], str]:
    """The things of a shell with their classes, and the room's kind as told or as read.

    ``meshes``: by name, in the world; ``annotations``: name -> the annotator's leaves with their shares, where it ran.
    """
    boxes = [box for box in shell.things if not box.keep]
    if not boxes:
        return [], room_kind or "office"
    centre, size = np.stack([box.centre for box in boxes]), np.stack([box.size for box in boxes])
    yaw, shape = np.array([box.yaw for box in boxes]), np.stack([box.shape for box in boxes])
    room = np.array([shell.room.width, shell.room.depth, shell.room.height])
    shares, kind = probabilities(features(centre, size, yaw, shape, room), room_kind)
    permitted = np.array([name in allowed for name in NAMES], float)
    things = []
    for box, share in zip(boxes, shares, strict=True):
        share = share * (permitted + 1e-9) * _possible(box, shell)
        share = share * _annotated(box.name, annotations or {})
        share = share / share.sum()
        word = named(box.name)
        said = bool(word) and word in allowed
        if said:
            share = (1 - NAMED) * share + NAMED * (np.array(NAMES) == word)
        best = int(share.argmax())
        things.append(Thing(box, NAMES[best], float(share[best]), said, shape_back=_back(box, meshes.get(box.name), shell)))
    return things, kind


def _possible(box: GreyBox, shell: Shell) -> np.ndarray:
    """(classes,) less for what cannot stand or hang at the box's height."""
    factors = []
    on_floor, at_ceiling = box.bottom < 0.12, shell.room.height - box.top < 0.35
    for kind in KINDS.values():
        if kind.mount == "floor":
            factors.append(1.0 if on_floor else 0.03)
        elif kind.mount == "ceiling":
            factors.append(1.0 if at_ceiling else 1e-3)
        elif kind.mount == SURFACE:
            factors.append(1e-3 if on_floor else 1.0)
        else:
            factors.append(0.3 if on_floor else 1.0)
    return np.array(factors)


def _annotated(name: str, annotations: Mapping[str, Mapping[str, float]]) -> np.ndarray:
    """(classes,) how the annotator's reading of a mesh weighs the classes; ones where it said nothing."""
    weights = np.ones(len(NAMES))
    leaves = annotations.get(name)
    if leaves:
        weights *= 0.35
        for leaf, share in leaves.items():
            for label in LEAVES.get(leaf, ()):
                weights[NAMES.index(label)] += share
    return weights


def _back(box: GreyBox, mesh: Mesh | None, shell: Shell) -> float | None:
    """The turn a rough mesh's own shape suggests, in the room's frame."""
    if mesh is None:
        return None
    corners, _ = mesh.triangles()
    if not len(corners):
        return None
    points, _ = surface_points(mesh.vertices[mesh.corners[corners]].astype(float))
    cos, sin = np.cos(shell.yaw), np.sin(shell.yaw)
    return back_of((points - shell.centre) @ np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]]), box)
