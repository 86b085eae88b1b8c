"""The training library as every modality but touch and speech sees it, gathered once and kept in cache files.

Views are rendered without Blender and read by the image encoder; names by the text encoder; the point networks' part is played
by forests that have not seen the model they vote on, so that fusion learns how far a verdict on a new model can be trusted.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from ..annotation.materials import MATERIALS, named
from ..annotation.taxonomy import LEAVES
from ..crossmodal.image import image_encoder
from ..crossmodal.look import look
from ..crossmodal.names import plain_words
from ..crossmodal.text import text_encoder
from ..crossmodal.views import surface, views
from ..errors import WorldwrightError
from ..progress import Progress, silent
from ..scene import Mesh
from ..spatial.inputs import cloud_arrays
from ..spatial.statistics import measure_shape
from .data import POINTS, Library, library_meshes
from .forest import QUESTIONS, REAL_WEIGHT, TREES
from .own_shapes import count_own, make_own
from .shapes import SHAPES, make

TURNS = 4
FOLDS = 5
CHUNK = 60  # of our own shapes kept in one file
OWN_WEIGHT = 3.0  # in a forest, against one procedural shape
OWN_TURNS = 2  # views of our own shapes
LEAST_VOTE = 0.01  # added before the logarithm


@dataclass
class Views:
    """Features of pictures: ``form`` (n, TURNS, width) float16 of grey ones, ``picture`` the same of coloured ones (or none),
    and ``statistics`` (n, S) float32 of the shape. Rows that could not be read are zero, and false in ``seen``."""

    form: np.ndarray
    picture: np.ndarray
    statistics: np.ndarray
    seen: np.ndarray


@dataclass
class Slots:
    """Material slots whose names give the material away: ``owner`` (m,) number of the model, ``look`` (m, LOOK), ``names`` m slot
    names, ``material`` (m,) number in ``MATERIALS``."""

    owner: np.ndarray
    look: np.ndarray
    names: list[str]
    material: np.ndarray


def see(meshes: list[Mesh], colored: bool, seed: int = 0, turns: int = TURNS) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features (turns, width) of a thing's grey views and, if ``colored``, of its coloured ones; and its shape statistics."""
    cloud, encoder = surface(meshes, seed), image_encoder()
    form = encoder.encode(views(cloud, turns, colored=False))
    picture = encoder.encode(views(cloud, turns)) if colored else form
    positions = cloud.positions[:1024].astype(np.float64)
    positions -= (positions.min(axis=0) + positions.max(axis=0)) / 2
    positions /= max(np.linalg.norm(positions, axis=1).max(), 1e-12)
    normals = np.zeros_like(positions) if cloud.normals is None else cloud.normals[:1024]
    return form, picture, measure_shape(positions.astype(np.float32), normals.astype(np.float32))


def see_library(data: Path, count: int, cache: Path, progress: Progress = silent) -> tuple[Views, Slots]:
    """All ``count`` models of ``data``/models.csv, in order; half an hour on one core the first time."""
    path = cache / f"views-{count}.npz"
    if not path.exists():
        shape, width = (count, TURNS, image_encoder().width), 0
        columns = {"form": np.zeros(shape, np.float16), "picture": np.zeros(shape, np.float16), "seen": np.zeros(count, bool)}
        measured: dict[int, np.ndarray] = {}
        slots: list[tuple[int, np.ndarray, str, int]] = []
        for number, meshes in library_meshes(data):
            progress(number / count, "Looking at the library")
            slots += _slots(number, meshes)
            try:
                columns["form"][number], columns["picture"][number], measured[number] = see(meshes, True)
            except WorldwrightError:
                continue
            columns["seen"][number], width = True, len(measured[number])
        columns["statistics"] = np.stack([measured.get(number, np.zeros(width, np.float32)) for number in range(count)])
        owner, looks, names, material = (np.array(column) for column in zip(*slots, strict=True))
        _save(path, columns | {"owner": owner, "look": looks, "names": names, "material": material})
    with np.load(path, allow_pickle=False) as kept:
        found = Views(*(kept[name] for name in ("form", "picture", "statistics", "seen")))
        return found, Slots(kept["owner"], kept["look"], [str(name) for name in kept["names"]], kept["material"])


