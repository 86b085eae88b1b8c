"""Annotations written for other programs, and the exact pictures their masks come from. No network is needed."""

from __future__ import annotations

import csv
import json
import struct
import zlib

import numpy as np
import pytest

from core.annotation.annotation import Annotation, LabelScore
from core.annotation.catalogue import CATALOGUE, catalogue_id, write_catalogue
from core.annotation.coco import CocoFile, categories, run_lengths
from core.annotation.drawing import draw, png
from core.annotation.export import export
from core.annotation.library import LibraryOptions, job_of, models_in
from core.annotation.library_report import write_report
from core.annotation.tables import row_of, write_table
from core.batch.job import Item
from core.errors import WorldwrightError
from core.scene import Material, Mesh

BOX = np.array([[x, y, z] for x in (0, 1.0) for y in (0, 1.0) for z in (0, 1.0)])
FACES = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])


def box(name: str, size=(1.0, 1.0, 1.0), at=(0.0, 0.0, 0.0), color=(1.0, 0.0, 0.0)) -> Mesh:
    slot = Material("Paint", (*color, 1.0))
    return Mesh.from_faces(name, BOX * np.array(size) + np.array(at), FACES, materials=[slot], material_index=np.zeros(6, np.int32))


def said(name: str, label: str = "table", parts: bool = False) -> Annotation:
    facts = {"size_m": [1.0, 1.0, 1.0], "triangles": 12, "closed": True}
    materials = [{"slot": "Paint", "material": "wood", "confidence": 0.9, "share": 1.0, "density": 650, "friction": 0.4}]
    top = [LabelScore(label, 0.8), LabelScore("seat", 0.1)]
    found = Annotation(name, label, "furniture", 0.8, top, "A table.", ["table"], facts)
    found.materials = materials
    if parts:
        found.part_names, found.part = ["top", "leg"], np.array([0, 1, 1, 1, 1, 1], np.int32)
    return found


def test_a_picture_has_exact_masks_without_holes_and_hides_what_is_behind():
    front, back = box("front", at=(0, -3, 0), color=(1, 0, 0)), box("back", at=(0, 0, 0), color=(0, 1, 0))
    drawn = draw([front, back], yaw=0.0, size=200)
    assert set(np.unique(drawn.mesh)) == {-1, 0, 1}
    rows, columns = np.where(drawn.mesh == 0)
    mask = drawn.mesh[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    assert (mask == 0).all()  # seen from its front, a box is a full rectangle: no pinhole, nothing of the other shows through
    assert (drawn.mesh == 0).sum() > (drawn.mesh == 1).sum()  # its lower part is hidden
    assert drawn.picture[drawn.mesh == 0][:, 0].min() > drawn.picture[drawn.mesh == 0][:, 1].max()
    assert set(np.unique(drawn.face[drawn.mesh == 0])) <= set(range(6))
    with pytest.raises(WorldwrightError, match="no surface"):
        draw([Mesh("none", np.zeros((3, 3)), [], [])])


def test_a_png_is_read_by_others():
    cv2 = pytest.importorskip("cv2")
    pixels = np.random.default_rng(0).integers(0, 255, (9, 7, 3)).astype(np.uint8)
    data = png(pixels)
    assert np.array_equal(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)[..., ::-1], pixels)
    assert struct.unpack(">II", data[16:24]) == (7, 9) and zlib.crc32(data[12:29]) == struct.unpack(">I", data[29:33])[0]


def test_run_lengths_go_down_the_columns_and_begin_outside():
    mask = np.array([[1, 0], [1, 1]], bool)
    assert run_lengths(mask) == [0, 2, 1, 1]
    assert run_lengths(~mask) == [2, 1, 1]
    random = np.random.default_rng(1).random((23, 17)) < 0.4
    counts = run_lengths(random)
    flat = np.repeat(np.arange(len(counts)) % 2, counts)
    assert np.array_equal(flat.reshape(17, 23).T.astype(bool), random)


