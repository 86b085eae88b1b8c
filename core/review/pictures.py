"""Pictures a person should look at: an image classifier of the user's own in the model slot “review”.

None is embedded: no registry of packages has one whose data and licence are known. Any transformers folder with an image
classifier will do whose labels say what is unsafe ("nsfw", "porn", "sexy", "hentai", "unsafe", "explicit").
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ..crossmodal.store import available, cannot_load, find, loading_errors
from ..errors import WorldwrightError
from .words import Concern

SLOT = "review"
SURE = 0.5
UNSAFE = re.compile(r"nsfw|porn|sexy|hentai|unsafe|explicit|nud|erotic|gore", re.IGNORECASE)
NOT_RUN = "Pictures were not checked: no model fills the slot “review”."


@functools.lru_cache(maxsize=1)
def _loaded(folder: Path) -> tuple[Any, Any, list[int]]:
    from transformers import AutoImageProcessor, AutoModelForImageClassification

    try:
        processor = AutoImageProcessor.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
        model: Any = AutoModelForImageClassification.from_pretrained(
            folder, local_files_only=True, trust_remote_code=False, use_safetensors=True
        )
    except loading_errors() as error:
        raise cannot_load("picture", folder, error, "Choose an image classifier.") from error
    unsafe = [int(number) for number, label in model.config.id2label.items() if UNSAFE.search(str(label))]
    if not unsafe:
        raise WorldwrightError(
            f"The labels of “{folder.name}” do not say what is unsafe.", "Choose a model that tells unsafe pictures from others."
        )
    return processor, model.eval().requires_grad_(False), unsafe


@torch.inference_mode()
def concerns_of_pictures(pictures: np.ndarray, models: dict[str, str] | None = None) -> list[list[Concern]] | None:
    """The concerns of each of (n, H, W, 3) uint8 pictures; None when no model is there, so that the check did not run.

    Raises WorldwrightError when the chosen folder is no such model.
    """
    if not available(SLOT, models):
        return None
    processor, model, unsafe = _loaded(find(SLOT, models)[0])
    inputs = processor(images=list(pictures), return_tensors="pt")
    chances = model(**inputs).logits.softmax(dim=-1)[:, unsafe].sum(dim=-1).tolist()
    return [[Concern("sexual", f"The picture model calls it unsafe ({p:.0%}).", p)] if p > SURE else [] for p in chances]
