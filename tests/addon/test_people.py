"""What helps to find a character: somebody within limits, local sliders, and the review of refused texts."""

import json

import bpy
import numpy as np
import pytest


def test_somebody_within_limits(scene):
    people, sliders = scene.worldwright_people, scene.worldwright_character.sliders
    people.youngest, people.oldest, people.lightest = 70, 75, 0.8
    seen = set()
    for _ in range(3):
        assert bpy.ops.worldwright.random_person() == {"FINISHED"}
        assert 70 <= sliders.age <= 75 and sliders.skin_tone >= 0.8
        seen.add(sliders.age)
    assert len(seen) == 3


def test_local_sliders_reach_the_brief(scene):
    people, sliders = scene.worldwright_people, scene.worldwright_character.sliders
    assert bpy.ops.worldwright.list_local() == {"FINISHED"} and len(people.locals) > 150
    people.locals["nose-hump"].value = 0.5
    assert json.loads(sliders.local) == {"nose-hump": 0.5}
    assert people.locals["nose-hump"].group == "Nose"
    assert bpy.ops.worldwright.reset_local() == {"FINISHED"}
    assert json.loads(sliders.local) == {} and people.locals["nose-hump"].value == 0


def test_picture_colours_the_clothes(scene):
    pixels = np.full((160, 80, 4), (0.9, 0.9, 0.92, 1), np.float32)
    pixels[4:40, 25:55] = (0.02, 0.02, 0.02, 1)  # from the bottom: shoes and below
    pixels[12:70, 25:55] = (0.1, 0.15, 0.5, 1)
    pixels[66:128, 22:58] = (0.7, 0.1, 0.1, 1)
    pixels[126:142, 34:46] = (0.8, 0.6, 0.5, 1)
    pixels[140:148, 32:48] = (0.25, 0.16, 0.08, 1)
    image = bpy.data.images.new("Person", 80, 160)
    image.pixels.foreach_set(pixels.ravel())
    scene.worldwright_people.picture = image
    assert bpy.ops.worldwright.read_picture() == {"FINISHED"}
    upper = scene.worldwright_character.sliders.upper_color
    assert upper[0] > 3 * upper[1] and "upper color" in scene.worldwright_character.notes


def test_refused_text_waits_for_a_person(scene):
    scene.worldwright_character.prompt = "a naked man"
    with pytest.raises(RuntimeError, match="not made here"):
        bpy.ops.worldwright.read_character_prompt()
    import helpers

    queue = helpers.module("features.generator").review_queue()
    (flag,) = [flag for flag in queue.waiting() if flag.text == "a naked man"]
    assert bpy.ops.worldwright.decide_review(number=flag.number, decision="right") == {"FINISHED"}
    assert flag.number not in [waiting.number for waiting in queue.waiting()]
