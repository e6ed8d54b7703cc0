"""What is kept in the file of a vehicle: its plate, its fuel, its insurance, its repairs."""

from __future__ import annotations

from typing import Any

from tests.scenarios.bureau import Bureau, line
from tests.scenarios.movables import a_car, a_unit, a_vin, insure
from tests.scenarios.story import tells


@tells("vehicles.register", "vehicles.change-plate")
def test_two_vehicles_swap_their_plates(bureau: Bureau) -> None:
    centre = a_unit(bureau)
    passat, buick = a_car(bureau, centre, "宁C·10001", 1), a_car(bureau, centre, "宁C10002", 2)
    taken = bureau.refused("vehicles.change-plate", passat, effective="2024-05-06", plate="宁C 10002")
    assert (taken.code, taken.status, taken.data["holder"]) == ("value-taken", 409, buick.id)
    assert taken.says.startswith("“宁C10002”已被占用")
    swap = (
        line("vehicles.change-plate", passat, plate="宁C10002"),
        line("vehicles.change-plate", buick, plate="宁C10001"),
    )
    key = "6a4c1bd4-5a33-4b1b-9b6c-0d5b7c2f9d01"
    first = bureau.does_together(*swap, key=key, effective="2024-05-06", grounds="两车号牌装反，车管所核准互换")
    again = bureau.does_together(*swap, key=key, effective="2024-05-06", grounds="两车号牌装反，车管所核准互换")
    assert again.raw == {**first.raw, "replayed": True}
    assert bureau.sees("vehicles", passat, at="2024-05-05")["plate"] == "宁C10001"
    assert bureau.sees("vehicles", passat).history("plate") == ["宁C10001", "宁C10002"]
    assert bureau.sees("vehicles", buick).claims == {"宁C10001": "plate", a_vin(2): "vin"}
    told = bureau.reads("vehicles", buick)[-1]
    assert told["mandate"]["reason"] == "两车号牌装反，车管所核准互换"
    assert told["mandate"]["actor"]["user"] == "马建国"


def test_a_plate_given_up_by_nobody_cannot_be_swapped_halfway(bureau: Bureau) -> None:
    centre = a_unit(bureau)
    a_car(bureau, centre, "宁C10005", 5)
    others = [a_car(bureau, centre, "宁C10006", 6), a_car(bureau, centre, "宁C10007", 7)]
    stopped = bureau.refused_together(
        line("vehicles.change-plate", others[0], plate="宁C10008"),
        line("vehicles.change-plate", others[1], plate="宁C10005"),
        effective="2024-05-06",
    )
    assert (stopped.code, stopped.line) == ("value-taken", 2)
    assert bureau.sees("vehicles", others[0])["plate"] == "宁C10006"


def test_a_wrong_vin_is_refused_and_a_dear_car_is_noted(bureau: Bureau) -> None:
    centre, vin = a_unit(bureau), a_vin(9)
    wrong = "X" if vin[8] != "X" else "0"
    said: dict[str, Any] = {
        "effective": "2024-01-08", "plate": "宁C10009", "owner": centre, "model": "奥迪A6L", "category": "other",
        "body": "car", "energy": "petrol", "displacement": "2.0", "price": "398000.00",
    }  # fmt: skip
    problem = bureau.refused("vehicles.register", vin=vin[:8] + wrong + vin[9:], **said)
    assert (problem.code, problem.data["expected"]) == ("vin-check-digit-wrong", vin[8])
    assert "第 9 位校验位应为" in problem.says
    key = "6a4c1bd4-5a33-4b1b-9b6c-0d5b7c2f9d09"
    dear = bureau.does("vehicles.register", key=key, vin=vin, **said)
    assert dear.notices == ["vehicle-over-standard"]
    again = bureau.does("vehicles.register", key=key, vin=vin, **said)
    assert (again.replayed, again.id, again.position) == (True, dear.id, dear.position)
    taken = bureau.refused("vehicles.register", vin=vin, **(said | {"plate": "宁C10010"}))
    assert (taken.code, taken.data["scope"], taken.data["holder"]) == ("value-taken", "vin", dear.id)


