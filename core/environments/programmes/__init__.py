"""The programme of each kind of room: what it wants, in the order in which it chooses its place."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..brief import RoomBrief
from ..rooms import Room
from ..shop import Shop
from ..wishes import Wish
from . import home, public, study, work

Programme = Callable[[RoomBrief, Room, Shop, np.random.Generator, int], list[Wish]]

PROGRAMMES: dict[str, Programme] = {
    "office": work.office,
    "open_plan_office": work.open_plan_office,
    "meeting_room": work.meeting_room,
    "classroom": study.classroom,
    "lecture_hall": study.lecture_hall,
    "laboratory": study.laboratory,
    "clinic_room": work.clinic_room,
    "bedroom": home.bedroom,
    "living_room": home.living_room,
    "kitchen": home.kitchen,
    "bathroom": home.bathroom,
    "hall": home.hall,
    "shop": public.shop,
    "cafe": public.cafe,
    "gallery": public.gallery,
    "hotel_room": home.hotel_room,
    "workshop": work.workshop,
}
# What the brief's people are, where they need a place, and the nouns of the wishes that give it.
PLACES: dict[str, tuple[str, tuple[str, ...]]] = {
    "office": ("desks", ("desk", "desk block")),
    "open_plan_office": ("desks", ("desk", "desk block")),
    "meeting_room": ("seats", ("table",)),
    "classroom": ("pupils", ("school desk",)),
    "lecture_hall": ("seats", ("row",)),
    "laboratory": ("seats", ("island", "lab bench")),
    "bedroom": ("beds", ("bed",)),
    "living_room": ("seats", ("sofa", "armchair")),
    "kitchen": ("seats", ("table",)),
    "cafe": ("seats", ("table", "counter")),
    "hotel_room": ("beds", ("bed",)),
}
