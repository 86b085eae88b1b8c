"""What the annotator says of one object."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

import numpy as np

UNKNOWN = "unknown"


@dataclass
class LabelScore:
    """One label with its probability in 0..1."""

    label: str
    score: float


@dataclass
class Annotation:
    """The reading of one object.

    Attributes:
        name: the object's name in the artist's scene.
        label: the taxonomy leaf, or ``unknown`` when ``confidence`` lies under the calibrated threshold.
        group: the taxonomy group of the leaf ("seating"), or "".
        confidence: calibrated probability of the best leaf, 0..1.
        top: the best three leaves, best first.
        caption: one sentence made only of what was measured or predicted above its threshold.
        tags: words for an asset browser.
        facts: JSON facts: {"size_m": [x, y, z], "triangles": n, ...}.
        warnings: full sentences ("A chair 41 m high is unusual: the file is probably in centimetres.").
        embedding: (D,) float32, for similar-asset search.
        model: name and version of the weights.
    """

    name: str
    label: str
    group: str
    confidence: float
    top: list[LabelScore] = field(default_factory=list)
    caption: str = ""
    tags: list[str] = field(default_factory=list)
    facts: dict = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    embedding: np.ndarray | None = None
    model: str = ""

    def to_dict(self) -> dict:
        """JSON values of everything but the embedding."""
        return {name: value for name, value in asdict(self).items() if name != "embedding"}
