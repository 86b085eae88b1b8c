"""Meshes → annotations: what each is, how sure that is, and what was measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from ..crossmodal.names import plain_words
from ..errors import WorldwrightError
from ..progress import Progress, silent
from ..scene import Material, Mesh
from .annotation import UNKNOWN, Annotation, LabelScore
from .collection import refine
from .corrections import Corrections, vector_of
from .inspect import inspect, mass_of, warnings_of
from .materials import MATERIALS, named
from .measure import check, facts
from .taxonomy import LEAVES, length, size_warning

if TYPE_CHECKING:
    from . import fusing
    from .reader import Reader

TOGETHER = 8  # meshes read by the network at once
SURE = 0.5  # of a material, below which it is not named
MOST_SLOTS = 12  # material slots of one mesh that are looked at, most used first
OBVIOUS = {"plant", "tree", "rock", "food", "ground", "person", "animal", "fish", "cloud", "bones"}  # no material in the caption


def annotate(
    meshes: list[Mesh],
    progress: Progress = silent,
    seed: int = 0,
    known: list[dict] | None = None,
    thorough: bool = True,
    corrections: Corrections | None = None,
    reader: Reader | None = None,
) -> list[Annotation]:
    """One annotation for each mesh, in order. The same input and seed give the same annotations.

    Any size, unit and yaw will do; Z must be up. ``known``: of each mesh what is known beside its shape, any of {"names": [its and
    its collections' names], "note": text, "voice": (n,) a spoken note at 16 kHz, "touch": (T, 6) as ``crossmodal.touch.read_touch``
    gives it, "picture": (H, W, 3) uint8, "collection": name}, where objects of one collection refine each other's answers;
    by default the mesh's own name. ``thorough`` false reads the shape alone, as is done where the encoders are not installed.
    ``corrections`` are the artist's, which later answers lean towards. ``reader``: a model of the artist's own, which answers by
    shape with its own words; by default the shipped one, with pictures and names beside it.
    A mesh that cannot be read (no faces, coordinates that are no numbers, no area) raises WorldwrightError when it is the only
    one; among others it gets the label ``unknown`` and a warning that says why.
    """
    from ..spatial.inputs import cloud_arrays
    from . import fusing
    from .part_names import KIND_OF
    from .parts import shipped as part_reader
    from .reader import POINTS, shipped

    if not meshes:
        raise WorldwrightError("There is nothing to annotate.", "Select at least one mesh.")
    progress(0.0, "Loading the annotator")
    fusion = fusing.shipped() if reader is None and thorough and fusing.available() else None
    reader = reader or shipped()
    told = [heard(one) for one in known] if known else [{"names": [mesh.name]} for mesh in meshes]
    readings: list[Reading | None] = [None] * len(meshes)
    problems: dict[int, WorldwrightError] = {}
    waiting: list[tuple[int, dict[str, np.ndarray]]] = []

    def read_waiting() -> None:
        if not waiting:
            return
        scores, embeddings = reader.read([cloud for _, cloud in waiting])
        for (number, _), row, embedding in zip(waiting, scores, embeddings, strict=True):
            known_of: dict[str, Any] = {name: value for name, value in told[number].items() if name != "collection"}
            if fusion is None:
                reading = by_shape(meshes[number], row, reader)
            else:
                reading = fused(meshes[number], row, fusing.Known(**known_of), fusion, seed)
            reading.embedding = embedding.astype(np.float32)
            readings[number] = reading
        waiting.clear()

    for number, mesh in enumerate(meshes):
        progress(number / len(meshes), f"Reading {mesh.name}")
        try:
            check(mesh)
            waiting.append((number, cloud_arrays([mesh], seed, POINTS)))
        except WorldwrightError as error:
            if len(meshes) == 1:
                raise
            problems[number] = error
        if len(waiting) == TOGETHER:
            read_waiting()
    read_waiting()
    _refine(readings, told)
    found = []
    for number, (mesh, reading) in enumerate(zip(meshes, readings, strict=True)):
        if reading is None:
            found.append(_unreadable(mesh, problems[number], reader.name))
            continue
        found.append(_annotation(mesh, reading, corrections or Corrections()))
        if thorough and found[-1].label in KIND_OF:
            progress(1.0, f"Parts of {mesh.name}")
            found[-1].part_names, found[-1].part = present(*part_reader().label(mesh, found[-1].label, seed))
    for annotation, flags in zip(found, flags_of(told, thorough), strict=True):
        annotation.flags = flags
    return found


def _refine(readings: list[Reading | None], told: list[dict]) -> None:
    """Objects that are said to be of one collection refine each other's chances, in place."""
    groups: dict[str, list[tuple[Reading, np.ndarray]]] = {}
    for reading, one in zip(readings, told, strict=True):
        if reading is not None and reading.seen is not None and one.get("collection"):
            groups.setdefault(one["collection"], []).append((reading, reading.seen))
    for group in groups.values():
        refined = refine(np.stack([reading.chances for reading, _ in group]), np.stack([seen for _, seen in group]))
        for (reading, _), chances in zip(group, refined, strict=True):
            reading.chances = chances


def flags_of(told: list[dict], thorough: bool = True) -> list[list[dict]]:
    """Of each thing what a person should look at: its names, its note and, where a model of pictures is there, its picture."""
    from ..review.words import concerns_of

    texts = [[("name", name) for name in one.get("names", [])] + [("note", one.get("note", ""))] for one in told]
    plain = list(dict.fromkeys(text for own in texts for _, text in own if text.strip()))
    if thorough:
        from ..review.meaning import concerns_of_all

        concerns = dict(zip(plain, concerns_of_all(plain), strict=True))
    else:
        concerns = {text: concerns_of(text) for text in plain}
    flags = [
        [{"kind": kind, "text": text, "reason": concern.reason} for kind, text in own for concern in concerns.get(text, [])]
        for own in texts
    ]
    for own, one in zip(flags, told, strict=True):
        if one.get("picture") is not None:
            from ..review.pictures import concerns_of_pictures

            seen = concerns_of_pictures(one["picture"][None]) or [[]]
            own += [{"kind": "picture", "text": "the reference picture", "reason": concern.reason} for concern in seen[0]]
    return flags


def present(names: list[str], part: np.ndarray) -> tuple[list[str], np.ndarray]:
    """Only the parts that some face is of, and (F,) their numbers."""
    used = [number for number in range(len(names)) if (part == number).any()]
    place = np.full(len(names) + 1, -1, np.int32)  # the last is for faces of no part
    place[used] = np.arange(len(used))
    return [names[number] for number in used], place[part]


def heard(known: dict) -> dict:
    """What is known with a spoken note, ``voice`` (n,) at 16 kHz, written out. Raises WorldwrightError without the model."""
    voice = known.get("voice")
    rest = {name: value for name, value in known.items() if name != "voice"}
    if voice is None:
        return rest
    from ..crossmodal.speech import speech_encoder

    said = speech_encoder().hear(voice).text
    return rest | {"note": " ".join(part for part in (rest.get("note", "").strip(), said.strip()) if part)}


@dataclass
class Reading:
    """What the networks say of one mesh: ``chances`` (L,) of ``leaves``, below ``threshold`` it is unknown; ``seen`` (D,) what its
    grey views look like; the rest as in ``Annotation``."""

    chances: np.ndarray
    leaves: tuple[str, ...]
    threshold: float
    materials: list[dict]
    model: str
    evidence: dict[str, float] = field(default_factory=dict)
    embedding: np.ndarray | None = None
    meaning: np.ndarray | None = None
    seen: np.ndarray | None = None


def by_shape(mesh: Mesh, row: np.ndarray, reader: Reader) -> Reading:
    """What the committee alone says, ``row`` (leaves,) being its probabilities; materials only where a slot's name tells."""
    materials = [_finding(mesh.materials[slot], share, named(mesh.materials[slot].name), 1.0) for slot, share in _slot_shares(mesh)]
    return Reading(row, reader.leaves, reader.threshold, materials, reader.name)


def fused(mesh: Mesh, row: np.ndarray, known: fusing.Known, fusion: fusing.FusionReader, seed: int) -> Reading:
    """What shape, pictures, names, note and touch say together; ``row`` (leaves,) is the committee's verdict."""
    given = fusion.given(mesh, row, known, seed)
    shares = _slot_shares(mesh)[:MOST_SLOTS]
    verdict = fusion.fuse([given, *(given | fusion.slot(mesh.materials[slot], share) for slot, share in shares)])
    chances = verdict.logits[0].softmax(dim=-1).numpy()
    materials = []
    for number, (slot, share) in enumerate(shares, start=1):
        material = verdict.material[number].softmax(dim=-1)
        guess = list(MATERIALS)[int(material.argmax())]
        told = named(mesh.materials[slot].name)
        materials.append(_finding(mesh.materials[slot], share, told or guess, 0.98 if told else float(material.max())))
    names = zip(fusion.order, verdict.shares[0].tolist(), strict=True)
    return Reading(
        chances=chances,
        leaves=fusion.network.config.leaves,
        threshold=fusion.threshold,
        materials=materials,
        model=fusion.name,
        evidence={name: round(share, 3) for name, share in names if name in given},
        meaning=verdict.meaning[0].numpy().astype(np.float32),
        seen=given["form"][0].numpy() if "form" in given else None,
    )


def _slot_shares(mesh: Mesh) -> list[tuple[int, float]]:
    """(slot, share of the faces) of the material slots that are used, most first."""
    if not mesh.materials:
        return []
    index = np.zeros(len(mesh.face_sizes), int) if mesh.material_index is None else mesh.material_index
    counts = np.bincount(index.clip(0, len(mesh.materials) - 1), minlength=len(mesh.materials))
    order = np.argsort(-counts, kind="stable")
    return [(int(slot), float(counts[slot] / counts.sum())) for slot in order if counts[slot]]


def _finding(slot: Material, share: float, material: str, confidence: float) -> dict:
    sure = bool(material) and confidence >= SURE
    substance = MATERIALS[material] if sure else None
    return {
        "slot": slot.name,
        "material": material if sure else "",
        "confidence": round(confidence if material else 0.0, 3),
        "share": round(share, 4),
        "density": substance.density if substance else None,
        "friction": substance.friction if substance else None,
    }


def _annotation(mesh: Mesh, reading: Reading, corrections: Corrections) -> Annotation:
    """The reading in words and figures, leaning towards the artist's corrections."""
    assert reading.embedding is not None
    chances, leaves = corrections.apply(reading.chances, reading.leaves, vector_of(reading.embedding, reading.meaning))
    best = np.argsort(-chances, kind="stable")[:3]
    top = [LabelScore(leaves[leaf], float(chances[leaf])) for leaf in best]
    confidence = top[0].score
    label = top[0].label if confidence >= reading.threshold else UNKNOWN
    measured = facts(mesh) | inspect(mesh, label)
    leaf = LEAVES.get(label)
    solid = [(finding["share"], finding["density"]) for finding in reading.materials if finding["density"]]
    measured["mass_kg"] = mass_of(measured, solid) if solid else None
    size = size_warning(label, tuple(measured["size_m"])) if leaf else ""
    words = [*((leaf.name, leaf.group, *leaf.tags) if leaf else [label] if label != UNKNOWN else [])]
    own = set(plain_words(mesh.name).split())
    words += [kind for kind in (leaf.kinds if leaf else ()) if kind in own]  # what the thing's own name says it is
    return Annotation(
        name=mesh.name,
        label=label,
        group=leaf.group if leaf else "",
        confidence=confidence,
        top=top,
        caption=caption(label, confidence, top, measured, _main_material(reading.materials)),
        tags=list(dict.fromkeys([*words, *(finding["material"] for finding in reading.materials if finding["material"])])),
        facts=measured,
        warnings=[*([size] if size else []), *warnings_of(measured, measured["triangles"])],
        materials=reading.materials,
        evidence=reading.evidence,
        embedding=reading.embedding,
        meaning=reading.meaning,
        model=reading.model,
    )


def _phrase(label: str) -> str:
    """How a caption begins; labels of the artist's own get their article."""
    return LEAVES[label].phrase if label in LEAVES else f"{'an' if label[0] in 'aeiou' else 'a'} {label}"


def _main_material(materials: list[dict]) -> str:
    """The material of at least half of the faces, or ""."""
    shares: dict[str, float] = {}
    for finding in materials:
        if finding["material"]:
            shares[finding["material"]] = shares.get(finding["material"], 0.0) + finding["share"]
    return next((material for material, share in shares.items() if share >= 0.5), "")


def caption(label: str, confidence: float, top: list[LabelScore], measured: dict, material: str = "") -> str:
    """One sentence: what it is, as sure as the network is, what most of it is made of, then size and triangles as measured."""
    size, triangles = measured["size_m"], measured["triangles"]
    numbers = f"about {_box(size)}, {triangles:,} triangle{'' if triangles == 1 else 's'}"
    if label == UNKNOWN:
        guesses = " or ".join(_phrase(score.label) for score in top[:2])
        return f"An object that was not recognised (perhaps {guesses}), {numbers}."
    phrase = _phrase(label)
    if material and label not in OBVIOUS:
        numbers = f"mostly {material}, {numbers}"
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
