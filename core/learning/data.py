"""The training library: model files → point clouds in memory, read once and kept in a cache file.

``models.csv`` in the data folder lists the models: file (under that folder) or package + member, name, category, label, author,
licence, split. Members of Debian's package ``sweethome3d-furniture`` are read out of its catalogues (``.sh3f``, zip archives);
they are scaled to the size the catalogue states. Reading all 3,006 models takes about a minute on one core.
"""

from __future__ import annotations

import csv
import hashlib
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..errors import WorldwrightError
from ..progress import Progress, silent
from ..scene import Mesh
from ..spatial.inputs import cloud_arrays
from ..spatial.models import read_model
from .labels import leaf_of
from .shapes import SHAPES, make
from .store import map_arrays, read_index

POINTS = 4096
SHAPE_PACK = "procedural shapes"
FURNITURE = Path("/usr/share/sweethome3d/furniture")
CACHE = Path.home() / ".cache" / "worldwright"
_CATALOGUE = "PluginFurnitureCatalog.properties"


@dataclass
class Library:
    """n labelled and unlabelled clouds.

    Attributes:
        positions: (n, POINTS, 3) float16 in the unit sphere, Z up. normals: (n, POINTS, 3) int8 times 1/127.
        colors: (n, POINTS, 3) uint8 sRGB. has_color: (n,) bool.
        names, authors, packs, licences, splits: n texts; a pack is what was made together by one artist.
        leaves: n taxonomy leaves, "" where the model has none.
    """

    positions: Tensor
    normals: Tensor
    colors: Tensor
    has_color: Tensor
    names: list[str]
    authors: list[str]
    packs: list[str]
    licences: list[str]
    splits: list[str]
    leaves: list[str]

    def __len__(self) -> int:
        return len(self.names)

    def where(self, split: str) -> np.ndarray:
        """Numbers of the models of ``split`` ("train", "unseen-artist")."""
        return np.flatnonzero(np.array(self.splits) == split)

    def batch(self, index: Tensor, points: int, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """``points`` random points of each model: positions, normals, colours (B, points, 3) float32 and has_color (B,)."""
        pick = torch.randint(self.positions.shape[1], (len(index), points), generator=generator)
        rows = index[:, None]
        colors = self.colors[rows, pick].float() / 255
        return self.positions[rows, pick].float(), self.normals[rows, pick].float() / 127, colors, self.has_color[index]


def load_library(data: Path, cache: Path = CACHE, furniture: Path = FURNITURE, progress: Progress = silent) -> Library:
    """The library listed in ``data``/models.csv, from ``cache`` where it was read before. Raises WorldwrightError."""
    rows = _rows(data)
    digest = hashlib.sha256((data / "models.csv").read_bytes()).hexdigest()[:12]
    path = cache / f"models-{digest}-{POINTS}{'' if furniture.exists() else '-without-furniture'}.npz"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        arrays = _read_all(rows, data, furniture, progress)
        partial = path.with_suffix(".part.npz")
        np.savez(partial, **arrays)
        partial.replace(path)
    with np.load(path, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    kept = [rows[number] for number in arrays["row"]]
    return Library(
        positions=torch.from_numpy(arrays["positions"]),
        normals=torch.from_numpy(arrays["normals"]),
        colors=torch.from_numpy(arrays["colors"]),
        has_color=torch.from_numpy(arrays["has_color"]),
        names=[row["name"] for row in kept],
        authors=[row["author"] for row in kept],
        packs=[row["author"] if row["package"] else row["category"] for row in kept],
        licences=[row["licence"] for row in kept],
        splits=[row["split"] for row in kept],
        leaves=[leaf_of(row["name"], row["category"]) for row in kept],
    )


def open_store(folder: Path) -> Library:
    """An artist's library that ``artist_library.build_store`` or Blender has read; its clouds stay on disk. Labels are the leaves.

    Raises WorldwrightError when the folder holds none.
    """
    index = read_index(folder)
    if index is None or not index.clouds:
        raise WorldwrightError(f"“{folder}” holds no point clouds of a library.", "Read the library first.")
    arrays = {name: torch.from_numpy(array) for name, array in map_arrays(folder, index).items()}
    clouds = index.clouds
    return Library(
        **arrays,
        names=[cloud.name for cloud in clouds],
        authors=[cloud.author for cloud in clouds],
        packs=[cloud.origin for cloud in clouds],
        licences=[cloud.licence for cloud in clouds],
        splits=[cloud.split for cloud in clouds],
        leaves=[cloud.label for cloud in clouds],
    )


def with_shapes(library: Library, per_leaf: int, leaves: Iterable[str] = SHAPES) -> Library:
    """The library and ``per_leaf`` procedural shapes of each of ``leaves``, in split "train".

    Their colours are random and count as colours: were they taken away, "no colour" would come to mean "a shape".
    """
    made = [(leaf, number) for leaf in leaves for number in range(per_leaf)]
    if not made:
        return library
    clouds = [cloud_arrays([make(leaf, number)], number, POINTS) for leaf, number in made]
    count = len(made)

    def joined(values: Tensor, name: str, scale: float, kind: type) -> Tensor:
        return torch.cat([values, torch.from_numpy(np.stack([np.round(cloud[name] * scale, 4).astype(kind) for cloud in clouds]))])

    return Library(
        positions=joined(library.positions, "positions", 1, np.float16),
        normals=joined(library.normals, "normals", 127, np.int8),
        colors=joined(library.colors, "colors", 255, np.uint8),
        has_color=torch.cat([library.has_color, torch.ones(count, dtype=torch.bool)]),
        names=library.names + [f"{leaf} {number}" for leaf, number in made],
        authors=library.authors + ["Worldwright"] * count,
        packs=library.packs + [SHAPE_PACK] * count,
        licences=library.licences + ["CC0-1.0"] * count,
        splits=library.splits + ["train"] * count,
        leaves=library.leaves + [leaf for leaf, _ in made],
    )


def library_meshes(
    data: Path, furniture: Path = FURNITURE, only: Sequence[int] | None = None
) -> Iterator[tuple[int, list[Mesh]]]:
    """Each readable model's row number in ``data``/models.csv (of the rows ``only``), and its meshes. Raises WorldwrightError."""
    rows = _rows(data)
    chosen = range(len(rows)) if only is None else only
    return ((int(chosen[place]), meshes) for place, meshes in _meshes([rows[int(n)] for n in chosen], data, furniture))


def _rows(data: Path) -> list[dict[str, str]]:
    try:
        with open(data / "models.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise WorldwrightError(f"There is no models.csv in “{data}”.", "Give the folder of the training library.") from error


def _read_all(rows: list[dict[str, str]], data: Path, furniture: Path, progress: Progress) -> dict[str, np.ndarray]:
    columns: dict[str, list[np.ndarray]] = {name: [] for name in ("row", "positions", "normals", "colors", "has_color")}
    for number, meshes in _meshes(rows, data, furniture):
        progress(number / len(rows), f"Reading {rows[number]['name']}")
        arrays = cloud_arrays(meshes, count=POINTS)
        columns["row"].append(np.array(number, np.int32))
        columns["positions"].append(arrays["positions"].astype(np.float16))
        columns["normals"].append(np.round(arrays["normals"] * 127).astype(np.int8))
        columns["colors"].append(np.round(arrays["colors"] * 255).astype(np.uint8))
        columns["has_color"].append(arrays["has_color"])
    if not columns["row"]:
        raise WorldwrightError("None of the library's models could be read.", "Check the data folder.")
    return {name: np.stack(values) for name, values in columns.items()}


def _meshes(rows: list[dict[str, str]], data: Path, furniture: Path) -> Iterator[tuple[int, list[Mesh]]]:
    """Each readable model's row number and meshes; models of the furniture package are skipped where it is not installed."""
    catalogue = _Catalogue(furniture) if furniture.exists() else None
    for number, row in enumerate(rows):
        if row["file"]:
            yield number, read_model(data / row["file"])
        elif catalogue is not None:
            yield number, catalogue.read(row["member"])


class _Catalogue:
    """Sweet Home 3D's furniture catalogues: where each model lies, how big it is, how it is turned."""

    def __init__(self, folder: Path) -> None:
        self.models: dict[str, tuple[zipfile.ZipFile, dict[str, str]]] = {}
        for path in sorted(folder.glob("*.sh3f")):
            archive = zipfile.ZipFile(path)
            entries: dict[str, dict[str, str]] = {}
            for line in archive.read(_CATALOGUE).decode("latin-1").splitlines():
                key, separator, value = line.partition("=")
                name, _, number = key.strip().partition("#")
                if separator and number:
                    entries.setdefault(number, {})[name] = value.strip()
            self.models |= {entry["model"].lstrip("/"): (archive, entry) for entry in entries.values() if "model" in entry}

    def read(self, member: str) -> list[Mesh]:
        """The meshes of ``member``, Z up, as large as the catalogue says."""
        archive, entry = self.models[member]
        folder = member.rpartition("/")[0] + "/"
        with tempfile.TemporaryDirectory() as place:
            archive.extractall(place, [name for name in archive.namelist() if name.startswith(folder)])
            meshes = read_model(Path(place) / member)
        points = np.concatenate([mesh.vertices for mesh in meshes])
        if "modelRotation" in entry:
            turn = _z_up(np.array(entry["modelRotation"].split(), float).reshape(3, 3))
            points = points @ turn.T
        wanted = np.array([float(entry[side]) for side in ("width", "depth", "height")]) / 100
        extent = np.ptp(points, axis=0)
        points = points * np.where(extent > 1e-6 * extent.max(), wanted / np.maximum(extent, 1e-12), 1.0)
        for mesh, part in zip(meshes, np.split(points, np.cumsum([len(mesh.vertices) for mesh in meshes])[:-1]), strict=True):
            mesh.vertices, mesh.normals = part.astype(np.float32), None
        return meshes


def _z_up(rotation: np.ndarray) -> np.ndarray:
    """A rotation given for Y up, for coordinates turned to Z up: (3, 3) -> (3, 3)."""
    axes = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])
    return axes @ rotation @ axes.T
