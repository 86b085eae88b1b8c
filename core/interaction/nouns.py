"""What things are called: concepts, the words for them, and which concept is a kind of which.

A request's noun and a thing in the scene meet in a concept: “seat” is said of a sofa, “couch” means one.
"""

from __future__ import annotations

import difflib
import functools
import re

from ..annotation.taxonomy import LEAVES
from ..crossmodal.names import plain_words
from ..environments.greybox.classes import KINDS

GENERIC = frozenset("thing object one item stuff everything anything something rest selection model mesh all piece".split())

_PARENTS = {  # the concept → what it is a kind of
    "chair": "office_chair visitor_chair dining_chair",
    "seat": "chair armchair sofa stool bar_stool bench lecture_bench",
    "table": "meeting_table coffee_table dining_table cafe_table student_desk side_table",
    "bed": "bed_double bed_single bunk_bed examination_bed",
    "lamp": "floor_lamp desk_lamp table_lamp pendant_lamp ceiling_light wall_lamp candle street_lamp",
    "cabinet": "cupboard filing_cabinet drawer_unit kitchen_wall_cabinet",
    "storage": "bookcase cabinet wardrobe dresser nightstand shop_shelf crate display_case",
    "board": "whiteboard pinboard",
    "screen": "display monitor laptop",
    "electronics": "screen keyboard mouse printer projector server_rack",
    "furniture": "seat table desk bed storage tv_stand workbench lab_bench reception_counter",
    "vessel": "vase bowl mug water_bottle", "plant": "tree bush", "container": "barrel crate basket waste_bin bag",
    "animal": "wolf cat horse bird dragon dinosaur lizard spider beetle alien fish",
    "character": "person animal robot",
    "book": "books_row paper_stack",
}  # fmt: skip
_WORDS = {  # the concept → words for it besides its own name
    "chair": "chairs", "office_chair": "desk chair;swivel chair;task chair;work chair", "visitor_chair": "guest chair;side chair",
    "dining_chair": "kitchen chair", "armchair": "easy chair;lounge chair;arm chair", "sofa": "couch;settee;loveseat",
    "stool": "pouf;ottoman", "bar_stool": "barstool", "coffee_table": "couch table;low table", "dining_table": "dinner table",
    "meeting_table": "conference table", "desk": "writing table;workstation;workplace", "cafe_table": "bistro table",
    "side_table": "end table", "seat": "seating",
    "bookcase": "bookshelf;shelf;shelves;book shelf;book case;shelving;rack", "filing_cabinet": "file cabinet",
    "drawer_unit": "drawers;pedestal drawers", "cupboard": "sideboard;locker", "wardrobe": "closet;armoire",
    "dresser": "chest of drawers", "nightstand": "bedside table;night table;night stand", "lamp": "light;lantern;luminaire",
    "floor_lamp": "standing lamp;standard lamp", "desk_lamp": "reading lamp", "pendant_lamp": "hanging lamp;pendant;chandelier",
    "ceiling_light": "ceiling lamp", "wall_lamp": "sconce", "street_lamp": "streetlight;lamp post;street light;lamppost",
    "candle": "candlestick", "plant": "pot plant;potted plant;houseplant;flower;fern;greenery;shrub",
    "waste_bin": "bin;trash can;waste basket;wastebasket;dustbin;garbage can;rubbish bin;trash bin;paper bin",
    "whiteboard": "white board;blackboard;chalkboard", "pinboard": "pin board;cork board;notice board;noticeboard",
    "display": "tv;television;telly;flat screen;wall screen", "monitor": "computer screen", "laptop": "notebook computer",
    "screen": "computer", "picture_frame": "picture;painting;poster;photo;frame;artwork;art;photograph",
    "wall_clock": "clock", "rug": "carpet;mat", "curtain": "drapes;drape;blind", "cushion": "pillow;throw pillow",
    "mug": "cup;coffee mug;coffee cup;teacup", "water_bottle": "bottle", "vase": "flower vase", "bowl": "dish;fruit bowl",
    "books_row": "books;row of books", "book": "novel", "paper_stack": "papers;paper stack;documents;stack of paper",
    "pen_cup": "pens;pencil holder;pen holder", "coat_stand": "coat rack;hat stand;coat hanger;hat rack",
    "radiator": "heater", "tv_stand": "media unit;tv table;tv cabinet;television stand;media console;tv bench",
    "reception_counter": "reception;reception desk;counter;front desk", "cooker": "stove;oven;range",
    "fridge": "refrigerator;freezer", "kitchen_sink": "sink", "washbasin": "basin", "bathtub": "bath;tub",
    "toilet": "loo;wc", "staircase": "stairs;steps;stairway", "column": "pillar;post", "mirror": "looking glass",
    "projector": "beamer", "server_rack": "server", "printer": "copier", "clothes_rack": "garment rack;clothes rail",
    "bed": "mattress", "bed_double": "double bed;king bed;queen bed", "bed_single": "single bed;twin bed",
    "partition": "divider;room divider;partition wall", "lectern": "podium;speaker desk", "toy_blocks": "toys;toy;blocks",
    "person": "man;woman;people;human;guy;girl;boy;lady;gentleman;figure;child;kid;character;somebody;someone;statue"
    ";sculpture;mannequin",
    "animal": "creature;beast;pet", "wolf": "dog;hound;fox", "horse": "pony;deer;cow", "robot": "droid;bot;android;machine",
    "cat": "tiger;lion;leopard;panther",
    "building": "house;hut;cottage;barn;church;tower;shed", "vehicle": "car;truck;van;lorry;automobile", "rock": "boulder;stone",
    "tree": "oak;birch;pine;fir;maple;palm;spruce", "bush": "hedge", "barrel": "keg;drum;cask", "crate": "box;chest",
    "fence": "railing", "bag": "sack;backpack", "sign": "signpost", "wall": "walls", "floor": "ground;flooring",
    "ceiling": "roof", "door": "doorway;entrance;gate", "window": "windows", "food": "fruit;bread", "furniture": "furnishings",
    "electronics": "device;devices", "cabinet": "cabinets",
}  # fmt: skip
SHELL = frozenset(("wall", "floor", "ceiling", "door", "window"))
CREATABLE = {  # a concept that is no prop → the props that serve, the usual one first; with what it goes to
    "chair": ("visitor_chair",), "seat": ("visitor_chair",), "table": ("dining_table",), "lamp": ("table_lamp", "floor_lamp"),
    "bed": ("bed_double",), "cabinet": ("cupboard",), "storage": ("bookcase",), "board": ("whiteboard",), "screen": ("monitor",),
    "book": ("books_row",), "tree": ("plant",), "bush": ("plant",), "side_table": ("nightstand",), "container": ("basket",),
    "vessel": ("vase",), "furniture": ("armchair",), "electronics": ("laptop",), "street_lamp": ("floor_lamp",),
}  # fmt: skip


