"""Walls, straight and angled, from their mask; and the gaps in them, told apart by the ink that lies in and beside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..rooms import DOOR, PASSAGE, WINDOW
from .ink import opencv


@dataclass
class Stroke:
    """A piece of wall's middle line in pixels: two ends (2,), its thickness."""

    start: np.ndarray
    end: np.ndarray
    thick: float

    @property
    def length(self) -> float:
        return float(np.linalg.norm(self.end - self.start))

    @property
    def along(self) -> np.ndarray:
        return (self.end - self.start) / max(self.length, 1e-9)


@dataclass
class Break:
    """A gap between two pieces of wall, pixels. ``swing``: direction into which the leaf opens, ``hinge``: where it hangs;
    ``beyond``: how far the wall after it goes on."""

    kind: str
    start: np.ndarray
    end: np.ndarray
    thick: float
    swing: np.ndarray
    hinge: np.ndarray
    beyond: float = 0.0

    @property
    def length(self) -> float:
        return float(np.linalg.norm(self.end - self.start))

    @property
    def middle(self) -> np.ndarray:
        return (self.start + self.end) / 2


def strokes_of(wall: np.ndarray, thick: float) -> list[Stroke]:
    """The middle lines of the walls: level and upright runs first, what is left over by its smallest turned rectangle."""
    cv2 = opencv()
    strokes: list[Stroke] = []
    rest = wall.copy()
    most = 2.0 * cv2.distanceTransform(wall, cv2.DIST_L2, 5).max()
    run = int(max(1.6 * min(most, 3 * thick), 2.2 * thick))
    for upright in (False, True):
        mask = np.ascontiguousarray(wall.T) if upright else wall
        runs = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
        count, _, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=4)
        for x, y, wide, tall, area in stats[1:count]:
            if wide < 1.1 * tall or area < 0.55 * wide * tall:
                continue
            middle = y + (tall - 1) / 2  # from pixel middle to pixel middle
            ends = np.array([(x, middle), (x + wide - 1, middle)], float)
            start, end = ends[:, ::-1] if upright else ends
            strokes.append(Stroke(start, end, float(max(tall - 1, 1))))
            box = (slice(max(y - 1, 0), y + tall + 1), slice(max(x - 1, 0), x + wide + 1))
            (rest.T if upright else rest)[box] = 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    for k in range(1, count):
        if stats[k, 4] < 0.6 * thick**2:
            continue
        x, y, wide, tall = stats[k, :4]
        points = np.argwhere(labels[y : y + tall, x : x + wide] == k)[:, ::-1].astype(np.float32) + np.array((x, y), np.float32)
        (cx, cy), (wide, tall), angle = cv2.minAreaRect(points)
        long, short = max(wide, tall), max(min(wide, tall), 1.0)
        direction = np.radians(angle if wide >= tall else angle + 90)
        if short > max(2.2 * thick, 1.25 * most) or stats[k, 4] < 0.55 * long * short:
            continue
        if long < 1.6 * short:  # a stump between two openings
            direction = 0.0 if stats[k, 2] >= stats[k, 3] else np.pi / 2
        reach = np.array([np.cos(direction), np.sin(direction)]) * long / 2
        centre = np.array([cx, cy])
        strokes.append(Stroke(centre - reach, centre + reach, short))
    return strokes


def _band(image: np.ndarray, start: np.ndarray, along: np.ndarray, length: float, half: float, rows: int) -> np.ndarray:
    """(rows, L) samples of an image in a band along a line."""
    normal = np.array([-along[1], along[0]])
    steps = np.arange(0.5, max(length, 1.0))
    across = np.linspace(-half, half, rows)
    points = start + steps[None, :, None] * along + across[:, None, None] * normal
    x = np.clip(np.rint(points[..., 0]).astype(int), 0, image.shape[1] - 1)
    y = np.clip(np.rint(points[..., 1]).astype(int), 0, image.shape[0] - 1)
    return image[y, x]


def breaks_of(strokes: list[Stroke], wall: np.ndarray, ink: np.ndarray, thick: float) -> list[Break]:
    """The gaps: from each free end of a wall straight on to the next wall."""
    found: list[Break] = []
    for stroke in strokes:
        for end, along in ((stroke.end, stroke.along), (stroke.start, -stroke.along)):
            gap = _cast(end, along, stroke, wall, thick)
            if gap is not None:
                found.append(gap)
    kept: list[Break] = []
    for gap in sorted(found, key=lambda gap: gap.length):
        if not any(np.linalg.norm(gap.middle - other.middle) < 0.5 * max(gap.length, other.length) for other in kept):
            kept.append(gap)
    cv2 = opencv()
    loose = ink & (1 - cv2.dilate(wall, np.ones((5, 5), np.uint8)))
    loose = cv2.dilate(loose, np.ones((3, 3), np.uint8))
    for gap in kept:
        _classify(gap, loose, ink, thick)
    return [gap for gap in kept if gap.kind]


