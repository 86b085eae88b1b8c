"""A crowd: many different people at once, who share skins, cloth and clips, and a report of who was made.

Priors are even by default: every age of the range, every skin tone, every build and both sexes are as likely as any other.
They are drawn in strata (one person from each equal slice), so that even a small crowd is spread as its priors say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from .. import __version__
from ..briefs import Brief, choice, flag, number, whole
from ..errors import WorldwrightError
from ..progress import Progress, silent
from ..scene import Clip, Material, Node, Report, Scene
from . import chance
from .body import load_pack
from .brief import ADULT_AGE, CharacterBrief

SKIN_TONES = 5  # skins that are painted: tones times ages, with and without stubble or shorn hair at most
SKIN_AGES = (8.0, 30.0, 65.0)
SLEEVELESS = {
    "summer": ("t-shirt", "t-shirt", "shirt", "dress"),
    "winter": ("coat", "jacket", "sweater", "coat"),
    "office": ("shirt", "jacket", "shirt", "sweater"),
}
BINS = {
    "age": ((0, 13, "child"), (13, 18, "teenager"), (18, 36, "18 to 35"), (36, 56, "36 to 55"), (56, 200, "over 55")),
    "skin": ((0, 0.25, "light"), (0.25, 0.5, "medium light"), (0.5, 0.75, "medium dark"), (0.75, 1.01, "dark")),
    "build": ((0, 0.35, "slight"), (0.35, 0.65, "medium"), (0.65, 1.01, "heavy")),
    "sex": ((0, 0.5, "female"), (0.5, 1.01, "male")),
}
FIELDS = {"age": "age", "skin": "skin_tone", "build": "weight", "sex": "gender"}


@dataclass
class CrowdBrief(Brief):
    """Many people. The priors say from where to where each trait is drawn, evenly."""

    count: int = whole(12, 1, 200, help="How many people", group="Crowd")
    arrangement: str = choice("scattered", ("scattered", "grid", "line", "circle"), help="How they stand", group="Crowd")
    spacing: float = number(1.1, 0.6, 5, unit="m", help="From one person to the next", group="Crowd")
    outfit: str = choice("everyday", ("everyday", "summer", "winter", "office"), help="What they wear", group="Crowd")
    low_budget: bool = flag(False, help="Hair as caps and plainer cloth: about half the triangles", group="Crowd")

    female_share: float = number(0.5, 0, 1, help="Share of women and girls", group="Who")
    youngest: float = number(18, 3, 90, unit="years", help="Age from", group="Who")
    oldest: float = number(80, 3, 90, unit="years", help="Age to", group="Who")
    lightest: float = number(0, 0, 1, help="Skin tone from", group="Who")
    darkest: float = number(1, 0, 1, help="Skin tone to", group="Who")
    slightest: float = number(0.15, 0, 1, help="Build from", group="Who")
    heaviest: float = number(0.85, 0, 1, help="Build to", group="Who")

    def validate(self) -> CrowdBrief:
        """As ``Brief.validate``; also raises WorldwrightError where a range ends before it starts."""
        super().validate()
        for low, high in (("youngest", "oldest"), ("lightest", "darkest"), ("slightest", "heaviest")):
            if getattr(self, low) > getattr(self, high):
                raise WorldwrightError(f"“{low}” lies above “{high}”.", "Swap the two.")
        return self


def read_prompt(prompt: str, seed: int) -> tuple[CrowdBrief, list[str]]:
    """ "40 office workers", "a crowd of 20 children in winter": number, age, season; notes say what was not understood."""
    words = re.findall(r"[a-z]+|\d+", prompt.lower())
    if not words:
        raise WorldwrightError("The prompt is empty.", "Say how many people you want, in English.")
    values: dict = {"seed": seed}
    known: dict[str, dict[str, object]] = {
        "summer": {"outfit": "summer"}, "winter": {"outfit": "winter"}, "office": {"outfit": "office"},
        "business": {"outfit": "office"},
        "children": {"youngest": 5.0, "oldest": 12.0}, "kids": {"youngest": 5.0, "oldest": 12.0}, "pupils": {"youngest": 6.0,
            "oldest": 17.0},
        "teenagers": {"youngest": 13.0, "oldest": 17.0}, "students": {"youngest": 18.0,
            "oldest": 28.0}, "seniors": {"youngest": 65.0, "oldest": 88.0},
        "elderly": {"youngest": 65.0, "oldest": 88.0}, "families": {"youngest": 4.0,
            "oldest": 80.0}, "women": {"female_share": 1.0},
        "men": {"female_share": 0.0}, "girls": {"female_share": 1.0, "youngest": 5.0, "oldest": 15.0},
        "boys": {"female_share": 0.0, "youngest": 5.0,
            "oldest": 15.0}, "line": {"arrangement": "line"}, "queue": {"arrangement": "line"},
        "circle": {"arrangement": "circle"}, "grid": {"arrangement": "grid"},
    }  # fmt: skip
    filler = set(
        "a an the of in with and crowd group people persons person workers adults clothes "
        "clothing standing different at for to some many".split()
    )
    unknown = []
    for word in words:
        if word.isdigit():
            values["count"] = min(max(int(word), 1), 200)
        elif word in known:
            values |= known[word]
        elif word not in filler:
            unknown.append(word)
    return CrowdBrief.from_dict(values), [f"Not understood: {', '.join(unknown)}."] if unknown else []


def people(brief: CrowdBrief) -> Iterator[CharacterBrief]:
    """The briefs of everyone, in order. Traits are drawn independently of each other."""
    rng = np.random.default_rng(brief.seed)
    count = brief.count

    def slices(low: float, high: float) -> np.ndarray:
        """(count,) one value from each of ``count`` equal slices of the range, in random order."""
        return low + (high - low) * rng.permutation((np.arange(count) + rng.random(count)) / count)

    ages, tones, builds = (
        slices(brief.youngest, brief.oldest),
        slices(brief.lightest, brief.darkest),
        slices(brief.slightest, brief.heaviest),
    )
    female = rng.permutation(np.arange(count) < round(brief.female_share * count))
    for k in range(count):
        said = {"gender": 0.0 if female[k] else 1.0, "age": round(float(ages[k]), 1), "weight": round(float(builds[k]), 3)}
        drawn, _ = chance.draw(said, np.random.default_rng([brief.seed, k]))
        values = drawn | said | {"skin_tone": round(float(tones[k]), 3), "seed": int(rng.integers(2**31 - 1))}
        values |= _origin(values["skin_tone"], rng)
        if brief.outfit in SLEEVELESS:
            options = SLEEVELESS[brief.outfit]
            values["upper"] = options[int(rng.integers(len(options) - (not female[k])))]
        if brief.outfit == "summer" and values.get("lower") == "trousers" and rng.random() < 0.5:
            values["lower"] = "shorts"
        values |= {"face_units": False, "motion": False, "variety": 0.7, "hair_build": "cap" if brief.low_budget else "cards"}
        yield CharacterBrief.from_dict(values)


def _origin(tone: float, rng: np.random.Generator) -> dict[str, float]:
    """Shares of features, anything being possible with any tone, the usual being likelier."""
    usual = {"african": 0.15 + tone, "asian": 0.75 - 0.5 * abs(tone - 0.4), "caucasian": 1.0 - 0.8 * tone}
    shares = rng.dirichlet([0.5 * value + 0.1 for value in usual.values()])
    return {name: round(float(max(share, 0.01)), 3) for name, share in zip(usual, shares, strict=True)}


def generate(brief: CrowdBrief, progress: Progress = silent) -> Scene:
    """Everyone, each with a rig of their own on the same bones and rest rotations; skins, cloth and clips are shared.

    The report's checks count who was made. Raises WorldwrightError.
    """
    from .generate import generate as generate_person  # the panel needs the brief alone, and quickly

    brief.validate()
    rng = np.random.default_rng([brief.seed, 1])
    places = _places(brief, rng)
    skins: dict[tuple, Material] = {}
    materials: dict[tuple, Material] = {}
    nodes: list[Node] = []
    made: list[CharacterBrief] = []
    triangles = 0
    for k, person in enumerate(people(brief)):
        progress(0.95 * k / brief.count, f"Person {k + 1} of {brief.count}")
        scene = generate_person(person, skin=_skin(person, skins))
        triangles += int(scene.report.counts["triangles"])
        _share(scene, materials)
        nodes += _named(scene, f"Person {k + 1:02d}", places[k], person)
        made.append(person)
    clips = _clips(brief)
    provenance = {"kind": "crowd", "brief": brief.to_dict(), "seed": brief.seed, "version": __version__,
                  "model": "MakeHuman base mesh hm08 and targets, rank-96 basis",
                      "licence": "CC0-1.0 (body data); the result is yours"}  # fmt: skip
    scene = Scene("Crowd", nodes, clips, provenance)
    counts = {
        "people": len(made), "triangles": triangles, "meshes": sum(node.mesh is not None for node in nodes),
        "materials": len({id(m) for node in nodes if node.mesh for m in node.mesh.materials}), "skins": len(skins),
        "clips": len(clips),
    }  # fmt: skip
    scene.report = Report(counts, fairness(made), [])
    progress(1.0, "Done")
    return scene


def fairness(made: list[CharacterBrief]) -> dict[str, str]:
    """Who was made: for age, skin, build and sex how many of each group, largest group first named as a share."""
    result = {}
    for trait, bins in BINS.items():
        values = np.array([getattr(person, FIELDS[trait]) for person in made])
        parts = [(name, int(((values >= low) & (values < high)).sum())) for low, high, name in bins]
        result[trait] = ", ".join(f"{name} {count}" for name, count in parts if count)
    together = np.array([[person.gender, person.weight, person.skin_tone, person.age] for person in made])
    if len(made) > 2 and (together.std(axis=0) > 0).all():
        linked = np.abs(np.corrcoef(together.T) - np.eye(4)).max()
        result["strongest_link_between_traits"] = f"{linked:.2f}"
    return result


def _skin(person: CharacterBrief, skins: dict[tuple, Material]) -> Material:
    """A painted skin near the person's own: one of a few tones and ages."""
    tone = (round(person.skin_tone * (SKIN_TONES - 1))) / (SKIN_TONES - 1)
    age = min(SKIN_AGES, key=lambda known: abs(known - person.age))
    age = max(age, ADULT_AGE) if person.is_adult else min(age, 12.0)
    shorn = person.beard == "stubble" or person.hair in ("buzz", "receding")
    key = (tone, age, shorn)
    if key not in skins:
        from .skin import paint

        shown = replace(person, skin_tone=tone, age=age, freckles=0.0, makeup=0.0)
        skins[key] = paint(load_pack(), shown, np.random.default_rng([len(skins), round(tone * 100), round(age)]))
    return skins[key]


