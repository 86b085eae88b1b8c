"""Value words become values of the vocabulary: directions, dimensions, moods, views, engines, clips."""

from __future__ import annotations

import difflib
import re

from .quantities import Amount, read_amount
from .tagger import Clause

_DIRECTIONS = (("up", r"up|upwards?|higher"), ("down", r"down|downwards?|lower"), ("left", r"left\w*|west\w*"),
    ("right", r"right\w*|east\w*|sideways"),
               ("forward", r"forwards?|front|towards? (?:me|us|the camera|the viewer|you)|closer|nearer|toward"),
               ("back", r"back\w*|away|farther|further|rear|behind"))  # fmt: skip
_DIMENSIONS = (("height", r"tall\w*|high\w*|heights?|low\w*|heighten|short\w*|raise"),
    ("depth", r"deep\w*|depth|thick\w*|thin\w*|shallow\w*"),
               ("width", r"wid\w*|narrow\w*|broad\w*|long\w*|lengths?|across|lengthen"))  # fmt: skip
LESS = re.compile(
    r"smaller|shrink|reduce|shorter|lower|narrower|thinner|decrease|tinier|shallower|scale down|halve|less"
    r"|slimmer|down|diminish|smallish"
)
_MOODS = (("picture", r"picture|photo|image"), ("brighter", r"bright\w*|more light|up|lighter|on"),
    ("darker", r"dark\w*|dim\w*|less light|less|down"),
          ("morning", r"morning|dawn|sunrise"), ("noon", r"noon|midday|daylight|lunch\w*"), ("afternoon", r"afternoon"),
          ("evening", r"evening|sunset|dusk|golden hour|twilight"),
          ("night", r"night|midnight|moonlight|moonlit"), ("overcast", r"overcast|cloud\w*|grey sky"),
          ("warmer", r"warm\w*|cosy"), ("cooler", r"cool\w*|cold\w*"),
          ("brighter", r"more|light"))  # fmt: skip
_VIEWS = (("top", r"top|above|bird'?s|overhead|over|plan"), ("close", r"close\w*|shot|zoom|picture|detail"), ("left", r"left"),
    ("right", r"right|side"),
          ("back", r"back|behind|rear"), ("front", r"front"))  # fmt: skip
_ENGINES = (("unreal", r"unreal|ue ?\d?"), ("unity", r"unity"), ("godot", r"godot"), ("vrm", r"vrm|vrchat|vtuber"),
    ("web", r"web\w*|three\w*|browser|internet"),
            ("roblox", r"roblox"), ("usd", r"usdz?|omniverse"), ("glb", r"glb|gltf|blender"))  # fmt: skip


def said(clause: Clause, tag: str) -> str:
    """The words with that tag."""
    return " ".join(word for word, name in zip(clause.words, clause.tags, strict=True) if name == tag)


def _first(text: str, table: tuple[tuple[str, str], ...]) -> str:
    """The first value whose pattern is in the text."""
    return next((value for value, pattern in table if re.search(rf"\b(?:{pattern})\b", text)), "")


def direction_of(clause: Clause) -> str:
    """A direction, from the words tagged so or from the verb."""
    found = _first(said(clause, "DIR"), _DIRECTIONS)
    verbs = " ".join(clause.words)
    return found or (
        "up" if re.search(r"\b(raise|lift|hoist)\b", verbs) else "down" if re.search(r"\b(lower|sink)\b", verbs) else ""
    )


def directions_of(clause: Clause) -> set[str]:
    """Every direction said."""
    text = said(clause, "DIR")
    return {value for value, pattern in _DIRECTIONS if re.search(rf"\b(?:{pattern})\b", text)}


def dimension_of(text: str) -> str:
    """“height”, “width”, “depth”, or “all”."""
    return _first(text, _DIMENSIONS) or "all"


def amount_of(clause: Clause) -> Amount | None:
    """The amount said, or None."""
    text = said(clause, "AMT")
    return read_amount(text) if text else None


def mood_of(clause: Clause) -> str:
    """A mood, from the words tagged so or from the whole clause."""
    whole = " ".join(clause.words)
    if re.search(r"\btoo dark\b", whole):
        return "brighter"
    if re.search(r"\btoo bright\b", whole):
        return "darker"
    return _first(said(clause, "MOOD"), _MOODS) or _first(whole, _MOODS)


def view_of(clause: Clause) -> str:
    """A view, or ""."""
    return _first(said(clause, "VIEW"), _VIEWS)


def engine_of(clause: Clause) -> str:
    """An engine or a format, or ""."""
    return _first(said(clause, "ENG"), _ENGINES) or _first(" ".join(clause.words), _ENGINES)


def aspect_of(clause: Clause) -> str:
    """“height”, “width”, “depth” or ""; from tagged words, or from “how tall”."""
    text = said(clause, "ASP") or " ".join(re.findall(r"\b(?:how|the) (\w+)", " ".join(clause.words)))
    found = dimension_of(text)
    return "" if found == "all" else found


def clip_of(words: str, known: tuple[str, ...]) -> str:
    """The one of the known clips that the words mean, or ""."""
    stems = {_stem(name): name for name in known}
    parts = [_stem(part) for part in re.findall(r"[a-z]+", words.lower())]
    for part in parts:
        for stem, name in stems.items():
            if part and (part == stem or stem.startswith(part) or part in re.findall(r"[a-z]+", name.lower())):
                return name
    near = difflib.get_close_matches(" ".join(parts), stems, 1, 0.75)
    return stems[near[0]] if near else ""


def _stem(word: str) -> str:
    word = re.sub(r"(ning|tting|mming)$", lambda match: match[0][0], word.lower())
    return re.sub(r"(ing|ed|s|e)$", "", word) if len(word) > 4 else word.rstrip("e") if len(word) > 3 else word
