"""The words the annotator may use: leaves a level artist would search for, in groups, with what is usual for each.

``usual`` is the span of the longest side in metres that a thing of this kind has in the real world; sizes far outside it are
reported, never used to decide the label, so that a library in centimetres is still read correctly.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Leaf:
    """One label. ``phrase`` begins a caption; ``tags`` are further words true of everything of this kind; ``kinds`` are words that
    are true of some only: they help search, and become a tag where the thing's own name says them."""

    name: str
    group: str
    phrase: str
    usual: tuple[float, float]
    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


_TABLE: dict[str, list[tuple[str, str, float, float, tuple[str, ...]]]] = {
    "seating": [
        ("seat", "a seat", 0.25, 2.5, ("furniture",)),
        ("sofa", "a sofa", 0.9, 4.0, ("couch", "furniture")),
    ],
    "furniture": [
        ("bed", "a bed", 1.0, 2.8, ()),
        ("table", "a table", 0.4, 4.0, ()),
        ("storage", "a box, cabinet or shelf", 0.08, 4.0, ()),
    ],
    "fixture": [
        ("appliance", "a household appliance", 0.15, 2.3, ("household",)),
        ("sanitary", "a sanitary fixture", 0.3, 2.8, ("bathroom",)),
        ("radiator", "a radiator", 0.4, 2.5, ("heating",)),
        ("lamp", "a lamp or candle", 0.05, 9.0, ("light",)),
        ("wall socket", "a wall socket or switch", 0.04, 0.3, ("electric",)),
        ("electronics", "an electronic device", 0.05, 2.0, ("device",)),
        ("sign", "a sign", 0.2, 8.0, ("signage",)),
        ("pipe", "a pipe or cable", 0.1, 10.0, ()),
    ],
    "decoration": [
        ("banner", "a banner or hanging cloth", 0.2, 5.0, ("cloth",)),
        ("picture", "a picture, mirror or board on a wall", 0.1, 4.0, ()),
    ],
    "container": [
        ("barrel", "a barrel or bin", 0.15, 1.8, ()),
        ("vessel", "a vessel", 0.03, 1.2, ()),
        ("bag", "a bag", 0.1, 2.0, ()),
    ],
    "item": [
        ("book", "a book or scroll", 0.08, 0.6, ()),
        ("pickup", "a small collectible", 0.01, 0.5, ("collectible",)),
        ("food", "a piece of food", 0.02, 0.7, ("edible",)),
        ("clothing", "a piece of clothing", 0.05, 1.9, ("wearable",)),
        ("bones", "bones", 0.05, 2.5, ("remains",)),
    ],
    "weapon": [
        ("weapon", "a hand weapon or tool", 0.1, 2.5, ()),
        ("gun", "a gun", 0.12, 1.6, ("firearm",)),
        ("shield", "a shield", 0.3, 1.8, ("armour",)),
    ],
    "nature": [
        ("tree", "a tree", 0.8, 45.0, ("vegetation",)),
        ("plant", "a plant", 0.05, 6.0, ("vegetation",)),
        ("rock", "a rock", 0.05, 20.0, ("stone",)),
        ("ground", "a piece of ground or floor", 0.3, 500.0, ()),
        ("cloud", "a cloud", 1.0, 3000.0, ("sky",)),
    ],
    "architecture": [
        ("building", "a building", 1.5, 150.0, ()),
        ("wall", "a wall or fence piece", 0.4, 30.0, ()),
        ("column", "a column", 0.4, 15.0, ("pillar",)),
        ("door", "a door or gate", 0.7, 7.0, ("opening",)),
        ("window", "a window", 0.3, 6.0, ("opening",)),
        ("stairs", "a flight of stairs", 0.5, 15.0, ("steps",)),
        ("bridge", "a bridge", 1.5, 200.0, ("crossing",)),
    ],
    "creature": [
        ("person", "a person", 0.8, 2.3, ("character",)),
        ("animal", "an animal", 0.05, 15.0, ("creature",)),
        ("fish", "a fish", 0.03, 15.0, ("creature", "sea")),
        ("robot", "a robot", 0.2, 12.0, ("machine",)),
    ],
    "vehicle": [
        ("vehicle", "a vehicle", 0.8, 100.0, ("transport",)),
        ("boat", "a boat or ship", 1.0, 400.0, ("transport", "water")),
        ("spaceship", "a spaceship", 2.0, 1000.0, ("transport", "space")),
    ],
}

