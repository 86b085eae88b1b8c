"""Commands carried out in Blender, one generator of steps a command. Each returns a sentence made from what was done."""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

import bpy
import numpy as np
from mathutils import Matrix, Vector

from ...core.errors import WorldwrightError
from ...core.interaction import commands as c
from ...core.interaction.answer import answer
from ...core.interaction.changes import Change, changes_of
from ...core.interaction.quantities import length
from ...core.interaction.say import listed, phrase_of
from ...core.interaction.scene_graph import Graph
from ...core.interaction.values import clip_of
from ...exporting.glb import choose, export_glb
from ...exporting.pack import PackOptions, export_pack
from ...exporting.preflight import preflight
from ...job import JobOperator, Step, asked
from ...writing.actions import play
from ...writing.scene import write_scene
from .graph import read_graph, read_thing
from .looks import light_the_scene, restyle_things, set_camera
from .restoring import Record, remove

Steps = Generator[Step, None, str]


@dataclass
class Carrying:
    """One request being carried out: ``made`` names of what the last command made, ``touched`` of all that was changed."""

    context: bpy.types.Context
    pointed: tuple[float, float, float] | None = None
    picture: dict | None = None
    folder: str = ""
    seed: int = 0
    record: Record = field(default_factory=Record)
    made: list[str] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def graph(self) -> Graph:
        """The scene as it is now."""
        return read_graph(self.context, self.pointed, tuple(self.made))

    def carry(self, command: c.Command) -> Steps:
        """Carries one command out; what it names as made before is filled in. Returns the reply."""
        graph = self.graph()
        command = self._filled(command)
        c.check(command, graph.by_name)
        carriers = {
            "create": self._create, "remove": self._remove, "restyle": self._restyle, "rename": self._rename,
            "annotate": self._annotate,
            "fit": self._fit, "rig": self._rig, "play": self._play, "camera": self._camera, "light": self._light,
            "export": self._export,
            "select": self._select, "missing": self._missing,
        }  # fmt: skip
        if command.do in ("move", "rotate", "scale", "align", "duplicate"):
            reply = yield from self._change(command, graph)
        elif command.do in carriers:
            reply = yield from carriers[command.do](command, graph)
        else:
            reply = answer(command, graph)
        self.touched += [name for name in command.targets if name not in self.touched]
        self.counts[command.do] = self.counts.get(command.do, 0) + 1
        return reply

    def _filled(self, command: c.Command) -> c.Command:
        """The command with the names of what the command before has made."""
        values = command.to_dict()
        for name in ("targets", "to"):
            if c.MADE in values.get(name, ()):
                if not self.made:
                    raise WorldwrightError("Nothing was made before that this could be about.")
                values[name] = [other for one in values[name] for other in (self.made if one == c.MADE else [one])]
        return c.from_dict(values)

    def _object(self, name: str) -> bpy.types.Object:
        thing = self.context.scene.objects.get(name)
        if thing is None:
            raise WorldwrightError(f"“{name}” was removed or renamed meanwhile.", "Ask again.")
        return thing

    def _objects(self, names: tuple[str, ...]) -> list[bpy.types.Object]:
        return [self._object(name) for name in names]

    # -- making and removing --------------------------------------------------------------------------------------

    def _create(self, command: c.Create, graph: Graph) -> Steps:
        values = {"command": command.to_dict(), "graph": graph.to_dict(), "seed": self.seed, "picture": self.picture}
        scene = yield from asked("ask_make", values)
        writing = write_scene(self.context, scene)
        while True:
            try:
                yield Step(next(writing), "Writing into the scene")
            except StopIteration as done:
                collection = done.value
                break
        names = [thing.name for thing in collection.all_objects]
        self.record.made += names
        self.notes += scene.report.warnings
        self.context.view_layer.update()
        figures = [thing.name for thing in collection.all_objects if thing.type == "ARMATURE"]
        props = [thing.name for thing in collection.all_objects if thing.type == "MESH" and command.kind == "prop"]
        self.made = figures or props or names[:1]
        if command.kind == "prop":
            return self._placed(command, props)
        return f"Made {command.prompt}: {len(names)} objects in “{collection.name}”."

    def _placed(self, command: c.Create, names: list[str]) -> str:
        """What was added, and where it really stands."""
        graph = self.graph()
        first = graph.by_name.get(names[0])
        where = f", {graph.place_of(first)}" if first is not None and len(names) == 1 else ""
        if len(names) > 1 and command.to:
            where = (
                f" {phrase_of(command).partition(' ' + command.relation + ' ')[1].strip() or command.relation} {listed(command.to)}"
            )
        return f"Added {listed(names)}{where}."

    def _remove(self, command: c.Remove, graph: Graph) -> Steps:
        things = self._objects(command.targets)
        loads = [
            load.name for thing in graph.of(command.targets) for load in graph.resting_on(thing) if load.name not in command.targets
        ]
        remove(things)
        yield Step(1.0, "Removing")
        if loads:
            self.notes.append(
                f"{listed(loads)} {'was' if len(loads) == 1 else 'were'} left where {'it' if len(loads) == 1 else 'they'} stood."
            )
        return f"Deleted {listed(command.targets)}."

    # -- places ---------------------------------------------------------------------------------------------------

    def _change(self, command: c.Command, graph: Graph) -> Steps:
        """Moves, turns, scales, aligns or copies."""
        planned = changes_of(command, graph)
        self.notes += planned.notes
        moving = {change.name for change in planned.changes if not change.copy}
        copies = []
        for number, change in enumerate(planned.changes):
            thing = self._object(change.name)
            if change.copy:
                thing = self._copied(thing)
                copies.append(thing.name)
            elif _carried(thing, moving):
                continue
            else:
                self.record.keep_place(thing)
            thing.matrix_world = matrix_of(change, graph) @ thing.matrix_world
            yield Step(number / len(planned.changes), "Moving")
        self.context.view_layer.update()
        if copies:
            self.record.made += copies
            self.made = copies
        if not planned.changes:
            raise WorldwrightError(planned.notes[0] if planned.notes else "Nothing could be changed.")
        return self._measured(command, graph, copies)

    def _measured(self, command: c.Command, before: Graph, copies: list[str]) -> str:
        """What was done, from what is there now."""
        after = self.graph()
        if copies:
            return f"Copied {listed(command.targets)}: {listed(copies)}."
        one = after.by_name.get(command.targets[0])
        was = before.by_name[command.targets[0]]
        if one is None:
            return "Done."
        what = listed(command.targets)
        if isinstance(command, c.Move):
            way = float(np.linalg.norm(one.middle - was.middle))
            return f"Moved {what} by {length(way)}; “{one.name}” is now {after.place_of(one)}."
        if isinstance(command, c.Rotate):
            turned = math.degrees((one.yaw - was.yaw + math.pi) % (2 * math.pi) - math.pi)
            facing = f" to face {listed(command.to)}" if command.to else ""
            return f"Turned {what}{facing} by {turned:.0f}°."
        if isinstance(command, c.Scale):
            subject = f"“{one.name}” is" if len(command.targets) == 1 else f"{what} are"
            width, depth, height = (length(float(side)) for side in one.own_size)
            return f"{subject} now {width} wide, {depth} deep and {height} high."
        return f"Lined up {what}."

    def _copied(self, source: bpy.types.Object) -> bpy.types.Object:
        """A copy of an object and all under it, sharing their data, in the same collections."""
        twins: dict[bpy.types.Object, bpy.types.Object] = {}
        for thing in [source, *source.children_recursive]:
            twins[thing] = twin = thing.copy()
            if thing.type == "ARMATURE":
                twin.data = thing.data.copy()
            for collection in thing.users_collection:
                collection.objects.link(twin)
        for thing, twin in twins.items():
            if thing.parent in twins:
                twin.parent = twins[thing.parent]
                twin.matrix_parent_inverse = thing.matrix_parent_inverse.copy()
            for modifier in twin.modifiers:
                if modifier.type == "ARMATURE" and modifier.object in twins:
                    modifier.object = twins[modifier.object]
        self.context.view_layer.update()
        return twins[source]

    # -- looks ----------------------------------------------------------------------------------------------------

    def _restyle(self, command: c.Restyle, graph: Graph) -> Steps:
        palette = sorted((self.picture or {}).get("colours", []), key=_from_middle)
        if all(thing.shell for thing in graph.of(command.targets)):
            palette = palette[:1]  # the walls of one room are of one colour
        if command.palette and not palette:
            raise WorldwrightError("There is no picture whose colours could be taken.", "Choose one under Show a Picture.")
        yield from restyle_things(self.context, self._parts(command.targets), command, palette, self.record)
        look = (
            f"colours of the picture ({', '.join(palette[:3])})"
            if command.palette
            else " ".join(w for w in (command.color, command.material) if w)
        )
        return f"Gave {listed(command.targets)} the {look if command.palette else 'look: ' + look}."

    def _parts(self, names: tuple[str, ...]) -> list[bpy.types.Object]:
        """The meshes of things; of figures all of theirs."""
        things = self._objects(names)
        return [
            part
            for thing in things
            for part in ([thing] if thing.type == "MESH" else thing.children_recursive)
            if part.type == "MESH"
        ]

    def _camera(self, command: c.Camera, graph: Graph) -> Steps:
        things = (
            graph.of(command.targets) or [thing for thing in graph.things if thing.role not in ("floor", "ceiling")] or graph.things
        )
        distance = set_camera(self.context, graph, things, command)
        yield Step(1.0, "Looking")
        view = f" from the {command.view}" if command.view not in ("", "close") else ""
        return f"The camera looks at {listed(command.targets) or 'everything'}{view} from {length(distance)} away."

    def _light(self, command: c.Light, graph: Graph) -> Steps:
        return (yield from light_the_scene(self.context, command.mood, self.picture, self.record))

    # -- words ----------------------------------------------------------------------------------------------------

    def _rename(self, command: c.Rename, graph: Graph) -> Steps:
        said = []
        for thing in self._objects(command.targets):
            found = graph.by_name[thing.name]
            name = command.name or (found.label or found.prop or "thing").replace("_", " ").capitalize()
            before = thing.name
            thing.name = name
            self.record.names[thing.name] = before
            said.append(f"“{before}” is now “{thing.name}”")
            yield Step(0.5, "Renaming")
        self.made = [part.rpartition("“")[2].rstrip("”") for part in said]
        return f"{', '.join(said[:6])}."

    def _select(self, command: c.Select, graph: Graph) -> Steps:
        self._select_only(command.targets)
        yield Step(1.0, "Selecting")
        return f"Selected {listed(command.targets)}."

    def _select_only(self, names: tuple[str, ...]) -> None:
        for other in self.context.selected_objects:
            other.select_set(False)
        for thing in self._objects(names):
            thing.select_set(True)
            self.context.view_layer.objects.active = thing

    # -- what other features do -----------------------------------------------------------------------------------

    def _annotate(self, command: c.Annotate, graph: Graph) -> Steps:
        from ..annotation.operators import WORLDWRIGHT_OT_annotate

        names = command.targets or tuple(thing.name for thing in graph.things if thing.mesh)
        if not names:
            raise WorldwrightError("There is nothing to annotate.")
        self._select_only(names)
        yield from _borrowed(WORLDWRIGHT_OT_annotate).steps(self.context)
        after = self.graph()
        return (
            "Annotated: "
            + ", ".join(
                f"“{name}” is a {after.by_name[name].label or 'thing nobody knows'}" for name in names[:6] if name in after.by_name
            )
            + "."
        )

    def _fit(self, command: c.Fit, graph: Graph) -> Steps:
        from ..fitting.operators import WORLDWRIGHT_OT_fit

        return (yield from self._figure(command, WORLDWRIGHT_OT_fit, "Fitted a character to"))

    def _rig(self, command: c.Rig, graph: Graph) -> Steps:
        from ..fitting.operators import WORLDWRIGHT_OT_rig

        return (yield from self._figure(command, WORLDWRIGHT_OT_rig, "Rigged"))

    def _figure(self, command: c.Command, operator: type, said: str) -> Steps:
        self._select_only(command.targets)
        before = set(bpy.data.objects.keys())
        report = yield from _borrowed(operator).steps(self.context)
        made = [name for name in bpy.data.objects.keys() if name not in before]
        self.record.made += made
        self.made = [name for name in made if bpy.data.objects[name].type == "ARMATURE"] or made[:1]
        self.notes += report.warnings if report is not None else []
        return f"{said} {listed(command.targets)}: {listed(self.made)}."

    def _play(self, command: c.Play, graph: Graph) -> Steps:
        from ..motion.operators import own_brief

        said = []
        for rig in self._objects(command.targets):
            if rig.type != "ARMATURE":
                raise WorldwrightError(f"“{rig.name}” has no skeleton, so it cannot play anything.", "Rig it first.")
            found = _track(rig, command.clip)
            if found is None and own_brief(rig) is not None:
                yield from self._new_clip(rig, own_brief(rig), command.clip)
                found = _track(rig, command.clip)
            if found is None:
                raise WorldwrightError(f"“{rig.name}” has no clip “{command.clip}”.")
            play(rig, found)
            said.append(rig.name)
            yield Step(0.9, "Playing")
        return f"{listed(said)} {'plays' if len(said) == 1 else 'play'} “{command.clip}”."

    def _new_clip(self, rig: bpy.types.Object, brief: dict, clip: str) -> Generator[Step, None, None]:
        """A clip that one of our characters does not have yet."""
        from ...reading.armatures import read_skeleton
        from ...writing.actions import write_action
        from ...writing.controls import control_names

        skeleton = read_skeleton(rig, control_names(rig))
        values = {"rig": skeleton, "brief": brief | {"clips": clip, "motion": True}, "own": True}
        clips = yield from asked("clips", values)
        render = self.context.scene.render
        for made in clips:
            write_action(rig, skeleton, made, render.fps / render.fps_base)

    def _export(self, command: c.Export, graph: Graph) -> Steps:
        things = [part for thing in self._objects(command.targets) for part in (thing, *thing.children_recursive)] or list(
            self.context.view_layer.objects
        )
        folder = Path(bpy.path.abspath(self.folder or "//"))
        if not self.folder and not bpy.data.filepath:
            raise WorldwrightError("The file was never saved, so there is no place to export to.", "Save it, or choose a folder.")
        stem = Path(bpy.data.filepath).stem or "scene"
        if command.engine == "glb":
            target = folder / f"{stem}.glb"
            yield from export_glb(self.context, things, target)
            return f"Exported {listed(command.targets) or 'everything'} to {target}."
        target = folder / f"{stem}-{command.engine}"
        report = yield from export_pack(self.context, things, target, command.engine, PackOptions(overwrite=True))
        self.notes += report.warnings[:3]
        return f"Exported {listed(command.targets) or 'everything'} for {command.engine} to {target}."

    def _missing(self, command: c.Missing, graph: Graph) -> Steps:
        chosen, _ = choose(list(self.context.view_layer.objects), solids=True)
        yield Step(0.3, "Checking")
        if command.engine == "glb":
            return "A GLB needs nothing more than what is here."
        found = [one for one in preflight(self.context, chosen, command.engine) if one.level != "information"]
        if not found:
            return f"Nothing is missing for {command.engine}."
        errors = sum(one.level == "error" for one in found)
        first = " ".join(f"{one.sentence} {one.cure}".strip() for one in found[:3])
        many = "is one finding" if len(found) == 1 else f"are {len(found)} findings"
        return f"For {command.engine} there {many}, {errors} of them errors. {first}"


