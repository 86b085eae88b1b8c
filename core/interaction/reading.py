"""A tagged clause becomes a command: slots are turned into values, references into things."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import commands as c
from .colors import BASIC, basic_of, is_color, material_of
from .noun_phrases import RELATION_WORDS, Phrase, find_phrases
from .nouns import CREATABLE, concept_of, is_plural, parents
from .quantities import Amount, read_count
from .references import ARTICLES, ONE, Context, resolve
from .referring import Problem, Referring
from .tagger import Clause
from .values import (
    LESS,
    amount_of,
    aspect_of,
    clip_of,
    dimension_of,
    direction_of,
    directions_of,
    engine_of,
    mood_of,
    said,
    view_of,
)

_ON_WHAT = re.compile(
    r"(?:what|who|which (?:things?|objects?))(?:'s| is| are| else| there| stands?| lies?| sits?| hangs?| do you see)* "
    r"(on top of|on|in|under|above|beside|near|behind|next to) "
)
LITTLE = 0.25  # metres of “a bit”


@dataclass
class Read:
    """What a clause was read as. ``problem`` and ``options`` say why it was not; ``whole``: the targets are the whole scene."""

    command: c.Command | None = None
    problem: str = ""
    options: list[str] = field(default_factory=list)
    whole: bool = False


def read_clause(clause: Clause, context: Context) -> Read:
    """The command of a clause, with every reference resolved."""
    reader = Reader(clause, context)
    try:
        word = "create" if clause.intent.startswith("create_") else clause.intent
        command = getattr(reader, f"_{word}", reader._plain)()
    except Problem as problem:
        return Read(problem=str(problem), options=problem.options)
    return Read(command, whole=reader.whole)


class Reader(Referring):
    """Reads one clause into a command."""

    # -- commands -------------------------------------------------------------------------------------------------

    def _plain(self) -> c.Command:
        """A command that has only targets."""
        intent = self.clause.intent
        kind = c.COMMANDS[intent]
        if not kind.needs_targets and intent not in ("annotate",):
            return kind()
        targets = self._targets(needed=kind.needs_targets)
        if intent == "annotate" and not targets:
            targets = self.context.graph.selected
        return kind(targets)

    def _create(self) -> c.Command:
        kind = self.clause.intent.removeprefix("create_")
        relation, to, place = self._destination()
        _, phrases = find_phrases(self.clause, "N")
        if kind == "prop" and not phrases:
            _, phrases = find_phrases(self.clause, "T")
        if kind != "prop" or not phrases:
            prompt = said(self.clause, "P") or " ".join(str(phrase) for phrase in phrases) or self.text
            if kind == "prop":
                raise Problem("It was not said what to make.", ["add a chair", "add a plant"])
            return c.Create(kind=kind, prompt=prompt, relation=relation, to=to, place=place)
        new = phrases[0]
        return self._prop(new, relation, to, place)

    def _prop(self, new: Phrase, relation: str, to: tuple[str, ...], place: tuple[float, ...]) -> c.Command:
        """A prop of the new phrase's noun; people and animals are made from its words."""
        from ..environments.props import PROPS

        words = " ".join([*new.adjectives, new.noun])
        concept = concept_of(words)
        kinds = parents(concept) if concept else frozenset()
        count = read_count(" ".join(new.quantity)) or (
            2 if is_plural(new.noun) and (not new.quantity or "both" in self.text) else 1
        )
        if re.search(r"\b(both|either|each) sides?\b", self.text):
            count = max(count, 2)
        living = next(
            (kind for kind, name in (("robot", "robot"), ("character", "person"), ("creature", "animal")) if name in kinds), ""
        )
        if living:
            return c.Create(kind=living, prompt=words, count=count, relation=relation, to=to, place=place)
        thing = concept if concept in PROPS else self._stand_in(concept, relation, to)
        if thing not in PROPS:
            near = [name.replace("_", " ") for name in _nearest_props(words)]
            raise Problem(f"A {words} cannot be made here.", [f"add a {name}" for name in near])
        if relation == "beside" and "DR" not in self.clause.tags and self._is_small(thing) and self._tops(to):
            relation = "on"
        text = " ".join(new.adjectives)
        color = color_words(text)
        material = next((word for word in new.adjectives if material_of(word) and not basic_of(word)), "")
        return c.Create(
            kind="prop", thing=thing, count=count, relation=relation, to=to, place=place, color=color, material=material
        )

    def _is_small(self, thing: str) -> bool:
        """Whether a prop stands on tables by its nature."""
        from .possible import usual_size

        size = usual_size(thing)
        return bool(size[:2].max() < 0.8 and size[2] < 0.8) and "seat" not in parents(thing)

    def _tops(self, names: tuple[str, ...]) -> bool:
        """Whether all of the things have a top to put things on."""
        things = self.context.graph.of(names)
        return bool(things) and all({"table", "desk", "tv_stand", "nightstand", "workbench"} & thing.concepts for thing in things)

    def _stand_in(self, concept: str, relation: str, to: tuple[str, ...]) -> str:
        """The prop that serves for a concept, by where it goes."""
        near = frozenset().union(*(thing.concepts for thing in self.context.graph.of(to))) if to else frozenset()
        if concept == "chair":
            return "dining_chair" if "dining_table" in near else "office_chair" if "desk" in near else "visitor_chair"
        if concept == "lamp":
            return "table_lamp" if relation == "on" else "pendant_lamp" if relation == "above" else "floor_lamp"
        if concept == "table":
            return "coffee_table" if "sofa" in near else "dining_table"
        return CREATABLE.get(concept, ("",))[0]

    def _move(self) -> c.Command:
        targets = self._targets()
        self.context.moving = targets
        if {"left", "right"} <= directions_of(self.clause) or {"up", "down"} <= directions_of(self.clause):
            raise Problem("Two directions that contradict each other were said.", ["move it to the left", "move it to the right"])
        relation, to, place = self._destination()
        if set(targets) & set(to) and set(targets) - set(to):  # tagged as both
            targets = self.context.moving = tuple(name for name in targets if name not in to)
            relation, to, place = self._destination()
        direction, amount = direction_of(self.clause), amount_of(self.clause)
        if relation in ("left", "right") and not to:
            direction, relation = relation, ""
        if relation or place:
            return c.Move(targets, relation=relation, to=to, place=place)
        if not direction and re.search(r"\b(cent(er|re)|middle)\b", self.text):
            return c.Move(targets, relation="middle")
        if not direction:
            raise Problem("It was not said where to move it.", ["move it 50 cm to the left", "move it next to the door"])
        return c.Move(targets, direction=direction, distance=metres_of(amount, LITTLE))

    def _rotate(self) -> c.Command:
        targets = self._targets()
        relation, to, _ = self._destination()
        if to:
            return c.Rotate(targets, relation="facing", to=to)
        amount, text = amount_of(self.clause), self.text
        around = re.search(r"\b(around|round|flip|reverse|backwards|wrong way)\b", text)
        angle = amount.value if amount and amount.unit in ("deg", "") and amount.value else (180.0 if around else 90.0)
        if amount and amount.unit == "x" and amount.value == 0.5:
            angle = 180.0
        if re.search(r"\b(bit|little|slightly)\b", text) and amount is None:
            angle = 15.0
        counter = re.search(r"counter-?\s?clockwise|anti-?\s?clockwise", text)
        if not counter and re.search(r"\bclockwise\b|\bright\b", said(self.clause, "DIR") + " " + text):
            angle = -angle
        return c.Rotate(targets, angle=angle)

    def _scale(self) -> c.Command:
        targets = self._targets()
        text, amount = self.text, amount_of(self.clause)
        dimension = dimension_of(said(self.clause, "DIM") or text)
        own = " ".join(
            word for word, tag in zip(self.clause.words, self.clause.tags, strict=True) if tag not in ("TA", "TH", "tA", "tH")
        )
        less = bool(LESS.search(own))
        if amount is None:
            factor = 2.0 if re.search(r"\bdouble|twice\b", text) else 0.5 if "halve" in text else 0.8 if less else 1.25
            return c.Scale(targets, factor=factor, dimension=dimension)
        if amount.unit == "m":
            by = (
                re.search(r"\bby\b", text)
                or re.search(r"\b\w+er\b", said(self.clause, "DIM"))
                and not re.search(r"\bto\b|, make", text)
            )
            return self._to_size(targets, amount.value, dimension, bool(by), less)
        return c.Scale(targets, factor=factor_of(amount, less, text), dimension=dimension)

    def _to_size(self, targets: tuple[str, ...], metres: float, dimension: str, by: bool, less: bool) -> c.Command:
        """A size in metres, or so much more than now."""
        things = self.context.graph.of(targets)
        if dimension == "all" and things:
            dimension = ("width", "depth", "height")[int(things[0].own_size.argmax())]
        if by and things:
            now = float(things[0].own_size[("width", "depth", "height").index(dimension)])
            metres = now - metres if less else now + metres
        if metres <= 0:
            raise Problem("Nothing would be left of it.")
        return c.Scale(targets, dimension=dimension, size=round(metres, 4))

    def _align(self) -> c.Command:
        _, to, _ = self._destination()
        targets = self._targets(many=False)
        return c.Align(targets, to=tuple(name for name in to if name not in targets))

    def _duplicate(self) -> c.Command:
        targets = self._targets()
        self.context.moving = targets
        relation, to, place = self._destination()
        if set(targets) & set(to) and set(targets) - set(to):
            targets = self.context.moving = tuple(name for name in targets if name not in to)
            relation, to, place = self._destination()
        amount = amount_of(self.clause)
        said_ = re.search(r"(\w+) (?:more |new |extra )?(?:copies|duplicates|clones|times|more)\b", self.text)
        number = read_count(said_[1]) if said_ else None
        count = round(amount.value) if amount and amount.value >= 1 else number or 1
        return c.Duplicate(targets, count=count, relation=relation, to=to, place=place)

    def _restyle(self) -> c.Command:
        targets = self._targets()
        if (
            re.search(r"\b(picture|photo|image|reference)\b", self.text)
            and not said(self.clause, "COL")
            and not said(self.clause, "MAT")
        ):
            return c.Restyle(targets, palette="picture")
        color, material = color_words(said(self.clause, "COL")), said(self.clause, "MAT")
        if not color and not material:
            color = color_words(said(self.clause, "TA")) or color_words(self.text)
        if material and not material_of(material):
            color, material = color or color_words(material), ""
        if not color and not material:
            raise Problem("It was not said which colour or material.", ["paint it red", "make it of oak"])
        return c.Restyle(targets, color=color, material=material)

    def _rename(self) -> c.Command:
        if "NAME" not in self.clause.tags:
            self._name_by_capital()
        targets = self._targets()
        words = [self.clause.original[k] for k, tag in enumerate(self.clause.tags) if tag == "NAME"]
        return c.Rename(targets, name=re.sub(r" (?=['_])|(?<=[_]) ", "", " ".join(words)))

    def _name_by_capital(self) -> None:
        """Takes capitalised words at the end for the new name, where no word was tagged so."""
        at = len(self.clause.words)
        while at > 2 and self.clause.original[at - 1][:1].isupper():
            at -= 1
        said_before = any(tag in ("TH", "TQ") for tag in self.clause.tags[:at])
        if said_before:
            self.clause.tags[at:] = ["NAME"] * (len(self.clause.words) - at)

    def _play(self) -> c.Command:
        from ..characters.brief import CLIPS

        targets = self._targets()
        words = said(self.clause, "CLIP") or self.text
        own = tuple(dict.fromkeys(name for thing in self.context.graph.of(targets) for name in thing.clips))
        clip = clip_of(words, own)
        if not clip and all(thing.kind == "character" for thing in self.context.graph.of(targets)):
            clip = clip_of(words, CLIPS)
        if not clip:
            has = ", ".join(own) or "none"
            raise Problem(f"There is no clip “{words}” for it; it has: {has}.", [f"play {name}" for name in own[:2]])
        return c.Play(targets, clip=clip)

    def _camera(self) -> c.Command:
        targets = self._targets(needed=False)
        return c.Camera(() if self.whole else targets, view=view_of(self.clause))

    def _light(self) -> c.Command:
        mood = mood_of(self.clause)
        if not mood:
            raise Problem("It was not said which light.", ["make it evening", "make it brighter"])
        return c.Light(mood=mood)

    def _export(self) -> c.Command:
        _, phrases = find_phrases(self.clause, "T")
        if (
            all(not phrase.head and set(phrase.quantity) <= ONE | ARTICLES for phrase in phrases)
            and not self.context.graph.selected
        ):
            return c.Export(engine=engine_of(self.clause) or "glb")  # “pack it up” means all of it
        targets = self._targets(needed=False)
        return c.Export(() if self.whole else targets, engine=engine_of(self.clause) or "glb")

    # -- questions ------------------------------------------------------------------------------------------------

    def _what(self) -> c.Command:
        if asked := _ON_WHAT.match(self.text):
            return self._on_what(RELATION_WORDS[asked[1]])
        return c.What(self._targets())

    def _on_what(self, relation: str) -> c.Command:
        """“what is on the table”: whatever stands in the relation to what is named."""
        held = self._untagged(relation)
        if not held:
            raise Problem(f"It was not said {relation} what.", ["what is on the table"])
        phrase = Phrase(["what"], relation=relation, others=[Phrase(head=[name.lower()]) for name in held])
        found = resolve(phrase, self.context, "T", many=True)
        return c.Which(found.names, noun=f"things {relation} {', '.join(held)}")

    def _count(self) -> c.Command:
        return self._asked(c.Count)

    def _which(self) -> c.Command:
        asked = _ON_WHAT.match(self.text)
        if asked and not any(phrase.relation and phrase.others for phrase in find_phrases(self.clause, "T")[1]):
            return self._on_what(RELATION_WORDS[asked[1]])
        return self._asked(c.Which)

    def _asked(self, kind: type[c.Count] | type[c.Which]) -> c.Command:
        """A question about all things that fit; none is an answer too."""
        _, phrases = find_phrases(self.clause, "T")
        if not phrases:
            raise Problem("It was not said what is asked about.", ["how many chairs are there", "what is on the table"])
        names: list[str] = []
        while len(phrases) > 1 and not phrases[-1].head and not (set(phrases[-1].quantity) - ARTICLES):
            last = phrases.pop()
            phrases[-1].adjectives += last.adjectives
            if last.relation and not phrases[-1].relation:
                phrases[-1].relation, phrases[-1].others = last.relation, last.others
        colors = [word for word in self.clause.words if word in BASIC]
        if colors and not any(basic_of(" ".join(phrase.adjectives)) for phrase in phrases) and not phrases[0].others:
            phrases[0].adjectives += colors
        if "who" in self.clause.words and not phrases[0].head:
            phrases[0].head = ["characters"]
        for phrase in phrases:
            superlative = kind is c.Which
            found = resolve(phrase, self.context, "T", many=not (superlative and _picks(phrase)))
            if found.problem and (phrase.others or not concept_of(phrase.noun)):
                raise Problem(found.problem, found.options)
            names += found.names
        return kind(tuple(dict.fromkeys(names)), noun=str(phrases[0]))

    def _size(self) -> c.Command:
        return c.Size(self._targets(), aspect=aspect_of(self.clause))

    def _missing(self) -> c.Command:
        return c.Missing(engine=engine_of(self.clause) or "unreal")


