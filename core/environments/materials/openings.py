"""What one sees in windows and over shops: sheets of small pictures, one cell for each window, display and sign.

A pane is an opaque mirror with its room painted behind it: curtains, blinds, a lamp, goods on shelves. It costs one quad,
needs no real interior and reads the same in every engine.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ...geometry.shape import Finish
from ...scene import Material
from .color import hexadecimal
from .lettering import text_width, write
from .noise import spectrum_noise
from .pictures import SIZE, Canvas
from .textures import shaded_texture

WINDOW_CELLS = (4, 4)  # columns and rows
SHOP_CELLS = (2, 4)
SIGN_CELLS = (2, 8)
SIGN_ASPECT = 8.0
CAFES = ("CAFÉ LUNA", "THE GREEN BEAN", "PICCOLO BAR", "TEA ROOMS")
SHOPS = (
    "BAKERY", "BOOKS & MORE", "FLOWERS", "PHARMACY", "GREEN GROCER", "TAILOR", "SHOES", "OPTICIAN", "TOYS & GAMES", "BARBER",
    "HARDWARE", "WINE CELLAR",
)  # fmt: skip
SIGN_COLORS = ("#1f3b36", "#7a2626", "#1d2a44", "#d8cfba", "#22252a", "#b5882f", "#4c6b52", "#5b3a52")


def cell(number: int, cells: tuple[int, int], margin: float = 0.004) -> tuple[float, float, float, float]:
    """u0, u1, v0, v1 of a cell of a sheet, counted row by row from the top left."""
    columns, rows = cells
    row, column = divmod(number % (columns * rows), columns)
    return (
        column / columns + margin, (column + 1) / columns - margin, 1 - (row + 1) / rows + margin, 1 - row / rows - margin,
    )  # fmt: skip


def cell_uvs(number: int, cells: tuple[int, int]) -> np.ndarray:
    """(1, 4, 2) UVs of a cell for a quad counter-clockwise from its lower left corner."""
    u0, u1, v0, v1 = cell(number, cells)
    return np.array([[(u0, v0), (u1, v0), (u1, v1), (u0, v1)]])


def _sheet(cells: tuple[int, int], draw) -> np.ndarray:
    """(SIZE, SIZE, 3) linear colours: ``draw(number, canvas)`` paints each cell."""
    columns, rows = cells
    wide, high = SIZE // columns, SIZE // rows
    size = max(wide, high)
    sheet = np.empty((SIZE, SIZE, 3), np.float32)
    for number in range(columns * rows):
        canvas = Canvas("#15181b", 1.0, size)
        draw(number, canvas)
        row, column = divmod(number, columns)
        pixels = canvas.pixels.reshape(high, size // high, wide, size // wide, 3).mean(axis=(1, 3))
        sheet[row * high : (row + 1) * high, column * wide : (column + 1) * wide] = pixels
    return sheet


@lru_cache
def window_panes(lit: float = 0.0) -> Finish:
    """Rooms behind panes, sixteen of them; a share ``lit`` of the lamps is on."""
    rng = np.random.default_rng(4000)
    glow = np.zeros((WINDOW_CELLS[0] * WINDOW_CELLS[1], 1), bool)
    glow[: round(lit * len(glow))] = True
    glow = rng.permutation(glow)[:, 0]

    def draw(number: int, canvas: Canvas) -> None:
        on = bool(glow[number])
        wall = ("#5b4a35", "#4b4f45", "#574338", "#3f474d")[number % 4]
        canvas.rectangle(0, 0, 1, 1, wall)
        canvas.pixels *= (0.25 + 0.75 * canvas.y[..., None]) * (1.0 if on else 0.28)
        canvas.rectangle(0.0, 0.92, 1, 1, "#8a8578", 0.5)
        if number % 3 == 0:  # a shelf or picture on the back wall
            canvas.rectangle(0.3, 0.45, 0.55, 0.75, "#7d6a4d", 0.6 if on else 0.25)
        if on:
            canvas.disc(0.62, 0.7, 0.1, "#fff0c8")
            canvas.disc(0.62, 0.7, 0.28, "#ffd890", 0.25)
        cloth = ("#d9d2c2", "#b9b3a4", "#8d6f57", "#c9c6bf", "#6f7f86")[number % 5]
        bright = 1.0 if on else 0.62
        style = number % 4
        if style == 0:
            width = float(rng.uniform(0.16, 0.34))
            for left, right in ((0.0, width), (1 - width, 1.0)):
                canvas.rectangle(left, 0, right, 1, cloth, bright)
                for k in range(5):
                    x = left + (k + 0.5) * width / 5
                    canvas.rectangle(x - 0.012, 0, x + 0.012, 1, "#3a342c", 0.25)
        elif style == 1:
            low = float(rng.uniform(0.25, 0.75))
            canvas.rectangle(0, low, 1, 1, cloth, bright)
            canvas.rectangle(0, low, 1, low + 0.025, "#4a463f", 0.7)
        elif style == 2:
            low = float(rng.uniform(0.0, 0.5))
            for k in range(int((1 - low) / 0.045)):
                canvas.rectangle(0, 1 - 0.045 * k - 0.034, 1, 1 - 0.045 * k, cloth, bright)
        if rng.random() < 0.35:
            canvas.disc(float(rng.uniform(0.3, 0.7)), 0.07, 0.1, "#34492f", 0.9)

    field = _sheet(WINDOW_CELLS, draw)
    texture = shaded_texture(f"Window panes {lit:g}", field)
    pane = Material(f"Window panes {lit:g}", (0.1, 0.11, 0.12, 1.0), roughness=0.06, base_color_texture=texture)
    if lit > 0:
        pane.emission, pane.emission_strength = (1.0, 0.78, 0.45), 0.12 * lit
    return Finish(pane)


@lru_cache
def shop_panes(lit: bool = False) -> Finish:
    """Displays behind shop windows: shelves of goods, dresses, cakes, books, a café's counter. Cells 0 and 1 are cafés."""
    rng = np.random.default_rng(4100)
    goods = ("#c9553d", "#e0b04a", "#5f8f6b", "#4a7fa3", "#d9d2c2", "#8a5a7a", "#e6e2d6", "#3d4f5c")

    def draw(number: int, canvas: Canvas) -> None:
        canvas.aspect = 1.6
        canvas.rectangle(0, 0, 1, 1, ("#8a745a", "#6d6a5d", "#9a8f7c", "#75604c")[number % 4])
        canvas.pixels *= 0.35 + 0.5 * canvas.y[..., None]
        canvas.rectangle(0, 0.93, 1, 1, "#d9d4c6", 0.6)
        for k in range(4):
            canvas.disc(0.14 + 0.24 * k, 0.86, 0.035, "#fff4d6")
            canvas.disc(0.14 + 0.24 * k, 0.83, 0.16, "#ffdf9f", 0.18)
        if number < 2:
            canvas.rectangle(0.5, 0.0, 1.0, 0.36, "#4a3526")
            canvas.rectangle(0.48, 0.34, 1.0, 0.38, "#c9b08a")
            canvas.rectangle(0.56, 0.5, 0.95, 0.8, "#22262a")
            for k in range(4):
                canvas.rectangle(0.59, 0.74 - 0.06 * k, 0.8 + 0.03 * (k % 3), 0.752 - 0.06 * k, "#e8e4d8", 0.8)
            for k in range(3):
                canvas.disc(0.12 + 0.14 * k, 0.3, 0.05, "#6d4a32")
                canvas.rectangle(0.06 + 0.14 * k, 0.0, 0.16 + 0.14 * k, 0.2, "#5a3c28")
        else:
            for shelf in range(3):
                y = 0.12 + 0.24 * shelf
                canvas.rectangle(0.04, y - 0.025, 0.96, y, "#b59b75")
                x = 0.07
                while x < 0.92:
                    width, height = float(rng.uniform(0.03, 0.08)), float(rng.uniform(0.07, 0.19))
                    code = goods[int(rng.integers(len(goods)))]
                    if number % 2:
                        canvas.rectangle(x, y, x + width, y + height, code)
                    else:
                        canvas.disc(x + width / 2, y + 0.05, 0.05, code)
                    x += width + float(rng.uniform(0.01, 0.04))
        canvas.rectangle(0, 0, 1, 0.03, "#2c2622")

    field = _sheet(SHOP_CELLS, draw) * (1.25 if lit else 0.75)
    name = f"Shop panes{' lit' if lit else ''}"
    texture = shaded_texture(name, field)
    return Finish(Material(name, (0.3, 0.27, 0.22, 1.0), roughness=0.06, base_color_texture=texture))


