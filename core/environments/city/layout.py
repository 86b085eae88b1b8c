"""Street, district, square and village: from a brief to a plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .brief import MOST_IN_STREET, CityBrief
from .building import HOUSE, LOBBY, SHOP, BuildingSpec
from .kerbside import dress_kerb, park_cars, terraces
from .plan import KERB, LANE, Area, Lot, Plan, Spot, rectangle, row
from .styles import STYLES
from .village import plan_village

WIDTHS = {"european": (9.0, 11.0, 13.5), "brick": (6.5, 8.0, 11.0), "modern": (13.0, 16.0, 20.0), "village": (8.0, 9.5, 11.0),
          "mixed": (8.0, 11.0, 14.0)}  # fmt: skip
DEPTH = 12.0
CLEAR = {"tree": 10.0, "lamp": 7.0, "car": 7.0, "van": 14.0, "bush": 5.0, "bus_stop": 8.0}  # metres kept free around the camera
VARIANTS = 3  # façades of equal width in a district


def plan_city(brief: CityBrief, rng: np.random.Generator) -> Plan:
    """The plan of a brief; what could not be as asked stands in its notes."""
    if brief.kind == "street" and brief.buildings > MOST_IN_STREET:
        plan = plan_district(brief, rng)
        plan.notes.append(f"A street holds at most {MOST_IN_STREET} buildings; a district of {brief.buildings} was made instead.")
        return plan
    if brief.kind == "village" and brief.buildings > 80:
        plan = plan_village(replace(brief, buildings=80), rng)
        plan.notes.append("A village holds at most 80 houses; 80 were made.")
        return plan
    if brief.kind == "square" and brief.buildings > 40:
        plan = plan_square(replace(brief, buildings=40), rng)
        plan.notes.append("A square holds at most 40 buildings; 40 were made.")
        return plan
    return _plan(brief, rng)


def _plan(brief: CityBrief, rng: np.random.Generator) -> Plan:
    makers = {"street": plan_street, "district": plan_district, "square": plan_square, "village": plan_village}
    plan = makers[brief.kind](brief, rng)
    points = np.concatenate([area.outline for area in plan.areas])
    low, high = points.min(axis=0) - 500.0, points.max(axis=0) + 500.0
    plan.areas.append(Area("outskirts", rectangle(low[0], low[1], high[0], high[1]), -0.3))  # nothing ends in the void
    eye = np.array(plan.eye[:2])
    plan.spots = [spot for spot in plan.spots if np.hypot(spot.x - eye[0], spot.y - eye[1]) > CLEAR.get(spot.kind, 2.5)]
    return plan


def spec_for(brief: CityBrief, rng: np.random.Generator, width: float, number: int, storeys: int | None = None) -> BuildingSpec:
    """A building drawn at random as the brief wants them."""
    looks = STYLES[brief.style]
    spread = max(1, round(len(looks) * (0.25 + 0.75 * brief.variation)))
    look = int(rng.integers(0, spread))
    if storeys is None:
        storeys = max(1, round(brief.storeys + rng.normal(0, 0.25 + 1.1 * brief.variation * brief.storeys / 5)))
    ground, shop = HOUSE, 0
    if looks[look].panes in ("curtain", "ribbon"):
        ground = LOBBY
    if rng.random() < brief.shops and brief.style != "village" and ground == HOUSE:
        ground = SHOP
        shop = int(rng.integers(0, 4)) if rng.random() < brief.cafes else 4 + int(rng.integers(0, 12))
    paint = brief.paints[number % len(brief.paints)] if brief.paints and looks[look].panes != "curtain" else ""
    return BuildingSpec(brief.style, look, width, DEPTH, storeys, ground, variant=number, lit=brief.lit, shop=shop, paint=paint)


def _terrace(brief: CityBrief, rng: np.random.Generator, count: int, first: int) -> list[BuildingSpec]:
    """Specifications of a row whose ends are free."""
    choices = WIDTHS[brief.style]
    specs = [spec_for(brief, rng, choices[int(rng.integers(len(choices)))], first + k) for k in range(count)]
    for k in range(1, count):  # no two neighbours alike
        if specs[k].look == specs[k - 1].look and specs[k].storeys == specs[k - 1].storeys:
            specs[k] = replace(specs[k], look=(specs[k].look + 1) % len(STYLES[brief.style]))
    specs[0] = replace(specs[0], left=True)
    specs[-1] = replace(specs[-1], right=True)
    return [_with_ground(spec) for spec in specs]


def _with_ground(spec: BuildingSpec) -> BuildingSpec:
    """The ground floor that suits the look."""
    modern = spec.style.panes in ("curtain", "ribbon")
    if modern != (spec.ground == LOBBY):
        return replace(spec, ground=LOBBY if modern else HOUSE)
    return spec


def _length(specs: list[BuildingSpec]) -> float:
    return sum(spec.width for spec in specs)


def plan_street(brief: CityBrief, rng: np.random.Generator) -> Plan:
    """One street along +Y between two rows, closed by a row across at either end."""
    plan = Plan()
    half, pave = brief.street_width / 2, brief.pavement
    ends = 3 if brief.buildings >= 12 else 0
    sides = brief.buildings - 2 * ends
    east = _terrace(brief, rng, max(1, sides // 2), 0)
    west = _terrace(brief, rng, max(1, sides - sides // 2), 200)
    length = max(_length(east), _length(west))
    front = half + pave
    plan.lots += row(east, (front, length), -np.pi / 2, 0)
    plan.lots += row(west, (-front, 0.0), np.pi / 2, 1)
    cross = brief.street_width + pave  # the crossing street with the pavement before its far row
    for k, (y, yaw) in enumerate(((length + pave + cross, 0.0), (-pave - cross, np.pi))):
        specs = _terrace(brief, rng, ends, 400 + 100 * k) if ends else []
        wide = _length(specs)
        plan.lots += row(specs, (-wide / 2 if k == 0 else wide / 2, y), yaw, 2 + k)
    reach = front + DEPTH + 10.0
    outer = length + pave + brief.street_width
    plan.areas.append(Area("road", rectangle(-reach, -pave - brief.street_width - pave - 2, reach, outer + pave + 2), 0.0))
    for side in (-1, 1):
        x0, x1 = sorted((side * half, side * reach))
        plan.areas.append(Area("pavement", rectangle(x0, -pave, x1, length + pave, 3.0), KERB, True))
    for y0, y1 in ((outer, outer + pave + DEPTH + 2), (-pave - brief.street_width - pave - DEPTH - 2, -pave - brief.street_width)):
        plan.areas.append(Area("pavement", rectangle(-reach, y0, reach, y1), KERB, True))
    _dress_street(plan, brief, half, length, rng)
    plan.eye = (-half * 0.42, max(2.0, 0.07 * length), 1.65)
    plan.target = (half * 0.35, plan.eye[1] + 40.0, 4.6)
    plan.views["Pavement camera"] = ((-half - pave * 0.55, 0.3 * length, 1.6), (half + 2, 0.3 * length + 26, 3.4), 24.0)
    plan.views["Air camera"] = ((-reach * 1.1, -0.25 * length - 10, 38.0 + 3 * brief.storeys), (0.0, 0.42 * length, 4.0), 30.0)
    return plan


def _dress_street(plan: Plan, brief: CityBrief, half: float, length: float, rng: np.random.Generator) -> None:
    """Kerbs, cars, crossings, lines and terraces of a straight street along Y from 0 to ``length``."""
    plan.spots += dress_kerb((-half, 0.0), (-half, length), brief, rng, 6.0)
    plan.spots += dress_kerb((half, length), (half, 0.0), brief, rng, 6.0)
    plan.spots += park_cars((half, length), (half, 0.0), 0.75 * brief.traffic, rng, 11.0)
    plan.spots += park_cars((-half, 0.0), (-half, length), 0.75 * brief.traffic, rng, 11.0)
    plan.spots += terraces(plan.lots, brief, brief.pavement, rng)
    if brief.furniture > 0.3 and length > 40:
        plan.spots.append(Spot("bus_stop", -half - 1.1, 0.55 * length, np.pi / 2))
    if brief.traffic > 0.2:
        for k in range(1 + int(brief.traffic * length / 45)):
            y = float(rng.uniform(0.2, 0.95) * length)
            lane = 1 if k % 2 else -1
            turn = 0.0 if lane < 0 else np.pi
            plan.spots.append(Spot("car", lane * min(0.48 * half, 1.75), y, turn, 0.0, int(rng.integers(6))))
    for y in np.arange(8.0, length - 8.0, 6.0):
        plan.paint.append((-0.06, y, 0.06, y + 3.0))
    for y in (2.0, length - 5.0):
        plan.paint += zebra(-half, half, y, y + 3.0)


def zebra(x0: float, x1: float, y0: float, y1: float) -> list[tuple[float, float, float, float]]:
    """Stripes of a crossing over a road that runs along y."""
    return [(x, y0, min(x + 0.5, x1), y1) for x in np.arange(x0 + 0.35, x1 - 0.3, 1.0)]


def zebra_across(x0: float, x1: float, y0: float, y1: float) -> list[tuple[float, float, float, float]]:
    """Stripes of a crossing over a road that runs along x."""
    return [(x0, y, x1, min(y + 0.5, y1)) for y in np.arange(y0 + 0.35, y1 - 0.3, 1.0)]


def plan_district(brief: CityBrief, rng: np.random.Generator) -> Plan:
    """Blocks of buildings around courtyards on a grid of streets, higher towards the middle, with a park."""
    plan = Plan()
    columns, rows = _grid(brief)
    widths = WIDTHS[brief.style]
    along = [[widths[int(rng.integers(3))] for _ in range(int(rng.integers(4, 6)))] for _ in range(columns)]
    deep = [[widths[int(rng.integers(3))] for _ in range(int(rng.integers(2, 4)))] for _ in range(rows)]
    street, pave = brief.street_width, brief.pavement
    avenue = street + 2 * LANE
    xs, x = [], 0.0
    for k, block in enumerate(along):
        xs.append(x)
        x += sum(block) + 2 * pave + (avenue if k == columns // 2 - 1 else street)
    ys, y = [], 0.0
    for block in deep:
        ys.append(y)
        y += sum(block) + 2 * DEPTH + 2 * pave + street
    centre = np.array([x / 2, y / 2])
    order = sorted(((i, j) for i in range(columns) for j in range(rows)), key=lambda b: float(np.hypot(
        xs[b[0]] + sum(along[b[0]]) / 2 - centre[0], ys[b[1]] + sum(deep[b[1]]) / 2 + DEPTH - centre[1])))  # fmt: skip
    shelf, left = _Shelf(brief, rng), brief.buildings
    park = order[min(2, len(order) - 1)] if len(order) > 4 else None
    for number, (i, j) in enumerate(order):
        inner = (xs[i] + pave, ys[j] + pave, xs[i] + pave + sum(along[i]), ys[j] + pave + sum(deep[j]) + 2 * DEPTH)
        outer = (inner[0] - pave, inner[1] - pave, inner[2] + pave, inner[3] + pave)
        middle = np.array([(outer[0] + outer[2]) / 2, (outer[1] + outer[3]) / 2])
        near = 1.0 - min(1.0, 4 * float(np.hypot(*(middle - centre))) / (x + y))
        plan.areas.append(Area("pavement", rectangle(*outer, 4.0), KERB, True))
        if (i, j) == park or left <= 0:
            _park(plan, inner, brief, rng)
        else:
            lots = _block(shelf, inner, along[i], deep[j], near, number, left)
            left -= len(lots)
            plan.lots += lots
            _courtyard(plan, inner, rng)
        _dress_block(plan, outer, brief, rng)
    edge = street + 4
    plan.areas.insert(0, Area("road", rectangle(-edge, -edge, x - street + edge, y - street + edge), 0.0))
    _district_lines(plan, xs, ys, along, deep, brief)
    _district_views(plan, xs, ys, along, deep, brief, x, y)
    if left > 0:
        plan.notes.append(f"{left} buildings found no lot.")
    return plan


def _grid(brief: CityBrief) -> tuple[int, int]:
    blocks = int(np.ceil(brief.buildings / 12.5)) + 2
    columns = max(2, round(np.sqrt(blocks * 0.95)))
    return columns, max(2, int(np.ceil(blocks / columns)))


class _Shelf:
    """A limited choice of buildings of each width and corner, so that a city of thousands shares few meshes."""

    def __init__(self, brief: CityBrief, rng: np.random.Generator) -> None:
        self.brief, self.rng = brief, rng
        self.kept: dict[tuple, list[BuildingSpec]] = {}

    def take(self, width: float, left: bool, right: bool, near: float) -> BuildingSpec:
        """A building of that width and with those free sides; ``near`` the middle of the city (1) it is higher."""
        corner = left or right
        count = 2 if corner else VARIANTS
        base = self.brief.storeys
        class_ = 0 if base < 3 else int(near * 2.999)
        key = (width, left, right, class_ if not corner else 0)
        if key not in self.kept:
            self.kept[key] = []
        shelf = self.kept[key]
        if len(shelf) < count:
            grow = (0.75, 1.0, 1.3)[class_] * (1 + 0.5 * self.brief.variation * (class_ - 0.7))
            storeys = max(1, round(base * grow + self.rng.normal(0, 0.2 + 0.9 * self.brief.variation)))
            made = spec_for(self.brief, self.rng, width, 10 * len(self.kept) + len(shelf), storeys)
            shelf.append(_with_ground(replace(made, left=left, right=right)))
            return shelf[-1]
        return shelf[int(self.rng.integers(count))]


def _block(shelf: _Shelf, inner: tuple, along: list[float], deep: list[float], near: float, block: int, most: int) -> list[Lot]:
    """The four rows of a block around its courtyard."""
    x0, y0, x1, y1 = inner
    last = len(along) - 1
    south = [shelf.take(w, k == 0, k == last, near) for k, w in enumerate(along)]
    north = [shelf.take(w, k == 0, k == last, near) for k, w in enumerate(along[::-1])]
    lots = row(south, (x0, y0), 0.0, block) + row(north, (x1, y1), np.pi, block)
    lots += row([shelf.take(w, False, False, near) for w in deep], (x1, y0 + DEPTH), np.pi / 2, block)
    lots += row([shelf.take(w, False, False, near) for w in deep], (x0, y1 - DEPTH), -np.pi / 2, block)
    return lots[:most]


def _courtyard(plan: Plan, inner: tuple, rng: np.random.Generator) -> None:
    x0, y0, x1, y1 = inner[0] + DEPTH, inner[1] + DEPTH, inner[2] - DEPTH, inner[3] - DEPTH
    plan.areas.append(Area("grass", rectangle(x0, y0, x1, y1), KERB + 0.02))
    for _ in range(int((x1 - x0) * (y1 - y0) / 130)):
        x, y = rng.uniform(x0 + 3, x1 - 3), rng.uniform(y0 + 3, y1 - 3)
        plan.spots.append(_tree(x, y, rng, 0.6, 0.95))


def _tree(x: float, y: float, rng: np.random.Generator, low: float, high: float) -> Spot:
    turn, variant = float(rng.uniform(0, 2 * np.pi)), int(rng.integers(3))
    return Spot("tree", float(x), float(y), turn, KERB, variant, float(rng.uniform(low, high)))


def _park(plan: Plan, inner: tuple, brief: CityBrief, rng: np.random.Generator) -> None:
    """Lawns between two crossing paths, a fountain in the middle, benches and many trees."""
    x0, y0, x1, y1 = inner
    plan.areas.append(Area("path", rectangle(x0, y0, x1, y1), KERB + 0.01))
    cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    for a, b in ((x0 + 1, cx - 2.5), (cx + 2.5, x1 - 1)):
        for c, d in ((y0 + 1, cy - 2.5), (cy + 2.5, y1 - 1)):
            plan.areas.append(Area("grass", rectangle(a, c, b, d, 4.0), KERB + 0.05))
            for _ in range(max(2, int((b - a) * (d - c) / 60))):
                x, y = rng.uniform(a + 2, b - 2), rng.uniform(c + 2, d - 2)
                plan.spots.append(_tree(x, y, rng, 0.9, 1.35))
    plan.spots.append(Spot("fountain", cx, cy, 0.0, KERB))
    for k in range(6):
        side = 1 if k % 2 else -1
        plan.spots.append(Spot("bench", cx + (k // 2 - 1) * 9.0 + 4, cy + side * 2.0, 0.0 if side > 0 else np.pi, KERB + 0.01))


def _dress_block(plan: Plan, outer: tuple, brief: CityBrief, rng: np.random.Generator) -> None:
    x0, y0, x1, y1 = outer
    for a, b in (((x0, y0), (x1, y0)), ((x1, y0), (x1, y1)), ((x1, y1), (x0, y1)), ((x0, y1), (x0, y0))):
        plan.spots += dress_kerb(a, b, replace(brief, trees=brief.trees * 0.7, furniture=brief.furniture * 0.6), rng, 7.0)
        plan.spots += park_cars(a, b, 0.55 * brief.traffic, rng, 10.0)


def _district_lines(plan: Plan, xs: list, ys: list, along: list, deep: list, brief: CityBrief) -> None:
    """Centre lines between the blocks, and crossings at their corners."""
    pave = brief.pavement
    x_ends = [x + sum(a) + 2 * pave for x, a in zip(xs, along, strict=True)]
    y_ends = [y + sum(d) + 2 * DEPTH + 2 * pave for y, d in zip(ys, deep, strict=True)]
    for k in range(len(xs) - 1):
        middle = (x_ends[k] + xs[k + 1]) / 2
        for y0, y1 in zip(ys, y_ends, strict=True):
            plan.paint += [(middle - 0.06, y, middle + 0.06, y + 3.0) for y in np.arange(y0 + 6, y1 - 8, 7.0)]
            plan.paint += zebra(x_ends[k], xs[k + 1], y0 + 1.2, y0 + 3.7)
            plan.spots.append(Spot("traffic_light", x_ends[k] - 0.6, y0 + 4.6, 0.0))
    for k in range(len(ys) - 1):
        middle = (y_ends[k] + ys[k + 1]) / 2
        for x0, x1 in zip(xs, x_ends, strict=True):
            plan.paint += [(x, middle - 0.06, x + 3.0, middle + 0.06) for x in np.arange(x0 + 6, x1 - 8, 7.0)]
            plan.paint += zebra_across(x0 + 1.2, x0 + 3.7, y_ends[k], ys[k + 1])


def _district_views(plan: Plan, xs: list, ys: list, along: list, deep: list, brief: CityBrief, x: float, y: float) -> None:
    reach = max(x, y)
    plan.eye = (-0.1 * reach, -0.3 * reach, 0.24 * reach + 12.0)
    plan.target, plan.lens = (0.5 * x, 0.42 * y, 0.0), 30.0
    k = len(xs) // 2 - 1
    road = (xs[k] + sum(along[k]) + 2 * brief.pavement + xs[k + 1]) / 2
    j = len(ys) // 2 - 1
    plan.views["Street camera"] = ((road - 2.0, ys[j] + 4.0, 1.65), (road + 1.0, ys[j] + 60.0, 8.0), 22.0)


def plan_square(brief: CityBrief, rng: np.random.Generator) -> Plan:
    """A paved square for walkers between four rows, with a fountain, trees, lamps and café tables."""
    plan = Plan()
    rows = [_terrace(brief, rng, max(1, (brief.buildings + k) // 4), 100 * k) for k in range(4)]
    size = max(max(_length(specs) for specs in rows) + 2.0, 24.0)
    half = size / 2
    gap = 7.0  # the streets that come in at the corners
    for k, specs in enumerate(rows):
        spare = (size - _length(specs)) / 2
        yaw = (0.0, np.pi / 2, np.pi, -np.pi / 2)[k]
        start = ((-half + spare, half), (-half, -half + spare), (half - spare, -half), (half, half - spare))[k]
        plan.lots += row(specs, start, yaw, k)
    reach = half + DEPTH + gap
    plan.areas.append(Area("plaza", rectangle(-reach, -reach, reach, reach), KERB))
    inner = half * 0.56
    for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        a, b = sorted((sx * inner * 0.35, sx * inner)), sorted((sy * inner * 0.35, sy * inner))
        plan.areas.append(Area("grass", rectangle(a[0], b[0], a[1], b[1], 3.0), KERB + 0.12, True))
        for u in (0.3, 0.7):
            for v in (0.3, 0.7):
                if rng.random() < 0.35 + 0.65 * brief.trees:
                    x, y = a[0] + u * (a[1] - a[0]), b[0] + v * (b[1] - b[0])
                    plan.spots.append(_tree(x, y, rng, 0.85, 1.1))
        for k in range(3):
            x = a[0] + (k + 0.5) * (a[1] - a[0]) / 3
            plan.spots.append(Spot("bench", x, (b[0] if sy > 0 else b[1]) - sy * 0.7, 0.0 if sy > 0 else np.pi))
        plan.spots.append(Spot("bin", a[1] + 0.5, (b[0] if sy > 0 else b[1]) - sy * 0.7))
        plan.spots += [Spot("lamp", sx * inner * 1.12, sy * inner * t, 0.0) for t in (0.2, 1.12)]
        plan.spots += [Spot("bollard", sx * (half + 1.0), sy * (half + 1.0 + 1.4 * k), 0.0) for k in range(4)]
        plan.spots.append(Spot("planter", sx * inner * 0.3, sy * inner * 0.3, 0.0))
    plan.spots.append(Spot("fountain", 0.0, 0.0, 0.0, KERB, 0, 1.6))
    plan.spots += terraces(plan.lots, replace(brief, furniture=1.0), 4.0, rng)
    plan.spots += [Spot("bicycle_rack", -inner, half * 0.8, 0.0), Spot("bicycle", -inner + 0.4, half * 0.8, np.pi / 2)]
    plan.eye, plan.target = (-half * 0.86, -half * 0.88, 1.7), (half * 0.2, half * 0.3, 4.2)
    plan.lens = 21.0
    plan.views["Air camera"] = ((-half * 2.0, -half * 2.3, half * 1.5 + 3 * brief.storeys), (0.0, 2.0, 0.0), 30.0)
    return plan
