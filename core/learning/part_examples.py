"""Clouds whose every point knows its part: procedural shapes, the props, street furniture and people of our own generators."""

from __future__ import annotations

import dataclasses
import zlib

import numpy as np

from ..annotation.part_names import KIND_OF, LABELS, PARTS
from ..annotation.parts import cloud_of
from ..briefs import Brief
from ..scene import Mesh
from .shapes import make

SHAPE_LEAVES = ("person", "seat", "table", "bed", "storage", "lamp", "building", "tree")

WORDS: dict[str, dict[str, str]] = {
    "seat": {"seat": "seat|cushion", "back": "back|back cushion|shell|slat|pillow|headrest", "arm": "arm",
             "leg": "leg|base|castor|column|mechanism|foot|frame|beam|rung|lever|bracket"},
    "table": {"top": "top|edge", "leg": "leg|foot|beam|column|panel|rung|post", "drawer": "drawer|handle|pedestal"},
    "bed": {"mattress": "mattress|cover", "pillow": "pillow", "headboard": "headboard", "frame": "rail|slats|leg|post|frame|foot"},
    "storage": {"body": "side|top|back|bottom|plinth|case|body|leg|cornice|foot|post|frame", "door": "door|drawer|glass|lid",
                "shelf": "shelf|divider", "handle": "handle|knob"},
    "lamp": {"base": "base|foot|leg", "pole": "pole|arm|joint|post|cable", "shade": "shade|bulb|head|lamp|diffuser|lantern"},
    "vehicle": {"body": "body|bumper|door gap|grille|headlamp|mirror|pillar|plate|roof|sill|tail lamp|wheel arch|frame|handlebar"
                        "|saddle|basket|mudguard|hoop|rail|crank|handle", "wheel": "tyre|rim|hub|spoke", "window": "window"},
    "tree": {"trunk": "trunk|bark|wood|branch|stem", "crown": "leaves|crown|needles|fronds"},
}  # fmt: skip
"""Kind → part → the names that generators give it."""

PROPS_OF = {
    "seat": ("office_chair", "visitor_chair", "sofa", "armchair", "dining_chair", "stool", "bench", "bar_stool"),
    "table": ("desk", "student_desk", "meeting_table", "coffee_table", "dining_table", "cafe_table"),
    "bed": ("bed_single", "bed_double"),
    "storage": ("bookcase", "drawer_unit", "filing_cabinet", "cupboard", "dresser", "nightstand", "wardrobe", "kitchen_counter",
                "kitchen_wall_cabinet", "fridge"),
    "lamp": ("floor_lamp", "desk_lamp", "table_lamp"),
}  # fmt: skip


def random_brief(kind: type[Brief], rng: np.random.Generator) -> Brief:
    """A brief with every number drawn from the middle of its range, every choice at random."""
    values: dict[str, object] = {}
    for field in dataclasses.fields(kind):
        limits = field.metadata
        if field.name == "seed":
            values["seed"] = int(rng.integers(1000))
        elif "low" in limits:
            low, high = limits["low"], limits["high"]
            drawn = low + (high - low) * float(rng.beta(1.5, 1.5))
            values[field.name] = int(round(drawn)) if limits.get("whole") else drawn
        elif "options" in limits:
            values[field.name] = str(rng.choice(limits["options"]))
        elif isinstance(field.default, bool):
            values[field.name] = bool(rng.random() < 0.5)
    return kind.from_dict(values)


def labelled_cloud(kind: str, mesh: Mesh, words: dict[str, str] | None, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Positions, normals and label numbers (-1: none) of a mesh whose parts are named by ``words`` (None: as in ``PARTS``)."""
    place = {name: number for number, name in enumerate(PARTS[kind])}
    of = {word: place[part] for part, said in words.items() for word in said.split("|")} if words else place
    first = LABELS.index((kind, PARTS[kind][0]))
    number = np.array([of[name] + first if name in of else -1 for name in mesh.part_names] + [-1])
    positions, normals, face = cloud_of(mesh, seed)
    part = np.full(len(mesh.face_sizes), -1) if mesh.part is None else mesh.part
    return positions, normals, number[part[face]]


def make_example(kind: str, number: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The ``number``-th example of a kind: every second a procedural shape, the others from the generators of things."""
    rng = np.random.default_rng([number, zlib.crc32(kind.encode())])
    if kind in SHAPE_LEAVES and (number % 2 == 0 or kind == "building"):
        return labelled_cloud(kind, make(kind, number), None, number)
    if kind == "person":
        return labelled_cloud(kind, _person(rng), None, number)
    if kind == "tree":
        from ..environments.plants.catalogue import plant_mesh
        from ..environments.plants.trees import SPECIES

        return labelled_cloud(kind, plant_mesh(str(rng.choice(sorted(SPECIES))), int(rng.integers(4))), WORDS[kind], number)
    if kind == "vehicle":
        from ..environments.street_props import vehicles

        brief, build = ((vehicles.CarBrief, vehicles.car), (vehicles.VanBrief, vehicles.van))[number % 2]
        return labelled_cloud(kind, build(random_brief(brief, rng)).mesh, WORDS[kind], number)  # type: ignore[arg-type]
    from ..environments.props import PROPS

    names = [name for name in PROPS_OF[kind] if name in PROPS]
    prop_brief, prop = PROPS[str(rng.choice(names))]
    return labelled_cloud(kind, prop(random_brief(prop_brief, rng)).mesh, WORDS[kind], number)


BONE_PARTS = (("head", "head"), ("neck", "head"), ("hand", "hand"), ("thumb", "hand"), ("index", "hand"), ("middle", "hand"),
              ("ring", "hand"), ("pinky", "hand"), ("foot", "foot"), ("ball", "foot"), ("thigh", "leg"), ("calf", "leg"),
              ("upperarm", "arm"), ("lowerarm", "arm"))  # fmt: skip
"""Beginning of a bone's name → the part its flesh belongs to; all others are the torso's."""


def _person(rng: np.random.Generator) -> Mesh:
    """A random body in a random moment of a random clip, without clothes or hair, its parts by the bone that moves each face."""
    from ..characters.body import build
    from ..characters.brief import CLIPS, CharacterBrief
    from ..characters.motion import Mannequin, deform, make_clip, posed, t_pose

    brief = CharacterBrief(
        seed=int(rng.integers(10_000)), gender=float(rng.random()), age=float(rng.uniform(5, 80)),
        weight=float(rng.uniform(0.2, 0.9)), muscle=float(rng.random()),
    )  # fmt: skip
    shape = build(brief, rng)
    mesh, source = shape.cut("Person", shape.pack.face_mask("body"))
    if rng.random() < 0.3:
        mesh.vertices = t_pose(shape).vertices[source] if rng.random() < 0.5 else mesh.vertices
    else:
        world, positions = posed(shape, make_clip(Mannequin(shape), str(rng.choice(CLIPS))))
        frame = int(rng.integers(len(world)))
        mesh.vertices = deform(shape, world[frame], positions[frame], source).astype(np.float32)
    bones = [next((part for start, part in BONE_PARTS if name.startswith(start)), "torso") for name in shape.pack.bone_names]
    names = list(PARTS["person"])
    strongest = mesh.skin.joints[np.arange(len(source)), mesh.skin.weights.argmax(axis=1)]  # type: ignore[union-attr]
    vertex = np.array([names.index(part) for part in bones])[strongest]
    mesh.part_names, mesh.part, mesh.skin = names, vertex[mesh.corners[mesh.face_starts]].astype(np.int32), None
    return mesh


assert set(KIND_OF.values()) == set(PARTS)
