"""``worldwright models ACTION …``: the models you trained: list, show, compare, choose, roll back, delete, move, deploy."""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import WorldwrightError
from ..learning.registry import Entry, Registry, default_root

if TYPE_CHECKING:
    from ..cli import Host

ACTIONS = """actions:
  list                       every version of every model, and what each task uses
  show NAME                  a model's card; NAME may be NAME@VERSION, else the newest version
  compare NAME OTHER         scores, settings and classes in which they differ
  choose NAME                its task uses it from now on
  roll-back TASK             the task uses what it used before
  delete NAME@VERSION        removes one version for good
  export NAME -o FILE        weights and card in one .safetensors file
  import FILE                takes such a file in
  evaluate NAME LIBRARY      scores on a folder of labelled folders, or a CSV of file and label; -o FILE.html or .json
  deploy NAME -o FILE        .onnx, .pt (TorchScript) or .pt2 (torch.export), checked against the model
"""
COUNTS = {"list": 0, "show": 1, "compare": 2, "choose": 1, "roll-back": 1, "delete": 1, "export": 1, "import": 1,
          "evaluate": 2, "deploy": 1}  # fmt: skip


def add(command: Callable) -> None:
    """Declares the verb."""
    made = command("models", run, "The models you trained: list, compare, choose, roll back, move, deploy.",
                   "the file that export, deploy and evaluate write", required=False)  # fmt: skip
    made.formatter_class, made.epilog = argparse.RawDescriptionHelpFormatter, ACTIONS
    made.add_argument("action", choices=tuple(COUNTS), metavar="ACTION", help="see below")
    made.add_argument("names", nargs="*", metavar="NAME", help="what the action is about")
    made.add_argument("--models", type=Path, metavar="FOLDER", help="where models are kept (default: WORLDWRIGHT_MODELS, or "
                      ".worldwright/models in the home folder)")  # fmt: skip


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the action out. Returns the exit code."""
    wanted = COUNTS[options.action]
    if len(options.names) != wanted:
        raise WorldwrightError(
            f"“models {options.action}” takes {wanted or 'no'} name{'s' * (wanted != 1)}.", "See “worldwright models --help”."
        )
    if options.action in ("export", "deploy") and options.output is None:
        raise WorldwrightError(f"“models {options.action}” needs a file to write.", "Add -o FILE.")
    values, lines = _act(host, options, Registry(options.models or default_root()))
    print(json.dumps(values, ensure_ascii=False) if options.json else "\n".join(lines), file=host.out)
    return 0


def _act(host: Host, options: argparse.Namespace, registry: Registry) -> tuple[object, list[str]]:
    """The result as JSON values, and as lines for people."""
    action, names = options.action, options.names
    if action == "list":
        return _list(registry)
    if action == "import":
        entry = registry.load(Path(names[0]))
        return _values(entry), [f"{entry.label} is registered."]
    if action == "roll-back":
        now = registry.roll_back(names[0])
        return {"task": names[0], "uses": now and now.label}, [f"{names[0]} uses {now.label if now else 'the shipped model'}."]
    entry = registry.get(names[0])
    if action == "show":
        return _values(entry), [f"{entry.label}  sha256 {entry.digest}", "", entry.card.to_markdown()]
    if action == "compare":
        return _compare(registry, entry, registry.get(names[1]))
    if action == "evaluate":
        return _evaluate(host, options, registry, entry)
    if action == "choose":
        registry.choose(entry)
        return _values(entry), [f"{entry.card.task} uses {entry.label}."]
    if action == "delete":
        if "@" not in names[0]:
            raise WorldwrightError("Deleting needs the version too.", f"Say “{entry.label}” to delete the newest.")
        registry.delete(entry)
        return {"deleted": entry.label}, [f"{entry.label} is deleted."]
    if action == "export":
        file = registry.export(entry, options.output)
        return {"file": str(file)}, [f"{file}: {entry.label} with its card."]
    return _deploy(host, options, registry, entry)


def _list(registry: Registry) -> tuple[object, list[str]]:
    entries = registry.entries()
    uses = {task: registry.chosen(task) for task in sorted({entry.card.task for entry in entries})}
    lines = [f"{entry.label:32} {entry.card.task:10} {_scores(entry)}{'  ← in use' if uses[entry.card.task] == entry else ''}"
             for entry in entries]  # fmt: skip
    values = {
        "models": [_values(entry) for entry in entries],
        "uses": {task: entry and entry.label for task, entry in uses.items()},
    }
    return values, lines or [f"No models in {registry.root}: train one first."]


def _compare(registry: Registry, one: Entry, other: Entry) -> tuple[object, list[str]]:
    found = registry.compare(one, other)
    lines = [f"{'':24} {one.label:>24} {other.label:>24}"]
    for rows in found.values():
        lines += [f"{name:24} {_cell(ours):>24} {_cell(theirs):>24}" for name, (ours, theirs) in rows.items()]
    return found, lines if len(lines) > 1 else [f"{one.label} and {other.label} differ in nothing that their cards say."]


def _evaluate(host: Host, options: argparse.Namespace, registry: Registry, entry: Entry) -> tuple[object, list[str]]:
    from .. import cli
    from ..learning.evaluate_model import evaluate_model
    from ..learning.model import load
    from ..learning.score_report import write_report

    if options.output:
        cli.check_output(host, options.output, (".html", ".json"))
    classifier = load(registry.checked(entry))
    report = evaluate_model(classifier, Path(options.names[1]), entry.label, cli._progress(host), options.seed or 0)
    if options.output and options.output.suffix == ".json":
        cli.write_json(options.output, report.to_dict())
    elif options.output:
        write_report(report, options.output)
    lines = list(report.notes)
    for name, table in report.scores.items():
        lines += [f"{name}:", *(f"  {score.replace('_', ' ')}: {value}" for score, value in table.items())]
    return report.to_dict(), lines


def _deploy(host: Host, options: argparse.Namespace, registry: Registry, entry: Entry) -> tuple[object, list[str]]:
    from .. import cli
    from ..learning.deploy import deploy
    from ..learning.model import load

    made = deploy(load(registry.checked(entry)), options.output, progress=cli._progress(host))
    values = {name: str(value) if isinstance(value, Path) else value for name, value in dataclasses.asdict(made).items()}
    return values, [
        f"{made.file}: {made.format}, {made.megabytes:.1f} MB; differs from the model by at most {made.difference:.1g}."
    ]


def _values(entry: Entry) -> dict:
    return {"label": entry.label, "version": entry.version, "sha256": entry.digest} | dataclasses.asdict(entry.card)


def _scores(entry: Entry) -> str:
    return "  ".join(f"{name} {value:.3g}" for name, value in list(entry.card.scores.items())[:3])


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else "yes" if value is True else "–" if value in (None, False) else str(value)
