"""Networks on disk: one safetensors file, the configuration as JSON in its header.

safetensors holds tensors and text only, so reading a stranger's file runs nothing. Weights may be stored in half precision;
they come back in single.
"""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import nn

from ..errors import WorldwrightError

FORMAT = 1


def save_network(path: str | Path, network: nn.Module, kind: str, config: Any, notes: dict, half: bool = False) -> None:
    """Writes weights, ``config`` (a dataclass) and ``notes`` (JSON values: labels, thresholds, seed …), whole or not at all.

    ``kind`` names what the weights are for ("annotator"); ``half`` stores them as float16.
    """
    tensors = {
        name: (value.detach().to(torch.float16) if half and value.is_floating_point() else value.detach()).contiguous()
        for name, value in network.state_dict().items()
    }
    header = {"kind": kind, "format": FORMAT, "config": dataclasses.asdict(config), "notes": notes}
    partial = Path(path).with_name(Path(path).name + ".part")
    save_file(tensors, partial, metadata={"worldwright": json.dumps(header)})
    os.chmod(partial, 0o644)  # save_file leaves it readable by its owner alone
    os.replace(partial, path)


def read_header(path: str | Path, kind: str) -> dict:
    """``{"config": …, "notes": …}`` of a file written by ``save_network``. Raises WorldwrightError."""
    name = Path(path).name
    try:
        with safe_open(path, framework="pt") as file:
            header = json.loads((file.metadata() or {})["worldwright"])
    except FileNotFoundError as error:
        raise WorldwrightError(f"The weights “{name}” are missing.", "Reinstall Worldwright, or train them anew.") from error
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise WorldwrightError(f"“{name}” is not a file of Worldwright weights.") from error
    if header["format"] != FORMAT:
        raise WorldwrightError(f"The weights “{name}” were written by another version of Worldwright.", "Train them anew.")
    if header["kind"] != kind:
        raise WorldwrightError(f"“{name}” holds weights of kind “{header['kind']}”, not “{kind}”.")
    return header


def load_weights(path: str | Path, network: nn.Module) -> None:
    """Fills ``network`` from the file, in single precision. Raises WorldwrightError when names or shapes do not fit."""
    with safe_open(path, framework="pt") as file:
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (safe_open is no dict)
    wanted = network.state_dict()
    for name in sorted(set(wanted) | set(tensors)):
        if name not in tensors or name not in wanted or tensors[name].shape != wanted[name].shape:
            raise WorldwrightError(f"The weights “{Path(path).name}” do not fit this network: “{name}” differs.")
    network.load_state_dict({name: value.to(wanted[name].dtype) for name, value in tensors.items()})


def config_values(header: dict) -> dict[str, Any]:
    """The configuration in a header of ``read_header``, as its dataclass takes it: JSON knows no tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in header["config"].items()}
