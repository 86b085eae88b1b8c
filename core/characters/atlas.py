"""One atlas: all meshes of a character in at most four, each with one material, so that an engine draws it in four calls.

"Body" keeps the skin's own pictures. "Outfit" takes every opaque cloth: a cloth's picture is a tile that repeats, so each cell of
the atlas holds two by two of them and every face is moved by whole tiles into its cell. "Head" takes what has alpha or moves with
the face: eyes, teeth, tongue, lashes, brows, hair and beard. "Lenses" are see-through and stay apart.
"""

from __future__ import annotations

import math

import numpy as np

from ..scene import LINEAR, SRGB, Material, Mesh, Skin, Texture
from .body import vertex_normals
from .cloth import keep_faces
from .fabric import to_srgb

HEAD = ("Eyes", "Teeth", "Tongue", "Lashes", "Brows", "Hair", "Beard")
PADDING = 4  # pixels of a cell that no face reaches, so that filtering meets the cloth's own pattern
TILES = 2  # repeats of a tile in a cell
HEAD_SIZE = 1024


def one_atlas(meshes: list[Mesh], size: int = 1024) -> list[Mesh]:
    """The same character as "Body", "Outfit", "Head" and, with glasses, "Lenses". ``size``: pixels of the outfit's pictures."""
    body = [mesh for mesh in meshes if mesh.name == "Body"]
    head = [mesh for mesh in meshes if mesh.name in HEAD]
    clothes = [mesh for mesh in meshes if mesh not in body and mesh not in head]
    clear = [part for mesh in clothes if (part := _split(mesh, clear=True)) is not None]
    opaque = [part for mesh in clothes if (part := _split(mesh, clear=False)) is not None]
    result = [*body, _head(head)]
    if opaque:
        result.append(_outfit(opaque, size))
    for mesh in clear:
        mesh.name = "Lenses"
    return [*result, *clear]


def _is_clear(material: Material) -> bool:
    return material.base_color[3] < 0.99 and material.base_color_texture is None


def _split(mesh: Mesh, clear: bool) -> Mesh | None:
    """The faces of see-through, or of all other materials; None when there are none."""
    index = np.zeros(len(mesh.face_sizes), int) if mesh.material_index is None else mesh.material_index
    keep = np.array([_is_clear(material) for material in mesh.materials])[index] == clear
    if not keep.any():
        return None
    return keep_faces(mesh, keep)


def _outfit(meshes: list[Mesh], size: int) -> Mesh:
    """All cloth as one mesh whose atlas has a cell for every material."""
    materials = list({id(material): material for mesh in meshes for material in mesh.materials}.values())
    side = math.ceil(math.sqrt(len(materials)))
    cell = size // side
    color, normal = np.zeros((size, size, 3), np.uint8), np.full((size, size, 3), (128, 128, 255), np.uint8)
    rough = np.full((size, size, 3), 200, np.uint8)
    for number, material in enumerate(materials):
        row, column = divmod(number, side)
        own = slice(row * cell, (row + 1) * cell), slice(column * cell, (column + 1) * cell)
        color[own] = _cell(material.base_color_texture, _flat(material), cell)
        normal[own] = _cell(material.normal_texture, np.array([128, 128, 255], np.uint8), cell)
        rough[own] = np.uint8(255 * material.roughness)
    cells = {id(material): number for number, material in enumerate(materials)}
    for mesh in meshes:
        mesh.uvs = _into_cells(mesh, cells, side, cell, size)
    name = "Outfit"
    atlas = Material(
        name, roughness=0.85, double_sided=True, base_color_texture=Texture(f"{name} colour", color, SRGB),
        roughness_texture=Texture(f"{name} roughness", rough, LINEAR), normal_texture=Texture(f"{name} normal", normal, LINEAR),
    )  # fmt: skip
    return _merge(name, meshes, atlas)


def _flat(material: Material) -> np.ndarray:
    return to_srgb(np.array(material.base_color[:3], np.float32))


def _cell(texture: Texture | None, flat: np.ndarray, cell: int) -> np.ndarray:
    """(cell, cell, 3): two by two repeats of a picture inside the padding, which continues them; or a flat value."""
    if texture is None:
        return np.broadcast_to(flat, (cell, cell, 3))
    inner = (cell - 2 * PADDING) / TILES
    place = (((np.arange(cell) - PADDING + 0.5) / inner) % 1 * len(texture.pixels)).astype(int)
    step = max(1, round(len(texture.pixels) / inner))  # a mean over what one pixel of the cell covers
    pixels = texture.pixels[..., :3].astype(np.float32)
    total = np.zeros_like(pixels)
    for i in range(step):
        for j in range(step):
            total += np.roll(pixels, (-i, -j), axis=(0, 1))
    mean = total / step**2
    return np.round(mean[place][:, place]).astype(np.uint8)


