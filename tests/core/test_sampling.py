import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Cancelled, WorldwrightError
from core.scene import Material, Mesh, Texture
from core.spatial.farthest import farthest_points
from core.spatial.neighbours import nearest
from core.spatial.poisson import poisson_disk
from core.spatial.sampling import LIMITS, sample
from core.spatial.surface import Surface, has_area

METHODS = ("area", "farthest", "poisson")


def square(size=1.0, **fields):
    vertices = np.array([[0, 0, 0], [size, 0, 0], [size, size, 0], [0, size, 0]], np.float32)
    return Mesh.from_faces("square", vertices, [[0, 1, 2, 3]], **fields)


def cube(size=2.0):
    corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], np.float32) * size / 2
    faces = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])
    return Mesh.from_faces("cube", corners, faces)


def triangles_of(draw_seed, count):
    """Random triangles of very different sizes, some degenerate."""
    rng = np.random.default_rng(draw_seed)
    points = rng.normal(size=(count, 3, 3)) * rng.choice([0.01, 0.3, 1.0], size=(count, 1, 1))
    points[:, 2] = np.where(rng.random((count, 1)) < 0.2, points[:, 1], points[:, 2])
    points[0] = np.eye(3)
    return Mesh.from_faces("soup", points.reshape(-1, 3), np.arange(3 * count).reshape(-1, 3))


def distance_to_face(mesh, cloud):
    """How far each point lies outside its own triangle, in metres."""
    a, b, c = mesh.vertices[mesh.corners.reshape(-1, 3)[cloud.face]].astype(np.float64).transpose(1, 0, 2)
    p = cloud.positions.astype(np.float64)
    u, v, w = b - a, c - a, p - a
    normal = np.cross(u, v)
    square = np.einsum("ij,ij->i", normal, normal)
    y = np.einsum("ij,ij->i", np.cross(u, w), normal) / square
    x = np.einsum("ij,ij->i", np.cross(w, v), normal) / square
    inside = np.clip(x, 0, 1)[:, None] * u + np.clip(y, 0, 1)[:, None] * v
    over = np.maximum(x + y - 1, 0)
    return np.linalg.norm(w - inside, axis=1) + over * np.linalg.norm(u, axis=1)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(1, 300), st.sampled_from(METHODS))
def test_points_lie_on_their_faces_and_are_as_many_as_asked(seed, faces, count, method):
    mesh = triangles_of(seed, faces)
    cloud = sample([mesh], count, method, seed=seed)
    assert len(cloud) == count
    assert distance_to_face(mesh, cloud).max() < 1e-5
    again = sample([mesh], count, method, seed=seed)
    for name in ("positions", "normals", "face", "object", "material"):
        assert getattr(cloud, name).tobytes() == getattr(again, name).tobytes()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(20, 400))
def test_poisson_points_keep_their_distance(seed, count):
    rng = np.random.default_rng(seed)
    darts = rng.random((8 * count, 3)) * [2, 1, 0]
    kept, distance = poisson_disk(darts, count, 2.0)
    apart = nearest(darts[kept], darts[kept], 2)[0][:, 1].min()
    assert len(kept) == count
    assert apart >= distance * (1 - 1e-6)
    assert distance > 0.6 * np.sqrt(2.0 / count)  # a random set of points would be near 0


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 900))
def test_farthest_points_are_the_farthest(seed, total):
    points = np.random.default_rng(seed).normal(size=(total, 3)).astype(np.float32)
    chosen = farthest_points(points, total // 2 + 1)
    left = np.full(total, np.inf)
    for number, index in enumerate(chosen):
        if number:
            assert left[index] == pytest.approx(left.max(), rel=1e-5)
        left = np.minimum(left, ((points - points[index]) ** 2).sum(axis=1))


def test_a_farthest_sample_is_cut_to_the_points_there_are():
    assert sorted(farthest_points(np.eye(3), 10)) == [0, 1, 2]
    assert farthest_points(np.zeros((0, 3)), 4).shape == (0,)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(500, 3000))
def test_equal_areas_get_equal_counts(seed, count):
    big, small = square(3.0), square(1.0)
    cloud = sample([big, small], count, seed=seed)
    assert (cloud.object == 0).sum() == pytest.approx(count * 0.9, abs=1.01)
    left = (cloud.positions[cloud.object == 0, 0] < 1.5).mean()
    assert left == pytest.approx(0.5, abs=5 / np.sqrt(count))


