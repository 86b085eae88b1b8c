"""PCD 0.7 point clouds (Point Cloud Library, "The PCD file format"): ASCII and binary."""

from __future__ import annotations

import io
from typing import BinaryIO

import numpy as np

from ..cloud import PointCloud
from .columns import COLOR, NORMAL, Unreadable, cloud_of, columns_of, comments_of

TYPES = {"F": "f", "I": "i", "U": "u"}
LONGEST_LINE = 4096


def write(file: BinaryIO, cloud: PointCloud, ascii: bool = False) -> None:
    """Writes the cloud with the colours packed into one float ``rgb``, as PCL and Open3D do."""
    columns = _packed(columns_of(cloud))
    kinds = ["F" if values.dtype.kind == "f" else "I" for values in columns.values()]
    lines = ["# .PCD v0.7 - Point Cloud Data file format", *(f"# {line}" for line in comments_of(cloud))]
    lines += ["VERSION 0.7", f"FIELDS {' '.join(columns)}", f"SIZE {' '.join('4' for _ in columns)}", f"TYPE {' '.join(kinds)}"]
    lines += [f"COUNT {' '.join('1' for _ in columns)}", f"WIDTH {len(cloud)}", "HEIGHT 1", "VIEWPOINT 0 0 0 1 0 0 0"]
    lines += [f"POINTS {len(cloud)}", f"DATA {'ascii' if ascii else 'binary'}", ""]
    file.write("\n".join(lines).encode())
    table = np.empty(len(cloud), [(name, values.dtype.newbyteorder("<")) for name, values in columns.items()])
    for name, values in columns.items():
        table[name] = values
    if ascii:
        np.savetxt(file, table, fmt=["%.9g" if kind == "F" else "%d" for kind in kinds])
    else:
        file.write(table.tobytes())


def read(file: BinaryIO, name: str) -> PointCloud:
    """Raises ValueError or KeyError for anything that is not such a file."""
    header, comments = _header(file)
    fields = header["FIELDS"]
    sizes, kinds = header["SIZE"], header["TYPE"]
    counts = [int(count) for count in header.get("COUNT", ["1"] * len(fields))]
    if not len(fields) == len(sizes) == len(kinds) == len(counts):
        raise ValueError("the header's lines differ in length")
    total = int(header["POINTS"][0]) if "POINTS" in header else int(header["WIDTH"][0]) * int(header["HEIGHT"][0])
    # Unnamed padding ("_") and repeated names get names of their own.
    specs = enumerate(zip(fields, kinds, sizes, counts, strict=True))
    row = np.dtype([(f"{n} {key}", f"<{TYPES[kind]}{size}", (count,)) for n, (key, kind, size, count) in specs])
    table = _table(file, header["DATA"][0], row, total)
    columns = {key: table[f"{n} {key}"][:, 0] for n, (key, count) in enumerate(zip(fields, counts, strict=True)) if count == 1}
    for packed in ("rgb", "rgba"):
        if packed in columns:
            columns |= _unpacked(columns.pop(packed))
    return cloud_of(columns, comments, name)


def _header(file: BinaryIO) -> tuple[dict[str, list[str]], list[str]]:
    header: dict[str, list[str]] = {}
    comments = []
    while "DATA" not in header:
        raw = file.readline(LONGEST_LINE)
        line = raw.decode("utf-8", "replace").strip("\r\n")
        if not raw:
            raise ValueError("the header has no end")
        if line.startswith("#"):
            comments.append(line[2:])
        elif line.strip():
            key, *values = line.split()
            if not key.isupper() or len(header) > 20:
                raise ValueError("no header")
            header["FIELDS" if key == "COLUMNS" else key] = values
    return header, comments


def _table(file: BinaryIO, kind: str, row: np.dtype, total: int) -> np.ndarray:
    """``total`` rows of the fields, each as (total, count)."""
    start = file.tell()
    left = file.seek(0, io.SEEK_END) - start
    file.seek(start)
    if kind == "binary":
        if total < 0 or left < total * row.itemsize:
            raise ValueError("the file is cut off")
        return np.frombuffer(file.read(total * row.itemsize), row, total)
    if kind != "ascii":
        raise Unreadable("Its data are compressed: save it as binary or ascii PCD.")
    if total < 0 or left < total:
        raise ValueError("the file is cut off")
    values = np.loadtxt(io.BytesIO(file.read()), dtype=np.float64, ndmin=2, comments=None, max_rows=total or 1)
    table = np.empty(total, row)
    if values.shape != (total, sum(int(np.prod(row[key].shape)) for key in row.names or ())):
        raise ValueError("rows or columns are missing")
    first = 0
    for key in row.names or ():
        width = int(np.prod(row[key].shape))
        table[key] = values[:, first : first + width]
        first += width
    return table


def _packed(columns: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The columns under PCL's names, the colours as one float32 whose bits are 0x00RRGGBB."""
    packed = {}
    for key, values in columns.items():
        if key in NORMAL:
            packed[f"normal_{key[1]}"] = values
        elif key == COLOR[0]:
            red, green, blue = (columns[channel].astype(np.uint32) for channel in COLOR)
            packed["rgb"] = (red << 16 | green << 8 | blue).view(np.float32)
        elif key not in COLOR:
            packed[key] = values
    return packed


def _unpacked(values: np.ndarray) -> dict[str, np.ndarray]:
    """Red, green and blue bytes of one number: a float32 whose bits, or an integer whose value, are 0x00RRGGBB."""
    bits = np.ascontiguousarray(values).view(np.uint32) if values.dtype.kind == "f" else values.astype(np.uint32)
    return {channel: (bits >> shift & 255).astype(np.uint8) for channel, shift in zip(COLOR, (16, 8, 0), strict=True)}
