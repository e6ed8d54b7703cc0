"""An asset in the books of a unit, idle, offered, taken into the warehouse or turned away, and taken home again."""

from __future__ import annotations

from typing import Any

from tests.scenarios.bureau import Bureau
from tests.scenarios.movables import a_person, a_photo, a_stored_item, a_unit, a_warehouse, an_item
from tests.scenarios.story import tells


@tells(
    "items.register",
    "items.renumber",
    "items.reclassify",
    "items.revalue",
    "items.change-custodian",
    "items.relocate",
    "items.withdraw",
)
def test_what_the_books_say_of_a_computer(bureau: Bureau) -> None:
    culture = a_unit(bureau, "市文化旅游广电局")
    wang, li = (a_person(bureau, culture, name) for name in ("王海峰", "李晓梅"))
    laptop = an_item(bureau, culture, "ZC-2021-0101", custodian=wang, location="305室", serial="5CD1234ABC")
    assert bureau.sees("items", laptop)["minimum_life"] == 6
    taken = bureau.refused(
        "items.register", effective="2022-02-01", owner=culture, asset_number="ZC-2021-0101",
        asset_class="A02021000", name="打印机", value="1800.00", bought="2021-09-10",
    )  # fmt: skip
    assert (taken.code, taken.data["scope"], taken.data["holder"]) == ("value-taken", "asset-number", laptop.id)
    dear = an_item(bureau, culture, "ZC-2021-0102", value="16800.00")
    assert dear.notices == ["price-above-ceiling"]
    bureau.does("items.renumber", laptop, effective="2023-01-01", asset_number="TYZC-640381-0101")
    an_item(bureau, culture, "ZC-2021-0101", effective="2023-02-01", name="沿用旧编号的平板电脑")
    bureau.does("items.reclassify", laptop, effective="2023-01-01", asset_class="A02010105")
    bureau.does("items.revalue", laptop, effective="2023-12-31", value="2100.00", note="资产清查评估入账")
    bureau.does("items.change-custodian", laptop, effective="2023-03-01", custodian=li)
    wrong = bureau.does("items.relocate", laptop, effective="2023-03-01", location="503室")
    bureau.does("items.withdraw", laptop, effective="2023-03-02", of=wrong.position)
    seen = bureau.sees("items", laptop)
    assert (seen["location"], seen.history("custodian")) == ("305室", [wang.id, li.id])
    assert seen.claims == {"TYZC-640381-0101": "asset-number"}
    assert bureau.sees("items", laptop, at="2023-06-01")["value"] == "6800.00"


@tells("items.declare-idle", "items.put-to-use", "items.publish", "items.end-publication")
def test_idle_chairs_are_offered_and_used_again(bureau: Bureau) -> None:
    chairs = an_item(
        bureau, a_unit(bureau), "ZC-2018-0093", asset_class="A05010303", name="会议椅 20 把", value="12400.00"
    )
    offer: dict[str, Any] = {"effective": "2024-03-10", "purpose": "transfer", "until": "2024-06-10"}
    in_use = bureau.refused("items.publish", chairs, **offer)
    assert (in_use.code, "并未闲置" in in_use.says) == ("item-not-idle", True)
    bureau.does("items.declare-idle", chairs, effective="2024-03-01", note="小会议室合并")
    at_home = bureau.refused("items.publish", chairs, **(offer | {"purpose": "borrowing"}))
    assert (at_home.code, at_home.field) == ("lent-only-from-warehouse", "/purpose")
    bureau.does("items.publish", chairs, **offer)
    assert [bureau.sees("items", chairs, at=day)["published_for"] for day in ("2024-04-01", "2024-06-10")] == [
        "transfer",
        None,
    ]
    bureau.does("items.end-publication", chairs, effective="2024-05-01")
    bureau.does("items.put-to-use", chairs, effective="2024-05-02", note="党校培训使用")
    assert bureau.sees("items", chairs).history("idle") == [False, True, False]
    assert bureau.refused("items.end-publication", chairs, effective="2024-05-03").code == "item-not-published"