def _from_middle(code: str) -> float:
    """How far a colour “#rrggbb” is from a lightness that suits large surfaces."""
    return abs(sum(int(code[k : k + 2], 16) for k in (1, 3, 5)) / 765 - 0.65)


def matrix_of(change: Change, graph: Graph) -> Matrix:
    """What a thing's place in the world is multiplied by."""
    thing = graph.by_name[change.name]
    foot = Matrix.Translation(Vector(thing.foot.tolist()))
    own = Matrix.Rotation(thing.yaw, 4, "Z")
    scale = own @ Matrix.Diagonal((*change.scale, 1.0)) @ own.inverted()
    return Matrix.Translation(change.move) @ foot @ Matrix.Rotation(change.turn, 4, "Z") @ scale @ foot.inverted()


def _carried(thing: bpy.types.Object, moving: set[str]) -> bool:
    """Whether a parent moves too, and takes the thing along."""
    parent = thing.parent
    while parent is not None:
        if parent.name in moving:
            return True
        parent = parent.parent
    return False


def _track(rig: bpy.types.Object, clip: str) -> bpy.types.Action | None:
    """The action of a rig's clip."""
    if rig.animation_data is None:
        return None
    tracks = {track.name: track for track in rig.animation_data.nla_tracks if track.strips}
    name = clip if clip in tracks else clip_of(clip, tuple(tracks))
    return tracks[name].strips[0].action if name in tracks else None


def _borrowed(operator: type) -> JobOperator:
    """An operator's work without the operator: for a request that does what a button does."""
    names = ("request", "write", "steps")
    body = {name: getattr(operator, name) for name in names if name in vars(operator)}
    return type(f"Borrowed{operator.__name__}", (JobOperator,), {**body, "bl_label": operator.bl_label})()


__all__ = ["Carrying", "read_thing"]
