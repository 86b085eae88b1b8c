"""Pictures that lie on props once: art prints, screens, whiteboard writing, clock dials, pinned notes."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ...geometry.shape import Finish
from ...scene import Material
from .color import hexadecimal
from .noise import band_noise, spectrum_noise
from .textures import shaded_texture

SIZE = 512


class Canvas:
    """A square of linear colours painted with anti-aliased shapes; coordinates in 0..1, origin bottom left.

    ``aspect``: width to height of what the square will be stretched over, so that circles stay round.
    """

    def __init__(self, ground: str, aspect: float = 1.0, size: int = SIZE) -> None:
        self.size = size
        self.pixels = np.empty((size, size, 3), np.float32)
        self.pixels[:] = hexadecimal(ground)
        self.aspect = aspect
        self.x = ((np.arange(size, dtype=np.float32) + 0.5) / size)[None]
        self.y = 1.0 - ((np.arange(size, dtype=np.float32) + 0.5) / size)[:, None]

    def fill(self, inside: np.ndarray, code: str, opacity: float = 1.0) -> None:
        """Paints where the signed distance ``inside`` (in picture heights, positive inside) is positive."""
        hit = inside * self.size > -0.5
        rows, columns = np.flatnonzero(hit.any(axis=1)), np.flatnonzero(hit.any(axis=0))
        if len(rows):
            window = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
            self._cover(window, inside[window], code, opacity)

    def _cover(self, window: tuple[slice, slice], inside: np.ndarray, code: str, opacity: float) -> None:
        cover = np.clip(inside * self.size + 0.5, 0.0, 1.0)[..., None] * opacity
        self.pixels[window] += cover * (np.array(hexadecimal(code), np.float32) - self.pixels[window])

    def rectangle(self, x0: float, y0: float, x1: float, y1: float, code: str, opacity: float = 1.0) -> None:
        rows, columns = self._window(x0, y0, x1, y1)
        across = np.minimum(self.x[:, columns] - x0, x1 - self.x[:, columns]) * self.aspect
        self._cover((rows, columns), np.minimum(across, np.minimum(self.y[rows] - y0, y1 - self.y[rows])), code, opacity)

    def disc(self, x: float, y: float, radius: float, code: str, opacity: float = 1.0) -> None:
        self.fill(radius - np.hypot((self.x - x) * self.aspect, self.y - y), code, opacity)

    def line(self, points: list[tuple[float, float]], width: float, code: str, opacity: float = 1.0) -> None:
        """A polyline of a pen ``width`` picture heights wide."""
        xs, ys = zip(*points, strict=True)
        reach = width / min(1.0, self.aspect)
        rows, columns = self._window(min(xs) - reach, min(ys) - reach, max(xs) + reach, max(ys) + reach)
        near = np.full((1, 1), 9.0, np.float32)
        for (x0, y0), (x1, y1) in zip(points[:-1], points[1:], strict=True):
            dx, dy = (x1 - x0) * self.aspect, y1 - y0
            px, py = (self.x[:, columns] - x0) * self.aspect, self.y[rows] - y0
            t = np.clip((px * dx + py * dy) / max(dx * dx + dy * dy, 1e-9), 0.0, 1.0)
            near = np.minimum(near, np.hypot(px - t * dx, py - t * dy))
        self._cover((rows, columns), width / 2 - near, code, opacity)

    def _window(self, x0: float, y0: float, x1: float, y1: float) -> tuple[slice, slice]:
        """The rows and columns of a rectangle and the pixels beside it."""
        edge = 1.0 / self.size
        rows = np.searchsorted(-self.y[:, 0], (-y1 - edge, -y0 + edge))
        columns = np.searchsorted(self.x[0], (x0 - edge, x1 + edge))
        return slice(*rows), slice(*columns)

    def finish(self, name: str, **values) -> Finish:
        return Finish(Material(name, base_color_texture=shaded_texture(name, self.pixels), **values))


def _writing(canvas: Canvas, rng: np.random.Generator, x0: float, x1: float, y: float, size: float, code: str) -> None:
    """A line of unreadable words."""
    x = x0
    while x < x1 - 0.02:
        length = min(float(rng.uniform(0.02, 0.09)), x1 - x)
        canvas.rectangle(x, y, x + length, y + size, code, 0.8)
        x += length + 0.014


ART = ("hills", "shapes", "sun", "stripes", "botanical")


@lru_cache
def art_print(kind: str, shades: tuple[str, ...], seed: int, aspect: float = 0.75) -> Finish:
    """A print of a ``kind`` in ``ART`` from the palette's colours. Any seed gives another print."""
    rng = np.random.default_rng(seed)
    colors = [shades[k] for k in rng.permutation(len(shades))]
    canvas = Canvas("#efe9dc", aspect)
    if kind == "hills":
        canvas.rectangle(0, 0, 1, 1, "#e9dcc3")
        canvas.disc(rng.uniform(0.3, 0.7), 0.68, 0.12, colors[0])
        for k in range(4):
            wave = 0.5 - 0.12 * k + 0.06 * np.sin(2 * np.pi * (canvas.x * rng.uniform(0.6, 1.4) + rng.random()))
            canvas.fill(wave + 0 * canvas.y - canvas.y, colors[(k + 1) % len(colors)])
    elif kind == "shapes":
        for k in range(7):
            x, y, r = rng.uniform(0.15, 0.85), rng.uniform(0.15, 0.85), rng.uniform(0.07, 0.2)
            if k % 2:
                canvas.disc(x, y, r, colors[k % len(colors)], 0.9)
            else:
                canvas.rectangle(x - r, y - 0.6 * r, x + r, y + 0.6 * r, colors[k % len(colors)], 0.9)
    elif kind == "sun":
        for k in range(5):
            canvas.disc(0.5, 0.42, 0.38 - 0.07 * k, colors[k % len(colors)])
        canvas.rectangle(0, 0, 1, 0.42, colors[-1])
        for k in range(6):
            canvas.rectangle(0.2 + 0.03 * k, 0.36 - 0.05 * k, 0.8 - 0.03 * k, 0.372 - 0.05 * k, "#efe9dc")
    elif kind == "stripes":
        edges = np.sort(rng.uniform(0.08, 0.92, 8))
        for k in range(7):
            canvas.rectangle(0.1, edges[k], 0.9, edges[k + 1], colors[k % len(colors)])
    else:
        canvas.line([(0.5, 0.08), (0.49, 0.5), (0.52, 0.88)], 0.012, colors[0])
        for k in range(9):
            y, side = 0.16 + 0.075 * k, 1 if k % 2 else -1
            u, v = (canvas.x - 0.5) * canvas.aspect * side - 0.12, canvas.y - y - 0.05
            along, away = 0.86 * u + 0.5 * v, -0.5 * u + 0.86 * v
            canvas.fill(0.045 * (1 - (along / 0.14) ** 2) - np.abs(away), colors[k % 2])
    return canvas.finish(f"Print {kind} {seed}", roughness=0.7)


