"""Numbers of the learning workbench: throughput against textbook networks, LoRA against full fine-tuning, labels saved.

    python -m tests.benchmarks.bench_training throughput
    python -m tests.benchmarks.bench_training lora --data FOLDER
    python -m tests.benchmarks.bench_training labels --data FOLDER [--trunk FILE] [--draws 3]

The textbook PointNet (with its transforms) and DGCNN (k 20, dynamic graph, convolutions on concatenated pairs, 1,024 wide) are
written out here as their papers have them, and trained on the same batches in the same run. ``lora`` and ``labels`` use the split
"unseen-artist", of each shape one copy: recoloured ones do not count.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from core.annotation.network import Annotator, AnnotatorConfig
from core.learning.adapt import merged, prepare
from core.learning.data import Library, load_library
from core.learning.evaluate import _VARIANT
from core.learning.few_labels import COUNTS, measure, task_of
from core.learning.pretrain import PRETRAINED_WEIGHTS, load_trunk
from core.learning.registry import Registry
from core.learning.settings import TrainBrief
from core.learning.train import Training, predict
from core.learning.workbench import base_of, config_of
from core.spatial.graph import gather, nearest
from core.spatial.pointnet import PointNetConfig

BATCH, POINTS, CLASSES = 8, 1024, 40


def convolution(before: int, after: int, sides: int) -> nn.Sequential:
    """1 x 1 convolution, BatchNorm and ReLU over ``sides`` dimensions of points."""
    kinds = {1: (nn.Conv1d, nn.BatchNorm1d), 2: (nn.Conv2d, nn.BatchNorm2d)}[sides]
    return nn.Sequential(kinds[0](before, after, 1, bias=False), kinds[1](after), nn.LeakyReLU(0.2))


class TextbookPointNet(nn.Module):
    """Qi et al. 2017: input and feature transforms, 64-64-64-128-1024, 512-256-classes."""

    def __init__(self) -> None:
        super().__init__()
        self.transforms = nn.ModuleList()
        for size in (3, 64):
            layers = [convolution(size, 64, 1), convolution(64, 128, 1), convolution(128, 1024, 1)]
            layers += [nn.AdaptiveMaxPool1d(1), nn.Flatten()]
            self.transforms.append(nn.Sequential(*layers, nn.Linear(1024, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(),
                                                 nn.Linear(256, size * size)))  # fmt: skip
        self.first = nn.Sequential(convolution(3, 64, 1), convolution(64, 64, 1))
        self.rest = nn.Sequential(convolution(64, 64, 1), convolution(64, 128, 1), convolution(128, 1024, 1))
        self.head = nn.Sequential(nn.Linear(1024, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Dropout(0.3),
                                  nn.Linear(256, CLASSES))  # fmt: skip

    def forward(self, positions: Tensor) -> Tensor:
        values = positions.transpose(1, 2)
        values = (self.transforms[0](values).view(-1, 3, 3) + torch.eye(3)) @ values
        values = self.first(values)
        values = (self.transforms[1](values).view(-1, 64, 64) + torch.eye(64)) @ values
        return self.head(self.rest(values).max(dim=2)[0])


class TextbookDGCNN(nn.Module):
    """Wang et al. 2019: four edge convolutions on graphs of k 20 rebuilt in feature space, 1024, 512-256-classes."""

    def __init__(self) -> None:
        super().__init__()
        widths = (3, 64, 64, 128, 256)
        self.edges = nn.ModuleList(convolution(2 * a, b, 2) for a, b in zip(widths[:-1], widths[1:], strict=True))
        self.join = convolution(512, 1024, 1)
        self.head = nn.Sequential(nn.Linear(2048, 512), nn.LeakyReLU(0.2), nn.Dropout(0.5), nn.Linear(512, 256), nn.LeakyReLU(0.2),
                                  nn.Dropout(0.5), nn.Linear(256, CLASSES))  # fmt: skip

    def forward(self, positions: Tensor) -> Tensor:
        values, outputs = positions, []
        for edge in self.edges:
            near = gather(values, nearest(values, 20))
            own = values[:, :, None].expand_as(near)
            values = edge(torch.cat([near - own, own], dim=-1).permute(0, 3, 1, 2)).max(dim=3)[0].transpose(1, 2)
            outputs.append(values)
        joined = self.join(torch.cat(outputs, dim=-1).transpose(1, 2))
        return self.head(torch.cat([joined.max(dim=2)[0], joined.mean(dim=2)], dim=1))


def throughput(rounds: int = 2) -> None:
    """Clouds a CPU-second of training, best of ``rounds``; every network sees the same clouds of 1,024 points."""
    generator = torch.Generator().manual_seed(0)
    positions = nn.functional.normalize(torch.randn(BATCH, POINTS, 3, generator=generator), dim=-1)
    features, targets = torch.rand(BATCH, POINTS, 8, generator=generator), torch.arange(BATCH) % CLASSES
    config = AnnotatorConfig(tuple(map(str, range(CLASSES))), PointNetConfig(norm=False))
    plain = AnnotatorConfig(config.leaves, config.encoder, descriptor=False)
    networks: dict[str, nn.Module] = {
        "textbook DGCNN": TextbookDGCNN(), "textbook PointNet": TextbookPointNet(),
        "ours, encoder alone": Annotator(plain), "ours, with descriptor": Annotator(config),
    }  # fmt: skip
    speed = {}
    for name, network in networks.items():
        own, times = name.startswith("ours"), []
        optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3)
        network.train()
        for _ in range(rounds + 1):  # the first one warms up
            started = time.process_time()
            with torch.autocast("cpu", torch.bfloat16, enabled=own):  # as our loop trains; the textbooks are slower in bfloat16
                scores = network(positions, features) if own else network(positions)
            loss = nn.functional.cross_entropy(scores.float(), targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            times.append(time.process_time() - started)
        speed[name] = BATCH / min(times[1:])
    print("| network | parameters | clouds a CPU-second | times the DGCNN |\n|---|---|---|---|")
    for name, network in networks.items():
        count = sum(parameter.numel() for parameter in network.parameters())
        print(f"| {name} | {count:,} | {speed[name]:.1f} | {speed[name] / speed['textbook DGCNN']:.1f} |")


def distinct(library: Library) -> np.ndarray:
    """Numbers of the unseen artists' labelled models, of every shape one."""
    there = np.array([number for number in library.where("unseen-artist") if library.leaves[number]])
    shapes = [_VARIANT.sub("", library.names[number]) + library.packs[number] for number in there]
    return there[np.sort(np.unique(shapes, return_index=True)[1])]


