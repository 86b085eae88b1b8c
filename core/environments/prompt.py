"""English words to a RoomBrief: sizes with units, counts in words or digits, adjectives and wishes."""

from __future__ import annotations

import re
from dataclasses import fields

from ..errors import WorldwrightError
from .brief import PROPORTION, USUAL, RoomBrief, natural_area, usual_values
from .chinese import is_chinese, to_english
from .materials.palettes import ACCENTS

LONGEST = 2000
EXAMPLE = "Try “a small bright meeting room for eight with a screen”."

NUMBERS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
} | {
    "a dozen": 12,
    "dozen": 12,
    "a couple of": 2,
    "a pair of": 2,
    "a few": 3,
    "several": 4,
    "many": 6,
    "some": 3,
    "twenty-four": 24,
    "twenty-five": 25,
    "thirty": 30,
    "thirty-two": 32,
    "forty": 40,
    "fifty": 50,
    "hundred": 100,
    "a hundred": 100,
    "a": 1,
    "an": 1,
    "no": 0,
    "without": 0,
    "without a": 0,
    "without any": 0,
    "single": 1,
    "both": 2,
}
COUNT = r"(?P<n>\d{1,3}(?:,\d{3})+|\d+|" + "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True)) + r")"
LENGTH = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:[.,]\d+)?"
UNIT = r"(?P<u>m|metres?|meters?|cm|centimetres?|centimeters?|mm|ft|feet|foot|')"
TIMES = r"\s*(?:x|×|by|\*)\s*"

