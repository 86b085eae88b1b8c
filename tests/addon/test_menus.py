"""Blender's own menus, dropped pictures, the list of jobs, and an extension that comes and goes without a trace."""

from __future__ import annotations

import helpers
import pytest


def test_every_entry_of_the_menus_is_a_button_with_an_icon_that_exists(scene):
    import bpy

    menus = helpers.module("features.menus.menus")
    icons = bpy.types.UILayout.bl_rna.functions["label"].parameters["icon"].enum_items
    for name, icon in [*menus.ADDED, *menus.ON_OBJECTS]:
        if name is not None:
            assert hasattr(bpy.types, f"WORLDWRIGHT_OT_{name}"), name
            assert icon in icons.keys(), icon
    assert menus._draw_add in bpy.types.VIEW3D_MT_add._dyn_ui_initialize()
    assert menus._draw_objects in bpy.types.VIEW3D_MT_object_context_menu._dyn_ui_initialize()


@pytest.mark.parametrize(
    ("use", "group", "name"),
    [("plan", "worldwright_plan", "picture"), ("heights", "worldwright_landscape", "heights"),
     ("landscape", "worldwright_landscape", "sketch"), ("city", "worldwright_city", "sketch")],
)  # fmt: skip
def test_a_dropped_picture_goes_where_its_panel_reads_it(scene, tmp_path, use, group, name):
    import bpy

    picture = tmp_path / "Straße 7 平面图.png"
    picture.write_bytes(b"")
    assert bpy.ops.worldwright.drop_picture(filepath=str(picture), use=use) == {"FINISHED"}
    assert getattr(getattr(bpy.context.scene, group), name) == str(picture)


def test_a_picture_that_is_gone_is_told(scene, tmp_path):
    import bpy

    with pytest.raises(RuntimeError, match="There is no picture"):
        bpy.ops.worldwright.drop_picture(filepath=str(tmp_path / "none.png"), use="plan")
    assert scene.worldwright_plan.picture == ""


def test_jobs_are_listed_with_their_outcome(scene):
    import bpy

    job = helpers.module("job")
    job.history.clear()
    assert not bpy.ops.worldwright.copy_jobs.poll()
    helpers.add_box("Crate")
    bpy.ops.worldwright.points()
    assert job.history[0].title == "Convert to Points" and job.history[0].outcome == job.DONE and job.history[0].seconds > 0
    flat = bpy.data.objects["Crate"]
    flat.data.clear_geometry()
    bpy.ops.object.select_all(action="DESELECT")
    flat.select_set(True)
    bpy.context.view_layer.objects.active = flat
    with pytest.raises(RuntimeError):
        bpy.ops.worldwright.points()
    assert len(job.history) == 2 and len(job.history[0].outcome) > 10, "what went wrong is told in a sentence"
    assert bpy.ops.worldwright.copy_jobs() == {"FINISHED"}


def test_ten_times_on_and_off_leaves_nothing_behind(worldwright):
    import addon_utils
    import bpy

    def traces() -> list[str]:
        classes = [name for name in dir(bpy.types) if "worldwright" in name.lower()]
        menus = [draw for menu in (bpy.types.VIEW3D_MT_add, bpy.types.VIEW3D_MT_object_context_menu)
                 for draw in menu._dyn_ui_initialize() if "worldwright" in draw.__module__]  # fmt: skip
        lists = [getattr(bpy.app.handlers, name) for name in dir(bpy.app.handlers) if name.islower() and name[0] != "_"]
        handlers = [function for value in lists if isinstance(value, list) for function in value if "worldwright" in str(function)]
        settings = [name for name in dir(bpy.types.Scene) + dir(bpy.types.Object) if "worldwright" in name]
        return [*classes, *map(str, menus), *map(str, handlers), *settings]

    before = len(traces())
    for _ in range(10):
        addon_utils.disable(helpers.PACKAGE, default_set=True)
        assert traces() == []
        assert addon_utils.enable(helpers.PACKAGE, default_set=True)
    assert len(traces()) == before
