"""Objects of one collection read together: each attends to those that look like it, and their verdicts refine its own.

An artist's library has families: twelve fence pieces, nine barrels. Where one of them is read surely, the others should profit. It
is one layer of scaled dot-product attention (Vaswani et al., 2017) from an object to its collection, without trained weights:
its few numbers were chosen on the training packs, each read by a forest that had not seen it.
"""

from __future__ import annotations

import numpy as np

SHARP = 4.0  # by which likeness (cosine) is multiplied before the softmax
SHARE = 0.7  # of the collection's opinion against the object's own
ALIKE = 0.4  # likeness below which an object is not attended to
SURER = 1.8  # exponent that makes up for what full mixing takes from the confidence
FEWEST = 4  # objects that make a collection
LEAST = 0.01


def refine(chances: np.ndarray, vectors: np.ndarray, sharp: float = SHARP, share: float = SHARE) -> np.ndarray:
    """(n, L) probabilities of n objects of one collection, each refined by those whose ``vectors`` (n, D) are like its own.

    Fewer than ``FEWEST`` objects are left as they are.
    """
    if len(chances) < FEWEST:
        return chances
    centred = vectors - vectors.mean(axis=0)
    unit = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    likeness = unit @ unit.T
    np.fill_diagonal(likeness, 1.0)  # each attends to itself too: what is like nothing keeps its own verdict
    weight = np.where(likeness >= ALIKE, np.exp(sharp * (likeness - 1)), 0.0)
    weight /= weight.sum(axis=1, keepdims=True)
    alone = np.diag(weight).copy()
    own = np.log(np.maximum(chances, LEAST))
    others = weight @ own - alone[:, None] * own
    mixed = (1 - share * (1 - alone))[:, None] * own + share * others
    mixed *= (1 + (SURER - 1) * (1 - alone))[:, None]
    powers = np.exp(mixed - mixed.max(axis=1, keepdims=True))
    return (powers / powers.sum(axis=1, keepdims=True)).astype(chances.dtype)
