"""Speech becomes the text of a request: a WAV file or a microphone, with silence, music and bad files said in one sentence.

The microphone is read by a small program that the machine has (arecord, parec or ffmpeg); nothing is kept unless it is asked for.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
import wave
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import numpy as np

from ..errors import WorldwrightError

if TYPE_CHECKING:
    from ..crossmodal.speech import SpeechEncoder

RATE = 16_000
LONGEST = 60.0  # seconds of a request
HINTS = (
    "Add two chairs around the table. Delete the vase. Move the lamp to the left. Paint the sofa red. How many plants are there?"
)
MOST_WEIGHED = 18  # sentences that the speech model weighs
MARGIN, SMALL_MARGIN = (
    11.0,
    3.0,
)  # nats by which its own words may be likelier than an askable sentence, if some are strange or none
QUIET = 0.004  # root mean square: silence
FRAME = 400  # samples, 25 ms
_NO_WORDS = re.compile(r"^\W*(\[[^\]]*\]|\([^)]*\)|♪.*|music|applause|silence|you|thank you|thanks for watching)?\W*$", re.I)


@dataclass
class Spoken:
    """``text`` as heard, ``problem`` a sentence why there is none, ``seconds`` of sound."""

    text: str
    problem: str
    seconds: float


def hear(samples: np.ndarray, models: dict[str, str] | None = None, askable: list[str] | None = None) -> Spoken:
    """The words in samples (n,) in -1..1 at 16 kHz; ``askable``: sentences that could well be said here.

    Where what was said sounds like one of those, and the speech model finds that sentence about as likely as its own words, that
    sentence was meant.

    Raises WorldwrightError when the speech model is missing; silence, noise, music and length are problems, said in a sentence.
    """
    seconds = len(samples) / RATE
    if seconds > LONGEST:
        return Spoken("", f"The recording is {_long(seconds)} long; a request may be at most {LONGEST:.0f} seconds.", seconds)
    if seconds < 0.2 or float(np.sqrt(np.mean(samples**2))) < QUIET / 4 or _loudest(samples) < QUIET:
        return Spoken("", "Nothing was heard: the recording is silent.", seconds)
    if not speaks(samples):
        return Spoken("", "No speech was heard, only noise or music.", seconds)
    from ..crossmodal.speech import speech_encoder

    encoder, sound = speech_encoder(models), _trimmed(samples)
    text = " ".join(encoder.hear(sound).text.split())
    if _NO_WORDS.match(text) or repeats(text):
        return Spoken("", "No words were understood.", seconds)
    return Spoken(_meant(text, sound, askable or [], encoder), "", seconds)


def _meant(text: str, sound: np.ndarray, askable: list[str], encoder: SpeechEncoder) -> str:
    """The askable sentence that was said, or the text itself."""
    from .askable import alike  # here, because a recorder needs none of what requests are made of

    plain = _plain(text)
    if plain in askable or not askable or not hasattr(encoder.ear, "likelihoods") or len(sound) > 12 * RATE:
        return text
    hinted = " ".join(encoder.hear(sound, HINTS).text.split())
    own = [text, hinted] if hinted and not repeats(hinted) else [text]
    options = list(dict.fromkeys(one for said in own for one in alike(_plain(said), askable, MOST_WEIGHED // len(own))))
    score = encoder.ear.likelihoods(sound, [*own, *map(_written, options)])
    first = int(np.argmax(score[: len(own)]))
    if not options:
        return own[first]
    best = len(own) + int(np.argmax(score[len(own) :]))
    strange = set(_plain(own[first]).split()) - _vocabulary(askable)
    return options[best - len(own)] if score[best] > score[first] - (MARGIN if strange else SMALL_MARGIN) else own[first]


def _vocabulary(askable: list[str]) -> set[str]:
    """The words that requests about this scene are made of."""
    from .colors import BASIC
    from .quantities import WORDS
    from .usual import USUAL

    usual = [sentence for sentences in USUAL.values() for sentence in sentences]
    return (
        {word for sentence in [*askable, *usual] for word in sentence.split()} | set(WORDS) | set(BASIC) | {"metre", "meter", "by"}
    )


def _plain(text: str) -> str:
    """Lower-case words without marks."""
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))


def _written(sentence: str) -> str:
    """A sentence as the speech model writes it."""
    asking = sentence.split()[0] in ("how", "where", "what", "which", "is", "who")
    return f"{sentence[0].upper()}{sentence[1:]}{'?' if asking else '.'}"


def read_recording(path: Path) -> np.ndarray:
    """Samples (n,) of a WAV file at 16 kHz. Raises WorldwrightError for what is none, and for one that is too long."""
    from ..crossmodal.sound import read_wav

    if not path.is_file():
        raise WorldwrightError(f"There is no file “{path.name}”.", "Choose a WAV recording.")
    try:
        with wave.open(str(path), "rb") as file:
            seconds = file.getnframes() / max(file.getframerate(), 1)
    except (wave.Error, EOFError, OSError) as error:
        raise WorldwrightError(f"“{path.name}” is no readable WAV file.", "Save the recording as uncompressed WAV.") from error
    if seconds > LONGEST:
        raise WorldwrightError(
            f"The recording is {_long(seconds)} long; a request may be at most {LONGEST:.0f} seconds.", "Cut it shorter."
        )
    return read_wav(path)


def _long(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"


def _frames(samples: np.ndarray) -> np.ndarray:
    """(T, FRAME) of the samples; at least one."""
    count = max(1, len(samples) // FRAME)
    return (
        np.resize(samples, count * FRAME).reshape(count, FRAME)
        if len(samples) < FRAME
        else samples[: count * FRAME].reshape(count, FRAME)
    )


def _loudest(samples: np.ndarray) -> float:
    """Root mean square of the loudest tenth of the frames."""
    level = np.sqrt((_frames(samples) ** 2).mean(axis=1))
    return float(np.quantile(level, 0.9))


def speaks(samples: np.ndarray) -> bool:
    """Whether the sound rises and falls and is voiced as speech is.

    Speech has pauses (many frames far below its loud ones) or a spectrum that changes from frame to frame; steady noise and held
    chords have neither. Loudness modulation at the rate of syllables after Scheirer and Slaney (1997).
    """
    frames = _frames(samples)
    level = np.sqrt((frames**2).mean(axis=1)) + 1e-6
    loud = np.quantile(level, 0.9)
    active = frames[level > 0.25 * loud]
    if len(active) < 6:
        return False
    spectrum = np.abs(np.fft.rfft(active * np.hanning(FRAME), axis=1)) + 1e-6
    flatness = np.exp(np.log(spectrum).mean(axis=1)) / spectrum.mean(axis=1)
    low = float((level < 0.35 * loud).mean())
    steady_noise = float(np.median(flatness)) > 0.5 and low < 0.1
    return not steady_noise and not _held(samples, loud)


def _held(samples: np.ndarray, loud: float) -> bool:
    """Whether most of the sound is tones that are held: spectra of tenths of a second that follow each other are alike."""
    long = samples[: len(samples) // (4 * FRAME) * 4 * FRAME].reshape(-1, 4 * FRAME)
    long = long[np.sqrt((long**2).mean(axis=1)) > 0.25 * loud]
    if len(long) < 4:
        return False
    spectrum = np.abs(np.fft.rfft(long * np.hanning(4 * FRAME), axis=1))
    spectrum /= np.linalg.norm(spectrum, axis=1, keepdims=True) + 1e-9
    return float(np.median((spectrum[1:] * spectrum[:-1]).sum(axis=1))) > 0.95


def _trimmed(samples: np.ndarray) -> np.ndarray:
    """The samples without the silence before and after, loud enough to be heard."""
    level = np.sqrt((_frames(samples) ** 2).mean(axis=1))
    heard = np.flatnonzero(level > 0.08 * level.max())
    start, end = max(0, int(heard[0]) * FRAME - 4000), min(len(samples), int(heard[-1] + 1) * FRAME + 6000)
    part = samples[start:end]
    return part * min(8.0, 0.6 / max(float(np.abs(part).max()), 1e-6))


def repeats(text: str) -> bool:
    """Whether the text is one phrase over and over, as Whisper writes of music and noise."""
    words = text.lower().split()
    return len(words) >= 8 and len(set(words)) <= len(words) / 4


def recorder_command(path: Path) -> list[str]:
    """The command that records 16 kHz mono to a WAV file until it is ended. Raises WorldwrightError where no program can."""
    if shutil.which("arecord"):
        return ["arecord", "-q", "-f", "S16_LE", "-r", str(RATE), "-c", "1", "-t", "wav", str(path)]
    if shutil.which("parecord"):
        return ["parecord", "--format=s16le", f"--rate={RATE}", "--channels=1", "--file-format=wav", str(path)]
    if shutil.which("ffmpeg"):
        source = {"darwin": ["-f", "avfoundation", "-i", ":0"], "win32": ["-f", "dshow", "-i", "audio=default"]}.get(
            sys.platform, ["-f", "pulse", "-i", "default"]
        )
        return ["ffmpeg", "-loglevel", "error", "-y", *source, "-ac", "1", "-ar", str(RATE), str(path)]
    raise WorldwrightError(
        "No microphone can be read here: arecord, parecord and ffmpeg are all missing.", "Choose a WAV recording instead."
    )


class Recorder:
    """A recording in progress, into a private temporary folder that goes with it."""

    def __init__(self, command: list[str] | None = None) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="worldwright-", ignore_cleanup_errors=True)
        self.path = Path(self.folder.name) / "request.wav"
        try:
            self.process = subprocess.Popen(
                command or recorder_command(self.path), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            self.folder.cleanup()
            raise WorldwrightError("The microphone cannot be read.", "Choose a WAV recording instead.") from error
        self.began = time.monotonic()
        self.ended = False  # set from outside when all was said

    @property
    def seconds(self) -> float:
        """How long it has been recording."""
        return time.monotonic() - self.began

    @property
    def failed(self) -> bool:
        """Whether the program has given up: there is no microphone."""
        return self.process.poll() not in (None, 0)

    def stop(self, keep: Path | None = None) -> np.ndarray:
        """Ends the recording and returns its samples; ``keep``: where a copy of it is to stay. Raises WorldwrightError."""
        self.process.terminate()
        try:
            self.process.wait(3)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        try:
            if not self.path.is_file() or self.path.stat().st_size <= 44:
                raise WorldwrightError("No microphone was found, or it gave no sound.", "Choose a WAV recording instead.")
            if keep is not None:
                shutil.copyfile(self.path, keep)
            return _finished(self.path)
        finally:
            self.folder.cleanup()

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()


def _finished(path: Path) -> np.ndarray:
    """The samples of a WAV file whose header may say another length than it has: the recorder was ended."""
    data = path.read_bytes()
    start = data.find(b"data")
    if start < 0:
        raise WorldwrightError("The recording cannot be read.", "Choose a WAV recording instead.")
    body = data[start + 8 :]
    return np.frombuffer(body[: len(body) // 2 * 2], "<i2").astype(np.float32) / 32768
