"""Trains the networks that the shipped annotator is compared with, on the same library, shapes and split.

    python -m core.learning.train_baselines --data FOLDER --output FOLDER

A plain PointNet (Qi et al., 2017) and a graph network (edge convolution: Wang et al., 2019), each alone: no descriptor, no forest,
no committee. Confidence is calibrated as the annotator's. They are scored by ``worldwright evaluate annotator --robustness
--baselines FOLDER`` and are not shipped.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

import numpy as np
import torch

from ..annotation.network import AnnotatorConfig, Committee
from ..annotation.taxonomy import LEAVES
from ..errors import WorldwrightError
from ..spatial.graph import GraphConfig
from .data import CACHE, load_library, with_shapes
from .loop import Log
from .train import TrainConfig, Training, new_network
from .train_annotator import HELD_PACKS, calibrate, plain_pointnet

VERSION = "baseline"


def graph_network() -> AnnotatorConfig:
    """Edge convolutions on the sixteen nearest neighbours."""
    return AnnotatorConfig(leaves=tuple(LEAVES), encoder=GraphConfig(), descriptor=False)


BASELINES = {
    "pointnet": (plain_pointnet, TrainConfig(epochs=14, points=256)),
    "graph": (graph_network, TrainConfig(epochs=4, points=160, batch=48, warmup=30)),
}
"""Name → its architecture, and as much training as three minutes of a free core allow."""
SHAPES_PER_LEAF = 100


def _writer(log: TextIO) -> Log:
    return lambda entry: print(json.dumps(entry), file=log, flush=True)


def main(arguments: list[str] | None = None) -> int:
    """The command. Returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with models.csv")
    parser.add_argument("--output", type=Path, required=True, help="where weights and logs go")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where the point clouds are kept")
    parser.add_argument("--only", choices=BASELINES, help="train this one only")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    try:
        library = with_shapes(load_library(options.data, options.cache), SHAPES_PER_LEAF)
    except WorldwrightError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    options.output.mkdir(parents=True, exist_ok=True)
    train = library.where("train")
    held = train[np.isin(np.array(library.packs)[train], HELD_PACKS)]
    for name in [options.only] if options.only else BASELINES:
        architecture, config = BASELINES[name]
        network = new_network(list(LEAVES), architecture(), config.seed)
        training = Training(network, library, np.setdiff1d(train, held), held, config)
        with open(options.output / f"{name}.jsonl", "w", encoding="utf-8") as log:
            training.run(_writer(log), options.output / f"{name}.checkpoint")
        committee = Committee([network])
        notes = calibrate(committee, library, held, config.seed) | {"version": VERSION, "train": asdict(config)}
        committee.save(options.output / f"{name}.safetensors", notes)
        (options.output / f"{name}.checkpoint").unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
