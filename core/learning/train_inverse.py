"""Trains the inverse models: from points to the parameters of every prop generator.

    python -m core.learning.train_inverse --output core/weights --cache FOLDER --steps 1500

The shapes are made by our own generators and kept in the cache folder, a file for each kind; nothing is read from outside. A
checkpoint is kept there too; the command goes on where it was stopped. Writes ``inverse.safetensors`` and ``inverse.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .. import __version__
from ..environments.props import PROPS
from ..inverse.network import KIND, InverseConfig, InverseNet, Reading
from ..inverse.sliders import sliders_of
from ..spatial.checkpoint import save_network
from .inverse_examples import Batch, Shapes, Views, Visible, make_shapes, visible_sliders

EVALUATE_EVERY = 500


@dataclass
class InverseTraining:
    """``shapes`` of each kind to learn from and ``held`` ones to measure on."""

    seed: int = 0
    steps: int = 1500
    batch: int = 48
    points: int = 384
    rate: float = 1.6e-3
    warmup: int = 200
    shapes: int = 120
    held: int = 8


def prepare(cache: Path, config: InverseTraining, say: Callable[[str], None]) -> tuple[dict[str, Visible], Shapes, Shapes]:
    """The visible sliders of every kind, the shapes to learn from and those held out; made once, then read from ``cache``."""
    cache.mkdir(parents=True, exist_ok=True)
    known: dict[str, Visible] = {}
    packs: dict[str, list[Shapes]] = {"train": [], "held": []}
    for number, key in enumerate(PROPS):
        path = cache / f"{key}-{config.shapes}-{config.held}-{config.seed}.npz"
        if not path.exists():
            say(f"{number + 1}/{len(PROPS)} {key}")
            _prepare_kind(path, key, config)
        with np.load(path, allow_pickle=False) as data:
            told = json.loads(str(data["told"]))
            sliders = [slider for slider in sliders_of(key) if slider.name in told["sliders"]]
            known[key] = Visible(sliders, told["effect"], [tuple(entry) for entry in told["hidden"]])
            for pack, shapes in packs.items():
                shapes.append(Shapes(**{f.name: torch.from_numpy(data[f"{pack}.{f.name}"]) for f in fields(Shapes)}))
    return known, together(packs["train"]), together(packs["held"])


def _prepare_kind(path: Path, key: str, config: InverseTraining) -> None:
    """Writes one kind's visible sliders and shapes."""
    number = zlib.crc32(key.encode())  # not its place among the kinds, which changes when one is added
    found = visible_sliders(key, np.random.default_rng([config.seed, number]))
    made = {
        "train": make_shapes(key, found, config.shapes, np.random.default_rng([config.seed + 1, number])),
        "held": make_shapes(key, found, config.held, np.random.default_rng([config.seed + 2, number])),
    }
    arrays = {f"{pack}.{name}": value.numpy() for pack, shapes in made.items() for name, value in vars(shapes).items()}
    told = json.dumps({"effect": found.effect, "sliders": [slider.name for slider in found.sliders], "hidden": found.hidden})
    partial = path.with_suffix(".part.npz")
    np.savez(partial, told=np.array(told), **arrays)
    partial.replace(path)


def together(packs: list[Shapes]) -> Shapes:
    """The shapes of all kinds, each with its own kind's number; targets and what shows side by side as in the network."""
    columns, groups = (sum(getattr(pack, name).shape[1] for pack in packs) for name in ("target", "shows"))
    total = sum(len(pack.kind) for pack in packs)
    target, shows = torch.zeros(total, columns, dtype=torch.float16), torch.zeros(total, groups, dtype=torch.bool)
    row = column = group = 0
    for pack in packs:
        rows = slice(row, row + len(pack.kind))
        target[rows, column : column + pack.target.shape[1]] = pack.target
        shows[rows, group : group + pack.shows.shape[1]] = pack.shows
        row, column, group = rows.stop, column + pack.target.shape[1], group + pack.shows.shape[1]
    whole = {name: torch.cat([getattr(pack, name) for pack in packs]) for name in ("points", "normals", "half", "same")}
    kind = torch.cat([torch.full((len(pack.kind),), number) for number, pack in enumerate(packs)])
    return Shapes(kind=kind, target=target, shows=shows, **whole)


def loss_of(reading: Reading, levels: Tensor, shapes: Shapes, batch: Batch, group: Tensor) -> dict[str, Tensor]:
    """The losses by name. A slider counts where it shows and the shape stands straight (facing -Y, at its true size)."""
    kind = shapes.kind[batch.index]
    upright = batch.upright > 0.5
    turn = -(batch.turn * functional.log_softmax(reading.turn, dim=-1)).sum(dim=-1)
    shows = shapes.shows[batch.index] & batch.straight[:, None]
    counted = shows[:, group].float()
    sliders = -(shapes.target[batch.index].float() * levels * counted).sum() / shows.sum().clamp_min(1)
    box = functional.smooth_l1_loss(reading.box[batch.straight], batch.box[batch.straight], beta=0.1)
    return {
        "kind": functional.cross_entropy(reading.kind, kind),
        "turn": turn[upright].mean(),
        "upright": functional.binary_cross_entropy_with_logits(reading.upright, batch.upright),
        "box": box,
        "sliders": sliders,
    }


WEIGHTS = {"kind": 0.6, "turn": 0.5, "upright": 0.3, "box": 1.0, "sliders": 2.0}


