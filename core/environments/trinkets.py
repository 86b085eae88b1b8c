"""What stands on the furniture of homes, shops, cafés and laboratories."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from .props.prop import Prop
from .rooms import yaw_matrix

if TYPE_CHECKING:
    from .arrange import Placement
    from .dress import Dresser

Chairs = list["Placement"]


def lay(dresser: Dresser, holder: Placement, things: list[tuple[str, Callable[[], Prop], float]], y: float = 0.0) -> None:
    """Things side by side on the main surface, each with its share of chance, in a random order."""
    surface = dresser.main(holder)
    if surface is None or surface.z > 1.45:
        return
    left, right = surface.low[0], surface.high[0]
    for k, index in enumerate(dresser.rng.permutation(len(things))):
        noun, make, share = things[index]
        if dresser.chance(share):
            x = left + (k + 0.5) * (right - left) / len(things)
            dresser.add(
                holder, surface, noun, make(), x, y + dresser.rng.uniform(-0.05, 0.05), dresser.rng.uniform(-0.3, 0.3), "on top"
            )


def nightstand(dresser: Dresser, holder: Placement, chairs: Chairs) -> None:
    """A lamp, and something to read or drink."""
    surface = dresser.main(holder)
    if surface is None:
        return
    lamp = dresser.shop.get("table_lamp", width=0.22, depth=0.22, height=0.4)
    if dresser.rng.random() < 0.85:
        dresser.add(holder, surface, "table lamp", lamp, 0.0, surface.high[1], 0.0, "at the back")
    if dresser.chance(0.5):
        dresser.add(holder, surface, "mug", dresser.mug(), surface.low[0], surface.low[1], 0.4, "in front")
    elif dresser.chance(0.5):
        dresser.add(holder, surface, "papers", dresser.papers(), surface.low[0], surface.low[1], 0.2, "in front")


def sideboard(dresser: Dresser, holder: Placement, chairs: Chairs) -> None:
    """Vases, candles, bowls and books on a cabinet in a home."""
    shop = dresser.shop
    lay(dresser, holder, [
        ("vase", lambda: shop.get("vase", dresser.variant(4)), 0.6),
        ("candle", lambda: shop.get("candle", dresser.variant()), 0.45),
        ("books", lambda: dresser.books(0.3), 0.6),
        ("bowl", lambda: shop.get("bowl", dresser.variant(), fruit=0), 0.35),
        ("small plant", dresser.small_plant, 0.5),
        ("table lamp", lambda: shop.get("table_lamp", dresser.variant(2), height=0.45), 0.4),
    ])  # fmt: skip


def low_table(dresser: Dresser, holder: Placement, chairs: Chairs) -> None:
    """A bowl, a candle, something to read on a coffee table."""
    shop = dresser.shop
    lay(dresser, holder, [
        ("bowl", lambda: shop.get("bowl", dresser.variant(), width=0.24, depth=0.24), 0.6),
        ("candle", lambda: shop.get("candle", dresser.variant(), height=0.16), 0.4),
        ("papers", dresser.papers, 0.6),
        ("mug", dresser.mug, 0.7),
    ])  # fmt: skip


def dining_table(dresser: Dresser, holder: Placement, chairs: Chairs) -> None:
    """Flowers or fruit in the middle, mugs and bowls before some of the seats."""
    surface = dresser.main(holder)
    if surface is None:
        return
    shop, rng = dresser.shop, dresser.rng
    wide = float(min(surface.high - surface.low))
    if rng.random() < 0.8:
        centre = (
            shop.get("vase", dresser.variant(4), height=0.3, width=0.16, depth=0.16) if rng.random() < 0.6 or wide < 0.6 else None
        )
        noun = "vase" if centre else "bowl"
        dresser.add(
            holder, surface, noun, centre or shop.get("bowl", dresser.variant()), 0.0, 0.0, rng.uniform(0, 6.2), "in the middle"
        )
    inverse = np.linalg.inv(holder.transform.astype(float))
    for chair in chairs:
        spot = (inverse @ chair.transform[:, 3])[:2]
        inward = np.clip(spot, surface.low + 0.14, surface.high - 0.14)
        toward = spot - inward
        yaw = float(np.arctan2(toward[0], -toward[1])) if np.abs(toward).max() > 1e-6 else 0.0
        right = inward + yaw_matrix(yaw) @ (0.16, 0.06)
        if dresser.chance(0.45):
            bowl = shop.get("bowl", width=0.2, depth=0.2, height=0.07, fruit=0)
            dresser.add(holder, surface, "bowl", bowl, inward[0], inward[1], yaw, f"before {chair.name}")
        if dresser.chance(0.55):
            dresser.add(holder, surface, "mug", dresser.mug(), right[0], right[1], rng.uniform(0, 6.2), f"before {chair.name}")


def worktop(dresser: Dresser, holder: Placement, chairs: Chairs) -> None:
    """What stands on a kitchen worktop, at the back."""
    shop, surface = dresser.shop, dresser.main(holder)
    if surface is None:
        return
    lay(dresser, holder, [
        ("bowl", lambda: shop.get("bowl", dresser.variant()), 0.35),
        ("mug", dresser.mug, 0.6),
        ("water bottle", lambda: shop.get("water_bottle", dresser.variant(2)), 0.4),
        ("vase", lambda: shop.get("vase", dresser.variant(4), height=0.3, width=0.15, depth=0.15), 0.25),
    ], y=float(surface.high[1] - 0.15))  # fmt: skip


def bar(dresser: Dresser, holder: Placement, chairs: Chairs) -> None:
    """The till, and what guests are handed."""
    surface = dresser.main(holder)
    if surface is None:
        return
    shop = dresser.shop
    till = shop.get("cash_register")
    dresser.add(holder, surface, "cash register", till, surface.high[0] - 0.3, surface.high[1], np.pi, "at the staff's end")
    things = [("small plant", dresser.small_plant, 0.8), ("mug", dresser.mug, 0.7), ("mug", dresser.mug, 0.6),
              ("bowl", lambda: shop.get("bowl", dresser.variant()), 0.6), ("papers", dresser.papers, 0.5)]  # fmt: skip
    for k, (noun, make, share) in enumerate(things):
        if dresser.chance(share):
            x = surface.low[0] + (k + 0.5) * (surface.high[0] - surface.low[0] - 0.6) / len(things)
            dresser.add(holder, surface, noun, make(), x, dresser.rng.uniform(-0.1, 0.1), dresser.rng.uniform(-0.5, 0.5), "on top")


def crockery(dresser: Dresser, holder: Placement, chairs: Chairs) -> None:
    """Cups and bottles on the cabinets behind a bar."""
    shop = dresser.shop
    lay(dresser, holder, [
        ("mug", dresser.mug, 0.9),
        ("mug", dresser.mug, 0.8),
        ("water bottle", lambda: shop.get("water_bottle", dresser.variant(2), style="clear"), 0.7),
        ("bowl", lambda: shop.get("bowl", dresser.variant()), 0.5),
        ("vase", lambda: shop.get("vase", dresser.variant(4), height=0.32), 0.5),
    ])  # fmt: skip


def bench_top(dresser: Dresser, holder: Placement, chairs: Chairs) -> None:
    """A microscope, a laptop, notes on a laboratory bench."""
    shop, surface = dresser.shop, dresser.main(holder)
    if surface is None:
        return
    lay(dresser, holder, [
        ("microscope", lambda: shop.get("microscope", dresser.variant(2)), 0.7),
        ("laptop", lambda: shop.get("laptop", dresser.variant()), 0.4),
        ("papers", dresser.papers, 0.6),
        ("water bottle", lambda: shop.get("water_bottle", style="clear"), 0.3),
    ], y=float(surface.low[1] + surface.high[1]) / 2)  # fmt: skip


def workbench(dresser: Dresser, holder: Placement, chairs: Chairs) -> None:
    """What lies on a workbench."""
    shop = dresser.shop
    lay(dresser, holder, [
        ("toy blocks", lambda: shop.get("toy_blocks", dresser.variant(), width=0.3, depth=0.25), 0.2),
        ("pen cup", lambda: shop.get("pen_cup", dresser.variant()), 0.6),
        ("papers", dresser.papers, 0.5),
        ("mug", dresser.mug, 0.5),
        ("water bottle", lambda: shop.get("water_bottle"), 0.3),
    ])  # fmt: skip


def exhibit(dresser: Dresser, holder: Placement, chairs: Chairs) -> None:
    """One thing to look at on a pedestal."""
    surface, shop = dresser.main(holder), dresser.shop
    if surface is None:
        return
    room = float(min(surface.high - surface.low)) - 0.04
    things: list[tuple[str, dict]] = [
        ("vase", {"height": 0.55, "content": "empty"}), ("bowl", {"fruit": 0}), ("vase", {"height": 0.4, "content": "twigs"}),
        ("toy_blocks", {}), ("vase", {"height": 0.5, "shape": "bottle", "content": "empty"}), ("candle", {"height": 0.36}),
    ]  # fmt: skip
    noun, values = things[dresser.variant(len(things))]
    wide = min(room, 0.34 if noun != "candle" else 0.22)
    prop = shop.get(noun, dresser.variant(4), **values, width=wide, depth=wide)
    dresser.add(holder, surface, noun.replace("_", " "), prop, 0.0, 0.0, dresser.rng.uniform(0, 6.2), "to be looked at")


def bookshop(dresser: Dresser, holder: Placement, chairs: Chairs) -> None:
    """Goods in a show case: one thing on each of its shelves."""
    shop = dresser.shop
    for spot in holder.prop.surfaces:
        surface = dresser.surface(spot)
        for x in np.linspace(surface.low[0] + 0.15, surface.high[0] - 0.15, max(int((surface.high[0] - surface.low[0]) / 0.3), 1)):
            height = min(spot.headroom - 0.04, 0.3)
            if height < 0.13 or not dresser.chance(0.8):
                continue
            key = ("vase", "bowl", "candle")[dresser.variant()]
            prop = shop.get(key, dresser.variant(4), height=height if key != "bowl" else 0.09, width=0.15, depth=0.15, fruit=0)
            dresser.add(holder, surface, key, prop, float(x), 0.0, dresser.rng.uniform(0, 6.2), "on show")


TRINKETS: dict[str, Callable[[Dresser, Placement, Chairs], None]] = {
    "Nightstand": nightstand, "Tv stand": sideboard, "Drawers": sideboard, "Coffee table": low_table, "Kitchen counter": worktop,
    "Counter": bar, "Lab bench": bench_top, "Side bench": bench_top, "Workbench": workbench, "Middle bench": workbench,
    "Pedestal": exhibit, "Display case": bookshop,
}  # fmt: skip
AT_HOME = ("bedroom", "living_room", "hotel_room", "hall", "kitchen", "bathroom")
EATING = ("kitchen", "living_room", "cafe", "hotel_room")
