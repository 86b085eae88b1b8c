"""The artist's side of a pack: hands copies to a second Blender, waits, and puts the proved folder in its place."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Generator, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import bpy

from ..core.errors import WorldwrightError
from ..core.game import pack
from ..core.game.engines import engine_of, safe_name
from ..core.game.findings import ERROR, Finding
from ..core.scene import Report
from ..job import Step
from . import child
from .companions import write_companions, write_feel
from .glb import choose, hand_over, run_child
from .preflight import preflight

COLLIDERS = ("convex", "hull", "box", "none")


@dataclass(frozen=True)
class PackOptions:
    """How a pack is made.

    Attributes:
        lods: levels of detail 1 to 3.
        colliders: one of ``COLLIDERS``: for meshes that have none of their own.
        lightmaps: a second UV map for what does not move, where the engine uses one.
        viewer: a page to look at the pack in a browser.
        texture_size: pixels; larger textures are scaled down.
        platform: "mobile", "vr" or "desktop": whose budget the preflight looks at.
        overwrite: replace a pack that is there.
        force: export in spite of errors of the preflight.
    """

    lods: bool = True
    colliders: str = "convex"
    lightmaps: bool = True
    viewer: bool = True
    texture_size: int = 2048
    platform: str = "desktop"
    overwrite: bool = False
    force: bool = False


def export_pack(
    context: bpy.types.Context, objects: Iterable[bpy.types.Object], folder: str | Path, engine: str,
    options: PackOptions = PackOptions(),  # noqa: B008 (frozen)
) -> Generator[Step, None, Report]:  # fmt: skip
    """Writes a pack for ``engine`` (a key of ``core.game.engines.ENGINES``) into ``folder``, whole or not at all.

    The report's checks say which programs read the pack back and what they found. Errors of the preflight stop the export
    unless ``options.force``; the pack that was in the folder is kept until the new one is whole. Raises WorldwrightError.
    """
    started = time.perf_counter()
    engine_of(engine)
    target = Path(folder)
    if options.colliders not in COLLIDERS:
        raise WorldwrightError(f"“{options.colliders}” is no kind of collider.", f"Known are {', '.join(COLLIDERS)}.")
    pack.check_target(target, options.overwrite)
    chosen, warnings = choose(objects, solids=True)
    if engine == "vrm" and sum(thing.type == "ARMATURE" for thing in chosen) != 1:
        raise WorldwrightError("A VRM holds one character with one skeleton.", "Select one character with its skeleton.")
    yield Step(0.01, "Checking")
    found = preflight(context, chosen, engine, options.platform)
    _stop_at_errors(found, options.force)
    temporary = Path(tempfile.mkdtemp(prefix="worldwright-pack-"))
    try:
        yield Step(0.03, "Copying the objects")
        order = {"engine": engine, "name": safe_name(target.name, 40), **asdict(options)}
        hand_over(context, chosen, temporary, order)
        yield from run_child(temporary)
        outcome = json.loads((temporary / child.OUTCOME).read_text(encoding="utf-8"))
        if outcome["error"]:
            raise WorldwrightError(outcome["error"])
        yield Step(0.97, "Putting the pack in its place")
        beside = write_companions(chosen, temporary / child.PACK / order["name"])
        if write_feel(chosen, temporary / child.PACK / "haptics") or beside:
            pack.list_again(temporary / child.PACK)
        pack.put(temporary / child.PACK, target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    said = [f"{one.sentence} {one.consequence}".strip() for one in found if one.level != "information"]
    report = Report(outcome["counts"], outcome["checks"], warnings + said + outcome["warnings"], outcome["seconds"])
    report.counts["folder"] = str(target)
    report.seconds["total"] = time.perf_counter() - started
    return report


def _stop_at_errors(found: list[Finding], force: bool) -> None:
    errors = [one for one in found if one.level == ERROR]
    if errors and not force:
        more = f" There are {len(errors) - 1} more errors." if len(errors) > 1 else ""
        cure = f"{errors[0].cure} Or force the export: {errors[0].consequence}".strip()
        raise WorldwrightError(f"{errors[0].sentence}{more}", cure)
