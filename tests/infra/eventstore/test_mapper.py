"""Events to stored bytes and back: the same event, or a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID, uuid4

import msgspec
import pytest
from eventsourcing.persistence import StoredEvent

from domain.kernel.events import EVENTS, Event, FactCorrected, Statement, recorded_as
from domain.kernel.labels import Term
from domain.organisations.events import PersonContactChanged, PersonJoined
from domain.organisations.terms import Rank, StaffType
from infra.eventstore.mapper import UnreadableRecord, UnstorableValue
from tests.domain.scenario import day
from tests.stores import MANDATE, Store, established, renamed

MOMENT = datetime(2026, 3, 1, 8, 30, 15, 123456, tzinfo=timezone(timedelta(hours=8)))


class Colour(Term):
    RED = "red", "红", "Red"


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    share: Decimal


class Everything(Event, frozen=True):
    """One field of every shape that events use."""

    text: str = ""
    number: int = 0
    ratio: float = 0.0
    money: Decimal = Decimal(0)
    moment: datetime = MOMENT
    day: date = date(2026, 3, 1)
    id: UUID = UUID(int=0)
    ids: tuple[UUID, ...] = ()
    pairs: tuple[tuple[str, int], ...] = ()
    parts: tuple[Part, ...] = ()
    colour: Colour | None = None
    flag: bool = False
    shape: dict[str, Any] = msgspec.field(default_factory=dict)


class Grown(Event, frozen=True):
    """Its first version had one field less and another name for the other."""

    class_version: ClassVar[int] = 2

    name: str
    floors: int

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        state["name"] = state.pop("title")
        state["floors"] = 1


@pytest.fixture(autouse=True)
def temporary_types() -> Iterator[None]:
    """Two event types that exist for the length of a test."""
    recorded_as("test.Everything", correctable=True)(Everything)
    recorded_as("test.Grown")(Grown)
    yield
    del EVENTS["test.Everything"], EVENTS["test.Grown"]


def _everything(**said: Any) -> Everything:
    return Everything(originator_id=uuid4(), originator_version=1, effective=MANDATE.effective, **said)


def _stored(event: Event, state: bytes) -> StoredEvent:
    return StoredEvent(event.originator_id, event.originator_version, event.topic, state)


def _returned(store: Store, event: Event) -> Event:
    """By way of the database, as every event comes back."""
    store.append(event)
    return store.mapper.to_domain_event(store.recorder.select_events(event.originator_id)[-1])


FAITHFUL = {
    "Chinese": {"text": "宁夏回族自治区机关事务管理局〔2026〕十七号"},
    "rare Chinese": {"text": "𠮷𪚥㐀 \U0002b820"},
    "emoji": {"text": "🏛️👩🏽‍💼🇨🇳"},
    "control characters": {"text": "".join(map(chr, range(32))) + "\x7f\x80\x9f\u2028\u2029\ufeff\ufffe\uffff"},
    "NUL": {"text": "a\x00b"},
    "quotes": {"text": "\"'\\ \\u0000 %s $1 :x {}"},
    "right to left": {"text": "\u202eabc\u202c \u05d0"},
    "not normalised": {"text": "e\u0301 ﬁ Å"},
    "empty": {"text": ""},
    "big number": {"number": 2**63 - 1},
    "negative": {"number": -(2**63)},
    "float": {"ratio": 0.1 + 0.2},
    "money": {"money": Decimal("999999999999.99")},
    "trailing zeros": {"money": Decimal("1.500")},
    "tiny": {"money": Decimal("1E-30")},
    "moment": {"moment": MOMENT},
    "far past": {"moment": datetime(1, 1, 1, tzinfo=UTC)},
    "far future": {"moment": datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)},
    "day": {"day": date(1949, 10, 1)},
    "id": {"id": uuid4()},
    "tuples": {"ids": (uuid4(), uuid4()), "pairs": (("甲", 1), ("乙", 2))},
    "structures": {"parts": (Part(name="东楼", share=Decimal("0.50")),)},
    "term": {"colour": Colour.RED},
    "shape": {"shape": {"type": "Point", "coordinates": [106.2, 38.5], "none": None, "deep": {"a": [True]}}},
}


@pytest.mark.parametrize("said", FAITHFUL.values(), ids=FAITHFUL)
def test_an_event_comes_back_as_it_was(store: Store, said: dict[str, Any]) -> None:
    event = _everything(**said)
    returned = _returned(store, event)
    assert returned == event
    for name, value in said.items():
        assert type(getattr(returned, name)) is type(value)
        assert str(getattr(returned, name)) == str(value)


def test_an_event_of_a_megabyte_comes_back_as_it_was(store: Store) -> None:
    event = _everything(text="账图🗺️" * 100_000)
    assert len(store.mapper.to_stored_event(event).state) > 1_000_000
    assert _returned(store, event) == event


UNSTORABLE = {
    "lone surrogate": {"text": "\ud800"},
    "lone surrogate within": {"shape": {"note": "x\udfffy"}},
    "Decimal NaN": {"money": Decimal("NaN")},
    "Decimal sNaN": {"money": Decimal("sNaN")},
    "float NaN": {"ratio": float("nan")},
    "infinity": {"ratio": float("inf")},
    "NaN within": {"shape": {"coordinates": [float("nan")]}},
    "list for tuple": {"ids": [uuid4()]},
    "list within tuple": {"pairs": (["甲", 1],)},
    "tuple in a shape": {"shape": {"coordinates": (1, 2)}},
    "number as key": {"shape": {1: "x"}},
    "set": {"ids": {uuid4()}},
    "text for number": {"number": "1"},
    "none for text": {"text": None},
    "bytes for text": {"text": b"x"},
    "text for id": {"id": "00000000-0000-0000-0000-000000000000x"},
    "object": {"shape": {"x": object()}},
}


@pytest.mark.parametrize("said", UNSTORABLE.values(), ids=UNSTORABLE)
def test_what_would_not_come_back_as_it_was_is_refused_before_it_is_written(store: Store, said: dict[str, Any]) -> None:
    event = _everything(**said)
    with pytest.raises(UnstorableValue):
        store.append(event)
    assert store.recorder.events_of(event.originator_id) == []


@pytest.mark.parametrize("said", [{"money": Decimal("NaN")}, {"money": Decimal("sNaN")}, {"ratio": float("nan")}])
def test_a_correction_cannot_say_what_its_event_could_not(store: Store, said: dict[str, Any]) -> None:
    event = _everything(**said)
    with pytest.raises((UnstorableValue, msgspec.MsgspecError)):
        store.append(_correction(event))
    assert store.recorder.events_of(event.originator_id) == []


# Reading ---------------------------------------------------------------------------------------------------------------


def _changed(store: Store, event: Event, **changes: Any) -> StoredEvent:
    state = msgspec.json.decode(store.mapper.to_stored_event(event).state)
    return _stored(event, msgspec.json.encode({**state, **changes}))


UNREADABLE: dict[str, dict[str, Any]] = {
    "unknown field": {"surprise": 1},
    "text for number": {"number": "1"},
    "number for text": {"text": 1},
    "no tuple": {"ids": "x"},
    "no moment": {"effective": "yesterday"},
    "unknown term": {"colour": "blue"},
    "no id": {"originator_id": "x"},
    "a version of a type that has one only": {"class_version": 2},
}


@pytest.mark.parametrize("changes", UNREADABLE.values(), ids=UNREADABLE)
def test_stored_bytes_that_are_not_such_an_event_are_refused(store: Store, changes: dict[str, Any]) -> None:
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(_changed(store, _everything(), **changes))


@pytest.mark.parametrize("state", [b"", b"{", b"[]", b"null", b"1", b"\xff", b'{"a": NaN}', b"{}"])
@pytest.mark.parametrize("kind", [Everything, Grown, FactCorrected, PersonJoined])
def test_stored_bytes_that_are_no_event_at_all_are_refused(store: Store, kind: type[Event], state: bytes) -> None:
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(StoredEvent(uuid4(), 1, kind.topic, state))


def test_an_event_type_that_nobody_knows_is_refused(store: Store) -> None:
    event = _everything()
    state = store.mapper.to_stored_event(event).state
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(StoredEvent(event.originator_id, 1, "test.Forgotten", state))


def test_a_missing_field_is_refused(store: Store) -> None:
    unit = renamed(uuid4(), 2)
    state = msgspec.json.decode(store.mapper.to_stored_event(unit).state)
    del state["name"]
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(_stored(unit, msgspec.json.encode(state)))


def test_a_state_moved_to_another_stream_or_version_is_refused(store: Store) -> None:
    event = _everything()
    state = store.mapper.to_stored_event(event).state
    for place in ((uuid4(), 1), (event.originator_id, 2)):
        with pytest.raises(UnreadableRecord):
            store.mapper.to_domain_event(StoredEvent(*place, event.topic, state))


def test_a_state_moved_to_another_type_is_refused(store: Store) -> None:
    event = _everything()
    state = store.mapper.to_stored_event(event).state
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(StoredEvent(event.originator_id, 1, "organisations.UnitRenamed", state))


# Versions of types ------------------------------------------------------------------------------------------------------


def _grown() -> Grown:
    return Grown(originator_id=uuid4(), originator_version=1, effective=MANDATE.effective, name="东楼", floors=6)


def _first_version(event: Grown, **more: Any) -> bytes:
    stamp = {"originator_id": event.originator_id, "originator_version": 1, "effective": event.effective}
    return msgspec.json.encode({**stamp, "title": "东楼", **more})


def test_a_type_that_has_grown_says_its_version_and_comes_back(store: Store) -> None:
    event = _grown()
    assert msgspec.json.decode(store.mapper.to_stored_event(event).state)["class_version"] == 2
    assert _returned(store, event) == event


def test_a_record_of_the_first_version_is_brought_up_to_today(store: Store) -> None:
    event = _grown()
    loaded = store.mapper.to_domain_event(_stored(event, _first_version(event)))
    assert loaded == msgspec.structs.replace(event, floors=1)


@pytest.mark.parametrize("version", [0, -1, 3, 99, "2", None])
def test_a_version_that_this_program_does_not_know_is_refused(store: Store, version: object) -> None:
    event = _grown()
    state = msgspec.json.encode({**msgspec.to_builtins(event), "class_version": version})
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(_stored(event, state))


def test_an_old_record_that_is_damaged_is_refused_and_not_guessed(store: Store) -> None:
    event = _grown()
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(_stored(event, _first_version(event, surprise=1)))
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(_stored(event, _first_version(event).replace(b"title", b"name!")))


# Corrections -----------------------------------------------------------------------------------------------------------


def _correction(event: Event) -> FactCorrected:
    return FactCorrected(
        originator_id=event.originator_id,
        originator_version=1,
        effective=MANDATE.effective,
        of=1,
        statement=Statement.of(event),
    )


def test_a_correction_comes_back_with_what_it_says_instead(store: Store) -> None:
    event = established(name="区资产二科")
    correction = _correction(event)
    returned = _returned(store, correction)
    assert returned == correction
    assert isinstance(returned, FactCorrected)
    assert returned.statement.event() == event
    assert list(returned.facts()) == list(event.facts())


def test_a_correction_of_an_old_version_is_brought_up_to_today() -> None:
    event = _grown()
    statement = Statement(topic="test.Grown", class_version=1, state=msgspec.json.decode(_first_version(event)))
    assert statement.event() == msgspec.structs.replace(event, floors=1)


# Personal fields --------------------------------------------------------------------------------------------------------


def _joined(person: UUID) -> PersonJoined:
    return PersonJoined(
        originator_id=person,
        originator_version=1,
        effective=day("2026-03-01"),
        name="王小明",
        phone="13812345678",
        id_number=None,
        unit=uuid4(),
        staff_type=StaffType.ESTABLISHED,
        rank=Rank.STAFF,
    )


def test_personal_fields_are_sealed_in_the_log_and_come_back_open(store: Store) -> None:
    event = _joined(uuid4())
    stored = store.mapper.to_stored_event(event)
    for secret in ("王小明", "\\u738b", "13812345678"):
        assert secret.encode() not in stored.state
    assert msgspec.json.decode(stored.state)["id_number"] is None
    assert _returned(store, event) == event


def test_personal_fields_of_a_correction_are_sealed_too(store: Store) -> None:
    correction = _correction(_joined(uuid4()))
    stored = store.mapper.to_stored_event(correction)
    assert "王小明".encode() not in stored.state
    assert b"13812345678" not in stored.state
    assert _returned(store, correction) == correction


def test_nothing_personal_reaches_any_column_of_the_log(store: Store) -> None:
    event = _joined(uuid4())
    store.append(event)
    row = store.recorder.events_of(event.originator_id)[0]
    assert b"13812345678" not in row.state + row.mandate


@pytest.mark.parametrize("change", ["another person", "another field", "another type", "bare", "altered"])
def test_a_sealed_field_opens_only_where_it_was_sealed(store: Store, change: str) -> None:
    event, other = _joined(uuid4()), _joined(uuid4())
    state = msgspec.json.decode(store.mapper.to_stored_event(event).state)
    foreign = msgspec.json.decode(store.mapper.to_stored_event(other).state)
    renaming = PersonContactChanged(
        originator_id=event.originator_id, originator_version=1, effective=event.effective, name="x", phone=None
    )
    elsewhere = msgspec.json.decode(store.mapper.to_stored_event(renaming).state)
    state["name"] = {
        "another person": foreign["name"],
        "another field": state["phone"],
        "another type": elsewhere["name"],
        "bare": "王小明",
        "altered": {"sealed": "A" + state["name"]["sealed"][1:][::-1]},
    }[change]
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(_stored(event, msgspec.json.encode(state)))
