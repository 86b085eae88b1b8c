"""Trains an auto-encoder on clouds without labels: any encoder, one pooled code, the cloud drawn again.

    python -m core.learning.pretrain --data FOLDER --encoder pointnet --loss smooth-l1 --epochs 20 --output autoencoder.safetensors

The encoder's weights can start another network where labels are few. Evaluated by the mean squared error and the chamfer
distance of nearest points on the packs of ``train_annotator.HELD_PACKS``, in radii of the unit sphere.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from ..errors import WorldwrightError
from ..spatial.checkpoint import load_weights, read_header, save_network
from ..spatial.encoders import EncoderConfig, build_encoder
from ..spatial.graph import GraphConfig
from ..spatial.heads import DecoderHead
from ..spatial.latent import LatentConfig
from ..spatial.losses import chamfer, nearest_mse, smooth_l1_chamfer
from ..spatial.pointnet import PointNetConfig
from .augment import NONE, Augmentation, augment
from .data import CACHE, Library, load_library

KIND = "autoencoder"
LOSSES = {"smooth-l1": smooth_l1_chamfer, "chamfer": chamfer}


@dataclass
class AutoencoderConfig:
    """``encoder`` one of the three encoders' configurations; ``points`` drawn by the decoder."""

    encoder: EncoderConfig
    points: int = 256


class Autoencoder(nn.Module):
    """Shapes: positions (B, N, 3), features (B, N, 8) -> (B, points, 3)."""

    def __init__(self, config: AutoencoderConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = build_encoder(config.encoder)
        self.decoder = DecoderHead(config.encoder.pooled, config.points)

    def forward(self, positions: Tensor, features: Tensor) -> Tensor:
        return self.decoder(self.encoder(positions, features))

    def save(self, path: Path, notes: dict) -> None:
        """Writes the weights; ``notes`` JSON values."""
        save_network(path, self, KIND, self.config, notes | {"encoder": type(self.config.encoder).__name__})

    @classmethod
    def load(cls, path: Path) -> Autoencoder:
        """Raises WorldwrightError when the file is none of these or does not fit."""
        header = read_header(path, KIND)
        kinds: dict[str, type] = {kind.__name__: kind for kind in (PointNetConfig, GraphConfig, LatentConfig)}
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in header["config"]["encoder"].items()}
        network = cls(AutoencoderConfig(kinds[header["notes"]["encoder"]](**values), header["config"]["points"]))
        load_weights(path, network)
        return network.eval()


def train_autoencoder(
    network: Autoencoder,
    library: Library,
    index: np.ndarray,
    loss: str = "smooth-l1",
    epochs: int = 20,
    batch: int = 32,
    rate: float = 1e-3,
    seed: int = 0,
    bar: bool = True,
) -> list[float]:
    """Trains on the models ``index``; returns the mean loss of each epoch. Raises WorldwrightError for an unknown loss."""
    if loss not in LOSSES:
        raise WorldwrightError(f"There is no loss “{loss}”.", f"There are: {', '.join(LOSSES)}.")
    generator = torch.Generator().manual_seed(seed)
    numbers, points = torch.from_numpy(index), network.config.points
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate)
    steps = max(1, len(numbers) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=epochs * steps, pct_start=0.1)
    change, history = Augmentation(crop=0, thin=0, jitter=0), []
    network.train()
    for epoch in range(epochs):
        losses = []
        for _ in tqdm(range(steps), f"epoch {epoch + 1}", leave=False, disable=not bar):
            pick = numbers[torch.randint(len(numbers), (min(batch, len(numbers)),), generator=generator)]
            positions, features = augment(*library.batch(pick, points, generator), change, generator)
            value = LOSSES[loss](network(positions, features), positions).mean()
            optimizer.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(value.item())
        history.append(float(np.mean(losses)))
    network.eval()
    return history


@torch.no_grad()
def evaluate_autoencoder(network: Autoencoder, library: Library, index: np.ndarray, seed: int = 0) -> dict[str, float]:
    """``mse`` and ``chamfer`` over the models ``index``, and ``floor``: the chamfer distance of two samples of the same shape."""
    network.eval()
    generator, points, rows = torch.Generator().manual_seed(seed), network.config.points, []
    for pick in torch.from_numpy(index).split(64):
        positions, features = augment(*library.batch(pick, points, generator), NONE, generator)
        again, _ = augment(*library.batch(pick, points, generator), NONE, generator)
        drawn = network(positions, features)
        rows.append(torch.stack([nearest_mse(drawn, positions), chamfer(drawn, positions), chamfer(again, positions)], dim=1))
    mean = torch.cat(rows).mean(dim=0)
    return dict(zip(("mse", "chamfer", "floor"), mean.tolist(), strict=True))


def main(arguments: list[str] | None = None) -> int:
    """The command. Returns the exit code."""
    from .train_annotator import HELD_PACKS

    encoders: dict[str, EncoderConfig] = {"pointnet": PointNetConfig(), "graph": GraphConfig(), "latent": LatentConfig()}
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with models.csv")
    parser.add_argument("--output", type=Path, required=True, help="weights to write, .safetensors")
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--encoder", choices=encoders, default="pointnet")
    parser.add_argument("--loss", choices=LOSSES, default="smooth-l1")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    try:
        library = load_library(options.data, options.cache)
        train = library.where("train")
        held = np.isin(np.array(library.packs)[train], HELD_PACKS)
        network = Autoencoder(AutoencoderConfig(encoders[options.encoder]))
        history = train_autoencoder(network, library, train[~held], options.loss, options.epochs, seed=options.seed)
        scores = evaluate_autoencoder(network, library, train[held], options.seed)
        network.save(options.output, {"loss": options.loss, "seed": options.seed, "history": history, "scores": scores})
    except (WorldwrightError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stderr.write(" ".join(f"{name} {value:.5f}" for name, value in scores.items()) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
