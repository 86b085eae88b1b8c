"""What lies beside an exported model: the dialogue of characters that talk with its sounds, and how annotated materials feel."""

from __future__ import annotations

import io
import json
import wave
from collections.abc import Iterable
from pathlib import Path

import bpy
import numpy as np

from ..core.annotation.materials import MATERIALS
from ..core.interaction.haptics import haptics_of, write_haptics
from ..core.interaction.talk.export import write_beside
from ..writing.annotations import PROPERTY
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


def write_feel(objects: Iterable[bpy.types.Object], folder: Path) -> list[str]:
    """Writes how the materials that annotations name feel into ``folder``, and ``objects.json``: object -> slot -> material.

    Returns the names of the files; none where nothing is annotated.
    """
    found: dict[str, dict[str, str]] = {}
    for thing in objects:
        try:
            slots = json.loads(thing.get(PROPERTY, "{}")).get("materials", [])
            named = {str(slot["slot"]): slot["material"] for slot in slots if slot["material"] in MATERIALS}
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
        if named:
            found[thing.name] = named
    if not found:
        return []
    written = [path for name in sorted({name for slots in found.values() for name in slots.values()})
               for path in write_haptics(folder, haptics_of(name))]  # fmt: skip
    (folder / "objects.json").write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    return [path.name for path in written] + ["objects.json"]


def _sound(name: str) -> bpy.types.Sound | None:
    sound = bpy.data.sounds.get(name)
    return sound if sound is not None and sound.packed_file is not None else None


def _samples(sound: bpy.types.Sound) -> tuple[np.ndarray, int]:
    """(n,) int16 of a packed sound of ours, and its samples a second."""
    with wave.open(io.BytesIO(sound.packed_file.data), "rb") as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2"), file.getframerate()
