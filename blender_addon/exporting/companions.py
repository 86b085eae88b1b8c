"""What lies beside an exported model: the dialogue of characters that talk, with its sounds."""

from __future__ import annotations

import io
import json
import wave
from collections.abc import Iterable
from pathlib import Path

import bpy
import numpy as np

from ..core.interaction.talk.export import write_beside
from ..writing.talking import DIALOGUE


def write_companions(objects: Iterable[bpy.types.Object], target: Path) -> list[str]:
    """Writes them beside the file ``target``. Returns the names of the files; none where no character talks."""
    dialogues, samples, rates = [], [], []
    for face in objects:
        try:
            dialogue = json.loads(face.get(DIALOGUE, ""))
            lines = [line for line in dialogue["lines"] if _sound(line["sound"]) is not None]
        except (ValueError, KeyError, TypeError):
            continue
        dialogues.append({**dialogue, "lines": lines})
        for line in lines:
            sound, rate = _samples(_sound(line["sound"]))
            samples.append(sound)
            rates.append(rate)
    if not dialogues:
        return []
    return [path.name for path in write_beside(target, dialogues, samples, rates)]


def _sound(name: str) -> bpy.types.Sound | None:
    sound = bpy.data.sounds.get(name)
    return sound if sound is not None and sound.packed_file is not None else None


def _samples(sound: bpy.types.Sound) -> tuple[np.ndarray, int]:
    """(n,) int16 of a packed sound of ours, and its samples a second."""
    with wave.open(io.BytesIO(sound.packed_file.data), "rb") as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2"), file.getframerate()
