"""``worldwright creature "a black wolf" -o wolf.blend``: a rigged, animated animal from a prompt or a brief."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from .making import declare, make

if TYPE_CHECKING:
    from ..cli import Host


def add(command: Callable) -> None:
    """Declares the verb."""
    declare(command, "creature", run, "Make a rigged, animated creature from a prompt or a brief.")


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from ..creatures.brief import CreatureBrief
    from ..creatures.prompt import read_prompt

    return make(host, options, CreatureBrief, read_prompt)