@tells("vehicles.issue-fuel-card", "vehicles.refuel", "vehicles.return-fuel-card", "vehicles.charge")
def test_one_fuel_card_a_vehicle(bureau: Bureau) -> None:
    centre = a_unit(bureau)
    hybrid, other = a_car(bureau, centre, "宁CD20001", 21, energy="plug-in"), a_car(bureau, centre, "宁C20002", 22)
    bureau.does("vehicles.issue-fuel-card", hybrid, effective="2020-03-05", card="100011640000001")
    problem = bureau.refused("vehicles.issue-fuel-card", other, effective="2020-03-05", card="100011640000001")
    assert (problem.code, problem.data["scope"]) == ("value-taken", "fuel-card")
    fuel: dict[str, Any] = {"litres": "41.50", "cost": "320.80"}
    problem = bureau.refused(
        "vehicles.refuel", hybrid, effective="2020-04-01", odometer=600, card="100011640000009", **fuel
    )
    assert (problem.code, problem.field) == ("fuel-card-of-another", "/card")
    assert "一车一卡" in problem.says
    bureau.does("vehicles.refuel", hybrid, effective="2020-04-01", odometer=600, card="100011640000001", **fuel)
    bureau.does("vehicles.charge", hybrid, effective="2020-04-03", odometer=680, kilowatt_hours="15.20", cost="18.24")
    bureau.does("vehicles.return-fuel-card", hybrid, effective="2021-01-01")
    bureau.does("vehicles.issue-fuel-card", other, effective="2021-01-02", card="100011640000001")
    assert bureau.sees("vehicles", hybrid).history("fuel_card") == ["100011640000001", None]
    none = bureau.refused(
        "vehicles.refuel", hybrid, effective="2021-02-01", odometer=900, card="100011640000001", **fuel
    )
    assert none.code == "no-fuel-card"


@tells("vehicles.insure", "vehicles.inspect", "vehicles.service", "vehicles.record-accident", "vehicles.pay")
def test_a_year_on_the_road(bureau: Bureau) -> None:
    car = a_car(bureau, a_unit(bureau), "宁C30001", 31)
    insure(bureau, car, effective="2023-01-10", until="2024-01-10")
    insure(bureau, car, effective="2023-01-10", until="2024-01-10", insurance="commercial", policy="PDAA2023640381")
    bureau.does(
        "vehicles.inspect", car, effective="2023-03-15", valid_until="2024-03-15", station="青铜峡检测站", cost="220.00"
    )
    bureau.does(
        "vehicles.service",
        car,
        effective="2023-04-20",
        service="periodic",
        odometer=7012,
        cost="680.00",
        by="定点保养厂",
    )
    bureau.does("vehicles.pay", car, effective="2023-05-06", cost_kind="toll", cost="85.00", note="青铜峡至银川")
    bureau.does(
        "vehicles.record-accident", car, effective="2023-06-01T17:40:00+08:00", place_name="G109 国道青铜峡段",
        place={"system": "GCJ-02", "x": 106.0789, "y": 38.0212}, liability="secondary", loss="2600.00",
        account="会车时被剐蹭，无人员受伤",
    )  # fmt: skip
    seen = bureau.sees("vehicles", car, at="2023-12-31")
    assert sorted(seen.members("insured")) == ["commercial", "compulsory"]
    assert (seen["inspected"], seen.of("serviced", "periodic")) == ("青铜峡检测站", 7012)
    assert bureau.sees("vehicles", car, at="2024-02-01").members("insured") == {}
    backwards = bureau.refused(
        "vehicles.insure", car, effective="2024-01-10", until="2024-01-10", insurance="compulsory", policy="P",
        insurer="人保", premium="950.00",
    )  # fmt: skip
    assert (backwards.code, backwards.field) == ("period-backwards", "/until")


