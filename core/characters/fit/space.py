"""The shapes that can be fitted: a linear space over the body pack, of builds people have and of proportions artists draw.

A shape is ``mean + coefficients · basis`` with the pelvis at the origin and a stature of about 1, so that size is one number apart.
The first axes are principal components of bodies drawn from the character brief's ranges; the last, the *style* axes, make
heads, limbs and trunks longer or thicker than people's, which stylised game characters need.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..body import FAT, BodyPack, slider_weights, target_weights
from ..rig import FINGERS

STYLES = (
    "head size",
    "neck length",
    "arm length",
    "arm thickness",
    "hand size",
    "leg length",
    "leg thickness",
    "foot size",
    "trunk length",
    "trunk width",
    "trunk depth",
)
BUILD_AXES = 32
ARM, LEG = ("upperarm", "lowerarm", "hand"), ("thigh", "calf", "foot")
SLIDERS = ("gender", "age", "muscle", "weight", "height", "proportions", "chest", "african", "asian", "caucasian")


@dataclass
class ShapeSpace:
    """The space over one pack. R = V + 2 B rows: vertices, bone heads, bone tails.

    Attributes:
        mean: (R, 3) float32, pelvis at the origin, about 1 tall.
        basis: (K, R, 3) float32; the build axes have unit variance among people, a style axis is a share (0.5: half as much again).
    """

    pack: BodyPack
    mean: np.ndarray
    basis: np.ndarray

    @property
    def size(self) -> int:
        """K, the number of coefficients."""
        return len(self.basis)

    @property
    def builds(self) -> int:
        """How many of the coefficients are builds; the rest are styles."""
        return self.size - len(STYLES)

    @cached_property
    def skin(self) -> np.ndarray:
        """(n,) the vertices of the skin that can be seen from outside, mouth and eye sockets left out."""
        faces = self.pack.faces[self.seen_faces]
        return np.unique(faces)

    @cached_property
    def seen_faces(self) -> np.ndarray:
        """(n,) numbers of the skin's faces that lie outside: not in the mouth, and turned away from the limb they are on."""
        pack = self.pack
        faces = np.flatnonzero(pack.face_mask("body"))
        mask = pack.masks["mouth"]
        uv = pack.uvs[pack.face_uvs[faces]].mean(axis=1)
        size = len(mask)
        row = np.clip(((1 - uv[:, 1]) * size).astype(int), 0, size - 1)
        return faces[mask[row, np.clip((uv[:, 0] * size).astype(int), 0, size - 1)] < 128]

    def rows(self, coefficients: np.ndarray) -> np.ndarray:
        """(R, 3) float32 of one shape, coefficients (K,)."""
        return self.mean + np.tensordot(np.asarray(coefficients, np.float32), self.basis, axes=1)

    def project(self, rows: np.ndarray, weight: float = 0.02) -> np.ndarray:
        """(K,) the coefficients nearest to ``rows`` (R, 3), in any place, about 1 tall; a little drawn to the middle."""
        skin, pelvis = self.skin, self.pack.vertex_count + self.pack.bone("pelvis")
        axes = self.basis[:, skin].reshape(self.size, -1).astype(np.float64)
        offset = ((rows[skin] - rows[pelvis]) - self.mean[skin]).ravel().astype(np.float64)
        gram = axes @ axes.T + weight * weight * np.eye(self.size)
        return np.linalg.solve(gram, axes @ offset)


def build_space(pack: BodyPack, mix: np.ndarray, centre: np.ndarray) -> ShapeSpace:
    """The space that ``mix`` (BUILD_AXES, G) and ``centre`` (G,), which ``learn_builds`` gave, span over the pack's generators."""
    generators = _generators(pack)
    flat = generators.reshape(len(generators), -1)
    mean = (centre.astype(np.float32) @ flat).reshape(-1, 3)
    builds = (mix.astype(np.float32) @ flat).reshape(len(mix), -1, 3)
    return ShapeSpace(pack, mean, np.concatenate([builds, _styles(pack, mean)]).astype(np.float32))


