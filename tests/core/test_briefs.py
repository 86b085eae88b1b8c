"""A brief takes only what its declaration allows, and says in one sentence what does not fit."""

from dataclasses import dataclass

import pytest

from core.briefs import Brief, choice, color, flag, number, text, whole
from core.errors import WorldwrightError


@dataclass
class LampBrief(Brief):
    height: float = number(0.4, 0.1, 2.0, unit="m")
    bulbs: int = whole(1, 1, 8)
    shade: bool = flag(True)
    style: str = choice("plain", ("plain", "ornate"))
    tint: tuple = color((1.0, 0.5, 0.2))
    note: str = text()


def test_a_choice_among_numbers_may_be_given_as_a_number():
    @dataclass
    class MapBrief(Brief):
        cells: str = choice("256", ("256", "512"))

    assert MapBrief.from_dict({"cells": 512}).cells == "512"
    for wrong in (300, True, 512.0):
        with pytest.raises(WorldwrightError, match="must be one of 256, 512"):
            MapBrief.from_dict({"cells": wrong})


def test_json_round_trip():
    brief = LampBrief(seed=7, height=0.5, tint=(0.1, 0.2, 0.3))
    assert LampBrief.from_dict(brief.to_dict()) == brief


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"height": 4.1}, "“height” must be between 0.1 and 2 m; it is 4.1."),
        ({"height": float("nan")}, "“height” must be a number; it is “nan”."),
        ({"height": True}, "“height” must be a number"),
        ({"bulbs": 2.5}, "“bulbs” must be a whole number; it is “2.5”."),
        ({"style": "gothic"}, "“style” must be one of plain, ornate; it is “gothic”."),
        ({"shade": "yes"}, "“shade” must be yes or no"),
        ({"tint": [0, 0, 2]}, "“tint” must be three numbers between 0 and 1."),
        ({"note": "x" * 2001}, "“note” must be a text of at most 2,000 characters."),
        ({"seed": -1}, "“seed” must be between 0 and"),
        ({"colour": 1}, "has no parameter “colour”. Known are: bulbs, height,"),
    ],
)
def test_what_does_not_fit_is_named(values, sentence):
    with pytest.raises(WorldwrightError) as caught:
        LampBrief.from_dict(values)
    assert sentence in str(caught.value)
