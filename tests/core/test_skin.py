"""Skin and eyes: the right colour in the right place, found through the body's UVs."""

import dataclasses

import numpy as np
import pytest

from core.characters.body import build, load_pack
from core.characters.brief import CharacterBrief
from core.characters.eyes import IRIS, PUPIL, eye_uvs, paint_eyes
from core.characters.head import measure
from core.characters.skin import SIZE, paint, skin_color
from core.characters.uvspace import enlarge, texels, vertex_uvs


@pytest.fixture(scope="module")
def pack():
    return load_pack()


def painted(pack, **changes):
    brief = CharacterBrief(gender=0.2, age=30, hair="short", seed=1, **changes)
    return paint(pack, brief, np.random.default_rng(1))


@pytest.fixture(scope="module")
def plain(pack):
    return painted(pack).base_color_texture.pixels.astype(float)


def colors_at(pack, pixels, vertices):
    uvs = vertex_uvs(pack)[vertices]
    return pixels[np.clip(((1 - uvs[:, 1]) * SIZE).astype(int), 0, SIZE - 1), np.clip((uvs[:, 0] * SIZE).astype(int), 0, SIZE - 1)]


def test_tones_run_from_light_to_dark():
    tones = np.array([skin_color(tone) for tone in np.linspace(0, 1, 11)])
    assert (np.diff(tones, axis=0) < 0).all()
    assert (tones[:, 0] > tones[:, 1]).all() and (tones[:, 1] > tones[:, 2]).all()


def test_textures_and_values(pack):
    material = painted(pack)
    for texture in (material.base_color_texture, material.roughness_texture, material.normal_texture):
        assert texture.pixels.shape == (SIZE, SIZE, 3) and texture.pixels.dtype == np.uint8
    assert material.base_color_texture.space == "srgb" and material.normal_texture.space == "linear"
    assert material.normal_texture.pixels[..., 2].mean() > 230  # mostly straight up
    assert 0.1 <= material.subsurface <= 0.3


def test_lips_are_redder_and_the_scalp_has_the_hairs_colour(pack, plain):
    head = measure(pack, pack.base[: pack.vertex_count])
    near_lips = np.linalg.norm(head.vertices - head.lips, axis=1) < 0.12
    crown = (head.share > 0.9) & (head.vertices[:, 2] > 1.7)
    forehead = (
        (head.share > 0.9)
        & (np.abs(head.vertices[:, 0]) < 0.3)
        & (np.abs(head.vertices[:, 2] - 0.75) < 0.2)
        & (head.vertices[:, 1] < 0.2)
    )
    lips, top, brow = (colors_at(pack, plain, np.flatnonzero(chosen)).mean(axis=0) for chosen in (near_lips, crown, forehead))
    assert lips[1] / lips[0] < brow[1] / brow[0] - 0.05
    assert top.mean() < 0.6 * brow.mean()
    bald = painted(pack).base_color_texture  # same seed, same bytes
    assert bald.pixels.tobytes() == plain.astype(np.uint8).tobytes()


def test_freckles_age_and_tone_change_the_picture(pack, plain):
    darker = painted(pack, skin_tone=0.9).base_color_texture.pixels
    assert darker.mean() < 0.6 * plain.mean()
    freckled = painted(pack, freckles=1.0).base_color_texture.pixels
    assert freckled.mean() < plain.mean() - 0.05
    brief = CharacterBrief(gender=0.2, age=30, hair="short", seed=1)
    old = paint(pack, dataclasses.replace(brief, age=80), np.random.default_rng(1)).normal_texture.pixels
    young = paint(pack, brief, np.random.default_rng(1)).normal_texture.pixels
    assert old[..., :2].astype(float).std() > young[..., :2].astype(float).std()


def test_texels_find_positions(pack):
    spots = texels(pack, 256)
    assert np.allclose(spots.shares.sum(axis=-1), 1, atol=1e-4)
    base = pack.base[: pack.vertex_count]
    picture = spots.picture(base)
    body = np.flatnonzero(pack.vertex_mask("body"))[::37]
    uvs = vertex_uvs(pack)[body]
    found = picture[np.clip(((1 - uvs[:, 1]) * 256).astype(int), 0, 255), np.clip((uvs[:, 0] * 256).astype(int), 0, 255)]
    assert np.median(np.linalg.norm(found - base[body], axis=1)) < 0.006


def test_enlarging_keeps_the_mean():
    small = np.random.default_rng(0).random((64, 64)).astype(np.float32)
    large = enlarge(small, 256)
    assert large.shape == (256, 256)
    assert abs(float(large.mean() - small.mean())) < 0.01


def test_eyes_look_ahead_with_a_dark_pupil():
    brief = CharacterBrief(eye_color=(0.05, 0.2, 0.4), seed=3)
    shape = build(brief, np.random.default_rng(3))
    pixels = paint_eyes(shape.pack, brief, np.random.default_rng(0)).base_color_texture.pixels.astype(float)
    line = np.linspace(-1, 1, len(pixels))
    radius = np.hypot(*np.meshgrid(line, line))
    iris = pixels[(radius > PUPIL + 0.05) & (radius < IRIS - 0.12)].mean(axis=0)
    assert pixels[radius < PUPIL - 0.04].max() < 40
    assert iris[2] > iris[0] + 20  # blue
    assert pixels[(radius > IRIS + 0.06) & (radius < 0.7)].mean() > 150
    mask = shape.pack.face_mask("left_eye", "right_eye")
    uvs = eye_uvs(shape, mask)
    corners = shape.vertices[shape.pack.faces[mask]].reshape(-1, 3)
    assert uvs.min() >= 0 and uvs.max() <= 1
    front = corners[:, 1] < corners[:, 1].min() + 0.001
    assert np.abs(uvs[front] - 0.5).max() < IRIS / 2
