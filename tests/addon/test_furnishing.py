"""Furnishing rooms that exist, in Blender: one undo step each, the artist's things stay, and the names of what fails."""

from __future__ import annotations

import json

import bpy
import pytest


@pytest.fixture
def office(scene):
    """A generated office, one of its desks active."""
    sliders = scene.worldwright_environment.sliders
    sliders.kind, sliders.people, sliders.storage, sliders.plants, sliders.seed = "office", 2, 1, 0, 3
    sliders.width, sliders.depth, sliders.windows = 5.5, 4.5, 1
    scene.worldwright_environment.prompt = ""
    assert bpy.ops.worldwright.environment() == {"FINISHED"}
    _only(bpy.data.objects["Desk 1"])
    bpy.ops.ed.undo_push(message="Room")
    return scene


def _only(*things):
    bpy.ops.object.select_all(action="DESELECT")
    for thing in things:
        thing.select_set(True)
    bpy.context.view_layer.objects.active = things[0]


def _box(name, low, high):
    size = [b - a for a, b in zip(low, high, strict=True)]
    bpy.ops.mesh.primitive_cube_add(size=1.0, location=[(a + b) / 2 for a, b in zip(low, high, strict=True)], scale=size)
    bpy.context.object.name = name
    return bpy.context.object


@pytest.fixture
def own_room(scene):
    """Walls, floor and a table of the artist's own, all selected, away from the origin."""
    x, y = 20.0, 5.0
    things = [
        _box("Floor", (x, y, -0.1), (x + 6, y + 5, 0.0)), _box("Wall A", (x - 0.2, y, 0), (x, y + 5, 2.6)),
        _box("Wall B", (x + 6, y, 0), (x + 6.2, y + 5, 2.6)), _box("Wall C", (x - 0.2, y + 5, 0), (x + 6.2, y + 5.2, 2.6)),
        _box("Wall D left", (x - 0.2, y - 0.2, 0), (x + 4.0, y, 2.6)),
        _box("Wall D right", (x + 5.0, y - 0.2, 0), (x + 6.2, y, 2.6)),
        _box("Dining table", (x + 2.2, y + 2, 0), (x + 3.8, y + 2.9, 0.74)),
    ]  # fmt: skip
    _only(*things)
    bpy.ops.ed.undo_push(message="Own room")
    return scene


def test_words_add_things_and_say_why(office):
    before = {thing.name for thing in bpy.data.objects}
    office.worldwright_furnish.sliders.wish = "a plant in the corner and a mug on the desk"
    assert bpy.ops.worldwright.furnish() == {"FINISHED"}
    made = {thing.name: thing for thing in bpy.data.objects if thing.name not in before}
    plant = next(thing for name, thing in made.items() if name.startswith("Plant"))
    mug = next(thing for name, thing in made.items() if name.startswith("Mug"))
    assert "in the corner" in plant["why"] and json.loads(plant["relations"])[0]["relation"] == "in the corner"
    assert mug.parent.name.startswith("Desk") and abs(mug.matrix_world.translation.z - 0.74) < 0.03
    assert plant.parent.name == "Office" and plant.users_collection[0].name == "Office"
    room = json.loads(bpy.data.objects["Office"]["room"])["plan"]
    x, y, _ = plant.matrix_world.translation
    assert room["width"] / 2 - abs(x) < 0.6 and room["depth"] / 2 - abs(y) < 0.6
    bpy.ops.ed.undo_push(message="Filled")
    bpy.ops.ed.undo()
    assert {thing.name for thing in bpy.data.objects} == before


def test_scatter_lies_on_what_was_selected_and_moves_with_it(office):
    desk = bpy.data.objects["Desk 1"]
    before = set(bpy.data.objects)
    office.worldwright_furnish.sliders.density = 1.0
    assert bpy.ops.worldwright.scatter() == {"FINISHED"}
    made = set(bpy.data.objects) - before
    assert len(made) >= 3 and all(thing.parent == desk for thing in made)
    assert all(abs(thing.matrix_world.translation.z - desk.matrix_world.translation.z - 0.74) < 0.03 for thing in made)


def test_rearranging_leaves_what_is_kept(office):
    shelf = next(thing for thing in bpy.data.objects if thing.get("prop") in ("bookcase", "cupboard"))
    _only(shelf)
    bpy.ops.worldwright.keep()
    names = [thing.name for thing in bpy.data.objects if "why" in thing and thing.parent and thing.parent.type == "EMPTY"]
    before = {name: bpy.data.objects[name].matrix_world.copy() for name in names}
    chair_gap = (bpy.data.objects["Chair 1"].location - bpy.data.objects["Desk 1"].location).length
    assert bpy.ops.worldwright.rearrange() == {"FINISHED"}
    moved = [name for name in names if (bpy.data.objects[name].matrix_world.translation - before[name].translation).length > 0.05]
    assert "Desk 1" in moved or "Desk 2" in moved
    assert shelf.name not in moved
    assert abs((bpy.data.objects["Chair 1"].location - bpy.data.objects["Desk 1"].location).length - chair_gap) < 1e-3
    report = json.loads(bpy.data.collections["Office"]["worldwright_report"])
    assert report["checks"]["valid"] and report["checks"]["overlaps"] == 0


