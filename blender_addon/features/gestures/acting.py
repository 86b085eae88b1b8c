"""What gestures do to objects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import bpy
import numpy as np
from mathutils import Vector

from ...core.errors import WorldwrightError

ROUNDS = 6  # of smoothing at full pressure
HIDDEN = "worldwright_isolated"


@dataclass
class Touched:
    """What a gesture touched.

    Attributes:
        names: objects under the stroke, the most touched first; around: those within its outline too.
        places: (n, 3) where the surface was touched, world space; pressure: (n,) 0..1.
        way: (3,) the stroke's displacement, metres in world space at the depth of what it touched.
        radius: metres that a touch is wide.
    """

    names: list[str]
    around: list[str] = field(default_factory=list)
    places: np.ndarray = field(default_factory=lambda: np.zeros((0, 3)))
    pressure: np.ndarray = field(default_factory=lambda: np.ones(0))
    way: np.ndarray = field(default_factory=lambda: np.zeros(3))
    radius: float = 0.1


def act(context: bpy.types.Context, action: str, touched: Touched) -> str:
    """Does ``action`` of ``gesture_bindings.ACTIONS``; returns what was done, as one sentence. Raises WorldwrightError."""
    things = [context.view_layer.objects[name] for name in touched.names if name in context.view_layer.objects]
    around = [context.view_layer.objects[name] for name in touched.around if name in context.view_layer.objects]
    if action == "nothing":
        return "This gesture is bound to nothing."
    if not things and not around:
        raise WorldwrightError("There is no object under the gesture.", "Draw it on an object.")
    return _DO[action](context, things or around, around, touched)


def _select(context: bpy.types.Context, things: list, around: list, touched: Touched) -> str:
    _only(context, things[:1])
    return f"Selected “{things[0].name}”."


def _add(context: bpy.types.Context, things: list, around: list, touched: Touched) -> str:
    for thing in things:
        thing.select_set(True)
    context.view_layer.objects.active = things[0]
    return f"Selected {len(things)} more." if len(things) > 1 else f"Selected “{things[0].name}” too."


def _annotate(context: bpy.types.Context, things: list, around: list, touched: Touched) -> str:
    _only(context, things[:1])
    if not bpy.ops.worldwright.annotate.poll():
        raise WorldwrightError("Annotating needs PyTorch.", "The Doctor panel installs it.")
    bpy.ops.worldwright.annotate("INVOKE_DEFAULT")
    return f"Annotating “{things[0].name}”."


def _delete(context: bpy.types.Context, things: list, around: list, touched: Touched) -> str:
    name = things[0].name
    _ours(things[0])
    bpy.data.objects.remove(things[0])
    return f"Deleted “{name}”; undo brings it back."


def _duplicate(context: bpy.types.Context, things: list, around: list, touched: Touched) -> str:
    copy = things[0].copy()
    for collection in things[0].users_collection:
        collection.objects.link(copy)
    copy.matrix_world = things[0].matrix_world.copy()
    copy.matrix_world.translation += Vector(touched.way)
    _only(context, [copy])
    return f"Copied “{things[0].name}” to “{copy.name}”."


def _group(context: bpy.types.Context, things: list, around: list, touched: Touched) -> str:
    members = around or things
    group = bpy.data.collections.new("Group")
    context.scene.collection.children.link(group)
    for thing in members:
        group.objects.link(thing)
        for collection in list(thing.users_collection):
            if collection != group:
                collection.objects.unlink(thing)
    _only(context, members)
    return f"Put {len(members)} object{'s' if len(members) > 1 else ''} into “{group.name}”."


def _hide(context: bpy.types.Context, things: list, around: list, touched: Touched) -> str:
    things[0].hide_set(True)
    return f"Hid “{things[0].name}”; Alt H shows it again."


def _isolate(context: bpy.types.Context, things: list, around: list, touched: Touched) -> str:
    hidden = [thing for thing in context.view_layer.objects if thing.get(HIDDEN)]
    if hidden:
        for thing in hidden:
            thing.hide_set(False)
            del thing[HIDDEN]
        return f"Showed {len(hidden)} objects again."
    kept = set(around or things)
    for thing in context.view_layer.objects:
        if thing not in kept and thing.type == "MESH" and not thing.hide_get():
            thing[HIDDEN] = True
            thing.hide_set(True)
    return f"Showing {len(kept)} alone."


def _smooth(context: bpy.types.Context, things: list, around: list, touched: Touched) -> str:
    """Vertices move towards their neighbours' mean, weighted by how near and how hard they were touched."""
    thing = things[0]
    _ours(thing)
    if thing.type != "MESH":
        raise WorldwrightError(f"“{thing.name}” is no mesh, so it cannot be patted smooth.")
    if thing.data.shape_keys is not None:
        raise WorldwrightError(f"“{thing.name}” has shape keys, so it cannot be patted smooth.", "Smooth it in Sculpt Mode.")
    if thing.data.users > 1:
        thing.data = thing.data.copy()
    mesh = thing.data
    points = np.empty((len(mesh.vertices), 3), np.float32)
    mesh.vertices.foreach_get("co", points.ravel())
    edges = np.empty((len(mesh.edges), 2), np.int32)
    mesh.edges.foreach_get("vertices", edges.ravel())
    matrix = np.array(thing.matrix_world)
    world = points @ matrix[:3, :3].T + matrix[:3, 3]
    weight = np.zeros(len(points))
    for place, pressure in zip(touched.places[:200], touched.pressure[:200], strict=True):
        near = np.clip(1 - np.linalg.norm(world - place, axis=1) / touched.radius, 0, 1)
        weight = np.maximum(weight, near * near * (3 - 2 * near) * pressure)
    moved = smoothed(points, edges, weight)
    mesh.vertices.foreach_set("co", moved.astype(np.float32).ravel())
    mesh.update()
    return f"Patted “{thing.name}” smooth: {int((weight > 0).sum()):,} vertices."


def smoothed(points: np.ndarray, edges: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """(V, 3) points, each by its weight (V,) nearer to the mean of those it shares an edge with."""
    degree = np.bincount(edges.ravel(), minlength=len(points)).astype(float)
    share = 0.5 * weight[:, None]
    moved = points.astype(float)
    for _ in range(ROUNDS):
        total = np.stack(
            [
                np.bincount(edges[:, 0], moved[edges[:, 1], axis], len(points))
                + np.bincount(edges[:, 1], moved[edges[:, 0], axis], len(points))
                for axis in range(3)
            ],
            axis=1,
        )
        mean = np.where(degree[:, None] > 0, total / np.maximum(degree, 1)[:, None], moved)
        moved = moved + share * (mean - moved)
    return moved


def _only(context: bpy.types.Context, things: list[bpy.types.Object]) -> None:
    for thing in context.selected_objects:
        thing.select_set(False)
    for thing in things:
        thing.select_set(True)
    context.view_layer.objects.active = things[0]


def _ours(thing: bpy.types.Object) -> None:
    """Raises WorldwrightError for what a gesture must not change."""
    if thing.library is not None or (thing.data is not None and thing.data.library is not None):
        raise WorldwrightError(f"“{thing.name}” is linked from another file.", "Make it local first.")


_DO: dict[str, Callable[[bpy.types.Context, list, list, Touched], str]] = {
    "select": _select,
    "add": _add,
    "annotate": _annotate,
    "smooth": _smooth,
    "delete": _delete,
    "duplicate": _duplicate,
    "group": _group,
    "hide": _hide,
    "isolate": _isolate,
}
