"""What is to be done with a shape that is read back into sliders."""

from __future__ import annotations

from dataclasses import dataclass

from ..briefs import Brief, choice, flag, number, whole
from ..environments.greybox.classes import KINDS
from ..environments.materials.palettes import PALETTES
from ..environments.prop_names import PROP_NAMES
from ..errors import WorldwrightError

AUTO = "auto"
# Words a kind may be named by: "chair" means any of its generators, "office_chair" that one.
WORDS: dict[str, tuple[str, ...]] = {
    **{label.replace(" ", "_"): kind.props for label, kind in KINDS.items()},
    **{key: (key,) for key in PROP_NAMES},
}


def generators(word: str) -> tuple[str, ...]:
    """The keys of the generators that a word means; none for "auto". Raises WorldwrightError for a word that means none."""
    key = word.strip().lower().replace(" ", "_")
    if key == AUTO:
        return ()
    if key not in WORDS:
        raise WorldwrightError(f"There is no generator of “{word}”.", f"Known are: {', '.join(sorted(WORDS))}.")
    return WORDS[key]


@dataclass
class RebuildBrief(Brief):
    """How a rough, scanned or AI-made mesh becomes a clean parametric one."""

    kind: str = choice(AUTO, (AUTO, *sorted(WORDS)), help="Which generator rebuilds it; auto: what the shape looks like")
    refine: float = number(2.0, 0.0, 60.0, unit="s", help="Time for a search that moves the sliders closer to the shape; 0: none")
    one_sided: bool = flag(False, help="A scan from one side: what was not seen is completed and not counted")
    tidy: bool = flag(True, help="What lies on its side or leans is put upright; off: it stands as it should")
    colors: bool = flag(True, help="Materials take the colours of the original, where it has any")
    levels: bool = flag(True, help="With levels of detail")
    palette: str = choice("nordic", PALETTES, help="Woods, metals and cloths where the original has no colours")


@dataclass
class VaryBrief(Brief):
    """Variants of one thing."""

    count: int = whole(4, 1, 64, help="How many variants")
    amount: float = number(0.35, 0.05, 1.0, help="How far the sliders move, from hardly to anywhere")
    sizes: bool = flag(True, help="Width, depth and height vary too")


@dataclass
class BlendBrief(Brief):
    """What lies between two things of one kind."""

    count: int = whole(3, 1, 64, help="How many steps between the two")
