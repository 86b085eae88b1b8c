"""What can be asked of a character: typed parameters with ranges, grouped as the panel shows them."""

from __future__ import annotations

from dataclasses import dataclass

from ..briefs import Brief, amounts, choice, color, flag, number, text
from ..errors import WorldwrightError

ADULT_AGE = 18.0
HAIR_STYLES = ("bald", "buzz", "receding", "short", "curly", "afro", "bob", "long", "ponytail", "bun", "braid")
HAIR_BUILDS = ("cards", "cap")
BEARDS = ("none", "stubble", "moustache", "goatee", "beard")
UPPERS = ("none", "t-shirt", "shirt", "sweater", "jacket", "coat", "dress", "robe")
LONG_UPPERS = ("dress", "robe")  # these cover the legs too
LOWERS = ("none", "trousers", "shorts", "skirt")
SHOES = ("none", "shoes", "sneakers", "boots", "sandals")
SOCKS = ("none", "ankle", "crew", "knee")
HEADWEAR = ("none", "hat", "cap", "beanie")
GLASSES = ("none", "glasses", "sunglasses")
SLEEVES = ("usual", "none", "short", "elbow", "long")
COLLARS = ("usual", "round", "v-neck", "stand", "shirt", "roll", "hood")
FABRICS = ("usual", "jersey", "poplin", "knit", "denim", "twill", "corduroy", "wool", "leather", "satin")
PATTERNS = ("plain", "stripes", "pinstripes", "checks", "plaid", "dots", "floral")
TEXTURE_SIZES = ("1k", "2k", "4k")
EXPRESSIONS = ("neutral", "smile", "laugh", "sad", "angry", "surprised", "afraid", "disgusted", "thoughtful", "wink")
POSES = ("a-pose", "t-pose", "standing")
CLIPS = (
    "idle", "walk", "jog", "run", "sneak", "limp", "jump", "sit", "seated", "stand up", "wave", "point", "nod", "talk", "pick up",
    "dance", "turn",
)  # fmt: skip
MOTION_STYLES = ("neutral", "heavy", "light", "elderly", "childlike", "military", "learned")
STYLES = ("natural", "heroic", "chibi", "cartoon")
LOOKS = ("natural", "low-poly", "toon")
MOODS = ("neutral", "happy", "sad", "tired", "angry")
RIG_NAMES = ("unreal", "unity", "godot", "vrm", "mixamo", "rigify")


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
    hair_build: str = choice(
        "cards", HAIR_BUILDS, help="Cards with painted strands; or a cap and plainer cloth, for low budgets", group="Skin and hair"
    )
    hair_length: float = number(0.5, 0, 1, help="Within what the style allows", group="Skin and hair")
    hair_volume: float = number(0.5, 0, 1, help="How far hair stands off the head", group="Skin and hair")
    hair_color: tuple[float, float, float] = color((0.035, 0.02, 0.012), help="Hair and brows", group="Skin and hair")
    greying: float = number(0, 0, 1, help="Share of grey hairs", group="Skin and hair")
    beard: str = choice("none", BEARDS, help="Facial hair", group="Skin and hair")
    brows: float = number(0.5, 0, 1, help="From thin to bushy", group="Skin and hair")
    age_lines: float = number(0.5, 0, 1, help="How deep the lines are that age brings", group="Skin and hair")
    makeup: float = number(0, 0, 1, help="Lips, lids, lashes and cheeks; without effect below 18 years", group="Skin and hair")
    makeup_color: tuple[float, float, float] = color((0.35, 0.03, 0.04), help="Lips", group="Skin and hair")
    texture_size: str = choice("1k", TEXTURE_SIZES, help="Pixels of the skin's pictures: 1,024 to 4,096", group="Skin and hair")

    upper: str = choice("t-shirt", UPPERS, help="Upper garment, over underwear", group="Clothes")
    upper_color: tuple[float, float, float] = color((0.35, 0.38, 0.42), help="Upper garment", group="Clothes")
    lower: str = choice("trousers", LOWERS, help="Lower garment, over underwear", group="Clothes")
    lower_color: tuple[float, float, float] = color((0.03, 0.045, 0.09), help="Lower garment", group="Clothes")
    shoes: str = choice("shoes", SHOES, help="Shoes", group="Clothes")
    shoes_color: tuple[float, float, float] = color((0.03, 0.022, 0.018), help="Shoes", group="Clothes")
    socks: str = choice("none", SOCKS, help="Socks, up to the ankle, the calf or the knee", group="Clothes")
    socks_color: tuple[float, float, float] = color((0.6, 0.6, 0.59), help="Socks", group="Clothes")

    headwear: str = choice("none", HEADWEAR, help="On the head", group="Accessories")
    headwear_color: tuple[float, float, float] = color((0.05, 0.045, 0.04), help="Hat or cap", group="Accessories")
    glasses: str = choice("none", GLASSES, help="On the nose", group="Accessories")
    glasses_color: tuple[float, float, float] = color((0.015, 0.013, 0.012), help="Frame", group="Accessories")
    belt: bool = flag(False, help="A belt at the waist", group="Accessories")
    belt_color: tuple[float, float, float] = color((0.04, 0.02, 0.01), help="Belt", group="Accessories")
    backpack: bool = flag(False, help="A backpack with two straps", group="Accessories")
    backpack_color: tuple[float, float, float] = color((0.06, 0.07, 0.05), help="Backpack", group="Accessories")

    upper_length: float = number(0.5, 0, 1, help="From cropped to long; 0.5 is usual for the garment", group="Cut and cloth")
    upper_looseness: float = number(0.5, 0, 1, help="From tight to wide", group="Cut and cloth")
    sleeves: str = choice("usual", SLEEVES, help="Sleeves of the upper garment", group="Cut and cloth")
    collar: str = choice("usual", COLLARS, help="Neck of the upper garment", group="Cut and cloth")
    upper_fabric: str = choice("usual", FABRICS, help="Cloth of the upper garment", group="Cut and cloth")
    upper_pattern: str = choice("plain", PATTERNS, help="Pattern of the upper garment", group="Cut and cloth")
    lower_length: float = number(0.5, 0, 1, help="From short to long; 0.5 is usual for the garment", group="Cut and cloth")
    lower_looseness: float = number(0.5, 0, 1, help="From tight to wide", group="Cut and cloth")
    lower_fabric: str = choice("usual", FABRICS, help="Cloth of the lower garment", group="Cut and cloth")
    lower_pattern: str = choice("plain", PATTERNS, help="Pattern of the lower garment", group="Cut and cloth")
    pattern_color: tuple[float, float, float] = color((0.75, 0.74, 0.7), help="Second colour of patterns", group="Cut and cloth")

    expression: str = choice("neutral", EXPRESSIONS, help="Face at rest", group="Pose")
    pose: str = choice(
        "standing", POSES, help="Standing is relaxed, over an A-pose rest; A-pose and T-pose show the rest pose", group="Pose"
    )
    face_units: bool = flag(True, help="52 ARKit shape keys for facial animation", group="Pose")
    visemes: bool = flag(False, help="15 mouth shapes for speech, made of the face units", group="Pose")
    atlas: bool = flag(False, help="Four meshes of one material each: at most four draw calls", group="Pose")
    motion: bool = flag(True, help="Make the clips; without them the person stands still", group="Motion")
    clips: str = text("idle, walk", help=f"Names with commas between; all, or of {', '.join(CLIPS)}", group="Motion")
    motion_style: str = choice("neutral", MOTION_STYLES, help="How clips are done; learned: gaits by the network", group="Motion")
    motion_style_amount: float = number(1, 0, 1.5, help="How much of the style", group="Motion")
    mood: str = choice("neutral", MOODS, help="What posture and gait say", group="Motion")
    mood_amount: float = number(1, 0, 1.5, help="How much of the mood", group="Motion")
    motion_speed: float = number(1, 0.5, 2, help="Factor on how fast gaits go", group="Motion")
    root_motion: bool = flag(False, help="Gaits, turn and jump move the root bone; otherwise they stay in place", group="Motion")
    rig_names: str = choice("unreal", RIG_NAMES, help="Whose names the bones have", group="Rig")
    sockets: bool = flag(False, help="Bones without weights on hands, head and back, to hang things on", group="Rig")

    style: str = choice("natural", STYLES, help="Proportions", group="Style")
    look: str = choice("natural", LOOKS, help="Flat-shaded low polygons, or flat colours in few tones", group="Style")
    lods: bool = flag(False, help="Levels of detail 1 to 3 beside level 0, in a hidden collection", group="Style")
    local: dict[str, float] = amounts(help="Local changes of face and body by name, -1 to 1", group="Local")

    @property
    def is_adult(self) -> bool:
        """Whether the person is at least 18 years old."""
        return self.age >= ADULT_AGE

    @property
    def covers_legs(self) -> bool:
        """Whether a garment for the legs, or one that reaches over them, is worn."""
        return self.lower != "none" or self.upper in LONG_UPPERS

    def validate(self) -> CharacterBrief:
        """As ``Brief.validate``; also raises WorldwrightError for an undressed child and an empty origin mix."""
        super().validate()
        if not self.is_adult and (self.upper == "none" or not self.covers_legs):
            raise WorldwrightError("A person under 18 is always dressed.", "Choose an upper and a lower garment.")
        if not self.is_adult and self.chest != 0.5:
            raise WorldwrightError("Chest volume cannot be set of a person under 18.", "Leave it at 0.5, or raise the age.")
        if self.african + self.asian + self.caucasian <= 0:
            raise WorldwrightError("At least one of African, Asian and Caucasian must be above zero.")
        return self
