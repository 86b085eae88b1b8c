"""The lights of a room and the camera that shows it."""

from __future__ import annotations

import numpy as np

from ..scene import Camera, Light, Node
from .arrange import Placement, world_box
from .brief import RoomBrief
from .props.prop import Prop
from .rooms import WALL, Room, pose
from .shop import Shop
from .space import overlaps

LAMP_WATTS = 1.7  # radiant, a square metre of floor: a white LED panel of 36 electrical watts gives about 10 for 6 square metres
SKY_WATTS = 36.0  # radiant, a square metre of window: an overcast sky
HEADROOM = 1.95  # under lamps: nobody's way is blocked
LENS, EYE = 20.0, 1.6
HOMELY = ("bedroom", "living_room", "kitchen", "hotel_room", "hall", "cafe")
WARM, DAY, SKY = (1.0, 0.86, 0.70), (1.0, 0.95, 0.87), (0.80, 0.90, 1.0)


def light_room(brief: RoomBrief, room: Room, shop: Shop, placements: list[Placement], root: str) -> list[Node]:
    """Ceiling lights in an even grid and over the tables, each with a light; before each window the sky; and a sun."""
    nodes = _ceiling_lights(brief, room, shop, placements, root)
    for number, window in enumerate(room.windows, 1):
        high_, wide = window.top - window.bottom, window.width
        place = room.frame(window.side) @ pose(window.centre, WALL + 0.08, (window.top + window.bottom) / 2)
        place = place @ looking(np.array([0.0, -1.0, 0.0]))
        sky = Light("area", SKY_WATTS * high_ * wide * (0.2 + 1.3 * brief.brightness), SKY, (wide, high_))
        nodes.append(Node(f"Sky {number}", place.astype(np.float32), light=sky, parent=root))
    if room.windows:
        nodes.append(Node("Sun", _sun(room), light=Light("sun", 1.0 + 14.0 * brief.brightness, DAY, (0.02, 0.02)), parent=root))
    return nodes


