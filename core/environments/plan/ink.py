"""A picture of a plan as ink on paper: the sheet found and straightened, light evened out, turned level, walls made solid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ...errors import WorldwrightError

LONGEST = 1500  # pixels; larger pictures are made smaller first
SMALLEST = 120
SMALL = 620  # pixels; what is no larger is looked at enlarged, for thin lines part better then
MOST_INK = 0.27  # share of the paper: drawings of plans have about a tenth, noise and most photographs more than this


@dataclass
class Sheet:
    """A plan's paper, level: ``even`` (H, W) uint8 with its light evened out, ``ink`` and ``faint`` (H, W) uint8 1 where something
    is drawn, faint lines only in the second; ``paper``: the brightness of the paper."""

    even: np.ndarray
    ink: np.ndarray
    faint: np.ndarray
    paper: float


def opencv() -> Any:
    """The OpenCV module. Raises WorldwrightError where it is not installed."""
    try:
        import cv2
    except ImportError as error:
        raise WorldwrightError(
            "Reading plans needs OpenCV, which is not installed.", "Install the runtime again from Doctor."
        ) from error
    cv2.setNumThreads(1)
    return cv2


def grey(picture: np.ndarray) -> tuple[np.ndarray, float]:
    """(H, W) uint8 no longer than LONGEST, on white where the picture is transparent; and how much smaller it was made."""
    cv2 = opencv()
    if picture.ndim != 3 or min(picture.shape[:2]) < SMALLEST:
        raise WorldwrightError(
            "The picture is too small to be a floor plan.", f"At least {SMALLEST} pixels on each side are needed."
        )
    shrink = min(1.0, LONGEST / max(picture.shape[:2]))
    if shrink < 1.0:
        picture = cv2.resize(np.ascontiguousarray(picture), None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    colors = picture[..., :3].astype(np.float32)
    if picture.shape[2] == 4:
        cover = picture[..., 3:4].astype(np.float32) / 255.0
        colors = colors * cover + 255.0 * (1.0 - cover)
    return np.clip(colors @ (0.299, 0.587, 0.114), 0, 255).astype(np.uint8), shrink


def resized(factor: float) -> np.ndarray:
    """(3, 3) from the pixels of a picture to those of its copy ``factor`` times as large; pixels are their middles."""
    return np.array([[factor, 0.0, (factor - 1) / 2], [0.0, factor, (factor - 1) / 2], [0.0, 0.0, 1.0]])


def level_sheet(image: np.ndarray) -> tuple[Sheet, np.ndarray, float]:
    """The sheet in a grey picture, seen straight on, turned level, and at twice its size where it is small; the
    (3, 3) map from the picture's pixels to the sheet's; and how much larger it was made."""
    cv2 = opencv()
    flat, matrix = straighten(image)
    sheet = binary(flat)
    angle = tilt(sheet.ink)
    if abs(angle) > np.radians(0.25):
        flat, to_level = turn(flat, angle, 255)
        matrix, sheet = to_level @ matrix, binary(flat)
    if max(flat.shape) > SMALL:
        return sheet, matrix, 1.0
    flat = cv2.resize(flat, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    return binary(flat), resized(2.0) @ matrix, 2.0


def straighten(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The sheet of paper in a photograph, seen straight on, and the (3, 3) map from the photograph to it."""
    cv2 = opencv()
    height, width = image.shape
    rim = np.concatenate([image[:4].ravel(), image[-4:].ravel(), image[:, :4].ravel(), image[:, -4:].ravel()])
    level, bright = cv2.threshold(cv2.GaussianBlur(image, (0, 0), 3), 0, 255, cv2.THRESH_OTSU)
    same = np.eye(3)
    if (rim > level).mean() > 0.6:
        return image, same
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    sheet = max(outlines, key=cv2.contourArea, default=None)
    if sheet is None or cv2.contourArea(sheet) < 0.25 * height * width:
        return image, same
    hull = cv2.convexHull(sheet)
    for share in (0.02, 0.03, 0.05, 0.08):
        quad = cv2.approxPolyDP(hull, share * cv2.arcLength(hull, True), True).reshape(-1, 2).astype(np.float32)
        if len(quad) == 4:
            break
    else:
        return image, same
    total, difference = quad.sum(1), np.diff(quad, axis=1)[:, 0]
    quad = quad[[total.argmin(), difference.argmin(), total.argmax(), difference.argmax()]]
    wide = int(max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3])))
    tall = int(max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1])))
    target = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)], np.float32)
    matrix = cv2.getPerspectiveTransform(quad, target)
    flat = cv2.warpPerspective(image, matrix, (wide, tall), flags=cv2.INTER_LINEAR, borderValue=255)
    edge = max(4, int(0.008 * max(wide, tall)))
    flat[:edge], flat[-edge:], flat[:, :edge], flat[:, -edge:] = 255, 255, 255, 255
    return flat, matrix


