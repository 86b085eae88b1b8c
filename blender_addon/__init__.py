"""Worldwright: select meshes, press a button; characters, environments and annotations come back as scene objects.

This file stays free of bpy so that the command line can import ``worldwright.core`` without Blender.
"""


def register() -> None:
    from . import registration

    registration.register()


def unregister() -> None:
    from . import registration

    registration.unregister()
