"""Prompts about people as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.characters import garments as wear
from core.characters import vocabulary as words
from core.characters.brief import CharacterBrief
from core.characters.prompt import read_prompt
from core.errors import WorldwrightError

RED, NAVY, GREEN = words.COLORS["red"], words.COLORS["navy"], words.COLORS["green"]
READINGS = [
    ("a stocky middle-aged woman in a red jacket, short grey hair, smiling",
     {"gender": 0, "age": 48, "upper": "jacket", "upper_color": RED, "hair": "short", "hair_color": words.HAIR_COLORS["grey"],
      "expression": "smile", "weight": (0.6, 0.8), "muscle": (0.6, 0.8), "height": (1.5, 1.62)}),
    ("a 35 years old man", {"gender": 1, "age": 35}),
    ("8-year-old boy", {"gender": 1, "age": 8}),
    ("a tall woman of 60 in a red jacket", {"gender": 0, "age": 60, "height": (1.7, 1.8), "upper": "jacket", "upper_color": RED}),
    ("twenty-five year old korean woman with shoulder-length black hair",
     {"age": 25, "asian": 1, "caucasian": 0, "hair": "bob", "hair_color": words.HAIR_COLORS["black"]}),
    ("he is in his late fifties", {"gender": 1, "age": 58}),
    ("a woman in her early 30s", {"gender": 0, "age": 32}),
    ("18 months old", {"age": 1.5}),
    ("John, 34, in a grey suit", {"age": 34, "upper": "jacket", "lower": "trousers", "lower_color": words.COLORS["grey"]}),
    ("tall skinny teenage boy with curly red hair and freckles",
     {"gender": 1, "age": 15, "hair": "curly", "freckles": (0.5, 1), "weight": (0, 0.2), "height": (1.74, 1.85)}),
    ("an elderly Japanese man, 1.62 m, bald with a white beard",
     {"age": 75, "height": 1.62, "hair": "bald", "beard": "beard", "hair_color": words.HAIR_COLORS["white"], "asian": 1}),
    ("she is 6'2\", athletic", {"gender": 0, "height": (1.87, 1.89), "muscle": (0.7, 0.8)}),
    ("a man 5 feet 11 inches tall", {"height": (1.80, 1.81)}),
    ("1m80 woman", {"height": 1.8, "gender": 0}),
    ("180 cm, 95 kg", {"height": 1.8, "weight": (0.7, 0.85)}),
    ("a short man with short hair", {"height": (1.6, 1.7), "hair": "short"}),
    ("a man with short hair in a short skirt", {"height": 0, "hair": "short", "lower": "skirt"}),
    ("an extremely muscular guy", {"muscle": 1.0, "gender": 1}),
    ("slightly overweight", {"weight": (0.55, 0.75)}),
    ("not tall, not fat", {"weight": 0.5}),
    ("a black woman in a black coat",
     {"african": 1, "skin_tone": (0.75, 0.95), "upper": "coat", "upper_color": words.COLORS["black"]}),
    ("pale skin, hazel eyes", {"skin_tone": (0, 0.1), "eye_color": words.EYE_COLORS["hazel"]}),
    ("a red-haired, blue-eyed woman", {"hair_color": words.HAIR_COLORS["red"], "eye_color": words.EYE_COLORS["blue"]}),
    ("her hair is long and red, eyes are green",
     {"gender": 0, "hair": "long", "hair_color": words.HAIR_COLORS["red"], "eye_color": words.EYE_COLORS["green"]}),
    ("a tall blonde", {"hair_color": words.HAIR_COLORS["blonde"]}),
    ("dark brown hair, her jacket is navy", {"hair_color": words.HAIR_COLORS["dark brown"], "upper_color": NAVY}),
    ("long blonde hair wearing a green dress and black boots",
     {"hair": "long", "upper": "dress", "upper_color": GREEN, "lower": "none", "shoes": "boots",
      "shoes_color": words.COLORS["black"]}),
    ("hair in a bun, blue jeans and white sneakers", {"hair": "bun", "lower": "trousers", "shoes": "sneakers"}),
    ("a man without a beard, no shoes", {"beard": "none", "shoes": "none"}),
    ("clean-shaven man", {"beard": "none"}),
    ("stubble and a moustache", {"beard": "moustache"}),
    ("an angry man in shorts and a tank top", {"expression": "angry", "lower": "shorts", "upper": "t-shirt"}),
    ("not smiling", {"expression": "neutral"}),
    ("a person in T-pose", {"pose": "t-pose"}),
    ("little girl, pink t-shirt, yellow skirt, ponytail",
     {"gender": 0, "age": (4, 8), "upper_color": words.COLORS["pink"], "lower": "skirt", "hair": "ponytail"}),
    ("a man in a red and white striped long-sleeved t-shirt, baggy jeans, a woolly hat, sunglasses and a backpack",
     {"upper": "t-shirt", "upper_color": RED, "pattern_color": words.COLORS["white"], "upper_pattern": "stripes", "sleeves": "long",
      "lower": "trousers", "lower_fabric": "denim", "lower_looseness": 0.95, "headwear": "beanie", "glasses": "sunglasses",
      "backpack": True}),
    ("a woman in a long black leather coat with a belt, short skirt with polka dots, knee socks and sandals",
     {"upper": "coat", "upper_length": 0.88, "upper_fabric": "leather", "belt": True, "lower": "skirt", "lower_length": 0.12,
      "lower_pattern": "dots", "socks": "knee", "shoes": "sandals"}),
    ("a man in a hoodie without a hat", {"upper": "sweater", "collar": "hood", "headwear": "none"}),
    ("a woman with a braid, red lipstick and thick eyebrows", {"hair": "braid", "makeup": 0.7, "makeup_color": RED, "brows": 0.95}),
    ("a balding man with a goatee, greying", {"hair": "receding", "beard": "goatee", "greying": 0.45}),
    ("a monk in a brown robe", {"upper": "robe", "lower": "none", "upper_color": words.COLORS["brown"]}),
    ("dressed in black", {"upper_color": words.COLORS["black"], "lower_color": words.COLORS["black"]}),
    ("a grandmother", {"gender": 0, "age": 73}),
    ("A MAN IN A WHITE SHIRT", {"gender": 1, "upper": "shirt", "upper_color": words.COLORS["white"]}),
]


@pytest.mark.parametrize(("prompt", "expected"), READINGS, ids=[prompt for prompt, _ in READINGS])
def test_reading(prompt, expected):
    brief, _ = read_prompt(prompt, seed=5)
    for name, value in expected.items():
        actual = getattr(brief, name)
        if isinstance(value, tuple) and len(value) == 2:
            assert value[0] <= actual <= value[1], name
        else:
            assert actual == pytest.approx(value) if not isinstance(value, str) else actual == value, name


@pytest.mark.parametrize(("prompt", "words_in_notes"), [
    ("bald with long hair", "“bald” and “long hair” exclude each other"),
    ("a woman with a scarf", "“scarf” is not available yet"),
    ("a man in a tuxedo", "it became a woollen jacket and trousers"),
    ("a man who looks like Brad Pittson in a coat", "“Brad Pittson” was read as a name"),
    ("eine woman mit einen coat", "another language"),
    ("a girl of 9 with lipstick", "Make-up is left out below 18"),
    ("a nurse", "brings no clothes of its own"),
    ("a Nigerian woman", "“nigerian” was read as a mix of facial features"),
    ("a woman in a jaket", "“jaket” was read as “jacket”"),
    ("a man with a zorblax", "Not understood: “zorblax”"),
    ("a man sitting", "“sitting” is no pose yet"),
    ("a woman with a big nose", "Single features (nose)"),
    ("a 200 year old wizard", "became 90 years"),
    ("a man 3 m tall", "became 2.4 m"),
    ("a boy in underwear", "under 18 is always dressed"),
    ("a woman", "Not said, so chosen by the seed"),
])
def test_notes_tell_what_was_assumed_or_left_out(prompt, words_in_notes):
    _, notes = read_prompt(prompt)
    assert any(words_in_notes in note for note in notes), notes
    assert all(note[-1] == "." for note in notes)


def test_later_words_win():
    assert read_prompt("long hair, bald")[0].hair == "bald"
    assert read_prompt("a smiling, angry man")[0].expression == "angry"


@pytest.mark.parametrize(("prompt", "sentence"), [
    ("", "empty"), ("   \n ", "empty"), ("a man " * 1667, "10,002 characters"),
    ("ein großer Herr mit rotem Mantel", "another language"),
    ("一个高大的女人", "another language"), ("???", "No word"), ("a sexy woman", "Sexual"),
    ("a naked man", "Sexual"), ("topless", "Sexual"),
    ("a woman with huge breasts", "Sexual"), ("a curvy girl of 12", "not read of a person under 18"),
])
def test_refusals_are_one_sentence_with_a_cure(prompt, sentence):
    with pytest.raises(WorldwrightError, match=sentence) as refusal:
        read_prompt(prompt)
    assert refusal.value.sentence.count(".") == 1 and refusal.value.cure


def test_the_seed_fills_in_what_was_not_said_and_only_that():
    first, second = (read_prompt("a man in a red jacket", seed)[0] for seed in (1, 2))
    assert first == read_prompt("a man in a red jacket", 1)[0]
    assert first.upper_color == second.upper_color == RED and first.gender == second.gender == 1
    assert (first.age, first.hair_color, first.lower_color) != (second.age, second.hair_color, second.lower_color)


def test_origins_and_genders_are_drawn_evenly():
    briefs = [read_prompt("a person", seed)[0] for seed in range(200)]
    assert 70 < sum(brief.gender == 0 for brief in briefs) < 130
    for origin in ("african", "asian", "caucasian"):
        assert 30 < sum(getattr(brief, origin) == 1 for brief in briefs) < 75


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(sorted({*words.COLORS, *wear.GARMENTS, *wear.PATTERNS, *wear.CUTS, *wear.SLEEVES,
                                        *words.TRAITS, *words.BUILDS, *words.PEOPLE, *words.HAIR_STYLES_BY_WORD,
                                        *words.AGES, *words.ORIGINS, *words.BEARDS_BY_WORD, *words.SKIN_TONES, *words.EYE_COLORS,
                                        *words.NEGATIONS, "hair", "eyes", "skin", "is", "and", ",", "very", "1.2 m", "70 kg",
                                        "7 years"})),
                min_size=1, max_size=12), st.integers(0, 2**31 - 1))
def test_any_words_give_a_valid_brief_or_one_sentence(phrases, seed):
    try:
        brief, notes = read_prompt(" ".join(phrases), seed)
    except WorldwrightError as refusal:
        assert "No word" in refusal.sentence or "under 18" in refusal.sentence
        return
    assert CharacterBrief.from_dict(brief.to_dict()) == brief
    assert all(isinstance(note, str) and note for note in notes)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_survived(text):
    try:
        read_prompt(text)
    except WorldwrightError:
        pass