@torch.no_grad()
def evaluate(network: InverseNet, shapes: Shapes, views: Views, known: dict[str, Visible], plain: bool) -> dict[str, float]:
    """How often kind, turn, uprightness and the sliders with classes are right, and the mean error of the others in lengths of
    the slider beside that of always guessing its middle; on whole, clean shapes (``plain``), or as in training."""
    network.eval()
    names = ("kind", "kind_in_3", "turn", "upright", "classes", "error", "middle", "box")
    right: dict[str, list[float]] = {name: [] for name in names}
    sliders = [slider for found in known.values() for slider in found.sliders]
    for index in torch.arange(len(shapes.kind)).split(64):
        batch = views.batch(index, plain)
        reading = network(batch.positions, batch.features)
        kind = shapes.kind[index]
        levels = network.levels(reading.hidden, kind).exp().numpy()
        best = reading.kind.topk(3, dim=1).indices
        right["kind"] += (best[:, 0] == kind).float().tolist()
        right["kind_in_3"] += (best == kind[:, None]).any(dim=1).float().tolist()
        turn = batch.turn.gather(1, reading.turn.argmax(dim=1, keepdim=True))[:, 0] > 0
        right["turn"] += turn[batch.upright > 0.5].float().tolist()
        right["upright"] += ((reading.upright > 0) == (batch.upright > 0.5)).float().tolist()
        right["box"] += (reading.box - batch.box).abs().mean(dim=1)[batch.straight].tolist()
        for row in torch.nonzero(batch.straight)[:, 0].tolist():
            for n in torch.nonzero(shapes.shows[index[row]])[:, 0].tolist():
                _, _, start, count = network.config.groups[n]
                said, true = levels[row, start : start + count], shapes.target[index[row], start : start + count].numpy()
                if sliders[n].ordered:
                    value = np.asarray(sliders[n].levels, float)
                    length, meant = value[-1] - value[0], float(true @ value)
                    right["error"].append(abs(float(sliders[n].value(said)) - meant) / length)
                    right["middle"].append(abs(float(value.mean()) - meant) / length)
                else:
                    right["classes"].append(float(said.argmax() == true.argmax()))
    network.train()
    return {name: round(float(np.mean(values)), 4) for name, values in right.items()}


def train(output: Path, cache: Path, config: InverseTraining, say: Callable[[str], None]) -> InverseNet:
    """Trains, logging to ``inverse.jsonl``, with a checkpoint in the cache. Returns the network."""
    torch.manual_seed(config.seed)
    known, shapes, held = prepare(cache, config, say)
    told = {key: {slider.name: len(slider) for slider in found.sliders} for key, found in known.items()}
    network = InverseNet(InverseConfig(tuple(PROPS), told))
    optimiser = torch.optim.AdamW(network.parameters(), config.rate, weight_decay=0.01)
    checkpoint, log = cache / "inverse.checkpoint", output / "inverse.jsonl"
    start, seconds = 0, 0.0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        start, seconds = state["step"], state["seconds"]
    else:
        log.unlink(missing_ok=True)
    began = time.process_time() - seconds
    running: dict[str, float] = {}
    for step in range(start, config.steps):
        views = Views(shapes, config.seed * 1_000_003 + step, config.points)
        for group in optimiser.param_groups:
            group["lr"] = config.rate * min(1.0, (step + 1) / config.warmup) * _cosine(step / config.steps)
        index = torch.randint(0, len(shapes.kind), (config.batch,), generator=views.generator)
        batch = views.batch(index)
        with torch.autocast("cpu", torch.bfloat16):
            reading = network(batch.positions, batch.features)
        hidden = reading.hidden.float()
        losses = loss_of(_single(reading), network.levels(hidden, shapes.kind[index]), shapes, batch, network.group)
        loss = torch.stack([WEIGHTS[name] * value for name, value in losses.items()]).sum()
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        for name, value in losses.items():
            running[name] = 0.98 * running.get(name, value.item()) + 0.02 * value.item()
        if (step + 1) % EVALUATE_EVERY == 0 or step + 1 == config.steps:
            line: dict[str, float] = {"step": step + 1, "cpu_seconds": round(time.process_time() - began)}
            line |= {f"loss_{name}": round(value, 4) for name, value in running.items()}
            fixed = Views(held, config.seed + 7, config.points)
            for name, plain in (("clean", True), ("hard", False)):
                line |= {f"{name}_{key}": value for key, value in evaluate(network, held, fixed, known, plain).items()}
            with log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
            state = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": step + 1}
            torch.save(state | {"seconds": time.process_time() - began}, checkpoint)
            notes = {"version": __version__, "train": asdict(config), "scores": line}
            notes["effect"] = {key: found.effect for key, found in known.items()}
            notes["hidden"] = {key: found.hidden for key, found in known.items() if found.hidden}
            save_network(output / "inverse.safetensors", network, KIND, network.config, notes, half=True)
            say(json.dumps(line))
    return network


def _single(reading: Reading) -> Reading:
    """The reading in single precision."""
    return Reading(**{name: value.float() for name, value in vars(reading).items()})


def _cosine(share: float) -> float:
    """From 1 to 0.01 while ``share`` goes from 0 to 1."""
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * share))


def main(arguments: list[str] | None = None) -> int:
    """The command. Returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path("core/weights"), help="where weights and log go")
    parser.add_argument("--cache", type=Path, required=True, help="where the shapes and the checkpoint are kept")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=InverseTraining.steps)
    parser.add_argument("--shapes", type=int, default=InverseTraining.shapes, help="shapes of each kind")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    options.output.mkdir(parents=True, exist_ok=True)
    config = InverseTraining(seed=options.seed, steps=options.steps, shapes=options.shapes)
    train(options.output, options.cache, config, lambda line: print(line, file=sys.stderr, flush=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
