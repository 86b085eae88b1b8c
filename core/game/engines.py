"""What each engine wants of a pack: file kind, names, axes, textures, limits. One line of this table is one engine."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..errors import WorldwrightError

FBX, GLB, VRM, USDZ = ".fbx", ".glb", ".vrm", ".usdz"


@dataclass(frozen=True)
class Engine:
    """How a pack for one engine is made.

    Attributes:
        suffix: of the model files.
        bones: naming of our characters' bones ("unreal", "unity", "vrm", "godot").
        collider: pattern of a collider's name from the ``mesh`` it belongs to and its ``number``; "" leaves colliders out.
        navmesh: the same of a walkable floor.
        textures: "orm" (occlusion, roughness, metal), "mask" (metal, occlusion, detail, smoothness) or "" (within the model).
        flip_green: normal maps as DirectX has them.
        lods_inside: levels of detail stand beside the mesh in the same file (``Name_LOD1``), else in files of their own.
        lightmaps: a second UV map without overlap for meshes that do not move.
        most_triangles: of one mesh, 0 for no limit; ``most_name``: bytes of a name.
        steps: how to import the pack, in full sentences.
    """

    key: str
    title: str
    suffix: str
    bones: str
    collider: str = ""
    navmesh: str = ""
    textures: str = ""
    flip_green: bool = False
    lods_inside: bool = False
    lods: bool = True
    lightmaps: bool = False
    most_triangles: int = 0
    most_name: int = 63
    steps: tuple[str, ...] = ()


ENGINES: dict[str, Engine] = {
    engine.key: engine
    for engine in (
        Engine(
            "unreal", "Unreal Engine", FBX, "unreal", "UCX_{mesh}_{number:02d}", "NAV_{mesh}_{number:02d}", "orm", True, True,
            lightmaps=True,
            steps=(
                "Drag meshes/*.fbx into the Content Browser; leave Import Uniform Scale at 1 and Convert Scene on.",
                "UCX_ shapes become the collision of the mesh they are named after; _LOD levels become its LODs.",
                "Set the _ORM textures to Masks (no sRGB); _N is already in DirectX direction.",
                "Lightmap Coordinate Index is 1.",
            ),
        ),
        Engine(
            "unity", "Unity", FBX, "unity", "{mesh}_COL_{number:02d}", "{mesh}_NAV_{number:02d}", "mask", False, True,
            lightmaps=True,
            steps=(
                "Copy the whole folder into Assets; Editor/WorldwrightImporter.cs sets the import up.",
                "_LOD0 to _LOD3 become an LOD Group; _COL shapes become convex mesh colliders.",
                "Characters: Rig, Animation Type Humanoid; the bones carry Unity's own names. Enforce T-Pose in Configure.",
                "_MaskMap holds metal, occlusion, detail and smoothness (HDRP and URP Complex Lit).",
            ),
        ),
        Engine(
            "godot", "Godot 4", GLB, "godot", "{mesh}_{number:02d}-convcolonly", "{mesh}_{number:02d}-navmesh", lightmaps=True,
            steps=(
                "Copy the folder into the project; Godot imports meshes/*.glb by itself.",
                "Shapes ending in -convcolonly become static bodies, -navmesh a navigation region, clips ending in -loop repeat.",
                "Characters: Advanced Import Settings, Skeleton3D, Bone Map with SkeletonProfileHumanoid; names match.",
                "meshes/*_LOD1.glb and so on are the coarser levels, for Visibility Range.",
            ),
        ),
        Engine(
            "vrm", "VRM 1.0", VRM, "vrm", lods=False,
            steps=(
                "Open the .vrm in VRM viewers, VRChat tools, or Unity with UniVRM.",
                "Meta, humanoid bones and expressions are set; look them over in the VRM panel of the add-on.",
            ),
        ),
        Engine(
            "web", "Web (glTF)", GLB, "unreal", "{mesh}_COL_{number:02d}", "{mesh}_NAV_{number:02d}",
            steps=(
                "Open viewer.html in a browser, from disk or from a server: it holds everything.",
                "meshes/*.glb loads in three.js, Babylon.js and model-viewer; *_LOD1.glb and so on are the coarser levels.",
                "Objects named _COL are collision shapes: hide them.",
            ),
        ),
        Engine(
            "roblox", "Roblox", GLB, "unity", most_triangles=20_000, most_name=50,
            steps=(
                "Studio, Avatar or Home tab, Import 3D: choose meshes/*.glb; one stud is 0.28 m, so choose Meters as the unit.",
                "Set Anchored and Collision Fidelity there: Roblox makes its own collision.",
            ),
        ),
        Engine(
            "usd", "USD (AR)", USDZ, "unreal", lods=False, most_triangles=100_000,
            steps=(
                "The .usdz opens in AR Quick Look: <a rel=\"ar\" href=\"NAME.usdz\"><img src=\"preview.png\"></a>.",
                "The unit is the metre and Y is up.",
            ),
        ),
    )
}  # fmt: skip


def engine_of(key: str) -> Engine:
    """The engine of that key. Raises WorldwrightError naming the known ones."""
    if key not in ENGINES:
        raise WorldwrightError(f"There is no engine “{key}”.", f"Known are {', '.join(ENGINES)}.")
    return ENGINES[key]


def safe_name(name: str, limit: int = 63) -> str:
    """A name every engine takes: ASCII letters, digits and single underscores, not starting with a digit, at most ``limit``."""
    plain = re.sub(r"[^A-Za-z0-9]+", "_", name.encode("ascii", "ignore").decode()).strip("_")
    if not plain or plain[0].isdigit():
        plain = f"M_{plain}".rstrip("_")
    return plain[:limit].rstrip("_")


def safe_names(names: Iterable[str], limit: int = 63) -> dict[str, str]:
    """Each name's safe form, no two alike."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        made = plain = safe_name(name, limit)
        number = 2
        while made.lower() in taken:
            made = f"{plain[: limit - 4]}_{number}"
            number += 1
        taken.add(made.lower())
        found[name] = made
    return found
