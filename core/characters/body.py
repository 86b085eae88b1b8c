"""The body: a linear shape space of the CC0 MakeHuman base mesh, evaluated with numpy.

A body is ``base + z · basis``; ``z`` comes from products of piecewise linear sliders, as MakeHuman's macro targets are
blended (macro.json of MPFB2). The basis is truncated to rank 96 when the pack is baked (``pack.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..errors import WorldwrightError
from ..scene import Mesh, Skin
from .brief import ADULT_AGE, CharacterBrief
from .local import targets

PACK_PATH = Path(__file__).with_name("body.npz")
PACK_VERSION = 1
# The order of the columns in which a macro target says which slider ends it is a product of.
VARIATIONS = (
    "african",
    "asian",
    "caucasian",
    "female",
    "male",
    "baby",
    "child",
    "young",
    "old",
    "minmuscle",
    "averagemuscle",
    "maxmuscle",
    "minweight",
    "averageweight",
    "maxweight",
    "minheight",
    "maxheight",
    "uncommonproportions",
    "idealproportions",
    "mincup",
    "maxcup",
)
# MakeHuman's ages: the targets "baby", "child", "young" and "old" are 1, 10, 25 and 90 years.
AGE_YEARS = (1.0, 10.0, 25.0, 90.0)
# Median standing height in metres: CDC growth charts (2 to 20 years), WHO below, NHANES means above.
HEIGHT_YEARS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 40, 60, 75, 90)
HEIGHT_FEMALE = (0.74, 0.86, 0.95, 1.01, 1.08, 1.15, 1.275, 1.38, 1.51, 1.60, 1.62, 1.63, 1.63, 1.615, 1.59, 1.56)
HEIGHT_MALE = (0.76, 0.87, 0.96, 1.02, 1.09, 1.155, 1.28, 1.385, 1.49, 1.64, 1.735, 1.765, 1.765, 1.75, 1.73, 1.69)
HEIGHT_SPREAD = 0.035  # standard deviation over mean, about the same at every age

# What is individual in a face: stem of the local change -> its two ends and how far people spread (standard deviation).
DETAILS = {
    **{f"head-{part}": ("decr", "incr", 0.22) for part in ("scale-horiz", "scale-depth", "scale-vert", "fat", "back-scale-depth")},
    "head-angle": ("in", "out", 0.2),
    "forehead-trans": ("backward", "forward", 0.3),
    **{f"forehead-{part}": ("decr", "incr", 0.3) for part in ("scale-vert", "nubian", "temple")},
    "eyebrows-angle": ("down", "up", 0.3),
    "eyebrows-trans": ("down", "up", 0.3),
    **{
        f"nose-{part}": ("decr", "incr", 0.32)
        for part in (
            "scale-horiz",
            "scale-vert",
            "scale-depth",
            "hump",
            "point-width",
            "width1",
            "width2",
            "width3",
            "nostrils-width",
            "volume",
            "flaring",
        )
    },
    "nose-curve": ("concave", "convex", 0.3),
    "nose-point": ("down", "up", 0.35),
    "nose-base": ("down", "up", 0.3),
    **{
        f"mouth-{part}": ("decr", "incr", 0.3)
        for part in ("scale-horiz", "scale-vert", "upperlip-volume", "lowerlip-volume", "cupidsbow", "philtrum-volume")
    },
    "mouth-angles": ("down", "up", 0.15),
    "mouth-trans": ("down", "up", 0.2),
    **{f"chin-{part}": ("decr", "incr", 0.3) for part in ("height", "width", "prominent", "bones", "cleft", "jaw-drop")},
    **{f"cheek-{part}": ("decr", "incr", 0.3) for part in ("bones", "inner", "volume")},
    **{f"eye-{part}": ("decr", "incr", 0.25) for part in ("height2", "scale", "bag")},
    **{f"eye-{part}": ("down", "up", 0.25) for part in ("corner1", "corner2", "trans", "eyefold")},
    **{f"ear-{part}": ("decr", "incr", 0.35) for part in ("scale", "wing", "lobe")},
    **{f"neck-{part}": ("decr", "incr", 0.2) for part in ("scale-horiz", "scale-depth")},
}
# Where weight shows: stem of the local change -> how much of it at the heaviest, and taken away at the lightest.
FAT = {
    "measure-waist-circ": (1.0, 0.5),
    "measure-hips-circ": (0.9, 0.3),
    "measure-underbust-circ": (0.8, 0.3),
    "stomach-tone": (1.0, 0.2),
    "measure-thigh-circ": (0.8, 0.4),
    "measure-calf-circ": (0.4, 0.3),
    "measure-upperarm-circ": (0.8, 0.5),
    "measure-neck-circ": (0.8, 0.3),
    "upperarm-fat": (1.0, 0.4),
    "lowerarm-fat": (0.8, 0.3),
    "upperleg-fat": (1.0, 0.3),
    "lowerleg-fat": (0.6, 0.3),
    "head-fat": (0.9, 0.3),
    "neck-double": (0.8, 0.0),
    "cheek-volume": (0.6, 0.4),
}


# What tells faces and bodies of grown women from those of men beyond the macro targets: stem -> (woman, man), signed amounts of
# the change in the direction of its second end.
DIMORPHISM = {
    "chin-width": (-0.30, 0.10),
    "chin-bones": (-0.35, 0.15),
    "chin-jaw-drop": (-0.25, 0.0),
    "chin-prominent": (-0.15, 0.10),
    "chin-height": (-0.15, 0.05),
    "nose-scale-horiz": (-0.22, 0.0),
    "nose-scale-vert": (-0.15, 0.0),
    "nose-point-width": (-0.20, 0.0),
    "nose-hump": (-0.20, 0.05),
    "nose-base": (0.12, 0.0),
    "forehead-nubian": (0.10, -0.05),
    "eyebrows-trans": (0.30, -0.12),
    "eye-scale": (0.22, 0.10),
    "eye-height2": (0.22, 0.20),
    "eye-corner2": (0.15, 0.0),
    "cheek-bones": (0.22, 0.0),
    "mouth-scale-horiz": (-0.18, 0.0),
    "mouth-upperlip-volume": (0.30, -0.05),
    "mouth-lowerlip-volume": (0.32, -0.05),
    "mouth-cupidsbow": (0.20, 0.0),
    "mouth-angles": (0.20, 0.10),
    "neck-scale-horiz": (-0.40, 0.10),
    "neck-scale-depth": (-0.25, 0.0),
    "measure-shoulder-dist": (-0.20, 0.05),
    "measure-waist-circ": (-0.25, 0.0),
    "measure-hips-circ": (0.20, 0.0),
}
ENDS = {
    "eyebrows-trans": ("down", "up"),
    "nose-base": ("down", "up"),
    "eye-corner2": ("down", "up"),
    "mouth-angles": ("down", "up"),
}


@dataclass
class BodyPack:
    """The baked data (``body.npz``), the same for every body. V vertices, F quads, B bones, T texture coordinates.

    Attributes:
        source: (V,) int32, each vertex's number in MakeHuman's base mesh ``hm08``.
        faces, face_uvs: (F, 4) int32 into the vertices and into ``uvs``.
        uvs: (T, 2) float32, origin bottom left.
        face_group: (F,) uint8 into ``group_names``: body, tights, skirt, hair, left_eye, right_eye, left_lashes, right_lashes,
            upper_teeth, lower_teeth, tongue. A vertex belongs to one group.
        bone_names, bone_parents: parents come first; Unreal mannequin names.
        bone_rest: (B, 3, 3) float32 rest frames (columns X, Y along the bone, Z) that every body shares.
        joints, weights: (V, 4) bone influences; weights sum to 1.
        base: (V + 2B, 3) float32; the last rows are bone heads, then tails.
        basis: (R, V + 2B, 3) float32.
        target_mask: (K, len(VARIATIONS)) bool.
        projection, offset: (K, R) and (R,); basis coefficients are target weights times the one less the other.
        details: sparse shapes by name (local changes of the face and body).
        units: sparse shapes by name, the 52 ARKit face units.
        head_length: metres, that of the head bone of the average adult, for whom the face units were made.
        masks: name -> (S, S) uint8 over UV space, first row on top: lips, ears, eyelids, fingernails, toenails, mouth, face,
            redness.
    """

    source: np.ndarray
    faces: np.ndarray
    face_uvs: np.ndarray
    uvs: np.ndarray
    face_group: np.ndarray
    group_names: list[str]
    bone_names: list[str]
    bone_parents: np.ndarray
    bone_rest: np.ndarray
    joints: np.ndarray
    weights: np.ndarray
    base: np.ndarray
    basis: np.ndarray
    target_mask: np.ndarray
    projection: np.ndarray
    offset: np.ndarray
    details: dict[str, SparseShape]
    units: dict[str, SparseShape]
    masks: dict[str, np.ndarray]
    head_length: float

    @property
    def vertex_count(self) -> int:
        """V, helpers included."""
        return len(self.source)

    def bone(self, name: str) -> int:
        """Number of the bone of that name."""
        return self.bone_names.index(name)

    def face_mask(self, *groups: str) -> np.ndarray:
        """(F,) bool: the faces of the named groups."""
        return np.isin(self.face_group, [self.group_names.index(group) for group in groups])

    def vertex_mask(self, *groups: str) -> np.ndarray:
        """(V,) bool: the vertices of the named groups."""
        mask = np.zeros(self.vertex_count, bool)
        mask[self.faces[self.face_mask(*groups)]] = True
        return mask

    def bone_weight(self, *names: str) -> np.ndarray:
        """(V,) float32: how much the named bones together move each vertex."""
        chosen = np.isin(self.joints, [self.bone(name) for name in names])
        return (self.weights * chosen).sum(axis=1)


@dataclass
class SparseShape:
    """Offsets of a few vertices: ``index`` (N,) int32, ``delta`` (N, 3) float32 metres."""

    index: np.ndarray
    delta: np.ndarray


@dataclass
class BodyShape:
    """One body in its A-pose: metres, Z up, facing -Y, lowest point at z = 0, origin between the feet.

    Attributes:
        vertices: (V, 3) float32 of all groups, helpers included, numbered as in ``pack``.
        heads, tails: (B, 3) float32 joints.
        rest: (B, 3, 3) float32 rest frames, columns X, Y along the bone, Z; the same for every body in its A-pose.
        height: metres, from the soles to the top of the head.
        unit_scale: by how much face units and details are scaled for this head.
    """

    pack: BodyPack
    vertices: np.ndarray
    heads: np.ndarray
    tails: np.ndarray
    rest: np.ndarray
    height: float
    unit_scale: float = 1.0
    warnings: list[str] = field(default_factory=list)

    def joint(self, bone: str) -> np.ndarray:
        """(3,) where the named bone begins."""
        return self.heads[self.pack.bone(bone)]

    def normals(self) -> np.ndarray:
        """(V, 3) float32 unit vertex normals, area-weighted over all groups."""
        return vertex_normals(self.vertices, self.pack.faces)

    def cut(self, name: str, face_mask: np.ndarray, vertices: np.ndarray | None = None, **fields) -> tuple[Mesh, np.ndarray]:
        """A smooth, skinned mesh of some faces.

        Args:
            face_mask: (F,) bool over ``pack.faces``.
            vertices: (V, 3) positions to use instead of the body's own (an offset cloth, say).
        Returns: the mesh and (n,) int32, the body vertex each of its vertices came from.
        """
        quads = self.pack.faces[face_mask]
        used, corners = np.unique(quads, return_inverse=True)
        source = self.vertices if vertices is None else vertices
        mesh = Mesh.from_faces(
            name,
            source[used],
            corners.reshape(quads.shape),
            uvs=self.pack.uvs[self.pack.face_uvs[face_mask]].reshape(-1, 2).astype(np.float32),
            smooth=np.ones(len(quads), bool),
            skin=Skin(self.pack.joints[used].astype(np.int32), self.pack.weights[used]),
            **fields,
        )
        return mesh, used.astype(np.int32)


def vertex_normals(vertices: np.ndarray, quads: np.ndarray) -> np.ndarray:
    """(V, 3) float32 unit normals of a quad mesh, area-weighted; vertices without faces point nowhere (0, 0, 0)."""
    a, b, c, d = (vertices[quads[:, k]] for k in range(4))
    face = np.cross(c - a, d - b)
    total = np.stack([np.bincount(quads.ravel(), np.repeat(face[:, axis], 4), len(vertices)) for axis in range(3)], axis=1)
    length = np.linalg.norm(total, axis=1, keepdims=True)
    return (total / np.maximum(length, 1e-12)).astype(np.float32)


def slider_weights(sliders: np.ndarray, origins: np.ndarray) -> np.ndarray:
    """How much of each slider end a body has, by the piecewise linear parts of MakeHuman's ``macro.json``.

    Args:
        sliders: (7, N) gender, age, muscle, weight, height, proportions, chest; age in years, the rest in 0..1.
        origins: (N, 3) shares of african, asian, caucasian.
    Returns: (N, len(VARIATIONS)) float64. Height, proportions and chest are nothing in the middle; below 18 years the
    chest always is.
    """
    gender, age, muscle, weight, height, proportions, chest = sliders

    def three(value: np.ndarray) -> list[np.ndarray]:
        low, high = np.clip(1 - 2 * value, 0, 1), np.clip(2 * value - 1, 0, 1)
        return [low, 1 - low - high, high]

    def ends(value: np.ndarray) -> list[np.ndarray]:
        return three(value)[::2]

    shares = origins / np.maximum(origins.sum(axis=1, keepdims=True), 1e-9)
    ages = [np.interp(age, AGE_YEARS, row) for row in np.eye(4)]
    locked_chest = np.where(age < ADULT_AGE, 0.5, chest)
    columns = [
        *shares.T,
        1 - gender,
        gender,
        *ages,
        *three(muscle),
        *three(weight),
        *ends(height),
        *ends(proportions),
        *ends(locked_chest),
    ]
    return np.stack(columns, axis=1)


def target_weights(weights: np.ndarray, target_mask: np.ndarray) -> np.ndarray:
    """(N, K) weight of every macro target: the product of the slider ends (N, 21) it is named after (K, 21)."""
    result = np.ones((len(weights), len(target_mask)))
    for column in range(target_mask.shape[1]):
        used = target_mask[:, column]
        result[:, used] *= weights[:, column : column + 1]
    return result


@lru_cache(maxsize=1)
def load_pack() -> BodyPack:
    """The baked body data, read once a process (about 0.2 s). Raises WorldwrightError when it is missing or of another version."""
    try:
        with np.load(PACK_PATH, allow_pickle=False) as archive:
            data = {key: archive[key] for key in archive.files}
        if int(data["version"]) != PACK_VERSION:
            raise ValueError
    except FileNotFoundError as error:
        raise WorldwrightError("The body data is missing from this installation.", "Run `python3 build.py setup`.") from error
    except (OSError, ValueError, KeyError) as error:
        cure = "Delete core/characters/body.npz and run `python3 build.py setup`."
        raise WorldwrightError("The body data is damaged or belongs to another version.", cure) from error
    basis = data["basis"].transpose(1, 2, 0).astype(np.float32) * data["basis_step"][:, None, None]
    weights = data["weights"].astype(np.float32)
    return BodyPack(
        **{name: data[name].astype(np.int32) for name in ("source", "faces", "face_uvs", "bone_parents", "joints")},
        **{name: data[name] for name in ("uvs", "face_group", "bone_rest", "base", "target_mask", "projection", "offset")},
        group_names=data["group_names"].tolist(),
        bone_names=data["bone_names"].tolist(),
        weights=weights / weights.sum(axis=1, keepdims=True),
        basis=basis,
        details=_sparse_shapes(data, "details"),
        units=_sparse_shapes(data, "units"),
        head_length=float(data["head_length"]),
        masks={key.removeprefix("mask_"): value for key, value in data.items() if key.startswith("mask_")},
    )


def _sparse_shapes(data: dict[str, np.ndarray], key: str) -> dict[str, SparseShape]:
    """The shapes of one kind: rows of vertices, heads and tails, in metres."""
    cuts = np.cumsum(data[f"{key}_sizes"])[:-1]
    index = np.split(data[f"{key}_index"].astype(np.int32), cuts)
    delta = np.split(data[f"{key}_delta"].astype(np.float32) * np.float32(1e-4), cuts)
    return {name: SparseShape(*pair) for name, *pair in zip(data[f"{key}_names"].tolist(), index, delta, strict=True)}


def natural_height(gender: float, age: float) -> float:
    """Median standing height in metres at an age in years; ``gender`` 0 is female, 1 is male."""
    female, male = (np.interp(age, HEIGHT_YEARS, row) for row in (HEIGHT_FEMALE, HEIGHT_MALE))
    return float((1 - gender) * female + gender * male)


def build(brief: CharacterBrief, rng: np.random.Generator) -> BodyShape:
    """The brief's body. ``rng`` draws the height where none is asked for, and what is individual in the face."""
    pack = load_pack()
    warnings: list[str] = []
    usual = natural_height(brief.gender, brief.age)
    drawn = usual * (1 + HEIGHT_SPREAD * float(np.clip(rng.standard_normal(), -1.5, 1.5)) * brief.variety)
    wanted = brief.height or drawn
    if abs(wanted / usual - 1) > 4 * HEIGHT_SPREAD:
        warnings.append(f"{wanted:.2f} m is unusual at {brief.age:.0f} years, where {usual:.2f} m is the middle.")
    coefficients = _coefficients(pack, brief, _height_slider(pack, brief, wanted))
    rows = pack.base + np.tensordot(coefficients.astype(np.float32), pack.basis, axes=1)
    drawn_up = _individual_details(pack, brief, rng), _fat_details(pack, brief), _dimorphic_details(pack, brief)
    for amounts in (*drawn_up, targets(pack, brief)):
        for name, amount in amounts.items():
            shape = pack.details[name]
            rows[shape.index] += shape.delta * np.float32(amount)
    return _placed(pack, rows, wanted, warnings)


