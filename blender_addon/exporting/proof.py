"""Proofs of an exported file: the glTF validator's verdict, and reading it back to compare every place in it."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import bpy
import numpy as np
from mathutils.kdtree import KDTree

from ..core.errors import WorldwrightError
from ..core.game.validate import find_validator, validate, worst
from .rigs import actions_of, curves_of

TOLERANCE = 1e-4  # metres


@dataclass
class Measured:
    """Where things are, in world space and rest pose: corners of boxes, vertices of skinned meshes, heads of bones."""

    boxes: dict[str, np.ndarray] = field(default_factory=dict)
    skinned: dict[str, np.ndarray] = field(default_factory=dict)
    bones: dict[str, dict[str, np.ndarray]] = field(default_factory=dict)


def measure() -> Measured:
    """Measures every mesh object of the current scene. Raises WorldwrightError when a coordinate is not a number."""
    armatures = list(bpy.data.armatures)
    poses = [armature.pose_position for armature in armatures]
    for armature in armatures:
        armature.pose_position = "REST"
    with _still_faces():
        found = _measured()
    for armature, pose in zip(armatures, poses, strict=True):
        armature.pose_position = pose
    return found


@contextmanager
def _still_faces() -> Iterator[None]:
    """Shape keys that move rest meanwhile; those that only have a curve at one value, as importers of FBX leave, keep it."""
    moving = [keys for keys in bpy.data.shape_keys if keys.animation_data is not None and any(map(_varies, actions_of(keys)))]
    before = [(keys.animation_data.action, keys.animation_data.action_slot, keys.animation_data.use_nla) for keys in moving]
    values = [[key.value for key in keys.key_blocks] for keys in moving]
    for keys in moving:
        keys.animation_data.action, keys.animation_data.use_nla = None, False
        for key in keys.key_blocks:
            key.value = 0.0
    yield
    for keys, (action, slot, layered), amounts in zip(moving, before, values, strict=True):
        for key, amount in zip(keys.key_blocks, amounts, strict=True):
            key.value = amount
        keys.animation_data.action, keys.animation_data.use_nla = action, layered
        if action is not None:
            keys.animation_data.action_slot = slot


def _varies(action: bpy.types.Action) -> bool:
    values = [[key.co[1] for key in curve.keyframe_points] for curve in curves_of(action) if "key_blocks" in curve.data_path]
    return any(max(one) - min(one) > 1e-6 for one in values if one)


def name_as_exported() -> None:
    """Blender's importer hangs a skinned mesh whose shape keys are animated on an empty of its name: the mesh gets it back."""
    for target in list(bpy.context.scene.objects):
        mesh = bpy.context.scene.objects.get(f"{target.name}.001")
        if target.type == "EMPTY" and mesh is not None and mesh.type == "MESH" and mesh.data.shape_keys is not None:
            name = target.name
            target.name = f"{name} (node)"
            mesh.name = name


def _measured() -> Measured:
    bpy.context.view_layer.update()
    depsgraph = bpy.context.evaluated_depsgraph_get()
    found = Measured()
    for target in bpy.context.scene.objects:
        if target.type != "MESH":
            continue
        evaluated = target.evaluated_get(depsgraph)
        place = np.array(evaluated.matrix_world)
        points = _coordinates(evaluated.data) @ place[:3, :3].T + place[:3, 3]
        if not np.isfinite(points).all():
            raise WorldwrightError(f"Some coordinates of “{target.name}” are not numbers, so it cannot be exported.")
        found.boxes[target.name] = np.stack([points.min(axis=0), points.max(axis=0)])
        armature = target.find_armature()
        if armature is not None:
            found.skinned[target.name] = points
            found.bones[target.name] = {
                bone.name: np.array(armature.matrix_world @ bone.head_local) for bone in armature.data.bones
            }
    return found


