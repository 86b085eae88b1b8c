"""Annotations as COCO-style JSON: pictures of the objects with a box and a mask for each object and for each of its parts.

The format is that of Lin et al., “Microsoft COCO” (ECCV 2014), with masks as uncompressed run lengths. A part's annotation names
its object's in ``part_of``; its category is “seat/leg”, under the supercategory of the leaf.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ..errors import WorldwrightError
from ..scene import Mesh
from .annotation import UNKNOWN, Annotation
from .drawing import SIZE, draw, png
from .part_names import KIND_OF, PARTS
from .taxonomy import LEAVES

VIEWS = 4
SMALLEST = 9  # pixels of a mask, below which it is left out
FILE = "coco.json"


def categories() -> list[dict]:
    """Every leaf, ``unknown``, and every part of every leaf that has parts; ids from 1, the same in every export."""
    names = [(leaf.name, leaf.group) for leaf in LEAVES.values()] + [(UNKNOWN, UNKNOWN)]
    names += [(f"{leaf}/{part}", leaf) for leaf, kind in sorted(KIND_OF.items()) for part in PARTS[kind]]
    return [{"id": number, "name": name, "supercategory": group} for number, (name, group) in enumerate(names, start=1)]


@dataclass
class CocoFile:
    """A growing COCO export in ``folder``: pictures as ``<stem>-<view>.png``, closed by ``save``."""

    folder: Path
    images: list[dict] = field(default_factory=list)
    annotations: list[dict] = field(default_factory=list)
    categories: list[dict] = field(default_factory=categories)

    def add(self, stem: str, meshes: list[Mesh], found: list[Annotation], views: int = VIEWS, size: int = SIZE) -> None:
        """Draws the meshes where they stand from ``views`` sides and adds what is seen of each. Raises WorldwrightError."""
        number_of = {category["name"]: category["id"] for category in self.categories}
        for view in range(views):
            drawn = draw(meshes, 2 * np.pi * view / views + np.pi / 6, size)
            name = f"{stem}-{view}.png"
            _write(self.folder / name, png(drawn.picture))
            image = len(self.images) + 1
            self.images.append({"id": image, "file_name": name, "width": size, "height": size})
            for number, annotation in enumerate(found):
                if annotation.label not in number_of:  # a class of the artist's own
                    number_of[annotation.label] = len(self.categories) + 1
                    own = {"id": number_of[annotation.label], "name": annotation.label, "supercategory": "own"}
                    self.categories.append(own)
                seen = drawn.mesh == number
                about = {"object": annotation.name, "score": round(annotation.confidence, 4)}
                whole = self._mark(image, number_of[annotation.label], seen, about)
                if whole is None or annotation.part is None:
                    continue
                part = np.where(seen, annotation.part[np.where(seen, drawn.face, 0)], -1)
                for place, called in enumerate(annotation.part_names):
                    kind = f"{annotation.label}/{called}"
                    if kind in number_of:
                        self._mark(image, number_of[kind], part == place, {"object": annotation.name, "part_of": whole})

    def _mark(self, image: int, category: int, mask: np.ndarray, about: dict) -> int | None:
        """Adds one mask; its id, or None when next to nothing of it is seen."""
        area = int(mask.sum())
        if area < SMALLEST:
            return None
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        box = [int(columns[0]), int(rows[0]), int(columns[-1] - columns[0] + 1), int(rows[-1] - rows[0] + 1)]
        number = len(self.annotations) + 1
        shape = {"segmentation": {"size": list(mask.shape), "counts": run_lengths(mask)}, "area": area, "bbox": box, "iscrowd": 0}
        self.annotations.append({"id": number, "image_id": image, "category_id": category} | shape | about)
        return number

    def merge(self, folder: Path) -> None:
        """Adds another export, whose pictures lie in a folder under this one. Raises WorldwrightError."""
        try:
            other = json.loads((folder / FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise WorldwrightError(f"“{folder / FILE}” cannot be read.") from error
        images, marks = len(self.images), len(self.annotations)
        place = folder.relative_to(self.folder).as_posix()
        number_of = {category["name"]: category["id"] for category in self.categories}
        for category in other["categories"]:
            if category["name"] not in number_of:
                number_of[category["name"]] = len(self.categories) + 1
                self.categories.append(category | {"id": number_of[category["name"]]})
        name_of = {category["id"]: category["name"] for category in other["categories"]}
        for image in other["images"]:
            self.images.append(image | {"id": image["id"] + images, "file_name": f"{place}/{image['file_name']}"})
        for mark in other["annotations"]:
            kind = number_of[name_of[mark["category_id"]]]
            mark |= {"id": mark["id"] + marks, "image_id": mark["image_id"] + images, "category_id": kind}
            self.annotations.append(mark | ({"part_of": mark["part_of"] + marks} if "part_of" in mark else {}))

    def save(self) -> Path:
        """Writes ``coco.json``, whole or not at all. Raises WorldwrightError."""
        about = {"description": "Objects named by Worldwright; masks are exact for the pictures, labels are predictions"}
        values = {"info": about, "images": self.images, "annotations": self.annotations, "categories": self.categories}
        _write(self.folder / FILE, json.dumps(values, ensure_ascii=False).encode())
        return self.folder / FILE


def run_lengths(mask: np.ndarray) -> list[int]:
    """COCO's uncompressed run lengths of a (H, W) mask: column after column, beginning with how many are outside."""
    flat = np.concatenate([[False], mask.ravel(order="F"), [False]])
    edges = np.flatnonzero(flat[1:] != flat[:-1])
    ends = np.concatenate([[0], edges, [mask.size]])
    counts = np.diff(ends)
    return [int(count) for count in (counts[:-1] if counts[-1] == 0 else counts)]


def _write(path: Path, data: bytes) -> None:
    partial = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(data)
        os.replace(partial, path)
    except OSError as error:
        raise WorldwrightError(f"“{path}” cannot be written: {error.strerror}.", "Choose another folder.") from error
