"""The colours of the original on the materials of what takes its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ..cloud import PointCloud
from ..environments.greybox.boxes import surface_points
from ..scene import SRGB, Material, Mesh, Texture
from ..spatial.colour import from_bytes, to_bytes
from ..spatial.neighbours import nearest

SAMPLES = 1500  # points of each mesh that are compared
NEIGHBOURS = 3
PLAIN = 0.02  # colours that differ by less are one grey
GRAIN = 512  # texels a side to which a tinted texture is cut


def tints_of(mesh: Mesh, cloud: PointCloud, place: np.ndarray, metallic: float) -> dict[str, list[float]]:
    """Material name -> the linear RGB that the original has there, and ``metallic``, which its own may not exceed; empty where
    the original has no colours.

    ``mesh`` stands at ``place`` (4, 4) in the cloud's space. A material takes the mean colour of the original's points nearest
    to its faces, without the darkest and the lightest tenth.
    """
    if cloud.colors is None or mesh.material_index is None or is_plain(cloud.colors):
        return {}
    corners, face = mesh.triangles()
    world = mesh.vertices @ np.asarray(place, float)[:3, :3].T + np.asarray(place, float)[:3, 3]
    triangles = world[mesh.corners[corners]].reshape(-1, 3, 3)
    slot = np.asarray(mesh.material_index)[face]
    tints = {}
    for number, material in enumerate(mesh.materials):
        own = triangles[slot == number]
        if not len(own) or material.emission_strength > 0 or material.base_color[3] < 1 or material.transmission > 0:
            continue  # lamps glow and glass is clear, whatever the original was painted like
        points, _ = surface_points(own, max(int(SAMPLES * len(own) / len(triangles)), 60))
        _, near = nearest(cloud.positions, points, NEIGHBOURS)
        tenth = near.size // 10
        color = np.sort(cloud.colors[near.ravel()], axis=0)[tenth : near.size - tenth].mean(axis=0)
        tints[material.name] = [*(round(float(value), 4) for value in color), round(metallic, 2)]
    return tints


def is_plain(colors: np.ndarray) -> bool:
    """Whether linear colours (N, 3) are all one and the same grey: no colour of the artist's."""
    spread = np.percentile(colors, 95, axis=0) - np.percentile(colors, 5, axis=0)
    return bool(spread.max() < PLAIN and np.ptp(colors.mean(axis=0)) < PLAIN)


def tinted(mesh: Mesh, tints: Mapping[str, list[float]]) -> Mesh:
    """The mesh with materials of these colours; grain, relief and gloss stay."""
    if not tints:
        return mesh
    return replace(mesh, materials=[_painted(m, np.array(tints[m.name])) if m.name in tints else m for m in mesh.materials])


def _painted(material: Material, tint: np.ndarray) -> Material:
    color, metallic = tint[:3], min(material.metallic, float(tint[3]))
    texture = material.base_color_texture
    if texture is not None:
        step = max(texture.pixels.shape[0] // GRAIN, 1)
        pixels = texture.pixels[::step, ::step]
        linear = from_bytes(pixels[..., :3]) if texture.space == SRGB else pixels[..., :3] / 255.0
        grain = linear / np.maximum(linear.reshape(-1, 3).mean(axis=0), 1e-3)
        painted = to_bytes(np.clip(grain.mean(axis=-1, keepdims=True) * color, 0, 1))
        texture = Texture(f"{texture.name} {_code(color)}", np.concatenate([painted, pixels[..., 3:]], axis=-1), SRGB)
    shade = (float(color[0]), float(color[1]), float(color[2]), 1.0)
    return replace(
        material, name=f"{material.name} {_code(color)}", base_color=shade, metallic=metallic, base_color_texture=texture
    )


def _code(color: np.ndarray) -> str:
    """The colour as it is written in pages: “#a08060”."""
    return "#" + "".join(f"{value:02x}" for value in to_bytes(np.clip(color, 0, 1)).ravel())
