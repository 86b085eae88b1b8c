"""The Khronos glTF validator, where Node.js and the npm package ``gltf-validator`` are there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from ..errors import WorldwrightError

NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would flash a console
SCRIPT = """
const validator = require("gltf-validator");
const bytes = new Uint8Array(require("fs").readFileSync(process.argv[1]));
validator.validateBytes(bytes, {maxIssues: 0, writeTimestamp: false}).then(report => {  // with a limit it would stop looking
  report.issues.messages = report.issues.messages.filter(message => message.severity <= 1).slice(0, 200);
  console.log(JSON.stringify(report));
});
"""


def find_validator() -> Path | None:
    """The ``node_modules`` folder with gltf-validator: of NODE_PATH, or where ``build.py setup`` puts it. None without one."""
    places = [Path(place) for place in os.environ.get("NODE_PATH", "").split(os.pathsep) if place]
    places.append(Path(__file__).resolve().parents[2] / ".cache" / "node" / "node_modules")
    if shutil.which("node") is None:
        return None
    return next((place for place in places if (place / "gltf-validator").is_dir()), None)


def validate(path: Path, modules: Path) -> dict:
    """The validator's report on a .glb: ``issues`` (numErrors, numWarnings, messages) and ``info`` (counts).

    Args:
        modules: what ``find_validator`` returned.

    Raises WorldwrightError when the validator itself fails.
    """
    command = [shutil.which("node") or "node", "-e", SCRIPT, str(path)]
    environment = {**os.environ, "NODE_PATH": str(modules)}
    outcome = subprocess.run(command, env=environment, capture_output=True, timeout=300, creationflags=NO_WINDOW)
    try:
        return json.loads(outcome.stdout)
    except ValueError as error:
        reason = outcome.stderr.decode(errors="replace").strip().splitlines()
        raise WorldwrightError(f"The glTF validator failed: {reason[-1] if reason else outcome.returncode}.") from error


def worst(report: dict, severity: int = 1) -> list[str]:
    """The report's messages of at most that severity (0 error, 1 warning), each kind once, in the validator's words."""
    found: dict[str, str] = {}
    for message in report["issues"]["messages"]:
        if message["severity"] <= severity:
            found.setdefault(message["code"], f"{message['code']}: {message['message']} ({message.get('pointer', '')})")
    return list(found.values())
