"""A trained model for programs that are not Worldwright: ONNX, TorchScript (.pt) or a ``torch.export`` program (.pt2).

What is deployed is whole: points of any size go in, calibrated probabilities averaged over four yaws come out. The file is run
once and compared with the model itself before it counts as written; the words its outputs stand for lie beside it as JSON.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import os
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from ..errors import WorldwrightError
from ..progress import Progress, silent
from .model import VIEWS, Classifier, unit

FORMATS = {".onnx": "ONNX", ".pt": "TorchScript", ".pt2": "torch.export"}
INPUTS = ("positions", "normals", "colors")
OUTPUT = "probabilities"
POINTS = 1024
OPSET = 18
TOLERANCE = 1e-4
"""Largest difference of a probability that counts as equal."""


@dataclass(frozen=True)
class Deployment:
    """``difference``: largest of a probability from the model's own, over the clouds it was tried on."""

    file: Path
    format: str
    difference: float
    megabytes: float


class Deployed(nn.Module):
    """positions (B, N, 3) in any unit, Z up; normals (B, N, 3) unit; colors (B, N, 3) sRGB in 0..1 -> probabilities (B, classes).

    Normals or colours that are all zero count as missing. The views stand side by side in one batch, so the network occurs once.
    """

    turns: Tensor
    colored: Tensor

    def __init__(self, classifier: Classifier) -> None:
        super().__init__()
        self.network, self.temperature = classifier.network, classifier.config.temperature
        angles = torch.arange(VIEWS) * (2 * torch.pi / VIEWS)
        turns = torch.eye(3).repeat(VIEWS, 1, 1)
        turns[:, 0, 0] = turns[:, 1, 1] = angles.cos()
        turns[:, 0, 1], turns[:, 1, 0] = -angles.sin(), angles.sin()
        self.register_buffer("turns", turns)
        self.register_buffer("colored", torch.arange(VIEWS) % 2 == 0)  # every other view is read without colours

    def forward(self, positions: Tensor, normals: Tensor, colors: Tensor) -> Tensor:
        turned = torch.einsum("bni,vji->bvnj", unit(positions), self.turns)
        facing = torch.einsum("bni,vji->bvnj", normals, self.turns)
        lit = ((normals != 0).any(dim=-1).any(dim=-1)[:, None] & (self.colored == self.colored)).to(positions.dtype)
        seen = ((colors != 0).any(dim=-1).any(dim=-1)[:, None] & self.colored).to(positions.dtype)
        tone = (colors[:, None] * 2 - 1) * seen[..., None, None]
        flags = torch.stack([lit, seen], dim=-1)[:, :, None].expand(-1, -1, positions.shape[1], -1)
        features = torch.cat([facing, tone, flags], dim=-1)
        logits = self.network(turned.flatten(0, 1), features.flatten(0, 1))
        scores = logits.log_softmax(dim=-1).unflatten(0, (-1, VIEWS)).mean(dim=1).log_softmax(dim=-1)
        return (scores / self.temperature).softmax(dim=-1)


def deploy(classifier: Classifier, target: Path, points: int = POINTS, progress: Progress = silent) -> Deployment:
    """Writes ``target``; its suffix chooses the format. Clouds of ``points`` points go in, any number at a time.

    Raises WorldwrightError when the format is unknown, a package is missing, or the file does not answer as the model does;
    nothing is left behind then.
    """
    if target.suffix not in FORMATS:
        raise WorldwrightError(f"A model cannot be deployed as “{target.name}”.", f"End the name in {', '.join(FORMATS)}.")
    model = Deployed(classifier.eval()).eval()
    inputs = examples(2, points, seed=0)
    partial = target.with_name(target.stem + ".part" + target.suffix)
    progress(0.1, f"Writing {FORMATS[target.suffix]}")
    try:
        with torch.no_grad(), _quiet():
            _write(model, inputs, partial)
            progress(0.7, "Comparing it with the model")
            trial = examples(8, points, seed=1)
            difference = float((torch.from_numpy(run(partial, *(value.numpy() for value in trial))) - model(*trial)).abs().max())
        if not difference <= TOLERANCE:
            raise WorldwrightError(f"The deployed model answers differently by {difference:.2g}.", "Choose another format.")
        os.replace(partial, target)
        target.with_suffix(".json").write_text(json.dumps(_description(classifier, points), indent=1), encoding="utf-8")
    except OSError as error:
        raise WorldwrightError(f"“{target}” cannot be written: {error.strerror}.", "Choose another folder.") from error
    finally:
        partial.unlink(missing_ok=True)
    return Deployment(target, FORMATS[target.suffix], difference, target.stat().st_size / 1e6)


