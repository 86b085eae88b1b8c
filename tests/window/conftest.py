"""A real Blender window on a virtual screen, with the packaged extension in it.

The tool that opens it is named by WORLDWRIGHT_WINDOW_TOOL, and expected beside the repository otherwise. Pictures of what
was seen are kept in out/window.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from tests.package import ROOT, extension_zip

TOOL = Path(os.environ.get("WORLDWRIGHT_WINDOW_TOOL", ROOT.parent / "shared" / "tools" / "blender-window"))
HEIGHT = 900  # pixels of the window; Blender counts from below, the mouse from above
PICTURES = ROOT / "out" / "window"

# Blender does not tell where a button is, but it tells which one is under the mouse: it copies the button's command, as
# its context menu does. So the mouse walks down the sidebar.
SCAN = """
import bpy, sys
manager = bpy.context.window_manager
window = manager.windows[0]
area = next(area for area in window.screen.areas if area.type == "VIEW_3D")
region = next(region for region in area.regions if region.type == "UI")
found = bpy.app.driver_namespace["found"] = {}
places = [(region.x + int(0.76 * region.width), y) for y in range(region.y + region.height - 8, region.y, -12)]
seen = []
def look():
    if seen:
        manager.clipboard = ""
        with bpy.context.temp_override(window=window, area=area, region=region):
            try:
                bpy.ops.ui.copy_python_command_button()
            except RuntimeError:
                pass  # no button there
        if manager.clipboard:
            found.setdefault(manager.clipboard.rpartition("worldwright")[2].strip("._()"), []).append(seen[-1])
    if len(seen) == len(places):
        found["done"] = True
        return None
    seen.append(places[len(seen)])
    window.cursor_warp(*seen[-1])
    return 0.03
bpy.app.timers.register(look)
"""

SIDEBAR = """
window = bpy.context.window_manager.windows[0]
area = next(area for area in window.screen.areas if area.type == "VIEW_3D")
region = next(region for region in area.regions if region.type == "UI")
"""
TOP = "print(region.view2d.region_to_view(0, region.height)[1])"

PREPARE = """
import sys, time
area = next(area for area in bpy.context.window_manager.windows[0].screen.areas if area.type == "VIEW_3D")
area.spaces.active.show_region_ui = True
job = sys.modules["bl_ext.user_default.worldwright.job"]
seen = bpy.app.driver_namespace["seen"] = {"ticks": [], "ended": 0.0, "error": ""}
original = job.JobOperator.modal
def modal(self, context, event):
    started = time.thread_time()
    outcome = original(self, context, event)
    seen["ticks"].append(time.thread_time() - started)
    if outcome & {"FINISHED", "CANCELLED"}:
        seen["ended"] = time.time()
    return outcome
job.JobOperator.modal = modal
fail = job.JobOperator._fail
def _fail(self, context, error):
    seen["error"] = str(error)
    return fail(self, context, error)
