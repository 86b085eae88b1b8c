"""What retargeting needs to know of any skeleton and of any motion, whoever made them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ...errors import WorldwrightError
from ...scene import Clip, Skeleton
from ..motion.kinematics import joints, local_of_world, matrices, quaternions, world_of_local
from ..rig import rest_rotations

MAX_BONES = 2000


@dataclass
class Rig:
    """A skeleton in rest pose, in its own space and unit. Parents come before children.

    Attributes:
        names: B bone names, which may say nothing.
        parents: (B,) int, -1 for roots.
        heads, tails: (B, 3) joints and bone ends.
        rest: (B, 3, 3) rest frames, columns X, Y along the bone, Z.
    """

    name: str
    names: list[str]
    parents: np.ndarray
    heads: np.ndarray
    tails: np.ndarray
    rest: np.ndarray

    def children(self, bone: int) -> list[int]:
        """Numbers of the bones that hang on this one."""
        return np.flatnonzero(self.parents == bone).tolist()


@dataclass
class Motion:
    """A motion of a rig.

    Attributes:
        fps: frames a second.
        world: (T, B, 3, 3) rotation of each bone from its rest orientation, about the rig's axes.
        offsets: bone number -> (T, 3), by which the bone is moved from where its parent carries it, in the parent's rest space.
        loop: whether the last frame is the first again.
    """

    name: str
    rig: Rig
    fps: float
    world: np.ndarray
    offsets: dict[int, np.ndarray] = field(default_factory=dict)
    loop: bool = False

    def joints(self) -> np.ndarray:
        """(T, B, 3) where the joints are."""
        moved = np.zeros((*self.world.shape[:2], 3))
        for bone, offset in self.offsets.items():
            moved[:, bone] = offset
        return joints(self.rig.parents, self.rig.heads, self.world, moved)


def sorted_rig(name: str, names: list[str], parents: np.ndarray, heads: np.ndarray, tails: np.ndarray, rest: np.ndarray) -> Rig:
    """The rig with its bones checked. Raises WorldwrightError for a damaged one: cycles, missing parents, numbers that are none."""
    count = len(names)
    if count == 0:
        raise WorldwrightError(f"The skeleton “{name}” has no bones.")
    if count > MAX_BONES:
        raise WorldwrightError(f"The skeleton “{name}” has {count:,} bones; at most {MAX_BONES:,} are read.")
    parents = np.asarray(parents, int)
    if len(parents) != count or (parents >= count).any():
        raise WorldwrightError(f"The skeleton “{name}” is damaged: a bone's parent is missing.")
    if (parents >= np.arange(count)).any():
        raise WorldwrightError(f"The skeleton “{name}” is damaged: its bones run in a circle or children come before parents.")
    for values in (heads, tails, rest):
        if not np.isfinite(values).all():
            raise WorldwrightError(f"The skeleton “{name}” is damaged: a joint has no place.")
    return Rig(name, list(names), parents, np.asarray(heads, float), np.asarray(tails, float), np.asarray(rest, float))


def rig_of(skeleton: Skeleton) -> Rig:
    """A scene's skeleton. Raises WorldwrightError for a damaged one."""
    lengths = np.linalg.norm(skeleton.tails - skeleton.heads, axis=1)
    directions = np.where(lengths[:, None] > 1e-9, skeleton.tails - skeleton.heads, [0.0, 0.0, 1.0]).astype(float)
    rest = rest_rotations(directions, np.asarray(skeleton.z_axes, float))
    return sorted_rig(skeleton.name, skeleton.names, skeleton.parents, skeleton.heads, skeleton.tails, rest)


def motion_of(clip: Clip, rig: Rig) -> Motion:
    """A clip of a scene's skeleton. Raises WorldwrightError when it does not fit the rig."""
    if clip.rotations.shape[1] != len(rig.names):
        raise WorldwrightError(f"The clip “{clip.name}” is not one of the skeleton “{rig.name}”.")
    world = world_of_local(rig.parents, rig.rest, matrices(clip.rotations.astype(float)))
    offsets = {rig.names.index(name): np.asarray(offset, float) for name, offset in clip.offsets.items() if name in rig.names}
    root = int(np.flatnonzero(rig.parents < 0)[0])
    offsets[root] = offsets.get(root, 0.0) + np.asarray(clip.root_offset, float)
    return Motion(clip.name, rig, clip.fps, world, offsets, clip.loop)


def clip_of(motion: Motion) -> Clip:
    """The motion as a clip of its rig."""
    rig = motion.rig
    root = int(np.flatnonzero(rig.parents < 0)[0])
    still = np.zeros((len(motion.world), 3))
    return Clip(
        motion.name,
        motion.fps,
        quaternions(local_of_world(rig.parents, rig.rest, motion.world)).astype(np.float32),
        motion.offsets.get(root, still).astype(np.float32),
        motion.loop,
        {rig.names[bone]: offset.astype(np.float32) for bone, offset in motion.offsets.items() if bone != root},
    )
