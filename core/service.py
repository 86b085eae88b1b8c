"""The methods the worker offers: one function each, taking the request's values and a progress callback.

Every function imports what it needs itself, so that a worker that only builds rooms never loads torch.
"""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from . import __version__
from .annotation.annotation import Annotation
from .cloud import PointCloud
from .progress import Progress, part
from .scene import Clip, Scene


def points(request: dict, progress: Progress) -> list[PointCloud]:
    """Clouds of ``request["meshes"]``: one of all ``together``, or one of each mesh, named after it.

    Keys: meshes, and as in ``spatial.sampling.sample`` count, method, density (points per square metre, or None), seed.
    """
    from .spatial.sampling import sample

    meshes = request["meshes"]
    groups = [("Points", meshes)] if request.get("together") else [(mesh.name, [mesh]) for mesh in meshes]
    options = {key: request[key] for key in ("count", "method", "density", "seed") if key in request}
    clouds = []
    for number, (name, group) in enumerate(groups):
        progress(number / len(groups), f"Sampling {name}")
        own = part(progress, number / len(groups), (number + 1) / len(groups))
        clouds.append(sample(group, name=name, progress=own, **options))
    return clouds


def annotate(request: dict, progress: Progress) -> list[Annotation]:
    """The reading of each of ``request["meshes"]``, with ``request["seed"]``; ``known`` and ``thorough`` as in ``annotate``,
    ``corrections`` the folder where the artist's are kept, and ``model`` one of the artist's own by name, "" the one that was
    chosen for annotating, or "shipped"."""
    from .annotation.annotate import annotate as annotate_meshes
    from .annotation.corrections import load

    corrections = load(Path(request["corrections"])) if request.get("corrections") else None
    known, thorough, reader = request.get("known"), request.get("thorough", True), _own_reader(request.get("model", ""))
    return annotate_meshes(request["meshes"], progress, request.get("seed", 0), known, thorough, corrections, reader)


def _own_reader(name: str) -> Any:
    """The reader of a model of the artist's own; None for the shipped one. Raises WorldwrightError when there is no such model."""
    from .learning.registry import SHIPPED, Registry, default_root

    registry = Registry(default_root())
    entry = None if name == SHIPPED else registry.get(name) if name else registry.chosen("annotate")
    if entry is None:
        return None
    from .learning import model

    return model.load(registry.checked(entry)).reader(entry.label)


def export_annotations(request: dict, progress: Progress) -> int:
    """Writes ``request["annotations"]`` of ``request["meshes"]`` as ``kind`` (csv, coco, usd or json) to ``path``; how many."""
    from .annotation.export import export

    return export(request["kind"], Path(request["path"]), request["meshes"], request["annotations"], progress)


def review(request: dict, progress: Progress) -> list[list[dict]]:
    """Of each of ``request["texts"]`` the concerns, {"kind", "reason", "score"}, by its words and its meaning."""
    import dataclasses

    from .review.meaning import concerns_of_all

    return [[dataclasses.asdict(concern) for concern in own] for own in concerns_of_all(request["texts"])]


def explain(request: dict, progress: Progress) -> np.ndarray:
    """(V,) how much each vertex of ``request["mesh"]`` spoke for ``request["label"]``; ``method`` as in ``explain``."""
    from .annotation.explain import explain as explain_label

    return explain_label(request["mesh"], request["label"], request.get("method", "ablate"), request.get("seed", 0))


def search(request: dict, progress: Progress) -> list[list]:
    """[number, score] of those of ``request["entries"]`` (values of ``search.Entry``) nearest to ``query``, or most like the
    entry number ``like``; best first."""
    from .annotation.search import Entry, similar
    from .annotation.search import search as search_entries

    entries = [Entry(**values) for values in request["entries"]]
    hits = similar(request["like"], entries) if "like" in request else search_entries(request["query"], entries)
    return [[hit.entry, hit.score] for hit in hits]


