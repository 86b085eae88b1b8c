"""Touch recordings: CSV files of a 6-axis motion sensor. numpy only."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from ..errors import WorldwrightError

RATE = 100  # samples a second
AXES = ("accel_x", "accel_y", "accel_z", "gyro_x", "gyro_y", "gyro_z")
SHORTEST = 100  # samples


def read_touch(path: Path) -> np.ndarray:
    """(T, 6) float32 at 100 Hz: accelerations and turning rates, from a CSV with a header naming ``AXES`` and ``time`` (seconds).

    Other rates are brought to 100 Hz. Raises WorldwrightError for a file that is no such recording.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WorldwrightError(f"The touch recording “{path.name}” cannot be read.", "Give a CSV file with a header.") from error
    missing = [name for name in AXES if not rows or name not in rows[0]]
    if missing:
        raise WorldwrightError(f"“{path.name}” is no touch recording: it has no column “{missing[0]}”.",
                               f"Its columns must be time, {', '.join(AXES)}.")  # fmt: skip
    try:
        values = np.array([[float(row[name]) for name in AXES] for row in rows], np.float64)
        times = np.array([float(row["time"]) for row in rows]) if "time" in rows[0] else np.arange(len(rows)) / RATE
    except (TypeError, ValueError) as error:
        raise WorldwrightError(f"“{path.name}” has a line that is not made of numbers.", "Repair or record it anew.") from error
    good = np.isfinite(values).all(axis=1) & np.isfinite(times)
    values, times = values[good], times[good]
    if len(values) < 2 or (np.diff(times) <= 0).any():
        raise WorldwrightError(f"The times in “{path.name}” do not run forward.", "Record it anew.")
    count = int(round((times[-1] - times[0]) * RATE)) + 1
    if count < SHORTEST or count > RATE * 3600:
        raise WorldwrightError(f"“{path.name}” lasts {count / RATE:.1f} s; a recording has between 1 s and 1 h.", "Record it anew.")
    even = times[0] + np.arange(count) / RATE
    return np.stack([np.interp(even, times, column) for column in values.T], axis=1).astype(np.float32)
