"""A plan as objects one can correct: walls as the edges of a mesh, openings as boxes, rooms as named points; and back again."""

from __future__ import annotations

import json
from math import atan2
from pathlib import Path

import bpy
from mathutils import Matrix

from ...core.errors import WorldwrightError

MARK = "worldwright_plan"  # custom property of the collection: the plan's height and what was read
KIND, ROOM, THICKNESS = "plan_kind", "plan_room", "thickness"
COLORS = {"door": (0.1, 0.7, 0.2, 1.0), "window": (0.1, 0.5, 1.0, 1.0), "passage": (0.9, 0.7, 0.1, 1.0)}


def draw(context: bpy.types.Context, values: dict, picture: Path) -> bpy.types.Collection:
    """The objects of a plan read from ``picture``, in a new collection at the 3D cursor."""
    collection = bpy.data.collections.new(f"Plan {picture.stem}")
    kept = {name: values[name] for name in ("height", "scale", "scale_from", "style", "notes")}
    collection[MARK] = json.dumps(kept, ensure_ascii=False)
    context.scene.collection.children.link(collection)
    origin = Matrix.Translation(context.scene.cursor.location)
    walls = _walls(values["walls"])
    for thing, place in [(walls, Matrix()), *_gaps(values), *_rooms(values), *_picture(values, picture)]:
        collection.objects.link(thing)
        thing.matrix_world = origin @ place
    for other in context.selected_objects:
        other.select_set(False)
    walls.select_set(True)
    context.view_layer.objects.active = walls
    return collection


def _walls(rows: list[list[float]]) -> bpy.types.Object:
    mesh = bpy.data.meshes.new("Plan walls")
    points: dict[tuple[float, float], int] = {}
    edges = []
    for x0, y0, x1, y1, _ in rows:
        edges.append([points.setdefault((round(x, 4), round(y, 4)), len(points)) for x, y in ((x0, y0), (x1, y1))])
    mesh.from_pydata([(x, y, 0.0) for x, y in points], edges, [])
    thickness = mesh.attributes.new(THICKNESS, "FLOAT", "EDGE")
    thickness.data.foreach_set("value", [row[4] for row in rows])
    walls = bpy.data.objects.new("Plan walls", mesh)
    walls[KIND] = "walls"
    walls.show_in_front = True
    return walls


def _gaps(values: dict) -> list[tuple[bpy.types.Object, Matrix]]:
    made = []
    for gap in values["gaps"]:
        marker = bpy.data.objects.new(gap["kind"].capitalize(), None)
        marker[KIND] = gap["kind"]
        marker["bottom"], marker["top"] = gap["bottom"], gap["top"]
        marker["hinge"], marker["swing"] = gap["hinge"], gap["swing"]
        marker.empty_display_type, marker.empty_display_size, marker.color = "CUBE", 0.5, COLORS[gap["kind"]]
        marker.show_in_front = True
        along = _direction(gap, values["walls"])
        place = Matrix.Translation((gap["x"], gap["y"], 0.0)) @ Matrix.Rotation(along, 4, "Z")
        made.append((marker, place @ Matrix.Diagonal((gap["width"], 0.25, 0.05, 1.0))))
    return made


def _direction(gap: dict, walls: list[list[float]]) -> float:
    """The angle of the wall nearest to an opening."""

    def away(row: list[float]) -> float:
        x0, y0, x1, y1, _ = row
        dx, dy = x1 - x0, y1 - y0
        share = min(max(((gap["x"] - x0) * dx + (gap["y"] - y0) * dy) / max(dx * dx + dy * dy, 1e-9), 0.0), 1.0)
        return (x0 + share * dx - gap["x"]) ** 2 + (y0 + share * dy - gap["y"]) ** 2

    x0, y0, x1, y1, _ = min(walls, key=away)
    return atan2(y1 - y0, x1 - x0)


