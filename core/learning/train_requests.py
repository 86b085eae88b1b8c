"""Trains the tagger of requests on sentences that the grammar writes.

    python -m core.learning.train_requests

Nothing but the grammar's own sentences is seen. The score is taken on further sentences of the grammar (another seed) and on the
development requests; the two hundred held-out requests are only measured by the benchmark. About ten minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ..interaction.grammar.sentences import Grammar, Request
from ..interaction.tagger import LONGEST, WEIGHTS, Tagger, TaggerConfig, trigrams, word_features, words_of
from ..interaction.tags import INTENTS, TAGS

TOGETHER = 128  # requests encoded at once


@dataclass
class RequestTraining:
    """``count`` sentences in memory at once, all drawn anew after each of ``rounds``; ``epochs`` over each."""

    seed: int = 0
    count: int = 14_000
    rounds: int = 1
    epochs: int = 7
    batch: int = 64
    rate: float = 3e-3
    held: int = 400


@dataclass
class Examples:
    """Requests as arrays of words one after another, in half precision; ``begin`` (n + 1,) where each one begins."""

    features: np.ndarray
    grams: np.ndarray
    capitals: np.ndarray
    tags: np.ndarray
    intents: np.ndarray
    starts: np.ndarray
    begin: np.ndarray

    def batch(self, chosen: np.ndarray) -> tuple[Tensor, ...]:
        """features, grams, capitals, lengths, tags, intents, starts of the chosen requests, padded; -1 where there is no word."""
        lengths = self.begin[chosen + 1] - self.begin[chosen]
        shape = (len(chosen), int(lengths.max()))
        features = np.zeros((*shape, self.features.shape[1]), np.float32)
        grams = np.zeros((*shape, self.grams.shape[1]), np.int64)
        capitals = np.zeros(shape, bool)
        rest = [np.full(shape, -1, np.int64) for _ in range(3)]
        for row, (number, length) in enumerate(zip(chosen, lengths, strict=True)):
            span = slice(self.begin[number], self.begin[number] + length)
            features[row, :length], grams[row, :length] = self.features[span], self.grams[span]
            capitals[row, :length] = self.capitals[span]
            for target, source in zip(rest, (self.tags, self.intents, self.starts), strict=True):
                target[row, :length] = source[span]
        return *map(torch.from_numpy, (features, grams, capitals, lengths)), *map(torch.from_numpy, rest)


def tokens_of(request: Request) -> Request:
    """The request with its words cut as a typed request's are."""
    made = Request([], [], [], [], [])
    for word, tag, intent, start in zip(request.words, request.tags, request.intents, request.starts, strict=True):
        for number, piece in enumerate(words_of(word)):
            made.words.append(piece)
            made.capitals.append(word[:1].isupper() and number == 0)
            made.tags.append(tag)
            made.intents.append(intent)
            made.starts.append(start and number == 0)
    for name in ("words", "tags", "intents", "starts", "capitals"):
        setattr(made, name, getattr(made, name)[:LONGEST])
    return made


def gather(seed: int, count: int) -> Examples:
    """Sentences of the grammar with their features."""
    grammar = Grammar(seed)
    requests = [request for request in (tokens_of(grammar.request()) for _ in range(count)) if request.words]
    order = np.argsort([len(request.words) for request in requests], kind="stable")
    requests = [requests[k] for k in order]
    parts = []
    for start in range(0, len(requests), TOGETHER):
        chunk = [request.words for request in requests[start : start + TOGETHER]]
        parts += [rows.astype(np.float16) for rows in word_features(chunk, quick=True)]
    begin = np.concatenate([[0], np.cumsum([len(request.words) for request in requests])])
    known: dict[str, list[int]] = {}
    grams = [known.setdefault(word, trigrams(word)) for request in requests for word in request.words]
    return Examples(
        np.concatenate(parts), np.array(grams, np.int32),
        np.array([flag and number > 0 for request in requests for number, flag in enumerate(request.capitals)]),
        np.array([TAGS.index(tag) for request in requests for tag in request.tags]),
        np.array([INTENTS.index(intent) for request in requests for intent in request.intents]),
        np.array([int(start) for request in requests for start in request.starts]), begin,
    )  # fmt: skip


