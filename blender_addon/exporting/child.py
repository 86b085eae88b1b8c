"""The second Blender: run as a script with the folder of the order and the core's folder."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import time
from pathlib import Path

import bpy  # noqa: F401  (as a Python module it must come before bmesh and mathutils)

# What the two Blenders exchange, by file name within the order's folder.
ORDER, OBJECTS, MODEL, OUTCOME, PROGRESS = "order.json", "objects.blend", "model.glb", "outcome.json", "progress"
PACK = "pack"  # a folder


def load_package(name: str, folder: Path) -> None:
    """Imports a package from its folder under a name of our choosing: nothing around the folder becomes importable."""
    location = importlib.util.spec_from_file_location(name, folder / "__init__.py", submodule_search_locations=[str(folder)])
    sys.modules[name] = module = importlib.util.module_from_spec(location)
    location.loader.exec_module(module)


def main(folder: Path) -> None:
    """Does the order in ``folder`` and leaves its outcome there."""
    from worldwright.core.errors import WorldwrightError
    from worldwright.exporting import prepare, proof

    outcome = {"error": "", "counts": {}, "checks": {}, "warnings": [], "seconds": {}}

    def stage(fraction: float, doing: str) -> None:
        partial = folder / f"{PROGRESS}.part"
        partial.write_text(f"{fraction} {doing}", encoding="utf-8")
        os.replace(partial, folder / PROGRESS)
        outcome["seconds"][doing.lower()] = time.perf_counter()

    try:
        order = json.loads((folder / ORDER).read_text(encoding="utf-8"))
        if "engine" in order:
            from worldwright.exporting.packchild import make_pack

            (folder / PACK).mkdir()
            make_pack(folder / PACK, folder / OBJECTS, order, outcome, stage)
        else:
            stage(0.1, "Preparing")
            expected, warnings = prepare.prepare(folder / OBJECTS, order)
            outcome["warnings"] += warnings
            stage(0.3, "Exporting")
            prepare.export(folder / MODEL)
            stage(0.6, "Validating")
            proof.validate_file(folder / MODEL, outcome)
            stage(0.8, "Reading back")
            proof.read_back(folder / MODEL, expected, outcome)
        stage(1.0, "Done")
    except WorldwrightError as error:
        outcome["error"] = str(error)
    stages = list(outcome["seconds"].items())
    outcome["seconds"] = {name: round(end - start, 3) for (name, start), (_, end) in zip(stages, stages[1:], strict=False)}
    (folder / f"{OUTCOME}.part").write_text(json.dumps(outcome), encoding="utf-8")
    os.replace(folder / f"{OUTCOME}.part", folder / OUTCOME)


if __name__ == "__main__":
    order_folder, core_folder = sys.argv[sys.argv.index("--") + 1 :]
    load_package("worldwright", Path(__file__).resolve().parents[1])
    load_package("worldwright.core", Path(core_folder))
    from worldwright.ending import end

    main(Path(order_folder))
    end(0)
