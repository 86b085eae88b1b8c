"""Annotations as a table: one object a row, for spreadsheets and scripts."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path

from ..errors import WorldwrightError

COLUMNS = (
    "file", "object", "label", "group", "confidence", "second", "second_confidence", "third", "third_confidence", "caption", "tags",
    "width_m", "depth_m", "height_m", "triangles", "closed", "open_edges", "missing_uvs", "volume_m3", "mass_kg", "symmetry",
    "stands", "facing", "materials", "parts", "evidence", "warnings", "model",
)  # fmt: skip


def row_of(annotation: dict, file: str = "") -> dict[str, object]:
    """One row: ``annotation`` as ``Annotation.to_dict`` gives it. Lists are joined by “; ”."""
    facts = annotation["facts"]
    others = [score for score in annotation["top"] if score["label"] != annotation["label"]][:2]
    row: dict[str, object] = {name: annotation[name] for name in ("label", "group", "caption", "model")}
    row |= {"file": file, "object": annotation["name"], "confidence": round(annotation["confidence"], 4)}
    for name, score in zip(("second", "third"), others, strict=False):
        row |= {name: score["label"], f"{name}_confidence": round(score["score"], 4)}
    row |= dict(zip(("width_m", "depth_m", "height_m"), facts.get("size_m", ()), strict=False))
    measured = ("triangles", "closed", "open_edges", "missing_uvs", "volume_m3", "mass_kg", "symmetry", "stands", "facing")
    row |= {name: facts[name] for name in measured if facts.get(name) is not None}
    row["materials"] = "; ".join(f"{slot['slot']}: {slot['material']}" for slot in annotation["materials"] if slot["material"])
    row["evidence"] = "; ".join(f"{name} {share:.0%}" for name, share in annotation["evidence"].items())
    return row | {
        name: "; ".join(annotation[key]) for name, key in (("tags", "tags"), ("parts", "part_names"), ("warnings", "warnings"))
    }


def write_table(path: Path, rows: Iterable[dict[str, object]]) -> int:
    """Writes rows of ``row_of`` as CSV (UTF-8 with a mark, so that spreadsheets read it), whole or not at all; how many.

    A text that a spreadsheet would take for a formula gets a leading apostrophe. Raises WorldwrightError.
    """
    partial, count = path.with_name(path.name + ".part"), 0
    try:
        with open(partial, "w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, restval="")
            writer.writeheader()
            for row in rows:
                writer.writerow({name: _plain(value) for name, value in row.items()})
                count += 1
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise WorldwrightError(f"“{path}” cannot be written: {error.strerror}.", "Choose another folder or name.") from error
    return count


def _plain(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") and value != "-Y" else value
