"""Rotations, chains and two-bone inverse kinematics, in numpy: what every motion is computed with, of people and of anything else.

Rotations are matrices acting on columns; a *world delta* (T, B, 3, 3) is the rotation a bone has made from its rest
orientation, about the character's axes. Character space: metres, Z up, facing -Y, so +X is to the left.
"""

from __future__ import annotations

import numpy as np

FULL_REACH = 0.998  # of a limb's length; a fully stretched one has no bending direction


def axis_rotation(axis: int, degrees: np.ndarray | float) -> np.ndarray:
    """(T, 3, 3) right-handed rotations about world X (0), Y (1) or Z (2)."""
    angle = np.atleast_1d(np.radians(degrees))
    matrix = np.zeros((len(angle), 3, 3))
    i, j = (axis + 1) % 3, (axis + 2) % 3
    matrix[:, axis, axis] = 1
    matrix[:, i, i] = matrix[:, j, j] = np.cos(angle)
    matrix[:, j, i] = np.sin(angle)
    matrix[:, i, j] = -np.sin(angle)
    return matrix


def turned(degrees: np.ndarray) -> np.ndarray:
    """(T, 3, 3) rotations of (T, 3) pitch (forward), lean (to the left) and yaw (to the left), in that order."""
    pitch, lean, yaw = np.atleast_2d(degrees).T
    return axis_rotation(2, yaw) @ axis_rotation(1, lean) @ axis_rotation(0, pitch)


def unit(vectors: np.ndarray) -> np.ndarray:
    """(..., 3) directions of vectors; a zero vector stays zero."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)


def aligning(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """(T, 3, 3) shortest rotations taking directions ``start`` to ``end``, each (T, 3) or (3,)."""
    a, b = np.broadcast_arrays(unit(np.atleast_2d(start)), unit(np.atleast_2d(end)))
    axis, cosine = np.cross(a, b), (a * b).sum(axis=1)[:, None, None]
    skew = _skew(axis)
    matrix = np.eye(3) + skew + skew @ skew / np.maximum(1 + cosine, 1e-9)
    opposite = cosine[:, 0, 0] < -1 + 1e-7  # half a turn about anything square to it
    if opposite.any():
        across = unit(np.cross(a[opposite], np.eye(3)[np.abs(a[opposite]).argmin(axis=1)]))
        matrix[opposite] = 2 * across[:, :, None] * across[:, None, :] - np.eye(3)
    return matrix


def frames(along: np.ndarray, across: np.ndarray) -> np.ndarray:
    """(..., 3, 3) right-handed frames whose first column is ``along`` and whose second is ``across``, made square to it."""
    first = unit(along)
    second = unit(across - (across * first).sum(axis=-1, keepdims=True) * first)
    return np.stack([first, second, np.cross(first, second)], axis=-1)


def _skew(vectors: np.ndarray) -> np.ndarray:
    """(..., 3, 3) cross-product matrices."""
    matrix = np.zeros((*vectors.shape, 3))
    matrix[..., 0, 1], matrix[..., 0, 2], matrix[..., 1, 2] = -vectors[..., 2], vectors[..., 1], -vectors[..., 0]
    return matrix - np.swapaxes(matrix, -1, -2)


def rotation_vectors(matrices: np.ndarray) -> np.ndarray:
    """(..., 3) axis times angle (radians) of rotation matrices."""
    q = quaternions(matrices)
    sine = np.linalg.norm(q[..., 1:], axis=-1, keepdims=True)
    angle = 2 * np.arctan2(sine, q[..., :1])
    return q[..., 1:] * np.where(sine < 1e-9, 2.0, angle / np.maximum(sine, 1e-12))


def from_vectors(vectors: np.ndarray) -> np.ndarray:
    """(..., 3, 3) rotation matrices of axis times angle (radians), by Rodrigues' formula."""
    angle = np.linalg.norm(vectors, axis=-1)[..., None, None]
    skew = _skew(vectors / np.maximum(angle[..., 0], 1e-12))
    return np.eye(3) + np.sin(angle) * skew + (1 - np.cos(angle)) * skew @ skew


def between(start: np.ndarray, end: np.ndarray, share: np.ndarray | float) -> np.ndarray:
    """(..., 3, 3) rotations ``share`` (...) of the shortest way from ``start`` to ``end`` (spherical interpolation)."""
    step = rotation_vectors(np.swapaxes(start, -1, -2) @ end)
    return start @ from_vectors(step * np.asarray(share)[..., None])


def quaternions(matrices: np.ndarray) -> np.ndarray:
    """(..., 4) unit quaternions (w, x, y, z), w ≥ 0, of rotation matrices (..., 3, 3), by the largest pivot (Shepperd 1978)."""
    m = matrices
    diagonal = np.stack([m[..., 0, 0], m[..., 1, 1], m[..., 2, 2]], axis=-1)
    trace = diagonal.sum(axis=-1, keepdims=True)
    squares = np.concatenate([1 + trace, 1 - trace + 2 * diagonal], axis=-1)  # 4 w², 4 x², 4 y², 4 z²
    wx, wy, wz = m[..., 2, 1] - m[..., 1, 2], m[..., 0, 2] - m[..., 2, 0], m[..., 1, 0] - m[..., 0, 1]
    xy, xz, yz = m[..., 1, 0] + m[..., 0, 1], m[..., 0, 2] + m[..., 2, 0], m[..., 2, 1] + m[..., 1, 2]
    s = np.moveaxis(squares, -1, 0)
    candidates = np.stack(
        [np.stack(row, axis=-1) for row in ((s[0], wx, wy, wz), (wx, s[1], xy, xz), (wy, xy, s[2], yz), (wz, xz, yz, s[3]))],
        axis=-2,
    )
    best = squares.argmax(axis=-1)[..., None, None]
    chosen = np.take_along_axis(candidates, best, axis=-2)[..., 0, :]
    chosen = chosen / np.linalg.norm(chosen, axis=-1, keepdims=True)
    return np.where(chosen[..., :1] < 0, -chosen, chosen)


