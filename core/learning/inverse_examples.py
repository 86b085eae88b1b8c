"""Examples for the inverse models: random props of every generator as clouds, and which sliders show in their shape at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor

from ..inverse.frame import QUARTERS, UPS, Cloud, cloud_of
from ..inverse.network import network_input
from ..inverse.sliders import SIDES, Slider, Value, drawn, limits, make, sliders_of, usual
from ..scene import Mesh
from ..spatial.losses import nearest_distances

POINTS = 1024
BASES = 9  # random props of a kind on which every slider is tried
QUERIES = 701  # points whose distance to a dense cloud is taken when a slider is tried; a count that shares no places with it
VISIBLE = 1.2e-4  # mean chamfer above that of the shape to itself, in diagonals, from which a slider counts as visible
SAME = 0.02  # of the half side: below it a turned cloud is the same cloud


@dataclass
class Visible:
    """The sliders of one kind that show. ``effect``: mean chamfer in diagonals when the slider moves; ``hidden``: (slider, other
    slider, its value) under which moving the slider changes nothing."""

    sliders: list[Slider]
    effect: dict[str, float] = field(default_factory=dict)
    hidden: list[tuple[str, str, Value]] = field(default_factory=list)

    def shows(self, name: str, values: Mapping[str, Value]) -> bool:
        """Whether a slider does anything on a prop of these values."""
        return not any(slider == name and values[other] == value for slider, other, value in self.hidden)


def distance(one: np.ndarray, other: np.ndarray) -> float:
    """Symmetric chamfer of two clouds (N, 3), (M, 3)."""
    there, back = nearest_distances(torch.from_numpy(one).float()[None], torch.from_numpy(other).float()[None])
    return float(there.mean() + back.mean()) / 2


def visible_sliders(key: str, rng: np.random.Generator) -> Visible:
    """Tries every slider of a kind on random props. A slider shows where moving it moves the surface more than sampling does."""
    everything = sliders_of(key)
    moved: dict[str, list[tuple[dict[str, Value], bool, float]]] = {slider.name: [] for slider in everything}
    for _ in range(BASES):
        values = drawn(key, rng)
        base = make(key, values).mesh
        here = _Sampled(base)
        for slider in everything:
            levels = [level for level in slider.levels if level != values[slider.name]]
            changed = make(key, values | {slider.name: levels[int(rng.integers(len(levels)))]}).mesh
            same = len(changed.vertices) == len(base.vertices) and np.allclose(changed.vertices, base.vertices, atol=1e-5)
            moved[slider.name].append((values, same, 0.0 if same else here.change(_Sampled(changed))))
    found = Visible([])
    for slider in everything:
        found.effect[slider.name] = round(float(np.mean([effect for _, _, effect in moved[slider.name]])), 5)
        if found.effect[slider.name] >= VISIBLE:
            found.sliders.append(slider)
            found.hidden += _hidden(slider, everything, moved[slider.name])
    return found


class _Sampled:
    """A mesh as two clouds: places to ask from, and a dense one to find the nearest in."""

    def __init__(self, mesh: Mesh) -> None:
        self.asked = torch.from_numpy(cloud_of([mesh], QUERIES).points).float()
        dense = cloud_of([mesh], 4 * POINTS)
        self.dense, self.diagonal = torch.from_numpy(dense.points).float(), dense.diagonal
        self.floor = self.reach(self)

    def reach(self, other: _Sampled) -> float:
        return float(torch.cdist(self.asked, other.dense).min(dim=1)[0].mean())

    def change(self, other: _Sampled) -> float:
        """Chamfer to another above that to itself, in diagonals."""
        return max(self.reach(other) + other.reach(self) - self.floor - other.floor, 0.0) / 2 / self.diagonal


def _hidden(slider: Slider, everything: list[Slider], tries: list[tuple[dict[str, Value], bool, float]]) -> list:
    """Under which value of which other slider this one never did anything."""
    found = []
    for other in everything:
        if other.name != slider.name and not other.ordered:
            for level in other.levels:
                there = [same for values, same, _ in tries if values[other.name] == level]
                if len(there) >= 3 and all(there):
                    found.append((slider.name, other.name, level))
    return found


@dataclass
class Shapes:
    """n props of our generators as clouds.

    Attributes:
        points: (n, POINTS, 3) int16 from the box's middle, in 1/32767 of its half sides. normals: (n, POINTS, 3) int8 times 127.
        half: (n, 3) float32 half sides, metres. kind: (n,) int64.
        target: (n, columns) float16 shares of the levels of all sliders; ``shows`` (n, groups) bool: that slider of the own kind.
        same: (n, 4) bool: turned by so many quarters it is the same cloud.
    """

    points: Tensor
    normals: Tensor
    half: Tensor
    kind: Tensor
    target: Tensor
    shows: Tensor
    same: Tensor


def shape_of(key: str, values: Mapping[str, Value]) -> tuple[Cloud, np.ndarray, np.ndarray]:
    """The cloud of a prop, and the middle and half sides of its box."""
    mesh = make(key, values).mesh
    cloud = cloud_of([mesh], POINTS)
    low, high = mesh.bounds
    return cloud, (low + high).astype(float) / 2, np.maximum((high - low).astype(float) / 2, 1e-5)


def symmetric(cloud: np.ndarray, half: np.ndarray) -> np.ndarray:
    """(4,) bool: whether the cloud (N, 3), in its cube, is the same after so many quarter turns."""
    found = [True]
    part = cloud[::2]
    floor = distance(cloud[::2], cloud[1::2])
    for quarter in (1, 2, 3):
        alike = quarter == 2 or abs(np.log(half[0] / half[1])) < 0.05
        found.append(bool(alike) and distance(cloud[1::2], part @ QUARTERS[quarter].T) - floor < SAME)
    return np.array(found)


def make_shapes(key: str, found: Visible, count: int, rng: np.random.Generator) -> Shapes:
    """``count`` random props of one kind; their ``kind`` is 0."""
    columns: dict[str, list] = {name: [] for name in ("points", "normals", "half", "kind", "target", "shows", "same")}
    for _ in range(count):
        values = drawn(key, rng)
        if rng.random() < 0.4:  # many things have a usual size
            low, high = limits(key)
            middle = np.array([float(usual(key)[side]) for side in SIDES])
            sides = np.clip(middle * np.exp(rng.normal(0, 0.2, 3)), low, high)
            values |= dict(zip(SIDES, (float(side) for side in sides), strict=True))
        cloud, centre, half = shape_of(key, values)
        inside = (cloud.points - centre) / half
        target = [slider.target(values[slider.name]) for slider in found.sliders]
        columns["points"].append(np.round(np.clip(inside, -1, 1) * 32767).astype(np.int16))
        columns["normals"].append(np.round(cloud.normals * 127).astype(np.int8))
        columns["half"].append(half.astype(np.float32))
        columns["kind"].append(np.int64(0))
        columns["target"].append(np.concatenate([np.zeros(0), *target]).astype(np.float16))
        columns["shows"].append(np.array([found.shows(slider.name, values) for slider in found.sliders], bool))
        columns["same"].append(symmetric(inside, half))
    return Shapes(**{name: torch.from_numpy(np.stack(values)) for name, values in columns.items()})


@dataclass
class Batch:
    """What the network is shown and should say. ``turn`` (B, 4) shares of the quarter turns that bring it to face -Y; ``straight``
    (B,) it faces -Y and has its true size, so that its sliders count; ``upright`` (B,); ``box`` (B, 6); ``index`` (B,)."""

    positions: Tensor
    features: Tensor
    turn: Tensor
    upright: Tensor
    straight: Tensor
    box: Tensor
    index: Tensor


class Views:
    """Draws batches: shapes turned, seen from some sides only, noisy, with and without normals."""

    def __init__(self, shapes: Shapes, seed: int, points: int = 512) -> None:
        self.shapes, self.points = shapes, points
        self.generator = torch.Generator().manual_seed(seed)
        self.ups = torch.stack([torch.from_numpy(up) for up in UPS]).float()

    def _random(self, *size: int) -> Tensor:
        return torch.rand(*size, generator=self.generator)

    def batch(self, index: Tensor, plain: bool = False) -> Batch:
        """Views of the shapes of numbers ``index`` (B,); ``plain``: as they are, whole and clean."""
        shapes, count = self.shapes, len(index)
        pick = torch.rand(count, POINTS, generator=self.generator).argsort(dim=1)
        rows = index[:, None]
        half = shapes.half[index]
        points = shapes.points[rows, pick].float() / 32767 * half[:, None]
        normals = shapes.normals[rows, pick].float() / 127
        if plain:
            positions, features = network_input(points[:, : self.points], normals[:, : self.points])
            ones = torch.ones(count)
            turn = shapes.same[index].float() / shapes.same[index].sum(dim=1, keepdim=True)
            box = torch.cat([-ones[:, None].expand(-1, 3), ones[:, None].expand(-1, 3)], dim=1)
            return Batch(positions, features, turn, ones, ones.bool(), box, index)
        points, normals = self._seen(points, normals)
        stretch = torch.where(self._random(count) < 0.12, (2.4 * (self._random(count) - 0.5)).exp(), torch.ones(count))
        turned, turn, upright, straight = self._turned(count, shapes.same[index])
        points = points * stretch[:, None, None]
        noise = (self._random(count, 1, 1) ** 2) * 0.01 * (2 * half * stretch[:, None]).norm(dim=-1)[:, None, None]
        noise = torch.where(self._random(count, 1, 1) < 0.5, noise, torch.zeros_like(noise))
        moved = (points + noise * torch.randn(points.shape, generator=self.generator)) @ turned.transpose(1, 2)
        normals = normals @ turned.transpose(1, 2)
        sign = torch.where(self._random(count, self.points, 1) < 0.5, -1.0, 1.0)
        normals = torch.where(self._random(count, 1, 1) < 0.12, normals * sign, normals)
        positions, features = network_input(moved, normals)
        without = self._random(count) < 0.25
        features[without, :, :4] = 0.0
        low, high = moved.min(dim=1)[0], moved.max(dim=1)[0]
        middle, reach = (low + high) / 2, ((high - low) / 2).clamp_min(1e-6)
        edge = half * stretch[:, None]
        box = torch.cat([(-edge - middle) / reach, (edge - middle) / reach], dim=1)
        straight = straight & (stretch == 1)
        return Batch(positions, features, turn, upright, straight, box.clamp(-4, 4), index)

    def _turned(self, count: int, same: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Rotations (B, 3, 3), and the targets turn, upright and straight that go with them."""
        kind = self._random(count)
        quarter = torch.where(kind < 0.7, 0, (self._random(count) * 4).long())
        angle = torch.randn(count, generator=self.generator) * 0.025 + quarter * (torch.pi / 2)
        cos, sin, zero, one = angle.cos(), angle.sin(), torch.zeros(count), torch.ones(count)
        turned = torch.stack([cos, -sin, zero, sin, cos, zero, zero, zero, one], dim=1).view(count, 3, 3)
        fallen = kind > 0.9
        lying = 1 + (self._random(count) * 5).long()
        tipped = self.ups[lying].transpose(1, 2)
        turned = torch.where(fallen[:, None, None], tipped @ turned, turned)
        # The turn that brings it back is -quarter; so is any that differs from it by a symmetry.
        back = (torch.arange(4)[None] + quarter[:, None]) % 4
        turn = same.gather(1, back).float()
        turn = turn / turn.sum(dim=1, keepdim=True)
        straight = same.gather(1, quarter[:, None])[:, 0] & ~fallen
        return turned, turn, (~fallen).float(), straight

    def _seen(self, points: Tensor, normals: Tensor) -> tuple[Tensor, Tensor]:
        """Some of the points of each cloud: any, or those seen from one side, or from around."""
        count = len(points)
        kind = self._random(count)
        views = torch.where(kind < 0.2, 1, torch.where(kind < 0.4, 5, 0))
        visible = torch.zeros(points.shape[:2], dtype=torch.bool)
        for number in range(5):
            some = views > number
            if some.any():
                visible[some] |= self._from_a_side(points[some], normals[some])
        visible |= (views == 0)[:, None]
        order = (visible.float() + self._random(*visible.shape) * 0.5).argsort(dim=1, descending=True)
        kept = visible.sum(dim=1).clamp_min(1)
        place = torch.arange(self.points)[None] % kept[:, None]
        chosen = order.gather(1, place)[..., None].expand(-1, -1, 3)
        return points.gather(1, chosen), normals.gather(1, chosen)

    def _from_a_side(self, points: Tensor, normals: Tensor, cells: int = 24) -> Tensor:
        """(B, N) bool: what a camera a little above the horizon sees, by a coarse depth picture."""
        count = len(points)
        yaw, pitch = self._random(count) * 2 * torch.pi, self._random(count) * 1.0 - 0.1
        view = torch.stack([pitch.cos() * yaw.cos(), pitch.cos() * yaw.sin(), pitch.sin()], dim=1)
        right = torch.stack([-yaw.sin(), yaw.cos(), torch.zeros(count)], dim=1)
        upward = torch.linalg.cross(view, right)
        u, v, depth = (torch.einsum("bnc,bc->bn", points, axis) for axis in (right, upward, view))
        size = torch.maximum(u.amax(1) - u.amin(1), v.amax(1) - v.amin(1)).clamp_min(1e-6)[:, None]
        column = ((u - u.amin(1, keepdim=True)) / size * (cells - 1)).long()
        row = ((v - v.amin(1, keepdim=True)) / size * (cells - 1)).long()
        cell = row * cells + column
        nearest = torch.full((count, cells * cells), -1e9).scatter_reduce(1, cell, depth, "amax")
        facing = torch.einsum("bnc,bc->bn", normals, view) > -0.05
        return facing & (depth > nearest.gather(1, cell) - 0.12 * size)
