"""MakeHuman clothes (.mhclo): garments, hair and shoes that others made for the base mesh hm08, fitted to any body.

Each of a garment's vertices hangs on three vertices of the base mesh: shares of them plus an offset that grows with the body along
each axis (file format as documented by the MakeHuman community). Skin weights come from the body by the same shares. Files are
only read: names in them are looked up beside them and never executed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ..errors import WorldwrightError
from ..scene import SRGB, Material, Mesh, Texture
from .body import BodyPack, BodyShape
from .cloth import dense_weights, strongest_weights
from .pack import CAPPED, RINGS

BASE_COUNT = 19158  # vertices of hm08
GENITAL_HELPER = range(15128, 15328)  # a helper our bodies do not have; what hangs on it hangs on the tights between the legs
NUMBERS_A_LINE = 9
CURE = "Choose a .mhclo file of a MakeHuman asset pack, with its .obj file beside it."
ImageReader = Callable[[Path], np.ndarray | None]


@dataclass
class Garment:
    """A .mhclo file and its mesh, as read.

    Attributes:
        reference: (n, 3) int64 base-mesh vertices each vertex hangs on; ``shares`` (n, 3), ``offsets`` (n, 3) in MakeHuman axes.
        scales: axis ("x", "y", "z") -> two base-mesh vertices and their distance on the default body, decimetres.
        deleted: (d,) int64 base-mesh vertices that the garment hides.
        corners, face_sizes, uvs: the mesh's faces, as in ``scene.Mesh``.
        material: values of its .mhmat file by keyword.
    """

    name: str
    reference: np.ndarray
    shares: np.ndarray
    offsets: np.ndarray
    scales: dict[str, tuple[int, int, float]]
    deleted: np.ndarray
    corners: np.ndarray
    face_sizes: np.ndarray
    uvs: np.ndarray | None
    material: dict[str, str] = field(default_factory=dict)
    folder: Path = Path()


def read_garment(path: str | Path) -> Garment:
    """Reads a .mhclo file, the .obj it names and the .mhmat where there is one. Raises WorldwrightError when it is broken."""
    path = Path(path)
    try:
        values, rows, deleted = _read_clothes(_lines(path))
        if "obj_file" not in values:
            raise ValueError("it names no mesh")
        mesh_path = path.parent / values["obj_file"]
        if not mesh_path.is_file():
            raise WorldwrightError(f"The mesh “{values['obj_file']}” that “{path.name}” names is not beside it.", CURE)
        count, corners, sizes, uvs = _read_obj(_lines(mesh_path))
        reference, shares, offsets = _hanging(rows)
        if values.get("basemesh", "hm08").lower() not in ("hm08", "alpha_7"):
            raise ValueError(f"it is made for the base mesh {values['basemesh']}, not for hm08")
        if count != len(reference):
            raise ValueError(f"it places {len(reference):,} vertices, and its mesh has {count:,}")
        for numbers in (reference, deleted):
            if len(numbers) and not 0 <= numbers.min() <= numbers.max() < BASE_COUNT:
                raise ValueError(f"it refers to vertex {int(numbers.max()):,} of a base mesh that has {BASE_COUNT:,}")
        scales = {axis: _scale(values[f"{axis}_scale"]) for axis in "xyz" if f"{axis}_scale" in values}
    except (ValueError, IndexError) as error:
        reason = str(error) if "it " in str(error)[:4] else "a line in it cannot be read"
        raise WorldwrightError(f"“{path.name}” is broken: {reason}.", CURE) from error
    name = values.get("name", "").replace("_", " ").strip() or path.stem.replace("_", " ")
    material = _read_material(path.parent / values["material"]) if values.get("material") else {}
    return Garment(name, reference, shares, offsets, scales, deleted, corners, sizes, uvs, material, path.parent)


def fit_garment(garment: Garment, shape: BodyShape, images: ImageReader | None = None) -> tuple[Mesh, np.ndarray]:
    """The garment on a body, skinned as the body beneath it, and (V,) bool, the body vertices it hides.

    ``images`` reads a picture file as (H, W, 3 or 4) uint8, or gives None; without it the material has only its colour.
    """
    pack = shape.pack
    known = _numbers(pack)
    reference = known[garment.reference]
    if (reference < 0).any():
        raise WorldwrightError(f"“{garment.name}” hangs on joints of the base mesh instead of its skin.", CURE)
    human = np.stack([shape.vertices[:, 0], shape.vertices[:, 2], -shape.vertices[:, 1]], axis=1) * 10  # decimetres, y up
    scale = np.ones(3)
    for axis, letter in enumerate("xyz"):
        if letter in garment.scales:
            first, second, usual = garment.scales[letter]
            scale[axis] = abs(human[known[first], axis] - human[known[second], axis]) / usual
    placed = np.einsum("nkd,nk->nd", human[reference], garment.shares) + garment.offsets * scale
    vertices = np.stack([placed[:, 0], -placed[:, 2], placed[:, 1]], axis=1) / 10
    body = dense_weights(pack.joints, pack.weights, len(pack.bone_names))
    shares = np.clip(garment.shares, 0, None)
    shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
    skin = strongest_weights(np.einsum("nkb,nk->nb", body[reference], shares).astype(np.float32))
    hidden = np.zeros(pack.vertex_count, bool)
    gone = known[garment.deleted]
    hidden[gone[gone >= 0]] = True
    mesh = Mesh(
        garment.name, vertices, garment.corners, garment.face_sizes, uvs=garment.uvs, materials=[_material(garment, images)],
        smooth=np.ones(len(garment.face_sizes), bool), sharp_angle=1.2, skin=skin,
    )  # fmt: skip
    return mesh, hidden & pack.vertex_mask("body")


def _numbers(pack: BodyPack) -> np.ndarray:
    """(BASE_COUNT,) our number of each vertex of hm08, -1 for joints; those we replaced by caps take their neighbours'."""
    known = np.full(BASE_COUNT, -1)
    known[pack.source] = np.arange(len(pack.source))
    for vertex, neighbour in zip(CAPPED, (index for ring in RINGS for index in ring), strict=True):
        if known[vertex] < 0:
            known[vertex] = known[neighbour]
    tights = np.flatnonzero(pack.vertex_mask("tights"))
    points = pack.base[tights]
    middle = np.abs(points[:, 0]) < 0.01
    crotch = tights[middle][points[middle, 2].argmin()]
    known[list(GENITAL_HELPER)] = np.where(known[list(GENITAL_HELPER)] < 0, crotch, known[list(GENITAL_HELPER)])
    return known


