"""Meshes → clean parametric things of the same shape: read, refine, colour, and say how close they come."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import numpy as np

from .. import __version__
from ..environments.greybox.classes import KINDS, named
from ..environments.greybox.recognise import LEAVES
from ..environments.props import PROPS
from ..errors import WorldwrightError
from ..progress import Progress, part, silent
from ..scene import Mesh, Report, Scene
from ..spatial.sampling import sample
from .brief import AUTO, RebuildBrief, generators
from .colours import tints_of
from .frame import check_solid, cloud_of
from .made import Made
from .reader import Read, Target, read_shape, surface_distance
from .refine import refine, unsure_of
from .sliders import make, spelled, usual

POINTS = 4096  # of the original, for the distance that is reported
FARTHEST = 0.03  # diagonals: what comes no closer is not rebuilt unless its kind was named
SURE = 0.6  # of the annotator, from which it is believed that a thing is none of our kinds
UPRIGHT = 0.9995  # cosine of the lean from which a thing is put upright
SAID = 4.0  # log weight of a name that says the kind
# What the annotator calls a thing, and generators beside those that grey boxes of that leaf become.
MORE: dict[str, tuple[str, ...]] = {
    "seat": ("office_chair", "visitor_chair", "dining_chair"),
    "table": ("cafe_table", "dining_table", "meeting_table", "student_desk", "tv_stand"),
    "storage": ("drawer_unit", "filing_cabinet", "tv_stand", "shop_shelf", "waste_bin", "toy_blocks"),
    "barrel": ("waste_bin", "basket", "plant"),
    "vessel": ("vase", "bowl", "mug", "water_bottle", "pen_cup"),
    "book": ("books_row", "paper_stack"),
    "lamp": ("candle", "pendant_lamp", "desk_lamp", "wall_lamp"),
    "picture": ("picture_frame", "mirror", "whiteboard", "pinboard", "wall_clock"),
    "banner": ("curtain",), "ground": ("rug",), "column": ("pedestal",), "wall": ("partition",),
}  # fmt: skip


def rebuild(
    meshes: Sequence[Mesh],
    brief: RebuildBrief,
    progress: Progress = silent,
    annotations: Mapping[str, Mapping[str, float]] | None = None,
) -> Scene:
    """A scene with one parametric thing for each of ``meshes`` (in the world), in its place.

    ``annotations``: name -> the annotator's leaves with their shares, where it ran; it is asked about the others. A mesh that
    cannot be rebuilt is left out with a warning; when it is the only one the WorldwrightError is raised.
    """
    if not meshes:
        raise WorldwrightError("There is nothing to rebuild.", "Select a mesh with faces.")
    started, warnings, nodes = time.perf_counter(), [], []
    rows: list[dict] = []
    for number, mesh in enumerate(meshes):
        own = part(progress, number / len(meshes), (number + 1) / len(meshes))
        try:
            made, told, notes = rebuild_one(mesh, brief, own, annotations)
        except WorldwrightError as error:
            if len(meshes) == 1:
                raise
            warnings.append(str(error))
            continue
        nodes += made.nodes(brief.levels, replaces=mesh.name, **told)
        rows.append(told)
        warnings += notes
    if not rows:
        raise WorldwrightError(" ".join(warnings[:3]), "Select furniture or other furnishings.")
    checks: dict = {"chamfer (mm)": _mean(rows, "chamfer_mm"), "chamfer (% of size)": _mean(rows, "chamfer_percent"),
                    "usual shape of that size (mm)": _mean(rows, "usual_mm")}  # fmt: skip
    if len(rows) == 1:
        checks |= {"kind": rows[0]["prop_label"], "unsure of": rows[0]["unsure"] or "nothing"}
    counts = {"rebuilt": len(rows), "left out": len(meshes) - len(rows), "builds tried": sum(row["tried"] for row in rows)}
    seconds = {"rebuild": time.perf_counter() - started}
    return scene_of("Rebuilt", nodes, brief.to_dict(), brief.seed, Report(counts, checks, warnings, seconds))


def scene_of(name: str, nodes: list, brief: dict, seed: int, report: Report) -> Scene:
    """The result with its provenance."""
    triangles = sum(int(np.maximum(node.mesh.face_sizes - 2, 0).sum()) for node in nodes if node.mesh is not None and not node.role)
    report.counts["triangles"] = triangles
    told = {"kind": "rebuild", "brief": brief, "seed": seed, "version": __version__, "model": "inverse", "licence": "yours"}
    return Scene(name, nodes, provenance=told, report=report)


def rebuild_one(
    mesh: Mesh, brief: RebuildBrief, progress: Progress, annotations: Mapping[str, Mapping[str, float]] | None = None
) -> tuple[Made, dict, list[str]]:
    """The thing that takes a mesh's place, JSON facts about it, and warnings. Raises WorldwrightError."""
    progress(0.0, f"Reading {mesh.name}")
    cloud = cloud_of([mesh], POINTS)
    check_solid(cloud, mesh.name)
    prior: dict[str, float] = {}
    if brief.kind == AUTO:
        known = (annotations or {}).get(mesh.name)
        prior = prior_of(mesh.name, _leaves(mesh, brief.seed) if known is None else known)
    found = read_shape(cloud, generators(brief.kind), prior, brief.one_sided, brief.tidy, progress=part(progress, 0.15, 0.4))
    best, target = found[0], Target(cloud, brief.one_sided)
    best, hurried = refine(best, target, brief.refine, brief.seed, part(progress, 0.4, 0.9))
    progress(0.9, f"Building {best.prop.replace('_', ' ')}")
    unsure = unsure_of(best, target)
    best.distance = surface_distance(mesh, best, brief.one_sided)
    _check_close(mesh.name, best, brief.kind)
    best.values |= {"seed": brief.seed, "palette": brief.palette}
    made = Made(mesh.name, best.prop, best.values, best.stretch, best.place)
    if brief.colors:
        plain = made.build().mesh
        metallic = float(np.mean([material.metallic for material in mesh.materials])) if mesh.materials else 0.0
        made.tints = tints_of(plain, sample([mesh], 2 * POINTS, seed=0), best.place, metallic)
    notes = _notes(mesh.name, best, hurried, brief)
    if best.place[2, 2] < UPRIGHT:
        made.place = upright(best.place, cloud.box)
        notes.append(f"“{mesh.name}” lay on its side or leant; what takes its place stands upright.")
    return made, _told(mesh, best, found, unsure, brief.one_sided), notes


