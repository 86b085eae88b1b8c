"""The names of parts: of which kinds of things they are known, and what they are called. Needs nothing but Python."""

from __future__ import annotations

PARTS: dict[str, tuple[str, ...]] = {
    "person": ("head", "torso", "arm", "hand", "leg", "foot"),
    "seat": ("seat", "back", "leg", "arm"),
    "table": ("top", "leg", "drawer"),
    "bed": ("mattress", "pillow", "headboard", "frame"),
    "storage": ("body", "door", "shelf", "handle"),
    "lamp": ("base", "pole", "shade"),
    "vehicle": ("body", "wheel", "window"),
    "building": ("wall", "roof", "window", "door"),
    "tree": ("trunk", "crown"),
}
"""The parts of each kind of thing."""

KIND_OF = {"sofa": "seat", "robot": "person", **{kind: kind for kind in PARTS}}
"""Leaf of the taxonomy → the kind whose parts it has; other leaves have none."""

LABELS = tuple((kind, part) for kind, parts in PARTS.items() for part in parts)
