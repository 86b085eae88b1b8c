"""Learned gaits: a small network that knows hand-made cycles and our own, evaluated with numpy.

A mixture of experts (after Starke et al. 2018, whose gating this follows) maps phase and a 16-number code to a pose: 6-D rotations
(Zhou et al. 2019) of 22 bones against their parents, the pelvis's place, which foot stands, the ground's speed and the cycle's
length. Codes of our own gaits come from their numbers (``describe``); codes of hand-made cycles are learnt. They add, so a manner
can be put onto a hand-made walk. Feet are locked afterwards, as after retargeting.
"""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass, fields
from functools import lru_cache
from pathlib import Path

import numpy as np

from ...errors import WorldwrightError
from ...scene import Clip
from .kinematics import from_six
from .locomotion import GAITS, GRAVITY
from .mannequin import Mannequin
from .manner import NEUTRAL, Manner

WEIGHTS = Path(__file__).parents[2] / "weights" / "motion.safetensors"
FORMAT = 1
BONES = (
    "pelvis", "spine_01", "spine_02", "spine_03", "neck_01", "head",
    *(f"{part}_{side}" for side in "lr" for part in ("clavicle", "upperarm", "lowerarm", "hand", "thigh", "calf", "foot", "ball")),
)  # fmt: skip
HARMONICS = 5
POSE = 6 * len(BONES)
OUTPUTS = POSE + 7  # pelvis (3), standing (2), ground speed and cycle length
CODE = 16
SCALES = {"stoop": 12.0, "lean": 5.0, "head": 12.0, "elbow": 14.0, "spread": 7.0, "toes": 10.0, "crouch": 0.03, "shrug": 4.0}
DESCRIPTION = len(GAITS) + len(fields(Manner)) + 1
FPS = 30.0
BLENDS = {"walk": ("Walking_A", "Walking_B"), "jog": ("Running_B",), "run": ("Running_A", "Running_B"), "sneak": (), "limp": ()}


@dataclass(frozen=True)
class Network:
    """Weights by name, and the codes of hand-made cycles by the cycle's name."""

    tensors: dict[str, np.ndarray]
    codes: dict[str, np.ndarray]


def describe(gait: str, manner: Manner, speed: float) -> np.ndarray:
    """(DESCRIPTION,) the numbers of one of our own gaits: which it is, its manner, the logarithm of its speed factor."""
    which = np.array([name == gait for name in GAITS], float)
    told = [
        (value - neutral) / SCALES.get(field.name, 0.4)
        for field, value, neutral in zip(fields(Manner), astuple(manner), astuple(NEUTRAL), strict=True)
    ]
    return np.concatenate([which, told, [np.log(speed) / 0.4]])


def phase_features(phase: np.ndarray) -> np.ndarray:
    """(T, 2 · HARMONICS) sines and cosines of a phase in 0..1."""
    angle = 2 * np.pi * np.asarray(phase)[:, None] * np.arange(1, HARMONICS + 1)
    return np.concatenate([np.sin(angle), np.cos(angle)], axis=1)


@lru_cache(maxsize=1)
def load_network() -> Network:
    """The shipped weights, read without torch. Raises WorldwrightError when they are missing or not ours."""
    try:
        data = WEIGHTS.read_bytes()
        size = int.from_bytes(data[:8], "little")
        header = json.loads(data[8 : 8 + size])
        told = json.loads(header.pop("__metadata__")["worldwright"])
        if told["kind"] != "motion" or told["format"] != FORMAT:
            raise ValueError
        kinds = {"F16": np.float16, "F32": np.float32}
        tensors = {}
        for name, about in header.items():
            start, end = (8 + size + offset for offset in about["data_offsets"])
            values = np.frombuffer(data[start:end], kinds[about["dtype"]]).reshape(about["shape"])
            tensors[name] = values.astype(np.float64)
    except FileNotFoundError as error:
        raise WorldwrightError(
            "The weights of the learned gaits are missing.", "Reinstall Worldwright, or choose another style."
        ) from error
    except (OSError, ValueError, KeyError) as error:
        raise WorldwrightError(
            "The weights of the learned gaits are damaged or of another version.", "Reinstall Worldwright."
        ) from error
    codes = {name: tensors["cycles"][number] for number, name in enumerate(told["notes"]["cycles"])}
    return Network(tensors, codes)


