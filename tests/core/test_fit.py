"""Fitting a body to points: the model's derivatives, found people, refusals, units, weights handed over."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from worldwright.core.characters.body import load_pack  # noqa: E402
from worldwright.core.characters.fit.brief import RigBrief  # noqa: E402
from worldwright.core.characters.fit.character import character_brief, fit_meshes, fitted_shape, metres_per_unit  # noqa: E402
from worldwright.core.characters.fit.cloud import check_size, sample_evenly, thinned  # noqa: E402
from worldwright.core.characters.fit.fit import load_fitter  # noqa: E402
from worldwright.core.characters.fit.model import rotation, skin  # noqa: E402
from worldwright.core.characters.fit.poses import arms_out, joint_rotations, limb_poses, spread_poses, world_rotations  # noqa: E402
from worldwright.core.characters.fit.refine import Refiner, State  # noqa: E402
from worldwright.core.characters.fit.rigging import rig  # noqa: E402
from worldwright.core.characters.fit.space import STYLES  # noqa: E402
from worldwright.core.characters.fit.transfer import (  # noqa: E402
    LIMBS,
    edges_of,
    limb_of_bones,
    pieces,
    posed_body,
    strongest,
    transfer,
)  # fmt: skip
from worldwright.core.errors import WorldwrightError  # noqa: E402
from worldwright.core.scene import Mesh  # noqa: E402


@pytest.fixture(scope="module")
def fitter():
    torch.set_num_threads(1)
    return load_fitter()


def posed_mesh(fitter, coefficients, pose, yaw=0.0, stature=1.7, at=(0.0, 0.0, 0.0), curls=(0.0, 0.0)) -> Mesh:
    """The space's own body as a mesh in a pose: all the visible skin, faces and all."""
    space, pack = fitter.space, fitter.space.pack
    t = lambda values: torch.as_tensor(np.asarray(values), dtype=torch.float32)[None]  # noqa: E731
    body = fitter.body.pose(t(coefficients), t(pose), t(curls))
    faces = pack.faces[space.seen_faces]
    used, corners = np.unique(faces, return_inverse=True)
    marks = fitter.body.at(np.stack([used] * 3, axis=1), np.tile(np.float32([1, 0, 0]), (len(used), 1)))
    rest = marks.base + torch.einsum("ck,kmd->cmd", t(coefficients), marks.basis)
    c, s = np.cos(yaw), np.sin(yaw)
    vertices = skin(body, rest, marks.weights)[0].numpy() @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]]) * stature + at
    quads = corners.reshape(faces.shape)
    return Mesh.from_faces("Person", vertices, quads, smooth=np.ones(len(quads), bool))


def vertex_error(fitter, fitted, mesh: Mesh) -> float:
    """Mean millimetres between the fitted body's vertices and the mesh they came from."""
    found = posed_mesh(fitter, fitted.coefficients, fitted.pose, fitted.yaw, fitted.stature, fitted.place, fitted.curls)
    return float(np.linalg.norm(found.vertices - mesh.vertices, axis=1).mean() * 1000)


def a_shape(fitter, seed: int) -> np.ndarray:
    shape = np.zeros(fitter.space.size)
    shape[: fitter.space.builds] = np.random.default_rng(seed).standard_normal(fitter.space.builds) * 0.7
    return shape


def test_slopes_are_the_derivatives_of_the_skinning(fitter):
    rng = np.random.default_rng(1)
    size = fitter.space.size
    pose = torch.from_numpy(spread_poses(1, np.array([0.6]), rng)).float()
    shape = torch.from_numpy(a_shape(fitter, 2)).float()[None]
    angle, scale, place = torch.tensor([0.4]), torch.tensor([0.1]), torch.tensor([[0.1, 0.2, 0.3]])
    state = State(shape, pose, torch.tensor([[0.3, 0.5]]), angle, scale, place, shape[:, -len(STYLES) :])
    points = torch.randn(50, 3, generator=torch.Generator().manual_seed(0))
    refiner = Refiner(fitter.body, points, torch.nn.functional.normalize(points, dim=-1))
    samples = refiner.samples.take(torch.arange(0, 1600, 13))
    _, _, slopes = refiner._slopes(state, samples)
    for number in [0, 3, 4, *range(5, 65, 7), 65, 66, *range(67, 67 + size, 9)]:

        def at(step: float, number: int = number):
            d = torch.zeros(1, 67 + size)
            d[0, number] = step
            moved = State(
                state.shape + d[:, 67:], rotation(d[:, 5:65].unflatten(1, (-1, 3))) @ state.rotations, state.curls + d[:, 65:67],
                state.yaw + d[:, 3], state.size + d[:, 4], state.place + d[:, :3], state.styles,
            )  # fmt: skip
            return refiner.surface(moved, samples)[0]

        numeric = (at(2e-3) - at(-2e-3)) / 4e-3
        assert (numeric - slopes[..., number]).abs().max() < 1e-3


