"""``worldwright crowd "40 people in winter clothes" -o crowd.blend``: many different people, and who they are."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from .making import declare, make

if TYPE_CHECKING:
    from ..cli import Host


def add(command: Callable) -> None:
    """Declares the verb."""
    declare(command, "crowd", run, "Make many different people who share materials and skeleton, with a report of who was made.")


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from ..characters.crowd import CrowdBrief, read_prompt

    return make(host, options, CrowdBrief, read_prompt)
