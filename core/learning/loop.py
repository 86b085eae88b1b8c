"""The training loop: AdamW, warm-up and cosine, validation, checkpoints, exact resume; whatever the loss is.

All parameters that are not frozen are trained, on one process or on the share that ``Machines`` gives. All randomness comes from
two generators made from the seed, and both are kept in the checkpoint, so that a run interrupted and resumed ends with the same
weights, bit for bit.
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

from ..errors import WorldwrightError
from ..progress import Progress, silent
from .augment import Augmentation, augment
from .data import Library
from .machines import ALONE, Machines

Log = Callable[[dict], None]


@dataclass
class TrainConfig:
    """``balance`` 0 draws models as they come, 1 draws all leaves equally; ``patience`` in validations, 0 never stops early;
    ``every`` how many epochs lie between validations and checkpoints; ``least`` updates an epoch has at least; ``standardise``
    measures the spread of the descriptor on these data first, which a network that already knows one must not."""

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
    least: int = 1
    standardise: bool = True
    augmentation: Augmentation = field(default_factory=Augmentation)


class Loop:
    """One run of a network on the models ``train`` of a library; those of ``held`` say how good it is.

    What is learnt is a subclass's: ``loss``, and where there is something to validate on ``validate``. ``chance`` (n,) is how
    likely each of ``train`` is drawn.
    """

    def __init__(
        self,
        network: nn.Module,
        library: Library,
        train: np.ndarray,
        held: np.ndarray,
        config: TrainConfig,
        machines: Machines = ALONE,
    ) -> None:
        self.network, self.library, self.config, self.machines = network, library, config, machines
        self.train, self.held = torch.from_numpy(train), torch.from_numpy(held)
        if len(self.train) == 0:
            raise WorldwrightError("There is nothing to train on.", "Check the data folder and the split.")
        self.chance = torch.ones(len(self.train))
        self.generator = torch.Generator().manual_seed(config.seed)
        self.trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
        self.optimizer = torch.optim.AdamW(self.trained, lr=config.rate, weight_decay=config.decay)
        self.share = machines.share(config.batch)
        machines.share_dropout(network)
        self.steps_per_epoch = max(config.least, len(self.train) // config.batch)
        self.epoch, self.best, self.waited = 0, math.inf, 0

    def begin(self) -> None:
        """What a new run does before its first step."""

    def loss(self, index: Tensor) -> Tensor:
        """The loss of this process's share of the models ``index`` (batch,)."""
        raise NotImplementedError

    def validate(self) -> dict[str, float]:
        """What the held models say: ``held_loss``, by which the best is chosen, and more; empty when there are none."""
        return {}

    def draw(self, index: Tensor) -> tuple[Tensor, Tensor]:
        """Positions and features of this process's share of the models ``index``, changed at random."""
        values = augment(*self.library.batch(index, self.config.points, self.generator), self.config.augmentation, self.generator)
        return values[0][self.share], values[1][self.share]

    def rate(self, step: int) -> float:
        """The learning rate at ``step``: linear warm-up, then a half cosine down to zero."""
        total = self.config.epochs * self.steps_per_epoch
        return self.config.rate * min(1.0, (step + 1) / self.config.warmup) * 0.5 * (1 + math.cos(math.pi * min(1.0, step / total)))

    def step(self, number: int) -> float:
        """One update; returns its loss. Raises WorldwrightError when that is not a number any more."""
        pick = torch.multinomial(self.chance, self.config.batch, replacement=True, generator=self.generator)
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate(number)
        loss = self.loss(self.train[pick])
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
        else:
            self.begin()
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
