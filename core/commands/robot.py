"""``worldwright robot "a rusty yellow loader" -o robot.blend``: a rigged robot from a prompt or a brief."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from .making import declare, make

if TYPE_CHECKING:
    from ..cli import Host


def add(command: Callable) -> None:
    """Declares the verb."""
    declare(command, "robot", run, "Make a rigged, animated robot from a prompt or a brief.")


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from ..robots.brief import RobotBrief
    from ..robots.prompt import read_prompt

    return make(host, options, RobotBrief, read_prompt)
