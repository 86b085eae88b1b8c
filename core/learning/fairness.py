"""Whether the annotator serves everyone: its scores by class, artist and size, and on generated people by sex, age, build and skin.

worldwright evaluate annotator --fairness --data FOLDER --html fairness.html
"""

from __future__ import annotations

import html
import itertools
import os
from pathlib import Path

import numpy as np
import torch

from ..annotation.annotate import annotate
from ..annotation.reader import POINTS, VIEWS, shipped
from ..errors import WorldwrightError
from ..progress import Progress, part, silent
from ..scene import Mesh, Node, Scene
from .calibrate import softmax
from .data import CACHE, library_meshes, load_library
from .scores import bootstrap, mean_of
from .train import predict

FEW = 5  # models of a group, below which its score says nothing
SIZES = ((0.3, "under 30 cm"), (1.0, "30 cm to 1 m"), (3.0, "1 to 3 m"), (10.0, "3 to 10 m"), (np.inf, "over 10 m"))
PEOPLE: dict[str, tuple[tuple[str, dict[str, float]], ...]] = {
    "sex": (("female", {"gender": 0.0}), ("male", {"gender": 1.0})),
    "age": (("child of 7", {"age": 7.0}), ("25", {"age": 25.0}), ("45", {"age": 45.0}), ("75", {"age": 75.0})),
    "build": (("thin", {"weight": 0.15}), ("average", {"weight": 0.5}), ("heavy", {"weight": 0.95})),
    "skin": (("light", {"skin_tone": 0.1, "caucasian": 1.0, "african": 0.0, "asian": 0.0}),
             ("middle", {"skin_tone": 0.5, "caucasian": 0.0, "african": 0.0, "asian": 1.0}),
             ("dark", {"skin_tone": 0.9, "caucasian": 0.0, "african": 1.0, "asian": 0.0})),
}  # fmt: skip
"""Attribute → its values and what they are in a ``CharacterBrief``."""


def evaluate_fairness(split: str, data: Path, progress: Progress = silent, seed: int = 0, cache: Path = CACHE) -> dict:
    """JSON values: ``by_class``, ``by_artist``, ``by_size`` (rows with count, top1 with its 95 % interval, top3, confidence),
    ``people`` (rows by attribute and value: share named a person, mean confidence), ``gaps`` between the best and worst value of
    each attribute, and ``notes``. Raises WorldwrightError."""
    reader = shipped()
    leaves = list(reader.leaves)
    library = load_library(Path(data), cache, progress=part(progress, 0.0, 0.1))
    if split not in library.splits:
        raise WorldwrightError(f"There is no split “{split}”.", f"There are: {', '.join(sorted(set(library.splits)))}.")
    index = np.array([n for n in library.where(split) if library.leaves[n] in leaves], int)
    progress(0.1, "Reading the models")
    scores = predict(reader.network, library, torch.from_numpy(index), VIEWS, POINTS, seed=seed).numpy()
    chances = softmax(scores, reader.temperature)
    targets = np.array([leaves.index(library.leaves[n]) for n in index])
    size = np.full(len(index), np.nan)
    place_of = {int(number): place for place, number in enumerate(index)}
    for number, meshes in library_meshes(Path(data), only=index.tolist()):
        points = np.concatenate([mesh.vertices for mesh in meshes])
        size[place_of[number]] = np.ptp(points, axis=0).max()
        progress(0.3 + 0.2 * place_of[number] / len(index), "Measuring the models")
    band = [next(name for limit, name in SIZES if not longest > limit) for longest in size]
    result: dict = {"split": split, "models": len(index), "model": reader.name}
    for title, groups in (
        ("by_class", [library.leaves[n] for n in index]),
        ("by_artist", [f"{library.authors[n]}: {library.packs[n]}" for n in index]),
        ("by_size", band),
    ):
        result[title] = _rows(title.removeprefix("by_"), groups, chances, targets, seed)
    people = read_people(part(progress, 0.5, 1.0), seed)
    result |= {"people": people, "gaps": _gaps(people)}
    return result | {"notes": _notes(result)}


def _rows(name: str, groups: list[str], chances: np.ndarray, targets: np.ndarray, seed: int) -> list[dict]:
    hits = np.argsort(-chances, axis=1, kind="stable")[:, :3] == targets[:, None]
    rows = []
    for group in sorted(set(groups)):
        here = np.array([one == group for one in groups])
        own = hits[here]
        interval = bootstrap(mean_of(own[:, 0]), len(own), seed, 200)
        rows.append({name: group, "count": len(own), "top1": round(interval.value, 3), "low": round(interval.low, 3),
                     "high": round(interval.high, 3), "top3": round(float(own.any(axis=1).mean()), 3),
                     "confidence": round(float(chances[here].max(axis=1).mean()), 3)})  # fmt: skip
    return sorted(rows, key=lambda row: -row["count"])


def person(values: dict[str, float], seed: int) -> Mesh:
    """A dressed, standing person of our own generator as one mesh called by a name that says nothing."""
    from ..characters.brief import CharacterBrief
    from ..characters.generate import generate

    brief = CharacterBrief(seed=seed, motion=False, face_units=False, **values)  # type: ignore[arg-type]
    return joined("Object", generate(brief))


