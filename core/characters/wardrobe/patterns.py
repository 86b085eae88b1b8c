"""Patterns: the measures of every garment for the reference adult, and how a brief's wishes change them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..brief import CharacterBrief


@dataclass(frozen=True)
class UpperCut:
    """Measures of an upper garment for the reference adult, in metres; ``sleeve`` is a share of the arm, shoulder to wrist.

    ``drop`` is where a garment that falls past the hips ends: a share of the leg, hip joint to ankle; 0 for those that do not.
    """

    name: str
    kind: str
    ease: float
    sleeve: float
    hem: float  # below the hip joint
    collar: str
    neck_back: float = 0.0
    neck_front: float = 0.0
    climb: float = 5.5
    neck_v: float = 0.0  # how deep a V is cut into the front
    slope: float = 0.3  # how fast the body of the garment may fall in under chest and belly
    sleeve_slope: float = 0.0
    rumple: float = 1.0
    drop: float = 0.0
    flare: float = 0.1  # metres outwards a metre down, below the hips
    folds: float = 0.0  # depth of the folds at the hem, metres
    closure: str = ""  # "", "buttons", "zip" or "wrap"
    cuffs: str = "hem"  # "hem", "rib" or "shirt"


@dataclass(frozen=True)
class LowerCut:
    """Measures of trousers and the like; ``leg`` is a share of the leg, hip joint to ankle; for skirts, where they end."""

    name: str
    kind: str
    ease: float
    leg: float
    slope: float
    waist: float = 0.075  # above the pelvis joint
    flare: float = 0.12
    folds: float = 0.004


UPPERS = {
    "t-shirt": UpperCut("T-shirt", "jersey", 0.009, 0.31, 0.045, "round", 0.004, -0.012, slope=0.16),
    "shirt": UpperCut(
        "Shirt", "poplin", 0.011, 0.885, 0.06, "shirt", 0.012, 0.006, 8.5, slope=0.14, sleeve_slope=0.11,
        closure="buttons", cuffs="shirt",
    ),
    "sweater": UpperCut(
        "Sweater", "knit", 0.016, 0.87, -0.03, "round", 0.008, -0.004, 7.0, slope=0.16, sleeve_slope=0.11, cuffs="rib"
    ),
    "jacket": UpperCut(
        "Jacket", "satin", 0.021, 0.87, -0.035, "stand", 0.006, -0.008, 7.5, slope=0.12, sleeve_slope=0.10,
        closure="zip", cuffs="rib",
    ),
    "coat": UpperCut(
        "Coat", "wool", 0.024, 0.93, 0.03, "shirt", 0.010, 0.0, 7.5, slope=0.14, sleeve_slope=0.06,
        drop=0.5, flare=0.14, folds=0.006, closure="buttons",
    ),
    "dress": UpperCut(
        "Dress", "poplin", 0.009, 0.2, 0.0, "round", -0.006, -0.03, 5.0, slope=0.5, rumple=0.35,
        drop=0.53, flare=0.34, folds=0.016,
    ),
    "robe": UpperCut(
        "Robe", "wool", 0.02, 0.9, 0.02, "v-neck", 0.008, -0.004, 7.0, neck_v=0.15, slope=0.2, sleeve_slope=-0.1,
        drop=0.93, flare=0.16, folds=0.02, closure="wrap",
    ),
}  # fmt: skip
UNDERSHIRT = UpperCut("Undershirt", "jersey", 0.0022, -0.03, -0.19, "none", -0.055, -0.075, climb=3.0, slope=9.0, rumple=0.0)
LOWERS = {
    "trousers": LowerCut("Trousers", "denim", 0.008, 0.985, 0.085),
    "shorts": LowerCut("Shorts", "twill", 0.010, 0.43, 0.0),
    "skirt": LowerCut("Skirt", "twill", 0.004, 0.5, 0.0, flare=0.16, folds=0.006),
}
BRIEFS = LowerCut("Briefs", "jersey", 0.0022, 0.10, 9.0, waist=0.0)
SOCKS = {"ankle": 0.93, "crew": 0.76, "knee": 0.53}  # where they end: a share of the leg, hip joint to ankle
UNDERWEAR_COLOR = (0.62, 0.62, 0.60)
SLEEVES = {"none": -0.02, "short": 0.31, "elbow": 0.5, "long": 0.885}
# Collar -> (back, front) metres that the neckline lies above that of a round collar.
_NECKS = {"shirt": (0.010, 0.010), "stand": (0.004, 0.004), "roll": (0.014, 0.016), "hood": (0.006, -0.002)}


def wished_upper(brief: CharacterBrief, tucked: bool) -> UpperCut:
    """The cut of the brief's upper garment; ``tucked`` ends it below the waistband."""
    cut = UPPERS[brief.upper]
    longer, wider = 2 * brief.upper_length - 1, 2 * brief.upper_looseness - 1
    ease = cut.ease * (1 + 0.9 * max(wider, 0) + 0.55 * min(wider, 0)) + 0.006 * max(wider, 0)
    slope = max(cut.slope - 0.1 * wider, 0.02) if wider > 0 else cut.slope - 0.35 * wider
    cut = replace(cut, ease=ease, slope=slope)
    if cut.drop:
        cut = replace(cut, drop=min(cut.drop + (0.4 if longer > 0 else 0.28) * longer, 0.96), flare=cut.flare * (1 + 0.5 * wider))
    else:
        cut = replace(cut, hem=cut.hem + (0.16 if longer > 0 else 0.1) * longer)
    if tucked:
        cut = replace(cut, hem=min(cut.hem, -0.075))
    if brief.sleeves != "usual":
        sleeve = SLEEVES[brief.sleeves]
        loose = brief.sleeves in ("none", "short", "elbow")
        cut = replace(
            cut, sleeve=sleeve, cuffs="hem" if loose else cut.cuffs, sleeve_slope=0.0 if loose else cut.sleeve_slope or 0.11
        )
    if brief.collar not in ("usual", cut.collar):
        back, front = _NECKS.get(brief.collar, (0.0, 0.0))
        was_back, was_front = _NECKS.get(cut.collar, (0.0, 0.0))
        deep = 0.11 if brief.collar == "v-neck" else 0.0
        cut = replace(
            cut, collar=brief.collar, neck_back=cut.neck_back + back - was_back, neck_front=cut.neck_front + front - was_front,
            neck_v=deep, climb=max(cut.climb, 8.0) if brief.collar in ("roll", "shirt") else cut.climb,
        )  # fmt: skip
    return cut if brief.upper_fabric == "usual" else replace(cut, kind=brief.upper_fabric)


def wished_lower(brief: CharacterBrief) -> LowerCut:
    """The cut of the brief's lower garment."""
    cut = LOWERS[brief.lower]
    longer, wider = 2 * brief.lower_length - 1, 2 * brief.lower_looseness - 1
    reach = {"trousers": (0.0, 0.3), "shorts": (0.22, 0.2), "skirt": (0.43, 0.3)}[brief.lower]
    slope = cut.slope + (0.17 * -wider if wider < 0 and brief.lower == "trousers" else -0.05 * max(wider, 0))
    cut = replace(
        cut, leg=cut.leg + reach[longer < 0] * longer, slope=max(slope, 0.0),
        ease=cut.ease * (1 + (1.2 if wider > 0 else 0.4) * wider), flare=max(cut.flare * (1 + 1.6 * wider), 0.02),
        folds=cut.folds * (1 + wider),
    )  # fmt: skip
    return cut if brief.lower_fabric == "usual" else replace(cut, kind=brief.lower_fabric)
