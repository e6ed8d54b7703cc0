"""All angles tell the same story: of a small region, at random moments, as known at random positions."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from api.composition import opened
from api.world.loading import load
from infra.cluster import Urls
from projections.holdings import ROLES
from tests.api.conftest import Office, settings_for
from tests.api.seeing import Seeing, seeing
from tests.stores import rows

EVENTS = 2_000
TRIES = 25
BEGIN = datetime(2016, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def desk(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeing]:
    """Someone who looks at a generated region; nothing is done in it any more."""
    with opened(settings_for(office.urls, tmp_path_factory.mktemp("world"))) as services:
        load(services, EVENTS, seed=11)
    with seeing(office) as seen:
        yield seen


@pytest.fixture
def chance() -> random.Random:
    return random.Random(7)  # noqa: S311 -- the same choices every time


def streams(urls: Urls) -> list[tuple[UUID, str, int, int]]:
    """Each with its kind, the position at which it begins, and how many events it has."""
    schema = rows(urls.superuser, "SELECT schema FROM reading.generations WHERE role = 'live'")[0][0]
    found = rows(urls.superuser, f"SELECT asset, min(kind), min(position), count(*) FROM {schema}.history GROUP BY 1 ORDER BY 1")  # fmt: skip  # noqa: S608 -- a name of ours
    return [(UUID(str(id)), str(kind), int(first), int(events)) for id, kind, first, events in found]


def a_moment(chance: random.Random) -> str:
    return (BEGIN + timedelta(days=chance.randrange(3650))).isoformat()


def held(desk: Seeing, kind: str, id: UUID, at: str, known: int) -> dict[tuple[str, str], Any]:
    """The facets of a thing as its timeline tells them, by facet and member; what is nothing is left out."""
    told = desk.sees(f"/v1/{kind}/{id}/timeline", at=at, known=f"#{known}")
    for facet in told["facets"]:
        assert len(facet["versions"]) == 1, "two versions hold at once"
    values = {(facet["name"], facet["member"]): facet["versions"][0]["value"] for facet in told["facets"]}
    return {line: value for line, value in values.items() if value is not None}


def test_what_a_comparison_says_is_what_the_two_timelines_say(desk: Seeing, chance: random.Random) -> None:
    everything = streams(desk.urls)
    for _ in range(TRIES):
        id, kind, first, _events = chance.choice(everything)
        sides = [(a_moment(chance), chance.randrange(first, EVENTS + 1)) for _ in range(2)]
        a, b = (held(desk, kind, id, at, known) for at, known in sides)
        asked = {"a_at": sides[0][0], "a_known": f"#{sides[0][1]}", "b_at": sides[1][0], "b_known": f"#{sides[1][1]}"}
        changes = desk.sees(f"/v1/compare/assets/{id}", **asked)["different"][0]["changes"]
        told = {(one["facet"], one["member"]): one for one in changes}
        assert told.keys() == {line for line in a.keys() | b.keys() if a.get(line) != b.get(line)}
        for line, one in told.items():
            assert (one["a"] or {}).get("value") == a.get(line)
            assert (one["b"] or {}).get("value") == b.get(line)
            assert one["caused_by"]


def test_relations_point_where_the_timeline_says(desk: Seeing, chance: random.Random) -> None:
    everything = streams(desk.urls)
    for _ in range(TRIES):
        id, kind, first, _events = chance.choice(everything)
        at, known = a_moment(chance), chance.randrange(first, EVENTS + 1)
        expected = {(*line, value) for line, value in held(desk, kind, id, at, known).items() if line[0] in ROLES}
        told = desk.sees(f"/v1/{kind}/{id}/relations", at=at, known=f"#{known}", limit=1)["points_at"]
        assert {(one["role"], one["member"], one["thing"]["id"]) for one in told} == expected


def test_whoever_is_pointed_at_holds_what_points(desk: Seeing, chance: random.Random) -> None:
    everything = streams(desk.urls)
    kinds = {str(id): kind for id, kind, _, _ in everything}
    for _ in range(TRIES):
        id, kind, first, _events = chance.choice(everything)
        asked = {"at": a_moment(chance), "known": f"#{chance.randrange(first, EVENTS + 1)}"}
        for one in desk.sees(f"/v1/{kind}/{id}/relations", limit=1, **asked)["points_at"]:
            other = one["thing"]["id"]
            answer = desk.asks(f"/v1/{kinds[other]}/{other}/relations", role=one["role"], kind=kind, limit=500, **asked)
            assert str(id) in {each["thing"]["id"] for each in answer.json()["held"]}


def test_the_history_has_every_event_once_and_all_pages_together_are_the_whole(
    desk: Seeing, chance: random.Random
) -> None:
    longest = sorted(streams(desk.urls), key=lambda stream: -stream[3])[:3]
    for id, kind, first, events in [*longest, *chance.sample(streams(desk.urls), 5)]:
        page = desk.sees(f"/v1/{kind}/{id}/history", limit=7, order="oldest")
        found = [event["position"] for event in page["events"]]
        while page["next"]:
            page = desk.sees(page["next"])
            found += [event["position"] for event in page["events"]]
        assert (len(found), found[0]) == (events, first)
        assert found == sorted(set(found))


def test_corrections_are_linked_both_ways(desk: Seeing) -> None:
    corrections = desk.sees("/v1/history", topic="registry.FactCorrected", limit=100)["events"]
    assert corrections
    for event in corrections:
        of = event["asset"]
        told = desk.sees(f"/v1/{of['kind']}/{of['id']}/history", limit=500)["events"]
        assert {one["position"]: one["overtaken"] for one in told}[event["corrects"]] == event["position"]
