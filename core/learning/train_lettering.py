"""Makes the reader of printed letters on plans: ``python -m core.learning.train_lettering --out FOLDER [--minutes 9]``.

Lines of print are drawn online with OpenCV's stroke fonts and the DejaVu, Liberation and other fonts found on the machine, then
turned, blurred, thinned and dirtied as scans are. Two fonts are held out and measured.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont
from torch.nn.functional import ctc_loss

from ..environments.plan.lettering import BLANK, COLUMN, HEIGHT, KIND, LETTERS, LetteringConfig, LetteringNetwork, plain
from ..environments.plan.room_words import ROOM_WORDS
from ..spatial.checkpoint import load_weights, save_network

STROKES = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_PLAIN, cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_COMPLEX,
           cv2.FONT_HERSHEY_TRIPLEX, cv2.FONT_HERSHEY_COMPLEX_SMALL, cv2.FONT_HERSHEY_SIMPLEX | cv2.FONT_ITALIC)  # fmt: skip
FONTS = ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSansCondensed", "DejaVuSansMono", "DejaVuSerif", "DejaVuSans-ExtraLight",
         "DejaVuSans-Oblique", "LiberationSans-Regular", "LiberationSans-Bold", "LiberationSansNarrow-Regular",
         "LiberationSans-Italic", "LiberationMono-Regular", "LiberationSerif-Bold")  # fmt: skip
HELD = ("LiberationSerif-Regular", "DejaVuSansMono-Bold", "LiberationSansNarrow-Bold")
WIDEST = 208  # pixels of a line


def some_text(rng: np.random.Generator) -> str:
    """A room's name, a measure, an area or any letters."""
    choice = rng.random()
    words = list(ROOM_WORDS)
    if choice < 0.42:
        text = words[rng.integers(len(words))]
        if rng.random() < 0.15:
            text += f" {rng.integers(1, 10)}"
    elif choice < 0.72:
        metres = rng.uniform(0.3, 30)
        forms = (f"{metres:.2f}", f"{metres:.2f} m", f"{metres:.2f}m", f"{metres:.1f} m", f"{round(metres * 1000 / 5) * 5}",
                 f"{round(metres * 100)}", f"{metres:.3f}", f"{int(metres * 3.28)}'-{rng.integers(12)}\"",
                 f"{metres:.1f} m²", f"{metres:.2f} sqm", f"{metres:.2f}".replace(".", ","), f"{metres:.1f} x {metres * 0.8:.1f}",
                 f"{round(metres * 100)} cm", f"{round(metres * 1000)} mm")  # fmt: skip
        text = forms[rng.integers(len(forms))]
    else:
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if rng.random() < 0.7 else LETTERS.strip()
        text = "".join(letters[k] for k in rng.integers(len(letters), size=rng.integers(2, 10)))
    shape = rng.random()
    return text.upper() if shape < 0.55 else text.title() if shape < 0.8 else text.lower()


def drawn(text: str, font: str | int, rng: np.random.Generator) -> np.ndarray:
    """(H, W) uint8 ink of a line, cut to its letters."""
    if isinstance(font, int):
        size, pen = rng.uniform(0.6, 1.6), int(rng.integers(1, 3))
        (wide, tall), below = cv2.getTextSize(text, font, size, pen)
        image = np.zeros((tall + below + 16, wide + 24), np.uint8)
        cv2.putText(image, text, (10, tall + 6), font, size, (255,), pen, cv2.LINE_AA)
    else:
        made = ImageFont.truetype(f"{font}.ttf", int(rng.integers(14, 40)))
        low = made.getbbox(text)
        sheet = Image.new("L", (int(low[2]) + 24, int(low[3]) + 20), 0)
        ImageDraw.Draw(sheet).text((10, 8), text, fill=255, font=made)
        image = np.asarray(sheet).copy()
    return image


