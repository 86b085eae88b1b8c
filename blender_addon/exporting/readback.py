"""Blender reads a written model back: bounds, bind pose, clips, shape keys, influences and colliders are what they were."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import bpy
import numpy as np

from ..core.errors import WorldwrightError
from .convert import to_mesh
from .proof import TOLERANCE, farthest, measure, name_as_exported

IMPORTERS = {".glb": "import_scene.gltf", ".vrm": "import_scene.gltf", ".fbx": "import_scene.fbx", ".usdz": "wm.usd_import"}


@dataclass
class Expected:
    """What a file should hold: boxes (2, 3) of its objects, skinned vertices, heads of bones, seconds of clips, shape keys."""

    boxes: dict[str, np.ndarray] = field(default_factory=dict)
    skinned: dict[str, np.ndarray] = field(default_factory=dict)
    bones: dict[str, dict[str, np.ndarray]] = field(default_factory=dict)
    clips: dict[str, float] = field(default_factory=dict)
    keys: dict[str, list[str]] = field(default_factory=dict)
    solids: list[str] = field(default_factory=list)
    hung: list[str] = field(default_factory=list)  # objects on a bone: USD shows them where the first clip has them


def facts(objects: list[bpy.types.Object], solids: list[bpy.types.Object]) -> Expected:
    """What a file of these objects should hold."""
    found = measure()
    names = [target.name for target in objects if target.type == "MESH"]
    expected = Expected(
        {name: found.boxes[name] for name in names},
        {name: found.skinned[name] for name in names if name in found.skinned},
        {name: found.bones[name] for name in names if name in found.bones},
        solids=[solid.name for solid in solids if solid.name in names],
        hung=[target.name for target in objects if target.type == "MESH" and target.parent_type == "BONE"],
    )
    for target in objects:
        if target.type == "MESH" and target.data.shape_keys:
            expected.keys[target.name] = [key.name for key in target.data.shape_keys.key_blocks[1:]]
    render = bpy.context.scene.render
    for target in objects:
        if target.type != "ARMATURE" or not target.animation_data:
            continue
        for track in target.animation_data.nla_tracks:
            for strip in track.strips:
                low, high = strip.action.frame_range
                expected.clips[track.name] = (high - low) * render.fps_base / render.fps
    return expected


def read_back(path: Path, expected: Expected) -> dict:
    """Imports the file into an empty scene and compares. Raises WorldwrightError naming what is off."""
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    module, _, name = IMPORTERS[path.suffix].partition(".")
    getattr(getattr(bpy.ops, module), name)(filepath=str(path))
    name_as_exported()
    found = measure()
    if path.suffix == ".usdz":  # names and parents are the format's own business
        return _whole(path, expected, found.boxes)
    missing = sorted(set(expected.boxes) - set(found.boxes))
    if missing:
        raise WorldwrightError(f"“{missing[0]}” is missing from “{path.name}”, so nothing was written.")
    checks = {"objects": len(expected.boxes)}
    reach = max(float(abs(box).max()) for box in expected.boxes.values())
    off = {name: float(abs(found.boxes[name] - box).max()) for name, box in expected.boxes.items()}
    checks["bounds (mm)"] = _within(path, off, reach)
    if expected.skinned:
        off = {name: farthest(points, found.skinned.get(name)) for name, points in expected.skinned.items()}
        checks["bind pose, vertices (mm)"] = _within(path, off)
        heads = {
            f"{name} {bone}": float(abs(found.bones[name][bone] - head).max())
            for name, bones in expected.bones.items()
            for bone, head in bones.items()
            if bone in found.bones[name]
        }
        checks["bind pose, bones (mm)"] = _within(path, heads)
        most = max(_influences(bpy.data.objects[name]) for name in expected.skinned)
        if most > 4:
            raise WorldwrightError(f"A vertex in “{path.name}” follows {most} bones, so nothing was written.")
        checks["influences"] = most
    _turned(path)
    _keys(path, expected, checks)
    _clips(path, expected, checks)
    _solids(path, expected, checks)
    return checks


def _whole(path: Path, expected: Expected, boxes: dict[str, np.ndarray]) -> dict:
    def around(all_boxes: list[np.ndarray]) -> np.ndarray:
        stack = np.stack(all_boxes)
        return np.stack([stack[:, 0].min(axis=0), stack[:, 1].max(axis=0)])

    count = len(boxes)
    boxes = {name: box for name, box in boxes.items() if name not in expected.hung}
    wanted = {name: box for name, box in expected.boxes.items() if name not in expected.hung}
    if not boxes or not wanted:
        raise WorldwrightError(f"“{path.name}” holds no mesh, so nothing was written.")
    whole = around(list(wanted.values()))
    off = float(abs(around(list(boxes.values())) - whole).max())
    return {"objects": count, "bounds (mm)": _within(path, {"the whole": off}, float(abs(whole).max()))}


def _within(path: Path, errors: dict[str, float], reach: float = 0.0) -> float:
    """The largest of the errors (metres by name) in millimetres; ``reach``: how far from the middle it may lie, metres."""
    name = max(errors, key=lambda key: errors[key])
    tolerance = TOLERANCE + 4e-7 * max(100.0, reach)  # single precision, so far from the middle
    if errors[name] > tolerance:
        raise WorldwrightError(f"“{name}” came back {1000 * errors[name]:.2f} mm off from “{path.name}”; nothing was written.")
    return round(1000 * errors[name], 4)


def _turned(path: Path) -> None:
    """Engines show objects with a scale of 100 or a turn of 90 degrees that nobody gave them."""
    for target in bpy.context.scene.objects:
        if target.parent is None and target.type == "MESH" and (target.matrix_world.determinant() <= 0):
            raise WorldwrightError(f"“{target.name}” came back mirrored from “{path.name}”, so nothing was written.")


def _influences(target: bpy.types.Object) -> int:
    return max((sum(group.weight > 1e-5 for group in vertex.groups) for vertex in target.data.vertices), default=0)


def _keys(path: Path, expected: Expected, checks: dict) -> None:
    for name, keys in expected.keys.items():
        shapes = bpy.data.objects[name].data.shape_keys
        have = set(shapes.key_blocks.keys()) if shapes else set()
        lost = [key for key in keys if key not in have]
        if lost:
            raise WorldwrightError(f"The shape key “{lost[0]}” of “{name}” is missing from “{path.name}”; nothing was written.")
        checks["shape keys"] = checks.get("shape keys", 0) + len(keys)


def _clips(path: Path, expected: Expected, checks: dict) -> None:
    render = bpy.context.scene.render
    lengths: dict[str, list[float]] = {}
    for action in bpy.data.actions:
        low, high = action.frame_range
        lengths.setdefault(action.name, []).append((high - low) * render.fps_base / render.fps)
    for clip, seconds in expected.clips.items():
        near = [length for name, found in lengths.items() if clip in name for length in found]
        if not any(abs(length - seconds) <= 1.5 * render.fps_base / render.fps for length in near):
            raise WorldwrightError(f"The clip “{clip}” did not come back from “{path.name}” as it was; nothing was written.")
    if expected.clips:
        checks["clips"] = len(expected.clips)


def _solids(path: Path, expected: Expected, checks: dict) -> None:
    from ..core.game.collider import convex

    for name in expected.solids:
        target = bpy.data.objects[name]
        if "NAV" not in name and "navmesh" not in name and not convex(to_mesh(target)):
            raise WorldwrightError(f"The collision shape “{name}” in “{path.name}” is not convex, so nothing was written.")
    if expected.solids:
        checks["convex colliders"] = len(expected.solids)
