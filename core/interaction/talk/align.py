"""A recording → when each sound is said.

With its words: espeak-ng says them too, and the recording is stretched onto that speech by dynamic time warping over mel cepstra
(the method of the aligner aeneas); its phonemes' times come along. Without words or without espeak-ng: from loudness and spectrum
alone, which shows when and how far the mouth opens and little of which sound it is.
"""

from __future__ import annotations

import numpy as np

from ...crossmodal.sound import QUIET, RATE, resample
from ...errors import WorldwrightError
from .visemes import SILENCE, MouthShape
from .voice import Phoneme, Speech

STEP, FRAME = 160, 400  # samples at 16 kHz between two frames, and in one
SECOND = RATE / STEP  # frames
BAND = 0.15  # of the length, by which the two may run apart
PAUSE = 20  # frames of quiet that are a pause; the closures of slow stops are shorter


def loudness(samples: np.ndarray) -> np.ndarray:
    """(T,) root mean square of frames 10 ms apart."""
    return np.sqrt((_frames(samples) ** 2).mean(axis=1))


def spoken(samples: np.ndarray) -> tuple[int, int]:
    """The first and the last-but-one frame in which something is said. Raises WorldwrightError for silence."""
    level = loudness(samples)
    loud = np.flatnonzero(level > max(QUIET, 0.08 * float(np.percentile(level, 95))))
    if len(loud) < 5:
        raise WorldwrightError("Nothing is said in the recording.", "Record it louder.")
    return int(loud[0]), int(loud[-1]) + 1


def align(samples: np.ndarray, speech: Speech) -> list[Phoneme]:
    """The phonemes of ``speech``, at the times of the same words in ``samples`` (n,) at 16 kHz. Raises WorldwrightError."""
    first, last = spoken(samples)
    reference = resample(speech.samples.astype(np.float32) / 32768, speech.rate)
    begin, end = spoken(reference)
    path = _warp(_cepstra(reference)[begin:end], _cepstra(samples)[first:last])
    times = np.arange(begin, end) / SECOND

    def moved(second: float) -> float:
        return float((first + np.interp(second, times, path)) / SECOND)

    said = [Phoneme(one.symbol, moved(one.start), moved(one.end)) for one in speech.phonemes if one.symbol]
    return _with_pauses(said, samples)


def _with_pauses(said: list[Phoneme], samples: np.ndarray) -> list[Phoneme]:
    """The phonemes without gaps from 0 to the end; where the recording is quiet for long, nothing is said."""
    level = loudness(samples)
    quiet = level < max(QUIET, 0.06 * float(np.percentile(level, 95)))
    edges = np.flatnonzero(np.diff(np.r_[False, quiet, False].astype(int)))
    pauses = [(a / SECOND, b / SECOND) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= PAUSE]
    total = len(samples) / RATE
    cuts = sorted({0.0, total, *(t for pause in pauses for t in pause if t <= total), *(one.start for one in said)})
    found: list[Phoneme] = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        middle = (start + end) / 2
        symbol = next((one.symbol for one in said if one.start <= middle < one.end), "")
        if end > start:
            found.append(Phoneme("" if any(a <= middle < b for a, b in pauses) else symbol, start, end))
    return found


def heard_shapes(samples: np.ndarray) -> list[MouthShape]:
    """Mouth shapes from the sound alone: hissing is s, dark voiced sounds o and u, bright ones e and i, loud ones between a."""
    spoken(samples)
    level = loudness(samples)
    power = np.abs(np.fft.rfft(_frames(samples) * np.hanning(FRAME), axis=1)) ** 2
    hertz = np.fft.rfftfreq(FRAME, 1 / RATE)
    total = power.sum(axis=1) + 1e-12
    hiss = power[:, hertz > 3500].sum(axis=1) / total
    voice = (hertz > 250) & (hertz < 3200)
    bright = (power[:, voice] ** 0.5 * hertz[voice]).sum(axis=1) / ((power[:, voice] ** 0.5).sum(axis=1) + 1e-9)
    loud = level / np.percentile(level, 95)
    quiet = level < max(QUIET, 0.06 * float(np.percentile(level, 95)))
    names = np.select(
        [quiet, hiss > 0.5, loud < 0.2, bright < 750, loud > 0.6, bright > 1300],
        [SILENCE, "viseme_SS", "viseme_nn", "viseme_O", "viseme_aa", "viseme_I"], "viseme_E",
    )  # fmt: skip
    return _runs([str(name) for name in names], np.clip(loud, 0.5, 1.3), len(samples) / RATE)


