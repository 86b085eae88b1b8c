"""From a model's file name to a taxonomy leaf: the rules by which the training library was labelled.

The library's own labels are keyword guesses ("Apple iMac" is food there, "Light_Floor1" a road), so they are not used. These
rules were written against the names and checked on contact sheets of the point clouds. A model that no rule matches, or that
matches a rule with the empty leaf, carries no label: it is not trained on and serves to measure the ``unknown`` answer.
"""

from __future__ import annotations

import re

NO_LABEL = ""

# Every pattern matches whole words of ``words_of(name)``; the first that matches decides.
# Packs whose naming needs its own reading come first: category -> [(pattern, leaf)].
PACK_RULES: dict[str, list[tuple[str, str]]] = {
    "buildings_pack_3": [(".*", "building")],
    "cute_fish_pack": [(r"lure|fishing rod|dock|worm", NO_LABEL), ("boat", "boat"), (".*", "fish")],
    "fish_pack": [(".*", "fish")],
    "dinosaurs_pack": [(".*", "animal")],
    "easy_enemies_pack": [(".*", "animal")],
    "mech_pack": [(".*", "robot")],
    "spaceships_pack": [(".*", "spaceship")],
    "ships_pack": [(".*", "boat")],
    "tank_pack": [(".*", "vehicle")],
    "modular_men": [(".*", "person")],
    "modular_women": [(".*", "person")],
    "animals_pack": [(".*", "animal")],
    "modular_sci_fi_guns_pack": [
        (r"^(ar|smg|sniper|pistol) \d+$", "gun"),
        (r"^crossbow", "weapon"),
        (r"^body (?!crossbow).*", "gun"),
        (".*", NO_LABEL),
    ],
    "survival_pack": [(r"^torch", "lamp")],
    "real_time_strategy_pack": [
        (r"mountain|mountain large", "ground"),
        (r"^farm|logs", NO_LABEL),
        (r"^wonder walls|^wall (first|second)", "wall"),
        (r"age|mine", "building"),
        (r"gold", "rock"),
    ],
    "cyberpunk_pack": [
        (r"gun|turret", NO_LABEL),
        (r"^enemy", "robot"),
        (r"pickup|collectible", "pickup"),
        (r"^rail", "wall"),
        (r"^support|lootbox|lever|antenna|ac|tank", NO_LABEL),
        (r"cable", "pipe"),
        (r"light", "lamp"),
        (r"platform \d x \d empty", "ground"),
        (r"platform", NO_LABEL),
        (r"computer|tv", "electronics"),
    ],
    "modular_sci_fi": [
        (r"wall|window", "wall"),
        (r"floor tile|roof tile", "ground"),
        (r"pipes", "pipe"),
        (r"details|base|capsule|pod|teleporter|laser|statue|vessel", NO_LABEL),
    ],
    "platformer_game_pack": [
        (r"numbers|stairs|lever|bouncer|hazard|spikes|spiky|cannon|cannonball|gun|thunder|bomb|enemy", NO_LABEL),
        (r"cube (dirt|grass) (single|corner tall|side tall)|rock platforms?", "ground"),
        (r"cube (dirt|grass)", NO_LABEL),
        (r"^cube", "storage"),
        (r"^arrow", "sign"),
        (r"crab|bee", "animal"),
        (r"tree", "tree"),
        (r"bush", "plant"),
    ],
    "platformer_pack": [(r"spikes?|rope|trap|lever|bomb|moving", NO_LABEL), (r"platform", "ground")],
    "street_pack": [(r"bridge", "bridge"), (r"streetlight|traffic light", "lamp"), (r"streets?", "ground")],
    "crops_pack": [
        (r"(apple|orange) (3|4|harvested)|palm tree (1|2|3|4|harvested)", "tree"),
        (r"(bamboo|cactus|flowers|rice|wheat) crop", "plant"),
        (r"crop|half", "food"),
        (".*", "plant"),
    ],
    "modular_medieval_buildings_pack": [
        (r"(tall )?wall", "wall"),
        (r"tower|simpletower|watchtower", "building"),
        (r"tunnel|dummy|target", NO_LABEL),
    ],
    "modular_dungeon_1": [
        (r"arch", "door"),
        (r"sword|cobweb|spikes|trap|trapdoor|brick|woodfire|pedestal|statue", NO_LABEL),
        (r"wall cover|decorative wall", "wall"),
    ],
    "modular_dungeon_pack": [
        (r"wall rocks", "rock"),
        (r"modular (stone )?wall", "wall"),
        (r"entrance", "door"),
        (r"bars", "wall"),
        (r"modular floor", "ground"),
    ],
    "Medieval-Hexagon-Pack-1.0": [
        (r"^building (dirt|grain)|lumber|projectile|target|pallet", NO_LABEL),
        (r"^building bridge", "bridge"),
        (r"^hex|hills?|mountain", "ground"),
    ],
    "Dungeon-Remastered-1.0": [(r"foundation", "ground"), (r"trunk", "storage"), (r"^sword shield", "shield")],
    "Halloween-Bits-1.0": [(r"^arch", "door"), (r"^(shrine|plaque|skull candle|post skull)", NO_LABEL)],
    "Space-Base-Bits-1.0": [
        (r"basemodule", "building"),
        (r"^cargo [ab]", "storage"),
        (r"^lander [ab]", "spaceship"),
        (r"landingpad", "ground"),
        (r"terrain", "ground"),
        (r"rocks?", "rock"),
        (r"spacetruck", "vehicle"),
        (".*", NO_LABEL),
    ],
    "Restaurant-Bits-1.0": [
        (r"^(crate lid|menu|cuttingboard|dishrack|papertowel|towelrail|shelf papertowel)", NO_LABEL),
        (r"^(ketchup|mustard)", "vessel"),
        (r"^(lid|stew)", "vessel"),
    ],
    "Characters": [(r"cat|bulldog|dog|horse|chicken|rabbit", "animal"), (".*", "person")],
    "Lights": [(r"candle", "lamp"), (".*", "lamp")],
}

