"""The command line's verbs, one file each: ``add(command)`` declares the verb, its run function carries it out.

``command(name, run, help, output, required)`` makes a parser with ``--output``, ``--seed`` and ``--json``; ``run(host, options)``
returns the exit code.
"""

from types import ModuleType

from . import (
    annotate,
    ask,
    batch,
    city,
    creature,
    crowd,
    evaluate,
    find,
    fit,
    furnish,
    greybox,
    haptics,
    home,
    landscape,
    learn,
    models,
    motion,
    pack,
    plan,
    rebuild,
    retarget,
    rig,
    robot,
    stage,
    talk,
    walk,
)

VERBS: tuple[ModuleType, ...] = (
    annotate,
    find,
    ask,
    evaluate,
    fit,
    furnish,
    greybox,
    rebuild,
    rig,
    creature,
    robot,
    crowd,
    city,
    landscape,
    home,
    plan,
    pack,
    batch,
    motion,
    retarget,
    talk,
    haptics,
    learn,
    models,
    stage,
    walk,
)
