"""Small things over what stands in a room: what belongs there, where it would be put down, as much as was asked for."""

from __future__ import annotations

from collections import Counter

import numpy as np

from ...errors import WorldwrightError
from ...progress import Progress, silent
from ..arrange import Placement, world_box
from ..props.prop import Prop
from ..rooms import pose, yaw_matrix
from ..shop import Shop
from ..space import opening_box, overlaps
from .brief import CLUTTER, FurnishBrief
from .found import Found, Standing, occupied
from .surfaces import CELL, Top, tops

COVER = 0.34  # share of a free top that is taken at a density of 1
MOST_ON_ONE, MOST = 60, 1500
# What lies where: by the class of what carries it; numbers are how often, beside each other.
WORK: dict[str, float] = {"papers": 4, "books": 3, "cups": 3, "cables": 1.5, "plants": 1, "decoration": 1}
HOME: dict[str, float] = {"decoration": 4, "books": 3, "cups": 2, "plants": 2, "papers": 1}
ON: dict[str, dict[str, float]] = {
    "desk": WORK, "table": {"cups": 4, "papers": 3, "books": 1, "plants": 1, "decoration": 2}, "lab bench": WORK, "workbench": WORK,
    "coffee table": {"cups": 3, "books": 2, "decoration": 3, "papers": 2}, "nightstand": {"books": 3, "cups": 3, "decoration": 1},
    "bookcase": {"books": 8, "decoration": 2, "plants": 1, "papers": 1}, "cabinet": HOME, "dresser": HOME, "tv stand": HOME,
    "counter": {"cups": 4, "papers": 1, "plants": 1, "decoration": 1}, "kitchen counter": {"cups": 4, "decoration": 3, "plants": 1},
    "kitchen sink": {"cups": 3}, "shop shelf": {"decoration": 5, "books": 2}, "display case": {"decoration": 1},
    "lectern": {"papers": 1}, "washbasin": {"cups": 1}, "bookshelf": {"books": 1},
}  # fmt: skip
NEVER = ("chair", "stool", "bar stool", "armchair", "sofa", "bed", "toilet", "plant", "bin", "basket", "lecture bench", "bathtub",
         "shower", "cooker", "fridge", "radiator", "picture", "mirror", "screen", "board", "clock", "curtain", "floor lamp", "rug",
         "ceiling lamp", "washing machine", "examination bed", "clothes rack", "coat stand", "books", "vase", "monitor",
         "table lamp",
         "tool wall", "projector", "towel rail", "stairs", "column", "partition", "fume hood", "printer", "pedestal")  # fmt: skip
CLUTTER_OF = {"mug": "cups", "water_bottle": "cups", "paper_stack": "papers", "books_row": "books", "cable": "cables"}
FLOOR = {"books": 3, "papers": 2, "cables": 3, "decoration": 1}


def scatter(found: Found, brief: FurnishBrief, chosen: set[str], shop: Shop, progress: Progress = silent) -> list[Placement]:
    """Small things on the things named in ``chosen`` (none: on all that suit), each in the frame of what carries it.

    Raises WorldwrightError where there is nothing to put them on, or for a kind of clutter nobody knows.
    """
    kinds = read_kinds(brief.clutter)
    rng = np.random.default_rng(brief.seed)
    holders = [thing for thing in found.things if (thing.name in chosen if chosen else thing.kind not in NEVER)]
    taken = {thing.name for thing in found.things}
    made: list[Placement] = []
    counts: Counter[str] = Counter()
    for number, holder in enumerate(holders):
        progress(number / max(len(holders), 1), f"On {holder.name}")
        made += _on(holder, found, brief.density, kinds, shop, rng, counts, taken)
        if len(made) >= MOST:
            break
    if brief.floor:
        made += _on_floor(found, brief.density, kinds, shop, rng, counts, taken)
    if not made and not any(free_tops(holder, found) for holder in holders):
        raise WorldwrightError(
            "There is nothing small things could stand on.", "Select tables, shelves or cabinets, or fill the room."
        )
    return made


def read_kinds(text: str) -> tuple[str, ...]:
    """The kinds of clutter a text with commas names; all for an empty one. Raises WorldwrightError for an unknown name."""
    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    kinds = [next((kind for kind in CLUTTER if word.rstrip("s") == kind.rstrip("s")), "") for word in words]
    for word, kind in zip(words, kinds, strict=True):
        if not kind:
            raise WorldwrightError(f"“{word}” is no kind of clutter.", f"Known are: {', '.join(CLUTTER)}.")
    return tuple(kinds) or CLUTTER


