"""A material → how it feels to a hand in an engine: a profile, an Apple haptic pattern, a curve for a gamepad's motors.

The roughness spectrum of fabric, leather, metal, paper and wood is that of recorded touch (five minutes of strokes with a 6-axis
sensor by Evergardener, MIT licence, 2023; accelerations in the
sensor's unit, taken to be g). Other materials take the spectrum of the recorded one they are
most like, scaled by how rough they usually are; such a profile says so. Young's moduli and thermal effusivities are orders of
magnitude from engineering tables (Ashby, "Materials Selection in Mechanical Design"; Incropera, "Fundamentals of Heat and Mass
Transfer"); friction is the annotator's own table.
"""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from ..annotation.materials import MATERIALS
from ..crossmodal.recording import RATE
from ..errors import WorldwrightError

FORMAT = "worldwright-haptics-1"
BANDS = (4.7, 7.8, 12.5, 17.2, 21.9, 26.6, 31.3, 35.9, 40.6, 45.3)  # hertz
WINDOW = 64  # samples of one spectrum
SECONDS, STEP = 2.0, 0.02  # of a pattern, and between two points of a curve
MOST_POINTS = 16  # of one Apple parameter curve
STATIC = 1.2  # static friction against sliding friction, dry, as a usual ratio

RECORDED = {
    "fabric": (0.01809, 0.01524, 0.01051, 0.01186, 0.01366, 0.01895, 0.02596, 0.02668, 0.02607, 0.02024),
    "leather": (0.00771, 0.00724, 0.00275, 0.00188, 0.00183, 0.00172, 0.00153, 0.00148, 0.00141, 0.00142),
    "metal": (0.00552, 0.00573, 0.00165, 0.0011, 0.00077, 0.00064, 0.00056, 0.00049, 0.00045, 0.00044),
    "paper": (0.01216, 0.00927, 0.00294, 0.00205, 0.00177, 0.00168, 0.00163, 0.00166, 0.0017, 0.0017),
    "wood": (0.00753, 0.00594, 0.0023, 0.00212, 0.00225, 0.00245, 0.00246, 0.0026, 0.00285, 0.00298),
}
"""Amplitude of the acceleration in g at each of ``BANDS``, as ``spectrum_of`` measures it."""

# Of each material: Young's modulus (Pa), thermal effusivity (W s^½ / m² K), the recorded material it is like, roughness against it.
_TABLE: dict[str, tuple[float, float, str, float]] = {
    "glass": (7e10, 1500, "metal", 0.5),
    "metal": (2e11, 13000, "metal", 1.0),
    "wood": (1e10, 400, "wood", 1.0),
    "leather": (1e8, 450, "leather", 1.0),
    "fabric": (1e6, 150, "fabric", 1.0),
    "plastic": (2e9, 550, "metal", 1.2),
    "ceramic": (7e10, 1700, "metal", 0.7),
    "brick": (1.5e10, 1000, "wood", 2.4),
    "concrete": (3e10, 1900, "wood", 2.0),
    "stone": (5e10, 2300, "wood", 1.6),
    "paper": (2e9, 300, "paper", 1.0),
    "plant": (1e8, 900, "paper", 1.4),
    "skin": (5e4, 1100, "leather", 0.6),
    "food": (1e5, 1000, "leather", 0.9),
    "earth": (5e7, 1200, "fabric", 1.3),
}


@dataclass(frozen=True)
class Haptics:
    """How a material feels.

    Attributes:
        friction_static, friction_sliding: dimensionless, dry fingertip.
        stiffness: Young's modulus, Pa; hardness: 0 (skin) to 1 (steel), its logarithm.
        roughness: 0..1, how strong the vibration of a stroke is against the roughest recorded; spectrum: (hertz, g) of a stroke.
        effusivity: W s^½ / (m² K); cold to the touch above about 1000.
        source: "recorded", "like <material>", or the file of the recording.
    """

    material: str
    friction_static: float
    friction_sliding: float
    stiffness: float
    hardness: float
    roughness: float
    spectrum: tuple[tuple[float, float], ...]
    effusivity: float
    source: str

    def to_dict(self) -> dict:
        """JSON values."""
        return {"format": FORMAT, **asdict(self), "spectrum": [list(pair) for pair in self.spectrum],
                "units": {"stiffness": "Pa", "spectrum": "[Hz, g]", "effusivity": "W s^0.5 / (m^2 K)"}}  # fmt: skip