@lru_cache
def shop_signs() -> Finish:
    """Sixteen name boards: first the cafés, then the shops."""
    names = CAFES + SHOPS
    columns, rows = SIGN_CELLS
    wide, high = SIZE * 2 // columns, SIZE * 2 // rows
    sheet = np.empty((SIZE * 2, SIZE * 2, 3), np.float32)
    for number, name in enumerate(names):
        ground = SIGN_COLORS[number % len(SIGN_COLORS)]
        pale = sum(hexadecimal(ground)) < 0.9
        ink = "#f0e6cc" if pale else "#2a2a28"
        canvas = Canvas(ground, SIGN_ASPECT * high / wide * wide / high, wide)
        canvas.aspect = SIGN_ASPECT
        size = min(0.5, 0.5 * 0.86 / max(text_width(name, 0.5, SIGN_ASPECT), 1e-6))
        for y in (0.08, 0.92):
            canvas.rectangle(0.012, y - 0.012, 0.988, y + 0.012, ink, 0.75)
        write(canvas, name, 0.5, 0.5, size, ink, (0.12, 0.17, 0.2)[number % 3])
        row, column = divmod(number, columns)
        cells = canvas.pixels.reshape(high, wide // high, wide, 3).mean(axis=1)
        sheet[row * high : (row + 1) * high, column * wide : (column + 1) * wide] = cells
    grain = np.tile(spectrum_noise(np.random.default_rng(4200), 1.2, 2.0), (2, 2))[..., None]
    texture = shaded_texture("Shop signs", sheet * (1.0 + 0.04 * grain))
    return Finish(Material("Shop signs", (0.3, 0.3, 0.28, 1.0), roughness=0.45, base_color_texture=texture))
