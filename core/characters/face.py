"""The face: 52 ARKit units as shape keys, and expressions made of them.

Units are Mika Suominen's CC0 "Face Units" targets for MakeHuman; their names are Apple's ARBlendShapeLocation names exactly.
"""

from __future__ import annotations

import numpy as np

from ..scene import Mesh
from .body import BodyShape

STILL = 2e-5  # metres: a unit that moves no vertex of a mesh further is no shape key of it


def _both(name: str, amount: float) -> dict[str, float]:
    return {f"{name}Left": amount, f"{name}Right": amount}


# Expression -> units, after Ekman and Friesen's action units (FACS) for the six basic emotions.
EXPRESSIONS: dict[str, dict[str, float]] = {
    "neutral": {},
    "smile": {**_both("mouthSmile", 0.55), **_both("cheekSquint", 0.35), **_both("eyeSquint", 0.2)},
    "laugh": {
        **_both("mouthSmile", 0.85),
        **_both("cheekSquint", 0.6),
        **_both("eyeSquint", 0.45),
        "jawOpen": 0.16,
        **_both("mouthUpperUp", 0.5),
    },
    "sad": {"browInnerUp": 0.7, **_both("mouthFrown", 0.5), **_both("eyeSquint", 0.15), "mouthShrugLower": 0.25},
    "angry": {
        **_both("browDown", 0.8),
        **_both("eyeSquint", 0.35),
        **_both("noseSneer", 0.4),
        **_both("mouthPress", 0.4),
        **_both("mouthFrown", 0.25),
    },
    "surprised": {"browInnerUp": 0.7, **_both("browOuterUp", 0.7), **_both("eyeWide", 0.6), "jawOpen": 0.35},
    "afraid": {"browInnerUp": 0.8, **_both("eyeWide", 0.7), **_both("mouthStretch", 0.5), "jawOpen": 0.15},
    "disgusted": {**_both("noseSneer", 0.8), **_both("browDown", 0.45), **_both("mouthUpperUp", 0.35), **_both("mouthFrown", 0.3)},
    "thoughtful": {
        "browDownLeft": 0.25,
        "browOuterUpRight": 0.35,
        "mouthPucker": 0.2,
        "mouthLeft": 0.3,
        **_both("eyeLookUp", 0.25),
    },
    "wink": {"eyeBlinkLeft": 1.0, "cheekSquintLeft": 0.4, **_both("mouthSmile", 0.4)},
}

# The fifteen visemes of Oculus (and, under other names, VRM's five), made of the units.
VISEMES: dict[str, dict[str, float]] = {
    "viseme_sil": {},
    "viseme_PP": {"mouthClose": 0.02, **_both("mouthPress", 0.6), "mouthRollLower": 0.3, "mouthRollUpper": 0.3},
    "viseme_FF": {"jawOpen": 0.05, "mouthRollLower": 0.55, **_both("mouthUpperUp", 0.35)},
    "viseme_TH": {"jawOpen": 0.12, "tongueOut": 0.35, **_both("mouthUpperUp", 0.2), **_both("mouthLowerDown", 0.2)},
    "viseme_DD": {"jawOpen": 0.1, **_both("mouthUpperUp", 0.25), **_both("mouthLowerDown", 0.35), **_both("mouthStretch", 0.15)},
    "viseme_kk": {"jawOpen": 0.16, **_both("mouthStretch", 0.25), **_both("mouthLowerDown", 0.25)},
    "viseme_CH": {"jawOpen": 0.06, "mouthFunnel": 0.55, **_both("mouthUpperUp", 0.25), **_both("mouthLowerDown", 0.25)},
    "viseme_SS": {"jawOpen": 0.03, **_both("mouthStretch", 0.45), **_both("mouthLowerDown", 0.4), **_both("mouthUpperUp", 0.2)},
    "viseme_nn": {"jawOpen": 0.08, **_both("mouthStretch", 0.2), **_both("mouthLowerDown", 0.2)},
    "viseme_RR": {"jawOpen": 0.08, "mouthFunnel": 0.35, "mouthPucker": 0.2},
    "viseme_aa": {"jawOpen": 0.42, **_both("mouthLowerDown", 0.3), **_both("mouthUpperUp", 0.15)},
    "viseme_E": {"jawOpen": 0.2, **_both("mouthStretch", 0.45), **_both("mouthSmile", 0.2), **_both("mouthLowerDown", 0.3)},
    "viseme_I": {"jawOpen": 0.1, **_both("mouthSmile", 0.45), **_both("mouthStretch", 0.4), **_both("mouthLowerDown", 0.2)},
    "viseme_O": {"jawOpen": 0.26, "mouthFunnel": 0.6},
    "viseme_U": {"jawOpen": 0.1, "mouthPucker": 0.75, "mouthFunnel": 0.2},
}
VRM_VISEMES = {"aa": "viseme_aa", "ih": "viseme_I", "ou": "viseme_U", "ee": "viseme_E", "oh": "viseme_O"}
TONGUE_ROOM = 0.15  # of jawOpen: a tongue that is put out parts the lips


