"""The small files that the commands in the documents are given: each is made once, when a command first names it."""

from __future__ import annotations

import io
import shutil
import uuid
import wave
from collections.abc import Callable
from pathlib import Path

import helpers
import numpy as np

from tests.benchmarks.plan_drawings import draw
from tests.core.library_files import write_library
from tests.core.test_retarget import bvh

ROOT = Path(__file__).resolve().parents[2]
Maker = Callable[[Path], object]  # writes its file or files into a folder

ROOM = {  # name -> low and high corner of a box, metres
    "Floor": ((-3, -2.5, -0.1), (3, 2.5, 0)),
    "Wall north": ((-3.2, 2.5, 0), (3.2, 2.7, 2.6)),
    "Wall west": ((-3.2, -2.5, 0), (-3, 2.5, 2.6)),
    "Wall east": ((3, -2.5, 0), (3.2, 2.5, 2.6)),
    "Wall south left": ((-3.2, -2.7, 0), (0.8, -2.5, 2.6)),
    "Wall south right": ((1.8, -2.7, 0), (3.2, -2.5, 2.6)),
}
BLOCKS = {
    "Block": ((-2.9, 1.6, 0), (-1.3, 2.4, 0.74)),
    "Block.001": ((-2.3, 0.9, 0), (-1.8, 1.4, 0.9)),
    "Block.002": ((2.2, 1.9, 0), (2.9, 2.4, 1.9)),
    "Statue": ((1.9, -1.0, 0), (2.3, -0.6, 1.6)),
}


def run(*words: str | Path) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of one command, in this Blender."""
    out, err = io.StringIO(), io.StringIO()
    code = helpers.module("headless").run([str(word) for word in words], out, err)
    return code, out.getvalue(), err.getvalue()


def command(name: str, *words: str) -> Maker:
    """Made by the product itself."""

    def make(folder: Path) -> None:
        code, _, err = run(*words, "-o", folder / name)
        assert code == 0, err

    return make


def prop(key: str, place: tuple[float, float] = (0.0, 0.0), name: str = "", **values: object) -> object:
    """A node with one of our props."""
    sliders, scene = helpers.module("core.inverse.sliders"), helpers.module("core.scene")
    at = np.eye(4, dtype=np.float32)
    at[:2, 3] = place
    return scene.Node(name or key.replace("_", " ").capitalize(), at, mesh=sliders.make(key, sliders.usual(key) | values).mesh)


def boxes(places: dict[str, tuple]) -> list:
    """Nodes with plain boxes; walls and floors say that they are."""
    scene = helpers.module("core.scene")
    corners = np.array([[x, y, z] for z in (0, 1) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))], float)
    faces = np.array([(3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)])
    return [
        scene.Node(name, mesh=scene.Mesh.from_faces(name, np.array(low) + corners * np.subtract(high, low), faces))
        for name, (low, high) in places.items()
    ]


def write(target: Path, nodes: list) -> None:
    """Nodes as a model file of any kind."""
    import bpy

    host = helpers.module("blender_host").BlenderHost(io.StringIO(), io.StringIO())
    scene = helpers.module("core.scene").Scene(target.stem, nodes)
    if target.suffix == ".obj":
        host.write_scene(scene, target.with_suffix(".blend"))
        bpy.ops.wm.obj_export(filepath=str(target))
    else:
        host.write_scene(scene, target)


def model(name: str, nodes: Callable[[], list]) -> Maker:
    """One model file."""
    return lambda folder: write(folder / name, nodes())


def person(name: str, **values: object) -> Maker:
    """A generated person's body as one mesh without a skeleton, arms held away."""

    def make(folder: Path) -> None:
        scene, bare = helpers.module("core.scene"), {"hair": "bald", "upper": "none", "lower": "none", "shoes": "none"}
        brief = helpers.module("core.characters.brief").CharacterBrief(face_units=False, motion=False, **bare, **values)
        body = helpers.module("core.characters.generate").generate(brief).node("Body").mesh
        plain = scene.Mesh(name, body.vertices, body.corners, body.face_sizes)
        write(folder / name, [scene.Node("Figure", mesh=plain)])

    return make


