"""A small scene with one of everything, made of the given package's own types."""

from __future__ import annotations

import numpy as np

CORNERS = np.array([[x, y, z] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (0, 1)], np.float32)
FACES = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])


def moved(x, y, z):
    place = np.eye(4, dtype=np.float32)
    place[:3, 3] = x, y, z
    return place


def box(scene, name, material=None, **fields):
    """A unit box on the ground with UVs, smooth, of the parts side and top."""
    return scene.Mesh.from_faces(
        name, CORNERS.copy(), FACES, uvs=np.tile(np.float32([[0, 0], [1, 0], [1, 1], [0, 1]]), (6, 1)),
        materials=[material] if material else [], part_names=["side", "top"], part=np.array([0, 0, 0, 0, 1, 1]),
        smooth=np.ones(6, bool), **fields,
    )  # fmt: skip


def everything(scene):
    """A rigged box with two clips and a shape key, two crates that share a mesh, a lamp, a camera, a collider, an empty."""
    rng = np.random.default_rng(0)
    skin = scene.Material(
        "Skin", subsurface=0.1,
        base_color_texture=scene.Texture("skin", rng.integers(0, 256, (16, 32, 3), dtype=np.uint8)),
        roughness_texture=scene.Texture("rough", np.full((8, 8, 3), 120, np.uint8), "linear"),
        normal_texture=scene.Texture("bumps", np.tile(np.uint8([128, 128, 255]), (8, 8, 1)), "linear"),
    )  # fmt: skip
    pixels = rng.integers(0, 256, (8, 8, 4), dtype=np.uint8)
    leaf = scene.Material("Leaf", alpha_clip=True, double_sided=True, base_color_texture=scene.Texture("leaf", pixels))
    body = box(scene, "Body", skin, colors=np.tile(np.float32([1, 0.5, 0.25, 1]), (24, 1)))
    up = body.vertices[:, 2]
    body.skin = scene.Skin(
        np.tile(np.int32([0, 1, 0, 0]), (8, 1)), np.stack([1 - 0.7 * up, 0.7 * up, 0 * up, 0 * up], axis=1).astype(np.float32)
    )
    body.shape_keys = {"wide": body.vertices * 1.1, "on": body.vertices + [0, 0, 0.1]}
    body.shape_key_values = {"on": 0.25}
    crate = box(scene, "Crate", leaf)
    rig = scene.Skeleton(
        "Rig", ["root", "tip"], np.array([-1, 0]), np.float32([[0, 0, 0], [0, 0, 0.5]]), np.float32([[0, 0, 0.5], [0, 0.2, 1]]),
        np.float32([[0, -1, 0], [0, -1, 0]]),
    )  # fmt: skip
    turn = np.tile(np.float32([1, 0, 0, 0]), (9, 2, 1))
    angle = np.sin(np.arange(9) / 8 * 2 * np.pi) * 0.8
    turn[:, 1, 0], turn[:, 1, 2] = np.cos(angle / 2), np.sin(angle / 2)
    still, away = np.zeros((9, 3), np.float32), np.outer(np.arange(9), [0.1, 0, 0]).astype(np.float32)
    clips = [scene.Clip("idle", 24, turn, still), scene.Clip("walk", 30, turn, away, False)]
    facts = {"score": 0.5, "why": ["a"], "n": 3, "big": 2**40}
    nodes = [
        scene.Node("Rig", skeleton=rig),
        scene.Node("Body", mesh=body, armature="Rig", parent="Rig"),
        scene.Node("Crate", moved(2, 0, 0), mesh=crate, label="crate", properties=facts),
        scene.Node("Crate 2", moved(0, 0, 1), mesh=crate, label="crate", parent="Crate"),
        scene.Node("Lamp", moved(0, 0, 3), light=scene.Light("area", 100, size=(1, 0.5))),
        scene.Node("View", moved(0, -5, 1), camera=scene.Camera(50)),
        scene.Node("Solid", moved(2, 0, 0), mesh=box(scene, "Solid"), role="collider"),
        scene.Node("Spot"),
    ]
    seed = 2**31 - 1
    provenance = {"kind": "character", "brief": {"seed": seed}, "seed": seed, "version": "0", "model": "", "licence": "CC0"}
    return scene.Scene("Sample", nodes, clips, provenance, scene.Report({"objects": 8}))
