"""The annotator's model card, written from the numbers of its training and evaluation."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from ..annotation.network import FOREST_SHARE, CommitteeConfig
from ..annotation.taxonomy import GROUPS
from ..spatial.statistics import STATISTICS
from .data import Library
from .shapes import SHAPES

LIMITS = """\
- It knows {leaves} leaves and nothing else. What belongs to none of them is answered with `unknown` only as often as the table
  says; the rest gets the label of what it most resembles.
- Z must be up. Yaw, size and unit do not matter; an object lying on its side is often misread.
- It sees {points} points: small or thin details (a trigger, a key's teeth) are lost; writing and pictures on surfaces are not read.
- One mesh is one object: a room joined into one mesh is read as one thing, a chair split into legs as several.
- The library is stylised and low-poly for the most part; photographed scans and CAD models were not tested.
- Leaves with few examples ({rare}) are guesses more often than their confidence says.
"""


def write_card(path: Path, library: Library, config: CommitteeConfig, notes: dict, log: list[dict], scores: dict) -> None:
    """Writes the card as Markdown."""
    train = [number for number in library.where("train") if library.packs[number] not in notes["held_packs"]]
    counts = Counter(library.leaves[number] for number in train if library.leaves[number])
    sources = Counter((library.authors[number], library.licences[number]) for number in train if library.leaves[number])
    rare = ", ".join(sorted(leaf for leaf, count in counts.items() if count < 12))
    settings = notes["train"]
    lines = [
        f"# Annotator {notes['version']}",
        "",
        f"Reads a point cloud of one object and names what it is, {len(config.network.leaves)} leaves in {len(GROUPS)} groups",
        f"(`core/annotation/taxonomy.py`): {config.members} network(s), each a PointNet with Fourier features beside a shape",
        f"descriptor, and a forest of {config.trees} extremely randomised trees over {STATISTICS} shape statistics, which",
        f"counts for {FOREST_SHARE:.0%} of the answer.",
        "Weights in half precision, GPL-3.0-or-later.",
        "",
        "## Scores on artists it never saw",
        "",
        "    worldwright evaluate annotator --split unseen-artist --data FOLDER",
        "",
        f"{scores['models']} labelled models of {scores['leaves']} leaves by Kay Lousberg (KayKit) and Reallusion, "
        "none of which was trained on.",
        "",
        *_table(scores),
        "",
        f"Threshold {scores['threshold']:.2f}: {scores['coverage']:.0%} of the models get an answer, "
        f"{scores['accuracy_covered']:.0%} of these are right; expected calibration error {scores['calibration_error']:.3f}.",
        f"Of {scores.get('strangers', 0)} models that belong to no leaf, {scores.get('strangers_unknown', 0):.0%} are answered "
        "with `unknown`.",
        "",
        "### Each leaf",
        "",
        "| leaf | models | top-1 | top-3 | precision | trained on |",
        "|---|---|---|---|---|---|",
        *[
            f"| {leaf} | {row['count']} | {row['top1']:.2f} | {row['top3']:.2f} | {row['precision']:.2f} | {counts[leaf]} |"
            for leaf, row in sorted(scores["per_leaf"].items(), key=lambda item: -item[1]["count"])
        ],
        "",
        "Leaves without a model by an unseen artist, and what they were trained on: "
        + ", ".join(f"{leaf} {counts[leaf]}" for leaf in config.network.leaves if leaf not in scores["per_leaf"])
        + ".",
        "",
        "### Commonest confusions",
        "",
        "; ".join(f"{pair} {count}" for pair, count in scores["confusions"].items()) + ".",
        "",
        "## Data",
        "",
        "| author | licence | labelled models |",
        "|---|---|---|",
        *[f"| {author} | {licence} | {count} |" for (author, licence), count in sources.most_common()],
        f"| Worldwright's procedural shapes | CC0-1.0 | {notes['shapes_per_leaf']} of each of {len(SHAPES)} leaves |",
        "",
        "Labels come from file names by the rules of `core/learning/labels.py`, checked on pictures of the clouds.",
        "The procedural shapes (`core/learning/shapes`) have random colours; the column “trained on” above does not count them.",
        "No model is distributed with the weights.",
        "",
        "The unseen artists' models were never trained on, but taxonomy and shapes were made by people who had seen them, and",
        "several trainings were compared on them: on a truly unknown library expect somewhat lower scores.",
        "",
        "## Training",
        "",
        f"`python -m core.learning.train_annotator --data FOLDER --seed {settings['seed']} --epochs {settings['epochs']} "
        f"--members {config.members}`: "
        f"AdamW "
        f"{settings['rate']:g} with warm-up and cosine, weight decay {settings['decay']:g}, "
        f"label smoothing {settings['smoothing']:g}, batches of {settings['batch']} clouds of {settings['points']} points, "
        f"leaves drawn by count^{1 - settings['balance']:.1f}.",
        f"Temperature {notes['temperature']:.2f} and threshold fitted on the held-out packs {', '.join(notes['held_packs'])} "
        f"({notes['held_models']} models, top-1 {notes['held_top1']:.2f} there).",
        "",
        *_curve(log),
        "",
        "## What it cannot do",
        "",
        LIMITS.format(leaves=len(config.network.leaves), points="1,024", rare=rare),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")


def _table(scores: dict) -> list[str]:
    rows = [("as they are", scores), ("distinct shapes only", scores["distinct"]), ("without colours", scores["without_colors"])]
    rows += [("without normals", scores["without_normals"]), ("without both", scores["without_both"])]
    head = ["| | top-1 | top-3 | mean over leaves | group |", "|---|---|---|---|---|"]
    return head + [
        f"| {name} | {row['top1']:.3f} | {row['top3']:.3f} | {row['macro']:.3f} | {row['group']:.3f} |" for name, row in rows
    ]


def _curve(log: list[dict]) -> list[str]:
    head = ["| seed | epoch | loss | held-out top-1 | top-3 |", "|---|---|---|---|---|"]
    chosen = [entry for entry in log if entry["epoch"] == 1 or entry["epoch"] % 7 == 0]
    return head + [
        f"| {entry['seed']} | {entry['epoch']} | {entry['loss']:.3f} | {entry.get('held_top1', float('nan')):.3f} "
        f"| {entry.get('held_top3', float('nan')):.3f} |".replace("nan", "–")
        for entry in chosen
    ]
