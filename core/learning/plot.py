"""Small charts as SVG, written by hand: a curve needs no plotting library, and the file opens in every browser."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence

Points = Sequence[tuple[float, float]]
COLORS = ("#3a7bd5", "#d2691e", "#2e8b57", "#8a2be2", "#b22222", "#666666")
WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, BOTTOM, LINE = 64, 24, 48, 15


def chart(title: str, across: str, up: str, lines: Mapping[str, Points], dots: Mapping[str, Points] | None = None) -> str:
    """An SVG of ``lines`` and ``dots`` by name; ``across`` and ``up`` title the axes. Values that are no numbers are left out."""
    series = [(name, _finite(points), True) for name, points in lines.items()]
    series += [(name, _finite(points), False) for name, points in (dots or {}).items()]
    every = [point for _, points, _ in series for point in points] or [(0.0, 0.0), (1.0, 1.0)]
    top = 24 + LINE * max(1, len(series))  # below the names
    x_ticks, y_ticks = (ticks(min(values), max(values)) for values in zip(*every, strict=True))

    def place(point: tuple[float, float]) -> tuple[float, float]:
        x = LEFT + (point[0] - x_ticks[0]) / (x_ticks[-1] - x_ticks[0]) * (WIDTH - LEFT - RIGHT)
        return x, HEIGHT - BOTTOM - (point[1] - y_ticks[0]) / (y_ticks[-1] - y_ticks[0]) * (HEIGHT - top - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/><text x="{LEFT}" y="20" font-size="15">{html.escape(title)}</text>',
    ]
    for tick in x_ticks:
        x, y = place((tick, y_ticks[0]))
        parts.append(f'<text x="{x:.1f}" y="{y + 16:.1f}" text-anchor="middle" fill="#555">{tick:g}</text>')
    for tick in y_ticks:
        x, y = place((x_ticks[0], tick))
        parts.append(f'<path d="M{x:.1f} {y:.1f}H{WIDTH - RIGHT}" stroke="#e4e4e4"/>')
        parts.append(f'<text x="{x - 6:.1f}" y="{y + 4:.1f}" text-anchor="end" fill="#555">{tick:g}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{html.escape(across)}</text>')
    parts.append(f'<text transform="translate(16 {HEIGHT / 2}) rotate(-90)" text-anchor="middle">{html.escape(up)}</text>')
    for number, (name, points, joined) in enumerate(series):
        color = COLORS[number % len(COLORS)]
        placed = [place(point) for point in points]
        if joined and len(placed) > 1:
            way = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
            parts.append(f'<polyline points="{way}" fill="none" stroke="{color}" stroke-width="2"/>')
        else:
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{color}" fill-opacity="0.7"/>' for x, y in placed]
        key = f'x="{WIDTH - RIGHT}" y="{20 + LINE * number}" text-anchor="end" fill="{color}"'
        parts.append(f"<text {key}>{html.escape(name)}</text>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """About ``count`` round numbers that enclose ``low`` .. ``high``."""
    span = high - low or max(abs(high), 1.0)
    raw = span / count
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= raw * 0.999)
    first = math.floor(low / step + 1e-9)
    last = max(math.ceil(high / step - 1e-9), first + 1)
    return [round(step * number, 10) for number in range(first, last + 1)]


def _finite(points: Points) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in points if x is not None and y is not None and math.isfinite(x) and math.isfinite(y)]
