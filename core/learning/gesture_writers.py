"""Writers that draw gestures: everybody with a size, a pace, a tremor and a device of their own.

Reaching movements have the speed of minimum jerk (Flash and Hogan 1985), hands shake at 8 to 12 Hz, mice count whole pixels
and know no pressure. Two writers never share their numbers, so writers can be held out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..interaction.gestures import CLASSES, Stroke, spread

FIGURES = ("scrub", "circle", "cross", "none")  # told by their shape; the others by their time
STALLS = 0.2  # share of figures whose points were held up


@dataclass
class Writer:
    """``size`` in pixels of a usual gesture, ``pace`` (1 is usual), ``tremor`` in pixels at ``shake`` Hz, ``rate`` of points a
    second, ``mouse``: whole pixels, no pressure; ``slant`` radians; ``round``: how much straight lines are bent; ``sloppy``: how
    far shapes are from perfect; ``one_stroke``: share of crosses without lifting; ``clockwise``: share of circles; ``press``;
    ``even``: 0 speeds up and slows down as hands do, 1 keeps one pace; ``rest``: seconds that it rests before and after a line;
    ``uneven``: how irregularly the device reports."""

    size: float
    pace: float
    tremor: float
    shake: float
    rate: float
    mouse: bool
    slant: float
    round: float
    sloppy: float
    one_stroke: float
    clockwise: float
    press: float
    even: float
    rest: float
    uneven: float


def writer(rng: np.random.Generator, wide: float = 1.0) -> Writer:
    """Somebody; ``wide`` above 1 are stranger people than usual."""
    mouse = bool(rng.random() < 0.5)
    return Writer(
        size=float(np.exp(rng.normal(np.log(130), 0.5 * wide))),
        pace=float(np.exp(rng.normal(0, 0.22 * wide))),
        tremor=float(rng.gamma(1.5, (0.35 if mouse else 0.5) * wide)),
        shake=float(rng.uniform(7, 12)),
        rate=float(rng.choice([33.0, 60.0, 90.0, 125.0, 200.0, 240.0])),
        mouse=mouse,
        slant=float(rng.normal(0, 0.25 * wide)),
        round=float(rng.normal(0, 0.10 * wide)),
        sloppy=float(rng.uniform(0.02, 0.12 * wide)),
        one_stroke=float(rng.beta(0.6, 1.2)),
        clockwise=float(rng.beta(0.7, 0.7)),
        press=float(rng.uniform(0.25, 0.8)),
        even=float(rng.beta(0.5, 0.7)),
        rest=float(rng.exponential(0.04)) if rng.random() < 0.6 else 0.0,
        uneven=float(rng.uniform(0.05, 0.6)),
    )


def draw(kind: str, who: Writer, rng: np.random.Generator) -> list[Stroke]:
    """The strokes of one gesture of ``CLASSES``. Figures are sometimes drawn on a computer that stalls; they stay what they are."""
    strokes = {"tap": _tap, "hold": _hold, "stroke": _stroke, "scrub": _scrub, "circle": _circle, "flick": _flick, "cross": _cross,
            "none": _other}[kind](who, rng)  # fmt: skip
    if kind in FIGURES and rng.random() < STALLS:
        for stroke in strokes:
            stroke.time = _stalled(stroke.time, rng)
    return strokes


def examples(writers: list[Writer], each: int, rng: np.random.Generator) -> tuple[list[list[Stroke]], np.ndarray]:
    """``each`` gestures of every class by every writer, and (n,) their classes."""
    drawn, labels = [], []
    for who in writers:
        for label, kind in enumerate(CLASSES):
            for _ in range(each):
                drawn.append(draw(kind, who, rng))
                labels.append(label)
    return drawn, np.array(labels)


def _tap(who: Writer, rng: np.random.Generator) -> list[Stroke]:
    slip = rng.normal(0, 1.2 + who.sloppy * 12, 2)
    return [_ink(np.array([[0.0, 0.0], slip]), rng.uniform(0.03, 0.24), who, rng)]


def _hold(who: Writer, rng: np.random.Generator) -> list[Stroke]:
    drift = np.cumsum(rng.normal(0, 0.8 + who.sloppy * 8, (6, 2)), axis=0)
    return [_ink(np.concatenate([[[0.0, 0.0]], drift]), rng.uniform(0.55, 2.5), who, rng)]


def _length(who: Writer, rng: np.random.Generator) -> float:
    return float(np.clip(who.size * np.exp(rng.normal(0, 0.35)), 36, 900))


def _line(start: np.ndarray, end: np.ndarray, who: Writer, rng: np.random.Generator, count: int = 40) -> np.ndarray:
    """(count, 2) from one point to another, bent as this writer bends."""
    share = np.linspace(0, 1, count)[:, None]
    along = end - start
    across = np.array([-along[1], along[0]])
    bend = who.round + rng.normal(0, 0.04)
    wave = rng.normal(0, 0.02) * np.sin(2 * np.pi * share)
    return start + along * share + across * (4 * bend * share * (1 - share) + wave)


def _stroke(who: Writer, rng: np.random.Generator) -> list[Stroke]:
    length, angle = _length(who, rng), rng.uniform(0, 2 * np.pi)
    path = _line(np.zeros(2), length * _direction(angle), who, rng)
    seconds = max(rng.uniform(0.38, 1.5) / who.pace, length / 1100, 0.34)
    return [_ink(path, seconds, who, rng)]


def _flick(who: Writer, rng: np.random.Generator) -> list[Stroke]:
    """Released at full speed: the first half of a reaching movement, which would have gone on."""
    length, angle = max(_length(who, rng), 60.0), rng.uniform(0, 2 * np.pi)
    path = _line(np.zeros(2), length * _direction(angle), who, rng)
    return [_ink(path, np.clip(rng.uniform(0.06, 0.19) / who.pace**0.5, 0.05, 0.23), who, rng, released=rng.uniform(0.45, 0.62))]


def _scrub(who: Writer, rng: np.random.Generator) -> list[Stroke]:
    length, angle = _length(who, rng), rng.uniform(0, 2 * np.pi)
    turns = int(rng.integers(3, 10))
    along, across = _direction(angle), _direction(angle + np.pi / 2)
    creep = rng.normal(0, 0.12) * length
    places = [
        length * ((k % 2) + rng.normal(0, 0.09)) * along
        + creep * k / turns * across
        + rng.normal(0, who.sloppy * length / 3, 2)
        for k in range(turns + 1)
    ]
    legs = [_line(a, b, who, rng, 16) for a, b in zip(places, places[1:], strict=False)]
    path = _smooth(np.concatenate(legs), rng.integers(0, 6))
    seconds = turns * np.clip(rng.uniform(0.08, 0.3) / who.pace, length / 4000, 0.5)
    return [_ink(path, seconds, who, rng, even=True)]


def _circle(who: Writer, rng: np.random.Generator) -> list[Stroke]:
    radius = _length(who, rng) / 2 * np.array([1.0, np.exp(rng.normal(0, 0.2))])
    way = -1 if rng.random() < who.clockwise else 1
    turns = rng.choice([1.0, 2.0], p=[0.88, 0.12]) + rng.normal(0.02, 0.05)
    angle = rng.uniform(0, 2 * np.pi) + way * np.linspace(0, 2 * np.pi * turns, 90)
    dents = rng.normal(0, 0.5) * np.cos(2 * angle + rng.uniform(0, 6.3)) + rng.normal(0, 0.4) * np.cos(3 * angle)
    wobble = 1 + who.sloppy * dents
    path = np.stack([np.cos(angle), np.sin(angle)], axis=1) * radius * wobble[:, None]
    path += np.linspace(0, 1, 90)[:, None] * rng.normal(0, who.sloppy, 2) * radius.mean()
    return [_ink(path, np.clip(rng.uniform(0.45, 1.6) / who.pace, 0.3, 3) * turns**0.7, who, rng, even=True)]


def _cross(who: Writer, rng: np.random.Generator) -> list[Stroke]:
    """Two lines that meet near their middles, drawn apart, or in one go around a loop or a corner."""
    size = _length(who, rng)
    angle = np.pi / 4 + rng.normal(0, 0.15) if rng.random() < 0.7 else rng.normal(0, 0.15)  # × more often than +
    first, second = _direction(angle), _direction(angle + np.pi / 2 + rng.normal(0, 0.2))
    one = np.array([-first, first]) * size / 2 * rng.uniform(0.8, 1.2)
    two = np.array([-second, second]) * size / 2 * rng.uniform(0.8, 1.2) + rng.normal(0, 0.08, 2) * size
    if rng.random() < 0.5:
        one = one[::-1]
    if rng.random() < 0.5:
        two = two[::-1]
    legs = [_line(one[0], one[1], who, rng), _line(two[0], two[1], who, rng)]
    pace = np.clip(rng.uniform(0.13, 0.5) / who.pace, size / 3500, 1)
    if rng.random() >= who.one_stroke:
        strokes = [_ink(leg, pace, who, rng) for leg in legs]
        strokes[1].time = strokes[1].time + strokes[0].time[-1] + rng.uniform(0.08, 0.5)
        return strokes
    back = _line(one[1], two[0], who, rng)
    path = _smooth(np.concatenate([legs[0], back, legs[1]]), rng.integers(0, 9))
    return [_ink(path, 2.6 * pace, who, rng, even=True)]


def _other(who: Writer, rng: np.random.Generator) -> list[Stroke]:
    """What means nothing here: letters, arrows, ticks, corners, spirals, wandering lines."""
    size = _length(who, rng)
    shape = int(rng.integers(7))
    if shape == 0:  # wandering
        path = np.cumsum(_smooth(rng.normal(0, 1, (60, 2)), 8), axis=0)
        path = path / (np.abs(path).max() + 1e-9) * size / 2
    elif shape == 1:  # a spiral
        angle = np.linspace(0, 2 * np.pi * rng.uniform(2.2, 4), 100)
        path = np.stack([np.cos(angle), np.sin(angle)], axis=1) * np.linspace(0.1, 1, 100)[:, None] * size / 2
    elif shape == 2:  # an S, a question mark
        share = np.linspace(0, 1, 60)
        path = np.stack([np.sin(2 * np.pi * share) * rng.uniform(0.25, 0.5), share * rng.uniform(0.8, 1.3)], axis=1) * size
    else:
        outlines: dict[int, list[tuple[float, float]]] = {
            3: [(0, 1), (0, 0), (0.7, 0)],  # L
            4: [(0, 0.4), (0.35, 0), (1, 1)],  # a tick
            5: [(0.0, 0.0), (0, 1), (1, 1), (1, 0)] + ([(0, 0)] if rng.random() < 0.6 else []),  # a box
            6: [(0.0, 0.0), (0.5, 1), (1, 0)] + ([(0, 0)] if rng.random() < 0.5 else [(0.5, 0.6)]),  # a triangle, an arrow
        }
        corners = outlines[shape]
        places = (np.array(corners, float) + rng.normal(0, 0.07, (len(corners), 2))) * size
        path = np.concatenate([_line(a, b, who, rng, 24) for a, b in zip(places, places[1:], strict=False)])
        path = _smooth(path, rng.integers(0, 4))
    path = path @ _turned(rng.uniform(0, 2 * np.pi)).T
    return [_ink(path, np.clip(rng.uniform(0.6, 2.2) / who.pace, 0.35, 4), who, rng, even=True)]


def _ink(
    path: np.ndarray, seconds: float, who: Writer, rng: np.random.Generator, even: bool = False, released: float = 1.0
) -> Stroke:
    """What the device reports of a hand that follows ``path``: minimum jerk, or ``even`` pace slowed down in bends; ``released``:
    the share of the movement's time at which the pen leaves."""
    count = max(int(seconds * who.rate), 1) + 1
    time = np.sort(np.linspace(0, seconds, count) + rng.normal(0, who.uneven / who.rate, count) * (count > 2))
    time = np.clip(time, 0, seconds)
    even_pace = float(np.clip(who.even + rng.normal(0, 0.1), 0, 1))
    share = np.linspace(0, released, 200)
    reach = share**3 * (10 - 15 * share + 6 * share**2)
    reach = (1 - even_pace) * reach / reach[-1] + even_pace * share / released
    way = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    total = max(way[-1], 1e-6)
    if even:
        bend = np.abs(np.gradient(np.unwrap(np.arctan2(*np.gradient(path, axis=0).T[::-1]))))
        slow = 1 + 2.5 * (1 - even_pace) * _smooth(np.minimum(bend, 0.6)[:, None], 3)[:, 0]
        clock = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(path, axis=0).T) * slow[1:])])
        place = np.interp(time / seconds, clock / clock[-1], way) if clock[-1] > 0 else np.zeros(count)
    else:
        place = np.interp(time / seconds, share / released, reach) * total
    points = np.stack([np.interp(place, way, values) for values in path.T], axis=1)
    shakes = who.tremor * np.sin(2 * np.pi * who.shake * time[:, None] + rng.uniform(0, 6.3, 2))
    points = (points @ _turned(who.slant).T if total > 30 else points) + shakes * (total > 8) + shakes * 0.4 * (total <= 8)
    points = points + rng.normal(0, 0.25, points.shape)
    if total > 30:
        points, time = _rested(points, time, who, rng, released < 1)
        count, seconds = len(points), float(time[-1])
    if who.mouse:
        return Stroke(np.round(points), time, np.ones(1), np.zeros((1, 2)))
    rise = np.clip(np.minimum(time / 0.05, (seconds - time) / 0.04 + 0.2), 0.1, 1)
    pressure = np.clip(who.press * rise * (1 + 0.1 * np.sin(5 * time + rng.uniform(0, 6.3))) + rng.normal(0, 0.03, count), 0.02, 1)
    return Stroke(points, time, pressure, rng.normal(0, 0.15, (1, 2)))


