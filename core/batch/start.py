"""Starts a worker of a batch: run as a script with the add-on's folder (or -) and the core's folder."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path


def load_package(name: str, folder: Path) -> None:
    """Imports a package from its folder under a name of our choosing: nothing around the folder becomes importable."""
    location = importlib.util.spec_from_file_location(name, folder / "__init__.py", submodule_search_locations=[str(folder)])
    if location is None or location.loader is None:
        raise ImportError(f"no package in {folder}")
    sys.modules[name] = module = importlib.util.module_from_spec(location)
    location.loader.exec_module(module)


def load(addon: str, core: str) -> str:
    """Loads the packages and returns the core's name."""
    if addon == "-":
        load_package("worldwright_core", Path(core))
        return "worldwright_core"
    load_package("worldwright", Path(addon))
    load_package("worldwright.core", Path(core))
    return "worldwright.core"


if __name__ == "__main__":
    arguments = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else sys.argv[1:]
    name = load(*arguments)
    importlib.import_module(f"{name}.batch.worker").main(blender=arguments[0] != "-")