@lru_cache
def screen_picture(kind: str, accent: str, on: bool = True) -> Finish:
    """What a display shows: "windows" (a desk at work), "chart" (a slide), or black glass when off."""
    if not on:
        return Finish(Material("Screen off", (*hexadecimal("#08090b"), 1.0), roughness=0.12))
    rng = np.random.default_rng(7)
    canvas = Canvas("#1d2b3a", 16 / 9)
    if kind == "chart":
        canvas.rectangle(0, 0, 1, 1, "#f4f4f1")
        canvas.rectangle(0, 0.86, 1, 1, accent)
        _writing(canvas, rng, 0.05, 0.5, 0.91, 0.035, "#ffffff")
        for k, value in enumerate((0.25, 0.4, 0.33, 0.55, 0.48, 0.62)):
            canvas.rectangle(0.08 + 0.075 * k, 0.14, 0.135 + 0.075 * k, 0.14 + value, accent if k % 2 else "#8fa3b3")
        canvas.rectangle(0.06, 0.132, 0.55, 0.138, "#55606a")
        for k in range(6):
            canvas.disc(0.62, 0.71 - 0.1 * k, 0.011, accent)
            _writing(canvas, rng, 0.64, 0.94 - 0.05 * (k % 3), 0.7 - 0.1 * k, 0.022, "#55606a")
    else:
        cloud = spectrum_noise(rng, 2.0)[..., None]
        canvas.pixels = np.array(hexadecimal(accent), np.float32) * (0.55 + 0.4 * canvas.y[..., None] + 0.06 * cloud)
        canvas.rectangle(0.06, 0.16, 0.6, 0.9, "#f5f5f3")
        canvas.rectangle(0.06, 0.85, 0.6, 0.9, "#d5d8da")
        for k in range(14):
            _writing(canvas, rng, 0.1, rng.uniform(0.4, 0.56), 0.8 - 0.045 * k, 0.014, "#4a5157")
        canvas.rectangle(0.52, 0.1, 0.95, 0.72, "#22262c")
        for k in range(13):
            start = 0.55 + 0.025 * int(rng.integers(0, 4))
            _writing(
                canvas,
                rng,
                start,
                start + rng.uniform(0.08, 0.26),
                0.66 - 0.042 * k,
                0.012,
                ("#7fc7a8", "#d9b36a", "#8fb2e0")[k % 3],
            )
        canvas.rectangle(0.0, 0.0, 1.0, 0.045, "#14181d")
        for k in range(7):
            canvas.rectangle(0.3 + 0.06 * k, 0.01, 0.325 + 0.06 * k, 0.036, ("#e0b13c", "#5a8fd0", "#d9702b", "#e8e8e8")[k % 4])
    texture = shaded_texture(f"Screen {kind} {accent}", canvas.pixels)
    return Finish(Material(f"Screen {kind} {accent}", base_color_texture=texture, roughness=0.22))


