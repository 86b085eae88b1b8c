"""A row of books, upright, some leaning, some lying in a pile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...briefs import flag, number
from ...geometry.blocks import box
from ...geometry.shape import Part, Shape, join
from ..materials import paper
from ..materials.pictures import SPINES, book_covers
from .prop import SURFACE, Prop, PropBrief, build


@dataclass
class BooksRowBrief(PropBrief):
    """Books that fill a row; their spines look along -Y."""

    width: float = number(0.7, 0.03, 1.6, unit="m", help="Length of the row")
    depth: float = number(0.2, 0.12, 0.32, unit="m", help="Of the deepest book")
    height: float = number(0.26, 0.12, 0.36, unit="m", help="Of the highest book")
    fill: float = number(0.85, 0.1, 1.0, help="How much of the row is taken")
    pile: bool = flag(True, help="Some lie in a pile")


def books_row(brief: BooksRowBrief) -> Prop:
    """The books of a brief; its seed chooses every book."""
    rng = np.random.default_rng(brief.seed)
    covers: list[Shape] = []
    pages: list[Shape] = []
    x, end = -brief.width / 2, -brief.width / 2 + brief.width * brief.fill
    piled = brief.pile and brief.width > 0.45
    stop = end - (0.2 if piled else 0.0)
    tallest = True
    while (x < stop - 0.016 and len(covers) < 27) or not covers:  # a short, nearly empty row still has one book
        thick = min(float(rng.choice((0.018, 0.024, 0.03, 0.038, 0.05))) * float(rng.uniform(0.85, 1.1)), max(stop - x, 0.016))
        high = brief.height * (1.0 if tallest else float(rng.uniform(0.68, 0.99)))
        deep = brief.depth * (1.0 if tallest else float(rng.uniform(0.78, 0.98)))
        cover, block = _book(thick, deep, high, int(rng.integers(SPINES[0] * SPINES[1])))
        lean = 0.0
        if not tallest and len(covers) and rng.random() < 0.07 and x + thick + 0.3 * high < stop:
            lean = float(rng.uniform(0.08, 0.2))
        covers.append(_leaning(cover, lean, x, brief.depth, deep))
        pages.append(_leaning(block, lean, x, brief.depth, deep))
        x += thick * np.cos(lean) + high * np.sin(lean) + 0.0008
        tallest = False
    if piled:
        _pile(covers, pages, x + 0.012, end, brief, rng)
    parts = [
        Part("cover", join(covers), book_covers(brief.look.shades), aligned=True),
        Part("pages", join(pages), paper("#ece6d6")),
    ]
    return build("book", "Books", parts, mount=SURFACE)


def _book(thick: float, deep: float, high: float, cell: int) -> tuple[Shape, Shape]:
    """Covers and pages of a book at the origin, spine at y = 0 towards -Y; ``cell``: which spine of the sheet it wears."""
    board, inset = 0.0022, 0.003
    boxes = [
        box((0.0, 0.0, 0.0), (board, deep, high), 0.0),
        box((thick - board, 0.0, 0.0), (thick, deep, high), 0.0),
        box((board, 0.0, 0.0), (thick - board, board, high), 0.0),
    ]
    cover = join(boxes)
    columns, rows = SPINES
    row, column = divmod(cell, columns)
    across = cover.vertices[cover.corners] / (thick, deep, high)
    cover.uvs = np.stack([(column + 0.06 + 0.88 * across[:, 0]) / columns, 1.0 - (row + 0.98 - 0.96 * across[:, 2]) / rows], axis=1)
    block = box((board, board, inset), (thick - board, deep - inset, high - inset), 0.0)
    return cover, block


def _leaning(book: Shape, lean: float, x: float, depth: float, deep: float) -> Shape:
    """Tipped to the right by ``lean`` with its lower right edge on the shelf; spines lie flush at the front, a little uneven."""
    turned = book.turned("y", lean)
    low = turned.vertices.min(axis=0)
    return turned.moved(x - min(0.0, low[0]), -depth / 2 + 0.25 * (depth - deep), -low[2])


def _pile(covers: list[Shape], pages: list[Shape], x: float, end: float, brief: BooksRowBrief, rng: np.random.Generator) -> None:
    """Books lying on one another between ``x`` and ``end``, their spines to the front."""
    z = 0.0
    for _ in range(int(rng.integers(2, 5))):
        thick = float(rng.uniform(0.018, 0.036))
        long = min(brief.height, end - x) * float(rng.uniform(0.85, 1.0))
        deep = brief.depth * float(rng.uniform(0.75, 0.98))
        if z + thick > brief.height or long < 0.1:
            return
        cover, block = _book(thick, deep, long, int(rng.integers(SPINES[0] * SPINES[1])))
        for group, shape in ((covers, cover), (pages, block)):
            flat = shape.turned("y", np.pi / 2)
            low = flat.vertices.min(axis=0) if shape is cover else (0.0, 0.0, -thick)
            group.append(flat.moved(x - low[0], -brief.depth / 2 + 0.3 * (brief.depth - deep), z - low[2]))
        z += thick + 0.0005