def several(folder: Path, *keys: str) -> None:
    """A folder with one model of each kind."""
    folder.mkdir()
    for key in keys:
        write(folder / f"{key}.glb", [prop(key)])


def library(name: str) -> Maker:
    """A folder of labelled folders."""
    return lambda folder: write_library(folder / name, 5)


def labels_csv(folder: Path) -> None:
    """A table of files and labels."""
    files = sorted(write_library(folder / "shapes", 5).rglob("*.stl"))
    rows = [f"{file.relative_to(folder)},{file.parent.name}" for file in files]
    (folder / "labels.csv").write_text("\n".join(["file,label", *rows]) + "\n", encoding="utf-8")


def kit(folder: Path) -> None:
    """An asset library: posts and slabs in two catalogues."""
    import bpy

    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    rng, lines = np.random.default_rng(0), ["VERSION 1", ""]
    for label, size in (("posts", (0.1, 0.1, 2.0)), ("slabs", (2.0, 2.0, 0.1))):
        catalogue = str(uuid.uuid5(uuid.NAMESPACE_DNS, label))
        lines.append(f"{catalogue}:{label}:{label}")
        for number in range(5):
            thing = helpers.add_box(f"{label} {number}", tuple(np.array(size) * rng.uniform(0.7, 1.3, 3)), (number, 0, 0))
            thing.asset_mark()
            thing.asset_data.catalog_id = catalogue
    (folder / "blender_assets.cats.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    bpy.ops.wm.save_as_mainfile(filepath=str(folder / "kit.blend"), copy=True)


def spoken(name: str, words: str) -> Maker:
    """A recording of somebody who says ``words``."""

    def make(folder: Path) -> None:
        said = helpers.module("core.interaction.talk.voice").speak(words)
        with wave.open(str(folder / name), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(said.rate)
            file.writeframes(said.samples.tobytes())

    return make


def stroke(folder: Path) -> None:
    """Four seconds of a sensor drawn over something rough."""
    names = helpers.module("core.crossmodal.recording").AXES
    rows = np.random.default_rng(0).normal(0, 0.2, (400, 6)) + (0, 0, 1, 0, 0, 0)
    table = np.column_stack([np.arange(400) / 100, rows])
    np.savetxt(folder / "stroke.csv", table, delimiter=",", header=",".join(["time", *names]), comments="", fmt="%.4f")


def take(folder: Path) -> None:
    """A second of somebody who waves."""
    frames = [{"LeftShoulder": (60, 0, 0), "LeftElbow": (30 * np.sin(number / 5), 0, 0)} for number in range(30)]
    (folder / "take.bvh").write_text(bvh(frames), encoding="utf-8")


def picture(name: str, pixels: Callable[[], np.ndarray]) -> Maker:
    """An RGB or grey picture."""
    import cv2

    return lambda folder: cv2.imwrite(str(folder / name), pixels()[..., ::-1] if pixels().ndim == 3 else pixels())


def evening() -> np.ndarray:
    """A red sky over dark ground."""
    high = np.linspace(0, 1, 120)[:, None, None]
    sky = np.array([90, 90, 150]) * (1 - high) + np.array([250, 140, 60]) * high
    pixels = np.broadcast_to(sky, (120, 160, 3)).copy()
    pixels[80:] = (45, 50, 30)
    return pixels.astype(np.uint8)


def town() -> np.ndarray:
    """A crossing, three blocks of houses, a park."""
    colors = helpers.module("core.environments.city.sketch").COLORS
    rgb = {name: [int(code[k : k + 2], 16) for k in (1, 3, 5)] for name, code in colors.items()}
    pixels = np.full((300, 300, 3), rgb["plaza"], np.uint8)
    pixels[140:160] = pixels[:, 140:160] = rgb["road"]
    for top, left in ((30, 30), (30, 190), (190, 30)):
        pixels[top : top + 40, left : left + 80] = rgb["building"]
    pixels[190:270, 190:270] = rgb["grass"]
    return pixels


def hills() -> np.ndarray:
    """A height map of 16 bits."""
    x = np.linspace(0, 3 * np.pi, 128)
    return (20_000 * (2 + np.sin(x)[:, None] + np.cos(x) * 0.5)).astype(np.uint16)


JOB = """
[job]
workers = 1

[items]
files = ["models/*.glb"]

[[steps]]
do = "points"
count = 500
output = ".ply"
"""


def job(folder: Path) -> None:
    """A job file and the models it is about."""
    several(folder / "models", "stool", "vase")
    (folder / "job.toml").write_text(JOB, encoding="utf-8")


OFFICE = ("kind=office", "people=1", "storage=1", "plants=0", "clutter=0", "pictures=0", "width=4.5", "depth=4")
ANNA = ("clips=idle", "hair=short", "seed=7")


def settings(values: tuple[str, ...]) -> tuple[str, ...]:
    """The words of many ``--set``."""
    return tuple(word for value in values for word in ("--set", value))


MAKERS: dict[str, Maker] = {  # what a path begins with -> what makes it; "PAGE/NAME" where a page means something else by it
    "office.blend": command("office.blend", "environment", *settings(OFFICE)),
    "annotation.md/office.blend": model("office.blend", lambda: [prop("desk"), prop("office_chair", (0, 1))]),
    "flat.blend": command("flat.blend", "home", *settings(("bedrooms=1", "area=42", "clutter=0"))),
    "anna.blend": command("anna.blend", "character", *settings(ANNA)),
    "anna.glb": command("anna.glb", "character", *settings(ANNA)),
    "chair.glb": model("chair.glb", lambda: [prop("dining_chair")]),
    "rough_chair.glb": model("rough_chair.glb", lambda: [prop("dining_chair")]),
    "plate.obj": model("plate.obj", lambda: [prop("bowl", name="Plate")]),
    "shelf.glb": model("shelf.glb", lambda: [prop("bookcase", shelves=4)]),
    "small.glb": model("small.glb", lambda: [prop("desk", width=1.0)]),
    "large.glb": model("large.glb", lambda: [prop("desk", width=1.8)]),
    "room.glb": model("room.glb", lambda: [prop("bookcase"), prop("dining_chair", (1.5, 0))]),
    "room.blend": model("room.blend", lambda: [*boxes(ROOM), prop("dining_table"), prop("sofa", (0, 2))]),
    "my_furniture.glb": model("my_furniture.glb", lambda: [prop("desk", name="my desk"), prop("cupboard", (2, 0), "my cabinet")]),
    "walls.glb": model("walls.glb", lambda: boxes(ROOM)),
    "blockout.glb": model("blockout.glb", lambda: boxes(ROOM | BLOCKS)),
    "blockout.blend": model("blockout.blend", lambda: boxes(ROOM | BLOCKS)),
    "scan.glb": person("scan.glb", seed=5, gender=0.2),
    "rebuild.md/scan.glb": model("scan.glb", lambda: [prop("dining_chair")]),
    "figure.glb": person("figure.glb", seed=3),
    "models": lambda folder: several(folder / "models", "dining_chair", "floor_lamp", "vase"),
    "my-library": lambda folder: several(folder / "my-library", "stool", "vase"),
    "library": library("library"),
    "my_library": library("my_library"),
    "huge": library("huge"),
    "labels.csv": labels_csv,
    "kit.blend": kit,
    "job.toml": job,
    "docs": lambda folder: shutil.copytree(ROOT / "docs" / "samples", folder / "docs" / "samples"),
    "note.wav": spoken("note.wav", "This is an old wooden chair."),
    "request.wav": spoken("request.wav", "How many chairs are there?"),
    "voice.wav": spoken("voice.wav", "Welcome aboard."),
    "stroke.csv": stroke,
    "take.bvh": take,
    "sheet.png": picture("sheet.png", lambda: draw("solid", 0).picture),
    "photo.jpg": picture("photo.jpg", lambda: draw("scan", 0).picture),
    "town.png": picture("town.png", town),
    "map.png": picture("map.png", hills),
    "evening.png": picture("evening.png", evening),
    "lobby.jpg": picture("lobby.jpg", evening),
    "mood.jpg": picture("mood.jpg", evening),
}
