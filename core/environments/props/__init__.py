"""The props: one generator per file, all in ``PROPS``."""

from __future__ import annotations

from collections.abc import Callable

from ...briefs import Brief
from .bookcase import BookcaseBrief, bookcase
from .desk import DeskBrief, desk
from .office_chair import OfficeChairBrief, office_chair
from .prop import Box, Prop, PropBrief, Seat, Surface

__all__ = ["PROPS", "Box", "Prop", "PropBrief", "Seat", "Surface"]

PROPS: dict[str, tuple[type[Brief], Callable[..., Prop]]] = {
    "desk": (DeskBrief, desk),
    "office_chair": (OfficeChairBrief, office_chair),
    "bookcase": (BookcaseBrief, bookcase),
}
