"""Trains the fusion of shape, look, names, spoken notes and touch.

    python -m core.learning.train_fusion --data FOLDER

Every example is shown with a random part of what is known of it, with wrong names now and then, and in words of many kinds, so
that any subset serves and a misleading name does not decide alone. Gathering the features takes about an hour on one core the
first time (kept in ``--cache``); training takes a few minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ..annotation.fusing import shape_value
from ..annotation.materials import MATERIALS
from ..annotation.reader import POINTS, VIEWS, shipped
from ..annotation.taxonomy import LEAVES
from ..crossmodal.fusion import Fusion, FusionConfig
from ..crossmodal.image import image_encoder
from ..crossmodal.look import LOOK
from ..crossmodal.text import text_encoder
from ..errors import WorldwrightError
from .calibrate import calibration_error, softmax
from .data import CACHE, Library, load_library
from .fusion_card import write_card
from .modalities import TURNS, Made, Slots, Views, as_tensor, name_vectors, see_library, see_made, votes
from .sayings import captions
from .sayings import notes as spoken_notes
from .train import predict

THRESHOLD = 0.35  # under which the verdict is “unknown”
HELD_PACKS = ("KatorLegaz", "survival_pack", "platformer_pack")
TOUCHED = ("fabric", "leather", "metal", "paper", "wood")  # the materials the touch network knows, in its order
KEPT = {"shape": 0.75, "form": 0.75, "picture": 0.6, "text": 0.5, "speech": 0.2, "touch": 0.3, "look": 0.6, "slot": 0.4}
"""How often each modality is shown in training."""
WRONG_NAME = 0.05
OWN_SHARE = 0.45  # of the made examples that our own generators made
ALONE = 0.5  # weight of the loss of each expert by itself
SHARP = 15.0  # by which cosines are multiplied in the contrastive loss


@dataclass
class FusionTraining:
    """``shape_share`` procedural shapes beside each real example; leaves are drawn by count to the power of ``evenness``."""

    seed: int = 0
    steps: int = 1600
    batch: int = 96
    rate: float = 1.5e-3
    decay: float = 0.1
    shape_share: float = 0.4
    evenness: float = 0.4


class Examples:
    """The library's and the procedural shapes' features as tensors, and batches of them with random parts left out."""

    def __init__(self, library: Library, real: Views, shapes: Made, slots: Slots, config: FusionTraining):
        encoder, leaves = text_encoder(), list(LEAVES)
        own, made = votes(library, real, shapes, config.seed)
        self.form, self.picture = as_tensor(real.form), as_tensor(real.picture)
        self.shape, self.made_shape, self.made_form = as_tensor(own), as_tensor(made), torch.from_numpy(shapes.views.form)
        self.made_picture, self.colored = torch.from_numpy(shapes.views.picture), torch.from_numpy(shapes.colored)
        vectors, self.told = name_vectors(library.names)
        self.text = as_tensor(vectors)
        self.target = torch.tensor([leaves.index(leaf) if leaf else -1 for leaf in library.leaves])
        self.made_target = torch.tensor([leaves.index(leaf) for leaf in shapes.leaves])
        self.notes = torch.stack([as_tensor(encoder.encode(lines)) for lines in spoken_notes()])  # (leaves, N, width)
        self.captions = as_tensor(encoder.encode(captions()))
        self.slot_of: dict[int, list[int]] = {}
        for number, owner in enumerate(slots.owner):
            self.slot_of.setdefault(int(owner), []).append(number)
        self.look, self.slot = as_tensor(slots.look), as_tensor(encoder.encode(slots.names))
        self.material = torch.from_numpy(slots.material.astype(np.int64))
        self.seen = real.seen
        self.config = config

    def config_of(self) -> FusionConfig:
        """The network that fits these features."""
        words, views = self.text.shape[1], self.form.shape[2]
        widths = {"shape": len(LEAVES), "form": views, "picture": views, "text": words, "speech": words, "touch": len(TOUCHED),
                  "look": LOOK, "slot": words}  # fmt: skip
        return FusionConfig(widths, tuple(LEAVES), tuple(MATERIALS), words)

    def whole(self, index: np.ndarray) -> dict[str, Tensor]:
        """What is known of these models: every view, the name; nothing was said or felt, no slot is asked about."""
        i = torch.from_numpy(index)
        known = {"shape": self.shape[i], "text": self.text[i]}
        known |= {"form": self.form[i].mean(dim=1), "picture": self.picture[i].mean(dim=1)}
        empty = {"speech": self.text.shape[1], "touch": len(TOUCHED), "look": LOOK, "slot": self.text.shape[1]}
        return known | {name: torch.zeros(len(i), width) for name, width in empty.items()}

    def batch(self, index: Tensor, weight: Tensor, g: torch.Generator) -> tuple[dict[str, Tensor], Tensor, Tensor, Tensor]:
        """Values, present (B, M), leaf targets (B,), material targets (B,) with -1 where none is known."""
        count = self.config.batch
        i = index[torch.multinomial(weight, count, True, generator=g)]
        values = self.whole(i.numpy())
        once = torch.rand(count, 1, generator=g) < 0.5  # one view instead of all
        turn = torch.randint(TURNS, (2, count), generator=g)
        values["form"] = torch.where(once, self.form[i, turn[0]], values["form"])
        values["picture"] = torch.where(once, self.picture[i, turn[1]], values["picture"])
        target = self.target[i]
        wrong = torch.rand(count, generator=g) < WRONG_NAME
        values["text"][wrong] = self.text[index[torch.randint(len(index), (int(wrong.sum()),), generator=g)]]
        said = self.notes[target, torch.randint(self.notes.shape[1], (count,), generator=g)]
        values["speech"] = said
        noted = torch.rand(count, generator=g) < 0.2
        values["text"][noted] = said[noted]
        chosen = [self._slot(int(number), g) for number in i]
        known = torch.tensor([slot >= 0 for slot in chosen])
        slots = torch.tensor([max(slot, 0) for slot in chosen])
        values["look"], values["slot"] = self.look[slots], self.slot[slots]
        material = torch.where(known, self.material[slots], torch.tensor(-1))
        values["touch"], felt = _touches(material, g)
        present = torch.rand(count, len(KEPT), generator=g) < torch.tensor(list(KEPT.values()))
        present[:, list(KEPT).index("touch")] &= felt
        for name in ("look", "slot"):
            present[:, list(KEPT).index(name)] &= known
        present[:, list(KEPT).index("text")] &= torch.from_numpy(self.told)[i]
        present[~present.any(dim=1), 0] = True
        return self._with_shapes(values, present, target, material, g)

    def _slot(self, number: int, g: torch.Generator) -> int:
        slots = self.slot_of.get(number, [])
        return slots[int(torch.randint(len(slots), (1,), generator=g))] if slots else -1

    def _with_shapes(self, values: dict[str, Tensor], present: Tensor, target: Tensor, material: Tensor, g: torch.Generator):  # type: ignore[no-untyped-def]
        count = int(self.config.batch * self.config.shape_share)
        chance = torch.where(self.colored, OWN_SHARE / self.colored.sum(), (1 - OWN_SHARE) / (~self.colored).sum())
        j = torch.multinomial(chance, count, True, generator=g)
        empty = {name: torch.zeros(count, given.shape[1]) for name, given in values.items()}
        turn = torch.randint(TURNS, (2, count), generator=g)
        more = empty | {"shape": self.made_shape[j], "form": self.made_form[j, turn[0]].float()}
        more["picture"] = self.made_picture[j, turn[1]].float()
        seen = torch.zeros(count, len(KEPT), dtype=torch.bool)
        seen[:, list(KEPT).index("form")] = ~self.colored[j] | (torch.rand(count, generator=g) < 0.7)
        seen[:, list(KEPT).index("picture")] = self.colored[j] & (torch.rand(count, generator=g) < 0.7)
        seen[:, list(KEPT).index("shape")] = torch.rand(count, generator=g) < 0.5
        seen[~seen.any(dim=1), 0] = True
        joined = {name: torch.cat([given, more[name]]) for name, given in values.items()}
        none = torch.full((count,), -1)
        return joined, torch.cat([present, seen]), torch.cat([target, self.made_target[j]]), torch.cat([material, none])


def _touches(material: Tensor, g: torch.Generator) -> tuple[Tensor, Tensor]:
    """What the touch network might say of each material, as sure and as often right as on its test recordings; and where it can."""
    order = list(MATERIALS)
    place = torch.tensor([TOUCHED.index(name) if name in TOUCHED else -1 for name in order])[material.clamp(min=0)]
    felt = (place >= 0) & (material >= 0)
    right = torch.rand(len(material), generator=g) < 0.95
    answer = torch.where(right, place.clamp(min=0), torch.randint(len(TOUCHED), (len(material),), generator=g))
    sure = functional.one_hot(answer, len(TOUCHED)).float() * 4 + torch.randn(len(material), len(TOUCHED), generator=g)
    return sure.softmax(dim=-1), felt


def train(examples: Examples, index: np.ndarray, config: FusionTraining, log: list[dict]) -> Fusion:
    """The fusion trained on the labelled models ``index`` and the procedural shapes. ``log`` gets a line every 200 steps."""
    torch.manual_seed(config.seed)
    g = torch.Generator().manual_seed(config.seed)
    network = Fusion(examples.config_of()).train()
    sample = examples.whole(index)
    for name in ("shape", "form", "picture", "text"):
        network.standardise(name, sample[name])
    network.standardise("speech", examples.notes.flatten(0, 1))
    network.standardise("look", examples.look)
    network.standardise("slot", examples.slot)
    rows = torch.from_numpy(index)
    counts = torch.bincount(examples.target[rows], minlength=len(LEAVES)).clamp(min=1).double()
    weight = counts[examples.target[rows]] ** (config.evenness - 1)
    free = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(free, config.rate, weight_decay=config.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, config.rate, config.steps, pct_start=0.1)
    for step in range(config.steps):
        values, present, target, material = examples.batch(rows, weight, g)
        fused = network(values, present)
        loss = _loss(fused.logits, target) + 0.3 * _loss(SHARP * fused.meaning @ examples.captions.T, target)
        loss = loss + ALONE * _alone(fused.leaf_by_expert, present, target)
        if (material >= 0).any():
            loss = loss + 0.5 * _loss(fused.material, material) + ALONE / 2 * _alone(fused.material_by_expert, present, material)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 200 == 199:
            log.append({"step": step + 1, "loss": round(float(loss.detach()), 4)})
    return network.eval()


def _loss(logits: Tensor, target: Tensor) -> Tensor:
    return functional.cross_entropy(logits, target, ignore_index=-1, label_smoothing=0.1)


def _alone(answers: Tensor, present: Tensor, target: Tensor) -> Tensor:
    """The mean loss of the experts (B, M, classes) that were asked, each by itself."""
    asked = present & (target >= 0)[:, None]
    if not asked.any():
        return answers.sum() * 0
    return _loss(answers[asked], target[:, None].expand(-1, answers.shape[1])[asked])


SUBSETS = {
    "shape": ("shape",),
    "shape, seen from four sides": ("shape", "form"),
    "picture": ("picture",),
    "name": ("text",),
    "shape and picture": ("shape", "form", "picture"),
    "picture and name": ("picture", "text"),
    "shape, picture and name": ("shape", "form", "picture", "text"),
}


@torch.inference_mode()
def judge(network: Fusion, values: dict[str, Tensor], target: Tensor, strangers: dict[str, Tensor]) -> dict[str, dict]:
    """Scores on unseen models (targets (n,)) for each subset of what is known: top1, top3, calibration error, and how well the
    confidence tells them from ``strangers``, models of no leaf (area under the ROC curve)."""
    scores = {}
    order = list(network.config.modalities)
    for title, shown in SUBSETS.items():
        present = torch.tensor([name in shown for name in order])
        chances = network(values, present.expand(len(target), -1)).logits.softmax(dim=-1)
        stranger = network(strangers, present.expand(len(strangers["text"]), -1)).logits.softmax(dim=-1).amax(dim=-1)
        best = chances.topk(3).indices == target[:, None]
        sure = chances.amax(dim=-1)
        scores[title] = {
            "top1": float(best[:, 0].float().mean()),
            "top3": float(best.any(dim=-1).float().mean()),
            "calibration_error": calibration_error(sure.numpy(), best[:, 0].numpy()),
            "stranger_auroc": float((sure[:, None] > stranger[None]).float().mean()),
        }
    return scores


@torch.inference_mode()
def judge_materials(network: Fusion, examples: Examples, slots: np.ndarray) -> dict[str, float]:
    """Share of these material slots named rightly: by their look, the thing's pictures and name; and with their own name too."""
    owner = np.array([owner for owner, numbers in examples.slot_of.items() for _ in numbers])
    order = np.array([number for numbers in examples.slot_of.values() for number in numbers])
    owner_of = np.empty(len(order), int)
    owner_of[order] = owner
    values = examples.whole(owner_of[slots])
    rows = torch.from_numpy(slots)
    values["look"], values["slot"] = examples.look[rows], examples.slot[rows]
    scores = {}
    seen = ("form", "picture", "text", "look")
    for title, shown in (("picture and name", seen), ("and the slot's own name", (*seen, "slot"))):
        present = torch.tensor([name in shown for name in network.config.modalities]).expand(len(slots), -1)
        answers = network(values, present).material.argmax(dim=-1)
        scores[title] = float((answers == examples.material[rows]).float().mean())
    return scores