def matrices(quaternion: np.ndarray) -> np.ndarray:
    """(..., 3, 3) rotation matrices of quaternions (w, x, y, z) of any length but zero."""
    w, x, y, z = np.moveaxis(quaternion / np.linalg.norm(quaternion, axis=-1, keepdims=True), -1, 0)
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ]
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


def from_six(six: np.ndarray) -> np.ndarray:
    """(..., 3, 3) rotations of their first two columns, (..., 6), made square (Zhou et al. 2019)."""
    return frames(six[..., :3], six[..., 3:])


def world_of_local(parents: np.ndarray, rest: np.ndarray, local: np.ndarray) -> np.ndarray:
    """(T, B, 3, 3) world deltas of rotations in each bone's own rest frame; ``rest`` (B, 3, 3), parents before children."""
    world = rest @ local @ np.swapaxes(rest, -1, -2)
    for bone, parent in enumerate(parents):
        if parent >= 0:
            world[:, bone] = world[:, parent] @ world[:, bone]
    return world


def local_of_world(parents: np.ndarray, rest: np.ndarray, world: np.ndarray) -> np.ndarray:
    """(T, B, 3, 3) rotations in each bone's own rest frame, relative to its parent, of world deltas."""
    relative = world.copy()
    child = np.flatnonzero(np.asarray(parents) >= 0)
    relative[:, child] = np.swapaxes(world[:, np.asarray(parents)[child]], -1, -2) @ world[:, child]
    return np.swapaxes(rest, -1, -2) @ relative @ rest


def joints(parents: np.ndarray, heads: np.ndarray, world: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """(T, B, 3) joint positions of a posed skeleton.

    Args:
        heads: (B, 3) joints at rest.
        world: (T, B, 3, 3) world deltas.
        offsets: (T, B, 3) metres by which each joint is moved from where its parent carries it, in the parent's rest space.
    """
    heads = np.asarray(heads, float)
    positions = np.zeros(world.shape[:3])
    for bone, parent in enumerate(parents):
        if parent < 0:
            positions[:, bone] = heads[bone] + offsets[:, bone]
        else:
            arm = heads[bone] - heads[parent] + offsets[:, bone]
            positions[:, bone] = positions[:, parent] + np.einsum("tij,tj->ti", world[:, parent], arm)
    return positions


def two_bone(
    start: np.ndarray, target: np.ndarray, first: float, second: float, pole: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float]:
    """Two-bone inverse kinematics: where the middle joint goes so that the end reaches the target.

    Args:
        start, target: (T, 3) root of the chain and where its end should be.
        first, second: lengths of the two bones, metres.
        pole: (T, 3) or (3,) direction towards which the middle joint bends.
    Returns: (T, 3) middle joint, (T, 3) end, and the furthest that the chain has to reach, 1 being its length. A target out
        of reach is reached for, the limb almost straight.
    """
    reach = target - start
    distance = np.linalg.norm(reach, axis=1, keepdims=True)
    along = reach / np.maximum(distance, 1e-9)
    furthest = float(distance.max() / (first + second))
    distance = np.clip(distance, abs(first - second) + 1e-3 * first, FULL_REACH * (first + second))
    bend = unit(pole - (along * pole).sum(axis=1, keepdims=True) * along)
    cosine = np.clip((first**2 + distance**2 - second**2) / (2 * first * distance), -1, 1)
    middle = start + first * (cosine * along + np.sqrt(1 - cosine**2) * bend)
    return middle, start + along * distance, furthest


def eased(x: np.ndarray, keys: tuple[tuple[float, float], ...] | list[tuple[float, float]]) -> np.ndarray:
    """Interpolates (at, value) keys with a smooth step between each two, so that speed is zero at every key."""
    at, values = np.array(keys, float).T
    index = np.clip(np.searchsorted(at, x, side="right") - 1, 0, len(at) - 2)
    u = np.clip((x - at[index]) / (at[index + 1] - at[index]), 0, 1)
    return values[index] + (values[index + 1] - values[index]) * u * u * (3 - 2 * u)


def hermite(u: np.ndarray, start: np.ndarray, start_speed: np.ndarray, end: np.ndarray, end_speed: np.ndarray) -> np.ndarray:
    """(T, 3) cubic Hermite curve at ``u`` (T,) in 0..1."""
    u = u[:, None]
    return (
        (2 * u**3 - 3 * u**2 + 1) * start
        + (u**3 - 2 * u**2 + u) * start_speed
        + (3 * u**2 - 2 * u**3) * end
        + (u**3 - u**2) * end_speed
    )
