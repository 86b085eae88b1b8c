"""What the body does while something is said: lips, lids, eyes, brows, nods and hands, as one clip."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from ...characters.brief import CharacterBrief
from ...characters.motion.kinematics import eased
from ...characters.retarget import map_rig, motion_of, rig_of
from ...characters.retarget.onto import clips_onto
from ...scene import Clip, Skeleton
from .lips import FPS, curves
from .persona import GESTURES, TONES, Tone
from .visemes import SILENCE, VOWELS, MouthShape

TAIL = 0.7  # seconds after the last sound
BLINK = ((-0.08, 0.0), (0.0, 1.0), (0.05, 0.95), (0.2, 0.0))  # seconds from the closing, share closed
NOD = ((-0.16, 0.0), (0.02, 1.0), (0.3, 0.0))
ROOT = ""
FULL_GAZE = 0.6  # radians that an eye turns where its unit is fully on
HELD = 0.8  # of the head's turn that the eyes make up for
LIMB_PAUSE = 0.6  # seconds of silence in which the hands come down


@dataclass
class Performance:
    """Everything that an actor needs: the mouth's shapes, how the persona is, whether it knows, and a gesture of ``GESTURES``."""

    shapes: list[MouthShape]
    seconds: float
    tone: Tone = TONES["neutral"]
    known: bool = True
    gesture: str = ""
    seed: int = 0


@dataclass
class _Pose:
    """(T, B, 4) rotations, and (T, 3) metres by which the root (under ``ROOT``) and other bones are moved."""

    rotations: np.ndarray
    moves: dict[str, np.ndarray]


def face(play: Performance, seconds: float, turned: np.ndarray | None = None) -> dict[str, np.ndarray]:
    """Unit -> (T,) amounts in 0..1 over ``seconds``, at ``lips.FPS``; ``turned`` (T, 2): what ``head_turn`` says of the head."""
    rng = np.random.default_rng(play.seed)
    frames = round(seconds * FPS) + 1
    times = np.arange(frames) / FPS
    units = curves([*play.shapes, MouthShape(SILENCE, play.seconds, seconds)], frames)
    for unit, amount in play.tone.face.items():
        units[unit] = units.get(unit, np.zeros(frames)) + amount
    beats = stresses(play.shapes)
    lift = _pulses(times, [beat for k, beat in enumerate(beats) if k % 2 == 0], NOD)
    units["browInnerUp"] = 0.25 * play.tone.energy * lift + (0.3 if not play.known else 0.0)
    lids = _pulses(times, _blinks(play, seconds, rng), BLINK)
    for side in ("Left", "Right"):
        units[f"browOuterUp{side}"] = units.get(f"browOuterUp{side}", 0.0) + 0.12 * play.tone.energy * lift
        units[f"eyeBlink{side}"] = lids
    across, up = _gaze(play, times, rng)
    if turned is not None:  # the eyes stay with the listener
        across, up = across - HELD * turned[:, 0] / FULL_GAZE, up - HELD * turned[:, 1] / FULL_GAZE
    for side, sign in (("Left", 1.0), ("Right", -1.0)):  # to the character's left: its left eye turns outwards
        units[f"eyeLookOut{side}"], units[f"eyeLookIn{side}"] = np.maximum(sign * across, 0), np.maximum(-sign * across, 0)
        units[f"eyeLookUp{side}"], units[f"eyeLookDown{side}"] = np.maximum(up, 0), np.maximum(-up, 0)
    return {unit: np.clip(values, 0.0, 1.0).astype(np.float32) for unit, values in units.items()}