def _slots(number: int, meshes: list[Mesh]) -> list[tuple[int, np.ndarray, str, int]]:
    order, found, known = list(MATERIALS), [], set()
    for mesh in meshes:
        for slot, material in enumerate(mesh.materials):
            told = named(material.name)
            if told and material.name not in known:
                known.add(material.name)
                share = 1.0 if mesh.material_index is None else float((mesh.material_index == slot).mean())
                found.append((number, look(material, share), material.name, order.index(told)))
    return found


def see_shapes(per_leaf: int, cache: Path, progress: Progress = silent) -> tuple[Views, list[str]]:
    """``per_leaf`` procedural shapes of each leaf that has them, in grey, and their leaves."""
    path = cache / f"views-shapes-{per_leaf}.npz"
    made = [(leaf, number) for number in range(per_leaf) for leaf in SHAPES]
    if not path.exists():
        rows = []
        for place, (leaf, number) in enumerate(made):
            progress(place / len(made), "Looking at procedural shapes")
            rows.append(see([make(leaf, number)], False, number))
        form = np.stack([row[0] for row in rows]).astype(np.float16)
        _save(path, {"form": form, "statistics": np.stack([row[2] for row in rows])})
    with np.load(path, allow_pickle=False) as kept:
        count = len(made)
        return Views(kept["form"], np.zeros((count, 0, 0)), kept["statistics"], np.ones(count, bool)), [leaf for leaf, _ in made]


def see_own(cache: Path, progress: Progress = silent) -> tuple[Views, list[str]]:
    """The shapes of our own generators, in grey and in colour, and their leaves; an hour on one core the first time.

    What is done is kept in parts, so that an interrupted run goes on where it was.
    """
    count, parts = count_own(), []
    for start in range(0, count, CHUNK):
        path = cache / f"views-own-{count}-{start:05d}.npz"
        if not path.exists():
            rows, leaves = [], []
            for number in range(start, min(start + CHUNK, count)):
                progress(number / count, "Looking at our own shapes")
                leaf, meshes = make_own(number)
                rows.append((*see(meshes, True, number, OWN_TURNS), cloud_arrays(meshes, number, POINTS)))
                leaves.append(leaf)
            seen = {"form": np.stack([row[0] for row in rows]).astype(np.float16), "leaves": np.array(leaves)}
            seen |= {"picture": np.stack([row[1] for row in rows]).astype(np.float16), "statistics": np.stack([r[2] for r in rows])}
            scale = {"positions": (1, np.float16), "normals": (127, np.int8), "colors": (255, np.uint8), "has_color": (1, bool)}
            for name, (by, kind) in scale.items():
                seen[name] = np.stack([np.round(row[3][name] * by, 4).astype(kind) for row in rows])
            _save(path, seen)
        parts.append(path)
    loaded = [dict(np.load(path, allow_pickle=False)) for path in parts]
    whole = {name: np.concatenate([part[name] for part in loaded]) for name in ("form", "picture", "statistics", "leaves")}
    seen_all = np.ones(len(whole["leaves"]), bool)
    return Views(whole["form"], whole["picture"], whole["statistics"], seen_all), [str(leaf) for leaf in whole["leaves"]]


@dataclass
class Made:
    """Every made shape: procedural ones in grey, then our own generators' with their colours. ``views`` as in ``Views``, turns
    repeated; ``leaves`` of each; ``fold`` (k,) below ``FOLDS``; ``weight`` (k,) of each in a forest; ``colored`` (k,)."""

    views: Views
    leaves: list[str]
    fold: np.ndarray
    weight: np.ndarray
    colored: np.ndarray


