"""Sounds → mouth shapes: every phoneme of the International Phonetic Alphabet as one of the fifteen visemes, in time.

Several sounds look alike (Fisher 1968): the table is that of the Oculus viseme set, widened to sounds that English has not.
"""

from __future__ import annotations

from dataclasses import dataclass

from .voice import Phoneme

SILENCE = "viseme_sil"
_SOUNDS = {
    "PP": "p b m ɓ β ɸ ʙ",
    "FF": "f v ɱ ʋ",
    "TH": "θ ð",
    "DD": "t d ʈ ɖ ɾ ɗ ɽ",
    "kk": "k g ɡ q ɢ c ɟ x ɣ χ h ɦ ħ ʔ ç ʝ ɠ ʛ ʁ ʕ ɰ",
    "CH": "ʃ ʒ ɕ ʑ ʂ ʐ tʃ dʒ ʧ ʤ tɕ dʑ",
    "SS": "s z ts dz",
    "nn": "n l ŋ ɲ ɳ ɫ ɭ ʎ ɴ ɬ ɮ",
    "RR": "r ɹ ɻ ʀ ɚ ɝ ɜ",
    "aa": "a ɑ æ ʌ ɐ ɒ ä ᵻ",
    "E": "e ɛ ə ɘ ɞ",
    "I": "i ɪ ɨ j ʲ",
    "O": "o ɔ ɵ ø œ ɤ ɶ",
    "U": "u ʊ w y ʏ ʉ ɯ ɥ ʍ",
}
VISEME_OF = {sound: f"viseme_{name}" for name, sounds in _SOUNDS.items() for sound in sounds.split()}
CLOSED = "viseme_PP"
VOWELS = ("viseme_aa", "viseme_E", "viseme_I", "viseme_O", "viseme_U", "viseme_RR")
SHORTEST_CLOSURE = 0.06  # seconds


@dataclass(frozen=True)
class MouthShape:
    """A viseme between two seconds; ``strength`` is how loud its sound is against the others', about 1."""

    viseme: str
    start: float
    end: float
    strength: float = 1.0


def shapes(phonemes: list[Phoneme]) -> list[MouthShape]:
    """The mouth shapes of sounds, one after the other; the parts of a diphthong share its time, the first getting more of it."""
    found: list[MouthShape] = []
    for phoneme in phonemes:
        visemes = _visemes(phoneme.symbol)
        ends = [phoneme.start + (phoneme.end - phoneme.start) * (0.55 if k == 0 and len(visemes) > 1 else (k + 1) / len(visemes))
                for k in range(len(visemes))]  # fmt: skip
        for viseme, start, end in zip(visemes, [phoneme.start, *ends[:-1]], ends, strict=True):
            if found and found[-1].viseme == viseme and viseme == SILENCE:
                found[-1] = MouthShape(viseme, found[-1].start, end)
            else:
                found.append(MouthShape(viseme, start, end))
    return found


def _visemes(symbol: str) -> list[str]:
    """The mouth shapes of one phoneme: none known is silence."""
    if symbol in VISEME_OF:
        return [VISEME_OF[symbol]]
    found: list[str] = []
    place = 0
    while place < len(symbol):
        size = 2 if symbol[place : place + 2] in VISEME_OF else 1
        viseme = VISEME_OF.get(symbol[place : place + size])
        if viseme and viseme not in found[-1:]:
            found.append(viseme)
        place += size
    return found or [SILENCE]
