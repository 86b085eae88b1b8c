"""The encoders a network can be built on, by the class of their configuration."""

from __future__ import annotations

import dataclasses
from typing import Any

from torch import nn

from ..errors import WorldwrightError
from .graph import GraphConfig, GraphNetwork
from .latent import LatentConfig, LatentSet
from .pointnet import PointNet, PointNetConfig

EncoderConfig = PointNetConfig | GraphConfig | LatentConfig
KINDS: dict[str, type] = {"pointnet": PointNetConfig, "graph": GraphConfig, "latent": LatentConfig}


def build_encoder(config: EncoderConfig) -> nn.Module:
    """The encoder of a configuration: positions (B, N, 3), features (B, N, F) -> ``Encoding``."""
    if isinstance(config, PointNetConfig):
        return PointNet(config)
    return GraphNetwork(config) if isinstance(config, GraphConfig) else LatentSet(config)


def kind_of(config: EncoderConfig) -> str:
    """The configuration's name in ``KINDS``."""
    return next(kind for kind, known in KINDS.items() if isinstance(config, known))


def config_from(kind: str, values: dict[str, Any]) -> EncoderConfig:
    """The configuration of JSON values. Raises WorldwrightError for an encoder or a value that this version does not know."""
    known = {field.name for field in dataclasses.fields(KINDS[kind])} if kind in KINDS else set()
    if kind not in KINDS or not set(values) <= known:
        raise WorldwrightError(f"The model is built on “{kind}”, which this version of Worldwright does not know in that form.",
                               "Update Worldwright.")  # fmt: skip
    return KINDS[kind](**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})
