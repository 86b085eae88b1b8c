"""A request becomes commands, or one clear sentence why not. Nothing here touches the scene.

The tagger says what each word is, references find the things, every command is checked. What is not understood is refused with
the two nearest readings; what would empty the scene asks first.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field

from ..errors import WorldwrightError
from ..review.queue import Refused
from . import commands as c
from .amending import amended
from .chinese import is_chinese, read_chinese
from .covering import unused
from .make import read_brief
from .memory import Memory
from .possible import impossible
from .reading import read_clause
from .references import Context
from .say import phrase_of
from .scene_graph import Graph
from .tagger import Clause, read_clauses
from .usual import surer

LEAST = 0.5  # how sure the intent of a clause must be
SURE, DELETING = 0.6, 0.8  # how sure it must be to change anything, and to delete something
LONGEST_TEXT = 600  # characters
CODE = re.compile(
    r"[{}=<>\\`$]|\w\(|__|\b(?:import|exec|eval|subprocess|sudo|rm -|os\.|bpy\.|sys\.)\b|\bos\.?system\b"
    r"|;\s*\w+\.\w|\b(?:run|execute|eval) (?:this |the |some |my |a )?(?:code|script|program|command|shell|python)\b"
    r"|\bignore (?:all |your |the |previous )+(?:rules|instructions)",
    re.IGNORECASE,
)
FILLERS = set("and then also after that afterwards please now finally next plus ok okay so well first thanks".split())
EXAMPLES = ["add two chairs around the table", "how many plants are there"]


@dataclass
class Understanding:
    """What a request means.

    ``commands`` to carry out in order; or a ``refusal`` with the nearest ``readings``; or a ``question`` that a yes answers, with
    the commands under ``waiting``. ``replaces``: they take the place of the last ones. ``said`` is what was understood, in words;
    ``flagged``: the text belongs in the review queue.
    """

    text: str
    commands: list[c.Command] = field(default_factory=list)
    refusal: str = ""
    readings: list[str] = field(default_factory=list)
    question: str = ""
    waiting: list[c.Command] = field(default_factory=list)
    replaces: bool = False
    flagged: bool = False

    @property
    def said(self) -> str:
        """What was understood, as one sentence."""
        if not self.commands:
            return ""
        text = ", then ".join(phrase_of(command) for command in self.commands)
        return f"{text[0].upper()}{text[1:]}."

    @property
    def names(self) -> list[str]:
        """The things that are named, to be highlighted."""
        return list(dict.fromkeys(name for command in self.commands for name in command.names() if name != c.MADE))

    def to_dict(self) -> dict:
        """JSON values."""
        rest = {
            name: getattr(self, name)
            for name in ("text", "refusal", "readings", "question", "replaces", "flagged", "said", "names")
        }
        return rest | {"commands": [command.to_dict() for command in self.commands], "waiting": [w.to_dict() for w in self.waiting]}


def understand(
    text: str, graph: Graph, memory: Memory | None = None, models: dict[str, str] | None = None, colors: tuple[str, ...] = ()
) -> Understanding:
    """What a typed or spoken request means for a scene; ``colors``: those of a shown picture, as “#rrggbb”.

    Raises WorldwrightError when the models it needs are missing, never for what the request says.
    """
    memory = memory or Memory()
    text = " ".join(text.split())
    if refusal := _unreadable(text):
        return Understanding(text, refusal=refusal, readings=EXAMPLES)
    if CODE.search(text):
        sentence = "This looks like code or an instruction to the program; requests are plain sentences about the scene."
        return Understanding(text, refusal=sentence, readings=EXAMPLES, flagged=True)
    if is_chinese(text):
        return _checked(read_chinese(text, graph, models), graph)
    clauses = read_clauses(text)
    if clauses and clauses[0].intent in ("yes", "no") and len(clauses) == 1 and clauses[0].confidence > LEAST:
        return _answered(text, clauses[0].intent, memory)
    return _checked(_Understander(text, graph, memory, colors).read(clauses), graph)


def _unreadable(text: str) -> str:
    """Why a text cannot be read at all, or ""."""
    if not re.search(r"\w", text):
        return "The request is empty."
    if len(text) > LONGEST_TEXT:
        return f"The request has {len(text):,} characters; at most {LONGEST_TEXT} are read."
    return ""


def _answered(text: str, answer: str, memory: Memory) -> Understanding:
    """A yes or no to what waits."""
    if not memory.waiting:
        return Understanding(text, refusal="Nothing was asked.", readings=EXAMPLES)
    if answer == "no":
        return Understanding(text, refusal="Nothing was changed.")
    return Understanding(text, [c.from_dict(values) for values in memory.waiting])


class _Understander:
    """Reads the clauses of one request one after another."""

    def __init__(self, text: str, graph: Graph, memory: Memory, colors: tuple[str, ...]) -> None:
        from .attend import attention

        self.text, self.graph, self.memory = text, graph, memory
        self.found = Understanding(text)
        self.context = Context(graph, touched=tuple(memory.touched), attention=attention(), colors=colors)
        self.removed: set[str] = set()
        self.whole = False

    def read(self, clauses: list[Clause]) -> Understanding:
        """All clauses; the first that is not understood refuses the whole request."""
        for clause in clauses:
            if not {word for word in clause.words if re.search(r"\w", word)} - FILLERS:
                continue
            self.context.words, self.context.tags = tuple(clause.words), tuple(clause.tags)
            problem = self._add(clause)
            if problem is not None:
                return problem
        if not self.found.commands:
            return Understanding(self.text, refusal="That is not understood.", readings=EXAMPLES)
        changing = [command for command in self.found.commands if isinstance(command, c.Remove)]
        if self.whole and changing:
            count = len(changing[0].targets)
            question = f"This deletes everything: {count} things. Say yes to do it."
            return Understanding(self.text, question=question, waiting=self.found.commands)
        return self.found

    def _add(self, clause: Clause) -> Understanding | None:
        """Adds a clause's command; returns a refusal when it cannot be read."""
        if clause.confidence < SURE or clause.intent == "what":
            clause = surer(clause)
        if clause.intent in ("none", "yes", "no") or clause.confidence < LEAST:
            return self._refuse(clause)
        if clause.intent == "amend":
            if not self.memory.commands:
                return Understanding(
                    self.text, refusal="There is no request before this one that it could change.", readings=EXAMPLES
                )
            last = c.from_dict(self.memory.commands[-1])
            read = amended(clause, last, self.context)
            self.found.replaces = read.command is not None and read.command.targets == last.targets
        else:
            read = read_clause(clause, self.context)
        if read.command is None:
            return Understanding(self.text, refusal=read.problem, readings=read.options[:2])
        command = self._of_copy(read.command)
        if command.changes and clause.confidence < (DELETING if isinstance(command, c.Remove) else SURE):
            return Understanding(self.text, refusal="That is not clearly understood.", readings=[phrase_of(command), EXAMPLES[0]])
        if command.changes and clause.intent != "amend" and (word := unused(clause, command, self.graph)):
            sentence = f"It is not clear what “{word}” has to do with it."
            return Understanding(self.text, refusal=sentence, readings=[phrase_of(command), EXAMPLES[0]])
        if gone := [name for name in command.names() if name in self.removed]:
            if isinstance(command, c.Remove):
                return None
            sentence = f"“{gone[0]}” is deleted earlier in the same request."
            return Understanding(self.text, refusal=sentence, readings=[phrase_of(command), phrase_of(self.found.commands[0])])
        self.whole = self.whole or (read.whole and isinstance(command, c.Remove))
        if isinstance(command, c.Remove):
            self.removed |= set(command.targets)
        self._remember(command)
        return None

    def _of_copy(self, command: c.Command) -> c.Command:
        """“copy it and put the copy there” copies once."""
        last = self.found.commands[-1] if self.found.commands else None
        if isinstance(command, c.Duplicate) and isinstance(last, c.Duplicate) and command.targets == (c.MADE,) and command.relation:
            return c.Move(command.targets, relation=command.relation, to=command.to, place=command.place)
        return command

    def _remember(self, command: c.Command) -> None:
        self.found.commands.append(command)
        self.context.made = isinstance(command, (c.Create, c.Duplicate)) or (self.context.made and c.MADE in command.targets)
        if command.targets and c.MADE not in command.targets and not isinstance(command, c.Duplicate):
            self.context.before = command.targets
            self.context.made = False

    def _refuse(self, clause: Clause) -> Understanding:
        """The two nearest readings of a clause that is not understood."""
        readings = []
        for intent, share in clause.ranking:
            if intent in ("none", "amend", "yes", "no", "help", "undo") or share < 0.02:
                continue
            read = read_clause(dataclasses.replace(clause, intent=intent), self.context)
            if read.command is not None:
                readings.append(phrase_of(read.command))
        return Understanding(self.text, refusal="That is not understood.", readings=(readings + EXAMPLES)[:2])


def _checked(found: Understanding, graph: Graph) -> Understanding:
    """The understanding itself when every command is valid and possible; else its refusal."""
    made = False
    for command in found.commands:
        try:
            if c.MADE in command.names() and not made:
                raise WorldwrightError("It is not clear what is meant: nothing was made before.")
            c.check(command, graph.by_name)
            if sentence := impossible(command, graph):
                raise WorldwrightError(sentence)
            if isinstance(command, c.Create) and command.kind != "prop":
                read_brief(command.kind, command.prompt, 0, {})
        except Refused as refusal:
            return Understanding(found.text, refusal=refusal.sentence, readings=EXAMPLES, flagged=True)
        except WorldwrightError as error:
            return Understanding(found.text, refusal=error.sentence, readings=EXAMPLES)
        made = made or isinstance(command, (c.Create, c.Duplicate))
    return found
