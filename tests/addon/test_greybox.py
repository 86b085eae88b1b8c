"""From Grey Boxes in Blender: boxes are replaced, hidden and kept; one undo step takes it back."""

from __future__ import annotations

import bpy
import pytest

BOXES = {  # name: (x, y, z, width, depth, height)
    "Cube": (0.0, 1.0, 0.45, 1.6, 2.1, 0.9),
    "Cube.001": (-1.15, 1.75, 0.25, 0.45, 0.4, 0.5),
    "Cube.003": (-2.0, -0.6, 1.0, 0.62, 1.5, 2.0),
    "Cube.004": (1.95, -0.4, 0.42, 0.5, 1.1, 0.85),
    "Plane": (0.0, 0.0, -0.05, 4.6, 4.2, 0.1),
}


@pytest.fixture
def blockout(scene):
    """A bedroom of boxes, selected."""
    for name, (x, y, z, width, depth, height) in BOXES.items():
        bpy.ops.mesh.primitive_cube_add(size=1.0, location=(x, y, z), scale=(width, depth, height))
        bpy.context.object.name = name
    for name in BOXES:
        bpy.data.objects[name].select_set(True)
    bpy.ops.ed.undo_push(message="Boxes")
    scene.worldwright_greybox.sliders.lights = False
    return scene


def test_boxes_become_furniture_and_stay_hidden(blockout):
    assert bpy.ops.worldwright.greybox() == {"FINISHED"}
    made = {thing["replaces"]: thing for thing in bpy.data.objects if "replaces" in thing}
    assert made["Cube"]["prop"] == "bed_double" and made["Cube.003"]["prop"] == "wardrobe"
    assert "Wall north" in bpy.data.objects and "“Cube”" in made["Cube"]["why"]
    for name in BOXES:
        assert bpy.data.objects[name].hide_get() and bpy.data.objects[name].hide_render
    assert abs(made["Cube"].matrix_world.translation.x) < 0.4


def test_kept_boxes_stay_visible(blockout):
    bpy.ops.object.select_all(action="DESELECT")
    bpy.data.objects["Cube"].select_set(True)
    assert bpy.ops.worldwright.keep() == {"FINISHED"} and bpy.data.objects["Cube"]["worldwright_keep"]
    for name in BOXES:
        bpy.data.objects[name].select_set(True)
    assert bpy.ops.worldwright.greybox() == {"FINISHED"}
    assert not bpy.data.objects["Cube"].hide_get()
    assert "Cube" not in {thing.get("replaces") for thing in bpy.data.objects}


def test_own_library_is_used(blockout):
    library = bpy.data.collections.new("Mine")
    blockout.collection.children.link(library)
    bpy.ops.mesh.primitive_cone_add(radius1=0.6, depth=2.0, location=(20, 0, 1))
    mine = bpy.context.object
    mine.name = "Wardrobe of mine"
    library.objects.link(mine)
    mine.select_set(False)
    for name in BOXES:
        bpy.data.objects[name].select_set(True)
    blockout.worldwright_greybox.library = library
    assert bpy.ops.worldwright.greybox() == {"FINISHED"}
    wardrobe = next(thing for thing in bpy.data.objects if thing.get("replaces") == "Cube.003")
    assert wardrobe["asset"] == "Wardrobe of mine" and len(wardrobe.data.vertices) == len(mine.data.vertices)


def test_button_says_why_it_is_grey(scene):
    with pytest.raises(RuntimeError, match="Select the boxes"):
        bpy.ops.worldwright.greybox()