@tells("vehicles.note-odometer", "vehicles.withdraw")
def test_the_odometer_is_corrected_and_a_toll_of_another_car_withdrawn(bureau: Bureau) -> None:
    car = a_car(bureau, a_unit(bureau), "宁C40001", 41)
    typo = bureau.does("vehicles.note-odometer", car, effective="2021-01-01", odometer=91200)
    problem = bureau.refused("vehicles.note-odometer", car, effective="2021-06-01", odometer=16800)
    assert (problem.code, problem.data["other"]) == ("odometer-backwards", 91200)
    assert "里程表不会倒走" in problem.says
    bureau.does(
        "vehicles.note-odometer",
        car,
        effective="2021-01-01",
        odometer=9120,
        corrects=typo.position,
        grounds="录入多写一位",
    )
    bureau.does("vehicles.note-odometer", car, effective="2021-06-01", odometer=16800)
    assert bureau.sees("vehicles", car).history("odometer") == [10, 9120, 16800]
    assert bureau.sees("vehicles", car, version=2).history("odometer") == [10, 91200]
    ahead = bureau.refused("vehicles.note-odometer", car, effective="2021-03-01", odometer=17000)
    assert ahead.code == "odometer-ahead"
    toll = bureau.does("vehicles.pay", car, effective="2021-07-01", cost_kind="toll", cost="120.00")
    gone = bureau.does("vehicles.withdraw", car, effective="2021-07-02", of=toll.position, grounds="应记入另一辆车")
    assert (gone.topics, gone.version) == (["FactWithdrawn"], toll.version + 1)
    twice = bureau.refused("vehicles.withdraw", car, effective="2021-07-02", of=toll.position)
    assert twice.code == "nothing-to-correct"


@tells(
    "vehicles.request-repair", "vehicles.judge-repair", "vehicles.approve-repair", "vehicles.refuse-repair",
    "vehicles.finish-repair", "vehicles.take-out-of-service", "vehicles.put-back-into-service",
)  # fmt: skip
def test_a_repair_above_three_thousand_goes_to_a_meeting(bureau: Bureau) -> None:
    car, slip = a_car(bureau, a_unit(bureau), "宁C50001", 51), "WX-2024-017"
    bureau.does("vehicles.request-repair", car, effective="2024-03-01", slip=slip, fault="变速箱异响", odometer=52000)
    bureau.does("vehicles.take-out-of-service", car, effective="2024-03-01", cause="变速箱异响，停驶待修")
    early = bureau.refused(
        "vehicles.approve-repair", car, effective="2024-03-02", slip=slip, amount="800", garage="甲厂"
    )
    assert early.code == "repair-not-at-step"
    assert "“已申请”，此步骤要求“已鉴定”" in early.says
    bureau.does(
        "vehicles.judge-repair", car, effective="2024-03-02", slip=slip, judgement="同步器磨损", estimate="4600.00"
    )
    approval: dict[str, Any] = {"effective": "2024-03-05", "slip": slip, "amount": "4600.00", "garage": "定点维修厂"}
    problem = bureau.refused("vehicles.approve-repair", car, **approval)
    assert (problem.code, problem.field, problem.data["limit"]) == ("repair-needs-meeting", "/minutes", "3000.00")
    bureau.does("vehicles.approve-repair", car, minutes="局长办公会纪要〔2024〕6号", **approval)
    dear = bureau.refused(
        "vehicles.finish-repair", car, effective="2024-03-12", slip=slip, cost="4600.01", odometer=52004
    )
    assert dear.code == "repair-costs-more"
    bureau.does("vehicles.finish-repair", car, effective="2024-03-12", slip=slip, cost="4580.00", odometer=52004)
    bureau.does("vehicles.put-back-into-service", car, effective="2024-03-12")
    bureau.does("vehicles.request-repair", car, effective="2024-06-01", slip="WX-2024-041", fault="申请更换真皮座椅")
    bureau.does("vehicles.refuse-repair", car, effective="2024-06-02", slip="WX-2024-041", grounds="非必要装饰")
    seen = bureau.sees("vehicles", car)
    assert seen.members("repair") == {slip: "done", "WX-2024-041": "refused"}
    assert seen.history("condition") == ["roadworthy", "out-of-service", "roadworthy"]
    assert bureau.sees("vehicles", car, at="2024-03-08").of("repair_approved", slip) == "4600.00"
