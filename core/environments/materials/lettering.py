"""Letters drawn with a pen: enough of an alphabet for signs."""

from __future__ import annotations

from .pictures import Canvas

# Strokes on a grid of 4 x 6: points "xy", strokes apart by spaces; y from below.
_STROKES = {
    "A": "00 26 40|12 32", "B": "00 06 36 45 34 03|03 34 42 40 30 00", "C": "45 36 16 05 01 10 30 41",
    "D": "00 06 26 44 42 20 00", "E": "40 00 06 46|03 33", "F": "00 06 46|03 33", "G": "45 36 16 05 01 10 30 41 43 23",
    "H": "00 06|40 46|03 43", "I": "20 26", "J": "46 41 30 10 01", "K": "00 06|46 03 40", "L": "06 00 40",
    "M": "00 06 23 46 40", "N": "00 06 40 46", "O": "10 01 05 16 36 45 41 30 10", "P": "00 06 36 45 44 33 03",
    "Q": "10 01 05 16 36 45 41 30 10|31 40", "R": "00 06 36 45 44 33 03|23 40", "S": "45 36 16 05 04 13 33 42 41 30 10 01",
    "T": "20 26|06 46", "U": "06 01 10 30 41 46", "V": "06 20 46", "W": "06 10 24 30 46", "X": "00 46|06 40",
    "Y": "06 23 46|23 20", "Z": "06 46 00 40", "&": "40 05 16 25 24 01 10 20 42", "'": "26 24", ".": "20 21", "-": "03 33",
    "É": "40 00 06 46|03 33|27 38", "0": "10 01 05 16 36 45 41 30 10", "1": "05 26 20", "2": "05 16 36 45 44 00 40",
    "3": "06 46 24 34 42 41 30 10 01", "4": "30 36 02 42", "5": "46 06 03 33 42 41 30 10 01", "6": "46 16 02 01 10 30 41 42 33 03",
    "7": "06 46 10", "8": "13 04 05 16 36 45 44 33 13 02 01 10 30 41 42 33", "9": "00 30 44 45 36 16 05 04 13 43",
}  # fmt: skip
WIDTH, SPACE = 1.35, 0.62  # advance of a letter and of a blank, in letter widths


def text_width(text: str, size: float, aspect: float) -> float:
    """How much of the canvas's width ``text`` takes at a letter height of ``size``."""
    units = sum(SPACE if letter == " " else (0.7 if letter in "I'.1" else WIDTH) for letter in text)
    return max(units - (WIDTH - 1.0), 0.0) * size * 0.62 / aspect


def write(canvas: Canvas, text: str, x: float, y: float, size: float, code: str, weight: float = 0.15) -> None:
    """Writes ``text`` in capitals centred on (x, y); ``size``: letter height in canvas heights, ``weight``: pen over height."""
    unit = size * 0.62 / canvas.aspect
    at = x - text_width(text, size, canvas.aspect) / 2
    for letter in text.upper():
        if letter == " ":
            at += SPACE * unit
            continue
        narrow = letter in "I'.1"
        for stroke in _STROKES.get(letter, "").split("|"):
            left = at - (0.33 if narrow else 0.0) * unit
            points = [(left + int(p[0]) / 4 * unit, y - size / 2 + int(p[1]) / 6 * size) for p in stroke.split()]
            if len(points) > 1:
                canvas.line(points, weight * size, code)
        at += (0.7 if narrow else WIDTH) * unit
