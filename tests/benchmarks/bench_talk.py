"""Numbers of characters that talk: answers on questions written apart, lips on the real face, alignment, times.

    python -m tests.benchmarks.bench_talk
"""

from __future__ import annotations

import csv
import time
from pathlib import Path

import numpy as np

from core.characters.body import build
from core.characters.brief import CharacterBrief
from core.characters.rig import skeleton
from core.crossmodal.sound import resample
from core.interaction.talk import answer as answering
from core.interaction.talk.align import align
from core.interaction.talk.persona import Persona, read_persona
from core.interaction.talk.talk import talk
from core.interaction.talk.voice import speak

ROOT = Path(__file__).parents[2]
SENTENCES = (
    "My mama bought a big purple map, maybe.",
    "Welcome aboard! My name is Anna. May I show you our museum?",
    "The Marigold sank in a storm in 1904 and was raised fifty years later.",
    "Yes, there is a lift beside the entrance, and every room can be reached with a wheelchair.",
)


def judged(persona: Persona, rows: list[dict]) -> np.ndarray:
    """(n, 3) sureness of the best answer, whether it is the right one, whether there is one."""
    found = []
    for row in rows:
        ranked = answering._ranked(persona, row["question"], None)
        wanted = row["answer"]
        found.append((answering.sureness(ranked), bool(wanted) and ranked[0][1].startswith(wanted), bool(wanted)))
    return np.array(found, float)


def rates(table: np.ndarray, threshold: float) -> tuple[float, float, float]:
    """Of answerable questions the share answered rightly; of the others the share refused; of all the share answered wrongly."""
    said = table[:, 0] >= threshold
    known = table[:, 2] > 0
    right = said & (table[:, 1] > 0)
    return float(right[known].mean()), float((~said)[~known].mean()), float((said & ~right).mean())


def answers() -> None:
    rows = list(csv.DictReader((ROOT / "tests/benchmarks/persona_questions.csv").open(encoding="utf-8")))
    tables = {}
    for name in dict.fromkeys(row["persona"] for row in rows):
        tables[name] = judged(read_persona(ROOT / "docs/samples" / name), [row for row in rows if row["persona"] == name])
        right, refused, wrong = rates(tables[name], answering.THRESHOLD)
        print(f"{name:20s} {len(tables[name]):3d} questions: right {right:.3f}, unknown refused {refused:.3f}, wrong {wrong:.3f}")
    everything = np.concatenate(list(tables.values()))
    right, refused, wrong = rates(everything, answering.THRESHOLD)
    print(f"all at the shipped threshold: right {right:.3f}, unknown refused {refused:.3f}, wrong {wrong:.3f}")
    apart = []
    for name, table in tables.items():  # a threshold chosen on the other personas alone
        others = np.concatenate([other for key, other in tables.items() if key != name])
        best = max(np.arange(0.2, 0.7, 0.01), key=lambda threshold: np.subtract(*np.array(rates(others, threshold))[[0, 2]])
                   + rates(others, threshold)[1])  # fmt: skip
        said = table[:, 0] >= best
        apart.append(np.stack([said & (table[:, 1] > 0), table[:, 2] > 0, ~said & (table[:, 2] == 0)], axis=1))
        print(f"  threshold without {name}: {best:.2f}")
    whole = np.concatenate(apart)
    known = whole[:, 1]
    print(f"thresholds from the other personas: right {whole[known, 0].mean():.3f}, unknown refused {whole[~known, 2].mean():.3f}")


def alignment() -> None:
    rng = np.random.default_rng(0)
    errors = []
    for name, pace in (("en-us+f3", 130), ("en-gb", 180), ("en-gb-scotland", 150), ("en-us+m4", 110)):
        for text in SENTENCES:
            true = speak(text, name, pace)
            samples = resample(true.samples.astype(np.float32) / 32768, true.rate)
            noise = rng.normal(0, 0.003, len(samples) + 13_000)
            samples = (np.concatenate([np.zeros(8000), samples, np.zeros(5000)]) + noise).astype(np.float32)
            told = [one.start for one in align(samples, speak(text)) if one.symbol in ("m", "b", "p")]
            errors += [min(abs(second + 0.5 - other) for other in told) for second in
                       (one.start for one in true.phonemes if one.symbol in ("m", "b", "p"))]  # fmt: skip
    print(f"m, b, p in recordings of four other voices: off by {1000 * np.median(errors):.0f} ms (median), "
          f"{1000 * np.percentile(errors, 95):.0f} ms (95 %), {len(errors)} sounds")  # fmt: skip


def times() -> None:
    persona = read_persona(ROOT / "docs/samples/museum-guide.json")
    rig = skeleton(build(CharacterBrief(), np.random.default_rng(0).spawn(1)[0]), "unreal")
    answering.answer(persona, "warm up")
    question, brief = "at what time do you open", CharacterBrief().to_dict()
    for what, work in (
        ("answer to text", lambda: answering.answer(persona, question)),
        ("answer, voice and clip", lambda: talk(persona, [{"question": question}], rig, brief)),
    ):
        walls, busy = [], []
        for _ in range(5):
            began, used = time.perf_counter(), time.process_time()
            work()
            walls.append(time.perf_counter() - began)
            busy.append(time.process_time() - used)
        print(f"{what}: {min(walls):.2f} s (best of 5, warm), {np.median(busy):.2f} s of this process's time")


if __name__ == "__main__":
    answers()
    alignment()
    times()
