"""What stands and drives in streets: one generator each, all in ``STREET_PROPS``."""

from __future__ import annotations

from collections.abc import Callable

from ...briefs import Brief
from ..props.prop import Prop
from .bench import BenchBrief, bench
from .bus_stop import BusStopBrief, bus_stop
from .fountain import FountainBrief, fountain
from .lamp import LampBrief, lamp
from .litter_bin import LitterBinBrief, litter_bin
from .posts import BollardBrief, HydrantBrief, PostBoxBrief, SignPostBrief, bollard, hydrant, post_box, sign_post
from .seating import CafeSetBrief, PlanterBrief, cafe_set, planter
from .traffic_light import TrafficLightBrief, traffic_light
from .vehicles import BicycleBrief, BicycleRackBrief, CarBrief, VanBrief, bicycle, bicycle_rack, car, van

STREET_PROPS: dict[str, tuple[type[Brief], Callable[..., Prop]]] = {
    "lamp": (LampBrief, lamp),
    "bench": (BenchBrief, bench),
    "bin": (LitterBinBrief, litter_bin),
    "bollard": (BollardBrief, bollard),
    "hydrant": (HydrantBrief, hydrant),
    "post_box": (PostBoxBrief, post_box),
    "sign": (SignPostBrief, sign_post),
    "traffic_light": (TrafficLightBrief, traffic_light),
    "bus_stop": (BusStopBrief, bus_stop),
    "cafe_set": (CafeSetBrief, cafe_set),
    "planter": (PlanterBrief, planter),
    "fountain": (FountainBrief, fountain),
    "bicycle_rack": (BicycleRackBrief, bicycle_rack),
    "bicycle": (BicycleBrief, bicycle),
    "car": (CarBrief, car),
    "van": (VanBrief, van),
}
