"""Trains the networks that read a body out of a point cloud, on people of our own generator in random poses.

    python -m core.learning.train_fit --output core/weights --steps 24500

Everything is made on the way: bodies from the shape space, a pool of dressed characters, props as counter-examples. Nothing is
read from outside. A checkpoint is kept; the command goes on where it was stopped. Writes ``body_fit.safetensors``, ``.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .. import __version__
from ..characters.body import load_pack
from ..characters.fit.cloud import sample_evenly
from ..characters.fit.examples import Batch, Dressed, Examples, dressed_pool
from ..characters.fit.model import Body, about_up, posed
from ..characters.fit.network import KIND, BodyNetConfig, FitNet, Guess, normalised
from ..characters.fit.poses import spread_poses
from ..characters.fit.space import build_space, learn_builds
from ..environments.props import PROPS
from ..spatial.checkpoint import save_network

MILLIMETRES = 1700.0  # of a stature, for reports
CLOUD, KNOWN = 512, 256  # points of a training cloud, and surface points whose places are compared
EVALUATE_EVERY = 1000


@dataclass
class FitTraining:
    """``dressed`` characters of ``dressed_points`` points; ``facing_every``: the facing network learns at every so manyth step."""

    seed: int = 0
    steps: int = 24_500
    batch: int = 32
    rate: float = 1.2e-3
    warmup: int = 300
    dressed: int = 56
    dressed_points: int = 3000
    facing_every: int = 4


def counter_examples(per_prop: int, seed: int) -> list[np.ndarray]:
    """Clouds (1024, 3) of our furniture and props."""
    clouds = []
    for number, (kind, make) in enumerate(PROPS.values()):
        for copy in range(per_prop):
            brief = kind(seed=seed + 31 * copy)
            try:
                mesh = make(brief).mesh
            except TypeError:  # generators that take their chance apart from the brief
                mesh = make(brief, np.random.default_rng(seed + 31 * copy)).mesh
            positions, _ = sample_evenly([mesh], 1024, seed=number)
            index = np.random.default_rng(number).integers(len(positions), size=1024)
            clouds.append(positions[index].astype(np.float32))
    return clouds


class Counter:
    """Draws clouds that are not one person: props, two people at once, heaps of boxes, a part of a person."""

    def __init__(self, clouds: list[np.ndarray], examples: Examples) -> None:
        self.clouds = torch.from_numpy(np.stack(clouds))
        self.examples = examples

    def batch(self, count: int, points: int) -> Tensor:
        """(count, points, 3)."""
        rng = self.examples.rng
        people = self.examples.batch(2 * count, points, 1).cloud
        index = torch.from_numpy(rng.integers(1024, size=points))
        found = []
        for row in range(count):
            kind = rng.random()
            if kind < 0.5:
                stretch = torch.from_numpy(rng.uniform(0.7, 1.4, 3)).float()
                cloud = self.clouds[int(rng.integers(len(self.clouds)))][index] * stretch
            elif kind < 0.8:  # two people beside each other
                beside = torch.from_numpy(np.append(rng.standard_normal(2), 0)).float()
                both = torch.cat([people[2 * row], people[2 * row + 1] + beside / beside.norm() * float(rng.uniform(0.3, 0.9))])
                cloud = both[torch.from_numpy(rng.permutation(2 * points)[:points])]
            elif kind < 0.9:  # a hand's breadth of a person
                cloud = people[2 * row]
                start = cloud[int(rng.integers(points))]
                near = (cloud - start).norm(dim=-1).argsort()[: points // 6]
                cloud = cloud[near[torch.from_numpy(rng.integers(len(near), size=points))]]
            else:
                cloud = _boxes(points, rng)
            turn = about_up(torch.tensor([rng.uniform(-math.pi, math.pi)], dtype=torch.float32))[0]
            found.append(cloud @ turn)
        return torch.stack(found)


def _boxes(points: int, rng: np.random.Generator) -> Tensor:
    """A few boxes and balls in a heap."""
    parts = []
    for _ in range(int(rng.integers(1, 6))):
        surface = rng.uniform(-1, 1, (points, 3))
        if rng.random() < 0.5:
            surface /= np.abs(surface).max(axis=1, keepdims=True)
        else:
            surface /= np.linalg.norm(surface, axis=1, keepdims=True)
        parts.append(surface * rng.uniform(0.1, 0.6, 3) + rng.standard_normal(3) * 0.4)
    heap = np.concatenate(parts)
    return torch.from_numpy(heap[rng.permutation(len(heap))[:points]]).float()


def vertex_error(body: Body, guess: Guess, batch: Batch, marks, mean: Tensor, scale: Tensor) -> Tensor:
    """(B,) mean distance of the known surface points from where the guess has them, in statures."""
    surface = posed(body, marks, guess.shape, guess.rotations, guess.curls) * guess.stature[:, None, None]
    surface = surface @ about_up(guess.yaw).transpose(1, 2) + guess.pelvis[:, None]
    return ((surface - (batch.truth - mean) * scale).norm(dim=-1) / scale[..., 0]).mean(dim=1)


def body_loss(body: Body, guess: Guess, batch: Batch, marks, mean: Tensor, scale: Tensor) -> tuple[Tensor, Tensor]:
    """The loss, and the vertex error in statures."""
    error = vertex_error(body, guess, batch, marks, mean, scale).mean()
    joints = body.pose(guess.shape, guess.rotations, guess.curls).joints[:, body.fit_bones] * guess.stature[:, None, None]
    joints = joints @ about_up(guess.yaw).transpose(1, 2) + guess.pelvis[:, None]
    joint = ((joints - (batch.joints - mean) * scale).norm(dim=-1) / scale[..., 0]).mean()
    turn = (guess.rotations - batch.rotations).square().mean()
    shape = functional.smooth_l1_loss(guess.shape, batch.shape)
    return error + 0.5 * joint + 0.02 * turn + 0.002 * shape, error


def facing_loss(network: FitNet, people: Tensor, yaw: Tensor, others: Tensor) -> Tensor:
    """Cross-entropy of the yaw's bin, neighbours counting a little, and of what is a person."""
    bins = network.config.bins
    logits = network.facing(normalised(torch.cat([people, others]))[0])
    centre = torch.arange(bins) * (2 * math.pi / bins)
    target = functional.softmax(12 * torch.cos(yaw[:, None] - centre), dim=-1)
    is_person = torch.cat([torch.ones(len(people)), torch.zeros(len(others))])
    return functional.cross_entropy(logits[: len(people), :bins], target) + functional.binary_cross_entropy_with_logits(
        logits[:, bins], is_person
    )


