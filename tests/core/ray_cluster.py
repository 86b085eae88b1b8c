"""Run by test_batch: a ray cluster of two nodes on this machine, one of which is killed in mid-run."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("RAY_DEDUP_LOGS", "0")
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import ray
from ray.cluster_utils import Cluster

from core import cli
from core.batch.job import read_job
from core.batch.run import run_job

folder = Path(sys.argv[1])
(folder / "in").mkdir()
TETRAHEDRON = "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 2 3 4\nf 1 4 3\n"
for number in range(30):
    (folder / "in" / f"m{number:02d}.obj").write_text(TETRAHEDRON)
(folder / "job.toml").write_text('[items]\nfiles = ["in/*.obj"]\n[[steps]]\ndo = "points"\noutput = ".ply"\ncount = 2000\n')

cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
other = cluster.add_node(num_cpus=1)
ray.init(address=cluster.address, log_to_driver=False)
cluster.wait_for_nodes()
before = sum(node["Alive"] for node in ray.nodes())
ended = 0
killed_after = -1


def watch(fraction: float, doing: str) -> None:
    """Kills the second node once a few items are done."""
    global ended, killed_after
    ended += 1
    if ended >= 5 and killed_after < 0:
        killed_after = ended
        cluster.remove_node(other, allow_graceful=False)


options = argparse.Namespace(workers=2, engine="ray", address="", retry_failed=False, to="")
summary = run_job(read_job(folder / "job.toml", cli.parser()), folder / "out", cli.Host().worker_command(), options, watch)
until = time.monotonic() + 60
while (after := sum(node["Alive"] for node in ray.nodes())) == before and time.monotonic() < until:
    time.sleep(0.5)
sys.stdout.write(json.dumps({"nodes": [before, after], "items": 30, "done": summary["done"], "killed_after": killed_after}) + "\n")
sys.stdout.flush()
ray.shutdown()
cluster.shutdown()
os._exit(0)