_KINDS: dict[str, tuple[str, ...]] = {
    "seat": ("chair", "stool", "bench", "armchair", "throne"), "table": ("desk", "workbench", "counter"),
    "storage": ("box", "crate", "chest", "cabinet", "shelf", "drawer", "wardrobe", "bookcase", "locker"),
    "barrel": ("keg", "bucket", "bin", "barrel"), "vessel": ("bottle", "cup", "mug", "plate", "bowl", "vase", "pot", "pan"),
    "lamp": ("candle", "lantern", "torch"), "banner": ("flag", "curtain"), "bag": ("sack", "backpack", "suitcase"),
    "book": ("scroll", "newspaper"), "pickup": ("coin", "gem", "key", "ring"), "weapon": ("sword", "axe", "bow", "spear", "hammer"),
    "wall": ("fence", "barrier", "railing"), "ground": ("floor", "road", "carpet"), "sanitary": ("toilet", "bath", "sink"),
    "picture": ("mirror", "frame", "painting", "whiteboard"), "pipe": ("cable",), "vehicle": ("car", "truck", "bus", "bicycle"),
    "boat": ("ship", "raft"), "electronics": ("television", "laptop", "screen", "phone", "printer"), "door": ("gate", "arch"),
    "appliance": ("fridge", "oven", "stove", "microwave"), "building": ("house", "tower", "castle", "church"),
    "plant": ("flower", "bush", "grass", "cactus", "mushroom"), "bed": ("bunk", "crib"), "gun": ("pistol", "rifle", "revolver"),
}  # fmt: skip

LEAVES: dict[str, Leaf] = {
    name: Leaf(name, group, phrase, (low, high), tags, _KINDS.get(name, ()))
    for group, rows in _TABLE.items()
    for name, phrase, low, high, tags in rows
}
"""Every leaf by name; the order is the order of the network's outputs in new trainings."""

GROUPS: tuple[str, ...] = tuple(_TABLE)
"""The groups, first level of the taxonomy."""

_TOLERANCE = 2.0  # stylised assets are often half or twice life size; only beyond that is worth a warning
_UNITS = ((0.01, "centimetres"), (0.001, "millimetres"))


def size_warning(name: str, size: tuple[float, float, float]) -> str:
    """A sentence when a thing of leaf ``name`` is unusually large or small, else "". ``size``: its box in metres."""
    leaf, longest = LEAVES[name], max(size)
    low, high = leaf.usual[0] / _TOLERANCE, leaf.usual[1] * _TOLERANCE
    if low <= longest <= high or longest <= 0:
        return ""
    subject = f"{leaf.phrase[0].upper()}{leaf.phrase[1:]} {length(longest)} long is unusual"
    if longest > high:
        for scale, unit in _UNITS:
            if low <= longest * scale <= high:
                return f"{subject}: the file is probably in {unit}."
    return f"{subject} ({length(leaf.usual[0])} to {length(leaf.usual[1])} is common): check its scale."


def length(metres: float) -> str:
    """A length as people write it: ``4.1 m``, ``35 cm``, ``4 mm``."""
    if metres >= 1:
        return f"{metres:,.1f} m" if metres < 100 else f"{metres:,.0f} m"
    return f"{metres * 100:.0f} cm" if metres >= 0.01 else f"{metres * 1000:.2g} mm"