def _lines(path: Path) -> list[list[str]]:
    """The words of each line that is no comment. Raises WorldwrightError when there is no such text file."""
    try:
        text = path.read_text(encoding="utf-8", errors="strict")
    except UnicodeDecodeError as error:
        raise WorldwrightError(f"“{path.name}” is no text file.", CURE) from error
    except OSError as error:
        raise WorldwrightError(f"“{path.name}” could not be read: {error.strerror or error}.", CURE) from error
    return [words for line in text.splitlines() if (words := line.split()) and not words[0].startswith("#")]


def _read_clothes(lines: list[list[str]]) -> tuple[dict[str, str], list[list[str]], np.ndarray]:
    """Keyword -> the rest of its line; the rows of the section ``verts``; the numbers of ``delete_verts``."""
    values: dict[str, str] = {}
    rows: list[list[str]] = []
    deleted: list[int] = []
    section = ""
    for words in lines:
        if words[0] in ("verts", "delete_verts", "weights"):
            section = words[0]
        elif section == "verts" and _is_number(words[0]):
            rows.append(words)
        elif section == "delete_verts" and _is_number(words[0]):
            deleted += _ranges(words)
        elif section != "weights" or not _is_number(words[0]):
            section = ""
            values.setdefault(words[0], " ".join(words[1:]))
    if not rows:
        raise ValueError("it places no vertices")
    return values, rows, np.array(deleted, np.int64)


def _ranges(words: list[str]) -> list[int]:
    """Numbers and spans ("3 - 7") of one line."""
    numbers: list[int] = []
    place = 0
    while place < len(words):
        first = int(words[place])
        last = int(words[place + 2]) if words[place + 1 : place + 2] == ["-"] else first
        if last - first > BASE_COUNT:
            raise ValueError("it hides more vertices than there are")
        numbers += range(first, last + 1)
        place += 3 if last != first or words[place + 1 : place + 2] == ["-"] else 1
    return numbers


