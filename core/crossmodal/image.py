"""Pictures → vectors: EfficientNet-Lite0 embedded, or the picture half of a CLIP or SigLIP folder."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..errors import WorldwrightError
from . import efficientnet
from .store import cannot_load, find, loading_errors

TOGETHER = 16


class ImageEncoder:
    """``width`` values a picture. ``name`` tells encoders apart, because what was trained on one cannot read another."""

    def __init__(self, path: Path, embedded: bool) -> None:
        self.name = "efficientnet-lite0" if embedded else f"folder {path.name}"
        self.processor: Any = None
        if embedded:
            self.network: Any = efficientnet.load(str(path))
        else:
            from transformers import AutoImageProcessor, AutoModel

            try:
                self.processor = AutoImageProcessor.from_pretrained(path, local_files_only=True, trust_remote_code=False)
                model: Any = AutoModel.from_pretrained(path, local_files_only=True, trust_remote_code=False, use_safetensors=True)
            except loading_errors() as error:
                raise cannot_load("image", path, error, "Choose a CLIP or SigLIP folder.") from error
            if not hasattr(model, "get_image_features"):
                raise WorldwrightError(f"The model in “{path.name}” does not read pictures.", "Choose a CLIP or SigLIP folder.")
            self.network = model.eval().requires_grad_(False)
        self.width = int(self.encode(np.zeros((1, 64, 64, 3), np.uint8)).shape[1])

    @torch.inference_mode()
    def encode(self, pictures: np.ndarray) -> np.ndarray:
        """(n, H, W, 3) uint8 sRGB → (n, width) float32."""
        rows = []
        for start in range(0, len(pictures), TOGETHER):
            rows.append(self._encode(pictures[start : start + TOGETHER]))
        return torch.cat(rows).float().numpy()

    def _encode(self, pictures: np.ndarray) -> Tensor:
        if self.processor is None:
            return self.network(torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float() / 255)
        inputs = self.processor(images=list(pictures), return_tensors="pt")
        result = self.network.get_image_features(**inputs)
        return result if isinstance(result, Tensor) else result.pooler_output


@functools.lru_cache(maxsize=2)
def _loaded(path: Path, embedded: bool) -> ImageEncoder:
    return ImageEncoder(path, embedded)


def image_encoder(models: dict[str, str] | None = None) -> ImageEncoder:
    """The encoder in the slot "image", loaded once in a process. Raises WorldwrightError where there is none."""
    return _loaded(*find("image", models))
