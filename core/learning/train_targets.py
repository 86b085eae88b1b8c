"""Trains the attention that chooses a request's things from words, pointing, selection, memory and pictures together.

    python -m core.learning.train_targets

The examples are made: small scenes of things with kinds, colours and places, a request about some of them in the words of the
grammar, and cues (selected, pointed at, made last, talked about before) that agree with it, decide it, or mislead. Words are seen
as sentence vectors of their own, so that the whole vocabulary is encoded once. Two minutes on a free core.
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

from ..crossmodal.text import text_encoder
from ..interaction.attend import SHOWN, WEIGHTS, AttentionConfig, TargetAttention, flags_of, shown_values
from ..interaction.grammar.phrases import pick
from ..interaction.nouns import concept_of
from ..interaction.scene_graph import Graph, Thing
from ..interaction.tags import TAGS

MOST = 12  # things of a scene
WORDS = 14
KINDS = (
    "chair;table;desk;sofa;armchair;stool;lamp;plant;vase;mug;bookcase;bench;bed;rug;picture;barrel;crate;rock;tree;robot;person"
    ";wolf;monitor;laptop;cushion;cupboard;candle;bowl"
).split(";")
SAID = {"sofa": "sofa;couch;settee", "lamp": "lamp;light", "plant": "plant;flower;greenery", "mug": "mug;cup",
    "bookcase": "bookcase;shelf;bookshelf",
        "rug": "rug;carpet;mat", "picture": "picture;painting;poster", "crate": "crate;box", "rock": "rock;boulder;stone",
        "person": "person;man;woman;character",
        "monitor": "monitor;screen", "cushion": "cushion;pillow", "cupboard": "cupboard;cabinet", "wolf": "wolf;animal",
        "barrel": "barrel;keg"}  # fmt: skip
COLORS = "red;blue;green;yellow;black;white;grey;brown".split(";")
VERBS = "delete;remove;move;paint;rotate;copy;scale;select;put;turn;push;raise;show;rename;take".split(";")


@dataclass
class TargetTraining:
    """``count`` examples in memory, ``epochs`` over them."""

    seed: int = 0
    count: int = 2400
    epochs: int = 8
    batch: int = 48
    rate: float = 1e-3
    held: int = 300


def example(rng: np.random.Generator) -> tuple[Graph, list[str], list[str], tuple[str, ...], tuple[str, ...], np.ndarray]:
    """A scene, the words and tags of a request about it, what was talked about before, and (N, 2) the right answer."""
    count = int(rng.integers(3, MOST + 1))
    kinds = [pick(rng, KINDS) for _ in range(count)]
    for k in range(1, count):
        if rng.random() < 0.35:
            kinds[k] = kinds[int(rng.integers(k))]
    places, sizes = rng.uniform(-3, 3, (count, 3)), rng.uniform(0.2, 1.2, (count, 3))
    places[:, 2] = rng.choice([0.0, 0.0, 0.75], count)
    things = [
        Thing.from_dict({"name": f"{kind.capitalize()} {k}", "low": (places[k] - sizes[k] / 2 * (1, 1, 0)).tolist(),
                         "high": (places[k] + sizes[k] * (0.5, 0.5, 1)).tolist(), "label": kind, "color": pick(rng, COLORS)})
        for k, kind in enumerate(kinds)
    ]  # fmt: skip
    cues = {
        name: int(rng.integers(count)) if rng.random() < 0.35 else -1
        for name in ("selected", "recent", "pointed", "before", "touched")
    }
    words, tags, target = [pick(rng, VERBS)], ["O"], np.zeros((count, 2), bool)
    said, marks, right = _phrase(rng, things, cues, "T")
    words, tags, target[:, 0] = words + said, tags + marks, right
    if rng.random() < 0.4:
        words, tags = [*words, pick(rng, "on;beside;near;behind")], [*tags, "DR"]
        said, marks, right = _phrase(rng, things, cues, "D")
        words, tags, target[:, 1] = words + said, tags + marks, right
    names = {cue: (things[k].name,) if k >= 0 else () for cue, k in cues.items()}
    spot = things[cues["pointed"]].middle + rng.normal(0, 0.08, 3)
    pointed = (float(spot[0]), float(spot[1]), float(spot[2])) if cues["pointed"] >= 0 else None
    graph = Graph(things, names["selected"], names["recent"], pointed, (names["pointed"] or ("",))[0])
    return graph, words[:WORDS], tags[:WORDS], names["before"], names["touched"], target


def _phrase(
    rng: np.random.Generator, things: list[Thing], cues: dict[str, int], role: str
) -> tuple[list[str], list[str], np.ndarray]:
    """Words, tags and which things they mean."""
    right = np.zeros(len(things), bool)
    order = [cues[name] for name in ("pointed", "before", "selected", "touched", "recent") if cues[name] >= 0]
    if order and rng.random() < 0.3:
        word = pick(rng, "this;that;it;it;this one")
        first = [cues[name] for name in (("pointed",) if "th" in word else ()) if cues[name] >= 0]
        rest = [cues[name] for name in ("before", "selected", "touched", "recent", "pointed") if cues[name] >= 0]
        right[(first + rest)[0]] = True
        return word.split(), [f"{role}Q"] * len(word.split()), right
    chosen = things[int(rng.integers(len(things)))]
    noun = pick(rng, SAID.get(chosen.label, chosen.label))
    colored = rng.random() < 0.45
    kind = concept_of(noun)
    alike = [k for k, thing in enumerate(things) if thing.label == chosen.label or kind in thing.concepts]
    fits = [k for k in alike if not colored or things[k].color == chosen.color]
    words, tags = ["the"], [f"{role}Q"]
    if colored:
        words, tags = [*words, chosen.color], [*tags, f"{role}A"]
    words, tags = [*words, noun], [*tags, f"{role}H"]
    cued = [k for name in ("selected", "pointed", "before", "touched", "recent") if (k := cues[name]) in fits]
    right[cued[:1] if len(fits) > 1 and cued else fits] = True
    return words, tags, right


@dataclass
class Examples:
    """Padded tensors of many examples, in the order of the network's inputs; ``target`` (n, MOST, 2)."""

    inputs: list[Tensor]
    target: Tensor


