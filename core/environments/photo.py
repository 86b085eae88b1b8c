"""A photograph to a mood: palette, what it shows by colour, how high and warm the sun stands, weather, hour and season."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

import numpy as np

from ..briefs import Brief
from ..errors import WorldwrightError
from .materials.color import encoded
from .sketches import lab

MATERIALS = {  # L*, a*, b* of what photographs of places are made of
    "sky": (72.0, -6.0, -24.0), "foliage": (38.0, -18.0, 26.0), "grass": (55.0, -16.0, 36.0), "sand": (76.0, 4.0, 24.0),
    "brick": (42.0, 26.0, 24.0), "stone": (60.0, 1.0, 8.0), "asphalt": (32.0, 0.0, 0.0), "snow": (94.0, 0.0, -2.0),
    "water": (40.0, -8.0, -14.0), "autumn leaves": (52.0, 24.0, 46.0),
}  # fmt: skip


@dataclass
class Mood:
    """What a photograph says. ``palette``: five colours "#rrggbb", the commonest first; ``materials``: shares by name;
    ``warmth``: -1 cold to 1 warm; ``sun_height``: radians; ``contrast``: of lightness, 0..1."""

    palette: list[str]
    materials: dict[str, float]
    warmth: float
    sun_height: float
    contrast: float
    weather: str
    time: str
    season: str
    notes: list[str] = field(default_factory=list)

    def brief_values(self, kind: type[Brief]) -> dict:
        """Those of the mood's values that a kind of brief has."""
        names = {item.name for item in dataclasses.fields(kind)}
        return {name: value for name in ("weather", "time", "season") if name in names and (value := getattr(self, name))}


def read_photo(pixels: np.ndarray) -> Mood:
    """The mood of a picture (H, W, 3 or 4) uint8.

    Raises WorldwrightError for a picture of one colour. How high the sun stands follows from how hard the light is and how
    warm and bright the upper part: a guess, and said so in the notes.
    """
    small = pixels[:: max(1, pixels.shape[0] // 120), :: max(1, pixels.shape[1] // 160), :3]
    colors = lab(small)
    flat = colors.reshape(-1, 3)
    if float(flat.std(axis=0).max()) < 1.5:
        raise WorldwrightError("The picture has one colour only, so it has no mood to take.", "Give a photograph of a place.")
    centres, shares = _clusters(flat)
    palette = [_hexadecimal(centre) for centre in centres]
    top = colors[: max(1, len(colors) // 3)].reshape(-1, 3)
    light, spread = float(flat[:, 0].mean()), float(flat[:, 0].std())
    bright = top[top[:, 0] > np.quantile(top[:, 0], 0.5)]
    warmth = float(np.clip((bright[:, 2].mean() + 0.6 * bright[:, 1].mean()) / 30.0, -1, 1))
    contrast = float(np.clip(spread / 30.0, 0, 1))
    cool_sky = float((top[:, 2] < -8).mean())
    names = list(MATERIALS)
    nearest = ((flat[:, None] - np.array(list(MATERIALS.values()))[None]) ** 2).sum(axis=2).argmin(axis=1)
    materials = {name: round(float((nearest == k).mean()), 3) for k, name in enumerate(names)}
    colorful = float(np.hypot(top[:, 1], top[:, 2]).mean())
    weather = _weather(light, colorful, cool_sky, contrast, float(top[:, 0].mean()), materials)
    hour, height = _hour(light, warmth, contrast, weather)
    season = _season(materials)
    notes = [f"From the photograph: {hour}, {weather}, sun about {np.degrees(height):.0f}° high, colours {', '.join(palette[:3])}.",
             "The hour and the weather are guessed from its colours."]  # fmt: skip
    return Mood(palette, materials, round(warmth, 3), float(height), round(contrast, 3), weather, hour, season, notes)


def _clusters(points: np.ndarray, count: int = 5, rounds: int = 12) -> tuple[np.ndarray, np.ndarray]:
    """k-means in L*a*b*, started at even quantiles of lightness: centres by falling share."""
    order = np.argsort(points[:, 0], kind="stable")
    centres = points[order[((np.arange(count) + 0.5) / count * len(points)).astype(int)]].copy()
    member = np.zeros(len(points), int)
    for _ in range(rounds):
        member = ((points[:, None] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)
        for k in range(count):
            if (member == k).any():
                centres[k] = points[member == k].mean(axis=0)
    shares = np.bincount(member, minlength=count) / len(points)
    best = np.argsort(-shares, kind="stable")
    return centres[best], shares[best]


def _hexadecimal(color: np.ndarray) -> str:
    """L*a*b* to "#rrggbb"."""
    fy = (color[0] + 16) / 116
    f = np.array([fy + color[1] / 500, fy, fy - color[2] / 200])
    xyz = np.where(f > 0.2069, f**3, (f - 16 / 116) / 7.787) * (0.9505, 1.0, 1.089)
    matrix = np.array([(3.2406, -1.5372, -0.4986), (-0.9689, 1.8758, 0.0415), (0.0557, -0.2040, 1.0570)])
    rgb = np.rint(encoded(matrix @ xyz) * 255).astype(int)
    return "#" + "".join(f"{value:02x}" for value in rgb)


def _weather(light: float, colorful: float, cool: float, contrast: float, above: float, materials: dict[str, float]) -> str:
    if materials["snow"] > 0.35 and colorful < 14:
        return "snow"
    if contrast < 0.3 and above > 55 and colorful < 10:
        return "fog"
    if colorful < 9 and above > 40:
        return "rain" if light < 40 else "overcast"
    if cool > 0.5:
        return "clear" if colorful > 16 else "cloudy"
    return "clear" if contrast > 0.55 or colorful > 20 else "cloudy"


def _hour(light: float, warmth: float, contrast: float, weather: str) -> tuple[str, float]:
    if light < 20:
        return "night", 0.5
    if warmth > 0.35:
        return "evening", 0.17
    if warmth > 0.15:
        return "morning", 0.42
    if light > 55 and weather in ("clear", "cloudy"):
        return "noon", 0.98
    return "afternoon", 0.66


def _season(materials: dict[str, float]) -> str:
    if materials["snow"] > 0.3:
        return "winter"
    return "autumn" if materials["autumn leaves"] > 0.12 else "summer"
