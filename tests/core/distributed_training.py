"""A training of a small library, as torchrun starts it: writes the weights of the first process.

    torchrun --nproc_per_node 2 tests/core/distributed_training.py STORE RUN
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import torch

from core.learning.data import open_store
from core.learning.machines import leave
from core.learning.settings import TrainBrief
from core.learning.workbench import train

BRIEF = TrainBrief(name="Many", base="none", method="full", epochs=2, batch=8, points=96, width=16, rate=1e-3)

if __name__ == "__main__":
    torch.set_num_threads(1)
    store, run = Path(sys.argv[1]), Path(sys.argv[2])
    train(open_store(store), run, BRIEF, root=run / "models")
    leave()