def _coefficients(pack: BodyPack, brief: CharacterBrief, height: float) -> np.ndarray:
    """(R,) basis coefficients of the brief's sliders."""
    sliders = [brief.gender, brief.age, brief.muscle, brief.weight, height, brief.proportions, brief.chest]
    weights = slider_weights(np.array(sliders)[:, None], np.array([[brief.african, brief.asian, brief.caucasian]]))
    return (target_weights(weights, pack.target_mask) @ pack.projection - pack.offset)[0]


def _height_slider(pack: BodyPack, brief: CharacterBrief, wanted: float) -> float:
    """The height slider in 0..1 that makes the body ``wanted`` metres tall, or its nearest end.

    Stature is close to piecewise linear in the slider, with its kink in the middle; five bodies give the curve.
    """
    skin = pack.vertex_mask("body").nonzero()[0]
    upright = np.ascontiguousarray(pack.basis[:, skin, 2])
    knots = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    statures = [np.ptp(pack.base[skin, 2] + _coefficients(pack, brief, knot).astype(np.float32) @ upright) for knot in knots]
    return float(np.interp(wanted, statures, knots))


def _dimorphic_details(pack: BodyPack, brief: CharacterBrief) -> dict[str, float]:
    """Local changes that go with gender, growing in between 12 and 20 years."""
    grown = float(np.interp(brief.age, (12, 20), (0.0, 1.0)))
    amounts: dict[str, float] = {}
    for stem, (woman, man) in DIMORPHISM.items():
        amount = grown * (woman * (1 - brief.gender) + man * brief.gender)
        low, high = ENDS.get(stem, ("decr", "incr"))
        for side in ("l-", "r-") if f"l-{stem}-{high}" in pack.details else ("",):
            amounts[f"{side}{stem}-{high if amount > 0 else low}"] = abs(amount)
    return amounts


