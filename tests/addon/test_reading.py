"""The artist's objects become meshes and points: every kind of object, as it looks, and nothing dropped in silence."""

from __future__ import annotations

import helpers
import numpy as np
import pytest
from helpers import add_box, link, new_material, one, points_of, read


def volume(mesh):
    """Signed, in cubic metres: negative where the faces look inward."""
    triangles, _ = mesh.triangles()
    a, b, c = mesh.vertices[mesh.corners[triangles]].transpose(1, 0, 2).astype(float)
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


def quartered_image(size=4):
    """Red bottom left, green bottom right, blue top left, white top right."""
    import bpy

    pixels = np.ones((size, size, 4), np.float32)
    half = size // 2
    pixels[:half, :half, :3], pixels[:half, half:, :3], pixels[half:, :half, :3] = (1, 0, 0), (0, 1, 0), (0, 0, 1)
    image = bpy.data.images.new("Quarters", size, size)
    image.pixels.foreach_set(pixels.ravel())
    image.pack()
    return image


def scatter_group():
    """A node group that keeps the geometry and sets a cube of 0.2 m on each of its points."""
    import bpy

    group = bpy.data.node_groups.new("Scatter", "GeometryNodeTree")
    for way in ("INPUT", "OUTPUT"):
        group.interface.new_socket("Geometry", in_out=way, socket_type="NodeSocketGeometry")
    kinds = ("NodeGroupInput", "NodeGroupOutput", "GeometryNodeMeshCube", "GeometryNodeInstanceOnPoints")
    start, end, cube, scatter = (group.nodes.new(kind) for kind in kinds)
    join = group.nodes.new("GeometryNodeJoinGeometry")
    cube.inputs["Size"].default_value = (0.2, 0.2, 0.2)
    group.links.new(start.outputs[0], scatter.inputs["Points"])
    group.links.new(cube.outputs[0], scatter.inputs["Instance"])
    group.links.new(scatter.outputs[0], join.inputs[0])
    group.links.new(start.outputs[0], join.inputs[0])
    group.links.new(join.outputs[0], end.inputs[0])
    return group


# Shape


def test_modifiers_and_shape_keys_are_applied_and_can_be_left_out(scene):
    box = add_box("Box", (1, 1, 1))
    box.modifiers.new("Row", "ARRAY").count = 3
    assert volume(one(box)) == pytest.approx(3, rel=1e-5)
    assert volume(one(box, evaluated=False)) == pytest.approx(1, rel=1e-5)
    box.modifiers.clear()
    box.shape_key_add(name="Basis")
    key = box.shape_key_add(name="Tall")
    for point in key.data:
        point.co.z *= 2
    key.value = 0.5
    assert one(box).bounds[1][2] == pytest.approx(1.5)


def test_a_pose_is_applied(scene):
    import bpy

    armature = link("Rig", bpy.data.armatures.new("Rig"))
    bpy.context.view_layer.objects.active = armature
    bpy.ops.object.mode_set(mode="EDIT")
    bone = armature.data.edit_bones.new("Bone")
    bone.tail = (0, 0, 1)
    bpy.ops.object.mode_set(mode="OBJECT")
    box = add_box("Box", (1, 1, 1))
    box.vertex_groups.new(name="Bone").add(range(8), 1.0, "REPLACE")
    box.modifiers.new("Rig", "ARMATURE").object = armature
    armature.pose.bones["Bone"].location = (0, 3, 0)  # along the bone: up
    assert one(box).bounds[0][2] == pytest.approx(3, abs=1e-5)


def test_an_object_in_edit_mode_is_read_as_it_is_now(scene):
    import bmesh
    import bpy

    box = add_box("Box", (1, 1, 1))
    bpy.ops.object.mode_set(mode="EDIT")
    edited = bmesh.from_edit_mesh(box.data)
    for vertex in edited.verts:
        vertex.co *= 2
    bmesh.update_edit_mesh(box.data)
    mesh = one(box)
    bpy.ops.object.mode_set(mode="OBJECT")
    assert volume(mesh) == pytest.approx(8, rel=1e-5)


