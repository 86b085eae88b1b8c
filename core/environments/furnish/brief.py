"""What is to be done to a room that exists."""

from __future__ import annotations

from dataclasses import dataclass

from ...briefs import Brief, choice, flag, number, text, whole
from ..brief import KINDS, MOST_PEOPLE
from ..materials.palettes import ACCENTS, PALETTES

AUTO = "auto"
ON, MOVED, REPLACES = "stands_on", "moved", "replaces"  # properties of the result's nodes
TASKS = ("fill", "scatter", "rearrange", "replace", "check")
CLUTTER = ("books", "cups", "plants", "cables", "papers", "decoration")


@dataclass
class FurnishBrief(Brief):
    """Work on a room that exists: a generated one, or the artist's own walls and furniture."""

    task: str = choice("fill", TASKS, help="Add what is missing, scatter small things, move the furniture, exchange things, or "
                       "only check", group="Task")  # fmt: skip
    wish: str = text("", help="What to add and where, such as “two shelves against the north wall, a plant near the sofa”; empty: "
                     "whatever such a room lacks", group="Task")  # fmt: skip
    kind: str = choice(
        AUTO, (AUTO, *KINDS), help="What the room is for; auto: as it was made, or as its furniture says", group="Task"
    )
    people: int = whole(0, 0, MOST_PEOPLE, help="How many people it is for; 0: as many as it was made for, or as its area suits",
                        group="Task")  # fmt: skip
    density: float = number(
        0.5, 0.05, 1.0, help="How much of the free tops small things take up: 0.5 is a lived-in room", group="Clutter"
    )
    clutter: str = text("", help=f"Only these small things, with commas between ({', '.join(CLUTTER)}); empty: what suits",
                        group="Clutter")  # fmt: skip
    floor: bool = flag(False, help="Small things on the floor too, such as piles of books and cables", group="Clutter")
    dressed: bool = flag(True, help="Put small things on the furniture that is added", group="Clutter")
    wheelchair: bool = flag(False, help="Ways wide enough for a wheelchair, 0.9 m", group="Task")
    palette: str = choice(AUTO, (AUTO, *PALETTES), help="Woods, metals and fabrics; auto: those of the room", group="Look")
    accent: str = choice("palette", tuple(ACCENTS), help="The strong colour; palette keeps the palette's own", group="Look")
