"""Fifty floor plans drawn in ten styles, with what is in them: the fixed set on which reading plans is measured."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from core.environments.home.brief import HomeBrief
from core.environments.home.plan import OUTSIDE, FloorPlan, Gap, make_plan, polygon_area
from core.environments.home.shell import hinge_end, swing_side
from core.environments.home.subdivide import subdivide
from core.environments.rooms import DOOR, WINDOW

STYLES = ("solid", "grey", "hollow", "hatched", "angled", "turned", "scan", "photo", "furnished", "coarse")
MARGIN = 1.6  # metres of paper around the plan
NAMES = {"living_room": "LIVING", "kitchen": "KITCHEN", "bedroom": "BEDROOM", "bathroom": "BATH", "hall": "HALL", "office": "STUDY"}


@dataclass
class Drawing:
    """``picture`` (H, W, 3) uint8, the plan in it, and ``to_picture`` (3, 3) from metres to pixels; ``scale``: metres a pixel."""

    style: str
    picture: np.ndarray
    plan: FloorPlan
    to_picture: np.ndarray
    scale: float


def drawings() -> list[Drawing]:
    """The set: five plans in each style."""
    return [draw(style, seed) for style in STYLES for seed in range(5)]


def draw(style: str, seed: int) -> Drawing:
    """One drawing."""
    rng = np.random.default_rng([seed, STYLES.index(style)])
    bedrooms = 1 + seed % 4
    brief = HomeBrief(seed=100 * STYLES.index(style) + seed, bedrooms=bedrooms, area=34.0 + 22.0 * bedrooms, facades="all")
    plan = subdivide(brief, np.random.default_rng(brief.seed))
    if style == "angled":
        plan = _chamfered(plan)
    dots = float(rng.uniform(28, 36) if style == "coarse" else rng.uniform(44, 62))
    points = np.concatenate([wall.ends for wall in plan.walls])
    low, high = points.min(0) - MARGIN, points.max(0) + MARGIN
    width, height = (int(v) for v in np.ceil((high - low) * dots))
    matrix = np.array([[dots, 0.0, -low[0] * dots], [0.0, -dots, high[1] * dots], [0.0, 0.0, 1.0]])
    paper = _Paper(np.full((height, width), 255, np.uint8), matrix, max(1, round(0.03 * dots)))
    _walls(paper, plan, style)
    for gap in plan.gaps:
        _gap(paper, plan, gap)
    _words(paper, plan, dots, low, high, style, rng)
    picture, matrix = _worn(paper.image, matrix, style, rng)
    return Drawing(style, np.repeat(picture[..., None], 3, axis=2), plan, matrix, middle_scale(matrix, points.mean(0)))


def middle_scale(matrix: np.ndarray, spot: np.ndarray) -> float:
    """Metres a pixel at a spot of the plan: pictures are turned smaller, photographs are askew."""
    ends = np.array([[*(spot + step), 1.0] for step in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))]) @ matrix.T
    origin, right, up = ends[:, :2] / ends[:, 2:]
    return float(1.0 / np.sqrt(abs(np.cross(right - origin, up - origin))))


def wall_mask(drawing: Drawing) -> np.ndarray:
    """(H, W) bool: the walls, without their openings, in the picture."""
    return mask_of(drawing.plan, drawing.to_picture, drawing.picture.shape[:2])


def mask_of(plan: FloorPlan, matrix: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """(H, W) bool: a plan's walls, without their openings, through a map from metres to pixels."""
    mask = np.zeros(shape, np.uint8)
    for wall in plan.walls:
        nodes = np.array([wall.ends[0], wall.start, wall.ends[1], wall.ends[3], wall.end, wall.ends[2]])
        cv2.fillPoly(mask, [_pixels(nodes, matrix)], 1)
    for gap in plan.gaps:
        wall = plan.walls[gap.wall]
        cv2.fillPoly(mask, [_pixels(_hole(gap, wall, wall.thickness / 2 + 0.02), matrix)], 0)
    return mask > 0


def _pixels(points: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    flat = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.round(flat[:, :2] / flat[:, 2:]).astype(np.int32)


def _hole(gap: Gap, wall, half: float) -> np.ndarray:
    along, normal = wall.along, np.array([-wall.along[1], wall.along[0]])
    middle = np.array([gap.x, gap.y])
    return np.array([middle + a * along * gap.width / 2 + b * normal * half for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))])


@dataclass
class _Paper:
    image: np.ndarray
    matrix: np.ndarray
    pen: int

    def line(self, a: np.ndarray, b: np.ndarray, shade: int = 0) -> None:
        one, two = _pixels(np.array([a, b]), self.matrix)
        cv2.line(self.image, one.tolist(), two.tolist(), shade, self.pen, cv2.LINE_AA)

    def fill(self, points: np.ndarray, shade: int) -> None:
        cv2.fillPoly(self.image, [_pixels(points, self.matrix)], shade)


def _walls(paper: _Paper, plan: FloorPlan, style: str) -> None:
    """Walls filled, in grey, as outlines, or hatched."""
    mask = mask_of(plan, paper.matrix, paper.image.shape)
    if style in ("hollow", "hatched"):
        outlines, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
        if style == "hatched":
            y, x = np.indices(mask.shape)
            paper.image[mask & ((x + y) % 5 < 2)] = 30
        cv2.drawContours(paper.image, outlines, -1, 0, paper.pen)
    else:
        paper.image[mask] = 105 if style == "grey" else 0


