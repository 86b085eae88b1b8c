"""The operator that does what a gesture means: one undo step, the same in the window and headless."""

from __future__ import annotations

import json

import bpy
import numpy as np

from ...core.errors import WorldwrightError
from ...core.interaction.gesture_bindings import DEFAULT
from ...core.interaction.gestures import GESTURES
from . import settings
from .acting import Touched, act


class WORLDWRIGHT_OT_gesture(bpy.types.Operator):
    """Does what a gesture is bound to, on the objects it touched"""

    bl_idname = "worldwright.gesture"
    bl_label = "Gesture"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    gesture: bpy.props.StringProperty(name="Gesture", description=f"One of {', '.join(GESTURES)}")
    touched: bpy.props.StringProperty(name="Touched", description="What it touched, as JSON: the fields of Touched")

    def execute(self, context: bpy.types.Context) -> set[str]:
        if self.gesture not in GESTURES:
            self.report({"ERROR"}, f"There is no gesture “{self.gesture}”.")
            return {"CANCELLED"}
        action = settings.bindings()[self.gesture]
        try:
            done = act(context, action, read_touched(self.touched))
        except WorldwrightError as error:
            context.scene.worldwright_gestures.said = f"{self.gesture.capitalize()}: {error.sentence}"
            self.report({"WARNING"}, str(error))
            return {"CANCELLED"}
        context.scene.worldwright_gestures.said = f"{self.gesture.capitalize()}: {done}"
        self.report({"INFO"}, context.scene.worldwright_gestures.said)
        return {"FINISHED"}


class WORLDWRIGHT_OT_reset_gestures(bpy.types.Operator):
    """Bind every gesture to what it did when Worldwright was installed"""

    bl_idname = "worldwright.reset_gestures"
    bl_label = "Reset"
    bl_options = {"INTERNAL"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        for gesture, action in DEFAULT.items():
            settings.bind(gesture, action)
        return {"FINISHED"}


def write_touched(touched: Touched) -> str:
    """JSON of what was touched, for the operator's property."""
    return json.dumps({
        "names": touched.names, "around": touched.around, "places": touched.places.tolist(), "pressure": touched.pressure.tolist(),
        "way": touched.way.tolist(), "radius": touched.radius,
    })  # fmt: skip


def read_touched(text: str) -> Touched:
    """What ``write_touched`` wrote. Raises WorldwrightError."""
    try:
        values = json.loads(text)
        places = np.array(values.get("places", []), float).reshape(-1, 3)
        pressure = np.array(values.get("pressure", np.ones(len(places))), float).reshape(-1)
        way = np.array(values.get("way", (0, 0, 0)), float).reshape(3)
        names, around = list(map(str, values.get("names", []))), list(map(str, values.get("around", [])))
        return Touched(names, around, places, pressure, way, float(values.get("radius", 0.1)))
    except (ValueError, TypeError, AttributeError) as error:
        raise WorldwrightError("What the gesture touched cannot be read.") from error


CLASSES = (WORLDWRIGHT_OT_gesture, WORLDWRIGHT_OT_reset_gestures)
