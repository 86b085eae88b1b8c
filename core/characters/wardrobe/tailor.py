"""The tailor: measures one body, cuts cloth from its helper surface and keeps every garment outside those before it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ...scene import Material, Mesh
from ..body import BodyShape
from ..cloth import Cloth, band, boundary_loops, keep_faces, nearest_vertices, push_out, relax, subdivide, to_mesh
from ..fabric import TILE, fabric
from ..figure import LEG_BONES, SIDES, Figure
from .creases import creases

SKIN_GAP = 0.0055  # metres the tights helper lies above the skin
HIDE_MARGIN = 0.03  # skin nearer than this to a hem stays, so that nobody looks into an empty sleeve
Profile = list[tuple[float, float]]


@dataclass(frozen=True)
class Wish:
    """Colour of a garment (linear RGB), its pattern and the pattern's second colour."""

    color: tuple[float, float, float]
    pattern: str = "plain"
    second: tuple[float, float, float] = (0.75, 0.74, 0.7)


class Tailor:
    """Makes one garment after the other, each outside those before it.

    Attributes:
        unit: the size of the body's torso over the reference adult's.
        tights: the whole helper surface as cloth; garments are cut from it.
        layers: points and outward normals of what is worn, the innermost first.
        fine: whether cloth is subdivided; plain cloth is for low budgets.
        meshes: the garments so far; ``hidden`` (V,) bool: the body vertices they cover.
    """

    def __init__(self, shape: BodyShape, rng: np.random.Generator, fine: bool = True) -> None:
        self.shape, self.rng, self.figure, self.fine = shape, rng, Figure(shape), fine
        pack = shape.pack
        self.unit = self.figure.unit
        normals = shape.normals()
        used, quads = np.unique(pack.faces[pack.face_mask("tights")], return_inverse=True)
        self.tights = Cloth(shape.vertices[used], quads.reshape(-1, 4).astype(np.int32), self.figure.weights[used])
        worn = pack.vertex_mask("body") & (pack.bone_weight("head", *_fingers(pack.bone_names)) < 0.5)
        self.skin, self.skin_normals = shape.vertices[worn], normals[worn]
        self.layers: list[tuple[np.ndarray, np.ndarray]] = []
        self.meshes: list[Mesh] = []
        self.body = pack.vertex_mask("body")
        self.hidden = np.zeros(pack.vertex_count, bool)
        self.outer = self.tights  # what is worn outermost on the trunk: straps lie on it

    def cloth(self, name: str, kind: str, wish: Wish) -> Material:
        """The material of a garment."""
        return fabric(name, kind, wish.color, self.rng, wish.pattern, wish.second)

    def rib(self, material: Material) -> Material:
        """Ribbed cloth of the same colour, for cuffs and bands."""
        return fabric(f"{material.name} rib", "rib", material.base_color[:3], self.rng)

    # ---- steps --------------------------------------------------------------------------------------------------------------

    def settle(self, cloth: Cloth, floor: np.ndarray, rumple: float) -> Cloth:
        """Membrane over ``floor``, subdivided, creased, and outside all that is worn below."""
        hung = replace(cloth, vertices=floor)
        hung = relax(hung, floor, hung.normals(), 14 if rumple else 4)
        if rumple and self.fine:
            hung = subdivide(hung)
        if rumple:
            hung = replace(hung, vertices=hung.vertices + rumple * creases(self.figure, hung, self.rng)[:, None] * hung.normals())
        return replace(hung, vertices=self.outside_all(hung.vertices), uvs=self.figure.unwrap(hung, TILE))

    def outside_all(self, vertices: np.ndarray) -> np.ndarray:
        """(n, 3) points moved off the skin and off every layer worn."""
        vertices = push_out(vertices, self.skin, self.skin_normals, 0.002)
        for points, normals in self.layers:
            vertices = push_out(vertices, points, normals, 0.007 if self.fine else 0.009)
        return vertices

    def cover(self, outside: np.ndarray) -> None:
        """Hides the skin well within a garment; ``outside`` (V,) metres beyond its hems."""
        self.hidden |= self.body & (outside < -HIDE_MARGIN * self.unit)

    def take_away(self, names: tuple[str, ...], low: float) -> None:
        """Takes the faces of the named garments away that lie above a height (m): what falls over them hides them."""
        for number, mesh in enumerate(self.meshes):
            height = mesh.vertices[mesh.corners, 2]
            covered = np.minimum.reduceat(height, mesh.face_starts) > low
            if mesh.name in names and covered.any() and not covered.all():
                self.meshes[number] = keep_faces(mesh, ~covered)

    def add(self, name: str, plain: Cloth, finished: Cloth, materials: list[Material]) -> None:
        """Keeps a garment, and its outside as what the next one may not enter. Bands face as the ``plain`` cloth beside them."""
        finished = self._trims_outside(finished, len(plain.vertices))
        nearest = nearest_vertices(finished.vertices, plain.vertices)
        if self.figure.arm_share(finished.weights).max() > 0.2:
            self.outer = finished
        self.layers = [*self.layers[-3:], (finished.vertices, plain.normals()[nearest])]
        self.meshes.append(to_mesh(name, finished, materials, TILE))

    def add_trim(self, name: str, cloth: Cloth, materials: list[Material]) -> None:
        """Keeps something worn over the clothes, which nothing goes over."""
        self.meshes.append(to_mesh(name, cloth, materials, TILE))

    def _trims_outside(self, cloth: Cloth, plain: int) -> Cloth:
        """Bands and collars, the vertices from ``plain`` on, are kept off the skin and off what is worn below.

        Where a garment below stands in the way, the fold moves as one, so that its lining stays inside it.
        """
        trims = cloth.vertices[plain:]
        for points, normals in self.layers:
            move = push_out(trims, points, normals, 0.0025) - trims
            moved = np.flatnonzero(np.abs(move).max(axis=1) > 0)
            if len(moved):
                near = moved[nearest_vertices(trims, trims[moved])]
                reach = np.linalg.norm(trims - trims[near], axis=1, keepdims=True)
                trims = trims + move[near] * np.clip(2 - reach / 0.01, 0, 1).astype(np.float32)
        trims = push_out(trims, self.skin, self.skin_normals, 0.0015)
        return replace(cloth, vertices=np.concatenate([cloth.vertices[:plain], trims]).astype(np.float32))

    # ---- rims ---------------------------------------------------------------------------------------------------------------

    def loops(self, cloth: Cloth) -> dict[str, np.ndarray]:
        """Boundary loops by where they lie: top (the highest in the middle), hem (the lowest there), left, right."""
        loops = [loop for loop in boundary_loops(cloth.quads) if len(loop) >= 8]
        centres = [cloth.vertices[loop].mean(axis=0) for loop in loops]
        named: dict[str, np.ndarray] = {}
        for loop, centre in zip(loops, centres, strict=True):
            if abs(centre[0]) > 0.05 * self.unit:
                named["left" if centre[0] > 0 else "right"] = loop
        middle = [k for k, centre in enumerate(centres) if abs(centre[0]) <= 0.05 * self.unit]
        middle.sort(key=lambda k: centres[k][2])
        if middle:
            named["top"], named["hem"] = loops[middle[-1]], loops[middle[0]]
        return named

    def hem(
        self, cloth: Cloth, loop: np.ndarray, deep: float = 0.018, thick: float = 0.0022, away: np.ndarray | None = None
    ) -> Cloth:
        """A folded edge: a ridge of double cloth, and the fold turned back inside."""
        u = max(self.unit, 0.6)
        profile = [(0.0, thick * 0.6), (0.3 * deep * u, thick), (deep * u, thick), (deep * u + 0.001, -thick * 0.2)]
        return band(cloth, loop, [*profile, (0.2 * deep * u, -thick * 0.8)] if self.fine else profile[2:], away=away)

    def edge(self, cloth: Cloth, loop: np.ndarray) -> Cloth:
        """The thinnest finish: a narrow turned edge."""
        return band(cloth, loop, [(0.002, 0.0008), (0.004, 0.0004), (0.004, -0.0004)])

    def ribbed(self, cloth: Cloth, loop: np.ndarray, deep: float, gather: float, away: np.ndarray | None = None) -> Cloth:
        """A ribbed band, material slot 1, that draws the cloth in by ``gather`` metres."""
        profile = [
            (0.0006, -0.35 * gather),
            (0.10 * deep, -gather),
            (0.2 * deep, 0.0015 - gather),
            (0.97 * deep, 0.0008 - gather),
            (deep, -0.001 - gather),
            (0.6 * deep, -0.0035 - gather),
        ]
        return band(cloth, loop, profile, 1, away)

    def slack(self, cloth: Cloth, loop: np.ndarray) -> float:
        """How many metres a sleeve's end must be drawn in to sit at the wrist."""
        rim = cloth.vertices[loop]
        nearest = nearest_vertices(rim, self.skin)
        height = ((rim - self.skin[nearest]) * self.skin_normals[nearest]).sum(axis=1)
        return float(np.clip(np.percentile(height, 35) - 0.008 * self.unit, 0.004, 0.03))

    def leg_share(self, weights: np.ndarray) -> np.ndarray:
        """(n,) how much legs move each row of weights."""
        left, right = (self.figure.share(weights, LEG_BONES, side) for side in SIDES)
        return left + right


def _fingers(names: list[str]) -> list[str]:
    return [name for name in names if name.split("_")[0] in ("thumb", "index", "middle", "ring", "pinky")]
