"""The networks that read a person out of a cloud: one which way it faces and whether it is one person, one shape and pose."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import torch
from torch import Tensor, nn

from ...spatial.checkpoint import load_weights, read_header
from ...spatial.encoding import shared_mlp
from ...spatial.pointnet import PointNet, PointNetConfig
from .model import from_six
from .poses import FIT_BONES
from .space import BUILD_AXES, STYLES

WEIGHTS = Path(__file__).parents[2] / "weights" / "body_fit.safetensors"
KIND = "body_fit"
RADIUS = 0.5  # root mean square distance of a normalised cloud's points from their mean
STATURE = 1.9  # of a person in a normalised cloud, about


@dataclass
class BodyNetConfig:
    """``bins`` of yaw; encoders of both networks; ``width`` of the head; ``generators`` of the shape space's mix."""

    bins: int = 24
    facing: PointNetConfig = field(default_factory=lambda: PointNetConfig((64, 96, 192), bands=4, norm=False, features=0))
    encoder: PointNetConfig = field(default_factory=lambda: PointNetConfig((96, 128, 320), bands=5, norm=False, features=0))
    width: int = 448
    coefficients: int = BUILD_AXES + len(STYLES)
    builds: int = BUILD_AXES
    generators: int = 99


@dataclass
class Guess:
    """What the network reads of normalised clouds: ``shape`` (B, K), ``rotations`` (B, 20, 3, 3), ``curls`` (B, 2), ``yaw`` (B,),
    ``stature`` (B,) and ``pelvis`` (B, 3) in the cloud's units."""

    shape: Tensor
    rotations: Tensor
    curls: Tensor
    yaw: Tensor
    stature: Tensor
    pelvis: Tensor


class FacingNet(nn.Module):
    """Which of ``bins`` directions a cloud faces (logits), and whether it is one person (a logit): (B, N, 3) -> (B, bins + 1)."""

    def __init__(self, config: BodyNetConfig) -> None:
        super().__init__()
        self.encoder = PointNet(config.facing)
        self.head = nn.Sequential(shared_mlp(config.facing.pooled, 256), nn.Linear(256, config.bins + 1))

    def forward(self, cloud: Tensor) -> Tensor:
        return self.head(self.encoder(cloud, cloud[..., :0]).pooled)


class BodyNet(nn.Module):
    """Shape and pose of clouds turned to face -Y within about 30 degrees: (B, N, 3) -> ``Guess``."""

    def __init__(self, config: BodyNetConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = PointNet(config.encoder)
        width = config.width
        self.outputs = (config.coefficients, 6 * len(FIT_BONES), 2, 2, 1, 3)
        last = nn.Linear(width, sum(self.outputs))
        with torch.no_grad():
            last.weight.mul_(0.1)
            last.bias.zero_()
        self.head = nn.Sequential(shared_mlp(config.encoder.pooled, width, width), last)

    def forward(self, cloud: Tensor) -> Guess:
        values = self.head(self.encoder(cloud, cloud[..., :0]).pooled)
        shape, six, curls, turn, size, pelvis = values.split(self.outputs, dim=-1)
        styles = 0.3 * shape[:, self.config.builds :]
        return Guess(
            torch.cat([shape[:, : self.config.builds], styles], -1),
            from_six(six.unflatten(-1, (len(FIT_BONES), 6))),
            0.3 + 0.3 * curls,
            torch.atan2(turn[:, 1], turn[:, 0] + 1),
            STATURE * (0.3 * size[:, 0]).exp(),
            0.3 * pelvis,
        )


class FitNet(nn.Module):
    """Both networks, and the shape space they were trained in: ``mix`` (builds, G), ``centre`` (G,)."""

    mix: Tensor
    centre: Tensor

    def __init__(self, config: BodyNetConfig) -> None:
        super().__init__()
        self.config = config
        self.facing, self.body = FacingNet(config), BodyNet(config)
        self.register_buffer("mix", torch.zeros(config.builds, config.generators))
        self.register_buffer("centre", torch.zeros(config.generators))


def config_from(values: dict) -> BodyNetConfig:
    """The configuration out of a weights file's header."""
    encoders = {name: PointNetConfig(**{**values[name], "widths": tuple(values[name]["widths"])}) for name in ("facing", "encoder")}
    return BodyNetConfig(**{**values, **encoders})


@lru_cache(maxsize=1)
def load_network(path: Path = WEIGHTS) -> tuple[FitNet, dict]:
    """The trained networks and the notes beside them. Raises WorldwrightError when they are missing or damaged."""
    header = read_header(path, KIND)
    network = FitNet(config_from(header["config"]))
    load_weights(path, network)
    return network.eval(), header["notes"]


def normalised(cloud: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Clouds (B, N, 3) about their mean with root mean square radius ``RADIUS``; also the means (B, 1, 3) and scales (B, 1, 1).

    ``cloud = normalised / scale + mean``.
    """
    mean = cloud.mean(dim=1, keepdim=True)
    centred = cloud - mean
    scale = RADIUS / centred.square().sum(-1).mean(dim=1).sqrt().clamp_min(1e-9)[:, None, None]
    return centred * scale, mean, scale
