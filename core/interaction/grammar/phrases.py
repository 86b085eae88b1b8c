# ruff: noqa: E501 (a list of sentences or words a line)
"""Noun phrases and templates as tagged words."""

from __future__ import annotations

import re

import numpy as np

from ..nouns import is_plural
from ..tags import TAGS
from . import words as w

Tagged = list[tuple[str, str]]  # words with their tags
_PART = re.compile(r"\{[^}]*\}|[^\s{]+")
_IRREGULAR = {"person": "people", "man": "men", "woman": "women", "child": "children", "shelf": "shelves", "wolf": "wolves",
              "box": "boxes", "couch": "couches", "bench": "benches", "bush": "bushes", "torch": "torches"}  # fmt: skip


def pick(rng: np.random.Generator, options: list[str] | tuple[str, ...] | str) -> str:
    """One of the options; a text's are parted by “;”."""
    options = options.split(";") if isinstance(options, str) else options
    return str(options[int(rng.integers(len(options)))])


def tagged(text: str, tag: str) -> Tagged:
    """Every word of the text with that tag."""
    return [(word, tag) for word in text.split()]


def plural(noun: str) -> str:
    """The plural of a noun phrase."""
    *before, last = noun.split()
    if is_plural(last) or last.endswith("s"):
        return noun
    many = _IRREGULAR.get(last) or (last[:-1] + "ies" if re.search("[^aeiou]y$", last) else last + "s")
    return " ".join([*before, many])


