"""The command line: one parser, and a host that works without Blender. Blender's host is the add-on's ``headless``.

Exit codes: 0 done, 1 failed (one sentence on stderr), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import re
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, TextIO

from . import __version__, codec, commands, service
from .annotation.annotation import Annotation
from .briefs import SEED_LIMIT, Brief
from .cloud import PointCloud
from .errors import Cancelled, WorldwrightError
from .game.findings import Finding
from .progress import Progress
from .scene import Mesh, Report, Scene

CLOUDS = (".ply", ".pcd", ".npz", ".xyz")
EXAMPLES = """examples:
  worldwright points office.blend -o office.ply --count 50000
  worldwright annotate chair.glb office.blend --json
  worldwright character "a tall woman of 60 in a red jacket" --seed 4 -o anna.glb
  worldwright environment "a bright office for six people" -o office.blend
  worldwright export office.blend -o office.glb
"""


class Host:
    """What commands need of the program they run in. This one needs no Blender, and so reads and writes fewer kinds of file."""

    reads = "glb, gltf, obj, ply, stl or off"
    blender = False  # whether .blend and .glb can be written, by the methods that say so

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.out, self.err = out or sys.stdout, err or sys.stderr

    def read(self, files: list[Path]) -> tuple[list[Mesh], list[str]]:
        """All meshes in the files, and warnings. Raises WorldwrightError when one is not a model."""
        from .spatial.models import read_model

        return [mesh for file in files for mesh in read_model(file)], []

    def read_library(self, place: Path, labels: str, store: Path, progress: Progress) -> Any:
        """Reads an artist's library into the folder ``store``; returns its ``learning.store.Index``."""
        from .learning.artist_library import build_store, list_library

        return build_store(list_library(place, labels), store, progress)

    def work(self, method: str, values: dict, progress: Progress) -> Any:
        """Runs one of the service's methods."""
        return service.METHODS[method](values, progress)

    def write_scene(self, scene: Scene, target: Path) -> Report:
        """Writes a generated scene and returns its report."""
        codec.save(target, scene)
        return scene.report

    def animate(self, file: Path, method: str, values: dict, target: Path, progress: Progress) -> Report:
        """Adds the clips that a method of the service makes for the rig in ``file``, and writes the whole to ``target``."""
        scene = codec.load(file)
        rig = next((node for node in getattr(scene, "nodes", []) if node.skeleton is not None), None)
        if rig is None:
            raise WorldwrightError(f"There is no rig in “{file.name}”.", "Give the result of the command “character”.")
        clips = self.work(method, values | {"rig": rig.skeleton}, progress)
        names = {clip.name for clip in clips}
        scene.clips = [clip for clip in scene.clips if clip.name not in names] + clips
        codec.save(target, scene)
        return Report({"clips": len(clips), "bones": len(rig.skeleton.names)})

    def write_talk(self, result: dict, target: Path) -> Report:
        """Writes the character that the service's ``talk`` made, with what it says; the report."""
        return self.write_scene(result["scene"], target)

    def talk(self, file: Path, request: dict, target: Path, progress: Progress) -> tuple[Report, dict]:
        """Has the character in ``file`` talk as ``request`` for the service's ``talk`` says, and writes the whole to ``target``."""
        scene = codec.load(file)
        nodes = getattr(scene, "nodes", [])
        rig = next((node for node in nodes if node.skeleton is not None), None)
        if rig is None or not any(node.mesh is not None and "jawOpen" in node.mesh.shape_keys for node in nodes):
            raise WorldwrightError(f"There is no character with face units in “{file.name}”.", "Give one made with face_units on.")
        own = scene.provenance.get("brief") if scene.provenance.get("kind") == "character" else None
        taken = [clip.name for clip in scene.clips]
        result = self.work("talk", request | {"rig": rig.skeleton, "brief": own, "taken": taken}, progress)
        scene.clips = result["clips"] + scene.clips
        return self.write_talk(result | {"scene": scene}, target), result

    def furnish(self, file: Path, values: dict, target: Path | None, progress: Progress) -> Report:
        """Works on the room in ``file`` as ``values`` say (those of the service's ``furnish``, and names to ``keep``), and writes
        the whole to ``target`` where one is given."""
        from .environments.furnish.found import KEEP
        from .environments.furnish.merge import merged

        scene = codec.load(file) if file.suffix.lower() == ".npz" else None
        if not isinstance(scene, Scene):
            raise WorldwrightError(f"“{file.name}” is no scene that can be furnished here.", "Give a room in .npz, or use Blender.")
        for node in scene.nodes:
            if node.name in values.get("keep", ()):
                node.properties[KEEP] = True
        result = merged(scene, self.work("furnish", values | {"scene": scene}, progress))
        if target is not None:
            codec.save(target, result)
        return result.report

    def show(self, what: str, file: Path, values: dict, names: list[str], target: Path, progress: Progress) -> Report:
        """Blender only. Adds a ``walk`` through the rooms in ``file``, or a ``stage`` for its objects ``names`` (or all)."""
        raise NotImplementedError

    def write_clouds(self, clouds: list[PointCloud], target: Path) -> None:
        """Blender only. Writes clouds into a copy of the scene that was read."""
        raise NotImplementedError

    def write_annotations(self, annotations: list[Annotation], target: Path, mark_assets: bool = False) -> None:
        """Blender only. Writes annotations onto the objects that were read, and these to ``target``; as assets if wanted."""
        raise NotImplementedError

    def export(self, files: list[Path], names: list[str], target: Path, progress: Progress) -> Report:
        """Blender only. Exports the files' objects (of those ``names``, or all) as GLB."""
        raise NotImplementedError

    def pack(self, files: list[Path], names: list[str], target: Path, engine: str, values: dict, progress: Progress) -> Report:
        """Writes a pack of the files' objects for an engine into a folder; ``values`` are the add-on's ``PackOptions``."""
        raise WorldwrightError("Writing packs needs Blender.", "Use the command “worldwright” where bpy is installed.")

    def preflight(self, files: list[Path], names: list[str], engine: str, platform: str) -> list[Finding]:
        """What would go wrong with the files' objects in an engine."""
        raise WorldwrightError("The preflight needs Blender.", "Use the command “worldwright” where bpy is installed.")

    def ask(self, file: Path, values: dict, target: Path | None, progress: Progress) -> list[dict]:
        """Asks the scene in a file (``values``: requests, speech, picture, point, seed, sure); writes what came of it."""
        raise WorldwrightError("Asking a scene needs Blender.", "Use the command “worldwright” where bpy is installed.")

    def worker_command(self) -> list[str]:
        """The command that starts one worker of a batch, in a program like this one."""
        return [sys.executable, str(Path(__file__).parent / "batch" / "start.py"), "-", str(Path(__file__).parent)]

    def findings(self) -> list[tuple[bool, str]]:
        """(whether all is well, one sentence) of each thing the doctor looks at."""
        versions = service.METHODS["describe"]({}, lambda fraction, doing: None)
        found = [(True, f"{name} {version}") for name, version in versions.items()]
        if "torch" not in versions:
            found.append((False, "PyTorch is not installed; annotate needs it, the generators do not."))
        return found


