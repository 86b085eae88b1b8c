"""How many labels pre-training and models without labels save: accuracy with 1, 5 and 20 labels a class, with and without.

Every way is asked with the same labelled models, drawn several times, and tested on the same others: those beyond the first twenty
of each class, in the order of the draw. Accuracy is the mean over classes, so that a common class does not decide.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..annotation.network import Annotator
from ..errors import WorldwrightError
from ..progress import Progress, part, silent
from .adapt import embeddings, fit_last_layer, with_classes
from .augment import Augmentation, augment
from .data import Library
from .plot import chart
from .registry import Registry, default_root
from .settings import NONE, TrainBrief, augmentation
from .store import full, write_whole
from .train import Training, predict
from .workbench import base_of, config_of

COUNTS = (1, 5, 20)
LEAST = 26  # models of a class, so that at least six are left to test on
DRAWS = 3
COPIES = 4  # of every model, changed at random, on which a last layer is fitted
SURE = 0.9  # confidence from which a model without a label teaches
ROUNDS = 3
SCRATCH_EPOCHS = 30
REPORT, PLOT = "labels_saved.json", "labels_saved.svg"
WAYS = {"scratch": "trained from nothing", "random": "last layer on a network that knows nothing",
        "pretrained": "last layer on the pre-trained network", "pseudo": "the same with sure answers as labels"}  # fmt: skip


@dataclass
class Task:
    """``numbers`` (n,) of the library's models, their ``targets`` (n,) in ``classes``."""

    numbers: np.ndarray
    targets: np.ndarray
    classes: tuple[str, ...]

    def draw(self, seed: int) -> tuple[list[np.ndarray], np.ndarray]:
        """Rows of each class in random order, of which the first ones get labels, and the rows to test on."""
        rng = np.random.default_rng(seed)
        orders = [rng.permutation(np.flatnonzero(self.targets == number)) for number in range(len(self.classes))]
        return orders, np.concatenate([order[COUNTS[-1] :] for order in orders])


def task_of(library: Library, among: np.ndarray | None = None) -> Task:
    """The classes with enough models among ``among`` (all by default). Raises WorldwrightError when there are fewer than two."""
    numbers = np.arange(len(library)) if among is None else among
    counts = Counter(library.leaves[number] for number in numbers if library.leaves[number])
    classes = tuple(sorted(label for label, count in counts.items() if count >= LEAST))
    if len(classes) < 2:
        raise WorldwrightError(f"Fewer than two labels have the {LEAST} models that this report needs.",
                               "Give a larger labelled library.")  # fmt: skip
    kept = np.array([number for number in numbers if library.leaves[number] in classes])
    return Task(kept, np.array([classes.index(library.leaves[number]) for number in kept]), classes)


def report(
    library: Library,
    base: str,
    folder: Path,
    seed: int = 0,
    progress: Progress = silent,
    root: Path | None = None,
    draws: int = DRAWS,
) -> dict:
    """Scores of the four ``WAYS``, written to ``folder`` as JSON and plot, and returned. ``base``: a pre-trained network's name, or
    "pretrained" for the shipped one. Raises WorldwrightError."""
    task = task_of(library)
    trunk = base_of(TrainBrief(base=base), task.classes, Registry(root or default_root())).network
    made = measure(library, task, trunk, seed, progress, draws) | {"base": base}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / REPORT, json.dumps(made, indent=1))
        lines = {WAYS[way]: [(count, row["accuracy"]) for count, row in zip(COUNTS, rows, strict=True)]
                 for way, rows in made["ways"].items()}  # fmt: skip
        write_whole(folder / PLOT, chart("Labels saved", "labels of each class", "mean class accuracy", lines))
    except OSError as error:
        raise full(folder, error) from error
    return made


