"""Annotating in Blender with everything that is known: names, parts, materials; why; search; corrections."""

from __future__ import annotations

import json

import helpers
import numpy as np
import pytest

pytest.importorskip("transformers", reason="the models of pictures and names are optional")


@pytest.fixture
def scene(empty_scene):
    yield empty_scene
    helpers.module("job").end_worker()


def call(operator, **values):
    import bpy

    return getattr(bpy.ops.worldwright, operator)("EXEC_DEFAULT", True, **values)


def add_table(name: str, location=(0.0, 0.0, 0.0), material: str = "Oak"):
    """A table of five boxes as an artist would leave it: no UVs, one material slot."""
    import bpy

    low = np.array([[x, y, z] for x in (0, 1.0) for y in (0, 1.0) for z in (0, 1.0)])
    faces = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])
    boxes = [((1.4, 0.8, 0.05), (-0.7, -0.4, 0.7))]
    boxes += [((0.08, 0.08, 0.7), (x, y, 0)) for x in (-0.66, 0.58) for y in (-0.36, 0.28)]
    vertices = np.concatenate([low * np.array(size) + np.array(at) for size, at in boxes])
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(vertices.tolist(), [], np.concatenate([faces + 8 * number for number in range(5)]).tolist())
    mesh.materials.append(bpy.data.materials.new(material))
    thing = helpers.link(name, mesh)
    thing.location = location
    thing.select_set(True)
    bpy.context.view_layer.objects.active = thing
    return thing


def test_parts_materials_and_evidence_are_written_and_why_is_painted(scene):
    import bpy

    thing = add_table("Cube.001")
    scene.worldwright_annotation.part_groups = True
    vertices = len(thing.data.vertices)
    assert call("annotate") == {"FINISHED"}
    values = json.loads(thing["worldwright_annotation"])
    assert thing["label"] == "table"
    assert values["materials"][0]["material"] == "wood" and values["materials"][0]["density"] == 650
    assert {"shape", "form"} <= set(values["evidence"])
    names = json.loads(thing.data["annotation_part_names"])
    part = np.array([item.value for item in thing.data.attributes["annotation_part"].data])
    assert names == ["top", "leg"] and set(part[:6]) == {0} and set(part[6:]) == {1}
    assert {group.name for group in thing.vertex_groups} == {"part: top", "part: leg"}
    assert len(thing.data.vertices) == vertices
    assert call("explain") == {"FINISHED"}
    layer = thing.data.color_attributes["why"]
    assert len(layer.data) == vertices and len({tuple(round(c, 3) for c in item.color) for item in layer.data}) > 3
    bpy.ops.ed.undo_push(message="Why")


def test_words_find_objects_and_the_likest_shape_is_found(scene):
    import bpy

    table, other, box = add_table("Cube.001"), add_table("Cube.002", (3, 0, 0)), helpers.add_box("Cube.003", (2, 2, 2), (6, 0, 0))
    for thing in (table, other, box):
        thing.select_set(True)
    assert call("annotate") == {"FINISHED"}
    settings = scene.worldwright_annotation
    with pytest.raises(RuntimeError, match="Write what you look for first"):
        call("find")
    settings.query = "something to eat or write at"
    assert call("find") == {"FINISHED"}
    assert json.loads(settings.hits)[0] in ("Cube.001", "Cube.002")
    bpy.context.view_layer.objects.active = table
    assert call("find_similar") == {"FINISHED"}
    assert json.loads(settings.hits)[0] == "Cube.002"
    assert call("select_hit", name="Cube.002") == {"FINISHED"}
    assert bpy.context.selected_objects == [other]


def test_a_correction_teaches_and_can_be_forgotten(scene):
    import bpy

    thing = add_table("Cube.001")
    with pytest.raises(RuntimeError, match="Select objects that were annotated"):
        call("accept_label")
    assert call("annotate") == {"FINISHED"}
    assert call("correct_label", label="Work bench") == {"FINISHED"}
    assert thing["label"] == "work bench" and thing["caption"].startswith("A work bench, about 1.4")
    thing.select_set(False)
    other = add_table("Cube.002", (3, 0, 0))
    assert call("annotate") == {"FINISHED"}
    assert other["label"] == "work bench"
    assert call("forget_correction") == {"FINISHED"}
    assert call("annotate") == {"FINISHED"}
    assert other["label"] == "table"
    with pytest.raises(RuntimeError, match="no correction to undo"):
        call("forget_correction")
    assert call("select_next") == {"FINISHED"}
    assert other in bpy.context.selected_objects