def _into_cells(mesh: Mesh, cells: dict[int, int], side: int, cell: int, size: int) -> np.ndarray:
    """(C, 2) UVs moved by whole tiles into each face's cell; a face larger than the cell's tiles is shrunk into them."""
    index = np.zeros(len(mesh.face_sizes), int) if mesh.material_index is None else mesh.material_index
    uvs = np.zeros((len(mesh.corners), 2)) if mesh.uvs is None else mesh.uvs.astype(np.float64)
    starts = mesh.face_starts
    low, high = (np.repeat(edge.reduceat(uvs, starts), mesh.face_sizes, axis=0) for edge in (np.minimum, np.maximum))
    base = np.floor(low)
    shrink = np.minimum(1, (TILES - (low - base)) / np.maximum(high - low, 1e-9))
    inside = (low - base) + (uvs - low) * shrink
    number = np.repeat(np.array([cells[id(material)] for material in mesh.materials])[index], mesh.face_sizes)
    row, column = np.divmod(number, side)
    inner = cell - 2 * PADDING
    across = column * cell + PADDING + inside[:, 0] / TILES * inner
    # A picture's first row is on top; the tile's own bottom lies at the bottom of the cell.
    up = size - (row + 1) * cell + PADDING + inside[:, 1] / TILES * inner
    return (np.stack([across, up], axis=1) / size).astype(np.float32)


def _head(meshes: list[Mesh]) -> Mesh:
    """Eyes, mouth and hair as one mesh: pictures of known sizes on two shelves."""
    color = np.zeros((HEAD_SIZE, HEAD_SIZE, 4), np.uint8)
    rough = np.full((HEAD_SIZE, HEAD_SIZE, 3), 200, np.uint8)
    half, strip = HEAD_SIZE // 2, HEAD_SIZE // 8
    places = {"Hair": (0, 0, half), "Beard": (0, half, half), "Eyes": (half, 0, half)}
    places |= {name: (half + k * strip, half, strip) for k, name in enumerate(("Brows", "Lashes", "Teeth", "Tongue"))}
    for mesh in meshes:
        top, left, high = places[mesh.name]
        material = mesh.materials[0]
        own = slice(top, top + high), slice(left, left + half)
        pixels = None if material.base_color_texture is None else material.base_color_texture.pixels
        if pixels is None:
            color[own] = np.append(_flat(material), 255)
        else:
            rows, columns = ((np.arange(n) + 0.5) * count / n for n, count in ((high, pixels.shape[0]), (half, pixels.shape[1])))
            picture = pixels[rows.astype(int)][:, columns.astype(int)]
            color[own] = picture if picture.shape[2] == 4 else np.dstack([picture, np.full(picture.shape[:2], 255, np.uint8)])
        rough[own] = np.uint8(255 * material.roughness)
        uvs = np.zeros((len(mesh.corners), 2), np.float32) if mesh.uvs is None else np.clip(mesh.uvs, 0.002, 0.998)
        mesh.uvs = ((uvs * [half, high] + [left, HEAD_SIZE - top - high]) / HEAD_SIZE).astype(np.float32)
    atlas = Material(
        "Head", roughness=0.7, alpha_clip=True, double_sided=True, base_color_texture=Texture("Head colour", color, SRGB),
        roughness_texture=Texture("Head roughness", rough, LINEAR),
    )  # fmt: skip
    return _merge("Head", meshes, atlas)


def _merge(name: str, meshes: list[Mesh], material: Material) -> Mesh:
    """One mesh of several with one material; a shape key of any is one of the whole."""
    starts = np.cumsum([0] + [len(mesh.vertices) for mesh in meshes[:-1]])
    faces = sum(len(mesh.face_sizes) for mesh in meshes)
    keys = list(dict.fromkeys(key for mesh in meshes for key in mesh.shape_keys))
    shaded = any(mesh.normals is not None for mesh in meshes)
    values = {key: value for mesh in meshes for key, value in mesh.shape_key_values.items()}
    return Mesh(
        name,
        np.concatenate([mesh.vertices for mesh in meshes]),
        np.concatenate([mesh.corners + start for mesh, start in zip(meshes, starts, strict=True)]),
        np.concatenate([mesh.face_sizes for mesh in meshes]),
        uvs=np.concatenate([mesh.uvs for mesh in meshes if mesh.uvs is not None]),
        normals=np.concatenate([_normals(mesh) for mesh in meshes]).astype(np.float32) if shaded else None,
        materials=[material],
        material_index=np.zeros(faces, np.int32),
        part_names=[mesh.name for mesh in meshes],
        part=np.repeat(np.arange(len(meshes), dtype=np.int32), [len(mesh.face_sizes) for mesh in meshes]),
        smooth=np.ones(faces, bool),
        sharp_angle=1.2,
        skin=Skin(*(np.concatenate([getattr(mesh.skin, part) for mesh in meshes]) for part in ("joints", "weights"))),
        shape_keys={key: np.concatenate([mesh.shape_keys.get(key, mesh.vertices) for mesh in meshes]) for key in keys},
        shape_key_values=values,
    )


def _normals(mesh: Mesh) -> np.ndarray:
    """(C, 3) the shading normals, or smooth ones."""
    if mesh.normals is not None:
        return mesh.normals
    return vertex_normals(mesh.vertices, mesh.corners.reshape(-1, 4))[mesh.corners]
