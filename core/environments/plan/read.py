"""From a picture to a floor plan in metres."""

from __future__ import annotations

import numpy as np

from ...errors import WorldwrightError
from ...progress import Progress, silent
from ..home.plan import FloorPlan, Gap, make_plan, plan_to_dict
from ..rooms import DOOR, PASSAGE, WINDOW
from .ink import binary, grey, solid_walls, straighten, tilt, turn, wall_mask
from .trace import Break, Stroke, breaks_of, strokes_of

USUAL_DOOR, USUAL_WALL = 0.88, 0.13  # metres; what scale is taken from where nobody says
STYLES = ("solid", "hatched", "hollow")
NOT_A_PLAN = "This picture is not a floor plan: no walls that close a room were found."
CURE = "Give a scan or drawing with walls thicker than its lines, or draw the walls yourself."


def read_plan(picture: np.ndarray, scale: float | None = None, progress: Progress = silent) -> dict:
    """JSON values of the plan in ``picture`` (H, W, 3 or 4) uint8, y up, its middle the origin.

    Beside the plan's own values: ``scale`` metres a pixel of the picture, ``style`` of the walls, ``to_picture`` (3, 3) from
    metres to the picture's pixels. ``scale``: as the user says. Raises WorldwrightError when it is no plan.
    """
    progress(0.0, "Reading the picture")
    image, shrink = grey(picture)
    flat, to_sheet = straighten(image)
    ink, faint = binary(flat)
    angle = tilt(ink)
    to_level = np.eye(3)
    if abs(angle) > np.radians(0.25):
        level, to_level = turn(flat, angle, 255)
        ink, faint = binary(level)
    back = np.linalg.inv(to_level @ to_sheet @ np.diag([shrink, shrink, 1.0]))
    best: tuple[float, FloorPlan, float, str] | None = None
    reason: WorldwrightError | None = None
    for number, style in enumerate(STYLES):
        progress(0.2 + 0.25 * number, f"Looking for {style} walls")
        try:
            plan, own = _vectorise(ink, faint, style, None if scale is None else scale / shrink)
        except WorldwrightError as error:
            reason = error
            continue
        value = _value(plan)
        if best is None or value > best[0] * 1.12:
            best = (value, plan, own, style)
    if best is None:
        raise WorldwrightError(NOT_A_PLAN, CURE) from reason
    _, plan, own, style = best
    doors = sum(gap.kind == DOOR for gap in plan.gaps)
    if scale is None:
        by = "the usual width of its doors" if doors else "the usual thickness of its walls"
        plan.notes.append(f"The scale was taken from {by}; give it yourself where you know it.")
    middle = np.array([ink.shape[1] / 2, ink.shape[0] / 2])
    to_ink = np.array([[1 / own, 0.0, middle[0]], [0.0, -1 / own, middle[1]], [0.0, 0.0, 1.0]])
    values = plan_to_dict(plan)
    progress(1.0, "Done")
    return values | {"scale": own * shrink, "style": style, "to_picture": (back @ to_ink).tolist()}


def _value(plan: FloorPlan) -> float:
    """How plan-like a reading is: its rooms' area in wall thicknesses, and its openings."""
    thick = float(np.median([wall.thickness for wall in plan.walls]))
    area = sum(room.area for room in plan.rooms)
    doors = sum(gap.kind != PASSAGE for gap in plan.gaps)
    return float(np.sqrt(area) / thick * 0.02 + min(len(plan.rooms), 4) + 0.5 * doors)


def _vectorise(ink: np.ndarray, faint: np.ndarray, style: str, scale: float | None) -> tuple[FloorPlan, float]:
    """The plan of level ink, and metres a pixel."""
    filled = solid_walls(ink, style)
    wall, thick = wall_mask(filled)
    if thick < 2.5:
        raise WorldwrightError(NOT_A_PLAN, CURE)
    strokes = strokes_of(wall, thick)
    if not 4 <= len(strokes) <= 1500:
        raise WorldwrightError(NOT_A_PLAN, CURE)
    breaks = breaks_of(strokes, wall, faint, thick)
    doors = [gap.length for gap in breaks if gap.kind == DOOR]
    own = scale or (USUAL_DOOR / float(np.median(doors)) if doors else USUAL_WALL / thick)
    breaks = [gap for gap in breaks if gap.length * own < (4.5 if gap.kind == WINDOW else 1.6 if gap.kind == DOOR else 2.2)]
    lines = [*strokes, *(Stroke(gap.start, gap.end, gap.thick) for gap in breaks)]
    lines += [
        Stroke(gap.end, gap.end + (gap.end - gap.start) / gap.length * gap.beyond, gap.thick) for gap in breaks if gap.beyond > 1.0
    ]
    segments, thicks = _joined(lines, thick)
    middle = np.array([ink.shape[1] / 2, ink.shape[0] / 2])
    flip = np.array([own, -own])
    metric = np.concatenate([(segments[:, :2] - middle) * flip, (segments[:, 2:] - middle) * flip], axis=1)
    plan = make_plan(metric, np.clip(thicks * own, 0.06, 0.6), [_gap(gap, middle, flip) for gap in breaks], [])
    return plan, own


