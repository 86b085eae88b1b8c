"""What the artist corrected, and how it changes later answers. numpy only, so that Blender can add to it without the worker.

Learning is by memory, not by training (prototypes as in Snell et al., NeurIPS 2017, with every correction one of them): an
object that is very like a corrected one leans towards its label, by as much as it is like it. What is unlike every correction
is answered as before, so nothing is forgotten; a label that the taxonomy lacks becomes a new class; and every step can be undone.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ..errors import WorldwrightError

FILE = "corrections.npz"
ALIKE = 0.7  # cosine from which an object leans towards a correction
PULL = 6.0  # added to a label's log-probability at likeness 1
LEAST = 1e-4
NOT = "not "  # begins the label of a correction that says only what a thing is not
OWN = 0.05  # the probability a label of the artist's own starts from, where anything like its examples is seen


@dataclass
class Corrections:
    """``vectors`` (n, D) float32 as ``vector_of`` makes them, ``labels`` and the ``names`` of the objects, oldest first."""

    vectors: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    labels: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.labels)

    def with_one(self, vector: np.ndarray, label: str, name: str) -> Corrections:
        """These and one more; an earlier one of the same object (the same vector) is replaced.

        Raises WorldwrightError for an empty label, and when the vector is of another model's making.
        """
        label = " ".join(label.split()).lower()
        if not label:
            raise WorldwrightError("A correction needs a label.", "Write what the object is.")
        if len(self) and vector.shape != self.vectors.shape[1:]:
            raise WorldwrightError("The earlier corrections were made with another annotator.", "Forget them, or annotate anew.")
        kept = [n for n in range(len(self)) if not np.allclose(self.vectors[n], vector, atol=1e-5)]
        rows = [self.vectors[n] for n in kept]
        return Corrections(np.stack([*rows, vector]).astype(np.float32), [self.labels[n] for n in kept] + [label],
                           [self.names[n] for n in kept] + [name])  # fmt: skip

    def without_last(self) -> Corrections:
        """These without the newest. Raises WorldwrightError when there is none."""
        if not len(self):
            raise WorldwrightError("There is no correction to undo.")
        return Corrections(self.vectors[:-1], self.labels[:-1], self.names[:-1])

    def apply(self, chances: np.ndarray, leaves: tuple[str, ...], vector: np.ndarray) -> tuple[np.ndarray, tuple[str, ...]]:
        """``chances`` (L,) of ``leaves`` leaning towards the corrections like ``vector``, and the leaves with the artist's own."""
        if not len(self) or vector.shape != self.vectors.shape[1:]:
            return chances, leaves
        said = [label for label in self.labels if not label.startswith(NOT)]
        names = (*leaves, *dict.fromkeys(label for label in said if label not in leaves))
        pull = PULL * np.clip((self.vectors @ vector - ALIKE) / (1 - ALIKE), 0, None)
        most = np.zeros(len(names))
        for label, strength in zip(self.labels, pull, strict=True):
            if not label.startswith(NOT):
                most[names.index(label)] = max(most[names.index(label)], strength)
        for label, strength in zip(self.labels, pull, strict=True):
            denied = label.removeprefix(NOT)
            if label.startswith(NOT) and denied in names:
                most[names.index(denied)] -= strength
        own = np.where(most[len(leaves) :] > 0, OWN, 0.0)
        scores = np.log(np.concatenate([chances, own]) + LEAST) + most
        powers = np.exp(scores - scores.max())
        return (powers / powers.sum()).astype(chances.dtype), names


def vector_of(embedding: np.ndarray, meaning: np.ndarray | None) -> np.ndarray:
    """What corrections are compared by: the shape's embedding and, where it was read, the meaning, each of length one."""
    parts = [part / max(float(np.linalg.norm(part)), 1e-9) for part in (embedding, meaning) if part is not None]
    return (np.concatenate(parts) / np.sqrt(len(parts))).astype(np.float32)


def load(folder: Path) -> Corrections:
    """The corrections kept in ``folder``; none where it has none yet. Raises WorldwrightError for a damaged file."""
    path = folder / FILE
    if not path.exists():
        return Corrections()
    try:
        with np.load(path, allow_pickle=False) as kept:
            return Corrections(kept["vectors"], [str(x) for x in kept["labels"]], [str(x) for x in kept["names"]])
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise WorldwrightError(f"The corrections in “{folder}” cannot be read.", f"Restore or delete “{FILE}” there.") from error


def save(folder: Path, corrections: Corrections) -> None:
    """Keeps them, whole or not at all. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{FILE}.part"
    with open(partial, "wb") as file:
        np.savez(file, vectors=corrections.vectors, labels=np.array(corrections.labels), names=np.array(corrections.names))
    os.replace(partial, folder / FILE)


def next_to_label(confidences: np.ndarray, vectors: np.ndarray, count: int) -> list[int]:
    """Which ``count`` of n objects to label next: unsure ones that are unlike each other (farthest first, weighed by doubt)."""
    doubt = 1 - np.asarray(confidences, float)
    chosen: list[int] = []
    away = np.ones(len(doubt))
    for _ in range(min(count, len(doubt))):
        score = doubt * away
        score[chosen] = -1
        chosen.append(int(score.argmax()))
        away = np.minimum(away, np.clip(1 - vectors @ vectors[chosen[-1]], 0, 1))
    return chosen
