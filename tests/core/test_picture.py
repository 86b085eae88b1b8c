"""A reference picture: colours and hair where they can be read, a sentence where they cannot."""

import numpy as np
import pytest

from core.characters.picture import read_picture, to_linear
from core.errors import WorldwrightError

SKIN, SHIRT, TROUSERS, SHOES, HAIR = (200, 150, 120), (190, 30, 35), (25, 40, 90), (20, 20, 20), (70, 45, 25)


def _person(hair_to=0.16, background=(210, 215, 220), shirt=SHIRT):
    """A painted figure, 400 pixels tall."""
    rng = np.random.default_rng(0)
    picture = np.full((480, 300, 3), background, float)
    top, tall = 40, 400

    def block(start, end, left, right, color):
        picture[top + int(start * tall) : top + int(end * tall), left:right] = color

    block(0.13, 0.55, 90, 210, shirt)
    block(0.53, 0.94, 105, 195, TROUSERS)
    block(0.94, 1.0, 95, 205, SHOES)
    block(0.04, 0.15, 125, 175, SKIN)
    block(0.0, 0.05, 118, 182, HAIR)
    block(0.0, hair_to, 116, 128, HAIR)
    block(0.0, hair_to, 172, 184, HAIR)
    return np.clip(picture + rng.normal(0, 5, picture.shape), 0, 255).astype(np.uint8)


def _near(color, wanted):
    return np.abs(np.array(color) - to_linear(np.array(wanted, np.uint8))).max() < 0.06


def test_clothes_and_hair_are_read():
    reading = read_picture(_person(hair_to=0.08))
    for name, color in (("upper_color", SHIRT), ("lower_color", TROUSERS), ("shoes_color", SHOES), ("hair_color", HAIR)):
        assert _near(reading.values[name], color), name
    assert reading.values["hair"] == "short" and len(reading.palette) == 5
    assert "skin_tone" not in reading.values and any("not read" in note for note in reading.notes)


def test_long_hair_is_longer_than_short():
    assert read_picture(_person(hair_to=0.30)).values["hair"] == "long"


def test_many_colours_are_left_and_said():
    picture = _person()
    rng = np.random.default_rng(1)
    picture[140:260, 90:210] = rng.integers(0, 255, (15, 15, 3)).repeat(8, 0).repeat(8, 1)
    reading = read_picture(picture)
    assert "upper_color" not in reading.values and any("upper garment" in note for note in reading.notes)


def test_no_person_is_one_sentence():
    with pytest.raises(WorldwrightError, match="Nobody"):
        read_picture(np.full((100, 100, 3), 128, np.uint8))
    with pytest.raises(WorldwrightError, match="too small"):
        read_picture(np.zeros((8, 8, 3), np.uint8))
