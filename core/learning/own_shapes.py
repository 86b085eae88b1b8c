"""Labelled training shapes from the generators of things: props, street furniture, plants, houses, people, creatures, robots.

They are closer to what artists make than the procedural shapes of ``shapes``, they have real colours and materials, and every
one knows its leaf. ``make_own`` gives them by number, so that a cache can be filled in any order.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from ..scene import Mesh, Scene
from .part_examples import random_brief

PROPS_OF_LEAF = {
    "seat": ("office_chair", "visitor_chair", "armchair", "bar_stool", "bench", "dining_chair", "stool", "lecture_bench"),
    "sofa": ("sofa",),
    "bed": ("bed_double", "bed_single", "bunk_bed", "examination_bed"),
    "table": ("desk", "student_desk", "meeting_table", "coffee_table", "cafe_table", "dining_table", "lab_bench", "workbench"),
    "storage": ("bookcase", "drawer_unit", "filing_cabinet", "cupboard", "display_case", "dresser", "kitchen_counter",
                "kitchen_wall_cabinet", "nightstand", "shop_shelf", "wardrobe", "tv_stand"),
    "appliance": ("cooker", "fridge", "washing_machine"),
    "sanitary": ("bathtub", "shower", "toilet", "washbasin"),
    "radiator": ("radiator",),
    "lamp": ("floor_lamp", "ceiling_light", "desk_lamp", "candle", "pendant_lamp", "table_lamp", "wall_lamp"),
    "electronics": ("display", "monitor", "keyboard", "laptop", "cash_register", "printer", "projector", "server_rack"),
    "banner": ("curtain",),
    "picture": ("whiteboard", "pinboard", "picture_frame", "mirror"),
    "barrel": ("waste_bin", "basket"),
    "vessel": ("mug", "water_bottle", "bowl", "vase"),
    "book": ("books_row",),
    "column": ("column", "pedestal"),
    "stairs": ("staircase",),
    "ground": ("rug",),
    "plant": ("plant",),
    "wall": ("partition",),
}  # fmt: skip
STREET_OF_LEAF = {
    "lamp": ("lamp",),
    "seat": ("bench",),
    "barrel": ("bin",),
    "sign": ("sign",),
    "vehicle": ("car", "van", "bicycle"),
}
ROUNDS = 3  # shapes of every kind

Maker = Callable[[np.random.Generator], list[Mesh]]


def own_shapes() -> list[tuple[str, Maker]]:
    """(leaf, maker) of everything that can be made."""
    from ..environments.plants.catalogue import ROCKS
    from ..environments.plants.trees import SPECIES
    from ..environments.plants.undergrowth import KINDS

    found: list[tuple[str, Maker]] = []
    for table, make in ((PROPS_OF_LEAF, _prop), (STREET_OF_LEAF, _street_prop)):
        found += [(leaf, partial(make, name)) for leaf, names in table.items() for name in names]
    for leaf, plants in (("tree", SPECIES), ("plant", KINDS), ("rock", ROCKS)):
        found += [(leaf, partial(_plant, name)) for name in plants]
    found += [(leaf, partial(_craft, leaf)) for leaf in ("boat", "spaceship")]
    return [*found, ("building", _house), ("person", _character), ("animal", _creature), ("robot", _robot)]


def make_own(number: int) -> tuple[str, list[Mesh]]:
    """(leaf, meshes) of the ``number``-th shape: first one of everything, then the second, … Raises IndexError at the end."""
    kinds = own_shapes()
    turn, place = divmod(number, len(kinds))
    if turn >= ROUNDS:
        raise IndexError(number)
    leaf, make = kinds[place]
    return leaf, make(np.random.default_rng([turn, place, 77]))


def count_own() -> int:
    """How many shapes there are."""
    return ROUNDS * len(own_shapes())


def _prop(name: str, rng: np.random.Generator) -> list[Mesh]:
    from ..environments.props import PROPS

    brief, build = PROPS[name]
    return [build(random_brief(brief, rng)).mesh]


def _street_prop(name: str, rng: np.random.Generator) -> list[Mesh]:
    from ..environments.street_props import STREET_PROPS

    brief, build = STREET_PROPS[name]
    return [build(random_brief(brief, rng)).mesh]


def _craft(leaf: str, rng: np.random.Generator) -> list[Mesh]:
    from .shapes import assemble
    from .shapes.craft import boat, spaceship

    return [assemble(leaf, {"boat": boat, "spaceship": spaceship}[leaf](rng))]


def _plant(name: str, rng: np.random.Generator) -> list[Mesh]:
    from ..environments.plants.catalogue import plant_mesh

    return [plant_mesh(name, int(rng.integers(1000)), int(rng.integers(2)))]


def _house(rng: np.random.Generator) -> list[Mesh]:
    from ..environments.city.building import BuildingSpec, building_mesh
    from ..environments.city.styles import STYLES

    spec = BuildingSpec(
        str(rng.choice(sorted(STYLES))), int(rng.integers(9)), float(rng.uniform(6, 22)), float(rng.uniform(6, 16)),
        int(rng.integers(1, 6)), str(rng.choice(["shop", "house", "lobby"])), True, True, True, int(rng.integers(1000)),
    )  # fmt: skip
    return [building_mesh(spec, "House")]


def _meshes(scene: Scene) -> list[Mesh]:
    return [node.mesh for node in scene.nodes if node.mesh is not None]


def _character(rng: np.random.Generator) -> list[Mesh]:
    from ..characters.brief import POSES
    from ..characters.generate import generate
    from ..characters.prompt import read_prompt

    words = [str(rng.choice(part)) for part in (
        ("a slim", "a stocky", "a heavy", "a muscular", "a tall", "a short"), ("young", "middle-aged", "old", "ten-year-old"),
        ("woman", "man"), ("in a red jacket", "in a dress", "in overalls", "in a suit", "in a t-shirt and jeans", "in a coat"),
    )]  # fmt: skip
    brief = read_prompt(" ".join(words), int(rng.integers(10_000)))[0]
    brief.motion, brief.face_units, brief.pose = False, False, str(rng.choice(POSES))
    return _meshes(generate(brief))


def _creature(rng: np.random.Generator) -> list[Mesh]:
    from ..creatures.brief import CreatureBrief
    from ..creatures.generate import generate

    brief = random_brief(CreatureBrief, rng)
    assert isinstance(brief, CreatureBrief)
    brief.texture_size = 256
    return _meshes(generate(brief))


def _robot(rng: np.random.Generator) -> list[Mesh]:
    from ..robots.brief import RobotBrief
    from ..robots.generate import generate

    brief = random_brief(RobotBrief, rng)
    assert isinstance(brief, RobotBrief)
    brief.motion, brief.lods = False, False
    return _meshes(generate(brief))
