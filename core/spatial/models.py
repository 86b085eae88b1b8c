"""Model files → meshes, without Blender: glTF, OBJ, PLY, STL and OFF, read by trimesh."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import WorldwrightError
from ..scene import Material, Mesh, Texture
from .colour import from_bytes
from .placing import joined, placed

SUFFIXES = (".glb", ".gltf", ".obj", ".ply", ".stl", ".off")
Y_UP = (".glb", ".gltf", ".obj")  # glTF by its specification, OBJ by custom; the others have no custom and stay as they are
TO_Z_UP = np.array([[1, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, 0], [0, 0, 0, 1]], np.float64)  # a front of +Z becomes -Y
LARGEST = 1024  # pixels along a texture's longer side
OBJECT_LINE = re.compile(rb"^o[ \t]+(.+?)[ \t]*\r?$", re.MULTILINE)


def read_model(path: str | Path) -> list[Mesh]:
    """The file's objects, one mesh each with all its materials: Z up, world space, metres where the format has units.

    Raises WorldwrightError when the file cannot be read or holds no faces.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise WorldwrightError(f"“{path.name}” is not a model that can be read here.", f"Known are {', '.join(SUFFIXES)}.")
    if not path.is_file():
        raise WorldwrightError(f"There is no file “{path.name}” in “{path.parent}”.")
    scene = _load(path, suffix)
    reader = _Reader(suffix)
    groups: dict[str, list[Mesh]] = {}
    objects = OBJECT_LINE.findall(path.read_bytes()) if suffix == ".obj" else []
    names = sorted({name.decode("utf-8", "replace") for name in objects}, key=len, reverse=True)
    for node in scene.graph.nodes_geometry:
        matrix, key = scene.graph[node]
        geometry = scene.geometry[key]
        if len(getattr(geometry, "faces", ())) == 0:
            continue
        name = str(node)
        if geometry.metadata.get("from_gltf_primitive"):  # the primitives of a glTF mesh are one object's materials
            name = str(scene.graph.transforms.parents[node])
        elif suffix == ".obj":  # so are the parts of an OBJ object, which are called <object>_<material>
            name = next((whole for whole in names if name.startswith(whole)), path.stem)
        elif len(scene.geometry) == 1 and suffix not in Y_UP:
            name = path.stem
        whole = TO_Z_UP @ matrix if suffix in Y_UP else matrix
        groups.setdefault(name, []).append(placed(reader.mesh(geometry), whole, name))
    if not groups:
        points = any(len(getattr(geometry, "vertices", ())) for geometry in scene.geometry.values())
        cure = "It holds points: load it as a point cloud." if points else ""
        raise WorldwrightError(f"“{path.name}” holds no faces.", cure)
    meshes = [joined(parts, name) for name, parts in groups.items()]
    for mesh in meshes:
        if not np.isfinite(mesh.vertices).all():
            raise WorldwrightError(f"“{mesh.name}” in “{path.name}” has coordinates that are not finite numbers.")
    return meshes


def _load(path: Path, suffix: str) -> Any:
    import trimesh

    options: dict[str, Any] = {"split_objects": True} if suffix == ".obj" else {}
    try:
        scene = trimesh.load_scene(path, process=False, **options)
        if suffix == ".stl":  # every triangle brings its own three vertices
            for geometry in scene.geometry.values():
                geometry.merge_vertices()
    except Exception as error:  # whatever a damaged file makes the parsers raise
        raise WorldwrightError(f"“{path.name}” is not a {suffix[1:].upper()} model, or is damaged.") from error
    return scene


class _Reader:
    """trimesh geometry → Mesh; every material and image once."""

    def __init__(self, suffix: str) -> None:
        self.linear_colors = suffix in (".glb", ".gltf")
        self._materials: dict[int, Material] = {}
        self._textures: dict[int, Texture | None] = {}

    def mesh(self, geometry: Any) -> Mesh:
        faces = np.asarray(geometry.faces, np.int32)
        mesh = Mesh.from_faces("", np.asarray(geometry.vertices, np.float32), faces)
        if faces.min() < 0 or faces.max() >= len(mesh.vertices):
            raise WorldwrightError("The model is damaged: its faces do not fit its vertices.")
        if "vertex_normals" in geometry._cache and len(geometry.vertex_normals) == len(mesh.vertices):
            mesh.normals = np.asarray(geometry.vertex_normals, np.float32)[mesh.corners]  # from the file, not made up
            mesh.smooth = np.ones(len(faces), bool)
        visual = geometry.visual
        material, uvs = getattr(visual, "material", None), getattr(visual, "uv", None)
        if material is not None:
            mesh.materials = [self._material(material)]
        if uvs is not None and len(uvs) == len(mesh.vertices):
            mesh.uvs = np.asarray(uvs, np.float32)[mesh.corners]
        mesh.colors = self._colors(visual, mesh)
        return mesh

    def _colors(self, visual: Any, mesh: Mesh) -> np.ndarray | None:
        """(C, 4) float32 linear."""
        if visual.kind == "face":
            colors = np.repeat(np.asarray(visual.face_colors), 3, axis=0)
        elif visual.kind == "vertex":
            colors = np.asarray(visual.vertex_colors)[mesh.corners]
        elif len(getattr(visual, "vertex_attributes", {}).get("color", ())) == len(mesh.vertices):
            colors = np.asarray(visual.vertex_attributes["color"])[mesh.corners]
        else:
            return None
        if colors.dtype.kind == "f":
            colors = np.rint(np.clip(colors, 0, 1) * 255)
        elif colors.dtype.itemsize == 2:
            colors = colors >> 8
        linear = colors[:, :3].astype(np.float32) / 255 if self.linear_colors else from_bytes(colors[:, :3])
        alpha = colors[:, 3:4].astype(np.float32) / 255 if colors.shape[1] > 3 else np.ones((len(colors), 1), np.float32)
        return np.concatenate([linear, alpha], axis=1)

    def _material(self, source: Any) -> Material:
        if id(source) not in self._materials:
            physical = hasattr(source, "baseColorFactor")
            color = source.baseColorFactor if physical else source.diffuse
            material = Material(str(source.name or "Material"), base_color=_rgba(color))
            image = source.baseColorTexture if physical else source.image
            if image is not None:
                material.base_color_texture = self._texture(image, material.name)
            if physical:
                material.metallic = 1.0 if source.metallicFactor is None else float(source.metallicFactor)
                material.roughness = 1.0 if source.roughnessFactor is None else float(source.roughnessFactor)
                material.double_sided = bool(source.doubleSided)
                material.alpha_clip = source.alphaMode == "MASK"
            self._materials[id(source)] = material
        return self._materials[id(source)]

    def _texture(self, image: Any, name: str) -> Texture | None:
        """None for a damaged picture: it costs the model its colours, nothing else."""
        if id(image) not in self._textures:
            try:
                small = image.convert("RGBA" if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info else "RGB")
                small.thumbnail((LARGEST, LARGEST))
                self._textures[id(image)] = Texture(name, np.array(small, np.uint8))
            except Exception:  # the kinds of error are as many as Pillow's decoders
                self._textures[id(image)] = None
        return self._textures[id(image)]


def _rgba(color: Any) -> tuple[float, float, float, float]:
    """Four numbers in 0..1 of trimesh's bytes or floats; white where there is none, as in glTF."""
    if color is None:
        return (1.0, 1.0, 1.0, 1.0)
    values = np.asarray(color)
    values = values / 255 if values.dtype.kind in "iu" else values
    red, green, blue, alpha = (float(value) for value in [*values[:3], values[3] if len(values) > 3 else 1.0])
    return (red, green, blue, alpha)
