"""A photograph to a mood: palette, what it shows by colour, how high and warm the sun stands, weather, hour and season."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

import numpy as np

from ..briefs import Brief
from ..errors import WorldwrightError
from .finishes import WALL_CODES
from .materials.color import encoded
from .materials.palettes import ACCENTS
from .sketches import lab

MATERIALS = {  # L*, a*, b* of what photographs of places are made of
    "sky": (72.0, -6.0, -24.0), "foliage": (38.0, -18.0, 26.0), "grass": (55.0, -16.0, 36.0), "sand": (76.0, 4.0, 24.0),
    "brick": (42.0, 26.0, 24.0), "stone": (60.0, 1.0, 8.0), "asphalt": (32.0, 0.0, 0.0), "snow": (94.0, 0.0, -2.0),
    "water": (40.0, -8.0, -14.0), "autumn leaves": (52.0, 24.0, 46.0),
}  # fmt: skip


@dataclass
class Mood:
    """What a photograph says. ``palette``: five colours "#rrggbb", the commonest first; ``materials``: shares by name;
    ``warmth``: -1 cold to 1 warm; ``sun_height``: radians; ``contrast``: of lightness, ``light``: how bright, 0..1."""

    palette: list[str]
    materials: dict[str, float]
    warmth: float
    sun_height: float
    contrast: float
    light: float
    weather: str
    time: str
    season: str
    notes: list[str] = field(default_factory=list)

    def brief_values(self, kind: type[Brief]) -> dict:
        """Those of the mood's values that a kind of brief has: light, and what its colours and materials ask for."""
        names = {item.name for item in dataclasses.fields(kind)}
        if "palette" in names:  # a room or a home
            return {name: value for name, value in self._indoors().items() if name in names}
        values: dict = {"weather": self.weather, "time": self.time, "season": self.season, "warmth": self.warmth}
        if self.time != "night":
            values["sun_height"] = round(float(np.degrees(self.sun_height)), 1)
        return {name: value for name, value in (values | self._outdoors()).items() if name in names}

    def _outdoors(self) -> dict:
        """Façades in the photograph's colours of walls, brick where it shows brick, and the green of its meadows."""
        walls = [code for code in self.palette if _like(code) in ("brick", "stone", "sand")]
        green = next((code for code in self.palette if _like(code) in ("grass", "foliage", "autumn leaves")), "")
        share = self.materials
        values: dict = {"facades": ", ".join(walls[:3]), "meadow": green}
        if share["brick"] > 0.12 and share["brick"] > share["stone"]:
            values["style"] = "brick"
        values["density"] = round(float(np.clip(0.25 + 1.5 * share["foliage"], 0, 1)), 2)
        values["rocks"] = round(float(np.clip(0.2 + 1.5 * share["stone"], 0, 1)), 2)
        return values

    def _indoors(self) -> dict:
        """The furnisher's palette, strong colour, walls and brightness nearest to the photograph's."""
        near = [code for code in self.palette if _like(code) not in ("sky", "water")] or self.palette
        seen = lab(np.array([_bytes(code) for code in near], np.uint8))
        strong = seen[np.hypot(seen[:, 1], seen[:, 2]).argmax()]
        accents = {name: code for name, code in ACCENTS.items() if code}
        vivid = float(np.hypot(strong[1], strong[2])) > 18
        lightest = seen[seen[:, 0].argmax()]
        light_walls = {name: code for name, code in WALL_CODES.items() if name != "dark"}
        return {
            "palette": "walnut" if self.warmth > 0.15 or self.materials["brick"] > 0.1 else "nordic",
            "accent": _nearest(strong, accents) if vivid else "palette",
            "walls": _nearest(lightest, light_walls) if self.light > 0.25 else "dark",
            "brightness": round(float(np.clip(0.15 + self.light, 0, 1)), 2),
        }


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
    return Mood(palette, materials, round(warmth, 3), float(height), round(contrast, 3), round(light / 100, 3), weather,
                hour, season, notes)


def _bytes(code: str) -> list[int]:
    return [int(code[k : k + 2], 16) for k in (1, 3, 5)]


def _nearest(color: np.ndarray, codes: dict[str, str]) -> str:
    """The name of the code nearest to an L*a*b* colour, lightness counting half."""
    away = (lab(np.array([_bytes(code) for code in codes.values()], np.uint8)) - color) * (0.5, 1.0, 1.0)
    return list(codes)[int((away**2).sum(axis=1).argmin())]


def _like(code: str) -> str:
    """The material whose colour a code is nearest to."""
    away = lab(np.array([_bytes(code)], np.uint8)) - np.array(list(MATERIALS.values()))
    return list(MATERIALS)[int((away**2).sum(axis=1).argmin())]


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
