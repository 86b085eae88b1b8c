"""A picture dropped into the 3D view: what is it of?"""

from __future__ import annotations

from pathlib import Path

import bpy

SUFFIXES = ".png;.jpg;.jpeg;.webp;.tif;.tiff;.bmp;.exr"
USES = (
    # identifier, scene setting and property that take the path, name, description, panel
    ("plan", "worldwright_plan", "picture", "Floor Plan", "Read walls, doors, windows and rooms from it", "Home"),
    ("heights", "worldwright_landscape", "heights", "Height Map", "Bright is high: the ground of a landscape", "Landscape"),
    ("landscape", "worldwright_landscape", "sketch", "Landscape Sketch", "Colours say what is where in a landscape", "Landscape"),
    ("city", "worldwright_city", "sketch", "City Sketch", "Colours say what is where in a city", "City"),
)


class WORLDWRIGHT_OT_drop_picture(bpy.types.Operator):
    """Use a picture as a floor plan, a height map or a sketch; the panel of what it is for shows it"""

    bl_idname = "worldwright.drop_picture"
    bl_label = "Use Picture"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    filepath: bpy.props.StringProperty(name="Picture", description="The picture's file", subtype="FILE_PATH", options={"SKIP_SAVE"})
    use: bpy.props.EnumProperty(name="As", description="What the picture is", items=[(use[0], use[3], use[4]) for use in USES])

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        path = self.filepath

        def draw(menu: bpy.types.Menu, context: bpy.types.Context) -> None:
            menu.layout.operator_context = "EXEC_DEFAULT"
            for use in USES:
                button = menu.layout.operator(self.bl_idname, text=use[3])
                button.filepath, button.use = path, use[0]

        context.window_manager.popup_menu(draw, title=Path(path).name, icon="IMAGE_DATA")
        return {"FINISHED"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        if not Path(bpy.path.abspath(self.filepath)).is_file():
            self.report({"ERROR"}, f"There is no picture “{self.filepath}”.")
            return {"CANCELLED"}
        _, group, name, title, _, panel = next(use for use in USES if use[0] == self.use)
        setattr(getattr(context.scene, group), name, self.filepath)
        self.report({"INFO"}, f"“{Path(self.filepath).name}” is the {title.lower()} in the panel {panel}.")
        return {"FINISHED"}


class WORLDWRIGHT_FH_picture(bpy.types.FileHandler):
    bl_idname = "WORLDWRIGHT_FH_picture"
    bl_label = "Worldwright: Plan, Heights or Sketch"
    bl_import_operator = "worldwright.drop_picture"
    bl_file_extensions = SUFFIXES

    @classmethod
    def poll_drop(cls, context: bpy.types.Context) -> bool:
        return context.area is not None and context.area.type == "VIEW_3D"


CLASSES = (WORLDWRIGHT_OT_drop_picture, WORLDWRIGHT_FH_picture)
