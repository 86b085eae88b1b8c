"""A plan for a home: rooms in two rows along a hall, the living room at its end or in a row."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from ..rooms import DOOR, PASSAGE, WINDOW
from .brief import HomeBrief
from .plan import FloorPlan, Gap, Label, make_plan

OUTER, INNER = 0.3, 0.12
HALL, WIDE_HALL = 1.4, 1.75  # between the middle lines of its walls
# Square metres a room likes to have, and the least width it works with.
SIZES = {"living_room": (22.0, 3.2), "bedroom": (13.0, 2.6), "kitchen": (9.5, 2.2), "bathroom": (6.0, 1.95), "office": (9.0, 2.3)}
LEAST = {
    "living_room": 13.0,
    "bedroom": 10.5,
    "kitchen": 6.0,
    "bathroom": 4.3,
    "office": 6.5,
}  # square metres that take what belongs in
STUDIO = 13.0
WINDOWS = {"living_room": (1.8, 0.6), "bedroom": (1.5, 0.9), "kitchen": (1.3, 1.05), "bathroom": (0.7, 1.4), "office": (1.4, 0.9)}


def wanted_rooms(brief: HomeBrief) -> list[tuple[str, str]]:
    """Kind and name of every room but the hall."""
    rooms = [("living_room", "Living room")] if brief.bedrooms else [("bedroom", "Studio")]
    rooms.append(("kitchen", "Kitchen"))
    names = ["Main bedroom", "Bedroom", "Children's room", "Guest room"] if brief.bedrooms > 1 else ["Bedroom"]
    rooms += [("bedroom", names[k]) for k in range(brief.bedrooms)]
    rooms += [("bathroom", "Bathroom" if k == 0 else "Second bathroom") for k in range(brief.bathrooms)]
    return rooms + ([("office", "Study")] if brief.study else [])


def subdivide(brief: HomeBrief, rng: np.random.Generator) -> FloorPlan:
    """The plan of a brief; its middle is the origin."""
    rooms = wanted_rooms(brief)
    hall = WIDE_HALL if brief.wheelchair else HALL
    gross = brief.area * 1.06
    best: tuple[float, list] | None = None
    for _ in range(12):
        aspect = float(rng.uniform(1.05, 1.6 if brief.bedrooms else 2.0))
        width, depth = np.sqrt(gross * aspect), np.sqrt(gross / aspect)
        for layout in _layouts(rooms, width, depth, hall, rng):
            value = _quality(layout) + float(rng.random()) * 0.1
            if best is None or value > best[0]:
                best = (value, layout)
    assert best is not None
    return _draw(brief, best[1], rng)


def _layouts(rooms: list[tuple[str, str]], width: float, depth: float, hall: float, rng: np.random.Generator) -> list[list]:
    """Ways to lay the rooms out: rows of (kind, name, x0, y0, x1, y1), the hall first."""
    found = []
    wanted = np.array([_like(kind, name) for kind, name in rooms])
    for end in (1.05, 0.9, 0.75, 0.0):  # how far a living room at the hall's end takes its share; 0: it is in a row
        rest = list(range(1, len(rooms))) if end else list(range(len(rooms)))
        share = wanted[0] / wanted.sum()
        across = width * share * end
        length = width - across
        if end and (across < SIZES["living_room"][1] or length < 2.5):
            continue
        for count in range(1, len(rest) + 1):  # all above: the hall runs along the outer wall
            for upper in combinations(rest, count):
                lower = [k for k in rest if k not in upper]
                total = wanted[rest].sum()
                inner = depth - hall
                top, bottom = inner * wanted[list(upper)].sum() / total, inner * wanted[lower].sum() / total
                if min(top, bottom or top) < 2.0:
                    continue
                cells = [("hall", "Hall", 0.0, bottom, length, bottom + hall)]
                for row, low, high in ((list(upper), bottom + hall, depth), (lower, 0.0, bottom)):
                    if not row:
                        continue
                    row = [row[k] for k in rng.permutation(len(row))]
                    row.sort(key=lambda k: rooms[k][0] == "kitchen")  # the kitchen next to where one eats
                    x = 0.0
                    for k, step in zip(
                        row, _widths(wanted[row], np.array([SIZES[rooms[k][0]][1] + INNER for k in row]), length), strict=True
                    ):
                        cells.append((*rooms[k], x, low, x + step, high))
                        x += step
                if end:
                    cells.append((*rooms[0], length, 0.0, width, depth))
                found.append(cells)
    return found


def _widths(wanted: np.ndarray, least: np.ndarray, length: float) -> np.ndarray:
    """Widths of a row's rooms: by what they like to have, but none under its least where the row is long enough."""
    widths = length * wanted / wanted.sum()
    for _ in range(len(wanted)):
        short = widths < least
        rest = length - least[short].sum()
        if not short.any() or short.all() or rest <= 0:
            break
        widths = np.where(short, least, rest * wanted / wanted[~short].sum())
    return widths * length / widths.sum()


def _like(kind: str, name: str) -> float:
    return SIZES[kind][0] * (1.35 if name == "Studio" else 1.15 if name == "Main bedroom" else 1.0)