@pytest.mark.parametrize("scale", [(1, 2, 3), (-1, 1, 1), (-2, 1, 0.5), (-1, -1, -1)])
def test_mirrored_and_uneven_scale_keep_the_outside_out(scene, scale):
    import bpy

    bpy.ops.mesh.primitive_uv_sphere_add(segments=48, ring_count=24)
    ball = bpy.context.object
    bpy.ops.object.shade_smooth()
    ball.scale, ball.rotation_euler, ball.location = scale, (0.3, 0.5, 0.7), (4, 5, 6)
    mesh = one(ball)
    assert volume(mesh) == pytest.approx(4 / 3 * np.pi * abs(np.prod(scale)), rel=0.02)
    matrix = np.array(ball.matrix_world)[:3, :3]
    cloud = points_of(mesh)
    local = (cloud.positions - [4, 5, 6]) @ np.linalg.inv(matrix).T
    truth = local @ np.linalg.inv(matrix)  # the gradient of |x|² = 1 in world space
    truth /= np.linalg.norm(truth, axis=1, keepdims=True)
    assert np.einsum("ij,ij->i", cloud.normals, truth).min() > 0.99


def test_concave_ngons_are_covered_and_nothing_beyond(scene):
    import bpy

    mesh = bpy.data.meshes.new("L")
    mesh.from_pydata([(1, 1, 0), (1, 2, 0), (0, 2, 0), (0, 0, 0), (2, 0, 0), (2, 1, 0)], [], [range(6)])
    read_mesh = one(link("L", mesh))
    assert list(read_mesh.face_sizes) == [6]
    cloud = points_of(read_mesh)
    assert not ((cloud.positions[:, 0] > 1.001) & (cloud.positions[:, 1] > 1.001)).any()


def test_text_curves_surfaces_and_metaballs_have_surfaces(scene):
    import bpy

    bpy.ops.object.text_add()
    text = bpy.context.object
    text.data.extrude = 0.1
    bpy.ops.curve.primitive_bezier_circle_add()
    tube = bpy.context.object
    tube.data.bevel_depth = 0.1
    bpy.ops.surface.primitive_nurbs_surface_sphere_add()
    surface = bpy.context.object
    bpy.ops.object.metaball_add(type="BALL")
    ball = bpy.context.object
    meshes, warnings = read(text, tube, surface, ball)
    assert [mesh.name for mesh in meshes] == [text.name, tube.name, surface.name, ball.name] and warnings == []
    assert volume(meshes[1]) == pytest.approx(np.pi * 0.1**2 * 2 * np.pi, rel=0.2)
    assert all(len(points_of(mesh, 50)) == 50 for mesh in meshes)
    assert len(one(tube, evaluated=False).face_sizes) > 10


def test_flat_smooth_and_sharp_shading_reach_the_points(scene):
    import bpy

    box = add_box("Box", (1, 1, 1))
    assert np.allclose(np.abs(points_of(one(box)).normals).max(axis=1), 1)
    box.data.shade_smooth()
    assert np.abs(points_of(one(box)).normals).max(axis=1).mean() < 0.97
    bpy.context.view_layer.update()
    box.data.set_sharp_from_angle(angle=0.5)
    assert np.allclose(np.abs(points_of(one(box)).normals).max(axis=1), 1, atol=1e-4)


# Instances


def test_geometry_nodes_instances_are_read(scene):
    import bpy

    box = add_box("Box", (1, 1, 1))
    group = scatter_group()
    box.modifiers.new("Scatter", "NODES").node_group = group
    mesh = one(box)
    assert len(mesh.face_sizes) == 6 + 8 * 6
    assert volume(mesh) == pytest.approx(1 + 8 * 0.2**3, rel=1e-5)
    curve = bpy.data.curves.new("Line", "CURVE")
    curve.splines.new("POLY").points.add(2)
    for number, point in enumerate(curve.splines[0].points):
        point.co = (number, 0, 0, 1)
    line = link("Line", curve)
    line.modifiers.new("Scatter", "NODES").node_group = group
    line.location.x = 7
    mesh = one(line)
    assert len(mesh.face_sizes) == 18 and mesh.vertices[:, 0].mean() == pytest.approx(8)


