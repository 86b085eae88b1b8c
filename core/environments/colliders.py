"""Boxes for physics: one or more for each prop, and for floor, ceiling and the parts of walls around their openings."""

from __future__ import annotations

from ..geometry.blocks import box
from ..geometry.shape import Finish, Part, assemble
from ..scene import Material, Mesh, Node
from .arrange import Placement
from .rooms import WALL, Room


def prop_colliders(placements: list[Placement]) -> list[Node]:
    """Collider nodes as children of the props' nodes; equal props share the meshes."""
    made: dict[int, list[Mesh]] = {}
    nodes = []
    for placement in placements:
        prop = placement.prop
        if id(prop) not in made:
            made[id(prop)] = [box_mesh(f"{prop.mesh.name} collider", b.low, b.high) for b in prop.colliders]
        for number, mesh in enumerate(made[id(prop)], 1):
            nodes.append(Node(f"{placement.name} collider {number}", mesh=mesh, parent=placement.name, role="collider"))
    return nodes


def shell_colliders(room: Room) -> list[Node]:
    """Floor, ceiling, and each wall as the boxes beside, below and above its openings (windows count as closed)."""
    x, y, h = room.width / 2 + WALL, room.depth / 2 + WALL, room.height
    nodes = [
        Node("Floor collider", mesh=box_mesh("Floor collider", (-x, -y, -0.12), (x, y, 0.0)), parent="Floor", role="collider"),
        Node(
            "Ceiling collider", mesh=box_mesh("Ceiling collider", (-x, -y, h), (x, y, h + 0.15)), parent="Ceiling", role="collider"
        ),
    ]
    for side in room.walls:
        half = room.length(side) / 2 + (WALL if side in ("north", "south") else 0.0)
        doors = [opening for opening in room.openings if opening.side == side and opening.kind == "door"]
        spans = [(-half, half, 0.0)]
        for door in doors:
            left, right = door.centre - door.width / 2, door.centre + door.width / 2
            spans = [(-half, left, 0.0), (left, right, door.top), (right, half, 0.0)]
        for number, (left, right, bottom) in enumerate(spans, 1):
            mesh = box_mesh(f"Wall {side} collider", (left, 0.0, bottom), (right, WALL, h))
            nodes.append(Node(f"Wall {side} collider {number}", mesh=mesh, parent=f"Wall {side}", role="collider"))
    return nodes


def box_mesh(name: str, low: tuple[float, float, float], high: tuple[float, float, float]) -> Mesh:
    """A box between two corners, to collide with."""
    return assemble(name, [Part("collider", box(low, high, 0.0), COLLIDER)])


COLLIDER = Finish(Material("Collider", (0.1, 0.8, 0.3, 0.3)))
