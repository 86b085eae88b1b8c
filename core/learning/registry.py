"""The models a user trained: a folder each, a version each, with card and content hash. Needs no torch.

::

    ROOT/NAME/3/model.safetensors, card.json, card.md
    ROOT/chosen.json                                    task -> what was chosen for it, newest last

Versions are whole numbers and are never used twice. What a task uses is the newest choice; rolling back takes it away again.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ..errors import WorldwrightError
from .model_card import ModelCard

WEIGHTS, CARD, PAGE, CHOSEN = "model.safetensors", "card.json", "card.md", "chosen.json"
SHIPPED = "shipped"
"""The name of the model that came with Worldwright, for a task that nothing was chosen for."""


def default_root() -> Path:
    """Where models are kept when nobody says otherwise: WORLDWRIGHT_MODELS, or a folder of the user's home."""
    return Path(os.environ.get("WORLDWRIGHT_MODELS") or Path.home() / ".worldwright" / "models")


@dataclass(frozen=True)
class Entry:
    """One version of a model. ``digest``: SHA-256 of the weights when they were registered, in hexadecimal."""

    card: ModelCard
    version: int
    digest: str
    folder: Path

    @property
    def weights(self) -> Path:
        """The safetensors file."""
        return self.folder / WEIGHTS

    @property
    def label(self) -> str:
        """ "name@version"."""
        return f"{self.card.name}@{self.version}"


