"""Presets: ours are sound, a user's own are kept, shared and refused where they are not what they should be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core import presets
from core.briefs import Brief
from core.characters.brief import CharacterBrief
from core.characters.crowd import CrowdBrief
from core.creatures.brief import CreatureBrief
from core.environments.city.brief import CityBrief
from core.environments.home.brief import HomeBrief
from core.environments.landscape.brief import LandscapeBrief
from core.environments.rooms import RoomBrief
from core.errors import WorldwrightError
from core.robots.brief import RobotBrief

BRIEFS: dict[str, type[Brief]] = {
    "character": CharacterBrief, "crowd": CrowdBrief, "creature": CreatureBrief, "robot": RobotBrief, "environment": RoomBrief,
    "home": HomeBrief, "city": CityBrief, "landscape": LandscapeBrief,
}  # fmt: skip


def test_every_generator_has_presets_of_ours_and_they_differ_from_the_defaults() -> None:
    assert {folder.name for folder in presets.FOLDER.iterdir() if folder.is_dir() and folder.name[0] != "_"} == set(BRIEFS)
    for kind, brief in BRIEFS.items():
        assert len(presets.names(kind)) >= 2, kind
        for name in presets.names(kind):
            assert presets.load(kind, brief, name) != brief(), (kind, name)


def test_own_presets_come_back_as_they_were_and_before_ours(tmp_path: Path) -> None:
    person = replace(presets.load("character", CharacterBrief, "Explorer"), age=60.0, local={"nose-hump": 0.5})
    presets.save("character", "My own", person, tmp_path)
    assert replace(presets.load("character", CharacterBrief, "My own", tmp_path), seed=person.seed) == person
    presets.save("character", "Explorer", person, tmp_path)
    assert presets.load("character", CharacterBrief, "Explorer", tmp_path).age == 60
    assert presets.names("character", tmp_path).count("Explorer") == 1
    presets.delete("Explorer", tmp_path)
    assert presets.load("character", CharacterBrief, "Explorer", tmp_path).age != 60
    with pytest.raises(WorldwrightError, match="not a preset of yours"):
        presets.delete("Explorer", tmp_path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("{", "is no preset"), ("[]", "is no preset"), ('{"age": 3}', "is no preset"),
     ('{"kind": "city", "brief": {}}', "of another kind"),
     ('{"kind": "character", "brief": {"wings": 3}}', "no parameter “wings”"),
     ('{"kind": "character", "brief": {"age": "__import__(\'os\')"}}', "“age” must be")],
)  # fmt: skip
def test_files_that_are_no_presets_are_refused(tmp_path: Path, content: str, sentence: str) -> None:
    file = tmp_path / "shared.json"
    file.write_text(content)
    with pytest.raises(WorldwrightError, match=sentence):
        presets.read(file, "character", CharacterBrief)


def test_names_that_lead_elsewhere_stay_in_the_folder(tmp_path: Path) -> None:
    assert presets.save("character", "../../evil", CharacterBrief(), tmp_path / "own").parent == tmp_path / "own"
    with pytest.raises(WorldwrightError, match="needs a name"):
        presets.save("character", "//", CharacterBrief(), tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(WorldwrightError, match="cannot be saved"):
        presets.save("character", "x", CharacterBrief(), tmp_path / "file" / "below")