class Phrases:
    """Draws noun phrases and fills templates, all from one generator."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng

    def pick(self, options: list[str] | tuple[str, ...] | str) -> str:
        """One of the options."""
        return pick(self.rng, options)

    def chance(self, share: float) -> bool:
        """True in that share of the calls."""
        return bool(self.rng.random() < share)

    def adjectives(self, role: str) -> Tagged:
        """None, one or two adjectives."""
        count = self.rng.choice(3, p=(0.5, 0.42, 0.08))
        kinds = [w.COLORS, w.COLORS, w.MATERIAL_ADJECTIVES, w.SIZES, w.SUPERLATIVES]
        chosen = [self.pick(kinds[int(self.rng.integers(len(kinds)))]) for _ in range(count)]
        return [pair for word in chosen for pair in tagged(word, f"{role}A")]

    def noun(self, role: str, many: bool = False) -> Tagged:
        """A head noun, now and then with a number behind it."""
        noun = self.pick(w.NOUNS)
        if self.chance(0.1):
            noun = (
                self.pick("one;thing;object;piece of furniture;stuff;item") if not many else self.pick("ones;things;objects;items")
            )
        elif many:
            noun = plural(noun)
        words = tagged(noun, f"{role}H")
        if not many and self.chance(0.16):
            words += tagged(self.pick("1;2;3;1;2;4;one;two;three;number 3;A;number two;5;12"), f"{role}H")
        return words

    def reference(self, role: str, plain: bool = False, noun_only: bool = False) -> Tagged:
        """Something that is there: “the red chair by the window”, “both desks”, “it”, “these”, “Anna”. ``plain``: no restriction."""
        share = self.rng.random()
        if noun_only:
            share = 0.5 + 0.5 * share
        if share < 0.13:
            return tagged(self.pick("it;this;that;them;these;those;it;this one;that one;the selected one;the selection;the last one"
                                    ";the other one;everything selected;the selected objects;what I selected;both of them;these two"
                                    ";all of them;the previous one;all selected things;the new one;the copy;him;her;the ones I marked"
                                    ";this thing;that thing;the thing I am pointing at;whatever is selected"), f"{role}Q")  # fmt: skip
        if share < 0.2:
            return tagged(self.pick(w.NAMES), f"{role}H")
        many = share < 0.42
        if many:
            quantity = self.pick(
                "the;all the;all;both;every;these;those;the two;the three;my;all of the;the four;the first two;those two;each of the;any;"
            )
            words = tagged(quantity, f"{role}Q") + self.adjectives(role) + self.noun(role, quantity != "every")
        else:
            quantity = self.pick(
                "the;the;the;the;the;the;this;that;my;our;the first;the second;the last;the third;;each;every;his;one of the;the only;her"
            )
            words = tagged(quantity, f"{role}Q") + self.adjectives(role) + self.noun(role, quantity == "one of the")
        if not plain and role in ("T", "D") and self.chance(0.3):
            words += self.restriction(role.lower())
        elif role in ("T", "t") and self.chance(0.04):
            words += [("made", "O"), ("of", "O"), *tagged(self.pick(w.MATERIALS), f"{role}A")]
        elif role == "T" and many and self.chance(0.12):
            words += [("and", "O"), *tagged(self.pick("the;"), "TQ"), *self.noun("T", self.chance(0.5))]
        return words

    def restriction(self, role: str) -> Tagged:
        """“next to the window”, “that stands in the corner”."""
        lead = self.pick(
            ";;;;;;that is;which is;that stands;standing;that are;which stands;sitting;lying;hanging;over;up;who stands"
        )
        if self.chance(0.1):
            return tagged(lead, "O") + tagged(self.pick(w.CORNERS + w.MIDDLES), f"{role}R")
        relation = self.pick(
            w.RELATIONS[self.pick("on;beside;beside;beside;near;in;under;behind;front;left;right;facing;above;around")]
        )
        return tagged(lead, "O") + tagged(relation, f"{role}R") + self.reference(role, plain=True, noun_only=True)

    def group(self, role: str) -> Tagged:
        """“everything on the desk”, “what is under the table”."""
        lead = self.pick(
            "everything;everything;all things;whatever is;what is;what's;the stuff;anything;all the stuff;everything that is;the things;what stands;what lies;all that is"
        )
        first, *others = lead.split()
        words = [(first, f"{role}Q"), *((other, f"{role}H" if other in ("things", "stuff") else f"{role}Q") for other in others)]
        relation = self.pick(w.RELATIONS[self.pick("on;on;in;under;near;beside;around;behind")])
        return words + tagged(relation, f"{role.lower()}R") + self.reference(role.lower(), plain=True, noun_only=True)

    def target(self) -> Tagged:
        """Something acted on."""
        return self.group("T") if self.chance(0.07) else self.reference("T")

    def destination(self, relations: str = "") -> Tagged:
        """“next to the sofa”, “in the corner”, “between the bed and the door”, “here”."""
        share = self.rng.random()
        if not relations and share < 0.1:
            return tagged(self.pick(w.CORNERS), "DR")
        if not relations and share < 0.14:
            return tagged(self.pick(w.MIDDLES), "DR")
        if not relations and share < 0.2:
            return tagged(self.pick("here;there;over here;over there;right here;to this place;at this spot;where I point;to where I am pointing;on this spot"), "DQ")  # fmt: skip
        if not relations and share < 0.29:
            lead = tagged(self.pick("between;in between;halfway between;in the middle between"), "DR")
            return lead + self.reference("D", plain=True, noun_only=True) + [("and", "O")] + self.reference("D", True, True)
        name = self.pick(
            relations
            or "on;on;on;in;under;above;beside;beside;beside;near;around;along;against;facing;front;front;behind;left;right"
        )
        relation = tagged(self.pick(w.RELATIONS[name]), "DR")
        if self.chance(0.05):
            relation = tagged(self.pick("on both sides of;on either side of;on each side of"), "DR")
        return relation + self.reference("D")

    def new(self) -> Tagged:
        """Something to be made: “a red chair”, “six stools”, “another plant”."""
        if self.chance(0.5):
            words = tagged(self.pick("a;a;a;a;one;another;one more;a new;a;an extra;some kind of;an additional;some"), "NQ")
            return words + self.adjectives("N") + tagged(self._made_noun(), "NH")
        words = tagged(self.pick([*w.NUMBERS, "two more", "three extra", "another two", "four new", "six more", ""]), "NQ")
        return words + self.adjectives("N") + tagged(plural(self._made_noun()), "NH")

    def _made_noun(self) -> str:
        return self.pick(
            [noun for noun in w.NOUNS if noun not in ("man", "woman", "person", "thing", "object", "item", "character", "robot")]
        )

    def fill(self, template: str) -> Tagged:
        """A template's words: ``a|b`` alternatives within parentheses, ``[x]`` half of the time, ``{T}`` and other slots."""
        text = template
        while (match := re.search(r"\(([^()]*)\)(/[A-Za-z]+)?", text)) is not None:
            chosen = self.pick(match[1].split("|"))
            if match[2]:
                chosen = " ".join(word if "/" in word else word + match[2] for word in chosen.split())
            text = text[: match.start()] + chosen + text[match.end() :]
        while (match := re.search(r"\[([^\[\]]*)\]", text)) is not None:
            text = text[: match.start()] + (self.pick(match[1].split("|")) if self.chance(0.5) else "") + text[match.end() :]
        words: Tagged = []
        for part in _PART.findall(text):
            word, slash, tag = part.rpartition("/")
            if part.startswith("{"):
                words += self.slot(part[1:-1])
            else:
                words.append((word, tag) if slash and tag in TAGS else (part, "O"))
        return words

    def slot(self, name: str) -> Tagged:
        """The tagged words of a slot."""
        lists = {"COL": w.COLORS, "MAT": w.MATERIALS, "NAME": w.NEW_NAMES, "CLIP": w.CLIPS, "VIEW": w.VIEWS, "MOOD": w.MOODS,
                 "ENG": w.ENGINES}  # fmt: skip
        if name in lists:
            return tagged(self.pick(lists[name]), name)
        if name == "DIR":
            return tagged(self.pick(w.DIRECTIONS[self.pick("left;right;up;down;forward;back")]), "DIR")
        if name in ("LEN", "FAC", "ANG"):
            return tagged(self.pick({"LEN": w.LENGTHS, "FAC": w.FACTORS, "ANG": w.ANGLES}[name]), "AMT")
        if name == "DIM":
            return tagged(self.pick(list(w.DIMENSIONS)), "DIM")
        if name == "DIMN":
            return tagged(self.pick(w.DIMENSION_NOUNS), "DIM")
        if name == "T":
            return self.target()
        if name == "TP":
            return self.reference("T", noun_only=True)
        if name == "D":
            return self.destination()
        if name.startswith("D:"):
            return self.destination(name[2:].replace(",", ";"))
        if name == "DN":
            return self.reference("D")
        if name == "N":
            return self.new()
        if name == "Ts":
            return [*self.adjectives("T"), *self.noun("T", many=True)]
        if name.startswith("A:"):
            return tagged(self.pick(name[2:].split(",")), "ASP")
        return tagged(self.description(name), "P")

    def description(self, kind: str) -> str:
        """A free description of a kind of thing that a generator makes."""
        table = {"character": (w.PERSON_ADJECTIVES, w.PEOPLE, w.PERSON_EXTRAS), "room": (w.ROOM_ADJECTIVES, w.ROOMS, w.ROOM_EXTRAS),
                 "home": (w.ROOM_ADJECTIVES, w.HOMES, w.HOME_EXTRAS), "city": (w.CITY_ADJECTIVES, w.CITIES, w.CITY_EXTRAS),
                 "landscape": (w.LANDSCAPE_ADJECTIVES, w.LANDSCAPES, w.LANDSCAPE_EXTRAS),
                 "creature": (w.CREATURE_ADJECTIVES, w.CREATURES, w.CREATURE_EXTRAS),
                 "robot": (w.ROBOT_ADJECTIVES, w.ROBOTS, w.ROBOT_EXTRAS)}  # fmt: skip
        if kind == "crowd":
            lead = self.pick("crowd of;group of;bunch of;crowd with")
            return (
                f"a {lead} {self.pick(w.NUMBERS)} {plural(self.pick(w.PEOPLE))}"
                if self.chance(0.5)
                else (
                    f"{self.pick('twenty;30;fifty;12;a hundred;ten')} {self.pick('different ;random ;')}{plural(self.pick(w.PEOPLE))}"
                )
            )
        before, nouns, after = table[kind]
        words = [self.pick(before) for _ in range(self.rng.choice(3, p=(0.25, 0.5, 0.25)))]
        words += [self.pick(nouns)] + [self.pick(after) for _ in range(self.rng.choice(3, p=(0.4, 0.45, 0.15)))]
        return f"{self.pick('a;a;a;an;another;one;the') if not self.chance(0.08) else ''} {' '.join(words)}"
