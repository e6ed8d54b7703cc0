"""One asset on both axes of time, through the API: late facts, corrections, what was known when."""

from __future__ import annotations

from typing import Any

from tests.api.conftest import MANDATE, Office


def names(office: Office, unit: str, query: str = "") -> list[Any]:
    told = office.get(f"/v1/units/{unit}/timeline{query}").json()
    found = [facet for facet in told["facets"] if facet["name"] == "name"]
    return [version["value"] for facet in found for version in facet["versions"]]


def rename(office: Office, unit: str, name: str, day: str, **more: object) -> int:
    answer = office.post(f"/v1/units/{unit}/rename", {"name": name, "mandate": MANDATE | {"effective": day}, **more})
    assert answer.status_code == 200, answer.text
    position: int = answer.json()["position"]
    return position


def test_what_was_known_before_a_late_fact_stays_known_for_then(office: Office) -> None:
    unit = office.establish("县财政局")
    newer = rename(office, unit, "县财税局", "2024-01-01")
    late = rename(office, unit, "县财政税务局", "2022-01-01")
    assert names(office, unit, f"?at=2023-01-01&known=%23{newer}") == ["县财政局"]
    assert names(office, unit, f"?at=2023-01-01&known=%23{late}") == ["县财政税务局"]
    assert names(office, unit, "?at=2025-01-01") == ["县财政局", "县财税局"]


def test_a_wrong_record_was_known_until_its_correction(office: Office) -> None:
    unit = office.establish("县财政局")
    wrong = rename(office, unit, "县财税局（误）", "2024-01-01")
    right = rename(office, unit, "县财税局", "2024-01-01", corrects=wrong)
    assert names(office, unit, f"?at=2024-06-01&known=%23{wrong}") == ["县财税局（误）"]
    assert names(office, unit, f"?at=2024-06-01&known=%23{right}") == ["县财税局"]
    told = office.get(f"/v1/units/{unit}/timeline?at=2024-06-01&known=%23{wrong}").json()["facets"]
    version = next(facet["versions"][0] for facet in told if facet["name"] == "name")
    assert (version["stated_by"], version["known_to"]["position"]) == (wrong, right)


def test_known_at_a_moment_is_what_was_recorded_by_then(office: Office) -> None:
    unit = office.establish("县财政局")
    rename(office, unit, "县财税局", "2024-01-01")
    assert names(office, unit, "?at=2025-01-01&known=2026-01-01") == []
    assert names(office, unit, "?at=2025-01-01&known=2199-01-01") == ["县财税局"]


def test_what_is_neither_a_moment_nor_a_position_is_refused(office: Office) -> None:
    unit = office.establish("县财政局")
    for known in ("12345", "%23", "%23-1", "yesterday", "%23٣"):
        assert office.get(f"/v1/units/{unit}/timeline?known={known}").status_code == 422
    assert office.get(f"/v1/people/{unit}/timeline").status_code == 404
