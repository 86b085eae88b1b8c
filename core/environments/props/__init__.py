"""The props: one generator per file, all in ``PROPS``."""

from __future__ import annotations

from collections.abc import Callable

from ...briefs import Brief
from .armchair import ArmchairBrief, armchair
from .bar_stool import BarStoolBrief, bar_stool
from .basket import BasketBrief, basket
from .bathtub import BathtubBrief, bathtub
from .bed_double import BedDoubleBrief, bed_double
from .bed_single import BedSingleBrief, bed_single
from .bench import BenchBrief, bench
from .bookcase import BookcaseBrief, bookcase
from .books_row import BooksRowBrief, books_row
from .bowl import BowlBrief, bowl
from .bunk_bed import BunkBedBrief, bunk_bed
from .cable import CableBrief, cable
from .cafe_table import CafeTableBrief, cafe_table
from .candle import CandleBrief, candle
from .cash_register import CashRegisterBrief, cash_register
from .ceiling_light import CeilingLightBrief, ceiling_light
from .clothes_rack import ClothesRackBrief, clothes_rack
from .coat_stand import CoatStandBrief, coat_stand
from .coffee_table import CoffeeTableBrief, coffee_table
from .column import ColumnBrief, column
from .cooker import CookerBrief, cooker
from .cupboard import CupboardBrief, cupboard
from .curtain import CurtainBrief, curtain
from .cushion import CushionBrief, cushion
from .desk import DeskBrief, desk
from .desk_lamp import DeskLampBrief, desk_lamp
from .dining_chair import DiningChairBrief, dining_chair
from .dining_table import DiningTableBrief, dining_table
from .display import DisplayBrief, display
from .display_case import DisplayCaseBrief, display_case
from .drawer_unit import DrawerUnitBrief, drawer_unit
from .dresser import DresserBrief, dresser
from .examination_bed import ExaminationBedBrief, examination_bed
from .filing_cabinet import FilingCabinetBrief, filing_cabinet
from .floor_lamp import FloorLampBrief, floor_lamp
from .fridge import FridgeBrief, fridge
from .fume_hood import FumeHoodBrief, fume_hood
from .keyboard import KeyboardBrief, keyboard
from .kitchen_counter import KitchenCounterBrief, kitchen_counter
from .kitchen_sink import KitchenSinkBrief, kitchen_sink
from .kitchen_wall_cabinet import KitchenWallCabinetBrief, kitchen_wall_cabinet
from .lab_bench import LabBenchBrief, lab_bench
from .laptop import LaptopBrief, laptop
from .lectern import LecternBrief, lectern
from .lecture_bench import LectureBenchBrief, lecture_bench
from .meeting_table import MeetingTableBrief, meeting_table
from .microscope import MicroscopeBrief, microscope
from .mirror import MirrorBrief, mirror
from .monitor import MonitorBrief, monitor
from .mouse import MouseBrief, mouse
from .mug import MugBrief, mug
from .nightstand import NightstandBrief, nightstand
from .office_chair import OfficeChairBrief, office_chair
from .paper_stack import PaperStackBrief, paper_stack
from .partition import PartitionBrief, partition
from .pedestal import PedestalBrief, pedestal
from .pen_cup import PenCupBrief, pen_cup
from .pendant_lamp import PendantLampBrief, pendant_lamp
from .picture_frame import PictureFrameBrief, picture_frame
from .pinboard import PinboardBrief, pinboard
from .plant import PlantBrief, plant
from .printer import PrinterBrief, printer
from .projector import ProjectorBrief, projector
from .prop import Box, Prop, PropBrief, Seat, Surface
from .radiator import RadiatorBrief, radiator
from .reception_counter import ReceptionCounterBrief, reception_counter
from .rug import RugBrief, rug
from .server_rack import ServerRackBrief, server_rack
from .shop_shelf import ShopShelfBrief, shop_shelf
from .shower import ShowerBrief, shower
from .sofa import SofaBrief, sofa
from .staircase import StaircaseBrief, staircase
from .stool import StoolBrief, stool
from .student_desk import StudentDeskBrief, student_desk
from .table_lamp import TableLampBrief, table_lamp
from .toilet import ToiletBrief, toilet
from .tool_wall import ToolWallBrief, tool_wall
from .towel_rail import TowelRailBrief, towel_rail
from .toy_blocks import ToyBlocksBrief, toy_blocks
from .tv_stand import TvStandBrief, tv_stand
from .vase import VaseBrief, vase
from .visitor_chair import VisitorChairBrief, visitor_chair
from .wall_clock import WallClockBrief, wall_clock
from .wall_lamp import WallLampBrief, wall_lamp
from .wardrobe import WardrobeBrief, wardrobe
from .washbasin import WashbasinBrief, washbasin
from .washing_machine import WashingMachineBrief, washing_machine
from .waste_bin import WasteBinBrief, waste_bin
from .water_bottle import WaterBottleBrief, water_bottle
from .whiteboard import WhiteboardBrief, whiteboard
from .workbench import WorkbenchBrief, workbench

__all__ = ["PROPS", "Box", "Prop", "PropBrief", "Seat", "Surface"]

