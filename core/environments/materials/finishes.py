"""The finishes props and rooms are made of. The same arguments give the same object, so that everything shares materials."""

from __future__ import annotations

from functools import lru_cache

from ...geometry.shape import Finish
from ...scene import Material
from .color import Color, hexadecimal
from .patterns import (
    Pattern,
    brushed_pattern,
    carpet_pattern,
    concrete_pattern,
    cork_pattern,
    leaf_pattern,
    leather_pattern,
    marble_pattern,
    moulded_pattern,
    paper_pattern,
    plank_pattern,
    plaster_pattern,
    soil_pattern,
    terrazzo_pattern,
    tiles_pattern,
    weave_pattern,
    wicker_pattern,
    wood_pattern,
)  # fmt: skip
from .textures import color_texture

# From early to late wood, and the variant of the grain.
WOODS: dict[str, tuple[tuple[str, str, str], int]] = {
    "birch": (("#ead7b5", "#d9bd8e", "#b9935f"), 1),
    "oak": (("#d9b98a", "#bd9460", "#8d6438"), 0),
    "beech": (("#e0b48a", "#cf9c6d", "#a87347"), 1),
    "walnut": (("#8e6648", "#6c4930", "#3f281a"), 0),
    "cherry": (("#a9724f", "#89543a", "#5e3623"), 2),
    "ash grey": (("#b6ada0", "#998f82", "#6e655a"), 2),
    "ebony": (("#4a4039", "#332b27", "#1c1715"), 1),
    "pine": (("#ecd09a", "#dcb474", "#b98145"), 2),
}


def _scaled(color: Color, factor: float) -> Color:
    return tuple(min(1.0, max(0.0, value * factor)) for value in color)  # type: ignore[return-value]


