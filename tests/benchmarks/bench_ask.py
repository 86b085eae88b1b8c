"""How well requests are understood, on two hundred written before training and kept apart; and how long an answer takes.

    python -m tests.benchmarks.bench_ask [--development] [--speech] [--every N] [--show]

``--speech`` speaks the sixty most usual requests with five voices of espeak-ng, where that is installed, and hears them.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from core.interaction import commands as c
from core.interaction.scene_graph import Graph, Thing
from core.interaction.understand import Memory, Understanding, understand

HERE = Path(__file__).parent
VOICES = ("en-us", "en-gb", "en-us+f3", "en-gb+m3", "en-gb-scotland+f2")
USUAL = (
    "add a chair", "add a plant next to the sofa", "put a lamp on the coffee table", "add two chairs around the dining table",
    "delete the vase",
    "remove the red cushion", "delete the plant", "remove the black chair", "move the armchair to the left",
    "move the sofa one metre back",
    "put the vase on the dining table", "move the plant next to the door", "put the bowl on the coffee table",
    "rotate the sofa by ninety degrees",
    "turn the armchair around", "turn the armchair towards the sofa", "make the rug bigger", "make the sofa smaller",
    "scale the plant by two",
    "make the bookcase two metres high", "paint the sofa blue", "make the walls yellow", "make the armchair red",
    "paint the door green",
    "change the rug to grey", "make the coffee table of oak", "copy the armchair", "duplicate the plant",
    "make three copies of the candle",
    "line up the dining chairs", "select the sofa", "select all chairs", "how many chairs are there",
    "how many pictures are there",
    "where is the candle", "where is the bowl", "how big is the sofa", "how tall is the bookcase", "how wide is the rug",
    "what is on the coffee table",
    "which things are red", "which chair is black", "what is missing for unreal", "is this ready for unity",
    "export everything for unreal",
    "export to godot", "save everything for unity", "show the room from above", "look at the sofa", "make it evening",
    "make it brighter",
    "make it night", "create a bedroom", "make a small kitchen", "create a tall woman with red hair",
    "make an old man with a beard", "create a black wolf",
    "make a rusty robot", "create a city street", "undo that",
)  # fmt: skip


def graph_of(objects: list[dict], **shown) -> Graph:
    """A benchmark scene as a graph."""
    things = []
    for thing in objects:
        (x, y, z), (a, b, h) = thing["at"], thing["size"]
        things.append(Thing.from_dict({
            "name": thing["name"], "low": [x - a / 2, y - b / 2, z], "high": [x + a / 2, y + b / 2, z + h],
            "yaw": math.radians(thing["yaw"]),
            "label": thing["label"], "color": thing["color"], "material": thing["material"], "role": thing.get("role", ""),
            "kind": thing.get("kind", ""), "clips": thing.get("clips", []), "rigged": bool(thing.get("clips")),
        }))  # fmt: skip
    return Graph(things, **shown)


def run(case: dict, scenes: dict) -> Understanding:
    """Understands one case, after the request before it where there is one."""
    point = case.get("point")
    graph = graph_of(scenes[case["scene"]], selected=tuple(case.get("selected", ())), recent=tuple(case.get("last_made", ())),
                     pointed=tuple(point) if point else None)  # fmt: skip
    memory = Memory()
    if case.get("after"):
        before = understand(case["after"], graph)
        touched = [name for command in before.commands for name in command.targets if name != c.MADE]
        memory = Memory([command.to_dict() for command in before.commands], touched)
    return understand(case["say"], graph, memory)


def fits(case: dict, found: Understanding) -> bool:
    """Whether a request ended as expected."""
    if case["expect"] == "refuse":
        return not found.commands and not found.question
    if case["expect"] == "confirm":
        return bool(found.question)
    return len(found.commands) == len(case["expect"]) and all(
        _same(wanted, command.to_dict()) for wanted, command in zip(case["expect"], found.commands, strict=True)
    )


def _same(wanted: dict, made: dict) -> bool:
    for name, value in wanted.items():
        got = made.get(name)
        if name in ("targets", "to"):
            right = set(value) == set(got or ())
        elif name == "place":
            right = got is not None and len(got) == 3 and max(abs(a - b) for a, b in zip(value, got, strict=True)) < 0.02
        elif isinstance(value, float):
            right = got is not None and abs(got - value) <= 0.01 * max(abs(value), 1)
        else:
            right = (got or "").lower() in [option.strip().lower() for option in value.split("|")]
        if not right:
            return False
    return True


def measure(name: str, show: bool) -> None:
    """Prints the table of one file of requests."""
    data = json.loads((HERE / name).read_text(encoding="utf-8"))
    right, wrong, seconds = [], 0, []
    kinds: dict[str, list[bool]] = {}
    for case in data["requests"]:
        began = time.process_time()
        found = run(case, data["scenes"])
        seconds.append(time.process_time() - began)
        good = fits(case, found)
        right.append(good)
        changes = any(command.changes for command in found.commands)
        wrong += not good and changes
        for kind in case["kinds"]:
            kinds.setdefault(kind, []).append(good)
        if show and not good:
            dicts = [command.to_dict() for command in found.commands]
            made = [{k: v for k, v in values.items() if v not in ("", [], None)} for values in dicts]
            print(
                f"✗ {case['say']}\n    wanted {case['expect']}\n    got    {made or found.refusal or found.question}"
            )
    print(f"{name}: right {sum(right)}/{len(right)} = {sum(right) / len(right):.1%}, wrong action {wrong / len(right):.1%}")
    for kind, values in sorted(kinds.items()):
        print(f"  {kind:10s} {sum(values):3d}/{len(values):3d} = {sum(values) / len(values):.1%}")
    seconds.sort()
    print(f"  processor seconds: median {seconds[len(seconds) // 2]:.3f}, 95 % under {seconds[int(len(seconds) * 0.95)]:.3f}")


def speak(show: bool, every: int) -> None:
    """Prints how many of the usual requests end in the right command when they are spoken."""
    from core.crossmodal.sound import read_wav
    from core.interaction.askable import possible_requests
    from core.interaction.listen import hear

    scenes = json.loads((HERE / "requests.json").read_text(encoding="utf-8"))["scenes"]
    graph = graph_of(scenes["living"])
    askable = [sentence for sentence, _ in possible_requests(graph)]
    good, seconds, total = {}, [], 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        for voice in VOICES:
            for said in USUAL[::every]:
                wanted = [command.to_dict() for command in understand(said, graph).commands]
                subprocess.run(["espeak-ng", "-v", voice, "-s", "145", "-w", str(path), said], check=True)
                samples = read_wav(path)
                began = time.process_time()
                heard = hear(samples, None, askable)
                found = understand(heard.text, graph) if heard.text else Understanding("")
                seconds.append(time.process_time() - began)
                made = [command.to_dict() for command in found.commands]
                same = bool(made) and [_core(x) for x in made] == [_core(x) for x in wanted]
                good.setdefault(voice, []).append(same)
                total += same
                if show and not same:
                    print(f"✗ {voice}: {said!r} heard {heard.text!r}: {found.said or found.refusal}")
    for voice, values in good.items():
        print(f"  {voice:20s} {sum(values)}/{len(values)} = {sum(values) / len(values):.1%}")
    seconds.sort()
    print(
        f"spoken: right {total / len(seconds):.1%}; processor seconds: median {seconds[len(seconds) // 2]:.2f}, "
        f"95 % under {seconds[int(len(seconds) * 0.95)]:.2f}"
    )


def _core(command: dict) -> dict:
    return {name: value for name, value in command.items() if name not in ("prompt", "noun")}


def main() -> None:
    """Prints the tables."""
    options = argparse.ArgumentParser()
    options.add_argument("--development", action="store_true")
    options.add_argument("--speech", action="store_true")
    options.add_argument("--show", action="store_true")
    options.add_argument("--every", type=int, default=1, help="speak only every so manieth of the usual requests")
    chosen = options.parse_args()
    import torch

    torch.set_num_threads(1)
    if not chosen.speech:
        measure("requests_development.json" if chosen.development else "requests.json", chosen.show)
    if chosen.speech and shutil.which("espeak-ng"):
        speak(chosen.show, chosen.every)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
