"""Blender's command line: the console script ``worldwright``, and ``blender --command worldwright``."""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from .core import cli
from .ending import end


def main() -> None:
    """The console script."""
    with quiet() as (out, err):
        if importlib.util.find_spec("bpy") is None:  # the command still does what needs no Blender
            code = cli.main(cli.Host(out, err))
        else:
            try:
                code = run(sys.argv[1:], out, err)
            except Exception as error:
                print(f"Worldwright cannot start: {type(error).__name__}: {error}.", file=err)
                code = 1
    end(code)


@contextmanager
def quiet() -> Iterator[tuple[TextIO, TextIO]]:
    """The terminal's stdout and stderr for ourselves alone: Blender and its add-ons talk a lot, and are not heard.

    Settings come from the factory, never from this user's Blender: the same command gives the same result everywhere. So
    Blender must be imported within.
    """
    out, err = (os.fdopen(os.dup(number), "w", encoding="utf-8") for number in (1, 2))
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 (open until the process ends)
    with tempfile.TemporaryDirectory(prefix="worldwright-", ignore_cleanup_errors=True) as folder:
        os.environ["BLENDER_USER_RESOURCES"] = folder
        yield out, err
    for stream in (out, err):
        try:
            stream.flush()
        except OSError:  # nobody reads any more
            continue


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
