"""The props: one generator per file, all in ``PROPS``."""

from __future__ import annotations

from collections.abc import Callable

from ...briefs import Brief
from .armchair import ArmchairBrief, armchair
from .bookcase import BookcaseBrief, bookcase
from .coffee_table import CoffeeTableBrief, coffee_table
from .cupboard import CupboardBrief, cupboard
from .desk import DeskBrief, desk
from .drawer_unit import DrawerUnitBrief, drawer_unit
from .filing_cabinet import FilingCabinetBrief, filing_cabinet
from .meeting_table import MeetingTableBrief, meeting_table
from .office_chair import OfficeChairBrief, office_chair
from .prop import Box, Prop, PropBrief, Seat, Surface
from .sofa import SofaBrief, sofa
from .visitor_chair import VisitorChairBrief, visitor_chair

__all__ = ["PROPS", "Box", "Prop", "PropBrief", "Seat", "Surface"]

PROPS: dict[str, tuple[type[Brief], Callable[..., Prop]]] = {
    "desk": (DeskBrief, desk),
    "office_chair": (OfficeChairBrief, office_chair),
    "visitor_chair": (VisitorChairBrief, visitor_chair),
    "meeting_table": (MeetingTableBrief, meeting_table),
    "bookcase": (BookcaseBrief, bookcase),
    "drawer_unit": (DrawerUnitBrief, drawer_unit),
    "filing_cabinet": (FilingCabinetBrief, filing_cabinet),
    "cupboard": (CupboardBrief, cupboard),
    "sofa": (SofaBrief, sofa),
    "armchair": (ArmchairBrief, armchair),
    "coffee_table": (CoffeeTableBrief, coffee_table),
}