def binary(image: np.ndarray) -> Sheet:
    """Where there is ink: light evened out by a broad closing, then Otsu's threshold; and with faint lines, which blurred scans
    have: all that is darker than the paper by several times its noise."""
    cv2 = opencv()
    size = max(31, int(0.06 * max(image.shape)) | 1)
    small = cv2.resize(image, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size // 4 | 1, size // 4 | 1), np.uint8))
    paper = cv2.resize(cv2.GaussianBlur(paper, (0, 0), size / 8), image.shape[::-1], interpolation=cv2.INTER_LINEAR)
    even = np.clip(image.astype(np.float32) / np.maximum(paper, 40) * 255.0, 0, 255).astype(np.uint8)
    even = cv2.GaussianBlur(even, (0, 0), 0.6)
    level, ink = cv2.threshold(even, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    if level > 235 or ink.mean() > MOST_INK:
        raise WorldwrightError(
            "This picture is not a floor plan: it has no dark lines on light paper.", "Give a scan or drawing of a plan."
        )
    bare = even[even > level].astype(np.float32)
    paper = float(np.median(bare))
    noise = 1.4826 * float(np.median(np.abs(bare - paper)))
    faint = ((even < min(paper - max(5.0 * noise, 24.0), level + 90)) | (ink > 0)).astype(np.uint8)
    return Sheet(even, _without_specks(ink), _without_specks(faint), paper)


def _without_specks(ink: np.ndarray) -> np.ndarray:
    count, labels, stats, _ = opencv().connectedComponentsWithStats(ink, connectivity=8)
    ink[(stats[:, 4] < 6)[labels]] = 0
    return ink


def tilt(ink: np.ndarray) -> float:
    """Radians by which the plan is turned against the picture's edges, between -45 and 45 degrees: from its long lines."""
    cv2 = opencv()
    lines = cv2.HoughLinesP(cv2.Canny(ink * 255, 50, 150), 1, np.pi / 720, 60, minLineLength=max(ink.shape) * 0.08, maxLineGap=4)
    if lines is None:
        return 0.0
    dx, dy = (lines[:, 0, 2] - lines[:, 0, 0]).astype(float), (lines[:, 0, 3] - lines[:, 0, 1]).astype(float)
    length, angle = np.hypot(dx, dy), np.arctan2(dy, dx)
    turned = (angle + np.pi / 4) % (np.pi / 2) - np.pi / 4
    bins = np.round(turned / np.radians(0.5)).astype(int)
    best = max(set(bins.tolist()), key=lambda b: float(length[np.abs(bins - b) <= 1].sum()))
    near = np.abs(bins - best) <= 1
    return float((turned[near] * length[near]).sum() / length[near].sum())


def turn(image: np.ndarray, angle: float, empty: float) -> tuple[np.ndarray, np.ndarray]:
    """The image turned back by ``angle``, all of it kept, and the (3, 3) map."""
    cv2 = opencv()
    height, width = image.shape[:2]
    cos, sin = np.cos(angle), np.sin(angle)
    wide, tall = int(abs(cos) * width + abs(sin) * height) + 1, int(abs(sin) * width + abs(cos) * height) + 1
    matrix = np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]])
    matrix[:2, 2] = (wide / 2, tall / 2) - matrix[:2, :2] @ (width / 2, height / 2)
    turned = cv2.warpAffine(image, matrix[:2], (wide, tall), flags=cv2.INTER_LINEAR, borderValue=empty)
    return turned, matrix