def labelled(library: Library, examples: Examples, held: bool) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of the models to train on, and of those held out of the training split (none when ``held`` is false)."""
    train = np.array(library.splits) == "train"
    usable = train & (examples.target.numpy() >= 0) & examples.seen
    apart = np.isin(np.array(library.packs), HELD_PACKS) if held else np.zeros(len(train), bool)
    return np.flatnonzero(usable & ~apart), np.flatnonzero(train & apart)


def unseen(library: Library, examples: Examples) -> tuple[dict[str, Tensor], Tensor, dict[str, Tensor]]:
    """What ``judge`` needs of the unseen artists' models, with the shipped committee's verdict as their shape."""
    new = (np.array(library.splits) == "unseen-artist") & examples.seen
    labelled_too = examples.target.numpy() >= 0
    known, strange = np.flatnonzero(new & labelled_too), np.flatnonzero(new & ~labelled_too)
    reader = shipped()
    both = np.concatenate([known, strange])
    scores = predict(reader.network, library, torch.from_numpy(both), VIEWS, POINTS)
    verdict = shape_value(torch.from_numpy(softmax(scores.numpy(), reader.temperature)))
    values, strangers = examples.whole(known), examples.whole(strange)
    values["shape"], strangers["shape"] = verdict[: len(known)], verdict[len(known) :]
    return values, examples.target[torch.from_numpy(known)], strangers


def main(arguments: list[str] | None = None) -> int:
    """The command. Returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with models.csv")
    parser.add_argument("--output", type=Path, default=Path("core/weights"))
    parser.add_argument("--cache", type=Path, default=CACHE, help="where clouds and features are kept")
    parser.add_argument("--shapes", type=int, default=200, help="procedural shapes of each leaf")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    try:
        library = load_library(options.data, options.cache)
        real, slots = see_library(options.data, len(library), options.cache)
        shapes = see_made(options.shapes, options.cache)
    except WorldwrightError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    config = FusionTraining(options.seed)
    examples = Examples(library, real, shapes, slots, config)
    log: list[dict] = []
    part, apart = labelled(library, examples, held=True)
    slots_apart = np.array([number for owner in apart for number in examples.slot_of.get(int(owner), [])], int)
    material = judge_materials(train(examples, part, config, []), examples, slots_apart) | {"slots": len(slots_apart)}
    network = train(examples, labelled(library, examples, held=False)[0], config, log)
    scores = judge(network, *unseen(library, examples))
    notes = {"version": 1, "threshold": THRESHOLD, "train": asdict(config), "image": image_encoder().name}
    notes |= {"scores": scores, "material": material, "shapes_per_leaf": options.shapes}
    network.save(options.output / "fusion.safetensors", notes)
    (options.output / "fusion.jsonl").write_text("".join(json.dumps(line) + "\n" for line in log), encoding="utf-8")
    write_card(options.output / "fusion.md", network, notes, log)
    sys.stdout.write(json.dumps({"scores": scores, "material": material}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
