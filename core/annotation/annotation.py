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
        materials: one of each material slot: {"slot", "material" ("" when unsure), "confidence", "share" of the faces, "density"
            (kg/m³), "friction"}.
        evidence: modality ("shape", "picture", "text" …) -> how much it counted, summing to 1; empty when shape alone was read.
        part_names, part: the parts of a thing of this kind, and (F,) int32 which of them each face is; none for leaves whose
            parts are not known.
        embedding: (D,) float32, for similar-asset search.
        meaning: (W,) float32 of length one in the space of sentences, for search by words; None when shape alone was read.
        flags: what a person should look at before names or notes are used: {"kind", "text", "reason"} each.
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
    materials: list[dict] = field(default_factory=list)
    evidence: dict[str, float] = field(default_factory=dict)
    part_names: list[str] = field(default_factory=list)
    part: np.ndarray | None = None
    embedding: np.ndarray | None = None
    meaning: np.ndarray | None = None
    flags: list[dict] = field(default_factory=list)
    model: str = ""

    def to_dict(self) -> dict:
        """JSON values of everything but the vectors."""
        return {name: value for name, value in asdict(self).items() if name not in ("embedding", "meaning", "part")}
