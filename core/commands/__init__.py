"""The command line's verbs, one file each: ``add(command)`` declares the verb, its run function carries it out.

``command(name, run, help, output, required)`` makes a parser with ``--output``, ``--seed`` and ``--json``; ``run(host, options)``
returns the exit code.
"""

from types import ModuleType

from . import batch, city, creature, crowd, find, fit, greybox, home, landscape, motion, pack, plan, retarget, rig, robot

VERBS: tuple[ModuleType, ...] = (find, fit, greybox, rig, creature, robot, crowd, city, landscape, home, plan, pack, batch, motion,
                                 retarget)  # fmt: skip
