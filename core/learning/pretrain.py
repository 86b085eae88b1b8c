"""Pre-training: a network learns shapes from models without labels, so that few labels are enough afterwards.

    python -m core.learning.pretrain --data FOLDER --output core/weights/pretrained.safetensors

Two objectives: missing patches are drawn again from the rest of the cloud (``masked``), or the whole cloud from one code
(an auto-encoder, compared by smooth L1 or chamfer). Either way every layer but the last is learnt, with any of the encoders.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from ..annotation.network import Annotator, AnnotatorConfig
from ..errors import WorldwrightError
from ..progress import Progress, silent
from ..spatial.checkpoint import load_weights, read_header, save_network
from ..spatial.descriptor import describe
from ..spatial.encoders import EncoderConfig, build_encoder, config_from, kind_of
from ..spatial.graph import GraphConfig
from ..spatial.heads import DecoderHead
from ..spatial.latent import LatentConfig
from ..spatial.losses import chamfer, nearest_mse, smooth_l1_chamfer
from ..spatial.pointnet import PointNetConfig
from .augment import NONE, Augmentation, augment
from .data import CACHE, Library, load_library
from .loop import Log, Loop, TrainConfig
from .machines import ALONE, Machines
from .masked import CHANGE, MaskedPatches, whitened
from .settings import PretrainBrief

KIND, TRUNK = "autoencoder", "trunk"
LOSSES = {"smooth-l1": smooth_l1_chamfer, "chamfer": chamfer}
ENCODERS: dict[str, EncoderConfig] = {"pointnet": PointNetConfig(norm=False), "graph": GraphConfig(), "latent": LatentConfig()}
PRETRAINED_WEIGHTS = Path(__file__).parent.parent / "weights" / "pretrained.safetensors"
WHOLE = Augmentation(crop=0, thin=0, jitter=0)  # what is to be drawn again must be there
Draw = Callable[[], tuple[Tensor, Tensor]]


@dataclass
class AutoencoderConfig:
    """``encoder`` one of the three encoders' configurations; ``points`` drawn by the decoder."""

    encoder: EncoderConfig
    points: int = 256


class Autoencoder(nn.Module):
    """Shapes: positions (B, N, 3), features (B, N, 8) -> (B, points, 3). ``criterion``: a key of ``LOSSES``."""

    def __init__(self, config: AutoencoderConfig, criterion: str = "smooth-l1", encoder: nn.Module | None = None) -> None:
        super().__init__()
        if criterion not in LOSSES:
            raise WorldwrightError(f"There is no loss “{criterion}”.", f"There are: {', '.join(LOSSES)}.")
        self.config, self.criterion = config, criterion
        self.encoder = encoder or build_encoder(config.encoder)
        self.decoder = DecoderHead(config.encoder.pooled, config.points)

    def forward(self, positions: Tensor, features: Tensor) -> Tensor:
        return self.decoder(self.encoder(positions, features))

    def loss(self, draw: Draw, index: Tensor, generator: torch.Generator) -> Tensor:
        """How far the drawn clouds lie from the true ones."""
        positions, features = draw()
        return LOSSES[self.criterion](self(positions, features), positions).mean()

    def save(self, path: Path, notes: dict) -> None:
        """Writes the weights; ``notes`` JSON values."""
        save_network(path, self, KIND, self.config, notes | {"encoder": kind_of(self.config.encoder)})

    @classmethod
    def load(cls, path: Path) -> Autoencoder:
        """Raises WorldwrightError when the file is none of these or does not fit."""
        header = read_header(path, KIND)
        encoder = config_from(header["notes"]["encoder"], header["config"]["encoder"])
        network = cls(AutoencoderConfig(encoder, header["config"]["points"]))
        load_weights(path, network)
        return network.eval()


class Pretraining(Loop):
    """One run of an objective: a module with ``loss(draw, index, generator)``."""

    network: MaskedPatches | Autoencoder

    def begin(self) -> None:
        """Measures the spread of the trunk's descriptor."""
        trunk = getattr(self.network, "trunk", None)
        if trunk is not None and trunk.config.descriptor:
            pick = self.train[torch.randint(len(self.train), (min(1024, len(self.train)),), generator=self.generator)]
            clouds = self.library.batch(pick, self.config.points, self.generator)
            trunk.standardise(describe(*augment(*clouds, self.config.augmentation, self.generator)))

    def loss(self, index: Tensor) -> Tensor:
        return self.network.loss(lambda: self.draw(index), index[self.share], self.generator)

    @torch.no_grad()
    def validate(self) -> dict[str, float]:
        """The objective on the held models, always on the same views of them."""
        if len(self.held) == 0:
            return {}
        self.network.eval()
        state, self.generator = self.generator, torch.Generator().manual_seed(self.config.seed)
        losses = [self.loss(some).item() * len(some) for some in self.held.split(self.config.batch)]
        self.generator = state
        return {"held_loss": sum(losses) / len(self.held)}


