"""What floor plans refuse."""

from __future__ import annotations

from api.refusals import NotThere


class NotAPart(NotThere):
    code = "part-unknown"
    zh = "这一层只分 {parts} 块，没有第 {part} 块。"
    en = "The floor has {parts} parts only; there is no part {part}."
    field = "query.part"


class NotOnFloor(NotThere):
    code = "floor-unknown"
    zh = "这栋楼在第 {floor} 层没有登记房间。有房间的楼层：{floors}。"
    en = "The building has no room on floor {floor}. Floors with rooms: {floors}."
    field = "query.floor"
