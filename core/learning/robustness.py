"""How far the annotator stands what libraries and scans do to shapes: the same models read under each change.

    worldwright evaluate annotator --robustness --data FOLDER

The changes are made to the meshes or the points before anything is read, never to what a network has read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from ..annotation.fusing import FusionReader, available, shape_value
from ..annotation.fusing import shipped as shipped_fusion
from ..annotation.parts import pieces
from ..annotation.reader import POINTS, Reader, shipped
from ..cloud import PointCloud
from ..crossmodal.views import camera
from ..errors import WorldwrightError
from ..progress import Progress, part, silent
from ..scene import Mesh
from ..spatial.sampling import sample
from .data import CACHE, library_meshes, load_library

DENSE = 30_000  # points of which every change is made
NOISE = 0.01  # standard deviation, in radii of the thing
LEFT = 0.6  # of the points, when a plane cuts the rest away
KEPT = 0.05  # of the triangles
FRAME = 72  # pixels a side of the depth picture that decides what one side shows
DEEP = 0.04  # how far behind the nearest point a point is still seen, in radii

OURS = "annotator"
PLAIN = 1024  # points the networks to compare with are shown

Change = Callable[[PointCloud, np.random.Generator], PointCloud]


def _unit(cloud: PointCloud) -> PointCloud:
    positions = cloud.positions.astype(np.float64)
    positions -= (positions.min(axis=0) + positions.max(axis=0)) / 2
    positions /= max(np.linalg.norm(positions, axis=1).max(), 1e-12)
    return replace(cloud, positions=positions.astype(np.float32))


def turned(cloud: PointCloud, rng: np.random.Generator) -> PointCloud:
    """Any yaw."""
    yaw = rng.uniform(0, 2 * np.pi)
    rotation = np.array([[np.cos(yaw), -np.sin(yaw), 0], [np.sin(yaw), np.cos(yaw), 0], [0, 0, 1]], np.float32)
    normals = None if cloud.normals is None else cloud.normals @ rotation.T
    return replace(cloud, positions=cloud.positions @ rotation.T, normals=normals)


def one_sided(cloud: PointCloud, rng: np.random.Generator) -> PointCloud:
    """Only what is seen from one side, as a scanner that stands still."""
    right, up, toward = camera(rng.uniform(0, 2 * np.pi))
    plan = np.stack([cloud.positions @ right, cloud.positions @ up], axis=1)
    cell = np.clip(((plan + 1) / 2 * FRAME).astype(int), 0, FRAME - 1) @ [FRAME, 1]
    depth = cloud.positions @ toward
    front = np.full(FRAME * FRAME, -np.inf)
    np.maximum.at(front, cell, depth)
    return cloud.take(np.flatnonzero(depth > front[cell] - DEEP))


def partial(cloud: PointCloud, rng: np.random.Generator) -> PointCloud:
    """What is left when a random plane cuts 40 % away."""
    side = rng.normal(size=3)
    order = np.argsort(cloud.positions @ (side / np.linalg.norm(side)))
    return cloud.take(order[: int(LEFT * len(order))])


def noisy(cloud: PointCloud, rng: np.random.Generator) -> PointCloud:
    """Noise on positions and normals, as of a cheap scanner."""
    positions = cloud.positions + rng.normal(0, NOISE, cloud.positions.shape)
    normals = cloud.normals
    if normals is not None:
        normals = normals + rng.normal(0, 0.2, normals.shape)
        normals = (normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)).astype(np.float32)
    return replace(cloud, positions=positions.astype(np.float32), normals=normals)


CHANGES: dict[str, Change] = {
    "any yaw": turned,
    "one side only": one_sided,
    "40 % cut away": partial,
    "noise of 1 %": noisy,
    "no colours": lambda cloud, rng: replace(cloud, colors=None),
    "no normals": lambda cloud, rng: replace(cloud, normals=None),
    "no colours, no normals": lambda cloud, rng: replace(cloud, normals=None, colors=None),
}
"""What is done to the points."""


def scaled(meshes: list[Mesh], longest: float) -> list[Mesh]:
    """The same, its longest side as long as that, in metres."""
    points = np.concatenate([mesh.vertices for mesh in meshes])
    by = longest / max(float(np.ptp(points, axis=0).max()), 1e-12)
    return [
        Mesh(m.name, m.vertices * by, m.corners, m.face_sizes, m.uvs, None, m.colors, m.materials, m.material_index) for m in meshes
    ]


def decimated(meshes: list[Mesh]) -> list[Mesh]:
    """Five per cent of the triangles, by quadric collapse; colours are lost. Needs fast_simplification."""
    import fast_simplification

    result = []
    for mesh in meshes:
        triangles = mesh.corners[mesh.triangles()[0]]
        places, merged = np.unique(mesh.vertices, axis=0, return_inverse=True)
        triangles = merged.reshape(-1)[triangles]
        if len(triangles) * KEPT >= 4:
            places, triangles = fast_simplification.simplify(places.astype(np.float32), triangles.astype(np.int32), 1 - KEPT)
        if len(triangles):
            result.append(Mesh.from_faces(mesh.name, places, triangles.astype(np.int32)))
    return result


def merged(meshes: list[Mesh]) -> list[Mesh]:
    """All meshes as one object, without materials."""
    offsets = np.cumsum([0, *[len(mesh.vertices) for mesh in meshes[:-1]]])
    corners = np.concatenate([mesh.corners + offset for mesh, offset in zip(meshes, offsets, strict=True)])
    sizes = np.concatenate([mesh.face_sizes for mesh in meshes])
    return [Mesh("merged", np.concatenate([mesh.vertices for mesh in meshes]), corners, sizes)]


def largest_piece(meshes: list[Mesh]) -> list[Mesh] | None:
    """The loose piece with the largest surface alone; None where there is only one."""
    whole = merged(meshes)[0]
    piece = pieces(whole)
    if piece.max(initial=0) == 0:
        return None
    triangles, face = whole.triangles()
    a, b, c = (whole.vertices[whole.corners[triangles[:, side]]].astype(np.float64) for side in range(3))
    area = np.bincount(piece[face], np.linalg.norm(np.cross(b - a, c - a), axis=1))
    kept = np.repeat(piece == area.argmax(), whole.face_sizes)
    return [Mesh("piece", whole.vertices, whole.corners[kept], whole.face_sizes[piece == area.argmax()])]


MESH_CHANGES: dict[str, Callable[[list[Mesh]], list[Mesh] | None]] = {
    "1 mm long": lambda meshes: scaled(meshes, 0.001),
    "100 m long": lambda meshes: scaled(meshes, 100.0),
    "decimated to 5 %": decimated,
    "parts merged into one": merged,
    "its largest piece alone": largest_piece,
}
"""What is done to the meshes."""


def variants(meshes: list[Mesh], seed: int) -> dict[str, PointCloud]:
    """The cloud of a model as it is and under every change; changes that leave nothing are left out. Raises WorldwrightError."""
    rng = np.random.default_rng(seed)
    whole = _unit(sample(meshes, DENSE, seed=seed))
    found = {"as it is": whole} | {name: change(whole, rng) for name, change in CHANGES.items()}
    for name, change in MESH_CHANGES.items():
        changed = change(meshes)
        try:
            if changed:
                found[name] = sample(changed, DENSE, seed=seed)
        except WorldwrightError:
            continue
    return found


def arrays_of(cloud: PointCloud, seed: int, count: int = POINTS) -> dict[str, np.ndarray]:
    """What the annotator reads of a cloud, as ``spatial.inputs.cloud_arrays`` makes it of meshes."""
    from ..spatial.colour import to_srgb

    pick = np.random.default_rng(seed).integers(len(cloud.positions), size=count)
    some = _unit(cloud.take(pick))
    colors = np.zeros_like(some.positions) if some.colors is None else to_srgb(np.clip(some.colors, 0, 1)).astype(np.float32)
    plain = np.ptp(colors, axis=0).max() < 0.02 and np.ptp(colors[0]) < 0.02
    normals = np.zeros_like(some.positions) if some.normals is None else some.normals.astype(np.float32)
    shown = np.array(some.colors is not None and not plain)
    return {"positions": some.positions, "normals": normals, "colors": colors, "has_color": shown}


def evaluate_robustness(
    split: str,
    data: Path,
    progress: Progress = silent,
    seed: int = 0,
    baselines: Path | None = None,
    models: int = 0,
    cache: Path = CACHE,
) -> dict:
    """``table``: of each change the share of labelled models of ``split`` named rightly by the shape network, with views where the
    encoders are installed, and by the ``baselines`` in a folder; top-1 and top-3. ``models``: how many, evenly spread (0: all).

    Raises WorldwrightError.
    """
    reader = shipped()
    library = load_library(Path(data), cache, progress=part(progress, 0.0, 0.1))
    if split not in library.splits:
        raise WorldwrightError(f"There is no split “{split}”.", f"There are: {', '.join(sorted(set(library.splits)))}.")
    index = [int(n) for n in library.where(split) if library.leaves[n] in reader.leaves]
    if models:
        index = [index[n] for n in np.unique(np.linspace(0, len(index) - 1, models).astype(int))]
    others = {path.stem: Reader.load(path) for path in sorted(baselines.glob("*.safetensors"))} if baselines else {}
    targets = [library.leaves[n] for n in index]
    hits = read_hits(Path(data), index, targets, {OURS: reader} | others, part(progress, 0.1, 1.0), seed)
    return {"split": split, "models": len(index), "table": table_of(hits)}


Hits = dict[str, dict[str, list[tuple[bool, bool]]]]
"""Change → who read → of each model whether the first guess was right, and whether one of the first three was."""


def read_hits(
    data: Path, index: list[int], targets: list[str], readers: dict[str, Reader], progress: Progress = silent, seed: int = 0
) -> Hits:
    """Reads the models ``index`` of the library under every change; ``readers[OURS]`` also with views, where they can be read."""
    fusion = shipped_fusion() if available() else None
    hits: Hits = {}
    for place, (number, meshes) in enumerate(library_meshes(data, only=index)):
        progress(place / len(index), "Reading changed models")
        target = targets[index.index(number)]
        for name, cloud in variants(meshes, seed + number).items():
            row = hits.setdefault(name, {})
            for who, one in readers.items():
                chances = one.read([arrays_of(cloud, seed, POINTS if who == OURS else PLAIN)])[0][0]
                row.setdefault(who, []).append(_hit(chances, one.leaves, target))
                if who == OURS and fusion is not None:
                    seen = _with_views(fusion, chances, cloud)
                    row.setdefault("with views", []).append(_hit(seen, fusion.network.config.leaves, target))
    return hits


def table_of(hits: Hits) -> list[dict]:
    """One row a change: how many models, and top-1 and top-3 of everyone who read."""
    return [{"change": name, "models": len(row[OURS])} | _figures(row) for name, row in hits.items()]


@torch.inference_mode()
def _with_views(fusion: FusionReader, chances: np.ndarray, cloud: PointCloud) -> np.ndarray:
    given = {"shape": shape_value(torch.from_numpy(chances)[None])} | fusion.see_cloud(cloud)
    return fusion.fuse([given]).logits[0].softmax(dim=-1).numpy()


def _hit(chances: np.ndarray, leaves: tuple[str, ...], target: str) -> tuple[bool, bool]:
    best = [leaves[n] for n in np.argsort(-chances, kind="stable")[:3]]
    return best[0] == target, target in best


def _figures(row: dict[str, list[tuple[bool, bool]]]) -> dict[str, float]:
    return {
        f"{who} {name}": round(float(np.mean([hit[place] for hit in found])), 3)
        for who, found in row.items()
        for place, name in enumerate(("top-1", "top-3"))
    }