class Registry:
    """The models under ``root``, which need not exist yet."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)

    def add(self, weights: Path, card: ModelCard) -> Entry:
        """Copies ``weights`` in as the next version of ``card.name``, whole or not at all.

        Raises WorldwrightError when the name cannot be a folder's, or nothing can be written.
        """
        if not re.fullmatch(r"[\w][\w .-]{0,62}", card.name) or card.name == SHIPPED:
            raise WorldwrightError(
                f"“{card.name}” cannot name a model.", "Use letters, digits, spaces, dots and hyphens, at most 63."
            )
        digest = _digest(weights)
        home = self.root / card.name
        partial: Path | None = None
        try:
            home.mkdir(parents=True, exist_ok=True)
            partial = Path(tempfile.mkdtemp(prefix=".adding-", dir=home))
            shutil.copyfile(weights, partial / WEIGHTS)
            (partial / CARD).write_text(json.dumps({"digest": digest, "card": card.to_json()}), encoding="utf-8")
            (partial / PAGE).write_text(card.to_markdown(), encoding="utf-8")
            version = self._next_version(home)
            os.replace(partial, home / str(version))
        except OSError as error:
            if partial is not None:
                shutil.rmtree(partial, ignore_errors=True)
            cure = "Free some disk space, or choose another folder for models."
            raise WorldwrightError(f"The model “{card.name}” cannot be kept: {error.strerror}.", cure) from error
        return self.get(card.name, version)

    def entries(self) -> list[Entry]:
        """Every version of every model, by name, newest first. What cannot be read is left out."""
        found = []
        for home in sorted(self.root.iterdir()) if self.root.is_dir() else []:
            for version in sorted(_versions(home), reverse=True):
                try:
                    found.append(self._entry(home / str(version)))
                except WorldwrightError:
                    continue
        return found

    def get(self, name: str, version: int | None = None) -> Entry:
        """The model ``name`` ("name@version" too), its newest version when none is given. Raises WorldwrightError."""
        if version is None and "@" in name:
            name, _, number = name.rpartition("@")
            version = int(number) if number.isdigit() else -1
        versions = _versions(self.root / name) if name else []
        if not versions:
            known = sorted({entry.card.name for entry in self.entries()})
            raise WorldwrightError(
                f"There is no model “{name}”.", f"There are: {', '.join(known)}." if known else "Train one first."
            )
        if version is not None and version not in versions:
            raise WorldwrightError(f"“{name}” has no version {version}.", f"It has: {', '.join(map(str, sorted(versions)))}.")
        return self._entry(self.root / name / str(max(versions) if version is None else version))

    def checked(self, entry: Entry) -> Path:
        """The entry's weights, when they are still what was registered. Raises WorldwrightError."""
        if not entry.weights.is_file():
            raise WorldwrightError(f"The weights of “{entry.label}” are missing.", "Delete this version, or import it again.")
        if _digest(entry.weights) != entry.digest:
            sentence = f"The weights of “{entry.label}” have changed since they were registered."
            raise WorldwrightError(sentence, "Roll back to another version, or import it again.")
        return entry.weights

    def choose(self, entry: Entry) -> None:
        """From now on the entry's task uses it. Raises WorldwrightError when its weights are not whole."""
        self.checked(entry)
        choices = self._choices()
        choices.setdefault(entry.card.task, []).append(entry.label)
        self._write_choices(choices)

    def chosen(self, task: str) -> Entry | None:
        """What ``task`` uses; None: the shipped model. A model that is gone counts as not chosen."""
        for label in reversed(self._choices().get(task, [])):
            try:
                return self.get(label)
            except WorldwrightError:
                continue
        return None

    def roll_back(self, task: str) -> Entry | None:
        """Takes the newest choice for ``task`` back; returns what it uses now. Raises WorldwrightError when there is none."""
        choices = self._choices()
        if not choices.get(task):
            raise WorldwrightError(f"“{task}” already uses the shipped model.")
        choices[task].pop()
        self._write_choices(choices)
        return self.chosen(task)

    def delete(self, entry: Entry) -> None:
        """Removes one version for good; a task that used it falls back to what it used before."""
        choices = {task: [label for label in labels if label != entry.label] for task, labels in self._choices().items()}
        gone = entry.folder.with_name(f".deleted-{entry.version}")
        try:
            os.replace(entry.folder, gone)
            last = self._next_version(entry.folder.parent, entry.version) - 1  # so that its number is not used again
            (entry.folder.parent / ".last").write_text(str(last), encoding="utf-8")
            shutil.rmtree(gone)
        except OSError as error:
            raise WorldwrightError(f"“{entry.label}” cannot be deleted: {error.strerror}.", "Close what has it open.") from error
        self._write_choices(choices)

    def export(self, entry: Entry, target: Path) -> Path:
        """Writes the weights with the card in the file's header to ``target`` (.safetensors), which ``load`` takes back."""
        from .packing import pack_card

        return pack_card(self.checked(entry), entry.card, target)

    def load(self, file: Path) -> Entry:
        """Registers a safetensors file that ``export`` wrote, on whatever machine. Raises WorldwrightError."""
        from .packing import read_card

        return self.add(file, read_card(file))

    def compare(self, first: Entry, second: Entry) -> dict[str, dict[str, tuple[object, object]]]:
        """Scores and settings in which two models differ: {"scores": {name: (first's, second's)}, "settings": …, "classes": …}."""
        parts = {part: (getattr(first.card, part), getattr(second.card, part)) for part in ("scores", "settings")}
        found: dict[str, dict[str, tuple[object, object]]] = {
            part: {name: (a.get(name), b.get(name)) for name in dict.fromkeys([*a, *b]) if a.get(name) != b.get(name)}
            for part, (a, b) in parts.items()
        }
        ours, theirs = set(first.card.classes), set(second.card.classes)
        only = {name: (name in ours, name in theirs) for name in sorted(ours ^ theirs)}
        return found | {"classes": dict(only)}

    def _entry(self, folder: Path) -> Entry:
        try:
            values = json.loads((folder / CARD).read_text(encoding="utf-8"))
            digest, card = str(values["digest"]), ModelCard.from_json(values["card"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            sentence = f"Version {folder.name} of the model “{folder.parent.name}” cannot be read."
            raise WorldwrightError(sentence, "Delete its folder, or import it again.") from error
        return Entry(dataclasses.replace(card, name=folder.parent.name), int(folder.name), digest, folder)

    def _next_version(self, home: Path, least: int = 0) -> int:
        last = home / ".last"
        written = int(last.read_text(encoding="utf-8") or 0) if last.exists() else 0
        return max([least, written, *_versions(home)]) + 1

    def _choices(self) -> dict[str, list[str]]:
        try:
            values = json.loads((self.root / CHOSEN).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(task): [str(label) for label in labels] for task, labels in values.items()}

    def _write_choices(self, choices: dict[str, list[str]]) -> None:
        partial = self.root / (CHOSEN + ".part")
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(choices, indent=1), encoding="utf-8")
            os.replace(partial, self.root / CHOSEN)
        except OSError as error:
            raise WorldwrightError(f"The choice of a model cannot be kept: {error.strerror}.") from error


def _versions(home: Path) -> list[int]:
    return [int(path.name) for path in home.iterdir() if path.name.isdigit()] if home.is_dir() else []


def _digest(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise WorldwrightError(f"“{path.name}” cannot be read: {error.strerror}.") from error
