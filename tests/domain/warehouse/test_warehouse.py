"""Warehouses: opened, moved, shelved, kept, closed."""

from __future__ import annotations

from collections.abc import Callable

from domain.kernel.codes import DivisionUnknown
from domain.kernel.commands import AlreadyExists, DoesNotExist
from domain.kernel.events import FactCorrected, FactWithdrawn
from domain.kernel.mandate import DocumentMissing, EffectiveInFuture
from domain.kernel.places import CoordinateSystem, DeclaredPoint
from domain.organisations.person import PersonNotEmployed
from domain.organisations.unit import UnitNotActive
from domain.warehouse import warehouse_events as happened
from domain.warehouse.facets import ADDRESS, KEEPER, MANAGING_UNIT, NAME, PLACE, SHELVES, WAREHOUSE_STATUS
from domain.warehouse.life import EndsBeforeLaterFacts, StatedBeforeBeginning
from domain.warehouse.terms import WarehouseForm, WarehouseStatus
from domain.warehouse.warehouse import (
    PhysicalNeedsAddress,
    ShelfExists,
    ShelfUnknown,
    VirtualHasNoShelves,
    Warehouse,
    WarehouseClosesLater,
    WarehouseNotOpen,
)
from tests.domain.scenario import an_id, day, given, mandate
from tests.domain.warehouse.situations import (
    a_closed_warehouse,
    a_person,
    a_unit,
    a_warehouse,
    contradicts,
    open_warehouse,
)

HERE = DeclaredPoint(system=CoordinateSystem.CGCS2000, x=106.24, y=38.47)


def renamed(when: str, name: str = "新名公物仓") -> Callable[[Warehouse], None]:
    return lambda it: it.rename(mandate(when), name=name)


def test_a_warehouse_is_opened_by_its_managing_unit() -> None:
    scenario = given(Warehouse(an_id("w"))).when(open_warehouse())
    scenario.then((happened.WarehouseOpened, {"form": WarehouseForm.PHYSICAL, "division": "640106"}))
    assert scenario.aggregate.holders() == {a_unit("机关事务管理局").id: None}


def test_a_warehouse_is_opened_once_on_a_document() -> None:
    given(Warehouse(an_id("w")), open_warehouse()).refused(AlreadyExists, open_warehouse())
    given(Warehouse(an_id("w"))).refused(
        DocumentMissing,
        lambda w: w.open(
            mandate(documents=()), name="仓", form=WarehouseForm.VIRTUAL, managing_unit=a_unit(), division="640106"
        ),
    )


def test_a_warehouse_lies_in_a_known_division() -> None:
    given(a_warehouse()).refused(
        DivisionUnknown, lambda w: w.move(mandate("2024-01-01"), division="649999", address="某路 1 号")
    )


def test_nothing_happens_to_a_warehouse_that_is_not_there() -> None:
    given(Warehouse(an_id("w"))).refused(DoesNotExist, renamed("2024-01-01"))


def test_a_physical_warehouse_needs_an_address() -> None:
    warehouse = a_warehouse()
    contradicts(warehouse, PhysicalNeedsAddress, lambda: warehouse.move(mandate("2024-01-01"), division="640106"))


def test_a_virtual_warehouse_has_no_address_and_no_shelves() -> None:
    warehouse = a_warehouse("虚拟仓", WarehouseForm.VIRTUAL)
    assert warehouse.at(ADDRESS, day("2024-01-01")) is None
    contradicts(warehouse, VirtualHasNoShelves, lambda: warehouse.add_shelf(mandate("2024-01-01"), shelf="A-01"))


def test_a_managing_unit_must_exist() -> None:
    ended = a_unit("旧局")
    ended.abolish(mandate("2016-01-01"))
    given(a_warehouse()).refused(UnitNotActive, lambda w: w.hand_over(mandate("2024-01-01"), to=ended))


def test_a_late_renaming_slides_under_a_newer_one() -> None:
    warehouse = given(a_warehouse(), renamed("2024-01-01"), renamed("2022-01-01", "中间名")).aggregate
    assert warehouse.at(NAME, day("2023-01-01")) == "中间名"
    assert warehouse.at(NAME, day("2025-01-01")) == "新名公物仓"


def test_a_renaming_cannot_be_told_before_it_happens() -> None:
    given(a_warehouse()).refused(EffectiveInFuture, renamed("2027-01-01"))


def test_a_wrong_renaming_is_corrected_and_a_false_one_withdrawn() -> None:
    scenario = given(a_warehouse(), renamed("2024-01-01"), renamed("2025-01-01", "误"))
    scenario.correcting(3, renamed("2024-06-01", "对名")).when(lambda w: w.withdraw(mandate(), of=4))
    scenario.then((FactCorrected, {"of": 3}), (FactWithdrawn, {"of": 4}))
    assert scenario.aggregate.at(NAME, day("2024-03-01")) == "区直机关公物仓"
    assert scenario.aggregate.at(NAME, day("2026-01-01")) == "对名"


