"""Lists of a generated region against the same questions asked of all rows in plain Python, at many moments and positions."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from infra.cluster import Urls
from projections.queries import lists
from projections.queries.filters import Asks, Filter
from projections.queries.finding import KINDS, hits
from projections.queries.listed import ADDED_UP, AVERAGED, LISTED, Listed
from projections.queries.lists import Order, Wanted
from projections.queries.search import BESIDES, SEARCHED
from projections.queries.totals import totals
from projections.queries.view import View
from projections.search import FACETS, normal
from projections.stream import read
from tests.projections.viewing import Generation, a_region, generation_of

EVENTS = 3_000
VIEWS = 4
ALL = 100_000

Row = dict[str, Any]


@pytest.fixture(scope="module")
def region(module_database: Urls) -> Iterator[Generation]:
    with generation_of(module_database, a_region(EVENTS, seed=5)) as generation:
        yield generation


def moments(positions: int) -> list[tuple[datetime, int | None]]:
    """Now and a day by all that is known, and some days as known at some positions."""
    chance = random.Random(3)  # noqa: S311 -- the same moments every time
    past = [datetime(2016, 1, 1, tzinfo=UTC) + timedelta(days=chance.randrange(3650)) for _ in range(VIEWS)]
    known = [(moment, chance.randrange(positions // 2, positions)) for moment in past]
    return [(datetime(2026, 6, 1, tzinfo=UTC), None), (datetime(2020, 1, 1, tzinfo=UTC), None), *known]


@pytest.fixture(params=range(VIEWS + 2))
def view(region: Generation, request: pytest.FixtureRequest) -> View:
    return region.view(*moments(region.position)[request.param])


def everything(view: View, kind: str) -> list[Row]:
    return [dict(row) for row in lists.page(view, Wanted(kind), ALL)]


def found(view: View, kind: str, **asked: Any) -> set[Any]:
    wanted = Wanted(kind, **asked)
    rows = lists.page(view, wanted, ALL)
    assert lists.count(view, wanted) == len(rows)
    return {row["asset"] for row in rows}


def those(rows: list[Row], holds: Callable[[Row], bool]) -> set[Any]:
    return {row["asset"] for row in rows if holds(row)}


def test_what_is_listed_is_what_the_streams_say(region: Generation, view: View) -> None:
    """A thing is there from the first moment of which anything was said by then."""
    known = region.position if view.known is None else view.known
    there: dict[str, set[Any]] = {kind: set() for kind in LISTED}
    for id, records in region.streams.items():
        stream = read(id, [record for record in records if record.position <= known])
        lines = [line for members in stream.lines.values() for line in members.values()]
        if stream.kind and any(line.at(view.at) is not None for line in lines):
            there[stream.kind].add(id)
    assert sum(map(len, there.values())) > 100
    assert {kind: found(view, kind) for kind in LISTED} == there


@pytest.mark.parametrize("kind", LISTED)
def test_filters_keep_what_they_say(view: View, kind: str) -> None:
    rows = everything(view, kind)
    for column in LISTED[kind].values():
        for filter, holds in _questions(column, rows):
            assert found(view, kind, filters=(filter,)) == those(rows, holds), filter


def _questions(column: Listed, rows: list[Row]) -> Iterator[tuple[Filter, Callable[[Row], bool]]]:
    name = column.name
    yield Filter(name, Asks.NONE, True), lambda row: row[name] in (None, [])
    said = [row[name] for row in rows if row[name] not in (None, [])]
    if not said:
        return
    some = said[len(said) // 2]
    if column.is_worded:
        part = (some[0] if column.is_array else some)[1:3] or "x"
        yield Filter(name, Asks.HAS, f" {part.upper()} "), lambda row: normal(part) in normal(_text(row[name]))
    values = [some[0]] if column.is_array else [some, said[0]]
    yield Filter(name, Asks.ANY, values), lambda row: _has(row[name], values)
    if isinstance(some, (int, Decimal, datetime, date)) and not isinstance(some, bool):
        yield Filter(name, Asks.LEAST, some), lambda row: row[name] is not None and row[name] >= some
        yield Filter(name, Asks.MOST, some), lambda row: row[name] is not None and row[name] <= some


def _text(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else value or ""


def _has(value: Any, values: Collection[Any]) -> bool:
    return bool(set(value) & set(values)) if isinstance(value, list) else value in values


@pytest.mark.parametrize(
    ("kind", "name"), [("rooms", "using_unit"), ("units", "parent"), ("items", "owner"), ("buildings", "using_units")]
)
def test_a_subtree_is_all_that_is_under_a_unit_at_that_moment(view: View, kind: str, name: str) -> None:
    units = everything(view, "units")
    under = max((_under(units, unit["asset"]) for unit in units), key=len)
    top = next(id for id in under if _under(units, id) == under)
    assert len(under) > 1
    there = those(everything(view, kind), lambda row: _has(row[name], under))
    assert found(view, kind, filters=(Filter(name, Asks.UNDER, [top]),)) == there


def _under(units: list[Row], top: Any) -> set[Any]:
    under = {top}
    while more := {unit["asset"] for unit in units if unit["parent"] in under} - under:
        under |= more
    return under


THROUGH: dict[str, list[tuple[str, str]]] = {
    "rooms": [("building", "buildings")],
    "people": [("unit", "units")],
    "vehicles": [("using_unit", "units"), ("owner", "units")],
    "items": [("using_unit", "units"), ("owner", "units")],
    "lots": [("warehouse", "warehouses")],
    "journeys": [("unit", "units")],
    "proposals": [("unit", "units")],
    "fences": [("managing_unit", "units")],
    "drivers": [("person", "people")],
}
"""What a thing lies in: the first of these that is given."""


def division(view: View, kind: str, row: Row) -> str:
    if "division" in row:
        return row["division"] or ""
    given = next(((row[name], party) for name, party in THROUGH[kind] if row[name] is not None), None)
    if given is None:
        return ""
    id, party = given
    there = lists.page(view, Wanted(party, ids=(id,)), 1)
    return division(view, party, dict(there[0])) if there else ""


@pytest.mark.parametrize("kind", LISTED)
def test_a_division_is_that_of_the_building_the_unit_or_the_warehouse(region: Generation, kind: str) -> None:
    view = region.view(*moments(region.position)[2])
    lies = {row["asset"]: division(view, kind, row) for row in everything(view, kind)}
    for prefix in ("6401", "640381", "64", "65"):
        there = {id for id, code in lies.items() if code.startswith(prefix)}
        assert found(view, kind, divisions=(prefix,)) == there, prefix


@pytest.mark.parametrize("kind", LISTED)
def test_pages_of_every_order_hold_every_row_once_in_that_order(region: Generation, kind: str) -> None:
    view = region.view(*moments(region.position)[3])
    for name in LISTED[kind]:
        for descending in (False, True):
            wanted = Wanted(kind, order=(Order(name, descending),))
            whole = [row["asset"] for row in lists.page(view, wanted, ALL)]
            assert set(whole) == found(view, kind)
            assert _by_pages(view, wanted, len(whole) // 3 + 1) == whole, name


@pytest.mark.parametrize("kind", LISTED)
def test_totals_are_those_of_all_rows_that_were_asked_for(view: View, kind: str) -> None:
    rows = everything(view, kind)
    asked = [Wanted(kind), Wanted(kind, divisions=("6401",)), Wanted(kind, words="没有这样的")]
    for wanted in asked:
        ids = found(view, kind, divisions=wanted.divisions, words=wanted.words)
        summed = totals(view, wanted)
        assert summed.count == len(ids)
        for name, total in summed.columns.items():
            said = [row[name] for row in rows if row["asset"] in ids and row[name] is not None]
            assert total.given == len(said)
            assert total.sum == (sum(said, Decimal(0)) if name in ADDED_UP else None), name
            assert (total.average is None) == (not said)
            if total.average is not None:
                assert abs(total.average - sum(said, Decimal(0)) / len(said)) <= Decimal("0.005")


def test_every_figure_that_is_added_up_or_averaged_is_one() -> None:
    figures = {column.name for columns in LISTED.values() for column in columns.values() if column.is_figure}
    assert figures >= AVERAGED >= ADDED_UP


def _by_pages(view: View, wanted: Wanted, limit: int) -> list[Any]:
    read: list[Any] = []
    while rows := lists.page(view, wanted, limit):
        read += [row["asset"] for row in rows]
        wanted = replace(wanted, start=lists.place_of(rows[-1], wanted))
    return read


@pytest.mark.parametrize("descending", [False, True])
def test_numbers_and_moments_are_in_order_and_nothing_comes_last(view: View, descending: bool) -> None:
    for kind, columns in LISTED.items():
        for column in columns.values():
            if column.scalar in {"numeric", "integer", "bigint", "timestamptz", "date"}:
                rows = lists.page(view, Wanted(kind, order=(Order(column.name, descending),)), ALL)
                said = [row[column.name] for row in rows]
                some = sorted((value for value in said if value is not None), reverse=descending)
                assert said == some + [None] * (len(said) - len(some)), (kind, column.name)


@pytest.mark.parametrize("words", ["局", "财政", "101", "中心 1", "宁A"])
def test_words_are_found_where_a_row_has_them(view: View, words: str) -> None:
    for kind in KINDS:
        there = those(everything(view, kind), partial(_says, kind, words))
        assert found(view, kind, words=words) == there, kind
        assert {hit.id for hit in hits(view, words, [kind], None, ALL)} == there, kind


def _says(kind: str, words: str, row: Row) -> bool:
    said = [normal(row[name] or "") for name in SEARCHED[kind]]
    return all(any(normal(word) in one for one in said) for word in words.split())


def test_every_facet_that_is_looked_into_has_a_column_or_is_looked_into_beside_them() -> None:
    shown = {column.facet for columns in LISTED.values() for column in columns.values() if column.type == "text"}
    assert FACETS - shown == set(BESIDES["buildings"])
