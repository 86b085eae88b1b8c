"""Crowds: everyone different, traits spread as the priors say, materials and clips shared."""

import numpy as np
import pytest

from core.characters.crowd import CrowdBrief, fairness, generate, people, read_prompt
from core.errors import WorldwrightError
from core.review.queue import Queue


def test_priors_are_even_by_default():
    made = list(people(CrowdBrief(count=60, seed=3)))
    tones = np.array([person.skin_tone for person in made])
    assert np.histogram(tones, bins=4, range=(0, 1))[0].tolist() == [15, 15, 15, 15]
    assert sum(person.gender == 0 for person in made) == 30
    ages = np.array([person.age for person in made])
    assert ages.min() < 20 and ages.max() > 78 and abs(np.corrcoef(ages, tones)[0, 1]) < 0.35
    report = fairness(made)
    assert report["sex"] == "female 30, male 30" and report["skin"].count("15") == 4


def test_priors_can_be_edited():
    brief = CrowdBrief(count=20, female_share=0.25, youngest=6, oldest=10, lightest=0.6, darkest=0.9)
    made = list(people(brief))
    assert sum(person.gender == 0 for person in made) == 5
    assert all(6 <= person.age <= 10 and 0.6 <= person.skin_tone <= 0.9 for person in made)
    with pytest.raises(WorldwrightError, match="above"):
        CrowdBrief(youngest=40, oldest=20).validate()


def test_people_share_materials_and_bones():
    scene = generate(CrowdBrief(count=3, seed=1, youngest=30, oldest=34, lightest=0.4, darkest=0.45, low_budget=True))
    rigs = [node for node in scene.nodes if node.skeleton is not None]
    assert [rig.name for rig in rigs] == ["Person 01", "Person 02", "Person 03"]
    assert len({tuple(rig.skeleton.names) for rig in rigs}) == 1 and len({rig.transform.tobytes() for rig in rigs}) == 3
    heights = {round(float(node.mesh.vertices[:, 2].max()), 3) for node in scene.nodes if node.mesh and node.name.endswith("Body")}
    assert len(heights) == 3
    skins = {id(node.mesh.materials[0]) for node in scene.nodes if node.mesh and node.name.endswith(" Body")}
    assert len(skins) < 3 and [clip.name for clip in scene.clips] == ["Idle", "Walk"]
    names = [node.name for node in scene.nodes]
    assert len(set(names)) == len(names) and all(node.armature in names for node in scene.nodes if node.mesh)


def test_prompt():
    brief, notes = read_prompt("a queue of 40 office workers and clowns", 2)
    assert (brief.count, brief.outfit, brief.seed) == (40, "office", 2) and "clowns" in notes[0]


def test_nothing_leaves_the_review_queue(tmp_path):
    queue = Queue(tmp_path / "review.jsonl")
    first = queue.flag("character", "a text", "It asks for what is not made here.")
    assert queue.flag("character", "a text", "It asks for what is not made here.") == first
    second = queue.flag("character", "another", "It names a real person.")
    assert [flag.number for flag in queue.waiting()] == [1, 2]
    queue.decide(1, "wrong")
    again = Queue(tmp_path / "review.jsonl")
    assert [flag.number for flag in again.waiting()] == [2] and len(again.flags()) == 2
    assert again.allows("character", "a text") and not again.allows("character", second.text)
    (tmp_path / "review.jsonl").open("a").write("{damaged\n")
    assert len(again.flags()) == 2
    with pytest.raises(WorldwrightError, match="no flag"):
        again.decide(9, "right")
