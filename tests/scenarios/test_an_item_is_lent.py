"""Things are lent out of the warehouse and come back; a temporary agency is equipped from stock, and its stock taken back."""

from __future__ import annotations

from typing import Any

from tests.scenarios.bureau import Bureau, Done, line
from tests.scenarios.movables import a_person, a_photo, a_stored_item, a_unit, a_warehouse
from tests.scenarios.story import tells


@tells(
    "items.request-loan",
    "items.approve-loan",
    "items.refuse-loan",
    "items.lend",
    "items.extend-loan",
    "items.take-back",
)
def test_lent_extended_and_returned(bureau: Bureau) -> None:
    centre, water, culture = a_unit(bureau), a_unit(bureau, "市水务局"), a_unit(bureau, "市文化旅游广电局")
    warehouse = a_warehouse(bureau, centre, "市级公物仓", "A-01")
    laptop, ma = a_stored_item(bureau, water, warehouse, "ZC-2021-0301"), a_person(bureau, culture, "马春燕")
    ask: dict[str, Any] = {
        "effective": "2024-03-01",
        "borrower": culture,
        "purpose": "黄河文化节筹备",
        "wanted_until": "2024-05-31",
    }
    own = bureau.refused("items.request-loan", laptop, **(ask | {"borrower": water}))
    assert (own.code, own.field) == ("owner-borrows-own", "/borrower")
    bureau.does("items.request-loan", laptop, **ask)
    bureau.does("items.refuse-loan", laptop, effective="2024-03-02", note="同期另有保障任务")
    bureau.does("items.request-loan", laptop, **(ask | {"effective": "2024-03-10"}))
    early = bureau.refused("items.lend", laptop, effective="2024-03-11", receiver=ma, due="2024-05-31")
    assert (early.code, early.data["status_zh"]) == ("item-step-not-allowed", "申请借用")
    bureau.does("items.approve-loan", laptop, effective="2024-03-11", document="青机管借〔2024〕5号")
    bureau.does("items.lend", laptop, effective="2024-03-12", receiver=ma, due="2024-05-31", location="文化馆 201")
    shorter = bureau.refused("items.extend-loan", laptop, effective="2024-05-20", due="2024-05-31")
    assert (shorter.code, shorter.data["present"]) == ("not-an-extension", "2024-05-31")
    bureau.does("items.extend-loan", laptop, effective="2024-05-20", due="2024-07-31")
    _is_with_the_borrower(bureau, laptop, culture, ma)
    back: dict[str, Any] = {"effective": "2024-07-20", "warehouse": warehouse, "shelf": "A-01", "grade": "c"}
    silent = bureau.refused("items.take-back", laptop, **back)
    assert (silent.code, silent.field) == ("damage-not-described", "/damage")
    bureau.does("items.take-back", laptop, damage="屏幕左下角破裂", photos=[a_photo(bureau, "破裂处")], **back)
    seen = bureau.sees("items", laptop)
    assert (seen["item_status"], seen["loan_unit"], seen["grade"], seen["shelf"]) == ("stored", None, "c", "A-01")
    unfit = bureau.refused(
        "items.request-loan", laptop, **(ask | {"effective": "2024-08-01", "wanted_until": "2024-09-01"})
    )
    assert (unfit.code, "待修" in unfit.says) == ("not-fit-to-lend", True)


def _is_with_the_borrower(bureau: Bureau, item: Done, unit: Done, person: Done) -> None:
    seen = bureau.sees("items", item, at="2024-06-15")
    assert (seen["item_status"], seen["loan_due"], seen["idle"]) == ("lent", "2024-07-31", False)
    assert (seen["using_unit"], seen["custodian"]) == (unit.id, person.id)
    assert bureau.sees("items", item, at="2024-04-01")["loan_due"] == "2024-05-31"


