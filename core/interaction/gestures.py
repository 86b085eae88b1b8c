"""Strokes of pen, finger or mouse → gestures: tap, hold, stroke, scrub, circle, flick, cross, or none of them.

A small network of convolutions over the gesture's course (resampled evenly in time) and a few measures of the whole; evaluated with
numpy, because Blender's own process has nothing heavier and a gesture must be known the moment the pen is lifted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..errors import WorldwrightError

GESTURES = ("tap", "hold", "stroke", "scrub", "circle", "flick", "cross")
NONE = "none"  # a scribble, a letter, an arrow
CLASSES = (*GESTURES, NONE)
WEIGHTS = Path(__file__).parents[1] / "weights" / "gestures.safetensors"
KIND, FORMAT = "gestures", 1
COURSE = 64  # moments a gesture is resampled to
CHANNELS = 5  # x, y, speed, pressure, pen down
MEASURES = 10
GAP = 0.6  # seconds between two strokes of one gesture, at most
LIFTED = 0.12  # seconds that a lifted pen counts, however long it was
FASTEST, USUAL = 2000, 100  # points a second of the fastest device, and of a usual one
STALL, BURST = 0.05, 0.004  # seconds without a point, and between two points that came together
SLOWEST = 2.2  # seconds that a figure takes, at most
SMALLEST = 24.0  # pixels that a gesture counts as wide, at least
SURE = 0.55  # probability below which nothing is recognised
WIDTHS = (CHANNELS, 24, 32, 48)


@dataclass
class Stroke:
    """One movement with the pen down.

    Attributes:
        points: (T, 2) float, pixels at a scale of 1 (window pixels divided by the interface's scale), Y up.
        time: (T,) seconds, rising.
        pressure: (T,) 0..1; a mouse has 1 throughout.
        tilt: (T, 2) -1..1; a mouse has 0. Kept for what acts on the gesture; what was drawn does not depend on it.
    """

    points: np.ndarray
    time: np.ndarray
    pressure: np.ndarray
    tilt: np.ndarray

    def __post_init__(self) -> None:
        self.points = np.asarray(self.points, float).reshape(-1, 2)
        self.time = np.asarray(self.time, float).reshape(-1)
        count = len(self.points)
        self.pressure = np.broadcast_to(np.asarray(self.pressure, float).reshape(-1), count).astype(float)
        self.tilt = np.broadcast_to(np.asarray(self.tilt, float).reshape(-1, 2), (count, 2)).astype(float)
        if count == 0 or len(self.time) != count or not (np.isfinite(self.points).all() and np.isfinite(self.time).all()):
            raise WorldwrightError("The stroke has no points.", "Draw it again.")


@dataclass(frozen=True)
class Recognised:
    """``gesture``: one of ``GESTURES`` or ``NONE``; ``confidence`` in it; ``chances`` of all ``CLASSES``."""

    gesture: str
    confidence: float
    chances: dict[str, float]


def describe(strokes: list[Stroke]) -> tuple[np.ndarray, np.ndarray]:
    """(CHANNELS, COURSE) the course of a gesture of one or more strokes, and (MEASURES,) of the whole. Raises WorldwrightError."""
    if not strokes:
        raise WorldwrightError("There is no stroke.", "Draw one.")
    points, times, pressure, down = _joined(strokes)
    if times[-1] > SLOWEST and np.hypot(*np.ptp(points, axis=0)) > SMALLEST:
        times = times * (SLOWEST / times[-1])  # who draws slowly draws the same figure
    seconds = max(times[-1], 1e-3)
    moments = np.linspace(0.0, times[-1], COURSE)
    course = np.stack([np.interp(moments, times, values) for values in (*points.T, pressure, down)])
    low, high = points.min(axis=0), points.max(axis=0)
    extent = float(np.hypot(*(high - low)))
    size = max(extent, SMALLEST)
    place = (course[:2] - ((low + high) / 2)[:, None]) / size * 2
    velocity = np.gradient(course[:2], axis=1) / (seconds / (COURSE - 1))
    speed = np.hypot(*velocity)
    steps = np.hypot(*np.diff(course[:2], axis=1))
    path = float(steps.sum())
    drawn = course[3] > 0.5
    turn = _turning(course[:2], size)
    end = float(speed[-4:].mean() / max(speed.max(), 1.0))
    measures = [
        np.log1p(extent / 10), np.log(seconds / 0.4), np.log1p(path / size), np.log1p(path / seconds / 300), end,
        turn / (2 * np.pi), float(np.hypot(*(points[-1] - points[0])) / size), float(len(strokes) - 1),
        float(pressure[down > 0.5].mean()), float(drawn.mean()),
    ]  # fmt: skip
    return np.stack([*place, np.log1p(speed / 200), course[2], course[3]]).astype(np.float32), np.array(measures, np.float32)


def spread(times: np.ndarray) -> np.ndarray:
    """(T,) times at which points were made, of those at which they were received.

    Points that came in one burst after a stall were made throughout it; a whole stroke that came faster than any device makes
    points was held up altogether, and gets the pace of a usual device.
    """
    times = np.maximum.accumulate(np.asarray(times, float))
    if len(times) >= 8 and len(times) > FASTEST * (times[-1] - times[0]):
        return times[0] + np.arange(len(times)) / USUAL
    made = times.copy()
    start = 1
    while start < len(times):
        end = start + 1
        while end < len(times) and times[end] - times[end - 1] < BURST:
            end += 1
        if end - start > 1 and times[start] - times[start - 1] > STALL:
            made[start:end] = np.linspace(times[start - 1], times[end - 1], end - start + 1)[1:]
        start = end
    return made


def _joined(strokes: list[Stroke]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Points, times from 0, pressure and whether the pen is down, of all strokes one after the other with short gaps."""
    points, times, pressure, down = [], [], [], []
    now = 0.0
    for stroke in strokes:
        order = np.maximum.accumulate(stroke.time) - stroke.time[0]
        points.append(stroke.points)
        times.append(now + order)
        pressure.append(np.clip(stroke.pressure, 0, 1))
        down.append(np.ones(len(order)))
        down[-1][-1] = 1.0 if stroke is strokes[-1] else 0.0
        now = float(times[-1][-1]) + LIFTED
    return np.concatenate(points), np.concatenate(times), np.concatenate(pressure), np.concatenate(down)


def _turning(course: np.ndarray, size: float) -> float:
    """Radians by which the path turns in all, one way counted against the other; parts that stand still do not count."""
    steps = np.diff(course, axis=1)
    moving = steps[:, np.hypot(*steps) > 0.01 * size]
    if moving.shape[1] < 2:
        return 0.0
    angles = np.arctan2(moving[1], moving[0])
    return float(abs(((np.diff(angles) + np.pi) % (2 * np.pi) - np.pi).sum()))


def recognise(strokes: list[Stroke]) -> Recognised:
    """What was drawn; ``NONE`` where the network is not sure. Raises WorldwrightError."""
    course, measures = describe(strokes)
    chances = evaluate(load_network(), course[None], measures[None])[0]
    best = int(chances.argmax())
    gesture = CLASSES[best] if chances[best] >= SURE else NONE
    return Recognised(gesture, float(chances[best]), dict(zip(CLASSES, chances.tolist(), strict=True)))


def evaluate(tensors: dict[str, np.ndarray], course: np.ndarray, measures: np.ndarray) -> np.ndarray:
    """(B, classes) probabilities of (B, CHANNELS, COURSE) courses and (B, MEASURES): what ``train_gestures.Network`` computes."""
    values = course.astype(np.float64)
    for layer in range(len(WIDTHS) - 1):
        weight, bias = tensors[f"convolutions.{2 * layer}.weight"], tensors[f"convolutions.{2 * layer}.bias"]
        padded = np.pad(values, ((0, 0), (0, 0), (2, 2)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, 5, axis=2)[:, :, ::2]
        values = np.maximum(np.einsum("bctk,ock->bot", windows, weight, optimize=True) + bias[:, None], 0)
    pooled = np.concatenate([values.mean(axis=2), values.max(axis=2), (measures - tensors["mean"]) / tensors["scale"]], axis=1)
    hidden = np.maximum(pooled @ tensors["head.0.weight"].T + tensors["head.0.bias"], 0)
    logits = hidden @ tensors["head.2.weight"].T + tensors["head.2.bias"]
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@lru_cache(maxsize=1)
def load_network(path: Path = WEIGHTS) -> dict[str, np.ndarray]:
    """The shipped weights by name, read without torch. Raises WorldwrightError when they are missing or not ours."""
    try:
        data = path.read_bytes()
        size = int.from_bytes(data[:8], "little")
        header = json.loads(data[8 : 8 + size])
        told = json.loads(header.pop("__metadata__")["worldwright"])
        if (told["kind"], told["format"]) != (KIND, FORMAT):
            raise ValueError
        kinds = {"F16": np.float16, "F32": np.float32}
        tensors = {}
        for name, about in header.items():
            start, end = (8 + size + offset for offset in about["data_offsets"])
            values = np.frombuffer(data[start:end], kinds[about["dtype"]]).reshape(about["shape"])
            tensors[name] = values.astype(np.float64)
        return tensors
    except FileNotFoundError as error:
        raise WorldwrightError("The weights of the gestures are missing.", "Reinstall Worldwright.") from error
    except (OSError, ValueError, KeyError) as error:
        raise WorldwrightError("The gestures' weights are damaged or of another version.", "Reinstall Worldwright.") from error
