"""Hair that is drawn back to a tie: ponytail, bun, braid."""

from __future__ import annotations

import numpy as np

from .cards import Strands, cards, tube
from .groom import Groom

TIED = ("ponytail", "bun", "braid")
_DIRECTIONS = {"bun": (0, 0.80, 0.62), "ponytail": (0, 0.93, 0.36), "braid": (0, 0.94, -0.10)}
_LOW = (0, 0.94, -0.30)  # where hair is tied under a hat


def tied(groom: Groom) -> list[Strands]:
    """Hair drawn back over the skull to a tie, and what is behind it."""
    kind = groom.brief.hair
    direction = np.array(_LOW if groom.brief.headwear != "none" else _DIRECTIONS[kind])
    direction /= np.linalg.norm(direction)
    drawn, tie = _drawn_back(groom, direction)
    rest = {"bun": _bun, "ponytail": _tail, "braid": _braid}[kind](groom, tie, direction)
    return [drawn, *rest]


def _drawn_back(groom: Groom, direction: np.ndarray) -> tuple[Strands, np.ndarray]:
    """Cards along great circles from the hairline to the tie, and (3,) the tie."""
    rng, size, count = groom.rng, groom.size, 110 if groom.low else 460
    root, _, _ = groom.roots(count, groom.scalp * groom.dense_front())
    start = root - groom.skull.centre
    start /= np.linalg.norm(start, axis=1, keepdims=True)
    share = np.linspace(0, 1, 8)[None, :, None]
    # From the front to a low tie the shortest way would lead over the face: those strands go over the crown.
    over = np.clip(0.3 - start @ direction, 0, 1.3)[:, None] * np.array([0.0, 0.3, 1.6])
    middle = start + direction + over
    middle /= np.maximum(np.linalg.norm(middle, axis=1, keepdims=True), 1e-9)
    ways = (1 - share) ** 2 * start[:, None] + 2 * share * (1 - share) * middle[:, None] + share**2 * direction
    ways /= np.linalg.norm(ways, axis=2, keepdims=True)
    layer = rng.random(count) ** 1.3
    along = share[..., 0]
    arch = np.sin(np.pi * np.clip(along * 0.8 + 0.12, 0, 1))
    lift = (0.002 + 0.006 * groom.volume * layer[:, None] * arch + 0.008 * along**4) * size
    radius, _ = groom.skull.radius(groom.skull.centre + ways)
    lines = groom.under_hat(groom.skull.centre + ways * (radius + lift)[..., None])
    width = 0.0125 * size * (0.7 + 0.6 * rng.random(count)) * (2.0 if groom.low else 1.0)
    seen = ~groom.hatted(lines).all(axis=1)
    lines, width, layer = lines[seen], width[seen], layer[seen]
    tie_radius, _ = groom.skull.radius((groom.skull.centre + direction)[None])
    tie = groom.skull.centre + direction * (tie_radius[0] + 0.012 * size)
    return cards(lines.astype(np.float32), width, groom.skull.centre, rng, layer, taper=0.4, ends=False), tie


def _fall(groom: Groom, tie: np.ndarray, direction: np.ndarray, offset: np.ndarray, length: np.ndarray, steps: int) -> np.ndarray:
    """(n, steps + 1, 3) lines that leave the tie along ``direction`` and fall clear of the body."""
    count = len(offset)
    layer, points = groom.rng.random(count), [np.repeat(tie[None], count, axis=0) - 0.01 * direction + 0.4 * offset]
    way = np.repeat(direction[None], count, axis=0) + 6 * offset
    for number in range(steps):
        way = 0.62 * way + 0.38 * np.array([0, 0.12, -1.0])
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        here = points[-1] + way * (length / steps)[:, None] + offset * (0.35 if number < 4 else 0.12)
        points.append(groom.clear_of_body(here.astype(np.float32), layer))
    return np.stack(points, axis=1).astype(np.float32)


