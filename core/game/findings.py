"""What a preflight finds: one type for panel, command line and report."""

from __future__ import annotations

from dataclasses import asdict, dataclass

ERROR, WARNING, INFORMATION = "error", "warning", "information"


@dataclass(frozen=True)
class Finding:
    """One thing to know before an export.

    Attributes:
        level: "error" (stops the export unless forced), "warning" or "information".
        check: which check found it, in a word.
        thing: the name of the object, mesh, material or image.
        sentence: what is wrong, in full.
        consequence: what will happen in the engine when it stays so, in full, or "".
        cure: what to do, in full, or "".
        fix: name of the one-click fix, or "": one that changes only how it is exported, or the object where the artist says so.
    """

    level: str
    check: str
    thing: str
    sentence: str
    consequence: str = ""
    cure: str = ""
    fix: str = ""

    def to_dict(self) -> dict:
        """JSON values."""
        return asdict(self)
