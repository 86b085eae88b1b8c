"""The words a character prompt may use: tables only; ``prompt.py`` reads with them.

Colours are linear RGB. Origins are shares of (african, asian, caucasian) features with the middle of the skin tones found there:
a plain reading of a word, which the notes spell out and the sliders can change.
"""

from __future__ import annotations

from .garments import ACCESSORIES, FABRICS, GARMENTS, PATTERNS

Color = tuple[float, float, float]

# word -> (gender or None, age or None); a child's word sets the age, a grown-up's leaves it open.
PEOPLE: dict[str, tuple[float | None, float | None]] = {
    "man": (1, None), "woman": (0, None), "male": (1, None), "female": (0, None), "guy": (1, None), "lady": (0, None),
    "gentleman": (1, None), "dude": (1, None), "bloke": (1, None), "gal": (0, None), "boy": (1, 9), "girl": (0, 9), "lad": (1, 14),
    "lass": (0, 14), "baby": (None, 1.2), "infant": (None, 1.2), "toddler": (None, 2.5), "child": (None, 8), "kid": (None, 8),
    "preteen": (None, 11), "tween": (None, 11), "teenager": (None, 15), "teen": (None, 15), "adolescent": (None, 15),
    "teenage boy": (1, 15), "teenage girl": (0, 15), "schoolboy": (1, 10), "schoolgirl": (0, 10), "youth": (None, 17),
    "adult": (None, 35), "senior": (None, 72), "elder": (None, 72), "pensioner": (None, 72), "retiree": (None, 68),
    "father": (1, 42), "mother": (0, 42), "dad": (1, 42), "mum": (0, 42), "mom": (0, 42), "grandfather": (1, 73),
    "grandmother": (0, 73), "grandpa": (1, 73), "grandma": (0, 73), "granddad": (1, 73), "granny": (0, 73), "uncle": (1, 48),
    "aunt": (0, 48), "brother": (1, None), "sister": (0, None), "son": (1, 12), "daughter": (0, 12), "husband": (1, None),
    "wife": (0, None), "businessman": (1, None), "businesswoman": (0, None), "king": (1, 50), "queen": (0, 50), "prince": (1, 20),
    "princess": (0, 20), "actor": (1, None), "actress": (0, None), "waiter": (1, None), "waitress": (0, None),
    "policeman": (1, None), "policewoman": (0, None), "fireman": (1, None), "person": (None, None), "human": (None, None),
    "character": (None, None), "individual": (None, None), "someone": (None, None), "somebody": (None, None),
    "figure": (None, None), "androgynous person": (0.5, None), "nonbinary person": (0.5, None), "non binary person": (0.5, None),
    "student": (None, 20), "pupil": (None, 10), "hero": (None, None), "heroine": (0, None), "villager": (None, None),
    "citizen": (None, None), "pedestrian": (None, None), "people": (None, None), "men": (1, None), "women": (0, None),
    "children": (None, 8),
}
# Work says nothing about a body, and there are no working clothes yet: understood, and said so.
OCCUPATIONS = (
    "teacher", "doctor", "nurse", "engineer", "worker", "office worker", "soldier", "farmer", "scientist", "artist", "chef",
    "cook", "driver", "pilot", "police officer", "officer", "detective", "lawyer", "manager", "clerk", "librarian", "programmer",
    "developer", "designer", "athlete", "runner", "dancer", "musician", "singer", "mechanic", "builder", "firefighter", "sailor",
    "fisherman", "warrior", "knight", "wizard", "witch", "merchant", "shopkeeper", "professor", "guard", "janitor", "secretary",
    "receptionist", "journalist", "photographer", "architect", "baker", "barista", "player", "employee", "boss", "customer",
    "patient", "tourist",
)
PRONOUNS = {"she": 0.0, "her": 0.0, "hers": 0.0, "herself": 0.0, "he": 1.0, "his": 1.0, "him": 1.0, "himself": 1.0}
AGES = {
    "newborn": 1.0, "young": 22.0, "youthful": 22.0, "young adult": 22.0, "adult": 35.0, "grown": 35.0, "grown up": 35.0,
    "middle aged": 48.0, "mature": 50.0, "old": 72.0, "elderly": 75.0, "aged": 72.0, "aging": 62.0, "older": 62.0, "ancient": 87.0,
    "retired": 68.0, "teenage": 15.0, "teenaged": 15.0, "adolescent": 15.0, "juvenile": 14.0, "little": 6.0, "senior": 72.0,
}
# word -> (standard deviations of stature or None, weight or None, muscle or None)
BUILDS: dict[str, tuple[float | None, float | None, float | None]] = {
    "tall": (1.8, None, None), "towering": (3.0, None, None), "giant": (4.0, None, None), "gigantic": (4.0, None, None),
    "small": (-1.4, None, None), "tiny": (-2.6, None, None), "petite": (-1.8, 0.38, None), "short statured": (-1.8, None, None),
    "average height": (0.0, None, None), "medium height": (0.0, None, None), "normal height": (0.0, None, None),
    "average build": (None, 0.5, 0.5), "medium build": (None, 0.5, 0.5), "average": (0.0, 0.5, 0.5), "stocky": (-1.0, 0.68, 0.66),
    "muscular": (None, None, 0.85), "strong": (None, None, 0.78), "athletic": (None, 0.46, 0.74), "sporty": (None, 0.46, 0.7),
    "fit": (None, 0.46, 0.7), "toned": (None, 0.45, 0.7), "buff": (None, 0.58, 0.92), "brawny": (None, 0.62, 0.9),
    "bodybuilder": (None, 0.6, 1.0), "beefy": (None, 0.72, 0.75), "weak": (None, None, 0.25), "frail": (None, 0.25, 0.2),
    "slim": (None, 0.33, None), "slender": (None, 0.3, None), "thin": (None, 0.22, None), "skinny": (None, 0.12, 0.35),
    "lean": (None, 0.3, 0.6), "lanky": (1.6, 0.2, 0.4), "gaunt": (None, 0.06, 0.3), "bony": (None, 0.05, 0.25),
    "wiry": (None, 0.25, 0.66), "underweight": (None, 0.1, None), "heavy": (None, 0.8, None), "heavyset": (None, 0.8, None),
    "heavy set": (None, 0.8, None), "fat": (None, 0.9, 0.4), "overweight": (None, 0.82, None), "obese": (None, 1.0, 0.35),
    "chubby": (None, 0.72, 0.42), "plump": (None, 0.74, 0.42), "curvy": (None, 0.64, None), "stout": (-0.6, 0.76, None),
    "burly": (0.8, 0.72, 0.75), "portly": (None, 0.82, None), "round": (None, 0.84, None), "plus size": (None, 0.82, None),
    "plus sized": (None, 0.82, None), "broad": (None, 0.58, 0.68), "broad shouldered": (None, 0.55, 0.72),
    "husky": (None, 0.72, 0.6), "big": (0.8, 0.68, None), "large": (0.8, 0.7, None), "huge": (2.0, 0.8, None),
    "massive": (1.5, 0.85, 0.7), "big boned": (None, 0.7, None), "robust": (None, 0.6, 0.66), "sturdy": (None, 0.62, 0.64),
    "delicate": (-0.6, 0.28, 0.35),
}
INTENSITY = {
    "very": 1.5, "extremely": 1.9, "really": 1.4, "incredibly": 1.9, "super": 1.7, "quite": 1.0, "rather": 1.0, "fairly": 0.8,
    "slightly": 0.5, "somewhat": 0.6, "a bit": 0.5, "a little bit": 0.5, "kind of": 0.6, "pretty": 1.0, "so": 1.3, "too": 1.4,
    "exceptionally": 1.9, "unusually": 1.6,
}
# word -> (african, asian, caucasian, skin tone)
_AFRICAN, _EAST_ASIAN, _EUROPEAN = (1.0, 0.0, 0.0, 0.85), (0.0, 1.0, 0.0, 0.3), (0.0, 0.0, 1.0, 0.2)
_NORTH_EUROPEAN, _SOUTH_EUROPEAN, _MIDDLE_EASTERN = (0.0, 0.0, 1.0, 0.1), (0.0, 0.0, 1.0, 0.32), (0.1, 0.1, 0.8, 0.42)
_SOUTH_ASIAN, _SOUTH_EAST_ASIAN, _LATIN, _OCEANIAN = (
    (0.1, 0.35, 0.55, 0.6), (0.05, 0.9, 0.05, 0.45), (0.15, 0.35, 0.5, 0.42), (0.3, 0.6, 0.1, 0.58),
)
_NORTH_AFRICAN, _EAST_AFRICAN, _MIXED = (0.3, 0.0, 0.7, 0.48), (0.75, 0.0, 0.25, 0.78), (0.34, 0.33, 0.33, 0.45)
ORIGINS: dict[str, tuple[float, float, float, float]] = {
    **dict.fromkeys(
        (
            "african",
            "nigerian",
            "ghanaian",
            "congolese",
            "senegalese",
            "zulu",
            "afro american",
            "african american",
            "south african",
            "kenyan",
            "ugandan",
            "jamaican",
            "caribbean",
            "haitian",
        ),
        _AFRICAN,
    ),
    **dict.fromkeys(("ethiopian", "somali", "eritrean", "east african", "sudanese"), _EAST_AFRICAN),
    **dict.fromkeys(("egyptian", "moroccan", "algerian", "tunisian", "north african", "berber"), _NORTH_AFRICAN),
    **dict.fromkeys(("asian", "east asian", "chinese", "japanese", "korean", "mongolian", "taiwanese"), _EAST_ASIAN),
    **dict.fromkeys(
        (
            "southeast asian",
            "south east asian",
            "vietnamese",
            "thai",
            "filipino",
            "filipina",
            "indonesian",
            "malaysian",
            "cambodian",
            "burmese",
        ),
        _SOUTH_EAST_ASIAN,
    ),
    **dict.fromkeys(("indian", "south asian", "pakistani", "bangladeshi", "sri lankan", "nepalese", "tamil"), _SOUTH_ASIAN),
    **dict.fromkeys(
        (
            "arab",
            "arabic",
            "middle eastern",
            "iranian",
            "persian",
            "turkish",
            "iraqi",
            "syrian",
            "lebanese",
            "israeli",
            "saudi",
            "afghan",
        ),
        _MIDDLE_EASTERN,
    ),
    **dict.fromkeys(
        (
            "latino",
            "latina",
            "latin",
            "hispanic",
            "mexican",
            "brazilian",
            "colombian",
            "peruvian",
            "south american",
            "latin american",
            "puerto rican",
            "cuban",
        ),
        _LATIN,
    ),
    **dict.fromkeys(
        (
            "european",
            "caucasian",
            "german",
            "french",
            "dutch",
            "belgian",
            "american",
            "canadian",
            "australian",
            "czech",
            "austrian",
            "swiss",
            "hungarian",
            "russian",
            "ukrainian",
            "slavic",
            "british",
        ),
        _EUROPEAN,
    ),
    **dict.fromkeys(
        (
            "nordic",
            "scandinavian",
            "swedish",
            "norwegian",
            "danish",
            "finnish",
            "icelandic",
            "irish",
            "scottish",
            "english",
            "polish",
            "estonian",
        ),
        _NORTH_EUROPEAN,
    ),
    **dict.fromkeys(("mediterranean", "italian", "spanish", "greek", "portuguese", "sicilian"), _SOUTH_EUROPEAN),
    **dict.fromkeys(("polynesian", "samoan", "maori", "hawaiian", "pacific islander", "melanesian"), _OCEANIAN),
    **dict.fromkeys(("mixed race", "mixed", "biracial", "multiracial", "mixed heritage", "mixed ethnicity"), _MIXED),
    **dict.fromkeys(("native american", "inuit"), (0.0, 0.7, 0.3, 0.45)),
}
# Colour words that are an origin when they stand before a person.
PERSON_COLORS = {"black": _AFRICAN, "white": _EUROPEAN, "brown": _SOUTH_ASIAN}
SKIN_TONES = {
    "pale": 0.04, "porcelain": 0.02, "ivory": 0.06, "fair": 0.1, "light": 0.15, "white": 0.12, "rosy": 0.15, "medium": 0.42,
    "beige": 0.3, "tan": 0.4, "tanned": 0.42, "bronzed": 0.5, "bronze": 0.5, "olive": 0.42, "golden": 0.4, "brown": 0.65,
    "caramel": 0.55, "dark": 0.82, "deep": 0.85, "ebony": 0.96, "black": 0.92, "dark brown": 0.85, "light brown": 0.5,
    "chocolate": 0.8,
}
HAIR_COLORS: dict[str, Color] = {
    "black": (0.012, 0.010, 0.010), "dark": (0.028, 0.016, 0.010), "brown": (0.075, 0.036, 0.017),
    "dark brown": (0.032, 0.017, 0.010), "light brown": (0.16, 0.085, 0.04), "brunette": (0.055, 0.027, 0.014),
    "chestnut": (0.10, 0.038, 0.016), "blonde": (0.48, 0.31, 0.13), "blond": (0.48, 0.31, 0.13), "golden": (0.5, 0.30, 0.10),
    "dark blonde": (0.26, 0.16, 0.07), "light blonde": (0.62, 0.46, 0.25), "platinum": (0.72, 0.62, 0.46),
    "platinum blonde": (0.72, 0.62, 0.46), "light": (0.38, 0.24, 0.11), "red": (0.26, 0.055, 0.015), "ginger": (0.36, 0.10, 0.022),
    "auburn": (0.15, 0.035, 0.014), "copper": (0.32, 0.09, 0.025), "strawberry blonde": (0.5, 0.22, 0.09),
    "grey": (0.26, 0.26, 0.265), "gray": (0.26, 0.26, 0.265), "dark grey": (0.1, 0.1, 0.103), "silver": (0.48, 0.49, 0.5),
    "white": (0.72, 0.71, 0.69), "salt and pepper": (0.14, 0.14, 0.142), "sandy": (0.34, 0.21, 0.1),
}
HAIR_NOUNS = {
    "blonde": "blonde", "blond": "blond", "brunette": "brunette", "redhead": "red", "ginger": "ginger",
    "platinum blonde": "platinum",
}
EYE_COLORS: dict[str, Color] = {
    "blue": (0.09, 0.23, 0.42), "light blue": (0.2, 0.36, 0.52), "dark blue": (0.04, 0.1, 0.24), "green": (0.09, 0.19, 0.07),
    "brown": (0.13, 0.055, 0.02), "dark brown": (0.05, 0.022, 0.01), "dark": (0.04, 0.02, 0.01), "light brown": (0.25, 0.13, 0.05),
    "hazel": (0.2, 0.13, 0.045), "amber": (0.38, 0.19, 0.04), "grey": (0.22, 0.26, 0.29), "gray": (0.22, 0.26, 0.29),
    "light": (0.2, 0.32, 0.42), "black": (0.02, 0.012, 0.008), "violet": (0.16, 0.09, 0.32), "turquoise": (0.07, 0.32, 0.36),
}
COLORS: dict[str, Color] = {
    "red": (0.45, 0.02, 0.02), "scarlet": (0.5, 0.03, 0.01), "crimson": (0.32, 0.01, 0.03), "burgundy": (0.13, 0.008, 0.018),
    "maroon": (0.13, 0.01, 0.012), "orange": (0.7, 0.2, 0.015), "yellow": (0.72, 0.5, 0.02), "mustard": (0.45, 0.27, 0.02),
    "gold": (0.5, 0.33, 0.06), "golden": (0.5, 0.33, 0.06), "green": (0.03, 0.2, 0.05), "olive": (0.11, 0.12, 0.03),
    "lime": (0.3, 0.6, 0.04), "teal": (0.01, 0.19, 0.19), "turquoise": (0.03, 0.42, 0.4), "cyan": (0.02, 0.5, 0.6),
    "blue": (0.02, 0.09, 0.36), "navy": (0.008, 0.015, 0.06), "navy blue": (0.008, 0.015, 0.06), "sky blue": (0.2, 0.48, 0.78),
    "denim": (0.03, 0.065, 0.15), "indigo": (0.035, 0.03, 0.2), "purple": (0.16, 0.03, 0.28), "violet": (0.2, 0.06, 0.42),
    "lavender": (0.45, 0.38, 0.68), "pink": (0.75, 0.24, 0.36), "magenta": (0.5, 0.02, 0.3), "brown": (0.11, 0.05, 0.022),
    "tan": (0.45, 0.3, 0.17), "beige": (0.55, 0.46, 0.33), "cream": (0.75, 0.68, 0.52), "khaki": (0.32, 0.26, 0.14),
    "camel": (0.38, 0.23, 0.1), "white": (0.8, 0.8, 0.79), "ivory": (0.78, 0.75, 0.66), "grey": (0.2, 0.2, 0.205),
    "gray": (0.2, 0.2, 0.205), "charcoal": (0.035, 0.036, 0.038), "silver": (0.5, 0.51, 0.52), "black": (0.012, 0.012, 0.013),
}
# noun or adjective -> (style, what it stands in for or "")
HAIR_STYLES_BY_WORD: dict[str, tuple[str, str]] = {
    "bald": ("bald", ""), "hairless": ("bald", ""), "shaved head": ("bald", ""), "bald head": ("bald", ""),
    "balding": ("receding", ""), "receding": ("receding", ""), "receding hairline": ("receding", ""),
    "thinning": ("receding", ""), "buzz cut": ("buzz", ""), "buzzcut": ("buzz", ""), "buzzed": ("buzz", ""),
    "crew cut": ("buzz", ""), "shaved": ("buzz", ""), "cropped": ("short", ""), "pixie cut": ("short", ""), "pixie": ("short", ""),
    "spiky": ("short", "short hair"), "quiff": ("short", "short hair"), "undercut": ("short", "short hair"),
    "mohawk": ("short", "short hair"), "short": ("short", ""), "bob": ("bob", ""), "bob cut": ("bob", ""),
    "shoulder length": ("bob", ""), "chin length": ("bob", ""), "medium length": ("bob", ""), "medium": ("bob", ""),
    "curly": ("curly", ""), "curls": ("curly", ""), "afro": ("afro", ""), "frizzy": ("curly", ""),
    "dreadlocks": ("long", "long hair"), "braids": ("braid", "one braid"), "braided": ("braid", ""),
    "braid": ("braid", ""), "plait": ("braid", ""), "plaits": ("braid", "one braid"),
    "wavy": ("long", ""), "long": ("long", ""), "flowing": ("long", ""),
    "waist length": ("long", ""), "ponytail": ("ponytail", ""), "pony tail": ("ponytail", ""),
    "pigtails": ("ponytail", "a ponytail"), "bun": ("bun", ""), "updo": ("bun", ""), "top knot": ("bun", ""),
    "topknot": ("bun", ""), "man bun": ("bun", ""), "chignon": ("bun", ""), "straight": ("", ""), "messy": ("", ""),
    "neat": ("", ""),
}
BEARDS_BY_WORD = {
    "beard": "beard", "bearded": "beard", "full beard": "beard", "goatee": "goatee", "chin beard": "goatee",
    "stubble": "stubble", "unshaven": "stubble",
    "stubbly": "stubble", "five o'clock shadow": "stubble", "moustache": "moustache", "mustache": "moustache",
    "moustached": "moustache", "clean shaven": "none", "cleanshaven": "none", "beardless": "none", "facial hair": "stubble",
}
# Words that set one number of skin or hair.
TRAITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("wrinkled", "wrinkles", "wrinkly", "lined face", "weathered"), ("age_lines", 0.9)),
    **dict.fromkeys(("smooth skin", "smooth skinned"), ("age_lines", 0.15)),
    **dict.fromkeys(("makeup", "make up", "made up"), ("makeup", 0.7)),
    **dict.fromkeys(("lipstick",), ("makeup", 0.7)),
    **dict.fromkeys(("heavy makeup", "strong makeup"), ("makeup", 1.0)),
    **dict.fromkeys(("light makeup", "subtle makeup"), ("makeup", 0.35)),
    **dict.fromkeys(("bushy eyebrows", "thick eyebrows", "bushy brows", "thick brows"), ("brows", 0.95)),
    **dict.fromkeys(("thin eyebrows", "thin brows", "plucked eyebrows"), ("brows", 0.12)),
    **dict.fromkeys(("greying", "graying", "grey streaked"), ("greying", 0.45)),
    **dict.fromkeys(("thick hair", "voluminous hair", "voluminous", "big hair", "fluffy hair"), ("hair_volume", 0.85)),
    **dict.fromkeys(("thin hair", "flat hair", "sleek hair", "sleek"), ("hair_volume", 0.15)),
}
EXPRESSIONS_BY_WORD = {
    **dict.fromkeys(
        ("smiling", "smile", "smiles", "happy", "cheerful", "friendly", "joyful", "kind", "pleased", "content", "warm", "happily"),
        "smile",
    ),
    **dict.fromkeys(("laughing", "laugh", "laughs", "grinning", "grin", "grins", "ecstatic"), "laugh"),
    **dict.fromkeys(("sad", "unhappy", "crying", "gloomy", "melancholic", "depressed", "sorrowful", "frowning", "tired"), "sad"),
    **dict.fromkeys(("angry", "furious", "mad", "grumpy", "annoyed", "scowling", "fierce", "enraged"), "angry"),
    **dict.fromkeys(("surprised", "shocked", "astonished", "amazed", "startled", "surprise"), "surprised"),
    **dict.fromkeys(("afraid", "scared", "frightened", "fearful", "terrified", "anxious", "nervous", "worried"), "afraid"),
    **dict.fromkeys(("disgusted", "disgust", "repulsed"), "disgusted"),
    **dict.fromkeys(("thoughtful", "pensive", "thinking", "contemplative", "curious", "puzzled", "skeptical"), "thoughtful"),
    **dict.fromkeys(("winking", "winks", "wink"), "wink"),
    **dict.fromkeys(("neutral", "serious", "calm", "stern", "relaxed", "emotionless", "expressionless", "stoic"), "neutral"),
}
POSES_BY_WORD = {
    "t pose": "t-pose", "tpose": "t-pose", "a pose": "a-pose", "apose": "a-pose", "standing": "standing", "stands": "standing",
    "relaxed pose": "standing", "upright": "standing",
}
ACTIONS = (
    "sitting", "sits", "running", "runs", "jumping", "dancing", "lying", "kneeling", "fighting", "sleeping", "crouching", "waving",
    "holding", "carrying", "flying", "swimming", "reading", "eating", "drinking", "pointing", "walking", "walks", "riding",
)
FEATURES = (
    "nose", "chin", "jaw", "jawline", "lips", "mouth", "ears", "ear", "face", "cheekbones", "cheeks", "forehead", "eyebrows",
    "brows", "neck", "hands", "fingers", "legs", "arms", "feet", "shoulders", "belly", "hips", "waist", "teeth", "eyelashes",
)
REFUSED = frozenset((
    "naked", "nude", "nudity", "topless", "bottomless", "sexy", "sexual", "sexually", "sex", "erotic", "porn", "pornographic",
    "nsfw", "hentai", "lewd", "lingerie", "fetish", "bdsm", "seductive", "seductively", "slutty", "horny", "busty", "boobs",
    "tits", "cleavage", "genitals", "genitalia", "penis", "vagina", "nipples", "nipple", "undressed", "unclothed", "stripper",
    "provocative", "voluptuous", "loli", "lolita", "thong", "aroused", "orgasm", "buttocks", "big breasts", "huge breasts",
    "large breasts", "breasts", "without clothes", "no clothes",
))
# Refused of a person below 18, whose body has no such parameter.
REFUSED_OF_CHILDREN = frozenset(("curvy", "hourglass", "buxom", "big chested", "flat chested", "makeup model"))
# Words by which the commonest other languages are told; none of them is read.
FOREIGN = frozenset(
    "ein eine einen einer eines und mit frau mann herr kind großer grosse kleiner der die das roten rotem haaren haare une un le "
    "la les femme homme avec cheveux garcon fille et mujer hombre con una pelo alto alta nino nina el donna uomo capelli ragazza "
    "ragazzo mulher homem com cabelo uma um menina menino kobieta mezczyzna kvinna och med en vrouw een jongen meisje haar".split()
)
NEGATIONS = (
    "no", "not", "without", "never", "isnt", "doesnt", "hasnt", "aint", "arent", "non", "lacks", "lacking", "minus", "dont", "nor",
)
COPULAS = ("is", "are", "was", "being", "be")
FILLERS = frozenset(
    "a an the and or of with in on at to for from by as it its this that these those there i me my we us our you your they "
    "them their theirs who whom whose which what where when while make makes made create creates generate generates give "
    "gives want wants need needs please would like can could should will some any one two wearing wears wear worn dressed "
    "clothed clad looking looks look having has have had does do did s t all very just also both each own same other "
    "another only but then plus about around more less most least than into over under colour color colored coloured toned "
    "style styled hairstyle haircut head complexion build built height body years year old age game ready 3d model modern "
    "casual formal simple nice beautiful handsome pretty attractive cute good great ordinary normal typical regular "
    "realistic detailed high quality low poly stylized character clothing clothes outfit expression mood pair kind sort "
    "type pose feet foot fashioned background named called him her she he his hers herself himself dye dyed natural "
    "naturally bright big day work office city street home new early mid late ".split()
)

