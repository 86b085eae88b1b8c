"""What an export adds to the time of Blender's own exporter for the same objects, proofs apart.

    python -m tests.benchmarks.bench_export MODEL … [--engines godot,unreal]

For each model: seconds of Blender's exporter in this process; of Export GLB without its proofs, as a multiple of that; and for
each pack the seconds of Blender's exporter on everything in the pack (levels and collision shapes too), what we add to them
(start of a second Blender, preflight, copies, levels, shapes, textures), and the proofs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import bpy
from worldwright.blender_host import drive
from worldwright.ending import end
from worldwright.exporting.formats import glb_settings
from worldwright.exporting.glb import export_glb
from worldwright.exporting.pack import PackOptions, export_pack
from worldwright.reading.files import open_files

PROOFS = ("validating", "reading back", "proving")


def silent(fraction: float, doing: str) -> None:
    """Tells nobody."""


def parted(seconds: dict[str, float], writing: str) -> tuple[float, float, float]:
    """(Blender's exporter, what is added, proofs)."""
    proofs = sum(seconds.get(name, 0.0) for name in PROOFS)
    return seconds[writing], seconds["total"] - seconds[writing] - proofs, proofs


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("models", nargs="+", type=Path)
    parser.add_argument("--engines", default="godot,unreal")
    options = parser.parse_args()
    sys.stdout.write("model                  export        Blender s   added s  (times)  proofs s\n")
    with tempfile.TemporaryDirectory() as home:
        for path in options.models:
            objects = open_files([path])
            started = time.perf_counter()
            bpy.ops.export_scene.gltf(filepath=f"{home}/plain.glb", **glb_settings())
            plain = time.perf_counter() - started
            report = drive(export_glb(bpy.context, objects, f"{home}/made.glb"), silent)
            rows = {"GLB": (plain, *parted(report.seconds, "exporting")[1:])}
            for engine in options.engines.split(","):
                settings = PackOptions(overwrite=True, viewer=False)
                report = drive(export_pack(bpy.context, objects, f"{home}/pack", engine, settings), silent)
                rows[f"{engine} pack"] = parted(report.seconds, "writing models")
            for name, (writing, added, proofs) in rows.items():
                times = f"({added / writing:5.1f})"
                sys.stdout.write(f"{path.stem:22} {name:12} {writing:10.2f} {added:9.2f}  {times}  {proofs:8.2f}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
    end(0)
