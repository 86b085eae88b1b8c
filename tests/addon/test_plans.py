"""Homes and plans in Blender: a picture becomes correctable objects, and they become a furnished home."""

from __future__ import annotations

from pathlib import Path

import bpy
import cv2
import helpers
import numpy as np
import pytest

from tests.benchmarks.plan_drawings import draw


@pytest.fixture
def sheet(tmp_path) -> Path:
    path = tmp_path / "sheet.png"
    cv2.imwrite(str(path), draw("solid", 0).picture)
    return path


def plan_objects() -> list:
    collection = next(collection for collection in bpy.data.collections if "worldwright_plan" in collection)
    return list(collection.objects)


def test_a_home_from_words(scene) -> None:
    scene.worldwright_home.prompt = "a one-bedroom flat, 52 m²"
    assert bpy.ops.worldwright.home() == {"FINISHED"}
    report = helpers.module("job").reports["home"]
    assert report.checks["valid"] and report.counts["rooms"] == 5
    assert "Home" in bpy.data.collections


def test_a_plan_is_read_corrected_and_built(scene, sheet) -> None:
    assert not bpy.ops.worldwright.read_plan.poll() and not bpy.ops.worldwright.build_plan.poll()
    scene.worldwright_plan.picture = str(sheet)
    assert bpy.ops.worldwright.read_plan() == {"FINISHED"}
    things = plan_objects()
    walls = next(thing for thing in things if thing.get("plan_kind") == "walls")
    rooms = [thing for thing in things if "plan_room" in thing]
    doors = [thing for thing in things if thing.get("plan_kind") == "door"]
    assert len(walls.data.edges) >= 12 and len(rooms) == 5
    assert len(doors) == 5
    assert any(room.name.startswith("Kitchen") and room["plan_room"] == "kitchen" for room in rooms)
    assert "dimension line" in helpers.module("features.plans.drawing").said(walls.users_collection[0])
    assert any(thing.empty_display_type == "IMAGE" for thing in things if thing.type == "EMPTY")
    largest = rooms[0]
    largest["plan_room"], largest.name = "cafe", "Corner café"
    windows = [thing for thing in things if thing.get("plan_kind") == "window"]
    bpy.data.objects.remove(windows[0])
    scene.worldwright_home.sliders.furnished = False
    assert bpy.ops.worldwright.build_plan() == {"FINISHED"}
    report = helpers.module("job").reports["plan"]
    assert report.counts["rooms"] == 5 and report.counts["windows"] == len(windows) - 1
    assert "Corner café" in bpy.data.objects


def test_a_picture_that_is_no_plan_is_one_sentence(scene, tmp_path) -> None:
    path = tmp_path / "noise.png"
    cv2.imwrite(str(path), np.random.default_rng(0).integers(0, 255, (300, 400, 3)).astype(np.uint8))
    scene.worldwright_plan.picture = str(path)
    with pytest.raises(RuntimeError, match="not a floor plan"):
        bpy.ops.worldwright.read_plan()
    assert not any("worldwright_plan" in collection for collection in bpy.data.collections)