def _ceiling_lights(brief: RoomBrief, room: Room, shop: Shop, placements: list[Placement], root: str) -> list[Node]:
    """Panels at work and in shops; in homes and cafés shades on cords, where nothing tall stands under them."""
    homely = brief.kind in HOMELY
    lamp = (
        shop.get("pendant_lamp", width=0.46, depth=0.46, height=min(0.75, room.height - HEADROOM))
        if homely
        else shop.get("ceiling_light")
    )
    step = 3.6 if homely else 2.8
    columns, rows = max(round(room.width / step), 1), max(round(room.depth / step), 1)
    spots = [(((k % columns + 0.5) / columns - 0.5) * room.width, ((k // columns + 0.5) / rows - 0.5) * room.depth)
             for k in range(columns * rows)]  # fmt: skip
    tables = [p for p in placements if p.name.startswith("Table ") and p.support == "Floor"] if homely else []
    places = [(lamp, x, y, "an even grid over the floor") for x, y in spots]
    over = shop.get("pendant_lamp", 1, width=0.36, depth=0.36, height=min(max(room.height - HEADROOM, 0.45), 2.0))
    places = [(over, float(t.transform[0, 3]), float(t.transform[1, 3]), f"the middle of {t.name}") for t in tables] + places
    taken = [world_box(p.prop, p.transform) for p in placements]
    chosen: list[tuple[Prop, float, float, str]] = []
    for prop, x, y, where in places:
        low, high = prop.bounds
        place = pose(x, y, room.height - float(high[2]))
        box = world_box(prop, place)
        near = any(np.hypot(x - a, y - b) < 1.1 for _, a, b, _ in chosen) and homely
        if room.holds(box[:2], box[3:5]) and not near and not overlaps(box, np.array(taken).reshape(-1, 6)).any():
            chosen.append((prop, x, y, where))
            taken.append(box)
    watts = LAMP_WATTS * room.area / max(len(chosen), 1) * (0.15 + 1.4 * brief.brightness)
    color = WARM if brief.walls == "warm" or homely else DAY
    nodes: list[Node] = []
    for number, (prop, x, y, where) in enumerate(chosen, 1):
        low, high = prop.bounds
        wide, deep = float(high[0] - low[0]), float(high[1] - low[1])
        properties = {"why": f"ceiling light over {where}" if "Table" in where else f"ceiling light in {where}", "mount": "ceiling",
                      "relations": [{"relation": "on", "target": "Ceiling"}]}  # fmt: skip
        place = pose(x, y, room.height - float(high[2]))
        nodes.append(
            Node(f"Ceiling light {number}", place, prop.mesh, parent=root, label=prop.label, role="ceiling", properties=properties)
        )
        light = (
            Light("point", watts, color, (wide * 0.5, wide * 0.5))
            if homely
            else Light("area", watts, color, (wide * 0.9, deep * 0.9))
        )
        below = pose(x, y, room.height - float(high[2] - low[2]) - (0.5 * 0.5 * wide + 0.01 if homely else 0.01))
        nodes.append(Node(f"Light {number}", below, light=light, parent=root))
    return nodes


def _sun(room: Room) -> np.ndarray:
    """(4, 4) a sun that looks in through the wall with most windows, 38 degrees high and somewhat from the side."""
    sides = [window.side for window in room.windows]
    side = max(sorted(set(sides)), key=sides.count)
    inward = -room.frame(side)[:3, 1].astype(float)
    aside = room.frame(side)[:3, 0].astype(float)
    height = np.radians(38)
    direction = np.cos(height) * (inward * np.cos(0.5) + aside * np.sin(0.5)) - (0.0, 0.0, np.sin(height))
    place = looking(direction)
    place[:3, 3] = -direction * 6.0
    return place.astype(np.float32)


def looking(direction: np.ndarray) -> np.ndarray:
    """(4, 4) rotation whose -Z is ``direction`` and whose +Y is as upright as can be."""
    back = -direction / np.linalg.norm(direction)
    right = np.cross((0.0, 0.0, 1.0), back)
    right /= np.linalg.norm(right)
    matrix = np.eye(4)
    matrix[:3, 0], matrix[:3, 1], matrix[:3, 2] = right, np.cross(back, right), back
    return matrix


def place_camera(room: Room, placements: list[Placement], root: str) -> Node:
    """A camera at eye height in or near the corner from which most of the room is seen, looking at its middle.

    A corner scores by how far its sight lines reach before they meet the box of a furnishing.
    """
    solids = np.array([world_box(placement.prop, placement.transform) for placement in placements]).reshape(-1, 6)
    target = np.array([0.0, 0.0, 0.95])
    height = min(EYE, room.height - 0.4)
    best = max(_eyes(room, height), key=lambda eye: _sight(eye, target, solids) + 0.5 * _window_view(eye, target, room))
    matrix = looking(target - best)
    matrix[:3, 3] = best
    return Node("Camera", matrix.astype(np.float32), camera=Camera(LENS), parent=root)


def _eyes(room: Room, height: float) -> list[np.ndarray]:
    """Places for the camera: in or near the corners, a hand's breadth to a step away from their walls."""
    before, after = np.roll(room.outline, 1, axis=0) - room.outline, np.roll(room.outline, -1, axis=0) - room.outline
    eyes = []
    for corner, one, other in zip(room.outline, before, after, strict=True):
        one, other = one / np.linalg.norm(one), other / np.linalg.norm(other)
        for a, b in ((0.22, 0.22), (0.22, 0.8), (0.8, 0.22), (0.22, 1.3), (1.3, 0.22)):
            spot = corner + a * other + b * one
            if room.covers(spot) and room.wall_distance(spot) > 0.15:
                eyes.append(np.array([*spot, height]))
    return eyes or [np.array([0.0, 0.0, height])]


def _sight(eye: np.ndarray, target: np.ndarray, solids: np.ndarray) -> float:
    """How far a fan of sight lines reaches up to the first box, in metres: the mean, and the nearest so that nothing looms."""
    heading = np.arctan2(*(target - eye)[1::-1])
    angles = heading + np.linspace(-0.7, 0.7, 11)
    directions = np.array([(np.cos(angle), np.sin(angle), slope) for slope in (-0.6, -0.35, -0.15) for angle in angles])
    with np.errstate(divide="ignore", invalid="ignore"):
        near, far = (solids[None, :, :3] - eye) / directions[:, None], (solids[None, :, 3:] - eye) / directions[:, None]
    enter, leave = np.minimum(near, far).max(-1), np.maximum(near, far).min(-1)
    hit = np.where((enter <= leave) & (leave > 0.0), np.maximum(enter, 0.0), 5.0)
    floor = -eye[2] / directions[:, 2]
    reach = np.minimum(hit.min(1, initial=5.0), 5.0)
    return float(np.minimum(reach, floor).mean() + 1.5 * min(reach.min(), 1.5))


def _window_view(eye: np.ndarray, target: np.ndarray, room: Room) -> float:
    """Share of the windows that lie within the view."""
    if not room.windows:
        return 0.0
    points = np.array([(room.frame(w.side) @ (w.centre, 0, 1.5, 1))[:3] for w in room.windows]) - eye
    ahead = (target - eye)[:2] / np.linalg.norm((target - eye)[:2])
    cosine = points[:, :2] @ ahead / np.linalg.norm(points[:, :2], axis=1)
    return float((cosine > np.cos(0.72)).mean())
