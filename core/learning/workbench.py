"""One training from the artist's library to a registered model: what the panel and ``worldwright train`` call.

A run is a folder, and holds all that is needed to go on after a cancel or a crash::

    run.json  log.jsonl  curve.svg          settings and outcome · one line an epoch · the plot
    round-0.checkpoint  pseudo-1.json       resumes bit for bit · labels that the first round gave
    best.safetensors  model.safetensors     the best model so far · the finished one
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import math
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import numpy as np
import torch
from safetensors import SafetensorError

from ..annotation.network import Annotator, Committee
from ..annotation.reader import WEIGHTS
from ..errors import WorldwrightError
from ..progress import Progress, part, silent
from ..spatial.pointnet import PointNetConfig
from . import model as models
from .adapt import embeddings, fit_last_layer, merged, prepare, with_classes
from .augment import augment
from .calibrate import fit_temperature, fit_threshold, softmax
from .data import Library
from .machines import Machines, join
from .model_card import DataSource, ModelCard
from .plot import chart
from .pretrain import PRETRAINED_WEIGHTS, load_trunk
from .registry import Entry, Registry, default_root
from .run_log import BEST, CURVE, LOG, MODEL, RUN, read_log, read_run, same_run
from .settings import ANNOTATOR, NONE, PRETRAINED, TrainBrief, augmentation
from .store import full, write_whole
from .train import TrainConfig, Training, predict

TASK = "annotate"
LEAST_STEPS = 8  # updates in an epoch, however small the library is
WANTED = 0.7  # share of right answers asked of those above the threshold
COPIES = 8  # of every cloud, when only a last layer is fitted
FEW = 4  # clouds of a class below which none of them is kept for validation


@dataclass
class Base:
    """What a training starts from: a network, where it comes from, and whether its descriptor is already standardised."""

    network: Annotator
    parent: str
    known: bool


@dataclass
class Trained:
    """What came out: ``entry`` of the registry (None where it was not registered), and everything the panel shows."""

    folder: Path
    classifier: models.Classifier
    scores: dict[str, float]
    curves: list[dict]
    warnings: list[str]
    entry: Entry | None = None
    counts: dict[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict:
        """JSON values."""
        label = self.entry.label if self.entry else ""
        return {"folder": str(self.folder), "model": label, "scores": self.scores, "curves": self.curves, "counts": self.counts,
                "warnings": self.warnings, "classes": list(self.classifier.classes)}  # fmt: skip


def classes_of(library: Library) -> tuple[tuple[str, ...], list[str]]:
    """The library's words in alphabetical order, and warnings about rare ones. Raises WorldwrightError for fewer than two."""
    counts = Counter(label for label in library.leaves if label)
    if not counts:
        raise WorldwrightError("None of the library's models has a label.", "Put them into folders named after what they are.")
    if len(counts) == 1:
        only = next(iter(counts))
        raise WorldwrightError(f"Every model of the library is labelled “{only}”; there is nothing to tell apart.",
                               "Add models of at least one other label.")  # fmt: skip
    rare = sorted(label for label, count in counts.items() if count < FEW)
    warnings = [f"Few models to learn from: {', '.join(f'{label} ({counts[label]})' for label in rare[:8])}."] if rare else []
    return tuple(sorted(counts)), warnings