def _cast(end: np.ndarray, along: np.ndarray, stroke: Stroke, wall: np.ndarray, thick: float) -> Break | None:
    """The gap beyond a wall's end, or None where it ends in another wall or nothing follows."""
    half = 0.3 * stroke.thick
    reach = int(26 * thick)
    beyond = _band(wall, end + along * 1.5, along, reach, half, 5).mean(0)
    if beyond[: max(2, int(0.35 * thick))].max() > 0.5:
        return None
    for aside in (np.array([-along[1], along[0]]), np.array([along[1], -along[0]])):
        across = _band(wall, end - along * (0.4 * stroke.thick), aside, 2.0 * stroke.thick, 1.0, 3)
        if across[:, int(0.8 * stroke.thick) :].mean() > 0.6:  # it ends in a wall across
            return None
    hits = np.flatnonzero(beyond > 0.6)
    if not len(hits) or hits[0] + 1.5 < 1.6 * thick:
        return None
    length = float(hits[0] + 1.5)
    zero = np.zeros(2)
    after = np.flatnonzero(beyond[hits[0] :] < 0.4)
    return Break("", end.copy(), end + along * length, stroke.thick, zero, zero, float(after[0]) if len(after) else 0.0)


def _classify(gap: Break, loose: np.ndarray, ink: np.ndarray, thick: float) -> None:
    """Window: two lines or more along the gap. Door: a leaf or its swing beside it. Else a passage, if it is short."""
    along = (gap.end - gap.start) / gap.length
    inner = _band(ink, gap.start + along * 0.12 * gap.length, along, 0.76 * gap.length, 0.75 * gap.thick, 2 * int(gap.thick) + 5)
    line = inner.mean(1) > 0.55
    lines = int((line[1:] & ~line[:-1]).sum() + line[0])
    if lines >= 2:
        gap.kind = WINDOW
        return
    if gap.length < 16 * thick and _swings(gap, loose):
        gap.kind = DOOR
    elif lines == 1 and float(inner.mean()) > 0.1:
        gap.kind = WINDOW if gap.length > 4 * thick else ""
    elif gap.length < 18 * thick:
        gap.kind = PASSAGE


def _swings(gap: Break, loose: np.ndarray) -> bool:
    """Whether a leaf or its quarter circle is drawn at the gap, in one wing or two; sets the gap's ``hinge`` and ``swing``.

    The circle is tried around either end, on either side, from the wall's face and its middle, with radii near the gap's length.
    """
    along = (gap.end - gap.start) / gap.length
    normal = np.array([-along[1], along[0]])
    best = 0.0
    for side in (1.0, -1.0):
        arcs, leaves = [], []
        for post, inwards in ((gap.start, along), (gap.end, -along)):
            single = _quarter(loose, post, inwards, normal * side, gap.length, gap.thick)
            double = _quarter(loose, post, inwards, normal * side, gap.length / 2, gap.thick)
            arcs.append((single[0], double[0]))
            leaves.append(single[1])
        for end, ((arc, _), leaf) in enumerate(zip(arcs, leaves, strict=True)):
            sure = 0.7 * arc + 0.3 * leaf if arc > 0.72 else 0.75 * leaf if leaf > 0.9 and arc > 0.3 else 0.0
            if sure > best:
                best, gap.swing, gap.hinge = sure, normal * side, along * (-1.0, 1.0)[end]
        both = min(arcs[0][1], arcs[1][1])
        if both > 0.8 and both > best:
            best, gap.swing, gap.hinge = both, normal * side, -along
    return best > 0.0


def _quarter(
    loose: np.ndarray, post: np.ndarray, inwards: np.ndarray, out: np.ndarray, radius: float, thick: float
) -> tuple[float, float]:
    """Shares of a quarter circle and of the leaf at its end that are drawn, for the best radius and centre near those given."""
    turn = np.linspace(0.12, np.pi / 2 - 0.1, max(12, int(radius * 0.8)))
    ray = np.cos(turn)[:, None] * inwards + np.sin(turn)[:, None] * out
    centres = post + np.array([0.0, 0.5])[:, None] * thick * out
    lengths = radius * np.array([0.82, 0.88, 0.94, 1.0, 1.05])
    arc = centres[:, None, None] + lengths[None, :, None, None] * ray
    share = _seen(loose, arc).mean(-1)
    centre, length = np.unravel_index(int(share.argmax()), share.shape)
    steps = np.linspace(0.2, 0.95, 16) * lengths[length]
    beside = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])  # pixels the leaf may lie off the jamb
    leaf = centres[centre] + beside[:, None, None] * inwards + steps[None, :, None] * out
    return float(share.max()), float(_seen(loose, leaf).mean(-1).max())


def _seen(image: np.ndarray, points: np.ndarray) -> np.ndarray:
    """(...) the image at points (..., 2); 0 outside of it."""
    x, y = np.rint(points[..., 0]).astype(int), np.rint(points[..., 1]).astype(int)
    inside = (x >= 0) & (y >= 0) & (x < image.shape[1]) & (y < image.shape[0])
    return np.where(inside, image[np.clip(y, 0, image.shape[0] - 1), np.clip(x, 0, image.shape[1] - 1)], 0)
