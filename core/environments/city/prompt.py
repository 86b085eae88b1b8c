"""English words to a CityBrief."""

from __future__ import annotations

from ..words import COUNT, Words, clamped, number, read_light
from .brief import CityBrief

EXAMPLE = "Try “a rainy high street, four storeys, cafés”."
KIND_WORDS = {
    "village": r"villages?|hamlets?|cottages|country (?:lane|road)",
    "square": r"(?:market |town |city |market-)?squares?|plazas?|piazzas?|market ?places?",
    "district": r"(?:city |old |down|up)?(?:districts?|town|quarters?|neighbou?rhoods?|blocks?)|city|cities|metropolis|cityscape"
    r"|skyline",
    "street": r"(?:high|main|shopping|side|city|town|terraced|residential|old)?[ -]?"
    r"(?:streets?|roads?|avenues?|lanes?|boulevards?|alleys?)",
}
STYLE_WORDS = {
    "brick": r"(?:red[ -])?bricks?|terraced?|victorian|georgian|london|british|warehouses?|industrial|new york|brownstones?",
    "modern": r"modern|contemporary|glass|concrete|offices?|skyscrapers?|high[ -]?rises?|downtown|towers?",
    "village": r"half[ -]timbered|timber(?:ed)?|rustic|rural|medieval|thatched|cottage|country",
    "mixed": r"mixed|varied|eclectic",
    "european": r"european|paris(?:ian)?|haussmann(?:ian)?|vienn(?:a|ese)|ital(?:y|ian)|plaster(?:ed)?|stucco|stone"
    r"|old[ -]world|classic(?:al)?|historic",
}
STOREYS = r"stor(?:e?y|e?ys|ies|eyed?|ied)|floors?|levels?"
FILLER = "buildings building houses house town façades facades facade shop front fronts people walkers pedestrians"


def read_prompt(prompt: str, seed: int = 0) -> tuple[CityBrief, list[str]]:
    """The brief a prompt describes, and notes in full sentences. Raises WorldwrightError when it is about something else."""
    words = Words(prompt, EXAMPLE, FILLER)
    brief, notes = CityBrief(seed=seed), []
    lone = r"(?:narrow|wide|broad|busy|quiet|empty)"
    storeys = words.take(rf"{COUNT}[ -](?:{STOREYS})")
    count = words.count(r"buildings|houses|homes|blocks of flats|cottages|towers|skyscrapers")
    read_light(words, brief)
    _read_life(words, brief)
    kind = next((kind for kind, pattern in KIND_WORDS.items() if words.take(pattern)), "")
    styles = [style for style, pattern in STYLE_WORDS.items() if words.take(pattern)]
    for pattern, factor in (("narrow|tight", 0.7), ("wide|broad|grand", 1.8)):
        if words.take(pattern):
            brief.street_width = min(24.0, brief.street_width * factor)
            brief.pavement = min(10.0, brief.pavement * factor)
    words.take(lone)
    brief.kind = kind or "street"
    brief.style = styles[0] if len(styles) == 1 else ("mixed" if len(styles) > 1 else brief.style)
    if brief.kind == "village" and not styles:
        brief.style = "village"
    if not kind:
        notes.append("No kind of place was named, so a street was made.")
    brief.buildings = {"street": 24, "district": 200, "square": 20, "village": 22}[brief.kind]
    brief.storeys = {"modern": 9, "village": 2}.get(brief.style, 4)
    if brief.kind == "district" and brief.style != "modern":
        brief.storeys = 5
    for pattern, factor in (("tiny|small|little", 0.55), ("large|big|long|huge|vast|sprawling", 1.8)):
        if words.take(pattern):
            brief.buildings = int(brief.buildings * factor)
    if count is not None:
        brief.buildings = int(clamped(count, 4, 2000, "The number of buildings", notes))
    if storeys:
        brief.storeys = int(clamped(number(storeys["n"]), 1, 30, "The number of storeys", notes))
    words.close(bool(kind), "a street, a square, a district or a village", EXAMPLE, notes)
    return brief.validate(), notes


def _read_life(words: Words, brief: CityBrief) -> None:
    """Shops, cafés, trees, traffic and furniture."""
    if words.take(r"(?:no|without(?: any)?) (?:shops?|stores?)"):
        brief.shops = 0.0
    if words.take(r"(?:street |pavement |outdoor )?(?:caf[eé]s?|coffee (?:shops?|houses?)|restaurants?|bistros?|bars?|pubs?)"):
        brief.cafes, brief.shops = 0.75, max(brief.shops, 0.85)
    if words.take(r"(?:many |small )?(?:shops?|stores?|shopping|boutiques?|high street shops)"):
        brief.shops = max(brief.shops, 0.95)
    if words.take(r"residential|housing|suburban|suburb"):
        brief.shops = 0.05
    if words.take(r"(?:no|without(?: any)?) trees?|treeless"):
        brief.trees = 0.0
    elif words.take(r"trees?|tree[ -]lined|leafy|green|avenue of trees|parks?|gardens?"):
        brief.trees = 1.0
    if words.take(r"(?:no|without(?: any)?) (?:cars?|traffic|vehicles?)|car[ -]free|pedestrian(?:i[sz]ed)?|empty|deserted"):
        brief.traffic = 0.0
    elif words.take(r"(?:heavy |much )?(?:traffic|cars?|vehicles?|busy|parked cars)"):
        brief.traffic = 0.9
    elif words.take(r"quiet|sleepy|calm"):
        brief.traffic = 0.25
    if words.take(r"(?:street )?(?:benches|bench|lamps?|street ?lights?|furniture|bollards?)"):
        brief.furniture = 1.0
    if words.take(r"(?:no|without) (?:furniture|clutter)|bare"):
        brief.furniture = 0.0