def _fat_details(pack: BodyPack, brief: CharacterBrief) -> dict[str, float]:
    """Local changes that carry the weight slider further than its macro targets do, which end at a stout build."""
    grown = float(np.interp(brief.age, (2, 18), (0.4, 1.0)))  # the changes are made for adults
    fat, thin = grown * np.clip((brief.weight - 0.55) / 0.45, 0, 1), grown * np.clip((0.4 - brief.weight) / 0.4, 0, 1)
    amounts: dict[str, float] = {}
    for stem, (most, least) in FAT.items():
        ends = ("incr", "decr") if stem != "stomach-tone" else ("decr", "incr")
        for side in ("l-", "r-") if f"l-{stem}-incr" in pack.details else ("",):
            if fat * most > 0:
                amounts[f"{side}{stem}-{ends[0]}"] = float(fat * most)
            if thin * least > 0:
                amounts[f"{side}{stem}-{ends[1]}"] = float(thin * least)
    return amounts


def _individual_details(pack: BodyPack, brief: CharacterBrief, rng: np.random.Generator) -> dict[str, float]:
    """Random local changes that make one face differ from another, left and right nearly alike."""
    chosen: dict[str, float] = {}
    grown = float(np.interp(brief.age, (1, 20), (0.15, 1.0)))  # children's faces differ less, and the changes are made for adults
    for stem, (low, high, spread) in DETAILS.items():
        amount = float(np.clip(rng.standard_normal(), -2, 2)) * spread * 1.2 * brief.variety * grown
        for side in ("l-", "r-") if f"l-{stem}-{high}" in pack.details else ("",):
            skewed = amount * (1 + 0.1 * float(rng.uniform(-1, 1)))
            chosen[f"{side}{stem}-{high if skewed > 0 else low}"] = abs(skewed)
    return chosen