def _gap(gap: Break, middle: np.ndarray, flip: np.ndarray) -> Gap:
    """A break in pixels as a gap in metres."""
    x, y = (gap.middle - middle) * flip
    bottom, top = (0.9, 2.2) if gap.kind == WINDOW else (0.0, 2.1)
    turn_ = np.sign(flip)
    hinge, swing = gap.hinge * turn_, gap.swing * turn_
    return Gap(
        gap.kind,
        float(x),
        float(y),
        gap.length * flip[0],
        bottom,
        top,
        (float(hinge[0]), float(hinge[1])),
        (float(swing[0]), float(swing[1])),
    )


def _joined(lines: list[Stroke], thick: float) -> tuple[np.ndarray, np.ndarray]:
    """Lines nearly in one made one, then every end drawn on to the line it meets: (N, 4) and (N,) thickness, pixels."""
    starts, ends = np.array([line.start for line in lines]), np.array([line.end for line in lines])
    thicks = np.array([line.thick for line in lines])
    for axis in (0, 1):  # upright lines share x, level ones y
        flat = np.abs(starts[:, axis] - ends[:, axis]) < 0.03 * np.linalg.norm(ends - starts, axis=1) + 1e-9
        where = np.flatnonzero(flat)
        place = (starts[where, axis] + ends[where, axis]) / 2
        weight = np.linalg.norm(ends[where] - starts[where], axis=1)
        order = np.argsort(place)
        groups: list[list[int]] = []
        for k in order:
            if groups and place[k] - np.average(place[groups[-1]], weights=weight[groups[-1]]) < 0.45 * thick:
                groups[-1].append(int(k))
            else:
                groups.append([int(k)])
        for group in groups:
            value = float(np.average(place[group], weights=weight[group]))
            starts[where[group], axis] = ends[where[group], axis] = value
    segments = _merged(np.concatenate([starts, ends], axis=1), thicks, thick)
    return _extended(*segments, thick)


def _merged(segments: np.ndarray, thicks: np.ndarray, thick: float) -> tuple[np.ndarray, np.ndarray]:
    """Level and upright pieces of one line that touch or overlap become one."""
    out: list[np.ndarray] = []
    wide: list[float] = []
    used = np.zeros(len(segments), bool)
    for axis in (0, 1):
        level = np.abs(segments[:, axis] - segments[:, axis + 2]) < 1e-6
        other = 1 - axis
        for value in np.unique(segments[level & ~used, axis]):
            chosen = np.flatnonzero(level & ~used & (segments[:, axis] == value))
            used[chosen] = True
            spans = sorted(
                (min(s[other], s[other + 2]), max(s[other], s[other + 2]), t)
                for s, t in zip(segments[chosen], thicks[chosen], strict=True)
            )
            runs = [list(spans[0])]
            for low, high, t in spans[1:]:
                if low <= runs[-1][1] + 0.6 * thick:
                    length, more = runs[-1][1] - runs[-1][0], high - low
                    runs[-1][2] = (runs[-1][2] * length + t * more) / max(length + more, 1e-9)
                    runs[-1][1] = max(runs[-1][1], high)
                else:
                    runs.append([low, high, t])
            for low, high, t in runs:
                piece = np.empty(4)
                piece[axis], piece[axis + 2], piece[other], piece[other + 2] = value, value, low, high
                out.append(piece)
                wide.append(t)
    for k in np.flatnonzero(~used):
        out.append(segments[k])
        wide.append(float(thicks[k]))
    return np.array(out), np.array(wide)


def _extended(segments: np.ndarray, thicks: np.ndarray, thick: float) -> tuple[np.ndarray, np.ndarray]:
    """Each end moved along its line to the nearest line it crosses, where that is closer than a wall's thickness or so."""
    result = segments.copy()
    for k, segment in enumerate(segments):
        a, b = segment[:2], segment[2:]
        length = float(np.linalg.norm(b - a))
        u = (b - a) / max(length, 1e-9)
        for which, (end, out) in enumerate(((a, -u), (b, u))):
            best, least = None, None
            for j, other in enumerate(segments):
                p, q = other[:2], other[2:]
                v = (q - p) / max(float(np.linalg.norm(q - p)), 1e-9)
                cross = u[0] * v[1] - u[1] * v[0]
                if j == k or abs(cross) < 0.25:
                    continue
                share = ((p - end)[0] * v[1] - (p - end)[1] * v[0]) / cross * (1 if out is u or (out == u).all() else -1)
                reach = 1.3 * max(thicks[j], thick) / max(abs(cross), 0.5)
                point = end + out * share
                along = float((point - p) @ v)
                spare = 1.3 * max(thicks[k], thick) / max(abs(cross), 0.5)
                if abs(share) < min(reach, 0.45 * length + thick) and -spare < along < float(np.linalg.norm(q - p)) + spare:
                    if least is None or abs(share) < least:
                        best, least = point, abs(share)
            if best is not None:
                result[k, 2 * which : 2 * which + 2] = best
    return result, thicks
