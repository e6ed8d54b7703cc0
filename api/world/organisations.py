"""Units and people: the division tree with its governments and departments, and who joins, rises, moves and leaves."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from api.world.directory import KnownUnit
from api.world.stream import Stream
from api.world.world import START, Life, World
from domain.kernel.codes import DIVISIONS, parent_division
from domain.organisations import events as happened
from domain.organisations.terms import Level, Rank, StaffType, UnitKind

_DEPARTMENTS = (
    "财政局", "审计局", "教育局", "民政局", "司法局", "水务局", "林业和草原局", "文化旅游局", "退役军人事务局", "应急管理局",
    "市场监督管理局", "统计局", "医疗保障局", "信访局", "自然资源局", "住房和城乡建设局", "交通运输局", "农业农村局", "商务局",
    "卫生健康委员会", "发展和改革委员会", "工业和信息化局", "人力资源和社会保障局", "生态环境局", "乡村振兴局", "档案馆",
)  # fmt: skip
_FAMILY = tuple("马王李张刘杨陈田丁白")
_GIVEN = (
    "建国",
    "晓梅",
    "海峰",
    "春燕",
    "志强",
    "丽华",
    "学文",
    "金花",
    "国庆",
    "雪莲",
    "永红",
    "玉兰",
    "文斌",
    "秀英",
)
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_STAFF = (StaffType.ESTABLISHED,) * 7 + (StaffType.PUBLIC_POST, StaffType.VOLUNTEER, StaffType.CONTRACTOR)
_RANKS = (Rank.STAFF, Rank.SECTION_DEPUTY, Rank.SECTION_CHIEF, Rank.DIVISION_DEPUTY, Rank.DIVISION_CHIEF)
_CATEGORIES = ("emergency", "enforcement", "reception", "other")


def units(world: World, departments: int) -> None:
    """One government a division, from the region down, and departments under them in turn."""
    streams: dict[str, Stream] = {}
    governments: list[KnownUnit] = []
    for number, (code, place) in enumerate(DIVISIONS.items()):
        stream = streams[code] = world.stream("unit")
        above = parent_division(code)
        parent = None if above is None else streams[above]
        known = KnownUnit(stream.id, f"{place}人民政府", code)
        governments.append(known)
        world.begin(_unit(world, stream, known, UnitKind.GOVERNMENT, parent), START + timedelta(minutes=number))
    for number in range(departments):
        seat = governments[number % len(governments)]
        turn, which = divmod(number // len(governments), len(_DEPARTMENTS))
        name = f"{DIVISIONS[seat.division]}{_DEPARTMENTS[which]}{f'第{turn}中心' if turn else ''}"
        stream = world.stream("unit")
        known = KnownUnit(stream.id, name, seat.division)
        kind = UnitKind.INSTITUTION if turn else UnitKind.GOVERNMENT
        at = START + timedelta(hours=2, minutes=number)
        world.begin(_unit(world, stream, known, kind, streams[seat.division]), at)
    for _ in range(1 + departments // 15):
        world.begin(_temporary(world, governments), world.in_days(90, 3000))


def _unit(world: World, stream: Stream, unit: KnownUnit, kind: UnitKind, parent: Stream | None) -> Life:
    yield world.now
    born = world.now
    _establish(world, stream, unit, kind, parent)
    world.directory.units.append(unit)
    set_at: dict[Rank, list[int]] = {}
    while True:
        yield world.in_days(100, 1800)
        match world.whole(0, 9):
            case 0:
                renamed = happened.UnitRenamed(**stream.next(world.now), name=f"{unit.name}（{world.now.year}年更名）")
                world.tell(renamed, "机构改革更名", document=True)
            case 1:
                stamp = stream.next(world.now)
                world.tell(happened.UnitCodeAssigned(**stamp, credit_code=_credit_code(world)), "换发统一社会信用代码")
            case 2 | 3 | 4:
                stamp = stream.next(world.now)
                event = happened.VehicleEstablishmentSet(
                    **stamp, category=world.pick(_CATEGORIES), vehicles=world.whole(1, 12)
                )
                world.tell_or_err(stream, event, "核定车辆编制", vehicles=event.vehicles + 10)
            case _:
                rank = world.pick(_RANKS)
                at = world.late(born, world.now) if rank in set_at else None
                set_at.setdefault(rank, [])
                stamp = stream.next(at or world.now)
                event_ = happened.StaffEstablishmentSet(**stamp, rank=rank, posts=world.whole(1, 60))
                world.tell_or_err(stream, event_, "核定人员编制", posts=event_.posts + 100)


def _establish(world: World, stream: Stream, unit: KnownUnit, kind: UnitKind, parent: Stream | None) -> None:
    level = Level.COUNTY
    if unit.division.endswith("00"):
        level = Level.PROVINCE if unit.division.endswith("0000") else Level.PREFECTURE
    event = happened.UnitEstablished(
        **stream.next(world.now), name=unit.name, credit_code=_credit_code(world), unit_kind=kind, level=level,
        division=unit.division, parent=None if parent is None else parent.id,
    )  # fmt: skip
    world.tell(event, "机构清查登记", document=True)
    if parent is not None:
        world.hold(stream, "parent", parent.id)


def _temporary(world: World, governments: list[KnownUnit]) -> Life:
    """A temporary agency is given nothing of its own, so that it can be abolished."""
    yield world.in_days(1, 20)
    seat = world.pick(governments)
    stream = world.stream("unit")
    unit = KnownUnit(stream.id, f"{DIVISIONS[seat.division]}专项工作专班（{world.now.year}）", seat.division)
    _establish(world, stream, unit, UnitKind.TEMPORARY, Stream(seat.id))
    yield world.in_days(200, 600)
    world.tell(happened.UnitAbolished(**stream.next(world.now)), "专项工作结束", document=True)
    world.emptied(stream)


def people(world: World, count: int) -> None:
    for _ in range(count):
        at = START + timedelta(days=2) if world.chance(0.6) else world.in_days(40, 2900)
        world.begin(_person(world), world.between(at, at + timedelta(days=30)))


def _person(world: World) -> Life:
    yield world.now
    stream, unit, rank = world.stream("person"), world.pick(world.directory.units).id, world.whole(0, 4)
    name = world.pick(_FAMILY) + world.pick(_GIVEN)
    event = happened.PersonJoined(
        **stream.next(world.now), name=name, phone=f"139{world.whole(10**7, 10**8 - 1)}", id_number=None, unit=unit,
        staff_type=world.pick(_STAFF), rank=_RANKS[rank],
    )  # fmt: skip
    world.tell_person(event, "入职登记")
    world.hold(stream, "member", unit)
    born = world.now
    world.directory.people.append(stream.id)
    world.directory.people_of.setdefault(unit, []).append(stream.id)
    while True:
        yield world.in_days(400, 2200)
        match world.whole(0, 9):
            case 0:
                contact = happened.PersonContactChanged(**stream.next(world.now), name=name, phone=None)
                world.tell_person(contact, "变更联系方式")
            case 1 if stream.id not in world.directory.driving:
                break
            case 2 | 3:
                unit = _moves(world, stream, unit)
                yield world.in_days(70, 90)
            case 4:
                stamp = stream.next(world.now)
                world.tell(happened.PersonStaffTypeChanged(**stamp, staff_type=StaffType.ESTABLISHED), "转入编制")
            case _:
                at = world.late(born, world.now) if rank != world.whole(0, 4) else None
                stamp = stream.next(at or world.now)
                world.tell(
                    happened.PersonRankChanged(**stamp, rank=world.pick(_RANKS)), "职级变动", "personnel-officer"
                )
    world.tell(happened.PersonLeft(**stream.next(world.now)), "离职", "personnel-officer")
    world.hold(stream, "member", None)
    world.directory.person_leaves(stream.id, unit)


def _moves(world: World, stream: Stream, unit: UUID) -> UUID:
    """Some moves are known weeks before they take effect."""
    effective = world.in_days(20, 60) if world.chance(0.4) else world.now
    to = world.pick(world.directory.units).id
    world.tell(happened.PersonMoved(**stream.next(effective), unit=to), "干部调动", "personnel-officer", document=True)
    world.hold(stream, "member", to, effective)
    world.directory.people_of[unit].remove(stream.id)
    world.directory.people_of.setdefault(to, []).append(stream.id)
    return to


def _credit_code(world: World) -> str:
    code = f"1164{world.whole(0, 9999):04d}MB{world.whole(0, 9999999):07d}"
    total = sum(_CREDIT.index(char) * pow(3, place, 31) for place, char in enumerate(code))
    return code + _CREDIT[-total % 31]