@pytest.mark.parametrize("yaw,stature,at", [(0.0, 1.7, (0, 0, 0)), (2.5, 1.1, (3, -2, 0.5)), (-1.2, 175.0, (40, 0, 90))])
def test_a_person_is_found_whatever_the_yaw_the_place_and_the_unit(fitter, yaw, stature, at):
    pose = spread_poses(1, np.array([0.4]), np.random.default_rng(4))[0]
    mesh = posed_mesh(fitter, a_shape(fitter, 3), pose, yaw, stature, at)
    _, fitted = fit_meshes([mesh], 0)
    assert abs((fitted.yaw - yaw + np.pi) % (2 * np.pi) - np.pi) < 0.1 or vertex_error(fitter, fitted, mesh) < 8 * stature / 1.7
    assert vertex_error(fitter, fitted, mesh) < 12 * stature / 1.7


def test_arms_up_and_bent_limbs_are_found(fitter):
    pack = fitter.space.pack
    for pose in (arms_out(pack, 1.0)[0], limb_poses(pack, 1, np.random.default_rng(12))[0]):
        mesh = posed_mesh(fitter, a_shape(fitter, 5), pose, 0.8)
        _, fitted = fit_meshes([mesh], 0)
        assert vertex_error(fitter, fitted, mesh) < 20


def test_inside_out_normals_are_read_the_other_way_round(fitter):
    mesh = posed_mesh(fitter, a_shape(fitter, 6), spread_poses(1, np.array([0.2]), np.random.default_rng(0))[0])
    turned = Mesh.from_faces("Person", mesh.vertices, mesh.corners.reshape(-1, 4)[:, ::-1].copy(), smooth=mesh.smooth)
    _, fitted = fit_meshes([turned], 0)
    assert fitted.outward < 0.1
    assert vertex_error(fitter, fitted, mesh) < 12


def test_points_without_faces_are_enough(fitter):
    mesh = posed_mesh(fitter, a_shape(fitter, 7), spread_poses(1, np.array([0.3]), np.random.default_rng(1))[0], 1.0)
    _, fitted = fit_meshes([Mesh("Cloud", mesh.vertices, [], [])], 0)
    assert vertex_error(fitter, fitted, mesh) < 20


def test_two_people_a_ball_and_a_handful_of_vertices_are_refused(fitter):
    pose = spread_poses(1, np.array([0.3]), np.random.default_rng(1))[0]
    one, other = (posed_mesh(fitter, a_shape(fitter, 8), pose, at=(x, 0, 0)) for x in (0.0, 0.9))
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    rings = np.stack([np.outer(np.sin(angles), np.cos(angles)), np.outer(np.sin(angles), np.sin(angles)),
                      np.outer(np.cos(angles), np.ones(40))], axis=-1).reshape(-1, 3)  # fmt: skip
    for meshes in ([one, other], [Mesh("Ball", rings, [], [])]):
        with pytest.raises(WorldwrightError, match="does not look like one person .* off by [0-9]+ mm"):
            fit_meshes(meshes, 0)
    with pytest.raises(WorldwrightError, match="20 vertices are too few"):
        check_size([Mesh("Few", rings[:20], [], [])])


def test_the_same_cloud_and_seed_give_the_same_fit(fitter):
    mesh = posed_mesh(fitter, a_shape(fitter, 9), spread_poses(1, np.array([0.5]), np.random.default_rng(2))[0])
    first, again = (fit_meshes([mesh], 3)[1] for _ in range(2))
    assert np.array_equal(first.coefficients, again.coefficients) and np.array_equal(first.pose, again.pose)


def test_a_scan_of_millions_of_faces_is_read_by_a_part_of_them():
    side = 1500
    grid = np.stack(np.meshgrid(np.arange(side), np.arange(side), indexing="ij"), axis=-1).reshape(-1, 2)
    vertices = np.concatenate([grid / side, np.zeros((len(grid), 1))], axis=1)
    corner = (np.arange(side - 1)[:, None] * side + np.arange(side - 1)).ravel()
    faces = np.stack([corner, corner + side, corner + side + 1, corner + 1], axis=1)
    positions, normals = sample_evenly([Mesh.from_faces("Floor", vertices, faces)], 2048)
    assert 1900 < len(positions) <= 2048 and np.abs(normals[:, 2]).min() > 0.99
    assert np.ptp(positions, axis=0)[:2].min() > 0.95


def test_layers_over_one_another_count_once():
    sheet = np.random.default_rng(0).random((20_000, 3)) * [1, 1, 0.0005]
    thick = np.concatenate([sheet, *(sheet[sheet[:, 0] > 0.5] for _ in range(9))])
    kept, _ = thinned(thick, np.zeros_like(thick), 1000, 0)
    assert 0.4 < (kept[:, 0] > 0.5).mean() < 0.6