def parser() -> argparse.ArgumentParser:
    """The parser of every command, with its help."""
    whole = argparse.ArgumentParser(
        prog="worldwright",
        description="Meshes are read as point clouds; characters, rooms and annotations come back, ready for a game engine.",
        epilog=EXAMPLES + "\nexit codes: 0 done, 1 failed (one sentence on stderr), 2 wrong usage",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"worldwright {__version__}")
    subparsers = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Callable, help: str, output: str, required: bool = True) -> argparse.ArgumentParser:
        made = subparsers.add_parser(name, help=help, description=help)
        made.set_defaults(run=run)
        made.add_argument("-o", "--output", type=Path, metavar="FILE", required=required, help=output)
        made.add_argument("--seed", type=_seed, help="whole number that decides every random choice (default 0)")
        made.add_argument("--json", action="store_true", help="print the report as JSON")
        return made

    made = command("points", points, "Sample point clouds from the surfaces of models.",
                   "cloud: .ply .pcd .npz .xyz, or .blend (the scene with point objects)")  # fmt: skip
    made.add_argument("files", nargs="+", type=Path, metavar="MODEL", help="model or scene to read")
    made.add_argument("--count", type=int, default=10_000, help="points of each cloud (default %(default)s)")
    made.add_argument("--density", type=float, help="points a square metre, instead of a count")
    made.add_argument("--method", choices=("area", "farthest", "poisson"), default="area",
                      help="random by area, spread farthest apart, or Poisson-disk (default %(default)s)")  # fmt: skip
    made.add_argument("--each", action="store_true", help="one cloud for each object, not one of all together")

    for name, what in (("character", "a rigged person"), ("environment", "a furnished room")):
        made = command(name, generate, f"Make {what} from a prompt or a brief.", "result: .blend, .glb, or .npz (for Python)")
        made.add_argument("prompt", nargs="?", help="what you want, in English")
        made.add_argument("--brief", type=Path, metavar="JSON", help="a brief's values, instead of a prompt")
        made.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="one value of the brief (repeatable)")
        if name == "environment":
            made.add_argument("--photo", type=Path, metavar="PICTURE", help="a photograph whose colours and light the room takes")

    made = command("export", export, "Write models or scenes as one GLB, or as a pack for an engine, proved and read back.",
                   "target: .glb, or with --engine a folder")  # fmt: skip
    made.add_argument("files", nargs="+", type=Path, metavar="MODEL", help="model or scene to read")
    made.add_argument("--only", action="append", default=[], metavar="NAME", help="an object or collection (repeatable)")
    commands.pack.add_options(made)

    command("doctor", doctor, "Say what is installed and what is missing.", "findings: .json", required=False)
    for verb in commands.VERBS:
        verb.add(command)
    return whole


