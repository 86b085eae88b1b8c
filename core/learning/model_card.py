"""What is known of a trained model: one JSON file beside its weights, and the same as a page of Markdown for people."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from typing import Any

from ..errors import WorldwrightError


@dataclass
class DataSource:
    """Where examples came from. ``licence`` as an SPDX name, or "own"."""

    source: str
    licence: str
    count: int


@dataclass
class ModelCard:
    """``task``: what the model is for ("annotate"); ``classes`` in the order of its outputs; ``curves`` one entry an epoch;
    ``parent``: the model it was trained from, as "name@version"; ``made``: day of training, ISO 8601."""

    name: str
    task: str
    classes: list[str] = field(default_factory=list)
    data: list[DataSource] = field(default_factory=list)
    seed: int = 0
    settings: dict[str, Any] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)
    curves: list[dict[str, Any]] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)
    parent: str = ""
    made: str = ""

    def to_json(self) -> str:
        """JSON text."""
        return json.dumps(dataclasses.asdict(self), indent=1, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> ModelCard:
        """The card of such a text; keys it does not know are left out. Raises WorldwrightError when it is no card."""
        try:
            values = json.loads(text)
            known = {name.name: values[name.name] for name in dataclasses.fields(cls) if name.name in values}
            known["data"] = [DataSource(**source) for source in known.get("data", [])]
            return cls(**known)
        except (ValueError, TypeError, AttributeError) as error:
            raise WorldwrightError(
                "The model's card cannot be read.", "Import the model again from its safetensors file."
            ) from error

    def to_markdown(self) -> str:
        """The card as a page."""
        lines = [
            f"# {self.name}",
            "",
            f"Task: {self.task}. Seed {self.seed}." + (f" Trained from {self.parent}." if self.parent else ""),
        ]
        if self.classes:
            lines += ["", f"{len(self.classes)} classes: {', '.join(self.classes)}."]
        lines += ["", "## Scores", "", *(f"- {name}: {value:.4g}" for name, value in self.scores.items())]
        lines += ["", "## Data", "", "| source | licence | models |", "|---|---|---|"]
        lines += [f"| {source.source} | {source.licence} | {source.count} |" for source in self.data]
        lines += ["", "## Settings", "", *(f"- {name}: {value}" for name, value in self.settings.items())]
        if self.curves:
            columns = list(self.curves[0])
            lines += ["", "## Curve", "", f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
            lines += [f"| {' | '.join(_cell(entry.get(column)) for column in columns)} |" for entry in self.curves]
        if self.limits:
            lines += ["", "## Limits", "", *(f"- {limit}" for limit in self.limits)]
        return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else "–" if value is None else str(value)
