"""Edit again: what was generated is rebuilt in place, and what the artist did to it stays."""

import json

import bpy
import pytest


@pytest.fixture
def robot(scene):
    sliders = scene.worldwright_robot.sliders
    sliders.kit, sliders.seed, sliders.height = "service", 3, 1.6
    scene.worldwright_robot.prompt = ""
    assert bpy.ops.worldwright.robot() == {"FINISHED"}
    return bpy.data.collections["Service robot"]


def _rig(collection):
    return next(thing for thing in collection.all_objects if thing.type == "ARMATURE")


def _mesh(collection):
    return next(thing for thing in collection.all_objects if thing.type == "MESH")


def test_rebuild_keeps_what_the_artist_did(robot, scene):
    rig, mesh = _rig(robot), _mesh(robot)
    stand = bpy.data.objects.new("Stand", None)
    scene.collection.objects.link(stand)
    rig.name, mesh.name, robot.name = "Bertha", "Bertha's shell", "Bertha and all"
    rig.location, rig.parent = (2.0, 1.0, 0.5), stand
    gold = bpy.data.materials.new("Gold")
    mesh.data.materials[0] = gold
    own = bpy.data.actions.new("My wave")
    slot = own.slots.new(id_type="OBJECT", name="Rig")
    track = rig.animation_data.nla_tracks.new()
    track.name = "My wave"
    track.strips.new("My wave", 0, own).action_slot = slot
    lamp = bpy.data.objects.new("Lamp", None)
    scene.collection.objects.link(lamp)
    lamp.parent = mesh
    before = len(mesh.data.vertices)
    bpy.context.view_layer.objects.active = mesh
    assert bpy.ops.worldwright.load_robot() == {"FINISHED"}
    assert scene.worldwright_robot.sliders.seed == 3
    scene.worldwright_robot.sliders.kit = "combat"
    assert bpy.ops.worldwright.rebuild_robot() == {"FINISHED"}
    assert _rig(robot) == rig and _mesh(robot) == mesh and len(robot.all_objects) == 2
    assert (rig.name, mesh.name, robot.name) == ("Bertha", "Bertha's shell", "Bertha and all")
    assert tuple(rig.location) == (2.0, 1.0, 0.5) and rig.parent == stand and mesh.parent == rig and lamp.parent == mesh
    assert mesh.data.materials[0] == gold and len(mesh.data.vertices) != before
    assert {"My wave", "Idle", "Walk"} <= {track.name for track in rig.animation_data.nla_tracks}
    assert next(t for t in rig.animation_data.nla_tracks if t.name == "My wave").strips[0].action == own
    assert rig.animation_data.action.name.startswith("Idle") and rig.animation_data.action_slot is not None
    assert json.loads(robot["worldwright"])["brief"]["kit"] == "combat"
    assert [collection.name for collection in bpy.data.collections] == ["Bertha and all"]


def test_rebuilt_mesh_follows_its_bones(robot, scene):
    rig, mesh = _rig(robot), _mesh(robot)
    bpy.context.view_layer.objects.active = rig
    scene.worldwright_robot.sliders.height = 2.2
    assert bpy.ops.worldwright.rebuild_robot() == {"FINISHED"}
    rig.animation_data.action = None
    group = mesh.vertex_groups["head"].index
    held = [v.index for v in mesh.data.vertices if any(g.group == group and g.weight > 0.99 for g in v.groups)]
    assert held and max(mesh.data.vertices[k].co.z for k in held) > 2.0
    rig.pose.bones["head"].rotation_quaternion = (0.924, 0.383, 0, 0)
    bpy.context.view_layer.update()
    posed = mesh.evaluated_get(bpy.context.evaluated_depsgraph_get()).data
    assert max((posed.vertices[k].co - mesh.data.vertices[k].co).length for k in held) > 0.05


def test_a_change_can_be_undone(robot, scene):
    bpy.ops.ed.undo_push(message="Made")
    bpy.context.view_layer.objects.active = _rig(robot)
    scene.worldwright_robot.sliders.kit = "retro"
    assert bpy.ops.worldwright.rebuild_robot() == {"FINISHED"}
    bpy.ops.ed.undo_push(message="Rebuilt")
    bpy.ops.ed.undo()
    assert json.loads(bpy.data.collections["Service robot"]["worldwright"])["brief"]["kit"] == "service"


def test_nothing_selected_says_why(scene):
    assert not bpy.ops.worldwright.rebuild_robot.poll()
