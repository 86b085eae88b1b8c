"""Trains the shipped annotator from the library, calibrates it, and writes its model card.

    python -m core.learning.train_annotator --data FOLDER --seed 0 --output core/weights

The packs of ``HELD_PACKS`` are kept out of the networks' training: validation runs on them, and temperature and threshold are
fitted on them. Checkpoints lie beside the output until all is done, so the command can be repeated after an interruption. The split
"unseen-artist" is read only to report scores. About ten minutes on one free core.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch

from ..annotation.network import AnnotatorConfig, Committee
from ..annotation.reader import POINTS, VIEWS, Reader
from ..annotation.taxonomy import LEAVES
from ..errors import WorldwrightError
from ..spatial.pointnet import PointNetConfig
from .calibrate import fit_temperature, fit_threshold, softmax
from .card import write_card
from .data import CACHE, Library, load_library, with_shapes
from .evaluate import score
from .forest import grow_forest
from .train import TrainConfig, Training, new_network, predict

VERSION = "1"
HELD_PACKS = ("KatorLegaz", "survival_pack", "platformer_pack")
WANTED = 0.7  # share of right answers asked of those above the threshold
SHAPES_PER_LEAF = 250
MEMBERS = 2


def plain_pointnet() -> AnnotatorConfig:
    """The paper's network, without Fourier features, mean pooling or descriptor: the baseline."""
    encoder = PointNetConfig(widths=(64, 64, 64, 128, 1024), bands=0, mean=False)
    return AnnotatorConfig(leaves=tuple(LEAVES), encoder=encoder, descriptor=False)


def train_annotator(
    library: Library,
    output: Path,
    config: TrainConfig,
    members: int = MEMBERS,
    shapes: int = SHAPES_PER_LEAF,
    network_config: AnnotatorConfig | None = None,
) -> dict:
    """Trains ``members`` networks on ``library`` and ``shapes`` procedural shapes of each leaf, from the seeds ``config.seed``,
    ``config.seed`` + 1, …

    Writes annotator.safetensors and .jsonl into ``output`` and returns the notes that go into the weights.
    """
    library = with_shapes(library, shapes)
    train = library.where("train")
    held = train[np.isin(np.array(library.packs)[train], HELD_PACKS)]
    networks = []
    with open(output / "annotator.jsonl", "a", encoding="utf-8") as log:
        for seed in range(config.seed, config.seed + members):

            def write(entry: dict, seed: int = seed) -> None:
                log.write(json.dumps({"seed": seed, **entry}) + "\n")
                log.flush()

            network = new_network(list(LEAVES), network_config, seed)
            training = Training(network, library, np.setdiff1d(train, held), held, replace(config, seed=seed))
            training.run(write, output / f"annotator-{seed}.checkpoint")
            networks.append(network)
    # Confidence is calibrated with a forest that has not seen the held-out packs; the shipped one has learnt them too.
    seen = np.setdiff1d(train, held)
    forests = [grow_forest(library, index, list(LEAVES), config.seed) if shapes else None for index in (seen, train)]
    notes = calibrate(Committee(networks, forests[0]), library, held, config.seed) | {
        "version": VERSION,
        "shapes_per_leaf": shapes,
        "train": asdict(config),
    }
    Committee(networks, forests[1]).save(output / "annotator.safetensors", notes)
    return notes


def calibrate(committee: Committee, library: Library, held: np.ndarray, seed: int) -> dict:
    """Temperature and threshold fitted on the held-out models ``held``, with the score there."""
    leaves = committee.config.network.leaves
    index = np.array([number for number in held if library.leaves[number] in leaves], int)
    targets = np.array([leaves.index(library.leaves[number]) for number in index])
    scores = predict(committee, library, torch.from_numpy(index), VIEWS, POINTS, seed=seed).numpy()
    temperature = fit_temperature(scores, targets)
    probabilities = softmax(scores, temperature)
    right = probabilities.argmax(axis=1) == targets
    threshold = fit_threshold(probabilities.max(axis=1), right, WANTED)
    return {
        "temperature": temperature,
        "threshold": min(threshold, 0.9),
        "held_packs": list(HELD_PACKS),
        "held_models": len(targets),
        "held_top1": float(right.mean()),
    }


def main(arguments: list[str] | None = None) -> int:
    """The command. Returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with models.csv")
    parser.add_argument("--output", type=Path, default=Path("core/weights"), help="where weights, log and card go")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where the point clouds are kept")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--members", type=int, default=MEMBERS, help="networks that are asked together")
    parser.add_argument("--epochs", type=int, default=TrainConfig.epochs)
    parser.add_argument("--baseline", action="store_true", help="train the plain PointNet of the paper instead, without shapes")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    try:
        library = load_library(options.data, options.cache)
        options.output.mkdir(parents=True, exist_ok=True)
        config = TrainConfig(seed=options.seed, epochs=options.epochs)
        if options.baseline:
            train_annotator(library, options.output, config, 1, 0, plain_pointnet())
        else:
            train_annotator(library, options.output, config, options.members)
        finish(library, options.output)
    except WorldwrightError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def finish(library: Library, output: Path) -> None:
    """Scores the saved weights on the unseen artists, writes the card, deletes the checkpoints."""
    committee, notes = Committee.load(output / "annotator.safetensors")
    reader = Reader(committee, notes["temperature"], notes["threshold"], f"annotator {notes['version']}")
    scores = score(reader, library, library.where("unseen-artist"))
    lines = (output / "annotator.jsonl").read_text(encoding="utf-8").splitlines()
    write_card(output / "annotator.md", library, committee.config, notes, [json.loads(line) for line in lines], scores)
    for path in output.glob("annotator-*.checkpoint"):
        path.unlink()


if __name__ == "__main__":
    sys.exit(main())
