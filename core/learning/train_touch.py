"""Trains the touch network: first on strokes made by a model of sliding contact, then on recordings.

    python -m core.learning.train_touch --data FOLDER

The recordings (``FOLDER/touch/<Material> <n>.csv``) are split by time: the first 70 % of each teach, the last 30 % judge, with
a gap of one window, so that no test window shares a sample with training.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from ..crossmodal.recording import RATE, read_touch
from ..crossmodal.touch import KIND, WINDOW, TouchConfig, TouchNetwork, windows
from ..spatial.checkpoint import save_network

MATERIALS = ("fabric", "leather", "metal", "paper", "wood")
TAUGHT = 0.7
STEPS_MADE, STEPS = 300, 500
BATCH = 64

# Of each material: ridges a metre, roughness of the vibration, damping of what rings (1/s), ringing (Hz), stick-slip (0..1).
SURFACES = {
    "fabric": (900.0, 1.0, 60.0, 12.0, 0.5),
    "leather": (350.0, 0.12, 45.0, 18.0, 0.35),
    "metal": (150.0, 0.07, 6.0, 42.0, 0.05),
    "paper": (250.0, 0.2, 30.0, 30.0, 0.15),
    "wood": (450.0, 0.25, 14.0, 34.0, 0.1),
}


def made_stroke(material: str, rng: np.random.Generator, samples: int = WINDOW) -> np.ndarray:
    """(samples, 6): a hand that strokes to and fro over ridges; what it feels rings, damps and sticks as the material does."""
    ridges, rough, damping, ringing, stick = SURFACES[material]
    time = np.arange(samples) / RATE
    pace, reach = rng.uniform(0.4, 1.6), rng.uniform(0.04, 0.15)
    phase = 2 * np.pi * pace * time + rng.uniform(0, 2 * np.pi)
    speed = 2 * np.pi * pace * reach * np.abs(np.cos(phase))
    grain = np.sin(2 * np.pi * np.cumsum(ridges * rng.uniform(0.7, 1.4) * speed / RATE))
    push = rough * rng.uniform(0.6, 1.6) * np.sqrt(speed)[:, None] * (0.5 * grain[:, None] + rng.normal(0, 1, (samples, 6)))
    kernel = np.exp(-damping * time[:40]) * np.cos(2 * np.pi * ringing * time[:40])
    felt = np.stack([np.convolve(column, kernel)[:samples] for column in push.T], axis=1)
    slips = rng.random(samples) < 0.05 * stick
    felt += slips[:, None] * rng.normal(0, 3 * rough, (samples, 6))
    sweep = np.array([0.06, 0.05, 0.04, 0.2, 0.1, 0.35]) * rng.uniform(0.5, 1.5, 6)
    return (0.1 * felt + sweep * np.cos(phase[:, None] + rng.uniform(0, 6.3, 6))).astype(np.float32)


def recordings(data: Path) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Of each material the samples that teach and those that judge."""
    taught, judged = [], []
    for name in MATERIALS:
        parts = [read_touch(path) for path in sorted((data / "touch").glob(f"{name.capitalize()} *.csv"))]
        cuts = [int(len(part) * TAUGHT) for part in parts]
        taught.append(np.concatenate([part[:cut] for part, cut in zip(parts, cuts, strict=True)]))
        judged.append(np.concatenate([part[cut + WINDOW :] for part, cut in zip(parts, cuts, strict=True)]))
    return taught, judged


