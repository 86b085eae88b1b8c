"""Twenty more drawings in other hands than the fixed fifty, on which nothing was tuned: other pens, letters, windows, leaves,
furniture and dimensions, flats of other seeds."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from core.environments.home.brief import HomeBrief
from core.environments.home.plan import FloorPlan, Gap
from core.environments.home.shell import hinge_end, swing_side
from core.environments.home.subdivide import subdivide
from core.environments.rooms import DOOR, WINDOW

from .plan_drawings import MARGIN, NAMES, STYLES, Drawing, _chamfered, _Paper, _pixels, _walls, _worn, middle_scale

FONTS = ("DejaVuSerif.ttf", "LiberationSans-Regular.ttf", "LiberationSerif-Regular.ttf", "DejaVuSansMono-Bold.ttf")
OTHER = {"living_room": "Lounge", "kitchen": "Kitchen", "bedroom": "Bedroom", "bathroom": "WC", "hall": "Hallway",
         "office": "Office"}  # fmt: skip


def drawings() -> list[Drawing]:
    """The set: two in each style of the fixed fifty, in other hands."""
    return [draw(style, seed) for style in STYLES for seed in range(2)]


def draw(style: str, seed: int) -> Drawing:
    """One drawing."""
    rng = np.random.default_rng([4711, seed, STYLES.index(style)])
    bedrooms = int(rng.integers(1, 5))
    brief = HomeBrief(seed=7000 + 10 * STYLES.index(style) + seed, bedrooms=bedrooms, area=38.0 + 20.0 * bedrooms, facades="all")
    plan = subdivide(brief, np.random.default_rng(brief.seed))
    if style == "angled":
        plan = _chamfered(plan)
    dots = float(rng.uniform(29, 35) if style == "coarse" else rng.uniform(40, 75))
    points = np.concatenate([wall.ends for wall in plan.walls])
    low, high = points.min(0) - MARGIN, points.max(0) + MARGIN
    width, height = (int(v) for v in np.ceil((high - low) * dots))
    matrix = np.array([[dots, 0.0, -low[0] * dots], [0.0, -dots, high[1] * dots], [0.0, 0.0, 1.0]])
    paper = _Paper(np.full((height, width), 255, np.uint8), matrix, max(1, round(float(rng.uniform(0.016, 0.04)) * dots)))
    _walls(paper, plan, style)
    lines, leaf = int(rng.choice([2, 4])), bool(rng.random() < 0.5)
    for gap in plan.gaps:
        _gap(paper, plan, gap, lines, leaf)
    font = ImageFont.truetype(FONTS[rng.integers(len(FONTS))], max(11, int(dots * rng.uniform(0.24, 0.34))))
    _furniture(paper, plan, rng)
    _words(paper, plan, font, rng)
    _dimensions(paper, low, high, font, rng)
    picture, matrix = _worn(paper.image, matrix, style, rng)
    return Drawing(style, np.repeat(picture[..., None], 3, axis=2), plan, matrix, middle_scale(matrix, points.mean(0)))


def _gap(paper: _Paper, plan: FloorPlan, gap: Gap, lines: int, leaf: bool) -> None:
    wall = plan.walls[gap.wall]
    along, normal, middle = wall.along, np.array([-wall.along[1], wall.along[0]]), np.array([gap.x, gap.y])
    half = wall.thickness / 2
    if gap.kind == WINDOW:
        for offset in np.linspace(-half, half, lines):
            paper.line(*(middle + s * along * gap.width / 2 + offset * normal for s in (-1, 1)))
    if gap.kind != DOOR:
        return
    side, hinge = swing_side(wall, gap), hinge_end(wall, gap)
    post, radius = middle + hinge * along * gap.width / 2, 0.95 * gap.width
    tip = post + radius * side * normal
    if leaf:  # as a thin board
        aside = -hinge * along * 0.05
        for a, b in ((post, tip), (post + aside, tip + aside), (tip, tip + aside)):
            paper.line(a, b)
    else:
        paper.line(post, tip)
    arc = [post + radius * (np.sin(t) * side * normal - np.cos(t) * hinge * along) for t in np.linspace(0, np.pi / 2, 20)]
    for a, b in zip(arc, arc[1:], strict=False):
        paper.line(a, b)


def _furniture(paper: _Paper, plan: FloorPlan, rng: np.random.Generator) -> None:
    """Round tables, beds with a pillow line, counters."""
    for room in plan.rooms:
        low, high = room.corners.min(0), room.corners.max(0)
        if rng.random() < 0.5 or (high - low).min() < 1.8:
            continue
        if rng.random() < 0.5:
            x, y = _pixels((low + (high - low) * rng.uniform(0.6, 0.75, 2))[None], paper.matrix)[0]
            cv2.circle(paper.image, (int(x), int(y)), int(0.4 * paper.matrix[0, 0]), 0, paper.pen, cv2.LINE_AA)
        else:
            a = low + 0.25
            b = a + np.minimum((1.5, 1.1), high - low - 0.9)
            pillow = (a + (0.3, 0), (a[0] + 0.3, b[1]))
            for p, q in ((a, (b[0], a[1])), ((b[0], a[1]), b), (b, (a[0], b[1])), ((a[0], b[1]), a), pillow):
                paper.line(np.array(p), np.array(q))


def _words(paper: _Paper, plan: FloorPlan, font: ImageFont.FreeTypeFont, rng: np.random.Generator) -> None:
    names = OTHER if rng.random() < 0.5 else NAMES
    upper = rng.random() < 0.5
    for room in plan.rooms:
        name = names[room.kind].upper() if upper else names[room.kind].title()
        x, y = _pixels(((room.corners.min(0) + room.corners.max(0)) / 2)[None], paper.matrix)[0]
        _say(paper, name, (int(x), int(y)), font)


def _dimensions(paper: _Paper, low: np.ndarray, high: np.ndarray, font: ImageFont.FreeTypeFont, rng: np.random.Generator) -> None:
    """A chain of two above the plan, in millimetres or metres."""
    y = high[1] - 0.7
    stops = [low[0] + MARGIN, low[0] + MARGIN + float(rng.uniform(0.4, 0.6)) * (high[0] - low[0] - 2 * MARGIN), high[0] - MARGIN]
    paper.line(np.array([stops[0] - 0.15, y]), np.array([stops[-1] + 0.15, y]))
    for x in stops:
        paper.line(np.array([x, y - 0.18]), np.array([x, y + 0.18]))
    form = rng.integers(3)
    for a, b in zip(stops, stops[1:], strict=False):
        text = (f"{b - a:.2f} m", f"{round((b - a) * 1000)}", f"{b - a:.2f}")[form]
        x, row = _pixels(np.array([[(a + b) / 2, y + 0.28]]), paper.matrix)[0]
        _say(paper, text, (int(x), int(row)), font)


def _say(paper: _Paper, text: str, middle: tuple[int, int], font: ImageFont.FreeTypeFont) -> None:
    image = Image.fromarray(paper.image)
    ImageDraw.Draw(image).text(middle, text, fill=0, font=font, anchor="mm")
    paper.image = np.asarray(image).copy()