def split(library: Library, held: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of the labelled models to train on and of those kept for validation: as the library says, else by chance in each
    class."""
    labels, splits = np.array(library.leaves), np.array(library.splits)
    labelled = labels != ""
    if (splits == "held").any():
        return np.flatnonzero(labelled & (splits != "held")), np.flatnonzero(labelled & (splits == "held"))
    rng, kept = np.random.default_rng(seed), []
    for label in sorted(set(labels[labelled])):
        there = rng.permutation(np.flatnonzero(labels == label))
        if len(there) >= FEW and held > 0:
            kept.append(there[: min(max(1, round(held * len(there))), len(there) - 2)])
    chosen = np.sort(np.concatenate(kept)) if kept else np.zeros(0, int)
    return np.setdiff1d(np.flatnonzero(labelled), chosen), chosen


def base_of(brief: TrainBrief, classes: tuple[str, ...], registry: Registry) -> Base:
    """The network that ``brief`` starts from, answering ``classes``. Raises WorldwrightError for a base that is not there."""
    if brief.base == NONE:
        torch.manual_seed(brief.seed)
        widths = (brief.width, brief.width, 2 * brief.width)
        config = models.ClassifierConfig(classes, PointNetConfig(widths, norm=False), width=brief.width)
        return Base(Annotator(config.network()), "", False)
    if brief.base == ANNOTATOR:
        network, notes = Committee.load(WEIGHTS)
        return Base(with_classes(cast(Annotator, network.members[0]), classes, brief.seed), f"annotator {notes['version']}", True)
    if brief.base == PRETRAINED:
        return Base(with_classes(load_trunk(PRETRAINED_WEIGHTS), classes, brief.seed), "pretrained 1", True)
    entry = registry.get(brief.base)
    weights = registry.checked(entry)
    trunk = load_trunk(weights) if entry.card.task == PRETRAINED else models.load(weights).network
    return Base(with_classes(trunk, classes, brief.seed), entry.label, True)


def train(
    library: Library,
    folder: Path,
    brief: TrainBrief,
    progress: Progress = silent,
    root: Path | None = None,
    warnings: list[str] | None = None,
    source: str = "",
    key: str = "",
    place: str = "",
) -> Trained:
    """Trains on ``library`` in ``folder``, where an unfinished run of the same settings is taken up, and registers the model.

    Cancelling leaves the best model so far in the folder; ``keep`` makes a model of it. ``root``: the registry's folder, by
    default the user's. ``warnings``: those of the reading of the library, which are passed on. ``source`` names the library,
    ``key`` changes with its content, ``place`` is where its clouds lie.
    Raises WorldwrightError for a library that cannot teach, a disk that is full, and a loss that is no number any more.
    """
    machines, registry = join(), Registry(root or default_root())
    classes, rare = classes_of(library)
    train_on, held = split(library, brief.held, brief.seed)
    base = base_of(brief, classes, registry)
    said = [*(warnings or []), *rare]
    if machines.first:
        _begin(folder, brief, {"parent": base.parent, "source": source, "key": key, "library": place, "warnings": said})
    machines.wait()
    teaching, best, rounds = library, math.inf, 1 + (brief.rounds if brief.pseudo else 0)
    for number in range(rounds):
        if number:
            found = pseudo_labels(library, folder, brief, number, machines)
            if not found:
                said.append(f"No model without a label was surer than {brief.pseudo:.0%}; none of them teaches.")
                break
            teaching = labelled_too(library, found)
            train_on = np.union1d(train_on, list(found))
            base = base_of(brief, classes, registry)
        stage = part(progress, number / rounds, (number + 1) / rounds)
        if brief.method == "features":
            _fit_features(base, teaching, train_on, folder, brief, stage)
        else:
            best = _train_round(base, teaching, train_on, held, folder, brief, number, best, stage, machines)
    return keep(library, folder, root, said) if machines.first else Trained(folder, models.load(folder / BEST), {}, [], said)


def _begin(folder: Path, brief: TrainBrief, origin: dict) -> None:
    """Writes what the run is. Raises WorldwrightError when the folder holds a run of other settings or another library."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        before = read_run(folder)
        if before is not None and not same_run(before, brief, origin["key"]):
            raise WorldwrightError(f"“{folder}” holds a run with other settings.", "Choose another folder, or empty it.")
        write_whole(folder / RUN, json.dumps({"brief": brief.to_dict(), **origin}, indent=1, ensure_ascii=False))
    except OSError as error:
        raise full(folder, error) from error


def _train_round(
    base: Base, library: Library, train_on: np.ndarray, held: np.ndarray, folder: Path, brief: TrainBrief, number: int,
    best: float, progress: Progress, machines: Machines,
) -> float:  # fmt: skip
    """One training with the loop of ``train``, its log and its best model kept in ``folder``, where it is better than ``best``, the
    validation loss of earlier rounds. Returns the lowest validation loss."""
    prepare(base.network, brief.method, brief.rank, brief.seed)
    training = Training(base.network, library, train_on, held, config_of(brief, base.known), machines)
    training.best = best
    if machines.first and not (folder / f"round-{number}.checkpoint").exists() and number == 0:
        (folder / LOG).unlink(missing_ok=True)

    def write(entry: dict) -> None:
        if machines.first:
            append_log(folder, {"round": number, **entry})

    def better() -> None:
        save_model(folder / BEST, _classifier(merged(base.network)))

    training.run(write, folder / f"round-{number}.checkpoint", False, progress, better)
    machines.wait()
    return training.best


def config_of(brief: TrainBrief, known: bool) -> TrainConfig:
    """The loop's settings; ``known``: the network has a standardised descriptor already."""
    changes = augmentation(brief.augment)
    return TrainConfig(
        seed=brief.seed, epochs=brief.epochs, batch=brief.batch, points=brief.points, rate=brief.rate, warmup=LEAST_STEPS, every=1,
        patience=brief.patience, standardise=not known, least=LEAST_STEPS, augmentation=changes,
    )  # fmt: skip


def _fit_features(base: Base, library: Library, train_on: np.ndarray, folder: Path, brief: TrainBrief, progress: Progress) -> None:
    """A new last layer on embeddings of several changed copies of every model."""
    classes, index = list(base.network.config.leaves), torch.from_numpy(train_on)
    generator = torch.Generator().manual_seed(brief.seed)
    targets = torch.tensor([classes.index(library.leaves[number]) for number in train_on])
    change, rows, labels = augmentation(brief.augment), [], []
    chunks = list(zip(index.split(64), targets.split(64), strict=True))
    for number, (some, wanted) in enumerate(chunks):
        progress(number / len(chunks), f"Reading features of {len(index)} models")

        def draw(some: torch.Tensor = some) -> tuple[torch.Tensor, torch.Tensor]:
            return augment(*library.batch(some, 1024, generator), change, generator)

        rows.append(embeddings(base.network, draw, COPIES).flatten(0, 1))
        labels.append(wanted.repeat(COPIES))
    fit_last_layer(base.network, torch.cat(rows), torch.cat(labels))
    (folder / LOG).unlink(missing_ok=True)
    save_model(folder / BEST, _classifier(base.network))


def pseudo_labels(library: Library, folder: Path, brief: TrainBrief, number: int, machines: Machines) -> dict[int, str]:
    """Number → label of the models without one that the best model so far is sure of (Lee, ICML workshop 2013).

    They are kept in the run's folder, so that a resumed run goes on with the same ones.
    """
    path = folder / f"pseudo-{number}.json"
    if machines.first and not path.exists():
        best = models.load(folder / BEST)
        unlabelled = np.array([n for n, label in enumerate(library.leaves) if not label], int)
        found: dict[int, str] = {}
        if len(unlabelled):
            chances = predict(best.network, library, torch.from_numpy(unlabelled), seed=brief.seed).exp().numpy()
            sure = chances.max(axis=1) >= brief.pseudo
            found = {int(n): best.classes[row.argmax()] for n, row in zip(unlabelled[sure], chances[sure], strict=True)}
        write_whole(path, json.dumps(found))
    machines.wait()
    return {int(n): label for n, label in json.loads(path.read_text(encoding="utf-8")).items()}


def labelled_too(library: Library, found: dict[int, str]) -> Library:
    """The library in which the models of ``found`` have labels too."""
    return dataclasses.replace(library, leaves=[found.get(number, label) for number, label in enumerate(library.leaves)])


def keep(library: Library, folder: Path, root: Path | None = None, warnings: list[str] | None = None) -> Trained:
    """Makes a model of the best that the run in ``folder`` has found so far: calibrated, scored, plotted, registered.

    Raises WorldwrightError when there is nothing to keep.
    """
    run = read_run(folder)
    if run is None or not (folder / BEST).exists():
        raise WorldwrightError(f"There is no trained model in “{folder}” yet.", "Train for at least one epoch.")
    brief = TrainBrief.from_dict(run["brief"])
    train_on, held = split(library, brief.held, brief.seed)
    classifier = models.load(folder / BEST)
    scores = _calibrate(classifier, library, held, brief.seed)
    curves = read_log(folder)
    counts = {"train": len(train_on), "held": len(held), "classes": len(classifier.classes), "epochs": len(curves)}
    trained = Trained(folder, classifier, scores, curves, list(warnings or run["warnings"]), counts=counts)
    save_model(folder / MODEL, classifier, {"seed": brief.seed, "parent": run["parent"], "scores": scores})
    try:
        write_whole(folder / CURVE, curve(curves, brief.name))
    except OSError as error:
        raise full(folder, error) from error
    registry = Registry(root or default_root())
    trained.entry = registry.add(folder / MODEL, card_of(trained, library, brief, run, train_on))
    if brief.choose:
        registry.choose(trained.entry)
    return trained


def _calibrate(classifier: models.Classifier, library: Library, held: np.ndarray, seed: int) -> dict[str, float]:
    """Fits temperature and threshold on the models kept for validation, and scores there; nothing where there are none."""
    known = np.array([number for number in held if library.leaves[number] in classifier.classes], int)
    if len(known) == 0:
        return {}
    logarithms = predict(classifier.network, library, torch.from_numpy(known), seed=seed).numpy()
    targets = np.array([classifier.classes.index(library.leaves[number]) for number in known])
    classifier.config.temperature = fit_temperature(logarithms, targets)
    chances = softmax(logarithms, classifier.config.temperature)
    best = np.argsort(-chances, axis=1, kind="stable")[:, :3] == targets[:, None]
    classifier.config.threshold = min(fit_threshold(chances.max(axis=1), best[:, 0], WANTED), 0.9)
    per_class = [best[targets == one, 0].mean() for one in np.unique(targets)]
    accuracy, top3 = float(best[:, 0].mean()), float(best.any(axis=1).mean())
    return {"accuracy": accuracy, "top3": top3, "class_accuracy": float(np.mean(per_class))}


def card_of(trained: Trained, library: Library, brief: TrainBrief, run: dict, train_on: np.ndarray) -> ModelCard:
    """The model's card, with the data's licences as the library states them."""
    licences = Counter(library.licences[number] or "own" for number in train_on)
    counts = Counter(library.leaves[number] for number in train_on)
    rare = [label for label, count in counts.items() if count < 10]
    limits = ["It answers with its own words only; below the threshold it says unknown.", "Z must be up."]
    limits += [f"Learnt from fewer than ten models: {', '.join(sorted(rare))}."] if rare else []
    limits += ["Scores are on models of the same library, kept from training; another artist's may be read worse."]
    settings = {name: value for name, value in brief.to_dict().items() if name not in ("name", "seed", "choose")}
    return ModelCard(
        name=brief.name, task=TASK, classes=list(trained.classifier.classes), seed=brief.seed, settings=settings,
        data=[DataSource(run["source"] or "library", licence, count) for licence, count in licences.most_common()],
        scores=trained.scores, curves=trained.curves, limits=limits, parent=run["parent"],
        made=datetime.date.today().isoformat(),
    )  # fmt: skip


def curve(curves: list[dict], name: str) -> str:
    """The plot of a run as SVG: losses over epochs, rounds one after another."""
    numbered = list(enumerate(curves, start=1))
    lines = {"training loss": [(number, entry["loss"]) for number, entry in numbered],
             "validation loss": [(number, entry["held_loss"]) for number, entry in numbered if "held_loss" in entry]}  # fmt: skip
    return chart(name, "epoch", "loss", {key: points for key, points in lines.items() if points})


def _classifier(network: Annotator) -> models.Classifier:
    config = network.config
    own = models.ClassifierConfig(tuple(config.leaves), config.encoder, config.descriptor, config.width, config.dropout)
    return models.Classifier(own, network)


def save_model(path: Path, classifier: models.Classifier, notes: dict | None = None) -> None:
    """``model.save`` with one sentence where the disk is full; the file that was there stays."""
    try:
        models.save(path, classifier, notes)
    except (OSError, SafetensorError) as error:
        path.with_name(path.name + ".part").unlink(missing_ok=True)
        raise full(path, error) from error


def append_log(folder: Path, entry: dict) -> None:
    """Adds a line to the run's log. Raises WorldwrightError where the disk is full."""
    try:
        with open(folder / LOG, "a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")
    except OSError as error:
        raise full(folder, error) from error
