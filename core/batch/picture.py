"""A small picture of an item's result for the contact sheet, drawn without a graphics card."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ..annotation.drawing import write_picture

if TYPE_CHECKING:
    from ..cli import Host

MODELS = (".glb", ".gltf", ".vrm", ".blend", ".fbx", ".obj", ".stl", ".usdz", ".usd")
UNSEEN = re.compile(r"_COL_|_NAV_|^UCX_|^NAV_|convcolonly|navmesh|_LOD\d")  # collision shapes and coarser levels
SIZE = 170  # pixels a side


def draw(host: Host, outputs: list[str], target: Path) -> str:
    """Draws the first of ``outputs`` that is a model, or holds one as a pack does, into ``target`` (.png).

    Returns the picture's path, or "" where there is nothing to see: a picture is no reason for an item to fail.
    """
    for output in outputs:
        model = _model(Path(output))
        if model is None:
            continue
        try:
            meshes, _ = host.read([model])
            shown = [mesh for mesh in meshes if not UNSEEN.search(mesh.name)]
            target.parent.mkdir(parents=True, exist_ok=True)
            write_picture(target, shown, SIZE)
        except Exception:  # whatever a reader has against the file: the next output may do
            continue
        if target.is_file():
            return str(target)
    return ""


def _model(path: Path) -> Path | None:
    """The file itself, or the model of a pack: the one that is named as short as any."""
    if path.is_dir():
        found = sorted((path / "meshes").glob("*.*"), key=lambda file: (len(file.name), file.name))
        return next((file for file in found if file.suffix in MODELS), None)
    return path if path.suffix.lower() in MODELS else None
