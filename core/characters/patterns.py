"""Patterns: the measures of every garment, for the reference adult."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class UpperCut:
    """Measures of an upper garment for the reference adult, in metres; ``sleeve`` is a share of the arm, shoulder to wrist."""

    name: str
    kind: str
    ease: float
    sleeve: float
    hem: float  # below the hip joint
    neck_back: float = 0.0
    neck_front: float = 0.0
    climb: float = 5.5
    slope: float = 0.3  # how fast the body of the garment may fall in under chest and belly
    sleeve_slope: float = 0.0
    rumple: float = 1.0


@dataclass(frozen=True)
class LowerCut:
    """Measures of trousers and the like; ``leg`` is a share of the leg, hip joint to ankle."""

    name: str
    kind: str
    ease: float
    leg: float
    slope: float
    waist: float = 0.075  # above the pelvis joint


UPPERS = {
    "t-shirt": UpperCut("T-shirt", "jersey", 0.009, 0.31, 0.045, slope=0.16, sleeve_slope=0.0, neck_back=0.004, neck_front=-0.012),
    "shirt": UpperCut(
        "Shirt", "poplin", 0.011, 0.885, 0.06, slope=0.14, sleeve_slope=0.11, neck_back=0.012, neck_front=0.006, climb=8.5
    ),
    "sweater": UpperCut(
        "Sweater", "knit", 0.016, 0.87, -0.03, slope=0.16, sleeve_slope=0.11, neck_back=0.008, neck_front=-0.004, climb=7.0
    ),
    "jacket": UpperCut(
        "Jacket", "satin", 0.021, 0.87, -0.035, slope=0.12, sleeve_slope=0.10, neck_back=0.006, neck_front=-0.008, climb=7.5
    ),
}
UNDERSHIRT = UpperCut(
    "Undershirt", "jersey", 0.0022, -0.03, -0.19, neck_back=-0.055, neck_front=-0.075, climb=3.0, slope=9.0, rumple=0.0
)
LOWERS = {
    "trousers": LowerCut("Trousers", "denim", 0.008, 0.985, 0.085),
    "shorts": LowerCut("Shorts", "twill", 0.010, 0.43, 0.0),
}
BRIEFS = LowerCut("Briefs", "jersey", 0.0022, 0.10, 9.0, waist=0.0)
UNDERWEAR_COLOR = (0.62, 0.62, 0.60)
