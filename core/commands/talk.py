"""``worldwright talk CHARACTER|SEED --persona p.json "When are you open?" -o anna.glb``: a character answers aloud."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..briefs import SEED_LIMIT
from ..errors import WorldwrightError
from ..scene import Report

if TYPE_CHECKING:
    from ..cli import Host

HELP = "Have a character answer questions or say sentences, with voice, lips, eyes and hands."
SUFFIXES = (".npz", ".blend", ".glb", ".json")


def add(command: Callable) -> None:
    """Declares the verb."""
    made = command("talk", run, HELP, "result: .glb, .blend or .npz, with .dialogue.json and a .wav of each line beside it; "
                   "or .json: the dialogue and its sounds alone")  # fmt: skip
    made.add_argument("character", metavar="CHARACTER|SEED", help="a character's file (.blend, .npz), or the seed of a new one")
    made.add_argument("questions", nargs="*", metavar="QUESTION", help="what it is asked")
    made.add_argument("--persona", type=Path, required=True, metavar="FILE", help="who it is and what it knows: .json or .toml")
    made.add_argument("--say", action="append", default=[], metavar="TEXT", help="a sentence it says (repeatable)")
    made.add_argument("--hear", action="append", type=Path, default=[], metavar="WAV", help="a spoken question (repeatable)")
    made.add_argument("--recording", type=Path, metavar="WAV", help="a recording that it performs")
    made.add_argument("--words", default="", help="what is said in the recording, where that is known")
    made.add_argument("--all", action="store_true", help="everything the persona can say, a clip and a sound each")
    made.add_argument("--model", type=Path, metavar="FOLDER", help="a causal language model that words the answers (safetensors)")


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns the exit code."""
    from .. import cli
    from ..interaction.talk.export import write_beside
    from ..interaction.talk.persona import persona_from, read_values

    started = time.perf_counter()
    cli.check_output(host, options.output, SUFFIXES)
    persona = read_values(options.persona)
    checked = persona_from(persona)
    request: dict[str, Any] = {"persona": persona, "requests": _requests(options, checked), "sound": f"{options.output.stem}-"}
    if options.model:
        request["models"] = {"dialogue": str(options.model.absolute())}
    if options.output.suffix == ".json":
        report, result = Report(), host.work("talk", request, cli._progress(host))
    elif options.character.isdecimal():
        request["character"] = _brief(checked.character, int(options.character))
        result = host.work("talk", request, cli._progress(host))
        report = host.write_talk(result, options.output)
    else:
        cli.check_inputs([Path(options.character)])
        report, result = host.talk(Path(options.character), request, options.output, cli._progress(host))
    if options.output.suffix != ".glb":  # there the export has written all that the character says
        write_beside(options.output, [result["dialogue"]], result["samples"], result["rates"])
    lines = result["dialogue"]["lines"]
    report.counts |= {"lines": len(lines), "seconds of speech": round(sum(line["seconds"] for line in lines), 1)}
    report.seconds["total"] = time.perf_counter() - started
    if not options.json:
        for line in lines:
            print(f"{line['question']}\n  {line['text']}".strip("\n") if line["question"] else f"  {line['text']}", file=host.out)
            if line["note"]:
                print(f"  ! {line['note']}", file=host.out)
    return cli._report(host, options, report, dialogue=result["dialogue"])


def _requests(options: argparse.Namespace, persona: Any) -> list[dict]:
    from .. import cli
    from ..interaction.talk.talk import every_line

    cli.check_inputs([*options.hear, *([options.recording] if options.recording else [])])
    found: list[dict] = every_line(persona) if options.all else []
    found += [{"question": question} for question in options.questions] + [{"hear": str(path.absolute())} for path in options.hear]
    found += [{"say": text} for text in options.say]
    if options.recording:
        found.append({"recording": str(options.recording.absolute()), "words": options.words})
    if not found:
        raise WorldwrightError("There is nothing to answer or to say.", "Give a question, --say, --hear, --recording or --all.")
    return found


def _brief(prompt: str, seed: int) -> dict:
    """The brief of the persona's own character, or of the seed's."""
    from ..characters.brief import CharacterBrief
    from ..characters.prompt import read_prompt

    if seed > SEED_LIMIT:
        raise WorldwrightError(f"The seed must lie between 0 and {SEED_LIMIT}.")
    brief = read_prompt(prompt, seed)[0] if prompt else CharacterBrief(seed=seed)
    return {**brief.to_dict(), "face_units": True, "clips": "idle"}
