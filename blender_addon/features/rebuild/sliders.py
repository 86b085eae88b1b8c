"""The sliders of every generator of props, registered when the first of them is shown.

There are ninety generators; importing them all when Blender starts would take longer than the rest of the extension.
"""

from __future__ import annotations

import bpy

from ...brief_properties import property_group

NAME = "worldwright_props"
_classes: list[type] = []


def sliders(scene: bpy.types.Scene, key: str) -> bpy.types.PropertyGroup:
    """The sliders of the generator ``key``."""
    register()
    return getattr(getattr(scene, NAME), key)


def shown(scene: bpy.types.Scene) -> bool:
    """Whether they can be drawn; a panel must not register anything."""
    return hasattr(scene, NAME)


def register() -> list[type]:
    """Registers them, once; returns their classes."""
    if _classes:
        return _classes
    from ...core.environments.props import PROPS

    groups = {key: property_group(brief) for key, (brief, _) in PROPS.items()}
    body = {key: bpy.props.PointerProperty(type=group) for key, group in groups.items()}
    whole = type("WORLDWRIGHT_PG_prop_sliders", (bpy.types.PropertyGroup,), {"__annotations__": body})
    _classes.extend([*groups.values(), whole])
    for class_ in _classes:
        bpy.utils.register_class(class_)
    setattr(bpy.types.Scene, NAME, bpy.props.PointerProperty(type=whole))
    return _classes


def unregister() -> None:
    """Takes them away again, where they were ever shown."""
    if _classes:
        delattr(bpy.types.Scene, NAME)
        for class_ in reversed(_classes):
            bpy.utils.unregister_class(class_)
        _classes.clear()