def upright(place: np.ndarray, box: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """(4, 4) a place put upright: on the floor of a box, in its middle, turned as nearly as before."""
    ahead, side = -place[:2, 1], place[:2, 0]  # where the front and the right side looked
    turned = np.linalg.norm(ahead) >= np.linalg.norm(side)
    yaw = np.arctan2(ahead[0], -ahead[1]) if turned else np.arctan2(side[1], side[0])
    low, high = box
    stands = np.eye(4)
    stands[:2, :2] = [[np.cos(yaw), -np.sin(yaw)], [np.sin(yaw), np.cos(yaw)]]
    stands[:3, 3] = (low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]
    return stands


def prior_of(name: str, leaves: Mapping[str, float]) -> dict[str, float]:
    """Log weights of generators from an object's name and the annotator's leaves with their shares. Raises WorldwrightError where
    the annotator is sure that the thing is none of them."""
    word = named(name)
    if word:
        text = name.lower().replace("_", " ")
        said = [key for key in KINDS[word].props if key.replace("_", " ") in text]
        return {key: SAID for key in said or KINDS[word].props}
    known = {leaf: props_of(leaf) for leaf in leaves}
    for leaf, share in leaves.items():
        if share >= SURE and not known[leaf]:
            cure = "Use Fit to My Mesh." if leaf == "person" else "Name the kind it is to become, or leave it as it is."
            article = "an" if leaf[0] in "aeiou" else "a"
            raise WorldwrightError(f"“{name}” looks like {article} {leaf} ({share:.0%}), and there is no generator of that.", cure)
    prior = {key: 0.08 for key in PROPS}
    for leaf, share in leaves.items():
        for key in known[leaf]:
            prior[key] = prior[key] + share
    return {key: float(np.log(weight)) for key, weight in prior.items()}


def props_of(leaf: str) -> tuple[str, ...]:
    """The generators of what the annotator calls by one leaf."""
    boxes = [key for label in LEAVES.get(leaf, ()) for key in KINDS[label].props]
    return tuple(dict.fromkeys([*boxes, *(key for key in MORE.get(leaf, ()))]))


def _leaves(mesh: Mesh, seed: int) -> dict[str, float]:
    from ..annotation.annotate import annotate

    return {entry.label: float(entry.score) for entry in annotate([mesh], seed=seed, thorough=False)[0].top}


def usual_shape(read: Read) -> Read:
    """The generator as it is by default, stretched into the same box: what a rebuilt shape is compared with."""
    values = usual(read.prop)
    size = np.maximum(read.high - read.low, 1e-4)
    made = np.ptp(make(read.prop, values).mesh.vertices, axis=0)
    return Read(read.prop, values, size / np.maximum(made, 1e-6), read.turn, read.low, read.high, diagonal=read.diagonal)


def _check_close(name: str, best: Read, kind: str) -> None:
    """Raises WorldwrightError for a shape that none of the generators comes near to."""
    if kind == AUTO and best.distance > FARTHEST * best.diagonal:
        nearest = best.prop.replace("_", " ")
        raise WorldwrightError(
            f"“{name}” is like nothing there is a generator for: the nearest, a {nearest}, is off by "
            f"{1000 * best.distance:.0f} mm on average ({best.distance / best.diagonal:.1%} of its size).",
            "Name the kind it is to become, or leave it as it is.",
        )


def _told(mesh: Mesh, best: Read, found: list[Read], unsure: list[str], one_sided: bool) -> dict:
    """What is kept with the object: how close it comes, what it might also be, what is not sure."""
    others: dict[str, float] = {}
    for read in found[1:]:
        if read.prop != best.prop:
            others.setdefault(read.prop.replace("_", " "), round(1000 * read.distance, 1))
    return {
        "prop_label": best.prop.replace("_", " "),
        "chamfer_mm": round(1000 * best.distance, 2),
        "chamfer_percent": round(100 * best.distance / best.diagonal, 3),
        "usual_mm": round(1000 * surface_distance(mesh, usual_shape(best), one_sided), 2),
        "unsure": spelled(unsure),
        "instead_mm": others,
        "tried": best.trials,
    }


def _notes(name: str, best: Read, hurried: bool, brief: RebuildBrief) -> list[str]:
    notes = []
    if hurried:
        notes.append(f"“{name}”: the search was cut short by a slow machine; the result may differ elsewhere.")
    if brief.kind != AUTO and best.distance > FARTHEST * best.diagonal:
        notes.append(f"“{name}” is no close {best.prop.replace('_', ' ')}: off by {1000 * best.distance:.0f} mm on average.")
    factors = best.stretch[np.abs(best.stretch - 1) > 0.25]
    if len(factors):
        notes.append(f"“{name}” has not the size a {best.prop.replace('_', ' ')} is made for; it was stretched to it.")
    return notes


def _mean(rows: list[dict], name: str) -> float:
    return round(float(np.mean([row[name] for row in rows])), 3)
