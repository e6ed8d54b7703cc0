"""Consumables by the lot: received, issued, brought back, counted, moved, written off, closed when none is left."""

from __future__ import annotations

from typing import Any

from tests.scenarios.bureau import Bureau
from tests.scenarios.movables import a_lot, a_person, a_unit, a_warehouse
from tests.scenarios.story import tells


@tells("lots.receive", "lots.issue", "lots.take-back", "lots.shelve", "lots.withdraw")
def test_received_issued_and_brought_back(bureau: Bureau) -> None:
    centre, water = a_unit(bureau), a_unit(bureau, "市水务局")
    warehouse, clerk = a_warehouse(bureau, centre, "耗材仓", "D-01", "D-02"), a_person(bureau, water)
    paper = a_lot(bureau, warehouse, "200", shelf="D-01")
    bureau.does("lots.issue", paper, effective="2024-02-01", unit=water, quantity="150", receiver=clerk)
    short = bureau.refused("lots.issue", paper, effective="2024-03-01", unit=water, quantity="50.5")
    assert (short.code, short.field, short.data["lacking"]) == ("lot-quantity-below-zero", "/quantity", "0.5")
    assert "数量不足" in short.says
    bureau.does("lots.take-back", paper, effective="2024-03-10", unit=water, quantity="20", note="未拆封退库")
    more = bureau.refused("lots.take-back", paper, effective="2024-03-11", unit=water, quantity="131")
    assert (more.code, more.data["unit"]) == ("returned-more-than-issued", water.id)
    wrong = bureau.does("lots.issue", paper, effective="2024-04-01", unit=water, quantity="70")
    bureau.does("lots.withdraw", paper, effective="2024-04-02", of=wrong.position, grounds="重复登记")
    bureau.does("lots.issue", paper, effective="2024-04-05", unit=water, quantity="70")
    late = bureau.refused("lots.issue", paper, effective="2024-03-15", unit=water, quantity="1")
    assert late.code == "lot-quantity-below-zero"
    nowhere = bureau.refused("lots.shelve", paper, effective="2024-05-01", shelf="D-09")
    assert (nowhere.code, nowhere.data["shelf"]) == ("shelf-unknown", "D-09")
    bureau.does("lots.shelve", paper, effective="2024-05-01", shelf="D-02")
    seen = bureau.sees("lots", paper)
    assert (seen["shelf"], sum(map(float, seen.members("moved").values()))) == ("D-02", 0)


@tells("lots.count", "lots.move", "lots.write-off", "lots.close")
def test_counted_moved_written_off_and_closed(bureau: Bureau) -> None:
    centre = a_unit(bureau)
    first, second = a_warehouse(bureau, centre, "耗材仓"), a_warehouse(bureau, centre, "防汛物资仓", "F-01")
    masks = a_lot(bureau, first, "1000", name="防护口罩", measure="只", unit_price="0.85", batch="20231101",
                  expiry="2024-10-31")  # fmt: skip
    bare = bureau.refused("lots.count", masks, effective="2024-06-30", found="980", document=None)
    assert bare.code == "document-missing"
    counted = bureau.does("lots.count", masks, effective="2024-06-30", found="980", document="盘点审批〔2024〕2号")
    assert bureau.reads("lots", masks)[counted.version - 1]["state"]["expected"] == "1000"
    moved = bureau.does("lots.move", masks, effective="2024-07-01", to=second, quantity="600", shelf="F-01")
    (other,) = moved.made("LotMovedIn")
    seen = bureau.sees("lots", other)
    assert (seen["lineage"], seen["warehouse"], seen["shelf"]) == (masks.id, second.id, "F-01")
    assert (seen["batch"], seen["expiry"], seen["unit_price"]) == ("20231101", "2024-10-31", "0.85")
    fresh: dict[str, Any] = {"ground": "expired", "quantity": "380", "note": "过期"}
    early = bureau.refused("lots.write-off", masks, effective="2024-10-31", **fresh)
    assert (early.code, early.data["expiry"]) == ("lot-not-expired", "2024-10-31")
    expired = bureau.refused("lots.issue", other, effective="2024-11-02", unit=centre, quantity="1")
    assert (expired.code, "已于 2024-10-31 过期" in expired.says) == ("lot-expired", True)
    full = bureau.refused("lots.close", masks, effective="2024-11-02")
    assert (full.code, full.data["quantity"]) == ("lot-not-empty", "380")
    bureau.does("lots.write-off", masks, effective="2024-11-02", document="青财资核〔2024〕8号", **fresh)
    bureau.does("lots.close", masks, effective="2024-11-02")
    assert bureau.refused("lots.count", masks, effective="2024-12-31", found="0").code == "lot-not-open"
    bureau.does("warehouses.close", first, effective="2024-12-01")
    held = bureau.refused("warehouses.close", second, effective="2024-12-01")
    assert held.data["held"] == [other]


def test_a_receipt_is_corrected_in_its_place(bureau: Bureau) -> None:
    centre = a_unit(bureau)
    warehouse = a_warehouse(bureau, centre)
    paper = a_lot(bureau, warehouse, "20")
    bureau.does("lots.issue", paper, effective="2024-02-01", unit=centre, quantity="15")
    said: dict[str, Any] = {
        "warehouse": warehouse,
        "asset_class": "A07000000",
        "name": "A4 复印纸",
        "measure": "箱",
        "unit_price": "148.00",
    }
    less = bureau.refused(
        "lots.receive", id=paper, effective="2024-01-06", quantity="12", corrects=paper.position, **said
    )
    assert less.code == "lot-quantity-below-zero"
    right = bureau.does(
        "lots.receive", id=paper, effective="2024-01-06", quantity="200", corrects=paper.position, **said,
        grounds="到货单为 200 箱",
    )  # fmt: skip
    assert (right.id, right.status, right.topics) == (paper.id, 200, ["FactCorrected"])
    assert bureau.sees("lots", paper).of("moved", 3) == "200"
    bureau.does("lots.issue", paper, effective="2024-02-02", unit=centre, quantity="185")
