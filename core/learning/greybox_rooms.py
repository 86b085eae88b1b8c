"""Rooms to learn grey boxes from: the solver furnishes rooms of every kind, and each prop is kept as its class and its boxes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..environments.arrange import arrange
from ..environments.brief import KINDS as ROOM_KINDS
from ..environments.brief import RoomBrief, natural_area
from ..environments.generate import plan_room
from ..environments.greybox.classes import CLASS_OF, NAMES
from ..environments.props.prop import Prop
from ..environments.rooms import WALL, WINDOW, Room, pose
from ..environments.shop import FAMILIES, Shop
from ..scene import Mesh

LEAST = 0.2  # metres: what is smaller nobody blocks out
# What people block out on tops of furniture.
SMALL = {
    "desk": ("monitor", "table_lamp"),
    "nightstand": ("table_lamp",),
    "dresser": ("vase", "table_lamp"),
    "reception_counter": ("cash_register", "monitor"),
    "lab_bench": ("microscope",),
    "dining_table": ("vase",),
    "meeting_table": ("vase",),
    "cupboard": ("vase",),
}


@dataclass
class Sample:
    """A room as learnt from.

    Attributes:
        kind: number of the room's kind in ``ROOM_KINDS``; ``size`` (3,) its inside, metres.
        label: (N,) class numbers in ``NAMES``.
        centre: (N, 3) of the props' boxes in the room; ``half`` (N, 3) of their sizes in their own frames; ``yaw`` (N,).
        parts: (P, 6) collider boxes in the props' own frames about the box's centre; ``owner`` (P,) whose they are.
    """

    kind: int
    size: np.ndarray
    label: np.ndarray
    centre: np.ndarray
    half: np.ndarray
    yaw: np.ndarray
    parts: np.ndarray
    owner: np.ndarray


def random_brief(kind: str, rng: np.random.Generator) -> RoomBrief:
    """A room of a kind with other numbers of people and other proportions than usual."""
    usual = RoomBrief.from_dict({"kind": kind})
    people = int(round(usual.people * rng.uniform(0.5, 1.3)))
    area = natural_area(kind, people) * rng.uniform(0.85, 1.35)
    width = float(np.clip(np.sqrt(area * rng.uniform(0.8, 1.6)), 2.0, 25.0))
    values = {
        "kind": kind,
        "people": people,
        "width": width,
        "depth": float(np.clip(area / width, 2.0, 25.0)),
        "storage": int(max(round(usual.storage * rng.uniform(0.5, 1.6)), 0)),
        "plants": int(rng.integers(0, usual.plants + 2)),
        "sofa": bool(usual.sofa or rng.random() < 0.2),
        "door_side": str(rng.choice(["south", "east", "north", "west"])),
        "seed": FAMILIES * int(rng.integers(2**20)),  # one family, so that built props are shared
    }
    return RoomBrief.from_dict(values)


def planned(kind: str, seed: int) -> tuple[RoomBrief, Room, np.random.Generator]:
    """The brief and the plan of the room ``furnished`` makes, and the generator that goes on from there."""
    rng = np.random.default_rng([seed, ROOM_KINDS.index(kind)])
    brief = random_brief(kind, rng)
    return brief, plan_room(brief, rng), rng


def furnished(kind: str, seed: int) -> Sample:
    """A room of a kind, furnished by the solver."""
    brief, room, rng = planned(kind, seed)
    shop = Shop(brief)
    standing = arrange(brief, room, shop, rng).placements
    items = [(item.prop, item.transform) for item in standing]
    for item in standing:
        for key in SMALL.get(item.prop.key, ()):
            spots = [surface for surface in item.prop.surfaces if surface.headroom >= 0.4]
            if spots and rng.random() < 0.6:
                spot, prop = spots[0], shop.get(key)
                low, high = np.array(spot.low), np.array(spot.high)
                x, y = low + (high - low) * rng.uniform(0.25, 0.75, 2)
                items.append((prop, item.transform @ pose(x, y, spot.z, rng.uniform(-0.2, 0.2))))
    return _sample(ROOM_KINDS.index(kind), np.array([room.width, room.depth, room.height]), items)


def _sample(kind: int, size: np.ndarray, items: list[tuple[Prop, np.ndarray]]) -> Sample:
    rows, parts, owner = [], [], []
    for prop, transform in items:
        label = CLASS_OF.get(prop.key)
        low, high = (np.asarray(corner, float) for corner in prop.mesh.bounds)
        if label is None or (high - low).max() < LEAST:
            continue
        middle = (low + high) / 2
        centre = transform[:3, :3] @ middle + transform[:3, 3]
        rows.append((NAMES.index(label), *centre, *(high - low) / 2, np.arctan2(transform[1, 0], transform[0, 0])))
        for box in prop.colliders:
            parts.append((*(np.array(box.low) - middle), *(np.array(box.high) - middle)))
            owner.append(len(rows) - 1)
    table = np.array(rows, np.float64).reshape(-1, 8)
    return Sample(
        kind, size, table[:, 0].astype(int), table[:, 1:4], table[:, 4:7], table[:, 7],
        np.array(parts, np.float64).reshape(-1, 6), np.array(owner, int),
    )  # fmt: skip


def save(path: Path, samples: list[Sample]) -> None:
    """Writes samples as arrays, one after another."""
    names = ("label", "centre", "half", "yaw", "parts", "owner")
    joined = {name: np.concatenate([getattr(sample, name) for sample in samples]) for name in names}
    counts = np.array([(len(sample.label), len(sample.parts)) for sample in samples])
    kinds, sizes = np.array([sample.kind for sample in samples]), np.stack([sample.size for sample in samples])
    np.savez_compressed(path, counts=counts, kinds=kinds, sizes=sizes, **joined)


def load(path: Path) -> list[Sample]:
    """What ``save`` wrote."""
    with np.load(path, allow_pickle=False) as file:
        data = dict(file)
    ends = np.cumsum(data["counts"], axis=0)
    samples = []
    for (things, parts), (end, part_end), kind, size in zip(data["counts"], ends, data["kinds"], data["sizes"], strict=True):
        own, boxes = slice(end - things, end), slice(part_end - parts, part_end)
        label, centre, half, yaw = (data[name][own] for name in ("label", "centre", "half", "yaw"))
        samples.append(Sample(int(kind), size, label, centre, half, yaw, data["parts"][boxes], data["owner"][boxes]))
    return samples


def many(seeds: range, path: Path, told: Callable[[str], None] = print) -> list[Sample]:
    """A room of every kind for each seed, kept in a file so that they are furnished once."""
    if path.exists():
        return load(path)
    samples = []
    for seed in seeds:
        samples += [furnished(kind, seed) for kind in ROOM_KINDS]
        if seed % 10 == 0:
            told(f"{len(samples)} rooms")
            save(path, samples)
    save(path, samples)
    return samples


CUBE = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], float)
CUBE_FACES = np.array([(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)])


def box_mesh(name: str, boxes: np.ndarray, matrix: np.ndarray) -> Mesh:
    """A mesh of axis-aligned ``boxes`` (K, 6), moved by ``matrix`` (4, 4)."""
    corners = (boxes[:, None, :3] + CUBE * (boxes[:, None, 3:] - boxes[:, None, :3])).reshape(-1, 3)
    faces = (CUBE_FACES[None] + 8 * np.arange(len(boxes))[:, None, None]).reshape(-1, 4)
    return Mesh.from_faces(name, corners @ matrix[:3, :3].T + matrix[:3, 3], faces)


def blockout(sample: Sample, room: Room, rng: np.random.Generator) -> tuple[list[Mesh], dict[str, int]]:
    """The room as somebody would block it out, unnamed and turned as a whole; and the true class numbers by name.

    Things are moved by 12 cm (deviation), scaled by up to 18 % an axis and turned by 6 degrees (deviation); half of them are
    plain boxes, half a few boxes each. Floor and walls are boxes too; a door is a gap in its wall, a window a flat box.
    """
    east, north = rng.uniform(-20, 20, 2)
    whole = pose(east, north, rng.uniform(-1, 1), rng.uniform(-np.pi, np.pi)).astype(float)
    meshes: list[Mesh] = []
    labels: dict[str, int] = {}
    for number, label in enumerate(sample.label):
        half = sample.half[number] * rng.uniform(0.82, 1.18, 3)
        bottom = sample.centre[number, 2] - sample.half[number, 2]
        x, y = sample.centre[number, :2] + rng.normal(0, 0.12, 2)
        matrix = whole @ pose(x, y, bottom + half[2], sample.yaw[number] + rng.normal(0, 0.1))
        boxes = np.array([[*-half, *half]])
        if rng.random() < 0.5:
            boxes = sample.parts[sample.owner == number] * np.tile(half / sample.half[number], 2)
        name = f"Cube.{len(meshes):03d}"
        meshes.append(box_mesh(name, boxes, matrix))
        labels[name] = int(label)
    slab = np.array([[-room.width / 2, -room.depth / 2, -0.1, room.width / 2, room.depth / 2, 0.0]])
    meshes.append(box_mesh(f"Cube.{len(meshes):03d}", slab, whole))
    for side in room.sides:
        half, cuts = room.length(side) / 2, [o for o in room.openings if o.side == side and o.kind != WINDOW]
        edges = [-half, *sorted(edge for o in cuts for edge in (o.centre - o.width / 2, o.centre + o.width / 2)), half]
        runs = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 0.05]
        for a, b in runs:
            wall = np.array([[a, 0.0, 0.0, b, WALL, room.height]])
            meshes.append(box_mesh(f"Cube.{len(meshes):03d}", wall, whole @ room.frame(side)))
        for o in (o for o in room.openings if o.side == side and o.kind == WINDOW):
            pane = np.array([[o.centre - o.width / 2, 0.05, o.bottom, o.centre + o.width / 2, 0.15, o.top]])
            meshes.append(box_mesh(f"Cube.{len(meshes):03d}", pane, whole @ room.frame(side)))
    return meshes, labels