KIND_WORDS = {
    "lecture_hall": r"(?:lecture|assembly) (?:halls?|theat(?:re|er)s?)|auditoriums?",
    "meeting_room": r"(?:meeting|conference|board|team|discussion)[ -]?rooms?|meeting space",
    "classroom": r"class ?rooms?|school ?rooms?|lecture rooms?|seminar rooms?|teaching rooms?|training rooms?",
    "laboratory": r"(?:research |chemistry |biology |science )?(?:laborator(?:y|ies)|labs?)(?: rooms?)?",
    "clinic_room": r"(?:clinic|examination|consult(?:ing|ation)|treatment|doctor'?s?|medical|patient)"
    r"(?: rooms?|'s office| office| practice)?",
    "hotel_room": r"(?:hotel|guest|motel) ?rooms?",
    "bedroom": r"(?:bed|sleeping|children'?s|kids'?|nursery) ?rooms?|nursery",
    "living_room": r"(?:living|sitting|family|lounge) ?rooms?|lounge",
    "bathroom": r"(?:bath|shower|wash)[ -]?rooms?|toilet room",
    "kitchen": r"(?:eat-in |fitted |family )?kitchens?",
    "hall": r"(?:entrance |entry )?hall(?:way)?s?|corridors?|foyers?",
    "shop": r"(?:clothes |clothing |grocery |book |corner )?(?:shops?|stores?|boutiques?|supermarkets?)",
    "cafe": r"caf[eé]s?|coffee (?:shops?|bars?|houses?)|bistros?|restaurants?|canteens?",
    "gallery": r"(?:art )?galler(?:y|ies)|museum rooms?|exhibition (?:rooms?|spaces?|halls?)|showrooms?|product displays?",
    "workshop": r"(?:wood |metal |repair )?workshops?|maker ?spaces?|garages?",
    "open_plan_office": r"open[ -](?:plan|space) (?:offices?|work ?spaces?)|coworking(?: spaces?)?|large open offices?",
    "office": r"(?:open |home |shared )?offices?(?: rooms?| space)?|work ?(?:room|space|place)s?|studios?|study",
}
LOOKS: dict[str, dict[str, object]] = {
    r"(?:very )?(?:bright|sunny|well[ -]lit|airy)": {"brightness": 0.9},
    r"(?:very )?(?:dim|gloomy|moody|dimly lit)": {"brightness": 0.2},
    r"dark": {"brightness": 0.35, "palette": "graphite", "walls": "dark"},
    r"(?:very )?(?:tidy|clean|neat|minimal|minimalist|empty|sparse)": {"clutter": 0.1},
    r"(?:very )?(?:messy|cluttered|untidy|chaotic|busy|lived[ -]in)": {"clutter": 1.0},
    r"modern|contemporary|scandinavian|nordic": {"palette": "nordic"},
    r"classic|classical|traditional|old[ -]fashioned|vintage": {"palette": "classic", "walls": "warm"},
    r"industrial|loft(?:[ -]like)?": {"palette": "industrial"},
    r"colou?rful|playful|cheerful": {"palette": "colourful"},
    r"walnut": {"palette": "walnut"},
    r"graphite|elegant": {"palette": "graphite"},
    r"botanical|natural": {"palette": "botanical", "walls": "green"},
    r"warm|co[sz]y|beige|cream": {"walls": "warm", "palette": "walnut"},
    r"cool|cold": {"walls": "cool"},
    r"white|light|pale": {"walls": "white"},
    **{rf"{name}(?: walls| accents?| colou?rs?)?": {"accent": name} for name in ACCENTS if name != "palette"},
    r"wood(?:en)? floors?|parquet|floorboards|planks": {"floor": "wood"},
    r"carpet(?:ed)?(?: floors?)?": {"floor": "carpet"},
    r"concrete floors?|concrete|screed": {"floor": "concrete"},
    r"tiled floors?|tiles|tiled": {"floor": "tiles"},
}
WISHES = {
    "screen": r"(?:wall |tv |presentation |projection |big |large )?(?:screens?|projectors?|tvs?|televisions?|displays?)",
    "whiteboard": r"(?:white|black|chalk|dry[ -]erase )[ -]?boards?",
    "pinboard": r"(?:pin|cork|notice|bulletin)[ -]?boards?",
    "clock": r"(?:wall )?clocks?",
    "sofa": r"sofas?|couch(?:es)?|lounge(?: corner| area)?|settees?",
}
COUNTED = {
    "people": r"people|persons?|employees|workers|colleagues|pupils|students|children|seats?|chairs?|desks?"
    r"|work ?(?:places|stations)|participants|developers|designers|guests|teachers?|visitors|beds?|sleepers?|researchers?"
    r"|scientists?|patients?|diners|customers|listeners",
    "windows": r"(?:big |large |tall |small )?windows?",
    "plants": r"(?:potted |green |big |large |small |indoor )?plants?|greenery",
    "storage": r"(?:book|filing |storage |tall |low )?-?(?:shel(?:f|ves)(?: units?)?|cases?|cabinets?)"
    r"|storage|cupboards?|pedestals?|racks?",
    "pictures": r"(?:framed )?(?:pictures?|posters?|paintings?|photos?|art ?works?|art)",
}
FILLER = set(
    "a an the and or with without of for in on at to it is are has have that there this very really please make create build "
    "generate me i we want would like need give show us room rooms place space which where some floor floors wall walls door "
    "furnished furniture interior style styled looking nice good beautiful feel feeling as be by lots lot plenty one size sized "
    "people quite rather also only plus its from".split()
)
SIDE_WORDS = {
    "north": "north",
    "back": "north",
    "south": "south",
    "front": "south",
    "east": "east",
    "right": "east",
    "west": "west",
    "left": "west",
}


class _Text:
    """The words not yet understood. ``take`` removes what a pattern matches, so what is left at the end was not understood."""

    def __init__(self, text: str) -> None:
        self.left = text
        self.taken = 0

    def take(self, pattern: str) -> re.Match | None:
        match = re.search(rf"(?<![\w.-])(?:{pattern})(?![\w])", self.left)
        if match:
            self.taken += len(re.findall(r"\w+", match.group()))
            self.left = f"{self.left[: match.start()]} | {self.left[match.end() :]}"
        return match

    def unknown(self) -> list[str]:
        words = re.findall(r"-?\w[\w'.,-]*\w|\d", self.left)
        return list(dict.fromkeys(word for word in words if word not in FILLER))


