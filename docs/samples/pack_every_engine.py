"""Exports the meshes of the open .blend file as packs for several engines.

    blender -b scene.blend -P docs/samples/pack_every_engine.py -- OUT [engine …]
    .venv/bin/python docs/samples/pack_every_engine.py scene.blend -- OUT [engine …]
"""

import os
import sys
from pathlib import Path

import bpy

try:
    from bl_ext.user_default.worldwright import api
except ImportError:
    from worldwright import api

words = sys.argv[sys.argv.index("--") + 1 :]
out, engines = Path(words[0]).absolute(), words[1:] or ["godot", "unreal", "usd"]
if not bpy.app.binary_path:
    bpy.ops.wm.open_mainfile(filepath=str(Path(sys.argv[1]).absolute()))
out.mkdir(parents=True, exist_ok=True)
for finding in api.preflight(bpy.context.scene.objects, engines[0]):
    sys.stdout.write(f"{finding.level}: {finding.sentence}\n")
for engine in engines:
    report = api.export_pack(bpy.context.scene.objects, out / engine, engine, overwrite=True)
    sys.stdout.write(f"{engine}: {report.counts}\n")
sys.stdout.flush()
os._exit(0)  # Blender as a Python module can hang at exit after a glTF export
