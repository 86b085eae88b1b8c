"""A model and its card in one safetensors file. Works on the file's header alone, so it needs neither torch nor safetensors.

The format (safetensors 0.3 and later): eight bytes with the header's length, little-endian; the header as JSON, whose
``__metadata__`` maps text to text; then the tensors' bytes, which are copied as they are.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
from pathlib import Path
from typing import BinaryIO

from ..errors import WorldwrightError
from .model_card import ModelCard

KEY = "worldwright_card"
LARGEST_HEADER = 100_000_000


def pack_card(weights: Path, card: ModelCard, target: Path) -> Path:
    """Writes ``weights`` with ``card`` in its header to ``target``, whole or not at all. Raises WorldwrightError."""
    if target.suffix != ".safetensors":
        raise WorldwrightError(f"“{target.name}” should end in .safetensors.")
    partial = target.with_name(target.name + ".part")
    try:
        with open(weights, "rb") as source, open(partial, "wb") as file:
            header = _read_header(source, weights)
            header["__metadata__"] = {**header.get("__metadata__", {}), KEY: card.to_json()}
            text = json.dumps(header, separators=(",", ":")).encode()
            text += b" " * (-len(text) % 8)  # tensors stay aligned
            file.write(struct.pack("<Q", len(text)) + text)
            shutil.copyfileobj(source, file)
        os.replace(partial, target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise WorldwrightError(f"“{target}” cannot be written: {error.strerror}.", "Choose another folder.") from error
    return target


def read_card(file: Path) -> ModelCard:
    """The card in a file that ``pack_card`` wrote. Raises WorldwrightError when it is none, or cut short."""
    try:
        with open(file, "rb") as source:
            header = _read_header(source, file)
            start = source.tell()
    except OSError as error:
        raise WorldwrightError(f"“{file.name}” cannot be read: {error.strerror}.") from error
    ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
    if start + max(ends, default=0) != file.stat().st_size:
        raise WorldwrightError(f"“{file.name}” is cut short.", "Copy it again from where it came.")
    text = header.get("__metadata__", {}).get(KEY)
    if text is None:
        sentence = f"“{file.name}” holds no model card, so what it is for is unknown."
        raise WorldwrightError(sentence, "Export it from the program that trained it.")
    return ModelCard.from_json(text)


def _read_header(source: BinaryIO, path: Path) -> dict:
    try:
        length = struct.unpack("<Q", source.read(8))[0]
        if length > LARGEST_HEADER:
            raise ValueError
        header = json.loads(source.read(length))
        if not isinstance(header, dict):
            raise ValueError
        return header
    except (struct.error, ValueError) as error:
        raise WorldwrightError(f"“{path.name}” is not a safetensors file.", "Choose a file that Worldwright exported.") from error