def _runs(names: list[str], strength: np.ndarray, seconds: float) -> list[MouthShape]:
    """Frames of the same name as one shape; runs of less than 50 ms join the one before."""
    found: list[tuple[str, int, int]] = []
    for number, name in enumerate(names):
        if found and (found[-1][0] == name or number - found[-1][1] < 5):
            found[-1] = (found[-1][0], found[-1][1], number + 1)
        else:
            found.append((name, number, number + 1))
    last = len(found) - 1
    return [
        MouthShape(name, start / SECOND, seconds if number == last else end / SECOND, float(strength[start:end].mean()))
        for number, (name, start, end) in enumerate(found)
    ]


def _frames(samples: np.ndarray) -> np.ndarray:
    """(T, FRAME) around every ``STEP`` samples."""
    padded = np.pad(samples.astype(np.float32), FRAME // 2)
    return np.lib.stride_tricks.sliding_window_view(padded, FRAME)[::STEP]


def _cepstra(samples: np.ndarray) -> np.ndarray:
    """(T, 26) mel cepstra and their change, each of mean 0 and deviation 1 over the recording."""
    emphasised = np.append(samples[:1], samples[1:] - 0.97 * samples[:-1])
    power = np.abs(np.fft.rfft(_frames(emphasised) * np.hamming(FRAME), 512, axis=1)) ** 2
    mels = np.linspace(0, 2595 * np.log10(1 + 8000 / 700), 28)
    edges = 700 * (10 ** (mels / 2595) - 1) / (RATE / 512)
    bins = np.arange(power.shape[1])[None]
    rise = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    energies = np.log(power @ np.clip(np.minimum(rise, fall), 0, None).T + 1e-8)
    basis = np.cos(np.pi / 26 * (np.arange(26) + 0.5)[:, None] * np.arange(13)[None])
    cepstra = energies @ basis
    whole = np.concatenate([cepstra, np.gradient(cepstra, axis=0)], axis=1)
    return (whole - whole.mean(axis=0)) / (whole.std(axis=0) + 1e-6)


def _warp(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """(len(one),) for every frame of ``one`` the frame of ``other`` that it goes with, never running backwards.

    Dynamic programming along antidiagonals, so that each is one array operation; paths stay within ``BAND`` of the diagonal.
    """
    rows, columns = len(one), len(other)
    band = max(BAND, 30 / max(rows, columns))
    cost = np.full(rows, np.inf)  # of the best path to (row, diagonal - row)
    before = np.full(rows, np.inf)
    came: list[tuple[int, np.ndarray]] = []  # a diagonal's first row; 0: from the row above, 1: the column before, 2: both
    for diagonal in range(rows + columns - 1):
        row = np.arange(max(0, diagonal - columns + 1), min(rows, diagonal + 1))
        row = row[np.abs(row / rows - (diagonal - row) / columns) <= band]
        apart = np.linalg.norm(one[row] - other[diagonal - row], axis=1)
        up = np.where(row > 0, cost[row - 1], np.inf)
        both = np.where(row > 0, before[row - 1], np.inf)
        costs = np.stack([up, cost[row], both])
        best = costs.argmin(axis=0)
        new = np.full(rows, np.inf)
        new[row] = apart + (0.0 if diagonal == 0 else costs[best, np.arange(len(row))] + np.where(best == 2, apart, 0.0))
        came.append((int(row[0]) if len(row) else 0, best.astype(np.int8)))
        cost, before = new, cost
    path = np.zeros(rows)
    at, column = rows - 1, columns - 1
    while True:
        path[at] = column  # the first column of the row, as the way leads backwards
        if at == 0 and column == 0:
            return path
        start, ways = came[at + column]
        way = 1 if at == 0 else 0 if column == 0 else int(ways[at - start])
        at, column = at - (way != 1), column - (way != 0)
