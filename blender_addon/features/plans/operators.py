"""The buttons of homes and plans."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import bpy

from ... import job
from ...brief_properties import to_brief
from ...core.environments.pictures import read_picture
from ...core.scene import Report, Scene
from ...writing.scene import write_scene
from ..furnishing.keeping import KeepsFurniture
from ..generator import Another, Generate, ReadPrompt, editing_operators, last_result
from . import drawing
from .settings import Home


class WORLDWRIGHT_OT_read_home_prompt(Home, ReadPrompt, bpy.types.Operator):
    """Move the sliders to what the prompt says. Nothing is generated yet"""

    bl_idname = "worldwright.read_home_prompt"


class WORLDWRIGHT_OT_home(Home, Generate, bpy.types.Operator):
    """Make the furnished home that the sliders describe, at the 3D cursor"""

    bl_idname = "worldwright.home"
    bl_label = "Generate Home"


class WORLDWRIGHT_OT_another_home(Home, Another, bpy.types.Operator):
    """Replace the last home by one with the next seed"""

    bl_idname = "worldwright.another_home"


class WORLDWRIGHT_OT_read_plan(job.JobOperator, bpy.types.Operator):
    """Read walls, doors, windows and rooms from the picture and lay them over it, to be corrected"""

    bl_idname = "worldwright.read_plan"
    bl_label = "Read Plan"
    feature = "plan"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if context.scene.worldwright_plan.picture else "Choose the picture of a plan first."

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        settings = context.scene.worldwright_plan
        self._picture = Path(bpy.path.abspath(settings.picture))
        pixels = read_picture(self._picture)
        yield 1.0
        return "read_plan", {"picture": pixels, "scale": settings.scale or None}

    def write(self, context: bpy.types.Context, result: dict) -> Generator[float, None, Report]:
        drawing.draw(context, result, self._picture)
        yield 1.0
        gaps = [gap["kind"] for gap in result["gaps"]]
        counts = {
            "rooms": len(result["rooms"]),
            "walls": len(result["walls"]),
            "doors": gaps.count("door"),
            "windows": gaps.count("window"),
        }
        return Report(counts, {"metres a pixel": round(result["scale"], 5)}, list(result["notes"]))


class WORLDWRIGHT_OT_build_plan(job.JobOperator, bpy.types.Operator):
    """Build the plan as it is now: walls, doors and windows, and every room furnished as the Home sliders say"""

    bl_idname = "worldwright.build_plan"
    bl_label = "Build Home"
    feature = "plan"

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if drawing.plan_collection(context) else "Read a plan first."

    def request(self, context: bpy.types.Context) -> Generator[float, None, tuple[str, dict]]:
        values = drawing.collect(drawing.plan_collection(context))
        brief = to_brief(Home.settings(context).sliders, Home.brief)
        yield 1.0
        return "plan", {"plan": values, "brief": brief.to_dict()}

    def write(self, context: bpy.types.Context, result: Scene) -> Generator[float, None, Report]:
        collection = yield from write_scene(context, result)
        last_result["plan"] = collection.name
        return result.report


CLASSES = (
    WORLDWRIGHT_OT_read_home_prompt,
    WORLDWRIGHT_OT_home,
    WORLDWRIGHT_OT_another_home,
    *editing_operators(Home, KeepsFurniture, Home),
    WORLDWRIGHT_OT_read_plan,
    WORLDWRIGHT_OT_build_plan,
)
"""What is registered."""
