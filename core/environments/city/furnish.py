"""From spots on the plan to things in the street; many of a kind become one node."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ...progress import Progress
from ...scene import Light, Mesh, Node
from ..plants.catalogue import plant_mesh
from ..scatter import placing, scattered
from ..street_props import STREET_PROPS
from ..street_props.vehicles import PAINTS
from .brief import CityBrief
from .church import church
from .plan import Plan, Spot

MANY = 60  # more things of a kind than this are one node
NEAR = 120.0  # metres from the camera within which trees have all their twigs
LAMP_WATTS = 700.0
BULBS = {False: (0.4, 4.0), True: (1.5, 6.7)}  # of a lantern, of a mast: metres towards the road and up, clear of its glass
STREET_TREES = {"european": ("lime", "plane", "maple"), "brick": ("plane", "lime", "cherry"), "modern": ("maple", "birch", "plane"),
                "village": ("oak", "lime", "birch"), "mixed": ("lime", "maple", "plane")}  # fmt: skip
LABELS = {"tree": "tree", "bush": "plant", "hedge": "plant"}
TITLES = {"bin": "Litter bin", "sign": "Road sign", "cafe_set": "Café table", "bicycle_rack": "Bicycle rack",
          "bus_stop": "Bus stop", "post_box": "Post box", "traffic_light": "Traffic light", "lamp": "Street lamp"}  # fmt: skip


def furnish(plan: Plan, brief: CityBrief, parent: str, progress: Progress) -> list[Node]:
    """The nodes of all spots. Kinds with few are nodes of their own, for the artist to pick; the others are one node each."""
    kinds: dict[str, list[Spot]] = {}
    for spot in plan.spots:
        kinds.setdefault(spot.kind, []).append(spot)
    eye = np.array(plan.eye)
    nodes: list[Node] = []
    for number, (kind, spots) in enumerate(kinds.items()):
        progress(number / len(kinds), f"Putting up {kind.replace('_', ' ')}s")
        title = TITLES.get(kind, kind.replace("_", " ").capitalize())
        meshes = [_mesh(kind, spot, brief, float(np.hypot(*(eye[:2] - (spot.x, spot.y))))) for spot in spots]
        places = [placing(spot.x, spot.y, spot.z, spot.yaw, spot.scale) for spot in spots]
        label = LABELS.get(kind, kind)
        if len(spots) > MANY:
            unique = list({id(mesh): mesh for mesh in meshes}.values())
            index = {id(mesh): k for k, mesh in enumerate(unique)}
            which = np.array([index[id(mesh)] for mesh in meshes])
            nodes.append(scattered(f"{title}s", unique, which, np.array(places), parent=parent, label=label))
        else:
            nodes += [Node(f"{title} {k}", place, mesh, parent=parent, label=label)
                      for k, (mesh, place) in enumerate(zip(meshes, places, strict=True), 1)]  # fmt: skip
    if brief.time == "night" or (brief.time == "evening" and brief.wet):
        nodes += _lights(kinds.get("lamp", []), eye, brief.style == "modern", parent)
    return nodes


def _lights(lamps: list[Spot], eye: np.ndarray, mast: bool, parent: str) -> list[Node]:
    """A point of warm light in each of the lamps near the camera: engines and renderers take some dozens at most."""
    near = sorted(lamps, key=lambda spot: float(np.hypot(*(eye[:2] - (spot.x, spot.y)))))[:24]
    light = Light("point", LAMP_WATTS, (1.0, 0.78, 0.5), (0.15, 0.15))
    out, up = BULBS[mast]
    return [
        Node(f"Lamp light {k}", placing(spot.x + out * np.sin(spot.yaw), spot.y - out * np.cos(spot.yaw), spot.z + up),
             light=light, parent=parent)
        for k, spot in enumerate(near, 1)
    ]  # fmt: skip


def _mesh(kind: str, spot: Spot, brief: CityBrief, away: float) -> Mesh:
    if kind == "tree":
        names = STREET_TREES[brief.style]
        far = 0 if away < NEAR else (1 if away < 2.2 * NEAR else 2)
        return plant_mesh(names[spot.variant % len(names)], spot.variant // len(names), far)
    if kind in ("bush", "hedge"):
        return plant_mesh("flowering bush" if kind == "bush" and spot.variant == 2 else kind, 0, 0 if away < NEAR / 2 else 1)
    if kind == "church":
        return _church()
    lit = brief.lit > 0.3
    return _prop(kind, spot.variant, lit, brief.style in ("modern",))


@lru_cache
def _church() -> Mesh:
    return church()


@lru_cache(maxsize=256)
def _prop(kind: str, variant: int, lit: bool, modern: bool) -> Mesh:
    """The mesh of a street prop; ``variant`` chooses paint, cloth or body."""
    brief, make = STREET_PROPS[kind]
    paints = tuple(PAINTS)
    options: dict[str, dict] = {
        "lamp": {"on": lit, "style": "mast" if modern else "lantern", "height": 7.0 if modern else 4.6},
        "car": {"paint": paints[(variant * 5 + 2) % 6], "body": "saloon" if variant % 2 else "hatchback"},
        "van": {"paint": ("white", "silver")[variant % 2]},
        "bicycle": {"paint": paints[(variant + 5) % 6]},
        "cafe_set": {"parasol": variant % 2 == 1, "cloth": ("red", "sand")[variant // 2 % 2]},
    }
    return make(brief(**options.get(kind, {}))).mesh
