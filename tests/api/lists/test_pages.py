"""Pages of a list: together they are the list as it was when the first one was read, whatever happened meanwhile."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from tests.api.listing import ids
from tests.api.seeing import Seeing
from tests.scenarios.bureau import Done
from tests.scenarios.premises import a_building, a_room, a_unit

AREAS = ("20.00", "30.00", "20.00", "10.00", "20.00", "40.00", "30.00")


@pytest.fixture(scope="module")
def unit(desk: Seeing) -> Done:
    return a_unit(desk.bureau, "县机关事务管理局")


@pytest.fixture
def building(desk: Seeing, unit: Done) -> Done:
    """A building with seven rooms, of which the last three are used."""
    made = a_building(desk.bureau, unit)
    rooms = [a_room(desk.bureau, made, f"30{n}", net_area=area) for n, area in enumerate(AREAS)]
    for room in rooms[4:]:
        desk.bureau.does("rooms.assign", room, effective="2020-01-01", unit=unit)
    return made


def pages(desk: Seeing, address: str) -> Iterator[dict[str, Any]]:
    """Page by page, as `next` leads."""
    following: str | None = address
    while following is not None:
        page = desk.sees(following)
        following = page["next"]
        yield page


@pytest.mark.parametrize(
    "sort", ["net_area", "-net_area,number", "using_unit", "-using_unit,-number", "vacate_by", "building"]
)
def test_pages_of_any_order_are_the_list(desk: Seeing, building: Done, sort: str) -> None:
    address = f"/v1/rooms?building={building}&sort={sort}"
    whole = [row["id"] for row in desk.sees(address)["rows"]]
    told = list(pages(desk, f"{address}&limit=2"))
    assert [len(page["rows"]) for page in told] == [2, 2, 2, 1]
    assert [row["id"] for page in told for row in page["rows"]] == whole


def test_what_happens_between_two_pages_changes_none_of_them(desk: Seeing, building: Done) -> None:
    address = f"/v1/rooms?building={building}&sort=net_area&count=true"
    before = desk.sees(address)
    leading = pages(desk, f"{address}&limit=3")
    told = [next(leading)]
    first, *_, last = before["rows"]
    desk.bureau.does("rooms.measure", first["id"], effective="2016-01-01", net_area="99.00")
    desk.bureau.does("rooms.measure", last["id"], effective="2016-01-01", net_area="1.00")
    a_room(desk.bureau, building, "310", net_area="25.00")
    told += leading
    rows = [row for page in told for row in page["rows"]]
    assert [(row["id"], row["net_area"]) for row in rows] == [(row["id"], row["net_area"]) for row in before["rows"]]
    assert [page["count"] for page in told] == [7, 7, 7]
    assert {page["at"] for page in told} == {told[0]["at"]}
    assert len(ids(desk, "rooms", f"building={building}")) == 8


def test_pages_in_the_past_stay_there(desk: Seeing, building: Done) -> None:
    known = desk.bureau.head()
    room = ids(desk, "rooms", f"building={building}&sort=number")[0]
    desk.bureau.does("rooms.measure", room, effective="2015-01-01", net_area="77.00")
    address = f"/v1/rooms?building={building}&sort=net_area&at=2019-01-01&known=%23{known}"
    rows = [row for page in pages(desk, f"{address}&limit=3") for row in page["rows"]]
    assert [row["net_area"] for row in rows] == sorted(AREAS)
    assert {row["using_unit"] for row in rows} == {None}


def test_a_page_may_leave_out_columns_and_be_longer_than_the_one_before(desk: Seeing, building: Done) -> None:
    first = desk.sees(f"/v1/rooms?building={building}&sort=number&limit=2")
    rest = desk.sees(first["next"].replace("limit=2", "limit=100") + "&fields=number")
    assert [row["number"] for row in rest["rows"]] == ["302", "303", "304", "305", "306"]
    assert set(rest["rows"][0]) == {"id", "label", "number"}


def test_a_cursor_goes_on_with_its_own_question_only(desk: Seeing, building: Done) -> None:
    following = desk.sees(f"/v1/rooms?building={building}&sort=number&limit=2")["next"]
    another = following.replace("sort=number", "sort=net_area")
    assert desk.refused(another, 409) == "cursor-of-another-list"
    assert desk.refused(f"{following}&status=retired", 409) == "cursor-of-another-list"


def test_a_cursor_that_is_none_of_ours_is_refused(desk: Seeing, building: Done) -> None:
    following = desk.sees(f"/v1/rooms?building={building}&sort=net_area&limit=2")["next"]
    address, _, cursor = following.partition("&cursor=")
    question, at, known, keys, id = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))

    def forged(*parts: Any) -> str:
        return base64.urlsafe_b64encode(msgspec.json.encode(parts)).decode().rstrip("=")

    assert desk.sees(f"{address}&cursor={forged(question, at, known, keys, id)}")["rows"]
    for wrong in (
        "abc", forged(), forged(question), forged(question, at, known, keys, id, "more"),
        forged(question, "yesterday", known, keys, id), forged(question, at[:-1], known, keys, id),
        forged(question, at, -1, keys, id), forged(question, at, 2**64, keys, id), forged(question, at, known, [], id),
        forged(question, at, known, ["a lot"], id), forged(question, at, known, ["\x00"], id),
        forged(question, at, known, keys, "301"),
    ):  # fmt: skip
        assert desk.refused(f"{address}&cursor={wrong}", 409) == "cursor-invalid", wrong
