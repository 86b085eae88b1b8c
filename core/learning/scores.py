"""Scores of a model with the intervals they may be trusted to. Arrays in, JSON values out; chance decides by ``seed`` alone.

An interval is the middle 95 % of the score over resamplings of the examples with replacement (the percentile bootstrap, Efron
and Tibshirani 1993, chapter 13).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .calibrate import calibration_error

RESAMPLES = 1000


@dataclass(frozen=True)
class Score:
    """A value, and the 95 % interval around it."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def bootstrap(statistic: Callable[[np.ndarray], float], count: int, seed: int = 0, resamples: int = RESAMPLES) -> Score:
    """``statistic`` takes the numbers (count,) of the examples to look at, with repetitions."""
    rng = np.random.default_rng(seed)
    drawn = [statistic(rng.integers(0, count, count)) for _ in range(resamples)] if count else [float("nan")]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return Score(float(statistic(np.arange(count))), float(low), float(high))


def mean_of(values: np.ndarray) -> Callable[[np.ndarray], float]:
    """The statistic "mean of ``values`` (n,)", for ``bootstrap``."""
    return lambda index: float(values[index].mean())


def confusion_matrix(answers: np.ndarray, targets: np.ndarray, classes: int) -> np.ndarray:
    """Counts (classes, classes): row the truth, column the answer."""
    return np.bincount(targets * classes + answers, minlength=classes * classes).reshape(classes, classes)


def classification(probabilities: np.ndarray, targets: np.ndarray, seed: int = 0) -> dict[str, Score]:
    """``accuracy``, ``top3``, ``class_accuracy`` (mean over classes) and ``calibration_error``.

    probabilities (n, classes), targets (n,) numbers of classes.
    """
    order = np.argsort(-probabilities, axis=1, kind="stable")[:, :3]
    hits = order == targets[:, None]
    right, among, confidence = hits[:, 0], hits.any(axis=1), probabilities.max(axis=1)
    classes = probabilities.shape[1]

    def class_accuracy(index: np.ndarray) -> float:
        there = np.bincount(targets[index], minlength=classes)
        hit = np.bincount(targets[index], weights=right[index], minlength=classes)
        return float((hit[there > 0] / there[there > 0]).mean())

    count = len(targets)
    return {
        "accuracy": bootstrap(lambda index: float(right[index].mean()), count, seed),
        "top3": bootstrap(lambda index: float(among[index].mean()), count, seed),
        "class_accuracy": bootstrap(class_accuracy, count, seed),
        "calibration_error": bootstrap(lambda index: calibration_error(confidence[index], right[index]), count, seed),
    }


def segmentation(answers: Sequence[np.ndarray], targets: Sequence[np.ndarray], seed: int = 0) -> dict[str, Score]:
    """``miou``: mean over shapes of the mean over the shape's parts of intersection by union, as ShapeNet-Part does; ``accuracy``.

    One array (points,) of part numbers a shape. A part counts for a shape where truth or answer has it.
    """
    shapes = np.array([_shape_iou(answer, target) for answer, target in zip(answers, targets, strict=True)])
    right = np.array([float((answer == target).mean()) for answer, target in zip(answers, targets, strict=True)])
    return {
        "miou": bootstrap(lambda index: float(shapes[index].mean()), len(shapes), seed),
        "accuracy": bootstrap(lambda index: float(right[index].mean()), len(right), seed),
    }


def _shape_iou(answer: np.ndarray, target: np.ndarray) -> float:
    parts = np.union1d(answer, target)
    return float(
        np.mean([((answer == part) & (target == part)).sum() / ((answer == part) | (target == part)).sum() for part in parts])
    )


def reconstruction(found: np.ndarray, wanted: np.ndarray, tolerance: float = 0.01, seed: int = 0) -> dict[str, Score]:
    """Clouds (n, points, 3) in their unit: ``chamfer`` (mean of both directions), ``mse`` of the nearest points, ``f_score``.

    ``f_score`` is the harmonic mean of the shares of points that lie within ``tolerance`` of the other cloud, both ways
    (Tatarchenko et al., CVPR 2019).
    """
    import torch

    from ..spatial.losses import nearest_distances

    rows = []
    for one, other in zip(found, wanted, strict=True):  # one at a time: the distances of a batch would fill the memory
        there, back = nearest_distances(torch.from_numpy(one)[None], torch.from_numpy(other)[None])
        precision, recall = float((there < tolerance).float().mean()), float((back < tolerance).float().mean())
        chamfer, mse = float(there.mean() + back.mean()) / 2, float((there**2).mean() + (back**2).mean()) / 2
        rows.append((chamfer, mse, 2 * precision * recall / max(precision + recall, 1e-9)))
    return _columns(np.array(rows), ("chamfer", "mse", "f_score"), seed)


def parameters(found: np.ndarray, wanted: np.ndarray, names: Sequence[str], seed: int = 0) -> dict[str, Score]:
    """Mean absolute error of each parameter of an inverse generator: (n, parameters), in the parameters' own units."""
    return _columns(np.abs(found - wanted), names, seed)


def _columns(table: np.ndarray, names: Sequence[str], seed: int) -> dict[str, Score]:
    """The mean of each column of ``table`` (n, len(names))."""
    return {name: bootstrap(mean_of(column), len(table), seed) for name, column in zip(names, table.T, strict=True)}