def _generators(pack: BodyPack) -> np.ndarray:
    """(G, R, 3) what bodies are sums of: the base, the basis, more fat and less; each with its pelvis at the origin."""
    fat, thin = np.zeros((2, *pack.base.shape), np.float32)
    for stem, (most, least) in FAT.items():
        more, less = ("decr", "incr") if stem == "stomach-tone" else ("incr", "decr")
        for side in ("l-", "r-") if f"l-{stem}-incr" in pack.details else ("",):
            for field, end, amount in ((fat, more, most), (thin, less, least)):
                shape = pack.details[f"{side}{stem}-{end}"]
                field[shape.index] += np.float32(amount) * shape.delta
    generators = np.concatenate([pack.base[None], pack.basis, fat[None], thin[None]])
    return generators - generators[:, pack.vertex_count + pack.bone("pelvis"), None]


def draw_sliders(count: int, rng: np.random.Generator) -> np.ndarray:
    """(10, N) sliders of people of all ages and builds, in the order of ``SLIDERS``; a third are children and youths."""
    sliders = rng.random((10, count))
    sliders[0] = np.where(rng.random(count) < 0.8, np.round(sliders[0]), sliders[0])
    sliders[1] = np.where(rng.random(count) < 0.3, 3 + 15 * sliders[1], 18 + 62 * sliders[1])
    middle = rng.random(count) < 0.5  # half of the people are of ordinary build
    for row in (2, 3, 4, 5, 6):
        sliders[row] = np.where(middle, 0.5 + 0.35 * (sliders[row] - 0.5), sliders[row])
    sliders[7:] += 0.05
    return sliders