def measure(
    library: Library,
    task: Task,
    trunk: Annotator,
    seed: int = 0,
    progress: Progress = silent,
    draws: int = DRAWS,
    scratch: bool = True,
) -> dict:
    """Accuracy of every way with each of ``COUNTS`` labels: mean and standard deviation over ``draws``; JSON values.

    "pseudo" may learn from every model of the task without its label, those that are tested included, as a library that is to be
    annotated is there to be read.
    """
    torch.manual_seed(seed)
    blank = Annotator(trunk.config)
    if trunk.config.descriptor:  # what is measured needs no learning, and both may use it
        blank.mean.copy_(trunk.mean)
        blank.spread.copy_(trunk.spread)
    read = {name: _read(library, task, with_classes(network, task.classes, seed), seed)
            for name, network in (("random", blank), ("pretrained", trunk))}  # fmt: skip
    scores: dict[str, list[list[float]]] = {way: [[] for _ in COUNTS] for way in WAYS if scratch or way != "scratch"}
    for number in range(draws):
        orders, test = task.draw(seed + number)
        for place, count in enumerate(COUNTS):
            stage = part(progress, (number + place / len(COUNTS)) / draws, (number + (place + 1) / len(COUNTS)) / draws)
            stage(0.0, f"{count} label{'s' * (count > 1)} a class")
            rows = np.concatenate([order[:count] for order in orders])
            for way, (many, one) in read.items():
                answers = _fitted(trunk, task, many, one, rows)[0]
                scores[way][place].append(_accuracy(answers, task, test))
            answers = _pseudo(trunk, task, *read["pretrained"], rows)
            scores["pseudo"][place].append(_accuracy(answers, task, test))
            if scratch:
                scores["scratch"][place].append(_from_nothing(library, task, trunk, rows, test, seed + number, stage))
    ways = {way: [{"labels": count, "accuracy": float(np.mean(values)), "spread": float(np.std(values))}
                  for count, values in zip(COUNTS, rows, strict=True)] for way, rows in scores.items()}  # fmt: skip
    return {"classes": list(task.classes), "models": len(task.numbers), "draws": draws, "ways": ways}


def _read(library: Library, task: Task, network: Annotator, seed: int) -> tuple[Tensor, Tensor]:
    """Embeddings (COPIES, n, width) of changed copies, and (1, n, width) of the models as they are."""
    generator, index = torch.Generator().manual_seed(seed), torch.from_numpy(task.numbers)

    def embedded(change: Augmentation, copies: int, points: int) -> Tensor:
        def drawn(some: Tensor) -> Tensor:
            return embeddings(network, lambda: augment(*library.batch(some, points, generator), change, generator), copies)

        return torch.cat([drawn(some) for some in index.split(64)], dim=1)

    return embedded(augmentation(1.0), COPIES, 512), embedded(Augmentation(0, 0, 0, 0, 0, 0, 0, 1.0, 0, 0, 0), 1, 1024)


def _fitted(
    trunk: Annotator, task: Task, many: Tensor, one: Tensor, rows: np.ndarray, targets: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Answers (n,) and their confidence for every model, after a last layer was fitted to ``rows`` with their labels."""
    network = with_classes(trunk, task.classes)
    wanted = torch.from_numpy((task.targets if targets is None else targets)[rows])
    picked = torch.cat([many, one])[:, rows]
    fit_last_layer(network, picked.flatten(0, 1), wanted.repeat(len(picked)))
    with torch.no_grad():
        chances = network.head.out(one[0]).softmax(dim=-1)
    return chances.argmax(dim=1).numpy(), chances.max(dim=1)[0].numpy()


def _pseudo(trunk: Annotator, task: Task, many: Tensor, one: Tensor, rows: np.ndarray) -> np.ndarray:
    """Answers after sure ones on models without a label became labels, ``ROUNDS`` times."""
    answers, confidence = _fitted(trunk, task, many, one, rows)
    for _ in range(ROUNDS):
        targets = answers.copy()
        targets[rows] = task.targets[rows]
        taught = np.union1d(rows, np.flatnonzero(confidence >= SURE))
        answers, confidence = _fitted(trunk, task, many, one, taught, targets)
    return answers


def _from_nothing(
    library: Library, task: Task, trunk: Annotator, rows: np.ndarray, test: np.ndarray, seed: int, progress: Progress
) -> float:
    """The same network trained whole on the labelled models alone, from weights that know nothing."""
    torch.manual_seed(seed)
    network = with_classes(Annotator(trunk.config), task.classes, seed)
    brief = TrainBrief(base=NONE, method="full", epochs=SCRATCH_EPOCHS, batch=32, rate=3e-3, seed=seed)
    nobody = np.zeros(0, int)
    Training(network, library, task.numbers[rows], nobody, config_of(brief, False)).run(lambda entry: None, None, False, progress)
    answers = predict(network, library, torch.from_numpy(task.numbers[test])).argmax(dim=1).numpy()
    found = np.zeros(len(task.numbers), int)
    found[test] = answers
    return _accuracy(found, task, test)


def _accuracy(answers: np.ndarray, task: Task, test: np.ndarray) -> float:
    """Mean over the classes of the share of right answers among ``test``."""
    right, targets = answers[test] == task.targets[test], task.targets[test]
    return float(np.mean([right[targets == number].mean() for number in np.unique(targets)]))
