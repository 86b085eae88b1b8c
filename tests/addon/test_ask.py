"""Asking in Blender: understood in the worker, previewed, carried out as one step, answered with what is true."""

from __future__ import annotations

import json

import helpers
import numpy as np
import pytest

pytest.importorskip("transformers", reason="understanding needs the sentence encoder")


@pytest.fixture
def scene(empty_scene):
    helpers.module("features.ask.session").forget()
    yield empty_scene
    helpers.module("job").end_worker()


def box(name, size, location, label, color=(0.8, 0.8, 0.8, 1.0), **properties):
    """A box as an annotated thing."""
    thing = helpers.add_box(name, size, location)
    material, _ = helpers.new_material(f"{name} paint", color)
    thing.data.materials.append(material)
    thing["label"] = label
    for key, value in properties.items():
        thing[key] = value
    return thing


def furnish():
    """A floor, a table with a vase, two chairs of which one is red, a sofa."""
    import bpy

    box("Floor", (6, 5, 0.1), (0, 0, -0.1), "floor", role="floor")
    box("Table", (1.4, 0.9, 0.75), (0, 0, 0), "table", prop="dining_table")
    box("Vase", (0.15, 0.15, 0.3), (0.2, 0, 0.75), "vase", prop="vase")
    box("Chair 1", (0.45, 0.45, 0.9), (-1.4, 0, 0), "chair", (0.6, 0.02, 0.02, 1), prop="dining_chair")
    box("Chair 2", (0.45, 0.45, 0.9), (1.4, 0, 0), "chair", (0.02, 0.05, 0.5, 1), prop="dining_chair")
    box("Sofa", (2.0, 0.9, 0.8), (0, 1.9, 0), "sofa", (0.3, 0.3, 0.3, 1), prop="sofa")
    bpy.ops.object.select_all(action="DESELECT")
    bpy.context.view_layer.update()
    bpy.ops.ed.undo_push(message="Furnished")


def carry(*commands):
    """Carries commands out without the network; returns the replies."""
    import bpy

    carrying = helpers.module("features.ask.carrying").Carrying(bpy.context)
    run = helpers.module("features.ask.headless").run
    return [run(carrying.carry(command)) for command in commands], carrying


def commands():
    return helpers.module("core.interaction.commands")


def test_the_graph_knows_kinds_colours_places_and_selection(scene):
    import bpy

    furnish()
    bpy.data.objects["Sofa"].select_set(True)
    graph = helpers.module("features.ask.graph").read_graph(bpy.context, (0.2, 0.0, 0.9))
    things = graph.by_name
    assert things["Chair 1"].color == "red" and things["Chair 2"].color == "blue"
    assert "chair" in things["Chair 1"].concepts and things["Floor"].shell
    assert graph.selected == ("Sofa",) and graph.pointed_at == "Vase"
    assert graph.support(things["Vase"]).name == "Table"


def test_moving_a_table_takes_along_what_stands_on_it_and_says_where_it_is(scene):
    import bpy

    furnish()
    c = commands()
    (reply,), carrying = carry(c.Move(("Table",), direction="left", distance=0.5))
    assert bpy.data.objects["Table"].location.x == pytest.approx(-0.5) and bpy.data.objects["Vase"].location.x == pytest.approx(
        -0.3
    )
    assert "by 50 cm" in reply
    carrying.record.restore()
    bpy.context.view_layer.update()
    assert bpy.data.objects["Table"].location.x == pytest.approx(0) and bpy.data.objects["Vase"].location.x == pytest.approx(0.2)


def test_painting_one_of_two_that_share_a_mesh_leaves_the_other(scene):
    import bpy

    furnish()
    c = commands()
    bpy.data.objects["Chair 2"].data = bpy.data.objects["Chair 1"].data
    before = bpy.data.objects["Chair 2"].material_slots[0].material
    carry(c.Restyle(("Chair 1",), color="green"))
    assert bpy.data.objects["Chair 2"].material_slots[0].material == before
    graph = helpers.module("features.ask.graph").read_graph(bpy.context)
    assert graph.by_name["Chair 1"].color == "green" and graph.by_name["Chair 2"].color == "red"


