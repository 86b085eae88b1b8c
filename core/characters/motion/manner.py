"""How somebody moves: styles and moods as numbers, which every clip reads.

A style or a mood is what it changes of the neutral manner; amounts add up, so half heavy and a little sad is a manner too.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from ...errors import WorldwrightError


@dataclass(frozen=True)
class Manner:
    """Factors are 1 and angles, in degrees, 0 when neutral.

    Attributes:
        tempo: factor on how fast a motion goes.
        stride: factor on the length of steps.
        bounce: factor on how much the body rises and falls.
        lift: factor on how high the feet are raised.
        stoop: forward bend of the upper back; lean: forward lean of the whole trunk.
        head: how far the head hangs.
        swing: factor on the arms' swing; elbow: degrees they are bent more; spread: degrees they stand out more.
        width: factor on how far apart the feet are; toes: degrees they point out.
        crouch: share of the leg by which the pelvis is lower.
        sway: factor on the weight going from side to side.
        hips: factor on the pelvis's turning.
        fist: 0..1, how far the hands are closed.
        shrug: degrees the shoulders are raised.
        energy: factor on the size of gestures.
        heel: factor on how far the toes are up at heel strike and the heel at toe-off.
    """

    tempo: float = 1.0
    stride: float = 1.0
    bounce: float = 1.0
    lift: float = 1.0
    stoop: float = 0.0
    lean: float = 0.0
    head: float = 0.0
    swing: float = 1.0
    elbow: float = 0.0
    spread: float = 0.0
    width: float = 1.0
    toes: float = 0.0
    crouch: float = 0.0
    sway: float = 1.0
    hips: float = 1.0
    fist: float = 0.0
    shrug: float = 0.0
    energy: float = 1.0
    heel: float = 1.0


NEUTRAL = Manner()
STYLES: dict[str, Manner] = {
    "neutral": NEUTRAL,
    "heavy": Manner(
        tempo=0.84, stride=0.93, bounce=1.5, lift=0.8, stoop=3, lean=-2, swing=0.8, spread=7, width=1.6, toes=12,
        sway=1.9, hips=0.8, energy=0.85, heel=0.9, elbow=4,
    ),
    "light": Manner(
        tempo=1.06, stride=1.04, bounce=1.5, lift=1.25, stoop=-3, head=-3, swing=1.15, width=0.6, sway=0.7, hips=1.2, energy=1.1,
        heel=0.8,
    ),
    "elderly": Manner(
        tempo=0.74, stride=0.72, bounce=0.5, lift=0.55, stoop=17, lean=3, head=-9, swing=0.55, elbow=16, width=1.25, toes=8,
        crouch=0.02, sway=1.3, hips=0.5, energy=0.7, heel=0.5, shrug=2,
    ),
    "childlike": Manner(
        tempo=1.1, stride=0.98, bounce=2.0, lift=1.7, stoop=-3, head=-4, swing=1.55, elbow=8, spread=8, width=1.1, sway=1.3,
        hips=1.4, energy=1.35, heel=0.8,
    ),
    "military": Manner(
        tempo=1.05, stride=1.04, bounce=0.8, lift=1.1, stoop=-6, lean=-1, head=-3, swing=1.7, elbow=-4, width=0.85, toes=3,
        sway=0.5, hips=0.5, fist=0.8, energy=1.0, heel=1.15,
    ),
}  # fmt: skip
MOODS: dict[str, Manner] = {
    "neutral": NEUTRAL,
    "happy": Manner(tempo=1.06, stride=1.03, bounce=1.6, lift=1.15, stoop=-4, head=-4, swing=1.3, elbow=4, energy=1.25, sway=1.1),
    "sad": Manner(
        tempo=0.8, stride=0.82, bounce=0.6, lift=0.75, stoop=11, head=17, swing=0.45, hips=0.8, energy=0.65, shrug=-2, heel=0.7
    ),
    "tired": Manner(
        tempo=0.76, stride=0.85, bounce=0.9, lift=0.5, stoop=13, lean=3, head=9, swing=0.6, sway=1.5, crouch=0.015, energy=0.6,
        heel=0.6, shrug=-3, toes=5,
    ),
    "angry": Manner(
        tempo=1.12, stride=1.06, bounce=1.1, stoop=5, lean=4, head=5, swing=1.25, elbow=16, spread=6, width=1.15, fist=0.9, shrug=4,
        energy=1.2, heel=1.1,
    ),
}  # fmt: skip


def manner(style: str = "neutral", amount: float = 1.0, mood: str = "neutral", mood_amount: float = 1.0) -> Manner:
    """The manner of so much of a style and so much of a mood. Raises WorldwrightError for an unknown name."""
    for name, known, what in ((style, STYLES, "style"), (mood, MOODS, "mood")):
        if name not in known:
            raise WorldwrightError(f"There is no {what} of motion called “{name}”.", f"Known are: {', '.join(known)}.")
    return mixed([(STYLES[style], amount), (MOODS[mood], mood_amount)])


def mixed(parts: list[tuple[Manner, float]]) -> Manner:
    """Neutral, plus what each part changes of it, times its amount; factors stay above a quarter."""
    values = {}
    for field in fields(Manner):
        neutral = getattr(NEUTRAL, field.name)
        value = neutral + sum(amount * (getattr(part, field.name) - neutral) for part, amount in parts)
        values[field.name] = max(value, 0.25) if neutral == 1.0 else value
    return replace(NEUTRAL, **values | {"fist": min(max(values["fist"], 0.0), 1.0), "crouch": max(values["crouch"], 0.0)})
