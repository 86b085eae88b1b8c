"""Daylight: a painted sky around the scene and the sun that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..scene import SRGB, Light, Node, Texture, World
from .materials.color import encoded, hexadecimal
from .materials.noise import spectrum_noise

HEIGHT = 384  # rows of the picture; it is twice as wide
WEATHERS = ("clear", "cloudy", "overcast", "rain", "fog", "snow")
TIMES = ("morning", "noon", "afternoon", "evening", "night")


@dataclass(frozen=True)
class Daylight:
    """The light of an hour and a weather.

    Attributes:
        elevation: of the sun, radians; ``azimuth``: where it stands, radians clockwise from +Y.
        zenith, horizon: sky colours "#rrggbb"; ``glow``: the colour around the sun.
        clouds: how much of the sky they cover, 0..1; ``strength``: of the sky; ``sun``: watts a square metre.
        color: of the sunlight; ``angle``: how large the sun looks, radians: large behind clouds.
    """

    elevation: float
    azimuth: float
    zenith: str
    horizon: str
    glow: str
    clouds: float
    strength: float
    sun: float
    color: tuple[float, float, float]
    angle: float


_HOURS = {
    "morning": (0.42, -1.2, "#4e80b4", "#dfe0d6", "#ffe3b8", 1.35, 4.4, (1.0, 0.88, 0.72)),
    "noon": (0.98, 2.5, "#2f69ad", "#c3d7e8", "#ffffff", 1.6, 5.4, (1.0, 0.96, 0.9)),
    "afternoon": (0.66, 2.3, "#3a73b2", "#d0dce4", "#fff3da", 1.5, 5.0, (1.0, 0.93, 0.82)),
    "evening": (0.17, 1.95, "#51719c", "#f0c293", "#ffb870", 1.1, 4.2, (1.0, 0.66, 0.38)),
    "night": (0.6, 2.2, "#070c18", "#1a2233", "#20283a", 1.2, 0.3, (0.6, 0.72, 1.0)),
}
_COVER = {"clear": 0.16, "cloudy": 0.5, "overcast": 0.95, "rain": 1.0, "fog": 1.0, "snow": 0.97}


def daylight(time: str, weather: str, azimuth: float | None = None, height: float = 0.0, warmth: float = 0.0) -> Daylight:
    """The light at one of ``TIMES`` in one of ``WEATHERS``; ``height``: of the sun in degrees, where not 0, instead of the hour's;
    ``warmth``: from -1, cold, to 1, warm: leans the sun, the glow around it and the horizon that way.
    """
    elevation, usual, zenith, horizon, glow, strength, sun, color = _HOURS[time]
    if height > 0:
        elevation = float(np.radians(height))
    if warmth:
        toward, lean = ("#ff9a4c" if warmth > 0 else "#a9cdff"), 0.5 * abs(warmth)
        horizon, glow = _mixed(horizon, toward, 0.6 * lean), _mixed(glow, toward, lean)
        aim = (1.0, 0.6, 0.3) if warmth > 0 else (0.72, 0.86, 1.0)
        red, green, blue = (c + lean * (a - c) for c, a in zip(color, aim, strict=True))
        color = (red, green, blue)
    clouds = _COVER[weather]
    grey = {"overcast": 0.75, "rain": 0.9, "fog": 0.9, "snow": 0.8}.get(weather, 0.0)
    if grey and time != "night":
        cold = {"rain": ("#78828b", "#a3abb0"), "fog": ("#b4babd", "#c6cacb"), "snow": ("#b2bac4", "#d8dde2")}.get(
            weather, ("#98a2ab", "#c2c9cd")
        )
        zenith, horizon = _mixed(zenith, cold[0], grey), _mixed(horizon, cold[1], grey)
    strength *= {"rain": 2.1, "overcast": 1.8, "fog": 1.5, "snow": 1.5}.get(weather, 1.0) if time != "night" else 1.0
    dim = {"cloudy": 0.8, "overcast": 0.16, "rain": 0.1, "fog": 0.08, "snow": 0.16}.get(weather, 1.0)
    pale = tuple(float(c + (0.9 - c) * grey) for c in color)
    angle = {"clear": 0.01, "cloudy": 0.03}.get(weather, 0.6)
    stands = usual if azimuth is None else azimuth
    return Daylight(elevation, stands, zenith, horizon, glow, clouds, strength, sun * dim, (pale[0], pale[1], pale[2]), angle)


def _mixed(first: str, second: str, share: float) -> str:
    values = [round(int(first[k : k + 2], 16) * (1 - share) + int(second[k : k + 2], 16) * share) for k in (1, 3, 5)]
    return "#" + "".join(f"{value:02x}" for value in values)


def sun_direction(light: Daylight) -> np.ndarray:
    """(3,) unit vector towards the sun."""
    flat = np.cos(light.elevation)
    return np.array([flat * np.sin(light.azimuth), flat * np.cos(light.azimuth), np.sin(light.elevation)])


def sun_node(light: Daylight, name: str = "Sun", parent: str = "") -> Node:
    """The sun as a light that shines along its -Z."""
    back = sun_direction(light)
    right = np.cross((0.0, 0.0, 1.0), back)
    right /= np.linalg.norm(right)
    matrix = np.eye(4, dtype=np.float32)
    matrix[:3, 0], matrix[:3, 1], matrix[:3, 2], matrix[:3, 3] = right, np.cross(back, right), back, back * 60
    return Node(name, matrix, light=Light("sun", light.sun, light.color, (light.angle, light.angle)), parent=parent)


def paint_sky(light: Daylight, seed: int, ground: str = "#5d5a52") -> World:
    """The world of a daylight: gradient, glow around the sun, clouds, and haze where the sky meets the ground."""
    rng = np.random.default_rng([seed, 77])
    azimuth = ((np.arange(2 * HEIGHT) + 0.5) / (2 * HEIGHT) - 0.5)[None] * 2 * np.pi
    height = (0.5 - (np.arange(HEIGHT) + 0.5) / HEIGHT)[:, None] * np.pi
    up = np.sin(height)
    direction = np.stack(np.broadcast_arrays(np.cos(height) * np.sin(azimuth), np.cos(height) * np.cos(azimuth), up), axis=2)
    toward = np.clip(direction @ sun_direction(light), -1, 1)
    zenith, horizon, glow = (np.array(hexadecimal(code)) for code in (light.zenith, light.horizon, light.glow))
    rise = np.clip(up, 0, 1) ** 0.55
    sky = horizon + (zenith - horizon) * rise[..., None]
    open_sky = 1.0 - 0.85 * np.clip(light.clouds * 1.6 - 0.7, 0, 1)
    halo = 0.55 * np.exp((toward - 1) * 60) + 0.3 * np.exp((toward - 1) * 6) * (1 - 0.5 * rise)
    sky = sky + (glow - sky) * np.clip(halo * open_sky, 0, 0.95)[..., None]
    sky = _clouds(sky, direction, toward, light, horizon, rng)
    low = np.array(hexadecimal(ground)) * (horizon.mean() + 0.05)
    haze = np.exp(-np.clip(-up, 0, 1) * 14)[..., None]
    sky = np.where(up[..., None] < 0, low + (horizon * 0.75 - low) * haze, sky)
    pixels = (encoded(sky) * 255 + 0.5).astype(np.uint8)
    red, green, blue = (float(v) for v in horizon + 0.4 * (zenith - horizon))
    return World("Sky", (red, green, blue), light.strength, Texture("Sky", pixels, SRGB))


def _clouds(
    sky: np.ndarray, direction: np.ndarray, toward: np.ndarray, light: Daylight, horizon: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Clouds on a level ceiling, seen in perspective; lit from the sun, grey below."""
    broad = spectrum_noise(rng, 1.75, 2.0)
    fine = spectrum_noise(rng, 1.25, 8.0)
    field = (broad + 0.35 * fine) / 1.06
    size = field.shape[0]
    rise = np.clip(direction[..., 2], 0.02, 1)
    place = direction[..., :2] / (rise + 0.09)[..., None] * 0.11
    x, y = (np.floor((place[..., axis] + 10) * size).astype(int) % size for axis in (0, 1))
    sun = sun_direction(light)[:2] * 9.0
    here = field[y, x]
    ahead = field[(y + round(sun[1])) % size, (x + round(sun[0])) % size]
    level = np.quantile(field, 1.0 - min(light.clouds, 0.98))
    cover = np.clip((here - level) / 0.75, 0, 1) ** 0.8
    cover = cover * np.clip((direction[..., 2] - 0.015) / 0.09, 0, 1) * (0.92 if light.clouds < 0.9 else 0.6)
    lit = np.clip(0.72 + 0.35 * (here - ahead) - 0.16 * np.clip(here - level, 0, 2), 0.35, 1.0)
    bright = np.clip(horizon.mean() * 1.35 + 0.12, 0.02, 1.0) if light.strength > 0.5 else 0.03
    warm = np.array(light.color) * bright
    white = warm * lit[..., None] * (1 + 0.25 * np.clip(toward, 0, 1) ** 4)[..., None]
    return sky + (np.clip(white, 0, 1) - sky) * cover[..., None]
