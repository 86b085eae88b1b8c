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
        pot: ceramic.
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
    shades: tuple[str, ...]


# Woods by name, everything else by colour; "more": the shades after the accent.
_CODES: dict[str, dict[str, str]] = {
    "nordic": {
        "wood": "birch",
        "trim": "birch",
        "top": "birch",
        "board": "#efede8",
        "frame": "#e6e4df",
        "plastic": "#2b2d30",
        "shell": "#ecebe7",
        "fabric": "#a9adab",
        "accent": "#4f7f86",
        "leather": "#9a6a45",
        "pot": "#e9e5dd",
        "more": "#d9b15c #c8694f #33505c #e6dfd2 #7d9a83",
    },
    "walnut": {
        "wood": "walnut",
        "trim": "walnut",
        "top": "walnut",
        "board": "#e8e3da",
        "frame": "#2a2826",
        "plastic": "#232323",
        "shell": "#d8d2c6",
        "fabric": "#7b7468",
        "accent": "#7c3b2c",
        "leather": "#5a3a28",
        "pot": "#3a3b3c",
        "more": "#b98b4e #3f4f4a #ddd0b6 #8c5a3c #23343d",
    },
    "industrial": {
        "wood": "pine",
        "trim": "ash grey",
        "top": "ash grey",
        "board": "#3d4246",
        "frame": "#25282b",
        "plastic": "#1f2123",
        "shell": "#54595d",
        "fabric": "#5d6266",
        "accent": "#b5652e",
        "leather": "#4b3527",
        "pot": "#6a6864",
        "more": "#d39a45 #2e4250 #8f9498 #6c2f24 #c9c3b5",
    },
    "colourful": {
        "wood": "beech",
        "trim": "beech",
        "top": "birch",
        "board": "#f4f2ec",
        "frame": "#f0eee9",
        "plastic": "#37393d",
        "shell": "#f2b63c",
        "fabric": "#3f7fae",
        "accent": "#e4572e",
        "leather": "#b4563a",
        "pot": "#f0a93b",
        "more": "#2f9c8f #f2c14e #6a4c93 #3d6fb6 #e87ea1",
    },
    "classic": {
        "wood": "cherry",
        "trim": "cherry",
        "top": "cherry",
        "board": "#8a5535",
        "frame": "#3b3733",
        "plastic": "#262423",
        "shell": "#cdbf9f",
        "fabric": "#8c8264",
        "accent": "#2f4a38",
        "leather": "#4a2a1e",
        "pot": "#b4694a",
        "more": "#6b1f24 #23344f #b38a3f #e3d6b8 #41533a",
    },
    "graphite": {
        "wood": "ebony",
        "trim": "ebony",
        "top": "ebony",
        "board": "#d7d8d8",
        "frame": "#1d1f21",
        "plastic": "#191a1c",
        "shell": "#caccce",
        "fabric": "#3b3f44",
        "accent": "#c9a227",
        "leather": "#2a2927",
        "pot": "#222426",
        "more": "#8c9aa3 #e4e2dc #55606a #a83a32 #30465a",
    },
    "botanical": {
        "wood": "oak",
        "trim": "oak",
        "top": "oak",
        "board": "#e9ebe2",
        "frame": "#3a463f",
        "plastic": "#262b28",
        "shell": "#e2e5d8",
        "fabric": "#8e9a80",
        "accent": "#3d6b4a",
        "leather": "#8a5f3c",
        "pot": "#c27a54",
        "more": "#b9c28b #d8a45c #27473b #ece3cf #7d8f5f",
    },
}
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
    code = _CODES[name]
    strong = ACCENTS[accent] or code["accent"]
    return Palette(
        wood=wood(code["wood"]),
        trim=wood(code["trim"]),
        top=wood(code["top"]),
        board=lacquer(code["board"], 0.35),
        accent_board=lacquer(strong, 0.35),
        frame=painted_metal(code["frame"]),
        metal=brushed_metal(),
        plastic=plastic(code["plastic"]),
        shell=plastic(code["shell"]),
        fabric=fabric(code["fabric"]),
        accent=fabric(strong, True),
        leather=leather(code["leather"]),
        pot=ceramic(code["pot"]),
        shades=(strong, *code["more"].split()),
    )
