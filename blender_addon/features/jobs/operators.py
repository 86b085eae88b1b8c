"""Operators on the list of jobs."""

from __future__ import annotations

import bpy

from ... import job


class WORLDWRIGHT_OT_copy_jobs(bpy.types.Operator):
    """Copy the list of jobs, with what went wrong in each, to the clipboard"""

    bl_idname = "worldwright.copy_jobs"
    bl_label = "Copy List"
    bl_options = {"INTERNAL"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        if not job.history:
            cls.poll_message_set("No job has ended in this session.")
        return bool(job.history)

    def execute(self, context: bpy.types.Context) -> set[str]:
        lines = [f"{past.at}  {past.seconds:6.1f} s  {past.title}: {past.outcome}" for past in job.history]
        context.window_manager.clipboard = "\n".join(lines)
        self.report({"INFO"}, f"{len(lines)} jobs are on the clipboard.")
        return {"FINISHED"}


CLASSES = (WORLDWRIGHT_OT_copy_jobs,)
