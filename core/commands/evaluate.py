"""The verb ``evaluate``: how good a shipped network is on models it never saw."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..cli import Host


def add(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Declares the verb."""
    made = command("evaluate", run, "Score a shipped network on models it never saw.", "scores: .json", required=False)
    made.add_argument("what", choices=("annotator",), help="the network")
    made.add_argument("--split", default="unseen-artist", help="split of the data (default %(default)s)")
    data = _data_folder()
    wanted = "folder of the labelled models (default: WORLDWRIGHT_DATA, or shared/data beside the checkout)"
    made.add_argument("--data", type=Path, metavar="FOLDER", default=data, required=data is None, help=wanted)
    made.add_argument("--robustness", action="store_true", help="under other yaws and sizes, cut, noisy, decimated … too")
    made.add_argument("--baselines", type=Path, metavar="FOLDER", help="with --robustness: networks to compare with, made by "
                      "core.learning.train_baselines")  # fmt: skip
    made.add_argument("--models", type=int, default=0, help="with --robustness: how many models, evenly spread (default: all)")
    made.add_argument("--fairness", action="store_true", help="by class, artist and size, and on generated people by their bodies")
    made.add_argument("--html", type=Path, metavar="FILE", help="with --fairness: the report as one page too")


def _data_folder() -> Path | None:
    """Where the labelled models lie: as the environment says, or beside the checkout."""
    if named := os.environ.get("WORLDWRIGHT_DATA"):
        return Path(named)
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    return beside if (beside / "models.csv").exists() else None


def run(host: Host, options: argparse.Namespace) -> int:
    """Scores and prints."""
    from .. import cli

    for path, suffixes in ((options.output, (".json",)), (options.html, (".html",))):
        if path:
            cli.check_output(host, path, suffixes)
    show, seed = cli._progress(host), options.seed or 0
    if options.robustness:
        from ..learning.robustness import evaluate_robustness

        scores = evaluate_robustness(options.split, options.data, show, seed, options.baselines, options.models)
    elif options.fairness:
        from ..learning.fairness import evaluate_fairness, write_page

        scores = evaluate_fairness(options.split, options.data, show, seed)
        if options.html:
            write_page(options.html, scores)
    else:
        from ..learning.evaluate import evaluate_annotator

        scores = evaluate_annotator(options.split, options.data, show, seed)
    if options.output:
        cli.write_json(options.output, scores)
    if options.json:
        print(json.dumps(scores, ensure_ascii=False), file=host.out)
        return 0
    for name, value in scores.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            print(f"{name.replace('_', ' ')}:", file=host.out)
            for row in value:
                print("  " + "  ".join(f"{key} {_figure(one)}" for key, one in row.items()), file=host.out)
        elif not isinstance(value, (dict, list)):
            print(f"{name.replace('_', ' ')}: {_figure(value)}", file=host.out)
    return 0


def _figure(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
