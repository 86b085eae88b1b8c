"""Reading what a prompt says about clothes: garments, their cloth, cut and colours."""

from __future__ import annotations

from typing import Any

from . import garments as wear
from . import vocabulary as words


class Wearing:
    """The part of a prompt's reading that is about clothes; mixed into the reading itself, whose state it uses."""

    notes: list[str]
    values: dict[str, Any]
    said: dict[str, str]
    adjectives: list[str]
    last_noun: tuple[str, ...]
    last_worn: tuple[str, ...]  # slots of the garment before, for "with stripes"
    after_copula: bool

    def _set(self, field: str, value: Any, phrase: str) -> None:
        raise NotImplementedError

    def _not(self, phrase: str) -> bool:
        raise NotImplementedError

    def _take_adjectives(self, table: Any) -> list[str]:
        raise NotImplementedError

    def _garment(self, phrase: str) -> None:
        fields, stand_in = wear.GARMENTS[phrase]
        colours = self._take_adjectives(words.SHADED_COLORS)
        sizes = self._take_adjectives(("short", "long", "old", "new"))
        slots = tuple(field for field in fields if field in wear.SLOTS)
        if self._not(phrase):
            self._unworn(fields, phrase)
            return
        for field, option in fields.items():
            self._set(field, option, phrase)
        if stand_in:
            self.notes.append(f"“{phrase}” is not available; it became {stand_in}.")
        worn = tuple(slot for slot in slots if fields[slot] not in ("none", False))
        self.last_worn, self.after_copula = worn, False
        self.last_noun = tuple(f"{slot}_color" for slot in worn)
        for word in sizes:
            self._sized(word, phrase)
        colour = colours[0] if colours else wear.GARMENT_COLORS.get(phrase)
        for field in self.last_noun if colour else ():
            self._set(field, words.named_color(colour or ""), f"{colour} {phrase}")
        self._cloth(phrase, colours)

    def _unworn(self, fields: dict[str, Any], phrase: str) -> None:
        """A garment that is ruled out: nothing on its slot, or for trunk and legs something else."""
        for field, option in fields.items():
            if field in wear.CUT_SLOTS and option != "none":
                self.notes.append(f"Something else than {phrase} was chosen.")
                self.values.pop(field, None)
                self.values[f"not {field}"] = option
            elif field in wear.SLOTS:
                self._set(field, False if field in ("belt", "backpack") else "none", f"no {phrase}")

    def _sized(self, word: str, phrase: str) -> None:
        """ "short" and "long" of a garment that has a length."""
        for slot in self.last_worn:
            if slot in wear.CUT_SLOTS and word in ("short", "long"):
                self._set(f"{slot}_length", 0.12 if word == "short" else 0.88, f"{word} {phrase}")

    def _cloth(self, phrase: str, colours: list[str]) -> None:
        """Fabric, pattern, cut, sleeves and collar said before the garment; a second colour is the pattern's."""
        patterns = self._take_adjectives(wear.PATTERNS)
        fabrics = self._take_adjectives(wear.FABRICS)
        cuts = self._take_adjectives(wear.CUTS)
        sleeves, collars = self._take_adjectives(wear.SLEEVES), self._take_adjectives(wear.COLLARS)
        for slot in self.last_worn:
            if slot not in wear.CUT_SLOTS:
                continue
            for word in fabrics:
                self._set(f"{slot}_fabric", wear.FABRICS[word], f"{word} {phrase}")
            for word in patterns:
                self._set(f"{slot}_pattern", wear.PATTERNS[word], f"{word} {phrase}")
            for word in cuts:
                field, value = wear.CUTS[word]
                self._set(f"{slot}_{field}", value, f"{word} {phrase}")
        if "upper" in self.last_worn:
            for word in sleeves:
                self._set("sleeves", wear.SLEEVES[word], f"{word} {phrase}")
            for word in collars:
                self._set("collar", wear.COLLARS[word], f"{word} {phrase}")
        patterned = any(self.values.get(f"{slot}_pattern", "plain") != "plain" for slot in self.last_worn)
        if len(colours) > 1 and patterned:
            self._set("pattern_color", words.named_color(colours[1]), f"{colours[1]} {phrase}")
        elif len(colours) > 1:
            self.notes.append(f"A garment has one colour unless it has a pattern; the {phrase} became {colours[0]}.")

    def _cloth_word(self, phrase: str) -> None:
        """A word of cloth or cut: of the garment before ("a shirt with stripes") or, before a garment, waiting for it."""
        if self._not(phrase):
            return
        noun = phrase.endswith(("s", "sleeve", "collar", "hood")) and phrase not in wear.CUTS
        if noun and self.last_worn:
            colours = self._take_adjectives(words.SHADED_COLORS)
            self.adjectives.append(phrase)
            self._cloth(phrase, [])
            if colours and phrase in wear.PATTERNS:
                self._set("pattern_color", words.named_color(colours[0]), f"{colours[0]} {phrase}")
        else:
            self.adjectives.append(phrase)

    def _accessory(self, phrase: str) -> None:
        self.adjectives = []
        if not self._not(phrase):
            self.notes.append(f"“{phrase}” is not available yet and was left out.")
        self.last_noun, self.last_worn = (), ()
