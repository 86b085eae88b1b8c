"""What a window has to stand: random clicks and undos, panels that draw quickly, ten thousand objects.

    python -m tests.benchmarks.bench_window [--minutes 30] [--seed 0]

Opens the window of the tests. Every random action is decided by the seed; a traceback in the log, or a Blender that is gone, ends
it with exit code 1.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time

from tests.package import ROOT, extension_zip
from tests.window.conftest import PREPARE, SIDEBAR, TOOL, Window

MEASURE = """
import sys, time
registration = sys.modules["bl_ext.user_default.worldwright.registration"]
def timed(panel, spent, clock):
    draw, name = panel.draw, panel.bl_label
    def measured(self, context):
        began = clock()
        draw(self, context)
        spent.setdefault(name, []).append(clock() - began)
    panel.draw = measured
if "spent" not in bpy.app.driver_namespace:
    bpy.app.driver_namespace["spent"] = {}
    for panel in [class_ for class_ in registration.CLASSES if issubclass(class_, bpy.types.Panel)]:
        timed(panel, bpy.app.driver_namespace["spent"], time.perf_counter)
"""
REDRAW = SIDEBAR + "region.tag_redraw()"
TIMES = """
import json
spent = bpy.app.driver_namespace["spent"]
print(json.dumps({name: sorted(times)[len(times) // 2] * 1000 for name, times in spent.items()}))
spent.clear()
"""
MANY = """
mesh = bpy.data.objects["Cube"].data if "Cube" in bpy.data.objects else bpy.data.meshes.new("Cube")
for number in range(10_000):
    thing = bpy.data.objects.new(f"Cube.{number:05}", mesh)
    thing.location = (number % 100 * 3, number // 100 * 3, 0)
    bpy.context.scene.collection.objects.link(thing)
"""
KEYS = ("ctrl+z", "ctrl+shift+z", "Escape", "a", "Tab", "Page_Down", "Home", "Return")


def main() -> int:
    """Prints the tables; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    window = Window()
    subprocess.run([str(TOOL), "start"], cwd=ROOT, check=True, capture_output=True)
    try:
        window.run("install", str(extension_zip()))
        window.eval(PREPARE)
        time.sleep(1)
        window.eval(SIDEBAR + "region.active_panel_category = 'Worldwright'")
        draw_times(window, "an empty file")
        monkey(window, options.minutes * 60, random.Random(options.seed))
        window.eval(MANY)
        draw_times(window, "10,000 objects")
        log = window.run("log")
    finally:
        window.run("stop")
    if "Traceback" in log:
        print(log[log.index("Traceback") - 200 :][:3000])
        return 1
    print("No traceback, no crash.")
    return 0


def draw_times(window: Window, where: str) -> None:
    """Median milliseconds that each panel's draw takes."""
    window.eval(MEASURE)
    for _ in range(12):
        window.eval(REDRAW)
        time.sleep(0.2)
    found = window.eval(TIMES)
    print(
        f"{where}: " + ", ".join(f"{name} {spent:.2f} ms" for name, spent in sorted(found.items(), key=lambda item: -item[1])[:8])
    )


def monkey(window: Window, seconds: float, rng: random.Random) -> None:
    """Clicks, keys and scrolls at random for a while."""
    place = window.value("[[r.x, r.y, r.width, r.height] for a in bpy.context.screen.areas if a.type == 'VIEW_3D' "
                         "for r in a.regions if r.type == 'UI'][0]")  # fmt: skip
    done, deadline = 0, time.monotonic() + seconds
    while time.monotonic() < deadline:
        if rng.random() < 0.7:
            x = place[0] + rng.randrange(12, place[2] - 30) if rng.random() < 0.85 else rng.randrange(60, place[0])
            window.click((x, place[1] + rng.randrange(8, place[3])))
        else:
            window.run("key", rng.choice(KEYS))
        done += 1
    window.run("key", "Escape")
    window.wait("job.running is None", 120)
    print(f"{done} random actions")


if __name__ == "__main__":
    sys.exit(main())
