"""What generators return and what reading produces: plain arrays, ready to become Blender objects.

Conventions everywhere: metres, Z up, a thing faces -Y, its origin at its foot on the ground; radians; colours are linear
RGB(A) in 0..1 except ``Texture.pixels`` marked ``srgb``. Sharing is by reference: two nodes holding the same ``Mesh``
become two objects linked to one mesh, and the codec keeps it so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .errors import WorldwrightError

SRGB, LINEAR = "srgb", "linear"


@dataclass
class Texture:
    """An image. ``pixels`` is (H, W, 3 or 4) uint8, first row on top; ``space`` is ``srgb`` (colour) or ``linear`` (data)."""

    name: str
    pixels: np.ndarray
    space: str = SRGB


@dataclass
class Material:
    """A metallic-roughness surface (glTF 2.0, section 3.9); a texture, where given, replaces the value beside it.

    The roughness is the green channel of its texture; ``occlusion``: its red channel is the ambient occlusion.
    """

    name: str
    base_color: tuple[float, float, float, float] = (0.8, 0.8, 0.8, 1.0)
    metallic: float = 0.0
    roughness: float = 0.6
    emission: tuple[float, float, float] = (0.0, 0.0, 0.0)
    emission_strength: float = 0.0
    transmission: float = 0.0
    subsurface: float = 0.0
    clearcoat: float = 0.0
    alpha_clip: bool = False
    double_sided: bool = False
    base_color_texture: Texture | None = None
    roughness_texture: Texture | None = None
    normal_texture: Texture | None = None
    occlusion: bool = False


@dataclass
class Skin:
    """Which bones move a vertex: ``joints`` (V, 4) int32 into ``Skeleton.names``, ``weights`` (V, 4) float32, rows sum to 1."""

    joints: np.ndarray
    weights: np.ndarray


@dataclass
class Mesh:
    """A polygon mesh.

    Attributes:
        vertices: (V, 3) float32, metres.
        corners: (C,) int32, the vertex at each face corner, face after face, counter-clockwise seen from outside.
        face_sizes: (F,) int32, corners of each face; they sum to C.
        uvs: (C, 2) float32 or None, origin bottom left.
        normals: (C, 3) float32 or None, custom shading normals.
        colors: (C, 4) float32 or None, linear.
        materials: the slots; ``material_index`` (F,) int32 chooses among them.
        part_names: names of the parts; ``part`` (F,) int32 chooses among them, -1 is none.
        smooth: (F,) bool; edges sharper than ``sharp_angle`` (radians) are marked sharp when written.
        shape_keys: name -> (V, 3) float32 absolute positions; ``shape_key_values``: how far each key that is not at rest is on.
    """

    name: str
    vertices: np.ndarray
    corners: np.ndarray
    face_sizes: np.ndarray
    uvs: np.ndarray | None = None
    normals: np.ndarray | None = None
    colors: np.ndarray | None = None
    materials: list[Material] = field(default_factory=list)
    material_index: np.ndarray | None = None
    part_names: list[str] = field(default_factory=list)
    part: np.ndarray | None = None
    smooth: np.ndarray | None = None
    sharp_angle: float = 0.6
    skin: Skin | None = None
    shape_keys: dict[str, np.ndarray] = field(default_factory=dict)
    shape_key_values: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.vertices = np.ascontiguousarray(self.vertices, np.float32).reshape(-1, 3)
        self.corners = np.ascontiguousarray(self.corners, np.int32).reshape(-1)
        self.face_sizes = np.ascontiguousarray(self.face_sizes, np.int32).reshape(-1)

    @classmethod
    def from_faces(cls, name: str, vertices: np.ndarray, faces: np.ndarray | list, **fields) -> Mesh:
        """A mesh from faces given as an (F, k) array or as a list of index lists of any length."""
        if isinstance(faces, np.ndarray):
            return cls(name, vertices, faces.ravel(), np.full(len(faces), faces.shape[1]), **fields)
        sizes = np.array([len(face) for face in faces], np.int32)
        corners = np.array([index for face in faces for index in face], np.int32)
        return cls(name, vertices, corners, sizes, **fields)

    @property
    def face_starts(self) -> np.ndarray:
        """(F,) int32: each face's first corner."""
        return (np.cumsum(self.face_sizes) - self.face_sizes).astype(np.int32)

    def triangles(self) -> tuple[np.ndarray, np.ndarray]:
        """Fan triangulation: (T, 3) int32 *corner* numbers and (T,) int32 the face each triangle came from.

        ``mesh.corners[triangles]`` gives vertex numbers, ``mesh.uvs[triangles]`` the UVs.
        """
        counts = np.maximum(self.face_sizes - 2, 0)
        face = np.repeat(np.arange(len(self.face_sizes), dtype=np.int32), counts)
        first = self.face_starts[face]
        step = np.arange(counts.sum(), dtype=np.int32) - np.repeat(np.cumsum(counts) - counts, counts).astype(np.int32)
        return np.stack([first, first + step + 1, first + step + 2], axis=1).astype(np.int32), face

    @property
    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """Lowest and highest corner of the axis-aligned box, each (3,). Raises WorldwrightError for a mesh without vertices."""
        if len(self.vertices) == 0:
            raise WorldwrightError(f"The mesh “{self.name}” has no vertices.", "Select a mesh with faces.")
        return self.vertices.min(axis=0), self.vertices.max(axis=0)


