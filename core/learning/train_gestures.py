"""Trains the gesture network on strokes of simulated writers, and judges it on writers it never saw.

    python -m core.learning.train_gestures
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from ..interaction.gestures import CLASSES, GESTURES, KIND, MEASURES, NONE, SURE, WEIGHTS, WIDTHS, Stroke, describe
from ..spatial.checkpoint import save_network
from .gesture_writers import examples, writer

SEED = 0
TAUGHT, JUDGED = 700, 100  # writers
EACH, JUDGED_EACH = 6, 5  # gestures of a class by a writer
EPOCHS, BATCH = 24, 256
HIDDEN = 64


@dataclass
class GestureConfig:
    """The network's outputs in order."""

    classes: tuple[str, ...] = CLASSES


class Network(nn.Module):
    """(B, CHANNELS, COURSE) and (B, MEASURES) → logits; ``gestures.evaluate`` computes the same with numpy."""

    mean: Tensor
    scale: Tensor

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for before, after in zip(WIDTHS, WIDTHS[1:], strict=False):
            layers += [nn.Conv1d(before, after, 5, stride=2, padding=2), nn.ReLU()]
        self.convolutions = nn.Sequential(*layers)
        self.head = nn.Sequential(nn.Linear(2 * WIDTHS[-1] + MEASURES, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, len(CLASSES)))
        self.register_buffer("mean", torch.zeros(MEASURES))
        self.register_buffer("scale", torch.ones(MEASURES))

    def forward(self, course: Tensor, measures: Tensor) -> Tensor:
        values = self.convolutions(course)
        return self.head(torch.cat([values.mean(dim=2), values.amax(dim=2), (measures - self.mean) / self.scale], dim=1))


def described(drawn: list[list[Stroke]]) -> tuple[Tensor, Tensor]:
    """Courses and measures of many gestures."""
    parts = [describe(strokes) for strokes in drawn]
    return torch.from_numpy(np.stack([part[0] for part in parts])), torch.from_numpy(np.stack([part[1] for part in parts]))


def train(seed: int = SEED) -> tuple[Network, list[dict]]:
    """The network and its losses."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    drawn, labels = examples([writer(rng, rng.choice([1.0, 1.3])) for _ in range(TAUGHT)], EACH, rng)
    courses, measures = described(drawn)
    targets = torch.from_numpy(labels)
    network = Network().train()
    network.mean.copy_(measures.mean(dim=0))
    network.scale.copy_(measures.std(dim=0) + 1e-3)
    optimiser = torch.optim.AdamW(network.parameters(), 3e-3, weight_decay=0.02)
    steps = EPOCHS * (len(targets) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps)
    log = []
    for epoch in range(EPOCHS):
        total = 0.0
        for chosen in torch.randperm(len(targets))[: steps // EPOCHS * BATCH].split(BATCH):
            course = courses[chosen]
            angle = torch.rand(len(chosen)) * 2 * torch.pi  # a gesture means the same whichever way it lies
            turned = course.clone()
            turned[:, 0] = course[:, 0] * angle.cos()[:, None] - course[:, 1] * angle.sin()[:, None]
            turned[:, 1] = course[:, 0] * angle.sin()[:, None] + course[:, 1] * angle.cos()[:, None]
            loss = functional.cross_entropy(network(turned, measures[chosen]), targets[chosen], label_smoothing=0.02)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss.detach()) * len(chosen)
        log.append({"epoch": epoch + 1, "loss": round(total / (steps // EPOCHS * BATCH), 4)})
    return network.eval(), log


@torch.inference_mode()
def judge(network: Network, seed: int, wide: float = 1.0) -> dict:
    """Of writers never seen: the share of gestures named rightly, of each, and of meaningless strokes taken for a gesture."""
    rng = np.random.default_rng(seed)
    drawn, labels = examples([writer(rng, wide) for _ in range(JUDGED)], JUDGED_EACH, rng)
    chances = network(*described(drawn)).softmax(dim=1).numpy()
    told = np.where(chances.max(axis=1) >= SURE, chances.argmax(axis=1), CLASSES.index(NONE))
    meant = labels < len(GESTURES)
    each = {kind: float((told[labels == number] == number).mean()) for number, kind in enumerate(CLASSES)}
    return {
        "gestures": int(meant.sum()),
        "right": float((told == labels)[meant].mean()),
        "mistaken": float((meant & (told != labels) & (told < len(GESTURES))).sum() / meant.sum()),
        "meaningless refused": each[NONE],
        "each": each,
    }


CARD = """# Gestures 1

Names a gesture of pen, finger or mouse from its course: {names}, or none of them. Three convolutions over 64 moments of place,
speed, pressure and pen-down, and ten measures of the whole ({parameters:,} parameters, GPL-3.0-or-later). Evaluated with numpy.

## Score

    python -m core.learning.train_gestures

{judged} simulated writers that never taught, {each} gestures of each kind by each of them ({count:,} gestures). A probability below
{sure} counts as “none”.

| | usual writers | stranger writers |
|---|---|---|
{rows}| **all seven** | **{right:.4f}** | **{strange:.4f}** |
| one gesture taken for another | {mistaken:.4f} | {strange_mistaken:.4f} |
| meaningless strokes refused | {refused:.4f} | {strange_refused:.4f} |

## Data

Strokes by {taught} writers of `core/learning/gesture_writers.py`: sizes of 36 to 900 pixels, paces, tremor, slant, roundness, mice
and pens at 33 to 240 points a second. No recordings of people. Seed {seed}; losses in `gestures.jsonl`.

## What it cannot do

Its writers are simulated. “Stranger” ones differ by 1.6 times as much as usual. Gestures smaller than about 30 pixels are taken for
taps or holds; a slow flick is a stroke. Letters, arrows, boxes and spirals are refused, other drawings may not be.
"""


def main() -> None:
    torch.set_num_threads(1)
    network, log = train()
    usual, strange = judge(network, SEED + 1), judge(network, SEED + 2, 1.6)
    notes = {"seed": SEED, "right": usual["right"], "right of stranger writers": strange["right"]}
    save_network(WEIGHTS, network, KIND, GestureConfig(), notes)
    WEIGHTS.with_suffix(".jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in log), encoding="utf-8")
    rows = "".join(f"| {kind} | {usual['each'][kind]:.3f} | {strange['each'][kind]:.3f} |\n" for kind in GESTURES)
    card = CARD.format(
        names=", ".join(GESTURES), parameters=sum(p.numel() for p in network.parameters()), judged=JUDGED, each=JUDGED_EACH,
        count=usual["gestures"], sure=SURE, rows=rows, right=usual["right"], strange=strange["right"], mistaken=usual["mistaken"],
        strange_mistaken=strange["mistaken"], refused=usual["meaningless refused"], strange_refused=strange["meaningless refused"],
        taught=TAUGHT, seed=SEED,
    )  # fmt: skip
    Path(WEIGHTS).with_suffix(".md").write_text(card, encoding="utf-8")
    print(json.dumps({"usual": usual, "strange": strange}, indent=1))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
