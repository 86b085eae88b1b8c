"""Makes the recogniser of grey boxes: ``python -m core.learning.train_greybox --out FOLDER [--rooms 20] [--held 10]``.

Rooms of every kind are furnished by the solver; what stands in them is remembered with its size, place and shape, once as a
plain box and once as a few boxes. Held-out rooms, roughened as people block out, say how often the class is right.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

from ..environments.brief import KINDS as ROOM_KINDS
from ..environments.greybox.boxes import SHAPE, GreyBox, describe, surface_points
from ..environments.greybox.classes import NAMES
from ..environments.greybox.exemplars import Memory, probabilities
from ..environments.greybox.features import features
from .greybox_rooms import CUBE, CUBE_FACES, Sample, many

TRIANGLES = np.array([(0, 1, 2), (0, 2, 3)])
FIRST = 1000  # the first seed; held-out rooms come after those remembered


def shapes_of(sample: Sample) -> tuple[np.ndarray, np.ndarray]:
    """(N, SHAPE) of each thing as one plain box, and of it as a few boxes (its colliders)."""
    plain, rough = np.zeros((len(sample.label), SHAPE)), np.zeros((len(sample.label), SHAPE))
    seen: dict[bytes, tuple[np.ndarray, np.ndarray]] = {}
    for k, half in enumerate(sample.half):
        parts = sample.parts[sample.owner == k]
        key = parts.tobytes() + half.tobytes()
        if key not in seen:
            turned = half[1] > half[0]
            box = GreyBox("", np.zeros(3), 2 * (half[[1, 0, 2]] if turned else half), np.pi / 2 if turned else 0.0)
            both = []
            for boxes in (np.array([[*-half, *half]]), parts):
                corners = boxes[:, None, :3] + CUBE * (boxes[:, None, 3:] - boxes[:, None, :3])
                both.append(describe(*surface_points(corners[:, CUBE_FACES[:, TRIANGLES]].reshape(-1, 3, 3)), box))
            seen[key] = both[0], both[1]
        plain[k], rough[k] = seen[key]
    return plain, rough


def roughened(sample: Sample, shapes: tuple[np.ndarray, np.ndarray], rng: np.random.Generator, amount: float = 1.0) -> np.ndarray:
    """(N, COLUMNS) features of one blocked-out version of a room; ``amount`` 0 leaves everything where it is."""
    count = len(sample.label)
    size = 2 * sample.half * (1 + amount * rng.uniform(-0.18, 0.18, (count, 3)))
    turned = size[:, 1] > size[:, 0]
    yaw = sample.yaw + np.where(turned, np.pi / 2, 0.0) + amount * rng.normal(0, 0.1, count)
    size[turned] = size[turned][:, [1, 0, 2]]
    bottom = sample.centre[:, 2] - sample.half[:, 2]
    centre = np.column_stack([sample.centre[:, :2] + amount * rng.normal(0, 0.12, (count, 2)), bottom + size[:, 2] / 2])
    shape = np.where(rng.random(count)[:, None] < 0.5, shapes[0], shapes[1])
    return features(centre, size, yaw, shape, sample.size)


def remember(samples: list[Sample], rng: np.random.Generator) -> Memory:
    """The memory of rooms: as they are, plain and rough, and once lightly roughened."""
    rows, labels, kinds = [], [], []
    for sample in samples:
        plain, rough = shapes_of(sample)
        for shapes, amount in (((plain, plain), 0.0), ((rough, rough), 0.0), ((plain, rough), 0.5)):
            rows.append(roughened(sample, shapes, rng, amount))
            labels.append(sample.label)
            kinds.append(np.full(len(sample.label), sample.kind))
    return Memory(np.concatenate(rows), np.concatenate(labels), np.concatenate(kinds))


def evaluate(known: Memory, samples: list[Sample], told: bool, rounds: int = 1) -> dict:
    """Shares of right classes, of right room kinds and the classes' share for each kind of room."""
    rng = np.random.default_rng(7)
    right: dict[str, list[bool]] = {}
    wrong: dict[tuple[str, str], int] = {}
    rooms = []
    for sample in samples:
        shapes, kind = shapes_of(sample), ROOM_KINDS[sample.kind]
        for _ in range(rounds):
            share, read = probabilities(roughened(sample, shapes, rng), kind if told else "", known)
            best = share.argmax(axis=1)
            right.setdefault(kind, []).extend((best == sample.label).tolist())
            rooms.append(read == kind)
            for a, b in zip(sample.label, best, strict=True):
                if a != b:
                    wrong[NAMES[a], NAMES[b]] = wrong.get((NAMES[a], NAMES[b]), 0) + 1
    every = [value for values in right.values() for value in values]
    confused = sorted(wrong.items(), key=lambda item: -item[1])[:14]
    return {
        "told": told, "right": round(float(np.mean(every)), 4), "boxes": len(every),
        "room kind right": round(float(np.mean(rooms)), 4),
        "each": {kind: round(float(np.mean(values)), 3) for kind, values in right.items()},
        "confused": [f"{a} read as {b}: {count}" for (a, b), count in confused],
    }  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--rooms", type=int, default=20, help="rooms of each kind to remember")
    options.add_argument("--held", type=int, default=10, help="rooms of each kind held out")
    chosen = options.parse_args()
    from safetensors.numpy import save_file

    chosen.out.mkdir(parents=True, exist_ok=True)
    samples = many(range(FIRST, FIRST + chosen.rooms + chosen.held), chosen.out / "rooms.npz")
    split = chosen.rooms * len(ROOM_KINDS)
    known = remember([s for s in samples[:split] if len(s.label)], np.random.default_rng(0))
    held = [s for s in samples[split:] if len(s.label)]
    results = [evaluate(known, held, told) for told in (True, False)]
    arrays: dict[str, np.ndarray] = {
        "features": known.features.astype(np.float16),
        "label": known.label.astype(np.uint8),
        "kind": known.kind.astype(np.uint8),
    }
    save_file(arrays, chosen.out / "greybox.safetensors", {"classes": json.dumps(NAMES), "rooms": json.dumps(ROOM_KINDS)})
    (chosen.out / "greybox.jsonl").write_text("".join(json.dumps(line) + "\n" for line in results), encoding="utf-8")
    sys.stdout.write(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
