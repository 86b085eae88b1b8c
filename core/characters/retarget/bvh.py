"""Biovision hierarchy files (BVH): joints with offsets and channels, then one line of numbers a frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ...errors import WorldwrightError
from ..motion.kinematics import axis_rotation, unit
from .rig import Motion, sorted_rig

MAX_BYTES = 200_000_000
MAX_FPS = 60.5  # what is recorded faster is thinned to a whole fraction
AXES = {"X": 0, "Y": 1, "Z": 2}


class _Joint:
    def __init__(self, name: str, parent: int) -> None:
        self.name, self.parent = name, parent
        self.offset = np.zeros(3)
        self.channels: list[tuple[str, int]] = []  # ("position" or "rotation", axis)
        self.ends: list[np.ndarray] = []


def read_bvh(path: Path) -> Motion:
    """The motion in a BVH file, in its own space and unit. Raises WorldwrightError, in one sentence, for whatever is not one."""
    path = Path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise WorldwrightError(f"“{path.name}” is larger than {MAX_BYTES // 1_000_000} MB.", "Cut it into shorter takes.")
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise WorldwrightError(f"“{path.name}” cannot be read: {error.strerror}.") from error
    return parse_bvh(text, path.stem, path.name)


def parse_bvh(text: str, name: str = "Motion", file: str = "the text") -> Motion:
    """As ``read_bvh``, of the file's text."""
    head, keyword, tail = text.partition("MOTION")
    if not head.strip().startswith("HIERARCHY") or not keyword:
        raise _broken(file, "it does not begin with HIERARCHY, or has no MOTION")
    try:
        bones = _hierarchy(head.split()[1:])
    except (IndexError, ValueError, KeyError) as error:
        raise _broken(file, "its hierarchy ends too early or holds something that is no number") from error
    frames, step, values = _numbers(tail, sum(len(bone.channels) for bone in bones), file)
    thin = max(1, int(np.ceil(1 / step / MAX_FPS)))
    values = values[::thin]
    heads = np.zeros((len(bones), 3))
    for number, bone in enumerate(bones):
        heads[number] = bone.offset + (heads[bone.parent] if bone.parent >= 0 else 0)
    world, offsets = _pose(bones, values)
    rig = sorted_rig(name, [bone.name for bone in bones], np.array([bone.parent for bone in bones]), heads, *_bones(bones, heads))
    return Motion(name, rig, 1 / step / thin, world, offsets)


def _broken(file: str, why: str) -> WorldwrightError:
    return WorldwrightError(f"“{file}” is not a sound BVH file: {why}.")


def _hierarchy(words: list[str]) -> list[_Joint]:
    """The joints, parents first. Raises IndexError, ValueError or KeyError when it is broken."""
    bones: list[_Joint] = []
    open_joints: list[int] = []  # -1 stands for an end site
    at = 0
    while at < len(words):
        word = words[at]
        if word in ("ROOT", "JOINT"):
            end = words.index("{", at)
            bones.append(_Joint(" ".join(words[at + 1 : end]), open_joints[-1] if open_joints else -1))
            open_joints.append(len(bones) - 1)
            at = end + 1
        elif word == "End":
            open_joints.append(-1)
            at = words.index("{", at) + 1
        elif word == "OFFSET":
            offset = np.array([float(value) for value in words[at + 1 : at + 4]])
            if len(offset) < 3:
                raise ValueError
            if open_joints[-1] < 0:
                bones[open_joints[-2]].ends.append(offset)
            else:
                bones[open_joints[-1]].offset = offset
            at += 4
        elif word == "CHANNELS":
            count = int(words[at + 1])
            for channel in words[at + 2 : at + 2 + count]:
                kind = channel[1:].lower()
                if kind not in ("position", "rotation"):
                    raise ValueError
                bones[open_joints[-1]].channels.append((kind, AXES[channel[0].upper()]))
            at += 2 + count
        elif word == "}":
            open_joints.pop()
            at += 1
        else:
            raise ValueError
    if open_joints or not bones:
        raise IndexError
    return bones


def _numbers(tail: str, channels: int, file: str) -> tuple[int, float, np.ndarray]:
    """Number of frames, seconds a frame and (T, channels) the numbers."""
    lines = tail.split("\n", 4)
    flat = " ".join(lines[:4]).split()
    try:
        at = flat.index("Frames:")
        frames = int(flat[at + 1])
        time = flat.index("Time:")
        step = float(flat[time + 1])
    except (ValueError, IndexError) as error:
        raise _broken(file, "it does not say how many frames it has, and how long one is") from error
    rest = tail.split("Time:", 1)[1].split(None, 1)
    if channels == 0 or frames < 1 or not 1e-4 < step < 10:
        raise _broken(file, "it has no frames")
    try:
        values = np.array((rest[1] if len(rest) > 1 else "").split(), float)
    except ValueError as error:
        raise _broken(file, "a frame holds something that is no number") from error
    if len(values) < frames * channels or not np.isfinite(values).all():
        raise _broken(file, f"{frames:,} frames of {channels} numbers are announced, and {len(values):,} numbers are there")
    return frames, step, values[: frames * channels].reshape(frames, channels)


def _pose(bones: list[_Joint], values: np.ndarray) -> tuple[np.ndarray, dict[int, np.ndarray]]:
    """World rotations and what position channels say beyond the joint's own offset."""
    world = np.tile(np.eye(3), (len(values), len(bones), 1, 1))
    offsets: dict[int, np.ndarray] = {}
    column = 0
    for number, bone in enumerate(bones):
        turn = np.tile(np.eye(3), (len(values), 1, 1))
        place = np.tile(bone.offset, (len(values), 1))
        for kind, axis in bone.channels:
            if kind == "rotation":
                turn = turn @ axis_rotation(axis, values[:, column])
            else:
                place[:, axis] = values[:, column]
            column += 1
        world[:, number] = (world[:, bone.parent] if bone.parent >= 0 else np.eye(3)) @ turn
        if np.abs(place - bone.offset).max() > 1e-9:
            offsets[number] = place - bone.offset
    return world, offsets


def _bones(bones: list[_Joint], heads: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Tails (the middle of what follows each joint) and rest frames along them."""
    tails, frames = heads.copy(), np.tile(np.eye(3), (len(bones), 1, 1))
    for number, bone in enumerate(bones):
        following = [heads[child] for child, other in enumerate(bones) if other.parent == number]
        following += [heads[number] + end for end in bone.ends]
        if following:
            tails[number] = np.mean(following, axis=0)
        along = unit(tails[number] - heads[number])
        if not along.any():
            along = np.array([0.0, 1.0, 0.0])
            tails[number] = heads[number] + 1e-3 * along
        across = np.eye(3)[np.abs(along).argmin()]
        side = unit(np.cross(across, along))
        frames[number] = np.stack([side, along, np.cross(side, along)], axis=1)
    return tails, frames
