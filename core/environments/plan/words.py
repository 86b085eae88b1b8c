"""What is printed on a plan: lines of letters found, read, and taken as names of rooms, areas and measures."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from .ink import Sheet, opencv
from .room_words import ROOM_WORDS

HIGHEST = 0.045  # of the sheet's longer side: a letter
HEIGHT, MARGIN, WIDEST = 24, 4, 400  # of a line as the reader takes it, pixels
MOST_LINES = 120
LEAST_SURE = 0.55
_NUMBER = re.compile(r"^(\d{1,5}(?:[.,]\d{1,3})?)(M|CM|MM|MTS)?$")
_AREA = re.compile(r"^(\d{1,4}(?:[.,]\d{1,2})?)(M²|M2|SQM|QM)$")
_FEET = re.compile(r"^(\d{1,3})'-?(\d{1,2})?\"?$")
_ALIKE = str.maketrans("OQDILZSBG", "000112586")
_UNITS = {"M": 1.0, "CM": 0.01, "MM": 0.001, "MTS": 1.0}


@dataclass
class Line:
    """Printed letters: ``box`` x, y, wide, tall in the sheet's pixels; ``upright``: it runs from bottom to top. What it says."""

    box: tuple[int, int, int, int]
    upright: bool
    pieces: int
    text: str = ""
    sure: float = 0.0

    @property
    def middle(self) -> np.ndarray:
        x, y, wide, tall = self.box
        return np.array([x + wide / 2, y + tall / 2])


@dataclass
class Said:
    """A line understood: a room's ``name`` and ``kind``, an ``area`` in square metres, or a length in ``metres`` by each unit it
    may be meant in."""

    line: Line
    name: str = ""
    kind: str = ""
    area: float = 0.0
    metres: tuple[float, ...] = ()


def lines_of(sheet: Sheet, upright: bool = False) -> tuple[list[Line], np.ndarray]:
    """The lines of print, level or running upwards, and (H, W) uint8 of their ink: 2 where it surely is print, 1 where it may be
    the outline of a piece of wall; faint ink counts, but where it glues letters to
    lines the darker ink alone is looked at."""
    lines, mask = _lines(sheet.faint, upright)
    for line in (darker := _lines(sheet.ink, upright))[0]:
        x, y, wide, tall = line.box
        if not any(a < x + wide and x < a + w and b < y + tall and y < b + t for a, b, w, t in (other.box for other in lines)):
            lines.append(line)
    return lines[:MOST_LINES], np.maximum(mask, darker[1])


