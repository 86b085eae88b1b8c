"""Scores of the shipped annotator on a split of the training library.

worldwright evaluate annotator --split unseen-artist --data FOLDER
"""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import numpy as np
import torch

from ..annotation.reader import POINTS, VIEWS, Reader, shipped
from ..annotation.taxonomy import LEAVES
from ..errors import WorldwrightError
from ..progress import Progress, part, silent
from .augment import NONE
from .calibrate import calibration_error, scores_of, softmax
from .data import CACHE, Library, load_library
from .train import predict

_VARIANT = re.compile(r"_?(blue|green|red|yellow|brown|white|color|orange|dark)(?=_|$)", re.I)


def evaluate_annotator(
    split: str, data: Path, progress: Progress = silent, seed: int = 0, cache: Path = CACHE, reader: Reader | None = None
) -> dict:
    """Scores on the labelled models of ``split``, JSON values.

    top1, top3, macro (mean over leaves), group; the same for distinct shapes (recoloured copies counted once) and without
    colours, without normals; coverage, accuracy and calibration error of the answers above the threshold; how many models of
    no leaf are answered with ``unknown``; per leaf count, top1, top3; the commonest confusions. Raises WorldwrightError.
    """
    library = load_library(Path(data), cache, progress=part(progress, 0.0, 0.6))
    if split not in library.splits:
        raise WorldwrightError(f"There is no split “{split}”.", f"There are: {', '.join(sorted(set(library.splits)))}.")
    return score(reader or shipped(), library, library.where(split), part(progress, 0.6, 1.0), seed) | {"split": split}


def score(reader: Reader, library: Library, index: np.ndarray, progress: Progress = silent, seed: int = 0) -> dict:
    """As ``evaluate_annotator``, on the models ``index``; leaves the reader does not know count as unlabelled."""
    leaves = list(reader.leaves)
    groups = np.array([LEAVES[leaf].group for leaf in leaves])
    labelled = np.array([number for number in index if library.leaves[number] in leaves], int)
    strangers = np.array([number for number in index if library.leaves[number] not in leaves], int)
    if len(labelled) == 0:
        raise WorldwrightError("None of these models has a label to compare with.", "Choose another split.")
    targets = np.array([leaves.index(library.leaves[number]) for number in labelled])

    def read(numbers: np.ndarray, **lost: float) -> np.ndarray:
        change = dataclasses.replace(NONE, **lost)
        scores = predict(reader.network, library, torch.from_numpy(numbers), VIEWS, POINTS, change, seed)
        return softmax(scores.numpy(), reader.temperature)

    progress(0.0, "Scoring")
    probabilities = read(labelled)
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == targets
    sure = confidence >= reader.threshold
    shapes = [_VARIANT.sub("", library.names[number]) + library.packs[number] for number in labelled]
    distinct = np.unique(shapes, return_index=True)[1]
    result: dict = {"model": reader.name, "models": len(labelled), "leaves": len(np.unique(targets))}
    result |= scores_of(probabilities, targets, groups)
    result |= {"distinct_shapes": len(distinct), "distinct": scores_of(probabilities[distinct], targets[distinct], groups)}
    progress(0.4, "Scoring without colours and normals")
    result["without_colors"] = scores_of(read(labelled, lose_colors=1.0), targets, groups)
    result["without_normals"] = scores_of(read(labelled, lose_normals=1.0), targets, groups)
    result["without_both"] = scores_of(read(labelled, lose_colors=1.0, lose_normals=1.0), targets, groups)
    result |= {
        "threshold": reader.threshold,
        "coverage": float(sure.mean()),
        "accuracy_covered": float(right[sure].mean()) if sure.any() else 1.0,
        "calibration_error": calibration_error(confidence, right),
    }
    if len(strangers):
        rejected = read(strangers).max(axis=1) < reader.threshold
        result |= {"strangers": len(strangers), "strangers_unknown": float(rejected.mean())}
    return result | _by_leaf(probabilities, targets, leaves)


def _by_leaf(probabilities: np.ndarray, targets: np.ndarray, leaves: list[str]) -> dict:
    best = np.argsort(-probabilities, axis=1, kind="stable")[:, :3]
    per_leaf: dict[str, dict] = {}
    wrong: dict[str, int] = {}
    for leaf in np.unique(targets):
        hits = best[targets == leaf] == leaf
        asked = best[:, 0] == leaf
        precision = float((targets[asked] == leaf).mean()) if asked.any() else 0.0
        per_leaf[leaves[leaf]] = {
            "count": len(hits),
            "top1": float(hits[:, 0].mean()),
            "top3": float(hits.any(axis=1).mean()),
            "precision": precision,
        }
    for truth, answer in zip(targets, best[:, 0], strict=True):
        if truth != answer:
            key = f"{leaves[truth]} → {leaves[answer]}"
            wrong[key] = wrong.get(key, 0) + 1
    commonest = sorted(wrong.items(), key=lambda item: (-item[1], item[0]))[:25]
    return {"per_leaf": per_leaf, "confusions": dict(commonest)}
