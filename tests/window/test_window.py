"""The main job with real clicks in a real window: open the tab, press the buttons, look, undo, cancel."""

from __future__ import annotations

import time

RESULTS = "[thing.name for thing in bpy.data.objects if 'worldwright' in thing]"


def test_the_tab_shows_every_panel(window):
    window.wait("sys.modules['bl_ext.user_default.worldwright.runtime'].status() is not None")
    window.shot("1-tab")
    for label in ("Convert to Points", "Annotate Selected", "Generate Character", "Generate Room", "Export GLB"):
        window.find(label)


def test_a_prompt_is_typed_read_and_generated(window):
    x, y = window.find("read_character_prompt")
    window.click((x - 130, y))  # the field is left of its button
    window.run("type", "a tall woman of 60 in a red jacket")
    window.run("key", "Return")
    window.wait("bpy.context.scene.worldwright_character.prompt == 'a tall woman of 60 in a red jacket'", 20)
    window.press("read_character_prompt")
    assert round(window.value("bpy.context.scene.worldwright_character.sliders.age")) == 60
    window.press("character")
    window.wait_for_job()
    assert window.value("'character' in job.reports")
    window.shot("2-character")
    assert window.value(RESULTS)
    assert window.longest_tick() < 0.1
    window.over_viewport()
    window.run("key", "ctrl+z")
    window.wait(f"not {RESULTS}", 20)


def test_a_room_is_generated_and_its_ceiling_hidden(window):
    window.press("Generate Room")
    window.wait_for_job()
    assert window.value("'environment' in job.reports")
    window.shot("3-room")
    assert window.value("all(thing.hide_get() for thing in bpy.data.objects if thing.get('role') == 'ceiling')")
    assert window.longest_tick() < 0.1


def test_annotate_labels_the_selection(window):
    window.eval(
        "for thing in bpy.context.selected_objects:\n    thing.select_set(False)\n"
        "cube = bpy.data.objects['Cube']\ncube.select_set(True)\nbpy.context.view_layer.objects.active = cube"
    )
    window.press("annotate")
    window.wait_for_job()
    assert window.value("'annotation' in job.reports")
    assert window.value("bpy.data.objects['Cube'].get('label')")
    window.shot("4-annotated")
    assert window.longest_tick() < 0.1
    window.over_viewport()
    window.run("key", "ctrl+z")
    window.wait("'label' not in bpy.data.objects['Cube']", 20)


def test_escape_cancels_within_half_a_second_and_changes_nothing(window):
    place = window.find("Generate Character")
    before = window.value("sorted(thing.name for thing in bpy.data.objects)")
    window.click(place)
    assert window.value("job.running is not None"), "the job was over before it could be cancelled"
    started = time.time()
    window.run("key", "Shift_L")
    to_press = time.time() - started - 0.4  # what the tool itself takes; it sleeps for 0.4 s after the key
    pressed = time.time()
    window.run("key", "Escape")
    window.wait("job.running is None", 5)
    took = window.value("bpy.app.driver_namespace['seen']['ended']") - pressed - to_press
    assert took < max(0.5, to_press)  # where pressing a key takes longer than that, the machine is overloaded
    assert window.value("sorted(thing.name for thing in bpy.data.objects)") == before


def test_the_cross_cancels_too(window):
    place = window.find("Generate Character")
    before = window.value("sorted(thing.name for thing in bpy.data.objects)")
    window.click(place)
    window.shot("5-running")
    cross = (
        window.value(
            "[(region.x + region.width - 46) for area in bpy.context.screen.areas if area.type == 'VIEW_3D' "
            "for region in area.regions if region.type == 'UI'][0]"
        )
        if window.value("job.running is not None")
        else 0
    )
    window.click((cross, place[1]))
    window.wait("job.running is None", 5)
    assert window.value("sorted(thing.name for thing in bpy.data.objects)") == before


def test_the_interface_speaks_chinese(window):
    view = "view = bpy.context.preferences.view\n"
    window.eval(view + "view.language = 'zh_HANS'\nview.use_translate_interface = view.use_translate_tooltips = True")
    try:
        assert window.value("bpy.app.translations.pgettext_iface('Generate Character', 'Operator')") == "生成角色"
        window.shot("6-chinese")
    finally:
        window.eval(view + "view.language = 'en_US'")
