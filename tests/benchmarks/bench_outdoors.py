"""Cities and landscapes: seconds to generate and to write, triangles, size: ``python -m tests.benchmarks.bench_outdoors``.

Seconds are the process's own (time.process_time), so that other work on the machine does not count; --glb exports as well.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import bpy
from worldwright.blender_host import drive
from worldwright.core.environments.city.brief import CityBrief
from worldwright.core.environments.city.generate import generate as generate_city
from worldwright.core.environments.landscape.brief import LandscapeBrief
from worldwright.core.environments.landscape.generate import generate as generate_landscape
from worldwright.exporting.glb import export_glb
from worldwright.writing.scene import run, write_scene

CASES = (
    ("street of 24", lambda: generate_city(CityBrief(kind="street", weather="rain", seed=3))),
    ("city of 200", lambda: generate_city(CityBrief(kind="district", buildings=200, seed=3))),
    ("city of 200 with LODs", lambda: generate_city(CityBrief(kind="district", buildings=200, lods=True, seed=3))),
    ("city of 2,000", lambda: generate_city(CityBrief(kind="district", buildings=2000, seed=3))),
    ("terrain 1,024², 10,000 plants", lambda: generate_landscape(LandscapeBrief(resolution="1024", plants=10000, seed=3))),
)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_outdoors")
    parser.add_argument("--glb", action="store_true", help="export the cities as GLB and say how large they are")
    options = parser.parse_args()
    say("| case | generate s | write s | unique triangles | drawn | objects | GLB MB |")
    say("| --- | --- | --- | --- | --- | --- | --- |")
    for name, make in CASES:
        bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
        began = time.process_time()
        scene = make()
        made = time.process_time() - began
        began = time.process_time()
        collection = run(write_scene(bpy.context, scene))
        written = time.process_time() - began
        size = ""
        if options.glb and name == "city of 200":
            with tempfile.TemporaryDirectory() as folder:
                target = Path(folder) / "city.glb"
                drive(export_glb(bpy.context, collection.all_objects, target))
                size = f"{target.stat().st_size / 1e6:.1f}"
        counts = scene.report.counts
        say(f"| {name} | {made:.1f} | {written:.1f} | {counts['triangles stored']:,} | {counts['triangles']:,} | "
            f"{len(collection.all_objects):,} | {size} |")  # fmt: skip


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