def evaluate(tensors: dict[str, np.ndarray], phase: np.ndarray, code: np.ndarray) -> np.ndarray:
    """(T, OUTPUTS) of (T,) phases and one code (CODE,)."""
    inputs = np.concatenate([phase_features(phase), np.tile(code, (len(phase), 1))], axis=1)
    gate = _silu(inputs @ tensors["gate.0.weight"].T + tensors["gate.0.bias"])
    gate = gate @ tensors["gate.2.weight"].T + tensors["gate.2.bias"]
    gate = np.exp(gate - gate.max(axis=1, keepdims=True))
    gate /= gate.sum(axis=1, keepdims=True)
    values = inputs
    for layer in range(3):
        weight, bias = tensors[f"experts.{layer}.weight"], tensors[f"experts.{layer}.bias"]
        values = np.einsum("te,eoi,ti->to", gate, weight, values, optimize=True) + gate @ bias
        if layer < 2:
            values = _silu(values)
    return values * tensors["scale"] + tensors["mean"]


def _silu(values: np.ndarray) -> np.ndarray:
    return values / (1 + np.exp(-values))


def code_of(network: Network, gait: str, manner: Manner, speed: float) -> np.ndarray:
    """(CODE,) the hand-made cycles of this gait, changed as the manner and the speed change our own."""
    weight, bias = network.tensors["describe.weight"], network.tensors["describe.bias"]
    own = weight @ describe(gait, manner, speed) + bias
    made = [network.codes[name] for name in BLENDS[gait] if name in network.codes]
    if not made:
        return own
    neutral = weight @ describe(gait, NEUTRAL, 1.0) + bias
    return 0.5 * np.mean(made, axis=0) + 0.5 * neutral + (own - neutral)


def learned_gait(
    man: Mannequin,
    gait: str,
    manner: Manner = NEUTRAL,
    speed: float = 1.0,
    root_motion: bool = False,
    network: Network | None = None,
) -> Clip:
    """One cycle of a learned gait for this body, feet locked. Raises WorldwrightError when there are no weights."""
    network = network or load_network()
    return cycle(man, network, code_of(network, gait, manner, speed), gait.capitalize(), root_motion)


def cycle(man: Mannequin, network: Network, code: np.ndarray, name: str, root_motion: bool = False, locked: bool = True) -> Clip:
    """One cycle of any code, for this body."""
    from .. import rig as names
    from ..retarget import Motion, clip_of, map_rig, rig_of
    from ..retarget.contacts import lock

    whole = evaluate(network.tensors, np.arange(64) / 64, code)
    froude_speed, seconds = np.exp(whole[:, -1].mean()), np.exp(whole[:, -2].mean()) * np.sqrt(man.leg / GRAVITY)
    frames = max(round(seconds * FPS), 10)
    values = evaluate(network.tensors, np.arange(frames + 1) / frames, code)
    pace = float(froude_speed * np.sqrt(GRAVITY * man.leg))
    rig = rig_of(names.skeleton(man.shape))
    world = np.tile(np.eye(3), (frames + 1, len(rig.names), 1, 1))
    turns = from_six(values[:, :POSE].reshape(frames + 1, len(BONES), 6))
    relaxed = _hand_rest(man)
    for bone, parent in enumerate(rig.parents):
        if parent >= 0:
            world[:, bone] = world[:, parent]
        if rig.names[bone] in BONES:
            world[:, bone] = world[:, bone] @ turns[:, BONES.index(rig.names[bone])]
        elif rig.names[bone] in relaxed:
            world[:, bone] = world[:, bone] @ relaxed[rig.names[bone]]
    motion = Motion(name, rig, FPS, world, {man.index["pelvis"]: values[:, POSE : POSE + 3] * man.leg}, True)
    motion.world[-1] = motion.world[0]
    if locked:
        stands = {side: values[:, POSE + 3 + k] > 0.5 for k, side in enumerate("lr")}
        lock(motion, map_rig(rig), stands, np.array([0.0, pace, 0.0]))
    clip = clip_of(motion)
    clip.rotations[-1] = clip.rotations[0]
    for offset in clip.offsets.values():
        offset[-1] = offset[0]
    if root_motion:
        clip.root_offset = (
            clip.root_offset + np.array([0, -pace / FPS, 0], np.float32) * np.arange(frames + 1, dtype=np.float32)[:, None]
        )
    clip.speed = 0.0 if root_motion else pace
    return clip


def _hand_rest(man: Mannequin) -> dict[str, np.ndarray]:
    """Finger bones -> (3, 3) against their parents, as the relaxed hand has them."""
    from .posing import Arm, bend_fingers

    deltas: dict[str, np.ndarray] = {}
    for side in "lr":
        made = {name: delta[0] for name, delta in bend_fingers(man, Arm(), side, np.eye(3)[None]).items()}
        for name, delta in made.items():
            parent = man.shape.pack.bone_names[man.parents[man.index[name]]]
            deltas[name] = (made[parent].T if parent in made else np.eye(3)) @ delta
    return deltas
