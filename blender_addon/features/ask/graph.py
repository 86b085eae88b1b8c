"""The open scene as the graph that requests are understood with."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING

import bpy
import numpy as np
from mathutils import Matrix, Vector

from ...core.annotation.annotation import UNKNOWN
from ...core.spatial.colour import from_bytes
from ...reading.materials import MaterialReader
from ...writing.scene import LEVEL, PROPERTY, UNSEEN_ROLES

if TYPE_CHECKING:
    from ...core.interaction.scene_graph import Graph, Thing

SOLID = ("MESH", "CURVE", "SURFACE", "FONT", "META", "CURVES")
SHELL_LABELS = {
    "wall": "wall",
    "floor": "floor",
    "ground": "floor",
    "terrain": "floor",
    "ceiling": "ceiling",
    "door": "door",
    "window": "window",
}
_CODE = re.compile(r"#([0-9a-f]{6})")
_looks: dict[tuple[str, int], tuple[str, str]] = {}  # a material's name and its users → colour and substance, for this session


def read_graph(
    context: bpy.types.Context,
    pointed: tuple[float, float, float] | None = None,
    recent: tuple[str, ...] = (),
    pointed_at: str = "",
) -> Graph:
    """The visible things of the scene, what is selected, and how the viewer looks at it."""
    context.view_layer.update()
    present = [thing for thing in context.view_layer.objects if thing.visible_get()]
    things = [found for thing in present if (found := read_thing(thing)) is not None]
    names = {thing.name for thing in things}
    selected = []
    for thing in context.selected_objects:
        owner = thing
        while owner is not None and owner.name not in names:
            owner = owner.parent
        if owner is not None and owner.name not in selected:
            selected.append(owner.name)
    if pointed is not None and not pointed_at:
        pointed_at = thing_at(things, pointed)
    from ...core.interaction.scene_graph import Graph  # enabling the extension must be quick

    return Graph(things, tuple(selected), tuple(name for name in recent if name in names), pointed, pointed_at, "", viewer(context))


def read_thing(source: bpy.types.Object) -> Thing | None:
    """One thing, or None for what is none by itself: helpers, levels of detail, parts of a figure, skirtings."""
    role = str(source.get("role", ""))
    if role in (*UNSEEN_ROLES, LEVEL) or source.type not in (*SOLID, "ARMATURE"):
        return None
    if source.type != "ARMATURE" and (source.find_armature() is not None or _within_figure(source)):
        return None
    label = str(source.get("label", ""))
    if role == "wall" and label not in ("wall", "") and source.parent is not None:
        return None
    corners = _corners(source)
    if corners is None:
        return None
    low, high = corners.min(axis=0), corners.max(axis=0)
    color, material = _look(source)
    provenance = _provenance(source)
    kind = str(provenance.get("kind", "")) if source.type == "ARMATURE" else ""
    if source.type == "ARMATURE" and not label:
        label = {"creature": "animal", "robot": "robot"}.get(kind, "person")
    from ...core.interaction.scene_graph import Thing

    return Thing.from_dict({
        "name": source.name, "low": low.tolist(), "high": high.tolist(), "yaw": _yaw(source),
        "label": "" if label == UNKNOWN else label,
        "prop": str(source.get("prop", "")), "color": color, "material": material, "role": role or SHELL_LABELS.get(label, ""),
        "kind": kind,
        "clips": _clips(source), "why": str(source.get("why", "")), "rigged": source.type == "ARMATURE",
        "mesh": source.type != "ARMATURE",
    })  # fmt: skip


def _within_figure(source: bpy.types.Object) -> bool:
    """Whether the object hangs on an armature."""
    parent = source.parent
    while parent is not None:
        if parent.type == "ARMATURE":
            return True
        parent = parent.parent
    return False


def _corners(source: bpy.types.Object) -> np.ndarray | None:
    """(n, 3) corners of the boxes of an object's surface, or of the meshes that an armature moves, in the world."""
    parts = [source]
    if source.type == "ARMATURE":
        parts = [thing for thing in source.children_recursive if thing.type in SOLID and thing.visible_get()]
    points = [np.array([part.matrix_world @ Vector(corner) for corner in part.bound_box]) for part in parts]
    points = [box for box in points if np.isfinite(box).all() and np.ptp(box, axis=0).max() > 0]
    if points:
        return np.concatenate(points)
    if source.type == "ARMATURE" and source.data.bones:
        return np.array([source.matrix_world @ end for bone in source.data.bones for end in (bone.head_local, bone.tail_local)])
    return None


