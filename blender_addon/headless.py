"""Blender's command line: the console script ``worldwright``, and ``blender --command worldwright``."""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from typing import Any

from .core import cli
from .ending import end


def main() -> None:
    """The console script. Blender talks a lot; only what the command has to say reaches the terminal."""
    out, err = (os.fdopen(os.dup(number), "w", encoding="utf-8") for number in (1, 2))
    if importlib.util.find_spec("bpy") is None:  # the command still does what needs no Blender
        code = cli.main(cli.Host(out, err))
    else:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 (open until the end)
        # Settings come from the factory, never from this user's Blender: the same command gives the same result everywhere.
        with tempfile.TemporaryDirectory(prefix="worldwright-", ignore_cleanup_errors=True) as folder:
            os.environ["BLENDER_USER_RESOURCES"] = folder
            code = run(sys.argv[1:], out, err)
    out.flush()
    err.flush()
    end(code)


def command(arguments: list[str]) -> int:
    """``blender --command worldwright ARGUMENTS``; Blender exits with what this returns."""
    return run(arguments, sys.stdout, sys.stderr)


def run(arguments: list[str], out: Any, err: Any) -> int:
    """Runs one command in this Blender and returns its exit code."""
    from . import job
    from .blender_host import BlenderHost

    try:
        return cli.main(BlenderHost(out, err), arguments)
    finally:
        job.end_worker()
