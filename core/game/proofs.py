"""Programs that are not ours read a model back: what each found, or that it was not there to be asked."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ..errors import WorldwrightError
from .validate import NO_WINDOW, find_validator, validate, worst

TIMEOUT = 300  # seconds
NOT_RUN = "not run"
DUMP = """
extends SceneTree
func _init():
    var scene = load("res://model.glb")
    if scene == null:
        print("WORLDWRIGHT {}")
        quit()
        return
    var found = {"bodies": 0, "shapes": 0, "regions": 0, "meshes": 0, "bones": 0, "blends": 0, "clips": {}}
    walk(scene.instance(), found)
    print("WORLDWRIGHT " + to_json(found))
    quit()
func walk(node, found):
    if node is StaticBody: found["bodies"] += 1
    if node is CollisionShape: found["shapes"] += 1
    if node is NavigationMeshInstance: found["regions"] += 1
    if node is Skeleton: found["bones"] += node.get_bone_count()
    if node is MeshInstance:
        found["meshes"] += 1
        if node.mesh is ArrayMesh: found["blends"] += node.mesh.get_blend_shape_count()
    if node is AnimationPlayer:
        for name in node.get_animation_list():
            found["clips"][name] = [node.get_animation(name).length, node.get_animation(name).loop]
    for child in node.get_children(): walk(child, found)
"""
USD_CHECK = """
import json, sys
from pxr import Usd, UsdGeom, UsdSkel, UsdValidation
stage = Usd.Stage.Open(sys.argv[1])
validators = UsdValidation.ValidationRegistry().GetOrLoadAllValidators()
errors = [e for e in UsdValidation.ValidationContext(validators).Validate(stage)]
size = UsdGeom.BBoxCache(0, [UsdGeom.Tokens.default_, UsdGeom.Tokens.render], True).ComputeWorldBound(stage.GetPseudoRoot())
box = size.ComputeAlignedRange()
print(json.dumps({"errors": [str(e.GetMessage()) for e in errors if "rror" in str(e.GetType())],
    "warnings": sorted({str(e.GetName()) for e in errors if "rror" not in str(e.GetType())}), "up": UsdGeom.GetStageUpAxis(stage),
    "unit": UsdGeom.GetStageMetersPerUnit(stage), "low": list(box.GetMin()), "high": list(box.GetMax()),
    "meshes": sum(p.IsA(UsdGeom.Mesh) for p in stage.Traverse(Usd.TraverseInstanceProxies())),
    "skeletons": sum(p.IsA(UsdSkel.Skeleton) for p in stage.Traverse())}))
