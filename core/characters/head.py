"""The head as hairdressers and painters measure it: coordinates in eye distances, and where hair, brows and beard grow.

Shared by the skin (which tints the scalp and the brows) and the hair (which roots there), so that both always agree.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .body import BodyPack
from .uvspace import sample, smooth_step, vertex_uvs

# The hairline: degrees around the head from the face, and height over the eyes in eye distances.
_HAIRLINE_ANGLE = (0, 22, 40, 52, 62, 74, 84, 92, 104, 122, 140, 165, 180)
_HAIRLINE_HEIGHT = (1.16, 1.17, 1.06, 0.70, 0.52, 0.16, -0.02, 0.26, 0.36, -0.25, -0.85, -1.12, -1.12)


@dataclass
class Head:
    """A head's own coordinates.

    Attributes:
        origin: (3,) metres, the middle between the eyes.
        unit: metres between the eyes.
        vertices: (V, 3) in eye distances from the origin: x to the left, y to the back, z up.
        angle: (V,) radians around the vertical through the skull: 0 in front, positive to the left.
        share: (V,) how much the head bone moves a vertex, 0 for vertices that are not the body's.
        ears: (V,) 0..1.
        lips: (3,) the middle of the mouth, in eye distances.
        nose: (3,) the tip of the nose.
        skull: (3,) the middle of the cranium.
    """

    origin: np.ndarray
    unit: float
    vertices: np.ndarray
    angle: np.ndarray
    share: np.ndarray
    ears: np.ndarray
    lips: np.ndarray
    nose: np.ndarray
    skull: np.ndarray


def measure(pack: BodyPack, vertices: np.ndarray) -> Head:
    """Measures the head of a body with ``vertices`` (V, 3) metres (or the pack's base)."""
    eyes = [vertices[pack.vertex_mask(group)].mean(axis=0) for group in ("left_eye", "right_eye")]
    origin = (eyes[0] + eyes[1]) / 2
    unit = float(np.linalg.norm(eyes[0] - eyes[1]))
    local = ((vertices - origin) / unit).astype(np.float32)
    share = pack.bone_weight("head", "eye_l", "eye_r") * pack.vertex_mask("body")
    uvs = vertex_uvs(pack)
    ears = sample(pack.masks["ears"], uvs) * (share > 0.5)
    lips = local[(sample(pack.masks["lips"], uvs) > 0.5) & (share > 0.5)]
    face = local[(share > 0.5) & (np.abs(local[:, 0]) < 0.3) & (local[:, 2] < 0) & (local[:, 2] > lips[:, 2].mean())]
    cranium = local[(share > 0.8) & (local[:, 2] > 0.3)]
    skull = (cranium.min(axis=0) + cranium.max(axis=0)) / 2
    angle = np.arctan2(local[:, 0], -(local[:, 1] - skull[1]))
    return Head(origin, unit, local, angle, share, ears, lips.mean(axis=0), face[face[:, 1].argmin()], skull)


def scalp(head: Head, recede: float = 0.0) -> np.ndarray:
    """(V,) 0..1 where head hair grows, softly ending at the hairline, which ``recede`` 0..1 draws back at the temples and crown."""
    grown = smooth_step(behind_hairline(head.vertices, head.skull) - recede * _receded(head), -0.06, 0.14 + 0.25 * recede)
    if recede:
        crown = np.linalg.norm(head.vertices - (head.skull + [0.0, 0.55, 1.25]), axis=1)
        grown = grown * (1 - recede * 0.9 * (1 - smooth_step(crown, 0.35, 0.75)))
    neck_or_head = np.maximum(head.share, 0.8 * (head.vertices[:, 1] > head.skull[1]) * (head.vertices[:, 2] > -1.6))
    return (grown * (1 - smooth_step(head.ears, 0.05, 0.4)) * (neck_or_head > 0.3) * (head.share > 0.05)).astype(np.float32)


def _receded(head: Head) -> np.ndarray:
    """(V,) eye distances by which a receding hairline lies higher: most at the temples, some over the forehead."""
    degrees = np.degrees(np.abs(head.angle))
    return 0.42 * np.exp(-(((degrees - 34) / 20) ** 2)) + 0.30 * np.exp(-((degrees / 30) ** 2))


def beard(head: Head, kind: str = "beard") -> np.ndarray:
    """(V,) 0..1 where a beard grows: moustache, chin, jaw and up to the ears, not the lips; a goatee keeps to mouth and chin,
    a moustache to the upper lip."""
    grown = _full_beard(head)
    if kind == "goatee":
        return grown * (1 - smooth_step(np.abs(head.vertices[:, 0]), 0.5, 0.62)) * (head.vertices[:, 2] > head.lips[2] - 0.95)
    if kind == "moustache":
        return grown * ((np.abs(head.vertices[:, 0]) < 0.62) & (head.vertices[:, 2] > head.lips[2] - 0.02))
    return grown


def _full_beard(head: Head) -> np.ndarray:
    x, y, z = np.abs(head.vertices[:, 0]), head.vertices[:, 1], head.vertices[:, 2]
    lip, nose = head.lips[2], head.nose[2]
    under_nose = nose - 0.10
    # Upper edge: under the nose in the middle, beside the mouth, then rising along the cheek to the ear.
    top = np.where(x < 0.42, under_nose, np.interp(x, (0.42, 0.62, 0.95, 1.25), (under_nose, lip + 0.05, lip + 0.32, -0.15)))
    bottom = np.interp(y, (head.lips[1], head.lips[1] + 0.9, head.lips[1] + 1.6), (lip - 1.12, lip - 1.0, lip - 0.55))
    grown = smooth_step(top + 0.05 - z, 0, 0.16) * smooth_step(z - bottom, -0.02, 0.22)
    front = smooth_step(head.lips[1] + 1.75 - y, 0, 0.15)
    mouth = ((x / 0.44) ** 2 + ((z - lip) / 0.15) ** 2) < 1
    return (grown * front * ~mouth * (head.share > 0.3) * (1 - head.ears)).astype(np.float32)


def behind_hairline(place: np.ndarray, skull: np.ndarray) -> np.ndarray:
    """(n,) eye distances of (n, 3) head coordinates above the hairline at their angle."""
    angle = np.degrees(np.arctan2(np.abs(place[:, 0]), -(place[:, 1] - skull[1])))
    return place[:, 2] - np.interp(angle, _HAIRLINE_ANGLE, _HAIRLINE_HEIGHT)


def brow_height(across: np.ndarray) -> np.ndarray:
    """Height of the middle of the brow over the eyes at ``across`` eye distances from the middle of the face."""
    return np.interp(across, (0.17, 0.3, 0.55, 0.72, 0.92), (0.235, 0.275, 0.335, 0.335, 0.235))
