import struct

import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cloud import PointCloud
from core.errors import WorldwrightError
from core.spatial.colour import from_bytes
from core.spatial.files import read_cloud, write_cloud

WAYS = [(".ply", False), (".ply", True), (".pcd", False), (".pcd", True), (".npz", False), (".xyz", False)]


def cloud_of(count=50, seed=0, normals=True, colors=True, numbers=True):
    rng = np.random.default_rng(seed)
    directions = rng.normal(size=(count, 3))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    return PointCloud(
        "Chair",
        (rng.normal(size=(count, 3)) * 10.0 ** rng.integers(-6, 6, size=(count, 1))).astype(np.float32),
        normals=directions.astype(np.float32) if normals else None,
        colors=from_bytes(rng.integers(0, 256, (count, 3))) if colors else None,
        **({key: rng.integers(-1, 2**31 - 1, count).astype(np.int32) for key in ("face", "object", "material")} if numbers else {}),
        object_names=["Stuhl  ä", ""] if numbers else [],
        material_names=["Holz\nhell"] if numbers else [],
    )


@settings(max_examples=25, deadline=None)
@given(
    way=st.sampled_from(WAYS), count=st.integers(1, 60), seed=st.integers(0, 1000),
    parts=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)  # fmt: skip
def test_what_is_written_is_read(way, count, seed, parts, tmp_path_factory):
    path = tmp_path_factory.mktemp("cloud") / f"a{way[0]}"
    cloud = cloud_of(count, seed, *parts)
    write_cloud(path, cloud, ascii=way[1])
    back = read_cloud(path)
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    for name in ("positions", "normals", "colors"):
        written, read = getattr(cloud, name), getattr(back, name)
        assert (written is None) == (read is None)
        assert written is None or (read.dtype == np.float32 and np.array_equal(written, read))
    if way[0] == ".xyz":
        return
    for name in ("face", "object", "material"):
        written, read = getattr(cloud, name), getattr(back, name)
        assert (written is None) == (read is None)
        assert written is None or (read.dtype == np.int32 and np.array_equal(written, read))
    assert back.object_names == cloud.object_names
    breaks = "\n" if way[0] == ".npz" else " "  # a line of a header cannot hold a line break
    assert back.material_names == [name.replace("\n", breaks) for name in cloud.material_names]


@pytest.mark.parametrize("ascii", [False, True])
def test_another_program_reads_our_ply(tmp_path, ascii):
    cloud = cloud_of(200)
    write_cloud(tmp_path / "a.ply", cloud, ascii=ascii)
    theirs = trimesh.load(tmp_path / "a.ply")
    assert np.array_equal(np.asarray(theirs.vertices, np.float32), cloud.positions)
    assert np.array_equal(from_bytes(theirs.colors[:, :3]), cloud.colors)


def test_we_read_another_programs_ply(tmp_path):
    box = trimesh.creation.box()
    box.visual.vertex_colors = np.tile([10, 20, 30, 255], (8, 1))
    for encoding in ("ascii", "binary"):
        (tmp_path / "a.ply").write_bytes(trimesh.exchange.ply.export_ply(box, encoding=encoding, vertex_normal=True))
        cloud = read_cloud(tmp_path / "a.ply")
        assert np.allclose(cloud.positions, box.vertices) and np.allclose(cloud.normals, box.vertex_normals, atol=1e-6)
        assert np.array_equal(cloud.colors, from_bytes(np.tile([10, 20, 30], (8, 1))))


def test_big_endian_doubles_and_short_colours_in_a_ply(tmp_path):
    header = (
        "ply\nformat binary_big_endian 1.0\nobj_info scanner\nelement camera 1\nproperty float view\nelement vertex 2\n"
        "property double x\nproperty double y\nproperty double z\n"
        "property uint16 r\nproperty uint16 g\nproperty uint16 b\nend_header\n"
    )
    rows = struct.pack(">f dddHHH dddHHH", 1.0, 1.5, 2, 3, 65535, 0, 0, -1, -2, -3, 0, 65535, 0)
    (tmp_path / "a.ply").write_bytes(header.encode() + rows)
    cloud = read_cloud(tmp_path / "a.ply")
    assert np.array_equal(cloud.positions, [[1.5, 2, 3], [-1, -2, -3]])
    assert np.array_equal(cloud.colors, [[1, 0, 0], [0, 1, 0]])


PCD = """# .PCD v0.7 - Point Cloud Data file format
VERSION 0.7
FIELDS x y z {color} _
SIZE 4 4 4 4 1
TYPE F F F {kind} U
COUNT 1 1 1 1 3
WIDTH 2
HEIGHT 1
VIEWPOINT 0 0 0 1 0 0 0
POINTS 2
DATA ascii
0.5 0 -1 {value} 0 0 0
nan nan nan {value} 0 0 0
"""


