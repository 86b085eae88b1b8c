"""PLY point clouds (Turk, "The PLY Polygon File Format", 1994): binary and ASCII, either byte order."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np

from ..cloud import PointCloud
from .columns import Unreadable, cloud_of, columns_of, comments_of

TYPES = {
    "char": "i1", "uchar": "u1", "short": "i2", "ushort": "u2", "int": "i4", "uint": "u4", "float": "f4", "double": "f8",
    "int8": "i1", "uint8": "u1", "int16": "i2", "uint16": "u2", "int32": "i4", "uint32": "u4", "float32": "f4", "float64": "f8",
}  # fmt: skip
NAMES = {"float32": "float", "uint8": "uchar", "int32": "int"}
ORDERS = {"ascii": "", "binary_little_endian": "<", "binary_big_endian": ">"}
LONGEST_LINE = 4096


@dataclass
class _Element:
    name: str
    count: int
    properties: list[tuple[str, str]] = field(default_factory=list)  # name, numpy type
    has_lists: bool = False


def write(file: BinaryIO, cloud: PointCloud, ascii: bool = False) -> None:
    """Writes the cloud as the element ``vertex``."""
    columns = columns_of(cloud)
    lines = ["ply", f"format {'ascii' if ascii else 'binary_little_endian'} 1.0", "comment Worldwright"]
    lines += [f"comment {line}" for line in comments_of(cloud)]
    lines += [f"element vertex {len(cloud)}"]
    lines += [f"property {NAMES[values.dtype.name]} {name}" for name, values in columns.items()]
    file.write("\n".join([*lines, "end_header", ""]).encode())
    table = np.empty(len(cloud), [(name, values.dtype.newbyteorder("<")) for name, values in columns.items()])
    for name, values in columns.items():
        table[name] = values
    if ascii:
        np.savetxt(file, table, fmt=["%.9g" if values.dtype.kind == "f" else "%d" for values in columns.values()])
    else:
        file.write(table.tobytes())


def read(file: BinaryIO, name: str) -> PointCloud:
    """The element ``vertex``; faces are passed over. Raises ValueError or KeyError for anything else."""
    order, elements, comments = _header(file)
    for element in elements:
        if element.name == "vertex":
            return cloud_of(_rows(file, element, order), comments, name)
        if element.has_lists:
            raise Unreadable("Its faces come before its points: save it again with the points first.")
        _rows(file, element, order)
    raise ValueError("no element vertex")


def _header(file: BinaryIO) -> tuple[str, list[_Element], list[str]]:
    if file.readline(LONGEST_LINE).strip() != b"ply":
        raise ValueError("no ply")
    order, elements, comments = None, [], []
    while True:
        raw = file.readline(LONGEST_LINE)
        line = raw.decode("utf-8", "replace").strip("\r\n")
        words = line.split()
        if not raw:
            raise ValueError("the header has no end")
        if not words or words[0] == "obj_info":
            continue
        if words[0] == "end_header":
            break
        if words[0] == "comment":
            comments.append(line.partition(" ")[2])
        elif words[0] == "format":
            order = ORDERS[words[1]]
        elif words[0] == "element":
            elements.append(_Element(words[1], int(words[2])))
            if elements[-1].count < 0:
                raise ValueError("negative count")
        elif words[0] == "property" and words[1] == "list":
            elements[-1].has_lists = True
        elif words[0] == "property":
            elements[-1].properties.append((words[2], TYPES[words[1]]))
        else:
            raise ValueError(f"unknown line {words[0]}")
    if order is None:
        raise ValueError("no format")
    return order, elements, comments


def _rows(file: BinaryIO, element: _Element, order: str) -> dict[str, np.ndarray]:
    if element.has_lists:
        raise Unreadable("Its points carry lists: save them without.")
    kinds = [(key, order + kind) for key, kind in element.properties]
    size = np.dtype(kinds).itemsize
    if element.count == 0:
        return {key: np.empty(0, kind) for key, kind in element.properties}
    if order:
        _enough(file, element.count * size)
        table = np.frombuffer(file.read(element.count * size), kinds, element.count)
    else:
        _enough(file, element.count * (2 * len(kinds) - 1))  # a digit and a space a value at least
        lines = b"".join(file.readline() for _ in range(element.count))
        parsed = [(key, "f8") for key, _ in kinds]  # some programs write whole numbers as 255.0
        table = np.loadtxt(io.BytesIO(lines), dtype=parsed, ndmin=1, comments=None, max_rows=element.count)
        if len(table) != element.count:
            raise ValueError("rows are missing")
    return {key: table[key].astype(kind.lstrip("<>")) for key, kind in kinds}


def _enough(file: BinaryIO, needed: int) -> None:
    """Raises ValueError when the file ends too early, before memory for what is not there is asked for."""
    here = file.tell()
    end = file.seek(0, io.SEEK_END)
    file.seek(here)
    if end - here < needed:
        raise ValueError("the file is cut off")
