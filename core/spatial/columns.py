"""A point cloud as named columns of numbers, which is what PLY, PCD and XYZ files have in common."""

from __future__ import annotations

import re

import numpy as np

from ..cloud import PointCloud
from .colour import from_bytes, to_bytes, to_linear

POSITION, NORMAL, COLOR = ("x", "y", "z"), ("nx", "ny", "nz"), ("red", "green", "blue")
NUMBERS = ("face", "object", "material")
ALIASES = {
    "normal_x": "nx", "normal_y": "ny", "normal_z": "nz", "r": "red", "g": "green", "b": "blue",
    "rf": "red", "gf": "green", "bf": "blue", "diffuse_red": "red", "diffuse_green": "green", "diffuse_blue": "blue",
}  # fmt: skip
LONGEST_NAME = 240  # characters: Open3D reads a header line of at most 1,024 bytes
COMMENT = re.compile(r"^(object|material) (\d+) (.*)$")


class Unreadable(ValueError):
    """Why a file of the right format cannot be read, as one sentence that says what to do."""


def columns_of(cloud: PointCloud) -> dict[str, np.ndarray]:
    """The cloud's columns in file order: float32 positions and normals, sRGB bytes, int32 numbers."""
    columns = {axis: cloud.positions[:, k].astype(np.float32) for k, axis in enumerate(POSITION)}
    if cloud.normals is not None:
        columns |= {axis: cloud.normals[:, k].astype(np.float32) for k, axis in enumerate(NORMAL)}
    if cloud.colors is not None:
        srgb = to_bytes(cloud.colors)
        columns |= {channel: srgb[:, k] for k, channel in enumerate(COLOR)}
    for name in NUMBERS:
        if getattr(cloud, name) is not None:
            columns[name] = getattr(cloud, name).astype(np.int32)
    return columns


def cloud_of(columns: dict[str, np.ndarray], comments: list[str], name: str) -> PointCloud:
    """The cloud of the columns that are known, under their usual names; float colours are taken as 0..1, integers as bytes.

    Raises KeyError when a coordinate is missing.
    """
    known = {ALIASES.get(key.lower(), key.lower()): values for key, values in columns.items()}
    names = _names(comments)
    return PointCloud(
        name,
        np.stack([known[axis] for axis in POSITION], axis=1).astype(np.float32),
        normals=_normals(known),
        colors=_colors(known),
        **{key: known[key].astype(np.int32) for key in NUMBERS if key in known},
        object_names=names["object"],
        material_names=names["material"],
    )


def comments_of(cloud: PointCloud) -> list[str]:
    """The names of objects and materials, one a line: ``object 0 Chair``."""
    lists = (("object", cloud.object_names), ("material", cloud.material_names))
    return [f"{kind} {number} {_one_line(text)}" for kind, texts in lists for number, text in enumerate(texts)]


def _names(comments: list[str]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {"object": [], "material": []}
    for comment in comments:
        found = COMMENT.match(comment.strip("\r\n"))
        if found and int(found[2]) == len(names[found[1]]):
            names[found[1]].append(found[3])
    return names


def _one_line(text: str) -> str:
    return re.sub(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", " ", text)[:LONGEST_NAME]


def _normals(known: dict[str, np.ndarray]) -> np.ndarray | None:
    if not all(axis in known for axis in NORMAL):
        return None
    normals = np.nan_to_num(np.stack([known[axis] for axis in NORMAL], axis=1).astype(np.float32))
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    # Unit normals stay as they are to the last bit; others are made so.
    return np.where(np.abs(length - 1) < 1e-5, normals, normals / np.maximum(length, 1e-20)).astype(np.float32)


def _colors(known: dict[str, np.ndarray]) -> np.ndarray | None:
    if not all(channel in known for channel in COLOR):
        return None
    srgb = np.stack([known[channel] for channel in COLOR], axis=1)
    if srgb.dtype.kind in "iu":
        return from_bytes(np.clip(srgb >> 8 if srgb.dtype.itemsize == 2 and srgb.max(initial=0) > 255 else srgb, 0, 255))
    srgb = np.nan_to_num(srgb)
    return from_bytes(np.rint(np.clip(srgb, 0, 255))) if srgb.max(initial=0) > 1 else to_linear(np.clip(srgb, 0, 1))
