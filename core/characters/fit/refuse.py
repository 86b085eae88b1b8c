"""What is not a person is refused, with how far off the best body is; nothing is forced."""

from __future__ import annotations

from ...errors import WorldwrightError
from .fit import Fitted

FARTHEST = 0.042  # mean distance from cloud to body, statures
DOUBTFUL = 0.020  # beyond this the network must be sure
UNSURE, SURE = 0.5, 0.9


def off_by(fitted: Fitted) -> float:
    """Mean distance of the cloud from the body in millimetres, were the figure 1.7 m tall."""
    return 1700 * fitted.residual[0]


def check_person(fitted: Fitted, name: str) -> None:
    """Raises WorldwrightError with the residual when ``name`` is not one person, by what is left or by the network's own word."""
    residual, person = fitted.residual[0], fitted.person
    if residual <= DOUBTFUL and person >= UNSURE or residual <= FARTHEST and person >= SURE:
        return
    raise WorldwrightError(
        f"“{name}” does not look like one person (probability {person:.0%}): the best body is off by {off_by(fitted):.0f} mm "
        "on average, at a height of 1.7 m.",
        "Select one whole figure, upright along Z, without what stands around it.",
    )
