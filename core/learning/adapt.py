"""How a known network is taught new words: whole, its head only, by LoRA adapters, or by a new last layer on frozen features.

LoRA (Hu et al., ICLR 2022) is peft's: beside every linear map a product of two thin matrices is trained, and added to it when the
training is over, so that the result is a plain network of the same shape.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable

import torch
from torch import Tensor, nn

from ..annotation.network import Annotator
from ..errors import WorldwrightError

METHODS = ("full", "head", "lora", "features")
ALPHA = 2  # LoRA's strength, times the rank


def with_classes(network: Annotator, classes: tuple[str, ...], seed: int = 0) -> Annotator:
    """A copy that answers ``classes``: what it knew of a word it keeps, new words begin from chance (``seed``)."""
    torch.manual_seed(seed)
    made = Annotator(dataclasses.replace(network.config, leaves=classes))
    old, new = network.state_dict(), made.state_dict()
    for name in old:
        if not name.startswith("head.out."):
            new[name] = old[name]
    for row, word in enumerate(classes):
        if word in network.config.leaves:
            there = network.config.leaves.index(word)
            for part in ("weight", "bias"):
                new[f"head.out.{part}"][row] = old[f"head.out.{part}"][there]
    made.load_state_dict(new)
    return made


def prepare(network: Annotator, method: str, rank: int = 8, seed: int = 0) -> float:
    """Freezes what ``method`` does not train, and returns the share of the parameters that it does.

    Raises WorldwrightError for LoRA where peft is not installed.
    """
    total = sum(parameter.numel() for parameter in network.parameters())
    if method == "full":
        return 1.0
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    if method == "lora":
        _add_adapters(network, rank, seed)
    part: nn.Module = network.head if method == "head" else network.head.out
    for parameter in part.parameters():
        parameter.requires_grad_(True)
    return sum(parameter.numel() for parameter in network.parameters() if parameter.requires_grad) / total


def _add_adapters(network: Annotator, rank: int, seed: int) -> None:
    try:
        from peft import LoraConfig, inject_adapter_in_model
    except ImportError as error:
        problem = "LoRA needs the package “peft”, which is not installed."
        raise WorldwrightError(problem, "Install it beside PyTorch, or train the head only.") from error
    targets = [name for name, module in network.named_modules() if isinstance(module, nn.Linear) and name != "head.out"]
    torch.manual_seed(seed)
    inject_adapter_in_model(LoraConfig(r=rank, lora_alpha=ALPHA * rank, target_modules=targets), network)


def merged(network: Annotator) -> Annotator:
    """A copy with the adapters added to the maps they stand beside: a plain network."""
    plain = copy.deepcopy(network)
    for name, module in list(plain.named_modules()):
        if hasattr(module, "base_layer") and hasattr(module, "merge"):
            module.merge()
            parent, _, child = name.rpartition(".")
            setattr(plain.get_submodule(parent), child, module.get_base_layer())
    for parameter in plain.parameters():
        parameter.requires_grad_(True)
    return plain.eval()


def fit_last_layer(network: Annotator, features: Tensor, targets: Tensor, decay: float = 0.01) -> None:
    """Solves the last layer for embeddings (n, width) of known classes (n,): a logistic regression, every class as important as
    the next, ``decay`` times the squared weights of standardised features. No chance is involved."""
    mean, spread = features.mean(dim=0), features.std(dim=0).clamp_min(1e-3)
    values = (features - mean) / spread
    classes = network.head.out.out_features
    counts = torch.bincount(targets, minlength=classes).clamp_min(1)
    importance = (1 / counts.float())[targets]
    importance /= importance.sum()
    weight, bias = torch.zeros(classes, features.shape[1], requires_grad=True), torch.zeros(classes, requires_grad=True)
    optimizer = torch.optim.LBFGS([weight, bias], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> float:
        optimizer.zero_grad()
        losses = nn.functional.cross_entropy(values @ weight.T + bias, targets, reduction="none")
        loss = (losses * importance).sum() + decay * (weight**2).mean() * classes
        loss.backward()
        return loss.item()

    optimizer.step(closure)
    with torch.no_grad():
        network.head.out.weight.copy_(weight / spread)
        network.head.out.bias.copy_(bias - (weight / spread) @ mean)


@torch.no_grad()
def embeddings(network: Annotator, draw: Callable[[], tuple[Tensor, Tensor]], copies: int) -> Tensor:
    """Embeddings (copies, n, width) of clouds that ``draw`` changes anew each time."""
    network.eval()
    return torch.stack([network.embed(*draw()) for _ in range(copies)])
