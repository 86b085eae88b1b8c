"""Learning in Blender: from collections and assets of the open file, from a library on disk, with the curve and the registry."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import helpers
import numpy as np
import pytest

pytest.importorskip("torch")


@pytest.fixture(autouse=True)
def models(tmp_path, monkeypatch):
    """A registry of its own, and no runs of earlier tests."""
    monkeypatch.setenv("WORLDWRIGHT_MODELS", str(tmp_path / "models"))
    yield tmp_path / "models"


@pytest.fixture
def scene(empty_scene):
    home = helpers.module("features.learning.reading").home()
    shutil.rmtree(home, ignore_errors=True)
    yield empty_scene
    helpers.module("job").end_worker()


def call(operator, **values):
    import bpy

    return getattr(bpy.ops.worldwright, operator)("EXEC_DEFAULT", **values)


def add_posts_and_slabs(each: int = 5) -> None:
    """Two collections of boxes that cannot be mistaken for each other."""
    import bpy

    rng = np.random.default_rng(0)
    for name, size in (("Posts", (0.1, 0.1, 2.0)), ("Slabs", (2.0, 2.0, 0.1))):
        collection = bpy.data.collections.new(name)
        bpy.context.scene.collection.children.link(collection)
        for number in range(each):
            thing = helpers.add_box(f"{name} {number}", tuple(np.array(size) * rng.uniform(0.7, 1.3, 3)), (number, 0, 0))
            bpy.context.scene.collection.objects.unlink(thing)
            collection.objects.link(thing)
    bpy.context.view_layer.update()


def quick(scene, **values) -> None:
    """The shortest training that means anything."""
    settings = scene.worldwright_learning
    settings.source, settings.labels = "FILE", "collections"
    usual = {"name": "Boxes", "base": "none", "method": "full", "epochs": 2, "batch": 8, "points": 96, "width": 16, "rate": 0.01}
    for name, value in (usual | values).items():
        setattr(settings.train, name, value)


def test_collections_teach_a_model_that_annotates_and_the_scene_stays(scene, models):
    import bpy

    add_posts_and_slabs()
    quick(scene)
    before = helpers.fingerprint()
    assert call("train") == {"FINISHED"}
    assert helpers.fingerprint() == before
    result = helpers.module("features.learning.operators").found["learning"]
    assert result["classes"] == ["posts", "slabs"] and result["model"] == "Boxes@1"
    assert result["counts"]["train"] + result["counts"]["held"] == 10
    report = helpers.module("job").reports["learning"]
    assert report.counts["classes"] == 2 and "accuracy" in report.checks
    folder = helpers.module("features.learning.operators").shown["learning"]
    assert (folder / "curve.svg").exists() and len((folder / "log.jsonl").read_text().splitlines()) == 2
    thing = bpy.data.objects["Posts 0"]
    for other in bpy.context.selected_objects:
        other.select_set(False)
    thing.select_set(True)
    assert call("annotate") == {"FINISHED"}
    values = json.loads(thing["worldwright_annotation"])
    assert values["model"] == "Boxes@1" and {score["label"] for score in values["top"]} == {"posts", "slabs"}
    scene.worldwright_annotation.model = "Chairs"
    with pytest.raises(RuntimeError, match="There is no model “Chairs”"):
        call("annotate")


def test_the_curve_is_drawn_from_the_log(scene, tmp_path):
    curve = helpers.module("features.learning.curve")
    entries = [{"epoch": n + 1, "loss": 2.0 - n * 0.5, "held_loss": 2.0} for n in range(4)]
    pixels = curve.picture(entries)
    blue = np.argwhere((pixels == np.float32(curve.COLORS["loss"])).all(axis=-1))
    left, right = blue[blue[:, 1] == 0][:, 0].mean(), blue[blue[:, 1] == curve.SIZE - 1][:, 0].mean()
    assert left > 0.9 * curve.SIZE > 0.1 * curve.SIZE > right  # the training loss falls
    assert (pixels == np.float32(curve.COLORS["held_loss"])).all(axis=-1)[-8:].any()  # the other one does not
    assert curve.icon(tmp_path) == 0
    (tmp_path / "log.jsonl").write_text("\n".join(map(json.dumps, entries)) + '\n{"epoch": 5, "lo')
    curve.forget()
    curve.icon(tmp_path)  # 0 without a window, but the picture is there
    preview = curve._previews["curve"]
    assert tuple(preview.image_size) == (curve.SIZE, curve.SIZE)
    assert np.isclose(np.array(preview.image_pixels_float), pixels.ravel(), atol=0.01).all()
    curve.forget()


def test_a_cancelled_training_can_be_kept_and_goes_on(scene, models):
    job, operators = helpers.module("job"), helpers.module("features.learning.operators")
    add_posts_and_slabs()
    quick(scene, epochs=400)
    with pytest.raises(RuntimeError, match="No cancelled training"):
        call("keep_best")
    import bpy

    run = operators._Learn.steps(_Stub(operators.WORLDWRIGHT_OT_train), bpy.context)
    best = None
    for _ in run:  # until the first epochs are done
        folder = operators.shown.get("learning")
        best = folder / "best.safetensors" if folder else None
        if best is not None and best.exists() and (folder / "round-0.checkpoint").exists():
            break
    run.close()  # what Cancel does
    assert best is not None and best.exists() and not (best.parent / "model.safetensors").exists()
    assert call("keep_best") == {"FINISHED"}
    assert operators.found["learning"]["model"] == "Boxes@1"
    assert job.reports["learning"].counts["classes"] == 2


class _Stub:
    """An operator's own part, without Blender's: what a script cannot make an instance of."""

    def __init__(self, kind: type) -> None:
        for name in ("feature", "method", "brief", "sliders", "folder", "more", "told"):
            value = getattr(kind, name)
            setattr(self, name, value.__get__(self) if callable(value) and not isinstance(value, type) else value)


def test_a_library_of_blend_files_is_read_with_tags_and_catalogues(scene, tmp_path):
    import bpy

    library = helpers.module("reading.library")
    place = tmp_path / "assets"
    place.mkdir()
    add_posts_and_slabs(2)
    for thing in bpy.data.objects:
        thing.asset_mark()
        thing.asset_data.tags.new("Long_Post" if thing.name.startswith("Post") else "slab")
        thing.asset_data.license, thing.asset_data.author = "CC0-1.0", "Ann"
    hidden = bpy.data.objects["Posts 1"]
    hidden.hide_set(True)
    bpy.ops.wm.save_as_mainfile(filepath=str(place / "kit.blend"), copy=True)
    shutil.copy(place / "kit.blend", place / "again.blend")
    index = library.read_library(place, "tags", tmp_path / "store", lambda fraction, doing: None)
    rows = {(cloud.name, cloud.label, cloud.licence, cloud.author) for cloud in index.clouds}
    assert rows == {(f"{name} {n}", label, "CC0-1.0", "Ann") for name, label in (("Posts", "long post"), ("Slabs", "slab"))
                    for n in range(2)}  # fmt: skip
    assert sum("identical" in warning for warning in index.warnings) == 4


def test_the_command_line_reads_blend_libraries_and_trains(scene, tmp_path, models):
    import io

    import bpy

    headless, cli = helpers.module("blender_host"), helpers.module("core.cli")
    place = tmp_path / "assets"
    place.mkdir()
    add_posts_and_slabs(4)
    bpy.ops.wm.save_as_mainfile(filepath=str(place / "kit.blend"), copy=True)
    out, err = io.StringIO(), io.StringIO()
    words = ["train", str(place / "kit.blend"), "--labels", "collections", "-o", str(tmp_path / "run"), "--json"]
    words += ["--set", "name=Kit", "--set", "base=none", "--set", "method=full", "--set", "epochs=1", "--set", "points=96"]
    words += ["--set", "width=16", "--set", "batch=8"]
    assert cli.main(headless.BlenderHost(out, err), words) == 0, err.getvalue()
    assert json.loads(out.getvalue())["result"]["model"] == "Kit@1"
    assert cli.main(headless.BlenderHost(io.StringIO(), err), ["train", str(tmp_path / "none"), "-o", str(tmp_path / "run2")]) == 1
    assert "There is no folder" in err.getvalue()


def test_a_folder_is_read_by_another_blender_and_this_one_stays(scene, tmp_path, models):
    import bpy

    add_posts_and_slabs(3)
    for name in ("Posts", "Slabs"):
        (tmp_path / "library" / name).mkdir(parents=True)
        for thing in bpy.data.collections[name].objects:
            for other in bpy.context.selected_objects:
                other.select_set(False)
            thing.select_set(True)
            path = tmp_path / "library" / name / f"{thing.name}.obj"
            bpy.ops.wm.obj_export(filepath=str(path), export_selected_objects=True)
    (tmp_path / "library" / "Posts" / "broken.obj").write_text("nothing")
    quick(scene, epochs=1)
    settings = scene.worldwright_learning
    settings.source, settings.labels, settings.library = "LIBRARY", "folders", ""
    with pytest.raises(RuntimeError, match="Choose the library to learn from first"):
        call("train")
    settings.library = str(tmp_path / "library")
    before = helpers.fingerprint()
    assert call("train") == {"FINISHED"}
    assert helpers.fingerprint() == before
    report = helpers.module("job").reports["learning"]
    assert report.counts["train"] + report.counts["held"] == 6
    assert any("broken.obj" in warning for warning in report.warnings)
    assert Path(os.environ["WORLDWRIGHT_MODELS"], "Boxes", "1", "model.safetensors").exists()


class _Layout:
    """A layout that draws nothing, and fails where a panel names a property or an operator that is not there."""

    def __init__(self) -> None:
        object.__setattr__(self, "drawn", [])

    def __setattr__(self, name, value) -> None:
        pass

    def __getattr__(self, name):
        return lambda *words, **options: self.draw(name, words, options)

    def draw(self, name, words, options):
        import bpy

        self.drawn.append((name, words, options))
        if name == "prop":
            assert words[1] in words[0].bl_rna.properties, words
        if name == "operator":
            assert hasattr(bpy.types, "WORLDWRIGHT_OT_" + words[0].split(".")[1]), words
        return (self, self) if name == "panel" else self


def test_the_panels_draw_what_is_there(scene, tmp_path, monkeypatch):
    import types

    monkeypatch.setattr(helpers.module("sidebar"), "draw_lines", lambda *words: None)  # without a window letters have no width

    panel, operators = (helpers.module(f"features.learning.{name}") for name in ("panel", "operators"))
    job = helpers.module("job")
    (tmp_path / "log.jsonl").write_text('{"epoch": 1, "loss": 1.0}\n{"epoch": 2, "loss": 0.5}\n')
    report = helpers.module("core.scene").Report({"train": 8, "held": 2}, {"accuracy": 0.5}, ["Few models to learn from: a (3)."])
    features = ("learning", "learning_search", "learning_pretrain", "learning_saved")
    for feature in features:
        operators.shown[feature], job.reports[feature] = tmp_path, report
    context = types.SimpleNamespace(scene=scene, region=types.SimpleNamespace(width=300))
    try:
        for kind in panel.CLASSES:
            layout = _Layout()
            kind.draw(types.SimpleNamespace(layout=layout), context)
            assert any(name in ("prop", "operator") for name, _, _ in layout.drawn)
        shown = [words[1] for name, words, _ in layout.drawn if name == "prop"]
        assert shown == ["name", "objective", "epochs"]
    finally:
        for feature in features:
            operators.shown.pop(feature), job.reports.pop(feature)
        helpers.module("features.learning.curve").forget()


def test_found_settings_go_into_the_sliders(scene):
    operators = helpers.module("features.learning.operators")
    operators.found.pop("learning_search", None)
    with pytest.raises(RuntimeError, match="Search settings first"):
        call("use_found")
    best = {"rate": 0.004, "augment": 0.5, "rank": 4, "base": "none", "method": "lora", "epochs": 7}
    operators.found["learning_search"] = {"best": best}
    assert call("use_found") == {"FINISHED"}
    train = scene.worldwright_learning.train
    assert (round(train.rate, 5), train.rank, train.method, train.epochs) == (0.004, 4, "lora", 7)
    operators.found.pop("learning_search")
