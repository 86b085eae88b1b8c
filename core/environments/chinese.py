"""Chinese prompts of rooms, homes and furnishing as the English words the readers know: a glossary, no grammar."""

from __future__ import annotations

import re

DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
NUMERAL = f"[{''.join(DIGITS)}十百]+"
# Longer words come first, so that an open-plan office is not an office. Measure words and particles become nothing.
GLOSSARY = {
    "开放式办公室": "open plan office", "共享办公": "open plan office", "办公室": "office", "书房": "study",
    "会议室": "meeting room", "教室": "classroom", "报告厅": "lecture hall", "阶梯教室": "lecture hall", "礼堂": "lecture hall",
    "实验室": "laboratory", "诊室": "clinic room", "诊所": "clinic room", "卧室": "bedroom", "睡房": "bedroom",
    "客厅": "living room", "起居室": "living room", "厨房": "kitchen", "浴室": "bathroom", "卫生间": "bathroom",
    "洗手间": "bathroom", "门厅": "hall", "走廊": "corridor", "商店": "shop", "店铺": "shop", "超市": "shop", "咖啡馆": "cafe",
    "咖啡厅": "cafe", "咖啡店": "cafe", "餐厅": "restaurant", "画廊": "gallery", "展厅": "gallery", "酒店房间": "hotel room",
    "酒店客房": "hotel room", "客房": "hotel room", "车间": "workshop", "工坊": "workshop", "公寓": "flat", "住宅": "home",
    "房子": "house", "家": "home", "单间公寓": "studio flat", "套房": "flat", "平方米": " m² ", "平米": " m² ", "米": " m ",
    "明亮": "bright", "昏暗": "dim", "整洁": "tidy", "凌乱": "messy", "现代": "modern", "北欧": "nordic", "古典": "classic",
    "工业风": "industrial", "温馨": "cosy", "木地板": "wooden floor", "地毯": "rug", "小": "small", "大": "large",
    "红色": "red", "蓝色": "blue", "绿色": "green", "黄色": "yellow", "窗户": "windows", "窗": "windows", "植物": "plants",
    "绿植": "plants", "白板": "whiteboard", "投影": "projector", "屏幕": "screen", "电视": "screen", "沙发": "sofa",
    "书架": "shelf", "柜子": "cabinet", "衣柜": "wardrobe", "椅子": "chair", "桌子": "table", "书桌": "desk", "办公桌": "desk",
    "床": "bed", "茶几": "coffee table", "台灯": "table lamp", "落地灯": "floor lamp", "画": "picture", "时钟": "clock",
    "杯子": "mug", "书": "books", "无障碍": "wheelchair accessible", "轮椅": "wheelchair", "客人": "guests", "学生": "students",
    "人": "people", "座位": "seats", "北墙": "north wall", "南墙": "south wall", "东墙": "east wall", "西墙": "west wall",
    "角落": "corner", "没有": "without", "可供": "for", "供": "for", "可容纳": "for", "带": "with", "有": "with", "和": " and ",
    "，": ", ", "、": ", ", "。": " ", "的": " ", "个": " ", "间": " ", "张": " ", "把": " ", "台": " ", "盏": " ", "面": " ",
    "扇": " ", "盆": " ", "使用": " ", "风格": " ", "房间": " room ", "一下": " ", "请": " ", "做": " ", "生成": " ",
    "创建": " ", "想要": " ", "我": " ", "要": " ",
}  # fmt: skip
BEDROOMS = re.compile(rf"({NUMERAL}|\d+)\s*(?:室|居室|居|房)(?:({NUMERAL}|\d+)厅)?(?:({NUMERAL}|\d+)卫)?")
PLACES = (  # (what stands in Chinese before or behind the thing, in English behind it)
    (re.compile(r"在([^，、。]+?)(?:旁边|旁)放?"), "near"), (re.compile(r"在([^，、。]+?)上面?放?"), "on"),
    (re.compile(r"靠着?([^，、。]*?墙)放?"), "against"), (re.compile(r"围着([^，、。]+?)放"), "around"),
    (re.compile(r"在([^，、。]*?角落)(?:里)?放?"), "in"),
)  # fmt: skip


def is_chinese(text: str) -> bool:
    """Whether a text has more Chinese characters than other letters."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum("一" <= letter <= "鿿" for letter in letters) > len(letters) / 2


def to_english(text: str) -> tuple[str, str]:
    """The English words of a Chinese text, and a note that says how it was read."""
    text = text.replace("㎡", "平方米")
    text = BEDROOMS.sub(_rooms, text)
    clauses = [_placed(clause) for clause in re.split(r"[，、。,;；]|和(?=在|靠|围)", text) if clause.strip()]
    words = " ".join(", ".join(_words(clause) for clause in clauses).split())
    words = re.sub(r"\s+,", ",", words)
    return words, f"The prompt is in Chinese; it was read word by word as: “{words}”."


def _rooms(match: re.Match) -> str:
    """“三室两厅” → “ 3 bedroom flat ”."""
    baths = f" {_value(match[3])} bathrooms " if match[3] else ""
    return f" {_value(match[1])} bedroom flat {baths}"


def _placed(clause: str) -> str:
    """A clause with its place behind the thing, as English has it."""
    for pattern, relation in PLACES:
        match = pattern.search(clause)
        if match:
            rest = clause[: match.start()] + clause[match.end() :]
            target = match[1].removesuffix("里").removesuffix("边")
            return f"{rest} {relation} the {target}"
    return clause


def _words(clause: str) -> str:
    clause = re.sub("一(?=[个间张把台盏面扇盆])", " a ", clause)
    for word in sorted(GLOSSARY, key=len, reverse=True):
        clause = clause.replace(word, f" {GLOSSARY[word]} ")
    return re.sub(NUMERAL, lambda match: f" {_value(match[0])} ", clause)


def _value(numeral: str) -> int:
    """“十二” → 12, “二十” → 20, “一百” → 100."""
    if numeral.isdigit() and numeral.isascii():
        return int(numeral)
    hundreds, _, rest = numeral.rpartition("百")
    total = (DIGITS.get(hundreds, 1) if "百" in numeral else 0) * 100
    tens, _, ones = rest.rpartition("十")
    total += (DIGITS.get(tens, 1) if "十" in rest else 0) * 10
    return total + (DIGITS.get(ones[-1:], 0) if ones else 0)
