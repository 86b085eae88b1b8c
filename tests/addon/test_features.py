"""The buttons on real input and on bad input: what comes back, one undo step, and the scene unchanged when it fails."""

from __future__ import annotations

import json
import os
import signal
import threading
import time

import helpers
import pytest


@pytest.fixture
def scene(empty_scene):
    yield empty_scene
    helpers.module("job").end_worker()


def call(name):
    import bpy

    return getattr(bpy.ops.worldwright, name)("EXEC_DEFAULT", True)


def refused(name, match):
    """The operator says why in one sentence, and the scene is as it was."""
    before = helpers.fingerprint()
    with pytest.raises(RuntimeError, match=match):
        call(name)
    assert helpers.fingerprint() == before


def test_a_prompt_fills_the_sliders_and_the_room_stands_at_the_cursor(scene):
    import bpy

    settings = scene.worldwright_environment
    settings.prompt = "a meeting room 6 by 5 m for eight with a screen"
    assert call("read_environment_prompt") == {"FINISHED"}
    sliders = settings.sliders
    assert (sliders.kind, sliders.people, sliders.screen) == ("meeting_room", 8, True)
    assert (round(sliders.width, 4), round(sliders.depth, 4)) == (6.0, 5.0)
    scene.cursor.location = (10, 0, 0)
    before = helpers.fingerprint()
    assert call("environment") == {"FINISHED"}
    report = helpers.module("job").reports["environment"]
    assert report.counts
    bpy.context.view_layer.update()
    floors = [thing for thing in bpy.data.objects if thing.get("role") == "floor"]
    assert floors and all(5 < thing.matrix_world.translation.x < 15 for thing in floors)
    ceilings = [thing for thing in bpy.data.objects if thing.get("role") == "ceiling"]
    assert ceilings and all(thing.hide_get() for thing in ceilings)
    settings.ceilings = True
    assert not any(thing.hide_get() for thing in ceilings)
    settings.ceilings = False
    bpy.ops.ed.undo_push(message="Ceilings")
    bpy.ops.ed.undo()
    bpy.ops.ed.undo()
    assert helpers.fingerprint() == before


def test_a_character_stands_at_the_cursor_and_another_takes_its_place(scene):
    import bpy

    scene.cursor.location = (2, 3, 0)
    settings = scene.worldwright_character
    settings.prompt = "a tall woman of 60"
    assert call("read_character_prompt") == {"FINISHED"}
    assert settings.sliders.gender < 0.3 and round(settings.sliders.age) == 60
    before = helpers.fingerprint()
    assert call("character") == {"FINISHED"}
    made = [thing for thing in bpy.data.objects if "worldwright" in thing]
    armatures = [thing for thing in made if thing.type == "ARMATURE"]
    assert len(armatures) == 1 and tuple(round(value, 3) for value in armatures[0].matrix_world.translation) == (2, 3, 0)
    assert json.loads(made[0]["worldwright"])["kind"] == "character"
    names = sorted(thing.name for thing in bpy.data.objects)
    first = helpers.fingerprint()
    assert call("another_character") == {"FINISHED"}
    assert bpy.context.scene.worldwright_character.sliders.seed == 1
    assert sorted(thing.name for thing in bpy.data.objects) == names  # one person, with the same names: no ".001"
    assert helpers.fingerprint() != first
    bpy.ops.ed.undo()
    assert helpers.fingerprint() == first
    assert bpy.context.scene.worldwright_character.sliders.seed == 0
    bpy.ops.ed.undo()
    assert helpers.fingerprint() == before


def test_a_prompt_that_was_not_read_is_read_by_generate(scene):
    import bpy

    settings = scene.worldwright_environment
    settings.prompt = "a meeting room 4 by 3 m for two, no plants"
    bpy.ops.ed.undo_push(message="Prompt")
    before = helpers.fingerprint()
    assert call("environment") == {"FINISHED"}
    assert settings.sliders.kind == "meeting_room" and settings.understood == settings.prompt
    brief = json.loads(next(thing for thing in bpy.data.objects if "worldwright" in thing)["worldwright"])["brief"]
    assert (brief["kind"], brief["width"], brief["depth"], brief["plants"]) == ("meeting_room", 4.0, 3.0, 0)
    bpy.ops.ed.undo()
    assert helpers.fingerprint() == before
    assert bpy.context.scene.worldwright_environment.sliders.kind == "office"


