"""Brings the shipped annotator and fusion up to a larger taxonomy without training their networks anew.

    python -m core.learning.refresh_annotator --data FOLDER

The forest, which gives most of the answer, is grown again from the library, the procedural shapes and, of new leaves, shapes of our
own generators; the networks' last layers get rows for new leaves: a leaf split off another shares that one's probability. The
calibration stays. A minute on one free core once the features are gathered (``train_fusion`` gathers them too).
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..annotation.forest import Forest
from ..annotation.network import Annotator, Committee
from ..annotation.reader import Reader
from ..annotation.taxonomy import LEAVES
from ..crossmodal.fusion import SHAPE, Fusion
from ..errors import WorldwrightError
from .card import write_card
from .data import CACHE, Library, load_library
from .evaluate import score
from .forest import REAL_WEIGHT, TREES, grow
from .modalities import Made, Views, see_library, see_made

SPLIT_OFF = {"boat": "vehicle", "spaceship": "vehicle"}
"""New leaf → the leaf its things were labelled with when the networks were trained."""
HARDLY = -4.0  # bias of a leaf the networks know nothing of, below the lowest of the others


def widened(network: Annotator, leaves: list[str]) -> Annotator:
    """The same network with outputs for ``leaves``."""
    old = list(network.config.leaves)
    wide = Annotator(replace(network.config, leaves=tuple(leaves)))
    state = network.state_dict()
    _widen(state, "head.out", old, leaves)
    wide.load_state_dict(state)
    return wide.eval()


def widened_fusion(network: Fusion, leaves: list[str]) -> Fusion:
    """The same fusion with outputs for ``leaves``, and with the annotator's verdict on them as its ``shape``."""
    old = list(network.config.leaves)
    widths = network.config.modalities | {SHAPE: len(leaves)}
    wide = Fusion(replace(network.config, leaves=tuple(leaves), modalities=widths))
    state = network.state_dict()
    for name in network.config.modalities:
        _widen(state, f"experts.{name}.leaf", old, leaves)
    first = f"experts.{SHAPE}.body.1.weight"
    columns = state.pop(first)
    place = {leaf: number for number, leaf in enumerate(leaves)}
    fresh = torch.zeros(columns.shape[0], len(leaves))
    fresh[:, [place[leaf] for leaf in old]] = columns  # a new leaf's verdict says nothing to the transformer
    state[first] = fresh
    for name, filling in (("mean", 0.0), ("spread", 1.0)):
        known = state.pop(f"experts.{SHAPE}.{name}")
        values = torch.full((len(leaves),), filling)
        values[[place[leaf] for leaf in old]] = known
        state[f"experts.{SHAPE}.{name}"] = values
    wide.load_state_dict(state)
    return wide.eval()


def _widen(state: dict[str, Tensor], layer: str, old: list[str], leaves: list[str]) -> None:
    """Gives a linear layer of leaves in ``state`` a row for each of ``leaves``."""
    weight, bias = state.pop(f"{layer}.weight"), state.pop(f"{layer}.bias")
    shares = {leaf: 1 + sum(parent == leaf for new, parent in SPLIT_OFF.items() if new not in old) for leaf in old}
    rows, biases = [], []
    for leaf in leaves:
        source = leaf if leaf in old else SPLIT_OFF.get(leaf, "")
        if source:
            rows.append(weight[old.index(source)])
            biases.append(bias[old.index(source)] - float(np.log(shares[source])))
        else:
            rows.append(weight.mean(dim=0))
            biases.append(bias.min() + HARDLY)
    state |= {f"{layer}.weight": torch.stack(rows), f"{layer}.bias": torch.stack(biases)}


def grow_on(library: Library, real: Views, made: Made, index: np.ndarray, old: set[str], seed: int, trees: int) -> Forest:
    """A forest from the statistics of the labelled models ``index``, of procedural shapes but rocks (they mislead), and of
    our generators' shapes of leaves that are not ``old``: of the others the library teaches more."""
    leaves = list(LEAVES)
    known = np.array([n for n in index if library.leaves[n] in LEAVES and real.seen[n]], int)
    pairs = zip(made.leaves, made.colored, strict=True)
    kept = np.array([leaf not in old if colored else leaf != "rock" for leaf, colored in pairs])
    values = np.concatenate([real.statistics[known], made.views.statistics[kept]])
    named = [library.leaves[n] for n in known] + [leaf for leaf, keep in zip(made.leaves, kept, strict=True) if keep]
    weights = np.concatenate([np.full(len(known), REAL_WEIGHT), np.ones(int(kept.sum()))])
    return grow(values, np.array([leaves.index(leaf) for leaf in named]), weights, len(leaves), seed, trees)


def main(arguments: list[str] | None = None) -> int:
    """The command. Returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with models.csv")
    parser.add_argument("--output", type=Path, default=Path("core/weights"))
    parser.add_argument("--cache", type=Path, default=CACHE, help="where clouds and features are kept")
    parser.add_argument("--shapes", type=int, default=200, help="procedural shapes of each leaf")
    parser.add_argument("--trees", type=int, default=TREES)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    try:
        library = load_library(options.data, options.cache)
        real, _ = see_library(options.data, len(library), options.cache)
        made = see_made(options.shapes, options.cache)
        old, notes = Committee.load(options.output / "annotator.safetensors")
        fusion, fusion_notes = Fusion.load(options.output / "fusion.safetensors")
    except WorldwrightError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    networks = [widened(member, list(LEAVES)) for member in old.members]  # type: ignore[arg-type]
    known = set(old.config.network.leaves)
    forest = grow_on(library, real, made, library.where("train"), known, options.seed, options.trees)
    committee = Committee(networks, forest)
    notes |= {"version": "2", "shapes_per_leaf": options.shapes}
    committee.save(options.output / "annotator.safetensors", notes)
    if tuple(LEAVES) != fusion.config.leaves:
        widened_fusion(fusion, list(LEAVES)).save(options.output / "fusion.safetensors", fusion_notes | {"version": 2})
    reader = Reader(committee, notes["temperature"], notes["threshold"], f"annotator {notes['version']}")
    scores = score(reader, library, library.where("unseen-artist"))
    lines = (options.output / "annotator.jsonl").read_text(encoding="utf-8").splitlines()
    write_card(options.output / "annotator.md", library, committee.config, notes, [json.loads(line) for line in lines], scores)
    sys.stdout.write(json.dumps({name: value for name, value in scores.items() if not isinstance(value, dict)}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
