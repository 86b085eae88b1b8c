"""The painted materials: seamless, deterministic, shared, in range."""

from __future__ import annotations

import time

import numpy as np
import pytest

from core.environments.materials import (
    ACCENTS,
    PALETTES,
    Finish,
    concrete,
    fabric,
    glass,
    ground,
    leather,
    palette,
    patterns,
    plank_floor,
    walls,
    wood,
)
from core.environments.materials import finishes as module
from core.environments.materials.color import encoded, hexadecimal, linear
from core.environments.materials.pictures import ART, art_print, book_covers, screen_picture, whiteboard_writing

PAINTED = {
    "wood": lambda: wood("oak"),
    "planks": lambda: plank_floor("birch"),
    "carpet": lambda: module.carpet(),
    "plaster": lambda: module.plaster(),
    "concrete": lambda: concrete(),
    "tiles": lambda: module.ceramic_tiles(),
    "fabric": lambda: fabric("#4f7f86"),
    "twill": lambda: fabric("#4f7f86", True),
    "leather": lambda: leather("#6b4a30"),
    "cork": lambda: module.cork(),
    "leaf": lambda: module.leaf(),
    "soil": lambda: module.soil(),
    "marble": lambda: module.marble(),
    "terrazzo": lambda: module.terrazzo(),
    "wicker": lambda: module.wicker(),
    "paper": lambda: module.wallpaper(),
    "brick": walls.brick,
    "stone": walls.ashlar,
    "rubble": walls.rubble,
    "roof": walls.clay_tiles,
    "asphalt": ground.asphalt,
    "paving": ground.paving,
    "grass": ground.grass,
    "earth": ground.earth,
    "sand": ground.sand,
    "snow": ground.snow,
    "gravel": ground.gravel,
    "rock": ground.rock,
    "bark": ground.bark,
}


def textures_of(finish: Finish) -> list:
    material = finish.material
    return [t for t in (material.base_color_texture, material.roughness_texture, material.normal_texture) if t is not None]


@pytest.mark.parametrize("name", PAINTED)
def test_seamless(name: str) -> None:
    """The step from the last row or column to the first is no larger than steps inside."""
    for texture in textures_of(PAINTED[name]()):
        pixels = texture.pixels.astype(float)
        for axis in (0, 1):
            inside = np.abs(np.diff(pixels, axis=axis)).mean(axis=(1 - axis, 2))
            seam = np.abs(pixels.take(-1, axis) - pixels.take(0, axis)).mean()
            assert seam <= 1.15 * max(inside.max(), 1.0), texture.name


@pytest.mark.parametrize("name", PAINTED)
def test_textures_are_images(name: str) -> None:
    finish = PAINTED[name]()
    assert finish.material.base_color_texture is not None and 0.05 <= finish.tile <= 6.0
    for texture in textures_of(finish):
        assert texture.pixels.dtype == np.uint8 and texture.pixels.shape == (512, 512, 3)
    assert finish.material.base_color_texture.pixels.std() > 1.0, "something is painted"


def test_normal_maps_are_unit_and_point_out() -> None:
    texture = patterns.weave_pattern(False).normal
    assert texture is not None and texture.space == "linear"
    normal = texture.pixels.astype(float) / 127.5 - 1.0
    assert np.abs(np.linalg.norm(normal, axis=2) - 1).max() < 0.03
    assert normal[..., 2].min() > 0.2
    assert np.abs(normal[..., :2].mean(axis=(0, 1))).max() < 0.02


def test_joints_and_furrows_are_occluded() -> None:
    """Red holds occlusion: what lies deep gets less light than what stands out, and flat materials are left open."""
    for finish in (module.ceramic_tiles(), plank_floor("oak"), module.wicker(), concrete(), leather("#553311")):
        texture = finish.material.roughness_texture
        assert finish.material.occlusion and texture is not None, finish.material.name
        shade = texture.pixels[..., 0]
        assert shade.min() < 0.9 * np.median(shade), finish.material.name
    assert module.marble().material.roughness_texture.pixels[..., 0].min() == 255
    assert not module.chrome().material.occlusion


def test_mean_colour_is_the_asked_one() -> None:
    for code in ("#2f5f96", "#b0342f", "#d9d2c2"):
        texture = fabric(code).material.base_color_texture
        assert texture is not None
        mean = linear(texture.pixels / 255.0).mean(axis=(0, 1))
        assert np.allclose(mean, hexadecimal(code), rtol=0.35, atol=0.02)


def test_colour_conversion_round_trip() -> None:
    values = np.linspace(0, 1, 101)
    assert np.allclose(encoded(linear(values)), values, atol=1e-6)
    assert hexadecimal("#ffffff") == pytest.approx((1.0, 1.0, 1.0)) and hexadecimal("#808080")[0] == pytest.approx(0.2159, abs=1e-3)


def test_same_arguments_same_object() -> None:
    assert wood("oak") is wood("oak") and palette("walnut") is palette("walnut")
    assert palette("walnut", "blue").wood is palette("walnut").wood
    assert wood("oak").material.roughness_texture is wood("walnut").material.roughness_texture, "one relief for all tones"


def test_painting_is_deterministic() -> None:
    for paint in (patterns.wood_pattern, patterns.weave_pattern, patterns.leather_pattern):
        arguments = () if paint is patterns.leather_pattern else (0,)
        first, second = paint.__wrapped__(*arguments), paint.__wrapped__(*arguments)
        assert first.tone.tobytes() == second.tone.tobytes()
        assert first.normal.pixels.tobytes() == second.normal.pixels.tobytes()
    first, second = art_print.__wrapped__("hills", ("#112233", "#445566"), 3), art_print("hills", ("#112233", "#445566"), 3)
    assert np.array_equal(first.material.base_color_texture.pixels, second.material.base_color_texture.pixels)


@pytest.mark.parametrize("name", PALETTES)
def test_palettes_are_complete_and_in_range(name: str) -> None:
    for accent in ACCENTS:
        look = palette(name, accent)
        for value in vars(look).values():
            if isinstance(value, Finish):
                material = value.material
                assert all(0.0 <= v <= 1.0 for v in (*material.base_color, material.metallic, material.roughness))
        assert len(look.shades) >= 5 and all(len(code) == 7 for code in look.shades)
    assert palette(name, "red").accent is not palette(name, "blue").accent


def test_glass_lets_light_through() -> None:
    assert glass().material.transmission > 0.9 and glass().material.roughness < 0.1


@pytest.mark.parametrize("kind", ART)
def test_prints_show_several_colours(kind: str) -> None:
    shades = palette("nordic").shades
    texture = art_print(kind, shades, 1).material.base_color_texture
    assert texture is not None
    coarse = texture.pixels[::8, ::8].reshape(-1, 3) // 32
    assert len(np.unique(coarse, axis=0)) >= 3


def test_pictures_differ_where_they_should() -> None:
    on, off = screen_picture("windows", "#2f5f96"), screen_picture("windows", "#2f5f96", on=False)
    assert on.material.base_color_texture is not None and off.material.base_color_texture is None
    notes, clean = whiteboard_writing(0), whiteboard_writing(0, False)
    assert notes.material.base_color_texture.pixels.std() > 2 * clean.material.base_color_texture.pixels.std()
    spines = book_covers(palette("colourful").shades).material.base_color_texture
    assert spines is not None and spines.pixels.shape == (512, 512, 3)


def test_painting_is_quick() -> None:
    start = time.process_time()
    patterns.wood_pattern.__wrapped__(0)
    patterns.weave_pattern.__wrapped__(False)
    patterns.leather_pattern.__wrapped__()
    assert time.process_time() - start < 1.0
