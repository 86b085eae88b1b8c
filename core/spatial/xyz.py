"""Points as lines of text: ``x y z``, then colours 0..255 and normals where there are any; CloudCompare's ASCII cloud."""

from __future__ import annotations

from typing import BinaryIO

import numpy as np

from ..cloud import PointCloud
from .columns import COLOR, NORMAL, POSITION, Unreadable, cloud_of, columns_of

LABELS = dict(zip((*POSITION, *COLOR, *NORMAL), ("X", "Y", "Z", "R", "G", "B", "Nx", "Ny", "Nz"), strict=True))


def write(file: BinaryIO, cloud: PointCloud) -> None:
    """Writes X Y Z [R G B] [Nx Ny Nz] under a line ``//`` with their names; the numbers of faces and so on are left out."""
    columns = columns_of(cloud)
    kept = [key for key in (*POSITION, *COLOR, *NORMAL) if key in columns]
    file.write(f"//{' '.join(LABELS[key] for key in kept)}\n".encode())
    table = np.empty(len(cloud), [(key, columns[key].dtype) for key in kept])
    for key in kept:
        table[key] = columns[key]
    np.savetxt(file, table, fmt=["%d" if key in COLOR else "%.9g" for key in kept])


def read(file: BinaryIO, name: str) -> PointCloud:
    """Columns parted by blanks, commas or semicolons; named by a ``//`` line, else told apart by how many and how large they are.

    Raises ValueError for anything else.
    """
    text = file.read().decode("utf-8-sig")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    header = lines[0][2:].replace(",", " ").replace(";", " ").split() if lines and lines[0].startswith("//") else []
    rows = [line for line in lines if not line.startswith(("//", "#"))]
    if rows and rows[0].isdigit() and len(rows) > 1:
        rows = rows[1:]  # some programs begin with the number of points
    if not rows:
        return PointCloud(name, np.empty((0, 3), np.float32))
    if ";" in rows[0] or "," in rows[0]:
        rows = [row.replace(";", " ").replace(",", " ") for row in rows]
    values = np.loadtxt(rows, dtype=np.float64, ndmin=2, comments=None)
    if values.shape[1] < 3:
        raise Unreadable("A line needs at least three numbers: x, y and z.")
    names = [label.lower() for label in header] if len(header) == values.shape[1] else _guess(values)
    columns = {key: values[:, k] for k, key in enumerate(names)}
    for channel in ("r", "g", "b"):  # bytes; floats in 0..1 are called Rf, Gf, Bf
        if channel in columns:
            columns[channel] = np.rint(columns[channel]).astype(np.int64)
    return cloud_of(columns, [], name)


def _guess(values: np.ndarray) -> list[str]:
    """Names for the columns: after x, y, z unit vectors are normals, three numbers of which none is negative colours."""
    names = list(POSITION)
    while len(names) < values.shape[1]:
        three = values[:, len(names) : len(names) + 3]
        if three.shape[1] == 3 and NORMAL[0] not in names and np.abs(np.linalg.norm(three, axis=1) - 1).max() < 1e-3:
            names += NORMAL
        elif three.shape[1] == 3 and not {"r", "red"} & set(names) and three.min() >= 0 and three.max() <= 255:
            names += ("r", "g", "b") if three.max() > 1 else COLOR
        else:
            names.append(f"column {len(names)}")
    return names
