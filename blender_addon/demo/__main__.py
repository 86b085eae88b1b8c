"""The demo's command; exit code 1, with one sentence on stderr, when something failed."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from ..core.errors import WorldwrightError
from ..ending import end
from ..headless import console

GREYBOX = Path(__file__).resolve().parents[2] / "demo" / "office_greybox.blend"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m worldwright.demo", description="The main job, end to end.")
    parser.add_argument("files", nargs="*", type=Path, default=[GREYBOX], help="models to read (default: the grey-box office)")
    parser.add_argument("-o", "--output", type=Path, default=Path("out/demo"), help="folder (default %(default)s)")
    parser.add_argument("--samples", type=int, default=8, help="of the picture's every pixel (default %(default)s)")
    options = parser.parse_args()
    started = time.perf_counter()
    code = 0
    with console() as (out, err):
        from .. import job
        from .run import Demo

        try:
            demo = Demo(options.files, options.output, options.samples, out)
            demo.run()
            stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in demo.report["seconds"].items())
            demo.say(f"{time.perf_counter() - started:.1f} s ({stages})")
        except WorldwrightError as error:
            print(error, file=err)
            code = 1
        finally:
            job.end_worker()
    end(code)


main()
