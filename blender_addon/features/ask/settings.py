"""What the Ask panel shows and keeps."""

from __future__ import annotations

import bpy


class WORLDWRIGHT_PG_ask(bpy.types.PropertyGroup):
    text: bpy.props.StringProperty(
        name="Request",
        description="What is to be done or answered, in plain words, such as “add six chairs around the table”",
        maxlen=600,
    )
    said: bpy.props.StringProperty(name="Understood", description="What the request was understood as")
    understood: bpy.props.StringProperty(name="Commands", description="The commands that were understood, as JSON")
    asked: bpy.props.StringProperty(name="Asked", description="The request that was understood")
    names: bpy.props.StringProperty(name="Highlighted", description="The things the request names, as JSON")
    reply: bpy.props.StringProperty(name="Reply", description="What was done or answered")
    readings: bpy.props.StringProperty(name="Readings", description="What an unclear request may have meant, one a line")
    at_once: bpy.props.BoolProperty(
        name="Act at Once", description="Carry requests out without a preview; deleting everything still asks first"
    )
    picture: bpy.props.StringProperty(
        name="Picture",
        description="A reference picture: its colours, light and style go into rooms, people and restyling",
        subtype="FILE_PATH",
    )
    recording: bpy.props.StringProperty(name="Recording", description="A WAV file with a spoken request", subtype="FILE_PATH")
    keep: bpy.props.BoolProperty(
        name="Keep Recordings", description="Keep a copy of what the microphone hears in the extension's folder"
    )
    use_cursor: bpy.props.BoolProperty(
        name="Pointing at the 3D Cursor", description="“here” and “this” mean the place of the 3D cursor and what is there"
    )
    folder: bpy.props.StringProperty(
        name="Export To", description="Folder that requests export into; empty: beside the .blend file", subtype="DIR_PATH"
    )
    seed: bpy.props.IntProperty(name="Seed", description="Decides every random choice of what requests make", min=0)


CLASSES = (WORLDWRIGHT_PG_ask,)
