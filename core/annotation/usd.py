"""Annotations as USD: each object a mesh with semantic labels (UsdSemantics.LabelsAPI), its parts as labelled subsets of faces.

What Omniverse, Isaac and other tools that make training pictures read. Needs usd-core (Blender has it built in).
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import WorldwrightError
from ..scene import Mesh
from .annotation import UNKNOWN, Annotation

SUFFIXES = (".usda", ".usdc", ".usd")


def write_usd(path: Path, meshes: list[Mesh], found: list[Annotation]) -> None:
    """Writes the meshes (metres, Z up) with their annotations. Taxonomies: “category” (leaf and group), “material”, “tags”,
    and “part” on the subsets. Raises WorldwrightError."""
    try:
        from pxr import Gf, Kind, Usd, UsdGeom, UsdSemantics, Vt
    except ImportError as error:
        raise WorldwrightError("USD labels need usd-core 24.11 or newer.", "Install it with: pip install usd-core.") from error
    if path.suffix.lower() not in SUFFIXES:
        raise WorldwrightError(f"“{path.name}” is no USD file.", f"Its name must end in {', '.join(SUFFIXES)}.")
    partial = path.with_name(f"{path.stem}.part{path.suffix}")
    stage = Usd.Stage.CreateInMemory()
    UsdGeom.SetStageUpAxis(stage, UsdGeom.Tokens.z)
    UsdGeom.SetStageMetersPerUnit(stage, 1.0)
    root = UsdGeom.Xform.Define(stage, "/World").GetPrim()
    stage.SetDefaultPrim(root)
    Usd.ModelAPI(root).SetKind(Kind.Tokens.group)

    def label(prim: Any, taxonomy: str, words: list[str]) -> None:
        if words:
            UsdSemantics.LabelsAPI.Apply(prim, taxonomy).CreateLabelsAttr(words)

    taken: set[str] = set()
    for mesh, annotation in zip(meshes, found, strict=True):
        name = _name(mesh.name, taken)
        shape = UsdGeom.Mesh.Define(stage, f"/World/{name}")
        prim = shape.GetPrim()
        Usd.ModelAPI(prim).SetKind(Kind.Tokens.component)
        shape.CreatePointsAttr(Vt.Vec3fArray.FromNumpy(mesh.vertices))
        shape.CreateFaceVertexCountsAttr(Vt.IntArray.FromNumpy(mesh.face_sizes))
        shape.CreateFaceVertexIndicesAttr(Vt.IntArray.FromNumpy(mesh.corners))
        shape.CreateSubdivisionSchemeAttr(UsdGeom.Tokens.none)
        if len(mesh.vertices):
            low, high = mesh.vertices.min(axis=0), mesh.vertices.max(axis=0)
            shape.CreateExtentAttr([Gf.Vec3f(*map(float, low)), Gf.Vec3f(*map(float, high))])
        if mesh.uvs is not None:
            uvs = UsdGeom.PrimvarsAPI(prim).CreatePrimvar("st", _texture_type(), UsdGeom.Tokens.faceVarying)
            uvs.Set(Vt.Vec2fArray.FromNumpy(np.ascontiguousarray(mesh.uvs, np.float32)))
        words = [annotation.label] + ([annotation.group] if annotation.group else [])
        label(prim, "category", words if annotation.label != UNKNOWN else [UNKNOWN])
        label(prim, "material", sorted({slot["material"] for slot in annotation.materials if slot["material"]}))
        label(prim, "tags", annotation.tags)
        prim.SetCustomDataByKey("worldwright:caption", annotation.caption)
        prim.SetCustomDataByKey("worldwright:confidence", float(annotation.confidence))
        if annotation.part is not None:
            for number, part in enumerate(annotation.part_names):
                faces = np.flatnonzero(annotation.part == number).astype(np.int32)
                if len(faces):
                    subset = UsdGeom.Subset.CreateGeomSubset(
                        shape, _name(part, set()), "face", Vt.IntArray.FromNumpy(faces), "part"
                    )
                    label(subset.GetPrim(), "part", [part])
    try:
        if not stage.GetRootLayer().Export(str(partial)):
            raise OSError(0, "the USD library refused")
        os.replace(partial, path)
    except (OSError, RuntimeError) as error:
        partial.unlink(missing_ok=True)
        raise WorldwrightError(f"“{path}” cannot be written.", "Choose another folder or name.") from error


def _texture_type() -> Any:
    from pxr import Sdf

    return Sdf.ValueTypeNames.TexCoord2fArray


def _name(name: str, taken: set[str]) -> str:
    """A name USD allows, none twice."""
    plain = re.sub(r"\W", "_", name, flags=re.ASCII) or "object"
    plain = plain if not plain[0].isdigit() else f"_{plain}"
    unique, number = plain, 2
    while unique in taken:
        unique, number = f"{plain}_{number}", number + 1
    taken.add(unique)
    return unique
