"""The workbench as the worker offers it: a store of clouds and settings in, JSON values out.

Every job's ``request`` has ``library``: the folder, CSV or store; ``labels``; ``folder``: where its run lies; ``brief``: the
settings by name.
"""

from __future__ import annotations

import json
from pathlib import Path

from ..errors import WorldwrightError
from ..progress import Progress, part
from .artist_library import build_store, list_library
from .data import Library, open_store
from .machines import join
from .run_log import read_run
from .settings import PretrainBrief, SearchBrief, TrainBrief
from .store import INDEX, Index, read_index

STORE = "clouds"  # in a run's folder, where no other place is named


def opened(request: dict, progress: Progress) -> tuple[Library, Index]:
    """The library of a request; read first where that was not done. Of several processes one reads, the others wait."""
    place, store, machines = Path(request["library"]), store_of(request), join()
    if store != place:
        if machines.first:
            build_store(list_library(place, request.get("labels", "folders")), store, progress)
        machines.wait()
    index = read_index(store)
    if index is None:
        raise WorldwrightError(f"“{store}” holds no point clouds of a library.", "Read the library first.")
    return open_store(store), index


def store_of(request: dict) -> Path:
    """Where a request's clouds are: the library itself where it is a store, else in the run's folder."""
    place = Path(request["library"])
    return place if (place / INDEX).exists() else Path(request["folder"]) / STORE


def train_model(request: dict, progress: Progress) -> dict:
    """Trains, or with ``keep`` makes a model of the best that a cancelled run found; see ``workbench``."""
    from .workbench import keep, train

    brief, folder = TrainBrief.from_dict(request["brief"]), Path(request["folder"])
    library, index = opened(request, part(progress, 0.0, 0.1))
    source = request.get("source") or Path(request["library"]).name
    if request.get("keep"):
        run = read_run(folder)
        if run is not None and run["key"] != index.key:
            raise WorldwrightError(f"The library has changed since the training in “{folder.name}”.", "Train again.")
        return keep(library, folder).to_dict()
    place = str(store_of(request))
    return train(library, folder, brief, part(progress, 0.1, 1.0), None, index.warnings, source, index.key, place).to_dict()


def search_settings(request: dict, progress: Progress) -> dict:
    """Searches settings; see ``search``."""
    from .search import search

    library, _ = opened(request, part(progress, 0.0, 0.1))
    return search(library, Path(request["folder"]), SearchBrief.from_dict(request["brief"]), part(progress, 0.1, 1.0)).to_dict()


def pretrain_network(request: dict, progress: Progress) -> dict:
    """Pre-trains on the library's models, labels unread, and registers the network as a base for trainings."""
    from .pretraining import run_pretraining

    library, index = opened(request, part(progress, 0.0, 0.1))
    brief, source = PretrainBrief.from_dict(request["brief"]), request.get("source") or Path(request["library"]).name
    return run_pretraining(library, Path(request["folder"]), brief, part(progress, 0.1, 1.0), index.warnings, source)


def labels_saved(request: dict, progress: Progress) -> dict:
    """How many labels pre-training saves on a labelled library: see ``few_labels``."""
    from .few_labels import report

    library, _ = opened(request, part(progress, 0.0, 0.1))
    made = report(library, request["base"], Path(request["folder"]), request.get("seed", 0), part(progress, 0.1, 1.0))
    return json.loads(json.dumps(made))
