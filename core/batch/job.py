"""The job file: TOML that says which items go through which steps.

::

    [job]
    timeout = 300            # seconds for one item (default 600)
    memory = 4000            # megabytes for all workers together (default: three quarters of the machine's)
    workers = 2              # default: one per free core
    retries = 1              # how often an item is tried again when its worker died (default 1)

    [items]                  # exactly one of files, table, seeds
    files = ["library/**/*.glb"]
    # table = "briefs.csv"   # one item a row; columns are put in where a value says {column}
    # seeds = 100            # items 0 to 99; {seed}

    [[steps]]
    do = "points"            # any verb of the command line
    input = "item"           # "item" (default where there are files), the name of an earlier step, or "none"
    output = ".ply"          # suffix of the result, or "folder"
    count = 5000             # everything else: the verb's own options
"""

from __future__ import annotations

import argparse
import csv
import glob
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import WorldwrightError

SETTINGS = {"timeout": (int, float), "memory": (int, float), "workers": (int,), "retries": (int,)}
OWN = ("do", "name", "input", "output", "argument")


@dataclass(frozen=True)
class Item:
    """One thing to do. ``key``: unique and fit for a file name; ``values``: what {names} in steps stand for; ``file`` or ""."""

    key: str
    values: dict[str, str]
    file: str = ""


@dataclass(frozen=True)
class Step:
    """One verb for every item.

    Attributes:
        do: the verb; ``name``: what later steps call it.
        input: "item", "none" or the name of an earlier step.
        suffix: of the output ("" for a folder).
        words: the command line's words of its options, with {names} still in them.
        argument: the verb's own argument that is no file, such as a prompt, or "".
    """

    do: str
    name: str
    input: str
    suffix: str
    words: tuple[str, ...] = ()
    argument: str = ""


@dataclass
class Job:
    """A job file's content."""

    name: str
    items: list[Item]
    steps: list[Step]
    timeout: float = 600.0
    memory: float = 0.0
    workers: int = 0
    retries: int = 1
    notes: list[str] = field(default_factory=list)


def read_job(path: Path, parser: argparse.ArgumentParser) -> Job:
    """Reads and checks a job file. ``parser`` is the command line's: it knows the verbs and their options.

    Raises WorldwrightError naming the first key that is unknown or wrong, before any work is done.
    """
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise WorldwrightError(f"The job file “{path}” cannot be read.") from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WorldwrightError(f"“{path.name}” is not TOML: {error}.") from error
    _known(values, ("job", "items", "steps"), f"“{path.name}”")
    settings = values.get("job", {})
    _known(settings, tuple(SETTINGS), "[job]")
    for name, value in settings.items():
        if isinstance(value, bool) or not isinstance(value, SETTINGS[name]) or value < 0:
            raise WorldwrightError(f"“{name}” in [job] must be a number of at least 0; it is “{value}”.")
    items = _items(values.get("items"), path.absolute().parent)
    steps = _steps(values.get("steps"), parser, bool(items and items[0].file))
    return Job(path.stem, items, steps, **settings)


def _known(values: dict, known: tuple[str, ...], where: str) -> None:
    for name in values:
        if name not in known:
            raise WorldwrightError(f"{where} has an unknown key “{name}”.", f"Known are {', '.join(known)}.")


def _items(values: Any, folder: Path) -> list[Item]:
    if not isinstance(values, dict):
        raise WorldwrightError("The job file says nothing about its items.", "Add [items] with files, table or seeds.")
    _known(values, ("files", "table", "seeds"), "[items]")
    if len(values) != 1:
        raise WorldwrightError("[items] must have exactly one of files, table and seeds.")
    if "files" in values:
        return _files(values["files"], folder)
    if "table" in values:
        return _table(folder / str(values["table"]))
    count = values["seeds"]
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= 10_000_000:
        raise WorldwrightError(f"“seeds” in [items] must be a whole number from 1 to 10,000,000; it is “{count}”.")
    width = len(str(count - 1))
    return [Item(f"seed-{seed:0{width}d}", {"seed": str(seed)}) for seed in range(count)]


