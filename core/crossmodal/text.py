"""Words and sentences → vectors in which nearness is nearness of meaning."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from .store import cannot_load, find, loading_errors

TOGETHER = 64  # sentences encoded at once
REMEMBERED = 50_000  # sentences
LONGEST = 128  # tokens of a sentence that are read


class TextEncoder:
    """A BERT-like sentence encoder; the embedded one is MiniLM-L6 (384 values)."""

    def __init__(self, folder: Path) -> None:
        from transformers import AutoModel, AutoTokenizer

        try:
            self.tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
            model: Any = AutoModel.from_pretrained(folder, local_files_only=True, trust_remote_code=False, use_safetensors=True)
        except loading_errors() as error:
            raise cannot_load("text", folder, error) from error
        self.model = model.get_text_features if hasattr(model, "get_text_features") else model
        self.pooled = hasattr(model, "get_text_features")
        model.eval().requires_grad_(False)
        self.memory: dict[str, np.ndarray] = {}
        self.width = int(self.encode(["a chair"]).shape[1])

    @torch.inference_mode()
    def encode(self, sentences: list[str]) -> np.ndarray:
        """(n, width) float32 vectors of length one, the mean over a sentence's tokens (CLIP: its own text feature)."""
        rows = [self._encode(sentences[start : start + TOGETHER]) for start in range(0, len(sentences), TOGETHER)]
        return torch.cat(rows).float().numpy() if rows else np.zeros((0, self.width), np.float32)

    def remembered(self, sentences: list[str]) -> np.ndarray:
        """As ``encode``, for sentences that come again and again: names of a library, captions that are searched."""
        new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in self.memory]
        if len(self.memory) + len(new) > REMEMBERED:
            self.memory.clear()
            new = list(dict.fromkeys(sentences))
        self.memory.update(zip(new, self.encode(new), strict=True))
        return np.stack([self.memory[sentence] for sentence in sentences]) if sentences else np.zeros((0, self.width), np.float32)

    def _encode(self, sentences: list[str]) -> Tensor:
        tokens = self.tokenizer(sentences, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
        result = self.model(**tokens)
        if self.pooled:
            vectors = result if isinstance(result, Tensor) else result.pooler_output
        else:
            mask = tokens["attention_mask"][..., None].float()
            vectors = (result.last_hidden_state * mask).sum(dim=1) / mask.sum(dim=1)
        return torch.nn.functional.normalize(vectors, dim=-1)


@functools.lru_cache(maxsize=2)
def _loaded(folder: Path) -> TextEncoder:
    return TextEncoder(folder)


def text_encoder(models: dict[str, str] | None = None) -> TextEncoder:
    """The encoder in the slot "text", loaded once in a process. Raises WorldwrightError where there is none."""
    return _loaded(find("text", models)[0])
