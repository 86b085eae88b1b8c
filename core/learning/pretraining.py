"""One pre-training from a library to a registered base: what the panel and ``worldwright pretrain`` call.

Its folder holds ``log.jsonl``, ``curve.svg``, ``pretraining.checkpoint`` (a cancelled run goes on from there, bit for bit) and at
the end ``model.safetensors``.
"""

from __future__ import annotations

import datetime
import json
from collections import Counter
from pathlib import Path

from safetensors import SafetensorError

from ..errors import WorldwrightError
from ..progress import Progress, silent
from .data import Library
from .model_card import DataSource, ModelCard
from .pretrain import pretrain, save_trunk
from .registry import Registry, default_root
from .run_log import CURVE, LOG, MODEL, RUN, read_log
from .settings import PRETRAINED, PretrainBrief
from .store import full, write_whole
from .workbench import append_log, curve

CHECKPOINT = "pretraining.checkpoint"
LEAST = 8  # models below which there is nothing to learn from
LIMITS = ["It names nothing by itself: it is a base for trainings.", "Z must be up."]


def run_pretraining(
    library: Library,
    folder: Path,
    brief: PretrainBrief,
    progress: Progress = silent,
    warnings: list[str] | None = None,
    source: str = "library",
    root: Path | None = None,
) -> dict:
    """Pre-trains in ``folder`` and registers the network; returns what the panel shows, JSON values. Raises WorldwrightError."""
    if len(library) < LEAST:
        raise WorldwrightError(f"There are only {len(library)} models to learn from.", f"Give at least {LEAST}.")
    settings = {name: value for name, value in brief.to_dict().items() if name != "name"}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / MODEL).exists() or not (folder / CHECKPOINT).exists():
            (folder / LOG).unlink(missing_ok=True)
        write_whole(folder / RUN, json.dumps({"pretraining": settings, "source": source}, indent=1))
        trunk = pretrain(library, brief, progress, lambda entry: append_log(folder, entry), folder / CHECKPOINT)
        save_trunk(folder / MODEL, trunk, {"brief": brief.to_dict(), "models": len(library)})
        curves = read_log(folder)
        write_whole(folder / CURVE, curve(curves, brief.name))
        (folder / CHECKPOINT).unlink(missing_ok=True)
    except (OSError, SafetensorError) as error:
        raise full(folder, error) from error
    licences = Counter(licence or "own" for licence in library.licences)
    card = ModelCard(
        name=brief.name, task=PRETRAINED, data=[DataSource(source, licence, count) for licence, count in licences.most_common()],
        seed=brief.seed, settings=settings, scores={"loss": curves[-1]["loss"]}, curves=curves, limits=LIMITS,
        made=datetime.date.today().isoformat(),
    )  # fmt: skip
    entry = Registry(root or default_root()).add(folder / MODEL, card)
    return {"folder": str(folder), "model": entry.label, "curves": curves, "scores": card.scores, "warnings": warnings or [],
            "counts": {"models": len(library), "epochs": len(curves)}}  # fmt: skip
