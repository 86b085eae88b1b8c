"""Directions without a length, which exporters write where a face has no area, are mended in the file."""

from __future__ import annotations

import json
import struct

import numpy as np

from core.game.tangents import mend_directions


def test_normals_and_tangents_without_a_length_get_a_direction(tmp_path):
    normals = np.float32([[0, 0, 1], [0, 0, 0], [1, 0, 0]])
    tangents = np.float32([[1, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, -1]])
    payload = normals.tobytes() + tangents.tobytes()
    document = {
        "asset": {"version": "2.0"},
        "bufferViews": [{"buffer": 0, "byteOffset": 0, "byteLength": 36}, {"buffer": 0, "byteOffset": 36, "byteLength": 48}],
        "accessors": [{"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"},
                      {"bufferView": 1, "componentType": 5126, "count": 3, "type": "VEC4"}],
        "meshes": [{"primitives": [{"attributes": {"NORMAL": 0, "TANGENT": 1}}, {"attributes": {"NORMAL": 0, "TANGENT": 1}}]}],
    }  # fmt: skip
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    path = tmp_path / "a.glb"
    head = struct.pack("<4sII", b"glTF", 2, 28 + len(text) + len(payload))
    path.write_bytes(head + struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(payload), b"BIN\0") + payload)
    assert mend_directions(path) == 3  # each accessor once
    found = path.read_bytes()[28 + len(text) :]
    after, along = np.frombuffer(found[:36], "<f4").reshape(3, 3), np.frombuffer(found[36:], "<f4").reshape(3, 4)
    np.testing.assert_allclose(np.linalg.norm(after, axis=1), 1)
    np.testing.assert_allclose(np.linalg.norm(along[:, :3], axis=1), 1)
    np.testing.assert_allclose(np.einsum("ij,ij->i", after[1:], along[1:, :3]), 0, atol=1e-6)
    np.testing.assert_array_equal(along[0], tangents[0])
    assert mend_directions(path) == 0
