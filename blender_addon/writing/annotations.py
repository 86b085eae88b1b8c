"""Annotation → custom properties, a face attribute, and asset data where the artist wants the object in the asset browser."""

from __future__ import annotations

import dataclasses
import json

import bpy
import numpy as np

from ..core.annotation.annotation import UNKNOWN, Annotation, LabelScore
from ..core.annotation.catalogue import catalogue_id
from ..core.annotation.part_names import KIND_OF
from ..core.annotation.taxonomy import LEAVES
from ..core.errors import WorldwrightError
from .meshes import write_face_names

PROPERTY = "worldwright_annotation"  # custom property with the whole annotation, in JSON
EMBEDDING, MEANING = "worldwright_embedding", "worldwright_meaning"  # custom properties with the vectors of search
PART = "annotation_part"  # face attribute; what a generator wrote as “part” stays
WHY = "why"  # colour attribute
GROUP = "part: "  # beginning of the vertex groups' names


def write_annotation(
    target: bpy.types.Object, annotation: Annotation, mark_asset: bool = False, part_groups: bool = False
) -> None:
    """Writes what was read of an object onto it.

    Custom properties ``label``, ``label_confidence``, ``caption``, ``worldwright_annotation`` (JSON) and the vectors of search;
    on a mesh the face attributes ``label`` and, of things whose parts are known, ``annotation_part`` (with ``part_groups`` vertex
    groups too). Tags and description go to the asset data when the object is an asset already or ``mark_asset`` is true, and then
    an object without a catalogue gets its leaf's; author and licence stay as they are. Raises WorldwrightError, and writes
    nothing, when the object cannot be written to.
    """
    if target.library is not None or (target.data is not None and target.data.library is not None):
        raise WorldwrightError(f"“{target.name}” is linked from another file.", "Make it local to annotate it.")
    if target.mode == "EDIT":
        raise WorldwrightError(f"“{target.name}” is being edited.", "Leave Edit Mode to annotate it.")
    if target.type == "MESH":
        _write_faces(target.data, annotation.label)
        if annotation.part is not None and len(annotation.part) == len(target.data.polygons):  # not where modifiers add faces
            write_face_names(target.data, PART, annotation.part_names, annotation.part)
            if part_groups:
                _write_groups(target, annotation)
    for name, vector in ((EMBEDDING, annotation.embedding), (MEANING, annotation.meaning)):
        if vector is not None:
            target[name] = vector.astype(float).tolist()
    target["label"] = annotation.label
    target["label_confidence"] = float(annotation.confidence)
    target["caption"] = annotation.caption
    target[PROPERTY] = json.dumps(annotation.to_dict(), ensure_ascii=False)
    if mark_asset:
        target.asset_mark()
    if target.asset_data is not None:
        leaf = LEAVES.get(annotation.label)
        if mark_asset and leaf and not target.asset_data.catalog_simple_name:
            target.asset_data.catalog_id = catalogue_id(leaf.group, leaf.name)
        target.asset_data.description = annotation.caption
        for tag in annotation.tags:
            target.asset_data.tags.new(tag, skip_if_exists=True)


def correct_annotation(target: bpy.types.Object, label: str) -> None:
    """Puts the artist's own label on an annotated object, in place of what was read; its caption begins with it."""
    values = json.loads(target[PROPERTY])
    leaf = LEAVES.get(label)
    phrase = leaf.phrase if leaf else f"{'an' if label[0] in 'aeiou' else 'a'} {label}"
    if label == UNKNOWN:
        phrase = "an object that was not recognised"
    figures = values["caption"].partition(", about")
    values |= {"label": label, "confidence": 0.0 if label == UNKNOWN else 1.0, "group": leaf.group if leaf else "", "top": []}
    if label != UNKNOWN:
        values["top"] = [{"label": label, "score": 1.0}]
    values["caption"] = f"{phrase[0].upper()}{phrase[1:]}{figures[1]}{figures[2]}"
    values["tags"] = [] if label == UNKNOWN else list(dict.fromkeys([label, *((leaf.group, *leaf.tags) if leaf else ())]))
    values["tags"] += [slot["material"] for slot in values["materials"] if slot["material"] not in ("", *values["tags"])]
    values |= {"part_names": []} if label not in KIND_OF else {}
    if target.type == "MESH":
        _write_faces(target.data, label)
    target["label"], target["label_confidence"], target["caption"] = label, values["confidence"], values["caption"]
    target[PROPERTY] = json.dumps(values, ensure_ascii=False)
    if target.asset_data is not None:
        target.asset_data.description = values["caption"]
        for tag in values["tags"]:
            target.asset_data.tags.new(tag, skip_if_exists=True)