def test_the_same_sliders_give_the_same_result(scene):
    import bpy
    import numpy as np

    def coordinates():
        parts = []
        for mesh in sorted(bpy.data.meshes, key=lambda mesh: mesh.name):
            values = np.empty(3 * len(mesh.vertices), np.float32)
            mesh.vertices.foreach_get("co", values)
            parts.append(values.tobytes())
        return b"".join(parts)

    sliders = scene.worldwright_environment.sliders
    sliders.seed, sliders.width, sliders.depth, sliders.people = 5, 3, 3, 1
    bpy.ops.ed.undo_push(message="Sliders")
    call("environment")
    first = coordinates()
    bpy.ops.ed.undo()
    assert not bpy.data.meshes
    call("environment")
    assert coordinates() == first


def test_annotate_writes_what_it_read_and_undo_takes_it_back(scene):
    import bpy

    for number in range(3):
        helpers.add_box(f"Box {number}", location=(number, 0, 0))
    bpy.ops.ed.undo_push(message="Boxes")
    before = helpers.fingerprint()
    assert call("annotate") == {"FINISHED"}
    for thing in bpy.context.selected_objects:
        assert thing["label"] and 0 <= thing["label_confidence"] <= 1
        assert len(json.loads(thing["worldwright_annotation"])["top"]) == 3
    counts = helpers.module("job").reports["annotation"].counts
    assert counts["labelled"] + counts["unknown"] == 3
    bpy.ops.ed.undo()
    assert helpers.fingerprint() == before


def test_select_unknown(scene):
    import bpy

    known, unknown = helpers.add_box("Known"), helpers.add_box("Strange")
    known["label"], unknown["label"] = "chair", "unknown"
    assert call("select_unknown") == {"FINISHED"}
    assert bpy.context.selected_objects == [unknown] and bpy.context.active_object == unknown


def test_nothing_selected(scene):
    refused("annotate", "Select the objects to annotate first")


def test_an_object_without_a_surface_is_named(scene):
    import bpy

    lamp = bpy.data.objects.new("Lamp", bpy.data.lights.new("Lamp", "POINT"))
    scene.collection.objects.link(lamp)
    lamp.select_set(True)
    refused("annotate", "Lamp")


@pytest.mark.parametrize("flaw", ["empty", "nan", "no area"])
def test_degenerate_meshes_are_refused_by_name(scene, flaw):
    import bpy

    box = helpers.add_box("Broken")
    if flaw == "empty":
        box.data.clear_geometry()
    for vertex in box.data.vertices:
        vertex.co = (float("nan"),) * 3 if flaw == "nan" else (0, 0, 0)
    bpy.ops.ed.undo_push(message="Broken")
    refused("annotate", "Broken")


@pytest.mark.parametrize("kind", ["character", "environment"])
@pytest.mark.parametrize("prompt, sentence", [("", "Write a prompt first"), ("x" * 10_000, r"10,000|long|characters")])
def test_prompts_that_cannot_be_read(scene, kind, prompt, sentence):
    getattr(scene, f"worldwright_{kind}").prompt = prompt
    refused(f"read_{kind}_prompt", sentence)


@pytest.mark.parametrize("kind", ["character", "environment"])
@pytest.mark.parametrize("prompt", ["一个高个子的女人", "a submarine made of cheese"])
def test_prompts_that_are_not_understood_say_so(scene, kind, prompt):
    settings = getattr(scene, f"worldwright_{kind}")
    settings.prompt = prompt
    try:
        call(f"read_{kind}_prompt")
    except RuntimeError as error:
        assert len(str(error)) > 20
    else:
        assert settings.notes


def test_a_brief_that_contradicts_itself(scene):
    sliders = scene.worldwright_character.sliders
    sliders.age, sliders.upper = 9, "none"
    refused("character", "under 18 is always dressed")


def test_a_worker_that_is_killed(scene):
    import bpy

    job = helpers.module("job")
    for number in range(30):
        helpers.add_box(f"Box {number}")
    bpy.ops.ed.undo_push(message="Boxes")

    def kill():
        while not (job._client and job._client.pid):
            time.sleep(0.005)
        os.kill(job._client.pid, signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    refused("annotate", "The worker ended unexpectedly")
    thread.join()
    assert call("annotate") == {"FINISHED"}


def test_a_folder_that_cannot_be_written(scene, tmp_path):
    job = helpers.module("job")
    job.end_worker()
    job._client = job.WorkerClient(helpers.module("runtime").command(), str(tmp_path / "missing"))
    refused("environment", "The temporary folder cannot be written")
