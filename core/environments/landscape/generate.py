"""LandscapeBrief to Scene: heights, water, cover, growth, sky, a camera where a walker would stop."""

from __future__ import annotations

import time

import numpy as np

from ... import __version__
from ...progress import Progress, part, silent
from ...scene import Camera, Node, Report, Scene
from ..scatter import looking, unique_triangles
from ..sky import daylight, paint_sky, sun_direction, sun_node
from .brief import LandscapeBrief
from .given import given_heights, sketched_land
from .ground import lay_cover
from .growth import grow_land
from .heights import shape_land, slackened
from .terrain import chunk_nodes, coarse_ground, water_nodes
from .water import Water, add_water

TITLES = {"hills": "Hills", "mountains": "Mountains", "lake": "Lake", "coast": "Coast", "desert": "Desert", "forest": "Forest"}
EYE = 1.7


def generate(
    brief: LandscapeBrief, progress: Progress = silent, heights: np.ndarray | None = None, sketch: np.ndarray | None = None
) -> Scene:
    """A landscape around the origin, its lowest ground near z = 0.

    ``heights`` (H, W) float32: a height map to use instead of land of our own; ``sketch`` (H, W, 3 or 4) uint8: a colour sketch of
    what the ground is. Raises WorldwrightError for a brief out of range or a picture that says nothing.
    """
    brief.validate()
    rng = np.random.default_rng(brief.seed)
    started = time.perf_counter()
    seconds: dict[str, float] = {}
    notes: list[str] = []
    title = TITLES[brief.kind]
    size = int(brief.resolution) + 1
    progress(0.0, "Raising the land")
    if heights is not None:
        land, notes = given_heights(heights, brief, size)
        land = slackened(land, brief.size / size, 0.9, int(30 * brief.erosion))
    elif sketch is not None:
        land, brief, notes = sketched_land(sketch, brief, size, rng)
    else:
        land = shape_land(brief, size, rng, part(progress, 0.0, 0.35))
    seconds["land"] = time.perf_counter() - started
    land, water = add_water(land, brief, rng, heights is not None or sketch is not None)
    cover = lay_cover(land, brief, water, rng)
    eye, target = find_view(land, brief, water, cover.slope, rng)
    progress(0.4, "Painting the ground")
    nodes = [Node(title), *chunk_nodes(land, cover, brief, water, eye, title, part(progress, 0.4, 0.7))]
    nodes += water_nodes(land, brief, water, title)
    seconds["ground"] = time.perf_counter() - started - seconds["land"]
    grown = grow_land(land, cover, brief, water, eye, target, title, rng, part(progress, 0.7, 0.9))
    nodes += grown
    if brief.colliders:
        nodes.append(coarse_ground(land, brief, water, "collider", title))
    if brief.navmesh:
        nodes.append(coarse_ground(land, brief, water, "navmesh", title))
    light = daylight(brief.time, brief.weather, None, brief.sun_height, brief.warmth)
    if light.sun > 0:
        nodes.append(sun_node(light, parent=title))
    nodes.append(Node("Camera", looking(tuple(eye), tuple(target)), camera=Camera(26.0), parent=title))
    progress(0.92, "Painting the sky")
    scene = Scene(title, nodes, world=paint_sky(light, brief.seed, "#5a6048"))
    seconds["all"] = time.perf_counter() - started
    scene.report = _report(scene, brief, land, grown, notes, seconds)
    scene.provenance = {"kind": "landscape", "brief": brief.to_dict(), "seed": brief.seed, "version": __version__, "model": "",
                        "licence": "CC0-1.0"}  # fmt: skip
    progress(1.0, "Done")
    return scene


def find_view(
    land: np.ndarray, brief: LandscapeBrief, water: Water, slope: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Where a walker would stop, and what they would look at: dry level ground, open in front, with water and heights in sight,
    not against the sun."""
    size, cell = len(land), brief.size / (len(land) - 1)
    half = brief.size / 2
    sun = sun_direction(daylight(brief.time, brief.weather))[:2]
    best, found = -np.inf, (np.array([0.0, -0.4 * half, float(land[size // 2, size // 2]) + EYE]), np.array([0.0, 0.0, 5.0]))
    steps = np.geomspace(6.0, 0.85 * brief.size, 42)
    for _ in range(260):
        x, y = rng.uniform(-0.8, 0.8) * half, rng.uniform(-0.85, 0.5) * half
        i, j = int((y + half) / cell), int((x + half) / cell)
        ground = float(land[i, j])
        if slope[i, j] > 0.28 or (water.level is not None and ground < water.level + 0.6):
            continue
        for heading in rng.uniform(-1.0, 1.0, 3) + np.pi / 2:
            px, py = x + steps * np.cos(heading), y + steps * np.sin(heading)
            inside = (np.abs(px) < half) & (np.abs(py) < half)
            if inside.sum() < 22:
                continue
            rows, columns = ((py[inside] + half) / cell).astype(int), ((px[inside] + half) / cell).astype(int)
            angle = (land[rows, columns] - ground - EYE) / steps[inside]
            seen = angle >= np.maximum.accumulate(angle) - 1e-6
            lake = 0.0 if water.level is None else float((water.wet[rows, columns] & (angle > -0.4)).mean())
            skyline = float(angle.max())
            score = seen.mean() + 3.2 * min(lake, 0.4) + 2.6 * min(max(skyline, 0.0), 0.34) - 3.0 * max(float(angle[:8].max()), 0.0)
            score -= 0.5 * max(0.0, float(np.cos(heading) * sun[0] + np.sin(heading) * sun[1]))
            if score > best:
                best = score
                look = 0.36 * skyline if skyline > 0 else -0.02
                eye = np.array([x, y, ground + EYE])
                found = (eye, eye + 40.0 * np.array([np.cos(heading), np.sin(heading), np.clip(look, -0.03, 0.16)]))
    return found


def _report(scene: Scene, brief: LandscapeBrief, land: np.ndarray, grown: list[Node], notes: list[str], seconds: dict) -> Report:
    stored, drawn = unique_triangles([node for node in scene.nodes if node.role not in ("collider", "navmesh", "lod")])
    planted = sum(len(node.instances.index) for node in grown if node.instances is not None and node.name != "Grass")
    counts = {
        "objects": len(scene.nodes), "plants and rocks": planted, "triangles": drawn, "triangles stored": stored,
        "cells": (len(land) - 1) ** 2, "chunks": sum(node.label == "terrain" for node in scene.nodes),
    }  # fmt: skip
    if planted < 0.9 * brief.plants:
        notes.append(f"There was room for {planted:,} of {brief.plants:,} plants and rocks.")
    checks = {"lowest": round(float(land.min()), 2), "highest": round(float(land.max()), 2)}
    return Report(counts, checks, notes, {stage: round(value, 3) for stage, value in seconds.items()})
