"""Sliders from a brief: a property group with one property for each of its parameters, made from their metadata."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import bpy

from .core.briefs import Brief

UNITS = {"m": "LENGTH", "rad": "ROTATION"}
UNIT_WORDS = {"m": "metres", "rad": "radians", "px": "pixels"}
SHORT = {"lods": "LODs", "vrm": "VRM", "tv": "TV", "lora": "LoRA", "pointnet": "PointNet"}  # words with capitals inside


def property_group(brief: type[Brief]) -> type[bpy.types.PropertyGroup]:
    """A group named after ``brief``, to be registered; one property a parameter, with its range, unit and help."""
    properties = {field.name: _property(field) for field in dataclasses.fields(brief)}
    return type(f"WORLDWRIGHT_PG_{brief.__name__}", (bpy.types.PropertyGroup,), {"__annotations__": properties})


def to_brief(group: bpy.types.PropertyGroup | Brief, brief: type[Brief]) -> Brief:
    """The validated brief that the sliders show, or a brief as sliders would show it. Raises WorldwrightError."""
    return brief.from_dict({field.name: _value(getattr(group, field.name), field.metadata) for field in dataclasses.fields(brief)})


def show_brief(group: bpy.types.PropertyGroup, brief: Brief) -> None:
    """Moves the sliders to the brief's values."""
    for name, value in brief.to_dict().items():
        setattr(group, name, json.dumps(value) if isinstance(value, dict) else value)


def draw_brief(
    layout: bpy.types.UILayout, group: bpy.types.PropertyGroup, brief: type[Brief], key: str, without: tuple[str, ...] = ()
) -> None:
    """The sliders but for those of ``without``, folded away by the parameters' groups; the seed is drawn by the panel itself."""
    groups: dict[str, list[str]] = {}
    for field in dataclasses.fields(brief):
        if field.name not in ("seed", *without) and not field.metadata.get("amounts"):  # these have a panel of their own
            groups.setdefault(field.metadata.get("group") or "More", []).append(field.name)
    for title, names in groups.items():
        header, body = layout.panel(f"worldwright_{key}_{title}", default_closed=True)
        header.label(text=title)
        if body:
            column = body.column()
            column.use_property_split = True
            column.use_property_decorate = False
            for name in names:
                column.prop(group, name, slider=True)


def _property(field: dataclasses.Field) -> Any:
    metadata = field.metadata
    if metadata.get("amounts"):
        return bpy.props.StringProperty(name=_title(field.name), description=_help(metadata), default="{}")
    options = {"name": _title(field.name), "description": _help(metadata), "default": field.default}
    if "options" in metadata:
        items = [(option, _title(option), "") for option in metadata["options"]]
        return bpy.props.EnumProperty(items=items, **options)
    if metadata.get("color"):
        return bpy.props.FloatVectorProperty(subtype="COLOR", size=3, min=0.0, max=1.0, **options)
    if metadata.get("text"):
        return bpy.props.StringProperty(maxlen=2000, **options)
    if "low" not in metadata:
        return bpy.props.BoolProperty(**options)
    options |= {"min": metadata["low"], "max": metadata["high"]}
    if metadata.get("whole"):
        return bpy.props.IntProperty(**options)
    fine = 0 < metadata["low"] < 1e-3  # a learning rate would be shown as 0.00
    return bpy.props.FloatProperty(unit=UNITS.get(metadata["unit"], "NONE"), precision=5 if fine else 2, step=1, **options)


def _title(name: str) -> str:
    text = " ".join(SHORT.get(word, word) for word in name.lower().replace("_", " ").split(" "))
    return text[:1].upper() + text[1:]


def _help(metadata: Any) -> str:
    """The tooltip: what it is, and in which unit and range; Blender wants no final period."""
    help = metadata.get("help", "").rstrip(".")
    unit = UNIT_WORDS.get(metadata.get("unit", ""), metadata.get("unit", ""))
    if "low" in metadata and metadata["high"] < 2**31 - 1:
        help += f" ({metadata['low']:g} to {metadata['high']:g}{' ' + unit if unit else ''})"
    return help


def _value(shown: Any, metadata: Any) -> Any:
    """A property's value as the brief wants it. Blender keeps single precision: 0.35 comes back as 0.34999999."""
    if metadata.get("amounts"):
        return json.loads(shown or "{}") if isinstance(shown, str) else shown
    if metadata.get("color"):
        return [_rounded(part) for part in shown]
    if isinstance(shown, float):
        return min(max(_rounded(shown), metadata["low"]), metadata["high"])
    return shown


def _rounded(value: float) -> float:
    return float(f"{value:.6g}")
