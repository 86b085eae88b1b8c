"""The parts bin: shells, joints, pistons, hands and feet, each placed on a bone and moved by it alone."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..characters.body import BodyShape
from ..geometry.blocks import box, cushion
from ..geometry.shape import Finish, Part, Shape, assemble, join
from ..geometry.sweeps import cylinder, lathe, loft, rounded_rectangle, tube
from ..scene import Mesh, Skin
from .paint import Finishes

SECTION = tuple[float, float, float, float, float]  # height, width, depth, shift to the back, corner radius: metres


@dataclass
class Bin:
    """Parts being put on a body. ``size`` scales radii with height and bulk."""

    shape: BodyShape
    made: Finishes
    size: float
    parts: list[Part] = field(default_factory=list)
    bones: list[int] = field(default_factory=list)

    def put(self, bone: str, name: str, shape: Shape, finish: Finish) -> None:
        """Adds a solid already in the robot's space."""
        self.parts.append(Part(name, shape, finish))
        self.bones.append(self.shape.pack.bone(bone))

    def on(self, bone: str, name: str, shape: Shape, finish: Finish) -> None:
        """Adds a solid given along +Z from the bone's head, its front at -Y; the right side is the left one mirrored."""
        index = self.shape.pack.bone(bone)
        head, frame = self.shape.heads[index].astype(float), self.frame(bone)
        mirrored = bone.endswith("_r")
        solid = shape.mirrored() if mirrored else shape
        self.put(bone, name, Shape(solid.vertices @ frame.T + head, solid.corners, solid.sizes, solid.uvs), finish)

    def frame(self, bone: str) -> np.ndarray:
        """(3, 3) columns X, Y, Z of the space in which a bone's parts are given: Z along it, -Y as near the front as can be."""
        index = self.shape.pack.bone(bone)
        along = (self.shape.tails[index] - self.shape.heads[index]).astype(float)
        along /= np.linalg.norm(along)
        back = np.array((0.0, 1.0, 0.0)) if abs(along[1]) < 0.8 else np.array((0.0, 0.0, 1.0))
        back -= along * (along @ back)
        back /= np.linalg.norm(back)
        return np.stack([np.cross(back, along), back, along], axis=1)

    def length(self, bone: str) -> float:
        """Metres from the bone's head to its tail."""
        index = self.shape.pack.bone(bone)
        return float(np.linalg.norm(self.shape.tails[index] - self.shape.heads[index]))

    def joint(self, bone: str) -> np.ndarray:
        """(3,) where the bone begins."""
        return self.shape.joint(bone).astype(float)

    def mesh(self, name: str) -> Mesh:
        """All parts as one mesh, every vertex on one bone."""
        mesh = assemble(name, self.parts)
        count = [len(part.shape.vertices) for part in self.parts]
        joints = np.zeros((sum(count), 4), np.int32)
        joints[:, 0] = np.repeat(self.bones, count)
        mesh.skin = Skin(joints, np.tile(np.array((1, 0, 0, 0), np.float32), (len(joints), 1)))
        mesh.smooth = np.ones(len(mesh.face_sizes), bool)
        return mesh


def sections(rows: list[SECTION], steps: int = 3) -> Shape:
    """A shell lofted through rounded rectangles at rising heights, its rims drawn in a little."""
    rings = []
    ends = (rows[0], rows[-1])
    inset = 0.10 * min(min(row[1], row[2]) for row in ends)
    lip = min(inset, 0.25 * (rows[-1][0] - rows[0][0]))
    first, last = rows[0], rows[-1]
    closed = [
        (first[0], first[1] - 2 * inset, first[2] - 2 * inset, first[3], max(first[4] - inset, 0.002)),
        (first[0] + lip * 0.8, *first[1:]), *rows[1:-1], (last[0] - lip * 0.8, *last[1:]),
        (last[0], last[1] - 2 * inset, last[2] - 2 * inset, last[3], max(last[4] - inset, 0.002)),
    ]  # fmt: skip
    for height, width, depth, shift, radius in closed:
        flat = rounded_rectangle(width, depth, radius, steps)
        rings.append(np.column_stack([flat[:, 0], flat[:, 1] + shift, np.full(len(flat), height)]))
    return loft(np.array(rings))


