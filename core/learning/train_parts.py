"""Trains the network that names the parts of things, on shapes and generators that know their own parts.

    python -m core.learning.train_parts

Needs no library: every example is made here. Examples from ``HELD`` on are never trained on and give the score.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ..annotation.part_names import LABELS, PARTS
from ..annotation.parts import KIND, POINTS, PartsConfig, PartsNetwork
from ..errors import WorldwrightError
from ..spatial.checkpoint import save_network
from ..spatial.encoding import point_features
from .part_examples import make_example

HELD = 1_000_000  # number of the first example that is never trained on
SEEN = 768  # points of a cloud in one training step


@dataclass
class PartsTraining:
    """``each`` examples of every kind, ``held`` more for the score."""

    seed: int = 0
    each: int = 240
    held: int = 30
    steps: int = 4000
    batch: int = 24
    rate: float = 2e-3


@dataclass
class Clouds:
    """positions, normals (n, POINTS, 3), labels (n, POINTS) with -1 for none, kind (n,)."""

    positions: Tensor
    normals: Tensor
    labels: Tensor
    kind: Tensor


def make_clouds(each: int, first: int) -> Clouds:
    """``each`` examples of every kind, from number ``first`` on."""
    rows = []
    for number, kind in enumerate(PARTS):
        for example in range(first, first + each):
            try:
                rows.append((*make_example(kind, example), number))
            except WorldwrightError:
                continue  # a brief whose values do not go together
    positions, normals, labels, kinds = zip(*rows, strict=True)
    return Clouds(
        torch.from_numpy(np.stack(positions)), torch.from_numpy(np.stack(normals)), torch.from_numpy(np.stack(labels)).long(),
        torch.tensor(kinds),
    )  # fmt: skip


def _batch(clouds: Clouds, count: int, g: torch.Generator) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Random clouds turned about Z, stretched, mirrored, with noise; some without normals, some cut by a plane."""
    rows = torch.randint(len(clouds.kind), (count, 1), generator=g)
    pick = torch.randint(POINTS, (count, SEEN), generator=g)
    partial = torch.rand(count, generator=g) < 0.2
    if partial.any():  # what one scan from one side sees: points on one side of a plane
        side = functional.normalize(torch.randn(count, 3, generator=g), dim=-1)
        depth = (clouds.positions[rows[:, 0]] * side[:, None]).sum(dim=-1)
        seen = depth.argsort(dim=1)[:, : POINTS * 6 // 10]
        pick = torch.where(partial[:, None], seen.gather(1, pick % seen.shape[1]), pick)
    place, normal = clouds.positions[rows, pick], clouds.normals[rows, pick]
    turn = torch.rand(count, generator=g) * 2 * torch.pi
    c, s, zero, one = turn.cos(), turn.sin(), torch.zeros(count), torch.ones(count)
    rotation = torch.stack([torch.stack([c, -s, zero], -1), torch.stack([s, c, zero], -1), torch.stack([zero, zero, one], -1)], 1)
    stretch = 1 + 0.25 * (torch.rand(count, 1, 3, generator=g) * 2 - 1)
    stretch[..., :2] *= torch.where(torch.rand(count, 1, 2, generator=g) < 0.5, 1.0, -1.0)
    place = place * stretch @ rotation.transpose(1, 2)
    normal = functional.normalize(normal / stretch, dim=-1) @ rotation.transpose(1, 2)
    place = place - (place.amax(dim=1, keepdim=True) + place.amin(dim=1, keepdim=True)) / 2
    place = place / place.norm(dim=-1).amax(dim=1)[:, None, None] + 0.006 * torch.randn(place.shape, generator=g)
    features = point_features(normal, None, place)
    features = features * (torch.rand(count, 1, 1, generator=g) > 0.15)
    return place, features, clouds.kind[rows[:, 0]], clouds.labels[rows, pick]


def train(clouds: Clouds, config: PartsTraining, log: list[dict]) -> PartsNetwork:
    """The network; ``log`` gets a line every 250 steps."""
    torch.manual_seed(config.seed)
    g = torch.Generator().manual_seed(config.seed)
    network = PartsNetwork(PartsConfig()).train()
    optimiser = torch.optim.AdamW(network.parameters(), config.rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, config.rate, config.steps, pct_start=0.1)
    for step in range(config.steps):
        place, features, kind, labels = _batch(clouds, config.batch, g)
        logits = network(place, features, kind)
        loss = functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=-1)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 250 == 249:
            log.append({"step": step + 1, "loss": round(float(loss.detach()), 4)})
            sys.stdout.write(f"{log[-1]}\n")
            sys.stdout.flush()
    return network.eval()