def _yaw(source: bpy.types.Object) -> float:
    """Radians about the vertical, rounded to a tenth of a degree."""
    return round(float(source.matrix_world.to_euler("XYZ").z), 4)


def _provenance(source: bpy.types.Object) -> dict:
    try:
        found = json.loads(source.get(PROPERTY, "{}"))
    except (TypeError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _clips(source: bpy.types.Object) -> list[str]:
    if source.type != "ARMATURE" or source.animation_data is None:
        return []
    names = [track.name for track in source.animation_data.nla_tracks]
    if source.animation_data.action is not None:
        names.append(source.animation_data.action.name)
    return list(dict.fromkeys(names))


def main_slot(source: bpy.types.Object) -> bpy.types.Material | None:
    """The material that most faces have."""
    slots = [slot.material for slot in source.material_slots]
    if not slots or source.type != "MESH" or len(slots) == 1:
        return slots[0] if slots else None
    index = np.empty(len(source.data.polygons), np.int32)
    source.data.polygons.foreach_get("material_index", index)
    if not len(index):
        return slots[0]
    area = np.empty(len(index), np.float32)
    source.data.polygons.foreach_get("area", area)
    weight = np.bincount(np.minimum(index, len(slots) - 1), area, minlength=len(slots))
    return slots[int(weight.argmax())]


def _look(source: bpy.types.Object) -> tuple[str, str]:
    """The name of the colour and of the substance that a thing is mostly of."""
    if source.type == "ARMATURE":
        return "", ""
    material = main_slot(source)
    if material is None:
        return "", ""
    key = (material.name_full, material.users)
    if key not in _looks:
        from ...core.interaction.colors import color_name, material_of  # enabling the extension must be quick

        substance = material_of(re.sub(r"#\w+|[._]\d+", " ", material.name))
        code = _CODE.search(material.name)
        if code:
            linear = from_bytes(np.array([int(code[1][k : k + 2], 16) for k in (0, 2, 4)], np.uint8))
        else:
            read = MaterialReader().read(material)
            linear = np.array(read.base_color[:3])
            if read.base_color_texture is not None:
                pixels = read.base_color_texture.pixels
                linear = (
                    from_bytes(pixels[:: max(1, len(pixels) // 32), :: max(1, pixels.shape[1] // 32), :3])
                    .reshape(-1, 3)
                    .mean(axis=0)
                )
        _looks[key] = color_name(linear), substance
        if len(_looks) > 5000:
            _looks.clear()
            return read_look(material)
    return _looks[key]


def read_look(material: bpy.types.Material) -> tuple[str, str]:
    """Colour and substance by the material's plain values."""
    from ...core.interaction.colors import color_name, material_of

    return color_name(np.array(material.diffuse_color[:3])), material_of(material.name)


def viewer(context: bpy.types.Context) -> float:
    """Radians by which the viewer is turned from looking along +Y: the 3D view's, or the camera's without a window."""
    matrix: Matrix | None = None
    region = getattr(context, "region_data", None)
    if region is not None:
        matrix = region.view_matrix.inverted().to_3x3()
    elif context.scene.camera is not None:
        matrix = context.scene.camera.matrix_world.to_3x3()
    if matrix is None:
        return 0.0
    ahead = matrix @ Vector((0, 0, -1))
    if math.hypot(ahead.x, ahead.y) < 0.3:
        ahead = matrix @ Vector((0, 1, 0))
    turn = math.atan2(-ahead.x, ahead.y)
    return round(turn / (math.pi / 2)) * math.pi / 2  # left is along an axis, as in the artist's room


def thing_at(things: list[Thing], place: tuple[float, float, float]) -> str:
    """The smallest thing whose box holds a place, or ""."""
    spot = np.array(place)
    near = [thing for thing in things if np.all(spot > np.array(thing.low) - 0.03) and np.all(spot < np.array(thing.high) + 0.03)]
    near = [thing for thing in near if thing.role not in ("floor", "ceiling")]
    return min(near, key=lambda thing: float(np.prod(thing.size + 0.01))).name if near else ""
