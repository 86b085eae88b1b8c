"""Batches: broken items are named and stop nobody, a killed run goes on where it was, a lost node loses nothing."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from core import cli
from core.batch import local, picture, worker
from core.batch.job import Item, Job, Step, command_of, read_job
from core.batch.report import REPORT, SHEET, ReportFile, write_sheet
from core.batch.run import run_job
from core.errors import WorldwrightError
from core.scene import Mesh

ROOT = Path(__file__).resolve().parents[2]
COMMAND = cli.Host().worker_command()
OPTIONS = argparse.Namespace(workers=1, engine="local", address="", retry_failed=False, to="")


def silent(fraction, doing):
    pass


def obj(path, broken=False):
    text = "not a model" if broken else "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 2 3 4\nf 1 4 3\n"
    path.write_text(text)


@pytest.fixture
def job_file(tmp_path):
    (tmp_path / "in").mkdir()
    for number in range(12):
        obj(tmp_path / "in" / f"m{number:02d}.obj", broken=number % 6 == 1)
    path = tmp_path / "job.toml"
    path.write_text('[items]\nfiles = ["in/*.obj"]\n[[steps]]\ndo = "points"\noutput = ".ply"\ncount = 50\n')
    return path


def test_broken_items_are_named_and_the_rest_is_done(job_file, tmp_path):
    job, out = read_job(job_file, cli.parser()), tmp_path / "out"
    summary = run_job(job, out, COMMAND, OPTIONS, silent)
    assert (summary["done"], summary["failed"], summary["skipped"]) == (10, 2, 0)
    assert [failure["item"] for failure in summary["failures"]] == ["m01", "m07"]
    assert all(failure["error"].endswith(".") for failure in summary["failures"])
    assert len(list((out / "points").glob("*.ply"))) == 10
    lines = [json.loads(line) for line in (out / REPORT).read_text().splitlines()]
    assert len(lines) == 12 and all(entry["seconds"]["points"] >= 0 for entry in lines)
    sheet = (out / SHEET).read_text()
    assert "10 done, 2 failed" in sheet and sheet.index("m01") < sheet.index("m00")
    again = run_job(job, out, COMMAND, OPTIONS, silent)
    assert (again["done"], again["failed"], again["skipped"]) == (0, 2, 12)
    obj(tmp_path / "in" / "m01.obj")  # mended: only this one is done again
    mended = run_job(job, out, COMMAND, OPTIONS, silent)
    assert (mended["done"], mended["failed"], mended["skipped"]) == (1, 1, 11)


def test_models_are_drawn_for_the_contact_sheet(tmp_path):
    """Collision shapes and levels of a pack are not; what cannot be drawn fails nobody."""

    class Reader(cli.Host):
        def read(self, files):
            assert files == [tmp_path / "pack" / "meshes" / "a.glb"]
            flat = Mesh.from_faces("Wall", np.float32([[0, 0, 0], [1, 0, 0], [1, 0, 1], [0, 0, 1]]), np.array([[0, 1, 2, 3]]))
            solid = Mesh.from_faces("Wall_COL_01", 9 * flat.vertices, np.array([[0, 1, 2, 3]]))
            return [flat, solid], []

    (tmp_path / "pack" / "meshes").mkdir(parents=True)
    for name in ("a.glb", "a_LOD1.glb"):
        (tmp_path / "pack" / "meshes" / name).write_bytes(b"glTF")
    (tmp_path / "bad.glb").write_bytes(b"no model")
    made = picture.draw(Reader(), [str(tmp_path / "pack")], tmp_path / "pictures" / "a.png")
    pixels = cv2.imread(made)
    assert pixels.shape == (picture.SIZE, picture.SIZE, 3)
    assert (abs(pixels.astype(int) - pixels[0, 0]).max(axis=2) > 20).mean() > 0.2  # the wall fills it: nothing larger is drawn
    assert picture.draw(cli.Host(), [str(tmp_path / "bad.glb"), str(tmp_path / "a.ply")], tmp_path / "b.png") == ""
    write_sheet(tmp_path, "job", [{"item": "a", "ok": True, "picture": made, "outputs": {"export": str(tmp_path / "pack")}}])
    assert "data:image/png;base64," in (tmp_path / SHEET).read_text()


def test_results_go_to_an_address(job_file, tmp_path):
    job, out = read_job(job_file, cli.parser()), tmp_path / "out"
    store = (tmp_path / "bucket").as_uri()
    summary = run_job(job, out, COMMAND, argparse.Namespace(**{**vars(OPTIONS), "to": f"{store}/results"}), silent)
    assert (summary["done"], summary["failed"]) == (10, 2)
    assert len(list((tmp_path / "bucket" / "results" / "points").glob("*.ply"))) == 10
    assert [path.name for path in out.iterdir() if path.is_dir()] == []
    assert json.loads((out / REPORT).read_text().splitlines()[0])["outputs"]["points"].startswith("file://")
    with pytest.raises(WorldwrightError, match="cannot be reached"):
        run_job(job, out, COMMAND, argparse.Namespace(**{**vars(OPTIONS), "to": "nowhere://x"}), silent)


def test_a_folder_goes_to_object_storage_whole(tmp_path, monkeypatch):
    import fsspec

    def pack(make_host, item, steps, folder):
        (folder / "export" / "a" / "meshes").mkdir(parents=True)
        (folder / "export" / "a" / "manifest.json").write_text("{}")
        (folder / "export" / "a" / "meshes" / "a.glb").write_bytes(b"glTF")
        return {"ok": True, "error": "", "outputs": {"export": str(folder / "export" / "a")}, "seconds": {}}

    monkeypatch.setattr(worker, "do_item", pack)
    answer = worker.do_item_for(cli.Host, Item("a", {}), [], "memory://bucket/results")
    assert answer["outputs"] == {"export": "memory://bucket/results/export/a"}
    store = fsspec.filesystem("memory")
    root = "/bucket/results/export/a"
    assert sorted(store.find("/bucket/results")) == [f"{root}/manifest.json", f"{root}/meshes/a.glb"]
    assert store.cat(f"{root}/meshes/a.glb") == b"glTF"
    refused = worker.do_item_for(cli.Host, Item("a", {}), [], "unheard-of://x")
    assert not refused["ok"] and "cannot be copied" in refused["error"]


@pytest.mark.skipif(os.name != "posix", reason="kills a group of processes")
def test_a_killed_run_goes_on_where_it_was(job_file, tmp_path):
    out = tmp_path / "out"
    words = [sys.executable, "-m", "core", "batch", str(job_file), "-o", str(out), "--workers", "1"]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    until = time.monotonic() + 60
    while time.monotonic() < until and not (out / REPORT).exists() or (out / REPORT).read_text().count("\n") < 3:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    with open(out / REPORT, "a") as file:
        file.write('{"item": "m11", "ok": tr')  # cut short by the kill
    before = (out / REPORT).read_text().count("\n")
    outcome = subprocess.run([*words, "--json"], cwd=ROOT, capture_output=True, text=True, timeout=120)
    summary = json.loads(outcome.stdout)
    assert outcome.returncode == 1 and summary["skipped"] == before and summary["failed"] == 2
    assert len(ReportFile(out).lines) == 12 and len(list((out / "points").glob("*.ply"))) == 10


WORKER = """
import json, os, sys, time
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    item = json.loads(line)["item"]["key"]
    if item == "dies": os._exit(3)
    if item == "sleeps": time.sleep(60)
    if item == "hungry":
        hoard = b"x" * (400 << 20)
        time.sleep(60)
    print(json.dumps({"ok": True, "error": "", "outputs": {}, "seconds": {}, "memory": 10 << 20}), flush=True)
