"""Whatever is a list can be had as a table: with the rows of its pages, all of them, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.exports.csv import guarded
from api.exports.types import TYPES
from tests.api.conftest import Office, settings_for
from tests.api.exports.exported import Book, table
from tests.api.exports.listings import LISTINGS, Listing, Told, under
from tests.api.listing import faults
from tests.api.seeing import Seeing, seeing_a_region

EVENTS = 3_000


@pytest.fixture(scope="module")
def desk(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeing]:
    """Someone who looks at ten years of a small region."""
    with seeing_a_region(office, settings_for(office.urls, tmp_path_factory.mktemp("world")), EVENTS) as seen:
        yield seen


@pytest.fixture(scope="module")
def busy(desk: Seeing) -> dict[str, str]:
    """Of each kind the one with most events, and the document that most was done on."""
    events = pages(desk, "/v1/history", under("events"))
    counted: dict[tuple[str, str], int] = {}
    for event in events:
        for key in [
            (event["asset"]["kind"], event["asset"]["id"]),
            *(("document", one["number"]) for one in event["documents"]),
        ]:
            counted[key] = counted.get(key, 0) + 1
    chosen = {kind: id for (kind, id), _ in sorted(counted.items(), key=lambda one: one[1])}
    return chosen | holding_most(desk)


def holding_most(desk: Seeing) -> dict[str, str]:
    """What has few events of its own may hold much."""
    found = {}
    for kind, end, size in (("compounds", "contents?depth=buildings", "rooms"), ("buildings", "floors", "rooms"),
                            ("warehouses", "contents?limit=500", "stored"), ("people", "holdings", "held")):  # fmt: skip
        ids = [row["id"] for row in pages(desk, f"/v1/{kind}", under("rows"))][:60]
        told = [(desk.client.get(f"/v1/{kind}/{id}/{end}").json()[size], id) for id in ids]
        found[kind] = max(told, key=lambda one: one[0] if isinstance(one[0], int) else len(one[0]))[1]
    units = pages(desk, "/v1/units?parent.none=true", under("rows"))
    return found | {"units": units[0]["id"]}


def pages(desk: Seeing, address: str, rows: Callable[[Told], list[Told]]) -> list[Told]:
    found: list[Told] = []
    more: str | None = address
    while more is not None:
        page = desk.sees(more)
        found += rows(page)
        more = page.get("next")
    return found


def asked(listing: Listing, busy: dict[str, str], more: str = "") -> str:
    address = listing.address.format(**busy)
    return f"{address}{'&' if '?' in address else '?'}{more}" if more else address


def cell(value: Any) -> str:
    """As a CSV has it."""
    return "" if value is None else guarded(value) if isinstance(value, str) else str(value)


# The lists -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTINGS)
def test_a_csv_has_the_rows_of_all_pages(desk: Seeing, busy: dict[str, str], name: str) -> None:
    listing = LISTINGS[name]
    told = pages(desk, asked(listing, busy), listing.rows)
    head, *rows = table(desk.asks(asked(listing, busy, "format=csv&ids=true")))
    assert told, "nothing to compare"
    assert len(rows) == len(told)
    for heading, shown in listing.shown.items():
        place = head.index(heading)
        assert [row[place] for row in rows] == [cell(shown(one)) for one in told], heading


@pytest.mark.parametrize("name", LISTINGS)
def test_a_workbook_has_the_rows_of_the_csv(desk: Seeing, busy: dict[str, str], name: str) -> None:
    lines = table(desk.asks(asked(LISTINGS[name], busy, "format=csv")))
    answer = desk.asks(asked(LISTINGS[name], busy, "format=xlsx"))
    assert answer.headers["content-type"] == TYPES["xlsx"]
    book = Book(answer.content)
    assert [len(row) for row in book.rows()] == [len(line) for line in lines]
    assert book.rows()[0] == lines[0]


@pytest.mark.parametrize("name", LISTINGS)
def test_an_english_table_has_english_headings_and_a_name(desk: Seeing, busy: dict[str, str], name: str) -> None:
    answer = desk.asks(asked(LISTINGS[name], busy, "format=csv&lang=en&ids=true"))
    (head, *_) = table(answer)
    assert all(heading.isascii() for heading in head), head
    assert len(set(head)) == len(head)
    named = answer.headers["content-disposition"]
    assert named.startswith('attachment; filename="')
    assert ".csv\"; filename*=UTF-8''%" in named


# Of all of them --------------------------------------------------------------------------------------------------------------


def test_a_table_goes_on_from_a_page_and_may_be_a_part(desk: Seeing) -> None:
    first = desk.sees("/v1/history?order=oldest&limit=5")
    rest = table(desk.asks(f"{first['next'].replace('limit=5', 'limit=3')}&format=csv"))
    assert [row[0] for row in rest[1:]] == [str(first["events"][-1]["position"] + step) for step in (1, 2, 3)]


def test_the_header_says_it_as_well(desk: Seeing) -> None:
    answer = desk.client.get("/v1/loans", headers={"Accept": "text/csv"})
    assert answer.headers["content-type"] == TYPES["csv"]


def test_what_lies_nowhere_has_no_geojson(desk: Seeing) -> None:
    assert faults(desk, "/v1/loans?format=geojson") == [("/query/format", "no-place")]
    answer = desk.client.get("/v1/history", headers={"Accept": "application/geo+json"})
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [("/header/Accept", "no-place")]


def test_what_is_not_there_is_refused_before_the_file_begins(desk: Seeing, busy: dict[str, str]) -> None:
    for end in ("history", "timeline", "relations", "holdings"):
        assert desk.refused(f"/v1/people/{busy['units']}/{end}?format=csv", 404) == "of-another-kind"
    assert desk.refused(f"/v1/rooms/{busy['vehicles']}/history?format=xlsx", 404) == "of-another-kind"
    assert desk.refused(f"/v1/vehicles/{busy['rooms']}/upkeep?format=csv", 404) == "of-another-kind"
    assert desk.refused("/v1/loans?format=csv&cursor=abc", 409) == "cursor-invalid"
    assert desk.refused("/v1/compare/area?format=csv", 409) == "area-unclear"
    assert desk.asks("/v1/loans?format=csv").status_code == 200


def test_a_list_without_rows_is_a_heading(desk: Seeing) -> None:
    for address in ("/v1/loans?at=1950-01-01", "/v1/history?actor=nobody", "/v1/search?q=没有这样的东西"):
        assert len(table(desk.asks(f"{address}&format=csv"))) == 1
        assert len(Book(desk.asks(f"{address}&format=xlsx").content).rows()) == 1
