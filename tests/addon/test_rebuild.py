"""Rebuild in Blender: the original hides, the new one keeps its sliders, and one undo step takes all back."""

from __future__ import annotations

import json

import bpy
import helpers
import numpy as np
import pytest


@pytest.fixture
def shelf(scene):
    """A bookcase of four rows as boards, turned and away from the origin, selected."""
    core = helpers.module("core.inverse.sliders")
    mesh = core.make("bookcase", core.usual("bookcase") | {"shelves": 4, "width": 1.2}).mesh
    data = bpy.data.meshes.new("Scan")
    corners = np.split(mesh.corners, np.cumsum(mesh.face_sizes)[:-1])
    data.from_pydata(mesh.vertices.tolist(), [], [face.tolist() for face in corners])
    thing = bpy.data.objects.new("Scan", data)
    thing.location, thing.rotation_euler = (2.0, 1.0, 0.0), (0.0, 0.0, 0.6)
    scene.collection.objects.link(thing)
    bpy.context.view_layer.objects.active = thing
    thing.select_set(True)
    bpy.ops.ed.undo_push(message="Scan")
    sliders = scene.worldwright_rebuild.sliders
    sliders.kind, sliders.refine = "bookcase", 3.0
    return scene


def rebuilt():
    return next(thing for thing in bpy.data.objects if thing.get("replaces") == "Scan")


def test_rebuild_edit_vary_and_undo(shelf):
    assert bpy.ops.worldwright.rebuild() == {"FINISHED"}
    made = rebuilt()
    assert bpy.data.objects["Scan"].hide_get() and bpy.data.objects["Scan"].hide_render
    brief = json.loads(made["prop_brief"])
    assert made["prop"] == "bookcase" and brief["shelves"] == 4 and abs(brief["width"] - 1.2) < 0.02
    assert made["chamfer_mm"] < made["usual_mm"] and made.data.uv_layers and made.data.materials
    assert abs(made.matrix_world.translation.x - 2.0) < 0.02
    assert {thing["lod"] for thing in bpy.data.objects if thing.get("role") == "lod"} == {1, 2}
    settings = shelf.worldwright_rebuild
    assert settings.shown == made.name and shelf.worldwright_props.bookcase.shelves == 4

    bpy.ops.ed.undo_push(message="Before sliders")
    made.name = "Mine"
    bpy.ops.worldwright.load_prop()
    shelf.worldwright_props.bookcase.shelves = 7
    faces, place = len(made.data.polygons), made.matrix_world.copy()
    assert bpy.ops.worldwright.apply_prop() == {"FINISHED"}
    made = bpy.data.objects["Mine"]
    assert len(made.data.polygons) > faces and made.matrix_world == place and json.loads(made["prop_brief"])["shelves"] == 7
    assert made["replaces"] == "Scan" and made.select_get()

    before = set(bpy.data.objects)
    settings.vary.count = 3
    assert bpy.ops.worldwright.vary() == {"FINISHED"}
    variants = set(bpy.data.objects) - before
    assert len(variants) == 3 and all(thing["prop"] == "bookcase" for thing in variants)

    made.select_set(False)
    for thing in list(variants)[:2]:
        thing.select_set(True)
    for thing in list(variants)[2:]:
        thing.select_set(False)
    bpy.context.view_layer.objects.active = next(iter(variants))
    settings.blend.count = 2
    assert bpy.ops.worldwright.blend() == {"FINISHED"}
    assert len([thing for thing in bpy.data.objects if "share" in thing]) == 2


def test_one_undo_step_takes_it_back(shelf):
    assert bpy.ops.worldwright.rebuild() == {"FINISHED"}
    bpy.ops.ed.undo_push(message="Rebuilt")
    bpy.ops.ed.undo()
    assert not any("replaces" in thing for thing in bpy.data.objects)
    assert not bpy.data.objects["Scan"].hide_render


def test_what_cannot_be_rebuilt_changes_nothing(shelf):
    bpy.ops.object.select_all(action="DESELECT")
    bpy.ops.mesh.primitive_plane_add()
    before = {thing.name: thing.hide_render for thing in bpy.data.objects}
    with pytest.raises(RuntimeError, match="is flat"):
        bpy.ops.worldwright.rebuild()
    assert {thing.name: thing.hide_render for thing in bpy.data.objects} == before


def test_buttons_say_why_they_are_grey(scene):
    with pytest.raises(RuntimeError, match="Select the rough"):
        bpy.ops.worldwright.rebuild()
    with pytest.raises(RuntimeError, match="Select two rebuilt objects"):
        bpy.ops.worldwright.blend()
    with pytest.raises(RuntimeError, match="Select an object that was rebuilt"):
        bpy.ops.worldwright.load_prop()
