"""The documents speak of what is there: sentences of troubleshooting, links, pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def source() -> str:
    """All of the code's text, with line breaks inside strings taken out."""
    files = [path for folder in ("core", "blender_addon") for path in (ROOT / folder).rglob("*.py")]
    return re.sub(r'"\s*\n\s*f?"', "", "\n".join(path.read_text(encoding="utf-8") for path in files))


def test_every_sentence_of_troubleshooting_can_be_met() -> None:
    text = source()
    rows = [
        line for line in (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")
    ]
    for sentence in [row.split("|")[1].strip() for row in rows if "sentence |" not in row]:
        for fragment in re.split(r"…|“|”| / ", sentence):
            fragment = fragment.strip(" .;:()")
            if len(fragment) > 8:
                assert fragment in text, f"nothing says “{fragment}” any more"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_pictures_are_small_enough_to_read_on_a_slow_line() -> None:
    for picture in (ROOT / "docs" / "pictures").iterdir():
        assert picture.suffix == ".jpg" and picture.stat().st_size <= 400_000, picture.name
