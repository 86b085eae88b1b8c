"""How materials feel: profiles in order, files that engines read, recordings that speak for themselves."""

from __future__ import annotations

import json

import numpy as np
import pytest

from core import cli
from core.annotation.materials import MATERIALS
from core.errors import WorldwrightError
from core.interaction.haptics import BANDS, MOST_POINTS, RECORDED, SECONDS, apple, haptics_of, rumble, spectrum_of, texture


def test_every_material_of_the_annotator_has_a_profile():
    felt = {name: haptics_of(name) for name in MATERIALS}
    assert felt["skin"].hardness == 0 and felt["metal"].hardness == 1
    assert felt["fabric"].hardness < felt["leather"].hardness < felt["wood"].hardness < felt["glass"].hardness
    assert felt["glass"].roughness < felt["metal"].roughness < felt["wood"].roughness < felt["fabric"].roughness == 1
    assert felt["metal"].effusivity > 5 * felt["wood"].effusivity, "metal is cold to the touch, wood is not"
    assert all(one.friction_static > one.friction_sliding == MATERIALS[name].friction for name, one in felt.items())
    assert {name for name, one in felt.items() if one.source == "recorded"} == set(RECORDED)


def test_a_recording_speaks_for_itself():
    times = np.arange(600) / 100
    samples = np.zeros((600, 6))
    samples[:, :3] = 0.3 * np.sin(2 * np.pi * BANDS[6] * times)[:, None]
    spectrum = spectrum_of(samples)
    assert np.argmax(spectrum) == 6 and spectrum[6] == pytest.approx(0.3, rel=0.1)
    felt = haptics_of("wood", samples, "stroke.csv")
    assert felt.source == "stroke.csv" and felt.roughness == 1 and felt.spectrum[6][1] == spectrum[6]


def test_apples_pattern_keeps_apples_rules():
    pattern = apple(haptics_of("wood"))["Pattern"]
    events = [entry["Event"] for entry in pattern if "Event" in entry]
    assert [event["EventType"] for event in events] == ["HapticTransient", "HapticContinuous"]
    curves = [entry["ParameterCurve"] for entry in pattern if "ParameterCurve" in entry]
    assert sum(len(curve["ParameterCurveControlPoints"]) for curve in curves) == round(SECONDS / 0.02)
    for curve in curves:
        points = curve["ParameterCurveControlPoints"]
        assert len(points) <= MOST_POINTS and points[0]["Time"] == 0
        assert all(0 <= point["ParameterValue"] <= 1 for point in points)
    values = [value["ParameterValue"] for event in events for value in event["EventParameters"]]
    assert all(0 <= value <= 1 for value in values)


def test_fabric_hums_fast_and_leather_slow():
    fabric, leather = texture(haptics_of("fabric")), texture(haptics_of("leather"))
    assert fabric[:, 1].mean() > fabric[:, 0].mean() and leather[:, 0].mean() > leather[:, 1].mean()
    assert fabric.mean() > 2 * leather.mean() and fabric.max() <= 1
    assert rumble(haptics_of("fabric")) == rumble(haptics_of("fabric"))


def test_the_command_writes_three_files_a_material(tmp_path, capsys):
    assert cli.main(cli.Host(), ["haptics", "wood", "glass", "-o", str(tmp_path / "feel")]) == 0
    assert "Glass was never recorded" in capsys.readouterr().out
    names = {path.name for path in (tmp_path / "feel").iterdir()}
    assert names == {f"{name}{suffix}" for name in ("wood", "glass") for suffix in (".haptic.json", ".ahap", ".rumble.json")}
    profile = json.loads((tmp_path / "feel" / "wood.haptic.json").read_text(encoding="utf-8"))
    assert profile["format"] == "worldwright-haptics-1" and len(profile["spectrum"]) == len(BANDS)


def test_an_unknown_material_writes_nothing(tmp_path, capsys):
    assert cli.main(cli.Host(), ["haptics", "wood", "unobtainium", "-o", str(tmp_path / "feel")]) == 1
    assert "There is no material “unobtainium”." in capsys.readouterr().err and not (tmp_path / "feel").exists()
    with pytest.raises(WorldwrightError, match="too short"):
        haptics_of("wood", np.zeros((20, 6)))