def add_visemes(mesh: Mesh) -> None:
    """Gives a mesh with face units a shape key for every viseme that moves it."""
    for name, amounts in VISEMES.items():
        known = {unit: np.float32(amount) for unit, amount in amounts.items() if unit in mesh.shape_keys}
        moved = [amount * (mesh.shape_keys[unit] - mesh.vertices) for unit, amount in known.items()]
        if moved or (not amounts and "jawOpen" in mesh.shape_keys):  # silence is a key of its own, though it moves nothing
            mesh.shape_keys[name] = mesh.vertices + np.sum(moved, axis=0, initial=np.float32(0))


def add_units(shape: BodyShape, mesh: Mesh, source: np.ndarray, expression: str) -> None:
    """Gives ``mesh`` a shape key for every unit that moves it, with the values of ``expression``.

    Args:
        source: (n,) int32, for each vertex of the mesh the body vertex it moves with.
    """
    for name, offsets in _unit_offsets(shape, source):
        mesh.shape_keys[name] = mesh.vertices + offsets
    mesh.shape_key_values = {name: value for name, value in EXPRESSIONS[expression].items() if name in mesh.shape_keys}


def express(shape: BodyShape, mesh: Mesh, source: np.ndarray, expression: str) -> None:
    """Moves the vertices of ``mesh`` into ``expression`` for good: for characters without shape keys."""
    amounts = EXPRESSIONS[expression]
    moved = [offsets * np.float32(amounts[name]) for name, offsets in _unit_offsets(shape, source) if name in amounts]
    if moved:
        mesh.vertices = mesh.vertices + np.sum(moved, axis=0)


def _unit_offsets(shape: BodyShape, source: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """(name, (n, 3) float32 offsets) of every unit that moves the body vertices ``source``."""
    found = []

    def offsets_of(name: str) -> np.ndarray:
        unit = shape.pack.units[name]
        inside = unit.index < shape.pack.vertex_count
        dense = np.zeros((shape.pack.vertex_count, 3), np.float32)
        dense[unit.index[inside]] = unit.delta[inside] * np.float32(shape.unit_scale)
        return dense[source]

    for name in shape.pack.units:
        offsets = offsets_of(name)
        if name == "tongueOut":
            offsets = offsets + np.float32(TONGUE_ROOM) * offsets_of("jawOpen")
        if len(offsets) and np.abs(offsets).max() > STILL:
            found.append((name, offsets))
    return found


def nearest_skin(shape: BodyShape, points: np.ndarray) -> np.ndarray:
    """(n,) int32: the head's skin vertex nearest to each point, so that brows and beards move with the face."""
    skin = np.flatnonzero(shape.pack.vertex_mask("body") & (shape.pack.bone_weight("head", "neck_01") > 0.5))
    vertices = shape.vertices[skin]
    # Points come in hundreds to thousands; blocks keep the distance table small.
    nearest = [
        np.argmin((vertices**2).sum(axis=1) - 2 * block @ vertices.T, axis=1)
        for block in np.array_split(points, len(points) // 512 + 1)
    ]
    return skin[np.concatenate(nearest)].astype(np.int32)
