"""The prepared scene becomes a pack: names, bones, levels of detail, colliders and lightmap UVs of one engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import bpy
import numpy as np
from mathutils import Matrix, Vector

from ..core.characters.rig import BONES, bone_names
from ..core.errors import WorldwrightError
from ..core.game import collider, lod
from ..core.game.engines import Engine, safe_name, safe_names
from ..core.scene import Mesh, Skeleton
from ..writing import meshes as writing
from .convert import follow, to_mesh, to_object
from .vrm import settle_faces

LEAST_TRIANGLES = 200  # of a mesh: fewer are drawn as they are at every distance
MOST_SIBLINGS = 150  # objects with levels of detail beside them in one file; more go into files of their own
MOST_THOROUGH = 12  # different meshes: collision shapes of more are cut more simply, as coacd takes seconds for each
SOCKETS = ("head", "hand_l", "hand_r", "foot_l", "foot_r")
EXPRESSIONS = ("jawOpen", "eyeBlinkLeft", "eyeBlinkRight", "mouthSmileLeft", "mouthSmileRight")  # kept at the first level


@dataclass
class Pack:
    """What is being packed.

    Attributes:
        names: what each object of the artist's is called in the pack.
        levels: level -> its objects; 0 are the objects themselves.
        colliders: shapes, and the object each belongs to.
        figured: objects of figures that brought their levels along.
    """

    engine: Engine
    name: str
    names: dict[str, str] = field(default_factory=dict)
    levels: dict[int, list[bpy.types.Object]] = field(default_factory=dict)
    colliders: list[tuple[bpy.types.Object, str]] = field(default_factory=list)
    figured: set[bpy.types.Object] = field(default_factory=set)
    manifest: dict = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def build(engine: Engine, order: dict, solids: list[bpy.types.Object]) -> Pack:
    """Makes the scene's objects, prepared already, into a pack. ``solids``: the artist's own colliders among them."""
    pack = Pack(engine, order["name"])
    rename(pack, solids)
    pack.levels[0] = [
        target for target in bpy.context.scene.objects
        if target.type == "MESH" and target not in solids and target.get("role") != "lod"
    ]
    _given_levels(pack, order["lods"])
    pack.manifest["objects"] = len(pack.levels[0])
    _bones(pack)
    if engine.key == "unreal":
        _sole_armature()
    if engine.key == "vrm":
        settle_faces()
    if engine.most_triangles:
        _limit(pack)
    if engine.lightmaps and order["lightmaps"]:
        _lightmaps(pack)
    if engine.lods and order["lods"]:
        _levels(pack)
    if engine.collider and order["colliders"] != "none":
        _colliders(pack, order["colliders"], solids)
    else:
        bpy.data.batch_remove(solids)
    _facts(pack)
    bpy.context.view_layer.update()
    return pack


def rename(pack: Pack, solids: list[bpy.types.Object]) -> None:
    """Objects, meshes, materials and actions get names the engine takes."""
    scene = bpy.context.scene
    limit = pack.engine.most_name - 12  # room for prefixes and suffixes
    objects = [target for target in scene.objects if target not in solids]
    pack.names = safe_names([target.name for target in objects], limit)
    before = {target: target.name for target in objects}
    for target in scene.objects:
        target.name = f"~{target.name}"[:60]
    for target, name in before.items():
        target.name = pack.names[name]
        if target.data is not None and target.data.users == 1:
            target.data.name = pack.names[name]
    for blocks in (bpy.data.materials, bpy.data.actions):
        safe = safe_names([block.name for block in blocks], limit)
        for block in list(blocks):
            block.name = safe[block.name]
    if pack.engine.key == "godot":
        for action in [action for action in bpy.data.actions if action.use_cyclic]:
            action.name += "-loop"
    for target in scene.objects:
        if target.animation_data:
            for track in target.animation_data.nla_tracks:
                if track.strips and track.strips[0].action:
                    track.name = track.strips[0].name = track.strips[0].action.name


def _given_levels(pack: Pack, wanted: bool) -> None:
    """Levels that came with the objects (role “lod”) are taken as they are: of such a figure nothing is simplified again."""
    given = [target for target in bpy.context.scene.objects if target.get("role") == "lod"]
    if not (wanted and pack.engine.lods):
        bpy.data.batch_remove(given)
        return
    for target in given:
        owner = pack.names.get(target.get("lod_of", ""), "")
        level = int(target.get("lod", 1))
        target.name = f"{owner}_LOD{level}" if owner else target.name
        pack.levels.setdefault(level, []).append(target)
        rig = target.find_armature()
        pack.figured |= {other for other in pack.levels[0] if other.name == owner}
        pack.figured |= {other for other in pack.levels[0] if rig is not None and other.find_armature() == rig}


def _bones(pack: Pack) -> None:
    """Our own skeletons get the engine's bone names, and empties at head, hands and feet to hang things on."""
    wanted = bone_names(pack.engine.bones)
    ours = {name for name, _ in BONES}
    for rig in [target for target in bpy.context.scene.objects if target.type == "ARMATURE"]:
        if not {"pelvis", "spine_01", "head"} <= {bone.name for bone in rig.data.bones}:
            continue
        for bone in rig.data.bones:
            if bone.name in ours or bone.name in wanted:
                bone.name = wanted.get(bone.name, bone.name)
        pack.manifest.setdefault("skeletons", {})[rig.name] = [bone.name for bone in rig.data.bones]
        if pack.engine.key in ("unreal", "unity", "godot", "web"):
            pack.manifest.setdefault("sockets", []).extend(_sockets(rig, wanted, pack.engine.key))