def _coordinates(mesh: bpy.types.Mesh) -> np.ndarray:
    """(V, 3) of the vertices that a face uses: only those are exported."""
    points = np.empty((len(mesh.vertices), 3), np.float32)
    mesh.vertices.foreach_get("co", points.ravel())
    used = np.empty(len(mesh.loops), np.int32)
    mesh.loops.foreach_get("vertex_index", used)
    return points[np.unique(used)].astype(np.float64)


def validate_file(path: Path, outcome: dict) -> None:
    """Adds the validator's verdict and counts to the outcome. Raises WorldwrightError when it finds an error."""
    outcome["counts"] = _counts(path)
    modules = find_validator()
    if modules is None:
        outcome["checks"]["gltf-validator"] = "not run: Node.js or its package gltf-validator is missing"
        return
    report = validate(path, modules)
    issues = report["issues"]
    outcome["checks"]["gltf-validator errors"] = issues["numErrors"]
    outcome["checks"]["gltf-validator warnings"] = issues["numWarnings"]
    outcome["checks"]["influences per vertex"] = report["info"]["maxInfluences"]
    messages = worst(report)
    if issues["numErrors"]:
        raise WorldwrightError(f"The exported file is not valid glTF, so nothing was written: {messages[0]}.")
    outcome["warnings"] += [f"glTF validator: {message}" for message in messages]


def _counts(path: Path) -> dict[str, int]:
    """What the file holds, from its JSON chunk (glTF 2.0, section 4.4)."""
    with open(path, "rb") as file:
        length = struct.unpack("<4sII I4s", file.read(20))[3]
        document = json.loads(file.read(length))
    corners = 0
    for mesh in document.get("meshes", []):
        corners += sum(document["accessors"][part["indices"]]["count"] for part in mesh["primitives"] if part.get("mode", 4) == 4)
    counts = {name: len(document.get(name, [])) for name in ("nodes", "meshes", "materials", "images", "skins", "animations")}
    return {**counts, "triangles": corners // 3, "bytes": path.stat().st_size}


def read_back(path: Path, expected: Measured, outcome: dict) -> None:
    """Imports the file into an empty scene and compares. Raises WorldwrightError when something is off by over 0.1 mm."""
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    bpy.ops.import_scene.gltf(filepath=str(path))
    name_as_exported()
    found = measure()
    missing = sorted(set(expected.boxes) - set(found.boxes))
    if missing:
        raise WorldwrightError(f"“{missing[0]}” is missing from the exported file, so nothing was written.")
    checks = outcome["checks"]
    checks["objects read back"] = len(expected.boxes)
    boxes = {name: float(abs(found.boxes[name] - box).max()) for name, box in expected.boxes.items()}
    checks["scale, axes and place: largest error (mm)"] = _within(boxes)
    if expected.skinned:
        skins = {name: farthest(points, found.skinned.get(name)) for name, points in expected.skinned.items()}
        bones = {
            f"{name} {bone}": float(abs(found.bones[name][bone] - head).max())
            for name, heads in expected.bones.items()
            for bone, head in heads.items()
        }
        checks["bind pose, vertices: largest error (mm)"] = _within(skins)
        checks["bind pose, bones: largest error (mm)"] = _within(bones)


def _within(errors: dict[str, float]) -> float:
    """The largest of the errors (metres by name), in millimetres. Raises WorldwrightError when it is too large."""
    name = max(errors, key=lambda key: errors[key])
    if errors[name] > TOLERANCE:
        off = f"{1000 * errors[name]:.2f} mm"
        raise WorldwrightError(f"“{name}” came back {off} off from the exported file, so nothing was written.")
    return round(1000 * errors[name], 4)


def farthest(points: np.ndarray, found: np.ndarray | None) -> float:
    """Hausdorff distance between two sets of points, metres."""
    if found is None:
        return float("inf")
    return max(_one_sided(points, found), _one_sided(found, points))


def _one_sided(points: np.ndarray, others: np.ndarray) -> float:
    tree = KDTree(len(others))
    for index, point in enumerate(others):
        tree.insert(point, index)
    tree.balance()
    return max(tree.find(point)[2] for point in points)
