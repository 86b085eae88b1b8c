"""A reference picture as part of a request: palette, light, style, what it shows, and what a brief can take from it."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from ..errors import WorldwrightError

SURE = 0.08  # probability of a word of ImageNet, to be said
NEAR = 0.03  # of a word's share among a CLIP model's, to be said
MOST = 5
ROOM_WORDS = ("bedroom", "kitchen", "bathroom", "living room", "office", "classroom", "cafe", "shop", "meeting room", "workshop")
SEEN: dict[int, tuple[str, str, str]] = {  # class of ImageNet-1k → word, our label, kind of room it belongs in
    453: ("bookcase", "storage", "office"), 493: ("chest of drawers", "storage", "bedroom"), 516: ("cradle", "bed", "bedroom"),
    526: ("desk", "table", "office"),
    527: ("desktop computer", "electronics", "office"), 532: ("dining table", "table", "living_room"),
    548: ("entertainment centre", "electronics", "living_room"),
    553: ("filing cabinet", "storage", "office"), 559: ("folding chair", "seat", "classroom"),
    564: ("four-poster bed", "bed", "bedroom"), 598: ("home cinema", "electronics", "living_room"),
    508: ("keyboard", "electronics", "office"), 619: ("lampshade", "lamp", "living_room"),
    620: ("laptop", "electronics", "office"), 624: ("library", "storage", "office"),
    648: ("medicine cabinet", "storage", "bathroom"), 664: ("monitor", "electronics", "office"),
    681: ("notebook computer", "electronics", "office"), 703: ("park bench", "seat", ""),
    742: ("printer", "electronics", "office"), 760: ("refrigerator", "appliance", "kitchen"), 762: ("restaurant", "", "cafe"),
    765: ("rocking chair", "seat", "living_room"),
    782: ("screen", "electronics", "office"), 789: ("paper wall", "wall", "living_room"),
    794: ("shower curtain", "sanitary", "bathroom"), 799: ("sliding door", "door", ""),
    827: ("stove", "appliance", "kitchen"), 831: ("sofa bed", "sofa", "living_room"), 846: ("table lamp", "lamp", "bedroom"),
    851: ("television", "electronics", "living_room"),
    854: ("theatre curtain", "banner", ""), 857: ("throne", "seat", ""), 861: ("toilet seat", "sanitary", "bathroom"),
    876: ("bathtub", "sanitary", "bathroom"), 435: ("bathtub", "sanitary", "bathroom"),
    883: ("vase", "vessel", "living_room"), 892: ("wall clock", "", "office"), 409: ("clock", "", "office"),
    894: ("wardrobe", "storage", "bedroom"), 897: ("washing machine", "appliance", "bathroom"),
    904: ("window", "window", ""), 905: ("window shade", "window", ""), 454: ("bookshop", "building", "shop"),
    424: ("barber shop", "building", "shop"), 582: ("grocery", "building", "shop"),
    423: ("barber chair", "seat", "shop"), 736: ("pool table", "table", "living_room"), 579: ("grand piano", "", "living_room"),
    881: ("piano", "", "living_room"), 896: ("washbasin", "sanitary", "bathroom"),
    504: ("coffee mug", "vessel", "kitchen"), 968: ("cup", "vessel", "kitchen"), 898: ("water bottle", "vessel", "kitchen"),
    659: ("mixing bowl", "vessel", "kitchen"), 738: ("flower pot", "plant", "living_room"),
    427: ("barrel", "barrel", ""), 519: ("crate", "storage", "workshop"), 478: ("carton", "storage", "workshop"),
    470: ("candle", "lamp", "living_room"), 587: ("hammer", "weapon", "workshop"),
    497: ("church", "building", ""), 483: ("castle", "building", ""), 425: ("barn", "building", ""),
    449: ("boathouse", "building", ""), 663: ("monastery", "building", ""), 698: ("palace", "building", ""),
    970: ("mountain", "ground", ""), 972: ("cliff", "rock", ""), 975: ("lakeside", "ground", ""),
    976: ("headland", "ground", ""), 978: ("seashore", "ground", ""), 979: ("valley", "ground", ""),
    980: ("volcano", "ground", ""),
    817: ("sports car", "vehicle", ""), 511: ("convertible", "vehicle", ""), 656: ("minivan", "vehicle", ""),
    717: ("pick-up truck", "vehicle", ""), 436: ("estate car", "vehicle", ""), 751: ("racing car", "vehicle", ""),
    269: ("wolf", "animal", ""), 281: ("cat", "animal", ""), 291: ("lion", "animal", ""), 292: ("tiger", "animal", ""),
    340: ("zebra", "animal", ""), 207: ("dog", "animal", ""), 235: ("dog", "animal", ""),
    834: ("suit", "clothing", ""), 617: ("lab coat", "clothing", ""), 568: ("fur coat", "clothing", ""),
    869: ("trench coat", "clothing", ""), 608: ("jeans", "clothing", ""), 610: ("t-shirt", "clothing", ""),
    474: ("cardigan", "clothing", ""), 841: ("sweatshirt", "clothing", ""), 655: ("skirt", "clothing", ""),
    411: ("apron", "clothing", ""), 515: ("hat", "clothing", ""), 578: ("gown", "clothing", ""), 906: ("tie", "clothing", ""),
}  # fmt: skip
GARMENTS = {"suit": "a suit", "lab coat": "a white coat", "trench coat": "a long coat", "jeans": "jeans",
    "t-shirt": "a t-shirt", "cardigan": "a sweater",
            "sweatshirt": "a sweater", "skirt": "a skirt", "gown": "a dress", "fur coat": "a coat", "hat": "a hat",
            "tie": "a shirt and a tie"}  # fmt: skip


def look_at(picture: np.ndarray, models: dict[str, str] | None = None) -> dict:
    """What a picture (H, W, 3 or 4) uint8 says, as JSON values.

    ``colours`` five of them as "#rrggbb", the commonest first; ``time``, ``weather``, ``season`` as landscape briefs know them;
    ``walls``, ``accent``, ``brightness`` and ``palette`` as a room's brief does; ``kind`` a kind of room or ""; ``wears`` clothes
    or ""; ``sees`` [word, probability, label of our taxonomy]; ``sentence`` all of it in words.
    Raises WorldwrightError for a picture of one colour.
    """
    from ..environments.photo import read_photo

    if picture.ndim != 3 or min(picture.shape[:2]) < 16:
        raise WorldwrightError("The picture is too small to be read.", "Give one of at least 16 by 16 pixels.")
    mood = read_photo(picture)
    found: dict[str, Any] = {
        "colours": mood.palette,
        "time": mood.time,
        "weather": mood.weather,
        "season": mood.season,
        "warmth": mood.warmth,
    }
    found |= room_values(picture, mood.palette)
    seen = seen_in(picture, models)
    rooms = [room for _, share, _, room in seen if room and share > 2 * SURE]
    found["sees"] = [[word, round(share, 3), label] for word, share, label, _ in seen]
    found["kind"] = rooms[0] if rooms else ""
    found["wears"] = next((GARMENTS[word] for word, _, _, _ in seen if word in GARMENTS), "")
    names = ", ".join(word for word, _, _, _ in seen[:3])
    shown = f"shows {names}" if names else "shows nothing that is known by name"
    found["sentence"] = f"The picture {shown}; {mood.weather} light as in the {mood.time}; colours {', '.join(mood.palette[:3])}."
    return found


def room_values(picture: np.ndarray, colors: list[str]) -> dict:
    """The values of a room's brief that are nearest to the picture's colours and lightness."""
    from ..environments.finishes import WALL_CODES
    from ..environments.materials.palettes import ACCENTS, PALETTES, palette

    values = np.array([_rgb(code) for code in colors])
    light = float(np.median(picture[..., :3].mean(axis=2))) / 255
    strong = values[np.argmax(np.ptp(values, axis=1))]
    accents = {name: _rgb(code) for name, code in ACCENTS.items() if code}
    accent = min(accents, key=lambda name: float(np.abs(accents[name] - strong).sum())) if np.ptp(strong) > 60 else "palette"
    walls = min(WALL_CODES, key=lambda name: float(np.abs(_rgb(WALL_CODES[name]) - values[:2].mean(axis=0)).sum()))
    score = {}
    for name in PALETTES:
        shades = np.array([_rgb(code) for code in palette(name).shades])
        score[name] = float(np.abs(values[:, None] - shades[None]).sum(axis=2).min(axis=1).mean())
    brightness = round(float(np.clip(light * 1.2, 0.15, 1.0)), 2)
    return {"walls": walls, "accent": accent, "brightness": brightness, "palette": min(score, key=lambda name: score[name])}


def _rgb(code: str) -> np.ndarray:
    return np.array([int(code[k : k + 2], 16) for k in (1, 3, 5)], float)


def seen_in(picture: np.ndarray, models: dict[str, str] | None = None) -> list[tuple[str, float, str, str]]:
    """(word, probability, our label, kind of room) of what a picture shows, the surest first.

    The embedded encoder knows those of ImageNet's thousand classes that matter here; a CLIP folder knows every word of ours.
    """
    from ..crossmodal.store import available, find

    if not available("image", models):
        return []
    from ..crossmodal.image import image_encoder

    encoder = image_encoder(models)
    path, embedded = find("image", models)
    if not embedded:
        return _by_words(encoder, picture, str(path))
    import torch

    with torch.inference_mode():
        features = torch.from_numpy(encoder.encode(picture[None, ..., :3]))
        shares = encoder.network.words(features).softmax(dim=1)[0].numpy()
    found: dict[str, tuple[str, float, str, str]] = {}
    for number, (word, label, room) in SEEN.items():
        before = found[word][1] if word in found else 0.0
        found[word] = (word, before + float(shares[number]), label, room)
    return sorted((entry for entry in found.values() if entry[1] >= SURE), key=lambda entry: -entry[1])[:MOST]


@functools.cache
def vocabulary() -> tuple[str, ...]:
    """The words that an open vocabulary is asked for."""
    from .nouns import lexicon

    return tuple(sorted({concept.replace("_", " ") for concept in lexicon().values()} | set(ROOM_WORDS)))


def _by_words(encoder: Any, picture: np.ndarray, folder: str) -> list[tuple[str, float, str, str]]:
    """Which of our words a CLIP model finds nearest to the picture (Radford et al., 2021)."""
    from ..annotation.taxonomy import LEAVES
    from ..crossmodal.text import text_encoder

    words = vocabulary()
    told = text_encoder({"text": folder}).remembered([f"a photo of a {word}" for word in words])
    seen = encoder.encode(picture[None, ..., :3])[0]
    likeness = told @ (seen / max(float(np.linalg.norm(seen)), 1e-9)) * 100
    shares = np.exp(likeness - likeness.max())
    shares /= shares.sum()
    found = []
    for number in np.argsort(-shares, kind="stable")[:MOST]:
        if shares[number] >= NEAR:
            word = words[number]
            room = word.replace(" ", "_") if word in ROOM_WORDS else ""
            found.append((word, float(shares[number]), word if word in LEAVES else "", room))
    return found


def brief_values(found: dict, kind: str) -> dict:
    """What a picture's values say to a brief of that kind."""
    if kind in ("room", "home"):
        return {name: found[name] for name in ("walls", "accent", "brightness", "palette") if name in found}
    return {name: found[name] for name in ("time", "weather", "season") if name in found} if kind in ("city", "landscape") else {}


def prompt_from(found: dict, kind: str, prompt: str) -> str:
    """A prompt with what the picture adds: a room's kind, a person's clothes and their colour."""
    if (
        kind == "room"
        and found.get("kind")
        and not any(word in prompt for word in ("room", "office", "kitchen", "shop", "cafe", "studio"))
    ):
        return f"a {found['kind'].replace('_', ' ')}, {prompt}"
    if kind == "character" and found.get("wears"):
        from ..environments.materials.color import hexadecimal
        from .colors import color_name

        shade = color_name(np.array(hexadecimal(found["colours"][0])))
        article, _, garment = found["wears"].partition(" ") if " " in found["wears"] else ("", "", found["wears"])
        return f"{prompt} in {article} {shade} {garment}".replace("  ", " ")
    return prompt
