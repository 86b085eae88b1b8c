"""Mouth shapes → curves of the face units, with co-articulation.

Every shape pulls at the units with a dominance that falls off before and after it (Cohen and Massaro, "Modeling coarticulation in
synthetic visual speech", 1993), so that a vowel's rounding is seen in the consonants around it. Lips that must meet (m, b, p) or
touch the teeth (f, v) are not left to that average: they close, for long enough that no frame rate misses it.
"""

from __future__ import annotations

import numpy as np

from ...characters.face import VISEMES
from .visemes import CLOSED, SHORTEST_CLOSURE, SILENCE, VOWELS, MouthShape

FPS = 60.0  # a closure of 60 ms must hold for longer than a frame of 24 in a second, wherever the frames fall
LABIODENTAL = "viseme_FF"
MOUTH = tuple(sorted({unit for amounts in VISEMES.values() for unit in amounts}))
"""The units that speech moves."""
LIPS = {CLOSED: {"mouthPressLeft": 0.35, "mouthPressRight": 0.35, "mouthRollLower": 0.15, "mouthRollUpper": 0.15}}
ROUND = ("mouthFunnel", "mouthPucker")
WEIGHTS = {
    "viseme_kk": 0.25, "viseme_nn": 0.45, "viseme_DD": 0.5, "viseme_TH": 0.8, "viseme_SS": 0.8, "viseme_RR": 0.7, SILENCE: 0.6,
}  # fmt: skip
"""How strongly a shape pulls, where it is not 1: the tongue's sounds leave the lips to the vowels around them."""
REACH = 0.065  # seconds in which a shape's pull falls to 1/e
EARLY = 1.7  # rounding begins this much earlier
CLOSING = 0.055  # seconds that lips take to meet, at most


def curves(shapes: list[MouthShape], frames: int, fps: float = FPS) -> dict[str, np.ndarray]:
    """Unit -> (frames,) amounts in 0..1 of everything in ``MOUTH``.

    ``shapes`` follow one another without gaps, from second 0; after the last the mouth rests.
    """
    times = np.arange(frames) / fps
    targets = np.array([[VISEMES[shape.viseme].get(unit, 0.0) for unit in MOUTH] for shape in shapes]).reshape(len(shapes), -1)
    targets *= np.array([[_openness(shape)] for shape in shapes]).reshape(-1, 1)
    values = _blend(shapes, targets, times)
    for viseme in (CLOSED, LABIODENTAL):
        held = _held(shapes, viseme, times)[:, None]
        amounts = LIPS.get(viseme, VISEMES[viseme])
        values = values * (1 - held) + held * np.array([amounts.get(unit, 0.0) for unit in MOUTH])
    return {unit: np.clip(values[:, number], 0.0, 1.0).astype(np.float32) for number, unit in enumerate(MOUTH)}


def _openness(shape: MouthShape) -> float:
    """Vowels open further when they are loud; consonants have their shape however loud they are."""
    return float(np.clip(shape.strength, 0.75, 1.3)) if shape.viseme in VOWELS else 1.0


def _blend(shapes: list[MouthShape], targets: np.ndarray, times: np.ndarray) -> np.ndarray:
    """(T, units) the mean of the targets (n, units), weighted by their dominance."""
    if not shapes:
        return np.zeros((len(times), targets.shape[1]))
    starts = np.array([shape.start for shape in shapes])
    ends = np.array([shape.end for shape in shapes])
    weights = np.array([WEIGHTS.get(shape.viseme, 1.0) for shape in shapes])
    before = np.maximum(starts[None] - times[:, None], 0)
    after = np.maximum(times[:, None] - ends[None], 0)
    columns = []
    for number, unit in enumerate(MOUTH):
        reach = np.full(len(shapes), REACH)
        if unit in ROUND:
            reach = np.where(targets[:, number] > 0, EARLY * REACH, REACH)
        pull = weights * np.exp(-((before / reach) ** 1.5)) * np.exp(-((after / REACH) ** 1.5))
        pull = np.maximum(pull, 1e-9)
        columns.append((pull * targets[:, number]).sum(axis=1) / pull.sum(axis=1))
    return np.stack(columns, axis=1)


def _held(shapes: list[MouthShape], viseme: str, times: np.ndarray) -> np.ndarray:
    """(T,) how far the lips hold ``viseme``: 1 in the middle of its sounds for ``SHORTEST_CLOSURE`` or longer, eased around it."""
    held = np.zeros(len(times))
    for number, shape in enumerate(shapes):
        if shape.viseme != viseme:
            continue
        middle, half = (shape.start + shape.end) / 2, max(0.6 * (shape.end - shape.start), SHORTEST_CLOSURE) / 2
        rise = min(CLOSING, 0.4 * _length(shapes, number - 1))
        fall = min(CLOSING, 0.4 * _length(shapes, number + 1))
        ramp = np.minimum((times - (middle - half - rise)) / max(rise, 1e-3), ((middle + half + fall) - times) / max(fall, 1e-3))
        ramp = np.clip(ramp, 0, 1)
        held = np.maximum(held, ramp * ramp * (3 - 2 * ramp))
    return held


def _length(shapes: list[MouthShape], number: int) -> float:
    return shapes[number].end - shapes[number].start if 0 <= number < len(shapes) else CLOSING
