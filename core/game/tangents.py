"""Normals and tangents of a written .glb that have no length, which the glTF specification forbids, get a direction."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np

FLOAT, WIDTH = 5126, {"NORMAL": 3, "TANGENT": 4}


def mend_directions(path: Path) -> int:
    """Writes unit vectors in place of those shorter than half, and returns how many there were.

    Exporters leave them where a face has no area, or no place on the UV map: nothing can be shaded wrong there.
    """
    data = bytearray(path.read_bytes())
    length = struct.unpack_from("<I", data, 12)[0]
    document, start = json.loads(data[20 : 20 + length]), 28 + length
    mended, done = 0, set()
    for part in (part for mesh in document.get("meshes", []) for part in mesh["primitives"]):
        rows = {name: _rows(document, data, start, part["attributes"].get(name), width) for name, width in WIDTH.items()}
        for name in WIDTH:  # normals first: tangents stand on them
            found, number = rows[name], part["attributes"].get(name)
            if found is None or number in done:
                continue
            done.add(number)
            short = np.flatnonzero(~(np.linalg.norm(found[:, :3].astype(np.float64), axis=1) > 0.5))
            mended += len(short)
            if name == "NORMAL" or rows["NORMAL"] is None:
                found[short, :3] = [0, 1, 0]
            else:
                found[short] = np.c_[_across(rows["NORMAL"][short]), np.ones(len(short))]
    if mended:
        path.write_bytes(data)
    return mended


def _rows(document: dict, data: bytearray, start: int, number: int | None, width: int) -> np.ndarray | None:
    """The accessor's values, as a view into ``data``; None where there are none or they are packed otherwise."""
    accessor = document["accessors"][number] if number is not None else {}
    if "bufferView" not in accessor or accessor["componentType"] != FLOAT or "sparse" in accessor:
        return None
    view = document["bufferViews"][accessor["bufferView"]]
    offset = start + view.get("byteOffset", 0) + accessor.get("byteOffset", 0)
    strides = (view.get("byteStride", 4 * width), 4)
    return np.ndarray((accessor["count"], width), "<f4", buffer=data, offset=offset, strides=strides)


def _across(normals: np.ndarray) -> np.ndarray:
    """(N, 3) unit vectors at right angles to unit normals (N, 3)."""
    axis = np.eye(3)[np.abs(normals).argmin(axis=1)]
    across = np.cross(normals.astype(np.float64), axis)
    return across / np.linalg.norm(across, axis=1, keepdims=True)