def character(request: dict, progress: Progress) -> Scene:
    """The character of ``request["brief"]``, the brief's values by name."""
    from .characters.brief import CharacterBrief
    from .characters.generate import generate

    return generate(CharacterBrief.from_dict(request["brief"]), progress)


def environment(request: dict, progress: Progress) -> Scene:
    """The room of ``request["brief"]``, the brief's values by name; ``kept``, where given, is a scene of what stays in it."""
    from .environments.brief import RoomBrief
    from .environments.furnish.found import kept_in
    from .environments.generate import generate

    kept = kept_in(request["kept"]) if request.get("kept") else {}
    return generate(RoomBrief.from_dict(request["brief"]), progress, next(iter(kept.values()), []))


def creature(request: dict, progress: Progress) -> Scene:
    """The creature of ``request["brief"]``, the brief's values by name."""
    from .creatures.brief import CreatureBrief
    from .creatures.generate import generate

    return generate(CreatureBrief.from_dict(request["brief"]), progress)


def robot(request: dict, progress: Progress) -> Scene:
    """The robot of ``request["brief"]``, the brief's values by name."""
    from .robots.brief import RobotBrief
    from .robots.generate import generate

    return generate(RobotBrief.from_dict(request["brief"]), progress)


def crowd(request: dict, progress: Progress) -> Scene:
    """The people of ``request["brief"]``, a ``CrowdBrief``'s values by name."""
    from .characters.crowd import CrowdBrief, generate

    return generate(CrowdBrief.from_dict(request["brief"]), progress)


def fit(request: dict, progress: Progress) -> Scene:
    """The person in ``request["meshes"]`` as a character, as ``request["brief"]``, a ``FitBrief``'s values, says."""
    from .characters.fit.brief import FitBrief
    from .characters.fit.character import fit as fit_character

    return fit_character(request["meshes"], FitBrief.from_dict(request["brief"]), progress)


def rig(request: dict, progress: Progress) -> Scene:
    """A skeleton and weights for the artist's ``request["meshes"]``, as ``request["brief"]``, a ``RigBrief``'s values, says.

    ``request["shown"]``, where it is given, are the meshes as modifiers show them; the body is fitted to these.
    """
    from .characters.fit.brief import RigBrief
    from .characters.fit.rigging import rig as rig_meshes

    return rig_meshes(request["meshes"], RigBrief.from_dict(request["brief"]), progress, request.get("shown") or None)


def clips(request: dict, progress: Progress) -> list[Clip]:
    """The clips that ``request["brief"]``, a ``CharacterBrief``'s values, names, on the humanoid skeleton ``request["rig"]``.

    ``request["own"]`` says that the skeleton is that of the brief's body.
    """
    from .characters.brief import CharacterBrief
    from .characters.retarget.onto import clips_onto

    return clips_onto(request["rig"], CharacterBrief.from_dict(request["brief"]), request.get("own", False), progress)


def retarget(request: dict, progress: Progress) -> list[Clip]:
    """Motions on the humanoid skeleton ``request["rig"]``: those in the file ``request["path"]``, or the ``clips`` of a ``source``.

    Keys: in_place (False), lock (True: feet that stood still stand still).
    """
    from pathlib import Path

    from .characters.retarget import motion_of, rig_of
    from .characters.retarget.onto import motions_onto, read_motions

    if request.get("path"):
        motions = read_motions(Path(request["path"]))
    else:
        source = rig_of(request["source"])
        motions = [motion_of(clip, source) for clip in request["clips"]]
    return motions_onto(request["rig"], motions, request.get("in_place", False), request.get("lock", True), progress)


def home(request: dict, progress: Progress) -> Scene:
    """The furnished home of ``request["brief"]``; ``kept``, where given, is a scene of what stays in its rooms."""
    from .environments.furnish.found import kept_in
    from .environments.home.brief import HomeBrief
    from .environments.home.generate import generate

    kept = kept_in(request["kept"]) if request.get("kept") else {}
    return generate(HomeBrief.from_dict(request["brief"]), progress, kept)