def test_units_are_those_that_make_a_person(fitter):
    assert [metres_per_unit(height, "automatic") for height in (1.7, 172.0, 1650.0)] == [
        (1.0, "metres"), (0.01, "centimetres"), (0.001, "millimetres"),
    ]  # fmt: skip
    assert metres_per_unit(172.0, "metres") == (1.0, "metres")


def test_a_child_is_read_as_one_and_dressed(fitter):
    from worldwright.core.characters.fit.brief import FitBrief
    from worldwright.core.characters.fit.space import draw_people

    people = draw_people(fitter.space, 400, np.random.default_rng(5))
    chosen = int(np.argmin(np.abs(people.sliders[1] - 6)))
    shape = np.zeros(fitter.space.size)
    shape[: fitter.space.builds] = people.coefficients[chosen]
    mesh = posed_mesh(fitter, shape, spread_poses(1, np.array([0.2]), np.random.default_rng(0))[0], stature=people.statures[chosen])
    _, fitted = fit_meshes([mesh], 0)
    brief = character_brief(fitter, fitted, fitted_shape(fitter, fitted, 1.0).height, FitBrief())
    assert brief.age < 13 and brief.upper != "none" and brief.lower != "none"


def test_weights_come_back_on_the_body_they_were_taken_from(fitter):
    """Dense weights of the body's own skin, handed to its own mesh, hardly change, and none leaks to another limb."""
    space, pack = fitter.space, fitter.space.pack
    body = posed_body(pack, space.skin, space.seen_faces, space.rows(np.zeros(space.size))[: pack.vertex_count])
    faces = pack.faces[space.seen_faces]
    corners = np.unique(faces, return_inverse=True)[1].reshape(faces.shape)
    mesh = Mesh.from_faces("Body", body.vertices, corners)
    handed = strongest(transfer(mesh, body, pack.bone_names))
    assert np.abs(handed.weights.sum(axis=1) - 1).max() < 1e-5 and handed.joints.shape[1] == 4
    limbs = limb_of_bones(pack.bone_names)
    dense = np.zeros((len(body.vertices), len(LIMBS)))
    np.add.at(dense, (np.arange(len(dense))[:, None], limbs[handed.joints]), handed.weights)
    truth = np.stack([body.weights[:, limbs == limb].sum(axis=1) for limb in range(len(LIMBS))], axis=1)
    assert np.abs(dense - truth).mean() < 0.01
    assert dense[truth[:, 3] > 0.99, 4].max() == 0, "nothing of the left leg follows the right"
    assert dense[truth[:, 1] > 0.99, 0].max() < 0.1, "nothing of the left arm follows the trunk"


def test_pieces_follow_edges_and_seams_join():
    mesh = Mesh.from_faces(
        "Two", np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0], [5, 5, 5], [6, 5, 5], [5, 6, 5]], float),
        np.array([[0, 1, 2], [3, 5, 4], [6, 7, 8]]),
    )  # fmt: skip
    label = pieces(9, edges_of(mesh))
    assert len(set(label[:6])) == 1 and len(set(label[6:])) == 1 and label[0] != label[6]


def test_rig_keeps_vertices_and_another_rest_pose_straightens_arms(fitter):
    mesh = posed_mesh(fitter, a_shape(fitter, 10), spread_poses(1, np.array([0.4]), np.random.default_rng(3))[0], 0.5, 170.0)
    scene = rig([mesh], RigBrief(clips=False, names="unity"))
    node = scene.nodes[1]
    assert np.array_equal(node.mesh.vertices, mesh.vertices)
    assert "LeftUpperArm" in scene.nodes[0].skeleton.names
    assert scene.report.checks["read_as"] == "centimetres" and 100 < np.ptp(scene.nodes[0].skeleton.heads[:, 2]) < 200
    straight = rig([mesh], RigBrief(clips=False, rest_pose="t-pose")).nodes[1].mesh.vertices
    assert np.ptp(straight[:, 0]) > 0.85 * np.ptp(straight[:, 2])


def test_rotations_of_parents_carry_their_children():
    pack = load_pack()
    pose = np.tile(np.eye(3), (20, 1, 1))
    from worldwright.core.characters.fit.poses import FIT_BONES

    turn = np.array([[0, -1, 0], [1, 0, 0], [0, 0, 1.0]])
    pose[FIT_BONES.index("upperarm_l")] = turn
    world = world_rotations(pack, joint_rotations(pack, pose, np.zeros(2)))
    assert np.allclose(world[pack.bone("index_03_l")], turn) and np.allclose(world[pack.bone("hand_r")], np.eye(3))
