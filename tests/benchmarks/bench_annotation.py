"""How long annotating takes: processor time of one object and of two hundred, shape alone and with everything.

    python -m tests.benchmarks.bench_annotation [COUNT]
"""

from __future__ import annotations

import sys
import time

import torch

from core.annotation.annotate import annotate
from core.learning.shapes import SHAPES, make


def main(count: int = 200) -> None:
    """Prints a table."""
    torch.set_num_threads(1)
    leaves = sorted(SHAPES)
    meshes = [make(leaves[number % len(leaves)], number) for number in range(count)]
    annotate(meshes[:1])  # loads everything
    annotate(meshes[:1], thorough=False)
    for title, thorough in (("shape alone", False), ("with views, names, parts", True)):
        started, clock = time.process_time(), time.perf_counter()
        annotate(meshes, thorough=thorough)
        spent, passed = time.process_time() - started, time.perf_counter() - clock
        print(f"{title:28} {count} objects: {spent:6.1f} s of one processor ({spent / count:.3f} s each), {passed:.1f} s passed")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
