"""The second Blender's part of a pack: prepare, build, write every file, have them read back."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import bpy

from ..core.errors import WorldwrightError
from ..core.game import proofs
from ..core.game.engines import GLB, USDZ, VRM, engine_of
from ..core.game.pack import write_manifest, write_note
from . import formats, images, packing, prepare
from .baking import bake_procedural
from .proof import Measured, measure
from .readback import Expected, facts, read_back


def make_pack(folder: Path, objects: Path, order: dict, outcome: dict, stage: Callable[[float, str], None]) -> None:
    """Fills ``folder`` with the pack of the ``order`` and ``outcome`` with what was made and proved. Raises WorldwrightError."""
    engine = engine_of(order["engine"])
    stage(0.08, "Preparing")
    expected, warnings = prepare.prepare(objects, order)
    outcome["warnings"] += warnings
    solids = [target for target in bpy.context.scene.objects if target.get("role") in ("collider", "navmesh")]
    stage(0.2, "Preparing textures")
    if gone := images.missing():
        sentence = f"The texture “{gone[0]}” cannot be found"
        if not order["force"]:
            raise WorldwrightError(f"{sentence}.", "Find it with File, External Data, Find Missing Files, or force the export.")
        outcome["warnings"].append(f"{sentence}; what uses it will look wrong.")
    outcome["warnings"] += images.shrink(order["texture_size"])
    outcome["warnings"] += bake_procedural(min(order["texture_size"], 1024))
    stage(0.3, "Levels of detail and collision shapes")
    pack = packing.build(engine, order, solids)
    outcome["warnings"] += pack.warnings
    if engine.textures:
        stage(0.55, "Packing textures")
        pack.manifest["textures"] = images.write_textures(engine, packing.folder_of(folder, "textures"))
    stage(0.6, "Writing models")
    _stayed(_renamed(expected, pack), pack)
    written = _write(pack, folder)
    if order["viewer"] and engine.suffix in (GLB, VRM):
        written += _viewer(pack, folder, written[0][0], outcome)
    stage(0.8, "Proving")
    outcome["checks"] |= _prove(engine.key, pack, written)
    pack.manifest["proofs"] = outcome["checks"]
    pack.manifest["provenance"] = order["provenance"]
    write_note(folder, engine, pack.name)
    if engine.key == "unity":
        _unity_importer(folder)
    write_manifest(folder, engine, pack.manifest)
    outcome["counts"] = {
        "objects": len(pack.levels[0]), "levels": len(pack.levels), "colliders": len(pack.colliders),
        "clips": len(pack.manifest["clips_seconds"]), "triangles": pack.manifest["triangles"].get("0", 0),
        "files": sum(path.is_file() for path in folder.rglob("*")),
        "bytes": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
    }  # fmt: skip


def _write(pack: packing.Pack, folder: Path) -> list[tuple[Path, Expected]]:
    """Writes the model with level 0 (and all levels, where they go inside), then a file for each other level."""
    engine, meshes = pack.engine, packing.folder_of(folder, "meshes")
    solids = [solid for solid, _ in pack.colliders]
    coarse = {target for level, targets in pack.levels.items() if level for target in targets}
    inside = pack.manifest.get("lods_inside", False)
    if inside and engine.key == "unreal":
        _lod_groups(pack)
    first = [target for target in bpy.context.scene.objects if inside or target not in coarse]
    main = meshes / f"{pack.name}{engine.suffix}"
    written = [(main, facts(first, solids))]
    if engine.suffix == VRM:  # the format has no clips
        written[0][1].clips.clear()
    formats.write_model(engine, main, first)
    if not inside:
        for level in sorted(set(pack.levels) - {0}):
            path = meshes / f"{pack.name}_LOD{level}{engine.suffix}"
            have = {name.rpartition("_LOD")[0] for name in (target.name for target in pack.levels[level])}
            others = [target for target in pack.levels[0] if target.name not in have and target not in pack.figured]
            written.append((path, facts([*pack.levels[level], *others], [])))
            formats.write_model(engine, path, [*pack.levels[level], *others], animated=False)
    return written


def _lod_groups(pack: packing.Pack) -> None:
    """Unreal finds levels in an empty that says it is a LodGroup."""
    for target in pack.levels[0]:
        levels = [bpy.data.objects[name] for k in (1, 2, 3) if (name := f"{target.name}_LOD{k}") in bpy.data.objects]
        if not levels or target.find_armature() is not None or target.children or target.parent_type == "BONE":
            continue
        group = bpy.data.objects.new(f"{target.name}_LodGroup", None)
        group["fbx_type"] = "LodGroup"
        bpy.context.scene.collection.objects.link(group)
        place = target.matrix_world.copy()
        for member in (target, *levels):
            member.parent = group
            member.matrix_parent_inverse.identity()
            member.matrix_basis = place


def _renamed(expected: Measured, pack: packing.Pack) -> Measured:
    names = pack.names
    return Measured(
        {names[name]: box for name, box in expected.boxes.items() if name in names},
        {names[name]: points for name, points in expected.skinned.items() if name in names},
        {},
    )


def _stayed(before: Measured, pack: packing.Pack) -> None:
    """Compares the scene with what it was before packing. Raises WorldwrightError when something moved."""
    scene = measure()
    for name, box in before.boxes.items():
        off = float(abs(scene.boxes[name] - box).max()) if name in scene.boxes else 0.0
        if off > 1e-4 and not pack.engine.most_triangles:
            raise WorldwrightError(f"“{name}” moved by {1000 * off:.2f} mm while it was packed; nothing was written.")


def _prove(engine: str, pack: packing.Pack, written: list[tuple[Path, Expected]]) -> dict:
    """Compares each file with the scene it was written from, while other programs look at the files."""
    checks: dict = {}
    started = time.perf_counter()
    solids = sum("convcolonly" in solid.name for solid, _ in pack.colliders)
    with ThreadPoolExecutor(1) as others:  # they are processes of their own; this thread is Blender's
        asked = [(path, name, others.submit(ask, path)) for path, _ in written
                 for name, ask in proofs.asked(engine, path, path == written[0][0]).items()]  # fmt: skip
        try:
            for path, expected in written:
                checks[f"Blender read back{_which(path, written)}"] = read_back(path, expected)
            for path, name, answer in asked:
                checks[f"{name}{_which(path, written)}"] = answer.result()
        except WorldwrightError:
            others.shutdown(cancel_futures=True)
            raise
    _agree(engine, checks, written[0][1], solids)
    checks["proving took (s)"] = round(time.perf_counter() - started, 2)
    return checks


def _which(path: Path, written: list[tuple[Path, Expected]]) -> str:
    return "" if path == written[0][0] else f", {path.stem.rpartition('_')[2]}"


def _agree(engine: str, checks: dict, expected: Expected, solids: int) -> None:
    """What other programs found must be what was written. Raises WorldwrightError."""
    found = checks.get("Godot", {})
    if engine == "godot" and "bodies" in found:
        if found["bodies"] != solids:
            raise WorldwrightError(f"Godot made {found['bodies']} bodies of {solids} collision shapes; nothing was written.")
        for name, seconds in expected.clips.items():
            clip = found["clips"].get(name.replace("-loop", "")) or found["clips"].get(name)
            if clip is None or abs(clip[0] - seconds) > 0.05:
                raise WorldwrightError(f"Godot does not know the clip “{name}” as it was written; nothing was written.")
    found = checks.get("three-vrm", {})
    if engine == "vrm" and "bones" in found and (found["bones"] < 15 or found["meta"] != "1"):
        raise WorldwrightError(f"three-vrm finds only {found['bones']} humanoid bones; nothing was written.")
    found = checks.get("usd-core", {})
    if engine == "usd" and "up" in found and (found["up"] != "Y" or abs(found["unit"] - 1) > 1e-6):
        raise WorldwrightError("The USD file is not in metres with Y up; nothing was written.")


def _viewer(pack: packing.Pack, folder: Path, model: Path, outcome: dict) -> list[tuple[Path, Expected]]:
    """The page, and for the web the USDZ that its AR link opens: of what is small enough to stand in a room."""
    from ..core.game.viewer.page import write_viewer

    walk = sum(solid.parent_type != "BONE" for solid, _ in pack.colliders) > 3
    levels = {int(path.stem.rpartition("_LOD")[2]): path for path in sorted(model.parent.glob(f"{pack.name}_LOD?{model.suffix}"))}
    ar: list[tuple[Path, Expected]] = []
    if pack.engine.key == "web" and len(pack.levels[0]) <= packing.MOST_SIBLINGS:
        path = model.with_name(f"{pack.name}_AR{USDZ}")
        formats.write_model(engine_of("usd"), path, pack.levels[0], animated=False)
        ar.append((path, facts(pack.levels[0], [])))
    try:
        write_viewer(folder / "viewer.html", pack.name, {0: model, **levels}, walk, f"meshes/{ar[0][0].name}" if ar else "")
    except WorldwrightError as error:
        outcome["warnings"].append(str(error))
    return ar


def _unity_importer(folder: Path) -> None:
    source = Path(__file__).with_name("WorldwrightImporter.cs.txt")
    (packing.folder_of(folder, "Editor") / "WorldwrightImporter.cs").write_text(
        source.read_text(encoding="utf-8"), encoding="utf-8"
    )
