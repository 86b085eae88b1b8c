"""Prompts to room briefs."""

from __future__ import annotations

import pytest

from core.environments.prompt import read_prompt
from core.errors import WorldwrightError


def test_counts_adjectives_and_wishes() -> None:
    brief, notes = read_prompt("A small bright meeting room for eight with a screen", seed=5)
    assert (brief.kind, brief.people, brief.screen, brief.seed) == ("meeting_room", 8, True, 5)
    assert brief.brightness > 0.8
    assert brief.width * brief.depth < read_prompt("a meeting room for eight")[0].width * brief.depth * 1.2
    assert notes == []


def test_size_floor_and_plants() -> None:
    brief, notes = read_prompt("open office for 6 people, 8 x 6 m, wooden floor, plants")
    assert (brief.kind, brief.people, brief.width, brief.depth, brief.floor) == ("office", 6, 8.0, 6.0, "wood")
    assert brief.plants >= 1
    assert notes == []


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("office 6m by 5m by 3.2m", (6.0, 5.0, 3.2)),
        ("office of 650 x 480 cm", (6.5, 4.8, 2.7)),
        ("office, 20 x 15 ft", (6.1, 4.57, 2.7)),
        ("office 5,5 × 4 metres", (5.5, 4.0, 2.7)),
        ("an office 7 m wide and 4 m deep, 3 m high", (7.0, 4.0, 3.0)),
    ],
)
def test_sizes_with_units(words: str, size: tuple[float, float, float]) -> None:
    brief, _ = read_prompt(words)
    assert (brief.width, brief.depth, brief.height) == pytest.approx(size, abs=0.01)


def test_area_and_people_give_a_size() -> None:
    brief, _ = read_prompt("a 30 m² office")
    assert brief.width * brief.depth == pytest.approx(30, rel=0.01)
    small, _ = read_prompt("office for two")
    large, _ = read_prompt("office for twelve people")
    assert large.width * large.depth > 2 * small.width * small.depth


def test_words_digits_and_refusals() -> None:
    brief, notes = read_prompt(
        "classroom for twenty-four pupils with three windows, no plants, without a clock, two shelves, door on the left"
    )
    assert (brief.people, brief.windows, brief.plants, brief.clock, brief.storage, brief.door_side) == (24, 3, 0, False, 2, "west")
    assert notes == []


def test_unknown_wishes_are_noted_not_lost() -> None:
    brief, notes = read_prompt("an office with an aquarium for 5 employees")
    assert brief.people == 5
    assert any("aquarium" in note for note in notes)


@pytest.mark.parametrize(
    ("prompt", "word"), [("an office with 300 chairs", "300"), ("a 0.5 m² office", "width"), ("office with 99 plants", "99")]
)
def test_impossible_wishes_are_limited_and_noted(prompt: str, word: str) -> None:
    brief, notes = read_prompt(prompt)
    brief.validate()
    assert any(word in note for note in notes)


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        "  \n ",
        "x" * 2001,
        "büro für sechs personen mit tafel",
        "月亮很美",
        "un bureau pour six personnes",
        "a spaceship",
        "!!! ???",
    ],
)
def test_unreadable_prompts_are_one_sentence_with_a_cure(prompt: str) -> None:
    with pytest.raises(WorldwrightError) as caught:
        read_prompt(prompt)
    assert caught.value.sentence.endswith(".") and caught.value.cure


def test_two_thousand_characters_are_read_quickly() -> None:
    brief, notes = read_prompt(("office with 2 plants and a sofa, " * 70)[:2000])
    assert brief.sofa
    assert len(" ".join(notes)) < 500


@pytest.mark.parametrize(
    ("prompt", "values"),
    [
        ("一间明亮的办公室，供六人使用，有白板和植物", {"kind": "office", "people": 6, "whiteboard": True, "brightness": 0.9}),
        ("十二人的会议室，带屏幕", {"kind": "meeting_room", "people": 12, "screen": True}),
        ("30平方米的客厅，北欧风格", {"kind": "living_room", "palette": "nordic"}),
    ],
)
def test_chinese_is_read_word_by_word_and_told(prompt: str, values: dict) -> None:
    brief, notes = read_prompt(prompt)
    assert {name: getattr(brief, name) for name in values} == values
    assert notes[0].startswith("The prompt is in Chinese; it was read word by word as: “") and len(notes) == 1


@pytest.mark.parametrize(
    ("prompt", "note"),
    [
        ("an office of 0.5 m²", "The width was set to 2 m, because a room can be 2 to 30 m there."),
        ("an office of 10,000 m²", "The width was set to 30 m, because a room can be 2 to 30 m there."),
        ("a classroom with 300 chairs", "300 people do not go into one room; 120 were asked for instead."),
    ],
)
def test_sizes_and_counts_beyond_reason_are_told(prompt: str, note: str) -> None:
    _, notes = read_prompt(prompt)
    assert note in notes