def test_coco_boxes_hold_their_masks_and_parts_belong_to_objects(tmp_path):
    meshes = [box("Table", parts := (1, 1, 1)), box("Own", parts, at=(3, 0, 0))]
    coco = CocoFile(tmp_path)
    coco.add("two", meshes, [said("Table", parts=True), said("Own", "teleporter")], views=2, size=128)
    values = json.loads(coco.save().read_text())
    assert [image["file_name"] for image in values["images"]] == ["two-0.png", "two-1.png"]
    assert all((tmp_path / image["file_name"]).stat().st_size > 100 for image in values["images"])
    named = {category["id"]: category["name"] for category in values["categories"]}
    assert {named[mark["category_id"]] for mark in values["annotations"]} == {"table", "table/top", "table/leg", "teleporter"}
    whole = {mark["id"]: mark for mark in values["annotations"] if "part_of" not in mark}
    for mark in values["annotations"]:
        counts = mark["segmentation"]["counts"]
        assert sum(counts) == 128 * 128 and sum(counts[1::2]) == mark["area"]
        x, y, width, height = mark["bbox"]
        assert mark["area"] <= width * height and x >= 0 and y >= 0 and x + width <= 128 and y + height <= 128
        if "part_of" in mark:
            assert mark["area"] <= whole[mark["part_of"]]["area"] and mark["object"] == "Table"
    joined = CocoFile(tmp_path.parent)
    joined.merge(tmp_path)
    joined.merge(tmp_path)
    assert len(joined.images) == 4 and len({mark["id"] for mark in joined.annotations}) == 2 * len(values["annotations"])
    assert sum(category["name"] == "teleporter" for category in joined.categories) == 1
    assert [category["id"] for category in categories()] == list(range(1, len(categories()) + 1))


def test_a_table_is_read_by_spreadsheets_and_runs_nothing(tmp_path):
    rows = [row_of(said("=cmd|calc").to_dict(), "a.glb"), row_of(said("Chair").to_dict(), "b.glb")]
    assert write_table(tmp_path / "t.csv", rows) == 2
    with open(tmp_path / "t.csv", encoding="utf-8-sig", newline="") as file:
        first, second = csv.DictReader(file)
    assert first["object"] == "'=cmd|calc" and second["object"] == "Chair"
    assert (second["second"], second["second_confidence"], second["materials"]) == ("seat", "0.1", "Paint: wood")
    with pytest.raises(WorldwrightError, match="cannot be written"):
        write_table(tmp_path / "none" / "t.csv", rows)


def test_usd_carries_semantic_labels_of_objects_and_parts(tmp_path):
    usd = pytest.importorskip("pxr.Usd")
    semantics = pytest.importorskip("pxr.UsdSemantics")
    assert export("usd", tmp_path / "x.usda", [box("Cube.001"), box("Cube 001")], [said("a", parts=True), said("b")]) == 2
    stage = usd.Stage.Open(str(tmp_path / "x.usda"))

    def labels(path: str, taxonomy: str) -> list[str]:
        return list(semantics.LabelsAPI(stage.GetPrimAtPath(path), taxonomy).GetLabelsAttr().Get())

    assert labels("/World/Cube_001", "category") == ["table", "furniture"]
    assert labels("/World/Cube_001", "material") == ["wood"]
    assert labels("/World/Cube_001/leg", "part") == ["leg"]
    assert labels("/World/Cube_001_2", "tags") == ["table"]
    assert not list(tmp_path.glob("*.part*"))
    with pytest.raises(WorldwrightError, match="cannot be written as"):
        export("xml", tmp_path / "x.xml", [], [])


def test_catalogues_join_those_that_are_there(tmp_path):
    (tmp_path / CATALOGUE).write_text("VERSION 1\n\n11111111-2222-3333-4444-555555555555:Mine:Mine\n")
    lines = write_catalogue(tmp_path).read_text().splitlines()
    assert lines[0] == "VERSION 1" and "11111111-2222-3333-4444-555555555555:Mine:Mine" in lines
    assert f"{catalogue_id('seating', 'sofa')}:seating/sofa:sofa" in lines
    assert write_catalogue(tmp_path).read_text().splitlines() == lines  # nothing twice


def test_every_model_of_a_folder_is_an_item_of_its_own(tmp_path):
    for name in ("a.glb", "sub/a.glb", "sub/b.OBJ", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert len(models_in(tmp_path, "glb, gltf, obj, ply, stl or off")) == 3
    job = job_of(tmp_path, tmp_path / "out", LibraryOptions(usd=True, note="old"))
    assert sorted(item.key for item in job.items) == ["a", "sub-a", "sub-b"]
    assert any(word.endswith("usd/{key}.usda") for word in job.steps[0].words) and "--note=old" in job.steps[0].words
    with pytest.raises(WorldwrightError, match="no model"):
        models_in(tmp_path / "sub", "ply")


def test_the_report_escapes_what_models_are_called(tmp_path):
    values = said("<script>alert(1)</script>").to_dict()
    found = [(Item("one", {}, "one.glb"), values), (Item("one", {}, "one.glb"), values)]
    (tmp_path / "one.png").write_bytes(png(np.zeros((2, 2, 3), np.uint8)))
    page = write_report(tmp_path / "r.html", "Lib", iter(found), {"bad": "no & model"}, tmp_path).read_text()
    assert "<script>alert" not in page and "&lt;script&gt;" in page and "no &amp; model" in page
    assert page.count("data:image/png") == 1 and "2 objects, 0 of them unknown; 1 files failed" in page
    assert not list(tmp_path.glob("*.part"))
