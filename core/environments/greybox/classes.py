"""What a grey box can stand for, and which prop takes its place: by the room, by what stands near it, and by what fits its size."""

from __future__ import annotations

from dataclasses import dataclass

FLOOR, WALL, CEILING, SURFACE = "floor", "wall", "ceiling", "surface"
BACK, FREE, SEAT = "back", "free", "seat"  # how it faces: its back to a wall, any way, or towards a table


@dataclass(frozen=True)
class Kind:
    """A class of grey boxes.

    Attributes:
        props: keys of the props that may take its place, the usual one first.
        mount: where it stands or hangs.
        faces: ``back`` (its back to the nearest wall), ``free``, or ``seat`` (turned to a table near it).
        words: words in an object's name that mean it, besides its own name.
        rooms: in rooms of these kinds another prop is the usual one.
        solid: it may not be walked through (a rug may).
    """

    props: tuple[str, ...]
    mount: str = FLOOR
    faces: str = BACK
    words: tuple[str, ...] = ()
    rooms: tuple[tuple[str, str], ...] = ()
    solid: bool = True


KINDS: dict[str, Kind] = {
    "chair": Kind(("visitor_chair", "office_chair", "dining_chair"), faces=SEAT, words=("seat",),
                  rooms=(("office", "office_chair"), ("open_plan_office", "office_chair"), ("living_room", "dining_chair"),
                         ("kitchen", "dining_chair"), ("cafe", "dining_chair"), ("bedroom", "office_chair"),
                         ("hotel_room", "office_chair"))),
    "stool": Kind(("stool",), faces=FREE, words=("pouf", "ottoman", "hocker")),
    "bar stool": Kind(("bar_stool",), faces=SEAT, words=("barstool",)),
    "bench": Kind(("bench",), words=()),
    "armchair": Kind(("armchair",), words=("lounge chair",)),
    "sofa": Kind(("sofa",), words=("couch", "settee")),
    "lecture bench": Kind(("lecture_bench",), faces=FREE, words=("row", "auditorium")),
    "desk": Kind(("desk", "student_desk"), words=("workplace", "workstation"), rooms=(("classroom", "student_desk"),)),
    "table": Kind(("meeting_table", "dining_table", "cafe_table"), faces=FREE, words=("dining", "conference", "cafe"),
                  rooms=(("living_room", "dining_table"), ("kitchen", "dining_table"), ("cafe", "cafe_table"),
                         ("hotel_room", "cafe_table"), ("bedroom", "dining_table"))),
    "coffee table": Kind(("coffee_table",), faces=FREE, words=("side table",)),
    "lab bench": Kind(("lab_bench",), words=("laboratory",)),
    "workbench": Kind(("workbench",), words=("work bench",)),
    "counter": Kind(("reception_counter",), faces=FREE, words=("reception", "bar", "till", "checkout")),
    "bed": Kind(("bed_double", "bed_single", "bunk_bed"), words=("mattress",)),
    "examination bed": Kind(("examination_bed",), words=("examination", "couch bed", "stretcher")),
    "nightstand": Kind(("nightstand",), words=("bedside", "night table")),
    "wardrobe": Kind(("wardrobe",), words=("closet",)),
    "dresser": Kind(("dresser",), words=("chest of drawers", "drawers")),
    "cabinet": Kind(("cupboard", "filing_cabinet", "drawer_unit"), words=("cupboard", "sideboard", "filing", "locker")),
    "bookcase": Kind(("bookcase",), words=("bookshelf", "shelf", "shelves", "shelving")),
    "shop shelf": Kind(("shop_shelf",), faces=BACK, words=("gondola",)),
    "display case": Kind(("display_case",), faces=BACK, words=("showcase", "vitrine", "show case")),
    "clothes rack": Kind(("clothes_rack",), faces=FREE, words=("garment",)),
    "pedestal": Kind(("pedestal",), faces=FREE, words=("plinth",)),
    "tv stand": Kind(("tv_stand",), words=("media", "television", "tv")),
    "server rack": Kind(("server_rack",), words=("server",)),
    "printer": Kind(("printer",), words=("copier", "photocopier")),
    "lectern": Kind(("lectern",), faces=FREE, words=("podium", "pulpit")),
    "coat stand": Kind(("coat_stand",), faces=FREE, words=("hat stand", "coat rack")),
    "plant": Kind(("plant",), faces=FREE, words=("pot", "tree", "flower")),
    "bin": Kind(("waste_bin",), faces=FREE, words=("trash", "waste", "garbage")),
    "basket": Kind(("basket",), faces=FREE, words=("hamper",)),
    "rug": Kind(("rug",), faces=FREE, words=("carpet", "mat"), solid=False),
    "partition": Kind(("partition",), faces=FREE, words=("divider", "screen wall")),
    "floor lamp": Kind(("floor_lamp",), faces=FREE, words=("standing lamp",)),
    "fridge": Kind(("fridge",), words=("refrigerator", "freezer")),
    "kitchen counter": Kind(("kitchen_counter",), words=("worktop", "base unit", "kitchen unit")),
    "kitchen sink": Kind(("kitchen_sink",), words=("sink",)),
    "cooker": Kind(("cooker",), words=("stove", "oven", "range")),
    "fume hood": Kind(("fume_hood",), words=("fume",)),
    "toilet": Kind(("toilet",), words=("wc", "loo")),
    "washbasin": Kind(("washbasin",), words=("basin", "lavatory")),
    "bathtub": Kind(("bathtub",), words=("bath", "tub")),
    "shower": Kind(("shower",)),
    "washing machine": Kind(("washing_machine",), words=("washer", "dryer")),
    "stairs": Kind(("staircase",), faces=FREE, words=("staircase", "steps", "stair")),
    "column": Kind(("column",), faces=FREE, words=("pillar", "post")),
    "board": Kind(("whiteboard", "pinboard"), WALL, words=("whiteboard", "blackboard", "pinboard")),
    "screen": Kind(("display",), WALL, words=("display", "monitor wall")),
    "picture": Kind(("picture_frame",), WALL, words=("painting", "poster", "art")),
    "clock": Kind(("wall_clock",), WALL),
    "mirror": Kind(("mirror",), WALL),
    "radiator": Kind(("radiator",), WALL, words=("heater", "heating")),
    "kitchen cabinet": Kind(("kitchen_wall_cabinet",), WALL, words=("wall unit", "wall cabinet", "hood")),
    "towel rail": Kind(("towel_rail",), WALL, words=("towel",)),
    "tool wall": Kind(("tool_wall",), WALL, words=("pegboard", "tools")),
    "curtain": Kind(("curtain",), WALL, words=("curtains", "drapes", "blind")),
    "ceiling lamp": Kind(("pendant_lamp", "ceiling_light"), CEILING, words=("pendant", "chandelier", "ceiling light")),
    "projector": Kind(("projector",), CEILING, words=("beamer",)),
    "monitor": Kind(("monitor", "laptop"), SURFACE, faces=BACK, words=("screen", "computer", "laptop", "pc")),
    "table lamp": Kind(("table_lamp", "desk_lamp"), SURFACE, faces=FREE, words=("desk lamp", "lamp"),
                       rooms=(("office", "desk_lamp"), ("classroom", "desk_lamp"))),
    "microscope": Kind(("microscope",), SURFACE, faces=FREE),
    "cash register": Kind(("cash_register",), SURFACE, faces=FREE, words=("register",)),
    "books": Kind(("books_row",), SURFACE, faces=FREE, words=("book",)),
    "vase": Kind(("vase",), SURFACE, faces=FREE, words=("vessel",)),
}  # fmt: skip
NAMES = tuple(KINDS)

