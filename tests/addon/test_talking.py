"""The Talking Character panel on a real rig with a face: action, sound, dialogue, export, and what is refused."""

from __future__ import annotations

import json

import helpers
import numpy as np
import pytest

PERSONA = {
    "name": "Anna",
    "tone": "friendly",
    "unknown": "I don't know that.",
    "questions": [{"ask": ["When are you open?"], "answer": "Maybe from ten to six.", "command": "wave"}],
    "commands": ["wave"],
}


@pytest.fixture
def voice():
    if not helpers.module("core.interaction.talk.voice").available():
        pytest.skip("needs espeak-ng")


def person(face=True):
    """Our own skeleton with a body, and with face units."""
    import bpy

    brief = helpers.module("core.characters.brief").CharacterBrief(motion=False)
    characters = {name: helpers.module(f"core.characters.{name}") for name in ("body", "rig", "face")}
    shape = characters["body"].build(brief, np.random.default_rng(0).spawn(1)[0])
    mesh, source = shape.cut("Body", shape.pack.face_mask("body"))
    if face:
        characters["face"].add_units(shape, mesh, source, "neutral")
    scenes = helpers.module("core.scene")
    nodes = [
        scenes.Node("Rig", skeleton=characters["rig"].skeleton(shape, "unreal")),
        scenes.Node("Body", mesh=mesh, armature="Rig", parent="Rig"),
    ]
    provenance = {"kind": "character", "brief": brief.to_dict(), "seed": 0}
    writing = helpers.module("writing.scene")
    collection = writing.run(writing.write_scene(bpy.context, scenes.Scene("Character", nodes, [], provenance)))
    return next(thing for thing in collection.all_objects if thing.type == "ARMATURE")


def ask(scene, tmp_path, text, persona=PERSONA, **settings):
    import bpy

    path = tmp_path / "persona.json"
    path.write_text(json.dumps(persona), encoding="utf-8")
    scene.worldwright_talking.persona = str(path)
    scene.worldwright_talking.text = text
    for name, value in settings.items():
        setattr(scene.worldwright_talking, name, value)
    return bpy.ops.worldwright.talk()


def test_an_answer_moves_body_and_face_and_is_heard(voice, scene, tmp_path):
    import bpy

    rig = person()
    body = bpy.data.objects["Body"]
    assert ask(scene, tmp_path, "when are you open") == {"FINISHED"}
    action = rig.animation_data.action
    keys = body.data.shape_keys
    assert action.name == "Say Maybe from ten to" and keys.animation_data.action == action
    assert [track.name for track in keys.animation_data.nla_tracks] == [action.name]
    # “Maybe”: lips closed on m at the start, open on the vowel, closed again on b.
    dialogue = json.loads(body["worldwright_dialogue"])
    line = dialogue["lines"][0]
    start = {name: next(s for n, s, e in line["visemes"] if n == name) for name in ("viseme_PP", "viseme_E")}
    rate = scene.render.fps
    jaws = []
    for second in (start["viseme_PP"] + 0.03, start["viseme_E"] + 0.08):
        scene.frame_set(int(second * rate), subframe=second * rate % 1)
        jaws.append(keys.key_blocks["jawOpen"].value)
    assert jaws[0] < 0.02 and jaws[1] > 0.06
    assert line["command"] == "wave" and line["clip"] == action.name
    sound = bpy.data.sounds[line["sound"]]
    strip = scene.sequence_editor.strips[0]
    assert sound.packed_file is not None and strip.sound == sound and strip.frame_final_start == 0
    assert scene.worldwright_talking.answer == "Maybe from ten to six."
    spoken = [strip.mute for strip in scene.sequence_editor.strips]
    assert ask(scene, tmp_path, "Bye.", mode="SAY") == {"FINISHED"} and spoken == [False]
    assert [strip.mute for strip in scene.sequence_editor.strips] == [True, False]
    assert [line["sound"] for line in json.loads(body["worldwright_dialogue"])["lines"]] == ["Anna 1.wav", "Anna 2.wav"]


def test_one_undo_step_takes_an_answer_back(voice, scene, tmp_path):
    import bpy

    person()
    bpy.ops.ed.undo_push(message="Person")
    assert ask(scene, tmp_path, "when are you open") == {"FINISHED"}
    bpy.ops.ed.undo_push(message="Talk")
    bpy.ops.ed.undo()
    body = bpy.data.objects["Body"]
    assert "worldwright_dialogue" not in body and not bpy.data.actions and not bpy.data.sounds
    assert bpy.context.scene.sequence_editor is None or not bpy.context.scene.sequence_editor.strips


