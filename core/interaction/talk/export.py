"""A dialogue beside the file of its character: JSON for the engine's logic, and a WAV of each line."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ...crossmodal.sound import write_wav
from ...errors import WorldwrightError


def write_beside(target: Path, dialogues: Sequence[dict], samples: Sequence[np.ndarray], rates: Sequence[int]) -> list[Path]:
    """Writes ``NAME.dialogue.json`` beside the file ``target`` (a .json target is itself the dialogue) and the lines' sounds.

    ``samples``: (n,) int16 of every line of all dialogues, in their order. Returns what was written. Raises WorldwrightError.
    """
    lines = [line for dialogue in dialogues for line in dialogue["lines"]]
    written = []
    for line, sound, rate in zip(lines, samples, rates, strict=True):
        if line["sound"]:
            written.append(target.with_name(Path(line["sound"]).name))
            write_wav(written[-1], sound, rate)
    path = target if target.suffix == ".json" else target.with_name(f"{target.stem}.dialogue.json")
    partial = path.with_name(path.name + ".part")
    value = dialogues[0] if len(dialogues) == 1 else list(dialogues)
    try:
        partial.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise WorldwrightError(f"“{path}” cannot be written: {error.strerror}.") from error
    return [*written, path]
