"""The rules of where rooms lie and how they are split and merged, and how each of them says no."""

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.kernel.errors import Notice, Refusal
from domain.kernel.places import Outline, contains
from domain.premises.building import Building
from domain.premises.facets import FLOORS_ABOVE, FLOORS_BELOW, OUTLINE

# Measured twice, the same floor differs by a little.
AREA_TOLERANCE = Decimal("0.02")


def require_floor_in(building: Building, floor: int, moment: datetime) -> None:
    """Rule: a room lies on a floor that its building has; floors below ground are negative, and there is no floor 0."""
    above = building.at(FLOORS_ABOVE, moment) or 0
    below = building.at(FLOORS_BELOW, moment) or 0
    if floor == 0 or not -below <= floor <= above:
        raise FloorNotInBuilding(floor=floor, above=above, below=below)


def require_parts_fit(parts: Iterable[Decimal], whole: Decimal | None) -> None:
    """Rule: the parts of a room are together no larger than the room, within what two measurements may differ."""
    total, limit = sum(parts, Decimal(0)), (whole or Decimal(0)) * (1 + AREA_TOLERANCE)
    if total > limit:
        raise PartsBeyondWhole(parts=total, whole=whole, limit=limit)


def require_merged_fits(merged: Decimal, parts: Iterable[Decimal | None]) -> None:
    """Rule: a merged room is no larger than what it is made of, within what two measurements may differ."""
    total = sum((part for part in parts if part is not None), Decimal(0))
    if merged > total * (1 + AREA_TOLERANCE):
        raise MergedBeyondParts(merged=merged, parts=total, limit=total * (1 + AREA_TOLERANCE))


def require_numbers_differ(numbers: Iterable[str]) -> None:
    """Rule: each part has a number of its own."""
    given = list(numbers)
    repeated = sorted({number for number in given if given.count(number) > 1})
    if repeated:
        raise PartNumbersRepeat(numbers=repeated)


def require_distinct(rooms: Collection[UUID]) -> None:
    """Rule: a room is not merged with itself."""
    if len(set(rooms)) < len(rooms):
        raise MergedWithItself


def require_one_floor(places: Collection[tuple[UUID | None, int | None]]) -> None:
    """Rule: only rooms on one floor of one building can become one room."""
    if len(places) > 1:
        raise NotOnOneFloor


def lies_in(building: Building, outline: Outline, moment: datetime) -> bool:
    """Whether the outline lies in the building's footprint, as far as one is known."""
    footprint = building.at(OUTLINE, moment)
    return footprint is None or contains(footprint, outline)


class FloorNotInBuilding(Refusal):
    code = "floor-not-in-building"
    zh = "房屋没有 {floor} 层：地上 {above} 层、地下 {below} 层（地下层填负数，没有 0 层）。请核对楼层，或先重新测绘房屋。"
    en = (
        "The building has no floor {floor}: it has {above} above ground and {below} below (negative numbers; there is no "
        "floor 0). Check the floor, or survey the building again first."
    )
    field = "floor"


class PartsBeyondWhole(Refusal):
    code = "parts-beyond-whole"
    zh = "拆分后各房间共 {parts} 平方米，超过原房间 {whole} 平方米的允许误差（{limit} 平方米）。请核对面积，或先重新测量原房间。"
    en = (
        "The parts measure {parts} m² together, more than the room's {whole} m² allow ({limit} m²). Check the areas, or "
        "measure the room again first."
    )
    field = "parts"


class MergedBeyondParts(Refusal):
    code = "merged-beyond-parts"
    zh = "合并后的房间 {merged} 平方米，超过原各房间共 {parts} 平方米的允许误差（{limit} 平方米）。请核对面积，或先重新测量。"
    en = (
        "The merged room measures {merged} m², more than the {parts} m² of its parts allow ({limit} m²). Check the area, "
        "or measure the parts again first."
    )
    field = "into"


class PartNumbersRepeat(Refusal):
    code = "part-numbers-repeat"
    zh = "拆分后的房间号重复：{numbers}。请给每个房间不同的房间号。"
    en = "Parts share the number {numbers}. Give each a number of its own."
    field = "parts"


class MergedWithItself(Refusal):
    code = "merged-with-itself"
    zh = "同一房间在合并名单中出现了两次。请核对要合并的房间。"
    en = "A room appears twice among those to merge. Check the list."
    field = "others"


class NotOnOneFloor(Refusal):
    code = "not-on-one-floor"
    zh = "要合并的房间不在同一房屋的同一楼层。请核对要合并的房间。"
    en = "The rooms to merge are not on one floor of one building. Check the list."
    field = "others"


class RoomBeyondFootprint(Notice):
    code = "room-beyond-footprint"
    zh = "房间轮廓有一部分在房屋 {building} 的轮廓之外，已照录。请核对图纸和坐标系。"
    en = (
        "Part of the room's outline lies outside the footprint of building {building}; recorded as given. Check the "
        "drawing and its coordinate system."
    )
    field = "outline"