def test_another_design_keeps_the_object(office):
    chair = bpy.data.objects["Chair 1"]
    chair.name = "My chair"
    data, place = chair.data, chair.matrix_world.translation.copy()
    _only(chair)
    office.worldwright_furnish.sliders.seed = 5
    assert bpy.ops.worldwright.another_design() == {"FINISHED"}
    assert chair.name == "My chair" and chair.data != data and (chair.matrix_world.translation - place).length < 0.1


def test_check_names_what_fails_and_selects_it(office):
    desk, chair = bpy.data.objects["Desk 1"], bpy.data.objects["Chair 1"]
    chair.location = desk.location
    bpy.data.objects["Desk 2"].location.z += 0.3
    assert bpy.ops.worldwright.check_room() == {"FINISHED"}
    report = json.loads(bpy.data.collections["Office"]["worldwright_report"])
    assert {"Desk 1", "Chair 1"} <= set(report["failing"]["overlaps"]) and "Desk 2" in report["failing"]["floating"]
    assert not report["checks"]["valid"] and report["checks"]["lux"] > 100
    assert bpy.ops.worldwright.select_failing(names="\n".join(report["failing"]["floating"])) == {"FINISHED"}
    assert bpy.context.view_layer.objects.active.name in report["failing"]["floating"]


def test_own_walls_are_furnished(own_room):
    before = set(bpy.data.objects)
    places = {thing.name: thing.matrix_world.copy() for thing in before}
    own_room.worldwright_furnish.sliders.wish = "four chairs around the dining table, two shelves against the back wall"
    assert bpy.ops.worldwright.furnish() == {"FINISHED"}
    made = set(bpy.data.objects) - before
    chairs = [thing for thing in made if thing.name.startswith("Chair")]
    shelves = [thing for thing in made if thing.name.startswith("Shelf")]
    assert len(chairs) == 4 and len(shelves) == 2
    for chair in chairs:
        assert abs(chair.matrix_world.translation.x - 23.0) < 1.4 and abs(chair.matrix_world.translation.y - 7.45) < 1.2
    for shelf in shelves:
        assert 9.5 < shelf.matrix_world.translation.y < 10.0 and 20 < shelf.matrix_world.translation.x < 26
    assert all((thing.matrix_world.translation - places[thing.name].translation).length < 1e-6 for thing in before)


def test_rebuilding_keeps_locked_and_hand_moved_things(office):
    desk = bpy.data.objects["Desk 2"]
    cabinet = next(thing for thing in bpy.data.objects if thing.get("prop") in ("bookcase", "cupboard"))
    desk.location.x += 0.02
    bpy.context.view_layer.update()
    mine = desk.matrix_world.copy()
    _only(cabinet)
    bpy.ops.worldwright.keep()
    locked = cabinet.matrix_world.copy()
    office.worldwright_environment.sliders.width = 7.0
    office.worldwright_environment.sliders.people = 4
    assert bpy.ops.worldwright.rebuild_environment() == {"FINISHED"}
    assert (desk.matrix_world.translation - mine.translation).length < 1e-5
    assert (cabinet.matrix_world.translation - locked.translation).length < 1e-5
    east = bpy.data.objects["Wall east"]
    assert abs(east.matrix_world.translation.x - 3.5) < 1e-4, "walls move to the new size"
    bpy.context.view_layer.update()
    _only(bpy.data.objects["Desk 2"])
    assert bpy.ops.worldwright.check_room() == {"FINISHED"}
    report = json.loads(bpy.data.collections["Office"]["worldwright_report"])
    assert report["checks"]["overlaps"] == 0 and report["checks"]["outside"] == 0


def test_buttons_say_why_they_are_grey(scene):
    with pytest.raises(RuntimeError, match="Select anything in a generated room"):
        bpy.ops.worldwright.furnish()
    with pytest.raises(RuntimeError, match="Select furniture in a generated room"):
        bpy.ops.worldwright.another_design()


def test_a_rebuilt_home_keeps_what_was_moved(scene):
    sliders = scene.worldwright_home.sliders
    sliders.bedrooms, sliders.area, sliders.seed, sliders.plants = 0, 34.0, 2, 0
    scene.worldwright_home.prompt = ""
    assert bpy.ops.worldwright.home() == {"FINISHED"}
    bed = next(thing for thing in bpy.data.objects if str(thing.get("prop", "")).startswith("bed_"))
    bed.location.x += 0.05
    bpy.context.view_layer.update()
    place, data = bed.matrix_world.copy(), bed.data
    _only(bed)
    sliders.palette = "walnut"
    assert bpy.ops.worldwright.rebuild_home() == {"FINISHED"}
    assert (bed.matrix_world.translation - place.translation).length < 1e-5 and bed.data == data
    beds = [thing for thing in bpy.data.objects if str(thing.get("prop", "")).startswith("bed_")]
    assert beds == [bed]
