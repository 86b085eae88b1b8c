"""Renders kinds of rooms so that a person can look at them: ``python -m tests.room_sheet FOLDER [KIND ...] [--seeds 1 2 3]``.

Each room gives KIND-SEED-inside.png and KIND-SEED-plan.png; a picture that is there already is not made again.
"""

from __future__ import annotations

import argparse
import os
import sys
from math import radians
from pathlib import Path

import bpy
from mathutils import Vector
from worldwright.core.environments.brief import KINDS, RoomBrief
from worldwright.core.environments.generate import generate
from worldwright.writing.scene import run, write_scene

from tests.look import render

PALETTES = ("nordic", "walnut", "botanical", "industrial", "classic", "colourful", "graphite")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.room_sheet")
    parser.add_argument("folder", type=Path)
    parser.add_argument("kinds", nargs="*", default=KINDS)
    parser.add_argument("--seeds", nargs="*", type=int, default=(1, 2, 3))
    parser.add_argument("--views", nargs="*", default=("inside", "plan"))
    parser.add_argument("--width", type=int, default=400)
    parser.add_argument("--samples", type=int, default=20)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for seed in options.seeds:
        for kind in options.kinds or KINDS:
            pictures = {view: options.folder / f"{kind}-{seed}-{view}.png" for view in options.views}
            if all(picture.exists() for picture in pictures.values()):
                continue
            _room(kind, seed)
            for view, picture in pictures.items():
                _aim(view)
                render(picture, "cycles", options.width, round(options.width * 0.75), options.samples)


def _room(kind: str, seed: int) -> None:
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    brief = RoomBrief.from_dict({"kind": kind, "seed": seed, "palette": PALETTES[(seed + KINDS.index(kind)) % len(PALETTES)]})
    run(write_scene(bpy.context, generate(brief)))
    scene = bpy.context.scene
    scene.world = bpy.data.worlds.new("Look")
    if bpy.app.version < (5, 0, 0):
        scene.world.use_nodes = True
    background = scene.world.node_tree.nodes["Background"].inputs
    background["Color"].default_value, background["Strength"].default_value = (0.55, 0.68, 0.85, 1), 0.6
    bpy.context.view_layer.update()


def _aim(view: str) -> None:
    """The room's own camera, or one straight above with the ceiling out of the picture."""
    scene = bpy.context.scene
    things = list(scene.objects)
    for thing in things:
        thing.hide_render = view == "plan" and thing.get("role") == "ceiling"
    if view == "inside":
        scene.camera = next(thing for thing in things if thing.type == "CAMERA")
        return
    walls = [thing for thing in things if thing.get("label") == "floor"]
    corners = [thing.matrix_world @ Vector(corner) for thing in walls for corner in thing.bound_box]
    wide = max(c.x for c in corners) - min(c.x for c in corners)
    deep = max(c.y for c in corners) - min(c.y for c in corners)
    data = bpy.data.cameras.new("Plan")
    data.angle = radians(38)
    camera = bpy.data.objects.new("Plan", data)
    reach = max(wide, deep * 4 / 3) * 0.56 / 0.3443
    camera.location = (0.0, -0.18 * reach, reach + 2.5)
    camera.rotation_euler = (Vector(camera.location) - Vector((0, 0, 0.6))).to_track_quat("Z", "Y").to_euler()
    scene.collection.objects.link(camera)
    scene.camera = camera
    if "Plan light" not in bpy.data.objects:  # from above the ceiling's lamps are missing
        lamp = bpy.data.objects.new("Plan light", bpy.data.lights.new("Plan light", "SUN"))
        lamp.data.energy, lamp.data.angle = 2.0, radians(20)
        lamp.rotation_euler = (radians(25), radians(15), 0)
        scene.collection.objects.link(lamp)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