@lru_cache
def whiteboard_writing(seed: int, written: bool = True) -> Finish:
    """An enamel board with notes, boxes with arrows and a graph in marker, or wiped with faint smears."""
    rng = np.random.default_rng(seed)
    canvas = Canvas("#f3f4f3", 1.5)
    canvas.pixels *= 1.0 - 0.012 * np.clip(spectrum_noise(rng, 1.6, 1.0, (1.0, 3.0)), 0, 2)[..., None]
    if written:
        blue, red, black = "#1f4fa0", "#c22f2f", "#26282b"
        _scribble(canvas, rng, 0.06, 0.42, 0.86, 0.035, black)
        canvas.line([(0.06, 0.835), (0.4, 0.838)], 0.006, red)
        for k in range(4):
            canvas.disc(0.075, 0.755 - 0.09 * k, 0.008, blue)
            _scribble(canvas, rng, 0.1, 0.3 + 0.09 * rng.random(), 0.745 - 0.09 * k, 0.022, blue)
        boxes = [(0.52, 0.72), (0.76, 0.8), (0.78, 0.58)]
        for x, y in boxes:
            canvas.line([(x, y), (x + 0.13, y + 0.004), (x + 0.128, y + 0.1), (x - 0.002, y + 0.098), (x, y)], 0.006, black)
            _scribble(canvas, rng, x + 0.02, x + 0.11, y + 0.04, 0.02, blue)
        for start, end in (((0.652, 0.78), (0.752, 0.84)), ((0.652, 0.75), (0.772, 0.64))):
            canvas.line([start, end], 0.006, red)
            canvas.disc(*end, 0.012, red)
        canvas.line([(0.5, 0.46), (0.5, 0.12), (0.93, 0.12)], 0.007, black)
        bends = [(0.5 + 0.05 * k, 0.16 + 0.018 * k + 0.05 * np.sin(0.9 * k) + 0.006 * k * k * 0.4) for k in range(9)]
        canvas.line(bends, 0.008, red)
        canvas.line([(x, y * 0.7 + 0.05) for x, y in bends], 0.007, blue)
    return canvas.finish(f"Whiteboard {'notes' if written else 'clean'} {seed}", roughness=0.12)


def _scribble(canvas: Canvas, rng: np.random.Generator, x0: float, x1: float, y: float, size: float, code: str) -> None:
    """Handwriting: words of up-and-down strokes."""
    x = x0
    while x < x1 - 0.02:
        strokes = int(rng.integers(4, 9))
        step = 0.45 * size / canvas.aspect
        heights = y + size * rng.uniform(0.0, 1.0, strokes) * np.where(np.arange(strokes) % 2, 1.0, 0.15)
        points = [(x + step * k, float(h)) for k, h in enumerate(heights) if x + step * k < x1]
        if len(points) > 1:
            canvas.line(points, 0.005, code)
        x += step * strokes + 0.5 * size / canvas.aspect


@lru_cache
def clock_dial(ground: str, ink: str) -> Finish:
    """Hour and minute marks."""
    canvas = Canvas(ground)
    for k in range(60):
        angle = np.pi * k / 30
        inner, width = (0.36, 0.016) if k % 5 == 0 else (0.42, 0.006)
        if k % 15 == 0:
            inner, width = 0.34, 0.022
        ends = [(0.5 + r * np.sin(angle), 0.5 + r * np.cos(angle)) for r in (inner, 0.45)]
        canvas.line(ends, width, ink)
    return canvas.finish(f"Dial {ground} {ink}", roughness=0.4)


