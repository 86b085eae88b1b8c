"""What the worker does with the artist's trained models."""

from __future__ import annotations

from pathlib import Path

from ..progress import Progress
from . import model
from .deploy import deploy
from .evaluate_model import evaluate_model
from .registry import Registry, default_root
from .score_report import write_report

PAGE = "evaluation.html"


def deploy_model(request: dict, progress: Progress) -> dict:
    """Writes the model ``request["model"]`` for other programs to ``request["file"]``; what was written, as JSON values."""
    models = Registry(default_root())
    classifier = model.load(models.checked(models.get(request["model"])))
    made = deploy(classifier, Path(request["file"]), progress=progress)
    return {"file": made.file.name, "format": made.format, "largest_difference": made.difference, "megabytes": made.megabytes}


def score_model(request: dict, progress: Progress) -> dict:
    """Scores the model ``request["model"]`` on the labelled library ``request["library"]``; the page lies beside the model."""
    models = Registry(default_root())
    entry = models.get(request["model"])
    classifier = model.load(models.checked(entry))
    report = evaluate_model(classifier, Path(request["library"]), entry.label, progress, request.get("seed", 0))
    write_report(report, entry.folder / PAGE)
    scores = {name: score.value for table in report.scores.values() for name, score in table.items()}
    count = 0 if report.matrix is None else int(report.matrix.sum())
    return {"page": str(entry.folder / PAGE), "scores": scores, "notes": report.notes, "models": count}