def read_prompt(prompt: str, seed: int = 0) -> tuple[RoomBrief, list[str]]:
    """The brief a prompt describes, and notes (full sentences) on what was assumed, changed or not understood.

    Raises WorldwrightError when the prompt is empty, longer than 2,000 characters, or says nothing about a room this
    program knows (another language, another subject).
    """
    if not prompt.strip():
        raise WorldwrightError("The prompt is empty.", EXAMPLE)
    if len(prompt) > LONGEST:
        raise WorldwrightError(
            f"The prompt has {len(prompt):,} characters; at most {LONGEST:,} are read.", "Describe the room in a few sentences."
        )
    notes: list[str] = []
    if is_chinese(prompt):
        prompt, note = to_english(prompt)
        notes.append(note)
    text = _Text(" ".join(prompt.lower().replace("’", "'").split()))
    brief = RoomBrief(seed=seed)
    sizes = _read_sizes(text)
    kind = next((kind for kind, words in KIND_WORDS.items() if text.take(words)), "")
    said = _read_door(text, brief) | _read_counts(text, brief, notes) | _read_wishes(text, brief)
    said |= {"wheelchair"} if text.take("wheelchairs?(?:[ -](?:accessible|friendly|users?))?|accessible|barrier[ -]free") else set()
    brief.wheelchair = "wheelchair" in said
    scale = _read_scale(text)
    for words, values in LOOKS.items():
        if text.take(words):
            said |= set(values)
            for name, value in values.items():
                setattr(brief, name, value)
    unknown = text.unknown()
    if not text.taken or (not kind and len(unknown) > text.taken) or (kind and len(unknown) > 6 * text.taken):
        raise WorldwrightError("This prompt does not describe a room of a kind that is known here, in English.", EXAMPLE)
    if not kind:
        notes.append("No kind of room was named, so an office was made.")
    brief.kind = kind or "office"
    _fill_defaults(brief, said)
    _apply_sizes(brief, sizes, scale, notes)
    if unknown:
        notes.append(f"Not understood and left out: {', '.join(f'“{word}”' for word in unknown[:8])}.")
    return brief.validate(), notes


def _metres(value: str, unit: str) -> float:
    factor = {"c": 0.01, "f": 0.3048, "'": 0.3048}.get(unit[0], 0.001 if unit == "mm" else 1.0)
    return _number(value) * factor


def _number(text: str) -> float:
    """“2.5”, “2,5” and “10,000”: a comma before three digits sets off thousands."""
    return float(re.sub(r",(?=\d{3}(?!\d))", "", text).replace(",", "."))


def _read_sizes(text: _Text) -> dict[str, float]:
    """The sizes said, in metres: width, depth, height, or area in square metres."""
    sizes: dict[str, float] = {}
    inner = r"\s*(?:m|metres?|meters?|cm|mm|ft|feet|foot|')?"
    match = text.take(rf"(?P<w>{LENGTH}){inner}{TIMES}(?P<d>{LENGTH})(?:{inner}{TIMES}(?P<h>{LENGTH}))?\s*{UNIT}")
    match = match or text.take(rf"(?P<w>{LENGTH}){TIMES}(?P<d>{LENGTH})(?P<h>)(?P<u>)")
    if match:
        unit = match["u"] or "m"
        sizes |= {"width": _metres(match["w"], unit), "depth": _metres(match["d"], unit)}
        if match["h"]:
            sizes["height"] = _metres(match["h"], unit)
    area = text.take(rf"(?P<a>{LENGTH})\s*(?:m²|m2|sq\.? ?m(?:et(?:re|er)s?)?|square ?met(?:re|er)s?|sqm)") if not match else None
    feet = text.take(rf"(?P<a>{LENGTH})\s*(?:ft²|ft2|sq\.? ?f(?:ee)?t|square ?f(?:ee|oo)t)") if not (match or area) else None
    if area:
        sizes["area"] = _number(area["a"])
    if feet:
        sizes["area"] = _number(feet["a"]) * 0.3048**2
    for name, words in (("height", "high|tall|(?:ceilings?|high ceilings?)"), ("width", "wide"), ("depth", "deep|long")):
        found = text.take(rf"(?P<v>{LENGTH})\s*-?{UNIT}[ -](?:{words})")
        if found:
            sizes[name] = _metres(found["v"], found["u"])
    return sizes


