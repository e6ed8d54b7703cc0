"""A shared warehouse from its opening to its closing, which waits until nothing is kept in it."""

from __future__ import annotations

from typing import Any

from tests.scenarios.bureau import Bureau, line
from tests.scenarios.movables import a_lot, a_person, a_stored_item, a_unit, a_warehouse
from tests.scenarios.story import tells


@tells(
    "warehouses.open",
    "warehouses.rename",
    "warehouses.move",
    "warehouses.hand-over",
    "warehouses.add-shelf",
    "warehouses.remove-shelf",
    "warehouses.appoint-keeper",
    "warehouses.withdraw",
)
def test_a_warehouse_is_set_up_and_changes_hands(bureau: Bureau) -> None:
    centre, finance = a_unit(bureau), a_unit(bureau, "市财政局")
    keeper = a_person(bureau, centre, "李晓梅")
    warehouse = a_warehouse(bureau, centre, "市级公物仓", "A-01", "A-02")
    twice = bureau.refused("warehouses.add-shelf", warehouse, effective="2022-01-06", shelf="A-01")
    assert (twice.code, twice.says) == ("shelf-exists", "货架“A-01”已存在。请换一个编号。")
    wrong = bureau.does("warehouses.add-shelf", warehouse, effective="2022-01-06", shelf="A-30")
    bureau.does("warehouses.withdraw", warehouse, effective="2022-01-07", of=wrong.position, grounds="编号应为 A-03")
    bureau.does("warehouses.appoint-keeper", warehouse, effective="2022-01-05", keeper=keeper)
    bureau.does("warehouses.rename", warehouse, effective="2023-01-01", name="青铜峡市党政机关公物仓")
    place = {"system": "BD-09", "x": 106.0851, "y": 38.0277}
    new_place: dict[str, Any] = {"division": "640381", "address": "汉坝东街12号", "place": place}
    bureau.does("warehouses.move", warehouse, effective="2023-05-01", **new_place)
    bureau.does("warehouses.remove-shelf", warehouse, effective="2023-05-01", shelf="A-02")
    bureau.does("warehouses.hand-over", warehouse, effective="2024-01-01", to=finance)
    seen = bureau.sees("warehouses", warehouse)
    assert (seen["keeper"], seen.members("shelves")) == (keeper.id, {"A-01": True})
    assert (seen.history("managing_unit"), seen["place"]["system"]) == ([centre.id, finance.id], "BD-09")
    before = bureau.sees("warehouses", warehouse, at="2022-12-31")
    assert (before["name"], sorted(before.members("shelves"))) == ("市级公物仓", ["A-01", "A-02"])
    bare = bureau.refused("warehouses.hand-over", warehouse, effective="2024-02-01", to=centre, document=None)
    assert (bare.code, bare.field) == ("document-missing", "/mandate/documents")


def test_a_physical_warehouse_has_an_address_and_a_virtual_one_no_shelves(bureau: Bureau) -> None:
    centre = a_unit(bureau)
    said: dict[str, Any] = {"name": "镇街公物仓", "managing_unit": centre, "division": "640381"}
    nowhere = bureau.refused("warehouses.open", effective="2022-01-01", form="physical", **said)
    assert (nowhere.code, nowhere.field) == ("physical-warehouse-needs-address", "/address")
    virtual = bureau.does("warehouses.open", effective="2022-01-01", form="virtual", **said)
    shelf = bureau.refused("warehouses.add-shelf", virtual, effective="2022-02-01", shelf="A-01")
    assert shelf.code == "virtual-warehouse-has-no-shelves"


@tells("warehouses.close")
def test_a_warehouse_closes_when_it_is_empty(bureau: Bureau) -> None:
    centre = a_unit(bureau)
    old, new = a_warehouse(bureau, centre, "老城区公物仓"), a_warehouse(bureau, centre, "新城区公物仓")
    laptop, paper = a_stored_item(bureau, centre, old, "ZC-2021-0501"), a_lot(bureau, old, "20")
    problem = bureau.refused("warehouses.close", old, effective="2024-06-30")
    assert (problem.code, problem.data["count"], problem.data["holder"]) == ("still-held", 2, old.id)
    assert set(problem.data["held"]) == {laptop.id, paper.id}
    bureau.does("items.shelve", laptop, effective="2024-06-20", warehouse=new)
    half = bureau.refused("warehouses.close", old, effective="2024-06-30")
    assert half.data["held"] == [paper.id]
    bureau.does_together(
        line("lots.move", paper, to=new, quantity="20"),
        line("lots.close", paper),
        line("warehouses.close", old),
        effective="2024-06-30",
        document="青机管发〔2024〕22号",
    )
    assert bureau.sees("warehouses", old)["warehouse_status"] == "closed"
    assert bureau.sees("items", laptop, at="2024-06-19")["warehouse"] == old.id
    late = bureau.refused("items.shelve", laptop, effective="2024-07-01", warehouse=old)
    assert (late.code, "未启用" in late.says) == ("warehouse-not-open", True)
    earlier = bureau.refused("items.shelve", laptop, effective="2024-06-25", warehouse=old)
    assert earlier.code == "warehouse-closes-later"


def test_a_closing_that_was_a_mistake_is_withdrawn(bureau: Bureau) -> None:
    centre = a_unit(bureau)
    warehouse = a_warehouse(bureau, centre)
    closed = bureau.does("warehouses.close", warehouse, effective="2024-06-30")
    bureau.does("warehouses.withdraw", warehouse, effective="2024-07-01", of=closed.position, grounds="误操作")
    lot = a_lot(bureau, warehouse, "5", effective="2024-08-01")
    held = bureau.refused("warehouses.close", warehouse, effective="2024-09-01")
    assert held.data["held"] == [lot.id]
