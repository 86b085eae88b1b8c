"""Trains the learned gaits (``core/characters/motion/learned.py``) on hand-made CC0 cycles and on our own gaits.

    python -m core.learning.train_motion --data FOLDER --seed 0 --minutes 20 --output core/weights

``FOLDER`` holds ``models/kaykit/Character-Pack-Adventures`` (Kay Lousberg, CC0). Two of its cycles are held out: the network
never sees them, and only their 16-number code is sought afterwards. Our own gaits are held out by manner.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from ..characters.body import build
from ..characters.brief import CharacterBrief
from ..characters.motion.kinematics import from_six
from ..characters.motion.learned import (
    BONES,
    CODE,
    DESCRIPTION,
    FORMAT,
    GRAVITY,
    HARMONICS,
    OUTPUTS,
    POSE,
    describe,
    phase_features,
)
from ..characters.motion.locomotion import GAITS, locomotion
from ..characters.motion.mannequin import Mannequin
from ..characters.motion.manner import MOODS, STYLES, Manner, mixed
from ..characters.retarget import Motion, map_rig, motion_of, read_glb, retarget, rig_of
from ..characters.retarget.contacts import find_contacts
from ..characters.retarget.transfer import hips_way
from ..characters.rig import skeleton

SAMPLES = 32  # of each cycle
EXPERTS, HIDDEN, GATE = 4, 160, 32
CYCLES = ("Walking_A", "Walking_B", "Walking_C", "Walking_Backwards", "Running_A", "Running_B", "Running_Strafe_Left",
          "Running_Strafe_Right", "Idle", "Unarmed_Idle", "2H_Melee_Idle", "Jump_Idle")  # fmt: skip
HELD_OUT = ("Walking_C", "Running_B")
BATCH = 384


@dataclass
class Cycle:
    """One cycle: ``values`` (SAMPLES, OUTPUTS), and ``told`` (DESCRIPTION,), all zero for a hand-made one."""

    name: str
    values: np.ndarray
    told: np.ndarray


class Gaits(nn.Module):
    """The mixture of experts. ``cycles``: codes of the hand-made ones."""

    mean: Tensor
    scale: Tensor

    def __init__(self, cycles: int, mean: np.ndarray, scale: np.ndarray) -> None:
        super().__init__()
        inputs = 2 * HARMONICS + CODE
        self.describe = nn.Linear(DESCRIPTION, CODE)
        self.cycles = nn.Parameter(0.3 * torch.randn(cycles, CODE))
        self.gate = nn.Sequential(nn.Linear(inputs, GATE), nn.SiLU(), nn.Linear(GATE, EXPERTS))
        sizes = (inputs, HIDDEN, HIDDEN, OUTPUTS)
        self.experts = nn.ModuleList([_Experts(a, b) for a, b in zip(sizes, sizes[1:], strict=False)])
        self.register_buffer("mean", torch.tensor(mean, dtype=torch.float32))
        self.register_buffer("scale", torch.tensor(scale, dtype=torch.float32))

    def forward(self, phase: Tensor, code: Tensor) -> Tensor:
        """(N, OUTPUTS) of phase features (N, 2 · HARMONICS) and codes (N, CODE)."""
        inputs = torch.cat([phase, code], dim=1)
        gate = torch.softmax(self.gate(inputs), dim=1)
        values = inputs
        for number, layer in enumerate(self.experts):
            values = layer(values, gate)
            if number < len(self.experts) - 1:
                values = nn.functional.silu(values)
        return values * self.scale + self.mean


class _Experts(nn.Module):
    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(EXPERTS, outputs, inputs) * (1.4 / inputs) ** 0.5)
        self.bias = nn.Parameter(torch.zeros(EXPERTS, outputs))

    def forward(self, values: Tensor, gate: Tensor) -> Tensor:
        experts, outputs, inputs = self.weight.shape
        each = values @ self.weight.reshape(experts * outputs, inputs).T
        return torch.bmm(gate[:, None], each.reshape(len(values), experts, outputs) + self.bias)[:, 0]


def measure(motion: Motion, man: Mannequin, speed: float, stands: dict[str, np.ndarray]) -> np.ndarray:
    """(SAMPLES, OUTPUTS) of one cycle in place; phase 0 is where the feet's first harmonic has the left one furthest ahead."""
    count = len(motion.world) - 1
    names = motion.rig.names
    numbers = [names.index(bone) for bone in BONES]
    parents = motion.rig.parents[numbers]
    local = np.swapaxes(motion.world[:-1, parents], -1, -2) @ motion.world[:-1, numbers]
    six = np.concatenate([local[..., 0], local[..., 1]], axis=-1).reshape(count, POSE)
    pelvis = motion.offsets[names.index("pelvis")][:-1] / man.leg
    standing = np.stack([stands[side][:-1] for side in "lr"], axis=1).astype(float)
    values = np.concatenate([six, pelvis, standing], axis=1)
    apart = -np.subtract(*(motion.joints()[:-1, names.index(foot), 1] for foot in ("foot_l", "foot_r")))
    wave = np.fft.rfft(apart)[1] / count
    start = -np.angle(wave) / (2 * np.pi) * count if abs(wave) > 0.02 * man.leg else 0.0
    at = start + np.arange(SAMPLES) / SAMPLES * count
    low = np.floor(at).astype(int)
    share = (at - low)[:, None]
    values = values[low % count] * (1 - share) + values[(low + 1) % count] * share
    seconds = count / motion.fps / np.sqrt(man.leg / GRAVITY)
    pace = max(speed / np.sqrt(GRAVITY * man.leg), 0.02)
    return np.concatenate([values, np.full((SAMPLES, 1), np.log(seconds)), np.full((SAMPLES, 1), np.log(pace))], axis=1)


