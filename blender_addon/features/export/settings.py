"""The Export feature's settings."""

from __future__ import annotations

import bpy

from ...core.game.engines import ENGINES
from ...writing.scene import PROPERTY

SELECTION, LAST, RESULTS = "SELECTION", "LAST", "RESULTS"


class WORLDWRIGHT_PG_export(bpy.types.PropertyGroup):
    what: bpy.props.EnumProperty(
        name="What",
        description="Which objects to export",
        items=[
            (SELECTION, "Selection", "The selected objects, with the armatures that move them"),
            (LAST, "Last Result", "The result that Worldwright made last in this scene"),
            (RESULTS, "All Results", "Everything in this scene that Worldwright made"),
        ],
        default=LAST,
    )
    path: bpy.props.StringProperty(
        name="File",
        description="Where to write the GLB; // is the folder of this .blend file",
        subtype="FILE_PATH",
        options={"PATH_SUPPORTS_BLEND_RELATIVE"},
        default="//worldwright.glb",
    )
    engine: bpy.props.EnumProperty(
        name="Engine",
        description="Which engine the pack is for",
        items=[(key, engine.title, f"A folder with everything {engine.title} needs") for key, engine in ENGINES.items()],
        default="godot",
    )
    folder: bpy.props.StringProperty(
        name="Folder",
        description="The pack's own folder; // is the folder of this .blend file",
        subtype="DIR_PATH",
        options={"PATH_SUPPORTS_BLEND_RELATIVE"},
        default="//pack",
    )
    lods: bpy.props.BoolProperty(name="Levels of Detail", description="Simpler copies for the distance", default=True)
    colliders: bpy.props.EnumProperty(
        name="Colliders",
        description="Collision shapes for meshes that have none of their own",
        items=[
            ("convex", "Convex Parts", "Several convex shapes that follow the mesh"),
            ("hull", "One Hull", "One convex shape around each mesh"),
            ("box", "Boxes", "One box around each mesh"),
            ("none", "None", "No collision shapes"),
        ],
        default="convex",
    )
    lightmaps: bpy.props.BoolProperty(
        name="Lightmap UVs", description="A second UV map without overlap on what does not move", default=True
    )
    viewer: bpy.props.BoolProperty(name="Viewer Page", description="A page to look at the pack in a browser", default=True)
    texture_size: bpy.props.IntProperty(
        name="Largest Texture", description="Larger textures are scaled down", subtype="PIXEL", default=2048, min=16, max=16384
    )
    platform: bpy.props.EnumProperty(
        name="Budget",
        description="Whose limits the preflight looks at",
        items=[("mobile", "Mobile", ""), ("vr", "VR", ""), ("desktop", "Desktop", "")],
        default="desktop",
    )
    overwrite: bpy.props.BoolProperty(
        name="Overwrite", description="Replace a pack that is in the folder; it is kept until the new one is whole", default=False
    )
    force: bpy.props.BoolProperty(name="Force", description="Export in spite of errors that the preflight finds", default=False)


def results(scene: bpy.types.Scene) -> list[bpy.types.Collection]:
    """The collections in the scene that Worldwright made, the last one last."""
    return [collection for collection in scene.collection.children_recursive if PROPERTY in collection]


def chosen_objects(context: bpy.types.Context) -> list[bpy.types.Object]:
    """The objects that the settings mean; empty when there are none."""
    what = context.scene.worldwright_export.what
    if what == SELECTION:
        return list(context.selected_objects)
    found = results(context.scene)
    collections = found[-1:] if what == LAST else found
    return list(dict.fromkeys(thing for collection in collections for thing in collection.all_objects))


CLASSES = (WORLDWRIGHT_PG_export,)
