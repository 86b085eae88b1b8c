"""What is built and not grown: eyes with lids, ears, teeth, claws, horns and beaks, wings, and locks of hair or feathers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..characters.motion.kinematics import frames, unit
from ..scene import Material, Mesh, Skin
from .grammar import Anatomy, Ear, Eye, Spike, Wing, curve
from .skinning import rigid, strongest


@dataclass
class Hide:
    """The finished body surface that parts grow on.

    ``vertices`` (V, 3), ``quads`` (F, 4), ``normals`` (V, 3), ``skin``; ``uv`` (V, 2) one UV of each vertex; ``names``: bones.
    """

    vertices: np.ndarray
    quads: np.ndarray
    normals: np.ndarray
    skin: Skin
    uv: np.ndarray
    names: list[str]

    def nearest(self, points: np.ndarray) -> np.ndarray:
        """(N,) the vertex nearest to each point (N, 3)."""
        result = np.empty(len(points), int)
        for start in range(0, len(points), 256):
            gap = points[start : start + 256, None] - self.vertices[None]
            result[start : start + 256] = np.einsum("nvk,nvk->nv", gap, gap).argmin(axis=1)
        return result


@dataclass
class Pieces:
    """Pieces of one mesh being gathered: vertices, faces as index rows, UVs at their corners, bones and weights."""

    vertices: list[np.ndarray]
    faces: list[np.ndarray]
    uvs: list[np.ndarray]
    skins: list[Skin]
    count: int = 0

    @classmethod
    def empty(cls) -> Pieces:
        return cls([], [], [], [])

    def add(self, vertices: np.ndarray, faces: np.ndarray, uvs: np.ndarray, skin: Skin) -> None:
        """``faces`` (F, 4) into these vertices, ``uvs`` (F, 4, 2)."""
        self.vertices.append(vertices)
        self.faces.append(faces + self.count)
        self.uvs.append(uvs)
        self.skins.append(skin)
        self.count += len(vertices)

    def mesh(self, name: str, material: Material, **fields) -> Mesh | None:
        """All of it as one mesh, quads with two equal corners as triangles; None when there is nothing."""
        if not self.faces:
            return None
        faces, uvs = np.concatenate(self.faces), np.concatenate(self.uvs)
        keep = np.stack([faces[:, k] != faces[:, k - 1] for k in range(4)], axis=1)
        sizes = keep.sum(axis=1)
        keep &= (sizes >= 3)[:, None]
        skin = Skin(np.concatenate([s.joints for s in self.skins]), np.concatenate([s.weights for s in self.skins]))
        return Mesh(
            name, np.concatenate(self.vertices), faces[keep], sizes[sizes >= 3], uvs=uvs[keep].astype(np.float32),
            materials=[material], smooth=np.ones(int((sizes >= 3).sum()), bool), skin=skin, sharp_angle=1.2, **fields,
        )  # fmt: skip


def grid_faces(rows: int, columns: int, around: bool) -> tuple[np.ndarray, np.ndarray]:
    """Quads of a grid of vertices and their UVs; ``around`` joins the last column to the first."""
    wide = columns if around else columns - 1
    r, c = np.meshgrid(np.arange(rows - 1), np.arange(wide), indexing="ij")
    r, c = r.ravel(), c.ravel()
    n = (c + 1) % columns
    faces = np.stack([r * columns + c, r * columns + n, (r + 1) * columns + n, (r + 1) * columns + c], axis=1)
    u, v = np.stack([c, c + 1, c + 1, c], axis=1) / wide, np.stack([r, r, r + 1, r + 1], axis=1) / max(rows - 1, 1)
    return faces, np.stack([u, v], axis=2)


def eyeballs(anatomy: Anatomy, hide: Hide, material: Material) -> Mesh | None:
    """Balls looking along their gaze; the iris is painted around UV (0.5, 0.5)."""
    pieces = Pieces.empty()
    for eye in anatomy.eyes:
        rows, columns = 9, 14
        polar = np.pi * np.linspace(0, 1, rows) ** 1.25
        turn = 2 * np.pi * np.arange(columns) / columns
        ring = np.stack([np.cos(polar)[:, None] * np.ones(columns), np.sin(polar)[:, None] * np.cos(turn),
                         np.sin(polar)[:, None] * np.sin(turn)], axis=2)  # fmt: skip
        frame = frames(eye.gaze, np.array((0.0, 0.0, 1.0)))
        points = eye.centre + eye.radius * ring.reshape(-1, 3) @ frame.T
        faces, _ = grid_faces(rows, columns, True)
        reach = 0.5 * polar / np.pi
        uv = np.stack([0.5 + reach[:, None] * np.cos(turn), 0.5 + reach[:, None] * np.sin(turn)], axis=2).reshape(-1, 2)
        pieces.add(points, faces, uv[faces], rigid(hide.names.index(eye.bone), len(points)))
    return pieces.mesh("Eyes", material)


def lids(anatomy: Anatomy, hide: Hide, material: Material) -> Mesh | None:
    """Upper and lower lids around every eye that has them, in the colour of the skin beside it; "Blink" closes them."""
    pieces, closed = Pieces.empty(), []
    for eye in anatomy.eyes:
        if eye.opening >= 1:
            continue
        frame = frames(eye.gaze, np.array((0.0, 0.0, 1.0)))
        for upper in (True, False):
            points, shut = (_lid(eye, frame, upper, blink) for blink in (False, True))
            faces, _ = grid_faces(5, 11, False)
            faces = faces if upper else faces[:, ::-1]
            near = hide.nearest(points + (points - eye.centre) * 0.25)
            pieces.add(points, faces, hide.uv[near][faces], rigid(hide.names.index(eye.bone), len(points)))
            closed.append(shut)
    mesh = pieces.mesh("Lids", material)
    if mesh is not None:
        mesh.shape_keys = {"Blink": np.concatenate(closed).astype(np.float32)}
        _one_texel(mesh)
    return mesh


def _lid(eye: Eye, frame: np.ndarray, upper: bool, shut: bool) -> np.ndarray:
    """(55, 3) a patch of sphere from the lid's edge to well behind it; the edge bulges over the ball."""
    rows, columns = 5, 11
    side = np.linspace(-1, 1, columns)
    bow = np.sqrt(np.clip(1 - (side * 0.97) ** 2, 0, 1))
    edge = (0.95 if upper else -0.75) * eye.opening * bow * (0.08 if shut and upper else 1.0)
    if shut and not upper:
        edge = 0.06 * bow * 0
    back = (1.9 if upper else -1.7) * np.ones(columns)
    share = np.linspace(0, 1, rows)[:, None] ** 0.8
    tilt = edge + (back - edge) * share  # radians above the gaze
    yaw = side * 1.18 * (1 + 0.1 * share)
    radius = eye.radius * np.where(share < 0.01, 1.03, np.where(share < 0.5, 1.16, 1.05))
    ahead, up = np.cos(tilt) * np.cos(yaw), np.sin(tilt)
    across = np.cos(tilt) * np.sin(yaw) + 0.0 * up
    local = np.stack([ahead, up, across], axis=2) * radius[..., None]
    return eye.centre + local.reshape(-1, 3) @ frame.T