def singular(word: str) -> str:
    """A noun without its plural ending."""
    irregular = {"people": "person", "men": "man", "women": "woman", "children": "child", "shelves": "shelf", "knives": "knife",
                 "wolves": "wolf", "mice": "mouse", "feet": "foot", "boxes": "box", "couches": "couch", "benches": "bench",
                 "branches": "branch", "dishes": "dish", "glasses": "glass", "vases": "vase", "bushes": "bush", "pieces": "piece",
                 "houses": "house", "bookcases": "bookcase", "drapes": "drapes", "glass": "glass", "canvas": "canvas",
                 "leaves": "leaf", "torches": "torch", "fences": "fence", "stairs": "stairs", "boxe": "box"}  # fmt: skip
    if word in irregular:
        return irregular[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def is_plural(words: str) -> bool:
    """Whether the last word of a noun is a plural."""
    last = words.lower().split()[-1] if words.split() else ""
    return singular(last) != last or last in ("people", "drapes", "furniture", "stuff")


def phrase(words: str) -> str:
    """Lower-case words with the last one in the singular."""
    parts = re.findall(r"[a-z0-9äöüéèçñ]+", words.lower())
    return " ".join([*parts[:-1], singular(parts[-1])]) if parts else ""


@functools.cache
def lexicon() -> dict[str, str]:
    """Every noun phrase that is known → its concept."""
    from ..environments.props import PROPS

    found: dict[str, str] = {}
    for name, kind in KINDS.items():
        for word in kind.words:
            found.setdefault(phrase(word), kind.props[0] if name not in _PARENTS else name)
    for leaf in LEAVES.values():
        found[leaf.name] = leaf.name
    for concept in (*PROPS, *_PARENTS, *(child for children in _PARENTS.values() for child in children.split())):
        found[phrase(concept.replace("_", " "))] = concept
    for concept, words in _WORDS.items():
        found[phrase(concept.replace("_", " "))] = concept
        found |= {phrase(word): concept for word in words.split(";")}
    return found


@functools.cache
def parents(concept: str) -> frozenset[str]:
    """The concept and all it is a kind of."""
    above = {concept}
    for parent, children in _PARENTS.items():
        if concept in children.split():
            above |= parents(parent)
    return frozenset(above)


def concept_of(words: str) -> str:
    """The concept of a noun phrase, or "": the longest known ending counts; misspelt words are put right."""
    parts = phrase(words).split()
    known = lexicon()
    for start in range(len(parts)):
        if (found := known.get(" ".join(parts[start:]))) is not None:
            return found
    endings = [word for word in known if parts and len(word) > 3 and " " not in word and parts[-1].endswith(word)]
    if endings:
        return known[max(endings, key=len)]
    if parts and parts[-1] not in GENERIC and len(parts[-1]) > 3:
        whole = " ".join(parts)
        for word in (whole, parts[-1], singular(words.lower().split()[-1])):
            if swapped := next((name for name in known if len(name) == len(word) and sorted(name) == sorted(word)), ""):
                return known[swapped]
            if near := difflib.get_close_matches(word, known, 1, 0.8):
                return known[near[0]]
    return ""


def concepts_of_thing(name: str, label: str, prop: str = "") -> frozenset[str]:
    """All concepts that an object of this name, label and prop key is one of."""
    found: set[str] = set()
    for said in (prop.replace("_", " "), label.replace("_", " ")):
        if said and (concept := lexicon().get(phrase(said))):
            found |= parents(concept)
    named = plain_words(name)
    if named and (concept := concept_in(named)):
        found |= parents(concept)
    return frozenset(found)


def concept_in(words: str) -> str:
    """The concept of the last known noun within words, or ""; no spelling is corrected here."""
    parts, known = phrase(words).split(), lexicon()
    for end in range(len(parts), 0, -1):
        for start in range(end):
            if (found := known.get(" ".join([*parts[start : end - 1], singular(parts[end - 1])]))) is not None:
                return found
    return ""