def hand_made(folder: Path, man: Mannequin) -> list[Cycle]:
    """The cycles of the character pack, retargeted onto our body by our own retargeter."""
    motions = {motion.name: motion for motion in read_glb(folder / "models/kaykit/Character-Pack-Adventures/Knight.glb")}
    target = rig_of(skeleton(man.shape))
    onto = map_rig(target)
    cycles = []
    for name in CYCLES:
        motion = motions[name]
        source = map_rig(motion.rig)
        motion.loop = True
        result = retarget(motion, source, target, onto)
        stands, drift = find_contacts(motion, source, hips_way(motion, source, False)[1])
        pace = float(np.linalg.norm(drift)) * onto.leg / source.leg
        cycles.append(Cycle(name, measure(result, man, pace, stands), np.zeros(DESCRIPTION)))
    return cycles


def own_gaits(man: Mannequin, count: int, rng: np.random.Generator) -> list[Cycle]:
    """``count`` cycles of our own gaits in mixed manners and at mixed speeds."""
    target = rig_of(skeleton(man.shape))
    cycles = []
    parts: list[Manner] = [*list(STYLES.values())[1:], *list(MOODS.values())[1:]]
    for number in range(count):
        gait = list(GAITS)[number % len(GAITS)]
        chosen = rng.choice(len(parts), 2, replace=False)
        manner = mixed([(parts[k], float(rng.uniform(0, 1.1)) * (rng.random() < 0.75)) for k in chosen])
        speed = float(np.exp(rng.normal(0, 0.18)))
        clip = locomotion(man, gait, manner, speed)
        motion = motion_of(clip, target)
        duty = motion.joints()[:, [target.names.index(f"ball_{side}") for side in "lr"], 2]
        stands = {side: duty[:, k] < duty[:, k].min() + 0.006 * man.leg for k, side in enumerate("lr")}
        cycles.append(Cycle(gait, measure(motion, man, clip.speed, stands), describe(gait, manner, speed)))
    return cycles


