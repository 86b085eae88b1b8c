"""Land, water, growth, and land from height maps."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from worldwright.core.environments.landscape.brief import KINDS, LandscapeBrief
from worldwright.core.environments.landscape.generate import generate
from worldwright.core.environments.landscape.given import given_heights
from worldwright.core.environments.landscape.heights import slackened
from worldwright.core.environments.landscape.prompt import read_prompt
from worldwright.core.environments.pictures import read_picture
from worldwright.core.errors import WorldwrightError

SMALL = {"resolution": "256", "size": 400.0, "plants": 800, "grass": 0.2}


@pytest.fixture(scope="module")
def lake():
    return generate(LandscapeBrief(kind="lake", seed=3, lods=True, navmesh=True, colliders=True, **SMALL))


def chunk(scene, i, j):
    return scene.node(f"Ground {i}-{j}").mesh


def test_chunks_match_along_their_borders(lake):
    west, east = chunk(lake, 3, 3).vertices.reshape(33, 33, 3), chunk(lake, 3, 4).vertices.reshape(33, 33, 3)
    assert np.allclose(west[:, -1], east[:, 0], atol=1e-4) and np.array_equal(west[:, -1, 2], east[:, 0, 2])
    south, north = west, chunk(lake, 4, 3).vertices.reshape(33, 33, 3)
    assert np.array_equal(south[-1, :, 2], north[0, :, 2])
    one, two = chunk(lake, 3, 3), chunk(lake, 3, 4)
    right = one.normals[np.isclose(one.vertices[one.corners][:, 0], west[0, -1, 0], atol=1e-3)]
    left = two.normals[np.isclose(two.vertices[two.corners][:, 0], west[0, -1, 0], atol=1e-3)]
    assert np.allclose(right.mean(axis=0), left.mean(axis=0), atol=1e-3)  # shading runs on


def test_coarse_chunks_hang_a_skirt(lake):
    coarse = lake.node("Ground 2-2 LOD1").mesh
    assert len(coarse.face_sizes) == 16 * 16 + 4 * 16
    assert coarse.vertices[17 * 17 :, 2].mean() < coarse.vertices[: 17 * 17, 2].mean()


def test_plants_stand_on_dry_ground(lake):
    level = float(lake.node("Water").mesh.vertices[:, 2].mean())
    trees = lake.node("Trees").instances
    assert len(trees.index) > 200
    assert (trees.transforms[:, 2, 3] > level).all()


def test_the_camera_stands_at_eye_height_on_dry_ground(lake):
    eye = lake.node("Camera").transform[:3, 3]
    ground = np.concatenate([node.mesh.vertices for node in lake.nodes if node.label == "terrain"])
    nearest = ground[np.hypot(*(ground[:, :2] - eye[:2]).T).argmin()]
    assert 0.9 < eye[2] - nearest[2] < 2.6
    assert nearest[2] > lake.node("Water").mesh.vertices[:, 2].mean()


def test_walking_is_only_possible_on_dry_and_level_ground(lake):
    floor = lake.node("Walkable ground").mesh
    assert floor.vertices[:, 2].min() > lake.node("Water").mesh.vertices[:, 2].mean()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "lake"])
def test_every_kind_of_land_is_made(kind):
    scene = generate(LandscapeBrief(kind=kind, seed=1, river=kind == "hills", **{**SMALL, "plants": 200}))
    assert scene.report.counts["chunks"] == 64 and scene.world is not None
    assert scene.report.checks["highest"] - scene.report.checks["lowest"] > 4.0
    if kind == "coast":
        assert np.abs(scene.node("Water").mesh.vertices[:, 0]).max() > 400.0  # the sea goes on to the horizon
    if kind == "hills":
        river = scene.node("River").mesh.vertices
        order = np.argsort(-river[:, 1])
        assert (np.diff(river[order][::2, 2]) < 0.5).all()  # it does not run uphill


def test_the_same_brief_gives_the_same_land():
    one, two = (generate(LandscapeBrief(kind="hills", seed=4, **{**SMALL, "plants": 100})) for _ in range(2))
    assert np.array_equal(chunk(one, 5, 5).vertices, chunk(two, 5, 5).vertices)
    pixels = [chunk(scene, 5, 5).materials[0].base_color_texture.pixels for scene in (one, two)]
    assert np.array_equal(*pixels)


def test_sliding_keeps_the_mass_and_lessens_the_slope():
    heights = np.zeros((32, 32), np.float32)
    heights[16, 16] = 50.0
    after = slackened(heights, 1.0, 0.7, 400)
    assert abs(float(after.sum()) - 50.0) < 0.01
    assert np.abs(np.diff(after, axis=0)).max() < 1.5


def png(path, values, depth=16):
    kind = ">u2" if depth == 16 else np.uint8
    rows = b"".join(b"\x00" + row.astype(kind).tobytes() for row in values)

    def part(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", values.shape[1], values.shape[0], depth, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b""))


def exr(path, values):
    """An uncompressed scan-line EXR of one float channel Y."""
    height, width = values.shape

    def attribute(name, kind, data):
        return name + b"\0" + kind + b"\0" + struct.pack("<i", len(data)) + data

    head = struct.pack("<I", 20000630) + struct.pack("<I", 2)
    channel = b"Y\0" + struct.pack("<iIii", 2, 0, 1, 1) + b"\0"
    window = struct.pack("<4i", 0, 0, width - 1, height - 1)
    head += attribute(b"channels", b"chlist", channel) + attribute(b"compression", b"compression", b"\0")
    head += attribute(b"dataWindow", b"box2i", window) + attribute(b"displayWindow", b"box2i", window) + b"\0"
    row = 8 + 4 * width
    offsets = struct.pack(f"<{height}Q", *(len(head) + 8 * height + row * y for y in range(height)))
    rows = b"".join(struct.pack("<ii", y, 4 * width) + values[y].astype("<f4").tobytes() for y in range(height))
    path.write_bytes(head + offsets + rows)


def test_height_maps_keep_their_depth(tmp_path):
    ramp = np.linspace(0, 65535, 64 * 64).reshape(64, 64)
    png(tmp_path / "deep.png", ramp)
    read = read_picture(tmp_path / "deep.png", deep=True)
    assert read.shape == (64, 64) and len(np.unique(read)) == 64 * 64
    exr(tmp_path / "map.exr", np.linspace(0, 250, 64 * 32).reshape(32, 64))
    read = read_picture(tmp_path / "map.exr", deep=True)
    assert read.shape == (32, 64) and abs(float(read.max()) - 250.0) < 1e-3


def test_a_height_map_becomes_land_north_up():
    field = np.zeros((80, 80), np.float32)
    field[10:30, 40:60] = 1.0  # a table in the north
    land, notes = given_heights(field, LandscapeBrief(height_scale=50.0), 129)
    assert abs(float(land.max()) - 50.0) < 2.0 and notes == []
    assert land[96].max() > 40.0 and land[30].max() < 5.0  # row 0 is the south


def test_pictures_that_say_nothing_are_refused(tmp_path):
    with pytest.raises(WorldwrightError, match="one colour"):
        given_heights(np.full((64, 64), 0.4, np.float32), LandscapeBrief(), 129)
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nrubbish")
    (tmp_path / "text.png").write_text("hello")
    for name in ("broken.png", "text.png", "missing.png"):
        with pytest.raises(WorldwrightError):
            read_picture(tmp_path / name)


def test_prompts_become_briefs():
    brief, notes = read_prompt("a pine valley with a lake", 2)
    assert (brief.kind, brief.trees, brief.seed, notes) == ("lake", "conifers", 2, [])
    brief, _ = read_prompt("snowy mountains at dawn, steep")
    assert (brief.kind, brief.season, brief.time) == ("mountains", "winter", "morning") and brief.relief > 0.8
    brief, notes = read_prompt("a desert 20 km wide")
    assert brief.size == 4000.0 and "4000" in notes[0]
    with pytest.raises(WorldwrightError):
        read_prompt("un bosque con un lago")