def _picks(phrase: Phrase) -> bool:
    """Whether the phrase picks one of many (“the tallest”)."""
    return any(re.search(r"(est|er|left|right|last|first)$", word) for word in phrase.adjectives + phrase.quantity)


def color_words(text: str) -> str:
    """The words of a text that name a colour: “dark blue”."""
    words = text.split()
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            if is_color(" ".join(words[start:end])):
                return " ".join(words[start:end])
    return ""


def _nearest_props(words: str) -> list[str]:
    """The two props whose names are nearest in meaning to the words."""
    from ..crossmodal.text import text_encoder
    from ..environments.props import PROPS

    names = list(PROPS)
    encoder = text_encoder({})
    score = encoder.remembered([name.replace("_", " ") for name in names]) @ encoder.remembered([words])[0]
    return [names[k] for k in score.argsort()[::-1][:2]]


def metres_of(amount: Amount | None, otherwise: float) -> float:
    """An amount as metres; a bare number is metres."""
    return amount.value if amount and amount.unit in ("m", "") and amount.value > 0 else otherwise


def factor_of(amount: Amount, less: bool, text: str) -> float:
    """The factor that an amount means in its words: “50 percent bigger”, “to half”, “by a third”."""
    value = amount.value / 100 if amount.unit == "%" else amount.value
    to = bool(re.search(r"\bto\b", text)) or bool(re.search(r"\b(half|third|quarter|percent|%) (its|as|the|of)\b", text))
    if amount.unit == "x" and value >= 1:
        return 1 / value if less and not to else value
    if to:
        return value
    if amount.unit == "%" or value < 1:
        if less:
            return max(1 - value, 0.01) if value != 0.5 else 0.5
        return value if amount.unit == "x" and value == 0.5 and "by" not in text else 1 + value
    return 1 / value if less else value
