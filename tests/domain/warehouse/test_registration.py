"""Items in the books of a unit: registered, renumbered, reclassified, revalued."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.kernel.codes import AssetClassInvalid
from domain.kernel.commands import AlreadyExists, DoesNotExist, EarlierThanItself
from domain.kernel.events import FactCorrected
from domain.kernel.mandate import DocumentMissing, EffectiveInFuture
from domain.organisations.person import PersonNotEmployed
from domain.organisations.unit import UnitNotActive
from domain.warehouse import item_events as happened
from domain.warehouse.facets import ASSET_CLASS, ASSET_NUMBER, MINIMUM_LIFE, OWNER, USING_UNIT, VALUE
from domain.warehouse.item import Item
from domain.warehouse.item_life import NotStated, StepNotAllowed
from domain.warehouse.life import StatedBeforeBeginning, day_of
from domain.warehouse.registration import BoughtAfterRegistration, PriceAboveCeiling
from domain.warehouse.standards import standard
from domain.warehouse.terms import ItemStatus
from tests.domain.scenario import an_id, day, given, mandate
from tests.domain.warehouse.situations import (
    DISPOSED,
    IN_STORE,
    a_person,
    a_unit,
    an_item,
    contradicts,
    registered,
)


def test_an_asset_is_registered_with_its_owner_and_minimum_life() -> None:
    scenario = given(Item(an_id("i"))).when(registered())
    scenario.then((happened.ItemRegistered, {"minimum_life": 6, "life_source": "财资〔2016〕27号"}))
    item = scenario.aggregate
    assert item.status_at(day("2021-01-01")) is ItemStatus.WITH_UNIT
    assert item.at(OWNER, day("2021-01-01")) == item.at(USING_UNIT, day("2021-01-01")) == a_unit().id
    assert item.holders() == {a_unit().id: None}
    assert item.claims() == {("asset-number", "CZT-A02010105-2020-0017")}


def test_a_minimum_life_that_is_given_prevails_over_the_standard() -> None:
    scenario = given(Item(an_id("i"))).when(registered(minimum_life=8))
    scenario.then((happened.ItemRegistered, {"minimum_life": 8, "life_source": None}))


@pytest.mark.parametrize(
    ("asset_class", "bought", "years"),
    [
        ("A02010105", date(2020, 1, 1), 6),
        ("A05010301", date(2020, 1, 1), 15),
        ("A05010502", date(2020, 1, 1), 20),
        ("A02010105", date(2016, 5, 16), None),
        ("A02010105", date(2016, 5, 17), 6),
        ("A04000000", date(2020, 1, 1), None),
    ],
)
def test_the_standard_in_force_on_the_day_of_purchase_gives_the_life(
    asset_class: str, bought: date, years: int | None
) -> None:
    found = standard(asset_class, bought)
    assert (found.years if found else None) == years


def test_a_price_above_the_ceiling_is_recorded_with_a_warning() -> None:
    dear, fair = an_item(registered(value=9000)), an_item(registered(value=5000))
    assert [type(notice) for notice in dear.notices] == [PriceAboveCeiling]
    assert "5000" in dear.notices[0].message_zh
    assert fair.notices == []


def test_an_asset_is_registered_once() -> None:
    given(Item(an_id("i")), registered()).refused(AlreadyExists, registered())


def test_an_asset_class_has_the_form_of_the_standard() -> None:
    given(Item(an_id("i"))).refused(AssetClassInvalid, registered(asset_class="2010105"))
    given(an_item()).refused(AssetClassInvalid, lambda i: i.reclassify(mandate(), asset_class="A02"))


def test_an_asset_is_not_registered_before_it_was_bought() -> None:
    given(Item(an_id("i"))).refused(BoughtAfterRegistration, registered("2020-02-19"))


def test_an_owner_exists_and_a_custodian_is_in_a_post() -> None:
    given(Item(an_id("i"))).refused(UnitNotActive, registered_by_an_ended_unit)
    given(Item(an_id("i"))).refused(PersonNotEmployed, registered_with_a_custodian_who_left)


def registered_by_an_ended_unit(item: Item) -> None:
    ended = a_unit("旧局")
    ended.abolish(mandate("2016-01-01"))
    item.register(
        mandate("2020-03-01"),
        asset_number="1",
        asset_class="A02010105",
        name="机",
        value=Decimal(1),
        bought=date(2020, 1, 1),
        owner=ended,
    )


def registered_with_a_custodian_who_left(item: Item) -> None:
    gone = a_person("赵六")
    gone.leave(mandate("2019-01-01"))
    item.register(
        mandate("2020-03-01"),
        asset_number="1",
        asset_class="A02010105",
        name="机",
        value=Decimal(1),
        bought=date(2020, 1, 1),
        owner=a_unit(),
        custodian=gone,
    )


def test_nothing_happens_to_an_item_that_is_not_there_or_not_there_yet() -> None:
    given(Item(an_id("i"))).refused(DoesNotExist, lambda i: i.renumber(mandate(), asset_number="2"))
    given(an_item()).refused(EarlierThanItself, lambda i: i.renumber(mandate("2019-01-01"), asset_number="2"))


def test_a_new_number_is_claimed_in_place_of_the_old() -> None:
    scenario = given(an_item()).when(lambda i: i.renumber(mandate("2024-01-01"), asset_number="NEW-1"))
    scenario.then((happened.ItemRenumbered, {"asset_number": "NEW-1"}))
    assert scenario.aggregate.claims() == {("asset-number", "NEW-1")}
    assert scenario.aggregate.at(ASSET_NUMBER, day("2023-01-01")) == "CZT-A02010105-2020-0017"


def test_the_number_of_what_is_disposed_of_is_not_given_again() -> None:
    assert an_item(*DISPOSED).claims() == {("asset-number", "CZT-A02010105-2020-0017")}


def test_an_item_is_reclassified() -> None:
    scenario = given(an_item()).when(lambda i: i.reclassify(mandate("2024-01-01"), asset_class="a02010108"))
    scenario.then((happened.ItemReclassified, {"asset_class": "A02010108"}))
    assert scenario.aggregate.at(ASSET_CLASS, day("2024-01-01")) == "A02010108"


def test_a_late_revaluation_slides_under_a_newer_one() -> None:
    item = an_item()
    item.revalue(mandate("2024-01-01"), value=Decimal(3000), note="评估")
    item.revalue(mandate("2022-01-01"), value=Decimal(4000), note="评估")
    assert item.at(VALUE, day("2023-01-01")) == Decimal(4000)
    assert item.at(VALUE, day("2025-01-01")) == Decimal(3000)


def test_a_value_changes_on_a_document_and_not_in_the_future() -> None:
    scenario = given(an_item())
    scenario.refused(DocumentMissing, lambda i: i.revalue(mandate(documents=()), value=Decimal(1), note="评估"))
    scenario.refused(EffectiveInFuture, lambda i: i.revalue(mandate("2027-01-01"), value=Decimal(1), note="评估"))
    scenario.when(lambda i: i.revalue(mandate("2024-01-01"), value=Decimal(1), note="评估")).then(happened.ItemRevalued)


def test_the_books_of_what_is_disposed_of_are_closed_from_then_on() -> None:
    item = an_item(*DISPOSED)
    given(item).refused(StepNotAllowed, lambda i: i.renumber(mandate("2025-07-01"), asset_number="2"))
    given(item).refused(StepNotAllowed, lambda i: i.reclassify(mandate("2025-07-01"), asset_class="A02010108"))
    given(item).refused(StepNotAllowed, lambda i: i.revalue(mandate("2025-07-01"), value=Decimal(1), note="x"))
    given(item).when(lambda i: i.renumber(mandate("2024-07-01"), asset_number="2")).then(happened.ItemRenumbered)


def test_a_wrong_registration_is_corrected_and_what_followed_stays() -> None:
    scenario = given(an_item(*IN_STORE))
    scenario.correcting(1, registered(minimum_life=9)).then((FactCorrected, {"of": 1}))
    assert scenario.aggregate.at(MINIMUM_LIFE, day("2024-06-01")) == 9
    assert scenario.aggregate.status_at(day("2024-06-01")) is ItemStatus.STORED


def test_a_corrected_registration_does_not_begin_after_what_followed() -> None:
    item = an_item(*IN_STORE)
    item.begin_correction(1)
    contradicts(item, StatedBeforeBeginning, lambda: registered("2024-01-11")(item))


def test_a_registration_corrected_to_the_moment_of_what_followed_still_comes_before_it() -> None:
    scenario = given(an_item(*IN_STORE[:2]))
    scenario.correcting(1, registered("2024-01-10")).then((FactCorrected, {"of": 1}))


def test_a_registration_cannot_be_corrected_to_after_what_followed() -> None:
    item = an_item(*IN_STORE[:2])
    item.begin_correction(1)
    contradicts(item, StatedBeforeBeginning, lambda: registered("2024-01-11")(item))


def test_nobody_owns_what_is_disposed_of() -> None:
    given(an_item(*DISPOSED)).refused(NotStated, lambda i: i.required(OWNER, day("2026-01-01")))


def test_a_day_in_china_begins_eight_hours_before_utc_and_the_calendar_has_edges() -> None:
    assert day_of(day("2024-01-01").replace(hour=17)) == date(2024, 1, 2)
    assert day_of(day("9999-12-31").replace(hour=23)) == date(9999, 12, 31)