@pytest.mark.parametrize(
    ("color", "kind", "value"), [("rgb", "F", "2.3418052e-38"), ("rgb", "U", "16711680"), ("rgba", "U", "4294901760")]
)
def test_a_pcd_of_the_point_cloud_library(tmp_path, color, kind, value):
    (tmp_path / "a.pcd").write_text(PCD.format(color=color, kind=kind, value=value))
    cloud = read_cloud(tmp_path / "a.pcd")
    assert np.array_equal(cloud.positions, [[0.5, 0, -1]])  # the point without coordinates is a hole in the scan
    assert np.array_equal(cloud.colors, [[1, 0, 0]])


@pytest.mark.parametrize(
    ("text", "colors", "normals"),
    [
        ("0 0 0\n1 2 3\n", None, None),
        ("//X Y Z R G B Nx Ny Nz\n0 0 0 255 0 1 0 0 1\n1 2 3 0 1 0 0 1 0\n", [[255, 0, 1], [0, 1, 0]], [[0, 0, 1], [0, 1, 0]]),
        ("2\n0,0,0,255,0,7\n1,2,3,0,1,0\n", [[255, 0, 7], [0, 1, 0]], None),
        ("# made by hand\n0;0;0;0;0;1\n1;2;3;0;-1;0\n", None, [[0, 0, 1], [0, -1, 0]]),
        ("//X Y Z Intensity\n0 0 0 17\n1 2 3 18\n", None, None),
        ("0 0 0 0.5\r\n1 2 3 0.25\r\n", None, None),
    ],
)
def test_text_of_many_kinds(tmp_path, text, colors, normals):
    (tmp_path / "a.xyz").write_text(text)
    cloud = read_cloud(tmp_path / "a.xyz")
    assert np.array_equal(cloud.positions, [[0, 0, 0], [1, 2, 3]])
    assert (cloud.colors is None) if colors is None else np.array_equal(cloud.colors, from_bytes(colors))
    assert (cloud.normals is None) if normals is None else np.array_equal(cloud.normals, normals)


@settings(max_examples=40, deadline=None)
@given(way=st.sampled_from(WAYS), seed=st.integers(0, 10_000))
def test_a_damaged_file_is_an_error_in_a_sentence_or_a_cloud(way, seed, tmp_path_factory):
    path = tmp_path_factory.mktemp("cloud") / f"a{way[0]}"
    write_cloud(path, cloud_of(20, seed), ascii=way[1])
    rng = np.random.default_rng(seed)
    data = bytearray(path.read_bytes()[: rng.integers(0, path.stat().st_size)])
    for place in rng.integers(0, max(1, len(data)), 3):
        if data:
            data[place] = rng.integers(0, 256)
    path.write_bytes(data)
    try:
        cloud = read_cloud(path)
    except WorldwrightError as error:
        assert path.name in str(error) and str(error).endswith(".")
    else:
        assert np.isfinite(cloud.positions).all() and len(cloud) > 0


PLY = b"ply\nformat ascii 1.0\nelement vertex %d\nproperty float x\nproperty float y\nproperty float z\nend_header\n"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.ply", PLY % 0, "no points"),
        ("a.ply", PLY % 2, "damaged"),
        ("a.ply", b"ply\nformat ascii 1.0\nelement vertex 9999999999\nproperty float x\nend_header\n1\n", "damaged"),
        ("a.ply", b"PK\x03\x04", "not a point cloud in the format PLY"),
        ("a.pcd", PCD.format(color="rgb", kind="U", value=1).replace("ascii", "binary_compressed").encode(), "compressed"),
        ("a.npz", b"not a zip", "not a point cloud in the format NPZ"),
        ("a.xyz", b"hello world\n", "not a point cloud in the format XYZ"),
        ("a.xyz", b"1 2\n", "at least three numbers"),
        ("a.xyz", b"", "no points"),
        ("a.xyz", b"nan nan nan\n", "finite"),
        ("a.las", b"LASF", "not a point cloud file by its name"),
    ],
)
def test_wrong_files_are_named(tmp_path, name, data, sentence):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(WorldwrightError) as error:
        read_cloud(tmp_path / name)
    assert sentence in str(error.value) and name in str(error.value)


def test_pickles_are_never_opened(tmp_path):
    np.savez(tmp_path / "a.npz", positions=np.array([[print, 1, 2]], dtype=object))
    with pytest.raises(WorldwrightError, match="damaged"):
        read_cloud(tmp_path / "a.npz")


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path):
    with pytest.raises(WorldwrightError, match="could not be written"):
        write_cloud(tmp_path / "missing" / "a.ply", cloud_of())
    with pytest.raises(WorldwrightError, match="no file"):
        read_cloud(tmp_path / "missing" / "a.ply")
    target = tmp_path / "a.ply"
    target.write_text("precious")
    with pytest.raises(WorldwrightError, match="no points"):
        write_cloud(target, cloud_of(0))
    broken = cloud_of()
    broken.normals = broken.normals[:, :1]
    with pytest.raises(IndexError):
        write_cloud(target, broken)
    assert target.read_text() == "precious" and len(list(tmp_path.iterdir())) == 1
