"""The report of a batch: a line of JSON for each item as it ends, from which a run is resumed, and a contact sheet."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
from dataclasses import asdict
from pathlib import Path

from ..errors import WorldwrightError
from .job import Item, Step

REPORT, SHEET = "report.jsonl", "contact-sheet.html"
MOST_PICTURES = 1000
PICTURES = (".png", ".jpg", ".jpeg", ".webp")


def fingerprint(item: Item, steps: list[Step]) -> str:
    """What decides an item's result: when it is the same, the item need not be done again. A changed file counts as new."""
    stamp = ""
    if item.file and os.path.exists(item.file):
        stat = os.stat(item.file)
        stamp = f"{stat.st_size} {stat.st_mtime_ns}"
    text = json.dumps([item.values, item.file, stamp, [asdict(step) for step in steps]], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class ReportFile:
    """``report.jsonl`` in the results' folder; what an earlier run left there is read first."""

    def __init__(self, folder: Path) -> None:
        """Raises WorldwrightError when the folder cannot be made or written."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.path = folder / REPORT
            self.lines = self._read()
            self._file = open(self.path, "a", encoding="utf-8")  # noqa: SIM115 (open as long as the batch runs)
        except OSError as error:
            raise WorldwrightError(f"“{folder}” cannot be written: {error.strerror}.", "Choose another folder.") from error

    def _read(self) -> dict[str, dict]:
        """Item -> its last line. A line that a kill cut short is cut off."""
        found: dict[str, dict] = {}
        if not self.path.exists():
            return found
        whole = 0
        with open(self.path, "rb") as file:
            for line in file:
                try:
                    entry = json.loads(line)
                    if not line.endswith(b"\n"):
                        break
                    found[entry["item"]] = entry
                except (ValueError, KeyError):
                    break
                whole += len(line)
        if whole < self.path.stat().st_size:
            os.truncate(self.path, whole)
        return found

    def add(self, entry: dict) -> None:
        """Writes one item's line, at once and for good."""
        self.lines[entry["item"]] = entry
        self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


def write_sheet(folder: Path, name: str, lines: list[dict]) -> None:
    """``contact-sheet.html``: a picture of each result, with its time or what went wrong; failures first."""
    cards: list[str] = []
    for entry in sorted(lines, key=lambda entry: (entry["ok"], entry["item"])):
        picture = _picture(folder, entry) if len(cards) < MOST_PICTURES else ""
        words = html.escape(f"{sum(entry.get('seconds', {}).values()):.1f} s" if entry["ok"] else entry["error"])
        links = " ".join(
            f'<a href="{html.escape(_link(path, folder), quote=True)}">{html.escape(step)}</a>'
            for step, path in entry.get("outputs", {}).items()
        )
        cards.append(f'<figure class="{"ok" if entry["ok"] else "bad"}">{picture}<figcaption><b>{html.escape(entry["item"])}</b>'
                     f"<br>{words}<br>{links}</figcaption></figure>")  # fmt: skip
    done = sum(entry["ok"] for entry in lines)
    style = ("body{font:13px system-ui,sans-serif;margin:16px}main{display:flex;flex-wrap:wrap;gap:10px}"
             "figure{margin:0;width:170px;padding:8px;border-radius:6px;background:#f1f2f4}.bad{background:#fbe3e3}"
             "img{width:170px;height:128px;object-fit:contain;background:#fff}figcaption{overflow-wrap:anywhere}")  # fmt: skip
    page = (f'<!doctype html><meta charset="utf-8"><title>{html.escape(name)}</title><style>{style}</style>'
            f"<h1>{html.escape(name)}</h1><p>{done} done, {len(lines) - done} failed</p><main>{''.join(cards)}</main>")  # fmt: skip
    (folder / SHEET).write_text(page, encoding="utf-8")


def _link(path: str, folder: Path) -> str:
    return path if "://" in path else os.path.relpath(path, folder)


def _picture(folder: Path, entry: dict) -> str:
    """The item's picture: one of its own results, or one drawn of a model or cloud when it was done."""
    shown = [path for path in entry.get("outputs", {}).values() if path.lower().endswith(PICTURES)]
    if not shown and entry.get("picture"):
        shown = [entry["picture"]]
    if not shown or not Path(shown[0]).is_file():
        return ""
    data = base64.b64encode(Path(shown[0]).read_bytes()).decode()
    return f'<img loading="lazy" alt="" src="data:image/{Path(shown[0]).suffix[1:].replace("jpg", "jpeg")};base64,{data}">'