def _gap(paper: _Paper, plan: FloorPlan, gap: Gap) -> None:
    wall = plan.walls[gap.wall]
    along, normal, middle = wall.along, np.array([-wall.along[1], wall.along[0]]), np.array([gap.x, gap.y])
    half = wall.thickness / 2
    if gap.kind == WINDOW:
        for offset in (-half, 0.0, half):
            paper.line(*(middle + s * along * gap.width / 2 + offset * normal for s in (-1, 1)))
        return
    if gap.kind != DOOR:
        return
    side, hinge = swing_side(wall, gap), hinge_end(wall, gap)
    post = middle + hinge * along * gap.width / 2 + side * normal * half
    steps = np.linspace(0.0, np.pi / 2, 24)
    arc = [post + gap.width * (np.sin(t) * side * normal - np.cos(t) * hinge * along) for t in steps]
    paper.line(post, arc[-1])
    for a, b in zip(arc, arc[1:], strict=False):
        paper.line(a, b)


def _words(
    paper: _Paper, plan: FloorPlan, dots: float, low: np.ndarray, high: np.ndarray, style: str, rng: np.random.Generator
) -> None:
    """Names, a dimension line, and some furniture."""
    size = dots / 90
    for room in plan.rooms:
        middle = (room.corners.min(0) + room.corners.max(0)) / 2
        x, y = _pixels(middle[None], paper.matrix)[0]
        name = NAMES[room.kind]
        cv2.putText(
            paper.image,
            name,
            (int(x - 9 * size * len(name)), int(y)),
            cv2.FONT_HERSHEY_SIMPLEX,
            size,
            0,
            max(1, paper.pen - 1),
            cv2.LINE_AA,
        )
        if style == "furnished" or rng.random() < 0.3:
            a = room.corners.min(0) + 0.35
            b = a + np.minimum((1.2, 0.7), room.corners.max(0) - room.corners.min(0) - 0.8)
            for p, q in ((a, (b[0], a[1])), ((b[0], a[1]), b), (b, (a[0], b[1])), ((a[0], b[1]), a), (a, b)):
                paper.line(np.array(p), np.array(q))
    y = low[1] + 0.6
    ends = low[0] + MARGIN, high[0] - MARGIN
    paper.line(np.array([ends[0], y]), np.array([ends[1], y]))
    for x in ends:
        paper.line(np.array([x - 0.12, y - 0.12]), np.array([x + 0.12, y + 0.12]))
    x, y = _pixels(np.array([[sum(ends) / 2 - 0.5, y + 0.12]]), paper.matrix)[0]
    cv2.putText(paper.image, f"{ends[1] - ends[0]:.2f}", (int(x), int(y)), cv2.FONT_HERSHEY_SIMPLEX, size, 0, 1, cv2.LINE_AA)


def _worn(image: np.ndarray, matrix: np.ndarray, style: str, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Turned by three degrees, scanned with noise and JPEG, or photographed askew in uneven light."""
    height, width = image.shape
    if style == "turned":
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.choice([-3.0, 3.0])), 0.94)
        matrix = np.vstack([turn, [0, 0, 1]]) @ matrix
        image = cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_AREA, borderValue=255)
    if style == "photo":
        pad = 0.12 * min(width, height)
        corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
        aside = (corners + pad + rng.uniform(-0.45, 0.45, (4, 2)) * pad).astype(np.float32)
        warp = cv2.getPerspectiveTransform(corners, aside)
        matrix = warp @ matrix
        size = (int(width + 2 * pad), int(height + 2 * pad))
        image = cv2.warpPerspective(image, warp, size, flags=cv2.INTER_AREA, borderValue=70)
        x, y = np.meshgrid(np.linspace(0, 1, size[0]), np.linspace(0, 1, size[1]))
        image = np.clip(image * (0.62 + 0.34 * x * 0.7 + 0.2 * y), 0, 255).astype(np.uint8)
    if style in ("scan", "photo", "coarse"):
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.5, 1.0))
        image = np.clip(image + rng.normal(0, 9, image.shape), 0, 255).astype(np.uint8)
        image = cv2.imdecode(cv2.imencode(".jpg", image, [1, 60])[1], 0)
    return image, matrix


def _chamfered(plan: FloorPlan) -> FloorPlan:
    """The plan with one outer corner cut off by a slanting wall, and its openings there left out."""
    corner_walls: dict[tuple, list[int]] = {}
    for k, wall in enumerate(plan.walls):
        for point in (wall.start, wall.end):
            corner_walls.setdefault(tuple(np.round(point, 3)), []).append(k)
    best = None
    for point, walls in corner_walls.items():
        if len(walls) == 2 and all(OUTSIDE in (plan.walls[k].left, plan.walls[k].right) for k in walls):
            shortest = min(plan.walls[k].length for k in walls)
            if best is None or shortest > best[0]:
                best = (shortest, np.array(point), walls)
    assert best is not None
    _, point, walls = best
    cut, segments, ends = 1.5, [], []
    for k, wall in enumerate(plan.walls):
        a, b = wall.start, wall.end
        if k in walls:
            near_start = np.linalg.norm(a - point) < 0.01
            moved = a + wall.along * cut if near_start else b - wall.along * cut
            a, b = (moved, b) if near_start else (a, moved)
            ends.append(moved)
        segments.append([*a, *b, wall.thickness])
    segments.append([*ends[0], *ends[1], 0.3])
    table = np.array(segments)
    gaps = [gap for gap in plan.gaps if np.hypot(gap.x - point[0], gap.y - point[1]) > cut + gap.width / 2 + 0.3]
    from core.environments.home.plan import Label

    labels = [Label(*room.corners.mean(0), room.kind) for room in plan.rooms if polygon_area(room.corners) > 0]
    return make_plan(
        table[:, :4], table[:, 4], [Gap(g.kind, g.x, g.y, g.width, g.bottom, g.top, g.hinge, g.swing) for g in gaps], labels
    )