def test_collection_instances_are_one_mesh_with_mirrored_and_nested_members(scene):
    import bpy

    red, _ = new_material("Red", (1, 0, 0, 1))
    inner, outer = bpy.data.collections.new("Inner"), bpy.data.collections.new("Outer")
    box = add_box("Box", (1, 1, 1))
    scene.collection.objects.unlink(box)
    inner.objects.link(box)
    box.data.materials.append(red)
    twin = link("Twin", box.data, inner)
    twin.scale.x, twin.location.x = -1, 3
    nested = link("Nested", None, outer)
    nested.instance_type, nested.instance_collection = "COLLECTION", inner
    shown = link("Shown", None)
    shown.instance_type, shown.instance_collection, shown.location.z = "COLLECTION", outer, 10
    mesh = one(shown)
    assert len(mesh.face_sizes) == 12 and volume(mesh) == pytest.approx(2, rel=1e-5)
    assert [material.name for material in mesh.materials] == ["Red"]
    assert mesh.bounds[0] == pytest.approx([-0.5, -0.5, 10]) and mesh.bounds[1][0] == pytest.approx(3.5)


def test_two_of_many_instancers_are_told_apart(scene):
    import bpy

    source = bpy.data.collections.new("Source")
    box = add_box("Box", (1, 1, 1))
    scene.collection.objects.unlink(box)
    source.objects.link(box)
    for number in range(3):
        thing = link(f"Copy {number}", None)
        thing.instance_type, thing.instance_collection, thing.location.x = "COLLECTION", source, 5 * number
    meshes, _ = read(bpy.data.objects["Copy 2"], bpy.data.objects["Copy 1"])
    assert [(mesh.name, round(float(mesh.vertices[:, 0].mean()))) for mesh in meshes] == [("Copy 2", 10), ("Copy 1", 5)]


# What is left out


def test_everything_left_out_is_named_with_the_reason(scene):
    import bpy

    hidden, loose, bare = add_box("Hidden"), add_box("Loose"), bpy.data.meshes.new("Bare")
    hidden.hide_set(True)
    loose.data.vertices.add(2)
    loose.data.update()
    bare.vertices.add(3)
    away = bpy.data.objects.new("Away", hidden.data)
    broken = add_box("Broken")
    broken.data.vertices[3].co.x = float("nan")
    wire = link("Wire", bpy.data.curves.new("Wire", "CURVE"))
    bpy.ops.object.metaball_add(type="BALL")
    bpy.ops.object.metaball_add(type="BALL", location=(1, 0, 0))
    member = bpy.context.object
    hollow = link("Hollow", None)
    hollow.instance_type, hollow.instance_collection = "COLLECTION", bpy.data.collections.new("Nothing")
    things = {
        "Hidden": (hidden, "is hidden"),
        "Away": (away, "is not in this view layer"),
        "Nobody": (link("Nobody", None), "is an empty"),
        "Lamp": (link("Lamp", bpy.data.lights.new("Lamp", "SUN")), "is a light"),
        "Bare": (link("Bare", bare), "has vertices but no faces"),
        "Void": (link("Void", bpy.data.meshes.new("Void")), "is empty"),
        "Line": (add_box("Line", (0, 0, 2)), "none with any area"),
        "Broken": (broken, "not finite numbers"),
        "Wire": (wire, "has no surface"),
        member.name: (member, "is part of another metaball"),
        "Hollow": (hollow, "an instance of a collection without any surface"),
    }
    meshes, warnings = read(loose, *(thing for thing, _ in things.values()))
    assert [mesh.name for mesh in meshes] == ["Loose"] and len(meshes[0].vertices) == 8
    assert any("“Loose”" in warning and "2 vertices" in warning for warning in warnings)
    for name, (_, reason) in things.items():
        assert any(f"“{name}”" in warning and reason in warning for warning in warnings), (name, warnings)
    assert len(warnings) == len(things) + 1 and all(warning.endswith(".") for warning in warnings)


# Colour


