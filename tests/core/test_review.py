"""What is put before a person: words in many languages, meanings, pictures. And what is not."""

# ruff: noqa: E501  (tables of words)
from __future__ import annotations

import pytest

from core.review.words import KINDS, LANGUAGES, concerns_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SM_NakedWoman_01", "sexual"), ("a p0rn star", "sexual"), ("eine nackte Frau", "sexual"), ("femme nue", "sexual"),
        ("mujer desnuda", "sexual"), ("голая женщина", "sexual"), ("裸体雕像", "sexual"), ("ヌード写真", "sexual"), ("누드 모델", "sexual"),
        ("wall with Heil Hitler on it", "hate"), ("sale juif", "hate"), ("a school shooting scene", "violence"),
        ("Vergewaltigung", "violence"), ("suicide note", "self-harm"), ("自殺の名所", "self-harm"), ("intihar eden adam", "self-harm"),
    ],
)  # fmt: skip
def test_listed_words_of_many_languages_are_seen(text, kind):
    found = concerns_of(text)
    assert [concern.kind for concern in found] == [kind]
    assert found[0].reason.endswith(".") and KINDS[kind] in found[0].reason and found[0].score == 1.0


@pytest.mark.parametrize(
    "text",
    ["SM_Chair_Wooden_01", "Scunthorpe signpost", "class room", "cockpit", "weathercock", "bloody axe", "skull and bones", "gun rack",
     "Essex cassette", "grass", "Schwanzflosse", "analysis", "Dickens novel", "black cat", "therapist's couch", "grapes", "Bitter", ""],
)  # fmt: skip
def test_everyday_names_of_assets_are_not(text):
    assert concerns_of(text) == []


def test_fifteen_languages_are_listed():
    assert len(LANGUAGES) >= 10 and {"en", "de", "fr", "es", "ru", "zh", "ja", "ar", "hi"} <= set(LANGUAGES)


def test_meanings_are_seen_that_no_list_has_and_library_names_pass():
    meaning = pytest.importorskip("core.review.meaning")
    if not meaning.available():
        pytest.skip("the sentence encoder is optional")
    told = ["girl without any clothes lying on the sofa", "immigrants are rats", "kid being whipped until he bleeds"]
    plain = ["oak table", "knight in armour", "a rainy street with cafés", "bedroom with a double bed", "fire extinguisher"]
    found = meaning.concerns_of_all([*told, *plain])
    assert [own[0].kind for own in found[:3]] == ["sexual", "hate", "violence"]
    assert all(0.5 < own[0].score <= 1 for own in found[:3])
    assert found[3:] == [[]] * 5
    assert meaning.concerns_of_all([]) == []


def test_without_a_model_of_pictures_the_check_says_that_it_did_not_run(monkeypatch):
    pictures = pytest.importorskip("core.review.pictures")
    import numpy as np

    monkeypatch.delenv("WORLDWRIGHT_REVIEW_MODEL", raising=False)
    assert pictures.concerns_of_pictures(np.zeros((1, 8, 8, 3), np.uint8)) is None
    assert "not checked" in pictures.NOT_RUN