def _hanging(rows: list[list[str]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """References, shares and offsets of every vertex; a row of one number sticks to that vertex."""
    count = len(rows)
    reference, shares, offsets = np.zeros((count, 3), np.int64), np.zeros((count, 3)), np.zeros((count, 3))
    for number, words in enumerate(rows):
        if len(words) == 1:
            reference[number], shares[number] = int(words[0]), (1, 0, 0)
        elif len(words) == NUMBERS_A_LINE:
            reference[number] = [int(word) for word in words[:3]]
            shares[number] = [float(word) for word in words[3:6]]
            offsets[number] = [float(word) for word in words[6:9]]
        else:
            raise ValueError(f"it places a vertex by {len(words)} numbers instead of 1 or 9")
    if not (np.isfinite(shares).all() and np.isfinite(offsets).all()):
        raise ValueError("it holds numbers that are not finite")
    return reference, shares, offsets


def _scale(text: str) -> tuple[int, int, float]:
    """Two vertices and their usual distance."""
    first, second, usual = text.split()[:3]
    numbers = int(first), int(second), float(usual)
    if numbers[2] <= 0 or not all(0 <= number < BASE_COUNT for number in numbers[:2]):
        raise ValueError("it has a scale that cannot be")
    return numbers


def _read_obj(lines: list[list[str]]) -> tuple[int, np.ndarray, np.ndarray, np.ndarray | None]:
    """How many vertices, then corners, face sizes and UVs of a Wavefront mesh of polygons."""
    count, corners, sizes, places, texture = 0, [], [], [], []
    for words in lines:
        if words[0] == "v":
            count += 1
        elif words[0] == "vt":
            texture.append([float(word) for word in words[1:3]])
        elif words[0] == "f" and len(words) > 3:
            parts = [word.split("/") for word in words[1:]]
            corners += [int(part[0]) - 1 for part in parts]
            places += [int(part[1]) - 1 if len(part) > 1 and part[1] else -1 for part in parts]
            sizes.append(len(parts))
    if not sizes:
        raise ValueError("its mesh has no faces")
    if min(corners) < 0 or max(corners) >= count or max(places) >= len(texture):
        raise ValueError("its mesh has faces without vertices")
    uvs = np.array(texture, np.float32)[places] if texture and min(places) >= 0 else None
    return count, np.array(corners, np.int32), np.array(sizes, np.int32), uvs


def _read_material(path: Path) -> dict[str, str]:
    """Keyword -> value of a .mhmat file; empty when there is none, as a garment can do without."""
    return {words[0].lower(): " ".join(words[1:]) for words in _lines(path)} if path.is_file() else {}


def _material(garment: Garment, images: ImageReader | None) -> Material:
    """The .mhmat file as a surface: its colours, shininess and pictures."""
    values = garment.material
    color = [float(word) for word in values.get("diffusecolor", "0.6 0.6 0.6").split()[:3]]
    shine = float(values.get("shininess", "0.3").split()[0])
    clear = values.get("transparent", "false").lower() in ("true", "1", "yes")

    def picture(keyword: str, space: str) -> Texture | None:
        file = garment.folder / values[keyword] if values.get(keyword) else None
        pixels = images(file) if images and file is not None and file.is_file() else None
        return None if pixels is None else Texture(f"{garment.name} {keyword}", pixels, space)

    base = picture("diffusetexture", SRGB)
    return Material(
        values.get("name", garment.name),
        base_color=(color[0], color[1], color[2], float(values.get("opacity", "1"))),
        roughness=float(np.clip(1 - 0.7 * shine, 0.1, 1)),
        alpha_clip=clear and base is not None and base.pixels.shape[2] == 4,
        double_sided=values.get("backfacecull", "true").lower() in ("false", "0", "no") or clear,
        base_color_texture=base,
        normal_texture=picture("normalmaptexture", "linear"),
    )


def _is_number(word: str) -> bool:
    return word.lstrip("-").isdigit()
