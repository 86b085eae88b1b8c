"""Words for arranging: “two shelves against the north wall, a plant near the sofa, a rug under the coffee table”."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...errors import WorldwrightError
from ..brief import SIDES
from ..chinese import is_chinese, to_english
from ..greybox.classes import KINDS, named, prop_for
from ..prompt import NUMBERS, SIDE_WORDS
from .found import Found, Standing

EXAMPLE = "Try “two shelves against the north wall, a plant near the sofa and a rug under the coffee table”."
MOST = 60
# Small things the classes of grey boxes do not have: words, and the prop.
SMALL = {
    "mug": ("mug", "cup"), "water_bottle": ("bottle",), "paper_stack": ("paper", "papers", "documents"),
    "pen_cup": ("pens", "pen cup", "pencils"), "bowl": ("bowl", "fruit"), "candle": ("candle",), "cushion": ("cushion", "pillow"),
    "keyboard": ("keyboard",), "mouse": ("mouse",), "laptop": ("laptop", "notebook"), "toy_blocks": ("toys", "toy", "blocks"),
    "desk_lamp": ("desk lamp",), "table_lamp": ("table lamp",), "monitor": ("monitor", "computer"), "books_row": ("books", "book"),
    "vase": ("vase", "flowers"), "cable": ("cable", "cables", "power strip", "extension lead"),
}  # fmt: skip
RELATIONS = (
    ("in rows", r"in (?:\w+ )?rows?(?: (?:facing|towards?|before) (?P<t>.+))?"),
    ("in the corner", r"in (?:the|a|each|every) (?P<t>(?:\w+ )?corners?)"),
    ("against", r"(?:against|along|at|on) (?:the |a )?(?P<t>(?:\w+ )?walls?)"),
    ("against", r"(?:under|at|before|in front of|by) (?:the |a )?(?P<t>windows?)"),
    ("in the middle", r"in the (?P<t>middle|centre|center)(?: of the room)?"),
    ("aligned with", r"(?:aligned with|in line with|lined up with) (?P<t>.+)"),
    ("around", r"(?:around|round) (?P<t>.+)"),
    ("facing", r"(?:facing|turned to|looking at|opposite) (?P<t>.+)"),
    ("under", r"(?:under|underneath|beneath|below) (?P<t>.+)"),
    ("on", r"(?:on top of|on|onto|upon) (?P<t>.+)"),
    ("over", r"(?:over|above) (?P<t>.+)"),
    ("near", r"(?:near|next to|beside|close to|by|at|with) (?P<t>.+)"),
)


@dataclass(frozen=True)
class Request:
    """One kind of thing to add. ``relation`` one of ``RELATIONS`` or ""; ``target`` a wall, a thing's name, or words."""

    prop: str
    noun: str
    count: int
    relation: str = ""
    target: str = ""
    phrase: str = ""


def read_wishes(text: str, found: Found) -> tuple[list[Request], list[str]]:
    """The requests of a sentence, and notes on what was assumed or left out. Raises WorldwrightError where none is understood."""
    requests: list[Request] = []
    notes: list[str] = []
    said = text
    if is_chinese(text):
        text, note = to_english(text)
        notes.append(note)
    unknown: list[str] = []
    for clause in _clauses(text):
        request, note = _read(clause, found)
        if request is None:
            unknown.append(note or clause)
            continue
        if note:
            notes.append(note)
        requests.append(request)
    if not requests:
        raise WorldwrightError(f"“{said.strip()[:80]}” names nothing that can stand in a room, in English.", EXAMPLE)
    if unknown:
        notes.append(f"Not understood and left out: {', '.join(f'“{clause}”' for clause in unknown)}.")
    return requests, notes


def _clauses(text: str) -> list[str]:
    """The parts of a sentence between commas and “and”, without the verbs before them."""
    words = " ".join(text.lower().replace("’", "'").split())
    words = re.sub(
        r"\b(?:please|add|put|place|set|stand|hang|lay|give me|i (?:want|need|would like)|there should be)\b", " ", words
    )
    parts = re.split(r"[,;.]|\band\b(?= (?:a|an|the|some|\d+|" + "|".join(w for w in NUMBERS if " " not in w) + r")\b)", words)
    return [" ".join(part.split()).removeprefix("and ") for part in parts if re.search(r"[^\W_]", part)]


