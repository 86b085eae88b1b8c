"""``worldwright batch JOB.toml -o results``: many items through the same steps."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..cli import Host


def add(command: Callable) -> None:
    """Declares the verb."""
    made = command("batch", run, "Run the steps of a job file on many items, on all cores or on a ray cluster.",
                   "folder of the results (default: beside the job file, with its name)", required=False)  # fmt: skip
    made.add_argument("job", type=Path, metavar="JOB.toml", help="the job file; see docs/batch.md")
    made.add_argument("--workers", type=int, help="processes (default: as the job says, or one per free core)")
    made.add_argument("--engine", choices=("local", "ray"), default="local", help="where it runs (default %(default)s)")
    made.add_argument("--address", default="", help="ray: address of the cluster's head (default: start one here)")
    made.add_argument("--to", default="", metavar="ADDRESS", help="where the results go instead of the folder, such as "
                      "s3://bucket/results or any address fsspec knows; the report stays in the folder")  # fmt: skip
    made.add_argument("--retry-failed", action="store_true", help="do failed items again too, not only those not done yet")


def run(host: Host, options: argparse.Namespace) -> int:
    """Carries the verb out. Returns 0 when every item was done, else 1."""
    from .. import cli
    from ..batch.job import read_job
    from ..batch.run import run_job

    job = read_job(options.job, cli.parser())
    folder = options.output or options.job.with_suffix("")
    show = cli._progress(host)
    summary = run_job(job, folder, host.worker_command(), options, show)
    if options.json:
        print(json.dumps(summary, ensure_ascii=False), file=host.out)
    else:
        print(f"{folder}: {summary['done']} done, {summary['failed']} failed, {summary['skipped']} were done before "
              f"({summary['seconds']:.1f} s)", file=host.out)  # fmt: skip
        for failure in summary["failures"][:20]:
            print(f"  ! {failure['item']}: {failure['error']}", file=host.out)
    return 1 if summary["failed"] else 0
