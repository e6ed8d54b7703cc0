"""One asset on both axes of time, through the API: late facts, corrections, what was known when."""

from __future__ import annotations

from typing import Any

from tests.api.seeing import Seeing
from tests.scenarios.bureau import Done
from tests.scenarios.premises import a_building, a_room, a_unit


def names(desk: Seeing, unit: Done, **asked: Any) -> list[Any]:
    told = desk.sees(f"/v1/units/{unit}/timeline", facet="name", **asked)
    return [version["value"] for facet in told["facets"] for version in facet["versions"]]


def rename(desk: Seeing, unit: Done, name: str, day: str, **more: Any) -> int:
    return desk.bureau.does("units.rename", unit, name=name, effective=day, **more).position


def test_what_was_known_before_a_late_fact_stays_known_for_then(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县财政局")
    newer = rename(desk, unit, "县财税局", "2024-01-01")
    late = rename(desk, unit, "县财政税务局", "2022-01-01")
    assert names(desk, unit, at="2023-01-01", known=f"#{newer}") == ["县财政局"]
    assert names(desk, unit, at="2023-01-01", known=f"#{late}") == ["县财政税务局"]
    assert names(desk, unit, at="2025-01-01") == ["县财政局", "县财税局"]


def test_a_wrong_record_was_known_until_its_correction(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县财政局")
    wrong = rename(desk, unit, "县财税局（误）", "2024-01-01")
    right = rename(desk, unit, "县财税局", "2024-01-01", corrects=wrong)
    assert names(desk, unit, at="2024-06-01", known=f"#{wrong}") == ["县财税局（误）"]
    assert names(desk, unit, at="2024-06-01", known=f"#{right}") == ["县财税局"]
    told = desk.sees(f"/v1/units/{unit}/timeline", at="2024-06-01", known=f"#{wrong}")["facets"]
    version = next(facet["versions"][0] for facet in told if facet["name"] == "name")
    assert (version["stated_by"], version["known_to"]["position"]) == (wrong, right)


def test_known_at_a_moment_is_what_was_recorded_by_then(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县财政局")
    rename(desk, unit, "县财税局", "2024-01-01")
    assert names(desk, unit, at="2025-01-01", known="2199-01-01") == ["县财税局"]
    assert desk.refused(f"/v1/units/{unit}/timeline", 404, known="2026-01-01") == "not-yet-recorded"


def test_facets_that_name_others_say_what_these_are_called(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县审计局")
    room = a_room(desk.bureau, a_building(desk.bureau, unit), "301")
    desk.bureau.does("rooms.assign", room, effective="2020-01-01", unit=unit)
    told = desk.sees(f"/v1/rooms/{room}/timeline", facet="using_unit")
    assert [facet["name"] for facet in told["facets"]] == ["using_unit"]
    assert told["things"] == [{"id": unit.id, "kind": "units", "label": "县审计局"}]


def test_what_is_neither_a_moment_nor_a_position_is_refused(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县财政局")
    for known in ("12345", "#", "#-1", "yesterday", "#٣"):
        assert desk.refused(f"/v1/units/{unit}/timeline", 422, known=known) == "request-invalid"
    assert desk.refused(f"/v1/units/{unit}/timeline", 422, facet="nmae") == "request-invalid"
    assert desk.refused(f"/v1/people/{unit}/timeline", 404) == "of-another-kind"


def test_the_state_is_told_as_it_was_known(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县林业局")
    named = rename(desk, unit, "县林草局", "2024-01-01")
    before, after = (desk.sees(f"/v1/units/{unit}", known=f"#{known}") for known in (named - 1, named))
    assert (before["version"], after["version"]) == (1, 2)
    assert desk.refused(f"/v1/units/{unit}", 404, known="2026-01-01") == "not-yet-recorded"
    assert desk.refused(f"/v1/units/{unit}", 404, known=f"#{named - 1}", version=2) == "not-found"
