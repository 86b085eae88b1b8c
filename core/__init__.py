"""Worldwright's core: points in, briefs, generators and annotations out. Nothing here knows Blender.

Importing ``core``, ``core.scene``, ``core.cloud`` and ``core.briefs`` costs numpy only; modules that need torch
import it themselves, and only the worker (or a command line) imports those modules.
"""

__version__ = "0.1.0"