def see_made(per_leaf: int, cache: Path, progress: Progress = silent) -> Made:
    """The procedural shapes, ``per_leaf`` of each leaf that has them, and the shapes of our own generators."""
    shapes, leaves = see_shapes(per_leaf, cache, progress)
    own, own_leaves = see_own(cache, progress)
    plain, count = len(leaves), len(leaves) + len(own_leaves)
    repeat = TURNS // OWN_TURNS
    picture = np.zeros((count, TURNS, own.picture.shape[2]), np.float16)
    picture[plain:] = np.tile(own.picture, (1, repeat, 1))
    form = np.concatenate([shapes.form, np.tile(own.form, (1, repeat, 1))])
    joined = Views(form, picture, np.concatenate([shapes.statistics, own.statistics]), np.ones(count, bool))
    fold = np.concatenate([np.arange(plain) // len(SHAPES), np.arange(len(own_leaves)) // CHUNK]) % FOLDS
    weight = np.where(np.arange(count) < plain, 1.0, OWN_WEIGHT)
    return Made(joined, leaves + own_leaves, fold, weight, np.arange(count) >= plain)


def _save(path: Path, arrays: dict[str, np.ndarray]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part.npz")
    np.savez(partial, **arrays)
    partial.replace(path)


def votes(library: Library, real: Views, shapes: Made, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Log-probabilities of the leaves by a forest, for each model of the library (n, leaves) and each made shape (k, leaves).

    Five forests are grown, each without one fifth of the packs and shapes, and each votes on what it has not seen; on models
    that nobody trains on they vote together. Needs scikit-learn.
    """
    from sklearn.ensemble import ExtraTreesClassifier

    leaves = list(LEAVES)
    packs = sorted({pack for pack, split in zip(library.packs, library.splits, strict=True) if split == "train"})
    order = np.random.default_rng(seed).permutation(len(packs))
    fold_of = {packs[place]: number % FOLDS for number, place in enumerate(order)}
    fold = np.array([fold_of[p] if s == "train" else -1 for p, s in zip(library.packs, library.splits, strict=True)])
    shape_fold = shapes.fold
    target = np.array([leaves.index(leaf) if leaf else -1 for leaf in library.leaves])
    shape_target = np.array([leaves.index(leaf) for leaf in shapes.leaves])
    own, made = np.zeros((len(fold), len(leaves))), np.zeros((len(shape_fold), len(leaves)))
    for number in range(FOLDS):
        train = (fold >= 0) & (fold != number) & (target >= 0) & real.seen
        kept = shape_fold != number
        values = np.concatenate([real.statistics[train], shapes.views.statistics[kept]])
        weights = np.concatenate([np.full(int(train.sum()), REAL_WEIGHT), shapes.weight[kept]])
        forest = ExtraTreesClassifier(TREES // 3, max_features=QUESTIONS, class_weight="balanced", random_state=seed)
        forest.fit(values, np.concatenate([target[train], shape_target[kept]]), sample_weight=weights)
        for share, there, kind in ((own, fold == number, real), (own, fold < 0, real), (made, shape_fold == number, shapes.views)):
            share[np.ix_(there, forest.classes_)] += forest.predict_proba(kind.statistics[there])
    own[fold < 0] /= FOLDS
    return np.log(own + LEAST_VOTE).astype(np.float32), np.log(made + LEAST_VOTE).astype(np.float32)


def name_vectors(names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """(n, width) sentence vectors of what the names say, and which say anything (n,)."""
    words = [plain_words(name) for name in names]
    return text_encoder().encode([word or "thing" for word in words]), np.array([bool(word) for word in words])


def as_tensor(values: np.ndarray) -> torch.Tensor:
    """Single precision."""
    return torch.from_numpy(np.ascontiguousarray(values)).float()