def free_tops(holder: Standing, found: Found) -> list[Top]:
    """The levels of a thing, less what stands on them already."""
    levels = tops(holder.mesh)
    if not levels:
        return []
    inverse = np.linalg.inv(holder.transform)
    for other in found.things:
        if other is holder or (other.bounds[:2] > holder.bounds[3:5]).any() or (other.bounds[3:5] < holder.bounds[:2]).any():
            continue
        for box in other.boxes:
            for level in levels:
                level.block(_into(box, inverse))
    return [level for level in levels if level.area > 0.01]


def _into(box: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """(6,) the box around a box in another frame, turned about Z."""
    corners = np.array([(box[i], box[j], box[k], 1.0) for i in (0, 3) for j in (1, 4) for k in (2, 5)]) @ matrix.T
    return np.concatenate([corners[:, :3].min(0), corners[:, :3].max(0)])


def _on(
    holder: Standing,
    found: Found,
    density: float,
    kinds: tuple[str, ...],
    shop: Shop,
    rng: np.random.Generator,
    counts: Counter[str],
    taken: set[str],
) -> list[Placement]:
    """Things on one piece of furniture, until the share of its tops that the density means is taken."""
    likes = ON.get(holder.kind, HOME)
    shares = np.array([likes.get(kind, 0.0 if len(kinds) == len(CLUTTER) else 0.3) for kind in kinds])
    if not shares.sum():
        return []
    inverse_hung = [_into(thing.bounds, np.linalg.inv(holder.transform)) for thing in found.things if thing.mount == "wall"]
    made: list[Placement] = []
    for level in free_tops(holder, found):
        for box in inverse_hung:
            level.block(box)
        goal, used = level.area * COVER * density, 0.0
        misses = 0
        while used < goal and misses < 6 and len(made) < MOST_ON_ONE:
            kind = kinds[int(rng.choice(len(kinds), p=shares / shares.sum()))]
            prop, noun = thing_of(kind, shop, rng, float(level.headroom[level.free].max(initial=0.0)))
            placed = put(level, prop, kind, rng) if prop is not None else None
            if prop is None or placed is None:
                misses += 1
                continue
            used += float(np.prod((prop.bounds[1] - prop.bounds[0])[:2]))
            made.append(_placement(prop, noun, placed, holder.name, kind, counts, taken))
    return made


def put(level: Top, prop: Prop, kind: str, rng: np.random.Generator) -> np.ndarray | None:
    """The (4, 4) place of a thing on a level, in the holder's frame: books at the back, papers straight to the edge, a cup in
    reach of whoever sits there. None where it does not fit."""
    quarter = float(rng.integers(4)) * np.pi / 2 if kind == "cables" else 0.0
    loose = {"papers": 0.35, "cups": 3.1, "plants": 3.1, "decoration": 0.5}.get(kind, 0.03)
    yaw = quarter + float(rng.uniform(-loose, loose))
    low, high = prop.bounds
    corners = np.array([(x, y) for x in (low[0], high[0]) for y in (low[1], high[1])]) @ yaw_matrix(yaw).T
    near, far = corners.min(0), corners.max(0)
    size = np.array([*(far - near), high[2] - low[2]])
    places = level.fitting(size)
    if not len(places):
        return None
    span = np.array(level.free.shape) * CELL
    share = (places - level.origin) / np.maximum(span, CELL)  # 0..1 along the holder; y: 0 is its front
    back, off = share[:, 1], np.abs(share[:, 0] - 0.5)
    middle = -np.abs(back - 0.42)
    wishes = {"books": back + 0.4 * off, "plants": back + off, "cups": middle, "papers": middle, "cables": back}
    wish = wishes.get(kind, 0.0 * back)
    spot = places[int((wish + rng.random(len(places)) * 0.9).argmax())] - (near + far) / 2
    level.block(np.array([*(spot + near), level.z, *(spot + far), level.z + size[2]]))
    return pose(float(spot[0]), float(spot[1]), level.z - float(low[2]), yaw)


def thing_of(kind: str, shop: Shop, rng: np.random.Generator, headroom: float) -> tuple[Prop | None, str]:
    """A thing of a kind of clutter that is lower than the air above, and its noun."""
    pick = int(rng.integers(4))
    if headroom < 0.06:
        return None, ""
    if kind == "books":
        height = min(0.26, headroom - 0.03)
        if height < 0.18:
            return shop.get("paper_stack", pick, height=0.03), "papers"
        return shop.get("books_row", pick, width=float(rng.choice([0.1, 0.2, 0.3, 0.4])), height=round(height, 2), depth=0.18,
                        pile=bool(rng.random() < 0.3)), "books"  # fmt: skip
    if kind == "cups":
        if rng.random() < 0.25 and headroom > 0.3:
            return shop.get("water_bottle", pick), "water bottle"
        return shop.get("mug", pick, drink=("coffee", "tea", "empty")[pick % 3]), "mug"
    if kind == "plants":
        if headroom < 0.24:
            return None, ""
        return shop.get("plant", pick % 3, kind=("bush", "sword", "broad")[pick % 3], width=0.18, depth=0.18,
                        height=round(min(0.3, headroom - 0.04), 2)), "small plant"  # fmt: skip
    if kind == "cables":
        return shop.get("cable", pick, width=0.35, depth=0.22, style="coil"), "cable"
    if kind == "papers":
        if rng.random() < 0.25:
            return shop.get("pen_cup", pick), "pen cup"
        return shop.get("paper_stack", pick, height=(0.006, 0.015, 0.03)[pick % 3]), "papers"
    key, noun = (("vase", "vase"), ("bowl", "bowl"), ("candle", "candle"), ("toy_blocks", "toy blocks"))[pick]
    height = {"vase": 0.26, "bowl": 0.09, "candle": 0.16, "toy_blocks": 0.12}[key]
    if height > headroom - 0.02:
        return None, ""
    return shop.get(key, pick, height=height, width=0.18, depth=0.18, fruit=int(rng.integers(4))), noun


def _placement(
    prop: Prop, noun: str, place: np.ndarray, support: str, kind: str, counts: Counter[str], taken: set[str]
) -> Placement:
    counts[noun] += 1
    while f"{noun.capitalize()} {counts[noun]}" in taken:
        counts[noun] += 1
    name = f"{noun.capitalize()} {counts[noun]}"
    taken.add(name)
    where = {"books": "at the back", "cups": "within reach", "plants": "beside everything else", "cables": "at the back"}.get(
        kind, "in a free place"
    )
    return Placement(name, prop, place, support, [{"relation": "on", "target": support}], f"{noun} on {support}, {where}")


def _on_floor(
    found: Found,
    density: float,
    kinds: tuple[str, ...],
    shop: Shop,
    rng: np.random.Generator,
    counts: Counter[str],
    taken: set[str],
) -> list[Placement]:
    """Piles beside seats and desks and along walls, never in a way: not before doors, and a hand's breadth from furniture."""
    wanted = [kind for kind in FLOOR if kind in kinds]
    if not wanted:
        return []
    shares = np.array([FLOOR[kind] for kind in wanted])
    boxes = occupied(found, frozenset(thing.name for thing in found.things if thing.kind == "rug"))
    keep = np.array([opening_box(found.room, k) for k in range(len(found.room.openings))]).reshape(-1, 6)
    blocked = np.concatenate([boxes, keep]) if len(keep) else boxes
    made: list[Placement] = []
    prop: Prop | None
    for _ in range(int(found.room.area * density * 0.6) + 1):
        kind = wanted[int(rng.choice(len(wanted), p=shares / shares.sum()))]
        if kind == "cables":
            prop, noun = (
                shop.get("cable", int(rng.integers(4)), width=float(rng.uniform(0.8, 1.6)), depth=0.2, style="lead"),
                "cable",
            )
        elif kind == "books":
            prop, noun = shop.get("books_row", int(rng.integers(4)), width=0.3, height=0.26, depth=0.2, pile=True), "books"
        else:
            prop, noun = thing_of(kind, shop, rng, 0.3)
        if prop is None:
            continue
        for _ in range(24):
            place = _by_wall(found, prop, rng)
            box = world_box(prop, place)
            if (
                found.room.holds(box[:2] - 0.005, box[3:5] + 0.005)
                and not overlaps(box + (-0.03, -0.03, 0, 0.03, 0.03, 0), blocked).any()
            ):
                blocked = np.concatenate([blocked, box[None]])
                made.append(_placement(prop, noun, place, "Floor", kind, counts, taken))
                made[-1].why = f"{noun} on the floor, along a wall"
                break
    return made


def _by_wall(found: Found, prop: Prop, rng: np.random.Generator) -> np.ndarray:
    """A random place along a wall, the long side to it."""
    sides = found.room.sides or tuple(found.room.walls)
    side = sides[int(rng.integers(len(sides)))]
    low, high = prop.bounds
    half = max(found.room.length(side) / 2 - 0.1 - float(high[0] - low[0]) / 2, 0.0)
    along, gap, turn = float(rng.uniform(-half, half)), float(rng.uniform(0.03, 0.15)), float(rng.uniform(-0.06, 0.06))
    return found.room.frame(side) @ pose(along, -gap - float(high[1]), -float(low[2]), turn)
