"""Titles: registered, filed, unknown, disputed, settled, transferred."""

from decimal import Decimal

import pytest

from domain.kernel.codes import CertificateNumberInvalid, EstateUnitCodeInvalid
from domain.kernel.events import FactCorrected
from domain.kernel.mandate import DocumentMissing
from domain.organisations.unit import UnitNotActive
from domain.premises import title as refused
from domain.premises.events import title as happened
from domain.premises.facets import CASE_NUMBER, CERTIFICATE, DISPUTED_WITH, OWNER
from domain.premises.premise import PeriodBackwards
from domain.premises.standing import BuildingNotStanding
from domain.premises.terms import TitleState
from tests.domain.premises import builders as b
from tests.domain.scenario import day, given, mandate


def filed(since: str = "2001-01-01") -> b.Told:
    return lambda it: it.file_title(mandate(since), owner=b.BUREAU, missing="建设档案在搬迁中遗失")


def disputed(since: str = "2015-01-01", until: str | None = None) -> b.Told:
    return lambda it: it.dispute_title(
        mandate(since),
        disputed_with="宁夏某建筑公司",
        case_number="(2015)宁01民初12号",
        until=day(until) if until else None,
    )


def settled(outcome: TitleState, certificate: str | None = None, since: str = "2018-01-01") -> b.Told:
    return lambda it: it.settle_title_dispute(mandate(since), outcome=outcome, owner=b.BUREAU, certificate=certificate)


def transferred(since: str = "2020-01-01") -> b.Told:
    return lambda it: it.transfer_title(mandate(since), to=b.CULTURE, certificate=b.ANOTHER_CERTIFICATE)


def unknown(since: str = "2010-01-01") -> b.Told:
    return lambda it: it.declare_title_unknown(mandate(since))


def test_a_title_is_registered_with_certificate_parcel_and_land() -> None:
    scenario = given(b.a_building()).when(
        lambda it: it.register_title(
            mandate("2005-01-01"),
            owner=b.BUREAU,
            certificate=b.CERTIFICATE,
            parcel="640104 001001 GB00001 F00010001",
            land_area=Decimal("2300.50"),
        )
    )
    scenario.then((happened.TitleRegistered, {"parcel": b.PARCEL, "land_area": Decimal("2300.50")}))
    assert scenario.aggregate.title_at(day("2004-01-01")) is TitleState.UNKNOWN
    assert scenario.aggregate.title_at(day("2006-01-01")) is TitleState.REGISTERED
    assert ("certificate", scenario.aggregate.at(CERTIFICATE, day("2006-01-01"))) in scenario.aggregate.claims()


def test_a_title_stands_on_a_document() -> None:
    given(b.a_building()).refused(
        DocumentMissing,
        lambda it: it.register_title(mandate(documents=()), owner=b.BUREAU, certificate=b.CERTIFICATE),
    )


def test_a_parcel_has_a_real_estate_unit_code() -> None:
    given(b.a_building()).refused(
        EstateUnitCodeInvalid,
        lambda it: it.register_title(mandate(), owner=b.BUREAU, certificate=b.CERTIFICATE, parcel="640104"),
    )


def test_a_certificate_number_is_printable() -> None:
    given(b.a_building()).refused(
        CertificateNumberInvalid,
        lambda it: it.register_title(mandate(), owner=b.BUREAU, certificate="宁\n1"),
    )


def test_a_certificate_is_replaced_for_the_same_owner_and_both_stay_claimed() -> None:
    building = b.a_titled_building(b.title_registered("2021-01-01", b.ANOTHER_CERTIFICATE))
    certificates = {value for scope, value in building.claims() if scope == "certificate"}
    assert len(certificates) == 2


def test_a_registered_title_changes_hands_only_by_transfer() -> None:
    given(b.a_titled_building()).refused(
        refused.TitleHeldByAnother,
        lambda it: it.register_title(mandate(), owner=b.CULTURE, certificate=b.ANOTHER_CERTIFICATE),
    )


def test_a_title_is_registered_to_a_unit_that_is_active() -> None:
    given(b.a_building()).refused(
        UnitNotActive,
        lambda it: it.register_title(mandate(), owner=b.an_abolished_unit(), certificate=b.CERTIFICATE),
    )


def test_a_title_without_records_is_filed_and_later_registered() -> None:
    scenario = given(b.a_building()).when(filed()).when(b.title_registered("2019-01-01"))
    scenario.then((happened.TitleFiled, {"missing": "建设档案在搬迁中遗失"}), happened.TitleRegistered)
    assert scenario.aggregate.title_at(day("2010-01-01")) is TitleState.FILED


def test_a_registered_title_is_not_filed() -> None:
    given(b.a_titled_building()).refused(refused.TitleRegisteredAlready, filed("2010-01-01"))


def test_a_title_is_declared_unknown_and_its_certificate_is_gone() -> None:
    scenario = given(b.a_titled_building()).when(unknown())
    scenario.then(happened.TitleDeclaredUnknown)
    assert scenario.aggregate.title_at(day("2011-01-01")) is TitleState.UNKNOWN
    assert scenario.aggregate.at(CERTIFICATE, day("2011-01-01")) is None
    assert scenario.aggregate.at(OWNER, day("2011-01-01")) == b.BUREAU.id