def _lines(ink: np.ndarray, upright: bool) -> tuple[list[Line], np.ndarray]:
    """Lines of print and (H, W) uint8 of their ink. Letters are small loose pieces of ink side by side, of like height."""
    height = len(ink)
    ink = np.ascontiguousarray(np.rot90(ink, -1)) if upright else ink
    count, labels, stats, _ = opencv().connectedComponentsWithStats(ink, connectivity=8)
    x, y, wide, tall, area = stats.T
    tallest = max(10, HIGHEST * max(ink.shape))
    letter = (tall >= 5) & (tall <= tallest) & (wide <= 14 * tall) & (area > 0.04 * wide * tall)
    letter[0] = False
    index = np.flatnonzero(letter)
    if len(index) > 4000:
        return [], np.zeros((height, ink.size // height), np.uint8)
    groups = _beside(index[np.argsort(x[index])], stats)
    found, members = [], np.zeros(count, np.uint8)
    for group in groups:
        left, top = int(x[group].min()), int(y[group].min())
        right, bottom = int((x + wide)[group].max()), int((y + tall)[group].max())
        if right - left < 0.8 * (bottom - top) or len(group) < 2 and right - left < 1.6 * (bottom - top):
            continue
        box = (left, top, right - left, bottom - top)
        if upright:  # turned back: a point (x, y) of the turned sheet is (y, H - 1 - x) of the sheet
            box = (top, height - right, bottom - top, right - left)
        found.append(Line(box, upright, len(group)))
        if len(group) > 2:
            members[group] = 2
        elif area[group].sum() < 0.78 * (right - left) * (bottom - top):  # else it is a solid piece of wall
            members[group] = 1
    mask = members[labels]
    return found, np.rot90(mask) if upright else mask


def _beside(order: np.ndarray, stats: np.ndarray) -> list[list[int]]:
    """Pieces from left to right in groups: each joins the group whose last piece ends just before it at the same height."""
    groups: list[list[int]] = []
    for k in order:
        x, y, wide, tall, _ = stats[k]
        best, least = None, np.inf
        for group in groups:
            a, b, w, t, _ = stats[group[-1]]
            high = max(tall, t)
            gap = x - (a + w)
            overlap = min(y + tall, b + t) - max(y, b)
            if -0.5 * high < gap < 0.95 * high and overlap > 0.5 * min(tall, t) and high < 2.4 * min(tall, t) and gap < least:
                best, least = group, gap
        if best is None:
            groups.append([int(k)])
        else:
            best.append(int(k))
    return groups


def picture_of(sheet: Sheet, line: Line) -> np.ndarray:
    """(HEIGHT, W) ink from 0 to 1 of a line, as its reader takes it. Stops and commas below it stay in."""
    x, y, wide, tall = line.box
    pad = 1 + tall // 12 if not line.upright else 1 + wide // 12
    cut = sheet.even[max(y - pad, 0) : y + tall + pad, max(x - pad, 0) : x + wide + pad].astype(np.float32)
    if line.upright:
        cut = np.rot90(cut, -1)
    dark = np.clip((sheet.paper - cut) / max(sheet.paper - float(np.quantile(cut, 0.02)), 20.0), 0, 1)
    width = int(np.clip(round(dark.shape[1] * HEIGHT / dark.shape[0]), 8, WIDEST))
    scaled = opencv().resize(np.ascontiguousarray(dark), (width, HEIGHT), interpolation=3 if dark.shape[0] > HEIGHT else 1)
    return np.pad(scaled, ((0, 0), (MARGIN, MARGIN)))


def read(sheet: Sheet, lines: list[Line]) -> list[Said]:
    """What the lines say, as far as it is a room's name, an area or a measure. Needs PyTorch: ImportError without it."""
    from .lettering import plain, read_lines

    understood = []
    for line, columns in zip(lines, read_lines([picture_of(sheet, line) for line in lines]), strict=True):
        line.text, line.sure = plain(columns)
        said = _understood(line, columns)
        if said is not None:
            understood.append(said)
    return understood


def _understood(line: Line, columns: np.ndarray) -> Said | None:
    tight = line.text.replace(" ", "")
    if line.sure < LEAST_SURE or not tight:
        return None
    if 2 * sum(letter.isdigit() for letter in tight) >= len(tight):  # figures; a letter among them is a figure like it
        body = re.match(r"(.*?)(M²|M2|SQM|QM|CM|MM|M|)$", tight)
        tight = body[1].translate(_ALIKE) + body[2] if body else tight
    if match := _AREA.match(tight):
        return Said(line, area=float(match[1].replace(",", ".")))
    if match := _NUMBER.match(tight):
        value = float(match[1].replace(",", "."))
        units = [_UNITS[match[2]]] if match[2] else [1.0] if "." in tight or "," in tight else [1.0, 0.01, 0.001]
        return Said(line, metres=tuple(value * unit for unit in units))
    if match := _FEET.match(tight):
        return Said(line, metres=(0.3048 * (int(match[1]) + int(match[2] or 0) / 12),))
    return _room(line, columns)


def _room(line: Line, columns: np.ndarray) -> Said | None:
    """The room word nearest to what was read, if the picture of the line allows it."""
    from .lettering import likelihood

    number = re.search(r" ?(\d)$", line.text)
    text = line.text[: number.start()] if number else line.text
    if len(text) < 2:
        return None
    near = sorted((_distance(text, word), word) for word in ROOM_WORDS if abs(len(word) - len(text)) <= 2)[:4]
    ending = number.group(0) if number else ""
    likely = [(likelihood(columns, word + ending) / (len(word) + 1), word) for away, word in near if away <= 0.4 * len(word)]
    if not likely:
        return None
    value, word = max(likely)
    if value < -1.6 or (len(word) < 4 and value < -0.5):
        return None
    return Said(line, name=(word + ending).capitalize() if len(word) > 2 else word + ending, kind=ROOM_WORDS[word])


def _distance(one: str, other: str) -> int:
    """How many letters differ (Levenshtein distance)."""
    row = list(range(len(other) + 1))
    for k, letter in enumerate(one, 1):
        corner, row[0] = row[0], k
        for j, second in enumerate(other, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (letter != second))
    return row[-1]


def measured(sheet: Sheet, said: list[Said]) -> list[tuple[float, tuple[float, ...]]]:
    """Dimension lines: their length in pixels, and the lengths in metres their figures may mean."""
    found = []
    for one in said:
        if one.metres:
            length = _dimension(sheet.faint, one.line)
            if length:
                found.append((length, one.metres))
    return found


def _dimension(ink: np.ndarray, line: Line) -> float:
    """The length of the dimension line beside figures, from tick to tick; 0 where there is none."""
    x, y, wide, tall = line.box
    if line.upright:
        ink, x, y, wide, tall = ink.T, y, x, tall, wide
    middle = x + wide // 2
    for row in [*range(y + tall, y + int(2.2 * tall) + 2), *range(y - 1, y - int(1.4 * tall) - 2, -1), y + tall // 2]:
        if not 8 <= row < ink.shape[0] - 8 or not 0 < middle < ink.shape[1] - 1:
            continue
        split = (x - 3, x + wide + 3) if row == y + tall // 2 else (middle, middle)  # figures may interrupt their line
        before, after = _followed(ink, row, split[0], -1), _followed(ink, row, split[1], 1)
        if len(before) + len(after) < max(1.3 * wide, 24):
            continue
        left, right = _ticks(ink, split[0], before, -1), _ticks(ink, split[1], after, 1)
        if len(left) and len(right) and right[0] - left[0] > 20:
            return float(right[0] - left[0])
    return 0.0


def _followed(ink: np.ndarray, row: int, start: int, step: int) -> np.ndarray:
    """(N,) rows of a thin line followed from a column to one side, by at most a pixel up or down at each step."""
    rows: list[int] = []
    missing, column = 0, start
    while 0 <= column < ink.shape[1] and missing < 4:
        near = [r for r in (row, row - 1, row + 1) if 0 <= r < ink.shape[0] and ink[r, column]]
        missing = 0 if near else missing + 1
        row = near[0] if near else row
        rows.append(row)
        column += step
    return np.array(rows[: len(rows) - missing], int)


def _ticks(ink: np.ndarray, start: int, rows: np.ndarray, step: int) -> np.ndarray:
    """(N,) columns, the nearest first, at which a stroke crosses a followed line, straight or slanting, seen above and below it."""
    if len(rows) < 4:
        return np.zeros(0)
    along = np.arange(len(rows) + 4)
    rows = np.r_[rows, np.full(4, rows[-1])]
    columns = start + step * along
    crossing = np.zeros(len(along), bool)
    for slant in (0, 1, -1):
        up, down = (np.array([_at(ink, rows + sign * k, columns - sign * slant * k) for k in (3, 4, 5)]) for sign in (-1, 1))
        crossing |= (up.mean(0) > 0.9) & (down.mean(0) > 0.9)
    crossing[:3] = False
    starts = np.flatnonzero(crossing & ~np.r_[False, crossing[:-1]])
    ends = np.flatnonzero(crossing & ~np.r_[crossing[1:], False])
    return np.array([columns[a : b + 1].mean() for a, b in zip(starts, ends, strict=True) if b - a < 14])


def _at(ink: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    inside = (rows >= 0) & (rows < ink.shape[0]) & (columns >= 0) & (columns < ink.shape[1])
    return np.where(inside, ink[np.clip(rows, 0, ink.shape[0] - 1), np.clip(columns, 0, ink.shape[1] - 1)], 0)