# Class of a prop by its key, for the rooms the classifier learns from.
CLASS_OF = {key: name for name, kind in KINDS.items() for key in kind.props}


def named(name: str) -> str:
    """The class an object's name says, or "": "Wardrobe.003" and "grey_sofa_big" do, "Cube.001" does not."""
    text = " " + "".join(c.lower() if c.isalpha() else " " for c in name) + " "
    text = " ".join(text.split())
    best = ("", 0)
    for label, kind in KINDS.items():
        for word in (label, *kind.words, *(key.replace("_", " ") for key in kind.props)):
            for form in (word, f"{word}s"):
                if f" {form} " in f" {text} " and len(form) > best[1]:
                    best = (label, len(form))
    return best[0]


def prop_for(label: str, room_kind: str, near: str = "", name: str = "") -> str:
    """The key of the prop that usually takes the place of a class in a room of a kind, or that its name asks for.

    ``near``: for a seat, the class of the table it stands at.
    """
    kind = KINDS[label]
    text = name.lower().replace(" ", "_")
    for key in kind.props:
        if key in text:
            return key
    if label == "chair" and near:
        return {"desk": "office_chair", "table": dict(kind.rooms).get(room_kind, "visitor_chair")}.get(near, "visitor_chair")
    return dict(kind.rooms).get(room_kind, kind.props[0])