def _one_texel(mesh: Mesh) -> None:
    """Pulls each face's UVs to its first corner's surroundings: faces across a chart's border would show the whole picture."""
    assert mesh.uvs is not None
    starts = np.repeat(mesh.face_starts, mesh.face_sizes)
    away = mesh.uvs - mesh.uvs[starts]
    far = np.abs(away).max(axis=1, keepdims=True) > 0.02
    mesh.uvs = np.where(far, mesh.uvs[starts] + np.clip(away, -0.002, 0.002), mesh.uvs).astype(np.float32)


def ears(anatomy: Anatomy, hide: Hide, material: Material) -> Mesh | None:
    """Cupped leaves with a thickness, coloured like the skin at their root."""
    pieces = Pieces.empty()
    for ear in anatomy.ears:
        points, faces = _ear(ear)
        root = hide.uv[hide.nearest(ear.base[None])[0]]
        uv = root + 0.006 * (faces % 7)[..., None] / 7 * (1, 1)
        pieces.add(points, faces, uv, rigid(hide.names.index(ear.bone), len(points)))
    return pieces.mesh("Ears", material)


def _ear(ear: Ear) -> tuple[np.ndarray, np.ndarray]:
    rows, columns = 8, 7
    along = ear.tip - ear.base
    length = float(np.linalg.norm(along))
    frame = frames(along, ear.facing)  # columns: along, facing, across
    t, s = np.linspace(-0.12, 1, rows), np.linspace(-1, 1, columns)
    pointed = np.sin(np.pi * np.clip(0.22 + 0.78 * t, 0, 1)) ** 0.85
    rounded = np.sqrt(np.clip(1 - (1.35 * t - 0.38) ** 2, 0, 1))
    half = 0.5 * ear.width * (pointed * (1 - ear.round) + rounded * ear.round)
    layers = []
    for thick in (0.0, -0.09):
        x = t[:, None] * length * np.ones(columns)
        x = x - 0.04 * length * s**2
        y = 0.42 * half[:, None] * (s**2 - 0.8) + 0.05 * length * t[:, None] ** 2 + thick * ear.width * (1 - s**2)
        z = half[:, None] * s
        layers.append(np.stack([x, y, z], axis=2).reshape(-1, 3))
    inner, outer = layers
    faces, _ = grid_faces(rows, columns, False)
    both = np.concatenate([faces[:, ::-1], faces + len(inner)])
    points = ear.base + np.concatenate([inner, outer]) @ frame.T
    centre = np.concatenate([inner, outer])
    # Outside must look outwards: the first layer faces along ``facing``.
    a, b, c, d = (points[both[0, k]] for k in range(4))
    if np.cross(c - a, d - b) @ ear.facing < 0:
        both = both[:, ::-1]
    return points, both if len(centre) else both


