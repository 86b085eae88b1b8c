"""The words for what people wear: tables only; ``wearing.py`` reads with them.

A garment's word sets fields of the brief; what is not quite as asked stands beside it.
"""

from __future__ import annotations

from typing import Any

Wear = tuple[dict[str, Any], str]


def _same(names: str, fields: dict[str, Any], stand_in: str = "") -> dict[str, Wear]:
    return dict.fromkeys((name.strip() for name in names.split(",")), (fields, stand_in))


GARMENTS: dict[str, Wear] = {
    **_same("t shirt, tshirt, tee, tee shirt, top", {"upper": "t-shirt"}),
    **_same("tank top, vest, singlet, undershirt", {"upper": "t-shirt", "sleeves": "none"}),
    **_same("polo, polo shirt", {"upper": "t-shirt", "collar": "shirt"}),
    **_same("crop top", {"upper": "t-shirt", "upper_length": 0.15}),
    **_same("shirt, button up, button down, dress shirt, hawaiian shirt", {"upper": "shirt"}),
    **_same("flannel, flannel shirt, lumberjack shirt", {"upper": "shirt", "upper_pattern": "plaid"}),
    **_same("blouse", {"upper": "shirt", "upper_looseness": 0.6, "upper_fabric": "satin"}),
    **_same("tunic, kurta", {"upper": "shirt", "upper_length": 0.95, "collar": "round"}),
    **_same("sweater, jumper, pullover, sweatshirt", {"upper": "sweater"}),
    **_same("turtleneck, polo neck, roll neck", {"upper": "sweater", "collar": "roll"}),
    **_same("hoodie, hooded sweater, hoody", {"upper": "sweater", "collar": "hood", "upper_fabric": "jersey"}),
    **_same("cardigan", {"upper": "sweater", "collar": "v-neck"}, "a sweater with a v-neck"),
    **_same("fleece", {"upper": "sweater", "collar": "stand"}),
    **_same("jacket, bomber jacket, bomber, windbreaker, anorak, tracksuit top", {"upper": "jacket"}),
    **_same("leather jacket, biker jacket", {"upper": "jacket", "upper_fabric": "leather"}),
    **_same("denim jacket, jean jacket", {"upper": "jacket", "upper_fabric": "denim", "collar": "shirt"}),
    **_same("blazer, suit jacket, waistcoat", {"upper": "jacket", "upper_fabric": "wool", "collar": "shirt"}, "a woollen jacket"),
    **_same("coat, overcoat, trench coat, duffle coat, peacoat", {"upper": "coat"}),
    **_same("raincoat", {"upper": "coat", "upper_fabric": "satin"}),
    **_same("parka, puffer, puffer jacket, winter coat", {"upper": "coat", "collar": "hood", "upper_length": 0.2}),
    **_same("lab coat", {"upper": "coat", "upper_fabric": "poplin"}),
    **_same("suit, business suit, tuxedo", {"upper": "jacket", "upper_fabric": "wool", "collar": "shirt", "lower": "trousers",
                                           "lower_fabric": "wool"}, "a woollen jacket and trousers"),  # fmt: skip
    **_same("tracksuit", {"upper": "jacket", "lower": "trousers", "lower_fabric": "satin"}),
    **_same("jumpsuit, overalls, dungarees, uniform, scrubs", {"upper": "jacket", "lower": "trousers"}, "a jacket and trousers"),
    **_same("dress, frock, evening dress", {"upper": "dress", "lower": "none"}),
    **_same("gown, ball gown, maxi dress", {"upper": "dress", "lower": "none", "upper_length": 1.0}),
    **_same("sundress, summer dress", {"upper": "dress", "lower": "none", "sleeves": "none"}),
    **_same("minidress, mini dress", {"upper": "dress", "lower": "none", "upper_length": 0.1}),
    **_same("robe, wizard robe, bathrobe, dressing gown, kimono, cassock, habit", {"upper": "robe", "lower": "none"}),
    **_same("cloak, cape, poncho", {"upper": "robe", "lower": "none"}, "a robe"),
    **_same("trousers, pants, trouser, slacks", {"lower": "trousers"}),
    **_same("chinos, khakis", {"lower": "trousers", "lower_fabric": "twill"}),
    **_same("jeans", {"lower": "trousers", "lower_fabric": "denim"}),
    **_same("skinny jeans", {"lower": "trousers", "lower_fabric": "denim", "lower_looseness": 0.1}),
    **_same("cargo pants", {"lower": "trousers", "lower_fabric": "twill", "lower_looseness": 0.8}),
    **_same("sweatpants, joggers, track pants", {"lower": "trousers", "lower_fabric": "jersey", "lower_looseness": 0.6}),
    **_same("corduroys", {"lower": "trousers", "lower_fabric": "corduroy"}),
    **_same("leggings, tights, yoga pants", {"lower": "trousers", "lower_fabric": "jersey", "lower_looseness": 0.0}),
    **_same("shorts, short pants", {"lower": "shorts"}),
    **_same("bermudas, capris", {"lower": "shorts", "lower_length": 0.8}),
    **_same("hot pants", {"lower": "shorts", "lower_length": 0.2}),
    **_same("skirt", {"lower": "skirt"}),
    **_same("miniskirt, mini skirt", {"lower": "skirt", "lower_length": 0.1}),
    **_same("maxi skirt", {"lower": "skirt", "lower_length": 1.0}),
    **_same("pencil skirt", {"lower": "skirt", "lower_looseness": 0.1}),
    **_same("kilt", {"lower": "skirt", "lower_pattern": "plaid"}),
    **_same("shoes, shoe, loafers, oxfords, brogues, dress shoes", {"shoes": "shoes"}),
    **_same("heels, high heels, flats, ballet flats, slippers, clogs", {"shoes": "shoes"}, "flat shoes"),
    **_same("sneakers, sneaker, trainers, running shoes, tennis shoes, sports shoes", {"shoes": "sneakers"}),
    **_same("boots, boot, ankle boots, hiking boots, combat boots, wellingtons", {"shoes": "boots"}),
    **_same("sandals, sandal, flip flops", {"shoes": "sandals"}),
    **_same("barefoot, bare feet, barefooted, shoeless", {"shoes": "none"}),
    **_same("socks, sock", {"socks": "crew"}),
    **_same("ankle socks", {"socks": "ankle"}),
    **_same("knee socks, long socks, stockings", {"socks": "knee"}),
    **_same("hat, fedora, sun hat, straw hat, felt hat", {"headwear": "hat"}),
    **_same("top hat, cowboy hat, bowler hat, witch hat, wizard hat, helmet", {"headwear": "hat"}, "a felt hat"),
    **_same("cap, baseball cap, peaked cap", {"headwear": "cap"}),
    **_same("beanie, woolly hat, wool hat, knitted hat, knit cap", {"headwear": "beanie"}),
    **_same("glasses, eyeglasses, spectacles, reading glasses", {"glasses": "glasses"}),
    **_same("sunglasses, shades", {"glasses": "sunglasses"}),
    **_same("belt", {"belt": True}),
    **_same("backpack, rucksack, knapsack, schoolbag", {"backpack": True}),
    **_same("shirtless, bare chested", {"upper": "none"}),
    **_same("underwear", {"upper": "none", "lower": "none", "shoes": "none"}),
}
GARMENT_COLORS = {
    "jeans": "denim", "skinny jeans": "denim", "denim jacket": "denim", "leather jacket": "black", "biker jacket": "black",
    "lab coat": "white", "tuxedo": "black", "khakis": "khaki", "straw hat": "cream", "flannel shirt": "red", "flannel": "red",
    "chinos": "khaki",
}  # fmt: skip
# The slot of a field's garment, and what cannot be: nothing else may be worn on that slot.
SLOTS = ("upper", "lower", "shoes", "socks", "headwear", "glasses", "belt", "backpack")
CUT_SLOTS = ("upper", "lower")  # these have length, looseness, fabric and pattern
FABRICS = {
    "denim": "denim", "leather": "leather", "woollen": "wool", "woolen": "wool", "wool": "wool", "felt": "wool", "tweed": "wool",
    "knitted": "knit", "knit": "knit", "corduroy": "corduroy", "silk": "satin", "silky": "satin", "satin": "satin",
    "nylon": "satin", "cotton": "jersey", "jersey": "jersey", "linen": "poplin", "twill": "twill", "velvet": "wool",
}  # fmt: skip
PATTERNS = {
    **dict.fromkeys(("striped", "stripes", "stripy", "stripey"), "stripes"),
    **dict.fromkeys(("pinstriped", "pinstripes", "pinstripe"), "pinstripes"),
    **dict.fromkeys(("checkered", "chequered", "checked", "checks", "gingham"), "checks"),
    **dict.fromkeys(("plaid", "tartan"), "plaid"),
    **dict.fromkeys(("dotted", "polka dot", "polka dots", "dots", "spotted"), "dots"),
    **dict.fromkeys(("floral", "flowery", "flowered", "flowers"), "floral"),
}
# Word -> (field after the slot's name, value); "short" and "long" are read with their noun.
CUTS = {
    "loose": ("looseness", 0.8), "baggy": ("looseness", 0.95), "oversized": ("looseness", 1.0), "wide": ("looseness", 0.85),
    "tight": ("looseness", 0.1), "skinny fit": ("looseness", 0.1), "slim fit": ("looseness", 0.25), "fitted": ("looseness", 0.25),
    "close fitting": ("looseness", 0.15), "cropped": ("length", 0.15), "ankle length": ("length", 0.95),
    "knee length": ("length", 0.5), "floor length": ("length", 1.0), "flared": ("looseness", 0.9),
}  # fmt: skip
SLEEVES = {
    **dict.fromkeys(("long sleeved", "long sleeve", "long sleeves"), "long"),
    **dict.fromkeys(("short sleeved", "short sleeve", "short sleeves"), "short"),
    **dict.fromkeys(("sleeveless", "no sleeves", "without sleeves"), "none"),
    **dict.fromkeys(("elbow sleeves", "half sleeves", "three quarter sleeves"), "elbow"),
}
COLLARS = {
    **dict.fromkeys(("v neck", "v necked", "v neckline"), "v-neck"),
    **dict.fromkeys(("crew neck", "round neck"), "round"),
    **dict.fromkeys(("roll necked", "polo necked", "turtle neck"), "roll"),
    **dict.fromkeys(("hooded", "hood"), "hood"),
    **dict.fromkeys(("stand up collar", "mandarin collar", "stand collar"), "stand"),
    **dict.fromkeys(("collared", "collar"), "shirt"),
}
# What is understood and cannot be shown.
ACCESSORIES = (
    "goggles", "scarf", "gloves", "tie", "bow tie", "watch", "bag", "handbag", "purse", "briefcase", "jewellery", "jewelry",
    "earrings", "earring", "necklace", "ring", "bracelet", "tattoo", "tattoos", "scar", "scars", "piercing", "armor", "armour",
    "crown", "mask", "wings", "sword", "shield", "gun", "umbrella", "cane", "apron", "badge", "headscarf", "hijab", "turban",
    "veil", "headphones", "swimsuit", "bikini", "costume", "robot arm", "prosthetic", "wheelchair", "horns", "tail", "pocket",
    "pockets", "buttons", "zipper", "logo", "toga", "sari", "armband", "corset", "spacesuit", "wetsuit",
)  # fmt: skip