def _batch(taught: list[np.ndarray] | None, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Strokes made (``taught`` None) or cut from recordings, louder or softer, and with axes flipped, as hands differ."""
    labels = rng.integers(len(MATERIALS), size=BATCH)
    if taught is None:
        strokes = [made_stroke(MATERIALS[label], rng) for label in labels]
    else:
        starts = [rng.integers(len(taught[label]) - WINDOW) for label in labels]
        strokes = [taught[label][start : start + WINDOW] for label, start in zip(labels, starts, strict=True)]
    gain = rng.uniform(0.8, 1.25, (BATCH, 1, 1)) * rng.choice([-1.0, 1.0], (BATCH, 1, 6))
    return torch.from_numpy((np.stack(strokes) * gain).astype(np.float32)), torch.from_numpy(labels)


def train(taught: list[np.ndarray], seed: int = 0, made: bool = True) -> tuple[TouchNetwork, list[dict]]:
    """The network and its losses; ``made`` false leaves the first stage out."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    network = TouchNetwork(TouchConfig(MATERIALS)).train()
    log = []
    stages = [("made", None, STEPS_MADE)] if made else []
    for stage, source, steps in [*stages, ("recorded", taught, STEPS)]:
        optimiser = torch.optim.AdamW(network.parameters(), 2e-3, weight_decay=0.05)
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
        for step in range(steps):
            samples, labels = _batch(source, rng)
            loss = functional.cross_entropy(network(samples), labels, label_smoothing=0.05)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            if step % 100 == 99:
                log.append({"stage": stage, "step": step + 1, "loss": round(float(loss.detach()), 4)})
    return network.eval(), log


@torch.inference_mode()
def judge(network: TouchNetwork, judged: list[np.ndarray]) -> dict:
    """Share of test windows named rightly, over all and of each material."""
    each = {}
    for number, (name, samples) in enumerate(zip(MATERIALS, judged, strict=True)):
        answers = network(torch.from_numpy(windows(samples, WINDOW // 4))).argmax(dim=-1)
        each[name] = {"windows": len(answers), "right": float((answers == number).float().mean())}
    total = sum(score["windows"] for score in each.values())
    return {"accuracy": sum(score["windows"] * score["right"] for score in each.values()) / total, "windows": total, "each": each}


CARD = """# Touch 1

Names the material a finger or probe strokes, from two seconds of a 6-axis motion sensor at 100 Hz: {materials}.
Short-time spectra, two layers of convolution over time, mean and maximum ({parameters:,} parameters, GPL-3.0-or-later).

## Score

    python -m core.learning.train_touch --data FOLDER

Split by time, never at random: the first 70 % of every recording teach, the last 30 % judge, a window apart.

| | windows | right |
|---|---|---|
{rows}
| **all** | {windows} | **{accuracy:.3f}** |

Without the made strokes of the first stage: {plain:.3f}.

## Data

One recording of 60 s for each of five materials (MIT licence, Evergardener, 2023), and strokes made by
`core/learning/train_touch.py:made_stroke`. Seed {seed}; losses in `touch.jsonl`.

## What it cannot do

It has felt one piece of each material, one hand and one sensor. Another sensor, another speed of stroking or another piece of
wood may be read wrongly, and a material it does not know is given the name of the nearest of the five.
"""


def main(arguments: list[str] | None = None) -> int:
    """The command. Returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds touch/")
    parser.add_argument("--output", type=Path, default=Path("core/weights"))
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    taught, judged = recordings(options.data)
    network, log = train(taught, options.seed)
    score = judge(network, judged)
    plain = judge(train(taught, options.seed, made=False)[0], judged)["accuracy"]
    save_network(options.output / "touch.safetensors", network, KIND, network.config, {"version": 1, "score": score}, half=True)
    (options.output / "touch.jsonl").write_text("".join(json.dumps(line) + "\n" for line in log), encoding="utf-8")
    rows = "\n".join(f"| {name} | {value['windows']} | {value['right']:.3f} |" for name, value in score["each"].items())
    card = CARD.format(
        materials=", ".join(MATERIALS), parameters=sum(p.numel() for p in network.parameters()), rows=rows,
        windows=score["windows"], accuracy=score["accuracy"], plain=plain, seed=options.seed,
    )  # fmt: skip
    (options.output / "touch.md").write_text(card, encoding="utf-8")
    sys.stdout.write(f"accuracy {score['accuracy']:.3f} on the time split, without made strokes {plain:.3f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
