"""Robots: four kits on the characters' skeleton, standing on the ground, moved part by part."""

import numpy as np
import pytest

from core.characters.rig import BONES
from core.errors import WorldwrightError
from core.robots.brief import KITS, RobotBrief
from core.robots.generate import generate
from core.robots.prompt import read_prompt


@pytest.fixture(scope="module", params=KITS)
def robot(request):
    return generate(RobotBrief(kit=request.param, clips="walk", seed=2))


def test_robot_stands_on_the_characters_skeleton(robot):
    rig, mesh = robot.nodes[0].skeleton, robot.node("Robot").mesh
    assert rig.names == [name for name, _ in BONES]
    assert abs(float(mesh.vertices[:, 2].min())) < 2e-3
    assert [clip.name for clip in robot.clips] == ["Walk"] and robot.clips[0].rotations.shape[1] == len(rig.names)


def test_parts_are_rigid_and_lit(robot):
    mesh = robot.node("Robot").mesh
    assert (mesh.skin.weights[:, 0] == 1).all() and mesh.skin.weights.shape == (len(mesh.vertices), 4)
    assert len(set(mesh.skin.joints[:, 0].tolist())) > 40  # fingers included
    lamps = [k for k, material in enumerate(mesh.materials) if material.emission_strength > 0]
    assert lamps and np.isin(mesh.material_index, lamps).sum() > 20
    painted = next(material for material in mesh.materials if material.name == "Shell")
    assert painted.normal_texture is not None and painted.roughness_texture is not None
    assert robot.report.counts["triangles"] < 30_000


def test_hands_hold_their_own_fingers(robot):
    rig, mesh = robot.nodes[0].skeleton, robot.node("Robot").mesh
    for bone in ("index_02_l", "index_02_r", "head", "foot_l"):
        number = rig.names.index(bone)
        held = mesh.vertices[mesh.skin.joints[:, 0] == number]
        reach = max(np.linalg.norm(rig.tails[number] - rig.heads[number]), 0.08)
        assert len(held) and np.linalg.norm(held - rig.heads[number], axis=1).max() < 3.5 * reach


def test_height_bulk_and_same_bytes():
    tall, slim = (generate(RobotBrief(height=h, bulk=b, motion=False)) for h, b in ((3.0, 0.5), (1.8, 0.0)))
    assert 2.8 < tall.report.checks["height_m"] < 3.4
    wide = generate(RobotBrief(height=1.8, bulk=1.0, motion=False)).node("Robot").mesh
    assert np.ptp(wide.vertices[:, 1]) > np.ptp(slim.node("Robot").mesh.vertices[:, 1])
    again = generate(RobotBrief(height=1.8, bulk=0.0, motion=False)).node("Robot").mesh
    assert again.vertices.tobytes() == slim.node("Robot").mesh.vertices.tobytes()


def test_prompt():
    brief, notes = read_prompt("a rusty dark blue combat robot with green eyes and wheels", 5)
    assert (brief.kit, brief.wear, brief.seed) == ("combat", 0.95, 5) and brief.shell_color[2] > brief.shell_color[0]
    assert brief.light_color[1] > brief.light_color[0] and "wheels" in notes[0]
    with pytest.raises(WorldwrightError, match="empty"):
        read_prompt("  ", 0)