def pretrain(
    library: Library,
    brief: PretrainBrief,
    progress: Progress = silent,
    log: Log = lambda entry: None,
    checkpoint: Path | None = None,
    index: np.ndarray | None = None,
    descriptor: bool = True,
    teacher: Tensor | None = None,
    machines: Machines = ALONE,
) -> Annotator:
    """A network that has learnt from the models ``index`` of the library (all by default); its last layer knows nothing yet.

    ``descriptor`` false leaves the encoder alone. ``teacher`` (n, D): what a picture encoder sees of them. An unfinished
    ``checkpoint`` is taken up. Raises WorldwrightError.
    """
    torch.manual_seed(brief.seed)
    encoder = ENCODERS[brief.encoder]
    trunk = Annotator(AnnotatorConfig(("shape", "none"), encoder, descriptor))
    numbers = np.arange(len(library)) if index is None else index
    held = numbers[::20] if len(numbers) >= 100 else numbers[:0]
    masked = brief.objective == "masked"
    objective: MaskedPatches | Autoencoder = MaskedPatches(trunk, None, teacher)
    if not masked:
        objective = Autoencoder(AutoencoderConfig(encoder, brief.points), brief.loss, trunk.encoder)
    config = TrainConfig(seed=brief.seed, epochs=brief.epochs, batch=brief.batch, points=brief.points, rate=brief.rate, every=5,
                         augmentation=CHANGE if masked else WHOLE)  # fmt: skip
    run = Pretraining(objective, library, np.setdiff1d(numbers, held), held, config, machines)
    run.run(log, checkpoint, False, progress)
    if not masked and descriptor:
        clouds = library.batch(torch.from_numpy(numbers[:1024]), brief.points, run.generator)
        trunk.standardise(describe(*augment(*clouds, WHOLE, run.generator)))
    return trunk.eval()


def save_trunk(path: Path, trunk: Annotator, notes: dict) -> None:
    """Writes a pre-trained network; ``notes`` JSON values."""
    save_network(path, trunk, TRUNK, trunk.config, notes | {"encoder_kind": kind_of(trunk.config.encoder)}, half=True)


def load_trunk(path: Path) -> Annotator:
    """A pre-trained network. Raises WorldwrightError when the file is missing, none of these, or does not fit."""
    header = read_header(path, TRUNK)
    values = dict(header["config"])
    encoder, leaves = config_from(header["notes"]["encoder_kind"], values.pop("encoder")), tuple(values.pop("leaves"))
    trunk = Annotator(AnnotatorConfig(leaves, encoder, **values))
    load_weights(path, trunk)
    return trunk.eval()


def train_autoencoder(
    network: Autoencoder, library: Library, index: np.ndarray, epochs: int = 20, batch: int = 32, rate: float = 1e-3, seed: int = 0
) -> list[float]:
    """Trains on the models ``index``; returns the mean loss of each epoch."""
    history: list[float] = []
    config = TrainConfig(seed=seed, epochs=epochs, batch=batch, points=network.config.points, rate=rate, warmup=10,
                         every=epochs, augmentation=WHOLE)  # fmt: skip
    run = Pretraining(network, library, index, index[:0], config)
    run.run(lambda entry: history.append(entry["loss"]), bar=False)
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
    """Makes the shipped pre-trained network from the library's training split, labels unread. Returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with models.csv")
    parser.add_argument("--output", type=Path, required=True, help="weights to write, .safetensors; the log lies beside it")
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="cache of rendered views: they teach too")
    parser.add_argument("--encoder-only", action="store_true", help="without the measured descriptor")
    parser.add_argument("--epochs", type=int, default=PretrainBrief.epochs)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    try:
        library = load_library(options.data, options.cache)
        brief = PretrainBrief(epochs=options.epochs, seed=options.seed)
        with open(options.output.with_suffix(".jsonl"), "a", encoding="utf-8") as file:

            def write(entry: dict) -> None:
                file.write(json.dumps(entry) + "\n")
                file.flush()

            checkpoint = options.output.with_suffix(".checkpoint")
            train = library.where("train")
            teacher = None
            if options.pictures:
                from .modalities import see_library  # needs the picture encoder

                forms = see_library(options.data, len(library), options.pictures)[0].form
                teacher = whitened(torch.from_numpy(forms).float().mean(dim=1), torch.from_numpy(train))
            alone = not options.encoder_only
            trunk = pretrain(library, brief, log=write, checkpoint=checkpoint, index=train, descriptor=alone, teacher=teacher)
        save_trunk(options.output, trunk, {"brief": brief.to_dict(), "models": len(train)})
        checkpoint.unlink(missing_ok=True)
    except (WorldwrightError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
