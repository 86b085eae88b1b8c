"""Every command in the documents runs: page by page, in the page's order, on small files of the kinds it names."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import helpers
import pytest
from document_inputs import MAKERS, ROOT, run

pytest.importorskip("torch")

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PROGRAMS = ("worldwright ", "python3 build.py ", "python -m core ")

# Read by the parser alone:
#   evaluate: needs the labelled models of the published scores, and some core minutes
#   --engine ray: needs a running cluster; tests/core/test_batch.py starts one
#   pretrain --report: trains two dozen heads
READ_ONLY = (["evaluate"], ["--engine", "ray"], ["pretrain", "--report"])

# What is done is the same, less of it: words added to a command of that verb; the last --set of a name counts.
LESS = {
    "city": "--set buildings=4 --set storeys=2 --set trees=0.1 --set traffic=0.1 --set furniture=0.2",
    "landscape": "--set resolution=256 --set size=200 --set plants=60 --set grass=0.05",
    "crowd": "--set count=2",
    "rebuild": "--refine 0.2",
    "train": "--set epochs=1 --set points=96 --set batch=8",
    "tune": "--set epochs=1 --set trials=2",
    "pretrain": "--set epochs=1 --set points=96 --set batch=8",
    "export": "--no-lods --no-lightmaps --no-viewer --texture-size 256",
    "annotate": "--workers 1",
}


def commands(page: Path) -> list[str]:
    """The command lines of a page, without comments: those in blocks for a shell, and in indented blocks."""
    found, language = [], None
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            language = None if language is not None else line[3:].strip()
        elif (language == "sh" or (language is None and line.startswith("    "))) and line.strip().startswith(PROGRAMS):
            found.append(line.strip())
    return found


def words_of(line: str) -> list[str]:
    return shlex.split(line, comments=True)


def read_only(words: list[str]) -> bool:
    return any(set(sign) <= set(words) for sign in READ_ONLY)


def output_of(words: list[str]) -> str:
    return words[words.index("-o") + 1].rstrip("/") if "-o" in words else ""


def expanded(words: list[str]) -> list[str]:
    """As a shell does it: patterns become the files that match."""
    whole: list[str] = []
    for word in words:
        whole += sorted(map(str, Path().glob(word))) if re.fullmatch(r"[\w/-]+/\*\.\w+", word) else [word]
    return whole


def inputs(page: Path, lines: list[list[str]]) -> list[str]:
    """The names in MAKERS of what a page's commands read and no earlier one has written."""
    wanted: list[str] = []
    written: set[str] = set()
    for words in lines:
        for word in words[1:]:
            first = word.split("/")[0]
            name = f"{page.name}/{first}" if f"{page.name}/{first}" in MAKERS else first
            if word != output_of(words) and name in MAKERS and not {first, name} & {*written, *wanted}:
                wanted.append(name)
        written.add(output_of(words).split("/")[0])
    return wanted


@pytest.fixture(scope="module")
def store(worldwright, tmp_path_factory):
    """What was made so far, one folder each; one worker for all pages, as in a window; a registry of models of its own."""
    job, folder = helpers.module("job"), tmp_path_factory.mktemp("inputs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORLDWRIGHT_MODELS", str(tmp_path_factory.mktemp("models")))
        patch.chdir(folder)
        end = job.end_worker
        patch.setattr(job, "end_worker", lambda: None)
        yield folder
        end()


def put_inputs(page: Path, lines: list[list[str]], store: Path, place: Path) -> None:
    """Copies what the commands read to ``place``; makes what was not made yet."""
    for name in inputs(page, lines):
        made = store / name.replace("/", " ")
        if not made.exists():
            made.mkdir()
            MAKERS[name](made)
        subprocess.run(["cp", "-r", f"{made}/.", str(place)], check=True)


@pytest.mark.parametrize("page", [page for page in PAGES if any(line.startswith("worldwright") for line in commands(page))],
                         ids=lambda page: page.stem)  # fmt: skip
def test_the_commands_of_a_page_run(page, store, tmp_path, monkeypatch):
    lines = [words_of(line) for line in commands(page) if line.startswith("worldwright ")]
    lines = [words for words in lines if not read_only(words)]
    monkeypatch.chdir(tmp_path)
    put_inputs(page, lines, store, tmp_path)
    failed = []
    for words in lines:
        output = output_of(words)
        code, _, err = run(*expanded(words[1:]), *LESS.get(words[1], "").split())
        if code != 0 or err:
            failed.append(f"{shlex.join(words)}\n    ended with {code}: {err.strip()}")
        elif output and not Path(output).exists():
            failed.append(f"{shlex.join(words)}\n    did not write {output}")
    assert not failed, "\n".join(failed)


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.stem)
def test_the_commands_of_a_page_are_spelled_right(page):
    parser = helpers.module("core.cli").parser()
    for words in map(words_of, commands(page)):
        if words[1] == "build.py":
            done = subprocess.run([sys.executable, str(ROOT / "build.py"), words[2], "--help"], capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
        else:
            arguments = words[3:] if words[0] == "python" else words[1:]
            parser.parse_args(arguments)  # ends the test with what is wrong


def test_verbs_named_in_sentences_exist():
    verbs = helpers.module("core.cli").parser()._subparsers._group_actions[0].choices
    for page in PAGES:
        for verb in re.findall(r"`worldwright ([a-z]+)", page.read_text(encoding="utf-8")):
            assert verb in verbs, f"{page.name} speaks of “worldwright {verb}”"
