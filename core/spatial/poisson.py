"""Poisson-disk sampling: dart throwing (Cook 1986), all darts at once."""

from __future__ import annotations

import numpy as np

from ..progress import Progress, silent
from .neighbours import pairs_within

ROUNDS = 10
SLACK = 0.01  # at most this share of the points that fit is left out to hit the count


def poisson_disk(
    darts: np.ndarray, count: int, area: float, progress: Progress = silent
) -> tuple[np.ndarray, float]:
    """``count`` of ``darts`` (M, 3) that keep the greatest minimum distance found, and that distance in metres.

    Returns (count,) int64 numbers of darts, in their order, and the distance; ``count`` is cut to M. The darts are random
    points on a surface of ``area`` square metres, at least five times as many as wanted.
    """
    count = min(count, len(darts))
    radius = 0.8 * np.sqrt(area / count)  # what fits on a plane when no more darts find a place
    reach = 1.15 * radius
    first, second, distance = pairs_within(darts, reach)
    best, best_radius = np.arange(count), 0.0
    low, high = 0.0, np.inf  # radii known to give enough, and too few
    for turn in range(ROUNDS):
        progress(0.3 + 0.07 * turn, "Keeping points apart")
        if radius > reach:
            reach = 1.15 * radius
            first, second, distance = pairs_within(darts, reach)
        near = distance < radius
        fit = _accepted(len(darts), first[near], second[near])
        if len(fit) >= count:
            best, best_radius, low = fit, radius, radius
            if len(fit) <= count * (1 + SLACK):
                break
        else:
            high = radius
        guess = radius * np.sqrt(len(fit) / (count * (1 + SLACK / 2)))
        radius = guess if low < guess < high else (low + min(high, 2 * radius)) / 2
    return best[:count], float(best_radius)


def _accepted(count: int, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The darts that find a place when thrown one by one, given the pairs (first < second) that are too close together.

    A dart is settled as soon as all earlier ones near it are: so many are settled in each pass, and the result is that of
    throwing them singly (Blelloch et al., "Greedy sequential maximal independent set ... are parallel", 2012).
    """
    waiting = np.ones(count, bool)
    accepted = np.zeros(count, bool)
    while len(first):
        blocked = np.zeros(count, bool)
        blocked[second] = True
        settled = waiting & ~blocked
        accepted |= settled
        waiting &= ~settled
        waiting[second[settled[first]]] = False
        keep = waiting[first] & waiting[second]
        first, second = first[keep], second[keep]
    return np.flatnonzero(accepted | waiting)
