"""Gestures do what they are bound to, in one undo step; the bindings are the user's own."""

from __future__ import annotations

import json

import helpers
import numpy as np
import pytest


@pytest.fixture
def cubes(scene):
    import bpy

    made = []
    for number in range(3):
        bpy.ops.mesh.primitive_cube_add(size=1, location=(2 * number, 0, 0.5))
        bpy.context.object.name = f"Cube{number}"
        made.append(bpy.context.object)
    yield made
    bpy.ops.worldwright.reset_gestures()


def do(gesture, names, **more):
    import bpy

    return bpy.ops.worldwright.gesture(gesture=gesture, touched=json.dumps({"names": names, **more}))


def test_gestures_select_copy_group_and_delete(cubes, scene):
    import bpy

    assert do("tap", ["Cube1", "Cube2"]) == {"FINISHED"}
    assert [thing.name for thing in bpy.context.selected_objects] == ["Cube1"]
    do("stroke", ["Cube0", "Cube2"])
    assert len(bpy.context.selected_objects) == 3
    do("flick", ["Cube2"], way=[0, 3, 0])
    copy = bpy.context.object
    assert copy.name == "Cube2.001" and np.allclose(copy.location, (4, 3, 0.5)) and copy.data == cubes[2].data
    do("circle", [], around=["Cube0", "Cube1"])
    assert {thing.name for thing in bpy.data.collections["Group"].objects} == {"Cube0", "Cube1"}
    assert "Cube0" not in scene.collection.objects
    do("cross", ["Cube1"])
    assert "Cube1" not in bpy.data.objects
    assert scene.worldwright_gestures.said == "Cross: Deleted “Cube1”; undo brings it back."


def test_a_deleted_object_comes_back_with_one_undo(cubes):
    import bpy

    bpy.ops.ed.undo_push(message="Cubes")
    do("cross", ["Cube1"])
    bpy.ops.ed.undo_push(message="Cross")
    bpy.ops.ed.undo()
    assert "Cube1" in bpy.data.objects


def test_scrubbing_pats_smooth_only_where_it_touched(scene):
    import bpy

    bpy.ops.mesh.primitive_grid_add(x_subdivisions=40, y_subdivisions=40, size=2)
    grid = bpy.context.object
    points = np.array([vertex.co for vertex in grid.data.vertices])
    points[:, 2] = np.random.default_rng(0).normal(0, 0.02, len(points))
    grid.data.vertices.foreach_set("co", points.astype(np.float32).ravel())
    do("scrub", [grid.name], places=[[x, 0, 0] for x in np.linspace(-0.3, 0.3, 7)], pressure=[1.0] * 7, radius=0.2)
    after = np.array([vertex.co for vertex in grid.data.vertices])
    touched = (np.abs(points[:, 0]) < 0.3) & (np.abs(points[:, 1]) < 0.08)
    far = np.abs(points[:, 1]) > 0.25
    assert after[touched, 2].std() < 0.5 * points[touched, 2].std()
    assert np.allclose(after[far], points[far], atol=1e-6)


def test_bindings_are_kept_in_the_user_folder(cubes, scene):
    import bpy

    scene.worldwright_gestures.cross = "hide"
    folder = helpers.module("user_folder").user_folder("gestures")
    assert json.loads((folder / "gestures.json").read_text(encoding="utf-8"))["cross"] == "hide"
    do("cross", ["Cube1"])
    assert bpy.data.objects["Cube1"].hide_get() and scene.worldwright_gestures.cross == "hide"
    bpy.ops.worldwright.reset_gestures()
    assert scene.worldwright_gestures.cross == "delete"


def test_a_gesture_on_nothing_changes_nothing(cubes):
    import bpy

    before = len(bpy.data.objects)
    assert do("cross", []) == {"CANCELLED"}
    assert do("cross", ["no such thing"]) == {"CANCELLED"}
    with pytest.raises(RuntimeError, match="no gesture"):
        do("wiggle", ["Cube1"])
    assert len(bpy.data.objects) == before and not bpy.ops.worldwright.draw_gestures.poll()


def test_what_lies_within_an_outline(worldwright):
    inside = helpers.module("features.gestures.touching").inside
    angle = np.linspace(0, 2 * np.pi, 60)
    circle = np.stack([100 + 50 * np.cos(angle), 80 + 50 * np.sin(angle)], axis=1)
    assert inside(np.array([100.0, 80.0]), circle) and inside(np.array([140.0, 100.0]), circle)
    assert not inside(np.array([160.0, 80.0]), circle) and not inside(np.array([100.0, 20.0]), circle)
