"""How much a platform draws well: what a pack holds against what it may."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """Limits for all objects of a pack together. Guides from makers' documents and practice, not laws of the platforms."""

    triangles: int
    materials: int
    draw_calls: int
    texture_bytes: int  # on the graphics card: uncompressed with mip maps
    texture_side: int


MEGABYTE = 1 << 20
BUDGETS = {
    "mobile": Budget(100_000, 40, 200, 128 * MEGABYTE, 1024),
    "vr": Budget(750_000, 120, 400, 512 * MEGABYTE, 2048),
    "desktop": Budget(4_000_000, 500, 3_000, 2048 * MEGABYTE, 4096),
}
NAMES = {"triangles": "triangles", "materials": "materials", "draw_calls": "draw calls", "texture_bytes": "bytes of textures"}


def over(platform: str, used: dict[str, int]) -> list[str]:
    """One sentence for each limit of the platform that ``used`` (a Budget's names) exceeds. Raises KeyError."""
    budget = BUDGETS[platform]
    found = []
    for name, words in NAMES.items():
        most, here = getattr(budget, name), used.get(name, 0)
        if here > most:
            found.append(f"{here:,} {words} are more than the {most:,} that suit {platform}.")
    return found


def texture_bytes(width: int, height: int) -> int:
    """What an image takes on the card: four bytes a pixel, a third more for its mip maps."""
    return width * height * 4 * 4 // 3
