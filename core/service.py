"""The methods the worker offers: one function each, taking the request's values and a progress callback.

Every function imports what it needs itself, so that a worker that only builds rooms never loads torch.
"""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Callable
from typing import Any

from . import __version__
from .annotation.annotation import Annotation
from .cloud import PointCloud
from .progress import Progress, part
from .scene import Scene


def points(request: dict, progress: Progress) -> list[PointCloud]:
    """Clouds of ``request["meshes"]``: one of all ``together``, or one of each mesh, named after it.

    Keys: meshes, and as in ``spatial.sampling.sample`` count, method, density (points per square metre, or None), seed.
    """
    from .spatial.sampling import sample

    meshes = request["meshes"]
    groups = [("Points", meshes)] if request.get("together") else [(mesh.name, [mesh]) for mesh in meshes]
    options = {key: request[key] for key in ("count", "method", "density", "seed") if key in request}
    clouds = []
    for number, (name, group) in enumerate(groups):
        progress(number / len(groups), f"Sampling {name}")
        own = part(progress, number / len(groups), (number + 1) / len(groups))
        clouds.append(sample(group, name=name, progress=own, **options))
    return clouds


def annotate(request: dict, progress: Progress) -> list[Annotation]:
    """The reading of each of ``request["meshes"]``, with ``request["seed"]``."""
    from .annotation.annotate import annotate as annotate_meshes

    return annotate_meshes(request["meshes"], progress, request.get("seed", 0))


def character(request: dict, progress: Progress) -> Scene:
    """The character of ``request["brief"]``, the brief's values by name."""
    from .characters.brief import CharacterBrief
    from .characters.generate import generate

    return generate(CharacterBrief.from_dict(request["brief"]), progress)


def environment(request: dict, progress: Progress) -> Scene:
    """The room of ``request["brief"]``, the brief's values by name."""
    from .environments.brief import RoomBrief
    from .environments.generate import generate

    return generate(RoomBrief.from_dict(request["brief"]), progress)


def fit(request: dict, progress: Progress) -> Scene:
    """The person in ``request["meshes"]`` as a character, as ``request["brief"]``, a ``FitBrief``'s values, says."""
    from .characters.fit.brief import FitBrief
    from .characters.fit.character import fit as fit_character

    return fit_character(request["meshes"], FitBrief.from_dict(request["brief"]), progress)


def describe(request: dict, progress: Progress) -> dict[str, str]:
    """Versions of what the worker runs on: worldwright, python, numpy, and torch where it is installed (not imported here)."""
    versions = {"worldwright": __version__, "python": platform.python_version()}
    for name in ("numpy", "torch"):
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return versions


METHODS: dict[str, Callable[[dict, Progress], Any]] = {
    "points": points,
    "annotate": annotate,
    "character": character,
    "environment": environment,
    "fit": fit,
    "describe": describe,
}
NETWORKED = ("annotate", "fit", "rig")  # these need PyTorch
