"""Presets: briefs worth starting from, one JSON file each; and people drawn within limits."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import WorldwrightError
from . import chance
from .brief import CharacterBrief

FOLDER = Path(__file__).with_name("presets")


def names(own: Path | None = None) -> list[str]:
    """Names of our presets, then of the user's own in the folder ``own``."""
    return [path.stem for folder in (FOLDER, own) if folder and folder.is_dir() for path in sorted(folder.glob("*.json"))]


def load(name: str, own: Path | None = None) -> CharacterBrief:
    """The preset's brief, a user's own before ours. Raises WorldwrightError when there is none or it is damaged."""
    for folder in (own, FOLDER):
        if folder and (folder / f"{name}.json").is_file():
            try:
                return CharacterBrief.from_dict(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))
            except (ValueError, OSError, TypeError) as error:
                raise WorldwrightError(f"The preset “{name}” is damaged.", "Delete its file, or save it anew.") from error
    raise WorldwrightError(f"There is no preset “{name}”.", f"Known are: {', '.join(names(own))}.")


def save(name: str, brief: CharacterBrief, own: Path) -> Path:
    """Writes a preset of the user's into the folder ``own``; only what differs from the defaults. Raises WorldwrightError."""
    clean = re.sub(r"[^\w -]", "", name).strip()
    if not clean:
        raise WorldwrightError("The preset needs a name.", "Use letters and digits.")
    usual = CharacterBrief().to_dict()
    values = {key: value for key, value in brief.to_dict().items() if value != usual[key] and key != "seed"}
    try:
        own.mkdir(parents=True, exist_ok=True)
        path = own / f"{clean}.json"
        path.write_text(json.dumps(values, indent=1, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise WorldwrightError(f"The preset cannot be saved: {error.strerror}.") from error
    return path


def random_brief(seed: int, limits: dict[str, tuple[float, float]] | None = None) -> CharacterBrief:
    """A person at random; ``limits``: parameter -> lowest and highest value. Raises WorldwrightError for unknown parameters."""
    rng = np.random.default_rng(seed)
    fields = {field.name: field.metadata for field in dataclasses.fields(CharacterBrief)}
    said: dict[str, Any] = {}
    limits = limits or {}
    for name, (low, high) in sorted(limits.items()):
        if name not in fields or "low" not in fields[name]:
            raise WorldwrightError(
                f"“{name}” has no limits.", "Limits can be set for numbers such as age, height, weight or skin_tone."
            )
        if low > high:
            raise WorldwrightError(f"The limits of “{name}” are the wrong way round.", "Swap the two.")
        value = low + (high - low) * float(rng.random())
        said[name] = round(min(max(value, fields[name]["low"]), fields[name]["high"]), 4)
    if "gender" in said:
        said["gender"] = float(round(said["gender"])) if limits["gender"] == (0.0, 1.0) else said["gender"]
    drawn, _ = chance.draw(said, rng)
    known = {key: value for key, value in {**drawn, **said}.items() if key in fields}
    return CharacterBrief.from_dict(known | {"seed": seed})