def _sockets(rig: bpy.types.Object, wanted: dict[str, str], engine: str) -> list[str]:
    made = []
    for name in SOCKETS:
        bone = wanted.get(name, name)
        socket = f"SOCKET_{name}" if engine == "unreal" else f"Socket_{name}"
        if bone in rig.data.bones and socket not in bpy.data.objects:
            empty = bpy.data.objects.new(socket, None)
            bpy.context.scene.collection.objects.link(empty)
            empty.parent, empty.parent_type, empty.parent_bone = rig, "BONE", bone
            empty.matrix_parent_inverse = Matrix.Translation((0, -rig.data.bones[bone].length, 0))
            made.append(socket)
    return made


def _sole_armature() -> None:
    """Unreal makes a bone of the armature object unless it is called Armature."""
    rigs = [target for target in bpy.context.scene.objects if target.type == "ARMATURE"]
    if len(rigs) == 1:
        rigs[0].name = "Armature"


def _limit(pack: Pack) -> None:
    """Simplifies meshes that are over the engine's limit of triangles, and says so."""
    done: dict[bpy.types.Mesh, Mesh] = {}
    for number, target in enumerate(pack.levels[0]):
        most = pack.engine.most_triangles
        if triangles(target.data) <= most:
            continue
        keep = tuple(key.name for key in target.data.shape_keys.key_blocks[1:]) if target.data.shape_keys else ()
        if target.data not in done:
            pack.warnings.append(f"“{target.name}” was simplified from {triangles(target.data):,} to {most:,} triangles.")
            done[target.data] = lod.simplify(to_mesh(target), most, keep)
        name = target.name
        target.name = f"{name}~"
        new = to_object(done[target.data], name, target)
        for child in target.children:
            child.parent = new
        bpy.data.objects.remove(target)
        pack.levels[0][number] = new


def _lightmaps(pack: Pack) -> None:
    """A second UV map without overlap on meshes that do not move. Blender's packer; each mesh once."""
    view = bpy.context.view_layer
    still = {target.data: target for target in pack.levels[0] if target.find_armature() is None and target.data.uv_layers}
    for mesh, target in still.items():
        if len(mesh.uv_layers) != 1 or mesh.users > 1 and len(mesh.polygons) > 20_000:
            continue
        layer = mesh.uv_layers.new(name="Lightmap", do_init=True)
        mesh.uv_layers.active = layer
        for other in bpy.context.selected_objects:
            other.select_set(False)
        hidden, target.hide_viewport = target.hide_viewport, False
        target.hide_set(False)
        target.select_set(True)
        view.objects.active = target
        bpy.ops.object.mode_set(mode="EDIT")
        bpy.ops.mesh.select_all(action="SELECT")
        bpy.ops.uv.smart_project(angle_limit=1.15, island_margin=0.01, area_weight=0.0)
        bpy.ops.object.mode_set(mode="OBJECT")
        mesh.uv_layers.active = mesh.uv_layers[0]
        target.hide_viewport = hidden
    pack.manifest["lightmap_uvs"] = len(still)


def triangles(mesh: bpy.types.Mesh) -> int:
    """How many triangles a mesh is drawn as."""
    sizes = np.empty(len(mesh.polygons), np.int32)
    mesh.polygons.foreach_get("loop_total", sizes)
    return int(np.maximum(sizes - 2, 0).sum())


