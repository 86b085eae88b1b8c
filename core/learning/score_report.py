"""One HTML file that shows how a model does: scores with intervals, the confusion matrix, and pictures of the worst cases."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ..errors import WorldwrightError
from .scores import Score

STYLE = """body{font:14px system-ui,sans-serif;margin:24px auto;max-width:1000px;color:#222}
table{border-collapse:collapse}td,th{padding:3px 10px;text-align:left;border-bottom:1px solid #ddd}
main{display:flex;flex-wrap:wrap;gap:10px}figure{margin:0;width:170px;padding:8px;border-radius:6px;background:#f1f2f4}
img{width:170px}figcaption{overflow-wrap:anywhere}
.bar{background:#dde3ea;width:200px}.bar i{display:block;height:10px;background:#3a7bd5}"""
CELL = 14  # pixels of the confusion matrix


@dataclass
class Case:
    """One example that went wrong. ``picture`` (height, width, 3) uint8."""

    name: str
    truth: str
    answer: str
    confidence: float
    picture: np.ndarray | None = None


@dataclass
class ScoreReport:
    """``scores`` by the name of what was tested, then of the score; ``matrix`` (classes, classes), row the truth."""

    title: str
    scores: dict[str, dict[str, Score]]
    classes: Sequence[str] = ()
    matrix: np.ndarray | None = None
    worst: list[Case] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def to_dict(self) -> dict:
        """JSON values."""
        tables = {
            name: {score: {"value": s.value, "low": s.low, "high": s.high} for score, s in table.items()}
            for name, table in self.scores.items()
        }
        worst = [{"name": c.name, "truth": c.truth, "answer": c.answer, "confidence": c.confidence} for c in self.worst]
        matrix = [] if self.matrix is None else self.matrix.tolist()
        return {"title": self.title, "scores": tables, "classes": list(self.classes), "confusion": matrix,
                "worst": worst, "notes": self.notes}  # fmt: skip


def write_report(report: ScoreReport, target: Path) -> None:
    """Writes the page. Raises WorldwrightError when it cannot be written."""
    parts = [f"<h1>{html.escape(report.title)}</h1>", *(f"<p>{html.escape(note)}</p>" for note in report.notes)]
    for name, table in report.scores.items():
        parts += [f"<h2>{html.escape(name)}</h2><table><tr><th>score</th><th>value</th><th>95 % interval</th><th></th></tr>"]
        parts += [_row(score, value) for score, value in table.items()]
        parts += ["</table>"]
    if report.matrix is not None and len(report.classes):
        parts += ["<h2>Confusion</h2><p>Rows are the truth, columns the answer; darker is more often.</p>", _matrix(report)]
    if report.worst:
        parts += ["<h2>Worst cases</h2><main>", *(_figure(case) for case in report.worst), "</main>"]
    page = f'<!doctype html><meta charset="utf-8"><title>{html.escape(report.title)}</title><style>{STYLE}</style>{"".join(parts)}'
    try:
        target.write_text(page, encoding="utf-8")
    except OSError as error:
        raise WorldwrightError(f"“{target}” cannot be written: {error.strerror}.", "Choose another folder.") from error


def _row(name: str, score: Score) -> str:
    width = f"{100 * min(max(score.value, 0), 1):.0f}%"
    interval = f"{score.low:.4g} – {score.high:.4g}"
    return (f"<tr><td>{html.escape(name.replace('_', ' '))}</td><td>{score.value:.4g}</td><td>{interval}</td>"
            f'<td><div class="bar"><i style="width:{width}"></i></div></td></tr>')  # fmt: skip


def _matrix(report: ScoreReport) -> str:
    """An SVG of the rows' shares, for classes that occur as truth or answer."""
    assert report.matrix is not None
    shown = np.flatnonzero(report.matrix.sum(axis=0) + report.matrix.sum(axis=1))
    counts = report.matrix[np.ix_(shown, shown)]
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    names, margin = [html.escape(str(report.classes[number]).replace("_", " ")) for number in shown], 150
    size = margin + CELL * len(shown)
    marks = []
    for row, name in enumerate(names):
        y, x = margin + CELL * row, margin + CELL * row
        marks.append(f'<text x="{margin - 6}" y="{y + 11}" text-anchor="end">{name}</text>')
        marks.append(f'<text transform="translate({x + 11},{margin - 6}) rotate(-60)">{name}</text>')
        for column in np.flatnonzero(counts[row]):
            color = "#2a7d4f" if row == column else "#c0392b"
            title = f"{name} → {names[column]}: {counts[row, column]}"
            marks.append(f'<rect x="{margin + CELL * column}" y="{y}" width="{CELL - 1}" height="{CELL - 1}" fill="{color}" '
                         f'fill-opacity="{0.15 + 0.85 * shares[row, column]:.2f}"><title>{title}</title></rect>')  # fmt: skip
    return f'<svg width="{size}" height="{size}" font-size="11" font-family="system-ui,sans-serif">{"".join(marks)}</svg>'


def _figure(case: Case) -> str:
    image = ""
    if case.picture is not None:
        from PIL import Image

        buffer = io.BytesIO()
        Image.fromarray(case.picture).save(buffer, "PNG")
        image = f'<img alt="" src="data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}">'
    words = f"{html.escape(case.truth)}, read as {html.escape(case.answer)} ({case.confidence:.0%})"
    return f"<figure>{image}<figcaption><b>{html.escape(case.name)}</b><br>{words}</figcaption></figure>"
