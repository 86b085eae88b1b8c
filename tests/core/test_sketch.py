"""Colour sketches and photographs."""

from __future__ import annotations

import numpy as np
import pytest
from worldwright.core.environments.brief import RoomBrief
from worldwright.core.environments.city import sketch as city_sketch
from worldwright.core.environments.city.brief import CityBrief
from worldwright.core.environments.city.generate import generate as generate_city
from worldwright.core.environments.landscape import given
from worldwright.core.environments.landscape.brief import LandscapeBrief
from worldwright.core.environments.landscape.given import sketched_land
from worldwright.core.environments.photo import read_photo
from worldwright.core.environments.sketches import classes, components, road_width
from worldwright.core.errors import WorldwrightError


def rgb(code):
    return [int(code[k : k + 2], 16) for k in (1, 3, 5)]


def town(noise=0.0):
    """A crossing of two roads, four red blocks, a park and a lake; 300 x 300 pixels."""
    picture = np.empty((300, 300, 3), np.uint8)
    picture[:] = rgb(city_sketch.COLORS["plaza"])
    picture[140:160] = picture[:, 140:160] = rgb(city_sketch.COLORS["road"])
    for top, left in ((30, 30), (30, 190), (190, 30)):
        picture[top : top + 40, left : left + 80] = rgb(city_sketch.COLORS["building"])
    picture[190:270, 190:270] = rgb(city_sketch.COLORS["grass"])
    picture[220:250, 210:250] = rgb(city_sketch.COLORS["water"])
    noisy = picture + np.random.default_rng(0).normal(0, noise, picture.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def test_colours_are_told_apart_even_when_noisy():
    found = classes(town(18.0), city_sketch.COLORS)
    truth = classes(town(), city_sketch.COLORS)
    assert (found == truth).mean() > 0.93
    names = list(city_sketch.COLORS)
    assert len(components(truth == names.index("building"), 20)) == 3
    assert abs(road_width(truth == names.index("road")) - 20) <= 2


def test_a_sketch_becomes_a_town_where_it_was_painted():
    scene = generate_city(CityBrief(kind="district", sketch_width=150.0, storeys=2, seed=1), sketch=town())
    places = np.array([node.transform[:2, 3] for node in scene.nodes if node.label == "building"])
    assert len(places) >= 6
    assert not ((np.abs(places[:, 0]) < 5.0) | (np.abs(places[:, 1] - 75.0) < 5.0)).any()  # none stands on the roads
    assert not ((places[:, 0] > 15) & (places[:, 1] < 60)).any()  # nor in the park in the south-east
    assert scene.node("Pond").mesh is not None and scene.node("Road").mesh is not None


def test_the_scale_of_a_sketch_is_read_from_its_roads():
    scene = generate_city(CityBrief(kind="district", street_width=10.0, storeys=1, trees=0.0), sketch=town())
    (note,) = [warning for warning in scene.report.warnings if "wide" in warning]
    width = float(note.split("be ")[1].split(" m")[0])
    assert 120 < width < 185  # the roads are a fifteenth of the picture


def test_sketches_without_meaning_are_refused():
    with pytest.raises(WorldwrightError, match="neither roads nor buildings"):
        generate_city(CityBrief(), sketch=np.full((90, 90, 3), 250, np.uint8))
    with pytest.raises(WorldwrightError, match="one colour"):
        sketched_land(np.full((90, 90, 3), 250, np.uint8), LandscapeBrief(), 129, np.random.default_rng(0))


def test_a_sketch_of_land_puts_rock_high_and_water_low():
    picture = np.empty((120, 120, 3), np.uint8)
    picture[:] = rgb(given.COLORS["meadow"])
    picture[:40] = rgb(given.COLORS["rock"])
    picture[80:] = rgb(given.COLORS["water"])
    land, brief, notes = sketched_land(picture, LandscapeBrief(size=400.0), 129, np.random.default_rng(0))
    assert land[100:].mean() > land[50:80].mean() + 10 > land[:30].mean() + 10  # row 0 is the south
    assert brief.kind == "lake" and "rock" in notes[0]


def sky_over(top, bottom):
    picture = np.empty((90, 120, 3), np.uint8)
    picture[:45], picture[45:] = top, bottom
    shade = np.random.default_rng(1).normal(0, 9, picture.shape[:2])[..., None]
    return np.clip(picture + shade, 0, 255).astype(np.uint8)


def test_photographs_become_moods():
    evening = read_photo(sky_over((240, 170, 110), (60, 50, 48)))
    assert evening.time == "evening" and evening.warmth > 0.3 and evening.sun_height < 0.3
    noon = read_photo(sky_over((110, 160, 225), (150, 160, 130)))
    assert noon.weather == "clear" and noon.time in ("noon", "afternoon") and noon.warmth < 0
    grey = read_photo(sky_over((150, 152, 155), (70, 70, 70)))
    assert grey.weather in ("overcast", "rain", "fog")
    assert len(evening.palette) == 5
    values = evening.brief_values(CityBrief)
    assert values["time"] == "evening" and values["warmth"] > 0.3 and 5 < values["sun_height"] < 20
    with pytest.raises(WorldwrightError, match="one colour"):
        read_photo(np.full((60, 60, 3), 99, np.uint8))


def test_a_photograph_colours_light_walls_and_meadow():
    brick = read_photo(sky_over((120, 165, 225), (134, 70, 56)))
    values = CityBrief(seed=1, buildings=6).to_dict() | brick.brief_values(CityBrief)
    assert values["style"] == "brick" and values["facades"].startswith("#")
    brief = CityBrief.from_dict(values)
    built = generate_city(brief)
    paints = {node.mesh.materials[0].name for node in built.nodes if node.label == "building" and node.mesh is not None}
    plain = generate_city(CityBrief.from_dict(values | {"facades": "", "sun_height": 0.0}))
    assert paints != {node.mesh.materials[0].name for node in plain.nodes if node.label == "building" and node.mesh is not None}
    suns = [next(node for node in scene.nodes if node.name == "Sun").transform[2, 2] for scene in (built, plain)]
    assert suns[0] == pytest.approx(np.sin(np.radians(values["sun_height"])), abs=1e-4) and suns[0] != suns[1]
    meadow = read_photo(sky_over((120, 165, 225), (90, 140, 50))).brief_values(LandscapeBrief)
    assert meadow["meadow"].startswith("#") and "trees" not in meadow
    room = brick.brief_values(RoomBrief)
    assert room["palette"] in ("walnut", "nordic") and RoomBrief.from_dict(room).accent in ("red", "orange")


def test_a_colour_that_is_none_is_one_sentence():
    with pytest.raises(WorldwrightError, match="no colour"):
        generate_city(CityBrief(buildings=4, facades="reddish"))
