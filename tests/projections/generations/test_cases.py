"""Investigations: what was known at a moment, of everything or of a few things, kept until dropped."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

import msgspec
import pytest

from projections.generations.cases import CaseAsked, CaseExists, NotYetRecorded, TooManyCases, investigated
from projections.generations.catalogue import Generation
from projections.generations.choosing import LiveBehind, NoLiveView, NothingRecorded, NotUnderstood
from tests.projections.generations.situations import Log, shown
from tests.stores import rows, run

NOBODY = UUID("0e4ac3a2-6f0a-4d6e-9b0a-6f6de1c1a001")
"""An id that nothing has; always the same, for processes that share the tests must call them by the same names."""


def _case(
    log: Log, known: datetime | int, *only: str, name: str = "审计", at: datetime | None = None, most: int = 8
) -> Generation:
    return investigated(log.url, CaseAsked(name=name, known=known, at=at, only=only), most=most)


def _streams(log: Log, case: Generation) -> set[UUID]:
    return {row[0] for row in rows(log.url, f"SELECT DISTINCT asset FROM {case.schema}.history")}  # noqa: S608 -- a name of ours


def test_it_is_what_a_view_was_when_the_log_ended_there(log: Log) -> None:
    log.pour(700)
    then = log.built()
    log.pour(2_000)
    by_position, by_moment = _case(log, 700), _case(log, log.history[699][1], name="又一次")
    assert (by_position.role, by_position.state, by_position.position) == ("case", "ready", 700)
    assert log.digest(by_position) == log.digest(by_moment) == log.digest(then)


def test_the_application_may_read_it(log: Log) -> None:
    log.pour(300)
    case = _case(log, 200)
    assert shown(log, case) == 200


def test_the_moment_that_it_is_about_is_kept(log: Log) -> None:
    log.pour(300)
    at = datetime(2024, 5, 1, tzinfo=UTC)
    assert _case(log, 200, at=at).at == at


def test_of_one_asset_it_holds_that_asset_as_everywhere(log: Log) -> None:
    log.pour(1_500)
    whole, id = log.built(), UUID(str(log.history[900][2]))
    for number, text in enumerate((f"asset:{id}", str(id))):
        case = _case(log, 1_500, text, name=f"案 {number}")
        assert _streams(log, case) == {id}
        for table in ("history", "timelines", "search"):
            of = f"SELECT t::text FROM {{}}.{table} t WHERE asset = '{id}' ORDER BY 1"  # noqa: S608 -- names of ours
            assert rows(log.url, of.format(case.schema)) == rows(log.url, of.format(whole.schema))


def test_of_a_unit_it_holds_everything_that_ever_had_to_do_with_it(log: Log) -> None:
    log.pour(1_500)
    live = log.live()
    unit, count = rows(log.url, f"SELECT ref, count(DISTINCT asset) FROM {live.schema}.timelines t"  # noqa: S608 -- a name of ours
                                f" WHERE ref IN (SELECT asset FROM {live.schema}.units) AND NOT EXISTS (SELECT FROM"
                                f" {live.schema}.timelines o WHERE o.asset = t.ref AND o.ref = t.ref)"
                                " GROUP BY ref ORDER BY count(DISTINCT asset) DESC LIMIT 1")[0]  # fmt: skip
    case = _case(log, 1_500, f"unit:{unit}")
    found = _streams(log, case)
    assert unit in found
    assert len(found) == count + 1 > 3
    assert log.the_live_one() is not None


def test_of_a_unit_as_known_then(log: Log) -> None:
    log.pour(1_500)
    log.live()
    unit = rows(
        log.url, "SELECT ref FROM g1.timelines WHERE ref IN (SELECT asset FROM g1.units) ORDER BY since LIMIT 1"
    )[0][0]
    early, late = _case(log, 200, f"unit:{unit}"), _case(log, 1_500, f"unit:{unit}", name="后来")
    related = "SELECT asset FROM g1.timelines WHERE ref = %s AND since <= %s"
    for case in (early, late):
        then = {row[0] for row in rows(log.url, related, unit, case.goal)}
        assert set(case.only_streams or ()) == then | {unit}
    assert _streams(log, early) < _streams(log, late)


def test_of_a_document_it_holds_what_was_decided_on_it(log: Log) -> None:
    log.pour(1_500)
    cited: dict[str, set[UUID]] = {}
    for row in log.history[:1_500]:
        for document in msgspec.json.decode(row[6]).get("documents", ()):
            cited.setdefault(document["number"], set()).add(row[2])
    number = min(cited, key=lambda one: (len(cited[one]), one))
    assert _streams(log, _case(log, 1_500, f"document:{number}")) == cited[number]


def test_several_are_put_together(log: Log) -> None:
    log.pour(1_000)
    ids = sorted({UUID(str(log.history[place][2])) for place in (100, 500, 900)})
    assert _streams(log, _case(log, 1_000, *map(str, ids))) == set(ids)


@pytest.mark.parametrize(
    ("only", "refusal"),
    [
        ("nonsense", NotUnderstood),
        ("vehicle:1", NotUnderstood),
        (f"asset:{NOBODY}", NothingRecorded),
        (f"unit:{NOBODY}", NothingRecorded),
        ("document:没有这个文号", NothingRecorded),
    ],
)
def test_what_is_not_there_or_not_understood_is_told(log: Log, only: str, refusal: type[Exception]) -> None:
    log.pour(100)
    log.live()
    with pytest.raises(refusal):
        _case(log, 100, only)
    assert {one.role for one in log.generations().values()} == {"live"}


def test_for_a_unit_a_live_view_is_needed_that_goes_so_far(log: Log) -> None:
    log.pour(100)
    with pytest.raises(NoLiveView):
        _case(log, 100, f"unit:{uuid4()}")
    log.live()
    log.pour(200)
    with pytest.raises(LiveBehind):
        _case(log, 200, f"unit:{uuid4()}")


def test_what_is_not_recorded_yet_cannot_be_asked_for(log: Log) -> None:
    log.pour(100)
    with pytest.raises(NotYetRecorded, match="100"):
        _case(log, 101)


def test_a_name_is_taken_once(log: Log) -> None:
    log.pour(100)
    _case(log, 100)
    with pytest.raises(CaseExists):
        _case(log, 100)


def test_one_that_was_broken_off_is_gone_on_with_when_the_same_is_asked_and_not_otherwise(log: Log) -> None:
    log.pour(300)
    made = _case(log, 200)
    run(log.urls.superuser, "UPDATE reading.generations SET state = 'building'")
    with pytest.raises(CaseExists):
        _case(log, 250)
    assert _case(log, 200).id == made.id


def test_no_more_are_kept_than_allowed(log: Log) -> None:
    log.pour(100)
    for number in range(2):
        _case(log, 100, name=f"案 {number}", most=2)
    with pytest.raises(TooManyCases, match="at most 2"):
        _case(log, 100, most=2)
