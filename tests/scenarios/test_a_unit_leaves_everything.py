"""撤并清点: a unit that has a bit of everything is dissolved into two others, and the rest comes to light years later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.scenarios import movables
from tests.scenarios.bureau import Bureau, Done, line
from tests.scenarios.premises import a_building, a_person, a_room, a_unit
from tests.scenarios.story import tells

DAY = "2024-03-01"


@dataclass(frozen=True)
class Estate:
    """贺兰县粮食局, what it has, and who gets it."""

    unit: Done
    heirs: tuple[Done, Done]
    car: Done
    store: Done
    laptop: Done
    clerk: Done
    room: Done


def an_estate(bureau: Bureau) -> Estate:
    unit = a_unit(bureau, "贺兰县粮食局")
    first, second = a_unit(bureau, "贺兰县发展和改革局"), a_unit(bureau, "贺兰县应急管理局")
    car = movables.a_car(bureau, unit, "宁A6L201", 640122)
    bureau.does("vehicles.post", car, effective="2023-06-01", to=second, until="2025-06-01")
    room = a_room(bureau, a_building(bureau, first), "208", floor=2)
    bureau.does("rooms.assign", room, effective="2020-01-01", unit=unit)
    return Estate(
        unit=unit, heirs=(first, second), car=car, room=room, clerk=a_person(bureau, "潘永红", unit),
        store=movables.a_warehouse(bureau, unit, "粮食局物资库"), laptop=movables.an_item(bureau, unit, "HL-LS-0001"),
    )  # fmt: skip


def the_division(estate: Estate) -> list[dict[str, Any]]:
    first, second = estate.heirs
    return [
        line("vehicles.recall", estate.car),
        line("vehicles.transfer", estate.car, to=second),
        line("warehouses.hand-over", estate.store, to=second),
        line("people.move", estate.clerk, to=first),
        line("items.transfer", estate.laptop, to=first),
        line("items.confirm-receipt", estate.laptop, custodian=estate.clerk, location="208室"),
        line("rooms.release", estate.room),
        line("rooms.assign", estate.room, unit=first),
        line("units.merge-into", estate.unit, successor=first),
    ]


@tells("units.merge-into")
def test_every_kind_of_asset_goes_along(bureau: Bureau) -> None:
    estate = an_estate(bureau)
    first, second = estate.heirs
    lines = the_division(estate)
    # With one line left out all of it is refused, and the thing that is left is named.
    for left_out, thing in ((2, estate.store), (3, estate.clerk)):
        kept = [one for index, one in enumerate(lines) if index != left_out]
        problem = bureau.refused_together(*kept, effective=DAY)
        assert (problem.code, problem.line, problem.data["held"]) == ("still-held", len(kept), [thing.id])
    problem = bureau.refused_together(*lines[1:], effective=DAY)
    assert (problem.code, problem.line) == ("vehicle-posted", 1)

    bureau.does_together(*lines, effective=DAY, document="贺党办发〔2024〕9号")
    assert bureau.sees("units", estate.unit)["successor"] == first.id
    owners = {"vehicles": (estate.car, second), "items": (estate.laptop, first)}
    for kind, (thing, heir) in owners.items():
        assert bureau.sees(kind, thing, at="2024-02-29")["owner"] == estate.unit.id
        assert bureau.sees(kind, thing, at=DAY)["owner"] == heir.id
    assert bureau.sees("warehouses", estate.store)["managing_unit"] == second.id
    assert bureau.sees("rooms", estate.room).history("using_unit") == [estate.unit.id, first.id]
    what_was_forgotten_comes_to_light(bureau, estate)


def what_was_forgotten_comes_to_light(bureau: Bureau, estate: Estate) -> None:
    """A car that was never on the books: registered late, and handed on in the same decision, for nobody may be left it."""
    first, _ = estate.heirs
    said: dict[str, Any] = {
        "plate": "宁A5K733", "vin": movables.a_vin(733), "model": "五菱宏光", "category": "other", "body": "car",
        "energy": "petrol", "displacement": "1.5", "price": "52000.00", "odometer": 0,
    }  # fmt: skip
    problem = bureau.refused("vehicles.register", effective="2019-05-01", owner=estate.unit, **said)
    assert (problem.code, problem.data["holder"]) == ("still-held", estate.unit.id)
    car = "6b1f0f53-7f0c-4d0f-8f0e-6f1d2c3b4a59"
    bureau.does_together(
        line("vehicles.register", car, owner=estate.unit, effective="2019-05-01", **said),
        line("vehicles.transfer", car, to=first, effective=DAY),
        effective=DAY,
    )
    assert bureau.sees("vehicles", car).history("owner") == [estate.unit.id, first.id]
    problem = bureau.refused("vehicles.register", effective=DAY, owner=first, **said)
    assert problem.code == "value-taken"


@tells("rooms.register")
def test_a_room_recorded_in_the_wrong_building_is_moved_to_the_right_one(bureau: Bureau) -> None:
    owner = a_unit(bureau, "贺兰县机关事务服务中心")
    wrong, right = a_building(bureau, owner, "东楼"), a_building(bureau, owner, "西楼", floors_above=9)
    room = a_room(bureau, wrong, "801", floor=6, net_area="40.00")
    bureau.does("rooms.assign", room, effective="2020-01-01", unit=owner)
    said: dict[str, Any] = {"floor": 8, "number": "801", "category": "office", "net_area": "40.00"}
    asked = {"effective": "2015-01-01", "id": room, "corrects": room.position, **said}
    problem = bureau.refused("rooms.register", building=wrong, **asked)
    assert (problem.code, problem.field) == ("floor-not-in-building", "/floor")
    bureau.does("rooms.register", building=right, **asked)
    seen = bureau.sees("rooms", room)
    assert (seen["building"], seen["floor"], seen["using_unit"]) == (right.id, 8, owner.id)
    assert seen.claims["801"] == f"room:{right}"
    a_room(bureau, wrong, "801", floor=6)  # its number there is free

    parts = [{"number": "801", "net_area": "19.00"}, {"number": "802", "net_area": "20.00"}]
    bureau.does("rooms.release", room, effective="2021-01-01")
    first, second = bureau.does("rooms.split", room, effective="2021-02-01", parts=parts).made("RoomRegistered")
    born = bureau.reads("rooms", second)[0]["position"]
    renumbered: dict[str, Any] = said | {"number": "803", "net_area": "20.50"}
    bureau.does("rooms.register", id=second, corrects=born, effective="2021-02-01", building=right, **renumbered)
    seen = bureau.sees("rooms", second)
    assert (seen["number"], list(seen.members("made_from"))) == ("803", [room.id])
    assert seen.details["building_id"] == bureau.sees("rooms", first).details["building_id"] == right.id