def _painted(name: str, pattern: Pattern, colors: list[Color], **values) -> Finish:
    """A finish whose base colour is the pattern's tone run through ``colors``."""
    middle = colors[len(colors) // 2]
    return Finish(
        Material(
            name, (*middle, 1.0), base_color_texture=color_texture(name, pattern.tone, colors),
            roughness_texture=pattern.roughness, normal_texture=pattern.normal, occlusion=pattern.roughness is not None, **values,
        ),
        pattern.tile,
    )  # fmt: skip


def _plain(name: str, color: Color, pattern: Pattern | None = None, **values) -> Finish:
    """A finish of one colour, with the pattern's relief where given."""
    if pattern is None:
        return Finish(Material(name, (*color, 1.0), **values))
    return Finish(Material(name, (*color, 1.0), normal_texture=pattern.normal, **values), pattern.tile)


@lru_cache
def wood(tone: str) -> Finish:
    """Veneer or solid wood; ``tone`` is a key of ``WOODS``."""
    stops, variant = WOODS[tone]
    return _painted(f"{tone.capitalize()} wood", wood_pattern(variant), [hexadecimal(stop) for stop in stops])


@lru_cache
def plank_floor(tone: str) -> Finish:
    """A floor of planks; ``tone`` is a key of ``WOODS``. Planks run along u."""
    return _painted(f"{tone.capitalize()} planks", plank_pattern(), [hexadecimal(stop) for stop in WOODS[tone][0]])


@lru_cache
def carpet(code: str = "#6d7278") -> Finish:
    """Carpet tiles of a colour "#rrggbb"."""
    color = hexadecimal(code)
    return _painted(f"Carpet {code}", carpet_pattern(), [_scaled(color, f) for f in (0.45, 1.0, 1.6)], roughness=0.97)


@lru_cache
def plaster(code: str = "#ecebe6") -> Finish:
    """Painted wall plaster."""
    color = hexadecimal(code)
    return _painted(f"Plaster {code}", plaster_pattern(), [_scaled(color, f) for f in (0.93, 1.0, 1.05)], roughness=0.88)


@lru_cache
def concrete(code: str = "#a3a19c") -> Finish:
    """Trowelled concrete."""
    color = hexadecimal(code)
    return _painted(f"Concrete {code}", concrete_pattern(), [_scaled(color, f) for f in (0.55, 1.0, 1.4)])


@lru_cache
def ceramic_tiles(code: str = "#e4e2dc", grout: str = "#9a9893") -> Finish:
    """Glazed tiles of 0.3 m."""
    color = hexadecimal(code)
    stops = [hexadecimal(grout), _scaled(color, 0.7), _scaled(color, 0.9), color, _scaled(color, 1.1)]
    return _painted(f"Tiles {code}", tiles_pattern(), stops)


@lru_cache
def fabric(code: str, twill: bool = False) -> Finish:
    """Woven upholstery."""
    color = hexadecimal(code)
    stops = [_scaled(color, f) for f in (0.4, 1.0, 1.45)]
    return _painted(f"{'Twill' if twill else 'Fabric'} {code}", weave_pattern(twill), stops, roughness=0.95)


@lru_cache
def leather(code: str) -> Finish:
    """Pebbled leather."""
    color = hexadecimal(code)
    return _painted(f"Leather {code}", leather_pattern(), [_scaled(color, f) for f in (0.5, 1.0, 1.25)])


@lru_cache
def cork() -> Finish:
    """Pin-board cork."""
    return _painted("Cork", cork_pattern(), [hexadecimal(code) for code in ("#6e4a2a", "#b98a58", "#dcb583")], roughness=0.9)


@lru_cache
def leaf(code: str = "#487545") -> Finish:
    """The green of a pot plant."""
    color = hexadecimal(code)
    return _painted(f"Leaf {code}", leaf_pattern(), [_scaled(color, f) for f in (0.6, 1.0, 1.45)])


@lru_cache
def soil() -> Finish:
    """Potting earth."""
    return _painted("Soil", soil_pattern(), [hexadecimal(code) for code in ("#120c08", "#2d2119", "#54402f")], roughness=0.95)


@lru_cache
def brushed_metal(code: str = "#c3c5c8") -> Finish:
    """Bare brushed steel or aluminium."""
    pattern = brushed_pattern()
    material = Material(
        f"Brushed metal {code}", (*hexadecimal(code), 1.0), metallic=1.0, roughness=0.32,
        roughness_texture=pattern.roughness, normal_texture=pattern.normal,
    )  # fmt: skip
    return Finish(material, pattern.tile)


@lru_cache
def chrome() -> Finish:
    """Polished metal."""
    return _plain("Chrome", hexadecimal("#e3e5e8"), metallic=1.0, roughness=0.08)


@lru_cache
def mirror() -> Finish:
    """Silvered glass."""
    return _plain("Mirror", hexadecimal("#eef1f2"), metallic=1.0, roughness=0.02)


@lru_cache
def painted_metal(code: str) -> Finish:
    """Powder-coated steel."""
    return _plain(f"Painted metal {code}", hexadecimal(code), moulded_pattern(), roughness=0.42)


@lru_cache
def plastic(code: str, roughness: float = 0.5) -> Finish:
    """Moulded plastic with a fine grain."""
    return _plain(
        f"Plastic {code}{'' if roughness == 0.5 else f' {roughness:g}'}", hexadecimal(code), moulded_pattern(), roughness=roughness
    )


@lru_cache
def lacquer(code: str, roughness: float = 0.3) -> Finish:
    """A smooth painted board, or smooth plastic."""
    return _plain(f"Lacquer {code}{'' if roughness == 0.3 else f' {roughness:g}'}", hexadecimal(code), roughness=roughness)


@lru_cache
def ceramic(code: str) -> Finish:
    """Glazed stoneware."""
    return _plain(f"Ceramic {code}", hexadecimal(code), roughness=0.18, clearcoat=0.6)


@lru_cache
def rubber() -> Finish:
    """Dull black rubber."""
    return _plain("Rubber", hexadecimal("#1b1b1c"), roughness=0.85)


@lru_cache
def paper(code: str = "#f2f0ea") -> Finish:
    """Uncoated paper."""
    return _plain(f"Paper {code}", hexadecimal(code), roughness=0.85)


@lru_cache
def wallpaper(code: str = "#e6e0d3") -> Finish:
    """Plain wallpaper: paper whose fibres show."""
    color = hexadecimal(code)
    return _painted(f"Wallpaper {code}", paper_pattern(), [_scaled(color, f) for f in (0.85, 1.0, 1.1)], roughness=0.9)


@lru_cache
def marble(code: str = "#e9e6e0", vein: str = "#8d8a86") -> Finish:
    """Polished marble."""
    color = hexadecimal(code)
    return _painted(f"Marble {code}", marble_pattern(), [hexadecimal(vein), _scaled(color, 0.75), color, _scaled(color, 1.05)])


@lru_cache
def terrazzo(code: str = "#cfcac0") -> Finish:
    """Stone chips in cement, ground flat."""
    color = hexadecimal(code)
    return _painted(f"Terrazzo {code}", terrazzo_pattern(), [_scaled(color, 0.35), _scaled(color, 0.7), color, _scaled(color, 1.2)])


@lru_cache
def wicker(code: str = "#b08a57") -> Finish:
    """Woven willow."""
    color = hexadecimal(code)
    return _painted(f"Wicker {code}", wicker_pattern(), [_scaled(color, f) for f in (0.3, 0.8, 1.3)])


@lru_cache
def glass(code: str = "#f1f7f6") -> Finish:
    """Clear glass."""
    return _plain("Glass" if code == "#f1f7f6" else f"Glass {code}", hexadecimal(code), roughness=0.03, transmission=0.95)


@lru_cache
def water() -> Finish:
    """Drinking water."""
    return _plain("Water", hexadecimal("#e9f4f8"), roughness=0.01, transmission=1.0)


@lru_cache
def glow(code: str = "#fff4e2", strength: float = 4.0) -> Finish:
    """A diffuser lit from behind."""
    color = hexadecimal(code)
    return _plain(f"Light {code} {strength:g}", color, roughness=0.5, emission=color, emission_strength=strength)
