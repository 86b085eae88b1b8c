"""The training loop: AdamW, warm-up and cosine, label smoothing, class balance, validation, checkpoints, exact resume.

It trains the shipped annotator and every model of the artist's own: all parameters that are not frozen, on one process or on the
share that ``Machines`` gives. All randomness comes from two generators made from the seed, and both are kept in the checkpoint,
so that a run interrupted and resumed ends with the same weights, bit for bit.
"""

from __future__ import annotations

import dataclasses
import json
import math
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from tqdm import tqdm

from ..annotation.network import Annotator, AnnotatorConfig, Committee
from ..errors import WorldwrightError
from ..progress import Progress, silent
from ..spatial.descriptor import describe
from .augment import NONE, Augmentation, augment
from .data import Library
from .machines import ALONE, Machines

Log = Callable[[dict], None]


@dataclass
class TrainConfig:
    """``balance`` 0 draws models as they come, 1 draws all leaves equally; ``patience`` in validations, 0 never stops early;
    ``every`` how many epochs lie between validations and checkpoints; ``standardise`` measures the spread of the descriptor on
    these data first, which a network that already knows one must not."""

    seed: int = 0
    epochs: int = 14
    batch: int = 64
    points: int = 384
    rate: float = 3e-3
    warmup: int = 100
    decay: float = 0.05
    smoothing: float = 0.1
    balance: float = 0.8
    every: int = 7
    patience: int = 0
    standardise: bool = True
    augmentation: Augmentation = field(default_factory=Augmentation)


