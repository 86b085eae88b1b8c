"""A menu of presets for each generator, behind the button beside its seed."""

from __future__ import annotations

import bpy

from ...core import presets
from .operators import KINDS, own


class _Presets:
    """``kind`` names the generator."""

    bl_label = "Presets"
    kind = ""

    def draw(self, context: bpy.types.Context) -> None:
        layout, folder = self.layout, own(self.kind)
        for name in presets.names(self.kind, folder):
            button = layout.operator("worldwright.use_preset", text=name, translate=False)
            button.kind, button.name = self.kind, name
        layout.separator()
        layout.operator_context = "INVOKE_DEFAULT"
        for operator, icon in (("save_preset", "ADD"), ("share_preset", "EXPORT"), ("take_preset", "IMPORT")):
            layout.operator(f"worldwright.{operator}", icon=icon).kind = self.kind
        if any(folder.glob("*.json")):
            layout.menu(f"WORLDWRIGHT_MT_delete_preset_{self.kind}", icon="TRASH")


class _Delete:
    bl_label = "Delete Preset"
    kind = ""

    def draw(self, context: bpy.types.Context) -> None:
        self.layout.operator_context = "INVOKE_DEFAULT"
        for path in sorted(own(self.kind).glob("*.json")):
            button = self.layout.operator("worldwright.delete_preset", text=path.stem, translate=False)
            button.kind, button.name = self.kind, path.stem


def _menus(kind: str) -> tuple[type, type]:
    return (
        type(f"WORLDWRIGHT_MT_presets_{kind}", (_Presets, bpy.types.Menu), {"kind": kind}),
        type(f"WORLDWRIGHT_MT_delete_preset_{kind}", (_Delete, bpy.types.Menu), {"kind": kind}),
    )


CLASSES = tuple(menu for kind in KINDS for menu in _menus(kind))
