"""From a picture to a floor plan in metres."""

from __future__ import annotations

import numpy as np

from ...errors import WorldwrightError
from ...progress import Progress, silent
from ..home.plan import FloorPlan, Gap, Label, contains, make_plan, plan_to_dict
from ..rooms import DOOR, PASSAGE, WINDOW
from .ink import Sheet, grey, level_sheet, resized, solid_walls, wall_mask
from .trace import Break, Stroke, breaks_of, strokes_of
from .words import Line, Said, lines_of, measured, read

USUAL_DOOR, USUAL_WALL = 0.88, 0.13  # metres; what scale is taken from where nobody says
MOST_STROKES = 400
STYLES = ("solid", "fine", "hatched", "hollow")
NOT_A_PLAN = "This picture is not a floor plan: no walls that close a room were found."
CURE = "Give a scan or drawing with walls thicker than its lines, or draw the walls yourself."


def read_plan(picture: np.ndarray, scale: float | None = None, progress: Progress = silent) -> dict:
    """JSON values of the plan in ``picture`` (H, W, 3 or 4) uint8, y up, its middle the origin.

    Beside the plan's own values: ``scale`` metres a pixel of the picture and ``scale_from`` what says so, ``style`` of the walls,
    ``to_picture`` (3, 3) from metres to the picture's pixels. ``scale``: as the user says. Raises WorldwrightError when it is no
    plan.
    """
    progress(0.0, "Reading the picture")
    image, shrink = grey(picture)
    sheet, to_sheet, larger = level_sheet(image)
    lines, print_ = lines_of(sheet)
    given = None if scale is None else scale / shrink / larger
    plan, own, style = _best(sheet, print_, given, progress)
    progress(0.8, "Reading what is printed")
    said, notes = _printed(sheet, lines)
    source = "you"
    if given is None:
        own, source = _scale(sheet, said, plan, own)
    middle = np.array([sheet.ink.shape[1] / 2, sheet.ink.shape[0] / 2])
    spots = [((one.line.middle - middle) * (own, -own), one) for one in said if one.kind]
    labels = [Label(float(spot[0]), float(spot[1]), one.kind, one.name) for spot, one in spots]
    plan, own = _vectorise(_bare(sheet, print_, style), sheet.faint, style, own, labels)
    plan.notes += notes
    if given is None:
        plan.notes.append(f"The scale was taken from {source}; give it yourself where you know it better.")
    to_ink = np.array([[1 / own, 0.0, middle[0]], [0.0, -1 / own, middle[1]], [0.0, 0.0, 1.0]])
    back = np.linalg.inv(to_sheet @ resized(shrink))
    progress(1.0, "Done")
    return plan_to_dict(plan) | {
        "scale": own * shrink * larger, "scale_from": source, "style": style, "to_picture": (back @ to_ink).tolist()
    }  # fmt: skip


def _bare(sheet: Sheet, print_: np.ndarray, style: str) -> np.ndarray:
    """The ink without print; walls drawn as outlines may look like letters, so that only sure ones go."""
    return np.where(print_ > (0 if style in ("solid", "fine") else 1), 0, sheet.ink).astype(np.uint8)


def _best(sheet: Sheet, print_: np.ndarray, scale: float | None, progress: Progress) -> tuple[FloorPlan, float, str]:
    """The most plan-like of the readings for each style of walls."""
    best: tuple[float, FloorPlan, float, str] | None = None
    reason: WorldwrightError | None = None
    for number, style in enumerate(STYLES):
        progress(0.2 + 0.15 * number, f"Looking for {style} walls")
        try:
            plan, own = _vectorise(_bare(sheet, print_, style), sheet.faint, style, scale)
        except WorldwrightError as error:
            reason = error
            continue
        value = _value(plan)
        if best is None or value > best[0] * 1.12:
            best = (value, plan, own, style)
    if best is None:
        raise WorldwrightError(NOT_A_PLAN, CURE) from reason
    return best[1:]


