"""A command id is answered once: whatever repeats it gets the first answer and writes nothing."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from domain.kernel.saving import AlreadyAnswered, CommandIdReused, Conflict
from domain.registry import Answer
from infra.cluster import Urls
from tests.stores import Store, call, establish, established, opened, renamed


def test_a_repeated_command_returns_the_first_answer_and_writes_nothing(store: Store) -> None:
    command_id = uuid4()
    first = store.execute(establish(), command_id=command_id)
    store.execute(establish("另一单位"))
    head = store.recorder.head()
    again = store.execute(establish(), command_id=command_id)
    assert (again.lines, again.subject, again.command_id) == (first.lines, first.subject, command_id)
    assert (first.repeated, again.repeated) == (False, True)
    assert store.recorder.head() == head


def test_all_lines_of_a_batch_are_in_the_repeated_answer_and_no_others(store: Store) -> None:
    command_id = uuid4()
    batch = [establish(f"单位{number}") for number in range(5)]
    store.execute(establish())
    first = store.execute(*batch, command_id=command_id)
    store.execute(establish())
    assert store.execute(*batch, command_id=command_id).lines == first.lines
    assert len(first.lines) == 5


def test_a_repeat_that_its_own_first_run_makes_impossible_is_answered_all_the_same(store: Store) -> None:
    """The unit is abolished: by the very command that is repeated."""
    unit = store.execute(establish()).subject
    command_id = uuid4()
    first = store.execute(call("units.abolish", unit), command_id=command_id)
    assert store.execute(call("units.abolish", unit), command_id=command_id).lines == first.lines


def test_a_repeat_with_the_version_it_saw_then_is_answered_all_the_same(store: Store) -> None:
    unit = store.execute(establish()).subject
    command_id = uuid4()
    rename = call("units.rename", unit, name="新名", expected_version=1)
    first = store.execute(rename, command_id=command_id)
    store.execute(call("units.rename", unit, name="又新名"))
    assert store.execute(rename, command_id=command_id).lines == first.lines


def test_a_refused_command_may_be_sent_again_under_its_id(store: Store) -> None:
    unit, command_id = uuid4(), uuid4()
    with pytest.raises(Conflict):
        store.append(renamed(unit, 2), command_id=command_id)
    store.append(established(unit))
    assert store.append(renamed(unit, 2), command_id=command_id)


def test_the_same_id_with_another_request_is_refused_and_writes_nothing(store: Store) -> None:
    command_id = uuid4()
    store.execute(establish(), command_id=command_id, request="a" * 64)
    head = store.recorder.head()
    with pytest.raises(CommandIdReused):
        store.execute(establish(), command_id=command_id, request="b" * 64)
    with pytest.raises(CommandIdReused):
        store.execute(call("units.abolish", uuid4()), command_id=command_id, request="b" * 64)
    assert store.recorder.head() == head


def test_a_repeat_carries_its_conditions_out_no_second_time(store: Store) -> None:
    holder, command_id = uuid4(), uuid4()
    first = store.append(established(holder), command_id=command_id)
    store.append(renamed(holder, 2))
    with pytest.raises(AlreadyAnswered) as answered:
        store.append(renamed(holder, 3), command_id=command_id, request="something else")
    assert [line.position for line in answered.value.lines] == first
    assert answered.value.request == "asked"


def test_the_same_id_from_eight_threads_at_once_writes_once(store: Store, module_database: Urls) -> None:
    """From two processes' worth of connections, so that both meet: in one shared commit, and in two."""
    with opened(module_database.application) as other:
        for _ in range(10):
            command_id, together, head = uuid4(), threading.Barrier(8), store.recorder.head()

            def send(through: Store, command_id: UUID = command_id, together: threading.Barrier = together) -> Answer:
                together.wait()
                return through.execute(establish(), establish(), command_id=command_id)

            with ThreadPoolExecutor(8) as threads:
                answers = [one.result() for one in [threads.submit(send, (store, other)[n % 2]) for n in range(8)]]
            assert len({answer.lines for answer in answers}) == 1
            assert [answer.repeated for answer in answers].count(False) == 1
            assert store.recorder.head() == head + 2


def test_one_id_for_different_requests_at_once_is_written_for_one_and_refused_to_the_others(store: Store) -> None:
    command_id, together, head = uuid4(), threading.Barrier(8), store.recorder.head()

    def send(number: int) -> bool:
        together.wait()
        try:
            store.execute(establish(f"单位{number}"), command_id=command_id, request=f"{number}" * 64)
        except CommandIdReused:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        written = [one.result() for one in [threads.submit(send, number) for number in range(8)]]
    assert written.count(True) == 1
    assert store.recorder.head() == head + 1
    row = store.recorder.event_at(head + 1)
    assert row is not None
    assert f"{written.index(True)}" * 64 in row.mandate.decode()