def _read_scale(text: _Text) -> float:
    """A factor on the floor area from words like small and large."""
    for words, factor in (
        ("tiny|very small|cramped", 0.7),
        ("small|compact|little", 0.8),
        ("huge|enormous|very large|very big", 1.8),
        ("large|big|spacious|roomy|generous", 1.35),
        ("medium(?:[ -]sized)?|normal|average", 1.0),
    ):
        if text.take(words):
            return factor
    return 1.0


def _read_door(text: _Text, brief: RoomBrief) -> set[str]:
    match = text.take(rf"doors? (?:is |at |on |in |to )+(?:the )?(?P<s>{'|'.join(SIDE_WORDS)})(?:ern)?(?: side| wall)?")
    match = match or text.take(rf"(?P<s>{'|'.join(SIDE_WORDS)}) door")
    if not match:
        return set()
    brief.door_side = SIDE_WORDS[match["s"]]
    return {"door_side"}


def _read_counts(text: _Text, brief: RoomBrief, notes: list[str]) -> set[str]:
    """Counts with what they count; a lone “for eight” counts people."""
    said: set[str] = set()
    limits = {field.name: (field.metadata["low"], field.metadata["high"]) for field in fields(brief) if field.name in COUNTED}
    for name, words in COUNTED.items():
        heard = []
        while match := text.take(rf"{COUNT}[ -](?:\w+ )?(?:{words})" if name == "people" else rf"{COUNT} (?:{words})"):
            heard.append(_count(match["n"]))
        if name == "people" and (match := text.take(rf"for (?:up to )?{COUNT}(?! \w+ windows)")):
            heard.append(_count(match["n"]))
        if not heard and text.take(words):
            heard = [] if name == "people" else [max(3 if name == "plants" else 2, getattr(brief, name))]
        if heard:
            low, high = limits[name]
            value = min(max(max(heard), low), high)
            if value != max(heard):
                notes.append(f"{max(heard)} {name} do not go into one room; {value} were asked for instead.")
            setattr(brief, name, value)
            said.add(name)
    return said


def _count(word: str) -> int:
    return int(word.replace(",", "")[:6]) if word[0].isdigit() else NUMBERS[word]


def _read_wishes(text: _Text, brief: RoomBrief) -> set[str]:
    said = set()
    for name, words in WISHES.items():
        if text.take(rf"(?:no|without(?: a| any)?) (?:{words})"):
            setattr(brief, name, False)
            said.add(name)
        elif text.take(words):
            setattr(brief, name, True)
            said.add(name)
    return said


def _fill_defaults(brief: RoomBrief, said: set[str]) -> None:
    """What each kind of room has when the prompt does not say."""
    people = brief.people if "people" in said else USUAL[brief.kind]["people"]
    for name, value in usual_values(brief.kind, people).items():
        if name not in said:
            setattr(brief, name, value)


def _apply_sizes(brief: RoomBrief, sizes: dict[str, float], scale: float, notes: list[str]) -> None:
    """Sizes said, or an area that suits the people, inside the brief's limits; every change is noted."""
    area = sizes.get("area", natural_area(brief.kind, brief.people) * scale)
    wanted = dict(sizes)
    if "width" in wanted and "depth" not in wanted:
        wanted["depth"] = area / max(wanted["width"], 0.1)
    wanted.setdefault("width", area / wanted["depth"] if "depth" in wanted else (area * PROPORTION) ** 0.5)
    wanted.setdefault("depth", area / wanted["width"] if wanted["width"] else 0.0)
    for field in fields(brief):
        if field.name not in ("width", "depth", "height") or field.name not in wanted:
            continue
        low, high = field.metadata["low"], field.metadata["high"]
        value = round(min(max(wanted[field.name], low), high), 2)
        if abs(value - wanted[field.name]) > 0.011:
            notes.append(f"The {field.name} was set to {value:g} m, because a room can be {low:g} to {high:g} m there.")
        setattr(brief, field.name, value)
