"""The recogniser: things in rooms the solver furnished, remembered, and how near a new box is to each of them.

A kernel density estimate (Parzen, 1962): how likely a class is for a box is the sum over all remembered things of that class of
a Gaussian of their distance, whose width is what blocking out varies by (see ``features``). Things in rooms of the same kind
count for more. Where nobody says what kind the room is, the kind under which all its boxes are likeliest together is taken.
Numpy alone; the memory is ``weights/greybox.safetensors``, made by ``learning/train_greybox.py``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..brief import KINDS as ROOM_KINDS
from .classes import NAMES

WEIGHTS = Path(__file__).parents[2] / "weights" / "greybox.safetensors"
DTYPES = {"F32": np.float32, "F16": np.float16, "U8": np.uint8}
ELSEWHERE = 0.02  # how much a thing from a room of another kind counts
FLOOR_LIKELIHOOD = 1e-9


@dataclass(frozen=True)
class Memory:
    """``features`` (M, COLUMNS) of the remembered things, their class and room kind numbers (M,)."""

    features: np.ndarray
    label: np.ndarray
    kind: np.ndarray


def read_safetensors(path: Path) -> dict[str, np.ndarray]:
    """The arrays of a safetensors file (eight bytes of header length, a JSON header, raw little-endian data)."""
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    arrays = {}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        if name != "__metadata__":
            start, end = (8 + length + offset for offset in entry["data_offsets"])
            arrays[name] = np.frombuffer(data[start:end], np.dtype(DTYPES[entry["dtype"]]).newbyteorder("<")).reshape(
                entry["shape"]
            )
    return arrays


@lru_cache(maxsize=1)
def memory() -> Memory:
    """The shipped memory."""
    arrays = read_safetensors(WEIGHTS)
    return Memory(arrays["features"].astype(np.float32), arrays["label"].astype(int), arrays["kind"].astype(int))


def likelihoods(rows: np.ndarray, known: Memory) -> np.ndarray:
    """(N, room kinds, classes): how likely each box is as a thing of a class in a room of a kind, up to one common factor."""
    squared = (rows**2).sum(1)[:, None] + (known.features**2).sum(1)[None] - 2.0 * rows @ known.features.T
    near = np.exp(-0.5 * np.clip(squared - squared.min(axis=1, keepdims=True) * 0.8, 0.0, 120.0))
    cell = known.kind * len(NAMES) + known.label
    order = np.argsort(cell, kind="stable")
    starts = np.flatnonzero(np.diff(cell[order], prepend=-1))
    sums = np.zeros((len(rows), len(ROOM_KINDS) * len(NAMES)))
    sums[:, cell[order][starts]] = np.add.reduceat(near[:, order], starts, axis=1)
    count = np.bincount(known.kind, minlength=len(ROOM_KINDS)).astype(float)
    return sums.reshape(len(rows), len(ROOM_KINDS), len(NAMES)) / np.maximum(count, 1.0)[None, :, None]


def probabilities(rows: np.ndarray, room_kind: str = "", known: Memory | None = None) -> tuple[np.ndarray, str]:
    """(N, classes) in the order of ``NAMES`` for boxes with feature ``rows``, and the room's kind as told or, where "", as read."""
    like = likelihoods(rows, known or memory())
    whole = np.log(like.sum(axis=2) + FLOOR_LIKELIHOOD)  # (N, kinds)
    number = (
        ROOM_KINDS.index(room_kind)
        if room_kind
        else int(np.clip(whole, whole.max(axis=1, keepdims=True) - 6.0, None).sum(0).argmax())
    )
    share = like[:, number] + ELSEWHERE * like.mean(axis=1) + FLOOR_LIKELIHOOD
    return share / share.sum(axis=1, keepdims=True), ROOM_KINDS[number]
