"""Renders a Scene so that a person can look at it: ``python -m tests.look SCENE.npz OUT.png [--view three-quarter]``."""

from __future__ import annotations

import argparse
import os
import sys
from math import radians, tan
from pathlib import Path

import bpy
import worldwright.core.codec as codec
from mathutils import Vector
from worldwright.writing.scene import run, write_scene

VIEWS = {  # the direction from which the camera looks; things face -Y
    "front": (0, -1, 0.08),
    "side": (1, 0, 0.08),
    "back": (0, 1, 0.08),
    "three-quarter": (0.75, -1, 0.5),
    "top": (0, -0.001, 1),
    "face": (0.25, -1, 0.05),
}
LENS = radians(30)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.look", description="Render a Scene saved by core.codec.")
    parser.add_argument("scene", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--view", choices=[*VIEWS, "camera"], default="three-quarter")
    parser.add_argument("--engine", choices=["cycles", "workbench"], default="cycles")
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--samples", type=int, default=24)
    parser.add_argument("--hide", default="", help="roles to leave out, for instance ceiling,wall")
    parser.add_argument("--clip", default="", help="play this clip (default: stand in rest pose)")
    parser.add_argument("--frame", type=int, default=0)
    options = parser.parse_args()
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    collection = run(write_scene(bpy.context, codec.load(options.scene)))
    hidden = set(options.hide.split(","))
    for target in list(collection.all_objects):
        target.hide_render = target.hide_render or target.get("role") in hidden
        if target.type == "ARMATURE":
            _pose(target, options.clip)
    bpy.context.scene.frame_set(options.frame)
    _stage(collection, options)
    render(options.picture, options.engine, options.size, options.size, options.samples)


def _pose(armature: bpy.types.Object, clip: str) -> None:
    if clip:
        track = armature.animation_data.nla_tracks[clip]
        armature.animation_data.action = track.strips[0].action
        armature.animation_data.action_slot = track.strips[0].action_slot
    else:
        armature.data.pose_position = "REST"


def _stage(collection: bpy.types.Collection, options: argparse.Namespace) -> None:
    """Camera, and where the result brings no light of its own, a sky, a sun and a floor."""
    scene = bpy.context.scene
    things = list(collection.all_objects)
    if options.view == "camera":
        scene.camera = next(thing for thing in things if thing.type == "CAMERA")
    else:
        scene.camera = _camera(things, options.view)
    if scene.world is not None and options.view == "camera":  # the result's own sky
        return
    scene.world = bpy.data.worlds.new("Look")
    if bpy.app.version < (5, 0, 0):
        scene.world.use_nodes = True
    background = scene.world.node_tree.nodes["Background"].inputs
    background["Color"].default_value = (0.55, 0.62, 0.7, 1)
    lit = any(thing.type == "LIGHT" for thing in things)
    background["Strength"].default_value = 0.7 if options.view != "camera" or not lit else 0.3
    if not lit:
        sun = bpy.data.objects.new("Sun", bpy.data.lights.new("Sun", "SUN"))
        sun.data.energy, sun.data.angle = 3, radians(8)
        sun.rotation_euler = (radians(50), radians(8), radians(30))
        scene.collection.objects.link(sun)


def _camera(things: list[bpy.types.Object], view: str) -> bpy.types.Object:
    bpy.context.view_layer.update()
    corners = [
        thing.matrix_world @ Vector(corner)
        for thing in things
        if thing.type == "MESH" and not thing.hide_render
        for corner in thing.bound_box
    ]
    low = Vector(min(corner[axis] for corner in corners) for axis in range(3))
    high = Vector(max(corner[axis] for corner in corners) for axis in range(3))
    centre, radius = (low + high) / 2, (high - low).length / 2
    if view == "face":  # the head of a standing figure
        height = high.z - low.z
        centre, radius = Vector((centre.x, centre.y, high.z - 0.075 * height)), 0.1 * height
    data = bpy.data.cameras.new("Look")
    data.angle, data.clip_start, data.clip_end = LENS, 0.01, 1000
    camera = bpy.data.objects.new("Look", data)
    direction = Vector(VIEWS[view]).normalized()
    camera.location = centre + direction * radius / tan(LENS / 2) * 1.05
    camera.rotation_euler = direction.to_track_quat("Z", "Y").to_euler()
    bpy.context.scene.collection.objects.link(camera)
    return camera


def render(picture: Path, engine: str, width: int, height: int, samples: int) -> None:
    """Renders the current scene's camera to a PNG, on at most two threads."""
    scene = bpy.context.scene
    scene.render.filepath = str(picture.absolute())
    scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = width, height, 100
    scene.render.threads_mode, scene.render.threads = "FIXED", 2
    if engine == "workbench":
        scene.render.engine = "BLENDER_WORKBENCH"
        scene.display.shading.light, scene.display.shading.color_type = "STUDIO", "MATERIAL"
        scene.display.shading.show_cavity = True
    else:
        scene.render.engine = "CYCLES"
        scene.cycles.samples, scene.cycles.use_denoising = samples, True
        scene.cycles.max_bounces = 6
    bpy.ops.render.render(write_still=True)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
