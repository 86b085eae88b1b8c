"""MakeHuman clothes on a generated character: the operator and its sub-panel."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import bpy
import numpy as np
from mathutils import Vector

from ... import job
from ...core.characters.brief import CharacterBrief
from ...core.errors import WorldwrightError
from ...core.scene import Report
from ...sidebar import SidebarPanel
from ...writing.materials import MaterialWriter
from ...writing.meshes import write_mesh, write_weights
from ...writing.scene import PROPERTY

SAME = 2e-4  # metres within which a vertex of the scene is one of the generated body
REFIT = "Generate the character again and put the clothes on it before you edit its body."


class WORLDWRIGHT_OT_import_mhclo(job.JobOperator, bpy.types.Operator):
    """Put a MakeHuman garment, hair or pair of shoes (.mhclo) on the selected generated character"""

    bl_idname = "worldwright.import_mhclo"
    bl_label = "Import MakeHuman Clothes"
    feature = "character"

    filepath: bpy.props.StringProperty(subtype="FILE_PATH", options={"SKIP_SAVE"})
    filter_glob: bpy.props.StringProperty(default="*.mhclo", options={"HIDDEN"})

    @classmethod
    def reason(cls, context: bpy.types.Context) -> str:
        return "" if find_character(context) else "Select a generated character first."

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        if self.filepath or bpy.app.background:
            return super().invoke(context, event)
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        if bpy.app.background or not context.window or not self.filepath:
            return super().execute(context)
        return super().invoke(context, None)  # the file browser calls this: go on beside the window's own work

    def steps(self, context: bpy.types.Context) -> Generator[job.Step, None, Report | None]:
        from ...core.characters.generate import body_of  # the generator is large, and enabling the extension must be quick
        from ...core.characters.mhclo import fit_garment, read_garment
        from ...core.characters.rig import skeleton

        rig = find_character(context)
        yield job.Step(0.1, "Reading the garment")
        garment = read_garment(bpy.path.abspath(self.filepath))
        yield job.Step(0.3, "Shaping the body")
        brief = CharacterBrief.from_dict(json.loads(rig[PROPERTY])["brief"])
        shape = body_of(brief)
        lift = rig.data.bones[skeleton(shape, brief.rig_names).names[1]].head_local - Vector(shape.heads[1].tolist())
        yield job.Step(0.5, "Fitting")
        mesh, hidden = fit_garment(garment, shape, read_picture)
        mesh.vertices = mesh.vertices + np.array(lift, np.float32)
        body = next((child for child in rig.children if child.type == "MESH" and child.name.split(".")[0] == "Body"), None)
        doomed = covered_faces(body, shape.vertices + np.array(lift, np.float32), shape.pack.vertex_mask("body"), hidden)
        made: list[bpy.types.ID] = []
        try:
            writer = MaterialWriter(made)
            slots = []
            for material in mesh.materials:
                slots.append((yield from _waiting(writer.write(material))))
            data = write_mesh(mesh, slots)
            made.append(data)
            worn = bpy.data.objects.new(mesh.name, data)
            made.append(worn)
            names = skeleton(shape, brief.rig_names).names[: len(shape.pack.bone_names)]
            write_weights(worn, mesh.skin, names)
            worn.parent = rig
            worn.modifiers.new("Armature", "ARMATURE").object = rig
            worn[PROPERTY] = json.dumps({"kind": "mhclo", "file": Path(self.filepath).name, "brief": brief.to_dict()})
            for collection in rig.users_collection:
                collection.objects.link(worn)
            yield job.Step(0.9, "Hiding what it covers")
        except BaseException:
            bpy.data.batch_remove(made)
            raise
        remove_faces(body, doomed)
        counts = {"vertices": len(mesh.vertices), "hidden_faces": int(doomed.sum())}
        return Report(counts, {}, [], {})


def find_character(context: bpy.types.Context) -> bpy.types.Object | None:
    """The armature of the generated character that is active, or that the active object belongs to."""
    thing = context.active_object
    while thing is not None:
        if thing.type == "ARMATURE" and '"kind": "character"' in str(thing.get(PROPERTY, "")):
            return thing
        thing = thing.parent
    return None


def read_picture(path: Path) -> np.ndarray | None:
    """(H, W, 3 or 4) uint8, first row on top, or None for a file that is no picture (a pointer to one, say)."""
    try:
        image = bpy.data.images.load(str(path))
    except RuntimeError:
        return None
    try:
        width, height = image.size
        if not width or not height:
            return None
        values = np.empty(width * height * image.channels, np.float32)
        image.pixels.foreach_get(values)
        picture = values.reshape(height, width, image.channels)[::-1]
        picture = np.repeat(picture[..., :1], 3, axis=2) if image.channels < 3 else picture
        return np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8)
    finally:
        bpy.data.images.remove(image)


def covered_faces(body: bpy.types.Object | None, vertices: np.ndarray, skin: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """(F,) bool: the faces of the scene's body all of whose vertices are ``hidden`` (V,).

    ``vertices`` (V, 3) is the whole generated body in its rest pose. Raises WorldwrightError when the scene's body is another.
    """
    if body is None:
        return np.zeros(0, bool)
    own = np.empty(3 * len(body.data.vertices), np.float32)
    body.data.vertices.foreach_get("co", own)
    numbers = np.flatnonzero(skin)
    found, apart = _nearest(own.reshape(-1, 3), vertices[numbers])
    if len(apart) and apart.max() > SAME:
        raise WorldwrightError("The character's body is not the one its sliders describe any more.", REFIT)
    starts, corners = np.empty(len(body.data.polygons), np.int32), np.empty(len(body.data.loops), np.int32)
    body.data.polygons.foreach_get("loop_start", starts)
    body.data.loops.foreach_get("vertex_index", corners)
    gone = hidden[numbers[found]][corners]
    return np.minimum.reduceat(gone, starts) if len(starts) else np.zeros(0, bool)


def _nearest(points: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The target nearest to each point and how far it is, found by sorted coordinates: exact for points that coincide."""
    from mathutils.kdtree import KDTree

    tree = KDTree(len(targets))
    for number, target in enumerate(targets.tolist()):
        tree.insert(target, number)
    tree.balance()
    hits = [tree.find(point)[1:] for point in points.tolist()]
    return np.array([hit[0] for hit in hits], np.int64), np.array([hit[1] for hit in hits])