def batches(examples: Examples, size: int, rng: np.random.Generator) -> Iterator[tuple[Tensor, ...]]:
    """Batches of requests of like length, in random order."""
    count = len(examples.begin) - 1
    lengths = examples.begin[1:] - examples.begin[:-1]
    order = np.argsort(lengths + rng.random(count) * 3, kind="stable")
    chunks = [order[start : start + size] for start in range(0, count, size)]
    for number in rng.permutation(len(chunks)):
        yield examples.batch(chunks[number])


def loss_of(network: Tagger, batch: tuple[Tensor, ...]) -> Tensor:
    """Of tags, intents and starts together."""
    *inputs, tags, intents, starts = batch
    tag, intent, start = network(*inputs)
    there = starts >= 0
    found = functional.cross_entropy(tag.flatten(0, 1), tags.flatten(), ignore_index=-1, label_smoothing=0.02)
    found = found + functional.cross_entropy(intent.flatten(0, 1), intents.flatten(), ignore_index=-1, label_smoothing=0.02)
    return found + functional.binary_cross_entropy_with_logits(start[there], starts[there].float())


@torch.inference_mode()
def score(network: Tagger, examples: Examples) -> dict[str, float]:
    """Shares of words with the right tag and intent, and of requests in which every tag and intent is right."""
    network.eval()
    right, whole, words, requests = np.zeros(2), 0, 0, 0
    for start in range(0, len(examples.begin) - 1, 128):
        *inputs, tags, intents, _ = examples.batch(np.arange(start, min(start + 128, len(examples.begin) - 1)))
        tag, intent, _ = network(*inputs)
        there = tags >= 0
        good_tag, good_intent = (tag.argmax(dim=2) == tags) | ~there, (intent.argmax(dim=2) == intents) | ~there
        right += [float((good_tag & there).sum()), float((good_intent & there).sum())]
        whole += int((good_tag & good_intent).all(dim=1).sum())
        words, requests = words + int(there.sum()), requests + len(tags)
    network.train()
    return {"tags": right[0] / words, "intents": right[1] / words, "requests": whole / requests}


def train(config: RequestTraining, log: Path) -> tuple[Tagger, dict]:
    """The trained network and its held-out score; a line a round goes to ``log``."""
    torch.manual_seed(config.seed)
    network, rng = Tagger(TaggerConfig()), np.random.default_rng(config.seed)
    held = gather(10_000 + config.seed, config.held)
    steps = config.rounds * config.epochs * -(-config.count // config.batch)
    optimiser = torch.optim.AdamW(network.parameters(), config.rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, config.rate, steps + 8, pct_start=0.1)
    log.write_text("")
    found: dict = {}
    for number in range(config.rounds):
        examples = gather(config.seed + 1 + number, config.count)
        for epoch in range(config.epochs):
            losses = []
            for batch in batches(examples, config.batch, rng):
                optimiser.zero_grad()
                loss = loss_of(network, batch)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimiser.step()
                schedule.step()
                losses.append(float(loss.detach()))
            found = score(network, held)
            line = {"round": number, "epoch": epoch, "loss": round(float(np.mean(losses)), 4)} | {
                k: round(v, 4) for k, v in found.items()
            }
            with open(log, "a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
            print(line, flush=True)
            network.save(WEIGHTS, {"training": asdict(config), "score": found})
    return network, found


def main() -> None:
    """Trains and writes the weights beside their log."""
    options = argparse.ArgumentParser(description="Trains the tagger of requests.")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--count", type=int, default=RequestTraining.count)
    options.add_argument("--rounds", type=int, default=RequestTraining.rounds)
    options.add_argument("--epochs", type=int, default=RequestTraining.epochs)
    chosen = options.parse_args()
    torch.set_num_threads(1)
    config = RequestTraining(chosen.seed, chosen.count, chosen.rounds, chosen.epochs)
    network, found = train(config, WEIGHTS.with_suffix(".jsonl"))
    network.save(WEIGHTS, {"training": asdict(config), "score": found})
    sys.stdout.flush()


if __name__ == "__main__":
    main()
