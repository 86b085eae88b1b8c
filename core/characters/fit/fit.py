"""Cloud → person: the networks guess, several guesses are refined a little, the best of them all the way."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

from ...progress import Progress, silent
from ..body import load_pack
from .model import Body, about_up, rotation
from .network import FitNet, load_network, normalised
from .poses import FIT_BONES
from .refine import HANDS, LAST, SCHEDULE, Refiner, Round, State
from .space import build_space

NETWORK_POINTS = 1024
TRIAL = (Round(6, 0.1, 0.1, 0.3, 500, False), Round(4, 0.06, 0.05, 0.15, 600))
TURNS = (0.0, -0.3, 0.3)  # radians by which the network looks at a cloud from more to the side
TRIED, STARTS = 5, 2  # guesses that are refined a little, and all the way at most
NEAR = 0.0075  # statures; a mean distance beyond which another start is tried
MISSED = 0.04  # statures; points farther from the body belong to a limb that went elsewhere
LIMBS_MISSED = 1
HAND_TURNS = (0.0, -0.9, 0.9, -1.8, 1.8)  # radians
LIMBS = tuple((f"{first}_{side}", f"{second}_{side}", above.format(side)) for side in "lr"
              for first, second, above in (("upperarm", "lowerarm", "clavicle_{}"), ("thigh", "calf", "pelvis")))  # fmt: skip
UNLIKELY = 0.1  # a lower probability of a person is worth no second start
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

    def fit(self, positions: np.ndarray, normals: np.ndarray, oriented: bool, seed: int = 0, progress: Progress = silent) -> Fitted:
        """The person in a cloud: ``positions`` (N, 3), unit ``normals`` (N, 3); ``oriented``: they agree with each other."""
        with torch.no_grad():
            return self._fit(positions, normals, oriented, seed, progress)

    def _fit(self, positions: np.ndarray, normals: np.ndarray, oriented: bool, seed: int, progress: Progress) -> Fitted:
        cloud, mean, scale = normalised(torch.from_numpy(np.ascontiguousarray(positions)).float()[None])
        order = torch.randperm(cloud.shape[1], generator=torch.Generator().manual_seed(seed))
        some = cloud[:, order[:NETWORK_POINTS]]
        yaws, person = self.facings(some)
        starts = [yaw + turn for yaw in yaws for turn in TURNS]
        states, unit = self.guesses(some, starts)
        refiner = Refiner(self.body, cloud[0][order] / unit, torch.from_numpy(normals).float()[order], oriented, seed)
        progress(0.2, "Trying ways to stand")
        outward = self._turn_outward(refiner, states)
        states = refiner.refine(states.take(self.errors(refiner, states).argsort()[:TRIED]), TRIAL)
        ranked = self.errors(refiner, states).argsort().tolist()
        best = (math.inf, states.take([ranked[0]]))
        for number, start in enumerate(ranked[:STARTS]):
            progress(0.4 + 0.5 * number / STARTS, "Moving the body onto the points")
            state = refiner.refine(states.take([start]), SCHEDULE)
            error = float(self.errors(refiner, state)[0])
            best = min(best, (error, state), key=lambda found: found[0])
            if best[0] < NEAR or person < UNLIKELY:
                break
        for _ in range(LIMBS_MISSED):
            aimed = self._aimed(refiner, best[1]) if best[0] >= NEAR and person >= UNLIKELY else None
            if aimed is None:
                break
            aimed = refiner.refine(aimed, TRIAL)
            state = refiner.refine(aimed.take([int(self.errors(refiner, aimed).argmin())]), SCHEDULE)
            error = float(self.errors(refiner, state)[0])
            best = min(best, (error, state), key=lambda found: found[0])
        progress(0.9, "Turning the hands")
        state = refiner.refine(self._with_hands(refiner, best[1]), LAST)
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
            number + 1,
        )

    def _aimed(self, refiner: Refiner, state: State) -> State | None:
        """A fit that leaves points of the cloud unexplained, once for each limb, that limb stretched towards them; None when all
        are explained."""
        far = refiner.positions[:1200][refiner.distances(state)[0][0] > MISSED]
        if len(far) < 12:
            return None
        pose = self.body.pose(state.shape, state.rotations, state.curls)
        up = about_up(state.yaw)[0]
        goal = (far.median(dim=0).values - state.place[0]) @ up / state.size[0].exp()
        states = []
        for first, second, above in LIMBS:
            pack = self.space.pack
            bone, rest = (
                pack.bone(first),
                [torch.from_numpy(pack.bone_rest[pack.bone(name)][:, 1]).float() for name in (first, second)],
            )
            way = pose.turned[0, pack.bone(above)].T @ torch.nn.functional.normalize(goal - pose.joints[0, bone], dim=0)
            rotations = state.rotations.clone()
            rotations[0, FIT_BONES.index(first)] = _between(rest[0], way)
            rotations[0, FIT_BONES.index(second)] = _between(rest[1], rest[0])
            states.append(replace(state, rotations=rotations))
        return State.joined(states)

    def _with_hands(self, refiner: Refiner, state: State) -> State:
        """The fit with each hand as it fits best of several turns about its forearm; hands get stuck the wrong way."""
        pack = self.space.pack
        states = []
        for turn in HAND_TURNS:
            rotations, curls = state.rotations.clone(), state.curls.clone()
            for number, (side, sign) in enumerate((("l", 1.0), ("r", -1.0))):
                axis = torch.from_numpy(pack.bone_rest[pack.bone(f"lowerarm_{side}")][:, 1]).float()
                rotations[0, FIT_BONES.index(f"lowerarm_{side}")] @= rotation(sign * turn * axis)
                if turn:
                    rotations[0, FIT_BONES.index(f"hand_{side}")] = torch.eye(3)
                    curls[0, number] = 0.2
            states.append(replace(state, rotations=rotations, curls=curls))
        tried = refiner.refine(State.joined(states), HANDS)
        errors = refiner.hand_errors(tried)
        errors[0] *= 0.8  # another turn must be clearly better
        best = errors.argmin(dim=0).tolist()
        chosen = tried.take([0])
        for number, (side, variant) in enumerate(zip("lr", best, strict=True)):
            for bone in ("upperarm", "lowerarm", "hand"):
                index = FIT_BONES.index(f"{bone}_{side}")
                chosen.rotations[0, index] = tried.rotations[variant, index]
            chosen.curls[0, number] = tried.curls[variant, number]
        return chosen

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
        styles = guess.shape[:, self.space.builds :]
        return State(guess.shape, guess.rotations, guess.curls, turns + guess.yaw, size, pelvis / unit, styles), unit

    def errors(self, refiner: Refiner, states: State) -> Tensor:
        """(C,) mean distance both ways in statures, what is missing in a partial cloud counting less."""
        to_body, to_cloud = refiner.distances(states)
        return to_body.clamp_max(CAP).mean(dim=1) + 0.5 * to_cloud.clamp_max(CAP).mean(dim=1)


@lru_cache(maxsize=1)
def load_fitter() -> Fitter:
    """The fitter of the shipped weights. Raises WorldwrightError when they are missing."""
    return Fitter(load_network()[0])


def _between(start: Tensor, end: Tensor) -> Tensor:
    """(3, 3) the shortest rotation from one unit vector to another."""
    axis = torch.linalg.cross(start, end)
    angle = torch.atan2(axis.norm(), start @ end)
    return rotation(torch.nn.functional.normalize(axis, dim=0) * angle)
