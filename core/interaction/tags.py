"""The words' tags and the clauses' intents that the tagger tells apart.

A tag is a role and a part. Roles: what is acted on (``T``), what that is told apart by (``t``: “the chair *by the window*”), where
something goes (``D``), what that is told apart by (``d``), and what is new (``N``). Parts: ``Q`` quantity, article or pronoun,
``A`` adjective, ``H`` head noun, ``R`` relation. The rest are values.
"""

ROLES = ("T", "t", "D", "d", "N")
PHRASES = tuple(role + part for role in ROLES for part in "QAHR" if (role, part) not in (("T", "R"), ("N", "R")))
VALUES = ("AMT", "DIR", "DIM", "COL", "MAT", "NAME", "CLIP", "VIEW", "MOOD", "ENG", "ASP", "P")
TAGS = ("O", *PHRASES, *VALUES)
"""``P`` is free description that a generator reads; ``O`` nothing."""

CREATES = ("prop", "character", "crowd", "creature", "robot", "room", "home", "city", "landscape")
INTENTS = (
    *(f"create_{kind}" for kind in CREATES), "remove", "move", "rotate", "scale", "align", "duplicate", "restyle", "rename",
    "annotate", "fit", "rig", "play", "camera", "light", "export", "select", "undo", "count", "which", "where", "size", "what",
    "missing", "why", "help", "amend", "yes", "no", "none",
)  # fmt: skip
"""``amend`` changes the last request; ``none`` is not understandable."""