# Words of the name, tried in this order for every other model.
RULES: list[tuple[str, str]] = [
    (r"sockets?|plug|switch", "wall socket"),
    (r"toilet paper|toilet paper pile|toilet brush|towel rack|paper towel|bat|doll house", NO_LABEL),
    (r"child hut|rocking horse|wood toy|hot dog", NO_LABEL),
    (r"wall hanger|(tv|knife) stand|remote|joystick|television cabinet|dart game|fan", NO_LABEL),
    (r"abdominal bench|wheelchair|seat leon|rack|spice tower", NO_LABEL),
    (r"fitness tower|wheelbarrow|clothes (basket|horse)|medicine box|letters box|letter tray", NO_LABEL),
    (r"entry bell ring|indoor bike|sawmill saw|rail crossing|shower (head|door)|cans?", NO_LABEL),
    (r"kitchen tools|step ladder", NO_LABEL),
    (r"^frame|mirrors?|white ?board|painting|calendar", "picture"),
    (r"^banner|flag|curtains?|^(bathroom )?towel", "banner"),
    (r"^food|^plate food", "food"),
    (r"^floor", "ground"),
    (r"^barrier", "wall"),
    (r"^building", "building"),
    (r"tv|i (mac|book)|laptop|computer|screen$|dvd player|stereo|speaker|radio|camera|phone", "electronics"),
    (r"tablet|printer|projector|cctv", "electronics"),
    (r"^wall (?!socket|light|lamp|spot|cabinet).*|^wall", "wall"),
    (r"bed|crib|futon(?! couch)|air mattress", "bed"),
    (r"night ?stand|bedside table|desk table", "table"),
    (r"light|lamp|lantern|flashlight|classic lamppost", "lamp"),
    (r"shelf|shelves(?! cabinet)|bookcase|bookshelf", "storage"),
    (r"candles?|candelabrum|torch|wooden torch", "lamp"),
    (r"sofa|couch", "sofa"),
    (r"bench|bank", "seat"),
    (r"stool|ottoman|puff", "seat"),
    (r"chair|armchair|class seat|pool lounge", "seat"),
    (r"cabinet|wardrobe|cupboard|drawers?|dresser|locker|island(?! bath)|vanity|kitchencabinet", "storage"),
    (r"kitchencounter|cabinet small", "storage"),
    (r"table|desk|kitchentable", "table"),
    (r"toilets? unit|toilet|bathtub|bath|washbasin|basin|sink|bidet|urinal|shower stall|shower", "sanitary"),
    (r"lavatory|jacuzzi", "sanitary"),
    (r"fridge|refrigerator|oven|stove|microwave|washing machine|dryer machine|freezer|hood", "appliance"),
    (r"extractorhood|cooktop|cooker", "appliance"),
    (r"toaster|blender|mixer|coffee (machine|maker|brewer)|fryer|boiler|water heater", "appliance"),
    (r"sandwich maker|furnace", "appliance"),
    (r"radiator", "radiator"),
    (r"crates?|box|package|containers?|gift|cargo", "storage"),
    (r"chest|trunck", "storage"),
    (r"trash ?can|trashcan|dustbin|bucket|recycling bin", "barrel"),
    (r"barrel|keg", "barrel"),
    (r"potion|bottle|jar|vase|flacon|cosmetics pot|oil servers|pottery|water bottle", "vessel"),
    (r"plate|bowl|cup(?! cake)|mug|glass(?! door)|pan|pot|teapot|chalice|cauldron|ashtray", "vessel"),
    (r"hashtray|kettle|creamer", "vessel"),
    (r"hamburger|bread(?! box)|cake|fruit|pumpkin|steak|roasted chicken|chicken leg|apples|fries", "food"),
    (r"sushi tray|butter", "food"),
    (r"bags?|sack|pouch|backpack|handbag|suitcase|briefcase", "bag"),
    (r"book|spellbook|parchment|scroll|newspaper", "book"),
    (r"coin|keys?|keyring|ring|gem|heart|star|necklace|crown|padlock|ingots", "pickup"),
    (r"sneakers|shoes|mocassin|slippers|bootie|dress|cap|hat|helmet|^short$|trousers|jacket|skirt", "clothing"),
    (r"suit|glove|armor|shoulder ?pads|(folded|hanging) clothes", "clothing"),
    (r"bones?|skull|ribcage|fish bone", "bones"),
    (r"crossbow|bow", "weapon"),
    (r"shield", "shield"),
    (r"arrow(?! straight| turn)|dart", "weapon"),
    (r"sword|short sword|dagger|axe|hammer|spear|scythe|claymore|katana|club|knife|blade|staff", "weapon"),
    (r"wand|shovel|broom|fork(?! lift)|spoon|screwdriver|saw", "weapon"),
    (r"pistol|revolver|shotgun|flare gun", "gun"),
    (r"trees?|(common|birch|pine|palm) tree|tree stump|palm|willow|acacia|copper beech|cypress", "tree"),
    (r"maple|poplar|pine|peach blossom|bamboo", "tree"),
    (r"bush|bush berries|grass|(house)?plant|flowers?|cactus|cactus flowers?|wheat|corn|mushroom", "plant"),
    (r"lily|ficus|hedge|yucca|orchids|tulips|spathiphyllum|lilypad|waterlily|waterplant", "plant"),
    (r"rocks?|crystal|mineral|rubble|resource stone", "rock"),
    (r"cloud", "cloud"),
    (r"window|shutter", "window"),
    (r"door", "door"),
    (r"fence|railing", "wall"),
    (r"column|pillar", "column"),
    (r"stairs?|staircase|escalator", "stairs"),
    (r"carpet|rug|path|tatami|doormat|bathmat|sidewalk", "ground"),
    (r"bridge", "bridge"),
    (r"house|tower|inn|blacksmith|mill|stable|market stand|well|hut|gazebo|sawmill|crypt", "building"),
    (r"sign", "sign"),
    (r"pipe", "pipe"),
    (r"character|knight(?: character)?|mage|rogue|barbarian", "person"),
    (r"deer", "animal"),
    (r"rowboat|boat|raft(?! paddle)", "boat"),
    (r"car|sedan|suv|van|truck|bus|scooter|bicycle|bike|motorbike|ford|beetle|peugeot|renault", "vehicle"),
    (r"chevrolet|yamaha|tricycle|cart|fork lift", "vehicle"),
]


def words_of(name: str) -> str:
    """A file or catalogue name as lower-case words: ``NightStand_2`` becomes ``night stand 2``."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=\d)(?=[A-Za-z])|[_\-.,]+", " ", name)
    return re.sub(r"\s+", " ", spaced).strip().lower()


def leaf_of(name: str, category: str) -> str:
    """The taxonomy leaf of a model called ``name`` in the pack or catalogue section ``category``, or ``""``."""
    words = words_of(name)
    for pattern, leaf in [*PACK_RULES.get(category, []), *RULES]:
        if re.search(rf"\b(?:{pattern})(?!\w)", words):
            return leaf
    return NO_LABEL