def read_plan(request: dict, progress: Progress) -> dict:
    """The floor plan in ``request["picture"]`` (H, W, 3 or 4) uint8 as JSON values; ``scale``: metres a pixel, or None."""
    from .environments.plan.read import read_plan as read

    return read(request["picture"], request.get("scale"), progress)


def plan(request: dict, progress: Progress) -> Scene:
    """The home of ``request["plan"]`` (JSON values of a floor plan), furnished and in the look of ``request["brief"]``."""
    from .environments.home.brief import HomeBrief
    from .environments.home.generate import build
    from .environments.home.plan import plan_from_dict

    return build(plan_from_dict(request["plan"]), HomeBrief.from_dict(request["brief"]), progress)


def city(request: dict, progress: Progress) -> Scene:
    """The street, district, square or village of ``request["brief"]``; of a colour ``sketch`` (H, W, 3 or 4) where given."""
    from .environments.city.brief import CityBrief
    from .environments.city.generate import generate

    return generate(CityBrief.from_dict(request["brief"]), progress, request.get("sketch"))


def landscape(request: dict, progress: Progress) -> Scene:
    """The landscape of ``request["brief"]``; on a height map ``heights`` (H, W) or from a ``sketch`` (H, W, 3 or 4) where given."""
    from .environments.landscape.brief import LandscapeBrief
    from .environments.landscape.generate import generate

    return generate(LandscapeBrief.from_dict(request["brief"]), progress, request.get("heights"), request.get("sketch"))


def greybox(request: dict, progress: Progress) -> Scene:
    """The detailed room of blocked-out ``request["meshes"]`` as ``request["brief"]`` says.

    Optional: ``keep``, names of meshes that stay; ``assets``, dicts of the artist's own (name, label, mesh); ``annotations``,
    name -> shares of the annotator's leaves.
    """
    from .environments.greybox.brief import GreyboxBrief
    from .environments.greybox.generate import generate, read_assets

    brief, assets = GreyboxBrief.from_dict(request["brief"]), read_assets(request.get("assets", []))
    return generate(request["meshes"], brief, progress, request.get("keep", []), assets, request.get("annotations"))


def furnish(request: dict, progress: Progress) -> Scene:
    """What ``request["brief"]``, a ``FurnishBrief``'s values, adds to or changes in the room of ``request["scene"]``.

    Optional: ``chosen``, names of the things to work on; ``room``, the name of one of several rooms.
    """
    from .environments.furnish.brief import FurnishBrief
    from .environments.furnish.furnish import furnish as furnish_room

    brief = FurnishBrief.from_dict(request["brief"])
    return furnish_room(request["scene"], brief, progress, set(request.get("chosen", [])), request.get("room", ""))


def talk(request: dict, progress: Progress) -> dict:
    """What the persona ``request["persona"]`` (JSON values) says to ``request["requests"]``, as ``interaction.talk.talk`` has it.

    Keys besides: rig, brief and taken of the character that talks; or ``character``, a ``CharacterBrief``'s values, which is made
    first; ``models``, folders by slot; ``sound``, the sound files' names without number. Returns dialogue (JSON values), clips,
    samples and rates by line, and the scene that was made, or None.
    """
    from .interaction.talk.persona import persona_from
    from .interaction.talk.talk import dialogue
    from .interaction.talk.talk import talk as talk_lines

    persona, scene, skeleton, brief = persona_from(request["persona"]), None, request.get("rig"), request.get("brief")
    if request.get("character"):
        scene = character({"brief": request["character"]}, part(progress, 0.0, 0.7))
        skeleton = next(node.skeleton for node in scene.nodes if node.skeleton is not None)
        brief, progress = request["character"], part(progress, 0.7, 1.0)
    taken = {clip.name for clip in scene.clips} if scene else set(request.get("taken", ()))
    lines = talk_lines(persona, request["requests"], skeleton, brief, taken, request.get("models"), progress)
    clips = [line.clip for line in lines if line.clip is not None]
    if scene:
        scene.clips = clips + scene.clips
    return {
        "dialogue": dialogue(persona, lines, request.get("sound", "")),
        "clips": clips,
        "samples": [line.samples for line in lines],
        "rates": [line.rate for line in lines],
        "scene": scene,
    }


