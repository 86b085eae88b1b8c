"""What the artist decides about a training, a search and a pre-training: briefs, so that panel, command line and JSON agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..briefs import Brief, choice, flag, number, text, whole

if TYPE_CHECKING:
    from .augment import Augmentation

METHODS = ("head", "lora", "full", "features")
ANNOTATOR, PRETRAINED, NONE = "annotator", "pretrained", "none"


@dataclass
class TrainBrief(Brief):
    """How a model of the artist's own is trained."""

    name: str = text("my model", help="What the model will be called; a name that is there gets a new version")
    base: str = text(ANNOTATOR, help="What it starts from: annotator (shipped), pretrained (shipped, learnt without labels), none "
                     "or a model of yours, by name")  # fmt: skip
    method: str = choice("head", METHODS, help="head: the last layers; lora: small adapters in every layer; full: all weights; "
                         "features: a new last layer on frozen features, in seconds")  # fmt: skip
    epochs: int = whole(20, 1, 1000, help="How often it goes through the library", group="Training")
    rate: float = number(2e-3, 1e-6, 0.1, help="Learning rate at its highest", group="Training")
    batch: int = whole(64, 2, 1024, help="Models looked at together", group="Training")
    points: int = whole(384, 64, 2048, help="Points of each model", group="Training")
    augment: float = number(1.0, 0.0, 2.0, help="How much models are turned, stretched, cut and recoloured; 0: not at all",
                            group="Training")  # fmt: skip
    rank: int = whole(8, 1, 64, help="Rank of LoRA's adapters", group="Training")
    width: int = whole(128, 16, 512, help="Width of the network, where it starts from none", group="Training")
    held: float = number(0.2, 0.0, 0.5, help="Share of each class kept for validation", group="Training")
    patience: int = whole(0, 0, 100, help="Epochs without improvement after which it stops; 0: never", group="Training")
    pseudo: float = number(0.0, 0.0, 0.999, help="Confidence from which models without a label teach too; 0: they do not",
                           group="Without labels")  # fmt: skip
    rounds: int = whole(1, 1, 5, help="How often models without a label are labelled anew", group="Without labels")
    choose: bool = flag(True, help="Annotate uses the model at once")


@dataclass
class SearchBrief(Brief):
    """How good settings are searched for."""

    trials: int = whole(20, 1, 1000, help="Trainings tried; a search that was stopped goes on from there")
    epochs: int = whole(10, 1, 500, help="Longest training of a trial; bad ones are stopped earlier")
    base: str = text(ANNOTATOR, help="What every trial starts from; see training")
    method: str = choice("lora", METHODS[:3], help="What is trained in every trial")


@dataclass
class PretrainBrief(Brief):
    """How a network learns shapes without labels."""

    name: str = text("my shapes", help="What the pre-trained network will be called")
    objective: str = choice("masked", ("masked", "autoencode"), help="masked: missing patches are drawn again from the rest; "
                            "autoencode: the whole cloud is drawn again from one code")  # fmt: skip
    encoder: str = choice("pointnet", ("pointnet", "graph", "latent"), help="The network that reads the points")
    loss: str = choice("smooth-l1", ("smooth-l1", "chamfer"), help="Autoencode: how two clouds are compared")
    epochs: int = whole(40, 1, 2000, help="How often it goes through the library")
    rate: float = number(2e-3, 1e-6, 0.1, help="Learning rate at its highest")
    batch: int = whole(64, 2, 1024, help="Models looked at together")
    points: int = whole(384, 64, 2048, help="Points of each model")


def augmentation(amount: float) -> Augmentation:
    """Training's usual changes, ``amount`` times as strong."""
    from .augment import Augmentation

    usual = Augmentation()
    values = {name: getattr(usual, name) * amount for name in vars(usual)}
    limits = {"yaw": usual.yaw, "mirror": 0.5, "crop": 0.9, "thin": 0.9, "lose_colors": 1.0, "lose_normals": 1.0}
    if amount > 0:
        values |= {"yaw": usual.yaw, "mirror": usual.mirror}  # every way to stand is as likely as another
    return Augmentation(**{name: min(value, limits.get(name, value)) for name, value in values.items()})
