"""Dataclasses to bytes and back: JSON text plus a dict of arrays, as sent between Blender and the worker.

Only the types listed in ``TYPES`` are ever built; arrays travel in an ``.npz`` read with ``allow_pickle=False``. A dataclass
reached twice is written once and comes back as one object, so shared meshes and materials stay shared.
"""

from __future__ import annotations

import dataclasses
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from . import scene
from .annotation.annotation import Annotation, LabelScore
from .cloud import PointCloud
from .errors import WorldwrightError

TYPES = {
    type_.__name__: type_
    for type_ in (
        scene.Texture, scene.Material, scene.Skin, scene.Mesh, scene.Skeleton, scene.Clip, scene.Light, scene.Camera,
        scene.Instances, scene.World, scene.Node, scene.Report, scene.Scene, PointCloud, Annotation, LabelScore,
    )
}


def encode(value: Any) -> tuple[str, dict[str, np.ndarray]]:
    """JSON text and the arrays it refers to. Raises TypeError for a value that is no JSON, array or type of ``TYPES``."""
    arrays: dict[str, np.ndarray] = {}
    seen: dict[int, int] = {}
    kept_alive: list[Any] = []

    def walk(item: Any) -> Any:
        if item is None or isinstance(item, (bool, int, float, str)):
            return item
        if isinstance(item, np.generic):
            return item.item()
        if isinstance(item, np.ndarray):
            key = f"a{len(arrays)}"
            arrays[key] = item
            return {"$array": key}
        if isinstance(item, tuple):
            return {"$tuple": [walk(part) for part in item]}
        if isinstance(item, list):
            return [walk(part) for part in item]
        if isinstance(item, dict):
            return {"$dict": [[walk(key), walk(part)] for key, part in item.items()]}
        if type(item).__name__ in TYPES and dataclasses.is_dataclass(item):
            if id(item) in seen:
                return {"$same": seen[id(item)]}
            seen[id(item)] = number = len(seen)
            kept_alive.append(item)
            fields = {field.name: walk(getattr(item, field.name)) for field in dataclasses.fields(item)}
            return {"$type": type(item).__name__, "$number": number, "fields": fields}
        raise TypeError(f"cannot encode {type(item).__name__}")

    return json.dumps(walk(value)), arrays


def decode(text: str, arrays: dict[str, np.ndarray]) -> Any:
    """The value ``encode`` was given. Raises WorldwrightError when the text names an unknown type or array."""
    built: dict[int, Any] = {}

    def walk(item: Any) -> Any:
        if isinstance(item, list):
            return [walk(part) for part in item]
        if not isinstance(item, dict):
            return item
        if "$array" in item:
            return arrays[item["$array"]]
        if "$tuple" in item:
            return tuple(walk(part) for part in item["$tuple"])
        if "$dict" in item:
            return {walk(key): walk(part) for key, part in item["$dict"]}
        if "$same" in item:
            return built[item["$same"]]
        value = TYPES[item["$type"]](**{name: walk(part) for name, part in item["fields"].items()})
        built[item["$number"]] = value
        return value

    try:
        return walk(json.loads(text))
    except (KeyError, TypeError, ValueError) as error:
        raise WorldwrightError("The data is damaged or was written by another version of Worldwright.") from error


def save(path: str | Path, value: Any) -> None:
    """Writes ``value`` as one ``.npz``, whole or not at all: a temporary file is renamed over the target."""
    text, arrays = encode(value)
    target = Path(path)
    partial = target.with_name(target.name + ".part")
    try:
        with open(partial, "wb") as file:
            np.savez(file, **{"$json": np.frombuffer(text.encode(), np.uint8)}, **arrays)
        os.replace(partial, target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise WorldwrightError(f"“{target}” could not be written: {error.strerror or error}.", "Choose another folder.") from error


def load(path: str | Path) -> Any:
    """Reads what ``save`` wrote. Raises WorldwrightError when it is not such a file."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays = {key: archive[key] for key in archive.files}
            text = bytes(arrays.pop("$json")).decode()
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise WorldwrightError(f"“{Path(path).name}” is not a Worldwright data file.") from error
    return decode(text, arrays)
