"""Where what the artist taught and decided is kept: outside of .blend files, and through updates of the extension."""

from __future__ import annotations

from pathlib import Path

import bpy


def user_folder(name: str) -> Path:
    """The extension's own folder of that name; in a checkout, one in Blender's configuration. It need not exist yet."""
    try:
        return Path(bpy.utils.extension_path_user(__package__, path=name))
    except ValueError:
        return Path(bpy.utils.user_resource("CONFIG")) / "worldwright" / name