class Training:
    """One run. ``targets`` (n,) leaf numbers of the library's models, -1 where there is none."""

    def __init__(
        self,
        network: Annotator,
        library: Library,
        train: np.ndarray,
        held: np.ndarray,
        config: TrainConfig,
        machines: Machines = ALONE,
    ) -> None:
        self.network, self.library, self.config, self.machines = network, library, config, machines
        self.targets = torch.tensor([self._number(leaf) for leaf in library.leaves])
        self.train, self.held = (torch.from_numpy(index[self.targets.numpy()[index] >= 0]) for index in (train, held))
        if len(self.train) == 0:
            raise WorldwrightError("There is nothing to train on.", "Check the data folder and the split.")
        counts = torch.bincount(self.targets[self.train], minlength=len(network.config.leaves)).float()
        self.chance = counts[self.targets[self.train]] ** -config.balance
        self.generator = torch.Generator().manual_seed(config.seed)
        self.trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
        self.optimizer = torch.optim.AdamW(self.trained, lr=config.rate, weight_decay=config.decay)
        self.share = machines.share(config.batch)
        self.steps_per_epoch = max(1, len(self.train) // config.batch)
        self.epoch, self.best, self.waited = 0, math.inf, 0

    def _number(self, leaf: str) -> int:
        leaves = self.network.config.leaves
        return leaves.index(leaf) if leaf in leaves else -1

    def rate(self, step: int) -> float:
        """The learning rate at ``step``: linear warm-up, then a half cosine down to zero."""
        total = self.config.epochs * self.steps_per_epoch
        return self.config.rate * min(1.0, (step + 1) / self.config.warmup) * 0.5 * (1 + math.cos(math.pi * min(1.0, step / total)))

    def step(self, number: int) -> float:
        """One update; returns its loss. Raises WorldwrightError when that is not a number any more."""
        config = self.config
        pick = torch.multinomial(self.chance, config.batch, replacement=True, generator=self.generator)
        index = self.train[pick]
        inputs = augment(*self.library.batch(index, config.points, self.generator), config.augmentation, self.generator)
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate(number)
        with torch.autocast("cpu", torch.bfloat16):
            scores = self.network(*(values[self.share] for values in inputs))
        wanted = self.targets[index[self.share]]
        loss = nn.functional.cross_entropy(scores.float(), wanted, label_smoothing=config.smoothing)
        self.optimizer.zero_grad()
        loss.backward()
        self.machines.average(self.trained)
        nn.utils.clip_grad_norm_(self.trained, 1.0)
        value = self.machines.mean(loss.item())
        if not math.isfinite(value):
            problem = f"The loss is not a number any more (epoch {self.epoch + 1})."
            raise WorldwrightError(problem, "Lower the learning rate; the last good checkpoint was kept.")
        self.optimizer.step()
        return value

    def validate(self) -> dict:
        """Loss, top-1 and top-3 on the held-out models; empty when there are none."""
        if len(self.held) == 0:
            return {}
        scores = predict(self.network, self.library, self.held, views=2, points=2 * self.config.points)
        wanted = self.targets[self.held]
        best = scores.topk(3).indices == wanted[:, None]
        loss = nn.functional.nll_loss(scores, wanted).item()
        top1, top3 = best[:, 0].float().mean().item(), best.any(dim=1).float().mean().item()
        return {"held_loss": loss, "held_top1": top1, "held_top3": top3}

    def run(
        self,
        log: Log,
        checkpoint: Path | None = None,
        bar: bool = True,
        progress: Progress = silent,
        better: Callable[[], None] = lambda: None,
    ) -> None:
        """Trains to the last epoch or until validation has not improved for ``patience`` times; resumes from ``checkpoint``.

        ``better`` is called whenever validation has improved (and after every epoch when there is nothing to validate on).
        """
        torch.manual_seed(self.config.seed)  # dropout draws from the default generator
        if checkpoint is not None and checkpoint.exists():
            self.resume(checkpoint)
        elif self.network.config.descriptor and self.config.standardise:
            self._standardise()
        total = self.config.epochs * self.steps_per_epoch
        while self.epoch < self.config.epochs and not (self.config.patience and self.waited >= self.config.patience):
            self.network.train()
            started, first, losses = time.process_time(), self.epoch * self.steps_per_epoch, []
            steps = range(first, first + self.steps_per_epoch)
            for number in tqdm(steps, f"epoch {self.epoch + 1}", leave=False, disable=not bar):
                progress(number / total, f"Epoch {self.epoch + 1} of {self.config.epochs}")
                losses.append(self.step(number))
            self.epoch += 1
            entry = {"epoch": self.epoch, "loss": float(np.mean(losses)), "cpu_seconds": time.process_time() - started}
            if self.epoch % self.config.every == 0 or self.epoch == self.config.epochs:
                entry |= self._validated(better)
                if checkpoint is not None:
                    self.machines.wait()
                    if self.machines.first:
                        self.save(checkpoint)
            log(entry)
        self.network.eval()

    def _validated(self, better: Callable[[], None]) -> dict:
        """What validation says, and whether that is better than ever."""
        entry = self.validate()
        improved = entry.get("held_loss", -math.inf) < self.best
        self.waited = 0 if improved else self.waited + 1
        self.best = min(self.best, entry.get("held_loss", math.inf))
        if improved and self.machines.first:
            better()
        return entry

    def _standardise(self) -> None:
        pick = self.train[torch.randint(len(self.train), (min(512, len(self.train)),), generator=self.generator)]
        inputs = augment(*self.library.batch(pick, self.config.points, self.generator), self.config.augmentation, self.generator)
        self.network.standardise(describe(*inputs))

    def save(self, path: Path) -> None:
        """Everything needed to go on: weights, optimiser, both generators, where we are. No pickle.

        Whole or not at all: raises WorldwrightError when the disk is full, and the checkpoint before this one stays.
        """
        tensors = {f"network.{name}": value for name, value in self.network.state_dict().items()}
        state = self.optimizer.state_dict()["state"]
        for number, values in state.items():
            tensors |= {f"optimizer.{number}.{name}": value for name, value in values.items()}
        tensors |= {"generator": self.generator.get_state(), "default_generator": torch.get_rng_state()}
        header = {"epoch": self.epoch, "best": self.best, "waited": self.waited, "config": dataclasses.asdict(self.config)}
        partial = path.with_name(path.name + ".part")
        try:
            written = {name: value.contiguous() for name, value in tensors.items()}
            save_file(written, partial, metadata={"training": json.dumps(header)})
            os.replace(partial, path)
        except (OSError, SafetensorError) as error:
            partial.unlink(missing_ok=True)
            kept = "the one before it was kept" if path.exists() else "there is none before it"
            problem = f"The checkpoint of epoch {self.epoch} cannot be written ({_reason(error)}); {kept}."
            raise WorldwrightError(problem, "Free some disk space and resume.") from error

    def resume(self, path: Path) -> None:
        """Takes up a checkpoint. Raises WorldwrightError when it is damaged, or of another network or other settings."""
        try:
            with safe_open(path, framework="pt") as file:
                header = json.loads(file.metadata()["training"])
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (safe_open is no dict)
        except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
            problem = f"The checkpoint “{path.name}” is damaged: it was cut short, or is none."
            raise WorldwrightError(problem, "Delete it to start anew; the best model so far lies beside it.") from error
        if header["config"] != json.loads(json.dumps(dataclasses.asdict(self.config))):
            problem = f"The checkpoint “{path.name}” belongs to a run with other settings."
            raise WorldwrightError(problem, "Delete it, or use its settings.")
        prefix = "network."
        weights = {name[len(prefix) :]: value for name, value in tensors.items() if name.startswith(prefix)}
        shapes = {name: value.shape for name, value in self.network.state_dict().items()}
        if {name: value.shape for name, value in weights.items()} != shapes:
            problem = f"The checkpoint “{path.name}” is of another architecture."
            raise WorldwrightError(problem, "Delete it, or train with the same base, method and width.")
        self.network.load_state_dict(weights)
        state: dict[int, dict[str, Tensor]] = {}
        for name, value in tensors.items():
            if name.startswith("optimizer."):
                _, number, field_name = name.split(".", 2)
                state.setdefault(int(number), {})[field_name] = value
        self.optimizer.load_state_dict({"state": state, "param_groups": self.optimizer.state_dict()["param_groups"]})
        self.generator.set_state(tensors["generator"])
        torch.set_rng_state(tensors["default_generator"])
        self.epoch, self.best, self.waited = header["epoch"], header["best"], header["waited"]


def _reason(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error)


def new_network(leaves: list[str], config: AnnotatorConfig | None = None, seed: int = 0) -> Annotator:
    """A network with weights drawn from ``seed``; ``config`` defaults to the shipped architecture."""
    torch.manual_seed(seed)
    return Annotator(config or AnnotatorConfig(leaves=tuple(leaves)))


@torch.no_grad()
def predict(
    network: Annotator | Committee,
    library: Library,
    index: Tensor,
    views: int = 4,
    points: int = 1024,
    change: Augmentation = NONE,
    seed: int = 0,
) -> Tensor:
    """Log-probabilities (n, leaves) of the models ``index`` of the library; ``change`` can take colours or normals away."""
    network.eval()
    generator, parts = torch.Generator().manual_seed(seed), []
    for some in index.split(64):
        inputs = augment(*library.batch(some, points, generator), change, generator)
        parts.append(network.read(*inputs, views=views)[0])
    return torch.cat(parts)
