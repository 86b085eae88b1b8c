"""The one way our own processes end."""

from __future__ import annotations

import os
import sys
from typing import NoReturn


def end(code: int) -> NoReturn:
    """Flushes and leaves at once, without Python's own clean-up.

    Blender as a Python module can hang or crash there: with classes registered, after a glTF export, or with torch loaded.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # nobody reads any more
            continue
    os._exit(code)