@tells("items.request-entry", "items.cancel-entry", "items.inspect", "items.refuse-entry", "items.accept")
def test_entry_is_asked_for_looked_at_refused_and_granted(bureau: Bureau) -> None:
    centre, water = a_unit(bureau), a_unit(bureau, "市水务局")
    warehouse = a_warehouse(bureau, centre, "市级公物仓", "B-07")
    printer = an_item(bureau, water, "ZC-2020-0311", asset_class="A02021000", name="激光打印机", value="2300.00")
    photos = [a_photo(bureau, "打印机正面"), a_photo(bureau, "打印机铭牌")]
    ask: dict[str, Any] = {"warehouse": warehouse, "reason": "科室撤并", "grade_claimed": "a"}
    bare = bureau.refused("items.request-entry", printer, effective="2023-04-01", photos=[], **ask)
    assert (bare.status, bare.code) == (422, "request-invalid")
    unknown = bureau.refused("items.request-entry", printer, effective="2023-04-01", photos=["0" * 64], **ask)
    assert unknown.code == "file-missing"
    bureau.does("items.request-entry", printer, effective="2023-04-01", photos=photos, **ask)
    bureau.does("items.cancel-entry", printer, effective="2023-04-03", note="暂缓入仓")
    bureau.does("items.request-entry", printer, effective="2023-05-01", photos=photos, **ask)
    bureau.does("items.inspect", printer, effective="2023-05-04", grade="d", photos=photos, note="定影组件损坏")
    scrap = bureau.refused("items.accept", printer, effective="2023-05-05", warehouse=warehouse, shelf="B-07")
    assert (scrap.code, "不能入仓" in scrap.says) == ("scrap-not-accepted", True)
    bureau.does("items.refuse-entry", printer, effective="2023-05-05", ground="scrap", note="退回原单位申请处置")
    assert bureau.sees("items", printer)["item_status"] == "with-unit"
    bureau.does("items.repair", printer, effective="2023-06-01", work="更换定影组件", cost="420.00", grade="b")
    bureau.does("items.request-entry", printer, effective="2023-06-10", photos=photos, **ask)
    bureau.does("items.inspect", printer, effective="2023-06-12", grade="b", photos=photos, note="打印正常")
    nowhere = bureau.refused("items.accept", printer, effective="2023-06-12", warehouse=warehouse, shelf="Z-99")
    assert (nowhere.code, nowhere.field) == ("shelf-unknown", "/shelf")
    bureau.does("items.accept", printer, effective="2023-06-12", warehouse=warehouse, shelf="B-07")
    seen = bureau.sees("items", printer)
    assert (seen["item_status"], seen["warehouse"], seen["shelf"]) == ("stored", warehouse.id, "B-07")
    assert (seen["owner"], seen["using_unit"], seen["idle"]) == (water.id, None, True)
    assert seen.history("grade") == ["a", "d", "b", "b"]


@tells("items.shelve", "items.regrade", "items.repair", "items.take-out")
def test_kept_moved_mended_and_taken_home(bureau: Bureau) -> None:
    centre, water = a_unit(bureau), a_unit(bureau, "市水务局")
    first, second = a_warehouse(bureau, centre, "一号仓", "A-01"), a_warehouse(bureau, centre, "二号仓", "C-03")
    laptop, custodian = a_stored_item(bureau, water, first, "ZC-2021-0201"), a_person(bureau, water)
    bureau.does("items.shelve", laptop, effective="2022-04-01", warehouse=first, shelf="A-01")
    bureau.does("items.shelve", laptop, effective="2022-09-01", warehouse=second, shelf="C-03")
    bureau.does("items.regrade", laptop, effective="2022-10-01", grade="c", note="电池鼓包")
    bureau.does("items.repair", laptop, effective="2022-10-20", work="更换电池", cost="380.00", grade="b")
    home: dict[str, Any] = {
        "effective": "2023-01-05",
        "reason": "needed-by-owner",
        "custodian": custodian,
        "location": "水务局 210 室",
    }
    bare = bureau.refused("items.take-out", laptop, document=None, **home)
    assert bare.code == "document-missing"
    bureau.does("items.take-out", laptop, **home)
    seen = bureau.sees("items", laptop)
    assert (seen["warehouse"], seen["using_unit"], seen["custodian"]) == (None, water.id, custodian.id)
    assert seen.history("warehouse") == [first.id, first.id, second.id, None]
    assert seen.history("shelf") == [None, "A-01", "C-03", None]
    again = bureau.refused("items.take-out", laptop, **(home | {"effective": "2023-02-01"}))
    assert (again.code, again.data["status_zh"], again.data["allowed_zh"]) == (
        "item-step-not-allowed",
        "单位占用",
        ["在仓"],
    )
