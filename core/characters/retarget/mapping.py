"""Which bone of any humanoid skeleton is which, and how the skeleton stands in its space."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...errors import WorldwrightError
from ..motion.kinematics import unit
from .naming import by_name
from .rig import Rig
from .structure import by_structure

NEEDED = tuple(f"{part}_{side}" for part in ("thigh", "calf", "foot", "upperarm", "lowerarm") for side in "lr") + ("pelvis",)
SNAP = np.cos(np.radians(30))  # an axis within this of the body's own is taken for it


@dataclass
class Mapping:
    """Roles (Unreal mannequin names) -> bone numbers, how they were told ("names" or "structure"), and the rig's stance.

    Attributes:
        turn: (3, 3) takes directions in the rig's space to character space: Z up, facing -Y.
        leg: length of a leg in the rig's unit.
    """

    roles: dict[str, int]
    told_by: str
    turn: np.ndarray
    leg: float


def map_rig(rig: Rig) -> Mapping:
    """Raises WorldwrightError when there is nothing human in the skeleton."""
    roles, told_by = by_name(rig), "names"
    if any(role not in roles for role in NEEDED) or not _connected(rig, roles):
        roles, told_by = by_structure(rig), "structure"
    if any(role not in roles for role in NEEDED):
        raise WorldwrightError(
            f"The skeleton “{rig.name}” is not a person's: its {len(rig.names)} bones hold no two legs and two arms on one trunk.",
            "Choose a humanoid skeleton.",
        )
    turn = _stance(rig, roles)
    leg = np.mean(
        [
            np.linalg.norm(rig.heads[roles[f"calf_{side}"]] - rig.heads[roles[f"thigh_{side}"]])
            + np.linalg.norm(rig.heads[roles[f"foot_{side}"]] - rig.heads[roles[f"calf_{side}"]])
            for side in "lr"
        ]
    )
    if leg < 1e-9:
        raise WorldwrightError(f"The skeleton “{rig.name}” has legs of no length.")
    return Mapping(roles, told_by, turn, float(leg))


def _connected(rig: Rig, roles: dict[str, int]) -> bool:
    """Whether each limb's bones follow one another, so that the names meant what they seemed to."""
    from .naming import ancestors

    chains = [[f"{part}_{side}" for part in parts] for side in "lr"
              for parts in (("upperarm", "lowerarm"), ("thigh", "calf", "foot"))]  # fmt: skip
    follows = all(roles[a] in ancestors(rig, roles[b]) for chain in chains for a, b in zip(chain, chain[1:], strict=False))
    return follows and len(set(roles.values())) == len(roles)


def _stance(rig: Rig, roles: dict[str, int]) -> np.ndarray:
    """(3, 3) from the rig's space to character space; its own axes where the body stands along them, or nearly."""
    at = {role: rig.heads[bone] for role, bone in roles.items()}
    top = (at["upperarm_l"] + at["upperarm_r"]) / 2
    up = _snapped(top - (at["thigh_l"] + at["thigh_r"]) / 2)
    left = unit(at["thigh_l"] - at["thigh_r"]) + unit(at["upperarm_l"] - at["upperarm_r"])
    left = _snapped(left - (left @ up) * up)
    left = unit(left - (left @ up) * up)
    return np.stack([left, np.cross(up, left), up])


def _snapped(direction: np.ndarray) -> np.ndarray:
    direction = unit(direction)
    axis = np.abs(direction).argmax()
    return np.sign(direction[axis]) * np.eye(3)[axis] if abs(direction[axis]) > SNAP else direction