def read_annotation(thing: bpy.types.Object) -> Annotation:
    """What was written of an annotated object, with its faces' parts where they are still those of its mesh."""
    values = json.loads(thing[PROPERTY])
    top = [LabelScore(**score) for score in values.pop("top")]
    known = {field.name for field in dataclasses.fields(Annotation)}
    found = Annotation(**{name: value for name, value in values.items() if name in known}, top=top)
    found.name = thing.name
    layer = thing.data.attributes.get(PART) if thing.type == "MESH" else None
    if layer is not None and found.part_names and layer.domain == "FACE":
        found.part = np.empty(len(layer.data), np.int32)
        layer.data.foreach_get("value", found.part)
    return found


def read_entry(thing: bpy.types.Object) -> dict:
    """What search needs of an annotated object: the values of ``core.annotation.search.Entry``."""
    values = json.loads(thing[PROPERTY])
    vectors = {"embedding": thing.get(EMBEDDING), "meaning": thing.get(MEANING)}
    found = {name: None if vector is None else np.array(vector, np.float32) for name, vector in vectors.items()}
    return {"name": thing.name, "label": values["label"], "caption": values["caption"], "tags": values["tags"]} | found


def write_why(target: bpy.types.Object, importance: np.ndarray) -> None:
    """Paints ``importance`` (V,) in 0..1 as the colour attribute ``why``, from blue over white to red, and shows it.

    Raises WorldwrightError when the object's own vertices are others than those that were read.
    """
    mesh = target.data
    if len(importance) != len(mesh.vertices):
        raise WorldwrightError(f"“{target.name}” has modifiers that change its vertices.", "Apply them to see why.")
    strength = np.clip(importance, 0, 1)[:, None]
    low, middle, high = np.array([0.05, 0.15, 0.7]), np.array([0.85, 0.85, 0.85]), np.array([0.85, 0.05, 0.02])
    rgb = np.where(strength < 0.5, low + (middle - low) * strength * 2, middle + (high - middle) * (strength * 2 - 1))
    layer = mesh.color_attributes.get(WHY) or mesh.color_attributes.new(WHY, "FLOAT_COLOR", "POINT")
    layer.data.foreach_set("color", np.c_[rgb, np.ones(len(rgb))].astype(np.float32).ravel())
    mesh.color_attributes.active_color = layer


def surest(owners: list[str], annotations: list[Annotation]) -> dict[str, Annotation]:
    """Of each object the annotation with the highest confidence; ``owners`` names the object of each annotation."""
    best: dict[str, Annotation] = {}
    for owner, annotation in zip(owners, annotations, strict=True):
        if owner not in best or annotation.confidence > best[owner].confidence:
            best[owner] = annotation
    return best


def _write_groups(target: bpy.types.Object, annotation: Annotation) -> None:
    """One vertex group a part; those of an earlier annotation are replaced, the artist's own stay."""
    for group in [group for group in target.vertex_groups if group.name.startswith(GROUP)]:
        target.vertex_groups.remove(group)
    mesh = target.data
    corner = np.empty(len(mesh.loops), np.int32)
    mesh.loops.foreach_get("vertex_index", corner)
    sizes = np.empty(len(mesh.polygons), np.int32)
    mesh.polygons.foreach_get("loop_total", sizes)
    part = np.repeat(annotation.part, sizes)
    for number, name in enumerate(annotation.part_names):
        vertices = np.unique(corner[part == number])
        if len(vertices):
            target.vertex_groups.new(name=f"{GROUP}{name}").add(vertices.tolist(), 1.0, "REPLACE")


def _write_faces(mesh: bpy.types.Mesh, label: str) -> None:
    index = np.full(len(mesh.polygons), -1 if label == UNKNOWN else 0, np.int32)
    write_face_names(mesh, "label", [] if label == UNKNOWN else [label], index)
