"""Annotation → custom properties, a face attribute, and asset data where the artist wants the object in the asset browser."""

from __future__ import annotations

import json

import bpy
import numpy as np

from ..core.annotation.annotation import UNKNOWN, Annotation
from ..core.errors import WorldwrightError
from .meshes import write_face_names

PROPERTY = "worldwright_annotation"  # custom property with the whole annotation, in JSON


def write_annotation(target: bpy.types.Object, annotation: Annotation, mark_asset: bool = False) -> None:
    """Writes what was read of an object onto it.

    Custom properties ``label``, ``label_confidence``, ``caption`` and ``worldwright_annotation`` (JSON), and on a mesh the face
    attribute ``label``. Tags and description go to the asset data when the object is an asset already or ``mark_asset``
    is true; author, licence and catalogue stay as they are. Raises WorldwrightError, and writes nothing, when the object
    cannot be written to.
    """
    if target.library is not None or (target.data is not None and target.data.library is not None):
        raise WorldwrightError(f"“{target.name}” is linked from another file.", "Make it local to annotate it.")
    if target.mode == "EDIT":
        raise WorldwrightError(f"“{target.name}” is being edited.", "Leave Edit Mode to annotate it.")
    if target.type == "MESH":
        _write_faces(target.data, annotation.label)
    target["label"] = annotation.label
    target["label_confidence"] = float(annotation.confidence)
    target["caption"] = annotation.caption
    target[PROPERTY] = json.dumps(annotation.to_dict(), ensure_ascii=False)
    if mark_asset:
        target.asset_mark()
    if target.asset_data is not None:
        target.asset_data.description = annotation.caption
        for tag in annotation.tags:
            target.asset_data.tags.new(tag, skip_if_exists=True)


def surest(owners: list[str], annotations: list[Annotation]) -> dict[str, Annotation]:
    """Of each object the annotation with the highest confidence; ``owners`` names the object of each annotation."""
    best: dict[str, Annotation] = {}
    for owner, annotation in zip(owners, annotations, strict=True):
        if owner not in best or annotation.confidence > best[owner].confidence:
            best[owner] = annotation
    return best


def _write_faces(mesh: bpy.types.Mesh, label: str) -> None:
    index = np.full(len(mesh.polygons), -1 if label == UNKNOWN else 0, np.int32)
    write_face_names(mesh, "label", [] if label == UNKNOWN else [label], index)
