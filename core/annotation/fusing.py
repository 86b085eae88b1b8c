"""What an object's shape, pictures, names, notes and touch say together. Needs the text and image encoders; see ``available``."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..cloud import PointCloud
from ..crossmodal import store
from ..crossmodal.fusion import Fused, Fusion
from ..crossmodal.image import image_encoder
from ..crossmodal.look import look
from ..crossmodal.names import plain_words
from ..crossmodal.text import text_encoder
from ..crossmodal.touch import shipped as touch_reader
from ..crossmodal.views import both_views, surface
from ..scene import Material, Mesh

WEIGHTS = Path(__file__).parent.parent / "weights" / "fusion.safetensors"
LEAST = 0.01  # probability added before the logarithm, so that one expert cannot rule a leaf out
SHAPE_TRUST = 1.5  # the shipped committee is right more often than the forests that stood for it in training
TURNS = 2  # views in grey and in colour: training knew single ones, and four would cost twice the time


@dataclass
class Known:
    """What is known of an object beside its meshes: its and its collections' ``names``, a written or spoken ``note``, a ``touch``
    recording (T, 6) or None, and a reference ``picture`` (H, W, 3) uint8 or None."""

    names: list[str] = field(default_factory=list)
    note: str = ""
    touch: np.ndarray | None = None
    picture: np.ndarray | None = None


def available() -> bool:
    """Whether the encoders that fusion needs are installed."""
    return store.available("text") and store.available("image") and WEIGHTS.exists()


def shape_value(probabilities: Tensor) -> Tensor:
    """The committee's calibrated probabilities (B, leaves) as the fusion's ``shape``."""
    return SHAPE_TRUST * (probabilities + LEAST).log().float()


class FusionReader:
    """The shipped fusion with its encoders. They must be the embedded ones: it was trained on what they give."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        self.network, self.notes = Fusion.load(path)
        self.order = list(self.network.config.modalities)
        self.threshold = float(self.notes["threshold"])
        self.name = f"fusion {self.notes['version']}"
        self.text, self.image = text_encoder(), image_encoder()

    def see(self, meshes: list[Mesh], seed: int = 0) -> dict[str, Tensor]:
        """``form`` and ``picture`` (1, width): the mean over the views of meshes seen as one thing."""
        return self.see_cloud(surface(meshes, seed))

    def see_cloud(self, cloud: PointCloud) -> dict[str, Tensor]:
        """As ``see``, of a dense cloud."""
        grey, shown = both_views(cloud, TURNS)
        pictures = [grey] if shown is None else [grey, shown]
        features = torch.from_numpy(self.image.encode(np.concatenate(pictures)))
        return dict(zip(("form", "picture"), [part.mean(dim=0, keepdim=True) for part in features.split(TURNS)], strict=False))

    def given(self, mesh: Mesh, probabilities: np.ndarray, known: Known, seed: int = 0) -> dict[str, Tensor]:
        """Everything known of one mesh; ``probabilities`` (leaves,) are the committee's. A reference picture replaces our own."""
        shape = {"shape": shape_value(torch.from_numpy(probabilities)[None])}
        return shape | self.see([mesh], seed) | self.tell(known)

    def tell(self, known: Known) -> dict[str, Tensor]:
        """``text``, ``speech`` and ``touch`` of what is known, where it says anything."""
        given: dict[str, Tensor] = {}
        words = [word for word in (plain_words(name) for name in known.names) if word]
        if words:
            given["text"] = self.words(", ".join(dict.fromkeys(words)))
        if known.note.strip():
            given["speech"] = self.words(known.note.strip())
        if known.touch is not None:
            given["touch"] = torch.tensor([list(touch_reader().feel(known.touch).materials.values())])
        if known.picture is not None:
            given["picture"] = torch.from_numpy(self.image.encode(known.picture[None]))
        return given

    def slot(self, material: Material, share: float) -> dict[str, Tensor]:
        """``look`` of a material slot, and ``slot``, what its name says."""
        given = {"look": torch.from_numpy(look(material, share))[None]}
        if words := plain_words(material.name):
            given["slot"] = self.words(words)
        return given

    def words(self, sentence: str) -> Tensor:
        """(1, width) of a sentence; names come again and again in a library, so they are remembered."""
        return torch.from_numpy(self.text.remembered([sentence]))

    @torch.inference_mode()
    def fuse(self, given: list[dict[str, Tensor]]) -> Fused:
        """The verdicts on B things from what is given of each."""
        widths = self.network.config.modalities
        present = torch.tensor([[name in one for name in self.order] for one in given])
        values = {name: torch.cat([one.get(name, torch.zeros(1, width)) for one in given]) for name, width in widths.items()}
        return self.network(values, present)


@functools.lru_cache(maxsize=1)
def shipped() -> FusionReader:
    """The shipped fusion, loaded once in a process. Raises WorldwrightError where an encoder or the weights are missing."""
    return FusionReader()
