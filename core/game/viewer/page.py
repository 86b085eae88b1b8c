"""Writes the viewer: one HTML file that holds the models, three.js and the program that shows them."""

from __future__ import annotations

import base64
import html
import json
from pathlib import Path

from ...errors import WorldwrightError

HERE = Path(__file__).parent
AR_PICTURE = (  # Quick Look opens at once only where the link holds nothing but a picture
    '<img alt="View in AR" width="28" height="18" src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 '
    'viewBox=%220 0 28 18%22%3E%3Ctext x=%222%22 y=%2215%22 font-family=%22sans-serif%22 font-size=%2216%22%3EAR'
    '%3C/text%3E%3C/svg%3E">'
)
LARGEST = 200 << 20  # bytes of models: browsers refuse longer texts


def write_viewer(target: Path, title: str, levels: dict[int, Path], walk: bool = False, usdz: str = "") -> None:
    """Writes ``target`` (.html), self-contained.

    Args:
        levels: level of detail -> its .glb or .vrm; 0 must be there.
        walk: offer a walk through, kept out of walls by the collision shapes in level 0.
        usdz: address of a .usdz beside the page, for a link to AR Quick Look, or "".

    Raises WorldwrightError when the models are too large for one page.
    """
    sizes = {level: path.stat().st_size for level, path in levels.items()}
    if sizes[0] > LARGEST:
        raise WorldwrightError("The pack is too large for a page that holds everything.", "Load meshes/*.glb in your own page.")
    kept, total = {}, 0
    for level in sorted(levels):
        total += sizes[level]
        if total <= LARGEST:
            kept[level] = levels[level]
    models = "\n".join(
        f'<script type="text/plain" id="model-{level}">{base64.b64encode(path.read_bytes()).decode()}</script>'
        for level, path in kept.items()
    )
    link = f'<a rel="ar" href="{html.escape(usdz, quote=True)}">{AR_PICTURE}</a>' if usdz else ""
    facts = json.dumps({"levels": sorted(kept), "walk": walk}).replace("<", "\\u003c")
    parts = {"title": html.escape(title), "pack": facts, "models": models, "ar": link}
    parts |= {name: (HERE / f"{name}.js").read_text(encoding="utf-8") for name in ("three", "viewer")}
    page = (HERE / "page.html").read_text(encoding="utf-8")
    for name, text in parts.items():
        page = page.replace("{" + name + "}", text)
    target.write_text(page, encoding="utf-8")
