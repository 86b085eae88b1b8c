"""What goes through the process boundary comes back the same, and nothing else is ever built."""

import numpy as np
import pytest

from core import codec
from core.cloud import PointCloud
from core.errors import WorldwrightError
from core.scene import Clip, Material, Mesh, Node, Report, Scene, Skin, Texture


def example_scene() -> Scene:
    wood = Material("wood", base_color_texture=Texture("grain", np.arange(48, dtype=np.uint8).reshape(4, 4, 3)))
    skin = Skin(np.zeros((4, 4), np.int32), np.eye(4))
    mesh = Mesh.from_faces("box", np.eye(4, 3), np.array([[0, 1, 2, 3]]), materials=[wood], skin=skin)
    return Scene(
        "room",
        [Node("a", mesh=mesh, properties={"why": "against the wall", "score": 0.5}), Node("b", mesh=mesh)],
        [Clip("walk", 24.0, np.zeros((2, 1, 4), np.float32), np.zeros((2, 3), np.float32))],
        {"seed": 3, "brief": {"width": 4.0, "wishes": ["a", "b"]}},
        Report({"objects": 2}, {"overlap_mm": 0.0}, ["One wish was dropped."]),
    )


def test_a_scene_survives_the_file(tmp_path):
    codec.save(tmp_path / "scene.npz", example_scene())
    back = codec.load(tmp_path / "scene.npz")
    assert codec.encode(back)[0] == codec.encode(example_scene())[0]
    np.testing.assert_array_equal(back.nodes[0].mesh.materials[0].base_color_texture.pixels, np.arange(48).reshape(4, 4, 3))
    assert back.nodes[0].mesh.materials[0].base_color == (0.8, 0.8, 0.8, 1.0)


def test_shared_meshes_come_back_shared(tmp_path):
    codec.save(tmp_path / "scene.npz", example_scene())
    back = codec.load(tmp_path / "scene.npz")
    assert back.nodes[0].mesh is back.nodes[1].mesh


def test_nothing_is_left_when_writing_fails(tmp_path):
    class Unknown: ...

    target = tmp_path / "scene.npz"
    codec.save(target, [1])
    with pytest.raises(TypeError):
        codec.save(target, Unknown())
    assert codec.load(target) == [1] and [path.name for path in tmp_path.iterdir()] == ["scene.npz"]


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 cut short"])
def test_a_wrong_file_is_one_sentence(tmp_path, content):
    path = tmp_path / "broken.npz"
    path.write_bytes(content)
    with pytest.raises(WorldwrightError, match="“broken.npz” is not a Worldwright data file."):
        codec.load(path)


def test_pickled_arrays_are_never_opened(tmp_path):
    np.savez(tmp_path / "evil.npz", **{"$json": np.array([{"a": 1}], dtype=object)})
    with pytest.raises(WorldwrightError):
        codec.load(tmp_path / "evil.npz")


def test_unknown_types_are_never_built():
    with pytest.raises(WorldwrightError, match="damaged or was written by another version"):
        codec.decode('{"$type": "Popen", "$number": 0, "fields": {}}', {})


def test_clouds_keep_missing_attributes_missing():
    cloud = PointCloud("c", np.zeros((2, 3), np.float32), colors=np.ones((2, 3), np.float32))
    back = codec.decode(*codec.encode(cloud))
    assert back.normals is None and back.colors.shape == (2, 3)
