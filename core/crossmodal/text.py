"""Words and sentences → vectors in which nearness is nearness of meaning."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..errors import WorldwrightError
from .store import find

TOGETHER = 64  # sentences encoded at once
LONGEST = 128  # tokens of a sentence that are read

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_NOTHING = re.compile(
    r"^(cube|sphere|uv ?sphere|ico ?sphere|cylinder|cone|plane|torus|circle|grid|suzanne|mesh|object|default|untitled|material"
    r"|node|scene|root|empty|geometry|geo|poly ?surface|p ?cube|p ?sphere|group|model|element|part|body|lod|collection|new)?$"
)


def plain_words(name: str) -> str:
    """A file's or object's name as words: ``SM_OakChair_01.003`` → ``oak chair``; "" where the name says nothing.

    Numbers, single letters, engine prefixes and the names that programs give by themselves are left out.
    """
    spaced = _CAMEL.sub(" ", re.sub(r"[\W_]+", " ", name))
    words = [word.lower() for word in spaced.split() if not word.isdigit() and (len(word) > 1 or not word.isascii())]
    words = [word for word in words if word not in ("sm", "sk", "bp", "gltf", "glb", "obj", "fbx", "mesh", "lod", "geo", "mat")]
    text = " ".join(words)
    return "" if _NOTHING.match(text) else text


class TextEncoder:
    """A BERT-like sentence encoder; the embedded one is MiniLM-L6 (384 values)."""

    def __init__(self, folder: Path) -> None:
        from transformers import AutoModel, AutoTokenizer

        try:
            self.tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
            model: Any = AutoModel.from_pretrained(folder, local_files_only=True, trust_remote_code=False, use_safetensors=True)
        except (OSError, ValueError, KeyError, ImportError) as error:
            raise WorldwrightError(f"The text model in “{folder.name}” cannot be loaded: {_first(error)}") from error
        self.model = model.get_text_features if hasattr(model, "get_text_features") else model
        self.pooled = hasattr(model, "get_text_features")
        model.eval().requires_grad_(False)
        self.width = int(self.encode(["a chair"]).shape[1])

    @torch.inference_mode()
    def encode(self, sentences: list[str]) -> np.ndarray:
        """(n, width) float32 vectors of length one, the mean over a sentence's tokens (CLIP: its own text feature)."""
        rows = [self._encode(sentences[start : start + TOGETHER]) for start in range(0, len(sentences), TOGETHER)]
        return torch.cat(rows).float().numpy() if rows else np.zeros((0, self.width), np.float32)

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


def _first(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
