"""Trains the review's classifier: a linear layer over sentence vectors that says what a name, prompt or note may be about.

    python -m core.learning.train_review --data FOLDER

A minute on one core. ``--data`` adds the library's names as harmless examples; without it only the patterns teach.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ..crossmodal.names import plain_words
from ..crossmodal.text import text_encoder
from ..review.meaning import KIND, ReviewConfig, ReviewNetwork
from ..spatial.checkpoint import save_network
from .review_sentences import HELD, KINDS, sentences

STEPS, RATE, DECAY = 1500, 0.01, 3e-3
WANTED = 0.99  # share of harmless training texts that must pass

CARD = """# Review 1

Says what a name, prompt or note may be about: {kinds}. One linear layer over MiniLM's sentence vectors
({parameters:,} parameters, GPL-3.0-or-later). What it flags is put before a person; nothing is refused or dropped for it. It stands
beside a word list in {languages} languages (`core/review/words.py`).

## Score

    python -m core.learning.train_review --data FOLDER

{held} sentences written by hand apart from the patterns: {caught:.0%} of {bad} that a person should see are flagged (with the word
list {both:.0%}), {false:.0%} of {good} harmless ones are flagged too. Of {names} names of the library {names_flagged:.1%}
are flagged.

## Data

{count:,} sentences made from patterns of our own (`core/learning/review_sentences.py`) and names of the training library as
harmless examples. Seed {seed}, {steps} steps, last loss {loss:.3f}.

## What it cannot do

It reads English. It is small and made from few patterns: it misses what is said indirectly, and may flag what is only described.
It must never decide alone.
"""


def train(vectors: np.ndarray, targets: np.ndarray, seed: int) -> tuple[ReviewNetwork, float]:
    """The network and its last loss; kinds are weighed by their rarity."""
    torch.manual_seed(seed)
    network = ReviewNetwork(ReviewConfig(kinds=KINDS, width=vectors.shape[1]))
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
    values, wanted = torch.from_numpy(vectors), torch.from_numpy(targets)
    weight = 1 / torch.bincount(wanted, minlength=len(KINDS)).float().clamp(min=1) ** 0.5
    loss = torch.tensor(0.0)
    for _ in range(STEPS):
        noisy = nn.functional.normalize(values + 0.03 * torch.randn_like(values), dim=-1)
        loss = nn.functional.cross_entropy(network(noisy), wanted, weight / weight.sum(), label_smoothing=0.02)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return network.eval(), float(loss.detach())


def main(arguments: list[str] | None = None) -> int:
    """The command. Returns the exit code."""
    from ..review.words import LANGUAGES, concerns_of

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder with models.csv")
    parser.add_argument("--output", type=Path, default=Path("core/weights"))
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    encoder = text_encoder()
    made = sentences(seed=options.seed)
    names: list[str] = []
    if options.data:
        with open(options.data / "models.csv", encoding="utf-8", newline="") as file:
            names = sorted({words for row in csv.DictReader(file) if (words := plain_words(row["name"]))})
    taught, apart = names[::2], names[1::2]
    made += [("fine", name) for name in taught]
    vectors = encoder.encode([sentence for _, sentence in made])
    targets = np.array([KINDS.index(kind) for kind, _ in made])
    network, loss = train(vectors, targets, options.seed)
    with torch.inference_mode():
        harmless = 1 - network(torch.from_numpy(vectors[targets == 0])).softmax(dim=-1)[:, 0]
        threshold = max(0.5, float(harmless.quantile(WANTED)))
        held = 1 - network(torch.from_numpy(encoder.encode([text for _, text in HELD]))).softmax(dim=-1)[:, 0].numpy()
        other = 1 - network(torch.from_numpy(encoder.encode(apart or ["a chair"]))).softmax(dim=-1)[:, 0].numpy()
    bad = np.array([kind != "fine" for kind, _ in HELD])
    listed = np.array([bool(concerns_of(text)) for _, text in HELD])
    either = (held > threshold) | listed
    scores = {"caught": float((held > threshold)[bad].mean()), "both": float(either[bad].mean())}
    scores |= {"false": float(either[~bad].mean()), "names_flagged": float((other > threshold).mean())}
    notes = {"version": 1, "threshold": threshold, "seed": options.seed, "encoder": "minilm-l6", "scores": scores}
    save_network(options.output / "review.safetensors", network, KIND, network.config, notes, half=True)
    card = CARD.format(kinds=", ".join(KINDS), parameters=sum(p.numel() for p in network.parameters()), languages=len(LANGUAGES),
                       held=len(HELD), bad=int(bad.sum()), good=int((~bad).sum()), names=len(apart), count=len(made),
                       seed=options.seed, steps=STEPS, loss=loss, **scores)  # fmt: skip
    (options.output / "review.md").write_text(card, encoding="utf-8")
    sys.stdout.write(json.dumps(scores | {"threshold": threshold}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