def rebuild(request: dict, progress: Progress) -> Scene:
    """Parametric things of the shapes of ``request["meshes"]``, as ``request["brief"]``, a ``RebuildBrief``'s values, says.

    ``annotations``, where given: name -> shares of the annotator's leaves, which is asked otherwise.
    """
    from .inverse.brief import RebuildBrief
    from .inverse.rebuild import rebuild as rebuild_meshes

    return rebuild_meshes(request["meshes"], RebuildBrief.from_dict(request["brief"]), progress, request.get("annotations"))


def remake(request: dict, progress: Progress) -> Scene:
    """Rebuilt ``request["things"]`` (name, properties, place) built anew from their sliders; ``levels``: with levels of detail."""
    from .inverse.made import made_of
    from .inverse.made import remake as remake_things

    return remake_things(made_of(request["things"]), request.get("levels", True))


def vary(request: dict, progress: Progress) -> Scene:
    """Variants of the first of ``request["things"]`` (name, properties, place); ``brief``: a ``VaryBrief``'s values."""
    from .inverse.between import vary as vary_thing
    from .inverse.brief import VaryBrief
    from .inverse.made import made_of

    return vary_thing(made_of(request["things"])[0], VaryBrief.from_dict(request["brief"]), progress)


def blend(request: dict, progress: Progress) -> Scene:
    """What lies between the first two of ``request["things"]`` (name, properties, place); ``brief``: a ``BlendBrief``'s values."""
    from .inverse.between import blend as blend_things
    from .inverse.brief import BlendBrief
    from .inverse.made import made_of

    first, second = made_of(request["things"])[:2]
    return blend_things(first, second, BlendBrief.from_dict(request["brief"]), progress)


def ask(request: dict, progress: Progress) -> dict:
    """What a request means: ``text`` for the scene ``graph``, after what ``memory`` holds, with the ``models`` by slot and
    the ``colors`` of a shown picture.

    JSON values of an ``Understanding``.
    """
    from .interaction.scene_graph import Graph
    from .interaction.understand import Memory, understand

    memory = Memory(**request.get("memory", {}))
    graph, colors = Graph.from_dict(request["graph"]), tuple(request.get("colors", ()))
    return understand(request["text"], graph, memory, request.get("models"), colors).to_dict()


def ask_make(request: dict, progress: Progress) -> Scene:
    """The scene of a create ``command``, placed in the ``graph``; ``seed``; ``picture``: what ``show`` said of one."""
    from .interaction.commands import Create, from_dict
    from .interaction.make import make
    from .interaction.scene_graph import Graph

    command = from_dict(request["command"])
    assert isinstance(command, Create)
    return make(command, Graph.from_dict(request["graph"]), request.get("seed", 0), request.get("picture"), progress)


def hear(request: dict, progress: Progress) -> dict:
    """The words of a spoken request about ``graph``, ``samples`` (n,) at 16 kHz: text, problem (a sentence, or ""), seconds."""
    from .interaction.askable import possible_requests
    from .interaction.listen import hear as hear_speech
    from .interaction.scene_graph import Graph

    graph = Graph.from_dict(request["graph"]) if request.get("graph") else Graph([])
    askable = [said for said, _ in possible_requests(graph)]
    heard = hear_speech(request["samples"], request.get("models"), askable)
    return {"text": heard.text, "problem": heard.problem, "seconds": heard.seconds}


def show(request: dict, progress: Progress) -> dict:
    """What a reference ``picture`` (H, W, 3 or 4) uint8 says, as ``show.look_at`` has it."""
    from .interaction.show import look_at

    return look_at(request["picture"], request.get("models"))


