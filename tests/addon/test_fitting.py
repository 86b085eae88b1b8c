"""Fit to My Mesh and Rig My Mesh on the installed extension: what is made, and what stays as it was."""

from __future__ import annotations

import json

import bpy
import helpers
import numpy as np
import pytest


def figure(name: str = "Scan", scale: float = 1.0, **brief) -> bpy.types.Object:
    """A generated person as one mesh without a rig, with UVs and a shape key, turned and moved away from the origin."""
    generate = helpers.module("core.characters.generate").generate
    kind = helpers.module("core.characters.brief").CharacterBrief
    scene = generate(kind(seed=3, face_units=False, motion=False, hair="bald", upper="none", lower="none", shoes="none", **brief))
    source = scene.node("Body").mesh
    data = bpy.data.meshes.new(name)
    starts = np.split(source.corners, source.face_starts[1:])
    data.from_pydata(source.vertices.tolist(), [], [face.tolist() for face in starts])
    data.uv_layers.new(name="UVMap").uv.foreach_set("vector", source.uvs.ravel())
    thing = bpy.data.objects.new(name, data)
    bpy.context.scene.collection.objects.link(thing)
    thing.shape_key_add(name="Basis")
    thing.shape_key_add(name="Taller").points[0].co.z += 0.1
    thing.scale = (scale,) * 3
    thing.rotation_euler.z, thing.location = 0.7, (2.0, 1.0, 0.0)
    bpy.context.view_layer.update()
    return thing


def select(*things: bpy.types.Object) -> None:
    for other in bpy.context.view_layer.objects:
        other.select_set(other in things)
    bpy.context.view_layer.objects.active = things[0]


def positions(thing: bpy.types.Object) -> np.ndarray:
    """(V, 3) world positions as the object looks."""
    shown = thing.evaluated_get(bpy.context.evaluated_depsgraph_get())
    values = np.empty(len(shown.data.vertices) * 3, np.float32)
    shown.data.vertices.foreach_get("co", values)
    matrix = np.array(shown.matrix_world)
    return values.reshape(-1, 3) @ matrix[:3, :3].T + matrix[:3, 3]


def snapshot(thing: bpy.types.Object) -> tuple:
    """What must not change: places, UVs, shape keys, transform."""
    data = thing.data
    values = np.empty(len(data.vertices) * 3, np.float32)
    data.vertices.foreach_get("co", values)
    uvs = np.empty(len(data.loops) * 2, np.float32)
    data.uv_layers[0].uv.foreach_get("vector", uvs)
    keys = {key.name: [tuple(point.co) for point in key.data[:3]] for key in data.shape_keys.key_blocks}
    return values.tobytes(), uvs.tobytes(), str(keys), np.round(np.array(thing.matrix_world), 4).tobytes()


def test_fit_makes_a_character_beside_the_scan_and_leaves_the_scan(scene):
    thing = figure(scale=100.0)  # modelled in centimetres
    select(thing)
    before = snapshot(thing)
    assert bpy.ops.worldwright.fit() == {"FINISHED"}
    assert snapshot(thing) == before
    report = helpers.module("job").reports["fit"]
    assert report.checks["read_as"] == "centimetres"
    assert report.checks["residual_median_mm"] < 8
    rig = next(other for other in scene.objects if other.type == "ARMATURE")
    assert rig.animation_data.action.name.startswith("Fitted pose")
    body = next(other for other in scene.objects if other.type == "MESH" and other.name.startswith("Body"))
    assert body.data.color_attributes[0].domain == "CORNER"
    assert json.loads(rig["worldwright"])["kind"] == "fit"


def test_a_chair_is_refused_with_its_residual_and_nothing_changes(scene):
    bpy.ops.mesh.primitive_cube_add(size=1)
    seat = bpy.context.object
    modifier = seat.modifiers.new("Fine", "SUBSURF")
    modifier.levels, modifier.subdivision_type = 4, "SIMPLE"
    select(seat)
    count = len(bpy.data.objects)
    for operator in (bpy.ops.worldwright.fit, bpy.ops.worldwright.rig):
        with pytest.raises(RuntimeError, match="does not look like one person .* the best body is off by"):
            operator()
    assert len(bpy.data.objects) == count and not seat.vertex_groups and len(seat.modifiers) == 1


def test_rig_adds_groups_and_a_modifier_and_changes_nothing_else(scene):
    thing = figure()
    select(thing)
    before, shown = snapshot(thing), positions(thing)
    assert bpy.ops.worldwright.rig() == {"FINISHED"}
    assert snapshot(thing) == before
    assert np.abs(positions(thing) - shown).max() < 1e-4, "rigged, it still stands as it did"
    rig = thing.parent
    bones = {bone.name for bone in rig.data.bones}
    assert {"pelvis", "thigh_l", "hand_r"} <= bones
    assert [modifier.type for modifier in thing.modifiers] == ["ARMATURE"]
    names = [group.name for group in thing.vertex_groups]
    for vertex in list(thing.data.vertices)[::97]:
        weights = [group.weight for group in vertex.groups if names[group.group] in bones]
        assert 1 <= len(weights) <= 4 and abs(sum(weights) - 1) < 1e-3
    assert "part.left hand" in names and thing.data.attributes["part"].domain == "FACE"
    assert {track.name for track in rig.animation_data.nla_tracks} == {"Idle", "Walk", "Wave"}


def test_the_rigged_mesh_bends_like_the_body_it_came_from(scene):
    """The left forearm goes with its bone, the right one stays."""
    thing = figure()
    select(thing)
    bpy.ops.worldwright.rig()
    before = positions(thing)
    bone = thing.parent.pose.bones["upperarm_l"]
    bone.rotation_quaternion = (0.92, 0.0, 0.0, 0.39)
    bpy.context.view_layer.update()
    moved = np.linalg.norm(positions(thing) - before, axis=1)
    names = [group.name for group in thing.vertex_groups]
    left, right = (
        np.array([any(names[group.group] == f"part.{side} forearm" for group in vertex.groups) for vertex in thing.data.vertices])
        for side in ("left", "right")
    )
    assert moved[left].min() > 0.05
    assert moved[right].max() < 1e-3


def test_another_rest_pose_makes_a_copy(scene):
    thing = figure()
    select(thing)
    scene.worldwright_rig.rest_pose = "t-pose"
    before = snapshot(thing)
    assert bpy.ops.worldwright.rig() == {"FINISHED"}
    assert snapshot(thing) == before and not thing.modifiers and not thing.vertex_groups
    copy = bpy.data.objects["Scan t-pose"]
    spread = np.ptp(np.array([vertex.co for vertex in copy.data.vertices]), axis=0)
    assert spread[0] > 0.85 * spread[2], "arms are out to the sides"
    assert [key.name for key in copy.data.shape_keys.key_blocks] == ["Basis", "Taller"]


def test_an_object_that_has_an_armature_is_refused(scene):
    thing = figure()
    thing.modifiers.new("Armature", "ARMATURE")
    select(thing)
    with pytest.raises(RuntimeError, match="already has an armature"):
        bpy.ops.worldwright.rig()


def test_the_buttons_say_what_is_missing(scene):
    assert not bpy.ops.worldwright.fit.poll() and not bpy.ops.worldwright.rig.poll()