def _levels(pack: Pack) -> None:
    """Levels 1 to 3 of every mesh that has enough triangles; the others stand for themselves."""
    inside = pack.engine.lods_inside and len(pack.levels[0]) <= MOST_SIBLINGS
    made: dict[bpy.types.Mesh, list[lod.Level]] = {}
    written: dict[tuple[bpy.types.Mesh, int], bpy.types.Mesh] = {}
    facts, count = {}, {}
    for target in list(pack.levels[0]):
        data = target.data
        if target in pack.figured or triangles(data) < LEAST_TRIANGLES:
            continue
        if data not in made:
            try:
                made[data] = lod.levels(to_mesh(target), keep_shape_keys=EXPRESSIONS, height=_height(pack, target))
            except WorldwrightError as error:
                pack.warnings.append(f"“{target.name}” has no levels of detail: {error.sentence}")
                made[data] = []
            count[target.name] = triangles(data)
            facts[target.name] = [
                {
                    "triangles": len(level.mesh.face_sizes),
                    "error_mm": round(1000 * level.error, 2),
                    "one_pixel_from_m": round(level.distance, 2),
                }
                for level in made[data]
            ]
        for number, level in enumerate(made[data], 1):
            new = to_object(level.mesh, f"{target.name}_LOD{number}", target, written.get((data, number)))
            written[data, number] = new.data
            pack.levels.setdefault(number, []).append(new)
    for level in (2, 3):  # what has no coarser level goes on with its last
        last = {target.get("lod_of") for target in pack.levels.get(level, [])} - {None}
        if not last and pack.figured:
            given = [target for target in pack.levels.get(level - 1, []) if target.get("role") == "lod"]
            pack.levels.setdefault(level, []).extend(given)
    rich = [name for name, found in facts.items() if found and found[0]["triangles"] > 1.1 * lod.RATIOS[0] * count[name]]
    if rich:
        words = f"keep over a quarter of their triangles at level 1: else they move by more than {lod.OUTLINE:.0%} of the height"
        pack.warnings.append(f"{len(rich)} of {len(facts)} meshes, such as “{rich[0]}”, {words}.")
    pack.manifest["lods"] = facts
    pack.manifest["lods_inside"] = inside


def _height(pack: Pack, target: bpy.types.Object) -> float:
    """How tall the figure is that a skinned mesh belongs to, in the mesh's own units; 0 for other meshes."""
    rig = target.find_armature()
    if rig is None:
        return 0.0
    members = [other for other in pack.levels[0] if other.find_armature() == rig]
    heights = [(other.matrix_world @ Vector(corner)).z for other in members for corner in other.bound_box]
    return (max(heights) - min(heights)) / max(max(target.matrix_world.to_scale()), 1e-9)


def _colliders(pack: Pack, kind: str, solids: list[bpy.types.Object]) -> None:
    """The artist's own shapes under the engine's names, and shapes made for meshes that have none."""
    bpy.context.view_layer.update()
    count: dict[str, int] = {}

    def named(target: bpy.types.Object, owner: str, pattern: str) -> None:
        count[owner] = count.get(owner, 0) + 1
        target.name = pattern.format(mesh=owner, number=count[owner])
        pack.colliders.append((target, owner))

    for solid in solids:
        owner = solid.parent.name if solid.parent in pack.levels[0] else _nearest(solid, pack.levels[0])
        place = solid.matrix_world.copy()
        solid.parent = None  # beside its mesh, not below it: Unreal looks for it there
        solid.matrix_basis = place
        solid.data.materials.clear()
        named(solid, owner, pack.engine.navmesh if solid.get("role") == "navmesh" else pack.engine.collider)
    shared: dict[bpy.types.Mesh, list[bpy.types.Mesh]] = {}
    thorough = len({target.data for target in pack.levels[0]}) <= MOST_THOROUGH
    for target in pack.levels[0] if not solids else []:  # who brought shapes left out what needs none
        if target.find_armature() is not None:
            continue
        if target.data not in shared:
            shapes = _shapes(to_mesh(target), kind, pack, thorough)
            shared[target.data] = [writing.write_mesh(shape, []) for shape in shapes]
        for data in shared[target.data]:
            solid = bpy.data.objects.new("solid", data)
            bpy.context.scene.collection.objects.link(solid)
            follow(solid, target)
            solid["role"] = "collider"
            named(solid, target.name, pack.engine.collider)
    _bone_shapes(pack)
    pack.manifest["colliders"] = {owner: number for owner, number in sorted(count.items())}


