import numpy as np
import pytest
import trimesh
from PIL import Image

from core.errors import WorldwrightError
from core.spatial.models import read_model
from core.spatial.sampling import sample


def gltf_box(extents=(1, 2, 3), material=None):
    box = trimesh.creation.box(extents)
    if material is not None:
        box.visual = trimesh.visual.TextureVisuals(uv=box.vertices[:, :2] + 0.5, material=material)
    return box


def volume(mesh):
    """Signed volume in cubic metres: negative when the faces look inward."""
    a, b, c = mesh.vertices[mesh.corners.reshape(-1, 3)].transpose(1, 0, 2)
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


@pytest.mark.parametrize("suffix", [".glb", ".obj", ".ply", ".stl", ".off"])
def test_every_format_gives_a_closed_box(tmp_path, suffix):
    gltf_box().export(tmp_path / f"box{suffix}")
    (mesh,) = read_model(tmp_path / f"box{suffix}")
    low, high = mesh.bounds
    upright = suffix in (".glb", ".obj")  # their up axis is Y
    assert np.allclose(high - low, (1, 3, 2) if upright else (1, 2, 3), atol=1e-6)
    assert volume(mesh) == pytest.approx(6, rel=1e-5) and len(mesh.vertices) == 8


def test_what_faces_z_in_gltf_faces_minus_y(tmp_path):
    nose = gltf_box((0.1, 0.1, 0.1))
    nose.apply_translation([0, 1, 2])
    nose.export(tmp_path / "nose.glb")
    (mesh,) = read_model(tmp_path / "nose.glb")
    assert np.allclose(mesh.vertices.mean(axis=0), [0, -2, 1], atol=1e-6)


def test_nodes_are_placed_and_mirrored_ones_turned_round(tmp_path):
    scene = trimesh.Scene()
    box = gltf_box((1, 1, 1))
    box.vertex_normals  # noqa: B018 - computed now, so that they are written
    for name, matrix in (("left", np.diag([1, 1, 1, 1.0])), ("right", np.diag([-2, 1, 3, 1.0]))):
        matrix[:3, 3] = (5 if name == "right" else -5, 0, 0)
        scene.add_geometry(box, node_name=name, geom_name="box", transform=matrix)
    scene.export(tmp_path / "two.glb")
    meshes = {mesh.name: mesh for mesh in read_model(tmp_path / "two.glb")}
    assert set(meshes) == {"left", "right"}
    assert meshes["right"].vertices[:, 0].mean() == pytest.approx(5)
    assert volume(meshes["left"]) == pytest.approx(1, rel=1e-5) and volume(meshes["right"]) == pytest.approx(6, rel=1e-5)
    cloud = sample([meshes["right"]], 200)
    assert (np.einsum("ij,ij->i", cloud.normals, cloud.positions - [5, 0, 0]) > 0).all()


def test_materials_colours_and_textures_of_gltf(tmp_path):
    image = Image.new("RGB", (2048, 16), (255, 0, 0))
    painted = trimesh.visual.material.PBRMaterial(name="painted", baseColorTexture=image, doubleSided=True)
    factors = {"baseColorFactor": [0.0, 0.5, 0.0, 1.0], "metallicFactor": 0.25, "roughnessFactor": 0.75}
    plain = trimesh.visual.material.PBRMaterial(name="plain", **factors)
    scene = trimesh.Scene({"a": gltf_box(material=painted), "b": gltf_box(material=plain)})
    scene.export(tmp_path / "two.glb")
    meshes = {mesh.name: mesh for mesh in read_model(tmp_path / "two.glb")}
    (red,), (green,) = meshes["a"].materials, meshes["b"].materials
    assert red.base_color_texture.pixels.shape == (8, 1024, 3) and red.double_sided
    assert green.base_color == pytest.approx((0, 0.5, 0, 1), abs=0.003) and (green.metallic, green.roughness) == (0.25, 0.75)
    cloud = sample(list(meshes.values()), 100)
    for number, name in enumerate(cloud.object_names):
        expected = [1, 0, 0] if name == "a" else [0, 0.5, 0]
        assert np.allclose(cloud.colors[cloud.object == number], expected, atol=0.003)


def test_vertex_colours_are_linear_in_gltf_and_srgb_in_ply(tmp_path):
    box = gltf_box()
    box.visual.vertex_colors = np.tile([188, 0, 255, 255], (8, 1))
    for suffix, red in ((".glb", 188 / 255), (".ply", 0.5028)):
        box.export(tmp_path / f"box{suffix}")
        (mesh,) = read_model(tmp_path / f"box{suffix}")
        assert np.allclose(mesh.colors, [red, 0, 1, 1], atol=1e-3)


OBJ = """mtllib a.mtl
o Table
v 0 0 0
v 1 0 0
v 1 0 -1
v 0 0 -1
vt 0 0
vt 1 0
vt 1 1
vt 0 1
usemtl wood
f 1/1 2/2 3/3
usemtl paint
f 1/1 3/3 4/4
o Lamp
v 0 5 0
v 1 5 0
v 1 6 0
usemtl paint
f 5 6 7
"""


def test_an_obj_object_keeps_its_materials_together(tmp_path):
    (tmp_path / "a.obj").write_text(OBJ)
    (tmp_path / "a.mtl").write_text("newmtl wood\nKd 0.5 0.25 0\nmap_Kd broken.png\nnewmtl paint\nKd 0 0 1\n")
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    meshes = {mesh.name: mesh for mesh in read_model(tmp_path / "a.obj")}
    assert set(meshes) == {"Table", "Lamp"}
    table = meshes["Table"]
    assert {material.name for material in table.materials} == {"wood", "paint"} and len(table.face_sizes) == 2
    colors = {table.materials[slot].name: table.materials[slot].base_color for slot in table.material_index}
    assert colors["wood"] == pytest.approx((0.5, 0.25, 0, 1), abs=0.003) and colors["paint"] == pytest.approx((0, 0, 1, 1))
    assert meshes["Lamp"].bounds[0][2] == pytest.approx(5)


PLY = b"ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\nend_header\n1 2 3\n"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.fbx", b"", "not a model that can be read here"),
        ("a.glb", b"glTF but not really", "not a GLB model, or is damaged"),
        ("a.gltf", b'{"asset": {"version": "2.0"}}', "a.gltf"),
        ("a.stl", b"", "a.stl"),
        ("a.obj", b"v 0 0 0\nv 1 0 0\nv 0 1 0\n", "holds no faces"),
        ("a.obj", b"v 0 0 0\nv 1 0 0\nv 0 nan 0\nf 1 2 3\n", "not finite"),
        ("a.obj", b"v 0 0 0\nv 1 0 0\nf 1 2 9\n", "damaged"),
        ("a.ply", PLY, "load it as a point cloud"),
    ],
)
def test_wrong_files_are_named(tmp_path, name, data, sentence):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(WorldwrightError) as error:
        read_model(tmp_path / name)
    assert sentence in str(error.value) and str(error.value).endswith(".")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(WorldwrightError, match="no file “a.glb”"):
        read_model(tmp_path / "a.glb")