def _rested(
    points: np.ndarray, time: np.ndarray, who: Writer, rng: np.random.Generator, flung: bool
) -> tuple[np.ndarray, np.ndarray]:
    """The stroke with the moments before it begins and, unless it is flung, after it ends."""
    before, after = rng.exponential(who.rest + 1e-9), 0.0 if flung else rng.exponential(who.rest + 1e-9)
    points = np.concatenate([points[:1], points, points[-1:]])
    return points, np.concatenate([[0.0], time + before, [time[-1] + before + after]])


def _stalled(time: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Times at which a busy computer received the points: slower or faster in all, and held up now and then."""
    time = time[0] + (time - time[0]) * np.exp(rng.normal(0, 0.5))
    for _ in range(int(rng.integers(0, 3))):
        start, pause = rng.uniform(time[0], time[-1] + 1e-6), rng.exponential(0.5)
        time = np.where(time > start, np.maximum(time, start + pause), time)
    return spread(time)


def _direction(angle: float) -> np.ndarray:
    return np.array([np.cos(angle), np.sin(angle)])


def _turned(angle: float) -> np.ndarray:
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def _smooth(values: np.ndarray, width: int) -> np.ndarray:
    """Each column averaged over ``2 · width + 1`` points, ends kept."""
    width = min(int(width), (len(values) - 1) // 2)
    if width < 1:
        return values
    kernel = np.hanning(2 * width + 3)[1:-1]
    padded = np.pad(values, ((width, width), (0, 0)), "edge")
    return np.stack([np.convolve(column, kernel / kernel.sum(), "valid") for column in padded.T], axis=1)