def _nearest(solid: bpy.types.Object, targets: list[bpy.types.Object]) -> str:
    """The name of the object whose middle is nearest to the shape's."""

    def middle(target: bpy.types.Object) -> np.ndarray:
        return np.array([target.matrix_world @ Vector(corner) for corner in target.bound_box]).mean(axis=0)

    here = middle(solid)
    return min(targets, key=lambda target: float(np.linalg.norm(middle(target) - here))).name


def _shapes(mesh: Mesh, kind: str, pack: Pack, thorough: bool) -> list[Mesh]:
    if kind == "box":
        return [collider.box(mesh)]
    if kind == "hull":
        return [collider.hull(mesh)]
    shapes = collider.decompose(mesh, thorough=thorough)
    if not all(map(collider.convex, shapes)):
        pack.warnings.append(f"“{mesh.name}” got a collision shape that is not quite convex.")
    return shapes


def _bone_shapes(pack: Pack) -> None:
    """Capsules along the bones of characters and creatures: their measures in the manifest, and shapes that hang on the bones.

    Unreal gets only the measures: of a skeletal mesh it makes bodies in a Physics Asset and would draw shapes as flesh.
    """
    for rig in [target for target in bpy.context.scene.objects if target.type == "ARMATURE"]:
        skinned = [target for target in pack.levels[0] if target.find_armature() == rig]
        if not skinned:
            continue
        bones = rig.data.bones
        skeleton = Skeleton(
            rig.name, [bone.name for bone in bones],
            np.array([bones.find(bone.parent.name) if bone.parent else -1 for bone in bones]),
            np.array([bone.head_local for bone in bones], np.float32), np.array([bone.tail_local for bone in bones], np.float32),
            np.array([bone.z_axis for bone in bones], np.float32),
        )  # fmt: skip
        capsules = collider.bone_capsules(skeleton, [_in_space_of(rig, target) for target in skinned])
        if not capsules:
            continue
        pack.manifest.setdefault("bone_capsules", {})[rig.name] = {
            name: {"bottom": one.bottom.round(4).tolist(), "top": one.top.round(4).tolist(), "radius": round(one.radius, 4)}
            for name, one in capsules.items()
        }
        if pack.engine.key == "unreal":
            continue
        for name, one in capsules.items():
            _hang(pack, rig, name, one.mesh)


def _in_space_of(rig: bpy.types.Object, target: bpy.types.Object) -> Mesh:
    mesh, place = to_mesh(target), np.array(rig.matrix_world.inverted() @ target.matrix_world)
    mesh.vertices = (mesh.vertices @ place[:3, :3].T + place[:3, 3]).astype(np.float32)
    return mesh


def _hang(pack: Pack, rig: bpy.types.Object, name: str, shape: Mesh) -> None:
    """A collision shape, given in the armature's space, on one of its bones: it moves as the bone does."""
    bone = rig.data.bones[name]
    place = np.array(bone.matrix_local.inverted())
    shape.vertices = (shape.vertices @ place[:3, :3].T + place[:3, 3]).astype(np.float32)
    solid = bpy.data.objects.new("solid", writing.write_mesh(shape, []))
    bpy.context.scene.collection.objects.link(solid)
    solid.parent, solid.parent_type, solid.parent_bone = rig, "BONE", name
    solid.matrix_parent_inverse = Matrix.Translation((0, -bone.length, 0))
    solid["role"] = "collider"
    owner = safe_name(f"{rig.name}_{name}", pack.engine.most_name - 16)
    solid.name = pack.engine.collider.format(mesh=owner, number=1)
    pack.colliders.append((solid, owner))


def _facts(pack: Pack) -> None:
    """What programs want to know of the pack without opening it."""
    clips = {}
    for action in bpy.data.actions:
        low, high = action.frame_range
        render = bpy.context.scene.render
        clips[action.name] = round((high - low) * render.fps_base / render.fps, 4)
    pack.manifest["clips_seconds"] = clips
    labels = {target.name: target["label"] for target in pack.levels[0] if target.get("label")}
    pack.manifest["labels"] = labels
    pack.manifest["triangles"] = {
        str(level): sum(triangles(target.data) for target in targets) for level, targets in sorted(pack.levels.items())
    }
    pack.manifest["materials"] = len({m for target in pack.levels[0] for m in target.data.materials})


def folder_of(pack_folder: Path, name: str) -> Path:
    """A folder of the pack, made when it is missing."""
    made = pack_folder / name
    made.mkdir(parents=True, exist_ok=True)
    return made
