"""How far a network's confidence can be trusted, and below what it should say ``unknown``. Arrays in, numbers out."""

from __future__ import annotations

import numpy as np


def softmax(scores: np.ndarray, temperature: float) -> np.ndarray:
    """Probabilities of log-scores (n, k) divided by ``temperature``."""
    scaled = scores / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def fit_temperature(scores: np.ndarray, targets: np.ndarray) -> float:
    """The temperature of least negative log-likelihood (Guo et al., ICML 2017), searched between 0.2 and 5."""
    candidates = np.exp(np.linspace(np.log(0.2), np.log(5), 200))
    losses = [-np.log(np.maximum(softmax(scores, t)[np.arange(len(targets)), targets], 1e-12)).mean() for t in candidates]
    return float(candidates[int(np.argmin(losses))])


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: mean gap between confidence and accuracy over equal-width bins, weighted by their counts."""
    bucket = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [(bucket == b).mean() * abs(confidence[bucket == b].mean() - right[bucket == b].mean()) for b in np.unique(bucket)]
    return float(np.sum(gaps))


def fit_threshold(confidence: np.ndarray, right: np.ndarray, wanted: float) -> float:
    """The lowest threshold at which the answers kept are right at least ``wanted`` of the time (1.0 where that cannot be had).

    Only thresholds that keep at least a tenth of the answers are considered, so that a lucky few do not decide.
    """
    order = np.argsort(-confidence, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(right) + 1)
    enough = np.flatnonzero((share >= wanted) & (np.arange(1, len(right) + 1) >= max(1, len(right) // 10)))
    return float(confidence[order][enough[-1]]) if len(enough) else 1.0


def scores_of(probabilities: np.ndarray, targets: np.ndarray, groups: np.ndarray) -> dict[str, float]:
    """top1, top3, the mean over leaves of top-1 (``macro``), and top-1 of the group: targets (n,), groups (k,) of the leaves."""
    best = np.argsort(-probabilities, axis=1, kind="stable")[:, :3]
    hits = best == targets[:, None]
    macro = [hits[targets == leaf, 0].mean() for leaf in np.unique(targets)]
    return {
        "top1": float(hits[:, 0].mean()),
        "top3": float(hits.any(axis=1).mean()),
        "macro": float(np.mean(macro)),
        "group": float((groups[best[:, 0]] == groups[targets]).mean()),
    }
