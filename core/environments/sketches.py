"""Reading painted sketches: what each pixel means, patches, and the width of strips."""

from __future__ import annotations

import numpy as np

from .materials.color import linear

_TO_XYZ = np.array([(0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505)]) / np.array(
    [[0.9505], [1.0], [1.089]]
)


def lab(pixels: np.ndarray) -> np.ndarray:
    """(..., 3) CIE L*a*b* (D65) of sRGB uint8."""
    table = linear(np.arange(256) / 255.0)
    xyz = table[pixels[..., :3]] @ _TO_XYZ.T
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def classes(pixels: np.ndarray, colors: dict[str, str]) -> np.ndarray:
    """(H, W) int: the nearest of ``colors`` ("#rrggbb") for every pixel, by distance in L*a*b* with lightness counting half."""
    palette = np.array([[int(code[k : k + 2], 16) for k in (1, 3, 5)] for code in colors.values()], np.uint8)
    weight = np.array([0.5, 1.0, 1.0])
    wanted = lab(palette) * weight
    step = max(1, int(max(pixels.shape[:2]) / 900))
    seen = lab(pixels[::step, ::step]) * weight
    return np.stack([((seen - color) ** 2).sum(axis=-1) for color in wanted]).argmin(axis=0)


def resized(kinds: np.ndarray, cells: int) -> np.ndarray:
    """The classes at about ``cells`` across; each cell takes the class most of its pixels have."""
    step = max(1, round(kinds.shape[1] / cells))
    if step == 1:
        return kinds
    rows, columns = kinds.shape[0] // step, kinds.shape[1] // step
    blocks = kinds[: rows * step, : columns * step].reshape(rows, step, columns, step)
    votes = np.stack([(blocks == k).sum(axis=(1, 3)) for k in range(int(kinds.max()) + 1)])
    return votes.argmax(axis=0)


def components(mask: np.ndarray, least: int) -> list[np.ndarray]:
    """The connected patches of a mask with at least ``least`` cells, each as (N, 2) rows and columns (4-neighbours)."""
    label = np.where(mask, np.arange(1, mask.size + 1).reshape(mask.shape), 0)
    while True:
        grown = label.copy()
        for axis, shift in ((0, 1), (0, -1), (1, 1), (1, -1)):
            moved = np.roll(label, shift, axis)
            edge = [slice(None), slice(None)]
            edge[axis] = slice(0, 1) if shift == 1 else slice(-1, None)
            moved[tuple(edge)] = 0
            grown = np.where(mask, np.maximum(grown, moved), 0)
        jumped = np.where(mask, np.concatenate([[0], grown.ravel()])[grown], 0)  # the label of the cell that gave the label
        grown = np.maximum(grown, jumped)
        if (grown == label).all():
            break
        label = grown
    rows, columns = np.nonzero(mask)
    values = label[rows, columns]
    order = np.argsort(values, kind="stable")
    if not len(order):
        return []
    starts = np.flatnonzero(np.r_[True, np.diff(values[order]) != 0])
    groups = np.split(order, starts[1:])
    return [np.stack([rows[group], columns[group]], axis=1) for group in groups if len(group) >= least]


def road_width(mask: np.ndarray) -> float:
    """The usual width of a mask's strips in cells: twice the median depth of the cells deepest in it, or 0."""
    if not mask.any():
        return 0.0
    depth, left = np.zeros(mask.shape), np.pad(mask, 1)
    while left.any():
        depth += left[1:-1, 1:-1]
        left = left & np.roll(left, 1, 0) & np.roll(left, -1, 0) & np.roll(left, 1, 1) & np.roll(left, -1, 1)
        left[[0, -1]] = left[:, [0, -1]] = False
    peak = np.pad(depth, 1)
    around = np.maximum.reduce([np.roll(np.roll(peak, i, 0), j, 1) for i in (-1, 0, 1) for j in (-1, 0, 1)])[1:-1, 1:-1]
    ridge = depth[(depth > 0) & (depth >= around)]
    return float(2 * np.median(ridge) - 1) if len(ridge) else 0.0
