"""The fusion's model card."""

from __future__ import annotations

from pathlib import Path

from ..crossmodal.fusion import Fusion

CARD = """# Fusion {version}

Joins what is known of an object (its shape as the annotator reads it, four views of it in grey and in colour, its name, a spoken
or written note, a touch, and of a material slot its look and name) to a leaf of the taxonomy, a material and a point in the
space of sentences. Each modality has an expert; a transformer of {layers} layers weighs them ({parameters:,} parameters; half
precision, GPL-3.0-or-later). Views are read by {image}, words by MiniLM-L6, touch by `touch.safetensors`.

## Scores on artists it never saw

    python -m core.learning.train_fusion --data FOLDER

| what is known | top-1 | top-3 | calibration error | told from strangers (AUROC) |
|---|---|---|---|---|
{rows}

“Strangers” are models of the same artists that belong to no leaf. The labels were made from the file names by the rules of
`core/learning/labels.py`, so a score with the name says how far a sentence encoder agrees with these rules.

Materials, on {slots} slots of three packs held out of training whose names tell (the name hidden): {material:.1%} by picture,
look and the thing's name; {named:.1%} when the slot's own name may be read too.

## Data and training

The library of the annotator's card (same licences, same split) and {shapes} procedural shapes of each of 25 leaves, seen in grey.
Shape votes come from forests that had not seen the model. Modalities are left out at random, one name in twenty is another model's.
Seed {seed}, {steps} steps of {batch}, AdamW {rate} one-cycle, weight decay {decay}; losses in `fusion.jsonl` (last {loss}).

## What it cannot do

- It knows the {leaves} leaves and {materials} materials it was taught. Below a probability of {threshold} it says `unknown`.
- The look of a slot without any name is ambiguous: painted wood, plastic and metal are often mistaken for each other.
- Speech was trained as text (sentences of twenty-four patterns with words lost), touch as the touch network's answers at its
  measured rate of error, not as recordings of these objects.
- The split's artists were seen by the people who made labels, taxonomy and shapes; expect somewhat less on a truly new library.
"""


def write_card(path: Path, network: Fusion, notes: dict, log: list[dict]) -> None:
    """Writes the card from the measured ``notes`` and the training's ``log``."""
    rows = [
        f"| {title} | {s['top1']:.3f} | {s['top3']:.3f} | {s['calibration_error']:.3f} | {s['stranger_auroc']:.3f} |"
        for title, s in notes["scores"].items()
    ]
    train = notes["train"]
    material = notes["material"]
    text = CARD.format(
        version=notes["version"], layers=network.config.layers, parameters=sum(p.numel() for p in network.parameters()),
        image=notes["image"], rows="\n".join(rows), slots=material["slots"], material=material["picture and name"],
        named=material["and the slot's own name"], shapes=notes["shapes_per_leaf"], seed=train["seed"], steps=train["steps"],
        batch=train["batch"], rate=train["rate"], decay=train["decay"], loss=log[-1]["loss"],
        leaves=len(network.config.leaves), materials=len(network.config.materials), threshold=notes["threshold"],
    )  # fmt: skip
    path.write_text(text, encoding="utf-8")
