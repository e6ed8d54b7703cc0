"""Callers who see any part of a generated region: whatever they ask, they get the whole answer without what is not theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import Phase, given, settings
from psycopg.rows import DictRow

from domain.access.policy import KINDS
from domain.access.principal import ALL_SEEING, Sight
from infra.cluster import Urls
from projections.cells import ZOOM
from projections.jurisdiction import DIRECTORY, NAMES, PERSONAL
from projections.places import SHOWN
from projections.queries import (
    attachments,
    holdings,
    legend,
    lists,
    loans,
    masking,
    reach,
    statistics,
    things,
    tiles,
    upkeep,
)  # fmt: skip
from projections.queries.extent import _even_bits, extent
from projections.queries.filters import Asks, Filter
from projections.queries.legend import Counted
from projections.queries.listed import ADDED_UP, LOANS
from projections.queries.lists import Wanted
from projections.queries.names import in_sight
from projections.queries.statistics import Which
from projections.queries.statistics_subjects import SUBJECTS
from projections.queries.totals import totals
from projections.queries.upkeep import Period
from projections.queries.view import View
from projections.windows import MASKED_WORDS, views
from tests.projections.queries.looks import ALL, LOOKS, Look, Told, found, of_secret_work
from tests.projections.queries.sighted import Drawn, Region, Seeing, callers, region_of
from tests.vector_tiles import layers

EVENTS = 1_500
WHOLE_WORLD = tiles.Tile(z=0, x=0, y=0)

some = settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])


@pytest.fixture(scope="module")
def region(module_database: Urls) -> Iterator[Region]:
    with region_of(module_database, EVENTS) as made:
        yield made


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.__name__)
@some
@given(drawn=callers)
def test_the_answer_is_the_whole_one_without_what_is_not_theirs(region: Region, look: Look, drawn: Drawn) -> None:
    caller = region.drawn(drawn)

    def theirs(told: Told) -> bool:
        return told[0] in caller.seen and not (told[0] in caller.hidden and of_secret_work(look, told))

    def certain(told: Told) -> bool:
        """Words may be in what is hidden: that has a test of its own."""
        return look is not found or told[0] not in caller.hidden

    expected = Counter(told for told in look(caller.whole, region.world) if theirs(told))
    for view in caller.views:
        assert Counter(told for told in look(view, region.world) if certain(told)) == expected


@some
@given(drawn=callers)
def test_counts_and_totals_are_of_what_is_theirs(region: Region, drawn: Drawn) -> None:
    for view in region.drawn(drawn).views:
        for kind in KINDS:
            rows = lists.page(view, Wanted(kind), ALL)
            assert lists.count(view, Wanted(kind)) == len(rows)
            summed = totals(view, Wanted(kind))
            assert summed.count == len(rows)
            for name, total in summed.columns.items():
                theirs = [row[name] for row in rows if row[name] is not None]
                assert (total.given, total.sum or 0) == (len(theirs), sum(theirs) if name in ADDED_UP else 0), name
        held = holdings.Wanted(holders=region.world.every, holds=None)
        assert Counter({(row["kind"], row["role"]): row["things"] for row in holdings.counts(view, held)}) == Counter(
            (row["kind"], row["role"]) for row in holdings.page(view, held, None, None).rows()
        )
        lent = lists.question(view, Wanted(LOANS), None).rows()
        assert loans.totals(view, Wanted(LOANS))["items"] == len(lent)
        assert {row["borrower"]: row["items"] for row in loans.borrowers(view, Wanted(LOANS))} == Counter(
            row["borrower"] for row in lent
        )


@some
@given(drawn=callers)
def test_figures_are_made_of_the_rows_that_are_theirs(region: Region, drawn: Drawn) -> None:
    for view in region.drawn(drawn).views:
        for subject in SUBJECTS.values():
            which = Which(subject=subject)
            figures = statistics.figures(view, which, ())[()]
            for name, measure in subject.measures.items():
                behind = statistics.rows(view, which, name, statistics.Page()).rows()
                added = len({row["person"] for row in behind}) if measure.each else sum(row["amount"] for row in behind)
                assert figures[name] == added, name


@some
@given(drawn=callers)
def test_what_vehicles_cost_and_did_is_told_of_those_that_are_theirs(region: Region, drawn: Drawn) -> None:
    caller = region.drawn(drawn)
    journeys = lists.page(caller.whole, Wanted("journeys"), ALL)
    trips = Counter(row["vehicle"] for row in journeys if row["asset"] in caller.seen and row["status"] in LEFT)
    costs = {id: _losses(caller.whole, id) for id in caller.seen & set(region.world.ids["vehicles"])}
    for view in caller.views:
        summary = upkeep.summary(view, ["vehicle"], upkeep.Chosen(), Period()).rows()
        assert {row["vehicle"]: row["trips"] for row in summary if row["trips"]} == trips
        assert {row["vehicle"]: row["accident_losses"] for row in summary if row["accident_losses"]} == {
            id: loss for id, loss in costs.items() if loss
        }


LEFT = ("departed", "returned", "closed")


def _losses(view: View, vehicle: UUID) -> Decimal:
    entries = upkeep.kinds(view, vehicle, Period())
    return sum((row["amount"] or Decimal(0) for row in entries if row["entry"] == "accident"), Decimal(0))


def _placed(region: Region, caller: Seeing) -> list[DictRow]:
    """What has a place on the map and may be shown to them there."""
    cells = f"SELECT asset, kind, cell FROM cells WHERE {caller.whole.held()} AND cell IS NOT NULL"  # noqa: S608 -- the axes
    shown = caller.seen - (caller.hidden & set(region.world.ids["vehicles"]))
    return [row for row in caller.whole.rows(cells) if row["asset"] in shown]


@some
@given(drawn=callers)
def test_a_map_from_afar_counts_what_is_theirs(region: Region, drawn: Drawn) -> None:
    caller = region.drawn(drawn)
    expected = Counter(row["kind"] for row in _placed(region, caller))
    for view in caller.views:
        counted: Counter[str] = Counter()
        for square in layers(tiles.drawn(view, WHOLE_WORLD)).get("counts", []):
            counted[square["kind"]] += square["count"]
        assert counted == expected


@some
@given(drawn=callers)
def test_a_map_opens_with_all_that_is_theirs_and_hardly_more(region: Region, drawn: Drawn) -> None:
    caller = region.drawn(drawn)
    theirs = _placed(region, caller)
    wests = [_even_bits(row["cell"]) / 2**ZOOM * 360 - 180 for row in theirs]
    for view in caller.views:
        box = extent(view)
        assert (box is None) == (not theirs)
        if box is not None:
            west, _, east, _ = box
            assert west <= min(wests) + 1e-5
            assert max(wests) <= east
            assert east - west <= 1.25 * (max(wests) - min(wests)) + 0.001


@some
@given(drawn=callers)
def test_legends_and_filtered_maps_count_what_is_theirs_and_may_be_shown(region: Region, drawn: Drawn) -> None:
    caller = region.drawn(drawn)
    expected = Counter(row["kind"] for row in _placed(region, caller))
    for view in caller.views:
        for kind in SHOWN:
            wanted = Wanted(kind, filters=(Filter("status", Asks.NONE, False),))
            told = legend.counts(view, Counted(wanted=wanted))
            assert sum(row["placed"] for row in told) == expected[kind], kind
            tile = replace(WHOLE_WORLD, kinds=(kind,), wanted=wanted)
            counted = layers(tiles.drawn(view, tile)).get("counts", [])
            assert sum(square["count"] for square in counted) == expected[kind], kind


@some
@given(drawn=callers)
def test_names_files_and_places_are_told_where_they_may_be(region: Region, drawn: Drawn) -> None:
    caller, ids = region.drawn(drawn), region.world.ids
    events = caller.whole.rows("SELECT position, asset FROM history ORDER BY position")[::40]
    directory = {id for kind in DIRECTORY for id in ids[kind]}
    called = set(things.named(caller.whole, region.world.every))
    for view in caller.views:
        assert reach.seen(view, region.world.every) == caller.seen
        assert masking.hidden(view, region.world.every) == caller.hidden
        for right, where in ((NAMES, caller.sight.names), (PERSONAL, caller.sight.personal)):
            within = {id for id in ids["people"] if region.rows.within("people", id, where)}
            assert set(in_sight(view, right, ids["people"])) == within
        files = {str(event["position"]): event["asset"] in caller.seen for event in events}
        assert {digest: attachments.is_in_sight(view, digest) for digest in files} == files
        assert set(things.named(view, region.world.every)) == called & {str(id) for id in caller.seen | directory}


def test_secret_work_is_masked_in_lists_and_not_found_by_the_words_that_are(region: Region) -> None:
    caller = region.seeing(Sight(kinds=ALL_SEEING.kinds))
    view = caller.view
    for kind, column in (("vehicles", "parking_name"), ("journeys", "destination")):
        said = {row["asset"]: row[column] for row in lists.page(caller.whole, Wanted(kind), ALL)}
        secret = {id for id, words in said.items() if id in caller.hidden and words is not None}
        told = {row["asset"]: row[column] for row in lists.page(view, Wanted(kind), ALL)}
        assert secret
        assert told == said | dict.fromkeys(secret, MASKED_WORDS)
        for id in secret:
            assert not caller.hidden & {row["asset"] for row in lists.page(view, Wanted(kind, words=said[id]), ALL)}


def test_no_window_shows_anything_to_who_declared_nothing(region: Region) -> None:
    application = region.undeclared()
    for window in views():
        assert application.execute(f"SELECT count(*) FROM {window.name}".encode()).fetchone() == (0,), window.name  # noqa: S608 -- names of the code
