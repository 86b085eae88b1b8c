"""Rigged people of other makers, read straight from GLB: mesh, skin weights, joints; for measuring, never for training."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

KINDS = {5120: np.int8, 5121: np.uint8, 5122: np.int16, 5123: np.uint16, 5125: np.uint32, 5126: np.float32}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}
TO_Z_UP = np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]], float)
# Our bones, and what others call them, in lower case without separators; the first found in a file counts.
CALLED = {
    "pelvis": ("hips", "body"), "spine_01": ("abdomen", "spine"), "spine_03": ("chest", "torso"), "neck_01": ("neck",),
    "head": ("head",),
    **{f"{ours}_{s}": tuple(f"{name}{s}" for name in names) for s in "lr" for ours, names in {
        "clavicle": ("shoulder",), "upperarm": ("upperarm",), "lowerarm": ("lowerarm",), "hand": ("hand", "wrist", "palm", "fist"),
        "thigh": ("upperleg",), "calf": ("lowerleg",), "foot": ("foot",),
    }.items()},
}  # fmt: skip


@dataclass
class Rigged:
    """Z up, facing -Y, the file's units. ``weights`` (V, J) dense; ``joints`` (J, 3) in bind pose, ``parents`` (J,), ``names``;
    ``known``: our bone -> number of theirs."""

    name: str
    vertices: np.ndarray
    faces: np.ndarray
    pieces: list[tuple[str, slice, slice]]
    weights: np.ndarray
    joints: np.ndarray
    parents: np.ndarray
    names: list[str]
    known: dict[str, int]

    @property
    def height(self) -> float:
        """From the lowest vertex to the highest."""
        return float(np.ptp(self.vertices[:, 2]))


class _Glb:
    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        length = struct.unpack("<I", data[12:16])[0]
        self.json = json.loads(data[20 : 20 + length])
        self.binary = data[28 + length :]

    def values(self, number: int) -> np.ndarray:
        accessor = self.json["accessors"][number]
        view = self.json["bufferViews"][accessor["bufferView"]]
        kind, width = np.dtype(KINDS[accessor["componentType"]]), WIDTHS[accessor["type"]]
        stride = view.get("byteStride", 0) or kind.itemsize * width
        start = view.get("byteOffset", 0) + accessor.get("byteOffset", 0)
        found = np.ndarray((accessor["count"], width), kind, self.binary, start, (stride, kind.itemsize)).copy()
        return found / np.iinfo(kind).max if accessor.get("normalized") else found

    def worlds(self) -> tuple[list[np.ndarray], list[int]]:
        """World matrices and parents of all nodes."""
        nodes = self.json["nodes"]
        parents = [-1] * len(nodes)
        for number, node in enumerate(nodes):
            for child in node.get("children", []):
                parents[child] = number
        world: list = [None] * len(nodes)

        def solve(number: int) -> np.ndarray:
            if world[number] is None:
                above = solve(parents[number]) if parents[number] >= 0 else np.eye(4)
                world[number] = above @ _local(nodes[number])
            return world[number]

        return [solve(number) for number in range(len(nodes))], parents


def _local(node: dict) -> np.ndarray:
    if "matrix" in node:
        return np.array(node["matrix"], float).reshape(4, 4).T
    x, y, z, w = np.array(node.get("rotation", [0, 0, 0, 1]), float)
    turn = np.array([[1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
                     [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
                     [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)]])  # fmt: skip
    matrix = np.eye(4)
    matrix[:3, :3] = turn * np.array(node.get("scale", [1, 1, 1]))
    matrix[:3, 3] = node.get("translation", [0, 0, 0])
    return matrix


def read_rigged(path: Path) -> Rigged:
    """The skinned meshes of a GLB in the pose its file shows, as one."""
    glb = _Glb(path)
    nodes = glb.json["nodes"]
    world, above = glb.worlds()
    skin = glb.json["skins"][0]
    bones = skin["joints"]
    names = [nodes[number].get("name", "") for number in bones]
    vertices, faces, weights, pieces = [], [], [], []
    for node in nodes:
        if "mesh" not in node or "skin" not in node:
            continue
        own = glb.json["skins"][node["skin"]]
        order = [names.index(nodes[number].get("name", "")) for number in own["joints"]]
        inverse = glb.values(own["inverseBindMatrices"]).reshape(-1, 4, 4).transpose(0, 2, 1)
        matrices = np.stack([world[bone] for bone in own["joints"]]) @ inverse
        first, begun = sum(map(len, vertices)), sum(map(len, faces))
        for primitive in glb.json["meshes"][node["mesh"]]["primitives"]:
            if "JOINTS_0" not in primitive["attributes"]:
                continue
            place = glb.values(primitive["attributes"]["POSITION"]).astype(float)
            joint = glb.values(primitive["attributes"]["JOINTS_0"]).astype(int)
            weight = glb.values(primitive["attributes"]["WEIGHTS_0"]).astype(float)
            weight /= weight.sum(axis=1, keepdims=True)
            blend = np.einsum("vk,vkij->vij", weight, matrices[joint])
            dense = np.zeros((len(place), len(bones)))
            np.add.at(dense, (np.arange(len(place))[:, None], np.array(order)[joint]), weight)
            faces.append(glb.values(primitive["indices"]).reshape(-1, 3).astype(int) + sum(map(len, vertices)))
            vertices.append(np.einsum("vij,vj->vi", blend[:, :3, :3], place) + blend[:, :3, 3])
            weights.append(dense)
        pieces.append((node.get("name", ""), slice(first, sum(map(len, vertices))), slice(begun, sum(map(len, faces)))))
    joints = np.stack([world[number][:3, 3] for number in bones])
    parents = np.array([bones.index(above[number]) if above[number] in bones else -1 for number in bones])
    plain = ["".join(c for c in name.lower() if c.isalnum()) for name in names]
    known = {ours: plain.index(name) for ours, called in CALLED.items() for name in called[::-1] if name in plain}
    return Rigged(path.stem, np.concatenate(vertices) @ TO_Z_UP.T, np.concatenate(faces), pieces, np.concatenate(weights),
                  joints @ TO_Z_UP.T, parents, names, known)  # fmt: skip