def test_a_bad_touch_recording_is_refused_and_nothing_changes(scene, tmp_path):
    add_table("Cube.001")
    (tmp_path / "touch.csv").write_text("time,a\n0,1\n")
    scene.worldwright_annotation.touch = str(tmp_path / "touch.csv")
    before = helpers.fingerprint()
    with pytest.raises(RuntimeError, match="no touch recording"):
        call("annotate")
    assert helpers.fingerprint() == before


def test_a_rejected_label_is_unknown_and_is_not_said_again(scene):
    thing = add_table("Cube.001")
    assert call("annotate") == {"FINISHED"}
    assert thing["label"] == "table"
    assert call("reject_label") == {"FINISHED"}
    values = json.loads(thing["worldwright_annotation"])
    assert thing["label"] == "unknown" and values["tags"][:1] != ["table"] and "not recognised" in values["caption"]
    assert call("annotate") == {"FINISHED"}
    assert thing["label"] != "table"
    assert call("forget_correction") == {"FINISHED"}
    assert call("annotate") == {"FINISHED"}
    assert thing["label"] == "table"


def test_flagged_names_wait_for_a_person_and_nothing_is_dropped(scene):
    queue = helpers.module("features.generator").review_queue()
    before = len(queue.flags())
    add_table("Porn_Table.001")
    assert call("annotate") == {"FINISHED"}
    waiting = [flag for flag in queue.flags()[before:] if flag.text == "Porn_Table.001"]
    assert len(waiting) == 1 and waiting[0].kind == "name" and "listed for sexual content" in waiting[0].reason
    assert call("decide_review", number=waiting[0].number, decision="wrong") == {"FINISHED"}
    assert call("annotate") == {"FINISHED"}
    assert len(queue.flags()) == before + 1  # a person has allowed this very name


def test_annotations_are_exported_as_table_pictures_and_usd(scene, tmp_path):
    add_table("Cube.001")
    with pytest.raises(RuntimeError, match="Select objects that were annotated"):
        call("export_annotations", filepath=str(tmp_path / "x.csv"), kind="csv")
    assert call("annotate") == {"FINISHED"}
    assert call("export_annotations", filepath=str(tmp_path / "x.csv"), kind="csv") == {"FINISHED"}
    assert "Cube.001,table,furniture" in (tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    assert call("export_annotations", filepath=str(tmp_path / "views"), kind="coco") == {"FINISHED"}
    coco = json.loads((tmp_path / "views" / "coco.json").read_text())
    named = {category["id"]: category["name"] for category in coco["categories"]}
    assert {named[mark["category_id"]] for mark in coco["annotations"]} == {"table", "table/top", "table/leg"}


def test_a_folder_is_annotated_into_an_asset_library_and_goes_on_where_it_was(scene, tmp_path):
    import bpy

    library, results = tmp_path / "library", tmp_path / "results"
    library.mkdir()
    add_table("Cube.001")
    bpy.ops.wm.save_as_mainfile(filepath=str(library / "table.blend"), copy=True)
    (library / "broken.glb").write_text("no model")
    with pytest.raises(RuntimeError, match="Choose a folder first"):
        call("annotate_folder")
    settings = scene.worldwright_annotation
    settings.library, settings.results, settings.library_assets = str(library), str(results), True
    assert call("annotate_folder") == {"FINISHED"}
    page = (results / "report.html").read_text()
    assert "<b>table</b>" in page and "broken" in page and page.count("data:image/png") == 1
    assert "table,furniture" in (results / "annotations.csv").read_text(encoding="utf-8-sig")
    report = helpers.module("job").reports["annotation"]
    assert report.counts["done"] == 1 and report.counts["failed"] == 1
    assert call("annotate_folder") == {"FINISHED"}
    assert helpers.module("job").reports["annotation"].counts["skipped"] == 1
    catalogues = (results / "assets" / "blender_assets.cats.txt").read_text()
    with bpy.data.libraries.load(str(results / "assets" / "table.blend"), assets_only=True) as (there, here):
        assert there.objects == ["Cube.001"]
        here.objects = list(there.objects)
    data = here.objects[0].asset_data
    assert data.catalog_id in catalogues and "furniture/table" in catalogues and "table" in {tag.name for tag in data.tags}