def generator_weights(pack: BodyPack, sliders: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How much of each generator makes each body, its stature divided out, (N, G); and the statures (N,) in metres."""
    macro = target_weights(slider_weights(sliders[:7], sliders[7:].T), pack.target_mask) @ pack.projection - pack.offset
    grown = np.interp(sliders[1], (2, 18), (0.4, 1.0))
    fat = grown * np.clip((sliders[3] - 0.55) / 0.45, 0, 1)
    thin = grown * np.clip((0.4 - sliders[3]) / 0.4, 0, 1)
    ends = np.flatnonzero(pack.vertex_mask("body"))
    height = pack.base[ends, 2]
    ends = ends[(height < np.quantile(height, 0.06)) | (height > height.max() - 0.03)]  # soles and crown
    upright = pack.base[ends, 2] + macro.astype(np.float32) @ pack.basis[:, ends, 2]
    stature = np.ptp(upright, axis=1).astype(np.float64)
    return np.concatenate([np.ones((len(macro), 1)), macro, fat[:, None], thin[:, None]], axis=1) / stature[:, None], stature


@dataclass
class People:
    """N people drawn at random: ``sliders`` (10, N), ``coefficients`` (N, builds) and ``statures`` (N,) metres."""

    sliders: np.ndarray
    coefficients: np.ndarray
    statures: np.ndarray


def draw_people(space: ShapeSpace, count: int, rng: np.random.Generator) -> People:
    """People of ``draw_sliders`` in the space's own axes."""
    sliders = draw_sliders(count, rng)
    weights, statures = generator_weights(space.pack, sliders)
    flat = _generators(space.pack)[:, space.skin].reshape(weights.shape[1], -1)
    axes = space.basis[: space.builds, space.skin].reshape(space.builds, -1)
    gram = axes @ axes.T + 1e-4 * np.eye(space.builds)
    solved = np.linalg.solve(gram, axes @ np.concatenate([flat, space.mean[space.skin].ravel()[None]]).T)
    return People(sliders, weights @ solved[:, :-1].T - solved[:, -1], statures)


def learn_builds(pack: BodyPack, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Principal components of ``count`` bodies over their skin: ``mix`` (BUILD_AXES, G) of unit variance, ``centre`` (G,)."""
    generators = _generators(pack)
    faces = pack.faces[pack.face_mask("body")]
    corners = pack.base[faces]
    area = np.linalg.norm(np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1]), axis=1)
    share = np.bincount(faces.ravel(), np.repeat(area, 4), pack.vertex_count) / area.sum() / 4
    flat = (generators[:, : pack.vertex_count] * np.sqrt(share)[:, None]).reshape(len(generators), -1).astype(np.float64)
    weights, _ = generator_weights(pack, draw_sliders(count, rng))
    centre = weights.mean(axis=0)
    values, vectors = np.linalg.eigh(flat @ flat.T)
    root = vectors * np.sqrt(np.maximum(values, 0))  # flat · flatᵀ = root · rootᵀ
    offsets = (weights - centre) @ root
    spread, axes = np.linalg.eigh(offsets.T @ offsets / count)
    spread, axes = spread[::-1][:BUILD_AXES], axes[:, ::-1][:, :BUILD_AXES]
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(BUILD_AXES)])
    back = np.linalg.pinv(root, rcond=1e-7)
    return (axes * np.sqrt(spread)).T @ back, centre


def _styles(pack: BodyPack, mean: np.ndarray) -> np.ndarray:
    """(len(STYLES), R, 3) displacement for a style of 1: each bone's skin moves with what the style does to its bone."""
    count, names = pack.vertex_count, pack.bone_names
    bones = len(names)
    dense = np.zeros((count + 2 * bones, bones), np.float32)
    for slot in range(4):
        dense[np.arange(count), pack.joints[:, slot]] += pack.weights[:, slot]
    dense[count : count + bones] = dense[count + bones :] = np.eye(bones)

    def share(*chosen: str) -> np.ndarray:
        return dense[:, [names.index(name) for name in chosen]].sum(axis=1)[:, None]

    def joint(name: str) -> np.ndarray:
        return mean[count + names.index(name)]

    hands = {s: [name for name in names if name.endswith(f"_{s}") and name.split("_")[0] in ("hand", *FINGERS)] for s in "lr"}
    ends = {"hand": hands, "foot": {s: [f"foot_{s}", f"ball_{s}"] for s in "lr"}}
    face = share("head", "eye_l", "eye_r")
    fields = {name: np.zeros_like(mean) for name in STYLES}
    up = np.array([0, 0, 1], np.float32)
    fields["head size"] = face * (mean - joint("head"))
    length = joint("head")[2] - joint("neck_01")[2]
    fields["neck length"] = (share("neck_01") * (mean - joint("neck_01"))[:, 2:] + face * length) * up
    for kind, (first, second, last) in (("arm", ARM), ("leg", LEG)):
        for side in "lr":
            a, b, c = (joint(f"{bone}_{side}") for bone in (first, second, last))
            u, v = (b - a) / np.linalg.norm(b - a), (c - b) / np.linalg.norm(c - b)
            upper, lower, end = share(f"{first}_{side}"), share(f"{second}_{side}"), share(*ends[last][side])
            along_a, along_b = (mean - a) @ u[:, None], (mean - b) @ v[:, None]
            fields[f"{kind} length"] += upper * along_a * u + lower * (b - a + along_b * v) + end * (c - a)
            fields[f"{kind} thickness"] += upper * (mean - a - along_a * u) + lower * (mean - b - along_b * v)
            fields[f"{last} size"] += end * (mean - c)
    trunk = share("pelvis", "spine_01", "spine_02", "spine_03", "clavicle_l", "clavicle_r")
    legs = {s: share(*(f"{bone}_{s}" for bone in (*LEG, "ball"))) for s in "lr"}
    arms = {s: share(f"upperarm_{s}", f"lowerarm_{s}", *hands[s]) for s in "lr"}
    above = face + share("neck_01") + arms["l"] + arms["r"]
    height = joint("neck_01")[2]
    fields["trunk length"] = (trunk * np.clip(mean[:, 2:], 0, height) + above * height) * up
    across = trunk * mean[:, :1]
    for side in "lr":
        across = across + legs[side] * joint(f"thigh_{side}")[0] + arms[side] * joint(f"upperarm_{side}")[0]
    fields["trunk width"] = across * np.array([1, 0, 0], np.float32)
    fields["trunk depth"] = trunk * (mean - joint("spine_02"))[:, 1:2] * np.array([0, 1, 0], np.float32)
    return np.stack([fields[name] for name in STYLES])