def _tail(groom: Groom, tie: np.ndarray, direction: np.ndarray) -> list[Strands]:
    """A ponytail: it leaves the tie along its direction and falls."""
    rng, size, count = groom.rng, groom.size, 30 if groom.low else 130
    length = size * (0.20 + 0.22 * groom.brief.hair_length) * rng.uniform(0.8, 1.0, count)
    offset = rng.standard_normal((count, 3)) * 0.006 * size * (0.5 + 0.5 * groom.volume)
    lines = _fall(groom, tie, direction, offset, length, 10)
    width = 0.013 * size * rng.uniform(0.7, 1.2, count) * (1.6 if groom.low else 1.0)
    return [cards(lines, width, lines.mean(axis=(0, 1)), rng, rng.random(count)), _ring(groom, tie, direction, 0.013 * size)]


def _bun(groom: Groom, tie: np.ndarray, direction: np.ndarray) -> list[Strands]:
    """A knot of hair wound around the tie."""
    rng, size, count = groom.rng, groom.size, 60 if groom.low else 150
    middle = tie + 0.018 * size * direction
    side = np.cross(direction, [1.0, 0, 0])
    across = np.cross(side, direction)
    turn = rng.uniform(0, 2 * np.pi, (count, 1)) + np.linspace(0, 2.4, 8)
    tilt = rng.uniform(-1.35, 1.35, (count, 1)) + 0.25 * np.sin(2 * turn)
    reach = size * (0.034 + 0.004 * rng.random((count, 1))) * (0.6 + 0.4 * groom.volume)
    lines = middle + reach[..., None] * (
        np.cos(tilt)[..., None] * (np.cos(turn)[..., None] * side + np.sin(turn)[..., None] * across)
        + 0.75 * np.sin(tilt)[..., None] * direction
    )
    width = np.full(count, 0.0125 * size * (1.7 if groom.low else 1.0))
    return [cards(lines.astype(np.float32), width, middle, rng, rng.random(count), taper=0.6, ends=False)]


def _braid(groom: Groom, tie: np.ndarray, direction: np.ndarray) -> list[Strands]:
    """Three strands laid over each other down the back, bound at the end, with a loose tuft."""
    size, rng = groom.size, groom.rng
    length = np.array([size * (0.24 + 0.22 * groom.brief.hair_length)])
    path = _fall(groom, tie, direction, np.zeros((1, 3)), length, 24)[0]
    stations = np.linspace(0, len(path) - 1, 40 if groom.low else 72)
    spine = np.stack([np.interp(stations, np.arange(len(path)), path[:, k]) for k in range(3)], axis=1)
    share = np.linspace(0, 1, len(spine))
    thick = size * np.interp(share, (0, 0.06, 0.5, 1), (0.009, 0.0125, 0.011, 0.0065))
    parts = []
    for strand in range(3):
        phase = 2 * np.pi * (share * length[0] / (0.075 * size) + strand / 3)
        centre = spine + np.stack([1.15 * thick * np.sin(phase), 0.62 * thick * np.sin(2 * phase) + 0.4 * thick, 0 * phase], axis=1)
        parts.append(tube(centre.astype(np.float32), thick * 0.92, 5 if groom.low else 7))
    count = 14 if groom.low else 40
    tuft = np.repeat(spine[-1:], count, axis=0) + rng.standard_normal((count, 3)) * 0.003 * size
    steps = np.linspace(0, 1, 4)[None, :, None]
    lines = tuft[:, None] + steps * (np.array([0, 0.004, -0.055]) + rng.standard_normal((count, 1, 3)) * 0.006) * size
    parts.append(cards(lines.astype(np.float32), np.full(count, 0.006 * size), spine[-1] + [0, 0.05, 0], rng, rng.random(count)))
    return [*parts, _ring(groom, spine[-1], np.array([0.0, 0.0, -1.0]), 0.0095 * size)]


def _ring(groom: Groom, tie: np.ndarray, direction: np.ndarray, radius: float) -> Strands:
    """The band that holds the hair, as a closed strip."""
    turn = np.linspace(0, 2 * np.pi, 17)
    side = np.cross(direction, [1.0, 0, 0])
    across = np.cross(side, direction)
    line = tie + radius * (np.cos(turn)[:, None] * side + np.sin(turn)[:, None] * across)
    half = np.array([0.007 * groom.size])
    return cards(line[None].astype(np.float32), half, tie, groom.rng, np.zeros(1), taper=1.0, ends=False, stiff=direction)
