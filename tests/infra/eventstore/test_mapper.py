"""What is written comes back as it was, or is refused before it is written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from infra.eventstore.mapper import UnstorableValue
from tests.infra.eventstore.mapped import (
    MOMENT,
    Colour,
    Part,
    a_correction,
    as_it_came_back,
    everything,
)
from tests.stores import Store

pytestmark = pytest.mark.usefixtures("temporary_types")

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
    event = everything(**said)
    returned = as_it_came_back(store, event)
    assert returned == event
    for name, value in said.items():
        assert type(getattr(returned, name)) is type(value)
        assert str(getattr(returned, name)) == str(value)


def test_an_event_of_a_megabyte_comes_back_as_it_was(store: Store) -> None:
    event = everything(text="账图🗺️" * 100_000)
    assert len(store.mapper.to_stored_event(event).state) > 1_000_000
    assert as_it_came_back(store, event) == event


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
    event = everything(**said)
    with pytest.raises(UnstorableValue):
        store.append(event)
    assert store.recorder.events_of(event.originator_id) == []


@pytest.mark.parametrize("said", [{"money": Decimal("NaN")}, {"money": Decimal("sNaN")}, {"ratio": float("nan")}])
def test_a_correction_cannot_say_what_its_event_could_not(store: Store, said: dict[str, Any]) -> None:
    event = everything(**said)
    with pytest.raises((UnstorableValue, msgspec.MsgspecError)):
        store.append(a_correction(event))
    assert store.recorder.events_of(event.originator_id) == []
