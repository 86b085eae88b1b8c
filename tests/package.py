"""The packaged extension, for the tests that install it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def extension_zip() -> Path:
    """The packaged extension; packaged anew when a source file is younger."""
    sources = [path for folder in ("blender_addon", "core") for path in (ROOT / folder).rglob("*") if path.suffix != ".pyc"]
    newest = max(path.stat().st_mtime for path in sources if path.is_file())
    found = sorted((ROOT / "dist").glob("worldwright-*.zip"))
    if not found or found[-1].stat().st_mtime < newest:
        subprocess.run([sys.executable, ROOT / "build.py", "package"], check=True, stdout=subprocess.DEVNULL)
        found = sorted((ROOT / "dist").glob("worldwright-*.zip"))
    return found[-1]
