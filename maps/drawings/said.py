"""What writing on a drawing means: a room's number, its use, the floor that a layer, a block or a title names."""

from __future__ import annotations

import re
from typing import Final

from domain.premises.terms import RoomCategory

_NUMBER: Final = re.compile(
    r"(?:NO\.?|№|#)?\s*([A-Z]{0,2}-?\d{2,5}(?:-\d{1,3})?[A-Z]?)\s*(?:室|房|号房|号|#)?", re.ASCII | re.IGNORECASE
)
_AREA: Final = re.compile(r"^\s*(?:S\s*=|面积[:：]?)?\s*\d+(?:\.\d+)?\s*(?:m2|m²|㎡|平方米|平米)\s*$", re.IGNORECASE)
_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_FLOOR: Final = re.compile(
    r"(?P<below>地下|负|-|(?<![A-Za-z])B)?\s*第?\s*(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:层|楼|F(?![A-Za-z]))"
    r"|(?<![A-Za-z])(?P<letter>[FBL])\s*-?(?P<after>\d{1,3})(?!\d)",
    re.IGNORECASE,
)
_USES: Final = (
    (RoomCategory.EQUIPMENT, ("机房", "配电", "设备", "空调", "水泵", "弱电", "强电", "锅炉")),
    (RoomCategory.SERVICE, ("会议", "接待", "档案", "文印", "资料", "值班", "图书", "收发", "储藏", "库房", "卫生间", "厕所")),
    (RoomCategory.ANCILLARY, ("食堂", "餐", "厨", "车库", "门卫", "警卫")),
    (RoomCategory.TECHNICAL, ("实验", "检测", "技术", "业务", "大厅", "窗口", "审讯", "指挥")),
    (RoomCategory.OFFICE, ("办公", "局长", "处长", "科", "主任")),
)  # fmt: skip


def number_of(text: str) -> str | None:
    """A room's number, if that is what a line of it is: 301, A-301, 301室; not an area, not a height."""
    for line in text.splitlines():
        found = _NUMBER.fullmatch(line.strip())
        if found is not None:
            return found[1].upper()
    return None


def is_measure(text: str) -> bool:
    """Whether a number may as well be a length in millimetres: 900, 6000. In a room alone it is the room's all the same."""
    return re.fullmatch(r"\d{3,5}", text.strip(), re.ASCII) is not None and int(text) % 50 == 0


def is_title(text: str) -> bool:
    return "平面" in text or "plan" in text.lower()


def use_of(texts: list[str]) -> RoomCategory | None:
    """By words that draughtsmen write into rooms; None where they say nothing that we know."""
    words = " ".join(texts)
    return next((category for category, signs in _USES if any(sign in words for sign in signs)), None)


def is_area(text: str) -> bool:
    return _AREA.match(text) is not None


def floor_of(text: str) -> int | None:
    """The floor that a name speaks of: 3F, F3, 三层, 地下一层, B1, 3层平面图."""
    found = _FLOOR.search(text)
    if found is None:
        return None
    if found["letter"]:
        number, is_below = int(found["after"]), found["letter"].upper() == "B"
    else:
        number, is_below = _count(found["number"]), bool(found["below"])
    return None if not number else -number if is_below else number


def floor_in_number(number: str) -> int | None:
    """304 is on the third floor, 1204 on the twelfth, as bureaus count."""
    digits = re.fullmatch(r"[A-Z]*-?(\d{3,4})(?:-\d+)?[A-Z]?", number)
    return None if digits is None else int(digits[1][:-2]) or None


def _count(said: str) -> int:
    if said.isdigit():
        return int(said)
    tens, ten, ones = said.rpartition("十")
    if not ten:
        return _DIGITS.get(said, 0) if len(said) == 1 else 0
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