def test_a_corrected_opening_does_not_leave_facts_before_it() -> None:
    warehouse = given(a_warehouse(), renamed("2019-01-01")).aggregate
    warehouse.begin_correction(1)
    contradicts(warehouse, StatedBeforeBeginning, lambda: open_warehouse(since="2020-01-01")(warehouse))


def test_a_warehouse_moves_with_its_place_as_declared() -> None:
    scenario = given(a_warehouse()).when(
        lambda w: w.move(mandate("2024-01-01"), division="640104", address="文化街 2 号", place=HERE)
    )
    scenario.then((happened.WarehouseMoved, {"division": "640104"}))
    place = scenario.aggregate.at(PLACE, day("2024-01-02"))
    assert place is not None
    assert '"coordinates":[106.24,38.47]' in place.raw


def test_another_unit_takes_a_warehouse_over_also_later() -> None:
    to = a_unit("财政厅国资中心")
    scenario = given(a_warehouse()).when(lambda w: w.hand_over(mandate("2027-01-01"), to=to))
    scenario.then((happened.WarehouseHandedOver, {"managing_unit": to.id}))
    assert scenario.aggregate.at(MANAGING_UNIT, day("2026-12-31")) == a_unit("机关事务管理局").id
    assert scenario.aggregate.holders() == {a_unit("机关事务管理局").id: day("2027-01-01"), to.id: None}


def test_a_shelf_is_added_once_and_again_after_it_was_removed() -> None:
    scenario = given(a_warehouse())
    scenario.refused(ShelfExists, lambda w: w.add_shelf(mandate("2024-01-01"), shelf="A-01"))
    scenario.refused(ShelfUnknown, lambda w: w.remove_shelf(mandate("2024-01-01"), shelf="B-09"))
    scenario.when(lambda w: w.remove_shelf(mandate("2024-01-01"), shelf="A-01"))
    scenario.when(lambda w: w.add_shelf(mandate("2025-01-01"), shelf="A-01"))
    scenario.then(happened.ShelfRemoved, (happened.ShelfAdded, {"shelf": "A-01"}))
    assert scenario.aggregate.members(SHELVES, day("2024-06-01")) == {}
    assert scenario.aggregate.members(SHELVES, day("2025-06-01")) == {"A-01": True}


def test_a_keeper_is_someone_in_a_post() -> None:
    keeper, gone = a_person("王芳"), a_person("赵六")
    gone.leave(mandate("2020-01-01"))
    scenario = given(a_warehouse())
    scenario.refused(PersonNotEmployed, lambda w: w.appoint_keeper(mandate("2024-01-01"), keeper=gone))
    scenario.when(lambda w: w.appoint_keeper(mandate("2024-01-01"), keeper=keeper))
    scenario.then((happened.KeeperAppointed, {"keeper": keeper.id}))
    assert scenario.aggregate.at(KEEPER, day("2024-01-02")) == keeper.id


def test_a_warehouse_closes_when_nothing_is_kept_in_it_and_does_nothing_more() -> None:
    scenario = given(a_warehouse()).when(lambda w: w.close(mandate("2025-01-01"))).then(happened.WarehouseClosed)
    warehouse = scenario.aggregate
    assert warehouse.emptied_from == day("2025-01-01")
    assert warehouse.at(WAREHOUSE_STATUS, day("2025-01-01")) is WarehouseStatus.CLOSED
    assert warehouse.holders() == {a_unit("机关事务管理局").id: day("2025-01-01")}
    given(warehouse).refused(WarehouseNotOpen, renamed("2025-02-01"))


def test_what_happened_before_a_warehouse_closed_can_still_be_told() -> None:
    given(a_closed_warehouse("2025-01-01")).when(renamed("2024-01-01")).then(happened.WarehouseRenamed)


def test_a_late_closing_does_not_contradict_what_is_recorded_later() -> None:
    warehouse = given(a_warehouse(), renamed("2025-06-01")).aggregate
    contradicts(warehouse, EndsBeforeLaterFacts, lambda: warehouse.close(mandate("2025-01-01")))


def test_nothing_is_put_for_good_into_a_warehouse_that_has_closed_since() -> None:
    warehouse = a_closed_warehouse("2025-01-01")
    given(warehouse).refused(WarehouseClosesLater, lambda w: w.require_lasting(day("2024-01-01")))
    given(warehouse).refused(WarehouseNotOpen, lambda w: w.require_lasting(day("2026-01-01")))
