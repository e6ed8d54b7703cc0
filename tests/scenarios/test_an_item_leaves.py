"""An asset leaves its owner: transferred and received, or disposed of by decision of a meeting."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenarios.bureau import Bureau
from tests.scenarios.movables import a_person, a_photo, a_stored_item, a_unit, a_warehouse, an_item
from tests.scenarios.story import tells

MINUTES = "局务会议纪要〔2024〕9号"


@tells("items.transfer", "items.confirm-receipt", "items.fail-transfer")
def test_transferred_and_received(bureau: Bureau) -> None:
    centre, water, school = a_unit(bureau), a_unit(bureau, "市水务局"), a_unit(bureau, "市第五小学")
    teacher, laptop = (
        a_person(bureau, school, "丁文娟"),
        a_stored_item(bureau, water, a_warehouse(bureau, centre), "ZC-0601"),
    )
    own = bureau.refused("items.transfer", laptop, effective="2024-02-01", to=water)
    assert (own.code, own.field) == ("transfer-to-owner", "/to")
    bureau.does("items.transfer", laptop, effective="2024-02-01", to=school, document="青财资调〔2024〕3号")
    bureau.does("items.fail-transfer", laptop, effective="2024-02-20", note="学校已另行采购，暂不接收")
    assert bureau.sees("items", laptop)["item_status"] == "stored"
    bureau.does("items.transfer", laptop, effective="2024-08-01", to=school, document="青财资调〔2024〕17号")
    bureau.does("items.confirm-receipt", laptop, effective="2024-08-15", custodian=teacher, location="电教室")
    between, after = (bureau.sees("items", laptop, at=day) for day in ("2024-08-10", "2024-08-15"))
    assert (between["item_status"], between["owner"], between["receiving_unit"]) == ("in-transfer", water.id, school.id)
    assert (after["item_status"], after["owner"], after["warehouse"]) == ("with-unit", school.id, None)
    bureau.does("units.abolish", water, effective="2024-09-01")
    told = bureau.reads("items", laptop)[-1]
    assert (told["topic"], told["state"]["location"]) == ("warehouse.TransferReceived", "电教室")


@tells("items.request-disposal", "items.refuse-disposal", "items.decide-disposal", "items.complete-disposal")
def test_disposed_of_by_decision_of_a_meeting(bureau: Bureau) -> None:
    centre = a_unit(bureau)
    printer = an_item(bureau, centre, "ZC-0701", asset_class="A02021000", name="针式打印机", bought="2019-05-01")
    young = bureau.refused("items.request-disposal", printer, effective="2024-01-08", ground="obsolete", note="淘汰")
    assert (young.code, young.field, young.data["end"]) == ("below-minimum-life", "/ground", "2025-05-01")
    photos = [a_photo(bureau, "针式打印机")]
    ask: dict[str, Any] = {"ground": "not-worth-repair", "note": "打印头断针，配件停产", "photos": photos}
    bureau.does("items.request-disposal", printer, effective="2024-01-10", **ask)
    bureau.does("items.refuse-disposal", printer, effective="2024-01-20", note="请先询价维修")
    bureau.does("items.request-disposal", printer, effective="2024-04-01", **ask)
    decision: dict[str, Any] = {"effective": "2024-04-15", "ground": "not-worth-repair", "mode": "recycle"}
    bare = bureau.refused("items.decide-disposal", printer, document=None, minutes=MINUTES, **decision)
    assert bare.code == "document-missing"
    bureau.does("items.decide-disposal", printer, minutes=MINUTES, **decision)
    bureau.does("items.complete-disposal", printer, effective="2024-05-06", income="35.00", recipient="再生资源公司")
    seen = bureau.sees("items", printer)
    assert (seen["item_status"], seen["disposal_income"], seen["owner"]) == ("disposed", "35.00", None)
    assert seen.claims == {"ZC-0701": "asset-number"}
    over = bureau.refused("items.relocate", printer, effective="2024-06-01", location="库房")
    assert (over.code, over.data["status_zh"]) == ("item-step-not-allowed", "已处置")
    assert bureau.reads("items", printer)[-2]["state"]["minutes"] == MINUTES


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"income": "100.00", "recipient": "市慈善总会"}, "donation-with-income"),
        ({"income": "0"}, "donation-without-recipient"),
    ],
)
def test_a_donation_has_a_recipient_and_no_income(bureau: Bureau, said: dict[str, str], code: str) -> None:
    chairs = an_item(
        bureau, a_unit(bureau), f"ZC-08-{code}", asset_class="A05010301", name="办公椅", bought="2001-05-01"
    )
    bureau.does("items.request-disposal", chairs, effective="2024-04-01", ground="past-life", note="超过年限")
    bureau.does(
        "items.decide-disposal", chairs, effective="2024-04-15", ground="past-life", mode="donate", minutes=MINUTES
    )
    assert bureau.refused("items.complete-disposal", chairs, effective="2024-05-01", **said).code == code
    bureau.does("items.complete-disposal", chairs, effective="2024-05-01", income="0", recipient="市慈善总会")


def test_what_burnt_at_the_borrowers_is_written_off_there(bureau: Bureau) -> None:
    centre, water, school = a_unit(bureau), a_unit(bureau, "市水务局"), a_unit(bureau, "市第五小学")
    laptop = a_stored_item(bureau, water, a_warehouse(bureau, centre), "ZC-0901")
    teacher = a_person(bureau, school, "丁文娟")
    bureau.does(
        "items.request-loan", laptop, effective="2024-03-01", borrower=school, purpose="考务", wanted_until="2024-07-01"
    )
    bureau.does("items.approve-loan", laptop, effective="2024-03-02")
    bureau.does("items.lend", laptop, effective="2024-03-03", receiver=teacher, due="2024-07-01")
    lent = bureau.refused(
        "items.request-disposal", laptop, effective="2024-05-01", ground="not-worth-repair", note="进水"
    )
    assert (lent.code, "请先办理归还验收" in lent.says) == ("lent-comes-back-first", True)
    burnt: dict[str, Any] = {"ground": "force-majeure", "effective": "2024-05-20"}
    bureau.does("items.request-disposal", laptop, note="校舍火灾", **burnt)
    bureau.does("items.decide-disposal", laptop, mode="scrap", minutes=MINUTES, **burnt)
    bureau.does("items.complete-disposal", laptop, effective="2024-06-01", income="0")
    bureau.does("people.leave", teacher, effective="2024-06-30")
    bureau.does("units.abolish", school, effective="2024-07-01")
