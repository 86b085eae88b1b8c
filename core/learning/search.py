"""Searching good settings with optuna: learning rate, width or LoRA rank, augmentation. Pruned, resumable, with table and plot.

A search is a folder: ``trials.log`` is optuna's journal (JSON lines), from which a search that was stopped goes on; ``trials.csv``
the table, best first; ``search.svg`` the plot; ``best.json`` the settings to train with.
"""

from __future__ import annotations

import csv
import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import WorldwrightError
from ..progress import Progress, part, silent
from .adapt import prepare
from .data import Library
from .plot import chart
from .registry import Registry, default_root
from .settings import NONE, SearchBrief, TrainBrief
from .store import full, write_whole
from .train import Training
from .workbench import base_of, classes_of, config_of, split

JOURNAL, TABLE, PLOT, BEST = "trials.log", "trials.csv", "search.svg", "best.json"
STARTUP = 4  # trials at random before any is pruned


@dataclass
class Found:
    """``best``: the settings of the best trial; ``trials`` rows of the table, best first; ``pruned`` of them were stopped early."""

    folder: Path
    best: dict[str, Any]
    loss: float
    trials: list[dict[str, Any]]
    pruned: int

    def to_dict(self) -> dict:
        """JSON values."""
        return {**dataclasses.asdict(self), "folder": str(self.folder)}


def search(
    library: Library, folder: Path, brief: SearchBrief, progress: Progress = silent, root: Path | None = None
) -> Found:
    """Tries ``brief.trials`` trainings in all, those of an earlier search in ``folder`` counted, and says which was best.

    Cancelling keeps what was tried. Raises WorldwrightError where optuna is missing, there is nothing to validate on, or the folder
    cannot be written.
    """
    optuna = _optuna()
    registry = Registry(root or default_root())
    classes, _ = classes_of(library)
    train_on, held = split(library, TrainBrief.held, brief.seed)
    if len(held) == 0:
        raise WorldwrightError("The library is too small to search on: nothing is left to validate.", "Add models of each label.")

    def objective(trial: Any) -> float:
        chosen = _suggest(trial, brief)
        base = base_of(chosen, classes, registry)
        prepare(base.network, chosen.method, chosen.rank, chosen.seed)
        training = Training(base.network, library, train_on, held, config_of(chosen, base.known))

        def follow(entry: dict) -> None:
            trial.set_user_attr("top1", entry["held_top1"])
            trial.report(entry["held_loss"], entry["epoch"])
            if trial.should_prune():
                raise optuna.TrialPruned

        begun = min(trial.number / brief.trials, 1.0)
        training.run(follow, None, False, part(progress, begun, min(begun + 1 / brief.trials, 1.0)))
        return training.best

    study = _study(optuna, folder, brief)
    left = brief.trials - sum(trial.state.name in ("COMPLETE", "PRUNED") for trial in study.trials)  # cancelled ones are tried anew
    if left > 0:
        study.optimize(objective, n_trials=left)
    return _written(study, folder, brief)


def _optuna() -> Any:
    try:
        import optuna
    except ImportError as error:
        problem = "Searching settings needs the package “optuna”, which is not installed."
        raise WorldwrightError(problem, "Install it beside PyTorch.") from error
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    return optuna


def _study(optuna: Any, folder: Path, brief: SearchBrief) -> Any:
    """The study in ``folder``. Its sampler begins anew from the seed and the trials done, so that chance is repeatable."""
    from optuna.storages import JournalStorage
    from optuna.storages.journal import JournalFileBackend

    try:
        folder.mkdir(parents=True, exist_ok=True)
        storage = JournalStorage(JournalFileBackend(str(folder / JOURNAL)))
    except OSError as error:
        raise full(folder, error) from error
    pruner = optuna.pruners.MedianPruner(n_startup_trials=STARTUP, n_warmup_steps=1)
    study = optuna.create_study(storage=storage, study_name="search", direction="minimize", pruner=pruner, load_if_exists=True)
    settings = {name: value for name, value in brief.to_dict().items() if name != "trials"}
    if study.trials and study.user_attrs.get("settings") != settings:
        raise WorldwrightError(f"“{folder}” holds a search with other settings.", "Choose another folder, or empty it.")
    study.set_user_attr("settings", settings)
    study.sampler = optuna.samplers.TPESampler(seed=brief.seed + len(study.trials), n_startup_trials=STARTUP)
    return study


def _suggest(trial: Any, brief: SearchBrief) -> TrainBrief:
    """The settings of a trial."""
    values: dict[str, Any] = {"rate": trial.suggest_float("rate", 3e-4, 2e-2, log=True)}
    values["augment"] = trial.suggest_float("augment", 0.0, 1.5)
    if brief.method == "lora":
        values["rank"] = trial.suggest_categorical("rank", [2, 4, 8, 16])
    if brief.base == NONE:
        values["width"] = trial.suggest_categorical("width", [32, 64, 128, 192])
    return TrainBrief(base=brief.base, method=brief.method, epochs=brief.epochs, seed=brief.seed, **values)


def _written(study: Any, folder: Path, brief: SearchBrief) -> Found:
    """Table, plot and best settings of what was tried."""
    done = [trial for trial in study.trials if trial.state.name == "COMPLETE"]
    if not done:
        raise WorldwrightError("No trial came to its end.", "Search again with more trials.")
    pruned = [trial for trial in study.trials if trial.state.name == "PRUNED"]
    ranked = sorted(done, key=lambda trial: trial.value) + pruned
    rows = [{"trial": trial.number, "state": trial.state.name.lower(), "loss": trial.value, "top1": trial.user_attrs.get("top1"),
             "epochs": len(trial.intermediate_values), **trial.params} for trial in ranked]  # fmt: skip
    best = study.best_trial.params | {"base": brief.base, "method": brief.method, "epochs": brief.epochs}
    lowest: list[tuple[float, float]] = []
    for trial in done:
        lowest.append((trial.number, min(trial.value, lowest[-1][1] if lowest else trial.value)))
    dots = {"trials": [(trial.number, trial.value) for trial in done],
            "stopped early": [(trial.number, list(trial.intermediate_values.values())[-1]) for trial in pruned]}  # fmt: skip
    try:
        write_whole(folder / PLOT, chart("Search", "trial", "validation loss", {"best so far": lowest}, dots))
        write_whole(folder / BEST, json.dumps(best, indent=1))
        with open(folder / TABLE, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    except OSError as error:
        raise full(folder, error) from error
    return Found(folder, best, study.best_value, rows, len(pruned))