def main(host: Host, arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    try:
        with redirect_stdout(host.out), redirect_stderr(host.err):  # argparse knows only the process's own streams
            options = parser().parse_args(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    try:
        return options.run(host, options)
    except WorldwrightError as error:
        sentence = str(error)
    except (KeyboardInterrupt, Cancelled):
        sentence = "Cancelled."
    except OSError as error:
        sentence = f"“{error.filename}” cannot be used: {error.strerror}." if error.filename else f"{error}."
    except Exception as error:
        sentence = f"An unexpected problem stopped the work: {type(error).__name__}: {error}."
    print(" ".join(sentence.split()), file=host.err)
    return 1


def points(host: Host, options: argparse.Namespace) -> int:
    """Command: models → clouds."""
    from .spatial.files import write_cloud

    started = time.perf_counter()
    check_output(host, options.output, (*CLOUDS, ".blend"))
    meshes, warnings = _read(host, options.files)
    values = {"count": options.count, "density": options.density, "method": options.method, "seed": options.seed or 0}
    clouds = host.work("points", {"meshes": meshes, "together": not options.each, **values}, _progress(host))
    if options.output.suffix == ".blend":
        host.write_clouds(clouds, options.output)
    elif not options.each:
        write_cloud(options.output, clouds[0])
    else:
        for number, cloud in enumerate(clouds):
            name = re.sub(r"\W+", "_", cloud.name).strip("_") or str(number)
            write_cloud(options.output.with_stem(f"{options.output.stem}-{number:03d}-{name}"), cloud)
    counts = {"clouds": len(clouds), "points": sum(len(cloud) for cloud in clouds), "meshes": len(meshes)}
    return _report(host, options, Report(counts, {}, warnings, {"total": time.perf_counter() - started}))


def generate(host: Host, options: argparse.Namespace) -> int:
    """Command: prompt or brief → a scene."""
    started = time.perf_counter()
    check_output(host, options.output, tuple(f".{name}" for name in ("npz", "blend", "glb")))
    brief, notes = read_brief(options)
    scene = host.work(options.command, {"brief": brief.to_dict()}, _progress(host))
    report = host.write_scene(scene, options.output)
    report.seconds["total"] = time.perf_counter() - started
    return _report(host, options, report, notes=notes, brief=brief.to_dict())


def read_brief(options: argparse.Namespace) -> tuple[Brief, list[str]]:
    """The brief that prompt, ``--brief``, ``--set`` and ``--seed`` say, the later winning, and the prompt's notes."""
    kind, read_prompt = _generator(options.command)
    notes: list[str] = []
    values: dict[str, Any] = {}
    if options.prompt is not None:
        brief, notes = read_prompt(options.prompt, options.seed or 0)
        values = brief.to_dict()
    if getattr(options, "photo", None):
        from .environments.photo import read_photo
        from .environments.pictures import read_picture

        mood = read_photo(read_picture(options.photo))
        plain = kind(seed=options.seed or 0).to_dict()
        values |= {name: value for name, value in mood.brief_values(kind).items() if values.get(name, plain[name]) == plain[name]}
        notes = [*notes, *mood.notes]
    if options.brief:
        values |= _json_object(options.brief)
    return kind.from_dict(values | read_settings(options)), notes


def read_settings(options: argparse.Namespace) -> dict[str, Any]:
    """The brief's values that ``--set`` and ``--seed`` say. Raises WorldwrightError."""
    values: dict[str, Any] = {}
    for setting in options.set:
        name, equals, value = setting.partition("=")
        if not equals:
            raise WorldwrightError(f"“{setting}” is not NAME=VALUE.")
        try:
            values[name.strip()] = json.loads(value)
        except ValueError:
            values[name.strip()] = value
    return values if options.seed is None else values | {"seed": options.seed}


def _generator(command: str) -> tuple[type[Brief], Callable[[str, int], tuple[Brief, list[str]]]]:
    """The brief of what a command makes, and its prompt reader."""
    if command == "character":
        from .characters import brief as character
        from .characters import prompt as character_prompt

        return character.CharacterBrief, character_prompt.read_prompt
    from .environments import brief as room
    from .environments import prompt as room_prompt

    return room.RoomBrief, room_prompt.read_prompt


def export(host: Host, options: argparse.Namespace) -> int:
    """Command: models → one GLB, or a pack for an engine."""
    if options.engine:
        return commands.pack.export_pack(host, options)
    check_output(host, options.output, (".glb",))
    return _report(host, options, host.export(options.files, options.only, options.output, _progress(host)))


def doctor(host: Host, options: argparse.Namespace) -> int:
    """Command: what is there; exit code 1 when something is missing."""
    found = host.findings()
    values = [{"well": well, "finding": sentence} for well, sentence in found]
    if options.output:
        check_output(host, options.output, (".json",))
        write_json(options.output, values)
    if options.json:
        print(json.dumps(values, ensure_ascii=False, indent=1), file=host.out)
    else:
        for well, sentence in found:
            print(f"{'✓' if well else '✗'} {sentence}", file=host.out)
    return 0 if all(well for well, _ in found) else 1


def check_output(host: Host, path: Path, suffixes: tuple[str, ...]) -> None:
    """Raises WorldwrightError, before any work is done, when no file of these kinds can be written there by this host."""
    if path.suffix.lower() not in suffixes:
        raise WorldwrightError(f"The output “{path.name}” must end in {', '.join(suffixes[:-1]) or suffixes[0]}"
                               f"{f' or {suffixes[-1]}' if len(suffixes) > 1 else ''}.")  # fmt: skip
    if path.suffix.lower() in (".blend", ".glb") and not host.blender:
        raise WorldwrightError(f"Writing “{path.name}” needs Blender.", "Use the command “worldwright” where bpy is installed.")
    folder = path.absolute().parent
    if not folder.is_dir():
        raise WorldwrightError(f"The folder “{folder}” does not exist.", "Make it first, or choose another.")
    if path.is_dir() or not os.access(folder, os.W_OK):
        raise WorldwrightError(f"“{path}” cannot be written.", "Choose another folder or name.")


def write_json(path: Path, value: Any) -> None:
    """Writes JSON, whole or not at all."""
    partial = path.with_name(path.name + ".part")
    try:
        partial.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise WorldwrightError(f"“{path}” cannot be written: {error.strerror}.") from error


def _seed(text: str) -> int:
    seed = int(text)
    if not 0 <= seed <= SEED_LIMIT:
        raise argparse.ArgumentTypeError(f"must lie between 0 and {SEED_LIMIT}")
    return seed


def _read(host: Host, files: list[Path]) -> tuple[list[Mesh], list[str]]:
    check_inputs(files)
    meshes, warnings = host.read(files)
    if not meshes:
        raise WorldwrightError(" ".join(warnings[:3]) or "There is no mesh in these files.", f"Give a model ({host.reads}).")
    return meshes, warnings


def check_inputs(files: list[Path]) -> None:
    """Raises WorldwrightError when a file is missing or empty."""
    for file in files:
        if not file.is_file():
            raise WorldwrightError(f"The file “{file}” does not exist.")
        if file.stat().st_size == 0:
            raise WorldwrightError(f"The file “{file}” is empty.")


def _json_object(path: Path) -> dict:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise WorldwrightError(f"“{path}” is not a JSON file.") from error
    if not isinstance(value, dict):
        raise WorldwrightError(f"“{path}” is not a brief: it holds no names and values.")
    return value


def _progress(host: Host) -> Progress:
    """A line on a terminal that says how far the work is; nothing where stderr is a file or a pipe."""

    def show(fraction: float, doing: str) -> None:
        if host.err.isatty():
            print(f"\r\x1b[K{fraction:4.0%}  {doing}" if fraction < 1 else "\r\x1b[K", end="", file=host.err, flush=True)

    return show


def _report(host: Host, options: argparse.Namespace, report: Report, **more: Any) -> int:
    """Prints what was done, for people or as JSON."""
    written = str(options.output) if options.output else ""
    if options.json:
        values = {"command": options.command, "output": written, **more, "report": dataclasses.asdict(report)}
        print(json.dumps(values, ensure_ascii=False), file=host.out)
        return 0
    for note in more.get("notes", []):
        print(f"  {note}", file=host.out)
    for warning in report.warnings:
        print(f"  ! {warning}", file=host.out)
    counts = ", ".join(_count(name, value) for name, value in report.counts.items() if value != written)
    print(f"{written or 'Done'}: {counts} ({report.seconds.get('total', 0):.1f} s)", file=host.out)
    for name, value in report.checks.items():
        print(f"  {name.replace('_', ' ')}: {_figure(value)}", file=host.out)
    return 0


def _count(name: str, value: Any) -> str:
    """“1 cloud”, “3 clouds”."""
    words = name.replace("_", " ")
    return f"{_figure(value)} {words.removesuffix('s') if value == 1 else words}"


def _figure(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.3g}" if isinstance(value, float) else str(value)
