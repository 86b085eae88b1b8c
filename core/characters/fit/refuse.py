"""What is not a person is refused, with how far off the best body is; nothing is forced."""

from __future__ import annotations

from ...errors import WorldwrightError
from .fit import Fitted

FARTHEST = 0.040  # mean distance from cloud to body, statures
DOUBTFUL = 0.022  # beyond this the network must be fairly sure as well
SURE = 0.5


def off_by(fitted: Fitted) -> float:
    """Mean distance of the cloud from the body in millimetres, were the figure 1.7 m tall."""
    return 1700 * fitted.residual[0]


def check_person(fitted: Fitted, name: str) -> None:
    """Raises WorldwrightError with the residual when the fit shows that ``name`` is not one person."""
    residual = fitted.residual[0]
    if residual <= DOUBTFUL or (residual <= FARTHEST and fitted.person >= SURE):
        return
    raise WorldwrightError(
        f"“{name}” does not look like one person: the best body is off by {off_by(fitted):.0f} mm on average, "
        f"at a height of 1.7 m, where a person is off by less than {1700 * FARTHEST:.0f} mm.",
        "Select one whole figure, upright along Z, without what stands around it.",
    )
