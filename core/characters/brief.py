"""What can be asked of a character: typed parameters with ranges, grouped as the panel shows them."""

from __future__ import annotations

from dataclasses import dataclass

from ..briefs import Brief, choice, color, flag, number
from ..errors import WorldwrightError

ADULT_AGE = 18.0
HAIR_STYLES = ("bald", "buzz", "short", "curly", "afro", "bob", "long", "ponytail", "bun")
BEARDS = ("none", "stubble", "moustache", "beard")
UPPERS = ("none", "t-shirt", "shirt", "sweater", "jacket")
LOWERS = ("none", "trousers", "shorts", "skirt")
SHOES = ("none", "shoes", "sneakers", "boots")
EXPRESSIONS = ("neutral", "smile", "laugh", "sad", "angry", "surprised", "afraid", "disgusted", "thoughtful", "wink")
POSES = ("a-pose", "t-pose", "standing")


@dataclass
class CharacterBrief(Brief):
    """A person. Ratios are in 0..1 with 0.5 in the middle; colours are linear RGB."""

    gender: float = number(0.5, 0, 1, help="0 is female, 1 is male", group="Body")
    age: float = number(30, 1, 90, unit="years", help="Age in years", group="Body")
    height: float = number(0, 0, 2.4, unit="m", help="Standing height; 0 is what is usual for the age", group="Body")
    muscle: float = number(0.5, 0, 1, help="Muscularity", group="Body")
    weight: float = number(0.5, 0, 1, help="From very thin to very heavy", group="Body")
    proportions: float = number(0.6, 0, 1, help="From uncommon to ideal proportions", group="Body")
    chest: float = number(0.5, 0, 1, help="Chest volume of a grown woman; without effect below 18 years", group="Body")
    african: float = number(0.33, 0, 1, help="Share of African features", group="Origin")
    asian: float = number(0.33, 0, 1, help="Share of Asian features", group="Origin")
    caucasian: float = number(0.34, 0, 1, help="Share of European features", group="Origin")
    variety: float = number(0.5, 0, 1, help="How much the seed shapes the face", group="Origin")

    skin_tone: float = number(0.35, 0, 1, help="From very light to very dark", group="Skin and hair")
    freckles: float = number(0, 0, 1, help="Freckles on cheeks and nose", group="Skin and hair")
    eye_color: tuple[float, float, float] = color((0.16, 0.08, 0.04), help="Iris", group="Skin and hair")
    hair: str = choice("short", HAIR_STYLES, help="Hair style", group="Skin and hair")
    hair_length: float = number(0.5, 0, 1, help="Within what the style allows", group="Skin and hair")
    hair_color: tuple[float, float, float] = color((0.035, 0.02, 0.012), help="Hair and brows", group="Skin and hair")
    beard: str = choice("none", BEARDS, help="Facial hair", group="Skin and hair")

    upper: str = choice("t-shirt", UPPERS, help="Upper garment, over underwear", group="Clothes")
    upper_color: tuple[float, float, float] = color((0.35, 0.38, 0.42), help="Upper garment", group="Clothes")
    lower: str = choice("trousers", LOWERS, help="Lower garment, over underwear", group="Clothes")
    lower_color: tuple[float, float, float] = color((0.03, 0.045, 0.09), help="Lower garment", group="Clothes")
    shoes: str = choice("shoes", SHOES, help="Shoes", group="Clothes")
    shoes_color: tuple[float, float, float] = color((0.03, 0.022, 0.018), help="Shoes", group="Clothes")

    expression: str = choice("neutral", EXPRESSIONS, help="Face at rest", group="Pose")
    pose: str = choice(
        "standing", POSES, help="Standing is relaxed, over an A-pose rest; A-pose and T-pose show the rest pose", group="Pose"
    )
    face_units: bool = flag(True, help="52 ARKit shape keys for facial animation", group="Pose")
    motion: bool = flag(True, help="Idle and walk clips", group="Pose")

    @property
    def is_adult(self) -> bool:
        """Whether the person is at least 18 years old."""
        return self.age >= ADULT_AGE

    def validate(self) -> CharacterBrief:
        """As ``Brief.validate``; also raises WorldwrightError for an undressed child and an empty origin mix."""
        super().validate()
        if not self.is_adult and "none" in (self.upper, self.lower):
            raise WorldwrightError("A person under 18 is always dressed.", "Choose an upper and a lower garment.")
        if self.african + self.asian + self.caucasian <= 0:
            raise WorldwrightError("At least one of African, Asian and Caucasian must be above zero.")
        return self
