"""The shell: where openings are, and that its solids are closed."""

from __future__ import annotations

import numpy as np
import pytest
import trimesh

from core.environments.brief import SIDES, RoomBrief
from core.environments.finishes import choose_finishes
from core.environments.rooms import WALL, build_shell, plan_room
from core.environments.solids import grid_solid
from core.scene import Mesh


def as_trimesh(mesh: Mesh) -> trimesh.Trimesh:
    triangles, _ = mesh.triangles()
    return trimesh.Trimesh(mesh.vertices, mesh.corners[triangles], process=False)


def shell(brief: RoomBrief) -> tuple:
    room = plan_room(brief, np.random.default_rng(brief.seed))
    return room, build_shell(room, choose_finishes(brief, "east"), "Office")


@pytest.mark.parametrize("door_side", SIDES)
def test_every_part_is_watertight(door_side: str) -> None:
    _, nodes = shell(RoomBrief(door_side=door_side, windows=5))
    for node in nodes:
        solid = as_trimesh(node.mesh)
        assert solid.is_watertight and solid.is_winding_consistent, node.name
        assert solid.volume > 0, node.name
        assert node.mesh.uvs is not None and np.isfinite(node.mesh.uvs).all()


def test_walls_are_full_less_their_openings() -> None:
    room, nodes = shell(RoomBrief(width=6.0, depth=5.0, height=2.7, windows=2, door_side="south"))
    wall = {node.name: as_trimesh(node.mesh).volume for node in nodes if node.name.startswith("Wall")}
    openings = {side: sum(o.width * (o.top - o.bottom) for o in room.openings if o.side == side) for side in SIDES}
    for side in SIDES:
        length = 6.0 + 2 * WALL if side in ("north", "south") else 5.0
        assert wall[f"Wall {side}"] == pytest.approx((length * 2.7 - openings[side]) * WALL, rel=1e-4)
    assert openings["south"] > 2.0 and openings["north"] > 2.0


def test_roles_and_parents() -> None:
    _, nodes = shell(RoomBrief(windows=3))
    roles = [node.role for node in nodes]
    assert roles.count("ceiling") == 1 and roles.count("floor") == 1 and roles.count("door") == 1 and roles.count("window") == 3
    assert sum(node.role == "wall" and node.name.startswith("Wall") for node in nodes) == 4
    assert {node.parent for node in nodes if node.role == "window"} <= {f"Wall {side}" for side in SIDES}


def test_equal_windows_share_a_mesh() -> None:
    _, nodes = shell(RoomBrief(width=9.0, windows=4, door_side="south"))
    windows = [node.mesh for node in nodes if node.role == "window"]
    assert len(windows) == 4 and len({id(mesh) for mesh in windows}) == 1


def test_windows_that_do_not_fit_are_named() -> None:
    room, _ = shell(RoomBrief(width=2.5, depth=2.5, windows=8))
    assert len(room.windows) < 8
    assert "windows" in room.missing[0]


@pytest.mark.parametrize("seed", range(8))
def test_openings_lie_within_their_walls_apart(seed: int) -> None:
    rng = np.random.default_rng(seed)
    brief = RoomBrief(seed=seed, width=rng.uniform(2, 12), depth=rng.uniform(2, 12), height=rng.uniform(2.3, 4), windows=8)
    room, _ = shell(brief)
    for side in SIDES:
        spans = sorted((o.centre - o.width / 2, o.centre + o.width / 2) for o in room.openings if o.side == side)
        assert all(-room.length(side) / 2 < a < b < room.length(side) / 2 for a, b in spans)
        assert all(first[1] + 0.1 < second[0] for first, second in zip(spans, spans[1:], strict=False))
        assert all(o.top < room.height for o in room.openings)


def test_grid_solid_with_a_hole() -> None:
    lines = (np.array([0.0, 1, 2, 3]), np.array([0.0, 0.5]), np.array([0.0, 1, 2, 3]))
    solid = np.ones((3, 1, 3), bool)
    solid[1, 0, 1] = False
    shape = grid_solid(lines, solid)
    assert shape.volume == pytest.approx(8 * 0.5)
