"""``worldwright haptics wood metal -o folder``: how materials feel to a hand, for engines, phones and gamepads."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..annotation.materials import MATERIALS
from ..errors import WorldwrightError
from ..scene import Report

if TYPE_CHECKING:
    from ..cli import Host

ALL = "all"


def add(command: Callable) -> None:
    """Declares the verb."""
    made = command("haptics", run, "Write how materials feel: a profile, an Apple AHAP pattern and a gamepad's rumble each.",
                   "folder of .haptic.json, .ahap and .rumble.json files")  # fmt: skip
    made.add_argument("materials", nargs="+", metavar="MATERIAL", help=f"{ALL}, or of {', '.join(MATERIALS)}")
    made.add_argument("--touch", type=Path, metavar="CSV", help="a touch recording of the material, instead of ours")


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from .. import cli
    from ..crossmodal.recording import read_touch
    from ..interaction.haptics import haptics_of, write_haptics

    started = time.perf_counter()
    names = list(MATERIALS) if ALL in options.materials else list(dict.fromkeys(options.materials))
    if options.touch and len(names) != 1:
        raise WorldwrightError("A touch recording is of one material.", "Name one.")
    if options.output.exists() and not options.output.is_dir():
        raise WorldwrightError(f"“{options.output}” is a file.", "Choose a folder.")
    recording = read_touch(options.touch) if options.touch else None
    felt = [haptics_of(name, recording, options.touch.name if options.touch else "") for name in names]  # all or none
    files = [path for one in felt for path in write_haptics(options.output, one)]
    warnings = [f"{one.material.capitalize()} was never recorded: it is {one.source}." for one in felt if one.source[:5] == "like "]
    report = Report({"materials": len(felt), "files": len(files)}, {}, warnings, {"total": time.perf_counter() - started})
    return cli._report(host, options, report, materials=[one.to_dict() for one in felt])