PROPS: dict[str, tuple[type[Brief], Callable[..., Prop]]] = {
    "desk": (DeskBrief, desk),
    "student_desk": (StudentDeskBrief, student_desk),
    "meeting_table": (MeetingTableBrief, meeting_table),
    "coffee_table": (CoffeeTableBrief, coffee_table),
    "office_chair": (OfficeChairBrief, office_chair),
    "visitor_chair": (VisitorChairBrief, visitor_chair),
    "sofa": (SofaBrief, sofa),
    "armchair": (ArmchairBrief, armchair),
    "bookcase": (BookcaseBrief, bookcase),
    "drawer_unit": (DrawerUnitBrief, drawer_unit),
    "filing_cabinet": (FilingCabinetBrief, filing_cabinet),
    "cupboard": (CupboardBrief, cupboard),
    "lectern": (LecternBrief, lectern),
    "coat_stand": (CoatStandBrief, coat_stand),
    "plant": (PlantBrief, plant),
    "waste_bin": (WasteBinBrief, waste_bin),
    "radiator": (RadiatorBrief, radiator),
    "rug": (RugBrief, rug),
    "floor_lamp": (FloorLampBrief, floor_lamp),
    "ceiling_light": (CeilingLightBrief, ceiling_light),
    "desk_lamp": (DeskLampBrief, desk_lamp),
    "whiteboard": (WhiteboardBrief, whiteboard),
    "display": (DisplayBrief, display),
    "pinboard": (PinboardBrief, pinboard),
    "wall_clock": (WallClockBrief, wall_clock),
    "picture_frame": (PictureFrameBrief, picture_frame),
    "monitor": (MonitorBrief, monitor),
    "keyboard": (KeyboardBrief, keyboard),
    "mouse": (MouseBrief, mouse),
    "laptop": (LaptopBrief, laptop),
    "mug": (MugBrief, mug),
    "water_bottle": (WaterBottleBrief, water_bottle),
    "books_row": (BooksRowBrief, books_row),
    "paper_stack": (PaperStackBrief, paper_stack),
    "pen_cup": (PenCupBrief, pen_cup),
    "bar_stool": (BarStoolBrief, bar_stool),
    "basket": (BasketBrief, basket),
    "bathtub": (BathtubBrief, bathtub),
    "bed_double": (BedDoubleBrief, bed_double),
    "bed_single": (BedSingleBrief, bed_single),
    "bench": (BenchBrief, bench),
    "bowl": (BowlBrief, bowl),
    "bunk_bed": (BunkBedBrief, bunk_bed),
    "cable": (CableBrief, cable),
    "cafe_table": (CafeTableBrief, cafe_table),
    "candle": (CandleBrief, candle),
    "cash_register": (CashRegisterBrief, cash_register),
    "clothes_rack": (ClothesRackBrief, clothes_rack),
    "column": (ColumnBrief, column),
    "cooker": (CookerBrief, cooker),
    "curtain": (CurtainBrief, curtain),
    "cushion": (CushionBrief, cushion),
    "dining_chair": (DiningChairBrief, dining_chair),
    "dining_table": (DiningTableBrief, dining_table),
    "display_case": (DisplayCaseBrief, display_case),
    "dresser": (DresserBrief, dresser),
    "examination_bed": (ExaminationBedBrief, examination_bed),
    "fridge": (FridgeBrief, fridge),
    "fume_hood": (FumeHoodBrief, fume_hood),
    "kitchen_counter": (KitchenCounterBrief, kitchen_counter),
    "kitchen_sink": (KitchenSinkBrief, kitchen_sink),
    "kitchen_wall_cabinet": (KitchenWallCabinetBrief, kitchen_wall_cabinet),
    "lab_bench": (LabBenchBrief, lab_bench),
    "lecture_bench": (LectureBenchBrief, lecture_bench),
    "microscope": (MicroscopeBrief, microscope),
    "mirror": (MirrorBrief, mirror),
    "nightstand": (NightstandBrief, nightstand),
    "partition": (PartitionBrief, partition),
    "pedestal": (PedestalBrief, pedestal),
    "pendant_lamp": (PendantLampBrief, pendant_lamp),
    "printer": (PrinterBrief, printer),
    "projector": (ProjectorBrief, projector),
    "reception_counter": (ReceptionCounterBrief, reception_counter),
    "server_rack": (ServerRackBrief, server_rack),
    "shop_shelf": (ShopShelfBrief, shop_shelf),
    "shower": (ShowerBrief, shower),
    "staircase": (StaircaseBrief, staircase),
    "stool": (StoolBrief, stool),
    "table_lamp": (TableLampBrief, table_lamp),
    "toilet": (ToiletBrief, toilet),
    "tool_wall": (ToolWallBrief, tool_wall),
    "towel_rail": (TowelRailBrief, towel_rail),
    "toy_blocks": (ToyBlocksBrief, toy_blocks),
    "tv_stand": (TvStandBrief, tv_stand),
    "vase": (VaseBrief, vase),
    "wall_lamp": (WallLampBrief, wall_lamp),
    "wardrobe": (WardrobeBrief, wardrobe),
    "washbasin": (WashbasinBrief, washbasin),
    "washing_machine": (WashingMachineBrief, washing_machine),
    "workbench": (WorkbenchBrief, workbench),
}
