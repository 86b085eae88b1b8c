"""The Models panel's buttons, on models in a folder of the test's own."""

from __future__ import annotations

import json

import helpers
import pytest


@pytest.fixture
def registry(scene, tmp_path, monkeypatch):
    """Two versions of a small untrained model, in the folder that the add-on and its worker use."""
    import torch

    monkeypatch.setenv("WORLDWRIGHT_MODELS", str(tmp_path / "models"))
    model, cards = helpers.module("core.learning.model"), helpers.module("core.learning.model_card")
    found = helpers.module("core.learning.registry").Registry(tmp_path / "models")
    for seed in range(2):
        torch.manual_seed(seed)
        model.save(tmp_path / "w.safetensors", model.Classifier(model.ClassifierConfig(("crate", "pole"))))
        found.add(tmp_path / "w.safetensors", cards.ModelCard("own", "annotate", ["crate", "pole"]))
    helpers.module("features.models.operators").forget()
    yield found
    helpers.module("features.models.operators").forget()


def test_use_and_roll_back(registry):
    import bpy

    assert not bpy.ops.worldwright.roll_back_model.poll()
    assert bpy.ops.worldwright.choose_model(model="own@2") == {"FINISHED"}
    assert registry.chosen("annotate").label == "own@2"
    assert bpy.ops.worldwright.roll_back_model() == {"FINISHED"} and registry.chosen("annotate") is None


def test_annotate_uses_the_chosen_model(registry):
    import bpy

    bpy.ops.worldwright.choose_model(model="own@1")
    box = helpers.add_box("Cube.001")
    assert bpy.ops.worldwright.annotate() == {"FINISHED"}
    values = json.loads(box["worldwright_annotation"]) if "worldwright_annotation" in box else {}
    assert box["label"] in ("crate", "pole", "unknown") and {score["label"] for score in values.get("top", [])} <= {"crate", "pole"}


def test_export_import_and_delete(registry, tmp_path):
    import bpy

    file = tmp_path / "own.safetensors"
    assert bpy.ops.worldwright.export_model(model="own@1", filepath=str(file)) == {"FINISHED"}
    assert bpy.ops.worldwright.import_model(filepath=str(file)) == {"FINISHED"}
    assert [entry.version for entry in registry.entries()] == [3, 2, 1]
    assert bpy.ops.worldwright.delete_model(model="own@3") == {"FINISHED"}
    file.write_bytes(b"no model")
    with pytest.raises(RuntimeError, match="not a safetensors file"):
        bpy.ops.worldwright.import_model(filepath=str(file))
    assert [entry.version for entry in registry.entries()] == [2, 1]


def test_deploy_and_evaluate(registry, scene, tmp_path):
    import bpy
    import trimesh

    assert bpy.ops.worldwright.deploy_model(model="own@1", filepath=str(tmp_path / "own.pt")) == {"FINISHED"}
    assert (tmp_path / "own.pt").stat().st_size > 10_000 and (tmp_path / "own.json").exists()
    for label, extents in (("crate", (1, 1, 1)), ("pole", (0.1, 0.1, 2))):
        (tmp_path / "library" / label).mkdir(parents=True)
        for number in range(2):
            trimesh.creation.box(extents).export(tmp_path / "library" / label / f"{number}.ply")
            extents = tuple(1.2 * size for size in extents)
    assert not bpy.ops.worldwright.evaluate_model.poll()
    scene.worldwright_learning.library = str(tmp_path / "library")
    assert bpy.ops.worldwright.evaluate_model(model="own@1") == {"FINISHED"}
    report = helpers.module("job").reports["models"]
    assert 0 <= report.checks["accuracy"] <= 1 and report.counts["models"] == 4
    assert "Confusion" in (registry.get("own@1").folder / "evaluation.html").read_text()
