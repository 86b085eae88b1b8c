"""Named combinations of finishes: what one furnisher would put together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ...geometry.shape import Finish
from .finishes import brushed_metal, ceramic, fabric, lacquer, leather, painted_metal, plastic, wood


@dataclass(frozen=True)
class Palette:
    """The finishes a prop chooses from.

    Attributes:
        wood: boards that show; ``trim``: legs, edges and a second wood; ``top``: work surfaces.
        board: painted cabinet fronts and carcasses; ``accent_board``: fronts in the strong colour.
        frame: powder-coated steel legs; ``metal``: bare metal (handles, columns).
        plastic: dark mouldings; ``shell``: light mouldings.
        fabric: the main upholstery; ``accent``: the strong one; ``leather``.
        pot, cup: ceramics.
        shades: the accent colour first, then colours that go with it ("#rrggbb"), for books, mugs and pictures.
    """

    wood: Finish
    trim: Finish
    top: Finish
    board: Finish
    accent_board: Finish
    frame: Finish
    metal: Finish
    plastic: Finish
    shell: Finish
    fabric: Finish
    accent: Finish
    leather: Finish
    pot: Finish
    cup: Finish
    shades: tuple[str, ...]


# wood, trim, top, board, frame, plastic, shell, fabric, accent, leather, pot, further shades
_CODES: dict[str, tuple] = {
    "nordic": ("birch", "birch", "birch", "#efede8", "#e6e4df", "#2b2d30", "#ecebe7", "#a9adab", "#4f7f86", "#9a6a45", "#e9e5dd",
               ("#d9b15c", "#c8694f", "#33505c", "#e6dfd2", "#7d9a83")),
    "walnut": ("walnut", "walnut", "walnut", "#e8e3da", "#2a2826", "#232323", "#d8d2c6", "#7b7468", "#7c3b2c", "#5a3a28", "#3a3b3c",
               ("#b98b4e", "#3f4f4a", "#ddd0b6", "#8c5a3c", "#23343d")),
    "industrial": ("pine", "ash grey", "ash grey", "#3d4246", "#25282b", "#1f2123", "#54595d", "#5d6266", "#b5652e", "#4b3527", "#6a6864",
                   ("#d39a45", "#2e4250", "#8f9498", "#6c2f24", "#c9c3b5")),
    "colourful": ("beech", "beech", "birch", "#f4f2ec", "#f0eee9", "#37393d", "#f2b63c", "#3f7fae", "#e4572e", "#b4563a", "#f0a93b",
                  ("#2f9c8f", "#f2c14e", "#6a4c93", "#3d6fb6", "#e87ea1")),
    "classic": ("cherry", "cherry", "cherry", "#8a5535", "#3b3733", "#262423", "#cdbf9f", "#8c8264", "#2f4a38", "#4a2a1e", "#b4694a",
                ("#6b1f24", "#23344f", "#b38a3f", "#e3d6b8", "#41533a")),
    "graphite": ("ebony", "ebony", "ebony", "#d7d8d8", "#1d1f21", "#191a1c", "#caccce", "#3b3f44", "#c9a227", "#2a2927", "#222426",
                 ("#8c9aa3", "#e4e2dc", "#55606a", "#a83a32", "#30465a")),
    "botanical": ("oak", "oak", "oak", "#e9ebe2", "#3a463f", "#262b28", "#e2e5d8", "#8e9a80", "#3d6b4a", "#8a5f3c", "#c27a54",
                  ("#b9c28b", "#d8a45c", "#27473b", "#ece3cf", "#7d8f5f")),
}  # fmt: skip

PALETTES = tuple(_CODES)
ACCENTS: dict[str, str] = {
    "palette": "",
    "blue": "#2f5f96",
    "teal": "#2c7a7b",
    "green": "#4a7c4e",
    "yellow": "#e0b13c",
    "orange": "#d9702b",
    "red": "#b0342f",
    "purple": "#6b4a8c",
    "grey": "#74797d",
    "black": "#26282a",
}


@lru_cache
def palette(name: str, accent: str = "palette") -> Palette:
    """The palette of a name in ``PALETTES`` with its own accent, or one of ``ACCENTS``. Equal arguments, same object."""
    wood_, trim, top, board, frame, dark, shell, cloth, strong, hide, pot, more = _CODES[name]
    strong = ACCENTS[accent] or strong
    return Palette(
        wood=wood(wood_), trim=wood(trim), top=wood(top), board=lacquer(board, 0.35), accent_board=lacquer(strong, 0.35), frame=painted_metal(frame),
        metal=brushed_metal(), plastic=plastic(dark), shell=plastic(shell), fabric=fabric(cloth), accent=fabric(strong),
        leather=leather(hide), pot=ceramic(pot), cup=ceramic(strong), shades=(strong, *more),
    )  # fmt: skip