@dataclass
class Skeleton:
    """Bones in rest pose. Parents come before children; there is exactly one root (parent -1).

    Attributes:
        names: B bone names.
        parents: (B,) int32.
        heads, tails: (B, 3) float32, metres, in the character's space.
        z_axes: (B, 3) float32, the direction of each bone's local Z (Blender's roll).
    """

    name: str
    names: list[str]
    parents: np.ndarray
    heads: np.ndarray
    tails: np.ndarray
    z_axes: np.ndarray


@dataclass
class Clip:
    """A motion. The last frame of a loop is its first again.

    Attributes:
        fps: frames a second.
        rotations: (T, B, 4) float32 quaternions (w, x, y, z) of each pose bone in its own rest frame.
        root_offset: (T, 3) metres added to the root bone, in the character's space.
        offsets: bone name -> (T, 3) metres by which the bone is moved from where its parent carries it, in the parent's rest space.
        speed: metres a second at which the ground passes, towards +Y, under a motion in place.
        units: shape key -> (T,) how far it is on, of every mesh that follows the skeleton and has it.
    """

    name: str
    fps: float
    rotations: np.ndarray
    root_offset: np.ndarray
    loop: bool = True
    offsets: dict[str, np.ndarray] = field(default_factory=dict)
    speed: float = 0.0
    units: dict[str, np.ndarray] = field(default_factory=dict)


@dataclass
class Light:
    """``kind``: point, area, sun or spot. ``power`` in watts (sun: watts a square metre); ``size`` metres (sun: radians)."""

    kind: str
    power: float
    color: tuple[float, float, float] = (1.0, 1.0, 1.0)
    size: tuple[float, float] = (0.1, 0.1)


@dataclass
class Camera:
    """``lens`` in millimetres on a 36 mm sensor; looks along its own -Z, its up is +Y."""

    lens: float = 35.0


@dataclass
class Instances:
    """Many repeats of a few meshes as one thing: ``index`` (N,) int32 into ``meshes``, ``transforms`` (N, 4, 4) float32 without
    shear or mirroring, local to the node. Written as one object that draws its repeats; exported as nodes that share meshes."""

    meshes: list[Mesh]
    index: np.ndarray
    transforms: np.ndarray


@dataclass
class World:
    """The sky around a scene: ``sky`` is equirectangular, 2:1, its middle column towards +Y and its first row the zenith;
    ``color`` (linear) stands in without one. ``strength`` scales either."""

    name: str = "Sky"
    color: tuple[float, float, float] = (0.5, 0.6, 0.75)
    strength: float = 1.0
    sky: Texture | None = None


@dataclass
class Node:
    """A thing in the scene.

    Attributes:
        transform: (4, 4) float32, local to the parent.
        mesh, skeleton, light, camera, instances: at most one of them; a node without any is an empty.
        armature: name of the node whose skeleton moves this node's skinned mesh.
        parent: name of the parent node, or "".
        label: taxonomy label ("chair"), or "".
        role: "" or "collider", "ceiling", "wall", "floor", "door", "window", "navmesh": how engines and panels treat it.
        properties: JSON values stored as custom properties (why it stands here, score, ...).
    """

    name: str
    transform: np.ndarray = field(default_factory=lambda: np.eye(4, dtype=np.float32))
    mesh: Mesh | None = None
    skeleton: Skeleton | None = None
    light: Light | None = None
    camera: Camera | None = None
    instances: Instances | None = None
    armature: str = ""
    parent: str = ""
    label: str = ""
    role: str = ""
    properties: dict = field(default_factory=dict)


@dataclass
class Report:
    """What was done and checked: counts, ``checks`` name -> value, warnings in full sentences, seconds per stage; ``failing``:
    check -> names of the nodes that do not pass it."""

    counts: dict = field(default_factory=dict)
    checks: dict = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    seconds: dict = field(default_factory=dict)
    failing: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Scene:
    """A generator's whole result. ``provenance``: {"kind", "brief", "seed", "version", "model", "licence"}, all JSON."""

    name: str
    nodes: list[Node] = field(default_factory=list)
    clips: list[Clip] = field(default_factory=list)
    provenance: dict = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    world: World | None = None

    def node(self, name: str) -> Node:
        """The node of that name. Raises KeyError."""
        for node in self.nodes:
            if node.name == name:
                return node
        raise KeyError(name)
