"""Plants and rocks by name, each at three distances; the same arguments give the same meshes."""

from __future__ import annotations

from functools import lru_cache

from ...errors import WorldwrightError
from ...scene import Mesh
from .billboard import billboard
from .cards import Growth
from .rocks import rock_mesh
from .trees import SPECIES, grow
from .undergrowth import KINDS, grow_small

ROCKS = {"rock": "#857d73", "sandstone": "#a8815a", "dark rock": "#5f5c59", "snowy rock": "#857d73"}
NAMES = (*SPECIES, *KINDS, *ROCKS)


@lru_cache(maxsize=96)
def _growth(name: str, variant: int) -> Growth:
    return grow(name, variant) if name in SPECIES else grow_small(name, variant)


@lru_cache(maxsize=192)
def plant_mesh(name: str, variant: int = 0, lod: int = 0) -> Mesh:
    """A plant of ``NAMES``: ``lod`` 0 near (some thousand triangles for a tree), 1 middling, 2 a picture on crossed cards.

    Raises WorldwrightError for an unknown name.
    """
    if name in ROCKS:
        mesh = rock_mesh(variant, ROCKS[name], (4, 3, 2)[min(lod, 2)])
        mesh.name = f"{name.capitalize()} {variant + 1}{f' LOD{lod}' if lod else ''}"
        return mesh
    if name not in NAMES:
        raise WorldwrightError(f"There is no plant “{name}”.", f"Known are: {', '.join(NAMES)}.")
    growth = _growth(name, variant)
    title = f"{name.capitalize()} {variant + 1}"
    if lod == 0:
        return growth.mesh(title)
    if lod == 1 and name in SPECIES:
        return growth.mesh(f"{title} LOD1", 3, 1.6, twigs=False)
    if name in ("grass", "tall grass", "meadow", "fern", "reeds", "hedge"):
        return growth.mesh(f"{title} LOD{lod}", 2 + lod, 1.2)
    return billboard(growth, f"{title} LOD2")
