"""The taxonomy as Blender's asset catalogues."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

from ..errors import WorldwrightError
from .taxonomy import GROUPS, LEAVES

CATALOGUE = "blender_assets.cats.txt"


def catalogue_id(group: str, leaf: str = "") -> str:
    """The catalogue of a leaf: the same id in every library, so that libraries can be joined (UUID 5 of its path)."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"worldwright:{group}/{leaf}"))


def write_catalogue(folder: Path) -> Path:
    """Adds the taxonomy's catalogues to ``blender_assets.cats.txt`` in ``folder``; what is there already stays as it is."""
    path = folder / CATALOGUE
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else ["VERSION 1", ""]
    known = {line.partition(":")[0] for line in lines}
    wanted = [(catalogue_id(group), group, group) for group in GROUPS]
    wanted += [(catalogue_id(leaf.group, leaf.name), f"{leaf.group}/{leaf.name}", leaf.name) for leaf in LEAVES.values()]
    lines += [f"{number}:{place}:{name}" for number, place, name in wanted if number not in known]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + ".part")
        partial.write_text("\n".join(lines) + "\n", encoding="utf-8")
        os.replace(partial, path)
    except OSError as error:
        raise WorldwrightError(f"“{path}” cannot be written: {error.strerror}.", "Choose another folder.") from error
    return path
