"""``worldwright home "a two-bedroom flat, 70 m²" -o flat.blend``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from .making import declare, make

if TYPE_CHECKING:
    from ..cli import Host


def add(command: Callable) -> None:
    """Declares the verb."""
    declare(command, "home", run, "Make a furnished home of several rooms from a prompt or a brief.")


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from ..environments.home.brief import HomeBrief
    from ..environments.home.prompt import read_prompt

    return make(host, options, HomeBrief, read_prompt)
