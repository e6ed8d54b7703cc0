"""What may be done about each difference, and the commands that a decision becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from domain.premises.terms import RoomCategory
from maps.drawings.matching import Difference, Differs, differs_in_area
from maps.drawings.placing import Placing, ring_of

LEAVE, TAKE, OUTLINE, RENUMBER, RETIRE, REGISTER = "leave", "take", "outline", "renumber", "retire", "register"

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    LEAVE: ("不处理", "Leave it"),
    TAKE: ("按图纸登记面积和轮廓", "Record area and outline of the drawing"),
    OUTLINE: ("只登记轮廓，面积不变", "Record the outline only"),
    RENUMBER: ("按图纸改房间号并登记轮廓", "Renumber as drawn, and record the outline"),
    RETIRE: ("注销房间（须有文件）", "Retire the room (needs a document)"),
    **{f"{REGISTER}:{one.value}": (f"登记为{one.zh}", f"Register: {one.en.lower()}") for one in RoomCategory},
}
KINDS: Final[Mapping[Differs, tuple[str, str]]] = {
    Differs.SAME: ("一致", "Alike"),
    Differs.UNDRAWN: ("台账没有轮廓", "No outline in the ledger"),
    Differs.AREA: ("面积不同", "Another area"),
    Differs.MOVED: ("位置或形状不同", "Another place or shape"),
    Differs.RENUMBERED: ("房间号不同", "Another number"),
    Differs.FLOOR: ("楼层不同", "Another floor"),
    Differs.EXTRA: ("台账没有", "Not in the ledger"),
    Differs.UNNUMBERED: ("图上没有房间号", "No number on the drawing"),
    Differs.MISSING: ("图上没有", "Not on the drawing"),
}


def key_of(one: Difference) -> str:
    """The outline's, or the room's where there is none."""
    if one.drawn is not None:
        return one.drawn.key
    return "" if one.kept is None else str(one.kept.id)


_PLACED: Final[Mapping[Differs, tuple[str, ...]]] = {
    Differs.SAME: (LEAVE, TAKE),
    Differs.UNDRAWN: (OUTLINE, TAKE, LEAVE),
    Differs.AREA: (TAKE, OUTLINE, LEAVE),
    Differs.MOVED: (OUTLINE, TAKE, LEAVE),
    Differs.RENUMBERED: (LEAVE, RENUMBER),
    Differs.MISSING: (LEAVE, RETIRE),
}
_UNPLACED: Final[Mapping[Differs, tuple[str, ...]]] = {
    Differs.AREA: (LEAVE, TAKE),
    Differs.MISSING: (LEAVE, RETIRE),
}


def options(one: Difference, *, placed: bool) -> list[str]:
    """The suggestion first. Without a place no outline is recorded."""
    if one.kind is Differs.EXTRA:
        return [*_registers(one), LEAVE] if placed else [LEAVE, *_registers(one)]
    return list((_PLACED if placed else _UNPLACED).get(one.kind, (LEAVE,)))


def _registers(one: Difference) -> list[str]:
    likely = (one.drawn.category if one.drawn else None) or RoomCategory.OFFICE
    return [f"{REGISTER}:{category.value}" for category in sorted(RoomCategory, key=lambda other: other != likely)]


def commands(one: Difference, decision: str, building: UUID, placing: Placing | None) -> Iterator[dict[str, Any]]:
    """Lines of a batch; none where it is left as it is."""
    drawn, kept = one.drawn, one.kept
    match decision.partition(":")[0]:
        case "retire" if kept is not None:
            yield _line("rooms.retire", kept.id)
        case "register" if drawn is not None:
            said = {"floor": drawn.floor, "number": drawn.number, "category": decision.partition(":")[2]}
            yield _line(
                "rooms.register",
                None,
                building=str(building),
                net_area=str(drawn.area),
                **said,
                **_outline(one, placing),
            )
        case "renumber" if drawn is not None and kept is not None:
            yield _line("rooms.renumber", kept.id, number=drawn.number)
            area = drawn.area if kept.area is None or differs_in_area(drawn.area, kept.area) else kept.area
            yield _line("rooms.measure", kept.id, net_area=str(area), **_outline(one, placing))
        case "take" if drawn is not None and kept is not None:
            yield _line("rooms.measure", kept.id, net_area=str(drawn.area), **_outline(one, placing))
        case "outline" if drawn is not None and kept is not None:
            yield _line("rooms.measure", kept.id, net_area=str(kept.area or drawn.area), **_outline(one, placing))
        case _:
            return


def _outline(one: Difference, placing: Placing | None) -> dict[str, Any]:
    if placing is None or one.drawn is None or one.drawn.shape is None:
        return {}
    return {"outline": ring_of(one.drawn.shape, placing.system)}


def _line(command: str, id: UUID | None, **arguments: Any) -> dict[str, Any]:
    said: dict[str, Any] = {"command": command, "arguments": arguments}
    return said if id is None else {**said, "id": str(id)}