def _quality(layout: list) -> float:
    """Better the less stretched the rooms are and the more of them have their least width and area; a hall is lost floor."""
    _, _, x0, y0, x1, y1 = layout[0]
    value = -0.15 * (x1 - x0) * (y1 - y0)
    for kind, name, x0, y0, x1, y1 in layout[1:]:
        short, long = sorted((x1 - x0 - INNER, y1 - y0 - INNER))
        least = SIZES[kind][1]
        value -= (
            3.0 * max(least - short, 0.0)
            + 6.0 * max(1.0 - short * long / (STUDIO if name == "Studio" else LEAST[kind]), 0.0)
            + 0.25 * max(long / max(short, 0.1) - 1.5, 0.0)
        )
    return value / (len(layout) - 1)


def _draw(brief: HomeBrief, layout: list, rng: np.random.Generator) -> FloorPlan:
    """Walls, doors and windows of a layout, mirrored by chance."""
    width, depth = max(cell[4] for cell in layout), max(cell[5] for cell in layout)
    flip = np.where(rng.random(2) < 0.5, -1.0, 1.0)

    def at(x: float, y: float) -> tuple[float, float]:
        return float((x - width / 2) * flip[0]), float((y - depth / 2) * flip[1])

    lines: dict[tuple, float] = {}
    for _, _, x0, y0, x1, y1 in layout:
        for a, b in (((x0, y0), (x1, y0)), ((x1, y0), (x1, y1)), ((x0, y1), (x1, y1)), ((x0, y0), (x0, y1))):
            rim = (a[0] == b[0] and a[0] in (0.0, width)) or (a[1] == b[1] and a[1] in (0.0, depth))
            lines[(a, b)] = OUTER if rim else INNER
    segments = np.array([[*at(*a), *at(*b)] for a, b in lines])
    gaps = [
        Gap(gap.kind, *at(gap.x, gap.y), gap.width, gap.bottom, gap.top, (gap.hinge[0] * flip[0], gap.hinge[1] * flip[1]),
            (gap.swing[0] * flip[0], gap.swing[1] * flip[1]))
        for gap in [*_doors(brief, layout, rng), *_windows(brief, layout, width, depth)]
    ]  # fmt: skip
    labels = [Label(*at((x0 + x1) / 2, (y0 + y1) / 2), kind, name) for kind, name, x0, y0, x1, y1 in layout]
    return make_plan(segments, np.array(list(lines.values())), gaps, labels, brief.height)


def _doors(brief: HomeBrief, layout: list, rng: np.random.Generator) -> list[Gap]:
    """Every room's door to the hall, near one end of its wall; the way in at the hall's end; kitchen and living room joined."""
    _, _, hx0, hy0, hx1, hy1 = layout[0]
    middle = (hy0 + hy1) / 2
    wide = 0.95 if brief.wheelchair else 0.88
    gaps = [Gap(DOOR, hx0, middle, 1.0, 0.0, 2.1, (0.0, 1.0), (1.0, 0.0))]
    living = next((cell for cell in layout if cell[2] == hx1 and cell[0] != "hall"), None)
    for cell in layout[1:]:
        kind, _, x0, y0, x1, y1 = cell
        if cell is living:
            gaps.append(Gap(DOOR, hx1, middle, wide, 0.0, 2.1, (0.0, 1.0), (1.0, 0.0)))
            continue
        size = min(wide, 0.8) if kind == "bathroom" and not brief.wheelchair else wide
        near = -1.0 if (x0 < 0.01 or rng.random() < 0.5) and not x1 > hx1 - 0.01 else 1.0
        x = x0 + INNER + size / 2 + 0.12 if near < 0 else x1 - INNER - size / 2 - 0.12
        if x0 < 0.01 and near < 0:
            x += (OUTER - INNER) / 2
        above = y0 >= hy1 - 1e-6
        gaps.append(Gap(DOOR, x, hy1 if above else hy0, size, 0.0, 2.1, (near, 0.0), (0.0, 1.0 if above else -1.0)))
        if living and kind == "kitchen" and abs(x1 - living[2]) < 1e-6 and y1 - y0 > 2.4:
            gaps.append(Gap(PASSAGE, x1, (y0 + y1) / 2, min(1.5, y1 - y0 - 1.2), 0.0, 2.2))
    return gaps


def _windows(brief: HomeBrief, layout: list, width: float, depth: float) -> list[Gap]:
    gaps = []
    for kind, _, x0, y0, x1, y1 in layout[1:]:
        wide, bottom = WINDOWS[kind]
        top = min(2.25, brief.height - 0.2)
        sides = [(y0 < 0.01 or y1 > depth - 0.01, x0, x1, True, 0.0 if y0 < 0.01 else depth)]
        if y0 < 0.01 and y1 > depth - 0.01:
            sides.append((True, x0, x1, True, depth))
        if (brief.facades == "all" or not sides[0][0]) and (x0 < 0.01 or x1 > width - 0.01):
            sides.append((True, y0, y1, False, 0.0 if x0 < 0.01 else width))
        for there, low, high, along_x, line in sides:
            count = max(min(int((high - low) / 2.7), 3), 1) if there else 0
            if kind == "bathroom":
                count = min(count, 1)
            for k in range(count):
                middle = low + (k + 0.5) * (high - low) / count
                size = min(wide, (high - low) / count - 0.9)
                if size >= 0.45:
                    x, y = (middle, line) if along_x else (line, middle)
                    gaps.append(Gap(WINDOW, x, y, size, bottom, top))
    return gaps
