"""Where the character stands, and the scene of the picture."""

from __future__ import annotations

from math import atan2, pi

import bpy
import numpy as np
from bpy_extras.object_utils import world_to_camera_view
from mathutils import Matrix, Vector

from ..core.errors import WorldwrightError

SCENE = "Picture"
WIDTH, HEIGHT = 960, 540
ROOM_PARTS = ("floor", "wall", "ceiling", "door", "window", "collider", "navmesh")  # not in the way of somebody standing
REACH = 0.45  # metres around somebody standing that furniture leaves free
EYES = (0.15, 0.9, 1.65)  # heights of the person that the camera must see, metres
AT = (0.38, 2.9)  # where in the picture: from its left, 0..1, and metres from the camera


def stand(person: bpy.types.Collection, room: bpy.types.Collection) -> None:
    """Moves the person to a free place on the room's floor that its camera sees well, turned to the camera.

    Raises WorldwrightError when the room has no camera or floor, or nowhere to stand.
    """
    camera = _one(room, lambda thing: thing.type == "CAMERA")
    floor = _one(room, lambda thing: thing.get("role") == "floor")
    bpy.context.view_layer.update()
    low, high = _box(floor)
    blocks = [_box(thing) for thing in room.all_objects if thing.type == "MESH" and thing.get("role") not in ROOM_PARTS]
    blocks = [(a, b) for a, b in blocks if a.z < high.z + 1.9 and b.z > high.z + 0.05]
    best, best_score = None, np.inf
    for x in np.arange(low.x + REACH, high.x - REACH, 0.1):
        for y in np.arange(low.y + REACH, high.y - REACH, 0.1):
            place = Vector((x, y, high.z))
            score = _score(place, camera)
            if score < best_score and all(_gap(place, block) > REACH for block in blocks) and _seen(place, camera, person):
                best, best_score = place, score
    if best is None:
        raise WorldwrightError("The room has no free place to stand that its camera sees.")
    towards = camera.matrix_world.translation - best
    turn = Matrix.Rotation(atan2(towards.y, towards.x) + pi / 2, 4, "Z")  # a person faces -Y
    for thing in person.objects:
        if thing.parent is None:
            thing.matrix_world = Matrix.Translation(best) @ turn @ thing.matrix_world
    bpy.context.view_layer.update()


def studio(collections: list[bpy.types.Collection], samples: int) -> None:
    """A scene of its own with what was made, the room's camera and a sky: the picture is taken there."""
    scene = bpy.data.scenes.new(SCENE)
    for collection in collections:
        scene.collection.children.link(collection)
    scene.camera = next(thing for collection in collections for thing in collection.all_objects if thing.type == "CAMERA")
    scene.render.resolution_x, scene.render.resolution_y = WIDTH, HEIGHT
    scene.render.threads_mode, scene.render.threads = "FIXED", 2
    scene.render.engine = "CYCLES"
    scene.cycles.samples, scene.cycles.use_denoising, scene.cycles.max_bounces = samples, True, 4
    scene.cycles.use_light_tree = False  # a room has few lamps: trying all of them is faster
    scene.world = bpy.data.worlds.new(SCENE)
    if bpy.app.version < (5, 0, 0):
        scene.world.use_nodes = True
    sky = scene.world.node_tree.nodes["Background"].inputs
    sky["Color"].default_value, sky["Strength"].default_value = (0.62, 0.76, 1.0, 1.0), 1.5


def _one(collection: bpy.types.Collection, wanted) -> bpy.types.Object:
    found = next((thing for thing in collection.all_objects if wanted(thing)), None)
    if found is None:
        raise WorldwrightError("The room has no camera or no floor.")
    return found


def _box(thing: bpy.types.Object) -> tuple[Vector, Vector]:
    corners = np.array([thing.matrix_world @ Vector(corner) for corner in thing.bound_box])
    return Vector(corners.min(axis=0)), Vector(corners.max(axis=0))


def _gap(place: Vector, block: tuple[Vector, Vector]) -> float:
    """Distance on the floor between a place and a box."""
    low, high = block
    return max(low.x - place.x, place.x - high.x, low.y - place.y, place.y - high.y)


def _score(place: Vector, camera: bpy.types.Object) -> float:
    """How far the place is from where a person looks best in the picture; infinite outside of it."""
    views = [world_to_camera_view(bpy.context.scene, camera, place + Vector((0, 0, height))) for height in EYES]
    if any(not (0.05 < view.x < 0.95 and 0.02 < view.y < 0.95 and view.z > 0) for view in views):
        return np.inf
    return abs(views[1].x - AT[0]) * 4 + abs(views[1].z - AT[1])


def _seen(place: Vector, camera: bpy.types.Object, person: bpy.types.Collection) -> bool:
    """Whether nothing stands between the camera and the place."""
    eye = camera.matrix_world.translation
    depsgraph = bpy.context.evaluated_depsgraph_get()
    own = {thing.name for thing in person.all_objects}
    for height in EYES:
        ray = place + Vector((0, 0, height)) - eye
        hit, _, _, _, thing, _ = bpy.context.scene.ray_cast(depsgraph, eye, ray.normalized(), distance=ray.length)
        if hit and thing.name not in own:
            return False
    return True
