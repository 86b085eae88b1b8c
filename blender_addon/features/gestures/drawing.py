"""Drawing gestures in the 3D view: a mode that takes the pen until Esc or the right button ends it."""

from __future__ import annotations

import time
from typing import Any

import bpy
import gpu
import numpy as np
from gpu_extras.batch import batch_for_shader

from ...core.errors import WorldwrightError
from ...core.interaction.gestures import GAP, NONE, Stroke, recognise, spread
from .operators import write_touched
from .touching import touch

COLOR = (1.0, 0.62, 0.1, 0.9)
JUMP = 40.0  # pixels from the first point to the second that no hand makes
INK = 0.04  # seconds between two redraws of a line while it is drawn
SHOWN = 0.35  # seconds that a finished gesture stays to be seen
WAITS = ("stroke", "flick", "tap")  # may be the first line of a cross

active: WORLDWRIGHT_OT_draw_gestures | None = None


class WORLDWRIGHT_OT_draw_gestures(bpy.types.Operator):
    """Draw on objects with pen or mouse: tap, hold, stroke, scrub, circle, flick or cross. Esc or the right button ends it"""

    bl_idname = "worldwright.draw_gestures"
    bl_label = "Draw Gestures"
    bl_options = {"INTERNAL"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        if active is not None:
            cls.poll_message_set("Gestures are being drawn; Esc ends it.")
            return False
        if context.mode != "OBJECT":
            cls.poll_message_set("Go to Object Mode first.")
            return False
        if bpy.app.background:
            cls.poll_message_set("Gestures are drawn in a window.")
            return False
        return True

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        global active
        active = self
        self.strokes: list[Stroke] = []
        self.drawn: list[tuple] = []  # of the stroke that is drawn now: x, y, pressure, tilt, seconds
        self.region: Any = None
        self.lifted = self.faded = self.inked = 0.0
        self.slow, self.waiting = 0.0, False  # how long a redraw takes, and whether one was asked for
        self.timer = context.window_manager.event_timer_add(0.05, window=context.window)
        self.handle = bpy.types.SpaceView3D.draw_handler_add(self._draw, (), "WINDOW", "POST_PIXEL")
        context.window_manager.modal_handler_add(self)
        context.workspace.status_text_set("Draw on objects: tap, hold, stroke, scrub, circle, flick, cross    Esc: end")
        return {"RUNNING_MODAL"}

    def modal(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        if active is not self or (event.type in ("ESC", "RIGHTMOUSE") and event.value == "PRESS"):
            return self._end(context)
        if event.type == "TIMER":
            return self._tick(context)
        if event.type == "LEFTMOUSE" and event.value == "PRESS":
            return self._press(context, event)
        if self.drawn and event.type in ("MOUSEMOVE", "INBETWEEN_MOUSEMOVE", "LEFTMOUSE"):
            self._point(event)
            if event.type == "LEFTMOUSE":
                self._lift()
            return {"RUNNING_MODAL"}
        return {"PASS_THROUGH"}

    def cancel(self, context: bpy.types.Context) -> None:
        """Blender ends the operator itself: another file is opened, or the window is closed."""
        self._end(context)

    def _press(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        """Begins a stroke where the pointer is over a 3D view and not over its panels."""
        found = view_at(context, event.mouse_x, event.mouse_y)
        if found is None:
            return {"PASS_THROUGH"}
        if self.region is not None and found != self.region:
            self.strokes = []
        self.region = found
        self._point(event)
        return {"RUNNING_MODAL"}

    def _point(self, event: bpy.types.Event) -> None:
        region = self.region[1]
        pressure = event.pressure if event.is_tablet else 1.0
        now = time.perf_counter()
        if self.waiting and self.drawn:
            self.slow = max(0.7 * self.slow, now - self.drawn[-1][4])
        self.waiting = False
        self.drawn.append((event.mouse_x - region.x, event.mouse_y - region.y, pressure, tuple(event.tilt), now))
        # A redraw holds up the next points, and so falsifies their times: the slower it was, the rarer the next.
        if len(self.drawn) > 2 and now - self.inked > max(INK, 6 * self.slow):
            self.inked, self.waiting = now, True
            region.tag_redraw()

    def _lift(self) -> None:
        scale = bpy.context.preferences.system.ui_scale
        if len(self.drawn) > 3 and np.hypot(*np.subtract(self.drawn[0][:2], self.drawn[1][:2])) > JUMP * scale:
            self.drawn[0] = self.drawn[1]  # Blender says of a click that waited where the pointer is by now
        x, y, pressure, tilt, seconds = zip(*self.drawn, strict=True)
        times = spread(np.array(seconds))
        self.strokes.append(Stroke(np.stack([x, y], axis=1) / scale, times, np.array(pressure), np.array(tilt)))
        self.drawn = []
        self.lifted = time.perf_counter()

    def _tick(self, context: bpy.types.Context) -> set[str]:
        now = time.perf_counter()
        if self.drawn and now - self.drawn[-1][4] > 0.05:  # a pen at rest sends nothing, and yet it is held
            self.drawn.append((*self.drawn[-1][:4], now))
        if self.strokes and not self.drawn:
            found = recognise(self.strokes)
            if len(self.strokes) > 1 or found.gesture not in WAITS or now - self.lifted > GAP:
                self._finish(context, found.gesture)
        elif self.faded and now > self.faded:
            self.faded = 0.0
            if self.region is not None:
                self.region[1].tag_redraw()
        return {"PASS_THROUGH"}

    def _finish(self, context: bpy.types.Context, gesture: str) -> None:
        """Acts on what was drawn, in one undo step; two strokes that are no cross are two gestures, of which the last counts."""
        strokes, self.strokes = self.strokes, []
        if gesture == NONE and len(strokes) > 1:
            strokes = strokes[-1:]
            gesture = recognise(strokes).gesture
        self.shown = [stroke.points for stroke in strokes]
        self.faded = time.perf_counter() + SHOWN
        self.gesture = gesture
        area, region = self.region
        if gesture == NONE:
            context.scene.worldwright_gestures.said = "Not recognised."
            self.report({"INFO"}, "The gesture was not recognised; nothing was changed.")
            return
        try:
            touched = touch(context, region, area.spaces.active.region_3d, strokes, context.preferences.system.ui_scale)
        except WorldwrightError as error:
            self.report({"WARNING"}, str(error))
            return
        with context.temp_override(area=area, region=region):
            bpy.ops.worldwright.gesture("EXEC_DEFAULT", True, gesture=gesture, touched=write_touched(touched))
        for other in context.screen.areas:
            other.tag_redraw()

    def _end(self, context: bpy.types.Context) -> set[str]:
        global active
        active = None
        context.window_manager.event_timer_remove(self.timer)
        bpy.types.SpaceView3D.draw_handler_remove(self.handle, "WINDOW")
        context.workspace.status_text_set(None)
        if self.region is not None:
            self.region[1].tag_redraw()
        return {"FINISHED"}

    def _draw(self) -> None:
        """The ink: what is drawn now, and for a moment what was drawn."""
        if self.region is None or bpy.context.region != self.region[1]:
            return
        scale = bpy.context.preferences.system.ui_scale
        lines = [np.array([point[:2] for point in self.drawn], float)] if self.drawn else []
        lines += [stroke.points * scale for stroke in self.strokes]
        if self.faded:
            lines += [points * scale for points in self.shown]
        shader = gpu.shader.from_builtin("POLYLINE_UNIFORM_COLOR")
        shader.bind()
        shader.uniform_float("viewportSize", gpu.state.viewport_get()[2:])
        shader.uniform_float("lineWidth", 4.0 * scale)
        shader.uniform_float("color", COLOR)
        gpu.state.blend_set("ALPHA")
        for points in lines:
            if len(points) < 2:
                points = np.concatenate([points, points + (1, 1)])
            places = [(float(x), float(y), 0.0) for x, y in points]
            batch_for_shader(shader, "LINE_STRIP", {"pos": places}).draw(shader)
        gpu.state.blend_set("NONE")


def view_at(context: bpy.types.Context, x: int, y: int) -> tuple[bpy.types.Area, bpy.types.Region] | None:
    """The 3D view under a place of the window, unless one of its panels or headers lies there."""
    for area in context.screen.areas:
        if area.type != "VIEW_3D" or not (area.x <= x < area.x + area.width and area.y <= y < area.y + area.height):
            continue
        over = [region for region in area.regions if region.width > 1 and region.x <= x < region.x + region.width
                and region.y <= y < region.y + region.height]  # fmt: skip
        if any(region.type != "WINDOW" for region in over):
            return None
        return next(((area, region) for region in over), None)
    return None


CLASSES = (WORLDWRIGHT_OT_draw_gestures,)
