"""What the names that artists and programs give to things say. Needs nothing but Python."""

from __future__ import annotations

import re

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_PREFIXES = {"sm", "sk", "bp", "gltf", "glb", "obj", "fbx", "mesh", "lod", "geo", "mat", "uv", "tex", "texture"}
_NOTHING = re.compile(
    r"^(cube|sphere|ico ?sphere|cylinder|cone|plane|torus|circle|grid|suzanne|object|default|untitled|material|node|scene|root"
    r"|empty|geometry|poly ?surface|p ?cube|p ?sphere|group|model|element|part|body|collection|new|main|none|accent|blender|orig)?$"
)


def plain_words(name: str) -> str:
    """A file's or object's name as words: ``SM_OakChair_01.003`` → ``oak chair``; "" where the name says nothing.

    Numbers, single letters, engine prefixes and the names that programs give by themselves are left out.
    """
    spaced = _CAMEL.sub(" ", re.sub(r"[\W_]+", " ", name))
    words = [word.lower() for word in spaced.split() if not word.isdigit() and (len(word) > 1 or not word.isascii())]
    text = " ".join(word for word in words if word not in _PREFIXES)
    return "" if _NOTHING.match(text) else text