_SHADES = {"dark": 0.35, "deep": 0.5, "light": 2.0, "pale": 2.2, "bright": 1.4, "pastel": 2.4}


def _shade(rgb: Color, factor: float) -> Color:
    """A darker or lighter colour; light ones also lose some of their saturation."""
    red, green, blue = (min(channel * factor + (0.06 if factor > 1.5 else 0.0), 0.85) for channel in rgb)
    return red, green, blue


# Also "dark blue", "light green" and so on.
SHADED_COLORS: dict[str, Color] = COLORS | {
    f"{shade} {name}": _shade(rgb, factor) for shade, factor in _SHADES.items() for name, rgb in COLORS.items()
}
# Words that wait for the noun they belong to.
ADJECTIVES = frozenset(
    {word for table in (SHADED_COLORS, HAIR_COLORS, EYE_COLORS, SKIN_TONES) for word in " ".join(table).split()}
    | {"short", "long", "salt and pepper"}
) - {"and", "salt", "pepper", *HAIR_NOUNS}
# What a misspelt word may have meant.
SPELLING = sorted(
    {
        word
        for table in (PEOPLE, GARMENTS, FABRICS, PATTERNS, BUILDS, ORIGINS, AGES, COLORS, HAIR_COLORS, HAIR_STYLES_BY_WORD,
                      BEARDS_BY_WORD,                       EXPRESSIONS_BY_WORD, ACCESSORIES, OCCUPATIONS)
        for word in table
        if " " not in word and len(word) >= 5
    }
)


def named_color(phrase: str) -> Color | None:
    """Linear RGB of a phrase such as "dark blue", or of the last of its words that is a colour."""
    if phrase in SHADED_COLORS:
        return SHADED_COLORS[phrase]
    known = [word for word in phrase.split() if word in COLORS]
    return COLORS[known[-1]] if known else None
