"""Units: established, renamed, reorganised, ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from domain.kernel.aggregate import BeginsTooLate, CorrectsAnother, MoreStands, NothingToCorrect
from domain.kernel.codes import CreditCodeSuspect
from domain.kernel.commands import AlreadyExists, DoesNotExist, EarlierThanItself
from domain.kernel.events import FactCorrected, FactWithdrawn
from domain.kernel.mandate import DocumentMissing, EffectiveInFuture
from domain.organisations import events as happened
from domain.organisations.events import NAME, PARENT
from domain.organisations.terms import Level, Rank, UnitKind
from domain.organisations.unit import NewUnit, Unit, UnitActsLater, UnitNotActive, UnitUnderItself
from tests.domain.scenario import an_id, day, given, mandate

FINANCE = NewUnit(name="自治区财政厅", unit_kind=UnitKind.GOVERNMENT, level=Level.PROVINCE, division="640000")


def established(since: str = "2020-01-01", unit: NewUnit = FINANCE) -> Callable[[Unit], None]:
    return lambda it: it.establish(mandate(since), unit=unit)


def a_unit(name: str = "财政厅", since: str = "2020-01-01") -> Unit:
    unit = Unit(an_id(name))
    established(since)(unit)
    unit.collect_events()
    return unit


def test_a_unit_is_established() -> None:
    given(Unit(an_id("u"))).when(established()).then(
        (happened.UnitEstablished, {"name": "自治区财政厅", "parent": None})
    )


def test_a_unit_is_established_once() -> None:
    given(Unit(an_id("u")), established()).refused(AlreadyExists, established())


def test_a_suspect_credit_code_is_recorded_with_a_warning() -> None:
    unit = Unit(an_id("u"))
    unit.establish(
        mandate(),
        unit=NewUnit(
            name="某局",
            credit_code="114415000072404700",
            unit_kind=UnitKind.OTHER,
            level=Level.COUNTY,
            division="640104",
        ),
    )
    assert [type(notice) for notice in unit.notices] == [CreditCodeSuspect]


def test_nothing_happens_to_a_unit_that_is_not_there() -> None:
    given(Unit(an_id("u"))).refused(DoesNotExist, lambda u: u.rename(mandate(), name="新名"))


def test_a_rename_needs_a_document() -> None:
    given(a_unit()).refused(DocumentMissing, lambda u: u.rename(mandate(documents=()), name="新名"))


def test_a_rename_cannot_be_told_before_it_happens() -> None:
    given(a_unit()).refused(EffectiveInFuture, lambda u: u.rename(mandate("2027-01-01"), name="新名"))


def test_a_unit_has_no_past_before_it_was_established() -> None:
    given(a_unit()).refused(EarlierThanItself, lambda u: u.rename(mandate("2019-01-01"), name="旧名"))


def test_a_late_rename_slides_under_a_newer_one() -> None:
    unit = a_unit()
    unit.rename(mandate("2024-01-01"), name="新名")
    unit.rename(mandate("2022-01-01"), name="中间名")
    assert unit.at(NAME, day("2023-01-01")) == "中间名"
    assert unit.at(NAME, day("2025-01-01")) == "新名"


def test_a_wrong_rename_is_corrected_by_an_event() -> None:
    scenario = given(a_unit(), lambda u: u.rename(mandate("2024-01-01"), name="错名"))
    scenario.correcting(2, lambda u: u.rename(mandate("2024-06-01"), name="对名")).then((FactCorrected, {"of": 2}))
    assert scenario.aggregate.at(NAME, day("2024-03-01")) == "自治区财政厅"
    assert scenario.aggregate.at(NAME, day("2024-07-01")) == "对名"


def test_a_correction_repeats_the_command_it_corrects() -> None:
    scenario = given(a_unit(), lambda u: u.rename(mandate("2024-01-01"), name="错名"))
    scenario.aggregate.begin_correction(2)
    scenario.refused(CorrectsAnother, lambda u: u.assign_code(mandate(), credit_code="1144150000724047XL"))


def test_a_fact_is_corrected_once_and_then_its_correction() -> None:
    unit = a_unit()
    unit.rename(mandate("2024-01-01"), name="错名")
    unit.begin_correction(2)
    unit.rename(mandate("2024-01-01"), name="又错")
    unit.collect_events()
    given(unit).refused(NothingToCorrect, lambda u: u.begin_correction(2))
    given(unit).correcting(3, lambda u: u.rename(mandate("2024-01-01"), name="对名")).then((FactCorrected, {"of": 3}))
    assert unit.at(NAME, day("2024-02-01")) == "对名"


def test_a_rename_that_never_happened_is_withdrawn() -> None:
    scenario = given(a_unit(), lambda u: u.rename(mandate("2024-01-01"), name="错名"))
    scenario.when(lambda u: u.withdraw(mandate(), of=2)).then((FactWithdrawn, {"of": 2}))
    assert scenario.aggregate.at(NAME, day("2025-01-01")) == "自治区财政厅"


def test_the_establishment_itself_is_withdrawn_last_and_then_the_unit_never_was() -> None:
    unit = a_unit()
    unit.rename(mandate("2024-01-01"), name="错名")
    unit.collect_events()
    given(unit).refused(MoreStands, lambda u: u.withdraw(mandate(), of=1))
    given(unit, lambda u: u.withdraw(mandate(), of=2)).when(lambda u: u.withdraw(mandate(), of=1)).then(
        (FactWithdrawn, {"of": 1})
    )
    assert unit.never_was
    given(unit).refused(DoesNotExist, lambda u: u.rename(mandate(), name="再名"))
    given(unit).refused(AlreadyExists, established())


def test_a_unit_moves_under_another_parent() -> None:
    parent = a_unit("政府")
    scenario = given(a_unit()).when(lambda u: u.move_under(mandate("2023-01-01"), parent=parent, above=(parent,)))
    scenario.then((happened.UnitMovedUnder, {"parent": parent.id}))
    assert scenario.aggregate.at(PARENT, day("2022-12-31")) is None
    assert scenario.aggregate.holders() == {parent.id: None}


def test_a_unit_is_not_placed_under_itself() -> None:
    unit = a_unit()
    given(unit).refused(UnitUnderItself, lambda u: u.move_under(mandate(), parent=unit, above=(unit,)))


def test_a_corrected_establishment_does_not_place_a_unit_under_itself() -> None:
    unit, below = a_unit(), a_unit("下级单位")
    unit.begin_correction(1)
    given(unit).refused(
        UnitUnderItself, lambda u: u.establish(mandate("2020-01-01"), unit=FINANCE, parent=below, above=(below, u))
    )


def test_a_unit_may_move_late_under_a_parent_whose_own_parent_is_younger() -> None:
    parent, young = a_unit("政府"), Unit(an_id("管委会"))
    young.establish(mandate("2024-01-01"), unit=FINANCE)
    scenario = given(a_unit()).when(lambda u: u.move_under(mandate("2023-01-01"), parent=parent, above=(parent, young)))
    scenario.then((happened.UnitMovedUnder, {"parent": parent.id}))


def test_a_unit_did_not_begin_after_what_is_recorded_of_it() -> None:
    unit = a_unit()
    unit.rename(mandate("2021-01-01"), name="新名")
    unit.begin_correction(1)
    given(unit).refused(BeginsTooLate, lambda u: u.establish(mandate("2022-01-01"), unit=FINANCE))


def test_a_split_brings_new_units_under_the_same_parent() -> None:
    whole, part = a_unit(), Unit(an_id("part"))
    given(whole).when(lambda u: u.split(mandate(), parts=(FINANCE,), units=(part,))).then(
        (happened.UnitSplit, {"into": (part.id,)})
    )
    assert [type(event) for event in part.pending] == [happened.UnitEstablished]


def test_a_merged_unit_must_hold_nothing_and_does_nothing_more() -> None:
    into = a_unit("发改委")
    scenario = given(a_unit()).when(lambda u: u.merge_into(mandate("2025-01-01"), successor=into))
    scenario.then((happened.UnitMergedInto, {"successor": into.id}))
    assert scenario.aggregate.emptied_from == day("2025-01-01")
    assert [type(event) for event in into.pending] == [happened.UnitAbsorbed]
    given(scenario.aggregate).refused(UnitNotActive, lambda u: u.rename(mandate(), name="新名"))


def test_what_happened_before_a_unit_ended_can_still_be_told() -> None:
    unit = a_unit()
    unit.abolish(mandate("2025-01-01"))
    given(unit).when(lambda u: u.rename(mandate("2024-01-01"), name="旧名")).then(happened.UnitRenamed)


def test_a_unit_cannot_end_before_something_it_did_later() -> None:
    given(a_unit(), lambda u: u.rename(mandate("2024-01-01"), name="新名")).refused(
        UnitActsLater, lambda u: u.abolish(mandate("2023-01-01"))
    )


def test_establishments_are_kept_by_rank_and_by_vehicle_category() -> None:
    scenario = given(a_unit()).when(lambda u: u.set_staff_establishment(mandate(), rank=Rank.STAFF, posts=30))
    scenario.when(lambda u: u.set_vehicle_establishment(mandate(), category="emergency", vehicles=2))
    scenario.then((happened.StaffEstablishmentSet, {"posts": 30}), (happened.VehicleEstablishmentSet, {"vehicles": 2}))


def test_correcting_one_thing_does_not_bring_back_what_was_recorded_after_it_for_the_same_day() -> None:
    unit = a_unit()
    unit.rename(mandate("2020-01-01"), name="新名")
    unit.begin_correction(1)
    unit.establish(mandate("2020-01-01"), unit=replace(FINANCE, division="640100"))
    assert unit.at(NAME, day("2021-01-01")) == "新名"