def solid_walls(ink: np.ndarray, style: str) -> np.ndarray:
    """The ink with walls filled: as it is (``solid``), hatching closed (``hatched``), or strips between two lines (``hollow``)."""
    cv2 = opencv()
    if style == "hatched":
        return _cells_filled(_without_loose(ink))
    if style == "hollow":
        count, labels, stats, _ = cv2.connectedComponentsWithStats(1 - ink, connectivity=4)
        distance = cv2.distanceTransform(1 - ink, cv2.DIST_L2, 5)
        deepest = np.zeros(count)
        np.maximum.at(deepest, labels.ravel(), distance.ravel())
        long = np.maximum(stats[:, 2], stats[:, 3])
        thick = 2 * deepest
        strip = (thick >= 1.8) & (thick < 0.035 * max(ink.shape)) & (stats[:, 4] > 2.2 * thick**2) & (long > 2.2 * thick)
        strip[0] = False
        strip &= ~_panes(stats, thick, strip)
        filled = ink.copy()
        filled[strip[labels]] = 1
        return filled
    return ink


def _without_loose(ink: np.ndarray) -> np.ndarray:
    """The ink without its small loose pieces: letters, figures, symbols."""
    count, labels, stats, _ = opencv().connectedComponentsWithStats(ink, connectivity=8)
    small = np.maximum(stats[:, 2], stats[:, 3]) < 0.045 * max(ink.shape)
    return np.where(small[labels], 0, ink).astype(np.uint8)


def _cells_filled(ink: np.ndarray) -> np.ndarray:
    """Hatching made solid: narrow gaps between its lines closed, and small compact cells between them filled; a window's panes,
    long and narrow along the wall, stay open."""
    cv2 = opencv()
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(1 - closed, connectivity=4)
    long, short = np.maximum(stats[:, 2], stats[:, 3]), np.minimum(stats[:, 2], stats[:, 3])
    cell = (long < 0.035 * max(ink.shape)) & (long < 3.0 * short)
    cell[0] = False
    closed[cell[labels] & (closed == 0)] = 1
    return closed


def _panes(stats: np.ndarray, thick: np.ndarray, strip: np.ndarray) -> np.ndarray:
    """(N,) bool: which strips lie side by side with one of their own size: the two halves of a window, not a wall."""
    pane = np.zeros(len(stats), bool)
    index = np.flatnonzero(strip)
    boxes = stats[index, :4].astype(int)
    for one, (x, y, wide, tall) in zip(index, boxes, strict=True):
        same = (np.abs(boxes[:, 2] - wide) <= 2) & (np.abs(boxes[:, 3] - tall) <= 2)
        reach = 8
        if wide >= tall:
            beside = (np.abs(boxes[:, 0] - x) <= 2) & (np.abs(np.abs(boxes[:, 1] - y) - tall) <= reach) & (boxes[:, 1] != y)
        else:
            beside = (np.abs(boxes[:, 1] - y) <= 2) & (np.abs(np.abs(boxes[:, 0] - x) - wide) <= reach) & (boxes[:, 0] != x)
        pane[one] = bool((same & beside).any())
    return pane


def wall_mask(ink: np.ndarray, finer: bool = False) -> tuple[np.ndarray, float]:
    """(H, W) uint8 of what is thick enough to be wall, and the walls' usual thickness in pixels.

    Strokes and walls part at the Otsu threshold of the logarithm of the local thickness along the ink's middle lines; ``finer``
    parts what lies below that threshold once more, for thin inner walls beside thick outer ones.
    """
    cv2 = opencv()
    distance = cv2.distanceTransform(ink, cv2.DIST_L2, 5)
    ridge = (distance >= cv2.dilate(distance, np.ones((3, 3))) - 1e-3) & (distance > 0.9)
    if ridge.sum() < 50:
        return np.zeros_like(ink), 0.0
    values = np.log(2 * distance[ridge])
    threshold = _parting(values)
    if finer:
        values = values[values < threshold - 0.05]
        if len(values) < 50:
            return np.zeros_like(ink), 0.0
        threshold = _parting(values)
    threshold = float(np.exp(threshold))
    size = max(3, int(round(0.85 * threshold)))
    wall = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(wall, connectivity=8)
    small = np.maximum(stats[:, 2], stats[:, 3]) < 3 * size
    wall[small[labels]] = 0
    thick = 2 * distance[ridge & (wall > 0)]
    return wall, float(np.median(thick)) if len(thick) else 0.0


def _parting(values: np.ndarray) -> float:
    """Otsu's threshold of values."""
    histogram, edges = np.histogram(values, 64)
    share, centre = histogram / histogram.sum(), (edges[1:] + edges[:-1]) / 2
    below, mean = np.cumsum(share), np.cumsum(share * centre)
    between = (mean[-1] * below - mean) ** 2 / np.maximum(below * (1 - below), 1e-9)
    return float(centre[between.argmax()])
