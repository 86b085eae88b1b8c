"""Adding to a room that exists: what such a room lacks, or what was wished for in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ...progress import Progress, silent
from ..arrange import Arrangement, Placement, Present, arrange, placements, solve, world_box
from ..brief import RoomBrief
from ..dress import dress, soften
from ..shop import Shop
from ..space import opening_box, overlaps
from .brief import FurnishBrief
from .found import Found, places
from .language import Request, read_wishes
from .relations import wishes_of
from .scatter import CLUTTER_OF, ON, free_tops, put
from .surfaces import Top


def style(found: Found, brief: FurnishBrief) -> RoomBrief:
    """The brief by which things are chosen and built: the room's own, with what was asked for now."""
    look: dict[str, Any] = {"seed": brief.seed, "wheelchair": brief.wheelchair or found.brief.wheelchair}
    if brief.palette != "auto":
        look |= {"palette": brief.palette, "accent": brief.accent}
    return replace(found.brief, width=min(found.room.width, 30.0), depth=min(found.room.depth, 30.0), **look)


def fill(found: Found, brief: FurnishBrief, progress: Progress = silent) -> tuple[Arrangement, list[str]]:
    """What is added, small things included, with notes in sentences. Raises WorldwrightError for a wish nobody understands."""
    room_brief = style(found, brief)
    shop, rng = Shop(room_brief), np.random.default_rng(brief.seed)
    there = found.present()
    notes: list[str] = []
    if brief.wish.strip():
        requests, notes = read_wishes(brief.wish, found)
        small = [request for request in requests if shop.get(request.prop).mount == "surface" and request.relation != "under"]
        rugs = [request for request in requests if request.prop == "rug"]
        standing = [request for request in requests if request not in small and request not in rugs]
        made = _asked(found, room_brief, shop, rng, wishes_of(standing, found, shop), there)
        names = there.names | {placement.name for placement in made.placements}
        laid, missing = _laid(found, small, shop, rng, names)
        spread, unspread = _spread(found, rugs, shop, names)
        laid, missing = laid + spread, missing + unspread
    else:
        have = places(found.brief.kind, found.things)
        wanted = brief.people or (have if have and not found.root else found.brief.people)
        lacking = replace(room_brief, people=max(wanted - have, 0))
        made = arrange(lacking, found.room, shop, rng, progress, there)
        covered = any(thing.kind == "rug" for thing in found.things)
        curtains = any(thing.kind == "curtain" for thing in found.things)
        soft = [p for p in soften(room_brief, found.room, made.placements, shop)
                if not (covered and p.name.startswith("Rug")) and not (curtains and p.name.startswith("Curtain"))]  # fmt: skip
        made.placements += [p for p in soft if p.name not in there.names and _clear(p, there)]
        laid, missing = [], []
    if brief.dressed:
        taken = there.names | {placement.name for placement in made.placements}
        made.placements += dress(room_brief, made.placements, shop, rng, taken)
    made.placements += laid
    made.missing += missing
    made.asked, made.placed = made.asked + len(laid) + len(missing), made.placed + len(laid)
    return made, notes


def _clear(placement: Placement, there: Present) -> bool:
    """Whether something that hangs does not run into what is there; a rug may lie under anything."""
    return placement.name.startswith("Rug") or not overlaps(world_box(placement.prop, placement.transform), there.boxes).any()


def _laid(
    found: Found, requests: list[Request], shop: Shop, rng: np.random.Generator, taken: set[str]
) -> tuple[list[Placement], list[str]]:
    """Small things on what they were asked for, or on the freest top in the room; and what found no place, in sentences."""
    made: list[Placement] = []
    missing = []
    levels: dict[str, list[Top]] = {}
    for request in requests:
        target = found.thing(request.target)
        holders = [target] if target is not None else [thing for thing in found.things if thing.kind in ON]
        for number in range(request.count):
            prop = shop.get(request.prop, number % 4)
            for holder in sorted(holders, key=lambda thing: sum(p.support == thing.name for p in made)):
                tops = levels.setdefault(holder.name, free_tops(holder, found))
                place = next(
                    (place for top in tops if (place := put(top, prop, CLUTTER_OF.get(request.prop, ""), rng)) is not None), None
                )
                if place is not None:
                    name = _free_name(request.noun, taken)
                    why = f"{request.noun} on {holder.name}, as you asked"
                    made.append(Placement(name, prop, place, holder.name, [{"relation": "on", "target": holder.name}], why))
                    break
            else:
                missing.append(f"There is no free place for the {request.noun} {request.phrase}; it was left out.")
    return made, missing


def _spread(found: Found, requests: list[Request], shop: Shop, taken: set[str]) -> tuple[list[Placement], list[str]]:
    """Rugs under what they were asked for, or in the middle of the room; smaller where walls or a door's swing are near."""
    made: list[Placement] = []
    missing = []
    swings = np.array([opening_box(found.room, k) for k, o in enumerate(found.room.openings) if o.kind == "door" and o.inward])
    for request in requests:
        target = found.thing(request.target)
        centre = np.eye(4) if target is None else target.transform.copy()
        centre[2, 3] = -0.0005  # what stands on it stands still
        for size in ((2.4, 1.7), (2.0, 1.4), (1.5, 1.0), (1.0, 0.7)):
            prop = shop.get("rug", width=size[0], depth=size[1], height=0.005)
            box = world_box(prop, centre)
            caught = len(swings) and overlaps(box + (0.0, 0.0, 0.0, 0.0, 0.0, 0.01), swings).any()
            if found.room.holds(box[:2] - 0.03, box[3:5] + 0.03) and not caught:
                relations = [{"relation": "under", "target": target.name}] if target is not None else []
                why = f"rug {request.phrase or 'in the middle of the room'}, as you asked"
                made.append(Placement(_free_name("rug", taken), prop, centre, "Floor", relations, why))
                break
        else:
            missing.append(f"There is no place for the rug {request.phrase}; it was left out.")
    return made, missing


def _free_name(noun: str, taken: set[str]) -> str:
    number = next(k for k in range(1, len(taken) + 2) if f"{noun.capitalize()} {k}" not in taken)
    taken.add(f"{noun.capitalize()} {number}")
    return f"{noun.capitalize()} {number}"


def _asked(found: Found, brief: RoomBrief, shop: Shop, rng: np.random.Generator, wishes: list, there: Present) -> Arrangement:
    """The wishes of a sentence, each placed as it says, one after another."""
    placed, left = solve(brief, found.room, [wish for wish, _ in wishes], rng, there)
    made = Arrangement(placements(found.room, placed, there.names), asked=len(wishes), placed=len(placed))
    said = {id(wish): request for wish, request in wishes}
    start = 0
    for item in placed:
        for placement in made.placements[start : start + len(item.group.pieces)]:
            request = said[id(item.wish)]
            if request.relation and placement.relations[:1] != [{"relation": "at"}]:
                told = {"relation": request.relation, "target": request.target}
                placement.relations = [told, *[r for r in placement.relations if r["relation"] != request.relation]]
                placement.why = f"{item.wish.noun} {request.phrase}, as you asked"
        start += len(item.group.pieces)
    for wish in left:
        request = said[id(wish)]
        where = f" {request.phrase}" if request.phrase else ""
        made.missing.append(f"There is no place for the {wish.noun}{where}; it was left out.")
    return made
