"""The wardrobe: underwear always, then what the brief asks for, cut to the body at hand.

``dress(shape, brief, rng) -> (meshes, hidden)``: one skinned mesh a garment, named "Briefs", "T-shirt", "Trousers", ...; and
(V,) bool, the body vertices that lie well under cloth (a body face whose vertices are all hidden can be left out).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..scene import Material, Mesh
from .body import BodyShape
from .brief import CharacterBrief
from .cloth import (
    Cloth,
    add_rings,
    band,
    boundary_loops,
    cut,
    join,
    nearest_vertices,
    push_out,
    relax,
    subdivide,
    to_mesh,
)
from .fabric import TILE, fabric
from .figure import ARM_BONES, LEG_BONES, SIDES, Axis, Figure, hang
from .patterns import BRIEFS, LOWERS, UNDERSHIRT, UNDERWEAR_COLOR, UPPERS, LowerCut, UpperCut
from .shoes import shoe
from .trims import button, strip

SKIN_GAP = 0.0055  # metres the tights helper lies above the skin
HIDE_MARGIN = 0.03  # skin nearer than this to a hem stays, so that nobody looks into an empty sleeve


def dress(shape: BodyShape, brief: CharacterBrief, rng: np.random.Generator) -> tuple[list[Mesh], np.ndarray]:
    """Underwear, then the brief's garments and shoes.

    Args:
        shape: the body in its A-pose.
        rng: decides how cloth creases and fibres vary.
    Returns: the meshes, and (V,) bool, the body vertices hidden by cloth.
    """
    tailor = Tailor(shape, rng)
    tailor.lower(BRIEFS, UNDERWEAR_COLOR)
    if brief.gender < 0.5 or not brief.is_adult:
        tailor.upper(UNDERSHIRT, UNDERWEAR_COLOR)
    if brief.shoes != "none":
        tailor.shoes(brief.shoes, brief.shoes_color)
    if brief.lower == "skirt":
        tailor.skirt(brief.lower_color)
    elif brief.lower != "none":
        tailor.lower(LOWERS[brief.lower], brief.lower_color)
    if brief.upper != "none":
        tailor.upper(UPPERS[brief.upper], brief.upper_color)
    return tailor.meshes, tailor.hidden


class Tailor:
    """Makes one garment after the other, each outside those before it."""

    def __init__(self, shape: BodyShape, rng: np.random.Generator) -> None:
        self.shape, self.rng, self.figure = shape, rng, Figure(shape)
        pack = shape.pack
        self.unit = self.figure.unit
        normals = shape.normals()
        self.tights = self._helper("tights")
        worn = pack.vertex_mask("body") & (pack.bone_weight("head", *_fingers(pack.bone_names)) < 0.5)
        self.skin, self.skin_normals = shape.vertices[worn], normals[worn]
        self.layers: list[tuple[np.ndarray, np.ndarray]] = []
        self.meshes: list[Mesh] = []
        self.body = pack.vertex_mask("body")
        self.hidden = np.zeros(pack.vertex_count, bool)

    def _helper(self, group: str) -> Cloth:
        pack = self.shape.pack
        used, quads = np.unique(pack.faces[pack.face_mask(group)], return_inverse=True)
        return Cloth(self.shape.vertices[used], quads.reshape(-1, 4).astype(np.int32), self.figure.weights[used])

    # ---- where garments end -------------------------------------------------------------------------------------------------

    def upper_outside(self, cut_: UpperCut, points: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """(n,) signed metres beyond the nearest hem of an upper garment; negative is covered."""
        figure, unit = self.figure, self.unit
        hem = self.shape.joint("thigh_l")[2] - cut_.hem * unit
        neck = figure.neck_plane(points, cut_.neck_back * unit, cut_.neck_front * unit, cut_.climb)
        trunk = np.maximum(hem - points[:, 2], neck)
        along = figure.along_arm(points) - cut_.sleeve * figure.arms["l"].length
        on_arm = figure.arm_share(weights) > (0.5 if cut_.sleeve > 0 else 0.1)
        return np.where(on_arm, along, trunk)

    def lower_outside(self, cut_: LowerCut, points: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """(n,) signed metres beyond the waist or the leg hems; negative is covered."""
        figure = self.figure
        waist = points[:, 2] - (self.shape.joint("pelvis")[2] + cut_.waist * self.unit)
        result = waist
        for side in SIDES:
            axis = figure.legs[side]
            share = figure.share(weights, LEG_BONES, side)
            along = axis.measure(points)[0] - cut_.leg * axis.length
            if cut_.leg > 0.2:  # a straight hem is level; short legs are cut across the limb
                level = axis.joints[0, 2] - cut_.leg * (axis.joints[0, 2] - axis.joints[-1, 2])
                along = level - points[:, 2]
            result = np.where(share > 0.5, along, result)
        return np.where(figure.arm_share(weights) > 0.3, 1.0, result)

    # ---- garments -----------------------------------------------------------------------------------------------------------

    def upper(self, cut_: UpperCut, color: tuple[float, float, float]) -> None:
        """A garment for trunk and arms."""
        figure, unit = self.figure, self.unit
        cloth, _ = cut(self.tights, self.upper_outside(cut_, self.tights.vertices, self.tights.weights))
        ease = max(cut_.ease * (0.5 + 0.5 * unit), 0.0022) - SKIN_GAP
        floor = cloth.vertices + ease * cloth.normals()
        arm = figure.arm_share(cloth.weights)
        if cut_.slope < 1:
            floor = hang(floor, figure.torso, cut_.slope, 0.16 * unit, 1 - arm)
            for side in SIDES:
                floor = hang(floor, figure.arms[side], cut_.sleeve_slope, 0.05 * unit, figure.share(cloth.weights, ARM_BONES, side))
        cloth = self._settle(cloth, floor, cut_.rumple)
        self._cover(self.upper_outside(cut_, self.shape.vertices, figure.weights))
        finish = {
            "T-shirt": self._finish_t_shirt,
            "Shirt": self._finish_shirt,
            "Sweater": self._finish_sweater,
            "Jacket": self._finish_jacket,
        }.get(cut_.name, self._finish_plain)
        self._add(cut_.name, cloth, *finish(cloth, fabric(cut_.name, cut_.kind, color, self.rng)))

    def lower(self, cut_: LowerCut, color: tuple[float, float, float]) -> None:
        """Trousers, shorts or briefs."""
        figure, unit = self.figure, self.unit
        cloth, _ = cut(self.tights, self.lower_outside(cut_, self.tights.vertices, self.tights.weights))
        ease = max(cut_.ease * (0.5 + 0.5 * unit), 0.0022) - SKIN_GAP
        height = cloth.vertices[:, 2:] - self.shape.joint("pelvis")[2]
        snug = np.clip(1 - height / (0.05 * unit), 0, 1)  # the waist lies close
        floor = cloth.vertices + (0.0035 - SKIN_GAP + (ease + SKIN_GAP - 0.0035) * snug) * cloth.normals()
        if cut_.slope < 1:
            for side in SIDES:
                axis = figure.legs[side]
                least = 0.0 if cut_.leg < 0.6 else 0.062 * unit
                floor = hang(floor, axis, cut_.slope, 0.16 * unit, figure.share(cloth.weights, LEG_BONES, side), least)
        cloth = self._settle(cloth, floor, 1.0 if cut_.slope < 1 else 0.0)
        self._cover(self.lower_outside(cut_, self.shape.vertices, figure.weights))
        self._add(cut_.name, cloth, *self._finish_lower(cloth, fabric(cut_.name, cut_.kind, color, self.rng), cut_))

    def skirt(self, color: tuple[float, float, float]) -> None:
        """A skirt to the knees from the body's skirt helper; it swings with the thighs, its middle with both."""
        figure, unit = self.figure, self.unit
        waist = self.shape.joint("pelvis")[2] + 0.075 * unit
        hip, knee = self.shape.joint("thigh_l")[2], self.shape.joint("calf_l")[2]
        hem = knee + 0.02 * unit
        helper = self._helper("skirt")
        cloth, _ = cut(helper, np.maximum(helper.vertices[:, 2] - waist, hem - helper.vertices[:, 2]))
        cloth = replace(cloth, weights=self._skirt_weights(cloth.vertices, waist, hip))
        floor = cloth.vertices + 0.002 * cloth.normals()
        cloth = self._settle(cloth, floor, 0.6)
        points, arms = self.shape.vertices, figure.arm_share(figure.weights) > 0.3
        self._cover(np.where(arms, 1.0, np.maximum(points[:, 2] - waist, hem + 0.08 * unit - points[:, 2])))
        material = fabric("Skirt", "twill", color, self.rng)
        loops = self._loops(cloth)
        finished = self._hem(cloth, loops["hem"], deep=0.02)
        self._add("Skirt", cloth, band(finished, loops["top"], self._waistband()), [material])

    def _skirt_weights(self, points: np.ndarray, waist: float, hip: float) -> np.ndarray:
        """(n, B) pelvis at the waist, thighs from the hips down, shared across the middle."""
        names = self.shape.pack.bone_names
        down = np.clip((waist - 0.02 - points[:, 2]) / (waist - hip + 0.06 * self.unit), 0, 1)
        left = np.clip(0.5 + points[:, 0] / (0.16 * self.unit), 0, 1)
        weights = np.zeros((len(points), len(names)), np.float32)
        weights[:, names.index("pelvis")] = 1 - down
        weights[:, names.index("thigh_l")], weights[:, names.index("thigh_r")] = down * left, down * (1 - left)
        return weights

    def shoes(self, kind: str, color: tuple[float, float, float]) -> None:
        """A pair of shoes."""
        pair, collar, outside = shoe(self.shape, self.figure, kind, color, self.rng)
        self.meshes.append(pair)
        self.layers.append(outside)
        feet = sum(self.figure.share(self.figure.weights, LEG_BONES, side) for side in SIDES) > 0.5
        self.hidden |= self.body & feet & (self.shape.vertices[:, 2] < collar - 0.5 * HIDE_MARGIN * self.unit)

    # ---- steps --------------------------------------------------------------------------------------------------------------

    def _settle(self, cloth: Cloth, floor: np.ndarray, rumple: float) -> Cloth:
        """Membrane over ``floor``, subdivided, creased, and outside all that is worn below."""
        hung = replace(cloth, vertices=floor)
        hung = relax(hung, floor, hung.normals(), 14 if rumple else 4)
        fine = subdivide(hung) if rumple else hung
        if rumple:
            fine = replace(fine, vertices=fine.vertices + rumple * self._creases(fine)[:, None] * fine.normals())
        return replace(fine, vertices=self._outside_all(fine.vertices), uvs=self.figure.unwrap(fine, TILE))

    def _outside_all(self, vertices: np.ndarray) -> np.ndarray:
        vertices = push_out(vertices, self.skin, self.skin_normals, 0.002)
        for points, normals in self.layers:
            vertices = push_out(vertices, points, normals, 0.007)
        return vertices

    def _creases(self, cloth: Cloth) -> np.ndarray:
        """(n,) metres of soft folds: at elbows and wrists, knees and ankles, and across the waist."""
        figure, unit = self.figure, self.unit
        total = np.zeros(len(cloth.vertices), np.float32)
        places: list[tuple[Axis, tuple[str, ...], str, tuple[tuple[float, float, float, float], ...]]] = [
            (
                figure.arms[side],
                ARM_BONES,
                side,
                ((0.5, 0.28, 0.055, 0.0065), (0.88, 0.16, 0.042, 0.0055), (0.04, 0.2, 0.07, 0.005)),
            )
            for side in SIDES
        ]
        places += [
            (
                figure.legs[side],
                LEG_BONES,
                side,
                ((0.52, 0.16, 0.07, 0.006), (0.95, 0.12, 0.05, 0.0085), (0.08, 0.13, 0.065, 0.006)),
            )
            for side in SIDES
        ]
        for axis, bones, side, folds in places:
            share = figure.share(cloth.weights, bones, side)
            along, angle, _, _ = axis.measure(cloth.vertices)
            for centre, width, wave, size in folds:
                total += share * self._fold(along / axis.length, angle, centre, width, wave * unit / axis.length, size * unit)
        along, angle, _, _ = figure.torso.measure(cloth.vertices)
        trunk = 1 - np.clip(figure.arm_share(cloth.weights) * 1.5, 0, 1)
        trunk *= 1 - np.clip(sum(figure.share(cloth.weights, LEG_BONES, side) for side in SIDES) * 1.5, 0, 1)
        total += trunk * self._fold(along / unit, angle, 0.5, 0.2, 0.095, 0.008 * unit)
        return total

    def _fold(self, along: np.ndarray, angle: np.ndarray, centre: float, width: float, wave: float, size: float) -> np.ndarray:
        """Ridges around a limb that wander and break off; outwards only, so that folds never enter the body."""
        phase = self.rng.uniform(0, 2 * np.pi, 5)
        wander = (
            1.6 * np.sin(angle + phase[0]) + 0.9 * np.sin(2 * angle + phase[1]) + 0.5 * np.sin(3 * angle + along * 9 + phase[2])
        )
        ridge = np.clip(np.sin(2 * np.pi * along / wave + wander + phase[3]) * 0.5 + 0.5, 0, 1) ** 1.6
        broken = 0.55 + 0.45 * np.sin(2 * angle + phase[4] + 2 * np.pi * along / (wave * 3))
        return (size * ridge * broken * np.exp(-(((along - centre) / width) ** 2))).astype(np.float32)

    def _cover(self, outside: np.ndarray) -> None:
        self.hidden |= self.body & (outside < -HIDE_MARGIN * self.unit)

    def _add(self, name: str, plain: Cloth, finished: Cloth, materials: list[Material]) -> None:
        """Keeps a garment, and its outside as what the next one may not enter. Bands face as the ``plain`` cloth beside them."""
        finished = self._trims_outside(finished, len(plain.vertices))
        nearest = nearest_vertices(finished.vertices, plain.vertices)
        self.layers = [*self.layers[-2:], (finished.vertices, plain.normals()[nearest])]
        self.meshes.append(to_mesh(name, finished, materials, TILE))

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

    def _loops(self, cloth: Cloth) -> dict[str, np.ndarray]:
        """Boundary loops by where they lie: neck (the highest), hem (the lowest in the middle), left, right."""
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

    def _hem(
        self, cloth: Cloth, loop: np.ndarray, deep: float = 0.018, thick: float = 0.0022, away: np.ndarray | None = None
    ) -> Cloth:
        """A folded edge: a ridge of double cloth, and the fold turned back inside."""
        u = max(self.unit, 0.6)
        profile = [
            (0.0, thick * 0.6),
            (0.3 * deep * u, thick),
            (deep * u, thick),
            (deep * u + 0.001, -thick * 0.2),
            (0.2 * deep * u, -thick * 0.8),
        ]
        return band(cloth, loop, profile, away=away)

    # ---- finishing ----------------------------------------------------------------------------------------------------------

    def _finish_plain(self, cloth: Cloth, material: Material) -> tuple[Cloth, list[Material]]:
        for loop in self._loops(cloth).values():
            cloth = band(cloth, loop, [(0.002, 0.0008), (0.004, 0.0004), (0.004, -0.0004)])
        return cloth, [material]

    def _finish_t_shirt(self, cloth: Cloth, material: Material) -> tuple[Cloth, list[Material]]:
        loops, u = self._loops(cloth), self.unit
        for place in ("hem", "left", "right"):
            cloth = self._hem(cloth, loops[place])
        rib = [
            (0.0005, 0.0022),
            (0.004, 0.003),
            (0.012 * u, 0.003),
            (0.017 * u, 0.0018),
            (0.0175 * u, -0.0005),
            (0.009 * u, -0.0015),
        ]
        return band(cloth, loops["top"], rib), [material]

    def _finish_sweater(self, cloth: Cloth, material: Material) -> tuple[Cloth, list[Material]]:
        loops, u = self._loops(cloth), self.unit
        for place, deep, gather in (("hem", 0.055, 0.001), ("top", 0.022, 0.006)):
            cloth = self._ribbed(cloth, loops[place], deep * u, gather)
        for place in ("left", "right"):
            cloth = self._ribbed(cloth, loops[place], 0.055 * u, self._slack(cloth, loops[place]))
        return cloth, [material, self._rib(material)]

    def _finish_jacket(self, cloth: Cloth, material: Material) -> tuple[Cloth, list[Material]]:
        loops, u = self._loops(cloth), self.unit
        cloth = self._ribbed(cloth, loops["hem"], 0.06 * u, 0.001)
        for place in ("left", "right"):
            cloth = self._ribbed(cloth, loops[place], 0.06 * u, self._slack(cloth, loops[place]))
        cloth = self._ribbed(cloth, loops["top"], 0.046 * u, 0.003, self._neck_axis(len(loops["top"])))
        front = self._front_line(cloth)
        zip_ = Material("Zip", base_color=(0.35, 0.35, 0.36, 1.0), metallic=1.0, roughness=0.35)
        pieces = [cloth, strip(cloth, front, 0.016 * u, 0.0024, 0), strip(cloth, front, 0.0035 * u, 0.0044, 2)]
        hip = self.shape.joint("thigh_l")[2]
        for side in (1, -1):  # slanted welt pockets
            low, high = np.array([0.118 * side, 0, 0.055]) * u, np.array([0.085 * side, 0, 0.175]) * u
            line = np.linspace(low, high, 7) + [0, front[:, 1].min() - 0.02, hip]
            pieces.append(strip(cloth, line.astype(np.float32), 0.011 * u, 0.0022, 0))
        return join(pieces), [material, self._rib(material), zip_]

    def _finish_shirt(self, cloth: Cloth, material: Material) -> tuple[Cloth, list[Material]]:
        loops, u = self._loops(cloth), self.unit
        cloth = self._hem(cloth, loops["hem"], deep=0.01)
        for place in ("left", "right"):
            g = 0.8 * self._slack(cloth, loops[place])
            cuff = [(0.001, -0.6 * g), (0.005 * u, -g - 0.002), (0.008 * u, -g), (0.056 * u, -g - 0.001), (0.057 * u, -g - 0.003)]
            cloth = band(cloth, loops[place], [*cuff, (0.03 * u, -g - 0.004)])
        cloth = self._collar(cloth, loops["top"])
        front = self._front_line(cloth)
        buttons = [button(cloth, spot, 0.0058 * max(u, 0.75)) for spot in _spaced(front, 0.085 * u, 0.03 * u)]
        shell = Material("Buttons", base_color=(0.62, 0.60, 0.55, 1.0), roughness=0.3)
        return join([cloth, strip(cloth, front, 0.016 * u, 0.0028, 0), *buttons]), [material, shell]

    def _rib(self, material: Material) -> Material:
        return fabric(f"{material.name} rib", "rib", material.base_color[:3], self.rng)

    def _ribbed(self, cloth: Cloth, loop: np.ndarray, deep: float, gather: float, away: np.ndarray | None = None) -> Cloth:
        """A ribbed band that draws the cloth in by ``gather`` metres."""
        profile = [
            (0.0006, -0.35 * gather),
            (0.10 * deep, -gather),
            (0.2 * deep, 0.0015 - gather),
            (0.97 * deep, 0.0008 - gather),
            (deep, -0.001 - gather),
            (0.6 * deep, -0.0035 - gather),
        ]
        return band(cloth, loop, profile, 1, away)

    def _slack(self, cloth: Cloth, loop: np.ndarray) -> float:
        """How many metres a sleeve's end must be drawn in to sit at the wrist."""
        rim = cloth.vertices[loop]
        nearest = nearest_vertices(rim, self.skin)
        height = ((rim - self.skin[nearest]) * self.skin_normals[nearest]).sum(axis=1)
        return float(np.clip(np.percentile(height, 35) - 0.008 * self.unit, 0.004, 0.03))

    def _neck_axis(self, count: int) -> np.ndarray:
        """(count, 3) the direction of the neck, for collars that stand."""
        way = self.shape.joint("head") - self.shape.joint("neck_01")
        way = way / np.linalg.norm(way) + [0, 0, 0.6]
        return np.repeat((way / np.linalg.norm(way)).astype(np.float32)[None], count, axis=0)

    def _collar(self, cloth: Cloth, loop: np.ndarray) -> Cloth:
        """A shirt collar: a stand around the neck and a leaf folded over it, parted in front into two points."""
        u, base = self.unit, cloth.vertices[loop]
        middle = base.mean(axis=0)
        up = self._neck_axis(len(loop))
        out = base - middle
        out[:, 2] = 0
        out /= np.linalg.norm(out, axis=1, keepdims=True)
        angle = np.arctan2(out[:, 0], -out[:, 1])
        front = np.exp(-((angle / 0.55) ** 2))[:, None]  # how near the opening

        def ring(height: float, width: float, point: float = 0.0) -> np.ndarray:
            lower, wider = point * 0.020 * u * front, point * 0.004 * u * front
            spread = point * 0.012 * u * front * np.stack([np.sign(angle), 0 * angle, 0 * angle], axis=1)
            return base + (height * u - lower) * up + (width * u + wider) * out + spread

        cloth = add_rings(cloth, loop, [ring(0.004, 0.0035), ring(0.016, 0.002), ring(0.028, 0.0)], 0)
        top = np.arange(len(cloth.vertices) - len(loop), len(cloth.vertices))
        order = np.argsort(np.abs(angle))
        gap = np.zeros(len(loop), bool)
        following = np.roll(np.arange(len(loop)), -1)
        gap[(angle > -0.14) & (angle < 0.14) & (angle[following] > -0.14) & (angle[following] < 0.14)] = True
        gap[order[0]] = True
        leaf = [
            ring(0.0315, 0.0025),
            ring(0.031, 0.006),
            ring(0.020, 0.010, 0.4),
            ring(0.002, 0.0155, 0.9),
            ring(-0.006, 0.018, 1.1),
            ring(-0.0065, 0.0165, 1.1),
            ring(0.004, 0.0125, 0.8),
            ring(0.02, 0.007, 0.3),
        ]
        return add_rings(cloth, top, leaf, 0, gap)

    def _front_line(self, cloth: Cloth) -> np.ndarray:
        """(k, 3) points down the middle of the front, evenly spaced, from the neck to the hem."""
        front = (np.abs(cloth.vertices[:, 0]) < 0.006 * self.unit) & (cloth.vertices[:, 1] < self.figure.torso.joints[0, 1])
        points = cloth.vertices[front]
        heights = np.linspace(points[:, 2].max() - 0.004, points[:, 2].min() + 0.004, 40)
        near = np.abs(points[:, 2][None] - heights[:, None])
        depth = np.array([points[row < max(0.012, row.min() + 1e-4), 1].min() for row in near])
        return np.stack([0 * heights, depth, heights], axis=1).astype(np.float32)

    def _finish_lower(self, cloth: Cloth, material: Material, cut_: LowerCut) -> tuple[Cloth, list[Material]]:
        if cut_.slope > 1:
            return self._finish_plain(cloth, material)
        loops = self._loops(cloth)
        for place in ("left", "right"):  # long legs fall over the shoe
            down = np.repeat(np.array([[0, 0, -1]], np.float32), len(loops[place]), axis=0)
            cloth = self._hem(cloth, loops[place], *((0.046, 0.0022, down) if cut_.leg > 0.6 else (0.024,)))
        return band(cloth, loops["top"], self._waistband()), [material]

    def _waistband(self) -> list[tuple[float, float]]:
        u = self.unit
        return [(0.0005, 0.0018), (0.004, 0.0024), (0.034 * u, 0.0024), (0.035 * u, 0.0005), (0.03 * u, -0.0005)]


def _fingers(names: list[str]) -> list[str]:
    return [name for name in names if name.split("_")[0] in ("thumb", "index", "middle", "ring", "pinky")]


def _spaced(line: np.ndarray, gap: float, start: float) -> np.ndarray:
    """Points of a line (k, 3) every ``gap`` metres, from ``start`` on, a little before its end."""
    run = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    stations = np.arange(start, run[-1] - 0.5 * gap, gap)
    return np.stack([np.interp(stations, run, line[:, k]) for k in range(3)], axis=1).astype(np.float32)
