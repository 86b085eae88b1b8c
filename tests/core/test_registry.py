"""The registry of trained models: versions, choices, hashes, cards, and files that are not what they should be."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from core.errors import WorldwrightError
from core.learning.model_card import DataSource, ModelCard
from core.learning.packing import read_card
from core.learning.registry import Registry

CARD = ModelCard(
    "shop shelves", "annotate", ["shelf", "crate"], [DataSource("my library", "own", 40)], 3,
    {"method": "lora", "rank": 4}, {"top1": 0.8}, [{"epoch": 1, "loss": 1.5, "held_top1": None}], ["Shelves only."], "annotator@2",
)  # fmt: skip


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "w.safetensors"
    save_file({"layer.weight": np.arange(12, dtype=np.float16).reshape(3, 4)}, path)
    return path


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path / "models")


def test_versions_count_up_and_keep_their_cards(registry: Registry, weights: Path) -> None:
    first = registry.add(weights, CARD)
    second = registry.add(weights, CARD)
    assert [entry.label for entry in registry.entries()] == ["shop shelves@2", "shop shelves@1"]
    assert registry.get("shop shelves").version == 2 and registry.get("shop shelves@1").card == CARD
    assert first.digest == second.digest
    assert "| my library | own | 40 |" in (first.folder / "card.md").read_text()


def test_a_deleted_version_is_never_used_again(registry: Registry, weights: Path) -> None:
    registry.add(weights, CARD)
    second = registry.add(weights, CARD)
    registry.delete(second)
    assert registry.add(weights, CARD).version == 3


def test_choose_and_roll_back(registry: Registry, weights: Path) -> None:
    assert registry.chosen("annotate") is None
    one, two = registry.add(weights, CARD), registry.add(weights, CARD)
    registry.choose(one)
    registry.choose(two)
    assert registry.chosen("annotate") == two
    assert registry.roll_back("annotate") == one
    registry.choose(two)
    registry.delete(two)
    assert registry.chosen("annotate") == one
    registry.roll_back("annotate")
    assert registry.chosen("annotate") is None
    with pytest.raises(WorldwrightError, match="already uses the shipped model"):
        registry.roll_back("annotate")


def test_changed_weights_are_found_out(registry: Registry, weights: Path) -> None:
    entry = registry.add(weights, CARD)
    entry.weights.write_bytes(entry.weights.read_bytes()[:-1] + b"x")
    with pytest.raises(WorldwrightError, match="have changed since"):
        registry.choose(entry)
    entry.weights.unlink()
    with pytest.raises(WorldwrightError, match="are missing"):
        registry.checked(entry)


def test_export_and_load_on_another_machine(registry: Registry, weights: Path, tmp_path: Path) -> None:
    file = registry.export(registry.add(weights, CARD), tmp_path / "shelves.safetensors")
    np.testing.assert_array_equal(load_file(file)["layer.weight"], load_file(weights)["layer.weight"])
    entry = Registry(tmp_path / "elsewhere").load(file)
    assert entry.card == CARD and entry.version == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "not a safetensors file"), (b"PK\x03\x04pickle stuff", "not a safetensors file"),
     (struct.pack("<Q", 2) + b"[]", "not a safetensors file"), (struct.pack("<Q", 2) + b"{}", "no model card")],
)  # fmt: skip
def test_what_is_no_model_is_refused(registry: Registry, tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "stranger.safetensors"
    file.write_bytes(content)
    with pytest.raises(WorldwrightError, match=sentence):
        registry.load(file)
    assert registry.entries() == []


def test_a_file_cut_short_is_refused(registry: Registry, weights: Path, tmp_path: Path) -> None:
    file = registry.export(registry.add(weights, CARD), tmp_path / "shelves.safetensors")
    file.write_bytes(file.read_bytes()[:-5])
    with pytest.raises(WorldwrightError, match="cut short"):
        read_card(file)


@pytest.mark.parametrize("name", ["", "../up", "a/b", "shipped", "x" * 70])
def test_names_that_cannot_be_folders(registry: Registry, weights: Path, name: str) -> None:
    with pytest.raises(WorldwrightError, match="cannot name a model"):
        registry.add(weights, ModelCard(name, "annotate"))


def test_nothing_half_written_when_the_disk_is_full(registry: Registry, weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.learning.registry.shutil.copyfile", full)
    with pytest.raises(WorldwrightError, match="No space left on device"):
        registry.add(weights, CARD)
    assert registry.entries() == [] and not list((registry.root / CARD.name).iterdir())


def test_unknown_names_say_what_there_is(registry: Registry, weights: Path) -> None:
    with pytest.raises(WorldwrightError, match="Train one first"):
        registry.get("nothing")
    entry = registry.add(weights, CARD)
    with pytest.raises(WorldwrightError, match="There are: shop shelves"):
        registry.get("nothing")
    with pytest.raises(WorldwrightError, match="has no version 7"):
        registry.get("shop shelves@7")
    (entry.folder / "card.json").write_text("{")
    assert registry.entries() == []
    with pytest.raises(WorldwrightError, match="cannot be read"):
        registry.get("shop shelves")


def test_compare_names_what_differs(registry: Registry, weights: Path) -> None:
    other = ModelCard("b", "annotate", ["shelf", "barrel"], settings={"method": "full"}, scores={"top1": 0.9})
    difference = registry.compare(registry.add(weights, CARD), registry.add(weights, other))
    assert difference["scores"] == {"top1": (0.8, 0.9)}
    assert difference["settings"] == {"method": ("lora", "full"), "rank": (4, None)}
    assert difference["classes"] == {"barrel": (False, True), "crate": (True, False)}


def test_a_card_of_a_later_version_still_reads() -> None:
    values = json.loads(CARD.to_json()) | {"something_new": 1}
    assert ModelCard.from_json(json.dumps(values)) == CARD
