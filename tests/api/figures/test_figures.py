"""Figures, costs and loans through the API: every figure leads to its rows, and they add up to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from api.moments import ZONE
from projections.queries.statistics_subjects import SUBJECTS
from tests.api.conftest import Office, settings_for
from tests.api.listing import faults
from tests.api.seeing import Seeing, seeing_a_region

EVENTS = 3_000
DAYS = ("2019-03-01", "2023-06-01", None)


@pytest.fixture(scope="module")
def desk(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeing]:
    """Someone who looks at ten years of a small region."""
    with seeing_a_region(office, settings_for(office.urls, tmp_path_factory.mktemp("world")), EVENTS) as seen:
        yield seen


def behind(desk: Seeing, drill: str, measure: str) -> list[dict[str, Any]]:
    """All rows behind a figure, page by page."""
    found: list[dict[str, Any]] = []
    address: str | None = f"{drill}&measure={measure}&limit=40"
    while address is not None:
        answer = desk.client.get(address)
        assert answer.status_code == 200, answer.text
        found += answer.json()["rows"]
        address = answer.json()["next"]
    return found


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", SUBJECTS)
def test_every_figure_leads_to_the_rows_that_it_was_made_from(desk: Seeing, name: str, day: str | None) -> None:
    first, *_, last = (one for one in SUBJECTS[name].dimensions if one != "unit")
    seen = desk.sees(f"/v1/statistics/{name}", at=day, by=f"{first},{last}")
    for group in [seen["groups"][0], seen["groups"][-1], {"figures": seen["totals"], "drill": seen["drill"]}]:
        for measure, value in group["figures"].items():
            rows = behind(desk, group["drill"], measure)
            if SUBJECTS[name].measures[measure].each:
                assert len({row["person"] for row in rows}) == value
            else:
                assert sum(Decimal(row["amount"]) for row in rows) == Decimal(value), (group, measure)


def test_an_answer_says_of_which_moment_and_position_it_is_so_that_it_can_be_asked_again(desk: Seeing) -> None:
    first = desk.sees("/v1/statistics/items", by="grade")
    again = desk.sees("/v1/statistics/items", by="grade", at=first["at"], known=f"#{first['position']}")
    assert again["groups"] == first["groups"]


def test_a_group_says_what_its_ids_and_codes_mean(desk: Seeing) -> None:
    seen = desk.sees("/v1/statistics/vehicles", by="unit,category")
    group = next(group for group in seen["groups"] if group["dimensions"]["unit"]["id"])
    assert group["dimensions"]["unit"]["label"] != group["dimensions"]["unit"]["id"]
    assert group["dimensions"]["category"]["label"].endswith("用车")
    assert seen["measures"]["over"]["zh"] == "超编（负为空编）"


def test_rooms_that_nobody_uses_say_since_when(desk: Seeing) -> None:
    seen = desk.sees("/v1/statistics/premises")
    rows = behind(desk, seen["drill"], "idle_rooms")
    assert rows
    assert all(row["idle_since"] is not None and row["idle_since"] <= seen["at"] for row in rows)


def test_a_unit_cannot_be_asked_for_with_and_without_those_below_it_at_once(desk: Seeing) -> None:
    assert desk.refused("/v1/statistics/items", 409, by="unit,branch") == "unit-and-branch"


def test_what_no_subject_has_is_refused(desk: Seeing) -> None:
    assert desk.refused("/v1/statistics/stock", 422, by="rank") == "request-invalid"
    assert desk.refused("/v1/statistics/stock", 422, rank="staff") == "request-invalid"


def test_costs_of_all_vehicles_are_those_of_each_together(desk: Seeing) -> None:
    seen = desk.sees("/v1/upkeep/summary", by="vehicle")
    assert Decimal(seen["totals"]["total"]) > 0
    for name in ("trips", "distance", "fuel", "repairs", "insurance", "tolls_and_other", "total"):
        assert sum(Decimal(group["running"][name]) for group in seen["groups"]) == Decimal(seen["totals"][name])


@pytest.mark.parametrize("by", ["unit", "year", "driver,purpose", "traveller", "month,vehicle"])
def test_however_costs_are_broken_down_they_come_to_the_same(desk: Seeing, by: str) -> None:
    seen = desk.sees("/v1/upkeep/summary", by=by)
    assert sum(Decimal(group["running"]["total"]) for group in seen["groups"]) == Decimal(seen["totals"]["total"])
    assert sum(group["running"]["trips"] for group in seen["groups"]) == seen["totals"]["trips"]


def test_a_vehicles_entries_add_up_to_its_costs_page_by_page(desk: Seeing) -> None:
    groups = desk.sees("/v1/upkeep/summary", by="vehicle")["groups"]
    most = max(groups, key=lambda group: Decimal(group["running"]["total"]))
    address: str | None = f"/v1/vehicles/{most['dimensions']['vehicle']['id']}/upkeep?limit=3"
    entries: list[dict[str, Any]] = []
    first = desk.client.get(str(address)).json()
    while address is not None:
        page = desk.client.get(address).json()
        entries += page["entries"]
        address = page["next"]
    assert [entry["happened"] for entry in entries] == sorted(entry["happened"] for entry in entries)
    paid = sum(Decimal(entry["amount"]) for entry in entries)
    assert paid == sum(Decimal(kind["amount"]) for kind in first["kinds"])
    running = first["running"]
    apart = Decimal(running["accident_losses"]) + Decimal(running["disposal_income"])
    assert paid - apart == Decimal(running["total"]) == Decimal(most["running"]["total"])


def test_a_period_leaves_out_what_happened_before_and_after_it(desk: Seeing) -> None:
    years = desk.sees("/v1/upkeep/summary", by="year")["groups"]
    year = max(years, key=lambda group: Decimal(group["running"]["total"]))
    told = int(year["dimensions"]["year"]["id"])
    answer = desk.client.get(f"/v1/upkeep/summary?from={told}-01-01&to={told + 1}-01-01")
    assert answer.json()["totals"] == year["running"]


def test_what_is_lent_out_is_what_its_borrowers_have_together(desk: Seeing) -> None:
    seen = desk.sees("/v1/loans", limit="1000", count="true", totals="true")
    rows, held = seen["rows"], desk.sees("/v1/loans/borrowers")
    assert seen["count"] == held["totals"]["items"] == len(rows) == sum(one["items"] for one in held["borrowers"]) > 0
    assert seen["totals"]["value"]["sum"] == held["totals"]["value"]
    assert seen["totals"]["days_overdue"]["given"] == held["totals"]["overdue"] == sum(one["overdue"] for one in rows)
    assert all(one["lent_since"] is not None and one["borrower"]["label"] for one in rows)


def page_by_page(desk: Seeing, address: str | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while address is not None:
        page = desk.client.get(address).json()
        found += page["rows"]
        address = page["next"]
    return found


def test_loans_of_a_past_day_go_on_page_by_page_in_the_order_of_any_column(desk: Seeing) -> None:
    every = desk.sees("/v1/loans", at="2024-01-01", limit="1000", count="true")
    assert [one["due"] or "9999" for one in every["rows"]] == sorted(one["due"] or "9999" for one in every["rows"])
    for column in every["columns"]:
        for sign in ("", "-"):
            order = f"at=2024-01-01&sort={sign}{column['name']}"
            whole = [one["id"] for one in desk.sees(f"/v1/loans?{order}&limit=1000")["rows"]]
            found = [one["id"] for one in page_by_page(desk, f"/v1/loans?{order}&limit={len(whole) // 3 + 1}")]
            assert found == whole
            assert len(set(found)) == every["count"] > 3
    late = [one["days_overdue"] for one in desk.sees("/v1/loans?at=2024-01-01&sort=-days_overdue&limit=1000")["rows"]]
    assert late == sorted((one for one in late if one), reverse=True) + [None] * late.count(None)
    since = [one["lent_since"] for one in desk.sees("/v1/loans?at=2024-01-01&sort=lent_since&limit=1000")["rows"]]
    assert since == sorted(since)


def test_the_overdue_are_due_before_the_day_that_is_asked_about(desk: Seeing) -> None:
    late, in_time = (desk.sees("/v1/loans", overdue=said, limit="1000") for said in ("true", "false"))
    day = f"{datetime.fromisoformat(late['at']).astimezone(ZONE):%Y-%m-%d}"
    assert late["rows"]
    assert all(one["due"] < day and one["days_overdue"] > 0 and one["overdue_since"] for one in late["rows"])
    assert all((one["due"] or day) >= day and one["days_overdue"] is None for one in in_time["rows"])


def test_loans_are_found_by_the_words_of_their_items(desk: Seeing) -> None:
    every = desk.sees("/v1/loans", limit="1000")["rows"]
    one = every[len(every) // 2]
    assert one["id"] in [row["id"] for row in desk.sees("/v1/loans", q=one["asset_number"], limit="1000")["rows"]]
    named = [row["id"] for row in every if one["name"] in row["name"]]
    assert [row["id"] for row in desk.sees("/v1/loans", q=one["name"], limit="1000")["rows"]] == named
    assert desk.sees("/v1/loans", q="没有这样的东西")["rows"] == []


def test_loans_are_chosen_by_their_due_days_and_their_warehouse(desk: Seeing) -> None:
    every = desk.sees("/v1/loans", limit="1000")["rows"]
    days = sorted(one["due"] for one in every if one["due"])
    first, last = days[len(days) // 3], days[2 * len(days) // 3]
    chosen = {"due.min": first, "due.max": last}
    there = [one["id"] for one in every if one["due"] and first <= one["due"] <= last]
    found = desk.client.get("/v1/loans", params={**chosen, "limit": "1000"}).json()["rows"]
    assert [one["id"] for one in found] == there
    assert desk.client.get("/v1/loans/borrowers", params=chosen).json()["totals"]["items"] == len(there)
    warehouse = next(one["warehouse"] for one in every if one["warehouse"])
    seen = desk.sees("/v1/loans", warehouse=warehouse["id"], limit="1000")
    assert [one["id"] for one in seen["rows"]] == [one["id"] for one in every if one["warehouse"] == warehouse]


@pytest.mark.parametrize(
    ("path", "whose"),
    [
        ("/v1/loans", "borrower"),
        ("/v1/loans/borrowers", "borrower"),
        ("/v1/upkeep/summary", "unit"),
        ("/v1/statistics/premises", "unit"),
        ("/v1/statistics/premises/rows", "unit"),
        ("/v1/positions/latest", "unit"),
        ("/v1/positions/devices", "unit"),
    ],
)
def test_those_below_are_those_below_somebody(desk: Seeing, path: str, whose: str) -> None:
    assert faults(desk, f"{path}?{whose}.subtree=true", 409) == [(f"/query/{whose}.subtree", "unit-missing")]
    unit = desk.sees("/v1/units?limit=1")["rows"][0]["id"]
    assert desk.asks(f"{path}?{whose}.subtree=true&{whose}={unit}").status_code == 200
