"""What floor plans refuse."""

from __future__ import annotations

from api.refusals import NotThere


class NotOnFloor(NotThere):
    code = "floor-unknown"
    zh = "这栋楼在第 {floor} 层没有登记房间。有房间的楼层：{floors}。"
    en = "The building has no room on floor {floor}. Floors with rooms: {floors}."
    field = "query.floor"
