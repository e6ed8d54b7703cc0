"""What colours are called, and how many things have each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from psycopg.rows import DictRow

from projections.queries.colours import COLOURS
from projections.queries.labels import Labels
from projections.queries.legend import Counted
from projections.queries.view import View

_NUMBERS: Final = ("listed", "placed", "in_view")


def sums(rows: Sequence[DictRow]) -> dict[str, int]:
    return {name: sum(row[name] for row in rows) for name in _NUMBERS}


def told(view: View, counted: Counted, rows: Sequence[DictRow]) -> list[dict[str, Any]]:
    """Members of closed lists in the order of the list, units by how many they have; what is not recorded comes last."""
    if counted.colour is None:
        return []
    term = COLOURS[counted.wanted.kind][counted.colour].term
    words = _units(view, rows) if term is None else {one.value: (one.zh, one.en) for one in term}
    places = {value: place for place, value in enumerate(words)}
    return [
        {"value": row["value"], **_in_words(words, row["value"]), **{name: row[name] for name in _NUMBERS}}
        for row in sorted(rows, key=lambda row: places.get(row["value"], len(places)))
    ]


def _units(view: View, rows: Sequence[DictRow]) -> dict[str, tuple[str, str]]:
    ids = [row["value"] for row in rows if row["value"] is not None]
    called = Labels(view).called(ids)
    return {id: (called[id], called[id]) for id in ids}


def _in_words(words: dict[str, tuple[str, str]], value: str | None) -> dict[str, str]:
    zh, en = ("未登记", "Not recorded") if value is None else words.get(value, (value, value))
    return {"zh": zh, "en": en}
