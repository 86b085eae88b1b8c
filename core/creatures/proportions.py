"""Proportions: the brief's legs, neck, tail, head and build change an anatomy, joint by joint, and nothing comes apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from .brief import CreatureBrief
from .grammar import Anatomy, with_points

SPREAD = 0.07  # standard deviation of what the seed changes, as a share, at full variety


def adapt(anatomy: Anatomy, brief: CreatureBrief, rng: np.random.Generator) -> Anatomy:
    """The anatomy with the brief's proportions and a little of the seed's, scaled; its feet stay on the ground."""
    legs, neck, tail, head = (
        float(value * np.exp(SPREAD * brief.variety * rng.standard_normal()))
        for value in (brief.leg_length, brief.neck_length, brief.tail_length, brief.head_size)
    )
    build = float(np.clip(0.72 + 0.56 * brief.build + 0.04 * brief.variety * rng.standard_normal(), 0.6, 1.5))
    result = anatomy
    hips = _height(anatomy, "leg")
    for region, start, factor in (("neck", "neck", neck), ("tail", "tail", tail)):
        result = _stretch(result, region, start, factor)
    result = _enlarge_head(result, head)
    result = _legs(result, hips, legs)
    result.flesh = [_thicken(flesh, build) for flesh in result.flesh]
    return _scale(result, brief.scale)


def _height(anatomy: Anatomy, region: str) -> float:
    """How high the highest joint of a region is."""
    return max((float(bone.head[2]) for bone in anatomy.bones if bone.region == region), default=0.0)


def _everywhere(anatomy: Anatomy, move, size=lambda region: 1.0) -> Anatomy:
    """``move(region, points)`` on every part."""
    changed: dict[str, Any] = {
        name: [
            with_points(part, lambda points, r=part.region: move(r, points), size(part.region)) for part in getattr(anatomy, name)
        ]
        for name in ("bones", "flesh", "eyes", "spikes", "ears", "wings")
    }
    locks = [replace(lock, path=move(_region(lock.where), lock.path)) if lock.path is not None else lock for lock in anatomy.locks]
    return replace(anatomy, **changed, locks=locks)


def _region(where: str) -> str:
    return {"mane": "neck", "ruff": "neck", "tail": "tail", "crest": "head"}.get(where, "trunk")


def _first(anatomy: Anatomy, region: str) -> np.ndarray | None:
    return next((bone.head for bone in anatomy.bones if bone.region == region), None)


def _stretch(anatomy: Anatomy, region: str, start: str, factor: float) -> Anatomy:
    base = _first(anatomy, region)
    if base is None or factor == 1.0:
        return anatomy
    head = _first(anatomy, "head")
    shift = (head - base) * (factor - 1) if region == "neck" and head is not None else np.zeros(3)

    def move(where: str, points: np.ndarray) -> np.ndarray:
        if where == region:
            return base + (points - base) * factor
        return points + shift if where == "head" and region == "neck" else points

    return _everywhere(anatomy, move)


def _enlarge_head(anatomy: Anatomy, factor: float) -> Anatomy:
    base = _first(anatomy, "head")
    if base is None:
        return anatomy
    return _everywhere(
        anatomy,
        lambda region, points: base + (points - base) * factor if region == "head" else points,
        lambda region: factor if region == "head" else 1.0,
    )


def _legs(anatomy: Anatomy, hips: float, factor: float) -> Anatomy:
    """Below the hips heights scale; above, everything is shifted along."""
    knee = 0.12 * hips  # paws keep their size

    def move(_: str, points: np.ndarray) -> np.ndarray:
        moved = points.copy()
        z = points[:, 2]
        moved[:, 2] = z + (factor - 1) * np.clip(z - knee, 0, hips - knee)
        return moved

    return _everywhere(anatomy, move) if hips > 0 else anatomy


def _thicken(flesh, build: float):
    share = {"trunk": 1.0, "neck": 0.7, "leg": 0.45, "tail": 0.5, "arm": 0.5}.get(flesh.region, 0.0)
    factor = 1 + (build - 1) * share
    return replace(flesh, ra=(flesh.ra[0] * factor, flesh.ra[1] * factor), rb=(flesh.rb[0] * factor, flesh.rb[1] * factor))


def _scale(anatomy: Anatomy, factor: float) -> Anatomy:
    scaled = _everywhere(anatomy, lambda region, points: points * factor, lambda region: factor)
    scaled.locks = [replace(lock, length=lock.length * factor, width=lock.width * factor) for lock in scaled.locks]
    return scaled
