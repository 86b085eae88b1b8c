"""Cloud → person: the networks guess, several guesses are refined a little, the best of them all the way."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

from ...progress import Progress, silent
from ..body import load_pack
from .model import Body, about_up
from .network import FitNet, load_network, normalised
from .refine import SCHEDULE, Refiner, Round, State
from .space import build_space

NETWORK_POINTS = 1024
TRIAL = (Round(6, 0.1, 0.1, 0.3, 500, False), Round(4, 0.06, 0.05, 0.15, 600))
NEAR = 0.045  # statures; a mean distance beyond which another start is tried
CAP = 0.12  # statures; farther is as bad


@dataclass
class Fitted:
    """A person found in a cloud.

    Attributes:
        coefficients: (K,) of the shape space.
        pose: (20, 3, 3) rotations of ``FIT_BONES`` as in ``poses``; curls: (2,).
        yaw: radians about Z from facing -Y; stature and place (3,) of the pelvis in the cloud's own units.
        residual: mean distance from the cloud to the body, and back, in statures.
        person: the network's probability that it is one person.
        outward: share of the cloud's normals that pointed outward.
        starts: how many guesses were refined.
    """

    coefficients: np.ndarray
    pose: np.ndarray
    curls: np.ndarray
    yaw: float
    stature: float
    place: np.ndarray
    residual: tuple[float, float]
    person: float
    outward: float
    starts: int


class Fitter:
    """The networks with their shape space and body, loaded once."""

    def __init__(self, network: FitNet) -> None:
        self.network = network
        self.space = build_space(load_pack(), network.mix.numpy(), network.centre.numpy())
        self.body = Body(self.space)

    def fit(
        self, positions: np.ndarray, normals: np.ndarray, oriented: bool, seed: int = 0, progress: Progress = silent
    ) -> Fitted:
        """The person in a cloud: ``positions`` (N, 3), unit ``normals`` (N, 3); ``oriented``: they agree with each other."""
        with torch.no_grad():
            return self._fit(positions, normals, oriented, seed, progress)

    def _fit(self, positions: np.ndarray, normals: np.ndarray, oriented: bool, seed: int, progress: Progress) -> Fitted:
        cloud, mean, scale = normalised(torch.from_numpy(np.ascontiguousarray(positions)).float()[None])
        order = torch.randperm(cloud.shape[1], generator=torch.Generator().manual_seed(seed))
        some = cloud[:, order[:NETWORK_POINTS]]
        yaws, person = self.facings(some)
        states, unit = self.guesses(some, yaws)
        refiner = Refiner(self.body, cloud[0][order] / unit, torch.from_numpy(normals).float()[order], oriented, seed)
        progress(0.2, "Trying ways to stand")
        outward = self._turn_outward(refiner, states)
        states = refiner.refine(states, TRIAL)
        ranked = self.errors(refiner, states).argsort().tolist()
        best: tuple[float, State] | None = None
        for number, start in enumerate(ranked[:2]):
            progress(0.4 + 0.3 * number, "Moving the body onto the points")
            state = refiner.refine(states.take([start]), SCHEDULE)
            error = float(self.errors(refiner, state)[0])
            if best is None or error < best[0]:
                best = (error, state)
            if error < NEAR:
                break
        state = best[1]
        to_body, to_cloud = refiner.distances(state)
        factor = float(unit / scale[0, 0, 0])
        return Fitted(
            state.shape[0].double().numpy(),
            state.rotations[0].double().numpy(),
            state.curls[0].double().numpy(),
            float(state.yaw[0]),
            float(state.size[0].exp()) * factor,
            (state.place[0] * factor + mean[0, 0]).double().numpy(),
            (float(to_body.clamp_max(CAP).mean()), float(to_cloud.clamp_max(CAP).mean())),
            person,
            outward,
            len(yaws),
        )

    def _turn_outward(self, refiner: Refiner, states: State) -> float:
        """Turns inside-out normals; where they do not agree with each other, lets the refiner decide of each."""
        shares = [refiner.orient(states.take([number])) for number in range(len(states.yaw))]
        outward = max(shares, key=lambda share: abs(share - 0.5))
        if refiner.oriented and outward < 0.35:
            refiner.normals = -refiner.normals
        elif refiner.oriented and outward < 0.75:
            refiner.oriented = False
        return outward

    def facings(self, cloud: Tensor) -> tuple[list[float], float]:
        """The likeliest yaws of a normalised cloud (1, N, 3), at least 45 degrees apart, the best's opposite among them; and the
        probability of a person."""
        logits = self.network.facing(cloud)[0]
        bins = self.network.config.bins
        chance = logits[:bins].softmax(dim=0).numpy()
        step = 2 * math.pi / bins
        found: list[float] = []
        smooth = chance + 0.5 * (np.roll(chance, 1) + np.roll(chance, -1))
        for peak in np.argsort(-smooth):
            near = (np.arange(-2, 3) + peak) % bins
            offset = float((chance[near] * np.arange(-2, 3)).sum() / max(chance[near].sum(), 1e-9))
            yaw = (peak + offset) * step
            if all(math.cos(yaw - other) < math.cos(math.pi / 4) for other in found):
                found.append(yaw)
            if len(found) == 2:
                break
        opposite = found[0] + math.pi
        if all(math.cos(opposite - other) < math.cos(math.pi / 4) for other in found):
            found.append(opposite)
        return found, float(torch.sigmoid(logits[bins]))

    def guesses(self, cloud: Tensor, yaws: list[float]) -> tuple[State, float]:
        """What the body network says to a normalised cloud (1, N, 3) seen from each yaw; and the unit, a stature, of the states."""
        turns = torch.tensor(yaws, dtype=torch.float32)
        guess = self.network.body(cloud @ about_up(turns))
        unit = float(guess.stature[0])
        pelvis = (about_up(turns) @ guess.pelvis[..., None])[..., 0]
        size = (guess.stature / unit).log()
        return State(guess.shape, guess.rotations, guess.curls, turns + guess.yaw, size, pelvis / unit), unit

    def errors(self, refiner: Refiner, states: State) -> Tensor:
        """(C,) mean distance both ways in statures, what is missing in a partial cloud counting less."""
        to_body, to_cloud = refiner.distances(states)
        return to_body.clamp_max(CAP).mean(dim=1) + 0.5 * to_cloud.clamp_max(CAP).mean(dim=1)


@lru_cache(maxsize=1)
def load_fitter() -> Fitter:
    """The fitter of the shipped weights. Raises WorldwrightError when they are missing."""
    return Fitter(load_network()[0])