def spectrum_of(samples: np.ndarray) -> tuple[float, ...]:
    """Amplitudes (g) at ``BANDS`` of a touch recording (T, 6) at 100 Hz, mean over its windows and axes."""
    accelerations = samples[:, :3]
    if len(accelerations) < WINDOW:
        raise WorldwrightError("The touch recording is too short.", "Record at least one second.")
    windows = np.lib.stride_tricks.sliding_window_view(accelerations, WINDOW, axis=0)[:: WINDOW // 2]
    taper = np.hanning(WINDOW)
    amplitude = np.abs(np.fft.rfft((windows - windows.mean(axis=-1, keepdims=True)) * taper, axis=-1)).mean(axis=(0, 1))
    return tuple(np.interp(BANDS, np.fft.rfftfreq(WINDOW, 1 / RATE), 2 * amplitude / taper.sum()).round(5).tolist())


def haptics_of(material: str, recording: np.ndarray | None = None, source: str = "recording") -> Haptics:
    """The profile of one of ``MATERIALS``; ``recording`` (T, 6): its own touch instead of the table's. Raises WorldwrightError."""
    if material not in MATERIALS:
        raise WorldwrightError(f"There is no material “{material}”.", f"Known are: {', '.join(MATERIALS)}.")
    stiffness, effusivity, like, rough = _TABLE[material]
    if recording is not None:
        amplitudes = spectrum_of(recording)
    else:
        amplitudes = tuple(round(rough * value, 5) for value in RECORDED[like])
        source = "recorded" if like == material and rough == 1.0 else f"like {like}"
    friction = MATERIALS[material].friction
    roughest = max(map(_strength, RECORDED.values()))
    return Haptics(
        material, round(STATIC * friction, 3), friction, stiffness,
        round(float(np.clip(np.log10(stiffness / 5e4) / np.log10(2e11 / 5e4), 0, 1)), 3),
        round(float(np.clip((_strength(amplitudes) / roughest) ** 0.5, 0, 1)), 3),
        tuple(zip(BANDS, amplitudes, strict=True)), effusivity, source,
    )  # fmt: skip


def texture(felt: Haptics) -> np.ndarray:
    """(T, 2) strength 0..1 of slow (below 20 Hz) and fast vibration in a stroke of ``SECONDS``, ``STEP`` apart: noise of the
    material's spectrum, the same for every call, under a hand that speeds up and slows down."""
    rng = np.random.default_rng(zlib.crc32(felt.material.encode()))
    times = np.arange(round(SECONDS * 1000)) / 1000
    bands = np.array([amplitude for _, amplitude in felt.spectrum])
    hertz = np.array([frequency for frequency, _ in felt.spectrum])
    waves = bands[:, None] * np.sin(2 * np.pi * hertz[:, None] * times + rng.uniform(0, 2 * np.pi, (len(hertz), 1)))
    every = round(STEP * 1000)
    strengths = []
    for chosen in (hertz < 20, hertz >= 20):
        vibration = waves[chosen].sum(axis=0)
        envelope = np.sqrt((vibration**2).reshape(-1, every).mean(axis=1))
        strengths.append(envelope / max(float(np.sqrt((bands[chosen] ** 2).sum())), 1e-9))
    hand = np.sin(np.pi * (np.arange(len(strengths[0])) + 0.5) / len(strengths[0])) ** 0.5
    fast = bands[hertz >= 20].sum() / max(bands.sum(), 1e-9)
    level = 1.4 * felt.roughness * hand
    shares = zip((1 - fast, fast), strengths, strict=True)
    return np.stack([np.clip(level * share * strength, 0, 1) for share, strength in shares], axis=1)


def rumble(felt: Haptics) -> dict:
    """JSON values: a gamepad's motors (W3C "dual-rumble": strong is slow, weak is fast) in one stroke."""
    strong, weak = texture(felt).round(3).T.tolist()
    return {"format": "worldwright-rumble-1", "material": felt.material, "seconds": SECONDS, "step": STEP,
            "strongMagnitude": strong, "weakMagnitude": weak}  # fmt: skip


def apple(felt: Haptics) -> dict:
    """JSON values of an AHAP file (Apple Core Haptics): the finger's landing, then the stroke."""
    curve = texture(felt).sum(axis=1)
    sharpness = round(float(np.clip(0.15 + 0.8 * felt.hardness, 0, 1)), 3)
    landing = {"Event": {"Time": 0.0, "EventType": "HapticTransient", "EventParameters": [
        {"ParameterID": "HapticIntensity", "ParameterValue": round(0.4 + 0.5 * felt.hardness, 3)},
        {"ParameterID": "HapticSharpness", "ParameterValue": sharpness},
    ]}}  # fmt: skip
    stroke = {"Event": {"Time": 0.05, "EventType": "HapticContinuous", "EventDuration": SECONDS, "EventParameters": [
        {"ParameterID": "HapticIntensity", "ParameterValue": 1.0},
        {"ParameterID": "HapticSharpness", "ParameterValue": sharpness},
    ]}}  # fmt: skip
    curves = []
    for start in range(0, len(curve), MOST_POINTS):
        points = [{"Time": round(STEP * number, 3), "ParameterValue": round(float(np.clip(value, 0, 1)), 3)}
                  for number, value in enumerate(curve[start : start + MOST_POINTS])]  # fmt: skip
        curves.append({"ParameterCurve": {"ParameterID": "HapticIntensityControl", "Time": round(0.05 + STEP * start, 3),
                                          "ParameterCurveControlPoints": points}})  # fmt: skip
    about = {"Project": "Worldwright", "Description": f"A finger strokes {felt.material}"}
    return {"Version": 1.0, "Metadata": about, "Pattern": [landing, stroke, *curves]}


def write_haptics(folder: Path, felt: Haptics) -> list[Path]:
    """Writes MATERIAL.haptic.json, MATERIAL.ahap and MATERIAL.rumble.json, each whole or not at all. Raises WorldwrightError."""
    written = []
    for suffix, value in ((".haptic.json", felt.to_dict()), (".ahap", apple(felt)), (".rumble.json", rumble(felt))):
        path = folder / f"{felt.material}{suffix}"
        partial = path.with_name(path.name + ".part")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(value, indent=1), encoding="utf-8")
            os.replace(partial, path)
        except OSError as error:
            raise WorldwrightError(f"“{path}” cannot be written: {error.strerror}.", "Choose another folder.") from error
        written.append(path)
    return written


def _strength(amplitudes: tuple[float, ...]) -> float:
    """Root of the summed squares of a spectrum."""
    return float(np.sqrt(np.square(amplitudes).sum()))