def test_density_counts_points_a_square_metre():
    assert len(sample([cube(2.0)], density=10)) == 240
    assert len(sample([square(0.01)], density=1)) == 1


def test_degenerate_triangles_are_never_hit():
    vertices = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [2, 0, 0], [0.5, 0, 0]], np.float32)
    faces = np.array([[0, 1, 1], [0, 1, 4], [0, 1, 2], [0, 4, 3], [2, 2, 2]])
    cloud = sample([Mesh.from_faces("sliver", vertices, faces)], 500)
    assert set(cloud.face) == {2}


def test_a_mesh_without_area_is_noticed_before_it_is_sampled():
    line = np.array([[0, 0, 0], [1, 1, 1], [2, 2, 2], [3, 3, 3]], np.float32)
    assert not has_area(Mesh.from_faces("line", line, [[0, 1, 2, 3]]))
    assert not has_area(Mesh("dots", line, np.zeros(0), np.zeros(0)))
    bent = np.concatenate([line, [[0, 3, 0]]])
    assert has_area(Mesh.from_faces("bent", bent, [[0, 1, 2, 4]]))
    assert has_area(Mesh.from_faces("two", bent, [[0, 1, 2], [0, 1, 4]]))


def test_a_concave_face_is_covered_and_nothing_beyond():
    outline = np.array([[1, 1, 0], [1, 2, 0], [0, 2, 0], [0, 0, 0], [2, 0, 0], [2, 1, 0]], np.float32)  # an L
    for shift in range(6):
        mesh = Mesh.from_faces("L", np.roll(outline, shift, axis=0), [list(range(6))])
        assert Surface(mesh).area == pytest.approx(3.0)
        cloud = sample([mesh], 600)
        x, y, _ = cloud.positions.T
        assert not ((x > 1.001) & (y > 1.001)).any()
        assert ((x > 1) & (y < 1)).sum() == pytest.approx(200, abs=15)
        assert np.allclose(cloud.normals, [0, 0, 1])


def test_a_concave_quad_is_covered_and_nothing_beyond():
    arrow = np.array([[0, 0, 0], [2, 1, 0], [0, 2, 0], [0.5, 1, 0]], np.float32)
    for shift in range(4):
        assert Surface(Mesh.from_faces("arrow", np.roll(arrow, shift, axis=0), [[0, 1, 2, 3]])).area == pytest.approx(1.5)


def test_normals_are_the_meshs_own_or_smooth_or_flat():
    box = cube()
    flat = sample([box], 300)
    assert np.allclose(np.abs(flat.normals).max(axis=1), 1)
    assert (np.einsum("ij,ij->i", flat.normals, flat.positions) > 0.99).all()
    box.smooth, box.sharp_angle = np.ones(6, bool), np.pi
    smooth = sample([box], 300)
    assert np.allclose(np.linalg.norm(smooth.normals, axis=1), 1, atol=1e-5)
    assert np.einsum("ij,ij->i", smooth.normals, smooth.positions / np.linalg.norm(smooth.positions, axis=1)[:, None]).min() > 0.9
    box.sharp_angle = 0.3  # its right angles stay sharp
    assert np.allclose(np.abs(sample([box], 300).normals).max(axis=1), 1)
    box.normals = np.tile(np.float32([0, 0, -1]), (24, 1))
    assert np.allclose(sample([box], 50).normals, [0, 0, -1])


def test_colour_is_the_attribute_then_the_image_then_the_material():
    pixels = np.zeros((2, 2, 3), np.uint8)
    pixels[0, 0], pixels[0, 1], pixels[1, 0], pixels[1, 1] = (255, 0, 0), (0, 255, 0), (0, 0, 255), (188, 188, 188)
    image = Material("painted", base_color=(0.1, 0.2, 0.3, 1), base_color_texture=Texture("four", pixels))
    uvs = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    mesh = square(materials=[image], uvs=uvs)
    cloud = sample([mesh], 400)
    left, low = cloud.positions[:, 0] < 0.5, cloud.positions[:, 1] < 0.5
    assert np.allclose(cloud.colors[left & low], [0, 0, 1])  # the bottom left pixel is in the last row
    assert np.allclose(cloud.colors[left & ~low], [1, 0, 0])
    assert np.allclose(cloud.colors[~left & ~low], [0, 1, 0])
    assert np.allclose(cloud.colors[~left & low], 0.5028, atol=1e-3)  # sRGB 188 is half the light
    assert cloud.material_names == ["painted"]
    mesh.uvs = None
    assert np.allclose(sample([mesh], 10).colors, [0.1, 0.2, 0.3])
    mesh.colors = np.array([[0, 0, 0, 1], [1, 0, 0, 1], [1, 0, 0, 1], [0, 0, 0, 1]], np.float32)
    painted = sample([mesh], 200)
    assert np.allclose(painted.colors[:, 0], painted.positions[:, 0], atol=1e-5)
    assert sample([square()], 10).colors is None