"""


def gltf_validator(path: Path) -> dict:
    """Errors, warnings and counts of the Khronos validator. Raises WorldwrightError with its first message on an error."""
    modules = find_validator()
    if modules is None:
        return {NOT_RUN: "Node.js or its package gltf-validator is missing"}
    report = validate(path, modules)
    if report["issues"]["numErrors"]:
        raise WorldwrightError(f"“{path.name}” is not valid glTF: {worst(report)[0]}.")
    info = report.get("info", {})
    kept = {name: info[name] for name in ("maxInfluences", "totalTriangleCount", "drawCallCount", "materialCount") if name in info}
    return {"errors": 0, "warnings": report["issues"]["numWarnings"], "messages": worst(report), **kept}


def gltf_transform(path: Path) -> dict:
    """What @gltf-transform inspects: meshes, textures and animations it lists."""
    modules = find_validator()
    program = None if modules is None else modules / "@gltf-transform" / "cli" / "bin" / "cli.js"
    if program is None or not program.is_file():
        return {NOT_RUN: "the npm package @gltf-transform/cli is missing"}
    outcome = _run([shutil.which("node") or "node", str(program), "inspect", str(path), "--format", "csv"])
    if outcome.returncode:
        raise WorldwrightError(f"gltf-transform cannot read “{path.name}”: {_last(outcome)}.")
    text = outcome.stdout
    titles = re.findall(r"^\s*([A-Z]{4,})\s*$", text, re.M)
    rows = len(re.findall(r"^\d+,", text, re.M))
    return {"sections": len(titles), "rows": rows}


def godot(path: Path) -> dict:
    """Imports a .glb with a Godot editor's own importer: bodies, shapes, navigation regions, bones and clips it made."""
    program = shutil.which("godot3-server") or shutil.which("godot")
    if program is None:
        return {NOT_RUN: "godot3-server is missing"}
    with tempfile.TemporaryDirectory(prefix="worldwright-godot-") as home:
        project = Path(home) / "project"
        project.mkdir()
        shutil.copyfile(path, project / "model.glb")
        (project / "project.godot").write_text('config_version=4\n[application]\nconfig/name="proof"\n', encoding="utf-8")
        (project / "dump.gd").write_text(DUMP, encoding="utf-8")
        environment = {**os.environ, "HOME": home, "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
        _import([program, "--editor", "--quit", "--path", str(project)], environment, project / ".import")
        outcome = _run([program, "--path", str(project), "-s", "dump.gd"], environment)
    found = re.search(r"^WORLDWRIGHT (\{.*\})$", outcome.stdout, re.M)
    if found is None or found[1] == "{}":
        raise WorldwrightError(f"Godot cannot import “{path.name}”: {_last(outcome)}.")
    return json.loads(found[1])


def assimp(path: Path) -> dict:
    """What assimp reads in a file: meshes, bones, animations, materials."""
    program = shutil.which("assimp")
    if program is None:
        return {NOT_RUN: "assimp is missing"}
    outcome = _run([program, "info", str(path)])
    found = {key.lower(): int(value) for key, value in re.findall(r"^(Nodes|Meshes|Animations|Bones|Materials|Faces):\s+(\d+)",
                                                                  outcome.stdout, re.M)}  # fmt: skip
    if outcome.returncode or not found:
        raise WorldwrightError(f"assimp cannot read “{path.name}”: {_last(outcome)}.")
    return found


def usd(path: Path) -> dict:
    """usd-core's validators on a .usd or .usdz, its unit, up axis and bounds. Raises WorldwrightError on an error."""
    outcome = _run([sys.executable, "-c", USD_CHECK, str(path)])
    if "No module named" in outcome.stderr or "cannot import name" in outcome.stderr:
        return {NOT_RUN: "the package usd-core is missing"}
    try:
        found = json.loads(outcome.stdout.strip().splitlines()[-1])
    except (IndexError, ValueError) as error:
        raise WorldwrightError(f"usd-core cannot read “{path.name}”: {_last(outcome)}.") from error
    if found["errors"]:
        raise WorldwrightError(f"“{path.name}” is not valid USD: {found['errors'][0]}.")
    return found


def three_vrm(path: Path) -> dict:
    """Loads a .vrm with three.js and @pixiv/three-vrm: the version of its meta, its humanoid bones and expressions."""
    modules = find_validator()
    if modules is None or not (modules / "@pixiv" / "three-vrm").is_dir() or not (modules / "three").is_dir():
        return {NOT_RUN: "the npm packages three and @pixiv/three-vrm are missing"}
    script = Path(__file__).with_name("three_vrm.mjs")
    with tempfile.TemporaryDirectory(prefix="worldwright-vrm-") as folder:  # modules are looked for beside the script
        place = Path(folder)
        shutil.copyfile(script, place / script.name)
        os.symlink(modules, place / "node_modules", target_is_directory=True)
        outcome = _run([shutil.which("node") or "node", str(place / script.name), str(path)])
    try:
        return json.loads(outcome.stdout.strip().splitlines()[-1])
    except (IndexError, ValueError) as error:
        raise WorldwrightError(f"three-vrm cannot read “{path.name}”: {_last(outcome)}.") from error


PROOFS: dict[str, dict[str, Callable[[Path], dict]]] = {
    "unreal": {"assimp": assimp},
    "unity": {"assimp": assimp},
    "godot": {"gltf-validator": gltf_validator, "Godot": godot},
    "vrm": {"gltf-validator": gltf_validator, "three-vrm": three_vrm},
    "web": {"gltf-validator": gltf_validator, "gltf-transform": gltf_transform},
    "roblox": {"gltf-validator": gltf_validator, "gltf-transform": gltf_transform},
    "usd": {"usd-core": usd},
}


def asked(engine: str, path: Path, whole: bool) -> dict[str, Callable[[Path], dict]]:
    """Program -> what asks it about a file of an engine's pack: of the ``whole`` model every program of the engine's, of the
    files beside it (levels, the model for AR) those that judge a file by its format."""
    if whole:
        return PROOFS[engine]
    beside: dict[str, dict[str, Callable[[Path], dict]]] = {".glb": {"gltf-validator": gltf_validator}, ".usdz": {"usd-core": usd}}
    return beside.get(path.suffix, {})


def _import(command: list[str], environment: dict[str, str], made: Path) -> None:
    """Runs Godot's editor until it has imported: some builds never end by themselves, so the finished import is looked for."""
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, creationflags=NO_WINDOW)  # fmt: skip
    until = time.monotonic() + TIMEOUT
    try:
        while process.poll() is None and time.monotonic() < until and not list(made.glob("model.glb-*.md5")):
            time.sleep(0.1)
    finally:
        process.kill()
        process.wait()


def _run(command: list[str], environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, env=environment, capture_output=True, timeout=TIMEOUT, creationflags=NO_WINDOW,
                              encoding="utf-8", errors="replace", stdin=subprocess.DEVNULL)  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise WorldwrightError(f"{Path(command[0]).name} did not end within {TIMEOUT} seconds.") from error


def _last(outcome: subprocess.CompletedProcess[str]) -> str:
    lines = (outcome.stderr.strip() or outcome.stdout.strip()).splitlines()
    return lines[-1].strip().rstrip(".") if lines else f"it ended with code {outcome.returncode}"
