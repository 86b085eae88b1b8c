"""What can be asked of a creature: typed parameters with ranges, grouped as the panel shows them."""

from __future__ import annotations

from dataclasses import dataclass

from ..briefs import Brief, choice, color, flag, number, whole

KINDS = ("wolf", "horse", "cat", "bird", "dragon", "dinosaur", "lizard", "spider", "beetle", "alien")
COVERS = ("natural", "fur", "feathers", "scales", "skin", "chitin")
PATTERNS = ("natural", "plain", "countershaded", "stripes", "spots", "patches", "rosettes")


@dataclass
class CreatureBrief(Brief):
    """An animal, real or not. Ratios are 1 where natural for the kind; colours are linear RGB."""

    kind: str = choice("wolf", KINDS, help="Body plan", group="Body")
    scale: float = number(1, 0.1, 10, help="Size; 1 is natural for the kind", group="Body")
    build: float = number(0.5, 0, 1, help="From lean to heavy", group="Body")
    leg_length: float = number(1, 0.6, 1.5, help="Length of the legs", group="Body")
    neck_length: float = number(1, 0.6, 1.8, help="Length of the neck", group="Body")
    tail_length: float = number(1, 0.3, 1.8, help="Length of the tail", group="Body")
    head_size: float = number(1, 0.7, 1.6, help="Size of the head", group="Body")
    ears: float = number(1, 0, 2, help="Size of the ears; 0 has none", group="Body")
    horns: float = number(0, 0, 2, help="Length of horns; dragons have some at 0 already", group="Body")
    wings: bool = flag(False, help="Wings, also for kinds that have none by nature", group="Body")
    variety: float = number(0.5, 0, 1, help="How much the seed changes the proportions", group="Body")

    cover: str = choice("natural", COVERS, help="What the skin is covered with", group="Coat")
    pattern: str = choice(
        "natural", PATTERNS, help="How the colours are laid out; natural has the kind's own colours", group="Coat"
    )
    main_color: tuple[float, float, float] = color((0.16, 0.13, 0.1), help="Main colour", group="Coat")
    second_color: tuple[float, float, float] = color((0.5, 0.44, 0.36), help="Belly and markings", group="Coat")
    dark_color: tuple[float, float, float] = color((0.03, 0.025, 0.022), help="Nose, hooves, claws, mane", group="Coat")
    eye_color: tuple[float, float, float] = color((0.5, 0.3, 0.04), help="Iris", group="Coat")
    shagginess: float = number(0.5, 0, 1, help="Length of fur, mane or plumage; 0 has no locks at all", group="Coat")

    texture_size: int = whole(1024, 256, 2048, help="Pixels of the baked textures' sides", group="Output")
    detail: int = whole(9000, 2000, 30000, help="Quads of the body at level 0, about", group="Output")
    lods: bool = flag(False, help="Levels of detail 1 to 3 beside level 0", group="Output")
    motion: bool = flag(True, help="Idle, walk, trot and, with wings, fly", group="Output")