def _printed(sheet: Sheet, lines: list[Line]) -> tuple[list[Said], list[str]]:
    """What is printed on the sheet, and in a sentence why it was not read where it could not be."""
    upright, _ = lines_of(sheet, upright=True)
    try:
        return read(sheet, lines + [line for line in upright if line.pieces > 1]), []
    except (ImportError, WorldwrightError) as error:
        why = error.sentence if isinstance(error, WorldwrightError) else "PyTorch is not installed."
        return [], [f"What is printed on the plan was not read: {why}"]


def _scale(sheet: Sheet, said: list[Said], plan: FloorPlan, guess: float) -> tuple[float, str]:
    """Metres a pixel and what says so: dimension lines first, then printed areas, else the doors or the walls.

    A figure counts where its scale is near what doors and walls say, for figures may be misread or in other units.
    """
    found = []
    for length, metres in measured(sheet, said):
        best = min(metres, key=lambda value: abs(np.log(value / length / guess)))
        if abs(np.log(best / length / guess)) < 0.28:
            found.append((length, best / length))
    if found:
        lengths, scales = np.array(found).T
        order = np.argsort(scales)
        half = np.searchsorted(np.cumsum(lengths[order]), lengths.sum() / 2)
        return float(scales[order][half]), f"{len(found)} dimension lines" if len(found) > 1 else "a dimension line"
    middle = np.array([sheet.ink.shape[1] / 2, sheet.ink.shape[0] / 2])
    scales = []
    for one in said:
        room = next((r for r in plan.rooms if contains(r.corners, (one.line.middle - middle) * (guess, -guess))), None)
        if one.area and room is not None and abs(np.log(np.sqrt(one.area / room.area))) < 0.28:
            scales.append(guess * np.sqrt(one.area / room.area))
    if scales:
        return float(np.median(scales)), "the printed areas"
    doors = any(gap.kind == DOOR for gap in plan.gaps)
    return guess, "the usual width of its doors" if doors else "the usual thickness of its walls"


def _value(plan: FloorPlan) -> float:
    """How plan-like a reading is: its rooms' area in wall thicknesses, and its openings."""
    thick = float(np.median([wall.thickness for wall in plan.walls]))
    area = sum(room.area for room in plan.rooms)
    doors = sum(gap.kind != PASSAGE for gap in plan.gaps)
    return float(min(np.sqrt(area) / thick * 0.02, 1.5) + min(len(plan.rooms), 4) + 0.5 * doors)


def _vectorise(
    ink: np.ndarray, faint: np.ndarray, style: str, scale: float | None, labels: list[Label] | None = None
) -> tuple[FloorPlan, float]:
    """The plan of level ink, and metres a pixel."""
    filled = solid_walls(ink, style)
    wall, thick = wall_mask(filled, style == "fine")
    if thick < 2.5:
        raise WorldwrightError(NOT_A_PLAN, CURE)
    strokes = strokes_of(wall, thick)
    if not 4 <= len(strokes) <= MOST_STROKES:
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
    plan = make_plan(metric, np.clip(thicks * own, 0.06, 0.6), [_gap(gap, middle, flip) for gap in breaks], labels or [])
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
    p, q = segments[:, :2], segments[:, 2:]
    lengths = np.linalg.norm(q - p, axis=1)
    v = (q - p) / np.maximum(lengths, 1e-9)[:, None]
    for k in range(len(segments)):
        cross = v[k, 0] * v[:, 1] - v[k, 1] * v[:, 0]
        steep = np.maximum(np.abs(cross), 0.5)
        usable = np.abs(cross) >= 0.25
        usable[k] = False
        reach = np.minimum(1.3 * np.maximum(thicks, thick) / steep, 0.45 * lengths[k] + thick)
        spare = 1.3 * max(thicks[k], thick) / steep
        for which, end in enumerate((p[k], q[k])):
            away = p - end
            share = (away[:, 0] * v[:, 1] - away[:, 1] * v[:, 0]) / np.where(usable, cross, 1.0)
            point = end + v[k] * share[:, None]
            along = ((point - p) * v).sum(1)
            meets = usable & (np.abs(share) < reach) & (along > -spare) & (along < lengths + spare)
            if meets.any():
                best = int(np.where(meets, np.abs(share), np.inf).argmin())
                result[k, 2 * which : 2 * which + 2] = point[best]
    return result, thicks
