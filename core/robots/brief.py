"""What can be asked of a robot: typed parameters with ranges, grouped as the panel shows them."""

from __future__ import annotations

from dataclasses import dataclass

from ..briefs import Brief, choice, color, flag, number, text
from ..characters.brief import CLIPS

KITS = ("service", "industrial", "combat", "retro")
HEADS = ("usual", "visor", "eyes", "slit", "dome")


@dataclass
class RobotBrief(Brief):
    """A humanoid robot. Ratios are in 0..1 with 0.5 in the middle; colours are linear RGB."""

    kit: str = choice("service", KITS, help="Family of parts", group="Build")
    head: str = choice("usual", HEADS, help="Head; usual is the kit's own", group="Build")
    height: float = number(1.8, 0.5, 4, unit="m", help="Standing height", group="Build")
    bulk: float = number(0.5, 0, 1, help="From slender to massive", group="Build")
    antennas: bool = flag(True, help="Antennas, where the kit has them", group="Build")

    shell_color: tuple[float, float, float] = color((0.75, 0.76, 0.77), help="Outer shells", group="Paint")
    trim_color: tuple[float, float, float] = color((0.04, 0.16, 0.32), help="Second colour", group="Paint")
    light_color: tuple[float, float, float] = color((0.1, 0.75, 1.0), help="Lamps and eyes", group="Paint")
    light_strength: float = number(6, 0, 30, help="How brightly lamps glow", group="Paint")
    wear: float = number(0.35, 0, 1, help="Scratches and grime", group="Paint")

    motion: bool = flag(True, help="Make the clips", group="Output")
    clips: str = text("idle, walk", help=f"Names with commas between; all, or of {', '.join(CLIPS)}", group="Output")
    lods: bool = flag(False, help="Levels of detail 1 to 3 beside level 0", group="Output")
