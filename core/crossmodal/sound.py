"""Recordings: WAV files as samples, and back. numpy only."""

from __future__ import annotations

import os
import wave
from pathlib import Path

import numpy as np

from ..errors import WorldwrightError

RATE = 16_000  # samples a second that speech is heard at
LONGEST = 120.0  # seconds
QUIET = 0.004  # root mean square below which there is nothing to hear


def read_wav(path: Path) -> np.ndarray:
    """(n,) float32 in -1..1 at 16 kHz, channels mixed. Raises WorldwrightError for what is no readable WAV, or too long."""
    try:
        with wave.open(str(path), "rb") as file:
            channels, width, rate, count = file.getnchannels(), file.getsampwidth(), file.getframerate(), file.getnframes()
            if rate > 0 and count / rate > LONGEST:
                raise too_long(count / rate)
            data = file.readframes(count)
    except (wave.Error, EOFError, OSError) as error:
        raise WorldwrightError(f"“{path.name}” is no readable WAV file.", "Save the recording as uncompressed WAV.") from error
    if width not in (1, 2, 3, 4) or rate <= 0:
        raise WorldwrightError(f"“{path.name}” has a sample format that is not supported.", "Save it as 16-bit WAV.")
    samples = _integers(data, width)
    samples = samples[: len(samples) // channels * channels].reshape(-1, channels).mean(axis=1)
    return resample(samples, rate)


def write_wav(path: Path, samples: np.ndarray, rate: int) -> None:
    """Writes ``samples`` (n,) int16 as a WAV file, whole or not at all. Raises WorldwrightError."""
    partial = path.with_name(path.name + ".part")
    try:
        with wave.open(str(partial), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes(np.ascontiguousarray(samples, "<i2").tobytes())
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise WorldwrightError(f"“{path}” cannot be written: {error.strerror}.") from error


def too_long(seconds: float) -> WorldwrightError:
    """The error for a recording of more than ``LONGEST``."""
    return WorldwrightError(f"The recording is {seconds / 60:.1f} minutes long; at most two can be heard.", "Cut it shorter.")


def _integers(data: bytes, width: int) -> np.ndarray:
    if width == 1:
        return (np.frombuffer(data, np.uint8).astype(np.float32) - 128) / 128
    if width == 3:
        triples = np.frombuffer(data[: len(data) // 3 * 3], np.uint8).reshape(-1, 3).astype(np.int32)
        return ((triples[:, 0] | triples[:, 1] << 8 | triples[:, 2] << 16) << 8 >> 8).astype(np.float32) / 2**23
    size = len(data) // width * width
    return np.frombuffer(data[:size], {2: "<i2", 4: "<i4"}[width]).astype(np.float32) / 2 ** (8 * width - 1)


def resample(samples: np.ndarray, rate: int) -> np.ndarray:
    """``samples`` (n,) at ``rate`` as float32 at 16 kHz: their spectrum cut or widened, after silence that keeps the ends apart."""
    count = round(len(samples) * RATE / rate)
    if rate == RATE or count == 0:
        return samples.astype(np.float32)
    # A length that both rates divide, so that the spectrum's lines fall together.
    seconds = len(samples) // rate + 1
    spectrum = np.fft.rfft(samples, seconds * rate)
    return (np.fft.irfft(spectrum[: seconds * min(rate, RATE) // 2 + 1], seconds * RATE) * (RATE / rate))[:count].astype(np.float32)