def _rooms(values: dict) -> list[tuple[bpy.types.Object, Matrix]]:
    made = []
    for room in values["rooms"]:
        marker = bpy.data.objects.new(room["name"], None)
        marker[ROOM] = room["kind"]
        marker.empty_display_type, marker.empty_display_size, marker.show_name = "CIRCLE", 0.3, True
        made.append((marker, Matrix.Translation((*room["at"], 0.0)) @ Matrix.Rotation(1.5708, 4, "X")))
    return made


def _picture(values: dict, picture: Path) -> list[tuple[bpy.types.Object, Matrix]]:
    """The picture under the plan, turned and scaled as it was read."""
    if not picture.is_file():
        return []
    image = bpy.data.images.load(str(picture), check_existing=True)
    wide, tall = image.size
    if not wide or not tall:
        return []
    sheet = bpy.data.objects.new(f"Plan picture {picture.stem}", None)
    sheet.empty_display_type, sheet.data = "IMAGE", image
    sheet.empty_display_size = 1.0
    sheet.color[3], sheet.use_empty_image_alpha = 0.5, True
    rows = Matrix(values["to_picture"]).inverted()  # pixels to metres

    def metres(x: float, y: float) -> tuple[float, float]:
        a, b, c = (row[0] * x + row[1] * y + row[2] for row in rows)
        return a / c, b / c

    middle, right = metres(wide / 2, tall / 2), metres(wide / 2 + max(wide, tall) / 2, tall / 2)
    length = 2 * ((right[0] - middle[0]) ** 2 + (right[1] - middle[1]) ** 2) ** 0.5
    turn = Matrix.Rotation(atan2(right[1] - middle[1], right[0] - middle[0]), 4, "Z")
    return [(sheet, Matrix.Translation((*middle, -0.02)) @ turn @ Matrix.Scale(length, 4))]


def plan_collection(context: bpy.types.Context) -> bpy.types.Collection | None:
    """The plan the active object belongs to, or the only one."""
    thing = context.view_layer.objects.active
    if thing is not None:
        for collection in thing.users_collection:
            if MARK in collection:
                return collection
    plans = [collection for collection in bpy.data.collections if MARK in collection and collection.objects]
    return plans[-1] if plans else None


def said(collection: bpy.types.Collection) -> str:
    """How wide a pixel of the picture was taken to be, and what says so."""
    kept = json.loads(collection[MARK])
    return f"1 pixel is {100 * kept['scale']:.2f} cm, from {kept['scale_from']}" if "scale_from" in kept else ""


def collect(collection: bpy.types.Collection) -> dict:
    """The plan's values as the artist left its objects. Raises WorldwrightError when its walls are gone."""
    kept = json.loads(collection[MARK])
    walls: list[list[float]] = []
    gaps, rooms = [], []
    for thing in collection.objects:
        kind = thing.get(KIND, "")
        x, y, _ = thing.matrix_world.translation
        if kind == "walls" and thing.type == "MESH":
            thickness = thing.data.attributes.get(THICKNESS)
            for edge in thing.data.edges:
                a, b = (thing.matrix_world @ thing.data.vertices[k].co for k in edge.vertices)
                walls.append([a.x, a.y, b.x, b.y, (thickness.data[edge.index].value if thickness else 0.0) or 0.12])
        elif kind in COLORS:
            width = thing.matrix_world.to_scale().x
            gaps.append({"kind": kind, "x": x, "y": y, "width": width, "bottom": float(thing.get("bottom", 0.0)),
                         "top": float(thing.get("top", 2.1)), "hinge": list(thing.get("hinge", (0.0, 0.0))),
                         "swing": list(thing.get("swing", (0.0, 0.0)))})  # fmt: skip
        elif ROOM in thing:
            rooms.append({"at": [x, y], "kind": str(thing[ROOM]), "name": thing.name.split(".")[0]})
    if not walls:
        raise WorldwrightError("This plan has no walls.", "Keep the object “Plan walls”, or read the picture again.")
    return {"walls": walls, "gaps": gaps, "rooms": rooms, "height": kept.get("height", 2.6)}
