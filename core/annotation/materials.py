"""What surfaces are made of: the materials an annotation may name, what physics needs of each, and the words that give one away."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..crossmodal.names import plain_words


@dataclass(frozen=True)
class Substance:
    """``density`` in kg/m³ of the solid stuff; ``friction`` dimensionless, dry, against itself or a common floor."""

    name: str
    density: float
    friction: float
    words: str


_TABLE = (
    ("glass", 2500, 0.6, r"glass|windows?|windshield|mirror|headlights?|cornea"),
    ("metal", 7800, 0.5, r"metal|metall?ic|metall|steel|chrome|iron|alumini?um|alluminium|brass|copper|bronze|gold|golden|silver"
                         r"|inox|stainless|alloy|argent|screws?"),
    ("wood", 650, 0.45, r"wooden|wood|oak|pine|walnut|birch|beech|maple|teak|bamboo|planks?|mdf|plywood|trunk|bark|ash|cherry"
                        r"|particle|redwood|timber"),
    ("leather", 900, 0.6, r"leather"),
    ("fabric", 300, 0.6, r"fabrics?|textile|cloth|clothes|cushions?|pillows?|shirt|pants|trousers|skirt|socks?|carpet|curtains?"
                         r"|upper|lower|mattress|matress|wool|cotton|linen|blanket|towel|canvas|velvet|felt|denim"),
    ("plastic", 1050, 0.4, r"plastics?|plastico|rubber|tires?|tyres?|synth|vinyl|silicone|acrylic"),
    ("ceramic", 2300, 0.5, r"ceramics?|porcelain|tiles?|enamel|terracotta"),
    ("brick", 1900, 0.65, r"bricks?"),
    ("concrete", 2400, 0.7, r"concrete|cement|asphalt|plaster|stucco"),
    ("stone", 2700, 0.6, r"stones?|rocks?|marble|granite|cliff|gravel|slate|sandstone"),
    ("paper", 700, 0.45, r"papers?|cardboard|pages?"),
    ("plant", 500, 0.5, r"leaf|leaves|grass|branches|stems?|petals?|flowers?|foliage|moss|pollen|ivy|hay|straw"),
    ("skin", 1000, 0.7, r"skin|face|hands?|lips|flesh|fur"),
    ("food", 950, 0.5, r"bread|meat|cheese|food|apple|tomato|chocolate|dough|frosting"),
    ("earth", 1600, 0.65, r"dirt|soil|sand|snow|mud|earth|ground"),
)  # fmt: skip

MATERIALS: dict[str, Substance] = {row[0]: Substance(*row) for row in _TABLE}
"""Every material by name; the order is that of the network's outputs."""

_PATTERNS = {name: re.compile(rf"(?<![a-z])(?:{material.words})(?![a-z])") for name, material in MATERIALS.items()}


def named(slot: str) -> str:
    """The material a slot's name says, or "": ``DarkWood.002`` → ``wood``. Of several such words the last decides."""
    words = plain_words(slot)
    found = [(match.end(), name) for name, pattern in _PATTERNS.items() for match in pattern.finditer(words)]
    return max(found)[1] if found else ""
