"""A geofence: drawn round the town, in force by moment, imposed on more, drawn again, and retired."""

from __future__ import annotations

from typing import Any

from tests.scenarios.bureau import Bureau, Done
from tests.scenarios.movables import a_car, a_unit
from tests.scenarios.story import tells

ROUND = {"center": {"system": "GCJ-02", "x": 106.0752, "y": 38.0211}, "radius": "3500"}
STRIP = {"line": {"system": "EPSG:4490", "coordinates": [[106.07, 38.02], [106.09, 38.03]]}, "width": "60.00"}


def a_fence(bureau: Bureau, unit: Done, name: str = "青铜峡市区四至范围", **more: Any) -> Done:
    said = {"purpose": "no-dispatch", "managing_unit": unit, "circle": ROUND}
    return bureau.does("fences.draw", effective="2024-01-01", name=name, **(said | more))


@tells("fences.draw", "fences.lift", "fences.put-in-force")
def test_a_holiday_sealing_is_in_force_on_its_days(bureau: Bureau) -> None:
    centre = a_unit(bureau)
    yard = a_fence(bureau, centre, "国庆封存点", purpose="sealing", until="2024-01-03")
    bureau.does("fences.put-in-force", yard, effective="2024-10-01", until="2024-10-08")
    seen = [bureau.sees("fences", yard, at=day)["fence_status"] for day in ("2024-01-02", "2024-10-05", "2024-10-07")]
    assert seen == ["in-force", "in-force", "in-force"]
    assert bureau.sees("fences", yard, at="2024-06-01")["fence_status"] is None
    assert bureau.refused("fences.lift", yard, effective="2024-06-01").code == "fence-not-in-force"
    bureau.does("fences.lift", yard, effective="2024-10-04")
    assert bureau.sees("fences", yard, at="2024-10-05")["fence_status"] == "dormant"


@tells("fences.redraw", "fences.rename", "fences.hand-over")
def test_it_is_drawn_again_and_the_former_outline_is_still_there(bureau: Bureau) -> None:
    centre, water = a_unit(bureau), a_unit(bureau, "市水务局")
    fence = a_fence(bureau, centre)
    bureau.does("fences.redraw", fence, effective="2024-05-01", corridor=STRIP)
    bureau.does("fences.rename", fence, effective="2024-05-02", name="环城路沿线")
    bureau.does("fences.hand-over", fence, effective="2024-06-01", to=water)
    before, after = (bureau.sees("fences", fence, at=day) for day in ("2024-04-30", "2024-06-02"))
    assert '"radius":"3500"' in before["outline"]["raw"]
    assert '"width":"60.00"' in after["outline"]["raw"]
    assert (after["name"], after["managing_unit"]) == ("环城路沿线", water.id)
    both = bureau.refused("fences.redraw", fence, effective="2024-07-01", corridor=STRIP, circle=ROUND)
    assert (both.code, both.data["count"]) == ("fence-drawn-in-one-way", 2)


@tells("fences.impose", "fences.exempt", "fences.retire", "fences.withdraw")
def test_whom_it_holds_for_and_its_end(bureau: Bureau) -> None:
    centre, water = a_unit(bureau), a_unit(bureau, "市水务局")
    car = a_car(bureau, centre, "宁C80001", 81)
    fence = a_fence(bureau, centre, for_units=[water.id])
    bureau.does("fences.impose", fence, effective="2024-02-01", for_vehicles=[car.id])
    bureau.does("fences.exempt", fence, effective="2024-03-01", for_units=[water.id])
    last = bureau.refused("fences.exempt", fence, effective="2024-04-01", for_vehicles=[car.id])
    assert last.code == "fence-last-one-exempted"
    assert bureau.refused("units.abolish", centre, effective="2024-05-01").code == "still-held"
    bureau.does("fences.retire", fence, effective="2024-05-01")
    assert bureau.sees("fences", fence)["fence_status"] == "retired"
    wrong = a_fence(bureau, centre, "画错的围栏")
    bureau.does("fences.withdraw", wrong, effective="2024-05-01", of=wrong.position)
    assert bureau.refused("fences.lift", wrong, effective="2024-05-02").code == "not-found"