def test_an_open_dispute_covers_the_title_until_it_is_settled() -> None:
    building = b.a_titled_building()
    given(building).when(disputed()).then((happened.TitleDisputed, {"case_number": "(2015)宁01民初12号"}))
    assert building.title_at(day("2017-01-01")) is TitleState.DISPUTED
    given(building).when(settled(TitleState.REGISTERED)).then(
        (happened.TitleDisputeSettled, {"outcome": TitleState.REGISTERED, "parcel": b.PARCEL})
    )
    assert building.title_at(day("2019-01-01")) is TitleState.REGISTERED
    assert building.at(DISPUTED_WITH, day("2017-01-01")) == "宁夏某建筑公司"
    assert building.at(CASE_NUMBER, day("2019-01-01")) is None


def test_a_bounded_dispute_gives_way_to_the_title_before_it() -> None:
    building = b.a_titled_building(disputed("2015-01-01", until="2016-01-01"))
    assert building.title_at(day("2015-06-01")) is TitleState.DISPUTED
    assert building.title_at(day("2016-01-01")) is TitleState.REGISTERED


def test_a_dispute_does_not_end_before_it_begins() -> None:
    given(b.a_titled_building()).refused(PeriodBackwards, disputed("2015-01-01", until="2015-01-01"))


def test_a_late_dispute_slides_under_a_newer_title() -> None:
    building = b.a_building(b.title_registered("2012-01-01"), disputed("2008-01-01"))
    assert building.title_at(day("2010-01-01")) is TitleState.DISPUTED
    assert building.title_at(day("2013-01-01")) is TitleState.REGISTERED
    assert building.at(DISPUTED_WITH, day("2013-01-01")) is None


WHILE_DISPUTED: dict[str, b.Told] = {
    "register": b.title_registered("2016-01-01"),
    "file": filed("2016-01-01"),
    "unknown": unknown("2016-01-01"),
    "dispute": disputed("2016-01-01"),
}


@pytest.mark.parametrize("change", WHILE_DISPUTED.values(), ids=WHILE_DISPUTED)
def test_while_disputed_a_title_stays_as_it_is(change: b.Told) -> None:
    given(b.a_titled_building(disputed())).refused(refused.TitleInDispute, change)


def test_only_a_dispute_is_settled() -> None:
    given(b.a_titled_building()).refused(refused.TitleNotDisputed, settled(TitleState.REGISTERED))


def test_a_dispute_is_not_settled_as_disputed() -> None:
    given(b.a_titled_building(disputed())).refused(refused.SettledAsDisputed, settled(TitleState.DISPUTED))


def test_a_title_settled_as_registered_has_a_certificate() -> None:
    building = b.a_building(disputed())
    given(building).refused(refused.CertificateMissing, settled(TitleState.REGISTERED))
    given(building).when(settled(TitleState.REGISTERED, b.CERTIFICATE)).then(happened.TitleDisputeSettled)


def test_a_title_settled_as_unknown_keeps_no_certificate() -> None:
    given(b.a_titled_building(disputed())).when(settled(TitleState.UNKNOWN)).then(
        (happened.TitleDisputeSettled, {"certificate": None, "parcel": None})
    )


def test_a_title_is_transferred_with_a_new_certificate() -> None:
    scenario = given(b.a_titled_building()).when(transferred())
    scenario.then((happened.TitleTransferred, {"to": b.CULTURE.id, "parcel": b.PARCEL}))
    assert scenario.aggregate.at(OWNER, day("2021-01-01")) == b.CULTURE.id
    assert scenario.aggregate.holders() == {b.BUREAU.id: day("2020-01-01"), b.CULTURE.id: None}


NOT_REGISTERED: dict[str, b.Told] = {
    "filed": filed(),
    "unknown": unknown("2001-01-01"),
    "disputed": disputed("2001-01-01"),
}


@pytest.mark.parametrize("state", NOT_REGISTERED.values(), ids=NOT_REGISTERED)
def test_only_a_registered_title_is_transferred(state: b.Told) -> None:
    given(b.a_building(state)).refused(refused.TitleNotRegistered, transferred())


def test_a_wrong_certificate_is_corrected_and_set_free() -> None:
    scenario = given(b.a_titled_building()).correcting(2, b.title_registered("2001-01-01", b.ANOTHER_CERTIFICATE))
    scenario.then((FactCorrected, {"of": 2}))
    assert len({value for scope, value in scenario.aggregate.claims() if scope == "certificate"}) == 1


AFTER_THE_END: dict[str, b.Told] = {
    "register": b.title_registered("2024-01-01"),
    "file": filed("2024-01-01"),
    "unknown": unknown("2024-01-01"),
    "dispute": disputed("2024-01-01"),
    "settle": settled(TitleState.UNKNOWN, since="2024-01-01"),
    "transfer": transferred("2024-01-01"),
}


@pytest.mark.parametrize("change", AFTER_THE_END.values(), ids=AFTER_THE_END)
def test_the_title_of_a_building_that_is_gone_does_not_change(change: b.Told) -> None:
    given(b.a_demolished_building()).refused(BuildingNotStanding, change)
