"""Training on several processes or machines, as ``torchrun`` and launchers built on it start them.

Every process draws the same batch from the same seed and works on its own share of it; gradients are averaged, so that all keep
the same weights and the result is that of one process, but for the rounding of sums.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ..errors import WorldwrightError


@dataclass(frozen=True)
class Machines:
    """This process's number, and how many there are."""

    rank: int = 0
    world: int = 1

    @property
    def first(self) -> bool:
        """Whether this process writes files and talks."""
        return self.rank == 0

    def share(self, batch: int) -> slice:
        """This process's part of a batch. Raises WorldwrightError when it cannot be divided evenly."""
        if batch % self.world:
            raise WorldwrightError(f"A batch of {batch} cannot be shared by {self.world} processes.",
                                   f"Choose a batch that {self.world} divides.")  # fmt: skip
        return slice(self.rank * batch // self.world, (self.rank + 1) * batch // self.world)

    def average(self, parameters: Iterable[nn.Parameter]) -> None:
        """Replaces every gradient by its mean over the processes, in one message."""
        if self.world == 1:
            return
        gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
        flat = torch.cat([gradient.flatten() for gradient in gradients])
        torch.distributed.all_reduce(flat)
        flat /= self.world
        for gradient, mean in zip(gradients, flat.split([gradient.numel() for gradient in gradients]), strict=True):
            gradient.copy_(mean.view_as(gradient))

    def mean(self, value: float) -> float:
        """A number's mean over the processes."""
        if self.world == 1:
            return value
        told = Tensor([value])
        torch.distributed.all_reduce(told)
        return told.item() / self.world

    def share_dropout(self, network: nn.Module) -> None:
        """Has every dropout of ``network`` draw for the whole batch and use its share, so that chance is that of one process."""
        if self.world == 1:
            return
        for module in network.modules():
            if isinstance(module, nn.Dropout):
                module.forward = functools.partial(self._dropped, module)  # type: ignore[method-assign]

    def _dropped(self, module: nn.Dropout, values: Tensor) -> Tensor:
        if not module.training:
            return values
        whole = torch.ones(len(values) * self.world, *values.shape[1:], dtype=values.dtype)
        return values * nn.functional.dropout(whole, module.p)[self.share(len(whole))]

    def wait(self) -> None:
        """Until all are here."""
        if self.world > 1:
            torch.distributed.barrier()


ALONE = Machines()


def join() -> Machines:
    """Joins the processes that torchrun started with this one; alone where nobody did."""
    world = int(os.environ.get("WORLD_SIZE", "1"))
    if world == 1:
        return ALONE
    if not torch.distributed.is_initialized():
        torch.distributed.init_process_group("gloo")
    return Machines(torch.distributed.get_rank(), world)


def leave() -> None:
    """Ends the connection to the other processes."""
    if torch.distributed.is_available() and torch.distributed.is_initialized():
        torch.distributed.destroy_process_group()
