"""What a character says → an action of bones and face, a sound strip, and the dialogue in a property of its face."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Generator
from pathlib import Path

import bpy
import numpy as np

from ..core.crossmodal.sound import write_wav
from ..core.errors import WorldwrightError
from ..core.scene import Skeleton
from .actions import faces_of, play, write_action, write_units

DIALOGUE = "worldwright_dialogue"  # custom property of a face: the dialogue's JSON values; glTF has it among the mesh's extras
NEEDED = "jawOpen"


def talking_face(rig: bpy.types.Object) -> bpy.types.Object | None:
    """Of the meshes that follow the rig and have the face units that speech needs, the one with the most."""
    faces = [mesh for mesh in faces_of(rig) if NEEDED in mesh.data.shape_keys.key_blocks]
    return max(faces, key=lambda mesh: len(mesh.data.shape_keys.key_blocks), default=None)


def checked_face(rig: bpy.types.Object) -> bpy.types.Object:
    """The rig's talking face. Raises WorldwrightError when it has none."""
    face = talking_face(rig)
    if face is None:
        raise WorldwrightError(
            f"“{rig.name}” cannot talk: none of its meshes has the face units.", "Generate the character with Face Units on."
        )
    return face


def write_lines(
    context: bpy.types.Context, rig: bpy.types.Object, skeleton: Skeleton, result: dict
) -> Generator[float, None, None]:
    """Writes the worker's ``talk`` result: every line's action and packed sound; the last line plays, its sound in the sequencer.

    Takes back what it made when it fails or is closed. Raises WorldwrightError for a rig without a talking face.
    """
    face = checked_face(rig)
    rate = context.scene.render.fps / context.scene.render.fps_base
    lines = result["dialogue"]["lines"]
    made: list[bpy.types.ID] = []
    try:
        for number, clip in enumerate(result["clips"]):
            made.append(write_action(rig, skeleton, clip, rate))
            write_units(rig, made[-1], clip, rate)
            yield 0.8 * number / len(lines)
        for line, samples, sample_rate in zip(lines, result["samples"], result["rates"], strict=True):
            made.append(_packed_sound(line["sound"], samples, sample_rate))
            line["sound"] = made[-1].name
            yield 0.9
    except BaseException:
        _forget(rig, made)
        raise
    actions = [thing for thing in made if isinstance(thing, bpy.types.Action)]
    if actions:
        play(rig, actions[-1])
        context.scene.frame_end = max(context.scene.frame_end, round(actions[-1].frame_end))
    _strip(context.scene, made[-1])
    face[DIALOGUE] = json.dumps(joined(face.get(DIALOGUE, ""), result["dialogue"]), ensure_ascii=False)


def _forget(rig: bpy.types.Object, made: list[bpy.types.ID]) -> None:
    """Takes the tracks, actions and sounds away again."""
    for owner in (rig, *(mesh.data.shape_keys for mesh in faces_of(rig))):
        for track in list(owner.animation_data.nla_tracks) if owner.animation_data else []:
            if any(strip.action in made for strip in track.strips):
                owner.animation_data.nla_tracks.remove(track)
    bpy.data.batch_remove(made)


def joined(before: str, dialogue: dict) -> dict:
    """The dialogue with the lines that a rig has said before in front, where the same persona said them."""
    try:
        old = json.loads(before) if before else {}
        lines = [*old["lines"], *dialogue["lines"]] if old.get("name") == dialogue["name"] else dialogue["lines"]
    except (ValueError, KeyError, TypeError, AttributeError):
        lines = dialogue["lines"]
    return {**dialogue, "lines": lines}


def _packed_sound(name: str, samples: np.ndarray, rate: int) -> bpy.types.Sound:
    """A sound within the .blend, under a file name that no other has: nothing of it is left on disk."""
    stem, number = name.removesuffix(".wav").rstrip("0123456789"), 1
    while name in bpy.data.sounds:
        number += 1
        name = f"{stem}{number}.wav"
    with tempfile.TemporaryDirectory(prefix="worldwright-sound-") as folder:
        path = Path(folder) / name
        write_wav(path, samples, rate)
        sound = bpy.data.sounds.load(str(path), check_existing=False)
        sound.pack()
    sound.name = name
    sound.filepath = f"//{sound.name}"
    return sound


def _strip(scene: bpy.types.Scene, sound: bpy.types.Sound) -> bpy.types.Strip:
    """The sound at frame 0, where the action begins, in a channel of its own; strips of what was said before are muted."""
    editor = scene.sequence_editor or scene.sequence_editor_create()
    for strip in editor.strips_all:
        if strip.type == "SOUND" and strip.get(DIALOGUE):
            strip.mute = True
    channel = max((strip.channel for strip in editor.strips), default=0) + 1
    with tempfile.TemporaryDirectory(prefix="worldwright-sound-") as folder:
        path = Path(folder) / "strip.wav"
        path.write_bytes(sound.packed_file.data)
        strip = editor.strips.new_sound(sound.name, str(path), min(channel, 128), 0)
    loaded = strip.sound
    strip.sound = sound
    if loaded.users == 0:
        bpy.data.sounds.remove(loaded)
    strip[DIALOGUE] = True
    return strip