def test_colour_comes_from_the_attribute_then_the_image_then_the_material(scene):
    import bpy

    bpy.ops.mesh.primitive_plane_add(size=2)
    plane = bpy.context.object
    material, color = new_material("Paint", (0.25, 0.5, 0.75, 1))
    plane.data.materials.append(material)
    assert np.allclose(points_of(one(plane)).colors, [0.25, 0.5, 0.75])
    tree = material.node_tree
    picture, mix = tree.nodes.new("ShaderNodeTexImage"), tree.nodes.new("ShaderNodeHueSaturation")
    picture.image = quartered_image()
    tree.links.new(picture.outputs["Color"], mix.inputs["Color"])
    tree.links.new(mix.outputs["Color"], color)
    cloud = points_of(one(plane))
    right, top = cloud.positions[:, 0] > 0, cloud.positions[:, 1] > 0
    quarters = [(~right & ~top, (1, 0, 0)), (right & ~top, (0, 1, 0)), (~right & top, (0, 0, 1)), (right & top, (1, 1, 1))]
    for chosen, expected in quarters:
        assert chosen.sum() > 50 and np.allclose(cloud.colors[chosen], expected)
    layer = plane.data.color_attributes.new("Painted", "BYTE_COLOR", "CORNER")
    layer.data.foreach_set("color", np.tile([0.5, 0.0, 1.0, 1.0], 4).astype(np.float32))
    assert np.allclose(points_of(one(plane)).colors, [0.5, 0, 1], atol=0.003)
    plane.data.color_attributes.remove(layer)
    layer = plane.data.color_attributes.new("Painted", "FLOAT_COLOR", "POINT")
    layer.data.foreach_set("color", np.tile([0.1, 0.2, 0.3, 1.0], 4).astype(np.float32))
    assert np.allclose(points_of(one(plane)).colors, [0.1, 0.2, 0.3])


def test_materials_are_told_apart_by_face_slot_and_object(scene):
    box = add_box("Box")
    red, blue, green = (new_material(name, color)[0] for name, color in (
        ("Red", (1, 0, 0, 1)), ("Blue", (0, 0, 1, 1)), ("Green", (0, 1, 0, 1))))  # fmt: skip
    for material in (red, blue, None):
        box.data.materials.append(material)
    box.material_slots[0].link = "OBJECT"
    box.material_slots[0].material = green
    for number, face in enumerate(box.data.polygons):
        face.material_index = number % 3
    mesh = one(box)
    assert [material.name for material in mesh.materials] == ["Green", "Blue", "No material"]
    cloud = points_of(mesh)
    assert np.array_equal(cloud.material, cloud.face % 3)
    assert np.allclose(cloud.colors[cloud.material == 0], [0, 1, 0])


def test_large_images_are_scaled_down_and_missing_ones_named(scene):
    import bpy

    material, color = new_material("Paint", (0.5, 0.5, 0.5, 1))
    picture = material.node_tree.nodes.new("ShaderNodeTexImage")
    material.node_tree.links.new(picture.outputs["Color"], color)
    bpy.ops.mesh.primitive_plane_add()
    plane = bpy.context.object
    plane.data.materials.append(material)
    picture.image = quartered_image(2048)
    (texture,) = [material.base_color_texture for material in one(plane).materials]
    assert texture.pixels.shape == (1024, 1024, 4)
    assert list(texture.pixels[-1, 0, :3]) == [255, 0, 0] and list(texture.pixels[0, 0, :3]) == [0, 0, 255]
    picture.image = bpy.data.images.new("Lost", 8, 8)
    picture.image.source, picture.image.filepath = "FILE", "//nowhere/lost.png"
    (mesh,), (warning,) = read(plane)
    assert "“Lost” of the material “Paint” is missing" in warning
    assert np.allclose(points_of(mesh).colors, 0.5)


def test_parts_are_read(scene):
    box = add_box("Box")
    writing = helpers.module("writing.meshes")
    writing.write_face_names(box.data, "part", ["leg", "seat"], np.array([0, 1, 0, 1, -1, 0]))
    mesh = one(box)
    assert mesh.part_names == ["leg", "seat"] and list(mesh.part) == [0, 1, 0, 1, -1, 0]


def test_reading_changes_nothing(scene):
    box, other = add_box("Box"), add_box("Other")
    box.modifiers.new("Row", "ARRAY")
    other.data.shade_smooth()
    before = helpers.fingerprint()
    read(box, other)
    assert helpers.fingerprint() == before