def gather(seed: int, count: int) -> Examples:
    """Examples with all their features."""
    rng, encoder = np.random.default_rng(seed), text_encoder({})
    words = np.zeros((count, WORDS, 384), np.float32)
    tags = np.zeros((count, WORDS), np.int64)
    things, flags = np.zeros((count, MOST, 384), np.float32), np.zeros((count, MOST, 16), np.float32)
    shown, target = np.zeros((count, SHOWN), np.float32), np.zeros((count, MOST, 2), np.float32)
    word_there, thing_there, shown_there = np.zeros((count, WORDS), bool), np.zeros((count, MOST), bool), np.zeros(count, bool)
    for k in range(count):
        graph, said, marks, before, touched, right = example(rng)
        if rng.random() < 0.05:
            said, marks = said[:1], marks[:1]
            right[:] = False
        words[k, : len(said)] = encoder.remembered(said)
        tags[k, : len(said)], word_there[k, : len(said)] = [TAGS.index(mark) for mark in marks], True
        flags[k, : len(graph.things)], things[k, : len(graph.things)] = flags_of(graph, graph.things, said, marks, before, touched)
        thing_there[k, : len(graph.things)], target[k, : len(graph.things)] = True, right
        colors = [f"#{int(v):06x}" for v in rng.integers(0, 2**24, 5)] if rng.random() < 0.2 else []
        shown[k], shown_there[k] = shown_values(graph, colors)
    arrays = (words, tags, things, flags, shown, word_there, thing_there, shown_there)
    return Examples([torch.from_numpy(array) for array in arrays], torch.from_numpy(target))


@torch.inference_mode()
def score(network: TargetAttention, examples: Examples) -> float:
    """The share of requests in which the likeliest target is a right one."""
    network.eval()
    logits = network(*examples.inputs)[..., 0].masked_fill(~examples.inputs[6], -1e9)
    network.train()
    known = examples.target[..., 0].sum(dim=1) > 0
    best = examples.target[..., 0].gather(1, logits.argmax(dim=1, keepdim=True))[:, 0] > 0
    return float(best[known].float().mean())


def train(config: TargetTraining, log: Path) -> tuple[TargetAttention, float]:
    """The trained network and its held-out score; a line an epoch goes to ``log``."""
    torch.manual_seed(config.seed)
    network = TargetAttention(AttentionConfig())
    held, examples = gather(20_000 + config.seed, config.held), gather(config.seed, config.count)
    optimiser = torch.optim.AdamW(network.parameters(), config.rate, weight_decay=0.02)
    steps = config.epochs * (config.count // config.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2 * config.rate, steps + 2)
    generator, found = torch.Generator().manual_seed(config.seed), 0.0
    log.write_text("")
    for epoch in range(config.epochs):
        order = torch.randperm(config.count, generator=generator)
        total, rounds = 0.0, config.count // config.batch
        for number in range(rounds):
            chosen = order[number * config.batch : (number + 1) * config.batch]
            inputs = [tensor[chosen] for tensor in examples.inputs]
            logits = network(*inputs)
            there = inputs[6][..., None].expand_as(logits)
            loss = functional.binary_cross_entropy_with_logits(logits[there], examples.target[chosen][there])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        found = score(network, held)
        line = {"epoch": epoch, "loss": round(total / rounds, 4), "right": round(found, 4)}
        with open(log, "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        print(line, flush=True)
    return network, found


def main() -> None:
    """Trains and writes the weights beside their log."""
    options = argparse.ArgumentParser(description="Trains the attention that chooses a request's things.")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--count", type=int, default=TargetTraining.count)
    options.add_argument("--epochs", type=int, default=TargetTraining.epochs)
    chosen = options.parse_args()
    torch.set_num_threads(1)
    config = TargetTraining(chosen.seed, chosen.count, chosen.epochs)
    network, found = train(config, WEIGHTS.with_suffix(".jsonl"))
    network.save(WEIGHTS, {"training": asdict(config), "score": found})
    sys.stdout.flush()


if __name__ == "__main__":
    main()
