"""A product stage: a turntable before a backdrop, three lights, and a camera that frames what stands on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .. import __version__
from ..briefs import Brief, choice, number, whole
from ..errors import WorldwrightError
from ..geometry.shape import Finish, Part, Shape, assemble, outward
from ..geometry.sweeps import cylinder, loft
from ..progress import Progress, silent
from ..scene import Camera, Light, Material, Node, Scene, World

BACKDROPS = {"white": (0.82, 0.82, 0.81), "grey": (0.32, 0.33, 0.34), "warm": (0.66, 0.56, 0.45), "black": (0.02, 0.02, 0.022),
             "blue": (0.16, 0.25, 0.38)}  # fmt: skip
SENSOR = 36.0
TURNTABLE = "Turntable"


@dataclass
class StageBrief(Brief):
    """How a product is shown."""

    backdrop: str = choice("white", tuple(BACKDROPS), help="The colour of the backdrop", group="Stage")
    frames: int = whole(120, 2, 2000, help="Frames of one turn", group="Stage")
    strength: float = number(1.0, 0.1, 4.0, help="Of the three lights together", group="Stage")
    lens: float = number(70.0, 24.0, 135.0, help="Focal length in millimetres on a 36 mm sensor", group="Camera")
    elevation: float = number(0.3, -0.1, 1.2, unit="rad", help="How far from above the camera looks", group="Camera")
    angle: float = number(
        0.5, -3.14, 3.14, unit="rad", help="How far from the front, to the right, the camera stands", group="Camera"
    )


def build(low: np.ndarray, high: np.ndarray, brief: StageBrief, progress: Progress = silent, aspect: float = 16 / 9) -> Scene:
    """The stage for a thing with bounds ``low`` and ``high`` (3,), metres, in its own space; ``aspect``: width over height.

    The node ``Turntable`` carries camera, lights and backdrop and turns about Z: seen from there the thing turns. Raises
    WorldwrightError for a thing without size.
    """
    brief.validate()
    low, high = np.asarray(low, float), np.asarray(high, float)
    radius = float(np.linalg.norm(high - low)) / 2
    if not np.isfinite(radius) or radius < 1e-4:
        raise WorldwrightError("There is nothing to show: what is selected has no size.", "Select meshes with faces.")
    progress(0.1, "Building the stage")
    foot = np.array([*(low[:2] + high[:2]) / 2, low[2]])
    middle = np.array([0.0, 0.0, (high[2] - low[2]) / 2])
    spread = float(np.linalg.norm((high - low)[:2])) / 2
    root = Node("Product stage", _moved(foot))
    nodes = [root, Node("Turntable disc", mesh=_disc(spread * 1.12 + 0.03 * radius, 0.03 * radius, brief), parent=root.name),
             Node(TURNTABLE, parent=root.name)]  # fmt: skip
    back = Node("Backdrop", mesh=_backdrop(radius, 0.03 * radius, brief), parent=TURNTABLE)
    turn = np.array([[np.cos(brief.angle), -np.sin(brief.angle)], [np.sin(brief.angle), np.cos(brief.angle)]])
    back.transform[:2, :2] = turn
    nodes.append(back)
    half = np.arctan(SENSOR / 2 / brief.lens * min(1.0, 1.0 / aspect))
    distance = radius / np.sin(half) * 1.12
    nodes.append(_aimed("Camera", _direction(brief.angle, brief.elevation), distance, middle, camera=Camera(brief.lens)))
    for name, aside, up, share, size in (("Key light", -0.85, 0.75, 1.0, 1.5), ("Fill light", 0.95, 0.35, 0.3, 2.4),
                                         ("Rim light", 2.6, 0.85, 0.9, 1.0)):  # fmt: skip
        away = 3.2 * radius
        light = Light("area", 9.0 * share * brief.strength * away**2, (1.0, 0.98, 0.95), (size * radius, size * radius))
        nodes.append(_aimed(name, _direction(brief.angle + aside, up), away, middle, light=light))
    color = BACKDROPS[brief.backdrop]
    world = World("Stage", tuple(0.6 * c for c in color), 0.5)  # type: ignore[arg-type]
    provenance = {"kind": "stage", "brief": brief.to_dict(), "seed": brief.seed, "version": __version__, "model": "",
                  "licence": "CC0-1.0"}  # fmt: skip
    progress(1.0, "Done")
    return Scene("Product stage", nodes, provenance=provenance, world=world)


def _direction(angle: float, elevation: float) -> np.ndarray:
    """From the thing to whoever looks at it; angle 0 is its front, -Y."""
    return np.array([np.sin(angle) * np.cos(elevation), -np.cos(angle) * np.cos(elevation), np.sin(elevation)])


def _aimed(name: str, direction: np.ndarray, distance: float, target: np.ndarray, **fields) -> Node:
    from .light import looking  # and with it all furniture, which a panel's brief must not wait for

    place = looking(-direction)
    place[:3, 3] = target + direction * distance
    return Node(name, place.astype(np.float32), parent=TURNTABLE, **fields)


def _moved(point: np.ndarray) -> np.ndarray:
    place = np.eye(4, dtype=np.float32)
    place[:3, 3] = point
    return place


def _finish(brief: StageBrief, rough: float) -> Finish:
    return Finish(Material(f"Backdrop {brief.backdrop}", (*BACKDROPS[brief.backdrop], 1.0), roughness=rough))


def _disc(radius: float, thick: float, brief: StageBrief):
    shape = cylinder(radius, -thick, 0.0, 0.15 * thick, 96)
    return assemble("Turntable disc", [Part("disc", shape, _finish(brief, 0.35))])


def _backdrop(radius: float, thick: float, brief: StageBrief):
    """A sheet that lies on the floor and bends up behind the thing (an infinity cove); a closed thin solid."""
    wide, front, back, tall, bend = 16 * radius, 9 * radius, 5.5 * radius, 11 * radius, 2.5 * radius
    angles = np.linspace(0.0, np.pi / 2, 24)
    curve = np.column_stack([back - bend + bend * np.sin(angles), bend - bend * np.cos(angles)])
    line = np.concatenate([[(-front, 0.0)], curve, [(back, tall)]])
    out = np.concatenate([[(-front, -0.02 * radius)], curve + 0.02 * radius * np.column_stack([np.sin(angles), -np.cos(angles)]),
                          [(back + 0.02 * radius, tall)]])  # fmt: skip
    outline = np.concatenate([line, out[::-1]])
    rings = np.array([[(x, y, z - thick) for y, z in outline] for x in (-wide / 2, wide / 2)])
    shape: Shape = outward(loft(rings))
    return assemble("Backdrop", [Part("backdrop", shape, _finish(brief, 0.7))])
