"""How well a model of the artist's own does on a library it may not have seen: scores, confusions, the worst cases."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import torch

from ..annotation.annotation import UNKNOWN
from ..crossmodal.views import surface, views
from ..errors import WorldwrightError
from ..progress import Progress, part, silent
from ..spatial.models import read_model
from .artist_library import build_store, list_library
from .augment import NONE
from .calibrate import softmax
from .data import Library, open_store
from .model import VIEWS, Classifier
from .score_report import Case, ScoreReport
from .scores import bootstrap, classification, confusion_matrix
from .train import predict

POINTS = 1024
WORST = 12  # cases that are shown


def evaluate_model(classifier: Classifier, place: Path, title: str, progress: Progress = silent, seed: int = 0) -> ScoreReport:
    """Scores on a labelled library: a folder of folders, or a CSV of files and labels.

    Models whose label the classifier never learned are asked too, and should be answered with ``unknown``.
    Raises WorldwrightError when none of the library's labels is one of the classifier's.
    """
    listing = list_library(place)
    with tempfile.TemporaryDirectory(prefix="worldwright-") as folder:
        build_store(listing, Path(folder), part(progress, 0.0, 0.5), seed=seed)
        library = open_store(Path(folder))
        known = [number for number, leaf in enumerate(library.leaves) if leaf in classifier.classes]
        strangers = [number for number, leaf in enumerate(library.leaves) if leaf and leaf not in classifier.classes]
        if not known:
            found = ", ".join(sorted({leaf for leaf in library.leaves if leaf})[:8]) or "none"
            cure = f"The library has: {found}. The model knows: {', '.join(classifier.classes[:8])}."
            raise WorldwrightError("None of the library's labels is one that this model knows.", cure)
        progress(0.5, "Asking the model")
        probabilities = _ask(classifier, library, known, seed)
        progress(0.8, "Asking about classes it never learned")
        foreign = _ask(classifier, library, strangers, seed)
    progress(0.9, "Working out the intervals")
    targets = np.array([classifier.classes.index(library.leaves[number]) for number in known])
    answers, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
    sure, right = confidence >= classifier.config.threshold, answers == targets
    scores = {"Models of classes it knows": classification(probabilities, targets, seed)}
    scores["Above the threshold"] = {
        "answered": bootstrap(lambda index: float(sure[index].mean()), len(known), seed),
        "right_when_answered": bootstrap(lambda index: _share(right[index], sure[index]), len(known), seed),
    }
    if strangers:
        refused = foreign.max(axis=1) < classifier.config.threshold
        table = {"answered_unknown": bootstrap(lambda index: float(refused[index].mean()), len(strangers), seed)}
        scores["Models of classes it never learned"] = table
    worst = [at for at in np.argsort(-(confidence * ~right), kind="stable")[:WORST] if not right[at]]
    base = place.parent if place.is_file() else place
    cases = [
        Case(library.names[known[at]], library.leaves[known[at]], classifier.classes[answers[at]] if sure[at] else UNKNOWN,
             float(confidence[at]), _picture(base / library.packs[known[at]], seed)) for at in worst
    ]  # fmt: skip
    progress(1.0, "Done")
    notes = [f"{len(known)} models of {len(set(targets.tolist()))} classes, {len(strangers)} of others."]
    notes += [f"{place.name}, {POINTS} points each; intervals from 1,000 resamplings, seed {seed}."]
    return ScoreReport(title, scores, classifier.classes, confusion_matrix(answers, targets, len(classifier.classes)), cases, notes)


def _ask(classifier: Classifier, library: Library, numbers: list[int], seed: int) -> np.ndarray:
    """Calibrated probabilities (len(numbers), classes)."""
    if not numbers:
        return np.zeros((0, len(classifier.classes)), np.float32)
    scores = predict(classifier.network, library, torch.tensor(numbers), VIEWS, POINTS, NONE, seed)
    return softmax(scores.numpy(), classifier.config.temperature)


def _share(right: np.ndarray, sure: np.ndarray) -> float:
    return float(right[sure].mean()) if sure.any() else float("nan")


def _picture(path: Path, seed: int) -> np.ndarray | None:
    """What the model looks like; None where its file cannot be drawn."""
    try:
        return views(surface(read_model(path), seed), turns=1)[0]
    except WorldwrightError:
        return None