def remove_faces(body: bpy.types.Object | None, doomed: np.ndarray) -> None:
    """Takes faces away for good; weights, UVs and shape keys of the rest stay."""
    if body is None or not doomed.any():
        return
    import bmesh

    mesh = bmesh.new()
    mesh.from_mesh(body.data)
    mesh.faces.ensure_lookup_table()
    bmesh.ops.delete(mesh, geom=[mesh.faces[number] for number in np.flatnonzero(doomed)], context="FACES")
    mesh.to_mesh(body.data)
    mesh.free()


def _waiting(writing: Generator[None, None, bpy.types.Material]) -> Generator[job.Step, None, bpy.types.Material]:
    """A material's writing as steps of the job."""
    while True:
        try:
            next(writing)
        except StopIteration as end:
            return end.value
        yield job.Step(0.7, "Writing its material")


class WORLDWRIGHT_PT_mhclo(SidebarPanel, bpy.types.Panel):
    bl_label = "MakeHuman Clothes"
    bl_parent_id = "WORLDWRIGHT_PT_character_more"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        self.layout.label(text="Clothes, hair and shoes of an asset pack")
        self.layout.operator("worldwright.import_mhclo", icon="MOD_CLOTH")


CLASSES = (WORLDWRIGHT_OT_import_mhclo, WORLDWRIGHT_PT_mhclo)