def joined(name: str, scene: Scene) -> Mesh:
    """All meshes of a scene's nodes as one, with their materials, where they stand at rest."""
    nodes: list[Node] = [node for node in scene.nodes if node.mesh is not None]
    meshes = [node.mesh for node in nodes if node.mesh is not None]
    vertex = np.cumsum([0, *[len(mesh.vertices) for mesh in meshes[:-1]]])
    slot = np.cumsum([0, *[len(mesh.materials) for mesh in meshes[:-1]]])
    index = [(np.zeros(len(m.face_sizes), np.int32) if m.material_index is None else m.material_index) + at
             for m, at in zip(meshes, slot, strict=True)]  # fmt: skip
    uvs = [np.zeros((len(m.corners), 2), np.float32) if m.uvs is None else m.uvs for m in meshes]
    return Mesh(
        name, np.concatenate([mesh.vertices for mesh in meshes]),
        np.concatenate([mesh.corners + at for mesh, at in zip(meshes, vertex, strict=True)]),
        np.concatenate([mesh.face_sizes for mesh in meshes]), np.concatenate(uvs),
        materials=[material for mesh in meshes for material in mesh.materials], material_index=np.concatenate(index),
    )  # fmt: skip


def read_people(progress: Progress = silent, seed: int = 0) -> list[dict]:
    """One row for each value of each attribute of ``PEOPLE``, over one person of every combination."""
    kinds = list(itertools.product(*PEOPLE.values()))
    seen: list[tuple[tuple[str, ...], bool, float]] = []
    for number, kind in enumerate(kinds):
        progress(number / len(kinds), "Looking at people")
        values: dict[str, float] = {}
        for _, chosen in kind:
            values |= chosen
        found = annotate([person(values, seed + number)], seed=seed)[0]
        sure = next((score.score for score in found.top if score.label == "person"), 0.0)
        seen.append((tuple(name for name, _ in kind), found.label == "person", sure))
    rows = []
    for place, attribute in enumerate(PEOPLE):
        for name, _ in PEOPLE[attribute]:
            own = [(right, sure) for names, right, sure in seen if names[place] == name]
            rows.append({"attribute": attribute, "value": name, "count": len(own),
                         "named_person": round(float(np.mean([right for right, _ in own])), 3),
                         "confidence": round(float(np.mean([sure for _, sure in own])), 3)})  # fmt: skip
    return rows


def _gaps(people: list[dict]) -> list[dict]:
    gaps = []
    for attribute in PEOPLE:
        own = [row for row in people if row["attribute"] == attribute]
        for figure in ("named_person", "confidence"):
            best, worst = max(own, key=lambda row: row[figure]), min(own, key=lambda row: row[figure])
            gaps.append({"attribute": attribute, "figure": figure, "gap": round(best[figure] - worst[figure], 3),
                         "best": best["value"], "worst": worst["value"]})  # fmt: skip
    return gaps


def _notes(result: dict) -> list[str]:
    """Sentences for whoever reads the report."""
    told = []
    known = [row for row in result["by_class"] if row["count"] >= FEW]
    weak = [f"{row['class']} ({row['top1']:.0%} of {row['count']})" for row in sorted(known, key=lambda row: row["top1"])[:5]]
    told.append(f"Worst classes with at least {FEW} models: {', '.join(weak)}.")
    few = [row["class"] for row in result["by_class"] if row["count"] < FEW]
    if few:
        told.append(f"Too few models for a score: {', '.join(few)}.")
    for gap in result["gaps"]:
        if gap["figure"] == "named_person" and gap["gap"] > 0.1:
            told.append(
                f"People are recognised less often by {gap['attribute']}: {gap['worst']} by {gap['gap']:.0%} than {gap['best']}."
            )
    return told


def write_page(path: Path, result: dict) -> None:
    """The report as one HTML page. Raises WorldwrightError."""
    title = html.escape(result["model"])
    about = f"{result['models']} models of the split “{html.escape(result['split'])}”, shape alone; people are generated and read"
    parts = [f"<h1>Fairness of {title}</h1><p>{about} with their looks. Intervals are 95 % bootstrap.</p>"]
    parts.append("<ul>" + "".join(f"<li>{html.escape(note)}</li>" for note in result["notes"]) + "</ul>")
    for name in ("people", "gaps", "by_class", "by_artist", "by_size"):
        rows = result[name]
        head = "".join(f"<th>{html.escape(key.replace('_', ' '))}</th>" for key in rows[0])
        body = "".join("<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row.values()) + "</tr>" for row in rows)
        parts.append(f"<h2>{name.replace('_', ' ').capitalize()}</h2><table><tr>{head}</tr>{body}</table>")
    style = ("body{font:14px/1.5 system-ui,sans-serif;margin:24px;max-width:900px}table{border-collapse:collapse}"
             "td,th{padding:3px 12px;text-align:left;border-bottom:1px solid #8884}meter{width:90px}")  # fmt: skip
    page = f'<!doctype html><meta charset="utf-8"><title>Fairness</title><style>{style}</style>{"".join(parts)}'
    partial = path.with_name(path.name + ".part")
    try:
        partial.write_text(page, encoding="utf-8")
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise WorldwrightError(f"“{path}” cannot be written: {error.strerror}.", "Choose another folder or name.") from error


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"<meter value={min(max(value, 0), 1):.3f}></meter> {value:.3f}"
    return html.escape(str(value))