def held_out(examples: Examples, count: int = 64) -> dict[str, Batch]:
    """Fixed batches: about the A-pose three ways, the training's own mix, and dressed."""
    kept = examples.dressed
    sets = {}
    for name, scale in (("near", 0.15), ("moderate", 0.5), ("strong", 1.0)):
        examples.dressed = None
        poses = spread_poses(count, np.full(count, scale), examples.rng)
        sets[name] = examples.clean(poses, CLOUD, KNOWN, 0.3)
    sets["mixed"] = examples.batch(count, CLOUD, KNOWN, 0.3)
    examples.dressed = kept
    return sets


def evaluate(network: FitNet, body: Body, examples: Examples, sets: dict[str, Batch]) -> dict[str, float]:
    """Mean vertex error of the network alone in millimetres at a stature of 1.7 m, and how often the facing is right."""
    network.eval()
    scores = {}
    with torch.no_grad():
        for name, batch in sets.items():
            cloud, mean, scale = normalised(batch.cloud)
            guess = network.body(cloud)
            scores[name] = round(float(vertex_error(body, guess, batch, batch.marks, mean, scale).mean()) * MILLIMETRES, 1)
            bins = network.config.bins
            turned = network.facing(cloud)[:, :bins].argmax(dim=1) * (2 * math.pi / bins)
            scores[f"{name}_facing"] = round(float((torch.cos(turned - batch.yaw) > math.cos(0.4)).float().mean()), 3)
    network.train()
    return scores


