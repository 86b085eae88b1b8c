"""A building from its specification: four faces of bays, a ground floor, a roof; and the far-away versions of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ...geometry.quads import Quads, block, moulding, panel
from ...geometry.shape import Finish
from ...scene import Mesh
from ..materials.openings import window_panes
from ..materials.walls import railing, trim_row, trim_sheet
from . import roofs
from .openings import door_bay, glazing, window_bay
from .shopfront import lobby, shop_front
from .styles import STYLES, Style

SHOP, HOUSE, LOBBY = "shop", "house", "lobby"


@dataclass(frozen=True)
class BuildingSpec:
    """What decides a building's mesh; equal specifications share it.

    ``look`` picks among the façade styles of ``family``; ``left``, ``right`` and ``back`` (seen from its front): whether that
    side is free-standing; ``variant`` decides every chance in it; ``paint``: the wall's colour instead of the style's.
    """

    family: str
    look: int
    width: float
    depth: float
    storeys: int
    ground: str = HOUSE
    left: bool = False
    right: bool = False
    variant: int = 0
    lit: float = 0.0
    shop: int = 0
    paint: str = ""

    @property
    def style(self) -> Style:
        looks = STYLES[self.family]
        look = looks[self.look % len(looks)]
        return replace(look, wall=(look.wall[0], self.paint)) if self.paint else look

    @property
    def ground_height(self) -> float:
        style = self.style
        return style.ground if self.ground != HOUSE else min(style.ground, style.storey + 0.5)

    @property
    def eaves(self) -> float:
        """Height of the walls, metres."""
        return self.ground_height + (self.storeys - 1) * self.style.storey


def building_mesh(spec: BuildingSpec, name: str) -> Mesh:
    """The building around the origin, its front at y = -depth / 2 looking along -Y, standing on z = 0."""
    rng = np.random.default_rng([spec.variant, spec.look, spec.storeys])
    style, pane = spec.style, window_panes(spec.lit)
    whole = Quads()
    for side in range(4):
        length, away = (spec.width, spec.depth / 2) if side % 2 == 0 else (spec.depth, spec.width / 2)
        is_open = (True, spec.right, True, spec.left)[side]
        face = _face(spec, style, length, side, pane, rng) if is_open else _party_wall(spec, style, length)
        whole.join(face.moved(_face_matrix(side, length, away)))
    ends = (spec.left, spec.right)
    z = spec.eaves
    if style.roof == "flat":
        whole.join(roofs.flat_roof(style, spec.width, spec.depth, z, rng))
    elif style.roof == "mansard":
        whole.join(roofs.mansard_roof(style, spec.width, spec.depth, z, ends, rng))
    elif all(ends) and spec.variant % 3 == 0 and not style.timber:
        whole.join(roofs.hip_roof(style, spec.width, spec.depth, z, rng))
    else:
        whole.join(roofs.gable_roof(style, spec.width, spec.depth, z, ends, rng))
    return whole.mesh(name)


def _face_matrix(side: int, length: float, away: float) -> np.ndarray:
    """Places a face drawn with x from 0 to ``length`` on side 0 front, 1 right, 2 back, 3 left."""
    cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[side]
    matrix = np.eye(4)
    matrix[:2, :2] = [[cos, -sin], [sin, cos]]
    matrix[:3, 3] = matrix[:3, :3] @ np.array([-length / 2, -away, 0.0])
    return matrix


def _party_wall(spec: BuildingSpec, style: Style, length: float) -> Quads:
    return Quads().add(panel(0, length, 0, spec.eaves), style.wall_finish, "party wall")


def _face(spec: BuildingSpec, style: Style, length: float, side: int, pane: Finish, rng: np.random.Generator) -> Quads:
    """One free face: ground floor, storeys of bays, bands and eaves."""
    wall, front = style.wall_finish, side == 0
    bays = max(1, round(length / (style.bay if front else style.bay * 1.25)))
    width = length / bays
    face = _ground(spec, style, length, bays, side, pane, rng)
    storeys = spec.storeys - 1
    if storeys > 0:
        bay, hole = window_bay(style, width, style.storey, wall, plain=not front)
        i, j = (grid.ravel() for grid in np.meshgrid(np.arange(bays), np.arange(storeys), indexing="ij"))
        offsets = np.stack([i * width, np.zeros(len(i)), spec.ground_height + j * style.storey], axis=1)
        face.join(bay.repeated(offsets)).join(glazing(hole, style.reveal, offsets, pane, rng))
        if front and style.balconies > 0:
            chosen = rng.random(len(offsets)) < style.balconies
            if chosen.any():
                face.join(_balcony(style, width).repeated(offsets[chosen]))
    face.join(_bands(spec, style, length, front))
    if style.timber:
        face.join(_timbers(spec, style, length, bays))
    if front:
        x = 0.12
        pipe = block((x - 0.05, -0.12, 0.0), (x + 0.05, -0.02, spec.eaves), "back top bottom")
        face.add(pipe, style.frame_finish, "downpipe")
    return face


def _ground(spec: BuildingSpec, style: Style, length: float, bays: int, side: int, pane: Finish, rng: np.random.Generator) -> Quads:
    height, base = spec.ground_height, style.base_finish
    if side == 0 and spec.ground == SHOP:
        count = max(1, round(length / 7.5))
        made = Quads()
        for k in range(count):
            front = shop_front(style, length / count, height, spec.shop + 5 * k, spec.lit > 0.2, rng)
            made.join(front.repeated(np.array([[k * length / count, 0.0, 0.0]])))
        return made
    if side == 0 and spec.ground == LOBBY:
        return lobby(style, length, height, spec.lit > 0.2)
    width = length / bays
    bay, hole = window_bay(style if style.panes != "curtain" else STYLES["modern"][2], width, height, base, plain=side != 0)
    doors = [] if side in (1, 3) else [int(rng.integers(bays))]
    others = np.array([(k * width, 0.0, 0.0) for k in range(bays) if k not in doors]).reshape(-1, 3)
    made = Quads()
    if len(others):
        made.join(bay.repeated(others)).join(glazing(hole, style.reveal, others, pane, rng))
    for k in doors:
        made.join(door_bay(style, width, height, base, pane).repeated(np.array([[k * width, 0.0, 0.0]])))
    plinth: list = [panel(0, length, 0, 0.45, -0.03), [[(0, -0.03, 0.45), (length, -0.03, 0.45), (length, 0, 0.45), (0, 0, 0.45)]]]
    if not doors:
        made.add(np.concatenate(plinth), style.trim_finish, "plinth")
    return made


def _bands(spec: BuildingSpec, style: Style, length: float, front: bool) -> Quads:
    """The band over the ground floor, bands between storeys, corner stones, and the cornice at the eaves."""
    made, trim, z = Quads(), style.trim_finish, spec.eaves
    if style.strings and front and spec.storeys > 1:
        for k in range(1 if style.roof != "mansard" else spec.storeys - 1):
            at = spec.ground_height + k * style.storey
            made.add(moulding([(0, at - 0.1), (-0.06, at - 0.08), (-0.06, at + 0.08), (0, at + 0.12)], 0, length), trim, "band")
    if style.quoins and front:
        rows = np.arange(spec.ground_height, z - 0.4, 0.62)
        for x0, x1 in ((0.0, 0.42), (length - 0.42, length)):
            stones = [block((x0, -0.03, at), (x1, 0.0, at + 0.4), "back") for at in rows]
            if stones:
                made.add(np.concatenate(stones), trim, "quoin")
    c = style.cornice
    if c > 0:
        profile = [(0, z - c), (-0.35 * c, z - 0.8 * c), (-0.4 * c, z - 0.5 * c), (-0.85 * c, z - 0.3 * c), (-c, z - 0.16 * c),
                   (-c, z), (0, z + 0.06)]  # fmt: skip
        made.add(moulding(profile, 0.0, length), trim, "cornice")
        if front and c > 0.5:
            v0, v1 = trim_row("dentils")
            strip = np.array([[(0, v0), (length, v0), (length, v1), (0, v1)]])
            made.add(panel(0, length, z - 0.8 * c, z - 0.5 * c, -0.42 * c), trim_sheet(style.trim), "cornice", strip)
    return made


def _balcony(style: Style, bay: float) -> Quads:
    """A slab with a railing before a window bay."""
    w, out = min(bay - 0.2, 2.2), 0.85 if style.panes in ("ribbon", "casement") else 0.45
    x0, x1, z = (bay - w) / 2, (bay + w) / 2, style.window[2] - 0.3
    made = Quads().add(block((x0, -out, z - 0.14), (x1, 0.0, z), "back"), style.trim_finish, "balcony")
    iron, top = railing(), z + 1.0
    for a, b in (((x0, -out), (x1, -out)), ((x0, 0.0), (x0, -out)), ((x1, -out), (x1, 0.0))):
        length = float(np.hypot(b[0] - a[0], b[1] - a[1]))
        shown = np.array([[(0, 0), (length, 0), (length, 1), (0, 1)]])
        made.add([[(*a, z), (*b, z), (*b, top), (*a, top)]], iron, "railing", shown)
    return made


def _timbers(spec: BuildingSpec, style: Style, length: float, bays: int) -> Quads:
    """Dark posts, rails and braces over the render of a timber frame."""
    made, wood = Quads(), style.trim_finish
    width = length / bays
    for k in range(spec.storeys):
        low = 0.0 if k == 0 else spec.ground_height + (k - 1) * style.storey
        high = spec.ground_height + k * style.storey
        beams = [block((0, -0.05, high - 0.16), (length, 0, high), "back"), block((0, -0.05, low), (length, 0, low + 0.14), "back")]
        posts = np.linspace(0.08, length - 0.08, bays + 1)
        beams += [block((x - 0.08, -0.045, low), (x + 0.08, 0, high), "back top bottom") for x in posts]
        if k:
            for bay in (0, bays - 1):
                a, b = bay * width + 0.1, bay * width + min(0.7, width * 0.28)
                brace = [(a, -0.04, low + 0.2), (a + 0.16, -0.04, low + 0.2), (b + 0.16, -0.04, high - 0.2), (b, -0.04, high - 0.2)]
                made.add([brace], wood, "timber")
        made.add(np.concatenate(beams), wood, "timber")
    return made
