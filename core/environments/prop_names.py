"""The names of the props, for those who need no prop: importing the ninety generators takes an eighth of a second."""

PROP_NAMES = (
    "desk", "student_desk", "meeting_table", "coffee_table", "office_chair", "visitor_chair", "sofa", "armchair", "bookcase",
    "drawer_unit", "filing_cabinet", "cupboard", "lectern", "coat_stand", "plant", "waste_bin", "radiator", "rug",
    "floor_lamp", "ceiling_light", "desk_lamp", "whiteboard", "display", "pinboard", "wall_clock", "picture_frame",
    "monitor", "keyboard", "mouse", "laptop", "mug", "water_bottle", "books_row", "paper_stack", "pen_cup", "bar_stool",
    "basket", "bathtub", "bed_double", "bed_single", "bench", "bowl", "bunk_bed", "cable", "cafe_table", "candle",
    "cash_register", "clothes_rack", "column", "cooker", "curtain", "cushion", "dining_chair", "dining_table",
    "display_case", "dresser", "examination_bed", "fridge", "fume_hood", "kitchen_counter", "kitchen_sink",
    "kitchen_wall_cabinet", "lab_bench", "lecture_bench", "microscope", "mirror", "nightstand", "partition", "pedestal",
    "pendant_lamp", "printer", "projector", "reception_counter", "server_rack", "shop_shelf", "shower", "staircase", "stool",
    "table_lamp", "toilet", "tool_wall", "towel_rail", "toy_blocks", "tv_stand", "vase", "wall_lamp", "wardrobe",
    "washbasin", "washing_machine", "workbench",
)  # fmt: skip
"""The keys of ``props.PROPS``, in its order."""