def _share(scene: Scene, materials: dict[tuple, Material]) -> None:
    """Materials that look alike become one."""
    for node in scene.nodes:
        if node.mesh is not None:
            node.mesh.materials = [materials.setdefault(_look(material), material) for material in node.mesh.materials]


def _look(material: Material) -> tuple:
    """What tells materials of a crowd apart: their name and their colour, no finer than the eye sees in passing."""
    if material.name == "Skin":
        return ("Skin", id(material))
    return (
        material.name,
        *(round(float(channel) ** 0.45 * 10) for channel in material.base_color),
        material.base_color_texture is None,
    )


def _named(scene: Scene, name: str, place: np.ndarray, person: CharacterBrief) -> list[Node]:
    """The person's nodes under a name of their own, where they stand."""
    renamed = {node.name: name if node.skeleton is not None else f"{name} {node.name}" for node in scene.nodes}
    for node in scene.nodes:
        node.name, node.parent, node.armature = renamed[node.name], renamed.get(node.parent, ""), renamed.get(node.armature, "")
        if node.skeleton is not None:
            node.transform = place
            node.properties = {**node.properties, "age": person.age, "brief": person.to_dict()}
    return scene.nodes


def _places(brief: CrowdBrief, rng: np.random.Generator) -> np.ndarray:
    """(count, 4, 4) float32 where everyone stands and looks; nobody stands nearer than ``spacing`` times 0.7."""
    count, gap = brief.count, brief.spacing
    turn = rng.uniform(-0.5, 0.5, count)
    if brief.arrangement == "line":
        spots = np.stack([(np.arange(count) - (count - 1) / 2) * gap, np.zeros(count)], axis=1)
    elif brief.arrangement == "circle":
        angle = 2 * np.pi * np.arange(count) / count
        radius = max(gap * count / (2 * np.pi), 0.5 * gap)
        spots = radius * np.stack([np.sin(angle), -np.cos(angle)], axis=1)
        turn = angle + np.pi
    else:
        wide = int(np.ceil(np.sqrt(count)))
        cell = np.stack([np.arange(count) % wide, np.arange(count) // wide], axis=1) - (wide - 1) / 2
        loose = 0.15 if brief.arrangement == "scattered" else 0.0
        spots = gap * (cell + rng.uniform(-loose, loose, (count, 2)))
        turn = turn * (3.0 if brief.arrangement == "scattered" else 0.2)
    result = np.tile(np.eye(4, dtype=np.float32), (count, 1, 1))
    result[:, 0, 0] = result[:, 1, 1] = np.cos(turn)
    result[:, 1, 0], result[:, 0, 1] = np.sin(turn), -np.sin(turn)
    result[:, :2, 3] = spots
    return result


def _clips(brief: CrowdBrief) -> list[Clip]:
    """Idle and walk of a person of the crowd's middle age, which the shared rest rotations let everyone play."""
    from .generate import generate as generate_person

    middle = CharacterBrief(
        age=round((brief.youngest + brief.oldest) / 2, 1), variety=0.0, shoes="shoes", hair="bald", face_units=False
    )
    skin = Material("Skin")
    return generate_person(middle, skin=skin).clips
