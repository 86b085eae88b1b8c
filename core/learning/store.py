"""Point clouds of a library on disk, as arrays that are mapped and never loaded whole. numpy only: Blender writes them too.

A store is a folder: ``positions.bin`` (n, P, 3) float16 in the unit sphere, ``normals.bin`` int8 times 1/127, ``colors.bin`` uint8
sRGB, ``has_color.bin``, rows one after another, and ``clouds.json``, which is written last and says what each row is. Training
touches a batch at a time, so that the memory it needs does not grow with the library.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from ..errors import WorldwrightError
from ..scene import Mesh
from ..spatial.inputs import cloud_arrays

POINTS = 2048
FORMAT = 1
INDEX = "clouds.json"
ARRAYS = {"positions": (np.float16, 3), "normals": (np.int8, 3), "colors": (np.uint8, 3), "has_color": (np.bool_, 0)}


@dataclass
class Cloud:
    """What a row is. ``label`` "" where it has none; ``split`` "train", "held" (validation), or "" where chance decides;
    ``origin`` names the file or the object it came from, ``digest`` its content."""

    name: str
    label: str = ""
    author: str = ""
    licence: str = ""
    split: str = ""
    origin: str = ""
    digest: str = ""


@dataclass
class Index:
    """``clouds`` in the order of the rows, ``points`` in each; ``warnings`` what was left out and why; ``key`` its source."""

    clouds: list[Cloud] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    key: str = ""
    points: int = POINTS


class StoreWriter:
    """Writes a store, row after row; use as a context. Raises WorldwrightError where the disk is full or read-only."""

    def __init__(self, folder: Path, points: int = POINTS, key: str = "") -> None:
        self.folder, self.points = Path(folder), points
        self.index = Index(key=key, points=points)
        self._first: dict[str, Cloud] = {}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / INDEX).unlink(missing_ok=True)  # an old store is none any more
            self._files = {name: open(self.folder / f"{name}.bin", "wb") for name in ARRAYS}  # noqa: SIM115 (until close)
        except OSError as error:
            raise full(self.folder, error) from error

    def __enter__(self) -> StoreWriter:
        return self

    def __exit__(self, kind: type | None, *_: object) -> None:
        if kind is None:
            self.close()
        for file in self._files.values():
            file.close()

    def add(self, meshes: list[Mesh], cloud: Cloud, seed: int = 0) -> bool:
        """Samples ``meshes`` as one thing and keeps it. What cannot be sampled, or is already there, is left out with a warning."""
        try:
            arrays = cloud_arrays(meshes, seed, self.points)
        except WorldwrightError as error:
            self.index.warnings.append(f"“{cloud.origin or cloud.name}” was left out: {error.sentence}")
            return False
        return self.add_arrays(arrays, cloud)

    def add_arrays(self, arrays: dict[str, np.ndarray], cloud: Cloud) -> bool:
        """Keeps what ``spatial.inputs.cloud_arrays`` gave."""
        cloud.digest = cloud.digest or hashlib.sha256(arrays["positions"].tobytes() + arrays["colors"].tobytes()).hexdigest()[:24]
        if not self._is_new(cloud):
            return False
        scaled = {"positions": arrays["positions"], "normals": np.round(arrays["normals"] * 127),
                  "colors": np.round(arrays["colors"] * 255), "has_color": arrays["has_color"]}  # fmt: skip
        try:
            for name, (kind, _) in ARRAYS.items():
                self._files[name].write(scaled[name].astype(kind).tobytes())
        except OSError as error:
            raise full(self.folder, error) from error
        self.index.clouds.append(cloud)
        return True

    def _is_new(self, cloud: Cloud) -> bool:
        """Whether its content is not there yet: a copy would be trained on and tested on at once."""
        first = self._first.setdefault(cloud.digest, cloud)
        if first is cloud:
            return True
        same = f"“{cloud.origin or cloud.name}” and “{first.origin or first.name}” are identical"
        if cloud.label and first.label and cloud.label != first.label:
            self.index.warnings.append(f"{same} but labelled “{cloud.label}” and “{first.label}”; “{first.label}” was kept.")
        else:
            self.index.warnings.append(f"{same}; one was left out.")
            first.label = first.label or cloud.label
        return False

    def close(self) -> Index:
        """Writes everything; only now the store can be opened."""
        try:
            for file in self._files.values():
                file.flush()
            write_whole(self.folder / INDEX, json.dumps({"format": FORMAT, **asdict(self.index)}))
        except OSError as error:
            raise full(self.folder, error) from error
        return self.index


def read_index(folder: Path) -> Index | None:
    """What a store holds; None when the folder holds none, or one that was not finished or is of another version."""
    try:
        values = json.loads((Path(folder) / INDEX).read_text(encoding="utf-8"))
        if values["format"] != FORMAT:
            return None
        return Index([Cloud(**cloud) for cloud in values["clouds"]], values["warnings"], values["key"], values["points"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def map_arrays(folder: Path, index: Index) -> dict[str, np.ndarray]:
    """Each of ``ARRAYS``, mapped: read where it is touched, never written. Raises WorldwrightError when the store is damaged."""
    count = len(index.clouds)
    mapped: dict[str, np.ndarray] = {}
    for name, (kind, wide) in ARRAYS.items():
        shape = (count, index.points, wide) if wide else (count,)
        try:
            mapped[name] = np.memmap(Path(folder) / f"{name}.bin", kind, "c", shape=shape)
        except (OSError, ValueError) as error:
            problem = f"The point clouds in “{folder}” are damaged."
            raise WorldwrightError(problem, "Delete the folder; they are read anew.") from error
    return mapped


def write_whole(path: Path, text: str) -> None:
    """Writes a text file whole or not at all. Raises OSError."""
    partial = path.with_name(path.name + ".part")
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, path)


def full(place: Path, error: BaseException) -> WorldwrightError:
    """The error of a disk that takes no more."""
    reason = getattr(error, "strerror", None) or str(error)
    return WorldwrightError(f"“{place}” cannot be written: {reason}.", "Free some disk space, or choose another folder.")
