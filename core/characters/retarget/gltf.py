"""Skeletons and animations of glTF binary files (.glb), read with numpy alone."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np

from ...errors import WorldwrightError
from ..motion.kinematics import matrices, unit
from .rig import Motion, Rig, sorted_rig

FPS = 30.0
MAX_SECONDS = 600.0
COMPONENTS = {5120: np.int8, 5121: np.uint8, 5122: np.int16, 5123: np.uint16, 5125: np.uint32, 5126: np.float32}
WIDTHS = {"SCALAR": 1, "VEC3": 3, "VEC4": 4}


def read_glb(path: Path) -> list[Motion]:
    """Every animation of the file's first skin, sampled at 30 frames a second. Raises WorldwrightError."""
    path = Path(path)
    try:
        data = path.read_bytes()
        if data[:4] != b"glTF":
            raise ValueError
        size = struct.unpack("<I", data[12:16])[0]
        content, binary = json.loads(data[20 : 20 + size]), data[28 + size :]
        return _Reader(content, binary, path.stem).motions()
    except OSError as error:
        raise WorldwrightError(f"“{path.name}” cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, IndexError, TypeError, struct.error) as error:
        raise WorldwrightError(f"“{path.name}” is not a sound GLB file with a skeleton.") from error


class _Reader:
    def __init__(self, content: dict[str, Any], binary: bytes, name: str) -> None:
        self.content, self.binary, self.name = content, binary, name
        self.nodes = content["nodes"]
        self.parent = {child: number for number, node in enumerate(self.nodes) for child in node.get("children", [])}
        chosen = set(content["skins"][0]["joints"])
        for joint in list(chosen):  # what lies between the joints and the scene's root carries them too
            while (joint := self.parent.get(joint, -1)) >= 0:
                chosen.add(joint)
        self.order = sorted(chosen, key=lambda node: (self._depth(node), node))
        self.place = {node: number for number, node in enumerate(self.order)}
        self.parents = np.array([self.place.get(self.parent.get(node, -1), -1) for node in self.order])

    def _depth(self, node: int) -> int:
        depth = 0
        while (node := self.parent.get(node, -1)) >= 0:
            depth += 1
            if depth > len(self.nodes):
                raise ValueError("circle")
        return depth

    def _values(self, number: int) -> np.ndarray:
        accessor = self.content["accessors"][number]
        view = self.content["bufferViews"][accessor["bufferView"]]
        kind, width = np.dtype(COMPONENTS[accessor["componentType"]]), WIDTHS[accessor["type"]]
        start = view.get("byteOffset", 0) + accessor.get("byteOffset", 0)
        values = np.frombuffer(self.binary, kind, accessor["count"] * width, start).reshape(-1, width).astype(float)
        return values if kind == np.float32 else np.maximum(values / np.iinfo(kind).max, -1)  # type: ignore[type-var]

    def _rest(self) -> tuple[np.ndarray, np.ndarray]:
        """(B, 3) translations and (B, 4) rotations (w, x, y, z) of the nodes; scale is left out."""
        moved = np.array([self.nodes[node].get("translation", [0, 0, 0]) for node in self.order], float)
        turned = np.array([self.nodes[node].get("rotation", [0, 0, 0, 1]) for node in self.order], float)
        return moved, turned[:, [3, 0, 1, 2]]

    def _globals(self, moved: np.ndarray, turned: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(T, B, 3, 3) rotations and (T, B, 3) places in the scene of local (T, B, 3) and (T, B, 4)."""
        rotation, place = matrices(turned), moved.copy()
        for bone, parent in enumerate(self.parents):
            if parent >= 0:
                place[:, bone] = place[:, parent] + np.einsum("tij,tj->ti", rotation[:, parent], moved[:, bone])
                rotation[:, bone] = rotation[:, parent] @ rotation[:, bone]
        return rotation, place

    def motions(self) -> list[Motion]:
        moved, turned = self._rest()
        frames, heads = (values[0] for values in self._globals(moved[None], turned[None]))
        rig = self._rig(heads, frames)
        made = []
        for number, animation in enumerate(self.content.get("animations", [])):
            motion = self._motion(animation, animation.get("name", f"Motion {number + 1}"), rig, frames, moved, turned)
            if motion is not None:
                made.append(motion)
        return made

    def _rig(self, heads: np.ndarray, frames: np.ndarray) -> Rig:
        names = [self.nodes[node].get("name", "") for node in self.order]
        tails = heads.copy()
        for bone in range(len(names)):
            following = heads[self.parents == bone]
            tails[bone] = following.mean(axis=0) if len(following) else heads[bone]
            if np.linalg.norm(tails[bone] - heads[bone]) < 1e-6:
                tails[bone] = heads[bone] + 0.05 * unit(frames[bone][:, 1])
        return sorted_rig(self.name, names, self.parents, heads, tails, frames)

    def _motion(
        self, animation: dict, name: str, rig: Rig, rest: np.ndarray, moved: np.ndarray, turned: np.ndarray
    ) -> Motion | None:
        tracks = {}
        for channel in animation["channels"]:
            node, path = channel["target"].get("node"), channel["target"]["path"]
            if node in self.place and path in ("rotation", "translation"):
                sampler = animation["samplers"][channel["sampler"]]
                times, values = self._values(sampler["input"])[:, 0], self._values(sampler["output"])
                if sampler.get("interpolation") == "CUBICSPLINE":
                    values = values[1::3]
                tracks[self.place[node], path] = times, values, sampler.get("interpolation") == "STEP"
        end = max((times[-1] for times, *_ in tracks.values()), default=0.0)
        if not tracks or end > MAX_SECONDS:
            return None
        at = np.arange(round(end * FPS) + 1) / FPS
        places, turns = (np.tile(values, (len(at), 1, 1)) for values in (moved, turned))
        for (bone, path), (times, values, step) in tracks.items():
            if path == "translation":
                places[:, bone] = _sampled(at, times, values, step)
            else:
                values = values[:, [3, 0, 1, 2]]
                flips = np.cumprod(np.where((values[1:] * values[:-1]).sum(axis=1) < 0, -1.0, 1.0))
                values[1:] *= flips[:, None]
                turns[:, bone] = _sampled(at, times, values, step)
        rotation, place = self._globals(places, turns)
        world = rotation @ np.swapaxes(rest, -1, -2)
        offsets = {}
        for bone, parent in enumerate(self.parents):
            carried = rig.heads[bone] - (rig.heads[parent] if parent >= 0 else 0)
            own = place[:, bone] - (place[:, parent] if parent >= 0 else 0)
            offset = np.einsum("tji,tj->ti", world[:, parent], own) - carried if parent >= 0 else own - carried
            if np.abs(offset).max() > 1e-6:
                offsets[bone] = offset
        still = np.abs(turns[0] - turns[-1]).max() < 0.02 and np.abs(places[0] - places[-1]).max() < 0.02
        return Motion(name, rig, FPS, world, offsets, loop=bool(still and len(at) > 2))


def _sampled(at: np.ndarray, times: np.ndarray, values: np.ndarray, step: bool) -> np.ndarray:
    if step:
        return values[np.clip(np.searchsorted(times, at, side="right") - 1, 0, len(times) - 1)]
    return np.stack([np.interp(at, times, column) for column in values.T], axis=1)