def _files(patterns: Any, folder: Path) -> list[Item]:
    patterns = [patterns] if isinstance(patterns, str) else patterns
    if not isinstance(patterns, list) or not all(isinstance(pattern, str) for pattern in patterns):
        raise WorldwrightError("“files” in [items] must be a list of file names or patterns.")
    paths: dict[str, None] = {}
    for pattern in patterns:
        found = sorted(glob.glob(str(folder / pattern), recursive=True))
        if not found and not glob.has_magic(pattern):
            found = [str(folder / pattern)]  # named, so missing is a failure of the item
        paths.update(dict.fromkeys(name for name in found if not Path(name).is_dir()))
    if not paths:
        raise WorldwrightError(f"No file fits {', '.join(f'“{pattern}”' for pattern in patterns)}.")
    items, taken = [], set()
    for path in paths:
        key = plain = re.sub(r"[^\w.-]+", "_", Path(path).stem) or "item"
        number = 2
        while key.lower() in taken:
            key, number = f"{plain}-{number}", number + 1
        taken.add(key.lower())
        items.append(Item(key, {"name": Path(path).stem}, path))
    return items


def _table(path: Path) -> list[Item]:
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WorldwrightError(f"The table “{path}” cannot be read.") from error
    if not rows:
        raise WorldwrightError(f"The table “{path}” has no rows.")
    width = len(str(len(rows)))
    return [
        Item(f"row-{number:0{width}d}", {str(name): value or "" for name, value in row.items() if name is not None})
        for number, row in enumerate(rows, 1)
    ]


def _steps(values: Any, parser: argparse.ArgumentParser, files: bool) -> list[Step]:
    if not isinstance(values, list) or not values:
        raise WorldwrightError("The job file has no steps.", "Add at least one [[steps]] with do = \"…\".")
    verbs = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction)).choices
    steps: list[Step] = []
    for number, value in enumerate(values, 1):
        where = f"step {number}"
        do = value.get("do")
        if do not in verbs or do == "batch":
            raise WorldwrightError(f"“{do}” in {where} is no verb.", f"Known are {', '.join(v for v in verbs if v != 'batch')}.")
        options = {word.lstrip("-"): action for action in verbs[do]._actions for word in action.option_strings}
        hidden = ("help", "h", "output", "o", "json")
        _known(value, (*OWN, *(name for name in options if name not in hidden)), f"{where} ({do})")
        source = value.get("input", "item" if files and number == 1 else steps[-1].name if steps else "none")
        if source not in ("item", "none", *(step.name for step in steps)):
            raise WorldwrightError(f"The input “{source}” of {where} is no earlier step.", "Say item, none, or a step's name.")
        if source == "item" and not files:
            raise WorldwrightError(f"The input of {where} is the item, but the items are no files.")
        output = value.get("output", "")
        suffix = "" if output in ("", "folder") else output if output.startswith(".") else f".{output}"
        words = [word for name in value if name not in OWN for word in _words(name, value[name])]
        steps.append(Step(do, value.get("name", do), source, suffix, tuple(words), str(value.get("argument", ""))))
    return steps


def _words(name: str, value: Any) -> list[str]:
    if value is True:
        return [f"--{name}"]
    if value is False:
        return []
    if isinstance(value, list):
        return [word for one in value for word in _words(name, one)]
    return [f"--{name}={value}"]


def command_of(step: Step, item: Item, outputs: dict[str, str], target: str) -> list[str]:
    """The words of the command line that do one step for one item. ``outputs``: what earlier steps wrote, by name."""
    def filled(text: str) -> str:
        for name, value in item.values.items():
            text = text.replace("{" + name + "}", value)
        return text

    words = [step.do]
    if step.input != "none":
        words.append(item.file if step.input == "item" else outputs[step.input])
    if step.argument:
        words.append(filled(step.argument))
    words += [filled(word) for word in step.words]
    if "seed" in item.values and not any(word.startswith("--seed") for word in words):
        words.append(f"--seed={item.values['seed']}")
    return [*words, "-o", target, "--json"]
