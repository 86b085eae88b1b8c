"""Reads a prompt about a person into a CharacterBrief, by rules: no network, nothing to download, the same every time.

The text is split into words; the longest phrase of the vocabulary at each place is taken. Adjectives wait for their noun
("short grey hair", "a short man"), a colour may follow it ("the jacket is red"), and what comes later wins over what came before.
What nobody said is drawn from the seed, and the notes say so.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import Any

import numpy as np

from ..errors import WorldwrightError
from ..review.queue import Refused
from . import garments as wear
from . import quantities
from . import vocabulary as words
from .body import HEIGHT_SPREAD, natural_height
from .brief import ADULT_AGE, LONG_UPPERS, CharacterBrief
from .chance import draw
from .wearing import Wearing

MAX_LENGTH = 2000
LONGEST_PHRASE = 4
CURE = (
    "Say for example “a stocky middle-aged woman, 1.65 m, short grey hair, red jacket, smiling”: age, build, height, skin, hair, "
    "eyes, clothes, colours and mood are understood, in English."
)
HAIR_NOUNS = ("hair", "haired", "hairstyle", "haircut", "locks")
EYE_NOUNS = ("eyes", "eye", "eyed", "iris")
CLOTH_WORDS = (set(wear.FABRICS) | set(wear.PATTERNS) | set(wear.CUTS) | set(wear.SLEEVES) | set(wear.COLLARS)) - {"denim"}
FINER_STYLES = ("ponytail", "bun", "braid", "curly", "afro", "bob", "receding")  # these may follow "long", "short" or "curly"
SKIN_NOUNS = ("skin", "skinned", "complexion")


def read_prompt(prompt: str, seed: int = 0) -> tuple[CharacterBrief, list[str]]:
    """The brief a prompt asks for, and notes in full sentences on what was assumed, replaced or not understood.

    Raises WorldwrightError for a prompt that is empty, longer than 2,000 characters, sexual, or of which no word was understood.
    """
    text = _normalise(prompt)
    if not text:
        raise WorldwrightError("The prompt is empty.", CURE)
    if len(prompt) > MAX_LENGTH:
        raise WorldwrightError(
            f"The prompt has {len(prompt):,} characters; at most {MAX_LENGTH:,} are read.",
            "Describe one person in a few sentences.",
        )
    reading = _Reading()
    text = reading.take_quantities(text)
    reading.read(text)
    foreign = _is_foreign(prompt, text, reading)
    if not reading.understood:
        sentence = "No word was understood: the prompt seems to be in another language than English." if foreign else ""
        raise WorldwrightError(sentence or "No word of the prompt was understood.", CURE)
    if foreign:
        reading.notes.append("The prompt seems to be in another language than English; only the words that were known were read.")
    if name := _name(prompt, reading):
        reading.notes.append(f"“{name}” was read as a name; the likeness of a real person is not made, only what you describe.")
    return reading.finish(seed)


def _is_foreign(prompt: str, text: str, reading: _Reading) -> bool:
    """Whether the prompt is mostly in letters or in small words of another language."""
    letters = [character for character in prompt if character.isalpha()]
    strange = sum(not unicodedata.name(character, "LATIN").startswith("LATIN") for character in letters)
    known = sum(word in words.FOREIGN for word in re.findall(r"\w+", text))
    return strange > len(letters) / 2 or (known >= 2 and len(reading.unknown) >= 2)


def _name(prompt: str, reading: _Reading) -> str:
    """Two or three capitalised unknown words in a row, or ""; text in capitals only has no names."""
    unknown = set(reading.unknown)
    for match in re.finditer(r"\b[A-Z][a-zéèöüä]+(?: [A-Z][a-zéèöüä]+){1,2}\b", prompt):
        parts = match[0].split()
        if any(_normalise(part) in unknown for part in parts) and not any(_normalise(part) in words.ORIGINS for part in parts):
            reading.unknown = [word for word in reading.unknown if word not in {_normalise(part) for part in parts}]
            return match[0]
    return ""


def _normalise(prompt: str) -> str:
    """Lower case, plain quotes, no accents, single spaces; number words up to ninety-nine become figures."""
    text = unicodedata.normalize("NFKD", prompt).lower().replace("’", "'").replace("′", "'").replace("″", '"').replace("”", '"')
    text = "".join(character for character in text if not unicodedata.combining(character))
    text = quantities.number_words(text)
    return re.sub(r"\s+", " ", text).strip()


class _Reading(Wearing):
    """The state of reading one prompt."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}  # what the brief gets
        self.said: dict[str, str] = {}  # field -> the words it came from
        self.notes: list[str] = []
        self.understood = 0
        self.unknown: list[str] = []
        self.stature: float | None = None  # standard deviations from the usual height
        self.kilograms: float | None = None
        self.adjectives: list[str] = []  # colours, tones and sizes waiting for a noun
        self.intensity = 1.0
        self.negated = ""
        self.last_noun: tuple[str, ...] = ()  # colour fields of the noun before
        self.last_worn: tuple[str, ...] = ()
        self.after_copula = False
        self.grown_only = ""  # a word that is refused of children

    # -- numbers ------------------------------------------------------------------------------------------------------

    def take_quantities(self, text: str) -> str:
        """Reads the ages, heights and masses; what remains of the text is words."""
        text, found = quantities.take(text)
        for age, phrase in found.ages:
            self._age(age, phrase)
        for metres, phrase in found.heights:
            self._set("height", round(self._within(metres, 0.5, 2.4, phrase, "Heights", "m"), 3), phrase)
        for kilograms, _ in found.masses:
            self.kilograms = kilograms
            self.understood += 1
        return text

    def _age(self, years: float, phrase: str) -> None:
        self._set("age", self._within(years, 1.0, 90.0, phrase, "Ages", "years"), phrase)

    def _within(self, value: float, low: float, high: float, phrase: str, what: str, unit: str) -> float:
        """The value, or the end it lies beyond, with a note."""
        fixed = min(max(value, low), high)
        if fixed != value:
            self.notes.append(f"{what} from {low:g} to {high:g} {unit} can be shown; “{phrase}” became {fixed:g} {unit}.")
        return fixed

    # -- words --------------------------------------------------------------------------------------------------------

    def read(self, text: str) -> None:
        """Takes the longest phrase known at each place; unknown words are kept for the notes."""
        for clause in re.split(r"[,;:.!?()\[\]\n/&+]+", text):
            plain = re.sub(r"'s\b", "", clause.replace("-", " "))
            tokens = re.findall(r"[a-z0-9']+|[^\W\d_]+", plain)
            tokens = [token if token in words.BEARDS_BY_WORD else token.replace("'", "") for token in tokens]
            place = 0
            while place < len(tokens):
                place += self._take(tokens, place)
            self._flush()
            self.negated, self.after_copula = "", False

    def _take(self, tokens: list[str], place: int) -> int:
        """Handles the longest phrase that starts at ``place``; returns how many words it has."""
        for size in range(min(LONGEST_PHRASE, len(tokens) - place), 0, -1):
            phrase = " ".join(tokens[place : place + size])
            if self._phrase(phrase):
                return size
        word = tokens[place]
        if word in words.FILLERS:
            return 1
        if word.isdigit() and 1 <= int(word) <= 90 and "age" not in self.values:
            self.notes.append(f"“{word}” was read as an age.")
            self._age(float(word), word)
            return 1
        singular = word.removesuffix("s")
        if singular != word and self._phrase(singular):
            return 1
        near = difflib.get_close_matches(word, words.SPELLING, n=1, cutoff=0.86) if len(word) >= 5 else []
        if near and self._phrase(near[0]):
            self.notes.append(f"“{word}” was read as “{near[0]}”.")
        elif len(word) > 1 or not word.isascii():
            self.unknown.append(word)
        return 1

    def _phrase(self, phrase: str) -> bool:
        """Handles one phrase if it is known."""
        if phrase in words.REFUSED:
            raise Refused("Sexual or undressed characters are not made here.", "Describe build, clothes and mood instead.")
        if phrase in words.REFUSED_OF_CHILDREN:
            self.grown_only = phrase
        if phrase in words.NEGATIONS:
            self.negated = phrase
            return True
        if phrase in words.COPULAS:
            self.after_copula = bool(self.last_noun)
            return True
        if phrase in words.INTENSITY:
            self.intensity = words.INTENSITY[phrase]
            return True
        for known, handler in self._kinds():
            if phrase in known:
                self.understood += 1
                handler(phrase)
                self.intensity = 1.0
                return True
        return False

    def _kinds(self) -> tuple:
        """What a phrase may be, in the order in which it is tried."""
        return (
            (HAIR_NOUNS, self._hair),
            (EYE_NOUNS, self._eyes),
            (SKIN_NOUNS, self._skin),
            (words.PEOPLE, self._person),
            (wear.GARMENTS, self._garment),
            (words.TRAITS, self._trait),
            (CLOTH_WORDS, self._cloth_word),
            (words.ADJECTIVES, self._adjective),
            (words.HAIR_NOUNS, self._hair_color_noun),
            (words.BUILDS, self._build),
            (words.ORIGINS, self._origin),
            (words.AGES, self._age_word),
            (words.PRONOUNS, self._pronoun),
            (words.BEARDS_BY_WORD, self._beard),
            (words.HAIR_STYLES_BY_WORD, self._hair_style),
            (words.EXPRESSIONS_BY_WORD, self._expression),
            (words.POSES_BY_WORD, self._pose),
            (("freckles", "freckled", "freckle"), self._freckles),
            (words.OCCUPATIONS, self._occupation),
            (words.ACTIONS, self._action),
            (wear.ACCESSORIES, self._accessory),
            (words.FEATURES, self._feature),
        )

    def _set(self, field: str, value: Any, phrase: str) -> None:
        """Sets a field; a different earlier wish is overruled, with a note."""
        phrase = phrase.strip()
        self.understood += 1
        before = self.values.get(field)
        if before is not None and before != value and self.said[field] != phrase:
            self.notes.append(f"“{self.said[field]}” and “{phrase}” exclude each other; the later was taken.")
        self.values[field], self.said[field] = value, phrase

    def _not(self, phrase: str) -> bool:
        """Whether the phrase was denied; forgets the denial and notes it where nothing else will."""
        denied, self.negated = bool(self.negated), ""
        return denied

    def _adjective(self, phrase: str) -> None:
        if self.after_copula and phrase in words.COLORS | words.HAIR_COLORS:
            self._colour_last(phrase)
        else:
            self.adjectives.append(phrase)

    def _take_adjectives(self, table: Any) -> list[str]:
        """Takes the waiting adjectives that ``table`` knows, "dark" and "blue" joined to "dark blue" where it knows that too."""
        joined: list[str] = []
        for adjective in self.adjectives:
            if joined and f"{joined[-1]} {adjective}" in table:
                joined[-1] = f"{joined[-1]} {adjective}"
            else:
                joined.append(adjective)
        taken = [adjective for adjective in joined if adjective in table]
        self.adjectives = [adjective for adjective in joined if adjective not in table]
        return taken

    def _flush(self) -> None:
        """At the end of a clause: waiting colours go to the noun before, sizes to the person."""
        waiting, self.adjectives = self.adjectives, []
        size = [word for word in waiting if word in ("short", "long")]
        for word in size:
            if "hair_color" in self.last_noun:
                self._hair_style(word)
            elif word == "short":
                self._stature(-1.6 * self.intensity)
        colours = [word for word in waiting if word not in size]
        if colours:
            self._colour_last(" ".join(colours))

    def _colour_last(self, phrase: str) -> None:
        """Gives a colour to the noun before, or to all clothes when there is none."""
        for field in self.last_noun or ("upper_color", "lower_color"):
            label = f"{phrase} {field.split('_')[0]}"
            if field == "skin_tone" and phrase in words.SKIN_TONES:
                self._set(field, words.SKIN_TONES[phrase], label)
            elif field != "skin_tone":
                own = {"hair_color": words.HAIR_COLORS, "eye_color": words.EYE_COLORS}.get(field, {})
                value = own.get(phrase) or words.named_color(phrase)
                if value is not None:
                    self._set(field, value, label)

    # -- nouns --------------------------------------------------------------------------------------------------------

    def _hair(self, phrase: str) -> None:
        styles = self._take_adjectives(("short", "long", "medium", "straight"))
        colours = self._take_adjectives(words.SHADED_COLORS | words.HAIR_COLORS)
        if self._not(phrase):
            self._set("hair", "bald", f"no {phrase}")
        for style in styles:
            self._hair_style(style)
        if colours:
            value = words.HAIR_COLORS.get(colours[-1], words.named_color(colours[-1]))
            self._set("hair_color", value, f"{colours[-1]} hair")
        self.last_noun, self.after_copula = ("hair_color",), False

    def _hair_color_noun(self, phrase: str) -> None:
        self.adjectives.append(words.HAIR_NOUNS[phrase])
        joined = self._take_adjectives(words.HAIR_COLORS)
        self._set("hair_color", words.HAIR_COLORS[joined[-1]], f"{joined[-1]} hair")
        self.last_noun = ("hair_color",)

    def _hair_style(self, phrase: str) -> None:
        style, stand_in = words.HAIR_STYLES_BY_WORD[phrase]
        if self._not(phrase) or not style:
            return
        if phrase == "curly" and self.values.get("hair") in ("bob", "long", "ponytail", "bun", "braid"):
            self.notes.append("Long curls are not available yet; the length was kept.")
            return
        if phrase in ("short", "wavy", "curly") and self.values.get("hair") in (
            "curly",
            "afro",
            "buzz",
            "bob",
            "ponytail",
            "bun",
            "braid",
            "receding",
            "long",
        ):
            return
        if phrase == "long" and self.values.get("hair") in ("ponytail", "braid", "curly", "afro"):
            self._set("hair_length", 0.9, phrase)
            return
        label = f"{phrase} hair" if phrase in ("short", "long", "medium", "wavy", "curly") else phrase
        same_family = {"hair"} if self.values.get("hair") in ("long", "short", "curly") and style in FINER_STYLES else set()
        if same_family and self.values["hair"] != "bald":
            self.values.pop("hair")
        self._set("hair", style, label)
        if stand_in:
            self.notes.append(f"“{phrase}” is not available yet; it became {stand_in}.")
        if self.values["hair"] != "bald" and "hair_color" not in self.last_noun:
            self.last_noun = ("hair_color",)

    def _eyes(self, phrase: str) -> None:
        colours = self._take_adjectives(words.SHADED_COLORS | words.EYE_COLORS)
        if colours and not self._not(phrase):
            self._set("eye_color", words.EYE_COLORS.get(colours[-1], words.named_color(colours[-1])), f"{colours[-1]} eyes")
        self.last_noun, self.after_copula = ("eye_color",), False

    def _skin(self, phrase: str) -> None:
        tones = self._take_adjectives(words.SKIN_TONES)
        if tones and not self._not(phrase):
            tone = words.SKIN_TONES[tones[-1]]
            self._set("skin_tone", 0.5 + (tone - 0.5) * min(self.intensity, 1.2), f"{tones[-1]} skin")
        self.last_noun, self.after_copula = ("skin_tone",), False

    def _person(self, phrase: str) -> None:
        self._not(phrase)
        gender, age = words.PEOPLE[phrase]
        for adjective in self._take_adjectives(
            (*words.PERSON_COLORS, "short", "old", "young", "pale", "tan", "dark", "fair", "olive")
        ):
            if adjective in words.PERSON_COLORS:
                self._origin(adjective, words.PERSON_COLORS[adjective])
            elif adjective == "short":
                self._stature(-1.6 * self.intensity)
            elif adjective in words.SKIN_TONES:
                self._set("skin_tone", words.SKIN_TONES[adjective], f"{adjective} skin")
        if gender is not None:
            self._set("gender", float(gender), phrase)
        if age is not None:
            young = self.said.get("age") in ("young", "little")
            if "age" not in self.values or young or self.said["age"] in words.AGES and age < 18:
                self.values.pop("age", None)
                self._set("age", age * (0.75 if young and age > 3 else 1.0), phrase)
        self.last_noun, self.after_copula = (), False

    def _trait(self, phrase: str) -> None:
        """A word that sets one number of skin or hair; a colour before lipstick is its colour."""
        field, value = words.TRAITS[phrase]
        colours = self._take_adjectives(words.SHADED_COLORS)
        self._set(field, {"age_lines": 0.1}.get(field, 0.0) if self._not(phrase) else value, phrase)
        if field == "makeup" and colours:
            self._set("makeup_color", words.named_color(colours[-1]), f"{colours[-1]} {phrase}")

    # -- the person ---------------------------------------------------------------------------------------------------

    def _build(self, phrase: str) -> None:
        stature, weight, muscle = words.BUILDS[phrase]
        if self._not(phrase):
            stature, weight, muscle = (
                None if part is None else middle for part, middle in ((stature, 0.0), (weight, 0.5), (muscle, 0.5))
            )
        if stature is not None:
            self._stature(stature * self.intensity)
        for field, target in (("weight", weight), ("muscle", muscle)):
            if target is not None:
                self._set(field, float(np.clip(0.5 + (target - 0.5) * self.intensity, 0, 1)), phrase)

    def _stature(self, deviations: float) -> None:
        self.understood += 1
        self.stature = float(np.clip(deviations, -4.5, 5.5))

    def _origin(self, phrase: str, mix: tuple[float, float, float, float] | None = None) -> None:
        if self._not(phrase):
            return
        african, asian, caucasian, tone = mix or words.ORIGINS[phrase]
        for field, share in (("african", african), ("asian", asian), ("caucasian", caucasian)):
            self.values[field] = float(share)
        self.values.setdefault("skin_tone", tone)
        self.said.setdefault("skin_tone", phrase)
        self.values["origin"] = phrase

    def _age_word(self, phrase: str) -> None:
        if self._not(phrase):
            return
        if (
            "age" in self.values
            and (words.AGES[phrase] > 18) != (self.values["age"] > 18)
            and phrase in ("old", "young", "little", "adult", "grown")
        ):
            return  # "8 years old", "young girl": the figure and the noun say more
        if self.said.get("age") in ("young", "adult") or "age" not in self.values:
            self.values.pop("age", None)
            self._set("age", words.AGES[phrase], phrase)

    def _pronoun(self, phrase: str) -> None:
        self.understood -= 1
        self.values.setdefault("gender", words.PRONOUNS[phrase])
        self.said.setdefault("gender", phrase)

    def _beard(self, phrase: str) -> None:
        sizes = self._take_adjectives(("short", "long"))
        colours = self._take_adjectives(words.HAIR_COLORS)
        denied = self._not(phrase)
        style = "none" if denied else words.BEARDS_BY_WORD[phrase]
        self._set(
            "beard",
            "stubble" if style == "beard" and "short" in sizes and self.intensity > 1 else style,
            f"no {phrase}" if denied else phrase,
        )
        if colours and "hair_color" not in self.values:
            self._set("hair_color", words.HAIR_COLORS[colours[-1]], f"{colours[-1]} {phrase}")
        self.last_noun = ("hair_color",)

    def _expression(self, phrase: str) -> None:
        self._set("expression", "neutral" if self._not(phrase) else words.EXPRESSIONS_BY_WORD[phrase], phrase)

    def _pose(self, phrase: str) -> None:
        self._set("pose", words.POSES_BY_WORD[phrase], phrase)

    def _freckles(self, phrase: str) -> None:
        self._set("freckles", 0.0 if self._not(phrase) else 0.7, phrase)

    # -- what is understood but cannot be shown -----------------------------------------------------------------------

    def _occupation(self, phrase: str) -> None:
        self._not(phrase)
        self.notes.append(f"“{phrase}” brings no clothes of its own yet; say what to wear.")

    def _action(self, phrase: str) -> None:
        if phrase in ("walking", "walks"):
            self.notes.append("A walk is among the clips that come with every character.")
        else:
            self.notes.append(f"“{phrase}” is no pose yet; the character stands.")

    def _feature(self, phrase: str) -> None:
        self.adjectives = []
        self._not(phrase)
        self.notes.append(f"Single features ({phrase}) cannot be asked for yet; the seed and “variety” shape them.")

    # -- the brief ----------------------------------------------------------------------------------------------------

    def finish(self, seed: int) -> tuple[CharacterBrief, list[str]]:
        """The brief with what was not said drawn from the seed, and the notes."""
        origin = self.values.pop("origin", None)
        if origin:
            self.notes.append(
                f"“{origin}” was read as a mix of facial features ({self.values['african']:.0%} African, "
                f"{self.values['asian']:.0%} Asian, {self.values['caucasian']:.0%} European) and a usual skin tone; people "
                "differ, and the sliders change it."
            )
        drawn, chosen = draw(self.values, np.random.default_rng(seed))
        values = drawn | {field: value for field, value in self.values.items() if not field.startswith("not ")}
        if self.grown_only and values["age"] < ADULT_AGE:
            raise Refused(f"“{self.grown_only}” is not read of a person under 18.", "Describe age and clothes instead.")
        if self.values.get("makeup") and values["age"] < ADULT_AGE:
            self.notes.append("Make-up is left out below 18 years.")
            values["makeup"] = 0.0
        if self.stature is not None and "height" not in values:
            values["height"] = round(
                min(natural_height(values["gender"], values["age"]) * (1 + HEIGHT_SPREAD * self.stature), 2.4), 3
            )
        if self.kilograms is not None:
            height = values.get("height") or natural_height(values["gender"], values["age"])
            index = self.kilograms / height**2
            values["weight"] = float(np.interp(index, (15, 18, 22.5, 30, 40), (0.0, 0.2, 0.5, 0.8, 1.0)))
            self.notes.append(
                f"{self.kilograms:.0f} kg at {height:.2f} m (body mass index {index:.0f}) was read as "
                f"weight {values['weight']:.2f}."
            )
        bare_legs = values["lower"] == "none" and values["upper"] not in LONG_UPPERS
        if values["age"] < ADULT_AGE and (values["upper"] == "none" or bare_legs):
            self.notes.append("A person under 18 is always dressed.")
            values |= {"upper": "t-shirt"} if values["upper"] == "none" else {}
            values |= {"lower": "shorts"} if bare_legs else {}
        if chosen:
            self.notes.append(f"Not said, so chosen by the seed: {', '.join(chosen)}.")
        if self.unknown:
            self.notes.append("Not understood: " + ", ".join(f"“{word}”" for word in dict.fromkeys(self.unknown)) + ".")
        return CharacterBrief(seed=seed, **values).validate(), list(dict.fromkeys(self.notes))
