"""A key for each person; without it what was sealed is gone, and all else stays."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from domain.kernel.saving import Conditions, KeyDestroyed
from infra.cluster import Urls
from infra.vault import ERASED, SealBroken
from tests.stores import Store, call, establish, established, opened, rows, run

FIELD = "organisations.PersonJoined.name"


@pytest.fixture(scope="module")
def store(module_database: Urls) -> Iterator[Store]:
    with opened(module_database.application) as found:
        yield found


def _destroy(store: Store, person: UUID) -> None:
    """As the registry does it: in the transaction of the event that tells of it."""
    store.append(established(), conditions=Conditions(erased=[person]))


@pytest.mark.parametrize("text", ["王小明", "", "a\x00b", "😀" * 500])
def test_what_was_sealed_opens_with_the_same_text(store: Store, text: str) -> None:
    person = uuid4()
    assert store.vault.unseal(person, FIELD, store.vault.seal(person, FIELD, text)) == text


def test_the_sealed_form_does_not_show_the_text_and_is_never_the_same_twice(store: Store) -> None:
    person = uuid4()
    one, other = (store.vault.seal(person, FIELD, "王小明") for _ in range(2))
    assert one != other
    assert "王小明" not in str(one)


def test_the_key_of_another_person_does_not_open(store: Store) -> None:
    person, other = uuid4(), uuid4()
    store.vault.seal(other, FIELD, "李四")
    sealed = store.vault.seal(person, FIELD, "王小明")
    with pytest.raises(SealBroken):
        store.vault.unseal(other, FIELD, sealed)


def test_a_field_moved_to_another_field_does_not_open(store: Store) -> None:
    person = uuid4()
    sealed = store.vault.seal(person, "organisations.PersonJoined.phone", "13812345678")
    with pytest.raises(SealBroken):
        store.vault.unseal(person, FIELD, sealed)


@pytest.mark.parametrize("damaged", ["", "AAAA", "!", "é", "A" * 80])
def test_a_damaged_seal_does_not_open(store: Store, damaged: str) -> None:
    person = uuid4()
    store.vault.seal(person, FIELD, "王小明")
    with pytest.raises(SealBroken):
        store.vault.unseal(person, FIELD, {"sealed": damaged})


def test_the_key_of_one_person_says_nothing_of_another(store: Store, module_database: Urls) -> None:
    one, other = uuid4(), uuid4()
    for person in (one, other):
        store.vault.seal(person, FIELD, "x")
    keys = rows(module_database.owner, "SELECT key FROM vault.person_keys WHERE subject = ANY (%s)", [one, other])
    assert len({bytes(key) for (key,) in keys}) == 2
    assert {len(key) for (key,) in keys} == {32}


def test_without_the_key_the_field_reads_as_erased(store: Store) -> None:
    person = uuid4()
    sealed = store.vault.seal(person, FIELD, "王小明")
    _destroy(store, person)
    assert store.vault.unseal(person, FIELD, sealed) == ERASED


def test_a_destroyed_key_is_never_made_anew(store: Store, module_database: Urls) -> None:
    person = uuid4()
    store.vault.seal(person, FIELD, "王小明")
    _destroy(store, person)
    with pytest.raises(KeyDestroyed) as refused:
        store.vault.seal(person, FIELD, "王小明")
    assert str(person) in refused.value.message_zh
    assert str(person) in refused.value.message_en
    found = rows(
        module_database.owner, "SELECT key, destroyed_at IS NOT NULL FROM vault.person_keys WHERE subject = %s", person
    )
    assert found == [(None, True)]


def test_a_person_without_a_key_is_erased_all_the_same(store: Store) -> None:
    """Or the first thing sealed afterwards would make a key for someone who is erased."""
    person = uuid4()
    _destroy(store, person)
    with pytest.raises(KeyDestroyed):
        store.vault.seal(person, FIELD, "王小明")


def test_destroying_a_key_twice_keeps_the_first_moment(store: Store, module_database: Urls) -> None:
    person = uuid4()
    store.vault.seal(person, FIELD, "王小明")
    _destroy(store, person)
    when = "SELECT destroyed_at FROM vault.person_keys WHERE subject = %s"
    first = rows(module_database.owner, when, person)
    _destroy(store, person)
    assert rows(module_database.owner, when, person) == first


def test_a_refused_command_destroys_no_key(store: Store) -> None:
    person, unit = uuid4(), uuid4()
    sealed = store.vault.seal(person, FIELD, "王小明")
    store.append(established(unit))
    with pytest.raises(Exception, match="changed"):
        store.append(established(unit), conditions=Conditions(erased=[person]))
    assert store.vault.unseal(person, FIELD, sealed) == "王小明"


def test_sixteen_who_need_a_new_key_at_once_get_the_same_one(store: Store, module_database: Urls) -> None:
    for _ in range(5):
        person, together = uuid4(), threading.Barrier(16)

        def seal(person: UUID = person, together: threading.Barrier = together) -> dict[str, str]:
            together.wait()
            return store.vault.seal(person, FIELD, "王小明")

        with ThreadPoolExecutor(16) as threads:
            sealed = [one.result() for one in [threads.submit(seal) for _ in range(16)]]
        assert {store.vault.unseal(person, FIELD, one) for one in sealed} == {"王小明"}
        assert rows(module_database.owner, "SELECT count(*) FROM vault.person_keys WHERE subject = %s", person) == [
            (1,)
        ]


def test_a_key_destroyed_by_another_process_opens_nothing_here(store: Store, module_database: Urls) -> None:
    person = uuid4()
    sealed = store.vault.seal(person, FIELD, "王小明")
    assert store.vault.unseal(person, FIELD, sealed) == "王小明"
    with opened(module_database.application) as other:
        _destroy(other, person)
    assert store.vault.unseal(person, FIELD, sealed) == ERASED


# A person's whole life, through the registry ----------------------------------------------------------------------------


def _a_person_with_a_past(store: Store) -> UUID:
    unit = store.execute(establish()).subject
    joined = store.execute(
        call("people.join", unit=unit, name="王小明", staff_type="established", phone="13812345678", id_number="6401")
    )
    person = joined.subject
    assert person is not None
    store.execute(call("people.change-contact", person, name="王晓明", phone="13912345678"))
    store.execute(call("people.change-contact", person, name="王晓铭", phone=None, corrects=store.recorder.head()))
    return person


def test_after_erasure_every_event_still_loads_without_what_was_personal(store: Store) -> None:
    person = _a_person_with_a_past(store)
    before = [(event.state, event.mandate) for event in store.recorder.events_of(person)]
    store.execute(call("people.erase", person))
    after = store.recorder.events_of(person)
    assert [(event.state, event.mandate) for event in after[:-1]] == before
    events = [store.mapper.to_domain_event(one) for one in store.recorder.select_events(person)]
    shown = "".join(map(repr, events))
    assert len(events) == 4
    assert shown.count(ERASED) == 6
    for secret in ("王小明", "王晓明", "王晓铭", "13812345678", "13912345678", "6401'"):
        assert secret not in shown


def test_the_key_is_destroyed_in_the_transaction_of_the_event_that_tells_of_it(
    store: Store, module_database: Urls
) -> None:
    person = _a_person_with_a_past(store)
    store.execute(call("people.erase", person))
    assert rows(module_database.owner, "SELECT key FROM vault.person_keys WHERE subject = %s", person) == [(None,)]


def test_of_an_erased_person_work_is_still_recorded_but_nothing_personal(store: Store) -> None:
    person = _a_person_with_a_past(store)
    birth = store.recorder.events_of(person)[0].position
    unit = store.execute(establish("新单位")).subject
    store.execute(call("people.erase", person))
    assert store.execute(call("people.move", person, to=unit)).lines
    again = call("people.join", person, unit=unit, name="王", staff_type="established", corrects=birth)
    with pytest.raises(KeyDestroyed):
        store.execute(again)


def test_the_key_table_can_be_lost_without_the_log_being_lost(database: Urls) -> None:
    """The keys lie apart from the log: a copy of the log without them is a log without people."""
    with opened(database.application) as store:
        person = _a_person_with_a_past(store)
        run(database.superuser, "TRUNCATE vault.person_keys")
        shown = repr([store.mapper.to_domain_event(one) for one in store.recorder.select_events(person)])
        assert "王" not in shown
