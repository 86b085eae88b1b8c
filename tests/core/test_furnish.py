"""Furniture replaced by another of its kind and size."""

from __future__ import annotations

import numpy as np
import pytest

from core.environments.furnish.replace import replacements
from core.environments.greybox.classes import CLASS_OF
from core.errors import WorldwrightError

THINGS = [
    {"name": "Wardrobe 1", "prop": "wardrobe", "size": (1.4, 0.6, 2.0)},
    {"name": "Chair 1", "prop": "dining_chair", "size": (0.46, 0.52, 0.9)},
    {"name": "Chair 2", "prop": "dining_chair", "size": (0.46, 0.52, 0.9)},
]


def test_same_kind_and_size_another_design() -> None:
    first, *others = (replacements(THINGS, seed) for seed in range(1, 6))
    for thing, node in zip(THINGS, first.nodes, strict=True):
        assert CLASS_OF[node.properties["prop"]] == CLASS_OF[thing["prop"]]
    low, high = first.nodes[0].mesh.bounds
    assert np.allclose(high - low, THINGS[0]["size"], atol=0.03)
    assert first.nodes[1].mesh is first.nodes[2].mesh, "equal chairs stay equal"
    counts = {len(scene.nodes[0].mesh.vertices) for scene in (first, *others)}
    assert len(counts) > 1, "seeds give other designs"


def test_same_seed_same_design() -> None:
    first, second = replacements(THINGS, 2), replacements(THINGS, 2)
    assert np.array_equal(first.nodes[0].mesh.vertices, second.nodes[0].mesh.vertices)


def test_strangers_are_refused() -> None:
    with pytest.raises(WorldwrightError, match="no furnishing that Worldwright made"):
        replacements([{"name": "Statue", "prop": "statue", "size": (1, 1, 1)}], 1)
