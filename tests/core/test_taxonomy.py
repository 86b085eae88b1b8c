"""The taxonomy, its size warnings, and the labelling rules."""

from __future__ import annotations

import pytest

from core.annotation.taxonomy import GROUPS, LEAVES, length, size_warning
from core.learning.labels import NO_LABEL, PACK_RULES, RULES, leaf_of, words_of


def test_the_taxonomy_has_two_levels_and_enough_leaves():
    assert len(LEAVES) >= 45 and len(GROUPS) >= 10
    assert {leaf.group for leaf in LEAVES.values()} == set(GROUPS)
    for name, leaf in LEAVES.items():
        assert leaf.name == name
        assert 0 < leaf.usual[0] < leaf.usual[1]
        assert leaf.phrase[0].islower()


def test_every_rule_leads_to_a_leaf_of_the_taxonomy():
    rules = [*RULES, *(rule for pack in PACK_RULES.values() for rule in pack)]
    assert {leaf for _, leaf in rules} - {NO_LABEL} == set(LEAVES)


@pytest.mark.parametrize(
    ("name", "category", "leaf"),
    [
        ("NightStand_2", "house_interior_pack", "table"),
        ("Apple iMac 2004", "Office", "electronics"),
        ("Light_Floor1", "house_interior_pack", "lamp"),
        ("Bed_King", "house_interior_pack", "bed"),
        ("Roasted chicken", "Kitchen", "food"),
        ("Chicken", "Characters", "animal"),
        ("Table fan", "Miscellaneous", NO_LABEL),
        ("Wall type A plug", "Miscellaneous", "wall socket"),
        ("food_vegetableburger", "Restaurant-Bits-1.0", "food"),
        ("wall_corner_scaffold", "Dungeon-Remastered-1.0", "wall"),
        ("Sign_Corner_1", "cyberpunk_pack", "sign"),
        ("Fork lift", "Vehicles", "vehicle"),
        ("Bathroom_Mirror1", "house_interior_pack", "picture"),
        ("Lander_A", "Space-Base-Bits-1.0", "spaceship"),
        ("Rowboat", "survival_pack", "boat"),
        ("Tomato_Crop", "crops_pack", "food"),
        ("Double window with large pane", "Doors and windows", "window"),
    ],
)
def test_names_the_old_keywords_got_wrong(name, category, leaf):
    assert leaf_of(name, category) == leaf


def test_words_of_a_name():
    assert words_of("NightStand_2") == "night stand 2"
    assert words_of("2Story_Wide_2Doors_Mat") == "2 story wide 2 doors mat"
    assert words_of("TV 16:9") == "tv 16:9"


def test_a_usual_size_gives_no_warning_and_a_hundredfold_one_names_the_unit():
    assert size_warning("seat", (0.6, 0.6, 0.9)) == ""
    assert size_warning("seat", (0.6, 0.6, 1.8)) == ""  # a big stylised chair
    assert size_warning("seat", (60.0, 60.0, 90.0)) == "A seat 90.0 m long is unusual: the file is probably in centimetres."
    assert size_warning("seat", (600.0, 600.0, 900.0)) == "A seat 900 m long is unusual: the file is probably in millimetres."
    assert "check its scale" in size_warning("seat", (6.0, 6.0, 7.0))
    assert "check its scale" in size_warning("seat", (0.005, 0.005, 0.009))
    assert size_warning("seat", (0.0, 0.0, 0.0)) == ""


def test_lengths_are_written_as_people_write_them():
    assert [length(value) for value in (4.1, 1234.0, 0.35, 0.004)] == ["4.1 m", "1,234 m", "35 cm", "4 mm"]
