"""People: joining, moving, leaving, and being erased."""

from __future__ import annotations

from domain.kernel.aggregate import BeginsTooLate
from domain.organisations import events as happened
from domain.organisations.person import Person, PersonErasedAlready, PersonNotEmployed
from domain.organisations.terms import Rank, StaffType
from domain.organisations.unit import Unit, UnitNotActive
from tests.domain.organisations.test_unit import a_unit
from tests.domain.scenario import an_id, day, given, mandate


def a_person(unit: Unit | None = None, since: str = "2021-03-01") -> Person:
    person = Person(an_id("马晓兰"))
    person.join(
        mandate(since), unit=unit or a_unit(), name="马晓兰", staff_type=StaffType.PUBLIC_POST, phone="0951-5050000"
    )
    person.collect_events()
    return person


def test_a_person_joins_a_unit_with_rank_and_staff_type() -> None:
    person, unit = Person(an_id("p")), a_unit()
    given(person).when(
        lambda p: p.join(mandate("2021-03-01"), unit=unit, name="马晓兰", staff_type=StaffType.VOLUNTEER)
    ).then((happened.PersonJoined, {"unit": unit.id, "staff_type": StaffType.VOLUNTEER, "rank": Rank.STAFF}))
    assert person.holders() == {unit.id: None}


def test_nobody_joins_a_unit_that_has_ended() -> None:
    unit = a_unit()
    unit.abolish(mandate("2022-01-01"))
    given(Person(an_id("p"))).refused(
        UnitNotActive, lambda p: p.join(mandate("2023-01-01"), unit=unit, name="甲", staff_type=StaffType.OTHER)
    )


def test_a_person_moves_on_a_day_to_come() -> None:
    there = a_unit("发改委")
    scenario = given(a_person()).when(lambda p: p.move(mandate("2027-01-01"), to=there))
    scenario.then((happened.PersonMoved, {"unit": there.id}))
    assert scenario.aggregate.unit_at(day("2026-12-31")) == an_id("财政厅")
    assert scenario.aggregate.unit_at(day("2027-01-01")) == there.id


def test_nobody_joined_after_they_left() -> None:
    person, unit = a_person(), a_unit()
    person.leave(mandate("2022-01-01"))
    person.begin_correction(1)
    given(person).refused(
        BeginsTooLate,
        lambda p: p.join(mandate("2023-01-01"), unit=unit, name="马晓兰", staff_type=StaffType.PUBLIC_POST),
    )


def test_nobody_moves_to_a_unit_that_has_ended() -> None:
    unit = a_unit("发改委")
    unit.abolish(mandate("2022-01-01"))
    given(a_person()).refused(UnitNotActive, lambda p: p.move(mandate("2023-01-01"), to=unit))


def test_rank_and_staff_type_are_kept_as_of_any_day() -> None:
    person = a_person()
    person.change_rank(mandate("2024-01-01"), rank=Rank.SECTION_DEPUTY)
    person.change_staff_type(mandate("2023-01-01"), staff_type=StaffType.ESTABLISHED)
    assert (person.rank_at(day("2023-12-31")), person.rank_at(day("2024-01-01"))) == (Rank.STAFF, Rank.SECTION_DEPUTY)
    assert person.staff_type_at(day("2022-12-31")) is StaffType.PUBLIC_POST


def test_one_who_left_has_no_rank_to_change_but_had_before() -> None:
    person = a_person()
    person.leave(mandate("2025-01-01"))
    given(person).refused(PersonNotEmployed, lambda p: p.change_rank(mandate("2025-02-01"), rank=Rank.STAFF))
    given(person).refused(PersonNotEmployed, lambda p: p.leave(mandate("2025-02-01")))
    given(person).refused(
        PersonNotEmployed, lambda p: p.change_staff_type(mandate("2025-02-01"), staff_type=StaffType.OTHER)
    )
    given(person).when(lambda p: p.change_rank(mandate("2024-01-01"), rank=Rank.SECTION_CHIEF)).then(
        happened.PersonRankChanged
    )


def test_one_who_left_comes_back_by_moving() -> None:
    person = a_person()
    person.leave(mandate("2025-01-01"))
    person.move(mandate("2025-06-01"), to=a_unit())
    assert person.unit_at(day("2025-03-01")) is None
    assert person.unit_at(day("2025-06-01")) == an_id("财政厅")


def test_a_person_changes_name_and_phone() -> None:
    person = a_person()
    given(person).when(lambda p: p.change_contact(mandate(), name="马晓岚", phone="138")).then(
        happened.PersonContactChanged
    )
    assert (person.name, person.phone) == ("马晓岚", "138")


def test_nothing_personal_is_added_to_one_who_was_erased() -> None:
    person = a_person()
    given(person).when(lambda p: p.erase(mandate())).then(happened.PersonErased)
    assert person.is_erased
    person.collect_events()
    given(person).refused(PersonErasedAlready, lambda p: p.change_contact(mandate(), name="某"))
    given(person).refused(PersonErasedAlready, lambda p: p.erase(mandate()))
