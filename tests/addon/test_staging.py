"""Walks and stages in Blender: cameras with actions, scenes of their own, originals untouched."""

from __future__ import annotations

import bpy
import numpy as np
import pytest


def test_walk_through_a_room(scene):
    sliders = scene.worldwright_environment.sliders
    sliders.kind, sliders.people, sliders.width, sliders.depth, sliders.plants = "office", 2, 5.0, 4.0, 0
    scene.worldwright_environment.prompt = ""
    assert bpy.ops.worldwright.environment() == {"FINISHED"}
    root = bpy.data.objects["Office"]
    root.location = (10.0, 0.0, 1.0)
    bpy.context.view_layer.update()
    bpy.context.view_layer.objects.active = bpy.data.objects["Desk 1"]
    scene.worldwright_stage.seconds = 5.0
    assert bpy.ops.worldwright.walk_through() == {"FINISHED"}
    camera = scene.camera
    assert camera.name == "Walk-through" and (scene.frame_start, scene.frame_end) == (1, 121)
    places = []
    for frame in range(1, 122, 10):
        scene.frame_set(frame)
        places.append(camera.matrix_world.translation.copy())
        assert abs(camera.matrix_world.translation.z - 2.6) < 1e-3
        assert abs(camera.matrix_world.translation.x - 10.0) < 2.5 and abs(camera.matrix_world.translation.y) < 2.0
        assert camera.matrix_world.col[1].z > 0.9, "upright"
    assert sum((b - a).length for a, b in zip(places, places[1:], strict=False)) > 1.0


def test_stage_shows_the_thing_in_a_scene_of_its_own(scene):
    bpy.ops.mesh.primitive_monkey_add(size=1.0, location=(3.0, 2.0, 1.0))
    monkey = bpy.context.object
    place = monkey.matrix_world.copy()
    assert bpy.ops.worldwright.stage() == {"FINISHED"}
    stage = bpy.data.scenes[f"Stage {monkey.name}"]
    assert monkey.name in stage.collection.objects and monkey.name in scene.objects and monkey.parent is None
    assert (monkey.matrix_world.translation - place.translation).length < 1e-6
    assert sum(thing.type == "LIGHT" for thing in stage.objects) == 3 and stage.camera in list(stage.objects)
    assert not any(thing.type == "LIGHT" for thing in scene.objects)
    table = bpy.data.objects["Turntable"]
    layer = stage.view_layers[0]
    first = None
    for frame in (1, 61, 121):
        stage.frame_set(frame)
        layer.update()
        turn = stage.camera.matrix_world.translation - monkey.matrix_world.translation
        first = first or turn.copy()
        expected = {1: 1, 61: -1, 121: 1}[frame]
        assert np.sign(turn.x * first.x + turn.y * first.y) == expected
    assert table.animation_data.action is not None


def test_grey_buttons_say_why(scene):
    with pytest.raises(RuntimeError, match="Select what is to be shown"):
        bpy.ops.worldwright.stage()
    with pytest.raises(RuntimeError, match="Select anything in a generated room"):
        bpy.ops.worldwright.walk_through()
