"""The report of an annotated library: one HTML file with a picture of each model and what was said of it."""

from __future__ import annotations

import base64
import html
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ..batch.job import Item
from ..errors import WorldwrightError

MOST_PICTURES = 3000
STYLE = """
:root{color-scheme:light dark;--card:#f1f2f4;--bad:#fbe3e3;--low:#fdf3d8}
@media(prefers-color-scheme:dark){:root{--card:#26282c;--bad:#4b2727;--low:#443a1d}}
body{font:13px/1.4 system-ui,sans-serif;margin:16px}main{display:flex;flex-wrap:wrap;gap:10px}
figure{margin:0;width:190px;padding:8px;border-radius:6px;background:var(--card)}.bad{background:var(--bad)}.low{background:var(--low)}
img{width:190px;height:190px;image-rendering:auto;object-fit:contain;background:#ededed;border-radius:4px}figcaption{overflow-wrap:anywhere}
small{opacity:.75}meter{width:100%}label{margin-right:12px}select,input{font:inherit}
"""
SCRIPT = """
const cards=[...document.querySelectorAll('figure')],pick=document.getElementById('pick'),find=document.getElementById('find');
const show=()=>{const words=find.value.toLowerCase().split(/\\s+/).filter(Boolean);for(const card of cards){
const text=card.textContent.toLowerCase();
card.hidden=(pick.value&&card.dataset.label!==pick.value)||words.some(word=>!text.includes(word))}};
pick.onchange=show;find.oninput=show;
"""


def write_report(path: Path, title: str, found: Iterator[tuple[Item, dict]], failed: dict[str, str], pictures: Path) -> Path:
    """Writes the page, card by card, so that a library of any size fits in memory. ``found``: item and annotation of each object;
    ``failed``: item → reason; ``pictures`` holds ``<item>.png``. Raises WorldwrightError."""
    body = path.with_name(path.name + ".cards.part")
    partial = path.with_name(path.name + ".part")
    counts: Counter[str] = Counter()
    unsure = 0
    try:
        with open(body, "w", encoding="utf-8") as cards:
            for name, reason in failed.items():
                caption = f"<b>{html.escape(name)}</b><br>{html.escape(reason)}"
                cards.write(f'<figure class="bad" data-label="failed"><figcaption>{caption}</figcaption></figure>\n')
            shown: set[str] = set()
            for number, (item, one) in enumerate(found):
                counts[one["label"]] += 1
                unsure += one["label"] == "unknown"
                picture = _picture(pictures / f"{item.key}.png") if item.key not in shown and number < MOST_PICTURES else ""
                shown.add(item.key)
                cards.write(_card(item, one, picture))
        with open(partial, "w", encoding="utf-8") as page, open(body, encoding="utf-8") as cards:
            choices = "".join(f"<option value='{html.escape(k, quote=True)}'>{html.escape(k)} ({v})</option>" for k, v in
                              counts.most_common())  # fmt: skip
            total = sum(counts.values())
            page.write(f"<!doctype html><meta charset=utf-8><title>{html.escape(title)}: annotated</title><style>{STYLE}</style>"
                       f"<h1>{html.escape(title)}</h1><p>{total} objects, {unsure} of them unknown; {len(failed)} files failed.</p>"
                       f"<p><label>Kind <select id=pick><option value=''>all</option>{choices}</select></label>"
                       "<label>Words <input id=find type=search></label></p><main>\n")  # fmt: skip
            for line in cards:
                page.write(line)
            page.write(f"</main><script>{SCRIPT}</script>")
        os.replace(partial, path)
    except OSError as error:
        raise WorldwrightError(f"“{path}” cannot be written: {error.strerror}.", "Choose another folder.") from error
    finally:
        body.unlink(missing_ok=True)
        partial.unlink(missing_ok=True)
    return path


def _card(item: Item, one: dict, picture: str) -> str:
    escape = html.escape
    others = ", ".join(f"{s['label']} {s['score']:.0%}" for s in one["top"] if s["label"] != one["label"])
    lines = [f"<b>{escape(one['label'])}</b> {one['confidence']:.0%} <small>{escape(others)}</small>"]
    lines.append(f"<meter value={one['confidence']:.3f}></meter>")
    lines.append(f"<small>{escape(item.key)}: {escape(one['name'])}</small>")
    lines.append(escape(one["caption"]))
    if materials := sorted({slot["material"] for slot in one["materials"] if slot["material"]}):
        lines.append(f"<small>of {escape(', '.join(materials))}</small>")
    if one["part_names"]:
        lines.append(f"<small>parts: {escape(', '.join(one['part_names']))}</small>")
    lines += [f"⚠ {escape(warning)}" for warning in one["warnings"]]
    label = escape(one["label"], quote=True)
    kind = "low" if one["label"] == "unknown" else "ok"
    return f'<figure class="{kind}" data-label="{label}">{picture}<figcaption>{"<br>".join(lines)}</figcaption></figure>\n'


def _picture(path: Path) -> str:
    if not path.is_file():
        return ""
    data = base64.b64encode(path.read_bytes()).decode()
    return f'<img loading="lazy" alt="" src="data:image/png;base64,{data}">'
