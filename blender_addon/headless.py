"""Blender's command line: the console script ``worldwright``, and ``blender --command worldwright``."""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from .core import cli
from .ending import end


def main() -> None:
    """The console script."""
    with console() as (out, err):
        if importlib.util.find_spec("bpy") is None:  # the command still does what needs no Blender
            code = cli.main(cli.Host(out, err))
        else:
            code = run(sys.argv[1:], out, err)
    end(code)


def command(arguments: list[str]) -> int:
    """``blender --command worldwright ARGUMENTS``; Blender exits with what this returns."""
    with quiet() as (out, err):
        return run(arguments, out, err)


def run(arguments: list[str], out: TextIO, err: TextIO) -> int:
    """Runs one command in this Blender and returns its exit code."""
    try:
        from . import job
        from .blender_host import BlenderHost
    except ImportError as error:
        print(f"Worldwright cannot start: {error}.", file=err)
        return 1
    try:
        return cli.main(BlenderHost(out, err), arguments)
    finally:
        job.end_worker()


@contextmanager
def console() -> Iterator[tuple[TextIO, TextIO]]:
    """``quiet``, with the factory's settings instead of this user's: a command gives the same result everywhere.

    Blender must be imported within.
    """
    with quiet() as streams, tempfile.TemporaryDirectory(prefix="worldwright-", ignore_cleanup_errors=True) as folder:
        os.environ["BLENDER_USER_RESOURCES"] = folder
        yield streams


@contextmanager
def quiet() -> Iterator[tuple[TextIO, TextIO]]:
    """The process's stdout and stderr for ourselves alone: Blender and its add-ons talk a lot, and are not heard any more."""
    out, err = (os.fdopen(os.dup(number), "w", encoding="utf-8") for number in (1, 2))
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 (open until the process ends)
    yield out, err
    for stream in (out, err):
        try:
            stream.flush()
        except OSError:  # nobody reads any more
            continue