def ball(radius: float, segments: int = 16, squash: float = 1.0) -> Shape:
    """A sphere around the origin."""
    turn = np.linspace(-np.pi / 2, np.pi / 2, segments // 2 + 1)
    return lathe(np.stack([np.maximum(radius * np.cos(turn), 0), squash * radius * np.sin(turn)], axis=1)[:], segments)


def hinge(radius: float, width: float) -> Shape:
    """A drum across the limb: its axis is X."""
    return cylinder(radius, -width / 2, width / 2, 0.15 * radius, 20).turned("y", np.pi / 2)


def bellows(radius: float, low: float, high: float, folds: int) -> Shape:
    """A ribbed sleeve along Z."""
    step = (high - low) / (2 * folds)
    profile = [(0.0, low)]
    for k in range(2 * folds + 1):
        profile.append((radius * (1.0 if k % 2 else 0.82), low + k * step))
    return lathe([*profile, (0.0, high)], 16)


def lamp(radius: float, depth: float) -> Shape:
    """A flat lens looking to the front, at the origin."""
    return lathe([(0, -depth), (radius, -depth), (radius, 0.2 * depth), (0.7 * radius, depth), (0, depth * 1.2)], 18).turned(
        "x", np.pi / 2
    )


def ring(radius: float, thick: float) -> Shape:
    """A round bezel looking to the front."""
    turn = 2 * np.pi * np.arange(20) / 20
    path = np.stack([radius * np.cos(turn), 0 * turn, radius * np.sin(turn)], axis=1)
    return tube(path, thick, 8, closed=True)


def piston(a: np.ndarray, b: np.ndarray, radius: float) -> tuple[Shape, Shape]:
    """Cylinder and rod between two points."""
    middle = a + (b - a) * 0.55
    return tube([a, a + (middle - a) * 0.5, middle], radius, 12), tube([a + (b - a) * 0.5, a + (b - a) * 0.8, b], radius * 0.55, 10)


def hand(bin: Bin, side: str, finish: Finish, tips: Finish, thick: float) -> None:
    """A palm and five fingers of three links each."""
    length = bin.length(f"hand_{side}")
    palm = cushion(
        (-0.016 * bin.size, -0.042 * bin.size, -0.004), (0.016 * bin.size, 0.042 * bin.size, length * 0.95), 0.010 * bin.size
    )
    bin.on(f"hand_{side}", "hand", palm, finish)
    bin.on(
        f"hand_{side}", "wrist", cylinder(0.026 * bin.size * thick, -0.02 * bin.size, 0.012 * bin.size, 0.003, 16), bin.made.joint
    )
    for finger in ("thumb", "index", "middle", "ring", "pinky"):
        for link in (1, 2, 3):
            bone = f"{finger}_0{link}_{side}"
            wide = (0.0105 - 0.0012 * link) * bin.size * (1.15 if finger == "thumb" else 0.88 if finger == "pinky" else 1.0)
            long = bin.length(bone)
            bin.on(
                bone, "finger", box((-wide, -wide, 0.001), (wide, wide, long * 0.94), 0.35 * wide), tips if link == 3 else finish
            )
            bin.on(bone, "knuckle", hinge(wide * 0.85, wide * 2.2), bin.made.joint)


def foot(bin: Bin, side: str, finish: Finish, sole: Finish, wide: float, high: float, radius: float) -> None:
    """A boot of two parts, heel and toe, flat on the ground."""
    ankle, ball_joint = bin.joint(f"foot_{side}"), bin.joint(f"ball_{side}")
    toe = bin.shape.tails[bin.shape.pack.bone(f"ball_{side}")].astype(float)
    sign = 1.0 if side == "l" else -1.0
    middle = (ankle[0] + ball_joint[0]) / 2 + 0.006 * sign
    heel_y, ball_y, toe_y = ankle[1] + 0.055 * bin.size, ball_joint[1], toe[1] - 0.03 * bin.size
    thickness = 0.022 * bin.size

    def slab(low_y: float, high_y: float, low: float, top_front: float, top_back: float, width: float) -> Shape:
        def bend(points: np.ndarray) -> np.ndarray:
            share = np.clip((points[:, 1] - low_y) / (high_y - low_y), 0, 1)
            top = top_front + (top_back - top_front) * share
            points[:, 2] = low + (points[:, 2] - low) / (1.0 - low) * (top - low)
            return points

        solid = cushion((middle - width / 2, low_y, low), (middle + width / 2, high_y, 1.0), radius, 0.0, (6, 6, 4))
        return solid.shaped(bend)

    bin.put(f"foot_{side}", "foot", slab(ball_y + 0.004, heel_y, thickness, high * 0.72, high, wide * 0.92), finish)
    bin.put(f"ball_{side}", "toe", slab(toe_y, ball_y - 0.002, thickness, high * 0.36, high * 0.70, wide), finish)
    for bone, low, high_y, width in (
        (f"foot_{side}", ball_y + 0.004, heel_y, wide * 0.96),
        (f"ball_{side}", toe_y + 0.006, ball_y - 0.002, wide * 1.03),
    ):
        bin.put(bone, "sole", box((middle - width / 2, low, 0.0), (middle + width / 2, high_y, thickness + 0.004), 0.006), sole)


__all__ = [
    "Bin",
    "ball",
    "bellows",
    "box",
    "cushion",
    "cylinder",
    "foot",
    "hand",
    "hinge",
    "join",
    "lamp",
    "lathe",
    "piston",
    "ring",
    "sections",
    "tube",
]
