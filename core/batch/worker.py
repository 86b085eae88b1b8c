"""A worker of a batch: reads one item a line on standard input, does its steps as the command line would, answers in one line."""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from .. import cli
from .job import Item, Step, command_of
from .picture import draw
from .report import PICTURES


def do_item(make_host: Any, item: Item, steps: list[Step], folder: Path) -> dict:
    """Does the steps in order and says what came of it: ``ok``, ``outputs``, ``error``, ``seconds`` by step."""
    outputs: dict[str, str] = {}
    seconds: dict[str, float] = {}
    for step in steps:
        place = folder / step.name
        place.mkdir(parents=True, exist_ok=True)
        target = str(place / f"{item.key}{step.suffix}")
        out, err = io.StringIO(), io.StringIO()
        started = time.perf_counter()
        words = command_of(step, item, outputs, target)
        if step.do == "export" and not step.suffix and "--overwrite" not in words:
            words.append("--overwrite")  # a resumed run finds what a killed one left
        code = cli.main(make_host(out, err), words)
        seconds[step.name] = round(time.perf_counter() - started, 3)
        if code:
            reason = err.getvalue().strip().splitlines()
            error = reason[-1] if reason else f"{step.do} ended with code {code}."
            return {"ok": False, "error": error, "step": step.name, "outputs": outputs, "seconds": seconds}
        outputs[step.name] = target
    picture = "" if any(path.lower().endswith(PICTURES) for path in outputs.values()) else _draw(make_host, item, outputs, folder)
    return {"ok": True, "error": "", "outputs": outputs, "seconds": seconds, "picture": picture}


def _draw(make_host: Any, item: Item, outputs: dict[str, str], folder: Path) -> str:
    host = make_host(io.StringIO(), io.StringIO())
    return draw(host, list(outputs.values()), folder / "pictures" / f"{item.key}.png")


def do_item_for(make_host: Any, item: Item, steps: list[Step], folder: str) -> dict:
    """``do_item`` where ``folder`` may be an address that fsspec knows (``s3://bucket/results``): results are copied there."""
    if "://" not in folder:
        return do_item(make_host, item, steps, Path(folder))
    with tempfile.TemporaryDirectory(prefix="worldwright-item-") as place:
        answer = {**do_item(make_host, item, steps, Path(place)), "picture": ""}  # which would go with the place
        try:
            answer["outputs"] = {name: _upload(Path(path), Path(place), folder) for name, path in answer["outputs"].items()}
        except Exception as error:  # every file system behind fsspec has errors of its own
            reason = f"{type(error).__name__}: {error}".rstrip(".")
            return {**answer, "ok": False, "error": f"The results cannot be copied to “{folder}” ({reason}).", "outputs": {}}
    return answer


def _upload(path: Path, base: Path, folder: str) -> str:
    import fsspec

    address = f"{folder.rstrip('/')}/{path.relative_to(base).as_posix()}"
    system, place = fsspec.core.url_to_fs(address)
    for file in sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]:
        target = f"{place}/{file.relative_to(path).as_posix()}" if path.is_dir() else place
        system.makedirs(target.rpartition("/")[0], exist_ok=True)
        system.put_file(str(file), target)
    return address


def host_maker(blender: bool) -> Any:
    """Makes the host of one command: Blender's where this process has it."""
    if not blender:
        return cli.Host
    import importlib

    package = __package__.rpartition(".core")[0]
    return importlib.import_module(f"{package}.blender_host").BlenderHost


def main(blender: bool) -> None:
    """Answers until standard input closes. What libraries print goes to standard error."""
    protocol = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    make_host = host_maker(blender)
    print(json.dumps({"ready": True}), file=protocol, flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        item = Item(**order["item"])
        steps = [Step(**{**step, "words": tuple(step["words"])}) for step in order["steps"]]
        answer = do_item_for(make_host, item, steps, order["folder"])
        print(json.dumps({**answer, "memory": memory_used(os.getpid())}), file=protocol, flush=True)
    os._exit(0)


def memory_used(process: int) -> int:
    """Bytes a process holds in memory; 0 where the system does not say."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        pass
    try:
        import resource

        factor = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * factor if process == os.getpid() else 0
    except ImportError:
        return 0