def test_another_clip_leaves_the_face_at_rest(voice, scene, tmp_path):
    import bpy

    rig = person()
    keys = bpy.data.objects["Body"].data.shape_keys
    assert ask(scene, tmp_path, "Ah!", mode="SAY") == {"FINISHED"}
    scene.frame_set(7)
    scene.worldwright_motion.clips = {"nod"}
    assert bpy.ops.worldwright.add_clips() == {"FINISHED"}
    assert rig.animation_data.action.name.startswith("Nod") and keys.animation_data.action is None
    assert keys.key_blocks["jawOpen"].value < 0.05


def test_materials_of_annotated_things_say_how_they_feel(scene, tmp_path):
    import bpy

    bpy.ops.mesh.primitive_cube_add()
    table = bpy.context.object
    slots = [{"slot": "Top", "material": "wood"}, {"slot": "Legs", "material": "metal"}, {"slot": "Glue", "material": ""}]
    table["worldwright_annotation"] = json.dumps({"materials": slots})
    companions = helpers.module("exporting.companions")
    assert companions.write_feel([table], tmp_path / "feel") and len(list((tmp_path / "feel").iterdir())) == 7
    found = json.loads((tmp_path / "feel" / "objects.json").read_text(encoding="utf-8"))
    assert found == {table.name: {"Top": "wood", "Legs": "metal"}}
    assert companions.write_feel([bpy.data.objects.new("Plain", None)], tmp_path / "nothing") == []
    assert not (tmp_path / "nothing").exists()


def test_a_talking_character_is_exported_with_its_dialogue(voice, scene, tmp_path):
    import bpy

    person()
    assert ask(scene, tmp_path, "when are you open") == {"FINISHED"}
    host = helpers.module("blender_host")
    glb = helpers.module("exporting.glb")
    report = host.drive(glb.export_glb(bpy.context, list(scene.objects), tmp_path / "anna.glb"))
    assert report.counts["files beside it"] == 2
    written = json.loads((tmp_path / "anna.dialogue.json").read_text(encoding="utf-8"))
    line = written["lines"][0]
    assert line["text"] == "Maybe from ten to six." and (tmp_path / line["sound"]).stat().st_size > 20_000
    data = (tmp_path / "anna.glb").read_bytes()
    model = json.loads(data[20 : 20 + int.from_bytes(data[12:16], "little")])
    clip = next(animation for animation in model["animations"] if animation["name"] == "Say Maybe from ten to")
    assert {channel["target"]["path"] for channel in clip["channels"]} >= {"weights", "rotation"}
    extras = next(node["extras"] for node in model["nodes"] if node.get("name") == "Body")
    assert json.loads(extras["worldwright_dialogue"])["name"] == "Anna"


@pytest.mark.parametrize(
    ("persona", "sentence"),
    [
        ({"facts": []}, "The persona has no name."),
        ({**PERSONA, "commands": ["wave", "fly"]}, "A persona knows no command “fly”."),
    ],
)
def test_a_wrong_persona_changes_nothing(scene, tmp_path, persona, sentence):
    import bpy

    person()
    with pytest.raises(RuntimeError, match=sentence):
        ask(scene, tmp_path, "Hello?", persona)
    assert not bpy.data.actions and not bpy.data.sounds


def test_a_character_without_face_units_says_so(scene, tmp_path):
    import bpy

    person(face=False)
    with pytest.raises(RuntimeError, match="none of its meshes has the face units"):
        ask(scene, tmp_path, "Hello?")
    assert not bpy.data.actions
    bpy.ops.object.select_all(action="DESELECT")
    bpy.context.view_layer.objects.active = None
    assert not bpy.ops.worldwright.talk.poll()


def test_a_damaged_recording_changes_nothing(scene, tmp_path):
    import bpy

    person()
    (tmp_path / "bad.wav").write_bytes(b"RIFF nonsense")
    with pytest.raises(RuntimeError, match="no readable WAV"):
        ask(scene, tmp_path, "", mode="PERFORM", sound=str(tmp_path / "bad.wav"))
    assert not bpy.data.actions and not bpy.data.sounds