@torch.inference_mode()
def judge(network: PartsNetwork, clouds: Clouds) -> dict:
    """Mean intersection over union, over all kinds and of each, with its parts; points without a label do not count."""
    each: dict[str, dict] = {}
    for number, kind in enumerate(PARTS):
        rows = torch.nonzero(clouds.kind == number)[:, 0]
        features = point_features(clouds.normals[rows], None, clouds.positions[rows])
        answers = torch.cat([
            network(p, f, k).argmax(dim=-1)
            for p, f, k in zip(clouds.positions[rows].split(8), features.split(8), clouds.kind[rows].split(8), strict=True)
        ])  # fmt: skip
        truth = clouds.labels[rows]
        known = truth >= 0
        parts = {}
        for label, (of, part) in enumerate(LABELS):
            if of != kind:
                continue
            both = ((answers == label) & (truth == label)).sum()
            either = (((answers == label) & known) | (truth == label)).sum()
            if either:
                parts[part] = float(both / either)
        each[kind] = {"iou": float(np.mean(list(parts.values()))), "clouds": len(rows), "parts": parts}
    return {"mean_iou": float(np.mean([score["iou"] for score in each.values()])), "each": each}


CARD = """# Parts 1

Names the parts of nine kinds of things on a cloud of {points:,} points: a PointNet with Fourier features, told which kind it
looks at ({parameters:,} parameters, half precision, GPL-3.0-or-later). Faces take the vote of their points; loose pieces of a
mesh take one label where their points agree.

## Score on generated shapes never trained on

    python -m core.learning.train_parts

| kind | clouds | mean IoU | of each part |
|---|---|---|---|
{rows}
| **all** | | **{mean:.3f}** | |

## Data and training

{each} examples of each kind, made by `core/learning/part_examples.py`: procedural shapes, the props, street furniture, trees and
people of our own generators, which know their parts. No model of any library is trained on. Turned, stretched, mirrored, with
noise, a fifth cut to what one side shows, a seventh without normals. Seed {seed}, {steps} steps of {batch} clouds of {seen}
points; losses in `parts.jsonl`.

## What it cannot do

- It must be told the kind: a thing annotated wrongly gets the wrong thing's parts, and one annotated as unknown gets none.
- Doors of buildings are not in the training shapes of houses, so they are hardly ever named.
- Scans with much noise, and things far from upright, are outside of what it has seen.
"""


def main(arguments: list[str] | None = None) -> int:
    """The command. Returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path("core/weights"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=PartsTraining.steps)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    config = PartsTraining(options.seed, steps=options.steps)
    clouds, held = make_clouds(config.each, 0), make_clouds(config.held, HELD)
    log: list[dict] = []
    network = train(clouds, config, log)
    score = judge(network, held)
    notes = {"version": 1, "train": asdict(config), "score": score}
    save_network(options.output / "parts.safetensors", network, KIND, network.config, notes, half=True)
    (options.output / "parts.jsonl").write_text("".join(json.dumps(line) + "\n" for line in log), encoding="utf-8")
    rows = "\n".join(
        f"| {kind} | {s['clouds']} | {s['iou']:.3f} | {', '.join(f'{part} {iou:.2f}' for part, iou in s['parts'].items())} |"
        for kind, s in score["each"].items()
    )
    card = CARD.format(
        points=POINTS, parameters=sum(p.numel() for p in network.parameters()), rows=rows, mean=score["mean_iou"], each=config.each,
        seed=config.seed, steps=config.steps, batch=config.batch, seen=SEEN,
    )  # fmt: skip
    (options.output / "parts.md").write_text(card, encoding="utf-8")
    sys.stdout.write(f"mean IoU {score['mean_iou']:.3f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