def train(output: Path, config: FitTraining) -> FitNet:
    """Trains, logging to ``body_fit.jsonl`` and keeping ``body_fit.checkpoint`` beside the weights. Returns the network."""
    torch.manual_seed(config.seed)
    pack = load_pack()
    mix, centre = learn_builds(pack, 3000, np.random.default_rng(config.seed))
    network = FitNet(BodyNetConfig(generators=len(centre)))
    network.mix.copy_(torch.from_numpy(mix))
    network.centre.copy_(torch.from_numpy(centre))
    space = build_space(pack, network.mix.numpy(), network.centre.numpy())
    body = Body(space)
    dressed = _dressed(space, config, output / "body_fit.dressed.npz")
    examples = Examples(space, body, dressed, config.seed + 1)
    sets = held_out(Examples(space, body, None, config.seed + 2))
    counter = Counter(counter_examples(3, config.seed), examples)
    groups = [{"params": network.body.parameters()}, {"params": network.facing.parameters()}]
    optimiser = torch.optim.AdamW(groups, config.rate, weight_decay=1e-4)
    checkpoint, log = output / "body_fit.checkpoint", output / "body_fit.jsonl"
    start, seconds = 0, 0.0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        start, seconds = state["step"], state["seconds"]
        examples.rng = np.random.default_rng([config.seed + 1, start])
    began, running = time.process_time() - seconds, 0.0
    for step in range(start, config.steps):
        for group in optimiser.param_groups:
            group["lr"] = config.rate * min(1.0, (step + 1) / config.warmup) * _cosine(step / config.steps)
        batch = examples.batch(config.batch, CLOUD, KNOWN, 0.45)
        cloud, mean, scale = normalised(batch.cloud)
        loss, error = body_loss(body, network.body(cloud), batch, batch.marks, mean, scale)
        if step % config.facing_every == 0:
            every = examples.batch(24, 512, 1)
            loss = loss + 0.1 * facing_loss(network, every.cloud, every.yaw, counter.batch(8, 512))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        running = error.item() if step == start else 0.99 * running + 0.01 * error.item()
        if (step + 1) % EVALUATE_EVERY == 0 or step + 1 == config.steps:
            line = {
                "step": step + 1,
                "cpu_seconds": round(time.process_time() - began),
                "train_mm": round(running * MILLIMETRES, 1),
            }
            line |= evaluate(network, body, examples, sets)
            with log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
            state = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": step + 1}
            torch.save(state | {"seconds": time.process_time() - began}, checkpoint)
            notes = {"version": __version__, "train": asdict(config), "scores": line}
            save_network(output / "body_fit.safetensors", network, KIND, network.config, notes, half=True)
    return network


def _cosine(share: float) -> float:
    """From 1 to 0.01 while ``share`` goes from 0 to 1."""
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * share))


def _dressed(space, config: FitTraining, cache: Path) -> Dressed:
    """The pool of dressed characters, made once and kept until the training has ended."""
    if not cache.exists():
        pool = dressed_pool(space, config.dressed, config.dressed_points, config.seed + 5)
        np.savez(cache, **{name: value.numpy() for name, value in vars(pool).items()})
    with np.load(cache, allow_pickle=False) as data:
        return Dressed(*(torch.from_numpy(data[name]) for name in ("positions", "normals", "weights", "shape")))


def main(arguments: list[str] | None = None) -> int:
    """The command. Returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path("core/weights"), help="where weights and log go")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=FitTraining.steps)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    options.output.mkdir(parents=True, exist_ok=True)
    train(options.output, FitTraining(seed=options.seed, steps=options.steps))
    for name in ("checkpoint", "dressed.npz"):
        (options.output / f"body_fit.{name}").unlink(missing_ok=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
