"""People drawn at random within limits."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from ..errors import WorldwrightError
from . import chance
from .brief import CharacterBrief


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