def walk_through(request: dict, progress: Progress) -> dict:
    """A camera's walk through the rooms of ``request["scene"]``; ``seconds`` (0: at a walker's pace) and ``fps``."""
    from .environments.walk import walk_through as walk

    return walk(request["scene"], request.get("seconds", 0.0), request.get("fps", 24.0), progress)


def stage(request: dict, progress: Progress) -> Scene:
    """The stage for a thing with bounds ``low`` and ``high`` (3,), as ``request["brief"]``, a ``StageBrief``'s values, says."""
    from .environments.stage import StageBrief, build

    return build(request["low"], request["high"], StageBrief.from_dict(request["brief"]), progress, request.get("aspect", 16 / 9))


def train(request: dict, progress: Progress) -> dict:
    """A model of the artist's own from a library, as ``request["brief"]``, a ``TrainBrief``'s values, says (``learning.jobs``)."""
    from .learning.jobs import train_model

    return train_model(request, progress)


def tune(request: dict, progress: Progress) -> dict:
    """Good settings for training on a library, as ``request["brief"]``, a ``SearchBrief``'s values, says; see ``learning.jobs``."""
    from .learning.jobs import search_settings

    return search_settings(request, progress)


def pretrain(request: dict, progress: Progress) -> dict:
    """A base for trainings, learnt without labels, as ``request["brief"]``, a ``PretrainBrief``'s values, says."""
    from .learning.jobs import pretrain_network

    return pretrain_network(request, progress)


def labels_saved(request: dict, progress: Progress) -> dict:
    """How many labels the pre-trained network ``request["base"]`` saves on a labelled library; see ``learning.jobs``."""
    from .learning.jobs import labels_saved as report

    return report(request, progress)


def deploy_model(request: dict, progress: Progress) -> dict:
    """The model ``request["model"]`` for other programs, in ``request["file"]``; see ``learning.model_jobs``."""
    from .learning.model_jobs import deploy_model as written

    return written(request, progress)


def evaluate_model(request: dict, progress: Progress) -> dict:
    """Scores of the model ``request["model"]`` on the library ``request["library"]``; see ``learning.model_jobs``."""
    from .learning.model_jobs import score_model

    return score_model(request, progress)


def describe(request: dict, progress: Progress) -> dict[str, str]:
    """Versions of what the worker runs on: worldwright, python, numpy, and torch where it is installed (not imported here)."""
    versions = {"worldwright": __version__, "python": platform.python_version()}
    for name in ("numpy", "torch"):
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return versions


METHODS: dict[str, Callable[[dict, Progress], Any]] = {
    "points": points,
    "annotate": annotate,
    "export_annotations": export_annotations,
    "review": review,
    "explain": explain,
    "search": search,
    "character": character,
    "creature": creature,
    "robot": robot,
    "crowd": crowd,
    "environment": environment,
    "home": home,
    "read_plan": read_plan,
    "plan": plan,
    "city": city,
    "landscape": landscape,
    "greybox": greybox,
    "furnish": furnish,
    "walk_through": walk_through,
    "stage": stage,
    "rebuild": rebuild,
    "remake": remake,
    "vary": vary,
    "blend": blend,
    "fit": fit,
    "rig": rig,
    "clips": clips,
    "retarget": retarget,
    "talk": talk,
    "ask": ask,
    "ask_make": ask_make,
    "hear": hear,
    "show": show,
    "train": train,
    "tune": tune,
    "pretrain": pretrain,
    "labels_saved": labels_saved,
    "deploy_model": deploy_model,
    "evaluate_model": evaluate_model,
    "describe": describe,
}
NETWORKED = (  # these need PyTorch
    "annotate", "review", "fit", "rig", "rebuild", "ask", "hear", "train", "tune", "pretrain", "labels_saved",
    "deploy_model", "evaluate_model",
)  # fmt: skip
