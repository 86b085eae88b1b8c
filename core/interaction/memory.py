"""What a conversation remembers."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Memory:
    """What was said before: the last ``commands``, names of what they ``touched``, and commands that wait for a yes."""

    commands: list[dict] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)
    waiting: list[dict] = field(default_factory=list)
