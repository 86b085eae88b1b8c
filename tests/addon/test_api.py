"""The functions for scripts, in an open scene."""

from __future__ import annotations

import json

import helpers
import pytest


@pytest.mark.parametrize(
    ("kind", "prompt", "values"),
    [("creature", "a grey wolf", {}), ("robot", "", {"height": 1.2}), ("home", "a studio, 32 m²", {}),
     ("environment", "a small office", {})],
)  # fmt: skip
def test_generate_makes_any_kind_with_its_brief_on_it(scene, kind, prompt, values):
    api = helpers.module("api")
    made = api.generate(kind, prompt, seed=3, **values)
    said = json.loads(made["worldwright"])
    assert said["kind"] == kind and said["brief"]["seed"] == 3 and len(made.all_objects) > 0
    assert all(said["brief"][name] == value for name, value in values.items())


def test_mistakes_in_scripts_are_told(scene):
    api = helpers.module("api")
    with pytest.raises(Exception, match="cannot be generated") as caught:
        api.generate("weather")
    assert "landscape" in str(caught.value)
    with pytest.raises(Exception, match="no parameter “wings”"):
        api.generate("character", wings=True)
