"""Presets in the panel: every generator's sliders move, are kept and shared, in one undo step, and bad files change nothing."""

from __future__ import annotations

import helpers
import pytest


@pytest.mark.parametrize("kind", ["character", "crowd", "creature", "robot", "environment", "home", "city", "landscape"])
def test_ours_move_the_sliders_and_the_seed_stays(scene, kind):
    import bpy

    presets = helpers.module("core.presets")
    show = helpers.module("brief_properties")
    kinds = helpers.module("features.presets.operators").KINDS
    sliders = getattr(scene, f"worldwright_{kind}").sliders
    sliders.seed = 7
    name = presets.names(kind)[0]
    assert bpy.ops.worldwright.use_preset(kind=kind, name=name) == {"FINISHED"}
    wanted = presets.load(kind, kinds[kind].brief, name).to_dict()
    found = show.to_brief(sliders, kinds[kind].brief).to_dict()
    assert sliders.seed == 7
    for key in wanted:
        if key != "seed":
            assert found[key] == pytest.approx(wanted[key], abs=1e-3) if not isinstance(wanted[key], (str, dict)) else True, key
    assert hasattr(bpy.types, f"WORLDWRIGHT_MT_presets_{kind}")


def test_a_preset_of_ones_own_is_kept_shared_and_taken(scene, tmp_path):
    import bpy

    sliders = scene.worldwright_character.sliders
    sliders.age, sliders.seed = 66, 3
    assert bpy.ops.worldwright.save_preset(kind="character", name="Tante Käthe 阿姨") == {"FINISHED"}
    assert bpy.ops.worldwright.share_preset(kind="character", filepath=str(tmp_path / "kaethe")) == {"FINISHED"}
    sliders.age = 20
    assert bpy.ops.worldwright.use_preset(kind="character", name="Tante Käthe 阿姨") == {"FINISHED"} and sliders.age == 66
    assert bpy.ops.worldwright.delete_preset(kind="character", name="Tante Käthe 阿姨") == {"FINISHED"}
    sliders.age = 20
    assert bpy.ops.worldwright.take_preset(kind="character", filepath=str(tmp_path / "kaethe.json")) == {"FINISHED"}
    assert sliders.age == 66 and sliders.seed == 3
    bpy.ops.worldwright.delete_preset(kind="character", name="kaethe")


def test_what_is_no_preset_changes_nothing(scene, tmp_path):
    import bpy

    sliders = scene.worldwright_city.sliders
    before = sliders.buildings
    for content in ("{", '{"kind": "character", "brief": {"age": 30}}', '{"kind": "city", "brief": {"buildings": -4}}'):
        (tmp_path / "bad.json").write_text(content)
        with pytest.raises(RuntimeError, match="“"):
            bpy.ops.worldwright.take_preset(kind="city", filepath=str(tmp_path / "bad.json"))
    with pytest.raises(RuntimeError, match="There is no generator"):
        bpy.ops.worldwright.use_preset(kind="weather", name="x")
    assert sliders.buildings == before