@lru_cache
def printed_page(seed: int) -> Finish:
    """A typed page: heading, paragraphs, perhaps a figure."""
    rng = np.random.default_rng(seed)
    canvas = Canvas("#f6f4ee", 0.707)
    canvas.rectangle(0.12, 0.9, 0.12 + rng.uniform(0.3, 0.6), 0.925, "#2b2d30")
    y, figure = 0.86, float(rng.uniform(0.3, 0.7))
    while y > 0.08:
        if figure - 0.1 < y < figure + 0.04:
            canvas.rectangle(0.2, y - 0.12, 0.8, y, "#b9c6cf")
            y, figure = y - 0.15, -1.0
            continue
        _writing(canvas, rng, 0.12, 0.88 if rng.random() > 0.2 else 0.5, y, 0.008, "#5a5c60")
        y -= 0.02
    return canvas.finish(f"Printed page {seed}", roughness=0.85)


SPINES = (16, 2)  # columns and rows of the sheet of book spines


@lru_cache
def book_covers(shades: tuple[str, ...]) -> Finish:
    """One sheet of ``SPINES`` book spines in a palette's colours, so that a whole shelf is one material."""
    rng = np.random.default_rng(31)
    columns, rows = SPINES
    sheet = np.empty((SIZE, SIZE, 3), np.float32)
    wide, high = SIZE // columns, SIZE // rows
    for k in range(columns * rows):
        canvas = _spine(shades[k % len(shades)], int(rng.integers(4)), float(rng.uniform(0.75, 1.2)))
        spine = canvas.pixels.reshape(high, -1, canvas.size // wide, 3).mean(2)[:, :wide]
        row, column = divmod(k, columns)
        sheet[row * high : (row + 1) * high, column * wide : (column + 1) * wide] = spine
    sheet *= 1.0 + 0.04 * band_noise(rng, 170.0)[..., None]
    return Finish(Material("Book covers", base_color_texture=shaded_texture("Book covers", sheet), roughness=0.62))


def _spine(code: str, variant: int, tint: float) -> Canvas:
    """A spine with a title block and bands."""
    canvas = Canvas(code, 0.15, SIZE // SPINES[1])
    canvas.pixels *= tint
    pale = "#e9dfc3" if sum(hexadecimal(code)) < 1.2 else "#3a3128"
    if variant == 0:
        canvas.rectangle(-1.0, 0.62, 2.0, 0.84, pale, 0.9)
        canvas.rectangle(0.25, 0.68, 0.75, 0.78, code)
    elif variant == 1:
        canvas.rectangle(0.38, 0.3, 0.62, 0.8, pale, 0.85)
        canvas.rectangle(0.3, 0.08, 0.7, 0.13, pale, 0.7)
    elif variant == 2:
        for y in (0.08, 0.13, 0.86, 0.91):
            canvas.rectangle(-1.0, y, 2.0, y + 0.012, pale, 0.9)
        canvas.rectangle(0.34, 0.4, 0.66, 0.7, pale, 0.7)
    else:
        canvas.rectangle(-1.0, -1.0, 2.0, 0.16, pale, 0.8)
        canvas.rectangle(0.34, 0.45, 0.66, 0.9, pale, 0.6)
    return canvas


@lru_cache
def knitted_rug(shades: tuple[str, ...], seed: int) -> Finish:
    """A woven rug: a border and a field of lozenges."""
    rng = np.random.default_rng(seed)
    ground, one, two = shades[-2], shades[0], shades[1]
    canvas = Canvas(ground, 1.5)
    canvas.fill(np.minimum(np.minimum(canvas.x, 1 - canvas.x) * 1.5, np.minimum(canvas.y, 1 - canvas.y)) - 0.04, one, 0.9)
    canvas.fill(np.minimum(np.minimum(canvas.x, 1 - canvas.x) * 1.5, np.minimum(canvas.y, 1 - canvas.y)) - 0.07, ground)
    for k in range(6):
        for j in range(4):
            away = np.abs((canvas.x - (k + 0.5) / 6) * 1.5) + np.abs(canvas.y - (j + 0.5) / 4)
            canvas.fill(0.09 - away, two if (k + j) % 2 else one, 0.85)
            canvas.fill(0.045 - away, ground)
    canvas.pixels *= 1.0 + 0.1 * band_noise(rng, 170.0, 0.3)[..., None]
    return canvas.finish(f"Rug {seed}", roughness=0.97)
