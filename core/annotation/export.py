"""Annotations written for other programs: JSON, CSV, COCO, USD, by one call."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ..errors import WorldwrightError
from ..progress import Progress, silent
from ..scene import Mesh
from .annotation import Annotation

KINDS = ("json", "csv", "coco", "usd")


def export(kind: str, path: Path, meshes: list[Mesh], found: list[Annotation], progress: Progress = silent) -> int:
    """Writes ``found``, of ``meshes``, and returns how many; ``path`` is a folder for "coco". Raises WorldwrightError."""
    progress(0.0, "Writing the annotations")
    if kind == "csv":
        from .tables import row_of, write_table

        return write_table(path, (row_of(annotation.to_dict()) for annotation in found))
    if kind == "coco":
        from .coco import CocoFile

        coco = CocoFile(path)
        coco.add(path.name, meshes, found)
        coco.save()
    elif kind == "usd":
        from .usd import write_usd

        write_usd(path, meshes, found)
    elif kind == "json":
        partial = path.with_name(path.name + ".part")
        try:
            values = [annotation.to_dict() for annotation in found]
            partial.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
            os.replace(partial, path)
        except OSError as error:
            raise WorldwrightError(f"“{path}” cannot be written: {error.strerror}.", "Choose another folder or name.") from error
    else:
        raise WorldwrightError(f"Annotations cannot be written as “{kind}”.", f"Known are {', '.join(KINDS)}.")
    return len(found)
