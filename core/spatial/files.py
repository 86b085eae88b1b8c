"""Point clouds in files: .ply, .pcd, .npz and .xyz, both ways. Colours are sRGB in all but .npz.

The headers are those that CloudCompare, Open3D and PCL write and read: PLY 1.0 (Turk 1994), PCD 0.7, and CloudCompare's
ASCII with its ``//`` line of column names. Face, object and material numbers are extra integer columns, and their names
comments, which other programs skip.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import BinaryIO

import numpy as np

from ..cloud import PointCloud
from ..errors import WorldwrightError
from . import pcd, ply, xyz
from .columns import Unreadable

SUFFIXES = (".ply", ".pcd", ".npz", ".xyz")
DAMAGE = (  # what parsing a file that is not what its suffix says may raise
    ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, EOFError, MemoryError, NotImplementedError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
ARRAYS = {"positions": 3, "normals": 3, "colors": 3, "face": 0, "object": 0, "material": 0}  # .npz: name -> columns


def read_cloud(path: str | Path) -> PointCloud:
    """The cloud in the file, of the kind its suffix says. Raises WorldwrightError when it cannot be read."""
    path = Path(path)
    suffix = _suffix(path)
    readers: dict[str, Callable[[BinaryIO, str], PointCloud]]
    readers = {".ply": ply.read, ".pcd": pcd.read, ".npz": _read_npz, ".xyz": xyz.read}
    try:
        with open(path, "rb") as file:
            cloud = readers[suffix](file, path.stem)
    except FileNotFoundError as error:
        raise WorldwrightError(f"There is no file “{path.name}” in “{path.parent}”.") from error
    except OSError as error:
        raise WorldwrightError(f"“{path.name}” could not be read: {error.strerror or error}.") from error
    except Unreadable as error:
        raise WorldwrightError(f"“{path.name}” could not be read.", str(error)) from error
    except DAMAGE as error:
        raise WorldwrightError(f"“{path.name}” is not a point cloud in the format {suffix[1:].upper()}, or is damaged.") from error
    if len(cloud) == 0:
        raise WorldwrightError(f"“{path.name}” holds no points.")
    if not np.isfinite(cloud.positions).all():
        cloud = cloud.take(np.flatnonzero(np.isfinite(cloud.positions).all(axis=1)))  # PCD marks holes in a scan with nan
        if len(cloud) == 0:
            raise WorldwrightError(f"No point in “{path.name}” has finite coordinates.")
    return cloud


def write_cloud(path: str | Path, cloud: PointCloud, ascii: bool = False) -> None:
    """Writes ``cloud`` whole or not at all, in the format of the suffix; PLY and PCD are binary unless ``ascii``.

    Raises WorldwrightError when the suffix is unknown, the cloud is empty or the file cannot be written.
    """
    path = Path(path)
    suffix = _suffix(path)
    if len(cloud) == 0:
        raise WorldwrightError(f"“{path.name}” was not written: there are no points.")
    partial = path.with_name(path.name + ".part")
    try:
        with open(partial, "wb") as file:
            if suffix == ".npz":
                _write_npz(file, cloud)
            elif suffix == ".xyz":
                xyz.write(file, cloud)
            else:
                (ply if suffix == ".ply" else pcd).write(file, cloud, ascii)
        os.replace(partial, path)
    except OSError as error:
        raise WorldwrightError(f"“{path}” could not be written: {error.strerror or error}.", "Choose another folder.") from error
    finally:
        _remove(partial)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        pass  # it was never made: its folder is missing or closed to us


def _suffix(path: Path) -> str:
    if path.suffix.lower() not in SUFFIXES:
        raise WorldwrightError(f"“{path.name}” is not a point cloud file by its name.", f"Known are {', '.join(SUFFIXES)}.")
    return path.suffix.lower()


def _write_npz(file: BinaryIO, cloud: PointCloud) -> None:
    arrays = {name: getattr(cloud, name) for name in ARRAYS if getattr(cloud, name) is not None}
    names = {name: np.array(getattr(cloud, name), dtype=np.str_) for name in ("object_names", "material_names")}
    np.savez(file, name=np.array(cloud.name), **names, **arrays)


def _read_npz(file: BinaryIO, name: str) -> PointCloud:
    with np.load(file, allow_pickle=False) as archive:
        values = {key: archive[key] for key in archive.files if key in {field.name for field in fields(PointCloud)}}
    count = len(values["positions"])
    for key, columns in ARRAYS.items():
        if key in values:
            shape = (count, columns) if columns else (count,)
            if values[key].shape != shape:
                raise ValueError(f"{key} is {values[key].shape}, not {shape}")
            values[key] = values[key].astype(np.float32 if columns else np.int32)
    for key in ("object_names", "material_names"):
        values[key] = [str(text) for text in values.get(key, ())]
    return PointCloud(**{**values, "name": str(values.get("name", name))})
