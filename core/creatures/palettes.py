"""Natural coats: for every kind a few patterns with their colours (linear RGB), one of which the seed chooses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .brief import CreatureBrief

Color = tuple[float, float, float]
# kind -> (pattern, main, belly and markings, dark parts, iris)
COATS: dict[str, tuple[tuple[str, Color, Color, Color, Color], ...]] = {
    "wolf": (
        ("countershaded", (0.155, 0.125, 0.098), (0.50, 0.43, 0.34), (0.028, 0.024, 0.022), (0.55, 0.30, 0.03)),
        ("countershaded", (0.30, 0.30, 0.30), (0.62, 0.60, 0.56), (0.06, 0.06, 0.065), (0.45, 0.42, 0.12)),
        ("countershaded", (0.035, 0.032, 0.03), (0.09, 0.08, 0.07), (0.012, 0.011, 0.011), (0.6, 0.4, 0.04)),
    ),
    "cat": (
        ("stripes", (0.46, 0.19, 0.045), (0.70, 0.62, 0.50), (0.018, 0.014, 0.012), (0.42, 0.46, 0.06)),
        ("rosettes", (0.50, 0.30, 0.10), (0.72, 0.63, 0.48), (0.022, 0.016, 0.012), (0.30, 0.42, 0.10)),
        ("countershaded", (0.40, 0.26, 0.13), (0.62, 0.52, 0.40), (0.12, 0.07, 0.04), (0.45, 0.30, 0.05)),
        ("plain", (0.018, 0.016, 0.016), (0.03, 0.026, 0.024), (0.01, 0.01, 0.01), (0.50, 0.50, 0.05)),
    ),
    "horse": (
        ("countershaded", (0.17, 0.065, 0.025), (0.24, 0.11, 0.05), (0.016, 0.012, 0.010), (0.06, 0.025, 0.01)),
        ("patches", (0.20, 0.085, 0.035), (0.72, 0.69, 0.63), (0.05, 0.035, 0.028), (0.06, 0.03, 0.012)),
        ("plain", (0.42, 0.41, 0.40), (0.60, 0.59, 0.57), (0.10, 0.10, 0.10), (0.05, 0.025, 0.012)),
    ),
    "bird": (
        ("countershaded", (0.085, 0.048, 0.026), (0.55, 0.46, 0.33), (0.025, 0.017, 0.012), (0.75, 0.48, 0.04)),
        ("countershaded", (0.05, 0.05, 0.055), (0.62, 0.60, 0.57), (0.018, 0.018, 0.02), (0.55, 0.12, 0.03)),
        ("plain", (0.018, 0.018, 0.024), (0.03, 0.03, 0.04), (0.010, 0.010, 0.013), (0.10, 0.05, 0.02)),
    ),
    "dragon": (
        ("countershaded", (0.14, 0.022, 0.016), (0.42, 0.22, 0.085), (0.022, 0.014, 0.013), (0.80, 0.50, 0.04)),
        ("countershaded", (0.028, 0.095, 0.045), (0.30, 0.30, 0.13), (0.014, 0.022, 0.016), (0.85, 0.62, 0.06)),
        ("stripes", (0.045, 0.075, 0.13), (0.30, 0.34, 0.38), (0.012, 0.016, 0.026), (0.35, 0.75, 0.85)),
    ),
    "dinosaur": (
        ("stripes", (0.22, 0.135, 0.055), (0.50, 0.39, 0.23), (0.045, 0.026, 0.014), (0.75, 0.40, 0.03)),
        ("spots", (0.10, 0.115, 0.045), (0.36, 0.34, 0.19), (0.026, 0.03, 0.014), (0.72, 0.55, 0.06)),
    ),
    "lizard": (
        ("spots", (0.075, 0.17, 0.035), (0.46, 0.44, 0.16), (0.015, 0.035, 0.014), (0.65, 0.32, 0.03)),
        ("stripes", (0.26, 0.17, 0.085), (0.52, 0.43, 0.28), (0.05, 0.03, 0.02), (0.60, 0.42, 0.05)),
    ),
    "spider": (
        ("countershaded", (0.038, 0.024, 0.018), (0.12, 0.055, 0.025), (0.010, 0.008, 0.008), (0.03, 0.01, 0.01)),
        ("stripes", (0.19, 0.105, 0.045), (0.34, 0.22, 0.11), (0.022, 0.014, 0.010), (0.02, 0.01, 0.01)),
    ),
    "beetle": (
        ("plain", (0.012, 0.055, 0.038), (0.02, 0.07, 0.05), (0.010, 0.010, 0.011), (0.02, 0.015, 0.01)),
        ("plain", (0.085, 0.022, 0.010), (0.12, 0.05, 0.02), (0.014, 0.010, 0.009), (0.02, 0.012, 0.01)),
    ),
    "alien": (
        ("countershaded", (0.24, 0.27, 0.255), (0.37, 0.39, 0.36), (0.06, 0.075, 0.08), (0.004, 0.004, 0.006)),
        ("spots", (0.10, 0.19, 0.20), (0.30, 0.40, 0.36), (0.025, 0.05, 0.07), (0.012, 0.004, 0.006)),
    ),
}  # fmt: skip


def dressed(brief: CreatureBrief, rng: np.random.Generator) -> CreatureBrief:
    """The brief with the colours of a natural coat of its kind, where its pattern is "natural"; otherwise the brief itself."""
    if brief.pattern != "natural":
        return brief
    coats = COATS[brief.kind]
    pattern, main, second, dark, eye = coats[int(rng.integers(len(coats)))] if brief.variety > 0 else coats[0]
    shade = float(np.exp(0.18 * brief.variety * rng.standard_normal()))
    red, green, blue = (min(channel * shade, 0.9) for channel in main)
    return replace(brief, pattern=pattern, main_color=(red, green, blue), second_color=second, dark_color=dark, eye_color=eye)
