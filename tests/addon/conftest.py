"""The built zip, installed into a Blender with a profile of its own; and an end that does not hang.

Every file here runs in its own process: Blender keeps one state a process.
"""

from __future__ import annotations

import os
import shutil
import tempfile

import helpers
import pytest
from worldwright.ending import end

from tests.package import extension_zip

PROFILE = tempfile.mkdtemp(prefix="worldwright-profile-")
os.environ["BLENDER_USER_RESOURCES"] = PROFILE  # before bpy is imported, or the developer's own profile is used

_status = 0


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    global _status
    _status = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    """Blender as a module hangs or crashes at exit with registered classes alive, and after torch or glTF: leave at once."""
    shutil.rmtree(PROFILE, ignore_errors=True)
    end(_status)


@pytest.fixture(scope="session")
def worldwright():
    """The installed and enabled extension's package."""
    import bpy

    bpy.ops.extensions.package_install_files(
        filepath=str(extension_zip()), repo="user_default", enable_on_install=True, overwrite=True
    )
    return helpers.module()


@pytest.fixture
def empty_scene(worldwright):
    """A scene with nothing in it, with undo working; the extension stays enabled."""
    import bpy

    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    bpy.ops.ed.undo_push(message="Start")
    return bpy.context.scene


@pytest.fixture
def scene(empty_scene):
    yield empty_scene
    helpers.module("job").end_worker()
