"""Hair that is combed over the head: short, curly, bob, long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .cards import Strands, cards
from .groom import Groom


@dataclass(frozen=True)
class Style:
    """Lengths in metres for an adult head; ``lift`` is how far the outer layer stands off the skull."""

    count: int
    steps: int
    top: float
    side: float
    back: float
    lift: float
    width: float
    part: float  # eye distances to the left of the middle
    curl: float = 0.0
    core: float = 0.25  # how high the cap stands, over the lift
    limit: float = -99.0  # lowest point of the strands, eye distances over the eyes
    inwards: float = 0.0  # how far the ends bend to the neck


STYLES = {
    "short": Style(780, 4, 0.060, 0.026, 0.030, 0.012, 0.0098, 0.5),
    "receding": Style(620, 3, 0.040, 0.020, 0.024, 0.007, 0.0085, 0.5),
    "curly": Style(820, 4, 0.058, 0.044, 0.046, 0.024, 0.012, 0.1, curl=1.0, core=0.5),
    "bob": Style(500, 7, 0.270, 0.200, 0.185, 0.011, 0.0145, 0.25, limit=-1.62, inwards=0.3),
    "long": Style(500, 8, 0.430, 0.380, 0.370, 0.012, 0.0155, 0.15),
}
FEW = 0.12  # share of the cards under a low budget, each as much wider as makes up for it


def combed(groom: Groom, style: Style) -> Strands:
    """Strands that follow the flow field of a style, as cards."""
    rng, brief, size = groom.rng, groom.brief, groom.size
    count = round(style.count * (FEW if groom.low else 1))
    root, normal, _ = groom.roots(count, groom.scalp * groom.dense_front())
    place = groom.local(root)
    up = np.clip((place[:, 2] - 0.75) / 0.6, 0, 1)
    behind = np.clip((place[:, 1] - groom.head.skull[1]) / 0.8, 0, 1)
    length = up * style.top + (1 - up) * ((1 - behind) * style.side + behind * style.back)
    length *= size * (0.65 + 0.7 * brief.hair_length) * rng.uniform(0.88, 1.08, count)
    edge = np.clip(groom.density_at(root) * 1.3, 0.25, 1)
    layer = rng.random(count) ** 1.3  # 0 lies on the skull, 1 is the outermost
    high = np.maximum(up, min(1.0, style.curl - 0.6))  # curls stand off all round, combed hair on top
    lift = (0.0025 + style.lift * groom.volume * layer * (0.40 + 0.60 * high) * edge) * size
    points, step = [root + 0.0005 * normal], (length / style.steps)[:, None]
    jitter = _locks(groom, root) * 0.14 + rng.standard_normal((count, 3)) * (0.03 + 0.35 * style.curl)
    wander = 0.1 * rng.standard_normal(count)
    way = _flow(groom, root, style, wander) * 0.75 + normal * (0.35 + 0.4 * style.curl) + jitter
    for number in range(style.steps):
        flow = _flow(groom, points[-1], style, wander) + 0.6 * jitter
        if style.curl:
            flow += style.curl * 0.7 * rng.standard_normal(flow.shape)
        way = 0.4 * way / np.linalg.norm(way, axis=1, keepdims=True) + 0.6 * flow
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        here = points[-1] + step * way
        here = _near_skull(groom, here, lift * min(1.0, (number + 1) / 1.6), style)
        if style.top > 0.1:
            here = groom.clear_of_body(groom.clear_of_face(here), layer)
        points.append(groom.under_hat(here))
    width = style.width * size * (0.75 + 0.5 * rng.random(count)) * (0.35 + 0.65 * edge) * (2.6 if groom.low else 1)
    lines = groom.ended_at(np.stack(points, axis=1), style.limit + 0.07 * rng.standard_normal(count) - 0.25 * brief.hair_length)
    seen = ~groom.hatted(lines).all(axis=1)
    lines, width, layer = lines[seen], width[seen], layer[seen]
    if style.inwards:
        lines = _bent_in(groom, lines, style.inwards)
    wispy = np.zeros(len(lines)) if groom.low else np.maximum(0.8 * layer, min(1.2, style.curl - 0.4))
    return cards(lines, width, groom.skull.centre, rng, wispy)


def _locks(groom: Groom, root: np.ndarray) -> np.ndarray:
    """(n, 3) directions that neighbours share: smooth noise of four waves over the head, so that hair falls in locks."""
    place = groom.local(root)
    total = np.zeros_like(place)
    for _ in range(4):
        wave, phase = groom.rng.normal(0, 3.2, 3), groom.rng.uniform(0, 2 * np.pi)
        total += np.sin(place @ wave + phase)[:, None] * groom.rng.standard_normal(3)
    return total / 2


def _bent_in(groom: Groom, lines: np.ndarray, amount: float) -> np.ndarray:
    """The last third of each strand bends towards the neck."""
    place = groom.local(lines)
    neck = groom.local(groom.shape.joint("neck_01"))[:2]
    share = np.clip((np.linspace(0, 1, lines.shape[1]) - 0.6) / 0.4, 0, 1)[None, :, None] ** 1.5
    place[..., :2] += (neck - place[..., :2]) * share * amount * 0.6 * (place[..., 2:] < -0.7)
    return (groom.head.origin + place * groom.unit).astype(np.float32)


def _flow(groom: Groom, points: np.ndarray, style: Style, wander: np.ndarray) -> np.ndarray:
    """(n, 3) unit combing directions in the surface of the skull; ``wander`` (n,) blurs the parting."""
    place = groom.local(points)
    out = points - groom.skull.centre
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    over_face = np.clip(1.1 - np.abs(place[:, 0]), 0, 1) * (place[:, 1] < groom.head.skull[1])
    up = np.clip((place[:, 2] - 0.7) / 0.75 + over_face, 0, 1)[:, None]  # nothing is combed into the eyes
    part = style.part * groom.left_handed
    falls_left = np.where(place[:, 0] > part + wander, 1.0, -1.0)
    behind = np.clip((place[:, 1] - groom.head.skull[1] + 0.2) / 0.9, 0, 1)
    zero = np.zeros(len(points))
    if style.top > 0.1:  # long enough to fall
        over = np.stack([falls_left * (1 - 0.6 * behind), 0.25 + 0.9 * behind, zero - 0.2], axis=1)
        down = np.stack([zero, 0.10 + 0 * zero, zero - 1], axis=1)
    else:
        away = -np.sign(part) if part else 1.0
        sweep = np.where(place[:, 0] * np.sign(part or 1) > abs(part), -away * 0.7, away * 0.9) * (1 - 0.7 * behind)
        over = np.stack([sweep, 0.45 + 0.6 * behind, zero], axis=1)
        down = np.stack([zero, 0.55 - 0.5 * behind, zero - 0.9], axis=1)
    flow = up * over + (1 - up) * down
    inwards = (flow * out).sum(axis=1, keepdims=True)
    free = np.clip((0.9 - place[:, 2:]) / 0.4, 0, 1) if style.top > 0.1 else np.clip((-0.1 - place[:, 2:]) / 0.3, 0, 1)
    flow -= np.where(inwards < 0, inwards, (1 - free) * inwards) * out  # falling hair leaves the skull, none enters it
    return flow / np.maximum(np.linalg.norm(flow, axis=1, keepdims=True), 1e-6)


def _near_skull(groom: Groom, points: np.ndarray, lift: np.ndarray, style: Style) -> np.ndarray:
    """Not under the layer's height; above the ears not far over it either."""
    radius, own = groom.skull.radius(points)
    wanted = radius + lift
    above = np.clip((groom.local(points)[:, 2] - (0.7 if style.top > 0.1 else -0.3)) / 0.5, 0, 1)
    held = np.where(own < wanted, wanted, own + above * (0.25 * style.curl - 0.85 if style.curl < 1 else -0.4) * (own - wanted))
    return (groom.skull.centre + (points - groom.skull.centre) * (held / np.maximum(own, 1e-6))[:, None]).astype(np.float32)