def _read(clause: str, found: Found) -> tuple[Request | None, str]:
    """A clause as a request and a note, or None and why not."""
    what, relation, target = clause, "", ""
    for name, pattern in RELATIONS:
        match = re.search(rf"(?<!\w){pattern}$", clause)
        if match:
            what, relation, target = clause[: match.start()].strip(), name, (match.groupdict().get("t") or "").strip()
            break
    count, what = _count(what)
    prop, noun = _thing(what, found.brief.kind)
    if not prop:
        return None, clause
    phrase = clause[len(clause) - len(clause.split(what, 1)[-1]) :].strip() if what in clause else ""
    note = f"{count} {noun}s are more than one sentence may ask for; {MOST} were taken." if count > MOST else ""
    resolved = _target(relation, target, found)
    if noun == "chair" and (table := found.thing(resolved or "")) is not None and "chair" == what.split()[-1].rstrip("s"):
        prop = _chair_at(table)
    if relation and resolved is None:
        note = f"There is no {re.sub(r'^(?:the|a|an) ', '', target)} in this room; the {noun} was placed where it fits."
        return Request(prop, noun, min(count, MOST)), note
    return Request(prop, noun, min(count, MOST), relation, resolved or "", phrase), note


def _chair_at(table: Standing) -> str:
    """The chair that goes with a table, where none was named."""
    if table.kind == "desk":
        return "office_chair"
    return "dining_chair" if "dining" in f"{table.name} {table.prop.key}".lower() or table.kind != "table" else "visitor_chair"


def _count(words: str) -> tuple[int, str]:
    """The number a phrase begins with, and the rest."""
    match = re.match(
        r"(\d+|" + "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True)) + r"|the|another|one more)\s+", words
    )
    if not match:
        return 1, words
    word = match.group(1)
    value = int(word[:6]) if word.isdigit() else NUMBERS.get(word, 1)
    return max(value, 0), words[match.end() :]


def _singular(words: str) -> str:
    """Shelves are shelves and benches benches; other plurals are known as they are."""
    return re.sub(r"(ch|sh|x)es\b", r"\1", re.sub(r"shelves\b", "shelf", words))


def _thing(words: str, kind: str) -> tuple[str, str]:
    """The prop that words name and the noun it goes by, or two empty texts."""
    words = _singular(words)
    for prop, names in SMALL.items():
        if any(re.search(rf"\b{name}s?\b", words) for name in names):
            return prop, prop.replace("_", " ").removesuffix(" row")
    label = named(words)
    if not label:
        return "", ""
    noun = "shelf" if label == "bookcase" else label
    return prop_for(label, kind, "table" if label == "chair" else "", words), noun


def _target(relation: str, words: str, found: Found) -> str | None:
    """The wall, or the name of the thing, that words mean; "" where a relation needs none; None where there is no such thing."""
    if relation in ("", "in the corner", "in the middle") or (relation == "in rows" and not words):
        return ""
    if relation == "against" and "wall" in words:
        side = next((SIDE_WORDS[word] for word in words.split() if word in SIDE_WORDS), "")
        if "long" in words:
            side = next(iter(found.room.walls))
        elif "short" in words:
            side = list(found.room.walls)[-1]
        return side if side in found.room.walls else ""
    if re.search(r"\bwindows?\b", words):
        return "window" if found.room.windows else None
    if re.search(r"\b(?:door|entrance)\b", words):
        return "door"
    side = next((SIDE_WORDS[word] for word in words.split() if word in SIDE_WORDS and "wall" in words), "")
    if side in SIDES and side in found.room.walls:
        return side
    exact = next((thing.name for thing in found.things if thing.name.lower() == words.removeprefix("the ")), None)
    if exact:
        return exact
    label = named(_singular(words))
    options = [thing for thing in found.things if label and thing.kind == label]
    if not options and label in KINDS:
        options = [thing for thing in found.things if label in thing.name.lower()]
    return options[0].name if options else None