def angles(values: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """(N, bones) degrees between predicted and true rotations."""
    a, b = (from_six(part[:, :POSE].reshape(len(part), len(BONES), 6)) for part in (values, truth))
    cosine = (np.trace(np.swapaxes(a, -1, -2) @ b, axis1=-2, axis2=-1) - 1) / 2
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


def train(cycles: list[Cycle], minutes: float, seed: int, log: Path) -> Gaits:
    """Fits the network; hand-made cycles are drawn one time in four."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    made = [number for number, cycle in enumerate(cycles) if not cycle.told.any()]
    values = np.stack([cycle.values for cycle in cycles])
    mean, scale = values.mean(axis=(0, 1)), values.std(axis=(0, 1)) + 0.02
    network = Gaits(len(made), mean, scale)
    told = torch.tensor(np.stack([cycle.told for cycle in cycles]), dtype=torch.float32)
    truth = torch.tensor(values, dtype=torch.float32)
    phase = torch.tensor(phase_features(np.arange(SAMPLES) / SAMPLES), dtype=torch.float32)
    row = {number: place for place, number in enumerate(made)}
    weight = torch.cat([torch.ones(POSE), torch.full((3,), 400.0), torch.full((2,), 0.3), torch.ones(2)])
    optimiser = torch.optim.AdamW(network.parameters(), 2e-3, weight_decay=1e-4)
    began, step = time.time(), 0
    own = np.setdiff1d(np.arange(len(cycles)), made)
    with open(log, "w", encoding="utf-8") as out:
        while (spent := (time.time() - began) / (60 * minutes)) < 1:
            for group in optimiser.param_groups:
                group["lr"] = 2e-3 * (0.5 + 0.5 * np.cos(np.pi * spent)) + 1e-5
            ours = torch.tensor(rng.choice(own, BATCH * 3 // 4))
            theirs = rng.choice(made, BATCH // 4)
            place = torch.tensor([row[number] for number in theirs])
            code = torch.cat([network.describe(told[ours]), network.cycles[place]])
            code = code + 0.03 * torch.randn_like(code)
            chosen = torch.cat([ours, torch.tensor(theirs)])
            when = torch.tensor(rng.integers(0, SAMPLES, BATCH))
            guess = network(phase[when], code)
            loss = (weight * (guess - truth[chosen, when]) ** 2).mean() + 1e-4 * (code**2).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            step += 1
            if step % 200 == 0:
                out.write(
                    json.dumps({"step": step, "minutes": round(spent * minutes, 2), "loss": round(float(loss.detach()), 6)}) + "\n"
                )
                out.flush()
    return network


def predict(network: Gaits, code: Tensor) -> np.ndarray:
    """(SAMPLES, OUTPUTS) of one code."""
    phase = torch.tensor(phase_features(np.arange(SAMPLES) / SAMPLES), dtype=torch.float32)
    with torch.no_grad():
        return network(phase, code.expand(SAMPLES, CODE)).numpy().astype(float)


def seek_code(network: Gaits, cycle: Cycle, steps: int = 200) -> Tensor:
    """The code whose cycle is nearest to an unseen one, by gradient, from the best of the known ones; weights stay."""
    phase = torch.tensor(phase_features(np.arange(SAMPLES) / SAMPLES), dtype=torch.float32)
    truth = torch.tensor(cycle.values, dtype=torch.float32)
    starts = network.cycles.detach()
    losses = [float(((predict(network, start) - cycle.values)[:, :POSE] ** 2).mean()) for start in starts]
    code = starts[int(np.argmin(losses))].clone().requires_grad_()
    optimiser = torch.optim.Adam([code], 0.04)
    for _ in range(steps):
        guess = network(phase, code.expand(SAMPLES, CODE))
        loss = ((guess - truth)[:, : POSE + 3] ** 2).mean() + 1e-4 * (code**2).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return code.detach()


def score(network: Gaits, seen: list[Cycle], unseen: list[Cycle], own: list[Cycle]) -> dict:
    """Errors in degrees: on seen cycles, on unseen ones (code sought; beside the nearest seen cycle), on unseen manners."""
    result: dict = {"seen": {}, "unseen": {}}
    for number, cycle in enumerate(seen):
        result["seen"][cycle.name] = round(float(angles(predict(network, network.cycles[number].detach()), cycle.values).mean()), 2)
    for cycle in unseen:
        found = angles(predict(network, seek_code(network, cycle)), cycle.values)
        nearest = min(float(angles(other.values, cycle.values).mean()) for other in seen)
        result["unseen"][cycle.name] = {
            "mean": round(float(found.mean()), 2),
            "p95": round(float(np.quantile(found, 0.95)), 2),
            "nearest_seen_cycle": round(nearest, 2),
        }
    with torch.no_grad():
        codes = [network.describe(torch.tensor(cycle.told, dtype=torch.float32)) for cycle in own]
    guesses = [predict(network, code) for code in codes]
    found = np.concatenate([angles(guess, cycle.values) for guess, cycle in zip(guesses, own, strict=True)])
    pelvis = np.concatenate([np.linalg.norm((g - c.values)[:, POSE : POSE + 3], axis=1) for g, c in zip(guesses, own, strict=True)])
    result["unseen_manners"] = {
        "mean": round(float(found.mean()), 2),
        "p95": round(float(np.quantile(found, 0.95)), 2),
        "pelvis_share_of_leg": round(float(pelvis.mean()), 4),
    }
    return result


def save(network: Gaits, cycles: list[str], notes: dict, path: Path) -> None:
    """Writes the weights in half precision, whole or not at all."""
    from safetensors.torch import save_file

    tensors = {name: value.detach().to(torch.float16).contiguous() for name, value in network.state_dict().items()}
    header = {"kind": "motion", "format": FORMAT, "notes": {"cycles": cycles, **notes}}
    partial = path.with_name(path.name + ".part")
    save_file(tensors, partial, metadata={"worldwright": json.dumps(header)})
    os.chmod(partial, 0o644)
    os.replace(partial, path)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Train the learned gaits.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=16.0)
    parser.add_argument("--own", type=int, default=240, help="cycles of our own gaits")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    rng = np.random.default_rng(options.seed)
    man = Mannequin(build(CharacterBrief(gender=0.5, age=30, variety=0), rng))
    made = hand_made(options.data, man)
    seen, unseen = ([c for c in made if (c.name in HELD_OUT) == out] for out in (False, True))
    own, other = own_gaits(man, options.own, rng), own_gaits(man, 40, rng)
    network = train([*seen, *own], options.minutes, options.seed, options.output / "motion.jsonl")
    network.eval()
    scores = score(network, seen, unseen, other)
    save(network, [cycle.name for cycle in seen], {"seed": options.seed, "scores": scores}, options.output / "motion.safetensors")
    json.dump(scores, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
