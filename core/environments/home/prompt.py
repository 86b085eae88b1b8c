"""English words to a HomeBrief: “a two-bedroom flat, 70 m²”."""

from __future__ import annotations

import re

from ...errors import WorldwrightError
from ..chinese import is_chinese, to_english
from ..prompt import COUNT, LONGEST, LOOKS, NUMBERS, _read_sizes, _Text
from .brief import HomeBrief

EXAMPLE = "Try “a two-bedroom flat, 70 m², walnut, with a study”."
HOMES = (
    r"(?:small |large |family |city )?"
    r"(?:flats?|apartments?|homes?|houses?|bungalows?|studios?(?: flats?| apartments?)?|maisonettes?|cottages?)"
)


def read_prompt(prompt: str, seed: int = 0) -> tuple[HomeBrief, list[str]]:
    """The brief a prompt describes, and notes (full sentences) on what was assumed or not understood.

    Raises WorldwrightError when the prompt is empty, too long or does not describe a home in English.
    """
    if not prompt.strip():
        raise WorldwrightError("The prompt is empty.", EXAMPLE)
    if len(prompt) > LONGEST:
        raise WorldwrightError(f"The prompt has {len(prompt):,} characters; at most {LONGEST:,} are read.", EXAMPLE)
    notes: list[str] = []
    if is_chinese(prompt):
        prompt, note = to_english(prompt)
        notes.append(note)
    text = _Text(" ".join(prompt.lower().replace("’", "'").split()))
    brief = HomeBrief(seed=seed)
    sizes = _read_sizes(text)
    studio = text.take(r"studios?(?: flats?| apartments?)?") is not None
    bedrooms = _number(text, r"[ -]?bed(?:[ -]?rooms?|s)?")
    rooms = _number(text, r"[ -]?rooms?")
    bathrooms = _number(text, r"[ -]?(?:bath|shower)[ -]?rooms?|[ -]?baths?")
    people = _number(text, r" (?:people|persons?|residents?)") or _number(text, "", r"for (?:a family of )?")
    named = text.take(HOMES) is not None
    if not (studio or named or bedrooms):
        raise WorldwrightError("This prompt does not describe a home in English.", EXAMPLE)
    if studio:
        bedrooms = 0
    elif bedrooms is None:
        bedrooms = min(max((rooms or 3) - 1, 1), 4)
        notes.append(f"The number of bedrooms was not said; {bedrooms} {'were' if bedrooms > 1 else 'was'} made.")
    if bedrooms > 4:
        notes.append(f"A home here has at most four bedrooms; {bedrooms} were asked for.")
    brief.bedrooms = min(bedrooms, 4)
    brief.bathrooms = min(max(bathrooms or (2 if brief.bedrooms > 2 else 1), 1), 2)
    brief.people = min(max(people or brief.bedrooms + 1, 1), 8)
    brief.study = text.take(r"(?:with )?(?:a |an )?(?:study|home office|work ?room)") is not None
    brief.facades = "all" if text.take(r"detached|free-?standing|bungalows?|cottages?|windows on all sides") else brief.facades
    brief.furnished = text.take("unfurnished|empty") is None
    brief.wheelchair = text.take(r"wheelchairs?(?:[ -](?:accessible|friendly|users?))?|accessible|barrier[ -]free") is not None
    usual = 26.0 + 22.0 * brief.bedrooms + 6.0 * (brief.bathrooms - 1) + 10.0 * brief.study
    area = sizes.get("area", sizes["width"] * sizes["depth"] if "width" in sizes and "depth" in sizes else usual)
    brief.area = round(min(max(area, 22.0), 260.0), 1)
    if abs(brief.area - area) > 0.1:
        notes.append(f"The area was set to {brief.area:g} m², because a home here has 22 to 260 m².")
    least = 20.0 + 13.0 * brief.bedrooms
    if brief.area < least:
        notes.append(f"{brief.area:g} m² are tight for {brief.bedrooms} bedrooms; some furniture may find no place.")
    brief.height = min(max(sizes.get("height", brief.height), 2.3), 4.0)
    for words, values in LOOKS.items():
        if text.take(words):
            for name, value in values.items():
                setattr(brief, name, value)
    unknown = [word for word in text.unknown() if word not in ("flat", "apartment", "home", "house")]
    if unknown:
        notes.append(f"Not understood and left out: {', '.join(f'“{word}”' for word in unknown[:8])}.")
    return brief.validate(), notes


def _number(text: _Text, after: str, before: str = "") -> int | None:
    """The number said before ``after`` (and behind ``before``), or None."""
    match = text.take(rf"{before}{COUNT}(?:{after})" if after else rf"{before}{COUNT}")
    if match is None:
        return None
    return int(match["n"].replace(",", "")[:4]) if re.fullmatch(r"[\d,]+", match["n"]) else NUMBERS[match["n"]]
