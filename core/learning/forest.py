"""Grows the annotator's forest with scikit-learn and lays it into ``annotation.forest.Forest``."""

from __future__ import annotations

import numpy as np
import torch

from ..annotation.forest import LEAF, Forest
from ..spatial.statistics import measure_shape
from .data import SHAPE_PACK, Library

TREES = 120
POINTS = 1024
QUESTIONS = 20  # statistics tried at each node
WITHOUT_SHAPES = ("rock",)  # a procedural rock is a lump like any fruit or loaf: the library's own rocks teach more
REAL_WEIGHT = 8.0  # of a library's model against one procedural shape


def grow_forest(library: Library, train: np.ndarray, leaves: list[str], seed: int = 0, trees: int = TREES) -> Forest:
    """A forest that knows ``leaves``, from the labelled models ``train`` of a library with shapes. Needs scikit-learn."""
    known = [number for number in train if library.leaves[number] in leaves]
    known = [n for n in known if library.packs[n] != SHAPE_PACK or library.leaves[n] not in WITHOUT_SHAPES]
    rng = np.random.default_rng(seed)
    values = np.stack([_measured(library, number, rng) for number in known]).astype(np.float16).astype(np.float32)
    targets = [leaves.index(library.leaves[number]) for number in known]
    weights = [1.0 if library.packs[number] == SHAPE_PACK else REAL_WEIGHT for number in known]
    return grow(values, np.array(targets), np.array(weights), len(leaves), seed, trees)


def grow(values: np.ndarray, targets: np.ndarray, weights: np.ndarray, classes: int, seed: int = 0, trees: int = TREES) -> Forest:
    """A forest from statistics (n, S), numbers of leaves (n,) and weights (n,). Needs scikit-learn."""
    from sklearn.ensemble import ExtraTreesClassifier

    grown = ExtraTreesClassifier(trees, max_features=QUESTIONS, class_weight="balanced", random_state=seed)
    grown.fit(values.astype(np.float16).astype(np.float32), targets, sample_weight=weights)
    return _laid_out([tree.tree_ for tree in grown.estimators_], grown.classes_, classes)


def _measured(library: Library, number: int, rng: np.random.Generator) -> np.ndarray:
    pick = rng.integers(library.positions.shape[1], size=POINTS)
    positions = library.positions[number].numpy()[pick].astype(np.float32)
    return measure_shape(positions, library.normals[number].numpy()[pick].astype(np.float32) / 127)


def _laid_out(trees: list, classes: np.ndarray, count: int) -> Forest:
    forest = Forest(len(trees), max(tree.node_count for tree in trees), count)
    for number, tree in enumerate(trees):
        leaf, nodes = tree.children_left < 0, slice(0, tree.node_count)
        answer = classes[tree.value[:, 0].argmax(axis=1)]
        forest.question[number, nodes] = torch.from_numpy(np.where(leaf, LEAF, tree.feature).astype(np.uint8))
        forest.threshold[number, nodes] = torch.from_numpy(np.where(leaf, 0, tree.threshold).astype(np.float32))
        forest.right[number, nodes] = torch.from_numpy(np.where(leaf, answer, tree.children_right).astype(np.int16))
    return forest