"""


def test_items_that_die_sleep_or_eat_memory_stop_nobody(tmp_path):
    items = [Item(key, {}) for key in ("a", "dies", "b", "sleeps", "c", "hungry", "d")]
    job = Job("job", items, [Step("points", "points", "none", ".ply")], timeout=3, retries=1)
    found = {e["item"]: e for e in local.run_local(job, items, tmp_path, [sys.executable, "-c", WORKER], 2, 500)}
    assert {key for key, entry in found.items() if entry["ok"]} == {"a", "b", "c", "d"}
    assert "ended unexpectedly" in found["dies"]["error"] and "longer than 3 seconds" in found["sleeps"]["error"]
    assert "250 MB" in found["hungry"]["error"]


def test_workers_that_never_start_end_the_batch(tmp_path):
    items = [Item("a", {})]
    with pytest.raises(WorldwrightError, match="do not start"):
        list(local.run_local(Job("j", items, []), items, tmp_path, [sys.executable, "-c", "raise SystemExit(1)"], 1, 500))


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("[items]\nseeds = 3\n[[steps]]\ndo = \"points\"\ncounts = 5\ninput = \"none\"", "unknown key “counts”"),
        ("[jobs]\nworkers = 1", "unknown key “jobs”"),
        ("[job]\nworker = 1", "unknown key “worker”"),
        ("[job]\ntimeout = \"long\"", "“timeout” in .job. must be a number"),
        ("[items]\nseeds = 0", "“seeds” in .items. must be a whole number"),
        ("[items]\nseeds = 2", "no steps"),
        ("[items]\nseeds = 2\n[[steps]]\ndo = \"dance\"", "“dance” in step 1 is no verb"),
        ("[items]\nseeds = 2\n[[steps]]\ndo = \"points\"\ninput = \"item\"", "the items are no files"),
        ("[items]\nseeds = 2\n[[steps]]\ndo = \"points\"\ninput = \"before\"", "no earlier step"),
        ("[items]\nfiles = [\"*.nothing\"]", "No file fits"),
        ("[items]\ntable = \"no.csv\"", "cannot be read"),
        ("items = ", "is not TOML"),
    ],
)
def test_a_wrong_job_file_is_refused_before_any_work(tmp_path, text, match):
    path = tmp_path / "job.toml"
    path.write_text(text)
    with pytest.raises(WorldwrightError, match=match):
        read_job(path, cli.parser())


def test_tables_and_steps_become_command_lines(tmp_path):
    (tmp_path / "briefs.csv").write_text("prompt,age\na tall man,30\n\"a woman, smiling\",60\n")
    path = tmp_path / "job.toml"
    path.write_text('[items]\ntable = "briefs.csv"\n[[steps]]\ndo = "character"\nargument = "{prompt}"\nset = ["age={age}"]\n'
                    'output = ".glb"\n[[steps]]\ndo = "export"\nengine = "godot"\nno-lods = true\noutput = "folder"\n')  # fmt: skip
    job = read_job(path, cli.parser())
    assert [item.key for item in job.items] == ["row-1", "row-2"]
    words = command_of(job.steps[0], job.items[1], {}, "a.glb")
    assert words == ["character", "a woman, smiling", "--set=age=60", "-o", "a.glb", "--json"]
    words = command_of(job.steps[1], job.items[1], {"character": "a.glb"}, "pack")
    assert words == ["export", "a.glb", "--engine=godot", "--no-lods", "-o", "pack", "--json"]
    seeds = tmp_path / "seeds.toml"
    seeds.write_text('[items]\nseeds = 12\n[[steps]]\ndo = "character"\noutput = ".glb"\n')
    made = read_job(seeds, cli.parser())
    assert command_of(made.steps[0], made.items[7], {}, "x")[-4] == "--seed=7" and made.items[7].key == "seed-07"


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="ray is not installed")
def test_a_lost_node_loses_nothing(tmp_path):
    """Two nodes on this machine; the one without the driver is killed while it works."""
    script = Path(__file__).with_name("ray_cluster.py")
    outcome = subprocess.run([sys.executable, str(script), str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=240)
    assert outcome.returncode == 0, outcome.stderr[-2000:]
    found = json.loads(outcome.stdout.strip().splitlines()[-1])
    assert found["nodes"] == [2, 1] and found["items"] == found["done"] == 30
    assert len(list((tmp_path / "out" / "points").glob("*.ply"))) == 30