def run(file: Path, positions: np.ndarray, normals: np.ndarray, colors: np.ndarray) -> np.ndarray:
    """Probabilities (B, classes) by a deployed file that Worldwright wrote: arrays (B, N, 3) of float32."""
    arrays = (positions, normals, colors)
    if file.suffix == ".onnx":
        try:
            import onnxruntime
        except ModuleNotFoundError as error:
            raise WorldwrightError("ONNX Runtime is not installed.", "Install “onnxruntime” into the runtime.") from error
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        return session.run([OUTPUT], dict(zip(INPUTS, arrays, strict=True)))[0]
    with torch.no_grad(), _quiet():
        program = torch.jit.load(str(file)) if file.suffix == ".pt" else torch.export.load(str(file)).module()
        return program(*(torch.from_numpy(array) for array in arrays)).numpy()


def examples(count: int, points: int, seed: int) -> tuple[Tensor, Tensor, Tensor]:
    """Random boxes as clouds, in metres, with normals; every other one without colours."""
    rng = np.random.default_rng(seed)
    positions = rng.uniform(-1, 1, (count, points, 3))
    axis, cloud, point = rng.integers(0, 3, (count, points)), np.arange(count)[:, None], np.arange(points)
    side = np.sign(positions[cloud, point, axis])
    normals = np.zeros_like(positions)
    positions[cloud, point, axis], normals[cloud, point, axis] = side, side
    positions *= rng.uniform(0.2, 2, (count, 1, 3))
    colors = rng.uniform(0, 1, (count, 1, 3)) * (np.arange(count) % 2 == 0)[:, None, None] * np.ones((1, points, 1))
    one, two, three = (torch.from_numpy(array.astype(np.float32)) for array in (positions, normals, colors))
    return one, two, three


def _write(model: Deployed, inputs: tuple[Tensor, Tensor, Tensor], file: Path) -> None:
    batch = torch.export.Dim("batch", min=1)
    if file.suffix == ".pt":
        torch.jit.trace(model, inputs, check_trace=False).save(str(file))
    elif file.suffix == ".pt2":
        torch.export.save(torch.export.export(model, inputs, dynamic_shapes=({0: batch},) * 3), str(file))
    else:
        try:
            torch.onnx.export(model, inputs, str(file), input_names=INPUTS, output_names=[OUTPUT], opset_version=OPSET,
                              dynamic_shapes=({0: batch},) * 3, external_data=False, verbose=False)  # fmt: skip
        except ModuleNotFoundError as error:
            raise WorldwrightError("Writing ONNX needs another package.", f"Install “{error.name}” into the runtime.") from error


def _description(classifier: Classifier, points: int) -> dict:
    shape = ["batch", points, 3]
    words = {
        "positions": "any unit, Z up, spread evenly over the surface in random order",
        "normals": "unit vectors pointing outwards; all zero where there are none",
        "colors": "sRGB in 0..1; all zero where there are none",
    }
    return {
        "inputs": {name: {"shape": shape, "type": "float32", "meaning": words[name]} for name in INPUTS},
        "output": {"name": OUTPUT, "shape": ["batch", len(classifier.classes)], "classes": list(classifier.classes)},
        "threshold": classifier.config.threshold,
        "below_threshold": "unknown",
        "architecture": dataclasses.asdict(classifier.config),
    }


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Exporters speak of their own affairs, to people who asked for a file."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        yield