def dirtied(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A line as a scan shows it: turned a little, squeezed, small, blurred, noisy; (HEIGHT, W) from 0 to 1."""
    if rng.random() < 0.4:
        middle = (image.shape[1] / 2, image.shape[0] / 2)
        turn = cv2.getRotationMatrix2D(middle, float(rng.uniform(-2.5, 2.5)), 1.0)
        image = cv2.warpAffine(image, turn, image.shape[::-1], flags=cv2.INTER_LINEAR)
    rows, columns = np.nonzero(image > 90)
    if not len(rows):
        return np.zeros((HEIGHT, 16), np.float32)
    pad = rng.integers(-1, 3, 4)
    top, left = max(rows.min() + 4 - pad[0], 0), max(columns.min() + 3 - pad[2], 0)
    image = np.pad(image, 4)[top : rows.max() + 5 + pad[1], left : columns.max() + 6 + pad[3]]
    small = rng.uniform(8, 24)
    wide = max(6, round(image.shape[1] / image.shape[0] * small * rng.uniform(0.82, 1.2)))
    image = cv2.resize(image, (wide, max(6, round(small))), interpolation=cv2.INTER_AREA).astype(np.float32)
    if rng.random() < 0.7:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 0.9))
    image = image / max(float(image.max()), 1.0) + rng.normal(0, rng.uniform(0, 0.09), image.shape)
    if rng.random() < 0.12:  # a line of the drawing runs by
        image[int(rng.choice([0, -1]))] = rng.uniform(0.5, 1.0)
    image = np.clip(image * rng.uniform(0.8, 1.3), 0, 1).astype(np.float32)
    return fitted(image)


def fitted(image: np.ndarray) -> np.ndarray:
    """A line at the height the reader takes, with a margin left and right."""
    wide = int(np.clip(round(image.shape[1] * HEIGHT / image.shape[0]), 8, WIDEST - 8))
    return np.pad(cv2.resize(image, (wide, HEIGHT), interpolation=cv2.INTER_LINEAR), ((0, 0), (4, 4)))


def batch(count: int, fonts: tuple, rng: np.random.Generator) -> tuple[torch.Tensor, list[str]]:
    """(count, 1, HEIGHT, W) lines and what they say."""
    texts: list[str] = []
    lines: list[np.ndarray] = []
    while len(lines) < count:
        text, font = some_text(rng), fonts[rng.integers(len(fonts))]
        if isinstance(font, int):  # stroke fonts have no raised two
            text = text.replace("²", "2")
        line = dirtied(drawn(text, font, rng), rng)
        if line.shape[1] // COLUMN >= 2 * len(text) + 1:
            texts.append(text.upper())
            lines.append(line)
    pixels = np.zeros((count, 1, HEIGHT, max(line.shape[1] for line in lines)), np.float32)
    for k, line in enumerate(lines):
        pixels[k, 0, :, : line.shape[1]] = line
    return torch.from_numpy(pixels), texts


def score(network: LetteringNetwork, fonts: tuple, count: int = 400) -> tuple[float, float]:
    """Shares of lines and of letters read right."""
    rng = np.random.default_rng(99)
    network.eval()
    right, letters, wrong = 0, 0, 0
    with torch.no_grad():
        for _ in range(count // 40):
            pixels, texts = batch(40, fonts, rng)
            for columns, text in zip(network(pixels).numpy(), texts, strict=True):
                read = plain(columns)[0]
                right += read == text
                letters += len(text)
                wrong += _distance(read, text)
    network.train()
    return right / count, 1 - wrong / letters


def _distance(one: str, other: str) -> int:
    """Levenshtein distance."""
    row = np.arange(len(other) + 1)
    for k, letter in enumerate(one, 1):
        before, row[0] = row.copy(), k
        for j, second in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != second))
    return int(row[-1])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--minutes", type=float, default=9.0, help="of processor time")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--start", type=Path, help="weights to go on from")
    chosen = options.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(chosen.seed)
    rng = np.random.default_rng(chosen.seed)
    network = LetteringNetwork(LetteringConfig())
    if chosen.start:
        load_weights(chosen.start, network)
    fonts = STROKES + STROKES[:1] + FONTS
    optimiser = torch.optim.AdamW(network.parameters(), 2e-3, weight_decay=1e-4)
    began, step, losses, log = time.process_time(), 0, [], []
    chosen.out.mkdir(parents=True, exist_ok=True)
    while (spent := (time.process_time() - began) / 60 / chosen.minutes) < 1.0:
        for group in optimiser.param_groups:
            group["lr"] = 2e-3 * min(1.0, (step + 1) / 100) * (0.5 + 0.5 * np.cos(np.pi * spent))
        pixels, texts = batch(24, fonts, rng)
        found = network(pixels).transpose(0, 1)
        target = torch.tensor([LETTERS.index(letter) + 1 for text in texts for letter in text])
        lengths = torch.tensor([len(text) for text in texts])
        loss = ctc_loss(found, target, torch.full((len(texts),), len(found)), lengths, blank=BLANK, zero_infinity=True)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimiser.step()
        losses.append(float(loss.detach()))
        step += 1
        if step % 500 == 0:
            log.append({"step": step, "loss": round(float(np.mean(losses[-500:])), 4), "held": score(network, HELD, 200)})
            sys.stdout.write(json.dumps(log[-1]) + "\n")
            sys.stdout.flush()
            save_network(chosen.out / "lettering.safetensors", network, KIND, network.config, {}, half=True)
    log.append({"step": step, "seen": score(network, fonts), "held": score(network, HELD)})
    save_network(chosen.out / "lettering.safetensors", network, KIND, network.config, {}, half=True)
    (chosen.out / "lettering.jsonl").write_text("".join(json.dumps(line) + "\n" for line in log), encoding="utf-8")
    sys.stdout.write(json.dumps(log[-1]) + "\n")


if __name__ == "__main__":
    main()