def stresses(shapes: list[MouthShape]) -> list[float]:
    """Seconds of the stressed vowels: the long and loud ones, at least half a second apart."""
    vowels = [shape for shape in shapes if shape.viseme in VOWELS]
    strongest = sorted(vowels, key=lambda shape: -(shape.end - shape.start) * shape.strength)
    found: list[float] = []
    for shape in strongest[: max(1, len(vowels) // 3)]:
        middle = (shape.start + shape.end) / 2
        if all(abs(middle - other) > 0.5 for other in found):
            found.append(middle)
    return sorted(found)


def body(play: Performance, skeleton: Skeleton, brief: dict | None, seconds: float) -> Clip:
    """Breathing stance and talking hands blended by what is said, nods on stresses, the gesture at the end.

    ``brief``: values of the ``CharacterBrief`` whose body it is, or None for any humanoid skeleton. Raises WorldwrightError.
    """
    names = ["idle", "talk", *([play.gesture] if play.gesture in GESTURES else [])]
    wanted = CharacterBrief.from_dict({**(brief or {"variety": 0.0}), "clips": ", ".join(names)})
    clips = clips_onto(skeleton, wanted, own=brief is not None)
    times = np.arange(round(seconds * FPS) + 1) / FPS
    pose = _sampled(clips[0], times)
    hands = 0.35 + 0.65 * min(play.tone.energy, 1.0)
    pose = _mixed(pose, _sampled(clips[1], times), hands * _speaking(play, times))
    if len(clips) > 2:
        start = max(play.seconds - 0.5, 0.0)
        length = (len(clips[2].rotations) - 1) / clips[2].fps
        weight = eased(np.clip((times - start) / length, 0, 1), [(0.0, 0), (0.15, 1), (0.8, 1), (1.0, 0)])
        pose = _mixed(pose, _sampled(clips[2], np.clip(times - start, 0, length)), weight)
    rig = rig_of(skeleton)
    mapping = map_rig(rig)
    head = mapping.roles.get("head")
    if head is not None:
        nod = np.radians(5.0 * play.tone.energy) * _pulses(times, stresses(play.shapes), NOD)
        axis = rig.rest[head].T @ mapping.turn.T @ np.array([1.0, 0.0, 0.0])
        turn = np.concatenate([np.cos(nod / 2)[:, None], np.sin(nod / 2)[:, None] * axis], axis=1)
        pose.rotations[:, head] = _product(pose.rotations[:, head], turn)
    moves = {name: values.astype(np.float32) for name, values in pose.moves.items()}
    return Clip("Say", FPS, pose.rotations.astype(np.float32), moves.pop(ROOT), loop=False, offsets=moves)


def perform(play: Performance, name: str, skeleton: Skeleton, brief: dict | None = None) -> Clip:
    """The whole clip: bones and face units. Raises WorldwrightError when the skeleton is not a person's."""
    seconds = play.seconds + (2.6 if play.gesture in GESTURES else TAIL)
    clip = body(play, skeleton, brief, seconds)
    clip.name, clip.units = name, face(play, seconds, head_turn(clip, skeleton))
    return clip


def head_turn(clip: Clip, skeleton: Skeleton) -> np.ndarray:
    """(T, 2) radians by which the head is turned to the character's left and up; none for a skeleton without head."""
    rig = rig_of(skeleton)
    mapping = map_rig(rig)
    head = mapping.roles.get("head")
    if head is None:
        return np.zeros((len(clip.rotations), 2))
    ahead = motion_of(clip, rig).world[:, head] @ mapping.turn.T @ np.array([0.0, -1.0, 0.0])
    ahead = ahead @ mapping.turn.T
    return np.stack([np.arctan2(ahead[:, 0], -ahead[:, 1]), np.arcsin(np.clip(ahead[:, 2], -1, 1))], axis=1)


def clip_name(text: str, taken: set[str]) -> str:
    """“Say Welcome aboard my name”, another number behind it where that is taken."""
    words = re.findall(r"[\w']+", text)[:4]
    name = base = f"Say {' '.join(words)}"[:50].strip()
    number = 1
    while name in taken:
        number += 1
        name = f"{base} {number}"
    return name


def _blinks(play: Performance, seconds: float, rng: np.random.Generator) -> list[float]:
    """Every two to five seconds, and at pauses, where people blink most."""
    found = []
    second = float(rng.uniform(0.3, 1.5))
    pauses = [shape.start + 0.05 for shape in play.shapes if shape.viseme == SILENCE and shape.end - shape.start > 0.2]
    while second < seconds - 0.25:
        near = [pause for pause in pauses if abs(pause - second) < 0.8]
        found.append(min(near, key=lambda pause: abs(pause - second)) if near else second)
        second = found[-1] + float(rng.uniform(1.8, 4.5))
    return found


def _gaze(play: Performance, times: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """(T,) across (to the character's left) and up, in shares of the units: at the listener, with small quick movements; a look
    away before speaking, upwards where it does not know."""
    across, up = np.zeros(len(times)), np.zeros(len(times))
    second = 0.0
    while second < times[-1]:
        last = second + float(rng.uniform(0.5, 1.6))
        here = (times >= second) & (times < last)
        across[here], up[here] = rng.normal(0, 0.035), rng.normal(0, 0.02)
        second = last
    away = eased(np.clip(times / 1.2, 0, 1), [(0.0, 0), (0.1, 1), (0.6, 1), (0.75, 0)])
    side = float(rng.choice([-1.0, 1.0]))
    across += side * away * (0.35 if not play.known else 0.12)
    up += away * (0.4 if not play.known else 0.05)
    kernel = np.hanning(7)[1:-1]  # an eye takes about 40 ms for a small jump
    across, up = (np.convolve(np.pad(values, 2, "edge"), kernel / kernel.sum(), "valid") for values in (across, up))
    return across, up


def _speaking(play: Performance, times: np.ndarray) -> np.ndarray:
    """(T,) 0..1 whether the hands talk: eased, and not let down in short pauses."""
    said = np.zeros(len(times))
    for shape in play.shapes:
        if shape.viseme != SILENCE or shape.end - shape.start < LIMB_PAUSE:
            said[(times >= shape.start) & (times < shape.end)] = 1.0
    width = round(0.7 * FPS)
    kernel = np.hanning(width + 2)[1:-1]
    return np.convolve(np.pad(said, (width // 2, width - 1 - width // 2)), kernel / kernel.sum(), "valid")


def _pulses(times: np.ndarray, moments: list[float], form: tuple[tuple[float, float], ...]) -> np.ndarray:
    """(T,) the form at every moment; where two overlap, the larger."""
    seconds, values = zip(*form, strict=True)
    found = np.zeros(len(times))
    for moment in moments:
        found = np.maximum(found, np.interp(times - moment, seconds, values, 0.0, 0.0))
    return found


def _sampled(clip: Clip, times: np.ndarray) -> _Pose:
    """The clip at these seconds; a loop goes on."""
    last = len(clip.rotations) - 1
    place = times * clip.fps
    place = np.mod(place, last) if clip.loop and last > 0 else np.clip(place, 0, last)
    low = np.minimum(place.astype(int), max(last - 1, 0))
    high, share = np.minimum(low + 1, last), (place - low)[:, None]
    rotations = _blended(clip.rotations[low].astype(float), clip.rotations[high].astype(float), share[..., None])
    moves = {ROOT: clip.root_offset, **clip.offsets}
    return _Pose(rotations, {name: values[low] * (1 - share) + values[high] * share for name, values in moves.items()})


def _mixed(one: _Pose, other: _Pose, weight: np.ndarray) -> _Pose:
    """``weight`` (T,) of the other."""
    share, still = weight[:, None], np.zeros((len(weight), 3))
    names = dict.fromkeys([*one.moves, *other.moves])
    moves = {name: one.moves.get(name, still) * (1 - share) + other.moves.get(name, still) * share for name in names}
    return _Pose(_blended(one.rotations, other.rotations, share[..., None]), moves)


def _blended(one: np.ndarray, other: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Quaternions between two, the short way."""
    sign = np.where((one * other).sum(axis=-1, keepdims=True) < 0, -1.0, 1.0)
    mixed = one * (1 - share) + sign * other * share
    return mixed / np.linalg.norm(mixed, axis=-1, keepdims=True)


def _product(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """(T, 4) Hamilton products."""
    w, x, y, z = one.T
    a, b, c, d = other.T
    return np.stack([w * a - x * b - y * c - z * d, w * b + x * a + y * d - z * c,
                     w * c - x * d + y * a + z * b, w * d + x * c - y * b + z * a], axis=1)  # fmt: skip
