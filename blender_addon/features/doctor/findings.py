"""What the Doctor looks at. Every look is instant, except with ``wait``."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import bpy

from ... import core, runtime

OLDEST_BLENDER = (4, 5, 0)
ROOM_NEEDED = 500_000_000  # bytes of free space for temporary files


@dataclass(frozen=True)
class Finding:
    """One sentence; whether all is ``well``; and the operator that cures it, or ""."""

    sentence: str
    well: bool = True
    cure: str = ""


def examine(wait: bool = False) -> list[Finding]:
    """All findings; ``wait`` blocks until PyTorch has been looked for."""
    return [*_torch(wait), *_shipped(), *_disk(), _blender()]


def _torch(wait: bool) -> list[Finding]:
    found = runtime.status(wait)
    if found is None:
        return [Finding("Looking for PyTorch …")]
    if found.problem:
        chosen = found.origin == "preferences"
        cure = "worldwright.open_preferences" if chosen else "worldwright.install_runtime"
        return [
            Finding(found.problem, False, cure),
            Finding("Points, Character, Environment and Export work without PyTorch; Annotate needs it."),
        ]
    where = {"preferences": "the preferences' Python", "installed": "Worldwright's own environment", "Blender": "Blender's Python"}
    return [Finding(f"PyTorch {found.versions['torch']} in {where[found.origin]} ({found.versions['python']}).")]


def _shipped() -> list[Finding]:
    folder = Path(core.__file__).parent
    missing = [
        name for name, there in (
            ("the annotator's weights", any((folder / "weights").glob("*.safetensors"))),
            ("the body data", (folder / "characters" / "body.npz").exists()),
        ) if not there
    ]  # fmt: skip
    return [Finding(f"This copy of Worldwright lacks {name}; install the extension's zip again.", False) for name in missing]


def _disk() -> list[Finding]:
    folder = bpy.app.tempdir
    if not os.access(folder, os.W_OK):
        return [Finding(f"The temporary folder “{folder}” cannot be written; choose another in Preferences › File Paths.", False)]
    free = shutil.disk_usage(folder).free
    if free < ROOM_NEEDED:
        return [Finding(f"Only {free / 1e6:,.0f} MB are free for temporary files; large scenes may fail.", False)]
    return []


def _blender() -> Finding:
    version = ".".join(map(str, bpy.app.version[:2]))
    if bpy.app.version < OLDEST_BLENDER:
        return Finding(f"Blender {version} is too old; Worldwright needs 4.5 or newer.", False)
    return Finding(f"Blender {version}, Worldwright {core.__version__}.")
