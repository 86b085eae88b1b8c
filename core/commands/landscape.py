"""``worldwright landscape "a pine valley with a lake" -o valley.blend``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from .city import make

if TYPE_CHECKING:
    from ..cli import Host

HELP = "Make hills, mountains, a coast, a desert, a forest or a lake from a prompt, a height map or a sketch."


def add(command: Callable) -> None:
    """Declares the verb."""
    made = command("landscape", run, HELP, "result: .blend, .glb, or .npz (for Python)")
    made.add_argument("prompt", nargs="?", help="what you want, in English")
    made.add_argument("--heights", type=Path, metavar="PICTURE", help="a height map: PNG of 8 or 16 bits, or EXR")
    made.add_argument("--sketch", type=Path, metavar="PICTURE", help="a colour sketch of water, forest, rock, sand, snow, meadow")
    made.add_argument("--photo", type=Path, metavar="PICTURE", help="a photograph whose light, weather and colours to take")
    made.add_argument("--brief", type=Path, metavar="JSON", help="a brief's values, instead of a prompt")
    made.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="one value of the brief (repeatable)")


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from ..environments.landscape.brief import LandscapeBrief
    from ..environments.landscape.prompt import read_prompt

    return make(host, options, LandscapeBrief, read_prompt)