job.JobOperator._fail = _fail
"""


class Window:
    """The window, in words of what a user does."""

    def run(self, *words: str) -> str:
        outcome = subprocess.run([str(TOOL), *words], cwd=ROOT, capture_output=True, text=True)
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr
        return outcome.stdout

    def eval(self, code: str):
        """Runs statements in Blender; what they print, as JSON where it is JSON."""
        text = self.run("eval", code).strip()
        try:
            return json.loads(text)
        except ValueError:
            return text

    def value(self, expression: str):
        job = "sys.modules['bl_ext.user_default.worldwright.job']"
        return self.eval(f"import json, sys\njob = {job}\nprint(json.dumps({expression}))")

    def wait(self, expression: str, seconds: float = 240):
        """Waits until a Python expression is true in Blender."""
        deadline = time.monotonic() + seconds
        while not (value := self.value(expression)):
            assert time.monotonic() < deadline, f"{expression} did not come true; Blender said:\n{self.run('log')}"
            time.sleep(0.1)
        return value

    def wait_for_job(self) -> None:
        """Waits until the running job has ended, and checks that it succeeded."""
        self.wait("job.running is None")
        assert self.value("bpy.app.driver_namespace['seen']['error']") == ""

    def buttons(self) -> dict[str, tuple[int, int]]:
        """Where the sidebar's buttons are, by operator name."""
        self.eval(SCAN)
        self.wait("bpy.app.driver_namespace['found'].get('done', False)")
        found = self.value("bpy.app.driver_namespace['found']")
        return {name: tuple(places[len(places) // 2]) for name, places in found.items() if name != "done"}

    def click(self, place: tuple[int, int]) -> None:
        self.run("click", str(place[0]), str(HEIGHT - place[1]))
        for _ in range(2):  # two rounds of Blender's event loop: the click has been taken
            self.eval("pass")

    def scroll(self, key: str) -> bool:
        """Scrolls the sidebar with ``Page_Down`` or ``Home``; whether it moved."""
        before = self.eval(SIDEBAR + "window.cursor_warp(region.x + region.width // 2, region.y + 30)\n" + TOP)
        time.sleep(0.2)
        self.run("key", key)
        return self.eval(SIDEBAR + TOP) != before

    def find(self, name: str) -> tuple[int, int]:
        """Where the button of that operator or label ("Generate Room") is; scrolls the sidebar to it."""
        name = self.value(f"next((name for name in dir(bpy.ops.worldwright) if getattr(bpy.ops.worldwright, name)"
                          f".get_rna_type().name == {name!r}), {name!r})")  # fmt: skip
        self.scroll("Home")
        seen: set[str] = set()
        while True:
            buttons = self.buttons()
            if name in buttons:
                return buttons[name]
            seen |= set(buttons)
            assert self.scroll("Page_Down"), f"no button “{name}” in the sidebar, only {sorted(seen)}"

    def press(self, name: str) -> None:
        """Clicks the button of that operator or label, wherever in the sidebar it is."""
        self.click(self.find(name))

    def over_viewport(self) -> None:
        """Puts the mouse into the middle of the 3D view, where keys mean the scene."""
        self.eval("bpy.context.window_manager.windows[0].cursor_warp(500, 400)")
        time.sleep(0.3)

    def shot(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.run("shot", str(PICTURES / f"{name}.png"))

    def longest_tick(self) -> float:
        """Seconds of the main thread's own work in the longest tick of the jobs since the last call."""
        ticks = self.value("bpy.app.driver_namespace['seen']['ticks']")
        self.eval("bpy.app.driver_namespace['seen']['ticks'].clear()")
        return max(ticks)


@pytest.fixture(scope="session")
def window():
    if not TOOL.exists():
        pytest.skip("there is no tool that opens a Blender window (WORLDWRIGHT_WINDOW_TOOL)")
    ready = subprocess.run([str(TOOL), "setup"], capture_output=True, text=True)
    if ready.returncode:
        pytest.skip(f"a Blender window cannot be set up here: {ready.stderr.strip()[-200:]}")
    archive = extension_zip()
    opened = subprocess.run([str(TOOL), "start"], cwd=ROOT, capture_output=True, text=True)
    if opened.returncode:
        pytest.skip(f"a Blender window cannot be opened here: {opened.stderr.strip()[-200:]}")
    window = Window()
    try:
        assert "bl_ext.user_default.worldwright" in window.run("install", str(archive))
        window.eval(PREPARE)
        time.sleep(0.5)
        window.eval(
            "area = next(area for area in bpy.context.window_manager.windows[0].screen.areas if area.type == 'VIEW_3D')\n"
            "next(region for region in area.regions if region.type == 'UI').active_panel_category = 'Worldwright'"
        )
        yield window
    finally:
        (PICTURES / "log.txt").write_text(window.run("log")) if PICTURES.exists() else None
        window.run("stop")
