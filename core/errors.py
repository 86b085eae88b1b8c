"""The one exception a user ever sees, and the one that means they pressed Cancel."""


class WorldwrightError(Exception):
    """Something the user can understand and, where ``cure`` is given, put right.

    Args:
        sentence: one full sentence: what is wrong, in the user's words.
        cure: one full sentence: what to do about it, or ``""``.
    """

    def __init__(self, sentence: str, cure: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.sentence} {self.cure}".strip()


class Cancelled(Exception):
    """The user cancelled; raised by a progress callback and never shown as an error."""