@tells("items.record-past-loan")
def test_a_loan_on_paper_is_recorded_when_it_is_over(bureau: Bureau) -> None:
    centre, water, culture = a_unit(bureau), a_unit(bureau, "市水务局"), a_unit(bureau, "市文化旅游广电局")
    item, person = a_stored_item(bureau, water, a_warehouse(bureau, centre), "ZC-2021-0302"), a_person(bureau, culture)
    bureau.does("items.regrade", item, effective="2024-01-01", grade="b", note="年终盘点")
    paper: dict[str, Any] = {
        "effective": "2022-09-01",
        "borrower": culture,
        "receiver": person,
        "due": "2022-12-31",
        "grade": "a",
    }
    backwards = bureau.refused("items.record-past-loan", item, returned="2022-08-31", **paper)
    assert backwards.code == "returned-before-lent"
    bureau.does("items.record-past-loan", item, returned="2022-12-20T10:00:00+08:00", **paper)
    states = [bureau.sees("items", item, at=day)["item_status"] for day in ("2022-08-31", "2022-10-01", "2023-01-01")]
    assert states == ["stored", "lent", "stored"]
    assert bureau.sees("items", item)["grade"] == "b"
    assert bureau.sees("items", item, version=4, at="2022-10-01")["item_status"] == "stored"


def test_a_receiver_from_another_unit_is_noted_and_the_repeat_gets_the_same_answer(bureau: Bureau) -> None:
    centre, water, culture = a_unit(bureau), a_unit(bureau, "市水务局"), a_unit(bureau, "市文化旅游广电局")
    item, stranger = a_stored_item(bureau, water, a_warehouse(bureau, centre), "ZC-2021-0303"), a_person(bureau, centre)
    bureau.does(
        "items.request-loan", item, effective="2024-03-01", borrower=culture, purpose="会务", wanted_until="2024-05-31"
    )
    bureau.does("items.approve-loan", item, effective="2024-03-02")
    key = "27f7cf1b-55c6-4a4b-8d54-6f5a4f4a2a11"
    lent = bureau.does("items.lend", item, effective="2024-03-03", receiver=stranger, due="2024-05-31", key=key)
    assert lent.notices == ["receiver-of-another-unit"]
    again = bureau.does("items.lend", item, effective="2024-03-03", receiver=stranger, due="2024-05-31", key=key)
    assert (again.replayed, again.position, again.version) == (True, lent.position, lent.version)
    other = bureau.refused("items.lend", item, effective="2024-03-03", receiver=stranger, due="2024-06-30", key=key)
    assert other.code == "command-id-reused"


def test_a_temporary_agency_is_equipped_from_stock_and_its_stock_taken_back(bureau: Bureau) -> None:
    centre, finance = a_unit(bureau), a_unit(bureau, "市财政局")
    warehouse = a_warehouse(bureau, centre)
    stock = [a_stored_item(bureau, finance, warehouse, f"ZC-2021-040{number}") for number in range(3)]
    census = a_unit(bureau, "市经济普查领导小组办公室", kind="temporary")
    head = a_person(bureau, census, "杨志强")
    ask: dict[str, Any] = {"borrower": census, "purpose": "第五次经济普查", "wanted_until": "2024-12-31"}
    equipped = bureau.does_together(
        *(line("items.request-loan", item, **ask) for item in stock),
        *(line("items.approve-loan", item) for item in stock),
        *(line("items.lend", item, receiver=head, due="2024-12-31") for item in stock),
        effective="2023-03-01",
        document="青党办发〔2023〕11号",
    )
    assert equipped.topics.count("ItemLent") == 3
    ending: dict[str, Any] = {"effective": "2024-12-15", "document": "青党办发〔2024〕40号"}
    bureau.does("people.leave", head, effective="2024-12-15")
    held = bureau.refused("units.abolish", census, **ending)
    assert (held.code, held.data["count"]) == ("still-held", 3)
    assert "名下自该时间起仍有 3 项未移交" in held.says
    back = [line("items.take-back", item, warehouse=warehouse, grade="b", damage="正常磨损") for item in stock]
    two_of_three = bureau.refused_together(*back[:2], line("units.abolish", census), **ending)
    assert (two_of_three.code, two_of_three.line, two_of_three.data["held"]) == ("still-held", 3, [stock[2].id])
    bureau.does_together(*back, line("units.abolish", census), **ending)
    assert bureau.sees("units", census)["unit_status"] == "abolished"
    assert [bureau.sees("items", item)["item_status"] for item in stock] == ["stored"] * 3
    assert bureau.sees("items", stock[0], at="2024-06-01")["using_unit"] == census.id
