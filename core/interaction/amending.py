"""A follow-up changes the last command: “no, make that four”, “in blue instead”, “the same with the armchair”."""

from __future__ import annotations

import math
from dataclasses import replace

from . import commands as c
from .colors import material_of
from .noun_phrases import find_phrases
from .quantities import WORDS, Amount, read_amount
from .reading import Read, Reader, color_words, factor_of, metres_of
from .references import Context
from .referring import Problem
from .tagger import Clause
from .values import LESS, direction_of, mood_of, said


def amended(clause: Clause, last: c.Command, context: Context) -> Read:
    """The last command with what a follow-up changes in it."""
    reader = Reader(clause, context)
    changes: dict = {}
    try:
        _, phrases = find_phrases(clause, "T")
        if not phrases and "same" in clause.words:
            _, phrases = find_phrases(
                replace(clause, tags=["T" + tag[1] if tag[0] == "D" and len(tag) == 2 else tag for tag in clause.tags]), "T"
            )
        if phrases:
            found = [reader._found(phrase, "T") for phrase in phrases]
            changes["targets"] = tuple(name for one in found for name in one.names)
        relation, to, place = (
            reader._destination()
            if any(tag in ("DR", "DQ", "DA", "DH") for tag in clause.tags) and "targets" not in changes
            else ("", (), ())
        )
        amount = read_amount(said(clause, "AMT")) if said(clause, "AMT") else None
        changes |= _amendments(clause, last, relation, to, place, amount)
    except Problem as problem:
        return Read(problem=str(problem), options=problem.options)
    known = {name: value for name, value in changes.items() if hasattr(last, name)}
    if not known:
        return Read(problem="That does not change the last request.", options=["say the whole request again"])
    return Read(replace(last, **known))


def _amendments(
    clause: Clause, last: c.Command, relation: str, to: tuple[str, ...], place: tuple[float, ...], amount: Amount | None
) -> dict:
    """The values that a follow-up says, by the names of the command's parameters."""
    changes: dict = {}
    if relation or to:
        changes |= {"relation": relation or getattr(last, "relation", ""), "to": to or getattr(last, "to", ())}
    if place:
        changes["place"] = place
    if color := color_words(said(clause, "COL") or said(clause, "TA") or said(clause, "MAT")):
        changes["color"] = color
    if (material := said(clause, "MAT")) and material_of(material):
        changes["material"] = material
    if direction := direction_of(clause):
        changes["direction"] = direction
    if amount is not None:
        if isinstance(last, c.Move):
            changes["distance"] = metres_of(amount, last.distance)
        elif isinstance(last, c.Rotate):
            changes["angle"] = math.copysign(amount.value, last.angle)
        elif isinstance(last, c.Scale):
            changes |= (
                {"size": amount.value}
                if amount.unit == "m"
                else {"factor": factor_of(amount, bool(LESS.search(" ".join(clause.words))), "")}
            )
        elif amount.unit == "":
            changes["count"] = max(1, round(amount.value))
    elif isinstance(last, c.Move) and last.distance and "direction" not in changes and not relation and not place:
        words = set(clause.words)
        if words & {"more", "further", "farther", "again"}:
            changes["distance"] = last.distance * 1.5
        elif "less" in words:
            changes["distance"] = last.distance * 0.5
    if isinstance(last, c.Light) and (mood := mood_of(clause)):
        changes["mood"] = mood
    if isinstance(last, c.Create) and not amount:
        number = next((WORDS[word] for word in clause.words if word in WORDS and WORDS[word] >= 2), None)
        if number and "count" not in changes:
            changes["count"] = int(number)
    return changes
