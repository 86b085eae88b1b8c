"""The Talking Character's persona, what it is to say, and what it said."""

from __future__ import annotations

import bpy

ASK, HEAR, SAY, PERFORM = "ASK", "HEAR", "SAY", "PERFORM"
MODES = (
    (ASK, "Ask", "You type a question, the persona answers it"),
    (HEAR, "Ask Aloud", "A recording of your question is heard and answered (needs PyTorch and the speech model)"),
    (SAY, "Say", "The character says your text word for word"),
    (PERFORM, "Perform", "The character's lips follow a recording of a voice"),
)


class WORLDWRIGHT_PG_talking(bpy.types.PropertyGroup):
    persona: bpy.props.StringProperty(
        name="Persona", subtype="FILE_PATH",
        description="File of who the character is: name, tone, facts, questions and answers, commands (.json or .toml)",
    )  # fmt: skip
    mode: bpy.props.EnumProperty(name="Mode", items=MODES, description="Where the words come from")
    text: bpy.props.StringProperty(
        name="Text", maxlen=2000, description="The question, the sentence to say, or the words of the recording where you know them"
    )
    sound: bpy.props.StringProperty(
        name="Recording", subtype="FILE_PATH", description="WAV file of a voice, at most two minutes long"
    )
    model: bpy.props.StringProperty(
        name="Language Model", subtype="DIR_PATH",
        description="Folder of a causal language model (transformers, safetensors) that words the answers; empty: as written",
    )  # fmt: skip
    answer: bpy.props.StringProperty(name="Answer", description="What the character said last")
    note: bpy.props.StringProperty(name="Note", description="How sure the answer is, and what is to be known of it")


CLASSES = (WORLDWRIGHT_PG_talking,)