def spikes(anatomy: Anatomy, hide: Hide, materials: dict[str, Material]) -> list[Mesh]:
    """Teeth, claws, horns, beaks and feelers, one mesh of each kind there is."""
    gathered: dict[str, Pieces] = {}
    for spike in anatomy.spikes:
        kind = {"feeler": "Feelers", "tooth": "Teeth", "claw": "Claws", "horn": "Horns", "beak": "Beak"}[spike.kind]
        points, faces, uvs = _spike(spike)
        gathered.setdefault(kind, Pieces.empty()).add(points, faces, uvs, rigid(hide.names.index(spike.bone), len(points)))
    meshes = [pieces.mesh(kind, materials[kind]) for kind, pieces in gathered.items()]
    return [mesh for mesh in meshes if mesh is not None]


def _spike(spike: Spike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    large = spike.kind in ("horn", "beak", "feeler")
    rows, columns = (10, 10) if large else (5, 6)
    line = curve(spike.path, rows)
    share = np.linspace(0, 1, rows)
    power = {"beak": 0.75, "tooth": 0.8}.get(spike.kind, 0.9)
    radius = spike.radius * np.maximum((1 - share) ** power, spike.tip * (share < 1))
    if spike.kind == "horn":
        radius = radius * (1 + 0.07 * np.cos(share * 40))
    along = unit(np.gradient(line, axis=0))
    side = frames(along, np.tile((1.0, 0.0, 0.0) if abs(along[0, 0]) < 0.9 else (0.0, 1.0, 0.0), (rows, 1)))[..., 1]
    up = np.cross(along, side)
    turn = 2 * np.pi * np.arange(columns) / columns
    ring = np.cos(turn)[None, :, None] * side[:, None] * spike.flat + np.sin(turn)[None, :, None] * up[:, None]
    points = (line[:, None] + radius[:, None, None] * ring).reshape(-1, 3)
    faces, uvs = grid_faces(rows, columns, True)
    return points, faces, uvs


def wings(anatomy: Anatomy, hide: Hide, membrane: Material, feather: Material) -> list[Mesh]:
    """Membranes between fingers, feathers along the arm, or veined sheets."""
    sheets, plumes, veined = Pieces.empty(), Pieces.empty(), Pieces.empty()
    bones = {bone.name: bone for bone in anatomy.bones}
    for wing in anatomy.wings:
        if wing.kind == "membrane":
            _membrane(wing, bones, hide, sheets)
        elif wing.kind == "feather":
            _feathers(wing, bones, hide, plumes)
        else:
            _veined(wing, bones, hide, veined)
    made = [sheets.mesh("Wing membranes", membrane), plumes.mesh("Feathers", feather), veined.mesh("Wing sheets", membrane)]
    return [mesh for mesh in made if mesh is not None]


def _membrane(wing: Wing, bones, hide: Hide, pieces: Pieces) -> None:
    """Sheets from finger to finger and back to the body, hanging a little, scalloped at their free edge; thin fingers on top."""
    index = hide.names.index
    wrist = bones[wing.arm[-1]].tail
    elbow = bones[wing.arm[0]].tail
    shoulder = bones[wing.arm[0]].head
    spokes = [(bones[name].head, bones[name].tail, index(name)) for name in wing.fingers]
    span = float(np.linalg.norm(spokes[0][1] - wrist))
    rows, columns = 9, 7
    body = (shoulder * 0.35 + wing.root * 0.65, wing.root, index(wing.root_bone))
    sides = [*spokes, (elbow, body[1] + (spokes[-1][1] - body[1]) * 0.12, None)]
    for (a0, a1, bone_a), (b0, b1, bone_b) in zip(sides, sides[1:], strict=False):
        last = bone_b is None
        s, t = np.linspace(0, 1, columns)[None, :, None], np.linspace(0, 1, rows)[:, None, None]
        one = a0 + (a1 - a0) * t
        two = (elbow + (body[1] - elbow) * t) if last else b0 + (b1 - b0) * t
        points = one * (1 - s) + two * s
        bay = np.sin(np.pi * s) * t**2
        points = (
            points
            + (wrist - points) * bay * (0.20 if not last else 0.16)
            + (0, 0, -0.045 * span) * np.sin(np.pi * s) * np.sin(np.pi * t * 0.8)
        )
        weights = np.zeros((rows, columns, len(hide.names)))
        weights[..., bone_a] = (1 - s[..., 0]) * np.ones((rows, 1))
        if last:
            weights[..., index(wing.arm[1])] += s[..., 0] * (1 - t[..., 0]) * 0.5
            weights[..., index(wing.arm[0])] += s[..., 0] * (1 - t[..., 0]) * 0.5
            weights[..., index(wing.root_bone)] += s[..., 0] * t[..., 0]
        else:
            weights[..., bone_b] += s[..., 0] * np.ones((rows, 1))
        faces, uvs = grid_faces(rows, columns, False)
        pieces.add(points.reshape(-1, 3), faces, uvs, strongest(weights.reshape(-1, len(hide.names))))
    s, t = np.linspace(0, 1, 5)[None, :, None], np.linspace(0, 1, 5)[:, None, None]
    patch = (elbow * (1 - s) + shoulder * s) * (1 - t) + wing.root * t * s + (elbow * 0.45 + wing.root * 0.55) * t * (1 - s)
    weights = np.zeros((5, 5, len(hide.names)))
    weights[..., index(wing.arm[0])] = 1 - t[..., 0]
    weights[..., index(wing.root_bone)] = t[..., 0] * np.ones((1, 5))
    faces, uvs = grid_faces(5, 5, False)
    pieces.add(patch.reshape(-1, 3), faces, uvs, strongest(weights.reshape(-1, len(hide.names))))


def _feathers(wing: Wing, bones, hide: Hide, pieces: Pieces) -> None:
    """Primaries along the hand, secondaries along the forearm, tertials on the upper arm, and two rows of coverts on them."""
    sign = 1 if wing.side == "l" else -1
    index = hide.names.index
    chain = [bones[name] for name in wing.arm]
    span = sum(float(np.linalg.norm(bone.tail - bone.head)) for bone in chain)
    for row, (count, size, lift) in enumerate(((24, 1.0, 0.0), (20, 0.52, 0.012), (18, 0.3, 0.022))):
        for k in range(count):
            place = 3 * (k + 0.5) / count
            bone = chain[min(int(place), 2)]
            root = bone.head + (bone.tail - bone.head) * (place - int(place))
            outward = np.clip((place - 0.8) / 2.1, 0, 1)
            length = span * size * (0.34 + 0.30 * outward**0.8) * (0.75 if place < 0.6 else 1)
            yaw = np.radians(4 + 66 * outward**2.2)
            aim = np.array((sign * np.sin(yaw), np.cos(yaw), -0.10 + 0.03 * row))
            root = root + (0, 0, lift * span - 0.004 * span * (k % 2))
            _plume(pieces, root, unit(aim), length, length * (0.17 if outward < 0.6 else 0.13), index(bone.name))


def _plume(pieces: Pieces, root: np.ndarray, aim: np.ndarray, length: float, width: float, bone: int) -> None:
    """One feather: a slightly hollow blade with a rounded end; u across, v along."""
    frame = frames(aim, np.array((0.0, 0.0, 1.0)))  # along, up, across
    rows, columns = 5, 3
    t, s = np.linspace(0, 1, rows), np.linspace(-1, 1, columns)
    half = 0.5 * width * np.array((0.35, 0.9, 1.0, 0.86, 0.12))
    x = t[:, None] * length * np.ones(columns)
    y = -0.05 * length * t[:, None] ** 2 + 0.12 * half[:, None] * (1 - s**2)
    points = root + np.stack([x, y, half[:, None] * s], axis=2).reshape(-1, 3) @ frame.T
    faces, uvs = grid_faces(rows, columns, False)
    pieces.add(points, faces, uvs, rigid(bone, len(points)))


def _veined(wing: Wing, bones, hide: Hide, pieces: Pieces) -> None:
    """An insect's wing: one sheet, rounded, on one bone."""
    bone = bones[wing.arm[0]]
    along = bone.tail - bone.head
    length = float(np.linalg.norm(along))
    frame = frames(along, np.array((0.0, 0.0, 1.0)))
    rows, columns = 9, 5
    t, s = np.linspace(0, 1, rows), np.linspace(-1, 1, columns)
    half = 0.17 * length * np.sin(np.pi * np.clip(t, 0.03, 0.985) ** 0.75) ** 0.7
    points = np.stack(
        [t[:, None] * length * np.ones(columns), 0.02 * length * (1 - s**2) * np.ones((rows, 1)), half[:, None] * s], axis=2
    )
    faces, uvs = grid_faces(rows, columns, False)
    pieces.add(bone.head + points.reshape(-1, 3) @ frame.T, faces, uvs, rigid(hide.names.index(bone.name), rows * columns))
