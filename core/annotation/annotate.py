"""Meshes → annotations: what each is, how sure that is, and what was measured."""

from __future__ import annotations

import numpy as np

from ..errors import WorldwrightError
from ..progress import Progress, silent
from ..scene import Mesh
from .annotation import UNKNOWN, Annotation, LabelScore
from .measure import check, facts
from .taxonomy import LEAVES, length, size_warning

TOGETHER = 8  # meshes read by the network at once


def annotate(meshes: list[Mesh], progress: Progress = silent, seed: int = 0) -> list[Annotation]:
    """One annotation for each mesh, in order. The same meshes and seed give the same annotations.

    Any size, unit and yaw will do; Z must be up. A mesh that cannot be read (no faces, coordinates that are no numbers, no area)
    raises WorldwrightError when it is the only one; among others it gets the label ``unknown`` and a warning that says why.
    """
    from ..spatial.inputs import cloud_arrays
    from .reader import POINTS, shipped

    if not meshes:
        raise WorldwrightError("There is nothing to annotate.", "Select at least one mesh.")
    progress(0.0, "Loading the annotator")
    reader = shipped()
    annotations: list[Annotation | None] = [None] * len(meshes)
    waiting: list[tuple[int, dict[str, np.ndarray]]] = []

    def read_waiting() -> None:
        if waiting:
            scores, embeddings = reader.read([cloud for _, cloud in waiting])
            for (number, _), row, embedding in zip(waiting, scores, embeddings, strict=True):
                label, confidence, best = reader.verdict(row)
                top = [LabelScore(reader.leaves[leaf], float(row[leaf])) for leaf in best]
                annotations[number] = _annotation(meshes[number], label, confidence, top, embedding, reader.name)
            waiting.clear()

    for number, mesh in enumerate(meshes):
        progress(number / len(meshes), f"Reading {mesh.name}")
        try:
            check(mesh)
            waiting.append((number, cloud_arrays([mesh], seed, POINTS)))
        except WorldwrightError as error:
            if len(meshes) == 1:
                raise
            annotations[number] = _unreadable(mesh, error, reader.name)
        if len(waiting) == TOGETHER:
            read_waiting()
    read_waiting()
    return [annotation for annotation in annotations if annotation is not None]


def _annotation(mesh: Mesh, label: str, confidence: float, top: list[LabelScore], embedding: np.ndarray, model: str) -> Annotation:
    measured = facts(mesh)
    known = label != UNKNOWN
    warning = size_warning(label, tuple(measured["size_m"])) if known else ""
    leaf = LEAVES[label] if known else None
    return Annotation(
        name=mesh.name,
        label=label,
        group=leaf.group if leaf else "",
        confidence=confidence,
        top=top,
        caption=caption(label, confidence, top, measured),
        tags=[leaf.name, leaf.group, *leaf.tags] if leaf else [],
        facts=measured,
        warnings=[warning] if warning else [],
        embedding=embedding.astype(np.float32),
        model=model,
    )


def caption(label: str, confidence: float, top: list[LabelScore], measured: dict) -> str:
    """One sentence: what it is, as sure as the network is, then size and triangles as measured."""
    size, triangles = measured["size_m"], measured["triangles"]
    numbers = f"about {_box(size)}, {triangles:,} triangle{'' if triangles == 1 else 's'}"
    if label == UNKNOWN:
        guesses = " or ".join(LEAVES[score.label].phrase for score in top[:2])
        return f"An object that was not recognised (perhaps {guesses}), {numbers}."
    phrase = LEAVES[label].phrase
    if confidence < 0.75:
        return f"{'Probably' if confidence >= 0.5 else 'Perhaps'} {phrase}, {numbers}."
    return f"{phrase[0].upper()}{phrase[1:]}, {numbers}."


def _box(size: list[float]) -> str:
    if 0.1 <= max(size) < 1000:
        digits = 1 if max(size) >= 0.5 and min(size) >= 0.05 else 2
        return " × ".join(f"{side:,.{digits}f}" for side in size) + " m"
    return " × ".join(length(side) for side in size)


def _unreadable(mesh: Mesh, error: WorldwrightError, model: str) -> Annotation:
    return Annotation(
        name=mesh.name,
        label=UNKNOWN,
        group="",
        confidence=0.0,
        caption="An object that could not be read.",
        warnings=[str(error)],
        model=model,
    )