def test_copies_scales_turns_and_deletes_are_measured(scene):
    import bpy

    furnish()
    c = commands()
    replies, carrying = carry(
        c.Duplicate(("Chair 1",), count=2, relation="beside", to=("Sofa",)),
        c.Restyle((c.MADE,), color="white"),
        c.Scale(("Sofa",), size=2.4, dimension="width"),
        c.Rotate(("Chair 2",), relation="facing", to=("Sofa",)),
        c.Remove(("Table",)),
    )
    assert carrying.made == ["Chair 1.001", "Chair 1.002"] and "Copied “Chair 1”" in replies[0]
    assert bpy.data.objects["Sofa"].dimensions.x == pytest.approx(2.4, abs=1e-3) and "2.4 m wide" in replies[2]
    chair, sofa = (np.array(bpy.data.objects[name].matrix_world) for name in ("Chair 2", "Sofa"))
    toward = sofa[:2, 3] - chair[:2, 3]
    assert -chair[:2, 1] @ toward == pytest.approx(np.linalg.norm(toward), rel=1e-3)
    assert "Table" not in bpy.data.objects and carrying.notes == ["“Vase” was left where it stood."]


def test_props_are_made_around_a_table_by_the_worker(scene):
    import bpy

    furnish()
    c = commands()
    (reply,), carrying = carry(c.Create(thing="stool", count=3, relation="around", to=("Table",)))
    assert len(carrying.made) == 3 and all(bpy.data.objects[name]["prop"] == "stool" for name in carrying.made)
    for name in carrying.made:
        assert np.linalg.norm(np.array(bpy.data.objects[name].location)[:2]) < 1.3
    assert "around" in reply


def test_a_request_is_previewed_then_done_as_one_step(scene):
    import bpy

    furnish()
    settings = scene.worldwright_ask
    settings.text = "delete the red chair"
    assert bpy.ops.worldwright.ask("EXEC_DEFAULT") == {"FINISHED"}
    assert "Chair 1" in bpy.data.objects and json.loads(settings.names) == ["Chair 1"] and "Chair 1" in settings.said
    assert bpy.ops.worldwright.ask_do("EXEC_DEFAULT", True) == {"FINISHED"}
    assert "Chair 1" not in bpy.data.objects and settings.reply == "Deleted “Chair 1”."
    bpy.ops.ed.undo()
    assert "Chair 1" in bpy.data.objects


def test_questions_are_answered_and_nonsense_and_code_change_nothing(scene):
    import bpy

    furnish()
    api = helpers.module("api")
    before = helpers.fingerprint()
    assert api.ask("how many chairs are there?")["reply"] == "There are 2: “Chair 1” and “Chair 2”."
    for text in (
        "import os; os.system('rm -rf /')",
        "what is the capital of france",
        "delete the elephant",
        "put the sofa in the vase",
    ):
        result = api.ask(text)
        assert not result["done"] and result["commands"] == [] and result["reply"], text
    everything = api.ask("delete everything")
    assert not everything["done"] and "Say yes" in everything["reply"]
    assert helpers.fingerprint() == before
    flags = helpers.module("features.generator").review_queue().waiting()
    assert [flag.text for flag in flags if flag.kind == "request"] == ["import os; os.system('rm -rf /')"]
    assert bpy.context.scene.objects["Sofa"] is not None


def test_the_requests_of_the_command_follow_each_other(scene, tmp_path):
    import bpy

    furnish()
    values = {"requests": ["move the red chair 50 cm to the left", "no, one metre", "put it here"], "speech": None, "picture": None,
              "point": (1.0, 1.0, 0.0), "seed": 0, "sure": False}  # fmt: skip
    results = helpers.module("features.ask.headless").ask_file(values, tmp_path / "out.blend")
    assert [result["done"] for result in results] == [True] * 3
    assert "by 1 m" in results[1]["reply"]
    assert tuple(bpy.data.objects["Chair 1"].location)[:2] == pytest.approx((1.0, 1.0), abs=1e-3)