def lora(data: Path, epochs: int = 12) -> None:
    """The shipped network taught another artist's models: half of each class is trained on, the other half tested."""
    library = load_library(data)
    numbers = distinct(library)
    counts = Counter(library.leaves[number] for number in numbers)
    numbers = np.array([number for number in numbers if counts[library.leaves[number]] >= 6])
    classes = tuple(sorted({library.leaves[number] for number in numbers}))
    rng, taught = np.random.default_rng(0), []
    for label in classes:
        there = rng.permutation([number for number in numbers if library.leaves[number] == label])
        taught += list(there[: len(there) // 2])
    train, test = np.sort(np.array(taught)), np.setdiff1d(numbers, taught)
    targets = np.array([classes.index(library.leaves[number]) for number in test])

    def accuracy(network: Annotator) -> float:
        return float((predict(network, library, torch.from_numpy(test)).argmax(dim=1).numpy() == targets).mean())

    print(f"{len(train)} models of {len(classes)} classes to train on, {len(test)} to test on, {epochs} epochs")
    print("| method | trained parameters | accuracy | share of the full gain |\n|---|---|---|---|", flush=True)
    gains: dict[str, float] = {}
    start = accuracy(base_of(TrainBrief(), classes, Registry(Path())).network)
    print(f"| as it is | – | {start:.3f} | – |", flush=True)
    for method, rate in (("full", 3e-3), ("lora", 6e-3), ("head", 2e-3)):
        base = base_of(TrainBrief(method=method), classes, Registry(Path()))
        share = prepare(base.network, method, 16)
        brief = TrainBrief(method=method, rate=rate, epochs=epochs)
        Training(base.network, library, train, train[:0], config_of(brief, True)).run(lambda entry: None, None, False)
        found = accuracy(merged(base.network))
        gains[method] = found - start
        print(f"| {method} | {share:.1%} | {found:.3f} | {gains[method] / gains['full']:.0%} |", flush=True)


def labels(data: Path, trunk: Path, draws: int, scratch: bool) -> None:
    """Labels saved by the pre-trained network in ``trunk`` on artists whose models it has not seen."""
    library = load_library(data)
    task = task_of(library, distinct(library))
    found = measure(library, task, load_trunk(trunk), 0, draws=draws, scratch=scratch)
    print(f"{found['models']} models, {draws} draws: {', '.join(found['classes'])}")
    print(f"| | {' | '.join(f'{count} labels' for count in COUNTS)} |\n|---|{'---|' * len(COUNTS)}")
    for way, rows in found["ways"].items():
        print(f"| {way} | " + " | ".join(f"{row['accuracy']:.1%} ± {row['spread']:.1%}" for row in rows) + " |")


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("throughput", "lora", "labels"))
    parser.add_argument("--data", type=Path, help="folder with models.csv")
    parser.add_argument("--trunk", type=Path, default=PRETRAINED_WEIGHTS)
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument("--without-scratch", action="store_true", help="labels: leave out the trainings from nothing")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    if options.what == "throughput":
        throughput()
    elif options.what == "lora":
        lora(options.data)
    else:
        labels(options.data, options.trunk, options.draws, not options.without_scratch)
    return 0


if __name__ == "__main__":
    sys.exit(main())
