"""``python -m core``: the command line where no Blender is needed."""

import sys

from .cli import Host, main

sys.exit(main(Host()))