def test_materials_and_objects_are_told_apart():
    red, blue = Material("red", base_color=(1, 0, 0, 1)), Material("blue", base_color=(0, 0, 1, 1))
    box = cube()
    box.materials, box.material_index = [red, blue], np.array([0, 0, 0, 1, 1, 1])
    other, plain = square(2.0), square(2.0)
    other.materials = [blue]
    cloud = sample([box, other, plain], 900)
    assert cloud.object_names == ["cube", "square", "square"] and cloud.material_names == ["red", "blue"]
    assert np.array_equal(cloud.material[cloud.object == 0], cloud.face[cloud.object == 0] > 2)
    assert (cloud.material[cloud.object == 1] == 1).all() and (cloud.material[cloud.object == 2] == -1).all()
    assert np.allclose(cloud.colors[cloud.material == 1], [0, 0, 1])


def test_far_and_tiny_meshes_are_sampled_as_well():
    far = square()
    far.vertices = far.vertices + np.float32([1e5, -1e5, 0])
    tiny = square(1e-6)
    assert Surface(far).area == pytest.approx(1, rel=1e-2)
    assert Surface(tiny).area == pytest.approx(1e-12)
    assert len(sample([tiny], 100, "poisson")) == 100


@pytest.mark.parametrize(
    ("meshes", "options", "sentence"),
    [
        ([], {}, "nothing to sample"),
        ([Mesh("empty", np.zeros((0, 3)), np.zeros(0), np.zeros(0))], {}, "“empty” without any face"),
        ([Mesh("dots", np.eye(3), np.zeros(0), np.zeros(0))], {}, "without any face"),
        ([Mesh.from_faces("line", np.eye(3), np.array([[0, 1, 1]]))], {}, "have no area"),
        ([Mesh.from_faces("broken", np.diag([1, np.nan, 1]), np.array([[0, 1, 2]]))], {}, "“broken” has coordinates"),
        ([Mesh.from_faces("wide", np.diag([1, np.inf, 1]), np.array([[0, 1, 2]]))], {}, "not finite"),
        ([Mesh.from_faces("wrong", np.eye(3), np.array([[0, 1, 7]]))], {}, "damaged"),
        ([square()], {"count": 0}, "at least one"),
        ([square()], {"count": 10_000_001}, "too many"),
        ([square()], {"count": 200_001, "method": "poisson"}, "too many"),
        ([square()], {"density": 1e9}, "density of 1e+09 on 1.0 m²"),
        ([square()], {"density": -1.0}, "above 0"),
        ([square()], {"density": float("nan")}, "not possible"),
        ([square()], {"method": "magic"}, "no sampling method “magic”"),
    ],
)
def test_what_cannot_be_sampled_is_said_in_a_sentence(meshes, options, sentence):
    with pytest.raises(WorldwrightError) as error:
        sample(meshes, **options)
    assert sentence in str(error.value) and str(error.value).endswith(".")


def test_a_mesh_of_half_a_million_triangles_is_quick_and_even():
    n = 500
    x, y = np.meshgrid(np.arange(n + 1), np.arange(n + 1), indexing="ij")
    vertices = np.stack([x.ravel(), y.ravel(), np.zeros(x.size)], axis=1)
    first = (np.arange(n)[:, None] * (n + 1) + np.arange(n)).ravel()
    mesh = Mesh.from_faces("ground", vertices, np.stack([first, first + n + 1, first + n + 2, first + 1], axis=1))
    cloud = sample([mesh], LIMITS["area"] // 100)
    counts = np.histogram2d(*cloud.positions[:, :2].T, bins=10)[0]
    assert np.abs(counts - 1000).max() < 30


@pytest.mark.parametrize("method", ["farthest", "poisson"])
def test_slow_methods_tell_where_they_are_and_can_be_cancelled(method):
    told = []
    sample([square()], 5000, method, progress=lambda fraction, doing: told.append(fraction))
    assert len(told) >= 2 and told == sorted(told) and 0 <= told[0] and told[-1] <= 1

    def cancel(fraction, doing):
        raise Cancelled

    with pytest.raises(Cancelled):
        sample([square()], 5000, method, progress=cancel)
