"""English words to a LandscapeBrief."""

from __future__ import annotations

from ..words import Words, clamped, read_light
from .brief import LandscapeBrief

EXAMPLE = "Try “a pine valley with a lake”."
KIND_WORDS = {
    "desert": r"deserts?|dunes?|sahara|canyons?|badlands|mesas?",
    "coast": r"coasts?|coastal|beach(?:es)?|sea ?side|sea|ocean|shores?|bays?|cliffs?|islands?|fjords?",
    "lake": r"lakes?|lakeside|ponds?|tarns?",
    "mountains": r"mountains?|mountainous|alpine|alps|peaks?|highlands?|summits?|ridges?",
    "forest": r"forests?|woods?|woodlands?|jungle|taiga",
    "hills": r"(?:rolling )?hills?|hilly|meadows?|fields?|valleys?|countryside|pastures?|moors?|grasslands?|plains?"
    r"|steppes?|landscape",
}
TREE_WORDS = {
    "conifers": r"pines?|firs?|spruces?|conifers?|coniferous|evergreens?",
    "birch": r"birch(?:es)?",
    "palms": r"palms?|palm trees|tropical",
    "broadleaf": r"oaks?|beech(?:es)?|maples?|broad ?leaf|deciduous",
    "mixed": r"mixed",
    "none": r"(?:no|without(?: any)?) trees|treeless|barren|bare",
}
SEASON_WORDS = {
    "autumn": r"autumn|fall|october|golden leaves",
    "spring": r"spring|blossoms?",
    "summer": r"summer",
    "winter": r"winter",
}


def read_prompt(prompt: str, seed: int = 0) -> tuple[LandscapeBrief, list[str]]:
    """The brief a prompt describes, and notes in full sentences. Raises WorldwrightError when it is about something else."""
    words = Words(prompt, EXAMPLE, "tree trees view ground land terrain nature natural wild wide far distant")
    brief, notes = LandscapeBrief(seed=seed), []
    size = words.take(r"(?P<n>\d+(?:\.\d+)?)[ -]?(?P<u>km|kilomet(?:re|er)s?|m|met(?:re|er)s?)(?: (?:wide|across|large|square))?")
    plants = words.count(r"trees|plants|rocks")
    for season, pattern in SEASON_WORDS.items():
        if words.take(pattern):
            brief.season = season
            break
    read_light(words, brief)
    if brief.weather == "snow":
        brief.season = "winter"
    for trees, pattern in TREE_WORDS.items():
        if words.take(pattern):
            brief.trees = trees
            break
    said = [kind for kind, pattern in KIND_WORDS.items() if words.take(pattern)]
    while any(words.take(pattern) for pattern in KIND_WORDS.values()):
        continue
    brief.kind = said[0] if said else "hills"
    if words.take(r"rivers?|streams?|brooks?|creeks?"):
        brief.river = True
    _read_adjectives(words, brief)
    if not said:
        notes.append("No kind of land was named, so hills were made.")
    if brief.kind == "mountains":
        brief.relief = max(brief.relief, 0.7)
    if brief.kind == "lake" and "mountains" in said:
        brief.relief = 0.85
    if brief.kind == "forest" or "forest" in said:
        brief.density = 0.95
    if size:
        metres = float(size["n"]) * (1000.0 if size["u"].startswith("k") else 1.0)
        brief.size = clamped(metres, 100.0, 4000.0, "The size in metres", notes)
    if plants is not None:
        brief.plants = int(clamped(plants, 0, 60000, "The number of plants", notes))
    words.close(bool(said), "hills, mountains, a coast, a desert, a forest or a lake", EXAMPLE, notes)
    return brief.validate(), notes


def _read_adjectives(words: Words, brief: LandscapeBrief) -> None:
    for pattern, values in {
        r"steep|rugged|craggy|dramatic|jagged|high": {"relief": 0.9},
        r"gentle|soft|rolling|low|flat": {"relief": 0.25},
        r"rocky|stony|boulders?|rocks?|stones?": {"rocks": 1.0},
        r"dense|thick|deep|closed": {"density": 1.0},
        r"sparse|open|scattered|few trees": {"density": 0.25},
        r"grassy|lush|flowers?|flowery|wildflowers?": {"grass": 1.0},
        r"old|eroded|ancient|weathered": {"erosion": 1.0},
        r"young|sharp": {"erosion": 0.3},
        r"large|big|vast|huge": {"size": 1600.0},
        r"small|little|tiny": {"size": 350.0},
    }.items():
        if words.take(pattern):
            for name, value in values.items():
                setattr(brief, name, value)
