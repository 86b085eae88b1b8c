"""The interface in Chinese: nothing is missing, nothing is left over, and what Blender fills in stays.

Blender as a Python module knows English alone; that the window shows the words is tested in the window.
"""

from __future__ import annotations

import ast
import dataclasses
import re

import helpers

from tests.package import ROOT

NAMES = {"Rigify", "Mixamo", "Godot", "Godot 4", "Unity", "Unreal", "Unreal Engine", "Roblox", "LoRA", "VRM", "Worldwright"}
WORDS = ("text", "placeholder", "title", "heading")  # arguments of layouts that show what they are given


def interface() -> dict[str, str]:
    """Every text of the interface, and where it is from: names and tooltips of what is registered, and literals in panels."""
    import bpy

    found: dict[str, str] = {}
    for class_ in (*helpers.module("registration").CLASSES, *helpers.module("features.rebuild.sliders").register()):
        places = [(getattr(class_, "bl_label", ""), class_.__name__)]
        if issubclass(class_, bpy.types.Operator):
            rna = getattr(bpy.ops.worldwright, class_.bl_idname.split(".")[1]).get_rna_type()
            places.append((rna.description, class_.__name__))
        rna = class_.bl_rna
        inherited = {prop.identifier for prop in rna.base.properties} if rna.base else set()
        for prop in rna.properties:
            if prop.identifier in inherited or prop.is_hidden:
                continue
            texts = [prop.name, prop.description] if prop.type not in ("POINTER", "COLLECTION") else [prop.description]
            if prop.type == "ENUM":
                texts += [text for item in prop.enum_items_static for text in (item.name, item.description)]
            places += [(text, f"{class_.__name__}.{prop.identifier}") for text in texts]
        found |= {text: place for text, place in places[::-1]}
    for kind in helpers.module("features.presets.operators").KINDS.values():
        found |= {field.metadata.get("group") or "More": f"{kind.kind}'s sliders" for field in dataclasses.fields(kind.brief)}
    for path in (ROOT / "blender_addon").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                given = {word.arg: word.value for word in node.keywords}
                if isinstance(given.get("translate"), ast.Constant):
                    continue
                shown = [value.value for name, value in given.items() if name in WORDS and isinstance(value, ast.Constant)]
                found |= {text: path.name for text in shown if isinstance(text, str)}
    return {text: place for text, place in found.items() if re.search("[A-Za-z]{2}", text)}


def test_every_text_is_translated_and_no_translation_is_left_over(worldwright):
    texts = interface()
    assert len(texts) > 1000
    for locale, table in helpers.module("languages").tables().items():
        known = {english for _, english in table}
        missing = {text: place for text, place in texts.items() if text not in known}
        assert not missing, f"{locale}: {len(missing)} missing, such as {list(missing.items())[:5]}"
        assert not known - set(texts), f"{locale}: no longer used: {sorted(known - set(texts))[:5]}"


def test_translations_are_chinese_and_keep_units_numbers_and_names(worldwright):
    table = helpers.module("languages").tables()["zh_HANS"]
    for (_, english), said in table.items():
        assert re.search(r"[\u4e00-\u9fff]", said) or english in NAMES or not re.search(r"[a-z]{3}", english), english
        assert "?" not in said.replace("?", "", english.count("?")), f"{english} → {said}"
        for kept in re.findall(r"\b(?:LOD\d|glTF|VRM|USD|ONNX|PyTorch|LoRA|CSV|JSON|WAV|\d+(?:\.\d+)?)\b", english):
            assert kept in said, f"{english} → {said} loses {kept}"