def _placed(pack: BodyPack, rows: np.ndarray, wanted: float, warnings: list[str]) -> BodyShape:
    """Scaled to the wanted height, soles on the ground, origin between the feet, joints laid along the shared rest directions."""
    skin = pack.vertex_mask("body")
    count, bones = pack.vertex_count, len(pack.bone_names)
    top, bottom = rows[:count][skin, 2].max(), rows[:count][skin, 2].min()
    rows = rows * np.float32(wanted / (top - bottom))
    vertices, heads, tails = rows[:count], rows[count : count + bones], rows[count + bones :]
    feet = [pack.bone(name) for name in ("foot_l", "foot_r", "ball_l", "ball_r")]
    shift = np.array([0, -heads[feet, 1].mean(), -vertices[skin, 2].min()], np.float32)
    lengths = np.linalg.norm(tails - heads, axis=1)
    heads = heads + shift
    heads[0], lengths[0] = 0, 0.1 * wanted
    eyes = [pack.bone("eye_l"), pack.bone("eye_r")]
    lengths[eyes] = 0.02 * wanted
    tails = heads + pack.bone_rest[:, :, 1] * lengths[:, None]
    return BodyShape(
        pack,
        vertices + shift,
        heads,
        tails,
        pack.bone_rest,
        float(wanted),
        float(lengths[pack.bone("head")] / pack.head_length),
        warnings,
    )
